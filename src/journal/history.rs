//! What a journal tells, read back strictly.

use std::collections::BTreeSet;

use serde::de::DeserializeOwned;
use serde_json::Value;
use thiserror::Error;

use super::line::{Begin, Command, Ending, Intent, Line, Outcome, Recovery};
use crate::model::{AccountId, CallErrorKind, ControlId, Partition, Region};
use crate::plan::{Replaced, StepId};
use crate::stored::{Place, StoredAction, read_replaced};

/// What a journal tells.
#[derive(Debug, Clone, PartialEq)]
pub struct History {
    /// The command that wrote it.
    pub command: Command,
    /// The account that was written to.
    pub account: AccountId,
    /// The partition of the account.
    pub partition: Partition,
    /// The Region.
    pub region: Region,
    /// The file of the account, if it is a simulated one.
    pub sandbox: Option<String>,
    /// For an undo: the journal of what it takes back.
    pub undoes: Option<String>,
    /// What was tried, in order.
    pub entries: Vec<Entry>,
    /// Whether all of it was taken back, as far as it could be.
    pub is_undone: bool,
}

/// A write that was tried.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The step.
    pub id: StepId,
    /// The name of the resource.
    pub resource: String,
    /// The controls that it served.
    pub serves: BTreeSet<ControlId>,
    /// The write; none for something that an undo took back.
    pub action: Option<StoredAction>,
    /// What it replaced; nothing when it made something new.
    pub replaced: Option<Replaced>,
    /// What is known about its outcome.
    pub outcome: Known,
}

/// What is known about the outcome of a write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// Nothing: the run was cut off.
    Nothing,
    /// It happened.
    Done,
    /// It did not happen.
    NotDone,
    /// It may have happened.
    Uncertain,
}

/// Why a text is not a journal.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("line {number}: {message}")]
pub struct NoLine {
    /// The number of the line, from 1.
    pub number: usize,
    /// What is wrong with it.
    pub message: String,
}

impl History {
    /// Returns what was or may have been written.
    pub fn written(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| match entry.outcome {
            Known::Nothing | Known::Done | Known::Uncertain => true,
            Known::NotDone => false,
        })
    }

    /// Returns what was about to be written when the run was cut off.
    pub fn unfinished(&self) -> impl Iterator<Item = &Entry> {
        let entries = self.entries.iter();
        entries.filter(|entry| entry.outcome == Known::Nothing)
    }
}

/// Returns what a journal tells. Its last line may have been cut off by whatever ended the run.
///
/// # Errors
///
/// Says which other line is not as it was written.
pub fn history(text: &str) -> Result<History, NoLine> {
    let mut lines = parse(text)?.into_iter().enumerate();
    let at = |number: usize| move |message: String| NoLine { number, message };
    let Some((_, Line::Begin(begin))) = lines.next() else {
        return Err(at(1)("a journal begins with who wrote where".to_owned()));
    };
    let mut history = beginning(begin).map_err(at(1))?;
    for (index, line) in lines {
        continued(&mut history, line).map_err(at(index + 1))?;
    }
    Ok(history)
}

/// Reads the lines of a journal; one without a line break at the very end was cut off and is left out.
///
/// # Errors
///
/// Says which line is not one of a journal.
pub fn parse(text: &str) -> Result<Vec<Line>, NoLine> {
    lines(text, Line::to_text)
}

/// Reads lines that print as they are written; one without a line break at the very end is left out.
pub(super) fn lines<L: DeserializeOwned>(
    text: &str,
    print: impl Fn(&L) -> String,
) -> Result<Vec<L>, NoLine> {
    let whole = text.rfind('\n').and_then(|end| text.get(..end));
    let lines = whole.into_iter().flat_map(|whole| whole.split('\n'));
    let lines = lines.enumerate().map(|(at, text)| {
        let wrong = |message: String| NoLine {
            number: at + 1,
            message,
        };
        let line: L = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
        // Printing it again finds what JSON does not tell apart, such as members that are there twice.
        if print(&line).trim_end_matches('\n') == text {
            Ok(line)
        } else {
            Err(wrong("it is not as it was written".to_owned()))
        }
    });
    lines.collect()
}

