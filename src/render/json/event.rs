//! An event as it stands in a document.

use serde_json::Value;

use crate::pattern::Event;

/// Returns an event as the object that it is, or as its text when it is none.
pub(super) fn event(event: &Event) -> Value {
    match event.value() {
        Some(value) => value.clone(),
        None => Value::from(event.text()),
    }
}
