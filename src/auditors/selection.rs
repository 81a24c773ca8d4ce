//! Which filters a control needs so that every auditor that is to be satisfied passes: as few as possible.
//!
//! The texts to choose from are the control's own, those of its catalog, those that auditors publish, and other spellings of them.
//! None is wider than the control means, unless the catalog declares what it counts beyond. It is a small set cover, solved
//! exactly; equal inputs give equal choices.

mod candidates;
mod cover;

use std::collections::BTreeSet;

use super::{Auditors, Demand, Profile};
use crate::catalog::{Auditor, Control, Satisfy};
use crate::pattern::{Event, ParseError, Pattern};
use candidates::{Candidate, Refused, candidates};

/// What is to be satisfied for one control.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'wanted> {
    /// The control.
    pub control: &'wanted Control,
    /// The pattern that says what it means.
    pub pattern: &'wanted Pattern,
    /// Whom to satisfy.
    pub satisfy: &'wanted Satisfy,
    /// How auditors decide.
    pub auditors: &'wanted Auditors,
}

/// The filters that a control needs, all of them on one metric.
#[derive(Debug, Clone, PartialEq)]
pub struct Selected {
    /// The filter that covers the control.
    pub main: Chosen,
    /// Further filters, for auditors alone.
    pub companions: Vec<Chosen>,
    /// The auditors that are satisfied, as far as texts go.
    pub satisfies: BTreeSet<Auditor>,
    /// The auditors that no sound set of filters satisfies, or for which none is made.
    pub unmet: Vec<Unmet>,
}

/// One filter of a selection.
#[derive(Debug, Clone, PartialEq)]
pub struct Chosen {
    /// Its pattern.
    pub pattern: Pattern,
    /// The auditors that it satisfies and that those before it do not.
    pub serves: BTreeSet<Auditor>,
    /// Whether it matches every event of the control.
    pub covers: bool,
    /// What it counts beyond the control's pattern; none means that it is never broader.
    pub beyond: Option<String>,
    /// How it is named.
    pub place: Place,
}

/// How a filter is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Like its metric, since some auditors find the alarm by that.
    LikeMetric,
    /// Otherwise.
    Beside,
}

/// An auditor that is not satisfied by what is selected.
#[derive(Debug, Clone, PartialEq)]
pub struct Unmet {
    /// The auditor.
    pub auditor: Auditor,
    /// Why not.
    pub reason: String,
    /// An event that the text it accepts counts although the control is not about it.
    pub witness: Option<Event>,
}

/// Returns the fewest filters that satisfy whom they can.
#[must_use]
pub fn select(wanted: Wanted<'_>) -> Selected {
    let (asking, mut unmet) = asking(wanted);
    let (candidates, refused) = candidates(wanted, &asking);
    let mut required = BTreeSet::new();
    for (profile, demand) in &asking {
        let auditor = profile.auditor;
        let mut accepting = candidates.iter();
        match &demand.defect {
            _ if !accepting.any(|candidate| candidate.accepted.contains(&auditor)) => {
                unmet.push(unsound(profile, demand, &refused));
            }
            Some(defect) if !wanted.satisfy.names(auditor) => {
                unmet.push(on_request(profile, demand, defect));
            }
            Some(_) | None => {
                required.insert(auditor);
            }
        }
    }
    let by_name: BTreeSet<Auditor> = asking
        .iter()
        .filter(|(profile, _)| profile.join.needs_name_of_metric())
        .map(|(profile, _)| profile.auditor)
        .collect();
    // Auditors that find the alarm by the filter's name must agree on one text; the last gives way.
    let set = loop {
        let task = cover::Task {
            candidates: &candidates,
            required: &required,
            by_name: &by_name,
        };
        if let Some(set) = cover::fewest(&task) {
            break set;
        }
        let Some(last) = required
            .iter()
            .rfind(|auditor| by_name.contains(auditor))
            .copied()
        else {
            break cover::Set::only_first();
        };
        required.remove(&last);
        unmet.push(Unmet {
            auditor: last,
            reason: "it finds the alarm by the name of the filter, and other auditors that do accept no text that it accepts"
                .to_owned(),
            witness: None,
        });
    };
    unmet.sort_by_key(|unmet| unmet.auditor);
    chosen(wanted, &candidates, (&set, &required, &by_name), unmet)
}