/// Returns the format that the first line of a journal names, whatever its version.
#[must_use]
pub fn format(text: &str) -> Option<String> {
    let first = text.lines().next()?;
    let first: Value = serde_json::from_str(first).ok()?;
    Some(first.get("schema")?.as_str()?.to_owned())
}

fn beginning(begin: Begin) -> Result<History, String> {
    if !begin.is_known() {
        return Err("it is of another version".to_owned());
    }
    Ok(History {
        command: begin.command,
        account: AccountId::parse(&begin.account).map_err(|error| error.to_string())?,
        partition: Partition::parse(&begin.partition)
            .ok_or_else(|| format!("`{}` is not a partition", begin.partition))?,
        region: Region::parse(&begin.region).map_err(|error| error.to_string())?,
        sandbox: begin.sandbox,
        undoes: begin.undoes,
        entries: Vec::new(),
        is_undone: false,
    })
}

fn continued(history: &mut History, line: Line) -> Result<(), String> {
    match line {
        Line::Begin(_) => Err("a journal begins once".to_owned()),
        Line::Intent(intent) => {
            let entry = entry(history, intent)?;
            if history.entries.iter().any(|other| other.id == entry.id) {
                return Err(format!("`{}` was about to be written before", entry.id));
            }
            history.entries.push(entry);
            Ok(())
        }
        Line::Outcome(outcome) => {
            let known = known(&outcome);
            conclude(history, &outcome.step, known)
        }
        Line::Recovered(recovered) => {
            let known = match recovered.result {
                Recovery::Done => Known::Done,
                Recovery::NotDone => Known::NotDone,
                Recovery::Changed => Known::Uncertain,
                Recovery::Unknown => Known::Nothing,
            };
            conclude(history, &recovered.step, known)
        }
        Line::End(_) => Ok(()),
        Line::Undone(_) => {
            history.is_undone = true;
            Ok(())
        }
    }
}

fn conclude(history: &mut History, step: &str, known: Known) -> Result<(), String> {
    let mut entries = history.entries.iter_mut();
    let entry = entries
        .find(|entry| entry.id.as_str() == step && entry.outcome == Known::Nothing)
        .ok_or_else(|| format!("nobody was about to write `{step}`"))?;
    entry.outcome = known;
    Ok(())
}

/// Returns what an outcome says about whether the write happened.
fn known(outcome: &Outcome) -> Known {
    let is_refusal = |word: &str| {
        let mut kinds = CallErrorKind::ALL.into_iter();
        kinds.any(|kind| !kind.may_have_happened() && kind.to_string() == word)
    };
    match (outcome.result, &outcome.error) {
        (Ending::Done, _) => Known::Done,
        (Ending::Failed, Some(error)) if is_refusal(&error.kind) => Known::NotDone,
        (Ending::Failed, _) => Known::Uncertain,
        // What was skipped after its intent was recorded was not written.
        (Ending::Skipped, _) => Known::NotDone,
    }
}

fn entry(history: &History, intent: Intent) -> Result<Entry, String> {
    if !intent.is_intact() {
        return Err("it is not as it was written".to_owned());
    }
    let place = Place {
        account: AccountId::parse(&intent.account).map_err(|error| error.to_string())?,
        partition: history.partition.clone(),
        region: Region::parse(&intent.region).map_err(|error| error.to_string())?,
    };
    if place.account != history.account {
        return Err("it is about another account".to_owned());
    }
    let serves = intent.serves.iter().map(|id| ControlId::parse(id));
    let (action, replaced) = match history.command {
        Command::Apply => (
            Some(
                StoredAction::read(&intent.action, &intent.request, &intent.masked, &place)
                    .map_err(|error| error.to_string())?,
            ),
            read_replaced(&intent.previous).map_err(|error| error.to_string())?,
        ),
        Command::Undo => (None, None),
    };
    Ok(Entry {
        id: StepId::parse(&intent.step).ok_or_else(|| format!("`{}` is no step", intent.step))?,
        resource: intent.resource,
        serves: serves
            .collect::<Result<_, _>>()
            .map_err(|error| error.to_string())?,
        action,
        replaced,
        outcome: Known::Nothing,
    })
}
