//! Whatever text a report holds, no printer lets anything through that a terminal, a page or a runner obeys.

#![no_main]

use cis_fix::render::{self, Bars, ColorChoice, Layout};
use cis_fix::report::Document;
use cis_fix::report::document::{
    Block, Entry, Excerpt, Language, Mark, Section, Snippet, Style, Table, Text,
};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (String, u8)| {
    let (text, choice) = input;
    let document = document(&text, choice);
    for width in [None, Some(20), Some(80)] {
        let plain = render::text(&document, layout(width, ColorChoice::Plain));
        check(&plain);
        let ansi = render::text(&document, layout(width, ColorChoice::Ansi));
        // Our own colours are the only sequences there may be.
        let bare = ["0", "1", "2", "31", "32", "33", "35", "36"]
            .iter()
            .fold(ansi, |text, code| text.replace(&format!("\u{1b}[{code}m"), ""));
        check(&bare);
    }
    check(&render::markdown(&document));
});

fn layout(width: Option<usize>, color: ColorChoice) -> Layout {
    Layout {
        width,
        color,
        bars: Bars::Blocks,
    }
}

fn document(text: &str, choice: u8) -> Document {
    let style = Style::ALL[usize::from(choice) % Style::ALL.len()];
    let span = || Text::from([style.span(text.to_owned())]);
    let snippet = |language| {
        Block::Snippet(Snippet {
            language,
            lines: text.lines().map(str::to_owned).collect(),
        })
    };
    let body = vec![
        Block::Paragraph(span()),
        Block::Table(Table {
            headings: vec!["A", "B"],
            rows: vec![vec![span(), span()]],
        }),
        snippet(Language::Plain),
        snippet(Language::Json),
        Block::Excerpt(Excerpt {
            text: text.to_owned(),
            span: 0..text.chars().next().map_or(0, char::len_utf8),
            style,
        }),
    ];
    let entry = Entry {
        mark: Mark::Human,
        head: span(),
        body,
    };
    Document {
        title: span(),
        blocks: vec![Block::Group(Section {
            title: span(),
            aside: span(),
            body: vec![Block::Entry(entry)],
        })],
        summary: span(),
    }
}

/// Holds printed text to what may be shown anywhere.
fn check(printed: &str) {
    let is_hidden = |c: char| {
        let control = c.is_control() && c != '\n';
        control || "\u{200b}\u{200e}\u{200f}\u{2028}\u{2029}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}\u{feff}".contains(c)
    };
    assert!(!printed.contains(is_hidden), "{printed:?}");
    assert!(!printed.contains("##["), "{printed:?}");
    let is_command = |line: &str| line.trim_start().starts_with("::");
    assert!(!printed.lines().any(is_command), "{printed:?}");
}
