//! A file of lines that only its owner may read; each line is on the disk before the next call is made.

use std::cell::RefCell;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::{fresh_path, make_private};
use crate::cli::account::is_scene;
use crate::cli::args::Global;
use crate::cli::error::Error;
use crate::cli::files;
use crate::journal::Unrecorded;

/// The file; nothing outlives a built-in scene, so that there is none for it.
#[derive(Debug)]
pub(in crate::cli) struct Sheet(Option<(PathBuf, RefCell<File>)>);

impl Sheet {
    /// Begins with a first line, in the file that was named or in a new one of a folder.
    ///
    /// Fails before anything is written to the account if the file cannot be made.
    pub(in crate::cli) fn begin(
        named: Option<&Path>,
        global: &Global,
        folder: impl FnOnce() -> Result<PathBuf, Error>,
        first: &str,
    ) -> Result<Self, Error> {
        let is_scene = global.sandbox.as_ref().is_some_and(|name| is_scene(name));
        let path = match named {
            Some(path) => path.to_owned(),
            None if is_scene => return Ok(Self(None)),
            None => fresh_path(&folder()?),
        };
        let file = begun(&path, first).map_err(|error| {
            Error::failed(format!("could not begin the journal `{}`", path.display()))
                .caused_by(&error)
                .hint("nothing was written to the account; `--journal FILE` names another place")
        })?;
        Ok(Self(Some((path, RefCell::new(file)))))
    }

    /// Returns where the file is.
    pub(in crate::cli) fn place(&self) -> Option<String> {
        let path = self.0.as_ref().map(|(path, _)| path);
        path.map(|path| path.display().to_string())
    }

    /// Adds a line, which is only made where there is a file.
    pub(in crate::cli) fn record(&self, line: impl FnOnce() -> String) -> Result<(), Unrecorded> {
        let Some((path, file)) = &self.0 else {
            return Ok(());
        };
        write(&mut file.borrow_mut(), &line()).map_err(|error| {
            let cause =
                Error::failed(format!("could not write `{}`", path.display())).caused_by(&error);
            Unrecorded(cause.to_string())
        })
    }
}

fn begun(path: &Path, first: &str) -> io::Result<File> {
    if let Some(folder) = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
    {
        make_private(folder)?;
    }
    let mut file = files::create_private(path)?;
    if let Err(error) = write(&mut file, first) {
        // A journal without its first line tells nothing.
        let _ = fs::remove_file(path);
        return Err(error);
    }
    Ok(file)
}

fn write(file: &mut File, line: &str) -> io::Result<()> {
    file.write_all(line.as_bytes())?;
    file.sync_data()
}
