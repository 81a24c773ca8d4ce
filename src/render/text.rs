//! Prints documents for terminals: aligned, wrapped, coloured if wanted.
//!
//! What a document says is decided in `report`; here are only widths, indentation and colours.

mod page;
mod paint;
mod table;
mod wrap;

use page::Page;

use super::spark::Bars;
use crate::report::Document;

/// How text is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Layout {
    /// How many columns there are; none for a pipe, where nothing is wrapped. Fewer than 40 count as 40.
    pub width: Option<usize>,
    /// Whether there are colours.
    pub color: ColorChoice,
    /// What bars are made of.
    pub bars: Bars,
}

/// Whether there are colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColorChoice {
    /// No escape sequence at all.
    Plain,
    /// ANSI escape sequences.
    Ansi,
}

/// The narrowest layout.
const NARROWEST: usize = 40;

impl Layout {
    /// Returns the number of columns to fill.
    fn columns(self) -> usize {
        self.width.map_or(usize::MAX, |width| width.max(NARROWEST))
    }
}

/// Returns a document as text.
pub(super) fn print(document: &Document, layout: Layout) -> String {
    let mut page = Page::new(layout);
    page.title(&document.title);
    page.top(&document.blocks);
    page.blank();
    page.paragraph(0, &document.summary);
    page.finish()
}
