//! The members of a JSON object, each taken as the type that is wanted.

use serde_json::{Map, Value};

use super::StoredError;
use crate::model::Tags;

/// The members of an object.
pub(super) struct Members<'value>(&'value Map<String, Value>);

impl<'value> Members<'value> {
    /// Returns the members of a value that must be an object; `what` names it.
    pub(super) fn of(what: &str, value: &'value Value) -> Result<Self, StoredError> {
        let members = value.as_object();
        members
            .map(Self)
            .ok_or_else(|| StoredError::new(format!("`{what}` is not an object")))
    }

    /// Returns a member, or none when it is not there.
    pub(super) fn optional(&self, name: &str) -> Option<&'value Value> {
        self.0.get(name)
    }

    /// Returns a member.
    pub(super) fn value(&self, name: &str) -> Result<&'value Value, StoredError> {
        self.optional(name)
            .ok_or_else(|| StoredError::new(format!("there is no `{name}`")))
    }

    /// Returns a text.
    pub(super) fn text(&self, name: &str) -> Result<&'value str, StoredError> {
        self.value(name)?
            .as_str()
            .ok_or_else(|| StoredError::new(format!("`{name}` is not a text")))
    }

    /// Returns a number.
    pub(super) fn number(&self, name: &str) -> Result<f64, StoredError> {
        self.value(name)?
            .as_f64()
            .filter(|number| number.is_finite())
            .ok_or_else(|| StoredError::new(format!("`{name}` is not a number")))
    }

    /// Returns a whole number.
    pub(super) fn count(&self, name: &str) -> Result<u32, StoredError> {
        self.value(name)?
            .as_u64()
            .and_then(|number| u32::try_from(number).ok())
            .ok_or_else(|| StoredError::new(format!("`{name}` is not a whole number")))
    }

    /// Returns a list.
    pub(super) fn list(&self, name: &str) -> Result<&'value [Value], StoredError> {
        self.value(name)?
            .as_array()
            .map(Vec::as_slice)
            .ok_or_else(|| StoredError::new(format!("`{name}` is not a list")))
    }

    /// Returns a list of texts.
    pub(super) fn texts(&self, name: &str) -> Result<Vec<String>, StoredError> {
        let texts = self.list(name)?.iter().map(|value| {
            let text = value.as_str().map(str::to_owned);
            text.ok_or_else(|| {
                StoredError::new(format!("`{name}` holds something that is no text"))
            })
        });
        texts.collect()
    }

    /// Returns tags: a list of pairs.
    pub(super) fn tags(&self, name: &str) -> Result<Tags, StoredError> {
        let pairs = self.list(name)?.iter().map(|value| {
            let pair = Self::of(name, value)?;
            Ok((pair.text("Key")?.to_owned(), pair.text("Value")?.to_owned()))
        });
        pairs.collect()
    }
}
