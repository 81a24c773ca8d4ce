//! The catalog, the settings, and what an account should hold.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "what cannot be read fails its test"
)]

mod builtin;
mod desired;
mod examples;
mod hostile;
mod mistakes;
mod published;
mod recorded;
mod settings;

use std::path::Path;

use cis_fix::toml_source::SourceFile;

/// Reads a file of the project under the name that reports show.
fn source(path: impl AsRef<Path>) -> SourceFile {
    let path = path.as_ref();
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path));
    SourceFile {
        name: path.display().to_string(),
        text: text.unwrap_or_else(|error| panic!("{}: {error}", path.display())),
    }
}

/// Returns the names of the files in a folder of the project, in the order of the alphabet.
fn files(folder: &str) -> Vec<String> {
    let entries = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
