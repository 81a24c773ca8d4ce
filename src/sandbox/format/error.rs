//! Why a text is not a sandbox account.

use std::fmt;

use thiserror::Error;

use super::{MAXIMUM_BYTES, SCHEMA};

/// How many characters of the parser's message are kept.
const LONGEST_MESSAGE: usize = 600;

/// A text that is not a sandbox account.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FormatError {
    /// The text is too long to be read.
    #[error("the sandbox has {bytes} bytes, more than the {MAXIMUM_BYTES} allowed")]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
    },
    /// The text is another format, or another version of this one.
    #[error("the sandbox has the format `{found}`, but this version reads `{SCHEMA}`")]
    Schema {
        /// The format that it names.
        found: String,
    },
    /// The text is not JSON, or a member is unknown, missing or of a wrong type.
    #[error("line {line}, column {column}: {message}")]
    Form {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
        /// What is wrong there.
        message: String,
        /// The right spelling, when there is a likely one.
        hint: Option<String>,
    },
    /// The text has the right form, but what it says cannot be.
    #[error("{}", in_one_line(.0))]
    Mistakes(Vec<Mistake>),
}

/// Something that cannot be, and where it is said.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The place, such as `topics[0].arn`.
    pub place: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.message)
    }
}

fn in_one_line(mistakes: &[Mistake]) -> String {
    let lines: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
    lines.join("; ")
}

impl FormatError {
    /// Returns advice, when there is some.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        match self {
            Self::Form { hint, .. } => hint.as_deref(),
            Self::TooLarge { .. } | Self::Schema { .. } | Self::Mistakes(_) => None,
        }
    }

    pub(super) fn form(error: &serde_json::Error) -> Self {
        let place = format!(" at line {} column {}", error.line(), error.column());
        let text = error.to_string();
        let message = text.strip_suffix(&place).unwrap_or(&text);
        Self::Form {
            line: error.line(),
            // The parser stands before the first column at the end of a text.
            column: error.column().max(1),
            message: shortened(&in_words_of_json(message)),
            hint: near_miss(message),
        }
    }
}

/// Returns a message without the rest of a name that is too long to be one.
fn shortened(message: &str) -> String {
    match message.char_indices().nth(LONGEST_MESSAGE) {
        None => message.to_owned(),
        Some(_) => message.chars().take(LONGEST_MESSAGE).chain(['…']).collect(),
    }
}

/// Replaces the parser's words by those of JSON: first how it begins, then the names of types.
fn in_words_of_json(message: &str) -> String {
    let beginnings = [
        ("EOF while parsing ", "the text ends in the middle of "),
        ("expected value", "expected a value"),
        ("duplicate field ", "there is more than one "),
        ("missing field ", "there is no "),
        ("unknown field ", "unknown member "),
        ("unknown variant ", "unknown value "),
    ];
    let message = beginnings
        .into_iter()
        .find_map(|(old, new)| Some(format!("{new}{}", message.strip_prefix(old)?)))
        .unwrap_or_else(|| message.to_owned());
    let words = [
        ("expected u32", "expected a whole number below 4294967296"),
        ("expected f64", "expected a number"),
        ("expected a sequence", "expected a list"),
        ("expected a map", "expected an object"),
        ("invalid type: sequence", "invalid type: list"),
        ("invalid type: map", "invalid type: object"),
    ];
    words
        .into_iter()
        .fold(message, |text, (old, new)| text.replace(old, new))
}

/// Returns the likeliest of the names that the parser expected, for a name that it does not know.
///
/// The parser says both in its message alone, in backticks, the unknown name first.
fn near_miss(message: &str) -> Option<String> {
    let unknown = ["unknown field", "unknown variant"];
    if !unknown.iter().any(|start| message.starts_with(start)) {
        return None;
    }
    let mut names = message.split('`').skip(1).step_by(2);
    let found = names.next()?;
    nearest(found, names).map(|name| format!("did you mean `{name}`?"))
}

/// Returns the name that `found` was probably meant to be. No name is meant by a very long text.
pub(super) fn nearest<'name>(
    found: &str,
    names: impl IntoIterator<Item = &'name str>,
) -> Option<&'name str> {
    if found.len() > 64 {
        return None;
    }
    names
        .into_iter()
        .map(|name| (strsim::damerau_levenshtein(found, name), name))
        .filter(|(distance, name)| *distance <= 1 + name.chars().count() / 4)
        .min()
        .map(|(_, name)| name)
}
