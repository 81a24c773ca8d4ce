//! Prints documents as one page of HTML that needs nothing else: no script, no font, no picture from anywhere.
//!
//! A content security policy forbids what is not there, so that foreign text could do nothing even if it broke out of its place;
//! `inline` sees to it that it does not.

mod blocks;
mod chart;
mod inline;
mod policy;

use crate::report::Document;
use crate::report::document::Block;
use inline::{plain, text};

/// The look of a page: light and dark, on small and large screens, and on paper.
const STYLE: &str = include_str!("html/page.css");

/// Returns a document as a page.
pub(super) fn print(document: &Document) -> String {
    let Document {
        title,
        blocks,
        summary,
    } = document;
    let mut lines = head(&plain(title));
    lines.extend([
        "<body>".to_owned(),
        "<a class=\"skip\" href=\"#report\">Skip to the report</a>".to_owned(),
        "<header>".to_owned(),
        "<p class=\"brand\">cis-fix</p>".to_owned(),
        format!("<h1>{}</h1>", text(title)),
        format!("<p class=\"summary\">{}</p>", text(summary)),
        "</header>".to_owned(),
    ]);
    lines.extend(contents(blocks));
    lines.push("<main id=\"report\" tabindex=\"-1\">".to_owned());
    for (index, block) in blocks.iter().enumerate() {
        lines.extend(blocks::block(2, block, Some(index)));
    }
    lines.extend(["</main>", "</body>", "</html>", ""].map(str::to_owned));
    lines.join("\n")
}

fn head(title: &str) -> Vec<String> {
    let policy = policy::of(STYLE);
    vec![
        "<!doctype html>".to_owned(),
        "<html lang=\"en\">".to_owned(),
        "<head>".to_owned(),
        "<meta charset=\"utf-8\">".to_owned(),
        format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">"),
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">".to_owned(),
        "<meta name=\"color-scheme\" content=\"light dark\">".to_owned(),
        "<meta name=\"referrer\" content=\"no-referrer\">".to_owned(),
        "<link rel=\"icon\" href=\"data:,\">".to_owned(),
        format!("<title>{title}</title>"),
        format!("<style>{STYLE}</style>"),
        "</head>".to_owned(),
    ]
}

/// Returns links to the parts that have headings, when there are several.
fn contents(blocks: &[Block]) -> Vec<String> {
    let items: Vec<String> = blocks
        .iter()
        .enumerate()
        .filter_map(|(index, block)| {
            let title = blocks::title(block)?;
            Some(format!(
                "<li><a href=\"#part-{index}\">{}</a></li>",
                plain(title)
            ))
        })
        .collect();
    if items.len() < 2 {
        return Vec::new();
    }
    let mut lines = vec!["<nav aria-label=\"Contents\"><ul>".to_owned()];
    lines.extend(items);
    lines.push("</ul></nav>".to_owned());
    lines
}
