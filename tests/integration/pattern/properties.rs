//! Laws of the pattern language, over an alphabet so small that everything collides.

use std::sync::LazyLock;

use cis_fix::pattern::{Comparison, Event, Pattern, Relation, compare, compare_union};
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use super::{relation, reversed};

const SELECTORS: [&str; 12] = [
    "$.a", "$.a", "$.a", "$.b", "$.a.b", "$.a[0]", "$.a[1]", "$.a[*]", "$.a[*].b", "$.*", "$.*.b",
    "$.a[0].b",
];

const TESTS: [&str; 34] = [
    "= x",
    "!= x",
    "= y",
    "= \"x*\"",
    "= \"*y\"",
    "!= \"*x*\"",
    "= *",
    "!= *",
    "= \"\"",
    "= 1",
    "!= 1",
    "= 1.0",
    "!= 1.0",
    "= \"1\"",
    "= \"1.0\"",
    "= \"1*\"",
    "!= \"*.0\"",
    "< 1",
    "<= 1",
    "> 1",
    ">= 1",
    "< 2",
    "> 2",
    "= 2",
    "= %x%",
    "!= %^1%",
    "= %^xy?$%",
    "= \"Inf*\"",
    "IS NULL",
    "IS TRUE",
    "IS FALSE",
    "NOT EXISTS",
    "NOT EXISTS",
    "= -1",
];

/// Texts of JSON patterns.
fn pattern_text() -> impl Strategy<Value = String> {
    let condition = (select(&SELECTORS), select(&TESTS))
        .prop_map(|(selector, test)| format!("{selector} {test}"));
    let expression = condition.prop_recursive(3, 8, 3, |inner| {
        (
            prop::collection::vec(inner, 2..4),
            select(&[" && ", " || "]),
        )
            .prop_map(|(members, operator)| format!("({})", members.join(operator)))
    });
    expression.prop_map(|expression| format!("{{ {expression} }}"))
}

/// JSON patterns within the limits of the language.
pub(super) fn pattern() -> impl Strategy<Value = Pattern> {
    pattern_text().prop_filter_map("too many wildcards", |text| Pattern::parse(&text).ok())
}

fn scalars() -> Vec<Value> {
    let raw = r#"[null, true, false, "", "x", "y", "xy", "yx", "xx", "z", "1", "1.0", "2", "01", "Infinity", 1, 1.0, 2, 0.5, 1.5, 3, -1, -0.0, 1e309]"#;
    serde_json::from_str(raw).unwrap()
}

/// A few values of each shape.
fn values() -> Vec<Option<Value>> {
    let some = [json!(null), json!("x"), json!("y"), json!(1), json!(2)];
    let mut values: Vec<Value> = scalars();
    values.extend([
        json!({}),
        json!([]),
        json!([[]]),
        json!([{}]),
        json!([null, "x"]),
        json!([[null]]),
    ]);
    for value in &some {
        values.push(json!({ "b": value }));
        values.push(json!({ "c": value }));
        values.push(json!([value]));
        values.push(json!([{ "b": value }]));
        for other in &some {
            values.push(json!([value, other]));
            values.push(json!([{ "b": value }, { "b": other }]));
        }
    }
    values.into_iter().map(Some).chain([None]).collect()
}

/// Objects of two members, and messages that are no objects.
pub(super) static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let mut events = vec![Event::parse(""), Event::parse("x"), Event::parse("[1]")];
    let values = values();
    let few: Vec<Option<Value>> = vec![
        None,
        Some(json!(null)),
        Some(json!("x")),
        Some(json!("1")),
        Some(json!(1)),
        Some(json!({ "b": "x" })),
        Some(json!([1])),
    ];
    for a in &values {
        for b in &few {
            let members = [("a", a), ("b", b)];
            let present = members
                .into_iter()
                .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
            events.push(Event::from_value(Value::Object(present.collect())));
        }
    }
    events
});

/// Panics when an event speaks against a comparison.
fn check(
    comparison: &Comparison,
    events: &[Event],
    a: impl Fn(&Event) -> bool,
    b: impl Fn(&Event) -> bool,
) {
    let Comparison {
        relation,
        only_a,
        only_b,
        both,
        undecided_reason,
    } = comparison;
    assert_ne!(*relation, Relation::Undecided, "{undecided_reason:?}");
    for event in events {
        match (a(event), b(event)) {
            (true, false) => assert!(only_a.is_some(), "{event} is matched by the first alone"),
            (false, true) => assert!(only_b.is_some(), "{event} is matched by the second alone"),
            (true, true) => assert!(both.is_some(), "{event} is matched by both"),
            (false, false) => {}
        }
    }
}

/// As many cases as `PROPTEST_CASES` says, and few enough for every day without it.
pub(super) fn cases() -> u32 {
    let default = ProptestConfig::default().cases;
    if default == 256 { 48 } else { default }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn printing_keeps_the_tree_of_any_pattern(text in pattern_text()) {
        if let Ok(pattern) = Pattern::parse(&text) {
            let printed = pattern.to_string();
            prop_assert_eq!(Pattern::parse(&printed), Ok(pattern));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[ -~é“]{0,40}", opening in select(&["", "{", "[", "%", "{ $.a", "{ $.a = "])) {
        let closing = match opening.chars().next() { Some('{') => "}", Some('[') => "]", Some('%') => "%", _ => "" };
        let text = format!("{opening}{text}{closing}");
        match Pattern::parse(&text) {
            Ok(pattern) => prop_assert_eq!(Pattern::parse(&pattern.to_string()), Ok(pattern)),
            Err(error) => prop_assert!(text.get(error.span()).is_some(), "{:?}", error),
        }
    }

    #[test]
    fn no_event_speaks_against_a_comparison(a in pattern(), b in pattern()) {
        check(&compare(&a, &b), &EVENTS, |event| a.matches(event), |event| b.matches(event));
        prop_assert_eq!(relation(&b, &a), reversed(relation(&a, &b)));
    }

    #[test]
    fn no_event_speaks_against_the_comparison_of_a_union(a in pattern(), b in pattern(), c in pattern()) {
        let comparison = compare_union(&[&a, &b], &c);
        check(&comparison, &EVENTS, |event| a.matches(event) || b.matches(event), |event| c.matches(event));
        prop_assert_eq!(compare_union(&[&b, &a], &c).relation, comparison.relation);
        let own = compare_union(&[&a, &b], &a).relation;
        prop_assert!(matches!(own, Relation::Equivalent | Relation::Broader), "{}", own);
    }

    #[test]
    fn to_match_less_is_transitive(a in pattern(), b in pattern(), c in pattern()) {
        let within = |relation| matches!(relation, Relation::Equivalent | Relation::Narrower);
        if within(relation(&a, &b)) && within(relation(&b, &c)) {
            prop_assert!(within(relation(&a, &c)));
        }
    }
}
