//! Words inside a paragraph, a heading, a table cell or a summary, escaped for where they stand.
//!
//! Two ways: *flow*, where Markdown's own escapes work, and *html* for summaries and table cells, where a
//! pipe or an angle bracket would break out whatever stands before it. In both, words that GitHub would
//! link, notify somebody about or take for mathematics are set as code, which it leaves alone.

use std::fmt::Write;

use super::longest_run;
use crate::escape::visible;
use crate::report::document::{Span, Style, Text};

/// Characters that mean something in the middle of a paragraph.
const SPECIAL: &str = "\\`*_[]<>|~&";

/// How a style is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    Plain,
    Bold,
    Code,
}

fn setting(style: Style) -> Setting {
    match style {
        Style::Plain | Style::Dim | Style::Good | Style::Elsewhere => Setting::Plain,
        Style::Strong | Style::Bad | Style::Caution => Setting::Bold,
        Style::Name | Style::Code | Style::Literal | Style::Added | Style::Removed => Setting::Code,
    }
}

/// Returns a text as part of a paragraph, a heading or a list item.
pub(super) fn flow(text: &Text) -> String {
    let mut out = String::new();
    for Span { style, text } in &text.spans {
        let text = visible(text);
        let set = match setting(*style) {
            Setting::Plain => words(&text, flow_word),
            Setting::Bold => around(&text, |core| format!("**{}**", words(core, flow_word))),
            Setting::Code => code_span(&text),
        };
        // Two code spans side by side would become one.
        if out.ends_with('`') && set.starts_with('`') {
            out.push(' ');
        }
        out.push_str(&set);
    }
    start_of_block(out.trim())
}

/// Returns a text as part of an HTML element or a table cell.
pub(super) fn html(text: &Text) -> String {
    let set = text.spans.iter().map(|Span { style, text }| {
        let text = visible(text);
        match setting(*style) {
            Setting::Plain => words(&text, html_word),
            Setting::Bold => around(&text, |core| {
                format!("<strong>{}</strong>", words(core, html_word))
            }),
            Setting::Code => html_code(&text),
        }
    });
    set.collect::<String>().trim().to_owned()
}

/// Sets what is left of `text` without the spaces around it.
fn around(text: &str, set: impl Fn(&str) -> String) -> String {
    let core = text.trim_matches(' ');
    if core.is_empty() {
        return text.to_owned();
    }
    let before = text.len() - text.trim_start_matches(' ').len();
    let after = text.len() - text.trim_end_matches(' ').len();
    format!("{}{}{}", " ".repeat(before), set(core), " ".repeat(after))
}

fn words(text: &str, set: fn(&str) -> String) -> String {
    let words: Vec<String> = text.split(' ').map(set).collect();
    words.join(" ")
}

/// Returns whether GitHub would make more of a word: a mention, a reference, a link, mathematics.
fn is_lively(word: &str) -> bool {
    let lower = word.to_ascii_lowercase();
    word.contains(['@', '#', '$'])
        || ["://", "www.", "gh-", "mailto:", "xmpp:"]
            .iter()
            .any(|mark| lower.contains(mark))
}

fn flow_word(word: &str) -> String {
    if is_lively(word) {
        return code_span(word);
    }
    let mut out = String::with_capacity(word.len());
    for c in word.chars() {
        if SPECIAL.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

fn html_word(word: &str) -> String {
    if is_lively(word) {
        html_code(word)
    } else {
        entities(word)
    }
}

/// Returns a code span: its delimiters are longer than any row of backticks in it.
fn code_span(text: &str) -> String {
    if text.trim().is_empty() {
        return text.to_owned();
    }
    let ticks = "`".repeat(longest_run(text) + 1);
    // A space at both ends is taken off again (GFM, "Code spans"), so it keeps backticks apart.
    let needs_room = text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']);
    let room = if needs_room { " " } else { "" };
    format!("{ticks}{room}{text}{room}{ticks}")
}

fn html_code(text: &str) -> String {
    if text.trim().is_empty() {
        return text.to_owned();
    }
    format!("<code>{}</code>", entities(text))
}

/// Returns a text in which every sign that means something in HTML, Markdown or a table is an entity.
fn entities(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() && !".,;:()/+='-".contains(c) {
            // Writing to a string cannot fail.
            let _ = write!(out, "&#{};", u32::from(c));
        } else {
            out.push(c);
        }
    }
    out
}

/// Returns a paragraph that is not taken for a list, a heading, a rule or a command to a runner.
fn start_of_block(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at_checked(digits).unwrap_or(("", text));
    let is_marker = if digits == 0 {
        rest.starts_with(['-', '+', '=', ':'])
    } else {
        rest.starts_with(". ") || rest.starts_with(") ")
    };
    let escape = if is_marker { "\\" } else { "" };
    format!("{number}{escape}{rest}")
}
