//! Pages of HTML: whole, without anything foreign in their markup, and without anything from elsewhere.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a page that is no HTML fails its test"
)]

use cis_fix::render;
use cis_fix::report::Document;
use cis_fix::report::document::{
    Block, Diff, DiffLine, Entry, Excerpt, Field, Language, Mark, Row, Section, Side, Snippet,
    Style, Table, Text, Timeline,
};
use proptest::prelude::*;

use super::documents;
use super::fixtures::HOSTILE;

/// The elements of pages with the attributes that they may have.
const ELEMENTS: [(&str, &[&str]); 46] = [
    ("html", &["lang"]),
    ("head", &[]),
    ("meta", &["charset", "http-equiv", "content", "name"]),
    ("link", &["rel", "href"]),
    ("title", &[]),
    ("style", &[]),
    ("body", &[]),
    ("a", &["class", "href"]),
    ("header", &[]),
    ("nav", &["aria-label"]),
    ("ul", &[]),
    ("li", &[]),
    ("main", &["id", "tabindex"]),
    ("section", &["id"]),
    ("details", &["class", "open", "id"]),
    ("summary", &[]),
    ("h1", &[]),
    ("h2", &[]),
    ("h3", &[]),
    ("h4", &[]),
    ("h5", &[]),
    ("h6", &[]),
    ("p", &["class"]),
    ("div", &["class", "role", "tabindex", "aria-label"]),
    ("span", &["class", "aria-hidden"]),
    ("strong", &[]),
    ("b", &[]),
    ("code", &[]),
    ("ins", &[]),
    ("del", &[]),
    ("pre", &["tabindex"]),
    ("dl", &[]),
    ("dt", &[]),
    ("dd", &[]),
    ("table", &["role", "class"]),
    ("thead", &["role"]),
    ("tbody", &["role"]),
    ("tr", &["role"]),
    ("th", &["scope", "role", "class"]),
    ("td", &["role", "class", "data-label"]),
    ("figure", &["class"]),
    ("figcaption", &[]),
    (
        "svg",
        &["class", "viewBox", "preserveAspectRatio", "aria-hidden"],
    ),
    ("rect", &["x", "y", "width", "height"]),
    ("!doctype", &["html"]),
    ("footer", &[]),
];

/// The elements without an end.
const VOID: [&str; 3] = ["meta", "link", "!doctype"];

/// Checks that markup is closed in order and has only known parts. Returns the words between the tags.
fn checked(page: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut words = String::new();
    let mut rest = page;
    while let Some((before, tag)) = rest.split_once('<') {
        assert!(
            !before.contains('>') || open.last() == Some(&"style"),
            "{before}"
        );
        words.push_str(before);
        let (tag, after) = tag.split_once('>').unwrap();
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{page}");
            continue;
        }
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        let known = ELEMENTS.iter().find(|(known, _)| *known == name);
        let (_, known) = known.unwrap_or_else(|| panic!("<{tag}>"));
        for attribute in names(attributes) {
            assert!(known.contains(&attribute), "{attribute} in <{tag}>");
        }
        if !VOID.contains(&name) {
            open.push(name);
        }
    }
    assert!(open.is_empty() && rest == "\n", "{open:?} {rest}");
    words
}

/// Returns the names of attributes, whose values all stand in quotes.
fn names(attributes: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let end = rest.find(['=', ' ']).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        names.push(name);
        rest = match after.strip_prefix("=\"") {
            Some(value) => value.split_once('"').unwrap().1.trim_start(),
            None => after.trim_start(),
        };
    }
    names
}

#[test]
fn every_report_is_a_whole_page_that_asks_for_nothing() {
    for (name, document) in documents() {
        let page = render::html(&document);
        checked(&page);
        assert!(
            page.starts_with("<!doctype html>\n<html lang=\"en\">"),
            "{name}"
        );
        for foreign in ["src=", "url(", "@import", "href=\"http", "<script"] {
            assert!(!page.contains(foreign), "{name} has {foreign}");
        }
        let links = page.matches("href=\"#part-").count();
        let parts = page.matches(" id=\"part-").count();
        assert!(links <= parts, "{name}");
    }
}

