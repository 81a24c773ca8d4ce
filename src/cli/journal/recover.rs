//! What became of writes whose run was cut off: read back, told, and noted in their journal.

use std::path::Path;

use super::shelf::{Chosen, last, read};
use super::{append, now, tell_cut_drill};
use crate::cli::args::Global;
use crate::cli::terminal::Terminal;
use crate::cloud::CloudReader;
use crate::journal::{Command, Entry, History, Line, Recovery};
use crate::model::AccountId;
use crate::undo::{Request, facts, recovery, recovery_of_undo, undo_plan};

/// Finds out what became of the writes of the last run if it was cut off, and tells what the last drill left.
///
/// Every plan is made from what is there, so that nothing depends on this but what the journal tells later.
pub(in crate::cli) async fn recover(
    global: &Global,
    reader: &impl CloudReader,
    account: &AccountId,
    terminal: &Terminal,
) {
    tell_cut_drill(global, account, terminal);
    let Chosen { path, history } = match last(global, account) {
        None => return,
        Some(Ok(last)) => last,
        Some(Err(error)) => {
            terminal.tell(&format!("note: {error}"));
            return;
        }
    };
    let open: Vec<&Entry> = history.unfinished().collect();
    if open.is_empty() {
        return;
    }
    let found = found(reader, &history, &open).await;
    let (run, verb) = match history.command {
        Command::Apply => ("apply", "wrote"),
        Command::Undo => ("undo", "took back"),
    };
    let mut lines = String::new();
    for (entry, recovery) in open.into_iter().zip(found) {
        let (step, words) = (&entry.id, recovery.words());
        terminal.tell(&format!(
            "note: the last {run} was cut off while it {verb} {step}: {words}"
        ));
        lines.push_str(&Line::recovered(now(), step, recovery).to_text());
    }
    if let Err(error) = append(&path, &lines) {
        terminal.tell(&format!(
            "note: could not add to the journal `{}`: {error}",
            path.display()
        ));
    }
}

async fn found(reader: &impl CloudReader, history: &History, open: &[&Entry]) -> Vec<Recovery> {
    let (told, judge): (_, fn(&_, &_) -> _) = match history.command {
        Command::Apply => (Some(history.clone()), recovery),
        Command::Undo => {
            let undone = history.undoes.as_ref();
            let undone = undone.and_then(|path| read(Path::new(path)).ok());
            (undone, recovery_of_undo)
        }
    };
    let Some(told) = told else {
        return open.iter().map(|_| Recovery::Unknown).collect();
    };
    let is_open = |entry: &&Entry| open.iter().any(|other| other.id == entry.id);
    let facts = facts(reader, told.written().filter(is_open)).await;
    let plan = undo_plan(&told, &facts, &Request::default());
    let written = |open: &&Entry| told.entries.iter().find(|entry| entry.id == open.id);
    open.iter()
        .map(|open| written(open).map_or(Recovery::Unknown, |entry| judge(&plan, entry)))
        .collect()
}
