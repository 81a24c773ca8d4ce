//! Events that show what a pattern matches, and what it just does not.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json};

use crate::pattern::ast::{
    Condition, Expression, Field, FieldTest, Order, Role, Selector, Step, Term, Test, Tree, Value,
};
use crate::pattern::compare::{compare, example_text, plausible_values};
use crate::pattern::event::Event;
use crate::pattern::number::Decimal;
use crate::pattern::{Pattern, matches};

/// Finds an event that a pattern matches.
#[must_use]
pub fn matching(pattern: &Pattern) -> Option<Event> {
    let event = match pattern.tree() {
        Tree::Blank | Tree::Json(_) => compare(pattern, pattern).both?,
        Tree::Terms(terms) => Event::parse(&message(terms)),
        Tree::SpaceDelimited(fields) => Event::parse(&line(fields)?),
        Tree::Regex(regex) => Event::parse(&example_text(&Value::Regex(regex.clone()))?),
    };
    pattern.matches(&event).then_some(event)
}

/// Finds an event that is similar to one that matches, and does not match.
pub(super) fn near_miss(pattern: &Pattern, event: &Event) -> Option<Event> {
    let variants = match pattern.tree() {
        Tree::Blank => Vec::new(),
        Tree::Json(expression) => json_variants(expression, event.value()?.as_object()?),
        Tree::Terms(terms) => term_variants(terms, event.text()),
        Tree::SpaceDelimited(_) | Tree::Regex(_) => text_variants(event.text()),
    };
    variants
        .into_iter()
        .find(|variant| !matches::matches(pattern.tree(), variant))
}

/// A message of all terms that may occur.
fn message(terms: &[Term]) -> String {
    let wanted = terms
        .iter()
        .filter(|term| term.role != Role::Excluded)
        .map(|term| term.text.as_str());
    let message = wanted.collect::<Vec<&str>>().join(" ");
    if message.is_empty() {
        "something else".to_owned()
    } else {
        message
    }
}

/// The message with an excluded term, or without one of the others.
fn term_variants(terms: &[Term], message: &str) -> Vec<Event> {
    let excluded = terms.iter().filter(|term| term.role == Role::Excluded);
    let added = excluded.map(|term| format!("{message} {}", term.text));
    let lacking = terms
        .iter()
        .rev()
        .map(|term| message.replace(&term.text, "").trim().to_owned());
    let none = std::iter::once("something else".to_owned());
    added
        .chain(lacking)
        .chain(none)
        .map(|text| Event::parse(&text))
        .collect()
}

/// Shorter and longer messages.
fn text_variants(message: &str) -> Vec<Event> {
    let mut variants = Vec::new();
    if let Some((start, _)) = message.rsplit_once(' ') {
        variants.push(start.to_owned());
    }
    for character in ['0', 'x'] {
        variants.push(
            message
                .chars()
                .map(|other| if other == ' ' { other } else { character })
                .collect(),
        );
        variants.push(format!("{character}{message}"));
        variants.push(format!("{message}{character}"));
    }
    variants.push(String::new());
    variants.iter().map(|text| Event::parse(text)).collect()
}

/// A line with a field for each entry.
fn line(fields: &[Field]) -> Option<String> {
    let entries = fields.iter().filter(|field| **field != Field::Ellipsis);
    let texts: Option<Vec<String>> = entries.map(field_text).collect();
    Some(texts?.join(" "))
}

fn field_text(field: &Field) -> Option<String> {
    let Field::Named {
        conditions: Some(conditions),
        ..
    } = field
    else {
        return Some("-".to_owned());
    };
    let alone = Tree::SpaceDelimited(vec![field.clone()]);
    let candidates = conditions
        .conditions()
        .into_iter()
        .flat_map(field_candidates);
    candidates
        .map(quoted)
        .find(|text| matches::matches(&alone, &Event::parse(text)))
}

fn quoted(text: String) -> String {
    if text.is_empty() || text.contains(' ') {
        format!("\"{text}\"")
    } else {
        text
    }
}

fn field_candidates(test: &FieldTest) -> Vec<String> {
    match test {
        FieldTest::Present => vec!["-".to_owned()],
        FieldTest::Equal(value) | FieldTest::NotEqual(value) => {
            let example = example_text(value);
            let longer = example.as_ref().map(|text| format!("{text}0"));
            example
                .into_iter()
                .chain(longer)
                .chain(["-".to_owned()])
                .collect()
        }
        FieldTest::Order(_, number) => neighbours(number.value()).collect(),
    }
}

/// A whole number below, one above, and the number itself.
fn neighbours(value: &Decimal) -> impl Iterator<Item = String> {
    let double = value.to_double();
    [double.floor() - 1.0, double, double.ceil() + 1.0]
        .into_iter()
        .map(|number| number.to_string())
}

/// Events in which one condition, and what it looks at, is different.
fn json_variants(expression: &Expression<Condition>, members: &Map<String, Json>) -> Vec<Event> {
    let mut variants = Vec::new();
    for condition in expression.conditions() {
        for value in contrary_values(&condition.selector, &condition.test) {
            let mut changed = members.clone();
            if set(&mut changed, condition.selector.steps(), value).is_some() {
                variants.push(changed);
            }
        }
    }
    let looked_at: BTreeSet<&Selector> = expression
        .conditions()
        .into_iter()
        .map(|condition| &condition.selector)
        .collect();
    for selector in looked_at {
        if let Some(Step::Member(name)) = selector.steps().first() {
            let mut changed = members.clone();
            changed.remove(name);
            variants.push(changed);
        }
    }
    variants.push(Map::new());
    variants
        .into_iter()
        .map(|members| Event::from_value(Json::Object(members)))
        .collect()
}

/// Values that probably do not pass a test; for texts, such as occur in records come first.
fn contrary_values(selector: &Selector, test: &Test) -> Vec<Json> {
    match test {
        Test::Equal(Value::Text(expected)) => {
            let path = selector.to_string();
            let plausible = plausible_values(path.trim_start_matches("$."));
            let made_up = format!("{}Other", expected.trim_matches('*'));
            plausible
                .iter()
                .copied()
                .map(Json::from)
                .chain([Json::from(made_up), Json::from("Other")])
                .collect()
        }
        Test::Equal(Value::Number(_) | Value::Regex(_)) => vec![Json::from("other")],
        Test::NotEqual(value) => example_text(value).into_iter().map(Json::from).collect(),
        Test::Order(order, number) => {
            let upwards = matches!(order, Order::Less | Order::LessOrEqual);
            let mut numbers: Vec<String> = neighbours(number.value()).collect();
            if upwards {
                numbers.reverse();
            }
            numbers
                .iter()
                .skip(1)
                .rev()
                .filter_map(|text| serde_json::from_str(text).ok())
                .collect()
        }
        Test::IsNull => vec![Json::from("null")],
        Test::IsTrue => vec![Json::Bool(false)],
        Test::IsFalse => vec![Json::Bool(true)],
        Test::NotExists => vec![Json::from("something")],
    }
}

/// Puts a value where steps through members lead; nothing when they lead elsewhere.
fn set(members: &mut Map<String, Json>, steps: &[Step], value: Json) -> Option<()> {
    let (Step::Member(name), rest) = steps.split_first()? else {
        return None;
    };
    if rest.is_empty() {
        members.insert(name.clone(), value);
        return Some(());
    }
    let inner = members
        .entry(name.clone())
        .or_insert_with(|| Json::Object(Map::new()));
    set(inner.as_object_mut()?, rest, value)
}
