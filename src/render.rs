//! Prints documents and plans: text for terminals, Markdown for pull requests, HTML to be looked at, JSON for programs, and
//! the formats of other tools.
//!
//! Printers take values and return text: equal input, equal bytes. Foreign text is escaped at the leaf,
//! where it is printed, so that it can neither move a cursor nor break out of a page.

mod excerpt;
mod exchange;
mod html;
pub mod json;
mod markdown;
mod spark;
mod text;

pub use exchange::{Exchange, Moment, Occasion, exchange};
pub use spark::Bars;
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

/// Returns a document as one self-contained page of HTML, without scripts and without anything loaded from elsewhere.
#[must_use]
pub fn html(document: &Document) -> String {
    html::print(document)
}
