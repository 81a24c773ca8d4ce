//! Why a text is not a filter pattern: where, what, and how it was probably meant.
//!
//! Nothing is printed here; the span lets a caller underline the mistake.

use std::fmt;
use std::ops::Range;

/// What is wrong with a text that is not a filter pattern.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseErrorKind {
    /// The text is longer than the service accepts.
    #[error(
        "the pattern has {length} characters, more than the {} allowed",
        crate::pattern::MAXIMUM_LENGTH
    )]
    TooLong {
        /// The number of characters.
        length: usize,
    },
    /// The text opens with a brace, a bracket or a percent sign and does not close with its partner.
    #[error("a pattern that starts with `{opening}` must end with `{closing}`")]
    Unclosed {
        /// The first character.
        opening: char,
        /// The last character that it asks for.
        closing: char,
    },
    /// The grammar wants something else at this place.
    #[error("expected {expected}, found {found}")]
    Unexpected {
        /// What the grammar wants.
        expected: &'static str,
        /// What the text holds, in backticks, or its end.
        found: String,
    },
    /// A character that has no meaning at this place.
    #[error("the character `{0}` is not allowed here")]
    Character(char),
    /// A quoted text without its closing quote.
    #[error("a quoted text is not closed")]
    UnclosedText,
    /// A regular expression without its closing percent sign.
    #[error("a regular expression is not closed")]
    UnclosedRegex,
    /// A selector that is not one.
    #[error("`{0}` is not a selector")]
    Selector(String),
    /// An exponent outside 32 bits.
    #[error("the exponent of `{0}` is too large")]
    Exponent(String),
    /// A regular expression that does not compile.
    #[error("the regular expression does not compile: {0}")]
    Regex(String),
    /// More regular expressions than the service accepts in one pattern.
    #[error(
        "a pattern may hold {} regular expressions at most",
        crate::pattern::MAXIMUM_REGEXES
    )]
    TooManyRegexes,
    /// A selector with a second wildcard step.
    #[error("a selector may hold one wildcard step at most")]
    TooManyWildcardSteps,
    /// More selectors with a wildcard step than the service accepts in one pattern.
    #[error(
        "a pattern may hold {} selectors with a wildcard step at most",
        crate::pattern::MAXIMUM_WILDCARD_SELECTORS
    )]
    TooManyWildcardSelectors,
    /// A group without its closing parenthesis.
    #[error("a parenthesis is not closed")]
    UnclosedGroup,
    /// Two fields of one name.
    #[error("the field `{0}` occurs twice")]
    DuplicateField(String),
    /// A condition that names another field than the one it belongs to.
    #[error("a condition of the field `{field}` may not name `{other}`")]
    OtherField {
        /// The field that the condition belongs to.
        field: String,
        /// The field that it names.
        other: String,
    },
    /// A second `...` in one pattern.
    #[error("`...` may occur once at most")]
    DuplicateEllipsis,
}

/// A text that is not a filter pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    text: String,
    fault: Fault,
}

impl ParseError {
    pub(crate) fn new(text: &str, fault: Fault) -> Self {
        Self {
            text: text.to_owned(),
            fault,
        }
    }

    /// Returns the whole text that was read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the bytes of the text that the mistake covers; an empty range stands between two characters or at the end.
    #[must_use]
    pub fn span(&self) -> Range<usize> {
        self.fault.span.clone()
    }

    /// Returns what is wrong.
    #[must_use]
    pub fn kind(&self) -> &ParseErrorKind {
        &self.fault.kind
    }

    /// Returns how the text was probably meant, when that is known.
    #[must_use]
    pub fn hint(&self) -> Option<&str> {
        self.fault.hint.as_deref()
    }
}

/// Says what is wrong, in one line.
impl fmt::Display for ParseError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&in_one_line(&self.fault.kind.to_string()))
    }
}

/// Shows line breaks and invisible characters, which the text of a pattern may hold, as escapes.
fn in_one_line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\'' | '"' | '\\' => shown.push(character),
            _ => shown.extend(character.escape_debug()),
        }
    }
    shown
}

impl std::error::Error for ParseError {}

/// A mistake at a place, before the text is attached to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) span: Range<usize>,
    pub(crate) kind: ParseErrorKind,
    pub(crate) hint: Option<String>,
}

impl Fault {
    pub(crate) fn new(span: Range<usize>, kind: ParseErrorKind) -> Self {
        Self {
            span,
            kind,
            hint: None,
        }
    }

    pub(crate) fn with_hint(self, hint: impl AsRef<str>) -> Self {
        Self {
            hint: Some(in_one_line(hint.as_ref())),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::pattern::Pattern;

    #[test]
    fn a_message_is_one_line_whatever_the_text_holds() {
        let table = [
            (
                "%a\nb%",
                r"the regular expression does not compile: `\n` is not allowed",
            ),
            (
                "%[\n]%",
                r"the regular expression does not compile: `\n` is not allowed in a class",
            ),
            (
                "{ $.a = \u{202e} }",
                r"the character `\u{202e}` is not allowed here",
            ),
            ("a\u{7}", r"the character `\u{7}` is not allowed here"),
            ("a'", "the character `'` is not allowed here"),
            ("a\\", r"the character `\` is not allowed here"),
        ];
        for (text, message) in table {
            assert_eq!(Pattern::parse(text).unwrap_err().to_string(), message);
        }
        let error = Pattern::parse("%a\nb%").unwrap_err();
        assert_eq!(error.hint(), Some(r"write `\x0a` for `\n`"));
    }
}
