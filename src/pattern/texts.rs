//! Which texts a member of an event may have where a pattern matches.

use std::collections::BTreeSet;

use super::Pattern;
use super::ast::{Condition, Expression, Step, Test, Tree, Value};

/// Returns texts one of which a member at the root of every event has that a pattern matches; none when it may have any
/// text, or none at all.
///
/// What is returned is always enough, and may be more than is needed: conditions on other members are not looked at.
#[must_use]
pub fn texts(pattern: &Pattern, member: &str) -> Option<BTreeSet<String>> {
    match pattern.tree() {
        Tree::Json(expression) => of_expression(expression, member),
        Tree::Blank | Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => None,
    }
}

fn of_expression(expression: &Expression<Condition>, member: &str) -> Option<BTreeSet<String>> {
    match expression {
        Expression::One(condition) => of_condition(condition, member),
        // One member without a bound leaves all of them without one.
        Expression::Any(members) => members
            .iter()
            .map(|one| of_expression(one, member))
            .collect::<Option<Vec<_>>>()
            .map(|texts| texts.into_iter().flatten().collect()),
        Expression::All(members) => members
            .iter()
            .filter_map(|one| of_expression(one, member))
            .reduce(|left, right| left.intersection(&right).cloned().collect()),
    }
}

fn of_condition(condition: &Condition, member: &str) -> Option<BTreeSet<String>> {
    let [Step::Member(name)] = condition.selector.steps() else {
        return None;
    };
    match &condition.test {
        Test::Equal(Value::Text(text)) if name == member && !text.contains('*') => {
            Some([text.clone()].into())
        }
        Test::Equal(_)
        | Test::NotEqual(_)
        | Test::Order(..)
        | Test::IsNull
        | Test::IsTrue
        | Test::IsFalse
        | Test::NotExists => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(pattern: &str) -> Option<String> {
        let texts = texts(&Pattern::parse(pattern).unwrap(), "n")?;
        Some(texts.into_iter().collect::<Vec<_>>().join(" "))
    }

    #[test]
    fn the_texts_are_those_that_the_conditions_leave() {
        for (pattern, expected) in [
            ("{ $.n = A }", Some("A")),
            (r#"{ $.n = "A B" }"#, Some("A B")),
            ("{ $.n = A || $.n = B }", Some("A B")),
            ("{ $.s = x && ($.n = B || $.n = A) }", Some("A B")),
            (
                "{ ($.n = A || $.n = B) && ($.n = B || $.n = C) }",
                Some("B"),
            ),
            ("{ $.n = A && $.n = B }", Some("")),
            (
                "{ ($.n = A && $.x = 1) || ($.n = B && $.n != C) }",
                Some("A B"),
            ),
        ] {
            assert_eq!(names(pattern).as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn whatever_may_be_any_text_has_none() {
        for pattern in [
            "",
            "A",
            "{ $.n = A* }",
            "{ $.n = %A% }",
            "{ $.n != A }",
            "{ $.n = 1 }",
            "{ $.n NOT EXISTS }",
            "{ $.m = A }",
            "{ $.n.m = A }",
            "{ $.n = A || $.m = B }",
            "{ $.n = A || ($.n = B || $.s = C) }",
        ] {
            assert_eq!(names(pattern), None, "{pattern}");
        }
    }
}
