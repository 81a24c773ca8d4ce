//! Which texts of a filter an auditor accepts.

use super::clauses::{Clauses, Order};
use super::grouping::Group;

/// Which texts of a filter an auditor accepts.
#[derive(Debug, Clone, PartialEq)]
pub enum Wording {
    /// One of some texts.
    SameText {
        /// The texts.
        texts: Vec<String>,
        /// Whether blanks count.
        blanks: Blanks,
    },
    /// Any text that holds this one, blanks aside.
    ContainedText(String),
    /// Any text in which some clauses are found.
    Clauses(Clauses),
    /// Any text of the same clauses under the same operators as one of these.
    SameClauses {
        /// The texts.
        texts: Vec<String>,
        /// What the auditor makes of them.
        groups: Vec<Group>,
    },
    /// Whatever the user of the auditor tells it; taken to be the text of the filter that serves the control.
    OwnText,
}

/// Whether blanks count when texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    /// They count.
    Significant,
    /// They do not.
    Ignored,
}

impl Blanks {
    pub(super) const NAMES: [(&'static str, Self); 2] = [
        ("significant", Self::Significant),
        ("ignored", Self::Ignored),
    ];
}

impl Wording {
    /// Returns whether a text is accepted.
    #[must_use]
    pub fn accepts(&self, text: &str) -> bool {
        match self {
            Self::SameText { texts, blanks } => texts.iter().any(|wanted| match blanks {
                Blanks::Significant => wanted == text,
                Blanks::Ignored => without_blanks(wanted) == without_blanks(text),
            }),
            Self::ContainedText(wanted) => without_blanks(text).contains(&without_blanks(wanted)),
            Self::Clauses(clauses) => clauses.are_in(text),
            Self::SameClauses { texts: _, groups } => Group::parse(text)
                .is_some_and(|group| groups.iter().any(|wanted| group.is_taken_for(wanted))),
            Self::OwnText => true,
        }
    }

    /// Returns the texts that it says it wants, word for word.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        match self {
            Self::SameText { texts, blanks: _ } | Self::SameClauses { texts, groups: _ } => {
                texts.iter().map(String::as_str).collect()
            }
            Self::ContainedText(text) => vec![text],
            Self::Clauses(_) | Self::OwnText => Vec::new(),
        }
    }

    /// Returns the event names that it looks for one by one, in its order.
    pub(super) fn event_names(&self) -> Vec<&str> {
        match self {
            Self::Clauses(clauses) => clauses.event_names(),
            Self::SameText { .. }
            | Self::ContainedText(_)
            | Self::SameClauses { .. }
            | Self::OwnText => Vec::new(),
        }
    }

    /// Returns what it compares, in words.
    #[must_use]
    pub fn manner(&self) -> &'static str {
        match self {
            Self::SameText {
                blanks: Blanks::Significant,
                ..
            } => "it accepts one text alone, blank by blank",
            Self::SameText {
                blanks: Blanks::Ignored,
                ..
            } => "it accepts one text alone",
            Self::ContainedText(_) => "it looks for one text",
            Self::Clauses(clauses) => match clauses.order {
                Order::AsListed => "it looks for its clauses in its own order and spelling",
                Order::Any => "it looks for its clauses in any order",
            },
            Self::SameClauses { .. } => "it accepts the clauses of its own text and no others",
            Self::OwnText => "it accepts the text that its user gives it",
        }
    }
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
