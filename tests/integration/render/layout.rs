//! Widths and colours of text.

use cis_fix::render;
use cis_fix::report::document::{
    Block, Document, Entry, Field, Language, Mark, Section, Snippet, Style, Table, Text,
};
use proptest::prelude::*;

use super::{coloured, documents, plain};

/// A mark that turns the direction of text.
const OVERRIDE: char = '\u{202e}';

/// Returns `text` without colours.
fn bare(text: &str) -> String {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |bare, part| {
        bare + part.split_once('m').map_or(part, |(_, rest)| rest)
    })
}

fn columns(line: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(line)
}

#[test]
fn no_line_is_wider_than_asked_for() {
    for (name, document) in documents() {
        for width in (40..130).step_by(3) {
            for line in plain(&document, Some(width)).lines() {
                assert!(columns(line) <= width, "{name} at {width}: {line:?}");
            }
        }
    }
}

#[test]
fn a_very_narrow_terminal_counts_as_forty_columns() {
    for (_, document) in documents() {
        assert_eq!(plain(&document, Some(10)), plain(&document, Some(40)));
        assert_eq!(plain(&document, Some(0)), plain(&document, Some(40)));
    }
}

#[test]
fn colours_change_nothing_but_colours() {
    for (name, document) in documents() {
        for width in [None, Some(80), Some(40)] {
            let text = coloured(&document, width);
            assert_eq!(bare(&text), plain(&document, width), "{name} at {width:?}");
        }
    }
}

#[test]
fn every_line_ends_without_colour_or_blanks() {
    for (name, document) in documents() {
        for line in coloured(&document, Some(80)).lines() {
            let last = line.rsplit_once("\u{1b}[").map(|(_, last)| last);
            let ends = last.is_none_or(|last| last.starts_with("0m"));
            assert!(ends, "{name}: {line:?}");
            assert_eq!(bare(line).trim_end(), bare(line), "{name}: {line:?}");
        }
    }
}

#[test]
fn no_two_empty_lines_follow_each_other_and_the_end_is_a_line_end() {
    for (name, document) in documents() {
        let text = plain(&document, Some(80));
        assert!(!text.contains("\n\n\n"), "{name}");
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{name}");
    }
}

fn any_text() -> impl Strategy<Value = Text> {
    let span = (
        prop::sample::select(Style::ALL.to_vec()),
        "[a-c日🙂 :\\-\u{202e}\n]{0,30}",
    );
    prop::collection::vec(span, 0..4).prop_map(|spans| {
        let spans = spans.into_iter().map(|(style, text)| style.span(text));
        Text {
            spans: spans.collect(),
        }
    })
}

fn any_block() -> impl Strategy<Value = Block> {
    let leaf = prop_oneof![
        any_text().prop_map(Block::Paragraph),
        prop::collection::vec(any_text(), 0..3).prop_map(|value| Block::Fields(vec![Field {
            name: "name",
            value
        }])),
        prop::collection::vec(("[ ]{0,6}", "[a-z:日 ]{0,90}"), 0..3).prop_map(|lines| {
            Block::Snippet(Snippet {
                language: Language::Plain,
                lines: lines
                    .into_iter()
                    .map(|(indent, line)| indent + &line)
                    .collect(),
            })
        }),
        prop::collection::vec([any_text(), any_text()], 0..4).prop_map(|rows| {
            Block::Table(Table {
                headings: vec!["One", "Two"],
                rows: rows.into_iter().map(Vec::from).collect(),
            })
        }),
    ];
    leaf.prop_recursive(3, 12, 4, |inner| {
        let body = prop::collection::vec(inner, 0..4);
        prop_oneof![
            (any_text(), any_text(), body.clone())
                .prop_map(|(title, aside, body)| { Block::Group(Section { title, aside, body }) }),
            (any_text(), body).prop_map(|(head, body)| {
                let mark = Mark::Create;
                Block::Entry(Entry { mark, head, body })
            }),
        ]
    })
}

fn any_document() -> impl Strategy<Value = Document> {
    (
        any_text(),
        prop::collection::vec(any_block(), 0..4),
        any_text(),
    )
        .prop_map(|(title, blocks, summary)| Document {
            title,
            blocks,
            summary,
        })
}

proptest! {
    #[test]
    fn any_document_fits(document in any_document(), width in 40_usize..120) {
        let text = plain(&document, Some(width));
        prop_assert!(text.lines().all(|line| columns(line) <= width), "{text}");
        prop_assert!(!text.lines().any(|line| line.trim_start().starts_with("::")), "{text}");
        prop_assert!(!text.contains(OVERRIDE));
        prop_assert_eq!(bare(&coloured(&document, Some(width))), text);
        prop_assert!(!render::markdown(&document).contains(OVERRIDE));
    }
}