#[test]
fn the_policy_allows_the_style_and_nothing_else() {
    let (_, document) = documents().swap_remove(0);
    let page = render::html(&document);
    let (_, policy) = page
        .split_once("Content-Security-Policy\" content=\"")
        .unwrap();
    let (policy, _) = policy.split_once('"').unwrap();
    assert!(
        policy.starts_with("default-src 'none'; style-src 'sha256-"),
        "{policy}"
    );
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(page.matches("<style>").count(), 1);
    assert!(!page.contains(" style="));
}

fn timeline(words: &str, counts: &[u64]) -> Block {
    let row = |name: &'static str, style: Style| Row {
        name,
        style,
        counts: counts.to_vec(),
    };
    Block::Timeline(Timeline {
        title: words.to_owned(),
        start: words.to_owned(),
        end: words.to_owned(),
        step: words.to_owned(),
        labels: vec![words.to_owned(); counts.len()],
        rows: vec![row("events", Style::Elsewhere), row("alarms", Style::Bad)],
    })
}

/// Returns one of each kind of block with the same words wherever words are foreign.
fn all_kinds(words: &str, style: Style) -> Vec<Block> {
    let text = || Text::from([style.span(words), Style::Code.span(words)]);
    let section = || Section {
        title: text(),
        aside: text(),
        body: vec![Block::Paragraph(text())],
    };
    vec![
        Block::Section(section()),
        Block::Group(section()),
        Block::Paragraph(text()),
        Block::Table(Table {
            headings: vec!["A", "B"],
            rows: vec![vec![text(), text()]],
        }),
        Block::Entry(Entry {
            mark: Mark::Human,
            head: text(),
            body: vec![Block::Paragraph(text())],
        }),
        Block::Fields(vec![Field {
            name: "name",
            value: vec![text(), text()],
        }]),
        Block::Snippet(Snippet {
            language: Language::Plain,
            lines: vec![words.to_owned(), words.to_owned()],
        }),
        Block::Excerpt(Excerpt {
            text: words.to_owned(),
            span: 0..0,
            style,
        }),
        Block::Diff(Diff {
            name: "pattern",
            lines: [Side::Both, Side::Before, Side::After, Side::Gap]
                .map(|side| DiffLine {
                    side,
                    text: words.to_owned(),
                })
                .to_vec(),
        }),
        timeline(words, &[0, 1, u64::MAX]),
    ]
}

fn page_of(words: &str, style: Style) -> String {
    render::html(&Document {
        title: Text::from([style.span(words)]),
        blocks: all_kinds(words, style),
        summary: Text::from([style.span(words)]),
    })
}

#[test]
fn hostile_words_stay_words_in_every_place() {
    let hostile = [
        HOSTILE,
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)",
        "</style></title></pre></code></svg><script>",
        "<!--",
        "]]>&lt;b&gt;&#60;",
        "\u{202e}\u{0}\u{1b}[31m\r\n",
    ];
    for words in hostile {
        for style in Style::ALL {
            let page = page_of(words, style);
            checked(&page);
            assert!(
                !page.contains("<script") && !page.contains("<img"),
                "{words}"
            );
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_stay_words(
        words in r#"[a-z <>&"'=/!#:;`\u{202e}\u{0}\n-]{0,30}"#,
        style in prop::sample::select(Style::ALL.to_vec()),
        counts in prop::collection::vec(any::<u64>(), 0..6),
    ) {
        checked(&page_of(&words, style));
        let document = Document {
            title: Text::plain("T"),
            blocks: vec![timeline(&words, &counts)],
            summary: Text::plain("S"),
        };
        checked(&render::html(&document));
        let others = [render::markdown(&document), super::plain(&document, Some(40))];
        let is_hidden = others.concat().contains(['\u{202e}', '\u{0}']);
        prop_assert!(!is_hidden);
    }
}
