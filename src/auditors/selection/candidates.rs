//! The texts to choose from, and whether each is sound.

use std::collections::BTreeSet;

use super::super::spelling::{in_order_of, spellings};
use super::super::{Demand, Profile};
use super::Wanted;
use crate::catalog::Auditor;
use crate::pattern::{Event, Pattern, Relation, compare};

/// A text that may be used.
#[derive(Debug, Clone)]
pub(super) struct Candidate {
    pub(super) pattern: Pattern,
    /// The auditors that accept it.
    pub(super) accepted: BTreeSet<Auditor>,
    /// Whether it matches every event of the control.
    pub(super) covers: bool,
    /// What it counts beyond the control, as the catalog declares.
    pub(super) beyond: Option<String>,
}

/// A text that would be accepted and must not be used.
#[derive(Debug, Clone)]
pub(super) struct Refused {
    pub(super) accepted: BTreeSet<Auditor>,
    pub(super) witness: Option<Event>,
}

/// What a pattern means beside the control's.
#[derive(Debug, Clone)]
enum Meaning {
    Sound {
        covers: bool,
        beyond: Option<String>,
    },
    Wider(Option<Event>),
}

/// Returns the texts to choose from, the control's own first, and those that would be accepted but are not sound.
pub(super) fn candidates(
    wanted: Wanted<'_>,
    asking: &[(&Profile, &Demand)],
) -> (Vec<Candidate>, Vec<Refused>) {
    let mut usable: Vec<Candidate> = Vec::new();
    let mut refused = Vec::new();
    let mut known: Vec<(Pattern, Meaning)> = Vec::new();
    for pattern in texts(wanted, asking) {
        let accepted = accepted(wanted, asking, pattern.text());
        let is_own = usable.is_empty();
        let adds = |other: &Candidate| !accepted.is_subset(&other.accepted);
        // A text that pleases nobody beyond what an exact one does already is not worth a comparison.
        let exact = |other: &&Candidate| other.covers && other.beyond.is_none();
        if !is_own && !usable.iter().filter(exact).all(adds) {
            continue;
        }
        let meaning = match known.iter().find(|(other, _)| *other == pattern) {
            Some((_, meaning)) => meaning.clone(),
            None => meaning(wanted, &pattern),
        };
        known.push((pattern.clone(), meaning.clone()));
        match meaning {
            Meaning::Sound { covers, beyond } => usable.push(Candidate {
                pattern,
                accepted,
                covers,
                beyond,
            }),
            Meaning::Wider(witness) => refused.push(Refused { accepted, witness }),
        }
    }
    (without_idle(usable), refused)
}

/// Leaves out texts that another one replaces in every respect; of equal ones the first stays.
fn without_idle(usable: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in usable {
        let is_idle = kept.iter().any(|other| {
            candidate.accepted.is_subset(&other.accepted)
                && (other.covers || !candidate.covers)
                && (other.beyond.is_none() || candidate.beyond.is_some())
        });
        if !is_idle {
            kept.push(candidate);
        }
    }
    kept
}

fn accepted(wanted: Wanted<'_>, asking: &[(&Profile, &Demand)], text: &str) -> BTreeSet<Auditor> {
    asking
        .iter()
        .filter(|(profile, _)| profile.accepts(&wanted.control.id, text) == Some(true))
        .map(|(profile, _)| profile.auditor)
        .collect()
}

/// Returns every text that is a valid pattern, each once.
fn texts(wanted: Wanted<'_>, asking: &[(&Profile, &Demand)]) -> Vec<Pattern> {
    let control = wanted.control;
    let mut texts = vec![wanted.pattern.text().to_owned()];
    if asking.is_empty() {
        return vec![wanted.pattern.clone()];
    }
    texts.extend(spellings(wanted.pattern));
    for companion in &control.companions {
        texts.push(companion.pattern.text().to_owned());
    }
    for (_, demand) in asking {
        let wording = &demand.wording;
        texts.extend(wording.texts().into_iter().map(str::to_owned));
        texts.extend(in_order_of(wanted.pattern, &wording.event_names()));
    }
    let mut seen = BTreeSet::new();
    texts
        .into_iter()
        .filter(|text| seen.insert(text.clone()))
        .filter_map(|text| Pattern::parse(&text).ok())
        .collect()
}

fn meaning(wanted: Wanted<'_>, pattern: &Pattern) -> Meaning {
    let sound = |covers, beyond| Meaning::Sound { covers, beyond };
    if pattern == wanted.pattern {
        return sound(true, None);
    }
    let comparison = compare(pattern, wanted.pattern);
    let covers = match comparison.relation {
        Relation::Equivalent => return sound(true, None),
        Relation::Narrower => return sound(false, None),
        Relation::Broader => true,
        Relation::Overlapping | Relation::Disjoint | Relation::Undecided => false,
    };
    let declared = wanted.control.companions.iter().find_map(|companion| {
        let beyond = companion.beyond.as_ref()?;
        let is_same = companion.pattern == *pattern
            || compare(pattern, &companion.pattern).relation == Relation::Equivalent;
        is_same.then(|| beyond.clone())
    });
    match declared {
        Some(beyond) => sound(covers, Some(beyond)),
        None => Meaning::Wider(comparison.only_a),
    }
}
