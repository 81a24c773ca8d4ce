//! The compiled evaluator gives the answers of the reference evaluator, on JSON of every shape and on what is almost JSON.

use cis_fix::pattern::bulk::{NotALogFile, PatternSet, Tester};
use cis_fix::pattern::{Event, Pattern};
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::properties::{EVENTS, cases, pattern};
use super::table;

/// Panics when the two evaluators differ on a message.
fn check(tester: &mut Tester<'_>, patterns: &[Pattern], message: &str) {
    let event = Event::parse(message);
    let numbered = patterns.iter().enumerate();
    let matching = numbered.filter(|(_, pattern)| pattern.matches(&event));
    let expected: Vec<usize> = matching.map(|(position, _)| position).collect();
    let matches: Vec<usize> = tester.matches(message).iter().collect();
    assert_eq!(matches, expected, "{message} with {patterns:?}");
}

#[test]
fn every_known_answer_is_given_by_a_set_of_all_patterns() {
    let rows = table("vectors.json");
    let texts = rows.iter().map(|row| row["pattern"].as_str().unwrap());
    let patterns: Vec<Pattern> = texts.filter_map(|text| Pattern::parse(text).ok()).collect();
    let set = PatternSet::new(patterns.clone());
    let mut tester = set.tester();
    for row in &rows {
        match row["event"].as_str() {
            Some(message) => check(&mut tester, &patterns, message),
            None => check(&mut tester, &patterns, &row["event"].to_string()),
        }
    }
}

/// Messages that are nearly events, or events in disguise.
const CONFUSING: &[&str] = &[
    "",
    " ",
    "{}",
    "{} ",
    " {}\n",
    "{}x",
    "{}{}",
    "[]",
    "[{}]",
    "null",
    "\"x\"",
    "1",
    "{",
    "{\"a\"}",
    "{\"a\":}",
    "{\"a\":x}",
    "{a:1}",
    "{\"a\":1,}",
    "{,}",
    r#"{"a":"x","a":"y"}"#,
    r#"{"a":"y","a":"x"}"#,
    r#"{"a":{"b":1},"a":{}}"#,
    r#"{"a":[{"b":1,"b":2}]}"#,
    r#"{"c":1,"c":2}"#,
    r#"{"c":{"a":"x","a":"y"}}"#,
    r#"{"\u0061":"x"}"#,
    r#"{"a":"\u0078"}"#,
    r#"{"a":"x\ud800"}"#,
    r#"{"c":"\ud800"}"#,
    r#"{"c":"\q"}"#,
    "{\"c\":\"\t\"}",
    r#"{"\u00e9":"x"}"#,
    r#"{"é":"x"}"#,
    r#"{"a":01}"#,
    r#"{"a":1.}"#,
    r#"{"a":.5}"#,
    r#"{"a":-}"#,
    r#"{"a":1e}"#,
    r#"{"a":1e5}"#,
    r#"{"a":+1}"#,
    r#"{"a":-0}"#,
    r#"{"c":01}"#,
    r#"{"c":1e+}"#,
    r#"{"a":1e999}"#,
    r#"{"a":1e2147483648}"#,
    r#"{"a":-1e-2147483648}"#,
    r#"{"a":1e99999999999999999999}"#,
    r#"{"a":nul}"#,
    r#"{"a":nulll}"#,
    r#"{"a":[nul]}"#,
    r#"{"a":[null]}"#,
    r#"{"a":[1,null,2]}"#,
    r#"{"a":[1,]}"#,
    r#"{"a":[,1]}"#,
    r#"{"c":[1 2]}"#,
    r#"{"c":{"d":1]}"#,
    r#"{"c":[}]"#,
    r#"{"a":true,"b":false}"#,
    "{\"a\" : \"x\" }",
    "{\n\t\"a\"\r:\"x\"}",
    "\u{feff}{\"a\":\"x\"}",
    "{\"a\":\"x\"}\u{0}",
    "{\"a\":\"x\"}\u{a0}",
];

