//! The promises of SECURITY.md: each names the tests that hold it, and each of those exists.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot use")]

use std::fs;

/// Returns the tests that are named in a text, by file and name.
fn named(text: &str) -> Vec<(String, String)> {
    text.split('`')
        .filter_map(|code| code.split_once(".rs::"))
        .map(|(file, name)| (format!("{file}.rs"), name.to_owned()))
        .collect()
}

/// Returns whether a text has a test of that name: the attribute stands right before it, or it is a property.
fn has_test(text: &str, name: &str) -> bool {
    let declared = [format!("fn {name}("), format!("fn {name}(\n")];
    let Some(at) = declared.iter().find_map(|words| text.find(words)) else {
        return false;
    };
    let before = text.get(..at).unwrap();
    let attribute = before.rfind("#[").and_then(|start| before.get(start..));
    attribute.is_some_and(|attribute| {
        let is_test = ["#[test]", "#[tokio::test]"]
            .iter()
            .any(|test| attribute.starts_with(test));
        is_test && !attribute.contains('}')
    })
}

#[test]
fn every_test_that_a_promise_names_exists() {
    let text = fs::read_to_string("SECURITY.md").unwrap();
    let named = named(&text);
    for (file, name) in &named {
        let source = fs::read_to_string(file).unwrap_or_default();
        assert!(has_test(&source, name), "{file} has no test `{name}`");
    }
    assert!(named.len() >= 25, "{}", named.len());
}

#[test]
fn every_promise_names_a_test() {
    let text = fs::read_to_string("SECURITY.md").unwrap();
    let promises = text.split("- [x]").skip(1);
    for promise in promises {
        let promise = promise.split("\n\n").next().unwrap();
        assert!(promise.contains(".rs::"), "{promise}");
    }
    assert!(!text.contains("- [ ]"), "a promise without a test is none");
}

#[test]
fn what_is_no_test_is_not_taken_for_one() {
    let text = "#[test]\nfn a() {}\n\nfn b() {}\n#[tokio::test]\nasync fn c() {}\n";
    assert!(has_test(text, "a") && has_test(text, "c"));
    assert!(!has_test(text, "b") && !has_test(text, "d"));
}
