//! Which filters of a log group match a control's events: a question of meaning, never of text.

use std::collections::BTreeSet;

use super::apart::{self, Required};
use crate::desired::DesiredControl;
use crate::model::MetricFilter;
use crate::pattern::ast::{Test, Tree, Value};
use crate::pattern::{Comparison, Event, Kind, ParseError, Pattern, Relation, compare};

/// A metric filter with its pattern read once for all controls.
#[derive(Debug, Clone)]
pub(super) struct ReadFilter<'facts> {
    /// The filter.
    pub(super) filter: &'facts MetricFilter,
    /// Its pattern, or why it cannot be read.
    pub(super) pattern: Result<Pattern, ParseError>,
    /// The texts that it requires.
    required: Required,
}

/// Reads the patterns of all filters, in the order of their names.
pub(super) fn read(filters: &[MetricFilter]) -> Vec<ReadFilter<'_>> {
    let mut read: Vec<ReadFilter<'_>> = filters
        .iter()
        .map(|filter| {
            let pattern = Pattern::parse(&filter.pattern);
            let required = pattern.as_ref().map(apart::required).unwrap_or_default();
            ReadFilter {
                filter,
                pattern,
                required,
            }
        })
        .collect();
    read.sort_by(|a, b| a.filter.name.cmp(&b.filter.name));
    read
}

/// How a filter stands to a control.
#[derive(Debug, Clone)]
pub(super) struct Stance<'facts> {
    /// The filter.
    pub(super) read: &'facts ReadFilter<'facts>,
    /// What it matches of the control's events.
    pub(super) reach: Reach,
    /// How many literal values its pattern shares with the control's.
    pub(super) shared: usize,
    /// Whether it bears the control's planned name.
    pub(super) is_named_as_planned: bool,
}

/// What a filter matches of a control's events.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Reach {
    /// Exactly them.
    Same,
    /// All of them, and others, such as this one.
    More(Option<Event>),
    /// Some of them; this one is missed.
    Some {
        /// An event that is missed.
        missed: Option<Event>,
        /// Whether it matches others as well.
        beside: bool,
    },
    /// None of them, since it matches nothing at all; this one is missed.
    Nothing(Option<Event>),
    /// None of them.
    Others,
    /// It could not be decided.
    Undecided,
    /// Its pattern cannot be read.
    Invalid,
}

impl Reach {
    /// Returns whether every event of the control is matched.
    pub(super) fn covers(&self) -> bool {
        match self {
            Self::Same | Self::More(_) => true,
            Self::Some { .. }
            | Self::Nothing(_)
            | Self::Others
            | Self::Undecided
            | Self::Invalid => false,
        }
    }
}

/// Returns how each filter stands to the control.
pub(super) fn stances<'facts>(
    filters: &'facts [ReadFilter<'facts>],
    control: &DesiredControl,
) -> Vec<Stance<'facts>> {
    let literals = literals(&control.pattern);
    let required = apart::required(&control.pattern);
    filters
        .iter()
        .map(|read| stance(read, control, (&literals, &required)))
        .collect()
}

fn stance<'facts>(
    read: &'facts ReadFilter<'facts>,
    control: &DesiredControl,
    (literals, required): (&BTreeSet<String>, &Required),
) -> Stance<'facts> {
    let (reach, shared) = match &read.pattern {
        Err(_) => (Reach::Invalid, 0),
        Ok(pattern) if apart::are_apart(&read.required, required) => {
            (Reach::Others, shared(pattern, literals))
        }
        Ok(pattern) => (
            reach(compare(pattern, &control.pattern)),
            shared(pattern, literals),
        ),
    };
    let is_named_as_planned = read.filter.name == control.filter.name.as_str();
    Stance {
        read,
        reach,
        shared,
        is_named_as_planned,
    }
}

/// Returns how many of the control's literal values a pattern compares with, or, outside of JSON patterns, mentions.
fn shared(pattern: &Pattern, literals: &BTreeSet<String>) -> usize {
    match pattern.kind() {
        Kind::Json => self::literals(pattern).intersection(literals).count(),
        Kind::Blank | Kind::Terms | Kind::SpaceDelimited | Kind::Regex => literals
            .iter()
            .filter(|literal| pattern.text().contains(literal.trim_matches('*')))
            .count(),
    }
}

/// Reads a comparison of a filter with a control's pattern.
fn reach(comparison: Comparison) -> Reach {
    let Comparison {
        relation,
        only_a,
        only_b,
        both,
        undecided_reason,
    } = comparison;
    // No common event may also mean that the search for one was given up.
    let is_empty = both.is_none() && undecided_reason.is_none();
    match relation {
        Relation::Equivalent => Reach::Same,
        Relation::Broader => Reach::More(only_a),
        Relation::Narrower if is_empty => Reach::Nothing(only_b),
        Relation::Narrower => Reach::Some {
            missed: only_b,
            beside: false,
        },
        Relation::Overlapping => Reach::Some {
            missed: only_b,
            beside: true,
        },
        Relation::Disjoint => Reach::Others,
        Relation::Undecided => Reach::Undecided,
    }
}

/// Returns whether a filter that matches more than the control is still about it: it ignores at least one look-alike.
///
/// A filter that takes every look-alike matches nearly all traffic, and an alarm on it would never rest.
pub(super) fn is_about(pattern: &Pattern, control: &DesiredControl) -> bool {
    control.look_alikes.is_empty()
        || control
            .look_alikes
            .iter()
            .any(|event| !pattern.matches(event))
}

/// Returns the texts that a pattern compares with: they tell what it was meant for, even where it fails.
pub(super) fn literals(pattern: &Pattern) -> BTreeSet<String> {
    let Tree::Json(expression) = pattern.tree() else {
        return BTreeSet::new();
    };
    expression
        .conditions()
        .into_iter()
        .filter_map(|condition| match &condition.test {
            Test::Equal(Value::Text(text)) | Test::NotEqual(Value::Text(text)) => {
                Some(text.clone())
            }
            Test::Equal(Value::Number(_) | Value::Regex(_))
            | Test::NotEqual(Value::Number(_) | Value::Regex(_))
            | Test::Order(..)
            | Test::IsNull
            | Test::IsTrue
            | Test::IsFalse
            | Test::NotExists => None,
        })
        .collect()
}
