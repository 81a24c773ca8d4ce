//! What can be said to `pattern`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

/// Work with filter patterns by themselves
#[derive(Debug, Args)]
pub(in crate::cli) struct PatternArgs {
    #[command(subcommand)]
    pub(in crate::cli) command: PatternCommand,
}

/// What can be done with patterns.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum PatternCommand {
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
pub(in crate::cli) struct MatchArgs {
    /// The pattern, or @FILE
    pub(in crate::cli) pattern: String,

    /// Where the events are; without any, or as `-`, on standard input
    #[arg(value_name = "FILE")]
    pub(in crate::cli) files: Vec<PathBuf>,

    /// Print the number of matching events instead
    #[arg(long)]
    pub(in crate::cli) count: bool,

    /// Put the name of the file and a colon before each event; with --count, count each file by itself
    #[arg(short = 'H', long)]
    pub(in crate::cli) with_filename: bool,
}

/// Tell which of two patterns matches more, with events that show it
///
/// Patterns are compared by what they match, not by their texts. The differences are shown clause by clause: `-` stands before
/// what is in A alone, `+` before what is in B alone.
///
/// Exit status: 0 both match the same events, 1 they do not, 2 it was not found out
#[derive(Debug, Args)]
pub(in crate::cli) struct CompareArgs {
    /// One pattern, or @FILE
    #[arg(value_name = "A")]
    pub(in crate::cli) a: String,

    /// The other one, or @FILE
    #[arg(value_name = "B")]
    pub(in crate::cli) b: String,
}

/// Say what a pattern matches, and what is probably wrong with it
///
/// Shows the conditions as a tree, each finding with its place, an event that matches and a similar one that does not.
///
/// Exit status: 0 also when there are findings, 2 for a text that is no pattern
#[derive(Debug, Args)]
pub(in crate::cli) struct PatternArg {
    /// The pattern, or @FILE
    pub(in crate::cli) pattern: String,
}

/// Print a pattern in the strict spelling
///
/// Every text is quoted, keywords are in capitals, and parentheses stand only where they matter. The meaning stays the same,
/// and so do the order and the grouping.
///
/// Exit status: 0 printed, 2 for a text that is no pattern
#[derive(Debug, Args)]
pub(in crate::cli) struct FormatArgs {
    /// The pattern, or @FILE
    pub(in crate::cli) pattern: String,
}
