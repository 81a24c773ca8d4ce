//! Puts the blocks of a document below each other, with indentation and blank lines.

use unicode_width::UnicodeWidthStr;

use super::wrap::{Piece, disarm, spaces, width, wrap, wrap_hanging};
use super::{Layout, paint, table};
use crate::render::excerpt::excerpt;
use crate::render::spark;
use crate::report::document::{
    Block, Diff, DiffLine, Entry, Excerpt, Field, Section, Snippet, Style, Text, Timeline,
};

/// From how many columns on there is room for deep indentation.
const ROOMY: usize = 60;

/// From how many columns on there is room for what may be left out.
const WIDE: usize = 120;

/// The columns of a row of bars with its count, however much room there is.
const LONGEST_ROW: usize = 80;

/// How much deeper the second line of a heading or a long line stands.
const HANG: usize = 4;

/// What stands in front of a line, and the style of the line.
#[derive(Debug, Clone, Copy)]
struct Sign<'sign> {
    /// As it is printed, maybe with colour.
    printed: &'sign str,
    /// How many columns it takes.
    columns: usize,
    /// The style of the line behind it.
    style: Style,
}

impl Sign<'_> {
    /// Nothing in front of a literal line.
    const NONE: Self = Self {
        printed: "",
        columns: 0,
        style: Style::Literal,
    };
}

/// Returns a text as a heading: what has no meaning apart becomes strong.
fn heading(text: &Text) -> Text {
    restyled(text, Style::Strong)
}

fn dimmed(text: &Text) -> Text {
    restyled(text, Style::Dim)
}

fn restyled(text: &Text, style: Style) -> Text {
    let mut text = text.clone();
    for span in &mut text.spans {
        if span.style == Style::Plain {
            span.style = style;
        }
    }
    text
}

/// A page that is being filled.
#[derive(Debug)]
pub(super) struct Page {
    layout: Layout,
    text: String,
}

impl Page {
    pub(super) fn new(layout: Layout) -> Self {
        Self {
            layout,
            text: String::new(),
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }

    /// Leaves a line empty.
    pub(super) fn blank(&mut self) {
        self.text.push('\n');
    }

    /// Prints the blocks of a document, each apart from the one before.
    pub(super) fn top(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.blank();
            self.block(0, block);
        }
    }

    fn blocks(&mut self, indent: usize, blocks: &[Block]) {
        for (index, block) in blocks.iter().enumerate() {
            let is_group = matches!(block, Block::Group(_));
            if is_group && index > 0 {
                self.blank();
            }
            self.block(indent, block);
        }
    }

    fn block(&mut self, indent: usize, block: &Block) {
        match block {
            Block::Section(section) | Block::Group(section) => self.section(indent, section),
            Block::Paragraph(text) => self.paragraph(indent, text),
            Block::Table(table) => {
                for line in table::lines(table, self.room(indent)) {
                    self.line(indent, "", &line);
                }
            }
            Block::Entry(entry) => self.entry(indent, entry),
            Block::Fields(fields) => self.fields(indent, fields),
            Block::Snippet(snippet) => self.snippet(indent, snippet),
            Block::Excerpt(excerpt) => self.excerpt(indent, excerpt),
            Block::Diff(diff) => self.diff(indent, diff),
            Block::Timeline(timeline) => self.timeline(indent, timeline),
        }
    }

    fn section(&mut self, indent: usize, section: &Section) {
        let mut title = heading(&section.title);
        if self.layout.columns() >= WIDE && !section.aside.spans.is_empty() {
            title = title
                .then([Style::Plain.span("  ")])
                .then(dimmed(&section.aside));
        }
        self.hanging(indent, &title);
        self.blocks(indent + 2, &section.body);
    }

    /// Prints a document's title.
    pub(super) fn title(&mut self, text: &Text) {
        self.hanging(0, &heading(text));
    }

    pub(super) fn paragraph(&mut self, indent: usize, text: &Text) {
        for line in wrap(text, self.room(indent)) {
            self.line(indent, "", &line);
        }
    }

    /// Prints a paragraph whose lines but the first stand deeper.
    fn hanging(&mut self, indent: usize, text: &Text) {
        let deeper = indent + HANG;
        let lines = wrap_hanging(text, self.room(indent), self.room(deeper));
        for (index, line) in lines.iter().enumerate() {
            self.line(if index == 0 { indent } else { deeper }, "", line);
        }
    }

