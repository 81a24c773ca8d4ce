//! How a control's alarm becomes quieter and keeps its signal: settings and patterns, tried out on what was seen.
//!
//! Nothing is proposed for an alarm that stays within the budget. The control's own filter is never narrowed: what leaves out events is
//! for a second filter and alarm that page people, beside the exact one.

mod acceptance;
mod budget;
mod exclusion;
mod rehearsed;
mod setting;
mod source;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

pub use acceptance::{Acceptance, AcceptanceError, NotProposed, Settled, accepted, settle};
pub use budget::{Budget, BudgetError};
pub use exclusion::{Exclusion, NotExcluded, exclude};
pub use rehearsed::{Rehearsed, RehearsedControl};
pub use setting::Setting;
pub use source::Source;

use super::alarm::{Course, NotSimulated, Published, Rule, Series, simulate};
use super::group::{Group, Groups, Members};
use super::tally::Tally;
use super::window::Span;
use crate::desired::DesiredControl;
use crate::pattern::Pattern;
use setting::Start;

/// The sources that are left out at most.
const MOST_EXCLUSIONS: usize = 3;
/// The sources of each kind that are tried.
const MOST_CANDIDATES: usize = 5;
/// A source is tried when it causes one in so many matches.
const LEAST_SHARE: u64 = 20;

/// What one control's alarm would have done, and what would make it quieter.
#[derive(Debug, Clone, PartialEq)]
pub struct Rehearsal {
    /// What the alarm would have done as it is configured.
    pub course: Course,
    /// How many notifications the budget allows in that time; none when people are paged by another alarm.
    pub allowed: Option<f64>,
    /// What would keep it within the budget; none when it is.
    pub proposal: Option<Proposal>,
}

impl Rehearsal {
    /// Returns whether the alarm stays within the budget, if it has one.
    #[must_use]
    pub fn is_within(&self) -> bool {
        self.allowed
            .is_none_or(|allowed| self.course.is_within(allowed))
    }
}

/// What would keep an alarm within the budget.
#[derive(Debug, Clone, PartialEq)]
pub struct Proposal {
    /// Settings for all of the control's events.
    pub setting: Option<Setting>,
    /// A narrower filter with an alarm of its own.
    pub paging: Option<Paging>,
}

/// A filter without some sources of noise, and its alarm.
#[derive(Debug, Clone, PartialEq)]
pub struct Paging {
    /// The sources that are left out, one after the other, at least one.
    pub exclusions: Vec<Left>,
    /// The pattern without them.
    pub pattern: Pattern,
    /// How many events it would have matched, of those whose time is known.
    pub matches: u64,
    /// The settings of its alarm, and what it would have done.
    pub setting: Setting,
}

/// A source that is left out.
#[derive(Debug, Clone, PartialEq)]
pub struct Left {
    /// What is left out and how.
    pub exclusion: Exclusion,
    /// How many matches were its.
    pub matches: u64,
    /// The groups of these matches with the most events, with how many they have.
    pub lost: Vec<(Group, Members)>,
}

/// Returns what a control's alarm would have done, and what would keep it within a budget, if there is one to keep within.
///
/// # Errors
///
/// Tells what about the alarm cannot be simulated.
pub fn rehearse(
    control: &DesiredControl,
    tally: &Tally,
    span: Option<Span>,
    budget: Option<Budget>,
) -> Result<Rehearsal, NotSimulated> {
    let rule = Rule::of(&control.alarm)?;
    let published = Published::by(&control.filter)?;
    let span = span.map_or(0..0, seconds);
    let series = Series::of_matches(tally.minutes());
    let course = simulate(&series, &rule, published, span.clone());
    let start = Start {
        rule: &rule,
        published,
    };
    let allowed = budget.map(|budget| budget.over(&span));
    let exceeded = allowed.filter(|allowed| !course.is_within(*allowed));
    let proposal = exceeded.map(|allowed| {
        let history = History {
            groups: tally.groups(),
            start,
            span: &span,
            allowed,
        };
        Proposal {
            setting: setting::find(&series, start, &span, allowed),
            paging: history.paging(&control.pattern),
        }
    });
    Ok(Rehearsal {
        course,
        allowed,
        proposal: proposal.filter(|proposal| {
            let Proposal { setting, paging } = proposal;
            setting.is_some() || paging.is_some()
        }),
    })
}

/// Returns the seconds from the first to the last event, both included.
fn seconds(span: Span) -> Range<i64> {
    span.first.div_euclid(1000)..span.last.div_euclid(1000).saturating_add(1)
}

/// What was seen, and what is allowed.
struct History<'tally> {
    groups: &'tally Groups,
    start: Start<'tally>,
    span: &'tally Range<i64>,
    allowed: f64,
}

