//! What can be said to `pattern`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Work with filter patterns by themselves
#[derive(Debug, Args)]
pub(in crate::cli) struct PatternArgs {
    #[command(subcommand)]
    pub(super) command: PatternCommand,
}

/// What can be done with patterns.
#[derive(Debug, Subcommand)]
pub(super) enum PatternCommand {
    Match(MatchArgs),
    Compare(CompareArgs),
    Explain(PatternArg),
    Format(FormatArgs),
}

/// Print the events that a pattern matches
///
/// A FILE holds JSON: a CloudTrail log file, whose records are the events, or one event a line. It may be compressed by gzip.
/// What is no JSON is told, and the rest is used. Standard input may hold any text, one message a line.
///
/// Each event is printed in one line, as it is, without the name of its file. `--format json` prints one document with the file
/// and the position of each.
///
/// Exit status: 0 an event matched, 1 none matched, 2 something could not be read
#[derive(Debug, Args)]
pub(super) struct MatchArgs {
    /// The pattern, or @FILE
    pub(super) pattern: String,

    /// Where the events are; without any, or as `-`, on standard input
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,

    /// Print the number of matching events instead
    #[arg(long)]
    pub(super) count: bool,

    /// Put the name of the file and a colon before each event; with --count, count each file by itself
    #[arg(short = 'H', long)]
    pub(super) with_filename: bool,
}

/// Tell which of two patterns matches more, with events that show it
///
/// Patterns are compared by what they match, not by their texts. The differences are shown clause by clause: `-` stands before
/// what is in A alone, `+` before what is in B alone.
///
/// Exit status: 0 both match the same events, 1 they do not, 2 it was not found out
#[derive(Debug, Args)]
pub(super) struct CompareArgs {
    /// One pattern, or @FILE
    #[arg(value_name = "A")]
    pub(super) a: String,

    /// The other one, or @FILE
    #[arg(value_name = "B")]
    pub(super) b: String,
}

/// Say what a pattern matches, and what is probably wrong with it
///
/// Shows the conditions as a tree, each finding with its place, an event that matches and a similar one that does not.
///
/// Exit status: 0 also when there are findings, 2 for a text that is no pattern
#[derive(Debug, Args)]
pub(super) struct PatternArg {
    /// The pattern, or @FILE
    pub(super) pattern: String,
}

/// Print a pattern in the strict spelling
///
/// Every text is quoted, keywords are in capitals, and parentheses stand only where they matter. The meaning stays the same,
/// and so do the order and the grouping.
///
/// Exit status: 0 printed, 2 for a text that is no pattern
#[derive(Debug, Args)]
pub(super) struct FormatArgs {
    /// The pattern, or @FILE
    pub(super) pattern: String,
}
