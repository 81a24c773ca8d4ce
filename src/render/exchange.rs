//! Prints the verdicts of a check in the formats of other tools: OCSF, ASFF, SARIF, `JUnit` XML and CSV.
//!
//! One finding for each control. These formats want a time, which is given. Foreign text is escaped as each of them asks,
//! and hidden characters are shown as in every other output.

mod asff;
mod csv;
mod finding;
mod junit;
mod ocsf;
mod sarif;

use crate::catalog::Catalog;
use crate::examine::Examination;
use crate::model::Partition;
use crate::report::CheckContext;

use super::json::print;
use finding::Finding;

/// A format of other tools.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exchange {
    /// Compliance findings of the Open Cybersecurity Schema Framework.
    Ocsf,
    /// The AWS Security Finding Format, ready for `BatchImportFindings`.
    Asff,
    /// The Static Analysis Results Interchange Format 2.1.0.
    Sarif,
    /// `JUnit` XML.
    Junit,
    /// Comma-separated values.
    Csv,
}

/// When a check was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970.
    pub milliseconds: u64,
    /// The same in RFC 3339, in UTC, with milliseconds.
    pub text: String,
}

/// What a check was about, and when it was made.
#[derive(Debug, Clone)]
pub struct Occasion<'run> {
    /// The account, the Region and the benchmark.
    pub context: &'run CheckContext,
    /// The partition of the account.
    pub partition: &'run Partition,
    /// What controls are for.
    pub catalog: &'run Catalog,
    /// When the check was made.
    pub moment: &'run Moment,
}

/// Returns the verdicts in a format of other tools.
#[must_use]
pub fn exchange(format: Exchange, occasion: &Occasion<'_>, examinations: &[Examination]) -> String {
    let findings: Vec<Finding> = examinations
        .iter()
        .map(|examination| Finding::new(occasion, examination))
        .collect();
    match format {
        Exchange::Ocsf => print::pretty(&ocsf::findings(occasion, &findings)),
        Exchange::Asff => print::pretty(&asff::findings(occasion, &findings)),
        Exchange::Sarif => print::pretty(&sarif::log(occasion, &findings)),
        Exchange::Junit => junit::print(occasion, &findings),
        Exchange::Csv => csv::print(occasion, &findings),
    }
}
