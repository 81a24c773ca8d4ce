//! Members of an answer that must be there and make sense.

use std::fmt;

use crate::model::{CallError, CallErrorKind, Reading};

/// Returns the failure of an answer to `action` that cannot be understood.
pub(super) fn malformed(action: &str, message: impl Into<String>) -> CallError {
    CallError::new(action, CallErrorKind::Malformed, message)
}

/// Returns a member that the answer cannot do without.
pub(super) fn needed<T>(action: &str, member: &str, value: Option<T>) -> Reading<T> {
    value.ok_or_else(|| malformed(action, format!("the answer has no `{member}`")))
}

/// Returns a text that the answer cannot do without; the SDK fills in an empty one when it is absent.
pub(super) fn needed_text(action: &str, member: &str, value: Option<&str>) -> Reading<String> {
    let text = value.filter(|text| !text.is_empty());
    needed(action, member, text).map(str::to_owned)
}

/// Returns a member that was parsed, or the failure that says why it could not be.
pub(super) fn parsed<T, E: fmt::Display>(action: &str, value: Result<T, E>) -> Reading<T> {
    value.map_err(|error| malformed(action, error.to_string()))
}
