//! `--write-config`: puts proposed thresholds and periods into the settings file.
//!
//! Exclusions are not written: the exact filter is what auditors ask for.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};

use crate::backtest::tuning::{Rehearsed, Setting};
use crate::cli::args::Global;
use crate::cli::args::backtest::BacktestArgs;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::{ask, block_on, context, files};
use crate::model::ControlId;
use crate::settings::{AlarmChange, read_file, with_alarms};
use crate::toml_source::{LARGEST_FILE, SourceFile};

/// Refuses, before much is read, to write when nobody can be asked.
pub(super) fn check(args: &BacktestArgs) -> Result<(), Error> {
    if !args.write.write_config {
        return Ok(());
    }
    let hint = "pass `--yes` to write without asking";
    ask::check("--write-config", args.write.yes, hint)
}

/// Shows what would change, asks, and writes the file whole or not at all.
pub(super) fn run(
    global: &Global,
    args: &BacktestArgs,
    rehearsed: &Rehearsed<'_>,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let changes = changes(rehearsed);
    if changes.is_empty() {
        terminal.tell("no setting is proposed, and nothing was written");
        return Ok(Exit::Done);
    }
    let path = context::settings_file(global).unwrap_or_else(|| PathBuf::from(context::FILE));
    let before = current(&path)?;
    let refused = |cause: String| {
        Error::failed(format!("could not change `{}`", path.display())).because(cause)
    };
    let after = with_alarms(&before, &changes).map_err(|error| refused(error.to_string()))?;
    let file = SourceFile {
        name: path.display().to_string(),
        text: after.clone(),
    };
    // What is written must be read again by the next run.
    read_file(&file, &context::catalog(global)?)
        .map_err(|mistakes| refused(format!("with the change it has mistakes: {mistakes}")))?;
    for line in difference(&path, &before, &after) {
        terminal.tell(&line);
    }
    if !args.write.yes {
        let question = format!("Write this to `{}`?", path.display());
        let mut is_yes = false;
        block_on(async {
            is_yes = ask::yes(&question).await?;
            Ok(Exit::Done)
        })?;
        if !is_yes {
            terminal.tell("nothing was written");
            return Ok(Exit::Declined);
        }
    }
    if current(&path)? != before {
        return Err(refused("somebody else changed it meanwhile".to_owned()));
    }
    files::write(&path, &after)?;
    terminal.tell(&format!("wrote `{}`", path.display()));
    Ok(Exit::Done)
}

/// Returns what is proposed for which control.
fn changes(rehearsed: &Rehearsed<'_>) -> BTreeMap<ControlId, AlarmChange> {
    let changes = rehearsed.controls.iter().filter_map(|control| {
        let rehearsal = control.rehearsal.as_ref().ok()?;
        let Setting {
            threshold,
            period,
            course: _,
        } = rehearsal.proposal.as_ref()?.setting.as_ref()?;
        let change = AlarmChange {
            threshold: *threshold,
            period: *period,
        };
        Some((control.control.id.clone(), change))
    });
    changes.collect()
}

/// Returns the text of the file; nothing when there is none.
fn current(path: &Path) -> Result<String, Error> {
    if fs::symlink_metadata(path).is_err() {
        return Ok(String::new());
    }
    files::read(path, LARGEST_FILE)
}

/// Returns the lines that come and go, with those around them.
fn difference(path: &Path, before: &str, after: &str) -> Vec<String> {
    let difference = TextDiff::from_lines(before, after);
    let mut lines = vec![format!("{}:", path.display())];
    for group in difference.grouped_ops(2) {
        for operation in group {
            lines.extend(difference.iter_changes(&operation).map(|change| {
                let sign = match change.tag() {
                    ChangeTag::Delete => '-',
                    ChangeTag::Insert => '+',
                    ChangeTag::Equal => ' ',
                };
                format!("  {sign} {}", change.value().trim_end())
            }));
        }
    }
    lines
}
