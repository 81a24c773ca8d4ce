//! Patterns as they are given: on the command line, or in a file.

use std::path::Path;

use crate::cli::error::Error;
use crate::cli::files;
use crate::pattern::{ParseError, Pattern};
use crate::toml_source::{Diagnostic, LARGEST_FILE, Mistakes, SourceFile};

/// What stands before the name of a file that holds a pattern. No pattern begins with it.
const FILE_MARK: char = '@';

/// Reads patterns, each with the name of its argument. The mistakes of all are told together, each with its place.
pub(super) fn patterns<const COUNT: usize>(
    arguments: [(&str, &str); COUNT],
) -> Result<[Pattern; COUNT], Error> {
    let mut sources = Vec::new();
    for (name, argument) in arguments {
        sources.push(source(name, argument)?);
    }
    let mut patterns = Vec::new();
    let mut mistakes = Vec::new();
    for source in &sources {
        match Pattern::parse(&source.text) {
            Ok(pattern) => patterns.push(pattern),
            Err(error) => mistakes.push(mistake(source, &error)),
        }
    }
    patterns.try_into().map_err(|_| refused(sources, mistakes))
}

/// Returns the text of a pattern, with the name under which its mistakes are told: that of the argument, or the file with its mark.
fn source(name: &str, argument: &str) -> Result<SourceFile, Error> {
    let Some(file) = argument.strip_prefix(FILE_MARK) else {
        return Ok(SourceFile {
            name: name.to_owned(),
            text: argument.to_owned(),
        });
    };
    let mut text = files::read(Path::new(file), LARGEST_FILE)?;
    // Editors end the last line; that is no part of the pattern.
    if text.ends_with('\n') {
        text.pop();
        if text.ends_with('\r') {
            text.pop();
        }
    }
    Ok(SourceFile {
        name: argument.to_owned(),
        text,
    })
}

fn mistake(source: &SourceFile, error: &ParseError) -> Diagnostic {
    let mistake = Diagnostic::new(&source.name, error.span(), &error.to_string());
    match error.hint() {
        Some(hint) => mistake.with_hint(hint),
        None => mistake,
    }
}

/// Returns the refusal of texts that are no patterns.
fn refused(sources: Vec<SourceFile>, mistakes: Vec<Diagnostic>) -> Error {
    let names: Vec<String> = mistakes
        .iter()
        .map(|mistake| format!("`{}`", mistake.file))
        .collect();
    let message = match names.as_slice() {
        [name] => format!("{name} is no filter pattern"),
        several => format!("{} are no filter patterns", several.join(" and ")),
    };
    match Mistakes::collect(sources, mistakes) {
        Some(mistakes) => Error::exhibit(message, mistakes),
        None => Error::failed(message),
    }
}
