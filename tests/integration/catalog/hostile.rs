//! Text that no person would write: reading never fails otherwise than by telling mistakes.

use std::sync::LazyLock;

use cis_fix::catalog::Catalog;
use cis_fix::settings::read_file;
use cis_fix::toml_source::{Colour, LARGEST_FILE, Mistakes, SourceFile};
use proptest::prelude::*;

use super::source;

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::builtin);

fn file(text: &str) -> SourceFile {
    SourceFile {
        name: "a\u{1b}[31m.toml".to_owned(),
        text: text.to_owned(),
    }
}

/// Mistakes have places in the text, and their report moves no cursor.
fn assert_presentable(text: &str, mistakes: &Mistakes) {
    for mistake in mistakes.list() {
        assert!(
            mistake.span.start <= mistake.span.end && mistake.span.end <= text.len(),
            "{mistake:?}"
        );
    }
    let report = mistakes.render(Colour::Never);
    assert!(
        !report.contains(|c: char| c.is_control() && c != '\n'),
        "{report:?}"
    );
}

/// A control with a piece taken out and another put in.
fn damaged() -> impl Strategy<Value = String> {
    let base = source("tests/data/mistakes/base.toml").text;
    let piece = prop_oneof![
        any::<String>(),
        "[\\[\\]{}=\"'#,.\\\\\n]{0,6}",
        Just("= \u{1b}]0;x\u{7}".to_owned()),
        Just("\u{202e}\"\"\"".to_owned()),
        Just("9e999".to_owned()),
        Just("-0x1".to_owned()),
    ];
    (0..base.len(), 0..40usize, piece).prop_map(move |(start, length, piece)| {
        let start = base.floor_char_boundary(start);
        let end = base.floor_char_boundary((start + length).min(base.len()));
        format!("{}{piece}{}", &base[..start], &base[end..])
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_text_is_read_as_a_control(text in any::<String>()) {
        let mistakes = Catalog::read(&[file(&text)]).unwrap_err();
        assert_presentable(&text, &mistakes);
    }

    #[test]
    fn a_damaged_control_is_read_whole_or_refused(text in damaged()) {
        match Catalog::read(&[file(&text)]) {
            Ok(catalog) => prop_assert_eq!(catalog.controls().len(), 1),
            Err(mistakes) => assert_presentable(&text, &mistakes),
        }
    }

    #[test]
    fn any_text_is_read_as_settings(text in prop_oneof![any::<String>(), damaged()]) {
        if let Err(mistakes) = read_file(&file(&text), &CATALOG) {
            assert_presentable(&text, &mistakes);
        }
    }
}

#[test]
fn floods_of_text_are_refused_with_a_short_report() {
    for piece in [
        "[",
        "a = [",
        "a={b",
        "x\n",
        "a=1\n",
        "a = '://b/",
        "://",
        "[[a]]\n",
        "[a.b]\n",
        "\"",
        "\u{1b}",
        "[control.a]\n",
    ] {
        let text = piece.repeat(LARGEST_FILE / 8 / piece.len());
        assert!(Catalog::read(&[file(&text)]).is_err(), "{piece}");
        let report = read_file(&file(&text), &CATALOG).unwrap_err().to_string();
        assert!(report.len() < 100_000, "{piece} {}", report.len());
    }
}
