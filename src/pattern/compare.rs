//! Which of two patterns matches more: decided, with events as evidence.
//!
//! The formulas become clauses for a Boolean solver (`encode`, `solver`) over the shapes that an event may have (`places`). What
//! clauses cannot say, which texts and numbers satisfy some conditions and not others, is asked of automata for each assignment that
//! the solver proposes (`demand`, `language`). Each answer is an event that the reference evaluator has confirmed (`witness`), or a
//! proof that there is none. Every step is bounded; past a bound the answer is [`Relation::Undecided`].

mod demand;
mod encode;
mod language;
mod number_text;
mod places;
mod plausible;
mod scalar;
mod search;
mod solver;
mod witness;

use std::collections::BTreeSet;
use std::fmt;

use super::Pattern;
use super::ast::Value;
use super::event::Event;
use super::normal::Formula;
pub(crate) use encode::{Encoding, FormulaId};
use language::Languages;
pub(crate) use plausible::values as plausible_values;
use search::AnyTextBut;

/// How the events that `a` matches relate to those that `b` matches: `a` is … than `b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Both match the same events, possibly none.
    Equivalent,
    /// `b` matches everything that `a` matches, and more; so also when `a` matches nothing and `b` something.
    Narrower,
    /// `a` matches everything that `b` matches, and more.
    Broader,
    /// Some events are matched by both, some by `a` alone and some by `b` alone.
    Overlapping,
    /// Both match something, and no event is matched by both.
    Disjoint,
    /// It was not found out; [`Comparison::undecided_reason`] says why.
    Undecided,
}

impl fmt::Display for Relation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Equivalent => "equivalent",
            Self::Narrower => "narrower",
            Self::Broader => "broader",
            Self::Overlapping => "overlapping",
            Self::Disjoint => "disjoint",
            Self::Undecided => "undecided",
        })
    }
}

/// Why a relation was not found out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, thiserror::Error)]
#[non_exhaustive]
pub enum UndecidedReason {
    /// Only JSON patterns and blank ones are compared, unless two patterns have the same tree.
    #[error("only JSON patterns can be compared")]
    Kind,
    /// A list of more elements than are laid out would have to be looked at.
    #[error("a selector looks too far into a list")]
    List,
    /// A number of too many digits would have to be found, or one among too many doubles.
    #[error("the numbers of one property are too large or too close together")]
    Number,
    /// The conditions on one property need larger automata than are built.
    #[error("the wildcards or regular expressions of one property are too intricate")]
    Automata,
    /// The search through the combinations of conditions was given up.
    #[error("there are too many combinations of conditions")]
    Combinations,
    /// An event that should show a difference did not; a defect, but never a wrong answer.
    #[error("an event that was to show the difference does not")]
    Evidence,
}

/// How two patterns relate, with an event for everything that is claimed to exist.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    /// How `a` relates to `b`.
    pub relation: Relation,
    /// An event that `a` matches and `b` does not.
    pub only_a: Option<Event>,
    /// An event that `b` matches and `a` does not.
    pub only_b: Option<Event>,
    /// An event that both match.
    pub both: Option<Event>,
    /// Why something was not found out: the relation when it is undecided, otherwise one of the events.
    pub undecided_reason: Option<UndecidedReason>,
}

/// Compares two patterns.
///
/// Decides every pair of JSON patterns, except as [`UndecidedReason`] says.
///
/// Every pair of patterns, however hard, is meant to be answered within one second and 256 MiB on one core of a common machine: the
/// work is counted, not timed, so that the answer is the same everywhere, and past the bound it is [`Relation::Undecided`]. The bench
/// `pattern` measures pairs made to be hard. A union takes longer the more patterns it has.
#[must_use]
pub fn compare(a: &Pattern, b: &Pattern) -> Comparison {
    compare_union(&[a], b)
}

/// Compares what at least one of several patterns matches with what one pattern matches.
///
/// No patterns at all match nothing.
#[must_use]
pub fn compare_union(a: &[&Pattern], b: &Pattern) -> Comparison {
    let every_a: Option<Vec<Formula>> = a
        .iter()
        .map(|pattern| Formula::of(pattern.tree()))
        .collect();
    let (Some(every_a), Some(meaning_b)) = (every_a, Formula::of(b.tree())) else {
        return compare_trees(a, b);
    };
    let meaning_a = Formula::any(every_a);
    let holds_a = |event: &Event| a.iter().any(|pattern| pattern.matches(event));
    let holds_b = |event: &Event| b.matches(event);
    match Encoding::new(&[&meaning_a, &meaning_b]) {
        Ok(mut encoding) => {
            let (id_a, id_b) = (encoding.add(&meaning_a), encoding.add(&meaning_b));
            let mut ask = |in_a: bool, in_b: bool| {
                let confirms = |event: &Event| holds_a(event) == in_a && holds_b(event) == in_b;
                encoding.find(&[(id_a, in_a), (id_b, in_b)], &confirms)
            };
            conclude(ask(true, false), ask(false, true), ask(true, true))
        }
        Err(reason) => undecided(reason),
    }
}

/// Compares patterns of which one has no formula: they relate only when they are the same.
fn compare_trees(a: &[&Pattern], b: &Pattern) -> Comparison {
    if !a.is_empty() && a.iter().all(|pattern| *pattern == b) {
        return Comparison {
            relation: Relation::Equivalent,
            undecided_reason: None,
            ..undecided(UndecidedReason::Kind)
        };
    }
    undecided(UndecidedReason::Kind)
}

/// Finds a short text that satisfies a condition.
pub(crate) fn example_text(value: &Value) -> Option<String> {
    let excluded = BTreeSet::from([""]);
    Languages::default()
        .find(&[(value, true)], &AnyTextBut(&excluded))
        .ok()
        .flatten()
}

fn undecided(reason: UndecidedReason) -> Comparison {
    Comparison {
        relation: Relation::Undecided,
        only_a: None,
        only_b: None,
        both: None,
        undecided_reason: Some(reason),
    }
}

/// An event, the certainty that there is none, or why neither was found.
pub(crate) type Answer = Result<Option<Event>, UndecidedReason>;

fn conclude(only_a: Answer, only_b: Answer, both: Answer) -> Comparison {
    let exists = |answer: &Answer| answer.as_ref().ok().map(Option::is_some);
    let relation = match (exists(&only_a), exists(&only_b), exists(&both)) {
        (Some(false), Some(false), _) => Relation::Equivalent,
        (Some(false), Some(true), _) => Relation::Narrower,
        (Some(true), Some(false), _) => Relation::Broader,
        (Some(true), Some(true), Some(true)) => Relation::Overlapping,
        (Some(true), Some(true), Some(false)) => Relation::Disjoint,
        (None, _, _) | (_, None, _) | (Some(true), Some(true), None) => Relation::Undecided,
    };
    let undecided_reason = [&only_a, &only_b, &both]
        .into_iter()
        .find_map(|answer| answer.as_ref().err().copied());
    Comparison {
        relation,
        only_a: only_a.ok().flatten(),
        only_b: only_b.ok().flatten(),
        both: both.ok().flatten(),
        undecided_reason,
    }
}
