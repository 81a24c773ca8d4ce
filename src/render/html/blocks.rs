//! The blocks of a document as HTML.

use super::chart;
use super::inline::{class, escaped, plain, text};
use crate::escape::inert;
use crate::render::excerpt::excerpt;
use crate::report::document::{
    Block, Diff, DiffLine, Entry, Excerpt, Field, Mark, Section, Side, Snippet, Style, Table, Text,
};

/// How much of a line is shown around what is underlined.
const EXCERPT_COLUMNS: usize = 100;

/// The columns of a table that fits a phone; the rows of a wider one are shown as cards there.
const NARROW_TABLE: usize = 4;

/// Returns the heading of a block that has one.
pub(super) fn title(block: &Block) -> Option<&Text> {
    match block {
        Block::Section(section) | Block::Group(section) => Some(&section.title),
        Block::Paragraph(_)
        | Block::Table(_)
        | Block::Entry(_)
        | Block::Fields(_)
        | Block::Snippet(_)
        | Block::Excerpt(_)
        | Block::Diff(_)
        | Block::Timeline(_) => None,
    }
}

/// Returns the lines of a block; a part of the document itself has its position, by which it can be linked.
pub(super) fn block(level: usize, block: &Block, position: Option<usize>) -> Vec<String> {
    let id = position.map(|position| format!(" id=\"part-{position}\""));
    let id = id.unwrap_or_default();
    match block {
        Block::Section(section) => self::section(level, section, &id),
        Block::Group(section) => group(level, section, &id),
        Block::Paragraph(paragraph) => vec![format!("<p>{}</p>", text(paragraph))],
        Block::Table(table) => self::table(table),
        Block::Entry(entry) => self::entry(level, entry),
        Block::Fields(fields) => self::fields(fields),
        Block::Snippet(snippet) => self::snippet(snippet),
        Block::Excerpt(excerpt) => excerpt_lines(excerpt),
        Block::Diff(diff) => self::diff(diff),
        Block::Timeline(timeline) => chart::figure(timeline),
    }
}

fn blocks(level: usize, blocks: &[Block]) -> impl Iterator<Item = String> {
    blocks
        .iter()
        .flat_map(move |block| self::block(level, block, None))
}

/// Returns a heading; there are no more than six levels.
fn heading(level: usize, words: &Text) -> String {
    let level = level.min(6);
    format!("<h{level}>{}</h{level}>", text(words))
}

fn section(level: usize, section: &Section, id: &str) -> Vec<String> {
    let mut lines = vec![format!("<section{id}>"), heading(level, &section.title)];
    lines.extend(aside(section));
    lines.extend(blocks(level + 1, &section.body));
    lines.push("</section>".to_owned());
    lines
}

fn group(level: usize, section: &Section, id: &str) -> Vec<String> {
    let mut lines = vec![
        format!("<details class=\"card\" open{id}>"),
        format!("<summary>{}</summary>", heading(level, &section.title)),
    ];
    lines.extend(aside(section));
    lines.extend(blocks(level + 1, &section.body));
    lines.push("</details>".to_owned());
    lines
}

fn aside(section: &Section) -> Option<String> {
    let has_aside = !section.aside.spans.is_empty();
    has_aside.then(|| format!("<p class=\"aside\">{}</p>", text(&section.aside)))
}

