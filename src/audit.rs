//! What auditors would say of an account: their own verdicts, for their own reasons, right or wrong.
//!
//! Nothing is judged here by meaning; that is `examine`. An auditor's verdict is known as far as what it looks at was read.

mod onward;
mod stop;
mod trails;

use std::collections::BTreeSet;

use crate::auditors::{Ask, Elsewhere, Profile, Wording};
use crate::desired::DesiredControl;
use crate::model::{MetricFilter, Trail};
use crate::observed::Observed;
use crate::pattern::{Pattern, Relation, compare};

pub(crate) use onward::is_found;
use stop::Stop;

/// What an auditor says of one control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Its verdict.
    pub verdict: AuditorVerdict,
    /// The first reason; none for a plain pass.
    pub reason: Option<String>,
}

/// An auditor's verdict on one control.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum AuditorVerdict {
    /// It passes.
    Pass,
    /// It fails.
    Fail,
    /// The auditor says nothing of it.
    NotCovered,
    /// What the auditor looks at could not be read.
    Unknown,
}

impl AuditorVerdict {
    /// Returns the verdict in machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pass => "pass",
            Self::Fail => "fail",
            Self::NotCovered => "not_covered",
            Self::Unknown => "unknown",
        }
    }
}

impl Opinion {
    fn new(verdict: AuditorVerdict, reason: impl Into<String>) -> Self {
        Self {
            verdict,
            reason: Some(reason.into()),
        }
    }

    fn pass() -> Self {
        Self {
            verdict: AuditorVerdict::Pass,
            reason: None,
        }
    }

    fn stopped(stop: Stop) -> Self {
        let verdict = if stop.is_unread {
            AuditorVerdict::Unknown
        } else {
            AuditorVerdict::Fail
        };
        Self::new(verdict, stop.reason)
    }
}

/// One auditor looking at one control of an account.
#[derive(Clone, Copy)]
struct Audit<'facts> {
    profile: &'facts Profile,
    control: &'facts DesiredControl,
    asks: &'facts BTreeSet<Ask>,
    observed: &'facts Observed,
}

/// Returns what an auditor says of a control.
#[must_use]
pub fn opinion(profile: &Profile, control: &DesiredControl, observed: &Observed) -> Opinion {
    if !profile.demands.contains_key(&control.id) {
        let reason = if profile.demands.is_empty() {
            "which texts it accepts is not known"
        } else {
            "it has no check for this control"
        };
        return Opinion::new(AuditorVerdict::NotCovered, reason);
    }
    let asks = profile.asks(&control.id);
    let audit = Audit {
        profile,
        control,
        asks: &asks,
        observed,
    };
    match &observed.trails {
        Err(error) => Opinion::new(AuditorVerdict::Unknown, error.to_string()),
        Ok(trails) => audit.of(&trails.values().collect::<Vec<_>>()),
    }
}

impl Audit<'_> {
    fn of(self, trails: &[&Trail]) -> Opinion {
        match self.profile.elsewhere {
            Elsewhere::Ignored => self.of_any_log_group(),
            Elsewhere::Passes => self.of_every_trail(trails),
            Elsewhere::NotCovered if self.all_elsewhere(trails) => Opinion::new(
                AuditorVerdict::NotCovered,
                "the trail belongs to another account or Region",
            ),
            Elsewhere::NotCovered | Elsewhere::Fails => self.of_best_trail(trails),
        }
    }

    /// One trail whose chain is as asked is enough; of several that are not, the one that leads furthest tells the reason.
    fn of_best_trail(self, trails: &[&Trail]) -> Opinion {
        let mut stops = Vec::new();
        for trail in trails {
            match self.along(trail) {
                Ok(()) => return Opinion::pass(),
                Err(stop) => stops.push(stop),
            }
        }
        // A chain that nobody could follow may be one that passes.
        let worst = stops
            .into_iter()
            .max_by_key(|stop| (stop.is_unread, stop.depth));
        worst.map_or_else(
            || Opinion::new(AuditorVerdict::Fail, "there is no trail"),
            Opinion::stopped,
        )
    }

    /// Every trail that is as asked must have its filter; where there is none, nothing is wrong.
    fn of_every_trail(self, trails: &[&Trail]) -> Opinion {
        let mut has_looked = false;
        for trail in trails {
            match self.trail_is_as_asked(trail) {
                Err(stop) if stop.is_unread => return Opinion::stopped(stop),
                Err(_) => continue,
                Ok(()) => {}
            }
            let Some(group) = self.own_log_group(trail) else {
                continue;
            };
            has_looked = true;
            if let Err(stop) = self.filters_of(group) {
                return Opinion::stopped(stop);
            }
        }
        if has_looked {
            Opinion::pass()
        } else {
            Opinion::new(
                AuditorVerdict::Pass,
                "it looked at no filter, for want of a trail to look at",
            )
        }
    }

    fn of_any_log_group(self) -> Opinion {
        let mut unread = None;
        for filters in self.observed.metric_filters.values() {
            match filters {
                Ok(filters) if filters.iter().any(|filter| self.accepts(filter)) => {
                    return Opinion::pass();
                }
                Ok(_) => {}
                Err(error) => unread = Some(error.to_string()),
            }
        }
        match unread {
            Some(error) => Opinion::new(AuditorVerdict::Unknown, error),
            None => Opinion::new(AuditorVerdict::Fail, self.no_text()),
        }
    }

    /// Returns whether the auditor accepts the text of a filter.
    fn accepts(self, filter: &MetricFilter) -> bool {
        let demand = self.profile.demands.get(&self.control.id);
        demand.is_some_and(|demand| match &demand.wording {
            Wording::OwnText => serves(filter, self.control),
            Wording::SameText { .. }
            | Wording::ContainedText(_)
            | Wording::Clauses(_)
            | Wording::SameClauses { .. } => demand.wording.accepts(&filter.pattern),
        })
    }

    /// Says that no filter has a text that is accepted, and why that is, where it will stay so.
    fn no_text(self) -> String {
        let unmet = self
            .control
            .unsatisfied
            .iter()
            .find(|unmet| unmet.auditor == self.profile.auditor);
        match unmet {
            Some(unmet) => format!("no filter has its text: {}", unmet.reason),
            None => "no filter has a text that it accepts".to_owned(),
        }
    }
}

/// Returns whether a filter matches every event of a control.
fn serves(filter: &MetricFilter, control: &DesiredControl) -> bool {
    Pattern::parse(&filter.pattern).is_ok_and(|pattern| {
        pattern == control.pattern
            || matches!(
                compare(&pattern, &control.pattern).relation,
                Relation::Equivalent | Relation::Broader
            )
    })
}
