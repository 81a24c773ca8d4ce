//! Foreign text stays where it is put: in terminals, in Markdown, in JSON and in the logs of a runner.

#![expect(
    clippy::expect_used,
    clippy::string_slice,
    reason = "a test may fail by a panic"
)]

use cis_fix::render;
use cis_fix::report::Document;
use cis_fix::report::document::{Block, Style, Table, Text};
use proptest::prelude::*;

use super::fixtures::{HOOK_SECRETS, HOSTILE};
use super::{coloured, documents, json_documents, plain};

/// Every output of the fixtures by name.
fn outputs() -> Vec<(String, String)> {
    let mut outputs = json_documents();
    for (name, document) in documents() {
        for width in [None, Some(80), Some(40)] {
            outputs.push((format!("{name} {width:?}"), plain(&document, width)));
            let ansi = coloured(&document, width).replace("\u{1b}[", "");
            outputs.push((format!("{name} {width:?} in colours"), ansi));
        }
        outputs.push((format!("{name} in Markdown"), render::markdown(&document)));
        let page = render::html(&document);
        // The head holds nothing but the title, the style and its digest, which may hold any letters.
        let (_, body) = page.split_once("</head>").expect("a page has a head");
        outputs.push((format!("{name} in HTML"), body.to_owned()));
    }
    outputs
}

#[test]
fn no_output_holds_a_hidden_character() {
    let hidden = |c: char| {
        let control = c.is_control() && c != '\n';
        control || "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{200b}\u{2028}\u{2029}".contains(c)
    };
    assert!(HOSTILE.contains(hidden));
    for (name, output) in outputs() {
        assert!(!output.contains(hidden), "{name}");
    }
}

#[test]
fn no_output_holds_a_command_to_a_runner() {
    for (name, output) in outputs() {
        assert!(!output.contains("##["), "{name}");
        let is_command = |line: &str| line.trim_start().starts_with("::");
        assert!(!output.lines().any(is_command), "{name}");
    }
}

#[test]
fn no_output_holds_the_secret_of_a_web_endpoint() {
    for (name, output) in outputs() {
        for secret in HOOK_SECRETS {
            assert!(!output.contains(secret), "{name}");
        }
    }
}

#[test]
fn equal_input_gives_equal_bytes() {
    assert_eq!(outputs(), outputs());
}

fn markdown_of(block: Block) -> String {
    let document = Document {
        title: Text::plain("T"),
        blocks: vec![block],
        summary: Text::plain("S"),
    };
    let markdown = render::markdown(&document);
    let inner = markdown
        .strip_prefix("# T\n\n")
        .and_then(|rest| rest.strip_suffix("\n\nS\n"));
    inner.expect("a title, a block and a summary").to_owned()
}

/// Returns a paragraph as Markdown with words for its code spans and for what is escaped, or nothing when a code span is not closed.
fn without_code(line: &str) -> Option<String> {
    let mut rest = line;
    let mut kept = String::new();
    while let Some(at) = rest.find(['`', '\\']) {
        let (before, from) = rest.split_at(at);
        kept += before;
        if let Some(escaped) = from.strip_prefix('\\') {
            let next = escaped.chars().next().filter(char::is_ascii_punctuation)?;
            rest = &escaped[next.len_utf8()..];
            kept += "ESCAPED";
            continue;
        }
        let ticks = from.len() - from.trim_start_matches('`').len();
        let (delimiter, inside) = from.split_at(ticks);
        let end = closing(inside, delimiter)?;
        rest = &inside[end + ticks..];
        kept += "CODE";
    }
    Some(kept + rest)
}

/// Returns where the row of backticks that closes a code span begins.
fn closing(inside: &str, delimiter: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + inside[from..].find('`')?;
        let run = inside[at..].len() - inside[at..].trim_start_matches('`').len();
        if run == delimiter.len() {
            return Some(at);
        }
        from = at + run;
    }
}

const LIVELY: &str = r"[a-z0-9 `*_<>|@#$~&\\!:/.\[\](){}+=\n-]{0,40}";

proptest! {
    #[test]
    fn a_paragraph_of_markdown_is_inert(
        spans in prop::collection::vec((prop::sample::select(Style::ALL.to_vec()), LIVELY), 1..4),
    ) {
        let spans = spans.into_iter().map(|(style, text)| style.span(text)).collect();
        let line = markdown_of(Block::Paragraph(Text { spans }));
        prop_assert!(!line.contains('\n'), "{line}");
        let kept = without_code(&line);
        prop_assert!(kept.is_some(), "{line}");
        let kept = kept.unwrap().replace("**", "");
        prop_assert!(!kept.contains(['<', '>', '[', ']', '@', '#', '$', '|', '&', '*', '_', '~']), "{line}");
        prop_assert!(!kept.contains("://"), "{line}");
        let bullet = ["- ", "+ ", "-", "+", "=", ":"].iter().any(|sign| line.starts_with(sign));
        prop_assert!(!bullet, "{line}");
        let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
        let ordered = number.len() < line.len() && (number.starts_with(". ") || number.starts_with(") "));
        prop_assert!(!ordered, "{line}");
    }

    #[test]
    fn a_cell_of_markdown_stays_in_its_row(
        style in prop::sample::select(Style::ALL.to_vec()),
        text in LIVELY,
    ) {
        let cell = Text::from([style.span(text)]);
        let table = Table { headings: vec!["A", "B"], rows: vec![vec![cell, Text::plain("b")]] };
        let markdown = markdown_of(Block::Table(table));
        let lines: Vec<&str> = markdown.lines().collect();
        prop_assert_eq!(lines.len(), 3, "{}", markdown);
        let row = lines[2].replace("<code>", "").replace("</code>", "").replace("<strong>", "").replace("</strong>", "");
        prop_assert_eq!(row.matches('|').count(), 3, "{}", markdown);
        prop_assert!(!row.contains(['<', '>', '`', '\\', '[', '*', '_', '@', '~']), "{}", markdown);
        prop_assert!(row.ends_with(" | b |"), "{}", markdown);
    }
}

#[test]
fn words_that_github_would_make_more_of_are_code() {
    let cases = [
        ("mail a@b.example now", "mail `a@b.example` now"),
        ("see #12", "see `#12`"),
        ("https://example.com/", "`https://example.com/`"),
        ("www.example.com", "`www.example.com`"),
        ("GH-12", "`GH-12`"),
        ("x = $a$", "x = `$a$`"),
        ("a_b *c* <d> [e](f)", "a\\_b \\*c\\* \\<d\\> \\[e\\](f)"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("4.1 is a number", "4.1 is a number"),
        ("::set-output name=a::b", "\\::set-output name=a::b"),
        ("a\nb", "a\\\\nb"),
        ("@`a", "``@`a``"),
        ("@a`", "`` @a` ``"),
    ];
    for (text, markdown) in cases {
        assert_eq!(markdown_of(Block::Paragraph(Text::plain(text))), markdown);
    }
}

#[test]
fn a_fence_is_longer_than_any_row_of_backticks_in_it() {
    use cis_fix::report::document::{Language, Snippet};
    let lines = vec!["````".to_owned(), "::notice::x".to_owned()];
    let snippet = Snippet {
        language: Language::Plain,
        lines,
    };
    assert_eq!(
        markdown_of(Block::Snippet(snippet)),
        "`````\n````\n\\u{3a}:notice::x\n`````"
    );
}
