//! The filter pattern language of CloudWatch Logs: reading, printing, matching and comparing patterns.
//!
//! A text becomes a [`Pattern`] once and is never looked at as text again. `==` on patterns means the same syntax tree; whether two
//! patterns mean the same is only ever asked through [`compare()`], which answers with events as evidence.
//!
//! This module imports nothing from the rest of the crate, reads nothing and prints nothing.

pub mod ast;
pub mod bulk;
mod compare;
mod cursor;
pub mod difference;
mod error;
mod event;
mod exclude;
pub mod explain;
mod lexer;
pub mod lint;
mod matches;
mod normal;
mod number;
mod parse;
mod print;
mod regex;
mod texts;
mod wildcard;

use std::fmt;
use std::str::FromStr;

pub use compare::{Comparison, Relation, UndecidedReason, compare, compare_union};
pub use error::{ParseError, ParseErrorKind};
pub use event::Event;
pub use exclude::{Exclusion, NotExcluded, exclude};
pub use regex::Regex;
pub use texts::texts;

use ast::Tree;
use parse::Precedence;

/// The number of characters that a pattern may have.
pub const MAXIMUM_LENGTH: usize = 1024;
/// The number of regular expressions that a pattern may hold.
pub const MAXIMUM_REGEXES: usize = 2;
/// The number of selectors with a wildcard step that a pattern may hold.
pub const MAXIMUM_WILDCARD_SELECTORS: usize = 3;

/// A filter pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    text: String,
    tree: Tree,
}

/// The kinds of patterns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Blank: matches every event.
    Blank,
    /// `{ … }`, for events that are JSON objects.
    Json,
    /// Words and phrases.
    Terms,
    /// `[ … ]`, for lines of fields.
    SpaceDelimited,
    /// `% … %`, one regular expression.
    Regex,
}

impl Pattern {
    /// Reads a pattern of any kind, leniently: what the service is known to accept beyond its guide is accepted.
    ///
    /// # Errors
    ///
    /// Says where and why the text is not a pattern.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        match parse::parse(text, Precedence::AndFirst) {
            Ok(tree) => Ok(Self {
                text: text.to_owned(),
                tree,
            }),
            Err(fault) => Err(ParseError::new(text, fault)),
        }
    }

    /// Returns the text as it was given.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the kind of the pattern.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self.tree {
            Tree::Blank => Kind::Blank,
            Tree::Json(_) => Kind::Json,
            Tree::Terms(_) => Kind::Terms,
            Tree::SpaceDelimited(_) => Kind::SpaceDelimited,
            Tree::Regex(_) => Kind::Regex,
        }
    }

    /// Returns the syntax tree.
    #[must_use]
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Tells whether the pattern matches the event.
    #[must_use]
    pub fn matches(&self, event: &Event) -> bool {
        matches::matches(&self.tree, event)
    }
}

impl PartialEq for Pattern {
    fn eq(&self, other: &Self) -> bool {
        let Self { text: _, tree } = self;
        *tree == other.tree
    }
}

impl FromStr for Pattern {
    type Err = ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// Prints the pattern in the strict spelling, which every reader accepts.
impl fmt::Display for Pattern {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tree.fmt(formatter)
    }
}
