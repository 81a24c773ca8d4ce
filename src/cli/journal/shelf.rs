//! Where journals are kept, and which of them is meant.

use std::fs;
use std::path::{Path, PathBuf};

use super::{LARGEST, sandbox_file};
use crate::cli::args::Global;
use crate::cli::error::Error;
use crate::cli::files;
use crate::journal::{Command, History, NoLine, SCHEMA, format, history};
use crate::model::{AccountId, Identity};

/// A journal that is to be taken back.
#[derive(Debug)]
pub(in crate::cli) struct Chosen {
    pub(in crate::cli) path: PathBuf,
    pub(in crate::cli) history: History,
}

/// Returns the folder of an account's journals; those of simulated accounts are kept apart.
pub(in crate::cli) fn folder(global: &Global, account: &AccountId) -> Result<PathBuf, Error> {
    let state = etcetera::choose_base_strategy().ok().map(|folders| {
        use etcetera::BaseStrategy;
        folders.state_dir().unwrap_or_else(|| folders.data_dir())
    });
    let state = state.ok_or_else(|| {
        Error::failed("there is no home folder for the journal")
            .hint("nothing was written to the account; `--journal FILE` names a place")
    })?;
    let own = state.join("cis-fix");
    Ok(match global.sandbox {
        Some(_) => own.join("sandbox").join(account.as_str()),
        None => own.join(account.as_str()),
    })
}

/// Returns the journals of a folder, the newest first.
pub(super) fn newest_first(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let is_journal = |path: &PathBuf| {
        // Reading anything else than a file might never end.
        path.extension()
            .is_some_and(|extension| extension == "jsonl")
            && path.is_file()
    };
    let mut journals: Vec<PathBuf> = paths.filter(is_journal).collect();
    journals.sort();
    journals.reverse();
    journals
}

/// Returns what a journal tells.
pub(super) fn read(path: &Path) -> Result<History, Error> {
    let text = files::read(path, LARGEST)?;
    history(&text).map_err(|error| unread(path, (&text, SCHEMA), &error))
}

/// Says why a text is not what a run of this version recorded.
pub(super) fn unread(path: &Path, (text, schema): (&str, &str), error: &NoLine) -> Error {
    let path = path.display();
    let family = schema.trim_end_matches(|c| c != '/');
    match format(text) {
        Some(other) if other != schema => {
            let said = Error::failed(format!("`{path}` is a `{other}`, and not a `{schema}`"));
            if other.starts_with(family) {
                said.hint("the version of cis-fix that wrote it reads it")
            } else {
                said
            }
        }
        Some(_) | None if !text.contains('\n') => Error::failed(format!(
            "`{path}` does not hold one whole line of a journal"
        ))
        .hint("a run writes nothing before the first line of its journal is on the disk"),
        Some(_) => Error::failed(format!("the journal `{path}` is damaged: {error}")),
        None => Error::failed(format!("`{path}` is not a journal: {error}")),
    }
}

/// Returns the last journal of this account, whatever wrote it.
pub(super) fn last(global: &Global, account: &AccountId) -> Option<Result<Chosen, Error>> {
    let own = sandbox_file(global);
    let folder = folder(global, account).ok()?;
    newest_first(&folder)
        .into_iter()
        .find_map(|path| match read(&path) {
            Ok(history) if history.sandbox == own => Some(Ok(Chosen { path, history })),
            Ok(_) => None,
            Err(error) => Some(Err(error)),
        })
}

/// Returns the journal to take back: the one that was named, or the last apply of this account that is not undone.
pub(in crate::cli) fn chosen(
    named: Option<&Path>,
    global: &Global,
    identity: &Identity,
) -> Result<Chosen, Error> {
    let chosen = match named {
        Some(path) => Chosen {
            history: read(path)?,
            path: path.to_owned(),
        },
        None => last_apply(global, &identity.account)?,
    };
    let History {
        command,
        account,
        partition,
        sandbox,
        ..
    } = &chosen.history;
    let path = chosen.path.display();
    if *command == Command::Undo {
        return Err(Error::failed(format!("`{path}` is the journal of an undo"))
            .hint("run `cis-fix apply` to make again what it took back"));
    }
    if (account, partition) != (&identity.account, &identity.partition) {
        let (own, other) = (&identity.account, account);
        return Err(Error::refused(format!(
            "the journal `{path}` is of account {other}, and this is {own}"
        ))
        .hint("nothing was written; check `--profile` and `--sandbox`"));
    }
    if sandbox.is_some() != global.sandbox.is_some() {
        let (of, this) = match sandbox {
            Some(_) => ("a simulated account", "a real one"),
            None => ("a real account", "a simulated one"),
        };
        return Err(Error::refused(format!(
            "the journal `{path}` is of {of}, and this is {this}"
        )));
    }
    Ok(chosen)
}

fn last_apply(global: &Global, account: &AccountId) -> Result<Chosen, Error> {
    let own = sandbox_file(global);
    for path in newest_first(&folder(global, account)?) {
        // Passing over a journal that cannot be read could take back the wrong apply.
        let history = read(&path).map_err(|error| {
            error.hint("`cis-fix undo JOURNAL` takes back another one, by its name")
        })?;
        let is_meant = history.command == Command::Apply
            && history.sandbox == own
            && !history.is_undone
            && history.written().next().is_some();
        if is_meant {
            return Ok(Chosen { path, history });
        }
    }
    Err(Error::failed(format!(
        "there is no journal of an apply to account {account} that is not undone"
    ))
    .hint("`cis-fix undo JOURNAL` takes back the apply of a journal that is kept elsewhere"))
}
