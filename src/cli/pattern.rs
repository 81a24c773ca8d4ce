//! `pattern`: the language of filter patterns by itself, without an account.
//!
//! These commands end as grep and diff do, so an error is status 2.

mod events;
mod hits;
mod input;
mod search;
mod source;

use std::ffi::OsString;

use super::args::Format;
use super::args::pattern::{CompareArgs, FormatArgs, PatternArg, PatternArgs, PatternCommand};
use super::error::Error;
use super::exit::Exit;
use super::terminal::Terminal;
use crate::escape::visible;
use crate::pattern::explain::explain;
use crate::pattern::lint::lint;
use crate::pattern::{MAXIMUM_LENGTH, Pattern, Relation, compare};
use crate::render::json;
use crate::report;

/// Runs a command on patterns.
pub(super) fn run(args: &PatternArgs, terminal: &Terminal) -> Result<Exit, Error> {
    match &args.command {
        PatternCommand::Match(args) => search::run(args, terminal),
        PatternCommand::Compare(args) => compare_two(args, terminal),
        PatternCommand::Explain(args) => explain_one(args, terminal),
        PatternCommand::Format(args) => format(args, terminal),
    }
}

/// Returns how a run ends whose arguments were refused: these commands have their own status for that.
pub(super) fn usage(exit: Exit, arguments: &[OsString]) -> Exit {
    let is_ours = arguments.get(1).is_some_and(|command| command == "pattern");
    if exit == Exit::Usage && is_ours {
        Exit::Trouble
    } else {
        exit
    }
}

fn compare_two(args: &CompareArgs, terminal: &Terminal) -> Result<Exit, Error> {
    let [a, b] = source::patterns([("A", args.a.as_str()), ("B", args.b.as_str())])?;
    let comparison = compare(&a, &b);
    match terminal.format() {
        Format::Json => terminal.print(&json::pattern_compare(&a, &b, &comparison))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::pattern_compare(&a, &b, &comparison))?;
        }
    }
    match comparison.relation {
        Relation::Equivalent => Ok(Exit::Done),
        Relation::Narrower | Relation::Broader | Relation::Overlapping | Relation::Disjoint => {
            Ok(Exit::NotEquivalent)
        }
        Relation::Undecided => {
            let error = Error::failed("it was not found out how the patterns relate");
            Err(match comparison.undecided_reason {
                Some(reason) => error.because(reason),
                None => error,
            })
        }
    }
}

fn explain_one(args: &PatternArg, terminal: &Terminal) -> Result<Exit, Error> {
    let [pattern] = source::patterns([("PATTERN", args.pattern.as_str())])?;
    let (explanation, findings) = (explain(&pattern), lint(&pattern));
    match terminal.format() {
        Format::Json => {
            terminal.print(&json::pattern_explain(&pattern, &explanation, &findings))?;
        }
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::pattern_explain(&pattern, &explanation, &findings))?;
        }
    }
    Ok(Exit::Done)
}

fn format(args: &FormatArgs, terminal: &Terminal) -> Result<Exit, Error> {
    let [pattern] = source::patterns([("PATTERN", args.pattern.as_str())])?;
    match terminal.format() {
        Format::Json => terminal.print(&json::pattern_format(&pattern))?,
        Format::Markdown | Format::Html => terminal.show(&report::pattern_format(&pattern))?,
        Format::Text => terminal.print(&strict_line(&pattern, terminal))?,
    }
    let length = pattern.to_string().chars().count();
    if length > MAXIMUM_LENGTH {
        terminal.tell(&format!(
            "note: the strict spelling has {length} characters, more than the {MAXIMUM_LENGTH} allowed"
        ));
    }
    Ok(Exit::Done)
}

/// Returns the strict spelling in a line. Programs get it as it is, and a terminal nothing that it would obey.
fn strict_line(pattern: &Pattern, terminal: &Terminal) -> String {
    let strict = pattern.to_string();
    if terminal.is_watched() {
        format!("{}\n", visible(&strict))
    } else {
        format!("{strict}\n")
    }
}
