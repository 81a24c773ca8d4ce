//! `--write-config`: puts proposed thresholds and periods, and the exclusions that somebody accepted, into the settings file.
//!
//! They become paging lanes. The exact filters and alarms, which auditors ask for, stay as they are.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use similar::{ChangeTag, TextDiff};

use crate::backtest::tuning::{Left, Rehearsed, Settled, accepted, settle};
use crate::cli::args::Global;
use crate::cli::args::backtest::BacktestArgs;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::cli::{ask, block_on, context, files};
use crate::desired::Desired;
use crate::model::ControlId;
use crate::report::lost_lines;
use crate::settings::{LaneChange, read_file, with_lanes};
use crate::toml_source::{LARGEST_FILE, SourceFile};

/// What to do when an exclusion was not proposed.
const NUMBERED: &str =
    "the report without `--write-config` numbers the exclusions that are proposed";

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
    (desired, rehearsed): (&Desired, &Rehearsed<'_>),
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let accepted = accepted(rehearsed, &args.write.exclude)
        .map_err(|error| Error::usage(error.to_string()).hint(NUMBERED))?;
    let settled = settle(rehearsed, &accepted);
    let changes: BTreeMap<ControlId, LaneChange> = settled.iter().filter_map(change).collect();
    if changes.is_empty() {
        terminal.tell("no setting is proposed, and nothing was written");
        return Ok(Exit::Done);
    }
    let path = context::settings_file(global).unwrap_or_else(|| PathBuf::from(context::FILE));
    let before = current(&path)?;
    let refused = |cause: String| {
        Error::failed(format!("could not change `{}`", path.display())).because(cause)
    };
    let after = with_lanes(&before, &changes).map_err(|error| refused(error.to_string()))?;
    let file = SourceFile {
        name: path.display().to_string(),
        text: after.clone(),
    };
    // What is written must be read again by the next run.
    read_file(&file, &context::catalog(global)?)
        .map_err(|mistakes| refused(format!("with the change it has mistakes: {mistakes}")))?;
    if after == before {
        terminal.tell("the settings say all of this already, and nothing was written");
        return Ok(Exit::Done);
    }
    let told = settled.iter().flat_map(consequences);
    for line in told.chain(difference(&path, &before, &after)) {
        terminal.tell(&line);
    }
    if desired.paging_topic.subscriptions.is_empty() {
        let topic = &desired.paging_topic.name;
        terminal.tell(&format!(
            "note: nobody is to be subscribed to `{topic}` yet; name somebody in a [[paging.subscription]]"
        ));
    }
    if !args.write.yes {
        let question = format!("Write this to `{}`?", path.display());
        if !block_on(ask::yes(&question))? {
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

/// Returns what is to be written for a control, if anything.
fn change(settled: &Settled<'_>) -> Option<(ControlId, LaneChange)> {
    let setting = settled.setting.as_ref().filter(|_| settled.changes);
    let change = LaneChange {
        threshold: setting.map(|setting| setting.threshold),
        period: setting.map(|setting| setting.period),
        exclude: settled
            .exclusions
            .iter()
            .map(|left| left.exclusion.noise.clone())
            .collect(),
    };
    (change != LaneChange::default()).then(|| (settled.control.clone(), change))
}

/// Returns what page nobody any more, with an event for each, and what is left to be said.
fn consequences(settled: &Settled<'_>) -> Vec<String> {
    let control = &settled.control;
    let mut lines = Vec::new();
    for left in &settled.exclusions {
        let Left {
            exclusion,
            matches,
            lost: _,
        } = left;
        let source = &exclusion.source;
        lines.push(format!(
            "`{control}` will page nobody for {}: {matches} of the events that were read. {}",
            source.words(),
            source.risk()
        ));
        lines.extend(lost_lines(left).iter().map(|line| format!("  {line}")));
    }
    if settled.setting.is_none() {
        lines.push(format!(
            "note: no threshold was found that keeps `{control}` within the budget without these events"
        ));
    }
    lines
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