    fn entry(&mut self, indent: usize, entry: &Entry) {
        let sign = format!("{} ", paint::mark(entry.mark, self.layout.color));
        for (index, line) in wrap(&entry.head, self.room(indent + 2)).iter().enumerate() {
            let sign = if index == 0 { sign.as_str() } else { "  " };
            self.line(indent, sign, line);
        }
        let deeper = if self.is_narrow() { 2 } else { 4 };
        self.blocks(indent + deeper, &entry.body);
    }

    fn fields(&mut self, indent: usize, fields: &[Field]) {
        let names = fields.iter().map(|field| field.name.width());
        let column = names.max().unwrap_or_default() + 2;
        for Field { name, value } in fields {
            let heading = Text::from([Style::Strong.span(*name)]);
            if self.is_narrow() {
                self.paragraph(indent, &heading);
                for text in value {
                    self.paragraph(indent + 2, text);
                }
            } else {
                self.beside(indent, column, &heading, value);
            }
        }
    }

    /// Prints paragraphs in a column of their own, with a heading to the left of the first line.
    fn beside(&mut self, indent: usize, column: usize, heading: &Text, value: &[Text]) {
        let room = self.room(indent + column);
        let mut left = wrap(heading, usize::MAX).concat();
        for line in value.iter().flat_map(|text| wrap(text, room)) {
            let gap = column - width(&left);
            left.push(spaces(gap));
            left.extend(line);
            self.line(indent, "", &left);
            left.clear();
        }
    }

    fn snippet(&mut self, indent: usize, snippet: &Snippet) {
        for text in &snippet.lines {
            self.verbatim(indent, Sign::NONE, text);
        }
    }

    fn excerpt(&mut self, indent: usize, excerpt: &Excerpt) {
        let (line, carets) = self::excerpt(excerpt, self.room(indent));
        for (text, style) in [(line, Style::Literal), (carets, excerpt.style)] {
            self.line(indent, "", &[Piece { style, text }]);
        }
    }

    fn diff(&mut self, indent: usize, diff: &Diff) {
        self.paragraph(indent, &Text::from([Style::Strong.span(diff.name)]));
        for DiffLine { side, text } in &diff.lines {
            let style = paint::side(*side);
            let sign = wrap(&Text::from([style.span(side.as_str())]), usize::MAX).concat();
            let printed = format!("{} ", paint::painted(&sign, self.layout.color));
            let sign = Sign {
                printed: &printed,
                columns: 2,
                style,
            };
            self.verbatim(indent + 2, sign, text);
        }
    }

    /// Prints counts as rows of bars, as many as there is room for.
    fn timeline(&mut self, indent: usize, timeline: &Timeline) {
        let column = spark::column(timeline);
        let room = self.room(indent).saturating_sub(column).min(LONGEST_ROW);
        for row in &timeline.rows {
            let room = room.saturating_sub(spark::TAIL);
            let (bars, most) = spark::bars(&row.counts, room, self.layout.bars);
            let name = Piece {
                style: Style::Dim,
                text: format!("{:column$}", row.name),
            };
            let style = row.style;
            let bars = Piece { style, text: bars };
            let most = Piece {
                style: Style::Dim,
                text: format!("  {most}"),
            };
            self.line(indent, "", &[name, bars, most]);
        }
        self.paragraph(indent, &dimmed(&Text::plain(spark::legend(timeline))));
    }

    /// Prints a line that keeps its own indentation; what does not fit stands deeper below it.
    fn verbatim(&mut self, indent: usize, sign: Sign<'_>, text: &str) {
        let words = text.trim_start_matches(' ');
        let own = text.len() - words.len();
        let words = Text::from([sign.style.span(words)]);
        let start = indent + sign.columns + own;
        let lines = wrap_hanging(&words, self.room(start), self.room(start + HANG));
        let first = format!("{}{}", sign.printed, " ".repeat(own));
        for (index, line) in lines.iter().enumerate() {
            if index == 0 {
                self.line(indent, &first, line);
            } else {
                self.line(start + HANG, "", line);
            }
        }
    }

    fn is_narrow(&self) -> bool {
        self.layout.columns() < ROOMY
    }

    /// Returns how many columns are left behind an indentation.
    fn room(&self, indent: usize) -> usize {
        self.layout.columns().saturating_sub(indent).max(1)
    }

    /// Prints one line behind an indentation and a sign, which is printed as it is.
    fn line(&mut self, indent: usize, sign: &str, line: &[Piece]) {
        let mut line = line.to_vec();
        disarm(&mut line);
        let line = format!("{sign}{}", paint::painted(&line, self.layout.color));
        if !line.trim_end().is_empty() {
            self.text.push_str(&" ".repeat(indent));
            self.text.push_str(line.trim_end());
        }
        self.text.push('\n');
    }
}
