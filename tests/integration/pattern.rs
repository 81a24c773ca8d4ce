//! Known answers of the pattern language: recorded, documented and assumed.

#![expect(
    clippy::unwrap_used,
    reason = "a table that cannot be read fails its test"
)]

mod bulk;
mod hostile;
mod mutations;
mod properties;
mod skim;

use cis_fix::pattern::{Comparison, Event, Pattern, Relation, compare};
use serde_json::Value;

/// Reads a table of `tests/data/pattern`.
fn table(name: &str) -> Vec<Value> {
    let path = format!("{}/tests/data/pattern/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn event(value: &Value) -> Event {
    match value.as_str() {
        Some(message) => Event::parse(message),
        None => Event::from_value(value.clone()),
    }
}

#[test]
fn every_known_answer_is_given() {
    let rows = table("vectors.json");
    assert_eq!(rows.len(), 353);
    let mut wrong = Vec::new();
    for row in &rows {
        let text = row["pattern"].as_str().unwrap();
        let answer = match Pattern::parse(text) {
            Ok(pattern) => Value::Bool(pattern.matches(&event(&row["event"]))),
            Err(_) => Value::from("invalid"),
        };
        if answer != row["matches"] {
            wrong.push(format!("{answer} for {row}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn printing_keeps_the_tree() {
    for row in table("vectors.json") {
        if let Ok(pattern) = Pattern::parse(row["pattern"].as_str().unwrap()) {
            let printed = pattern.to_string();
            assert_eq!(Pattern::parse(&printed).as_ref(), Ok(&pattern), "{printed}");
            assert_eq!(Pattern::parse(&printed).unwrap().to_string(), printed);
        }
    }
}

#[test]
fn a_mistake_has_a_place_inside_the_text() {
    for row in table("vectors.json") {
        let text = row["pattern"].as_str().unwrap();
        if let Err(error) = Pattern::parse(text) {
            assert!(text.get(error.span()).is_some(), "{error:?}");
            assert!(!error.to_string().contains('\n'), "{error}");
        }
    }
}

/// A published text: the control it is for, the meaning it has, and the text.
struct Published {
    control: String,
    group: String,
    text: String,
}

fn published() -> Vec<Published> {
    let string = |value: &Value| value.as_str().unwrap().to_owned();
    table("controls.json")
        .iter()
        .map(|row| Published {
            control: string(&row["control"]),
            group: string(&row["group"]),
            text: string(&row["text"]),
        })
        .collect()
}

/// Compares, and checks that every event is what it is said to be and the relation follows from the events.
fn relation(a: &Pattern, b: &Pattern) -> Relation {
    let comparison = compare(a, b);
    let Comparison {
        relation,
        only_a,
        only_b,
        both,
        undecided_reason: _,
    } = &comparison;
    let truths = |event: &Option<Event>| {
        event
            .as_ref()
            .map(|event| (a.matches(event), b.matches(event)))
    };
    assert!(
        matches!(truths(only_a), None | Some((true, false))),
        "{comparison:?}"
    );
    assert!(
        matches!(truths(only_b), None | Some((false, true))),
        "{comparison:?}"
    );
    assert!(
        matches!(truths(both), None | Some((true, true))),
        "{comparison:?}"
    );
    let exists = (only_a.is_some(), only_b.is_some(), both.is_some());
    match relation {
        Relation::Equivalent => assert!(matches!(exists, (false, false, _)), "{comparison:?}"),
        Relation::Narrower => assert!(matches!(exists, (false, true, _)), "{comparison:?}"),
        Relation::Broader => assert!(matches!(exists, (true, false, _)), "{comparison:?}"),
        Relation::Overlapping => assert_eq!(exists, (true, true, true), "{comparison:?}"),
        Relation::Disjoint => assert_eq!(exists, (true, true, false), "{comparison:?}"),
        Relation::Undecided => assert!(comparison.undecided_reason.is_some()),
    }
    *relation
}

fn reversed(relation: Relation) -> Relation {
    match relation {
        Relation::Narrower => Relation::Broader,
        Relation::Broader => Relation::Narrower,
        Relation::Equivalent | Relation::Overlapping | Relation::Disjoint | Relation::Undecided => {
            relation
        }
    }
}

#[test]
fn every_known_relation_is_found_in_both_directions() {
    let rows = table("equivalence.json");
    assert_eq!(rows.len(), 71);
    let mut wrong = Vec::new();
    for row in &rows {
        let pattern = |name: &str| Pattern::parse(row[name].as_str().unwrap()).unwrap();
        let expected = match row["relation"].as_str().unwrap() {
            "equivalent" => Relation::Equivalent,
            "a_narrower" => Relation::Narrower,
            "a_broader" => Relation::Broader,
            "overlapping" => Relation::Overlapping,
            "disjoint" => Relation::Disjoint,
            other => panic!("{other}"),
        };
        let (forth, back) = (
            relation(&pattern("a"), &pattern("b")),
            relation(&pattern("b"), &pattern("a")),
        );
        if (forth, back) != (expected, reversed(expected)) {
            wrong.push(format!("{forth} and {back} for {row}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn published_texts_that_should_parse_do_and_others_do_not() {
    let texts = published();
    assert_eq!(texts.len(), 107);
    for Published { group, text, .. } in &texts {
        assert_eq!(Pattern::parse(text).is_ok(), group != "invalid", "{text}");
    }
}

#[test]
fn published_texts_mean_the_same_exactly_within_their_group() {
    let texts: Vec<(Published, Pattern)> = published()
        .into_iter()
        .filter_map(|text| {
            Pattern::parse(&text.text)
                .ok()
                .map(|pattern| (text, pattern))
        })
        .collect();
    for (position, (left, a)) in texts.iter().enumerate() {
        for (right, b) in texts.iter().skip(position) {
            let same = (&left.control, &left.group) == (&right.control, &right.group);
            let relation = relation(a, b);
            assert_ne!(relation, Relation::Undecided);
            assert_eq!(
                relation == Relation::Equivalent,
                same,
                "{} and {}",
                left.text,
                right.text
            );
        }
    }
}
