//! Conditions in words.
//!
//! Alternatives on one property become one phrase, so that a list of events reads as a list.

use super::Outline;
use crate::pattern::ast::{Condition, Expression, FieldTest, Order, Selector, Test, Value};

/// Joins phrases by commas, and the last two by a word.
pub(super) fn listed(phrases: &[String], word: &str) -> String {
    match phrases.split_last() {
        Some((last, [])) => last.clone(),
        Some((last, others)) => format!("{} {word} {last}", others.join(", ")),
        None => String::new(),
    }
}

/// Joins clauses that may hold commas themselves.
fn joined(clauses: &[String], word: &str) -> String {
    clauses.join(&format!(", {word} "))
}

/// The conditions of a JSON pattern as the rest of a sentence.
pub(super) fn json_clause(expression: &Expression<Condition>) -> String {
    clause(&json_outline(expression), Nesting::Top)
}

/// The conditions of a JSON pattern as a tree.
pub(super) fn json_outline(expression: &Expression<Condition>) -> Outline {
    outline(
        expression,
        &|condition| condition_phrase(condition),
        &|left, right| merged_conditions(left, right),
    )
}

/// The conditions of a field as the rest of a sentence.
pub(super) fn field_clause(name: &str, conditions: &Expression<FieldTest>) -> String {
    let outline = field_outline(name, conditions);
    let phrases: Vec<String> = outline
        .children
        .iter()
        .map(|child| clause(child, Nesting::Inner))
        .collect();
    match conditions {
        Expression::One(_) => outline.text,
        Expression::All(_) => listed(&phrases, "and"),
        Expression::Any(_) if outline.children.is_empty() => outline.text,
        Expression::Any(_) => listed(&phrases, "or"),
    }
}

/// The conditions of a field as a tree.
pub(super) fn field_outline(name: &str, conditions: &Expression<FieldTest>) -> Outline {
    outline(
        conditions,
        &|test| format!("the field `{name}` {}", field_phrase(test)),
        &|_, _| None,
    )
}

/// Words for an expression, from words for its conditions; two neighbouring alternatives may have words in common.
fn outline<T>(
    expression: &Expression<T>,
    words: &impl Fn(&T) -> String,
    merge: &impl Fn(&[&T], &T) -> Option<String>,
) -> Outline {
    match expression {
        Expression::One(condition) => Outline::leaf(words(condition)),
        Expression::All(members) => {
            let children = members
                .iter()
                .map(|member| outline(member, words, merge))
                .collect();
            Outline::heading("all of these hold", children)
        }
        Expression::Any(members) => {
            let mut children: Vec<Outline> = Vec::new();
            let mut run: Vec<&T> = Vec::new();
            for member in members {
                let condition = match member {
                    Expression::One(condition) => Some(condition),
                    Expression::Any(_) | Expression::All(_) => None,
                };
                let common = condition.and_then(|condition| merge(&run, condition));
                if let (Some(common), Some(last)) = (common, children.last_mut()) {
                    last.text = common;
                    run.extend(condition);
                } else {
                    children.push(outline(member, words, merge));
                    run = condition.into_iter().collect();
                }
            }
            match (children.pop(), children.is_empty()) {
                (Some(only), true) => only,
                (last, _) => Outline::heading(
                    "at least one of these holds",
                    children.into_iter().chain(last).collect(),
                ),
            }
        }
    }
}

/// One phrase for alternatives that ask one property for one of several texts.
fn merged_conditions(run: &[&Condition], next: &Condition) -> Option<String> {
    let texts = run
        .iter()
        .chain([&next])
        .map(|condition| match &condition.test {
            Test::Equal(Value::Text(text))
                if condition.selector == next.selector && !text.contains('*') =>
            {
                Some(format!("`{text}`"))
            }
            Test::Equal(_)
            | Test::NotEqual(_)
            | Test::Order(..)
            | Test::IsNull
            | Test::IsTrue
            | Test::IsFalse
            | Test::NotExists => None,
        });
    let texts: Vec<String> = texts.collect::<Option<Vec<String>>>()?;
    let single = next.selector.split_at_wildcard().is_none();
    (single && !run.is_empty())
        .then(|| format!("{} is {}", name(&next.selector), listed(&texts, "or")))
}

/// Where in a sentence a clause stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nesting {
    Top,
    Inner,
}

fn clause(outline: &Outline, nesting: Nesting) -> String {
    let parts: Vec<String> = outline
        .children
        .iter()
        .map(|child| clause(child, Nesting::Inner))
        .collect();
    let all = outline.text.starts_with("all");
    match (nesting, parts.as_slice()) {
        (_, []) => outline.text.clone(),
        (Nesting::Top, _) => joined(&parts, if all { "and" } else { "or" }),
        (Nesting::Inner, [first, second]) if all => format!("both {first} and {second}"),
        (Nesting::Inner, [first, second]) => format!("either {first} or {second}"),
        (Nesting::Inner, _) if all => format!("all of these hold: {}", parts.join("; ")),
        (Nesting::Inner, _) => format!("one of these holds: {}", parts.join("; ")),
    }
}

