//! Texts that nobody should have written: each is refused with an error, and none is a panic.

use cis_fix::sandbox::Scene;
use cis_fix::sandbox::format::{FormatError, MAXIMUM_BYTES, parse};
use proptest::prelude::*;

#[test]
fn a_text_that_ends_early_is_refused() {
    for scene in [Scene::Fresh, Scene::Member, Scene::Broken] {
        let text = scene.text().trim_end();
        for end in 0..text.len() {
            let cut = text.get(..end).unwrap();
            assert!(matches!(parse(cut), Err(FormatError::Form { .. })), "{cut}");
        }
    }
}

#[test]
fn a_text_with_one_byte_changed_is_never_a_panic() {
    let text = Scene::Fresh.text();
    for place in 0..text.len() {
        for byte in [b'"', b'{', b']', b'0', b'\\', b' ', 0x7f] {
            let mut bytes = text.as_bytes().to_vec();
            bytes[place] = byte;
            let _ = parse(&String::from_utf8(bytes).unwrap());
        }
    }
}

#[test]
fn deep_nesting_is_refused() {
    for depth in [100, 200, 100_000] {
        let lists = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        assert!(parse(&lists).is_err());
        let policy = format!("\"attributes\": {{ \"policy\": {lists} }}");
        let topic = format!("{{ \"arn\": \"arn:aws:sns:us-east-1:123456789012:t\", {policy} }}");
        let text = Scene::Fresh
            .text()
            .replace("\"topics\": []", &format!("\"topics\": [{topic}]"));
        assert!(parse(&text).is_err(), "{depth}");
    }
}

#[test]
fn a_text_beyond_all_measure_is_not_read() {
    let text = " ".repeat(MAXIMUM_BYTES + 1);
    let bytes = text.len();
    assert_eq!(parse(&text), Err(FormatError::TooLarge { bytes }));
}

#[test]
fn a_very_long_name_costs_little() {
    let name = "x".repeat(10_000_000);
    let text = Scene::Fresh
        .text()
        .replacen("\"trails\"", &format!("\"{name}\""), 1);
    let error = parse(&text).unwrap_err();
    assert_eq!(error.hint(), None);
    assert!(error.to_string().chars().count() < 700);
}

#[test]
fn numbers_beyond_their_type_are_refused() {
    let alarm = |period: &str, threshold: &str| {
        let settings = format!(
            r#"{{ "query": {{ "single": {{ "namespace": "n", "metric_name": "m", "statistic": "Sum",
            "period": {period} }} }}, "evaluation_periods": 1, "operator": "GreaterThanThreshold",
            "threshold": {threshold}, "missing_data": "missing", "actions_enabled": true }}"#
        );
        let alarm = format!(r#"{{ "name": "a", "kind": {{ "metric": {settings} }} }}"#);
        let alarms = format!("\"alarms\": {{ \"us-east-1\": [{alarm}] }}");
        Scene::Fresh.text().replace("\"alarms\": {}", &alarms)
    };
    parse(&alarm("4294967295", "1e308")).unwrap();
    parse(&alarm("60", "1")).unwrap();
    for period in [
        "4294967296",
        "-1",
        "1.5",
        "1e400",
        "99999999999999999999999999",
        "\"60\"",
        "null",
    ] {
        let error = parse(&alarm(period, "1")).unwrap_err();
        assert!(matches!(error, FormatError::Form { .. }), "{period}");
        assert!(!error.to_string().contains("u32"), "{error}");
    }
    for threshold in ["1e400", "-1e999999999999", "NaN", "\"1\"", "[1]"] {
        let error = parse(&alarm("60", threshold)).unwrap_err();
        assert!(matches!(error, FormatError::Form { .. }), "{threshold}");
        assert!(!error.to_string().contains("f64"), "{error}");
    }
}

#[test]
fn values_of_a_wrong_type_are_refused() {
    let members = [
        "\"schema\"",
        "\"extent\"",
        "\"account\"",
        "\"partition\"",
        "\"region\"",
        "\"caller\"",
        "\"trails\"",
        "\"log_groups\"",
        "\"alarms\"",
        "\"topics\"",
        "\"keys\"",
    ];
    for member in members {
        for value in ["true", "1", "\"x\"", "[1]", "{\"x\": 1}", "null"] {
            let text = Scene::Fresh.text().replacen(
                &format!("{member}:"),
                &format!("{member}: {value}, \"gone\":"),
                1,
            );
            assert!(parse(&text).is_err(), "{member} {value}");
        }
    }
}

proptest! {
    #[test]
    fn no_text_is_a_panic(text in "\\PC*") {
        let _ = parse(&text);
    }

    #[test]
    fn no_message_has_a_line_break_of_its_own(text in "[\\[\\]{}\":,a-z0-9]{0,20}") {
        if let Err(error) = parse(&text) {
            prop_assert!(!error.to_string().contains('\n'));
        }
    }
}
