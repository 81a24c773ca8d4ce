//! Prints documents as Markdown in GitHub's dialect, for pull requests and job summaries.
//!
//! What is long is folded. Foreign text cannot break out of its place; `inline` sees to that.

mod inline;

use inline::{flow, html};

use super::excerpt::excerpt;
use super::spark;
use crate::escape::{inert, visible};
use crate::report::Document;
use crate::report::document::{
    Block, Diff, DiffLine, Entry, Excerpt, Field, Language, Row, Section, Snippet, Table, Text,
    Timeline,
};

/// How much of a line is shown around what is underlined.
const EXCERPT_COLUMNS: usize = 100;

/// Returns a document as Markdown.
pub(super) fn print(document: &Document) -> String {
    let mut lines = vec![format!("# {}", flow(&document.title))];
    lines.extend(blocks(2, &document.blocks));
    lines.push(String::new());
    lines.push(flow(&document.summary));
    lines.push(String::new());
    lines.join("\n")
}

/// Returns the lines of several blocks, each behind an empty line where Markdown needs one.
fn blocks(level: usize, blocks: &[Block]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut after_short_entry = false;
    for block in blocks {
        let is_short_entry = matches!(block, Block::Entry(entry) if entry.body.is_empty());
        if !(is_short_entry && after_short_entry) {
            lines.push(String::new());
        }
        lines.extend(self::block(level, block));
        after_short_entry = is_short_entry;
    }
    lines
}

fn block(level: usize, block: &Block) -> Vec<String> {
    match block {
        Block::Group(section) if is_long(&section.body) => folded(level, section),
        Block::Section(section) | Block::Group(section) => headed(level, section),
        Block::Paragraph(text) => vec![flow(text)],
        Block::Table(table) => table_lines(table),
        Block::Entry(entry) => item(level, entry),
        Block::Fields(fields) => fields.iter().flat_map(field_lines).collect(),
        Block::Snippet(snippet) => snippet_lines(snippet),
        Block::Excerpt(excerpt) => excerpt_lines(excerpt),
        Block::Diff(diff) => diff_lines(diff),
        Block::Timeline(timeline) => timeline_lines(timeline),
    }
}

/// Returns whether lines are quoted in some block, so that it takes much room.
fn is_long(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| match block {
        Block::Snippet(_) | Block::Diff(_) | Block::Timeline(_) => true,
        Block::Section(section) | Block::Group(section) => is_long(&section.body),
        Block::Entry(entry) => is_long(&entry.body),
        Block::Paragraph(_) | Block::Table(_) | Block::Fields(_) | Block::Excerpt(_) => false,
    })
}

fn headed(level: usize, section: &Section) -> Vec<String> {
    let sign = "#".repeat(level.min(6));
    let mut lines = vec![format!("{sign} {}", flow(&section.title))];
    if !section.aside.spans.is_empty() {
        lines.extend([String::new(), flow(&section.aside)]);
    }
    lines.extend(blocks(level + 1, &section.body));
    lines
}

fn folded(level: usize, section: &Section) -> Vec<String> {
    let marks: String = section
        .body
        .iter()
        .filter_map(|block| match block {
            Block::Entry(entry) => Some(entry.mark.as_str()),
            Block::Section(_)
            | Block::Group(_)
            | Block::Paragraph(_)
            | Block::Table(_)
            | Block::Fields(_)
            | Block::Snippet(_)
            | Block::Excerpt(_)
            | Block::Diff(_)
            | Block::Timeline(_) => None,
        })
        .collect();
    let mut lines = vec![
        "<details>".to_owned(),
        format!(
            "<summary><code>{marks}</code> <strong>{}</strong> {}</summary>",
            html(&section.title),
            html(&section.aside)
        ),
    ];
    lines.extend(blocks(level + 1, &section.body));
    lines.push(String::new());
    lines.push("</details>".to_owned());
    lines
}

fn table_lines(table: &Table) -> Vec<String> {
    let row = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let headings = table.headings.iter().map(|heading| (*heading).to_owned());
    let rules = table.headings.iter().map(|_| "---".to_owned());
    let mut lines = vec![row(headings.collect()), row(rules.collect())];
    lines.extend(
        table
            .rows
            .iter()
            .map(|cells| row(cells.iter().map(html).collect())),
    );
    lines
}

/// Returns the lines of a list item: its head, and its body one step deeper.
fn item(level: usize, entry: &Entry) -> Vec<String> {
    let head = format!("- `{}` {}", entry.mark.as_str(), flow(&entry.head));
    let body = blocks(level, &entry.body);
    std::iter::once(head)
        .chain(body.iter().map(|line| deeper(line)))
        .collect()
}

fn field_lines(field: &Field) -> Vec<String> {
    let Field { name, value } = field;
    let mut paragraphs = value.iter().map(flow);
    let first = paragraphs.next().unwrap_or_default();
    let mut lines = vec![format!("- **{name}** {first}")];
    for paragraph in paragraphs {
        lines.push(String::new());
        lines.push(deeper(&paragraph));
    }
    lines
}

fn deeper(line: &str) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!("  {line}")
    }
}

fn snippet_lines(snippet: &Snippet) -> Vec<String> {
    let language = match snippet.language {
        Language::Json => "json",
        Language::Plain => "",
    };
    fenced(language, &snippet.lines)
}

fn excerpt_lines(excerpt: &Excerpt) -> Vec<String> {
    let (line, carets) = self::excerpt(excerpt, EXCERPT_COLUMNS);
    fenced("", &[line, carets])
}

fn diff_lines(diff: &Diff) -> Vec<String> {
    let Diff { name, lines } = diff;
    let signed = |DiffLine { side, text }: &DiffLine| format!("{} {text}", side.as_str());
    let signed: Vec<String> = lines.iter().map(signed).collect();
    let mut lines = vec![format!("**{name}**"), String::new()];
    lines.extend(fenced("diff", &signed));
    lines
}

fn timeline_lines(timeline: &Timeline) -> Vec<String> {
    let column = spark::column(timeline);
    let row = |row: &Row| {
        let (bars, most) = spark::bars(&row.counts, usize::MAX, spark::Bars::Blocks);
        format!("{:column$}{bars}  {most}", row.name)
    };
    let rows: Vec<String> = timeline.rows.iter().map(row).collect();
    let mut lines = fenced("", &rows);
    lines.extend([String::new(), flow(&Text::plain(spark::legend(timeline)))]);
    lines
}

/// Returns lines in a fence that is longer than any row of backticks in them.
fn fenced(language: &str, lines: &[String]) -> Vec<String> {
    let longest = lines
        .iter()
        .map(|line| longest_run(line))
        .max()
        .unwrap_or_default();
    let fence = "`".repeat(3.max(longest + 1));
    let mut fenced = vec![format!("{fence}{language}")];
    fenced.extend(lines.iter().map(|line| verbatim(line)));
    fenced.push(fence);
    fenced
}

/// Returns a line that keeps its indentation.
fn verbatim(line: &str) -> String {
    let words = line.trim_start_matches(' ');
    let indent = " ".repeat(line.len() - words.len());
    format!("{indent}{}", inert(&visible(words)))
}

/// Returns the length of the longest row of backticks.
fn longest_run(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}
