//! The journal of an apply or an undo, in a file that only its owner may read.
//!
//! Every line is on the disk before the next call is made.

mod cut_drill;
mod recover;
mod sheet;
mod shelf;

use std::fs;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::args::Global;
use super::error::Error;
use crate::journal::{Journal, Line, UndoJournal, Unrecorded, Writer};
use crate::model::{AccountId, Identity};
use crate::outcome::Fate;
use crate::plan::Step;
use crate::reversal::UndoStep;

pub(super) use cut_drill::{alarm_folder, end_cut_drill, tell_cut_drill};
pub(super) use recover::recover;
pub(super) use sheet::Sheet;
pub(super) use shelf::{Chosen, chosen, folder};

/// How large a journal may be that is read again.
const LARGEST: usize = 16 * 1024 * 1024;

/// The journal of a run.
#[derive(Debug)]
pub(super) struct Record(Sheet);

impl Record {
    /// Begins a journal with its first line, in the file that was named or in a new one of the account's folder.
    ///
    /// Fails before anything is written to the account if the file cannot be made.
    pub(super) fn begin(
        named: Option<&Path>,
        global: &Global,
        account: &AccountId,
        first: &Line,
    ) -> Result<Self, Error> {
        Sheet::begin(named, global, || folder(global, account), &first.to_text()).map(Self)
    }

    /// Returns where the journal is.
    pub(super) fn place(&self) -> Option<String> {
        self.0.place()
    }

    /// Ends the journal.
    pub(super) fn end(&self) -> Result<(), Unrecorded> {
        self.record(|| Line::end(now()))
    }

    fn record(&self, line: impl FnOnce() -> Line) -> Result<(), Unrecorded> {
        self.0.record(|| line().to_text())
    }
}

impl Journal for Record {
    fn intend(&self, step: &Step) -> Result<(), Unrecorded> {
        self.record(|| Line::intent(now(), step))
    }

    fn conclude(&self, step: &Step, fate: &Fate) -> Result<(), Unrecorded> {
        self.record(|| Line::outcome(now(), step, fate))
    }
}

impl UndoJournal for Record {
    fn intend(&self, step: &UndoStep) -> Result<(), Unrecorded> {
        self.record(|| Line::undo_intent(now(), step))
    }

    fn conclude(&self, step: &UndoStep, fate: &Fate) -> Result<(), Unrecorded> {
        self.record(|| Line::undo_outcome(now(), step, fate))
    }
}

/// Adds lines to a journal whose run is over. A last line that was cut off gives way to them: what it was to tell was
/// not written, since nothing is before its line is on the disk.
fn append(path: &Path, lines: &str) -> io::Result<()> {
    let mut file = fs::OpenOptions::new().read(true).write(true).open(path)?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    let whole = bytes.iter().rposition(|byte| *byte == b'\n');
    let end = u64::try_from(whole.map_or(0, |at| at + 1)).unwrap_or(u64::MAX);
    file.set_len(end)?;
    file.seek(SeekFrom::Start(end))?;
    file.write_all(lines.as_bytes())?;
    file.sync_data()
}

/// Notes in a journal that all of it was taken back.
pub(super) fn mark_undone(path: &Path, by: Option<String>) -> Result<(), Error> {
    append(path, &Line::undone(now(), by).to_text()).map_err(|error| {
        Error::failed(format!(
            "could not note in `{}` that it is undone",
            path.display()
        ))
        .caused_by(&error)
    })
}

/// Returns who writes to which account.
pub(super) fn writer(global: &Global, identity: &Identity) -> Writer {
    Writer {
        caller: identity.arn.clone(),
        sandbox: sandbox_file(global),
    }
}

/// Returns the file of a simulated account, wherever the program was started.
fn sandbox_file(global: &Global) -> Option<String> {
    global
        .sandbox
        .as_ref()
        .map(|name| anywhere(Path::new(name)))
}

/// Returns a path by which a file is found wherever the program is started.
pub(super) fn anywhere(path: &Path) -> String {
    let whole = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    whole.display().to_string()
}

/// Returns the time in UTC, as RFC 3339 writes it.
#[expect(
    clippy::disallowed_methods,
    reason = "a journal says when; no plan depends on it"
)]
pub(super) fn now() -> String {
    humantime::format_rfc3339_millis(SystemTime::now()).to_string()
}

/// Returns the path of a new journal; paths sort by time.
pub(super) fn fresh_path(folder: &Path) -> PathBuf {
    let time = now().replace([':', '.'], "-");
    folder.join(format!("{time}-{}.jsonl", std::process::id()))
}

/// Makes a folder that only its owner may look into.
#[cfg(unix)]
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

/// Makes a folder that only its owner may look into.
#[cfg(not(unix))]
pub(super) fn make_private(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}
