//! The mistakes of a text, gathered while it is read.

use crate::sandbox::format::error::{FormatError, Mistake, nearest};

/// The mistakes found so far.
#[derive(Default)]
pub(super) struct Mistakes(Vec<Mistake>);

impl Mistakes {
    pub(super) fn add(&mut self, place: &str, message: impl Into<String>) {
        self.0.push(Mistake {
            place: place.to_owned(),
            message: message.into(),
        });
    }

    /// Returns the value, or keeps why there is none.
    pub(super) fn take<T, E: ToString>(&mut self, place: &str, result: Result<T, E>) -> Option<T> {
        result
            .map_err(|error| self.add(place, error.to_string()))
            .ok()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn into_error(self) -> FormatError {
        let mut mistakes = self.0;
        mistakes.sort();
        FormatError::Mistakes(mistakes)
    }
}

/// Returns `: did you mean …?` with the likeliest of the names, or nothing when none is near.
pub(super) fn likeliest<const N: usize>(found: &str, names: [&str; N]) -> String {
    nearest(found, names).map_or_else(String::new, |name| format!(": did you mean `{name}`?"))
}
