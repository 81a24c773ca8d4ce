//! A cheap sign that two patterns have nothing in common, so that most filters need no comparison.
//!
//! It knows only literal texts that a match must have in one place. What it does not see is left to the
//! comparison; where it says yes, no event matches both.

use std::collections::{BTreeMap, BTreeSet};

use crate::pattern::Pattern;
use crate::pattern::ast::{Condition, Expression, Selector, Step, Test, Tree, Value};

/// The literal texts that a place must have in every match, by place.
pub(super) type Required = BTreeMap<Vec<Step>, BTreeSet<String>>;

/// Returns whether some place must have texts in matches of one pattern that it cannot have in those of the other.
pub(super) fn are_apart(one: &Required, other: &Required) -> bool {
    one.iter().any(|(place, texts)| {
        let others = other.get(place);
        others.is_some_and(|others| {
            !texts.is_empty() && !others.is_empty() && texts.is_disjoint(others)
        })
    })
}

/// Returns the texts that a pattern requires. A pattern that is no JSON pattern requires none.
pub(super) fn required(pattern: &Pattern) -> Required {
    match pattern.tree() {
        Tree::Json(expression) => of_expression(expression),
        Tree::Blank | Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => Required::new(),
    }
}

fn of_expression(expression: &Expression<Condition>) -> Required {
    match expression {
        Expression::One(condition) => of_condition(condition),
        Expression::All(members) => members
            .iter()
            .map(of_expression)
            .fold(Required::new(), both),
        Expression::Any(members) => members
            .iter()
            .map(of_expression)
            .reduce(either)
            .unwrap_or_default(),
    }
}

fn of_condition(condition: &Condition) -> Required {
    match &condition.test {
        Test::Equal(Value::Text(text))
            if !text.contains('*') && is_one_place(&condition.selector) =>
        {
            let place = condition.selector.steps().to_vec();
            Required::from([(place, BTreeSet::from([text.clone()]))])
        }
        Test::Equal(_)
        | Test::NotEqual(_)
        | Test::Order(..)
        | Test::IsNull
        | Test::IsTrue
        | Test::IsFalse
        | Test::NotExists => Required::new(),
    }
}

/// Returns whether a selector names one place; one with a wildcard may find two texts at once.
fn is_one_place(selector: &Selector) -> bool {
    selector.split_at_wildcard().is_none()
}

/// Joins what two conditions require that hold together.
fn both(one: Required, other: Required) -> Required {
    other.into_iter().fold(one, |mut all, (place, texts)| {
        let joined = match all.get(&place) {
            Some(known) => known.intersection(&texts).cloned().collect(),
            None => texts,
        };
        all.insert(place, joined);
        all
    })
}

/// Joins what two conditions require of which one holds.
fn either(one: Required, mut other: Required) -> Required {
    one.into_iter()
        .filter_map(|(place, texts)| {
            let others = other.remove(&place)?;
            Some((place, texts.into_iter().chain(others).collect()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn apart(one: &str, other: &str) -> bool {
        let (one, other) = (Pattern::parse(one).unwrap(), Pattern::parse(other).unwrap());
        are_apart(&required(&one), &required(&other))
    }

    #[test]
    fn other_names_of_events_are_apart() {
        assert!(apart("{ $.n = a || $.n = b }", "{ $.n = c && $.s = x }"));
        assert!(apart(
            "{ $.s = x && ($.n = a || $.n = b) }",
            "{ $.s = y && $.n = a }"
        ));
    }

    #[test]
    fn whatever_may_have_an_event_in_common_is_not_apart() {
        let pairs = [
            ("{ $.n = a || $.n = b }", "{ $.n = b || $.n = c }"),
            ("{ $.n = a }", "{ $.m = b }"),
            ("{ $.n = a || $.m = x }", "{ $.n = b }"),
            ("{ $.n = a* }", "{ $.n = ab }"),
            ("{ $.n != a }", "{ $.n = b }"),
            ("{ $.n[*] = a }", "{ $.n[*] = b }"),
            ("{ $.n = 1 }", "{ $.n = \"1\" }"),
            ("", "{ $.n = a }"),
        ];
        for (one, other) in pairs {
            assert!(!apart(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_pattern_that_contradicts_itself_is_left_to_the_comparison() {
        assert!(!apart("{ $.n = a && $.n = b }", "{ $.n = c }"));
    }
}