/// Returns the auditors that ask something of the control and are to be satisfied, and those left out on purpose.
fn asking(wanted: Wanted<'_>) -> (Vec<(&Profile, &Demand)>, Vec<Unmet>) {
    let mut asking = Vec::new();
    let mut unmet = Vec::new();
    let is_named_alike = wanted.control.filter.as_str() == wanted.control.metric.name.as_str();
    for profile in wanted.auditors.profiles() {
        let Some(demand) = profile.demands.get(&wanted.control.id) else {
            continue;
        };
        let mut leave_out = |reason: String| {
            unmet.push(Unmet {
                auditor: profile.auditor,
                reason,
                witness: None,
            });
        };
        if !wanted.satisfy.includes(profile.auditor) {
            continue;
        }
        if profile.join.needs_name_of_metric() && !is_named_alike {
            leave_out(
                "it finds the alarm by the name of the filter, and the metric has another name"
                    .to_owned(),
            );
            continue;
        }
        asking.push((profile, demand));
    }
    (asking, unmet)
}

/// Says why no text is accepted by an auditor.
fn unsound(profile: &Profile, demand: &Demand, refused: &[Refused]) -> Unmet {
    let wider = refused
        .iter()
        .find(|refused| refused.accepted.contains(&profile.auditor));
    let invalid = demand
        .wording
        .texts()
        .into_iter()
        .find_map(|text| Some((text, whole(text).err()?)));
    let manner = demand.wording.manner();
    let reason = match (&demand.defect, wider, invalid) {
        (Some(defect), Some(_), _) => format!("{manner}, and {defect}"),
        (None, Some(_), _) => {
            format!("{manner}, which counts events that the control is not about")
        }
        (_, None, Some((text, error))) => {
            format!("{manner}, which no valid pattern holds, `{text}`: {error}")
        }
        (_, None, None) => format!("{manner}, and no sound text satisfies it"),
    };
    Unmet {
        auditor: profile.auditor,
        reason,
        witness: wider.and_then(|refused| refused.witness.clone()),
    }
}

/// Reads a text that may be the inside of a pattern.
fn whole(text: &str) -> Result<Pattern, ParseError> {
    Pattern::parse(text).or_else(|error| {
        if text.trim_start().starts_with('{') {
            Err(error)
        } else {
            Pattern::parse(&format!("{{{text}}}"))
        }
    })
}

/// Says why no filter is made for a defective text, although that would do no harm.
fn on_request(profile: &Profile, demand: &Demand, defect: &str) -> Unmet {
    Unmet {
        auditor: profile.auditor,
        reason: format!(
            "{}, and {defect}; a filter for it is made when `satisfy` names `{}`",
            demand.wording.manner(),
            profile.auditor
        ),
        witness: None,
    }
}

/// Puts the selection together: first the filter that covers the control, then the others.
fn chosen(
    wanted: Wanted<'_>,
    candidates: &[Candidate],
    (set, required, by_name): (&cover::Set, &BTreeSet<Auditor>, &BTreeSet<Auditor>),
    unmet: Vec<Unmet>,
) -> Selected {
    let members = set.members(candidates);
    let main = members
        .iter()
        .filter(|(candidate, _)| candidate.covers)
        .min_by_key(|(candidate, _)| candidate.beyond.is_some())
        .map(|(candidate, _)| candidate.pattern.text().to_owned());
    let satisfied = |candidate: &Candidate, place: Place| -> BTreeSet<Auditor> {
        let counts = |auditor: &&Auditor| place == Place::LikeMetric || !by_name.contains(auditor);
        let accepted = candidate.accepted.intersection(required);
        accepted.filter(counts).copied().collect()
    };
    let mut filters: Vec<Chosen> = members
        .iter()
        .map(|(candidate, place)| {
            // A filter is there for those whom no other satisfies.
            let others = members
                .iter()
                .filter(|(other, _)| other.pattern.text() != candidate.pattern.text())
                .flat_map(|(other, place)| satisfied(other, *place))
                .collect();
            let own = satisfied(candidate, *place);
            Chosen {
                pattern: candidate.pattern.clone(),
                serves: own.difference(&others).copied().collect(),
                covers: candidate.covers,
                beyond: candidate.beyond.clone(),
                place: *place,
            }
        })
        .collect();
    let is_main = |filter: &Chosen| Some(filter.pattern.text()) == main.as_deref();
    let main = filters
        .iter()
        .position(is_main)
        .map(|at| filters.remove(at));
    Selected {
        main: main.unwrap_or_else(|| Chosen {
            pattern: wanted.pattern.clone(),
            serves: BTreeSet::new(),
            covers: true,
            beyond: None,
            place: Place::LikeMetric,
        }),
        companions: filters,
        satisfies: required.clone(),
        unmet,
    }
}
