//! `[tags]`: tags for everything that is made.

use thiserror::Error;

use crate::model::Tags;
use crate::toml_source::Table;

/// The key that marks what cis-fix made; no user may set it.
pub const RESERVED_TAG: &str = "cis-fix";

/// How many tags a user may set: a resource has 50 at most, and one of them is the mark of cis-fix.
pub const MOST_TAGS: usize = 49;

/// Why a tag is refused (CloudWatch and SNS API, `Tag`).
#[derive(Debug, Clone, PartialEq, Eq, Error)]
enum TagError {
    #[error("the tag `{RESERVED_TAG}` is reserved: it marks what cis-fix made")]
    Reserved,
    #[error("the tag `{0}` is reserved: keys that begin with `aws:` belong to AWS")]
    OfAws(String),
    #[error("the key of a tag has 1 to 128 characters, not {0}")]
    KeyLength(usize),
    #[error("the value of a tag has at most 256 characters, not {0}")]
    ValueLength(usize),
    #[error("a tag has no control characters")]
    Control,
}

/// Reads the tags.
pub(super) fn read(mut table: Table<'_>) -> Option<Tags> {
    let keys = table.keys();
    if keys.len() > MOST_TAGS {
        let message = format!(
            "there are {} tags, more than the {MOST_TAGS} allowed beside `{RESERVED_TAG}`",
            keys.len()
        );
        table.document().record(table.span(), message);
    }
    let mut read = Vec::new();
    for key in keys {
        let refusal = check_key(key.value);
        if let Err(refusal) = &refusal {
            table.document().record(key.span, refusal);
        }
        let value = table
            .optional(key.value)
            .and_then(|member| member.parsed(value));
        read.push(value.map(|value| (key.value.to_owned(), value.value)));
    }
    table.close();
    read.into_iter().collect()
}

fn check_key(key: &str) -> Result<(), TagError> {
    let length = key.chars().count();
    if key == RESERVED_TAG {
        Err(TagError::Reserved)
    } else if key.to_lowercase().starts_with("aws:") {
        Err(TagError::OfAws(key.to_owned()))
    } else if !(1..=128).contains(&length) {
        Err(TagError::KeyLength(length))
    } else if key.chars().any(char::is_control) {
        Err(TagError::Control)
    } else {
        Ok(())
    }
}

fn value(text: &str) -> Result<String, TagError> {
    let length = text.chars().count();
    if length > 256 {
        Err(TagError::ValueLength(length))
    } else if text.chars().any(char::is_control) {
        Err(TagError::Control)
    } else {
        Ok(text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reserved_and_overlong_tags_are_refused() {
        assert_eq!(check_key("cis-fix"), Err(TagError::Reserved));
        assert_eq!(check_key("AWS:x"), Err(TagError::OfAws("AWS:x".to_owned())));
        assert_eq!(check_key(""), Err(TagError::KeyLength(0)));
        assert_eq!(check_key(&"k".repeat(128)), Ok(()));
        assert_eq!(check_key(&"k".repeat(129)), Err(TagError::KeyLength(129)));
        assert_eq!(value(&"v".repeat(257)), Err(TagError::ValueLength(257)));
        assert_eq!(value("a\u{7f}"), Err(TagError::Control));
        assert_eq!(value(""), Ok(String::new()));
    }
}
