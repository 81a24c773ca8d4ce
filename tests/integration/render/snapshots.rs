//! Every report in every format, as recorded. Each changed line is to be reviewed by eye.

use std::collections::BTreeSet;

use cis_fix::render;

use super::{coloured, documents, json_documents, plain};

/// Compares with the record of this name.
fn compare(name: &str, text: &str) {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, text);
    });
}

/// Shows escape sequences as words in angle quotes, so that they can be read in a review.
fn named_colours(text: &str) -> String {
    let names = [
        ("0", "›"),
        ("1", "‹bold "),
        ("2", "‹dim "),
        ("31", "‹red "),
        ("32", "‹green "),
        ("33", "‹yellow "),
        ("35", "‹magenta "),
        ("36", "‹cyan "),
    ];
    names.iter().fold(text.to_owned(), |text, (code, name)| {
        text.replace(&format!("\u{1b}[{code}m"), name)
    })
}

#[test]
fn text_for_pipes_and_terminals() {
    for (name, document) in documents() {
        compare(&format!("{name}-pipe"), &plain(&document, None));
        compare(&format!("{name}-80"), &plain(&document, Some(80)));
        compare(&format!("{name}-40"), &plain(&document, Some(40)));
    }
}

#[test]
fn text_in_colours() {
    for (name, document) in documents() {
        let text = named_colours(&coloured(&document, Some(100)));
        assert!(!text.contains('\u{1b}'), "{name} has an unnamed colour");
        compare(&format!("{name}-ansi"), &text);
    }
}

#[test]
fn markdown_for_pull_requests() {
    for (name, document) in documents() {
        compare(&format!("{name}-markdown"), &render::markdown(&document));
    }
}

#[test]
fn json_for_programs() {
    for (name, json) in json_documents() {
        compare(&format!("{name}-json"), &json);
    }
}

#[test]
fn every_record_belongs_to_a_document() {
    let reports = documents().into_iter().flat_map(|(name, _)| {
        ["pipe", "80", "40", "ansi", "markdown"].map(|kind| format!("{name}-{kind}.snap"))
    });
    let json = json_documents()
        .into_iter()
        .map(|(name, _)| format!("{name}-json.snap"));
    let expected: BTreeSet<String> = reports.chain(json).collect();
    let directory = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/tests/integration/render/snapshots"
    );
    let recorded: BTreeSet<String> = std::fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    let orphans: Vec<&String> = recorded.difference(&expected).collect();
    assert!(orphans.is_empty(), "{orphans:?}");
}