impl History<'_> {
    /// Leaves out one source after the other, each time the one without which the alarm is the least loud.
    ///
    /// One that does not spare people a fifth of it is worth no blind spot.
    fn paging(&self, pattern: &Pattern) -> Option<Paging> {
        let mut left: Vec<Left> = Vec::new();
        let mut pattern = pattern.clone();
        while left.len() < MOST_EXCLUSIONS {
            let before = self.course(&left, None);
            if before.is_within(self.allowed) {
                break;
            }
            let worth_it = before.loudness().saturating_mul(4) / 5;
            let candidates = self.candidates(&left).into_iter();
            let mut tried: Vec<(i64, Source)> = candidates
                .map(|source| (self.course(&left, Some(&source)).loudness(), source))
                .filter(|(loudness, _)| *loudness <= worth_it)
                .collect();
            // Of two that do as much, who calls is known better by a name than by an address.
            tried.sort_by_key(|(loudness, source)| {
                (*loudness, source.principal.is_none(), source.clone())
            });
            let excluded = tried
                .into_iter()
                .find_map(|(_, source)| exclude(&pattern, &source).ok());
            let Some(exclusion) = excluded else {
                break;
            };
            pattern = exclusion.pattern.clone();
            let next = self.left(&left, exclusion);
            left.push(next);
        }
        if left.is_empty() {
            return None;
        }
        let setting = self.setting(&left)?;
        let rest = self.rest(&left, None);
        Some(Paging {
            matches: rest.map(|(_, members)| members.count()).sum(),
            exclusions: left,
            pattern,
            setting,
        })
    }

    /// Returns the settings that fit once some sources are left out: those that are, or others.
    fn setting(&self, left: &[Left]) -> Option<Setting> {
        let Start { rule, published: _ } = self.start;
        let as_it_is = Setting {
            threshold: rule.threshold,
            period: rule.period,
            course: self.course(left, None),
        };
        if as_it_is.course.is_within(self.allowed) {
            return Some(as_it_is);
        }
        let series = self.series(left, None);
        setting::find(&series, self.start, self.span, self.allowed)
    }

    /// Returns the groups of no source that is left out.
    fn rest<'rest>(
        &'rest self,
        left: &'rest [Left],
        more: Option<&'rest Source>,
    ) -> impl Iterator<Item = (&'rest Group, &'rest Members)> {
        self.groups.iter().filter(move |(group, _)| {
            let sources = left.iter().map(|left| &left.exclusion.source).chain(more);
            !sources.into_iter().any(|source| source.covers(group))
        })
    }

    fn series(&self, left: &[Left], more: Option<&Source>) -> Series {
        let minutes = self
            .rest(left, more)
            .flat_map(|(_, members)| &members.minutes);
        Series::of_matches(minutes)
    }

    fn course(&self, left: &[Left], more: Option<&Source>) -> Course {
        let Start { rule, published } = self.start;
        simulate(&self.series(left, more), rule, published, self.span.clone())
    }

    /// Returns the sources with the most matches of those that are not yet left out.
    fn candidates(&self, left: &[Left]) -> BTreeSet<Source> {
        let mut principals: BTreeMap<Source, Share> = BTreeMap::new();
        let mut addresses: BTreeMap<Source, Share> = BTreeMap::new();
        let mut all = 0;
        for (group, members) in self.rest(left, None) {
            let count = members.count();
            all += count;
            let principal = Source {
                principal: group.principal.clone(),
                source_address: None,
                event_name: None,
            };
            let address = Source {
                principal: None,
                source_address: group.source_address.clone(),
                event_name: None,
            };
            for (sources, source) in [(&mut principals, principal), (&mut addresses, address)] {
                if source.principal.is_some() || source.source_address.is_some() {
                    sources.entry(source).or_default().add(group, count);
                }
            }
        }
        let least = all / LEAST_SHARE;
        [principals, addresses]
            .into_iter()
            .flat_map(|sources| most_frequent(sources, least))
            .collect()
    }

    fn left(&self, left: &[Left], exclusion: Exclusion) -> Left {
        let mut lost: Vec<(Group, Members)> = self
            .rest(left, None)
            .filter(|(group, _)| exclusion.source.covers(group))
            .map(|(group, members)| (group.clone(), members.clone()))
            .collect();
        lost.sort_by(|(one, seldom), (other, often)| {
            let by_count = often.count().cmp(&seldom.count());
            by_count.then_with(|| one.cmp(other))
        });
        let matches = lost.iter().map(|(_, members)| members.count()).sum();
        lost.truncate(MOST_CANDIDATES);
        Left {
            exclusion,
            matches,
            lost,
        }
    }
}

/// How many matches a source causes, and by which calls.
#[derive(Debug, Default)]
struct Share {
    matches: u64,
    event_names: BTreeSet<Option<Box<str>>>,
}

impl Share {
    fn add(&mut self, group: &Group, count: u64) {
        self.matches += count;
        self.event_names.insert(group.event_name.clone());
    }
}

/// Returns the most frequent sources that can be named; one that makes a single call is narrowed to it.
fn most_frequent(sources: BTreeMap<Source, Share>, least: u64) -> impl Iterator<Item = Source> {
    let mut sources: Vec<(Source, Share)> = sources
        .into_iter()
        .filter(|(source, share)| share.matches > least && source.can_be_named())
        .collect();
    sources.sort_by_key(|(_, share)| std::cmp::Reverse(share.matches));
    sources
        .into_iter()
        .take(MOST_CANDIDATES)
        .map(|(source, share)| {
            let only = (share.event_names.len() == 1)
                .then(|| share.event_names.into_iter().next().flatten())
                .flatten();
            let narrow = Source {
                event_name: only,
                ..source.clone()
            };
            if narrow.can_be_named() {
                narrow
            } else {
                source
            }
        })
}
