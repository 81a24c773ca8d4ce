//! One writer at a time for each account and machine.
//!
//! It spares people confusion and nothing depends on it: what is written is looked at first in any case. The lock
//! is the operating system's, which lets go of it when its holder ends in whatever way.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

use super::account::is_scene;
use super::args::Global;
use super::error::Error;
use super::journal::{folder, make_private, now};
use super::terminal::Terminal;
use crate::model::AccountId;

/// A lock that is let go when it is dropped; none where there is nothing to be locked.
#[derive(Debug)]
pub(super) struct Lock {
    _file: Option<File>,
}

/// What came of an attempt to get a lock.
#[derive(Debug)]
pub(super) enum Attempt {
    /// It is held.
    Held(Lock),
    /// Another run holds it; the text says which.
    Busy(String),
}

/// Returns the lock of an account, unless another run holds it.
pub(super) fn attempt(global: &Global, account: &AccountId, terminal: &Terminal) -> Attempt {
    if global.sandbox.as_ref().is_some_and(|name| is_scene(name)) {
        return Attempt::Held(Lock { _file: None });
    }
    let open = folder(global, account)
        .map_err(|error| error.to_string())
        .and_then(|folder| open(&folder, global).map_err(|error| error.to_string()));
    let file = match open {
        Ok(file) => file,
        Err(error) => return without(&error, terminal),
    };
    match file.try_lock() {
        Ok(()) => {
            // Whoever reads it wants to know who; nobody depends on it.
            let _ = sign(&file);
            Attempt::Held(Lock { _file: Some(file) })
        }
        Err(TryLockError::WouldBlock) => Attempt::Busy(holder(&file)),
        Err(TryLockError::Error(error)) => without(&error.to_string(), terminal),
    }
}

/// Returns the lock of an account, or refuses to write beside another run.
pub(super) fn acquire(
    global: &Global,
    account: &AccountId,
    terminal: &Terminal,
) -> Result<Lock, Error> {
    match attempt(global, account, terminal) {
        Attempt::Held(lock) => Ok(lock),
        Attempt::Busy(holder) => Err(Error::failed(format!(
            "another run is writing to account {account}: {holder}"
        ))
        .hint("nothing was written; run it again when the other one is done")),
    }
}

fn without(error: &str, terminal: &Terminal) -> Attempt {
    terminal.detail(&format!("note: no lock is held: {error}"));
    Attempt::Held(Lock { _file: None })
}

fn open(folder: &Path, global: &Global) -> io::Result<File> {
    make_private(folder)?;
    let name = match &global.sandbox {
        // Accounts in files may have the same number.
        Some(file) => {
            let path = std::fs::canonicalize(file)?;
            let text = path.display().to_string();
            let digest = crate::render::json::digest(&serde_json::json!([text]));
            let start: String = digest.chars().take(16).collect();
            format!("lock-{start}")
        }
        None => "lock".to_owned(),
    };
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(folder.join(name))
}

fn sign(mut file: &File) -> io::Result<()> {
    file.set_len(0)?;
    file.seek(SeekFrom::Start(0))?;
    let line = format!("process {}, since {}\n", std::process::id(), now());
    file.write_all(line.as_bytes())
}

fn holder(mut file: &File) -> String {
    let mut text = String::new();
    let read = file.seek(SeekFrom::Start(0));
    let read = read.and_then(|_| file.take(200).read_to_string(&mut text));
    let line = text.lines().next().unwrap_or_default().to_owned();
    match read {
        Ok(_) if !line.is_empty() => line,
        Ok(_) | Err(_) => "it does not say who it is".to_owned(),
    }
}
