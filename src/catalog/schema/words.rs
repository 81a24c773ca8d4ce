//! Texts for people, and small words with a form of their own.

use thiserror::Error;

use crate::toml_source::Table;

/// The greatest number of characters of a title.
pub(super) const TITLE: usize = 160;

/// The greatest number of characters of a few sentences.
///
/// A title, sentences and what cis-fix adds make up an alarm's description, which may have 1024 characters.
pub(super) const SENTENCES: usize = 400;

/// Why a text is refused.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(super) enum WordsError {
    #[error("the text is empty")]
    Empty,
    #[error("the text must be one line without control characters")]
    Lines,
    #[error("the text has {length} characters, more than the {longest} allowed")]
    Long { length: usize, longest: usize },
    #[error("`{0}` is not an event source, such as `ec2.amazonaws.com`")]
    EventSource(String),
    #[error("`{0}` is not the name of a framework: lower-case letters, digits, `.` and `-`")]
    Framework(String),
    #[error("`{0}` is not a number of Security Hub, such as `CloudWatch.13`")]
    SecurityHub(String),
    #[error("`{0}` is not a number of the benchmark, such as `4.13`")]
    Number(String),
}

/// Reads a text for people that must be there.
pub(super) fn required(table: &mut Table<'_>, key: &str, longest: usize) -> Option<String> {
    let text = table.required(key)?.parsed(|text| line(text, longest))?;
    Some(text.value)
}

/// Returns the text if it is one line of at most `longest` characters.
pub(super) fn line(text: &str, longest: usize) -> Result<String, WordsError> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        Err(WordsError::Empty)
    } else if text.chars().any(char::is_control) {
        Err(WordsError::Lines)
    } else if length > longest {
        Err(WordsError::Long { length, longest })
    } else {
        Ok(text.to_owned())
    }
}

/// Returns the text if it names a service as events do.
pub(super) fn event_source(text: &str) -> Result<String, WordsError> {
    let legal = |label: &str| {
        !label.is_empty()
            && label
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
    };
    if text.len() <= 128 && text.contains('.') && text.split('.').all(legal) {
        Ok(text.to_owned())
    } else {
        Err(WordsError::EventSource(text.to_owned()))
    }
}

/// Returns the text if it can name a framework.
pub(super) fn framework(text: &str) -> Result<String, WordsError> {
    let legal = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '.' || c == '-';
    if !text.is_empty() && text.len() <= 64 && text.chars().all(legal) {
        Ok(text.to_owned())
    } else {
        Err(WordsError::Framework(text.to_owned()))
    }
}

/// Returns the text if it is a number of Security Hub.
pub(super) fn security_hub(text: &str) -> Result<String, WordsError> {
    let legal = |(service, number): (&str, &str)| {
        !service.is_empty()
            && service.chars().all(|c| c.is_ascii_alphanumeric())
            && number.parse::<u16>().is_ok()
    };
    if text.len() <= 64 && text.split_once('.').is_some_and(legal) {
        Ok(text.to_owned())
    } else {
        Err(WordsError::SecurityHub(text.to_owned()))
    }
}

/// Returns the section and the number in it of a text such as `4.13`.
pub(super) fn number(text: &str) -> Result<(u8, u32), WordsError> {
    let parts = text
        .split_once('.')
        .and_then(|(section, number)| Some((section.parse().ok()?, number.parse().ok()?)));
    parts
        .filter(|(section, number): &(u8, u32)| format!("{section}.{number}") == text)
        .ok_or_else(|| WordsError::Number(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_one_spelling() {
        assert_eq!(number("4.13"), Ok((4, 13)));
        for text in ["4", "4.", ".13", "4.013", "+4.1", "4.1.2", "300.1", "4.x"] {
            assert!(number(text).is_err(), "{text}");
        }
    }

    #[test]
    fn texts_for_people_are_one_short_line() {
        assert!(line("Root account usage", TITLE).is_ok());
        assert_eq!(line(" ", TITLE), Err(WordsError::Empty));
        assert_eq!(line("a\nb", TITLE), Err(WordsError::Lines));
        assert_eq!(
            line("abc", 2),
            Err(WordsError::Long {
                length: 3,
                longest: 2
            })
        );
    }

    #[test]
    fn event_sources_look_like_hosts() {
        assert!(event_source("ec2.amazonaws.com").is_ok());
        for text in [
            "ec2",
            "EC2.amazonaws.com",
            "ec2..com",
            "*.amazonaws.com",
            "",
        ] {
            assert!(event_source(text).is_err(), "{text}");
        }
    }
}
