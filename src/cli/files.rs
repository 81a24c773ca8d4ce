//! Reading and writing files, with errors that name them.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use super::error::Error;

/// Returns the bytes of a file, `most` of them at most, since a file such as `/dev/zero` never ends.
pub(super) fn bytes(path: &Path, most: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let most = u64::try_from(most).unwrap_or(u64::MAX);
    fs::File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| unread(path).caused_by(&error))?;
    Ok(bytes)
}

/// Returns the text of a file that has `most` bytes at most, without the byte order mark of some editors.
pub(super) fn read(path: &Path, most: usize) -> Result<String, Error> {
    let bytes = bytes(path, most.saturating_add(1))?;
    if bytes.len() > most {
        return Err(unread(path).because(format!("it has more than the {most} bytes allowed")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        unread(path).because(format!("it is not UTF-8 from byte {at} on"))
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

fn unread(path: &Path) -> Error {
    Error::failed(format!("could not read `{}`", path.display()))
}

/// Writes a file whole or not at all: readers see the old text or the new one, whatever happens.
///
/// Who may read a file that was there before is not changed.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
    replace(path, text, |draft, path| {
        let mut new = fs::OpenOptions::new();
        let file = new.write(true).create_new(true).open(draft)?;
        match fs::metadata(path) {
            Ok(old) => file.set_permissions(old.permissions()).map(|()| file),
            Err(_) => Ok(file),
        }
    })
}

/// Writes a file whole or not at all that only its owner may read.
pub(super) fn write_private(path: &Path, text: &str) -> Result<(), Error> {
    replace(path, text, |draft, _| create_private(draft))
}

/// Makes a file that was not there, that is written at its end, and that only its owner may read.
pub(super) fn create_private(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.append(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    options.open(path)
}

fn replace(
    path: &Path,
    text: &str,
    make: impl FnOnce(&Path, &Path) -> io::Result<fs::File>,
) -> Result<(), Error> {
    let failed = |error: io::Error| {
        Error::failed(format!("could not write `{}`", path.display())).caused_by(&error)
    };
    // A link is followed, so that what it points to is replaced and not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or_else(|| Path::new("."));
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let draft = folder.join(format!(".{name}.{}", std::process::id()));
    let mut file = make(&draft, &path).map_err(failed)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&draft, &path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written.map_err(failed)
}
