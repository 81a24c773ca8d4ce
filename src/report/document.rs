//! A report as a small tree without any format: what is said, and what its parts mean.
//!
//! Spans carry meanings, not colours, and foreign text as it is: wrapping, colouring and escaping are the
//! printers' work, in `render`.

mod text;

use std::ops::Range;

pub use text::{Span, Style, Text};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// What it is about.
    pub title: Text,
    /// Its parts, in order.
    pub blocks: Vec<Block>,
    /// One line that sums it up.
    pub summary: Text,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A chapter under a heading.
    Section(Section),
    /// What belongs to one subject, under its name; a printer may fold it.
    Group(Section),
    /// A paragraph.
    Paragraph(Text),
    /// Rows of cells under headings.
    Table(Table),
    /// Something that was or will be done, or is to be done.
    Entry(Entry),
    /// Names and what they stand for.
    Fields(Vec<Field>),
    /// Lines to be shown as they are.
    Snippet(Snippet),
    /// A part of a line, underlined.
    Excerpt(Excerpt),
    /// Lines before and after a change.
    Diff(Diff),
    /// Counts over time.
    Timeline(Timeline),
}

impl Block {
    /// Returns a chapter under a heading.
    pub(super) fn section(title: &str, body: Vec<Self>) -> Self {
        Self::Section(Section {
            title: Text::from([Style::Strong.span(title)]),
            aside: Text::default(),
            body,
        })
    }

    /// Returns lines in no language.
    pub(super) fn snippet(lines: Vec<String>) -> Self {
        Self::Snippet(Snippet {
            language: Language::Plain,
            lines,
        })
    }
}

/// Parts under a heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// The heading.
    pub title: Text,
    /// More about the subject, left out where there is little room.
    pub aside: Text,
    /// The parts.
    pub body: Vec<Block>,
}

/// Rows of cells under headings; the last column takes the room that is left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The headings of the columns.
    pub headings: Vec<&'static str>,
    /// The rows; a row has as many cells as there are headings.
    pub rows: Vec<Vec<Text>>,
}

/// Something that was or will be done, or is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What kind of thing it is.
    pub mark: Mark,
    /// Which thing, in one line.
    pub head: Text,
    /// More about it.
    pub body: Vec<Block>,
}

/// What kind of thing an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Something is made.
    Create,
    /// Something is changed.
    Change,
    /// Something is removed.
    Remove,
    /// Something that exists is put to use.
    Adopt,
    /// A person must act.
    Human,
    /// It cannot be done as things are, or it failed.
    Blocked,
    /// It was left out.
    Skipped,
}

impl Mark {
    /// All marks.
    pub const ALL: [Self; 7] = [
        Self::Create,
        Self::Change,
        Self::Remove,
        Self::Adopt,
        Self::Human,
        Self::Blocked,
        Self::Skipped,
    ];

    /// Returns the sign in front of an entry.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "+",
            Self::Change => "~",
            Self::Adopt => "=",
            Self::Human => "!",
            Self::Blocked => "x",
            Self::Remove | Self::Skipped => "-",
        }
    }
}

/// A name and what it stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// The name.
    pub name: &'static str,
    /// What it stands for, in one paragraph or more.
    pub value: Vec<Text>,
}

/// Lines to be shown as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snippet {
    /// What they are written in.
    pub language: Language,
    /// The lines.
    pub lines: Vec<String>,
}

/// A part of a line, underlined; a printer may leave out what is far from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The line; line breaks in it count as blanks.
    pub text: String,
    /// The bytes that are underlined; an empty range is the place before its start.
    pub span: Range<usize>,
    /// What is underlined means this.
    pub style: Style,
}

/// What a snippet is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Language {
    /// JSON.
    Json,
    /// The language of filter patterns, or plain text.
    Plain,
}

/// How much there was in each of equally long stretches of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Timeline {
    /// What it is about, in one line.
    pub title: String,
    /// When the first stretch begins.
    pub start: String,
    /// When the last stretch ends.
    pub end: String,
    /// How long a stretch is.
    pub step: String,
    /// When each stretch begins.
    pub labels: Vec<String>,
    /// The counts; all rows have as many.
    pub rows: Vec<Row>,
}

/// Counts of one kind over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// What is counted.
    pub name: &'static str,
    /// What it means.
    pub style: Style,
    /// The counts, first to last.
    pub counts: Vec<u64>,
}

/// Lines before and after a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diff {
    /// What is changed.
    pub name: &'static str,
    /// The lines.
    pub lines: Vec<DiffLine>,
}

/// A line of a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DiffLine {
    /// Whether it comes or goes.
    pub side: Side,
    /// The line.
    pub text: String,
}

/// Whether a line of a diff comes or goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// It is there before and after.
    Both,
    /// It is there before alone.
    Before,
    /// It is there after alone.
    After,
    /// It stands for lines left out that are the same before and after.
    Gap,
}

impl Side {
    /// Returns the sign in front of the line.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Both | Self::Gap => " ",
            Self::Before => "-",
            Self::After => "+",
        }
    }
}
