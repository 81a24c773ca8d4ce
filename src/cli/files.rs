//! Reading and writing files, with errors that name them.

use std::fs;
use std::io::{self, Read, Write};
use std::path::Path;

use super::error::Error;

/// Returns the text of a file that has `most` bytes at most, without the byte order mark of some editors.
///
/// No more than that is read, since a file such as `/dev/zero` never ends.
pub(super) fn read(path: &Path, most: usize) -> Result<String, Error> {
    let failed = || Error::failed(format!("could not read `{}`", path.display()));
    let mut bytes = Vec::new();
    let one_more = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    fs::File::open(path)
        .and_then(|file| file.take(one_more).read_to_end(&mut bytes))
        .map_err(|error| failed().caused_by(&error))?;
    if bytes.len() > most {
        return Err(failed().because(format!("it has more than the {most} bytes allowed")));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        failed().because(format!("it is not UTF-8 from byte {at} on"))
    })?;
    Ok(match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// Writes a file whole or not at all: readers see the old text or the new one, whatever happens.
///
/// Who may read a file that was there before is not changed.
pub(super) fn write(path: &Path, text: &str) -> Result<(), Error> {
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
    let mut file = fs::File::create_new(&draft).map_err(failed)?;
    let written = fs::metadata(&path)
        .map_or(Ok(()), |old| file.set_permissions(old.permissions()))
        .and_then(|()| file.write_all(text.as_bytes()))
        .and_then(|()| file.sync_all())
        .and_then(|()| fs::rename(&draft, &path));
    if written.is_err() {
        let _ = fs::remove_file(&draft);
    }
    written.map_err(failed)
}