/// A selector without the sign of the root.
fn name(selector: &Selector) -> String {
    let text = selector.to_string();
    format!("`{}`", text.trim_start_matches("$."))
}

fn condition_phrase(condition: &Condition) -> String {
    let name = name(&condition.selector);
    match condition.selector.split_at_wildcard() {
        None => format!("{name} {}", test_phrase(&condition.test)),
        Some(_) => match &condition.test {
            Test::NotEqual(value) => format!("none of {name} {}", value_phrase(value)),
            Test::NotExists => format!("{name} selects nothing"),
            Test::Equal(_) | Test::Order(..) | Test::IsNull | Test::IsTrue | Test::IsFalse => {
                format!("one of {name} {}", test_phrase(&condition.test))
            }
        },
    }
}

fn test_phrase(test: &Test) -> String {
    match test {
        Test::Equal(value) => value_phrase(value),
        Test::NotEqual(value) => format!("is there and {}", negated_phrase(value)),
        Test::Order(order, number) => {
            format!("is a number {} {}", order_phrase(*order), number.spelling())
        }
        Test::IsNull => "is null".to_owned(),
        Test::IsTrue => "is true".to_owned(),
        Test::IsFalse => "is false".to_owned(),
        Test::NotExists => "is absent".to_owned(),
    }
}

fn field_phrase(test: &FieldTest) -> String {
    match test {
        FieldTest::Present => "is there".to_owned(),
        FieldTest::Equal(Value::Number(number)) => format!("is {}", number.spelling()),
        FieldTest::NotEqual(Value::Number(number)) => format!("is not {}", number.spelling()),
        FieldTest::Equal(value) => value_phrase(value),
        FieldTest::NotEqual(value) => negated_phrase(value),
        FieldTest::Order(order, number) => {
            format!("is a number {} {}", order_phrase(*order), number.spelling())
        }
    }
}

fn order_phrase(order: Order) -> &'static str {
    match order {
        Order::Less => "below",
        Order::LessOrEqual => "of at most",
        Order::Greater => "above",
        Order::GreaterOrEqual => "of at least",
    }
}

/// Where the asterisks of a text stand.
enum Wildcards<'text> {
    None,
    Alone,
    Behind(&'text str),
    Before(&'text str),
    Around(&'text str),
    Elsewhere,
}

fn wildcards(text: &str) -> Wildcards<'_> {
    let (start, end) = (text.starts_with('*'), text.ends_with('*'));
    let inner = text.trim_matches('*');
    match (inner.is_empty() && start, inner.contains('*'), start, end) {
        (true, ..) => Wildcards::Alone,
        (_, true, ..) => Wildcards::Elsewhere,
        (_, _, false, false) => Wildcards::None,
        (_, _, false, true) => Wildcards::Behind(inner),
        (_, _, true, false) => Wildcards::Before(inner),
        (_, _, true, true) => Wildcards::Around(inner),
    }
}

fn value_phrase(value: &Value) -> String {
    match value {
        Value::Text(text) => match wildcards(text) {
            Wildcards::None => format!("is `{text}`"),
            Wildcards::Alone => "is a text or a number".to_owned(),
            Wildcards::Behind(start) => format!("starts with `{start}`"),
            Wildcards::Before(end) => format!("ends with `{end}`"),
            Wildcards::Around(part) => format!("contains `{part}`"),
            Wildcards::Elsewhere => format!("fits `{text}`, where `*` stands for anything"),
        },
        Value::Number(number) => format!("is the number {0} or the text `{0}`", number.spelling()),
        Value::Regex(regex) => format!(
            "contains a part that fits the regular expression `{}`",
            regex.body()
        ),
    }
}

fn negated_phrase(value: &Value) -> String {
    match value {
        Value::Text(text) => match wildcards(text) {
            Wildcards::None => format!("is not `{text}`"),
            Wildcards::Alone => "is neither a text nor a number, which cannot be".to_owned(),
            Wildcards::Behind(start) => format!("does not start with `{start}`"),
            Wildcards::Before(end) => format!("does not end with `{end}`"),
            Wildcards::Around(part) => format!("does not contain `{part}`"),
            Wildcards::Elsewhere => format!("does not fit `{text}`, where `*` stands for anything"),
        },
        Value::Number(number) => format!(
            "is neither the number {0} nor the text `{0}`",
            number.spelling()
        ),
        Value::Regex(regex) => format!(
            "contains no part that fits the regular expression `{}`",
            regex.body()
        ),
    }
}
