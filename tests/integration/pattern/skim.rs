//! Records in which nothing can match are passed over; the answers are those of reading every record.

use cis_fix::pattern::Pattern;
use cis_fix::pattern::bulk::{PatternSet, Tester};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::properties::cases;

/// What is noted; only the first of a record that is passed over.
const PATHS: [&[&str]; 2] = [&["eventTime"], &["eventVersion"]];

const CONDITIONS: [&str; 19] = [
    "$.eventName = CreateVpc",
    "$.eventName = \"Create*\"",
    "$.eventName = \"*Vpc\"",
    "$.eventName != CreateVpc",
    "$.eventName NOT EXISTS",
    "$.eventName = %Vpc$%",
    "$.eventName IS NULL",
    "$.errorCode = \"A*\"",
    "$.errorCode = \"Ab\"",
    "$.errorCode = 12345",
    "$.errorCode = \"12345\"",
    "$.errorCode >= 3",
    "$.errorCode = \"Infi*\"",
    "$.errorCode = Infinity",
    "$.errorCode = true",
    "$.errorCode IS TRUE",
    "$.userIdentity.eventName = CreateVpc",
    "$.userIdentity[*].eventName = \"Delete/Vpc\"",
    "$.* = \"Del*\"",
];

fn patterns() -> impl Strategy<Value = Vec<Pattern>> {
    let condition = select(&CONDITIONS[..]).prop_map(|text| format!("({text})"));
    let text = condition.prop_recursive(2, 6, 3, |inner| {
        let operator = select(&["&&", "||"][..]);
        (prop::collection::vec(inner, 2..4), operator)
            .prop_map(|(members, operator)| format!("({})", members.join(&format!(" {operator} "))))
    });
    let pattern = text.prop_filter_map("AWS takes two regular expressions", |text| {
        Pattern::parse(&format!("{{ {text} }}")).ok()
    });
    prop::collection::vec(pattern, 1..4)
}

/// Names as they may be spelled.
const NAMES: [&str; 7] = [
    "eventTime",
    "eventName",
    "event\\u004eame",
    "errorCode",
    "userIdentity",
    "eventVersion",
    "x",
];

/// Values as they may be spelled, without objects and lists.
const VALUES: [&str; 18] = [
    "\"CreateVpc\"",
    "\"CreateVpcs\"",
    "\"\\u0043reateVpc\"",
    "\"Delete\\/Vpc\"",
    "\"Delete/Vpc\"",
    "\"Describe\"",
    "\"}]{[\"",
    "\"\\\"eventName\\\":\\\"CreateVpc\\\"}\"",
    "\"Ab\"",
    "\"12345\"",
    "12345",
    "1e3",
    "1e309",
    "\"Infinity\"",
    "true",
    "null",
    "\"eventTime\"",
    "\"a longer text that fills most of a block, and is of no interest to anybody at all\"",
];

fn value() -> impl Strategy<Value = String> {
    let plain = select(&VALUES[..]).prop_map(str::to_owned);
    plain.prop_recursive(3, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4)
                .prop_map(|elements| format!("[{}]", elements.join(","))),
            members(inner),
        ]
    })
}

fn members(value: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let colon = select(&[":", " : "][..]);
    prop::collection::vec((select(&NAMES[..]), colon, value), 0..5).prop_map(|members| {
        let members = members.into_iter();
        let members: Vec<String> = members
            .map(|(name, colon, value)| format!("\"{name}\"{colon}{value}"))
            .collect();
        format!("{{{}}}", members.join(","))
    })
}

/// An event that has a time, and a version behind everything else.
fn event() -> impl Strategy<Value = String> {
    let blanks = select(&["", " ", "\n\t"][..]);
    (blanks, members(value())).prop_map(|(blanks, members)| {
        let inner = members
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'))
            .filter(|inner| !inner.is_empty())
            .map_or_else(String::new, |inner| format!("{inner},"));
        format!("{blanks}{{\"eventTime\":\"t\",{inner}\"eventVersion\":\"v\"}}")
    })
}

/// What a tester says of the record at the beginning of a text: where it ends, the patterns that match, and what is noted.
type Answer = (usize, Vec<usize>, [Option<String>; 2]);

fn answer(tester: &mut Tester<'_>, text: &str) -> Option<Answer> {
    let (place, matches) = tester.record(text, 0)?;
    let record = text.get(place.clone()).unwrap();
    let noted = [0, 1].map(|note| matches.noted(note, record).map(str::to_owned));
    Some((place.end, matches.iter().collect(), noted))
}

/// Patterns compiled to read every record in full, and to pass over those that cannot match.
struct Both {
    full: PatternSet,
    skimming: PatternSet,
}

impl Both {
    fn new(patterns: Vec<Pattern>) -> Self {
        Self {
            full: PatternSet::noting(patterns.clone(), &PATHS),
            skimming: PatternSet::skimming(patterns, &PATHS, 0),
        }
    }

