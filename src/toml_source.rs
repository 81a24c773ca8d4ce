//! TOML with places: every mistake of a file is recorded with where it stands, and reading goes on.
//!
//! It knows TOML and nothing of controls or settings; what a table may hold is said by its readers. It opens no files: a
//! [`SourceFile`] is a text that somebody else has read.

mod choice;
mod document;
mod member;
mod mistakes;
mod render;
mod table;

pub use choice::{Refusal, choose, did_you_mean, nearest};
pub use document::{Document, LARGEST_FILE, Placed, SourceFile};
pub use member::Member;
pub use mistakes::{Diagnostic, Mistakes};
pub use render::{Colour, SHOWN_MISTAKES};
pub use table::{Mistaken, Table};
