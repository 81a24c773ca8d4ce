//! Why a findings file cannot be read.

use thiserror::Error;

/// Why a findings file cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ReportedError {
    /// Nothing is in it.
    #[error("it is empty")]
    Empty,
    /// It begins like JSON and is none, or a member that is needed has another type.
    #[error("it is not JSON of findings: {0}")]
    Json(String),
    /// It is JSON of something else.
    #[error("it is JSON, but in none of the formats known")]
    Unknown,
    /// A finding lacks what every finding of its format has.
    #[error("finding {number} has no `{member}`")]
    Member {
        /// Its number, counted from 1.
        number: usize,
        /// What it lacks.
        member: &'static str,
    },
    /// A finding is in another format than those before it.
    #[error("finding {number} is in another format than those before it")]
    Mixed {
        /// Its number, counted from 1.
        number: usize,
    },
    /// It is text without the columns that every findings file of Prowler has.
    #[error("it is neither JSON nor CSV with the column `{0}`")]
    Column(&'static str),
    /// A row has more or fewer cells than the first.
    #[error("the row at line {line} has {found} cells instead of {wanted}")]
    Cells {
        /// The line where the row begins, counted from 1.
        line: usize,
        /// How many cells it has.
        found: usize,
        /// How many it should have.
        wanted: usize,
    },
    /// A quote is opened and never closed, or stands where none may.
    #[error("a quote in the row at line {line} is not closed, or text follows it")]
    Quote {
        /// The line where the row begins, counted from 1.
        line: usize,
    },
}

impl ReportedError {
    /// Returns what may help.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        "findings of Security Hub (ASFF JSON, also `aws securityhub get-findings`), Prowler (json-ocsf, csv) and Steampipe or Powerpipe \
         (json) can be read"
    }
}
