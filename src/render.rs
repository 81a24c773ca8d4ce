//! Prints documents and plans: text for terminals, Markdown for pull requests, JSON for programs, and the formats of other
//! tools.
//!
//! Printers take values and return text: equal input, equal bytes. Foreign text is escaped at the leaf,
//! where it is printed, so that it can neither move a cursor nor break out of a page.

mod excerpt;
mod exchange;
pub mod json;
mod markdown;
mod text;

pub use exchange::{Exchange, Moment, Occasion, exchange};
pub use text::{ColorChoice, Layout};

use crate::report::Document;

/// Returns a document as text for a terminal or a pipe.
#[must_use]
pub fn text(document: &Document, layout: Layout) -> String {
    text::print(document, layout)
}

/// Returns a document as Markdown in GitHub's dialect.
#[must_use]
pub fn markdown(document: &Document) -> String {
    markdown::print(document)
}
