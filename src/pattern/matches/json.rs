//! JSON patterns: what a selector selects, and which values satisfy a test.

use serde_json::Value as Json;

use super::super::ast::{Condition, Expression, Number, Order, Step, Test, Value};
use super::super::number::EventNumber;
use super::super::wildcard;

/// Tells whether the object satisfies the expression.
pub(super) fn matches(expression: &Expression<Condition>, root: &Json) -> bool {
    super::holds(expression, &|condition| satisfies(condition, root))
}

fn satisfies(condition: &Condition, root: &Json) -> bool {
    let Condition {
        selector,
        test,
        span: _,
    } = condition;
    match selector.split_at_wildcard() {
        None => single(test, descend(root, selector.steps())),
        Some((before, after)) => {
            let parent = descend(root, before);
            let selected: Vec<&Json> = children(parent)
                .into_iter()
                .filter_map(|child| descend(child, after))
                .collect();
            several(test, parent, &selected)
        }
    }
}

/// Follows member and index steps; a step into the wrong container selects nothing.
fn descend<'event>(from: &'event Json, steps: &[Step]) -> Option<&'event Json> {
    steps
        .iter()
        .try_fold(from, |value, step| match (step, value) {
            (Step::Member(name), Json::Object(members)) => members.get(name),
            (Step::Index(index), Json::Array(elements)) => {
                elements.get(usize::try_from(*index).ok()?)
            }
            (Step::Member(_) | Step::Index(_) | Step::Each, _) => None,
        })
}

fn children(parent: Option<&Json>) -> Vec<&Json> {
    match parent {
        Some(Json::Array(elements)) => elements.iter().collect(),
        Some(Json::Object(members)) => members.values().collect(),
        Some(Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_)) | None => Vec::new(),
    }
}

/// A test of what a selector without a wildcard step selects.
fn single(test: &Test, selected: Option<&Json>) -> bool {
    let Some(value) = selected else {
        return *test == Test::NotExists;
    };
    match test {
        Test::NotEqual(expected) => differs(value, expected),
        // A list counts as null when one of its elements is null.
        Test::IsNull => {
            value.is_null()
                || value
                    .as_array()
                    .is_some_and(|elements| elements.iter().any(Json::is_null))
        }
        Test::NotExists => false,
        Test::Equal(_) | Test::Order(..) | Test::IsTrue | Test::IsFalse => element(test, value),
    }
}

/// A test of what a selector with a wildcard step selects below `parent`.
fn several(test: &Test, parent: Option<&Json>, selected: &[&Json]) -> bool {
    match test {
        Test::NotEqual(expected) => {
            parent.is_some() && !selected.iter().any(|value| equals(value, expected))
        }
        Test::NotExists => selected.is_empty(),
        Test::Equal(_) | Test::Order(..) | Test::IsNull | Test::IsTrue | Test::IsFalse => {
            selected.iter().any(|value| element(test, value))
        }
    }
}

/// A positive test of one value.
fn element(test: &Test, value: &Json) -> bool {
    match test {
        Test::Equal(expected) => equals(value, expected),
        Test::Order(order, number) => in_order(value, *order, number),
        Test::IsNull => value.is_null(),
        Test::IsTrue => value.as_bool() == Some(true),
        Test::IsFalse => value.as_bool() == Some(false),
        Test::NotEqual(_) | Test::NotExists => false,
    }
}

fn equals(value: &Json, expected: &Value) -> bool {
    match value {
        Json::String(text) => text_equals(text, expected),
        Json::Number(number) => EventNumber::parse(&number.to_string())
            .is_some_and(|number| number_equals(&number, expected)),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => false,
    }
}

/// Not the negation of `equals`: only a text or a number can differ.
fn differs(value: &Json, expected: &Value) -> bool {
    match value {
        Json::String(text) => !text_equals(text, expected),
        Json::Number(number) => EventNumber::parse(&number.to_string())
            .is_some_and(|number| number_differs(&number, expected)),
        Json::Null | Json::Bool(_) | Json::Array(_) | Json::Object(_) => false,
    }
}

fn text_equals(text: &str, expected: &Value) -> bool {
    match expected {
        Value::Text(pattern) => wildcard::covers(pattern, text),
        Value::Number(number) => text == number.spelling(),
        Value::Regex(regex) => regex.occurs_in(text),
    }
}

fn number_equals(number: &EventNumber, expected: &Value) -> bool {
    match expected {
        Value::Text(pattern) => wildcard::covers(pattern, &number.text),
        Value::Number(literal) => number.value.as_ref() == Some(literal.value()),
        Value::Regex(regex) => regex.occurs_in(&number.text),
    }
}

/// A number too large for a double neither equals a bare number nor differs from one.
fn number_differs(number: &EventNumber, expected: &Value) -> bool {
    let comparable = match expected {
        Value::Number(_) => number.value.is_some(),
        Value::Text(_) | Value::Regex(_) => true,
    };
    comparable && !number_equals(number, expected)
}

fn in_order(value: &Json, order: Order, literal: &Number) -> bool {
    let Json::Number(number) = value else {
        return false;
    };
    let number = EventNumber::parse(&number.to_string()).and_then(|number| number.value);
    number.is_some_and(|value| order.accepts(value.cmp(literal.value())))
}