#[test]
fn messages_made_to_confuse_are_read_alike() {
    let texts = [
        "{ $.a = x }",
        "{ $.a != x }",
        "{ $.a.b NOT EXISTS }",
        "{ $.* = 1 }",
        "{ $.a[*].b != 1 }",
        "{ $.a IS NULL }",
        "{ $.a >= 1 }",
        "{ $.a = Infinity }",
        "{ $.a = 0 && $.a = \"*0.0\" }",
        "{ $.* NOT EXISTS }",
        "{ $.é = x || $.['é'] = x }",
    ];
    let patterns: Vec<Pattern> = texts
        .iter()
        .filter_map(|text| Pattern::parse(text).ok())
        .collect();
    let set = PatternSet::new(patterns.clone());
    let mut tester = set.tester();
    let deep = |depth: usize| format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
    let deep_list = |depth: usize| format!("{{\"c\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    for message in CONFUSING {
        check(&mut tester, &patterns, message);
    }
    for depth in [125, 126, 127, 128, 129, 400] {
        check(&mut tester, &patterns, &deep(depth));
        check(&mut tester, &patterns, &deep_list(depth));
    }
}

#[test]
fn a_log_file_is_read_in_one_pass() {
    let patterns = vec![
        Pattern::parse("{ $.a = x }").unwrap(),
        Pattern::parse("{ $.a NOT EXISTS }").unwrap(),
    ];
    let set = PatternSet::new(patterns);
    let read = |text: &str| {
        let mut seen = Vec::new();
        let count = set.tester().log_file(text, |index, record, matches| {
            seen.push((
                index,
                record.to_owned(),
                matches.iter().collect::<Vec<usize>>(),
            ));
        });
        count.map(|count| {
            assert_eq!(count, seen.len());
            seen.into_iter()
                .map(|(index, record, hits)| format!("{index} {record} {hits:?}"))
                .collect::<Vec<String>>()
        })
    };
    let deep = format!("{}{}", "[".repeat(300), "]".repeat(300));
    let text = format!(
        r#" {{"v":{{"Records":[1]}}, "Records" : [ {{"a":"x"}} ,{{"b":1}},7,[{{"a":"x"}}],{deep}], "more":[] }} "#
    );
    let expected = [
        r#"0 {"a":"x"} [0]"#.to_owned(),
        r#"1 {"b":1} [1]"#.to_owned(),
        "2 7 []".to_owned(),
        r#"3 [{"a":"x"}] []"#.to_owned(),
        format!("4 {deep} []"),
    ];
    assert_eq!(read(&text).unwrap(), expected);
    assert_eq!(read(r#"{"Records":[]}"#), Ok(Vec::new()));
    for broken in [
        "",
        "{}",
        "[]",
        r#"{"records":[]}"#,
        r#"{"Records":{}}"#,
        r#"{"Records":[1,]}"#,
        r#"{"Records":[1 2]}"#,
        r#"{"Records":[1]"#,
        r#"{"Records":[1]}x"#,
        r#"{"Records":[1],}"#,
    ] {
        assert_eq!(read(broken), Err(NotALogFile), "{broken}");
    }
}

/// Pieces of JSON, whole and broken.
const PIECES: &[&str] = &[
    "", "{", "}", "[", "]", "\"", ":", ",", "\\", "a", "null", "1", ".", "e", "-", " ", "\\u0061",
    "\"a\":1,", "é", "\n",
];

/// One change to a text: at a place, some bytes less, and a piece more.
fn change() -> impl Strategy<Value = (Index, usize, &'static str)> {
    (any::<Index>(), 0..3_usize, select(PIECES))
}

fn changed(text: &str, (place, less, more): (Index, usize, &str)) -> String {
    let characters: Vec<char> = text.chars().collect();
    let start = place.index(characters.len() + 1);
    let before = characters.iter().take(start);
    let after = characters.iter().skip(start + less);
    before
        .copied()
        .chain(more.chars())
        .chain(after.copied())
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), ..ProptestConfig::default() })]

    #[test]
    fn both_evaluators_agree_on_any_event(patterns in prop::collection::vec(pattern(), 1..6)) {
        let set = PatternSet::new(patterns.clone());
        let mut tester = set.tester();
        for event in EVENTS.iter() {
            check(&mut tester, &patterns, event.text());
        }
    }

    #[test]
    fn both_evaluators_agree_on_what_is_almost_an_event(
        patterns in prop::collection::vec(pattern(), 1..4),
        edits in prop::collection::vec((any::<Index>(), change(), change()), 60),
    ) {
        let set = PatternSet::new(patterns.clone());
        let mut tester = set.tester();
        for (event, first, second) in edits {
            let text = changed(event.get(&EVENTS).text(), first);
            check(&mut tester, &patterns, &text);
            check(&mut tester, &patterns, &changed(&text, second));
        }
    }
}
