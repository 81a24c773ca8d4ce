//! Mistakes of files: what is wrong, where, and how it was probably meant.

use std::fmt;
use std::ops::Range;

use super::document::SourceFile;
use super::render::{Colour, render};
use crate::escape::visible;

/// The greatest number of characters of a message or a hint; the middle of a longer one is left out.
const LONGEST_MESSAGE: usize = 600;

/// A mistake in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The name of the file.
    pub file: String,
    /// Where in the file, as a range of bytes.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// How it was probably meant, or what is allowed.
    pub hint: Option<String>,
}

impl Diagnostic {
    /// Makes a mistake; control characters in the message are escaped, and a very long one is shortened.
    #[must_use]
    pub fn new(file: &str, span: Range<usize>, message: &str) -> Self {
        Self {
            file: visible(file).into_owned(),
            span,
            message: presentable(message),
            hint: None,
        }
    }

    /// Adds advice.
    #[must_use]
    pub fn with_hint(self, hint: &str) -> Self {
        Self {
            hint: Some(presentable(hint)),
            ..self
        }
    }
}

/// All mistakes of some files. There is at least one.
#[derive(Debug, Clone, PartialEq, Eq)]
// INVARIANT: `list` is not empty and is sorted by file, in the order of `files`, then by place.
pub struct Mistakes {
    files: Vec<SourceFile>,
    list: Vec<Diagnostic>,
}

impl Mistakes {
    /// Sorts mistakes by their places; none when the list is empty.
    #[must_use]
    pub fn collect(files: Vec<SourceFile>, list: Vec<Diagnostic>) -> Option<Self> {
        if list.is_empty() {
            return None;
        }
        let names: Vec<_> = files.iter().map(|file| visible(&file.name)).collect();
        let rank = |mistake: &Diagnostic| names.iter().position(|name| *name == mistake.file);
        let mut list = list;
        list.sort_by_cached_key(|mistake| (rank(mistake), mistake.span.start, mistake.span.end));
        list.dedup();
        Some(Self { files, list })
    }

    /// Returns the mistakes in the order of their places.
    #[must_use]
    pub fn list(&self) -> &[Diagnostic] {
        &self.list
    }

    /// Shows every mistake with its file, line and column, and the offending text underlined.
    #[must_use]
    pub fn render(&self, colour: Colour) -> String {
        render(&self.files, &self.list, colour)
    }
}

impl fmt::Display for Mistakes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Colour::Never))
    }
}

impl std::error::Error for Mistakes {}

fn presentable(text: &str) -> String {
    let text = visible(text);
    let length = text.chars().count();
    if length <= LONGEST_MESSAGE {
        return text.into_owned();
    }
    let half = LONGEST_MESSAGE / 2;
    let head = text.chars().take(half);
    let tail = text.chars().skip(length - half);
    head.chain(['…']).chain(tail).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_very_long_message_keeps_its_head_and_its_tail() {
        let shown = presentable(&format!("head{}tail", "x".repeat(5000)));
        assert_eq!(shown.chars().count(), LONGEST_MESSAGE + 1);
        assert!(shown.starts_with("head") && shown.ends_with("tail"));
    }

    #[test]
    fn mistakes_are_sorted_by_file_and_place_and_told_once() {
        let file = |name: &str| SourceFile {
            name: name.to_owned(),
            text: "abcdef".to_owned(),
        };
        let mistake = |name, start: usize| Diagnostic::new(name, start..start + 1, "wrong");
        let found = vec![
            mistake("b", 0),
            mistake("a", 3),
            mistake("a", 1),
            mistake("a", 3),
        ];
        let mistakes = Mistakes::collect(vec![file("a"), file("b")], found).unwrap();
        let places: Vec<_> = mistakes
            .list()
            .iter()
            .map(|m| (m.file.as_str(), m.span.start))
            .collect();
        assert_eq!(places, [("a", 1), ("a", 3), ("b", 0)]);
        assert_eq!(Mistakes::collect(Vec::new(), Vec::new()), None);
    }
}
