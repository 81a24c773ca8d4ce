//! The journal of an apply, in a file that only its owner may read.
//!
//! Every line is on the disk before the next call is made.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::account::is_scene;
use super::args::Global;
use super::error::Error;
use super::files;
use super::terminal::Terminal;
use crate::journal::{Journal, Line, Unrecorded, unfinished};
use crate::model::{AccountId, Identity};
use crate::outcome::Fate;
use crate::plan::{Plan, Step};

/// How large a journal may be that is read again.
const LARGEST: usize = 16 * 1024 * 1024;

/// The journal of an apply; nothing outlives a built-in scene, so that there is none for it.
#[derive(Debug)]
pub(super) enum Record {
    File(FileJournal),
    None,
}

impl Record {
    /// Begins the journal of a plan, in the file that was named or in a new one of the account's folder.
    ///
    /// Fails before anything is written to the account if the file cannot be made.
    pub(super) fn begin(
        named: Option<&Path>,
        global: &Global,
        plan: &Plan,
        identity: &Identity,
    ) -> Result<Self, Error> {
        let is_scene = global.sandbox.as_ref().is_some_and(|name| is_scene(name));
        if named.is_none() && is_scene {
            return Ok(Self::None);
        }
        FileJournal::begin(named, global, plan, identity).map(Self::File)
    }

    /// Returns where the journal is.
    pub(super) fn place(&self) -> Option<String> {
        match self {
            Self::File(journal) => Some(journal.path.display().to_string()),
            Self::None => None,
        }
    }

    /// Ends the journal.
    pub(super) fn end(&self) -> Result<(), Unrecorded> {
        match self {
            Self::File(journal) => journal.record(&Line::end(now())),
            Self::None => Ok(()),
        }
    }
}

impl Journal for Record {
    fn intend(&self, step: &Step) -> Result<(), Unrecorded> {
        match self {
            Self::File(journal) => journal.record(&Line::intent(now(), step)),
            Self::None => Ok(()),
        }
    }

    fn conclude(&self, step: &Step, fate: &Fate) -> Result<(), Unrecorded> {
        match self {
            Self::File(journal) => journal.record(&Line::outcome(now(), step, fate)),
            Self::None => Ok(()),
        }
    }
}

/// A journal in a file.
#[derive(Debug)]
pub(super) struct FileJournal {
    path: PathBuf,
    file: RefCell<File>,
}

impl FileJournal {
    fn begin(
        named: Option<&Path>,
        global: &Global,
        plan: &Plan,
        identity: &Identity,
    ) -> Result<Self, Error> {
        let path = match named {
            Some(path) => path.to_owned(),
            None => fresh_path(&folder(global, &plan.account)?),
        };
        let failed = |error: &io::Error| {
            Error::failed(format!("could not begin the journal `{}`", path.display()))
                .caused_by(error)
                .hint("nothing was written to the account; `--journal FILE` names another place")
        };
        if let Some(folder) = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
        {
            make_private(folder).map_err(|error| failed(&error))?;
        }
        let journal = Self {
            file: RefCell::new(files::create_private(&path).map_err(|error| failed(&error))?),
            path: path.clone(),
        };
        journal
            .write(&Line::begin(now(), plan, &identity.arn))
            .map_err(|error| failed(&error))?;
        Ok(journal)
    }

    fn write(&self, line: &Line) -> io::Result<()> {
        let mut file = self.file.borrow_mut();
        file.write_all(line.to_text().as_bytes())?;
        file.sync_data()
    }

    fn record(&self, line: &Line) -> Result<(), Unrecorded> {
        self.write(line).map_err(|error| {
            let cause = Error::failed(format!("could not write `{}`", self.path.display()))
                .caused_by(&error);
            Unrecorded(cause.to_string())
        })
    }
}

/// Returns the time in UTC, as RFC 3339 writes it.
#[expect(
    clippy::disallowed_methods,
    reason = "a journal says when; no plan depends on it"
)]
pub(super) fn now() -> String {
    humantime::format_rfc3339_millis(SystemTime::now()).to_string()
}

/// Returns the folder of an account's journals; those of simulated accounts are kept apart.
pub(super) fn folder(global: &Global, account: &AccountId) -> Result<PathBuf, Error> {
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

/// Returns the path of a new journal; paths sort by time.
pub(super) fn fresh_path(folder: &Path) -> PathBuf {
    let time = now().replace([':', '.'], "-");
    folder.join(format!("{time}-{}.jsonl", std::process::id()))
}

#[cfg(unix)]
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

#[cfg(not(unix))]
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

/// Tells what the last apply to an account was about to write when it was cut off.
///
/// What became of it is seen in the account, from which every plan is made anew.
pub(super) fn tell_unfinished(global: &Global, account: &AccountId, terminal: &Terminal) {
    let Some(path) = folder(global, account)
        .ok()
        .and_then(|folder| newest(&folder))
    else {
        return;
    };
    let open = match files::read(&path, LARGEST).map(|text| unfinished(&text)) {
        Ok(Ok(open)) => open,
        Ok(Err(error)) => {
            terminal.tell(&format!(
                "note: the journal `{}` is damaged: {error}",
                path.display()
            ));
            return;
        }
        Err(error) => {
            terminal.tell(&format!("note: {error}"));
            return;
        }
    };
    for (step, _) in open {
        terminal.tell(&format!(
            "note: the last apply was cut off while it wrote {step}; the plan is made from what is there now"
        ));
    }
}

/// Returns the last journal of a folder.
fn newest(folder: &Path) -> Option<PathBuf> {
    let entries = fs::read_dir(folder).ok()?;
    entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "jsonl")
        })
        .max()
}