fn table(table: &Table) -> Vec<String> {
    let Table { headings, rows } = table;
    let numeric = |column: usize| {
        let mut cells = rows.iter().filter_map(|row| row.get(column));
        column > 0 && cells.all(is_number)
    };
    let classes: Vec<&str> = (0..headings.len())
        .map(|column| {
            if numeric(column) {
                " class=\"num\""
            } else {
                ""
            }
        })
        .collect();
    let head: Vec<String> = headings
        .iter()
        .zip(&classes)
        .map(|(heading, class)| {
            let heading = escaped(heading);
            format!("<th scope=\"col\" role=\"columnheader\"{class}>{heading}</th>")
        })
        .collect();
    let wide = if headings.len() > NARROW_TABLE {
        " class=\"wide\""
    } else {
        ""
    };
    let mut lines = vec![
        format!(
            "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Table: {}\"><table role=\"table\"{wide}>",
            escaped(&headings.join(", "))
        ),
        format!(
            "<thead role=\"rowgroup\"><tr role=\"row\">{}</tr></thead><tbody role=\"rowgroup\">",
            head.concat()
        ),
    ];
    for row in rows {
        let cells: Vec<String> = row
            .iter()
            .zip(headings.iter().zip(&classes))
            .map(|(words, (heading, class))| {
                let (heading, words) = (escaped(heading), text(words));
                format!("<td role=\"cell\"{class} data-label=\"{heading}\">{words}</td>")
            })
            .collect();
        lines.push(format!("<tr role=\"row\">{}</tr>", cells.concat()));
    }
    lines.push("</tbody></table></div>".to_owned());
    lines
}

/// Returns whether a cell is a number by itself, as a count or a share; an address is none.
fn is_number(words: &Text) -> bool {
    let words = plain(words);
    let digits = words.strip_suffix(" %").unwrap_or(&words);
    let digits = digits.strip_prefix("at least ").unwrap_or(digits);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn entry(level: usize, entry: &Entry) -> Vec<String> {
    let Entry { mark, head, body } = entry;
    let style = match mark {
        Mark::Create => Style::Good,
        Mark::Change | Mark::Skipped | Mark::Human => Style::Caution,
        Mark::Adopt => Style::Elsewhere,
        Mark::Remove | Mark::Blocked => Style::Bad,
    };
    let mut lines = vec![
        "<div class=\"entry\">".to_owned(),
        format!(
            "<p><span class=\"mark {}\">{}</span> {}</p>",
            class(style),
            escaped(mark.as_str()),
            text(head)
        ),
    ];
    lines.extend(blocks(level, body));
    lines.push("</div>".to_owned());
    lines
}

fn fields(fields: &[Field]) -> Vec<String> {
    let mut lines = vec!["<dl>".to_owned()];
    for Field { name, value } in fields {
        lines.push(format!("<dt>{}</dt>", escaped(name)));
        lines.extend(
            value
                .iter()
                .map(|words| format!("<dd>{}</dd>", text(words))),
        );
    }
    lines.push("</dl>".to_owned());
    lines
}

fn snippet(snippet: &Snippet) -> Vec<String> {
    let Snippet { language: _, lines } = snippet;
    pre(lines.iter().map(|line| verbatim(line)))
}

fn excerpt_lines(marked: &Excerpt) -> Vec<String> {
    let (line, carets) = excerpt(marked, EXCERPT_COLUMNS);
    pre([
        verbatim(&line),
        format!(
            "<span class=\"{}\">{}</span>",
            class(marked.style),
            escaped(&carets)
        ),
    ])
}

fn diff(diff: &Diff) -> Vec<String> {
    let Diff { name, lines } = diff;
    let signed = lines.iter().map(|DiffLine { side, text }| {
        let words = format!("{} {}", side.as_str(), escaped(text));
        match side {
            Side::Both => words,
            Side::Before => format!("<del>{words}</del>"),
            Side::After => format!("<ins>{words}</ins>"),
            Side::Gap => format!("<span class=\"dim\">{words}</span>"),
        }
    });
    let mut printed = vec![format!("<p class=\"dim\">{}</p>", escaped(name))];
    printed.extend(pre(signed));
    printed
}

/// Returns a line that keeps its indentation and is no command to a runner.
fn verbatim(line: &str) -> String {
    let words = line.trim_start_matches(' ');
    let indent = " ".repeat(line.len() - words.len());
    format!("{indent}{}", inert(&escaped(words)))
}

/// Returns lines that keep their breaks and indentation.
fn pre(lines: impl IntoIterator<Item = String>) -> Vec<String> {
    let lines: Vec<String> = lines.into_iter().collect();
    vec![format!("<pre tabindex=\"0\">{}</pre>", lines.join("\n"))]
}
