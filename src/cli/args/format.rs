//! The formats in which results are printed.

use clap::ValueEnum;

use crate::render::Exchange;

/// A format that can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Output {
    /// For people, in a terminal
    Text,
    /// For programs
    Json,
    /// For pull requests
    Markdown,
    /// A page for a browser
    Html,
    /// Of `check` alone: compliance findings of OCSF 1.5.0
    Ocsf,
    /// Of `check` alone: AWS Security Finding Format, for `BatchImportFindings`
    Asff,
    /// Of `check` alone: SARIF 2.1.0
    Sarif,
    /// Of `check` alone: `JUnit` XML
    Junit,
    /// Of `check` alone: comma-separated values
    Csv,
}

impl Output {
    /// Returns the format of another tool that this is, if it is one.
    pub(in crate::cli) fn exchange(self) -> Option<Exchange> {
        match self {
            Self::Text | Self::Json | Self::Markdown | Self::Html => None,
            Self::Ocsf => Some(Exchange::Ocsf),
            Self::Asff => Some(Exchange::Asff),
            Self::Sarif => Some(Exchange::Sarif),
            Self::Junit => Some(Exchange::Junit),
            Self::Csv => Some(Exchange::Csv),
        }
    }
}

/// A format of results that is not for one command alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Format {
    /// For people, in a terminal
    Text,
    /// For programs
    Json,
    /// For pull requests
    Markdown,
    /// A page for a browser
    Html,
}