    fn parse(texts: &[&str]) -> Self {
        Self::new(
            texts
                .iter()
                .map(|text| Pattern::parse(text).unwrap())
                .collect(),
        )
    }

    /// Compares the two. Returns whether the record was passed over.
    fn pass(&self, text: &str) -> bool {
        let expected = answer(&mut self.full.tester(), text);
        let found = answer(&mut self.skimming.tester(), text);
        let (Some((end, hits, noted)), Some((expected_end, expected_hits, expected_noted))) =
            (&found, &expected)
        else {
            assert_eq!(found, expected, "{text} with {:?}", self.full.patterns());
            return false;
        };
        assert_eq!(
            (end, hits, &noted[0]),
            (expected_end, expected_hits, &expected_noted[0]),
            "{text} with {:?}",
            self.full.patterns()
        );
        noted[1] != expected_noted[1]
    }
}

#[test]
fn a_record_is_passed_over_wherever_its_texts_lie() {
    let both = Both::parse(&[
        "{ $.eventName = CreateVpc || $.eventName = \"DeleteV*\" }",
        "{ $.userIdentity.type = Root && $.eventType != Other }",
    ]);
    for length in 0..150 {
        let filling = "f".repeat(length);
        let text = |name: &str, behind: &str| {
            format!(
                r#"{{"x":"{filling}","eventTime":"2026-01-01T00:00:00Z","a":[{{"b":{{}}}},[]],"eventName":"{name}","eventVersion":"1"}}{behind}"#
            )
        };
        for behind in ["", ",", r#",{"eventName":"CreateVpc","eventTime":"t"}]}"#] {
            for (name, passed) in [
                ("CreateVpcs", true),
                ("CreateVp", true),
                ("CreateVpc", false),
                ("DeleteVpc", false),
                // It need not be a type to be looked at.
                ("Root", false),
                ("type", true),
                ("a\\n", false),
            ] {
                assert_eq!(both.pass(&text(name, behind)), passed, "{name}{behind}");
            }
        }
        let whole = text("CreateVpcs", "");
        for cut in 0..whole.len() {
            assert!(!both.pass(whole.get(..cut).unwrap()));
        }
    }
}

#[test]
fn out_of_the_ordinary_records_are_read() {
    let both = Both::parse(&["{ $.eventName = CreateVpc }"]);
    let deep = |depth: usize| {
        format!(
            r#"{{"eventTime":"t","eventVersion":"1","x":{}1{}}}"#,
            "{\"a\":[".repeat(depth),
            "]}".repeat(depth)
        )
    };
    assert!(both.pass(&deep(63)));
    assert!(!both.pass(&deep(64)));
    assert!(!both.pass(&deep(500)));
    for text in [
        r#"{"eventTime":"t","eventTime":"u","eventVersion":"1"}"#,
        r#"{"eventTime":3,"eventVersion":"1"}"#,
        r#"{"a":{"eventTime":"t"},"eventVersion":"1"}"#,
        r#"{"eventTime":"\u0074","eventVersion":"1"}"#,
        r#"{"eventVersion":"1"}"#,
        r#"[{"eventTime":"t","eventVersion":"1"}]"#,
    ] {
        assert!(!both.pass(text), "{text}");
    }
}

#[test]
fn patterns_that_need_no_certain_text_let_nothing_be_passed_over() {
    let text = r#"{"eventTime":"t","eventVersion":"1"}"#;
    for pattern in [
        "{ $.eventName != x }",
        "{ $.eventName NOT EXISTS }",
        "",
        "x",
    ] {
        let passed = Both::parse(&[pattern]).pass(text);
        assert_eq!(passed, pattern == "{ $.eventName != x }", "{pattern}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2 * cases(), ..ProptestConfig::default() })]

    #[test]
    fn skimming_gives_the_answers_of_reading(patterns in patterns(), events in prop::collection::vec(event(), 8)) {
        let both = Both::new(patterns);
        for event in events {
            both.pass(&event);
        }
    }

    /// What is no JSON may be passed over, but never matches.
    #[test]
    fn what_is_no_json_never_matches(
        patterns in patterns(),
        event in event(),
        changes in prop::collection::vec((any::<Index>(), select(&["\"", "{", "}", "[", "]", ",", ":", "\\", "x", ""][..])), 8),
    ) {
        let Both { full, skimming } = Both::new(patterns);
        for (place, sign) in changes {
            let place = place.index(event.len());
            let (before, behind) = event.split_at(place);
            let behind = behind.get(1..).unwrap();
            let text = format!("{before}{sign}{behind}");
            let found = answer(&mut skimming.tester(), &text);
            let expected = answer(&mut full.tester(), &text);
            if let Some((end, hits, _)) = found {
                let same = expected.filter(|expected| expected.0 == end);
                prop_assert_eq!(hits, same.map(|expected| expected.1).unwrap_or_default(), "{}", text);
            }
        }
    }
}
