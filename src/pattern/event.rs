//! Log events: a message, and its reading as JSON.
//!
//! A message is any text. Only one that is a single JSON object can match a JSON pattern; which text it is otherwise does not matter
//! here. An object nested deeper than 127 levels counts as text.

use std::fmt;

use serde_json::Value;

/// The levels of lists and objects that a message may nest; deeper ones are taken as text.
pub(crate) const MAXIMUM_DEPTH: usize = 127;

/// One log event: its message, and the object in it when it is JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    text: String,
    value: Option<Value>,
}

impl Event {
    /// Reads a message. Every text is an event.
    #[must_use]
    pub fn parse(message: &str) -> Self {
        let value = serde_json::from_str(message).ok().filter(Value::is_object);
        Self {
            text: message.to_owned(),
            value,
        }
    }

    /// Makes the event whose message is the given JSON value.
    #[must_use]
    pub fn from_value(value: Value) -> Self {
        let text = value.to_string();
        let object = value.is_object() && is_within(&value, MAXIMUM_DEPTH);
        Self {
            text,
            value: object.then_some(value),
        }
    }

    /// Returns the message.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the JSON object that the message is, or nothing when it is any other text.
    #[must_use]
    pub fn value(&self) -> Option<&Value> {
        self.value.as_ref()
    }
}

/// Tells whether lists and objects nest no deeper than `levels`.
fn is_within(value: &Value, levels: usize) -> bool {
    let Some(inside) = levels.checked_sub(1) else {
        return !value.is_array() && !value.is_object();
    };
    match value {
        Value::Array(elements) => elements.iter().all(|element| is_within(element, inside)),
        Value::Object(members) => members.values().all(|member| is_within(member, inside)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => true,
    }
}

impl fmt::Display for Event {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::{Event, Value};

    #[test]
    fn only_a_single_object_is_read_as_json() {
        for text in [
            "",
            "plain",
            "[1,2]",
            "3",
            "{\"a\":1} trailing",
            "2024 {\"a\":1}",
            "{\"a\":1}{\"b\":2}",
            "{\"a\":\"\\ud800\"}",
        ] {
            assert_eq!(Event::parse(text).value(), None, "{text}");
            assert_eq!(Event::parse(text).text(), text);
        }
        assert!(Event::parse("  {\"a\":1}\n").value().is_some());
    }

    #[test]
    fn too_deep_an_object_is_text_however_the_event_was_made() {
        for (depth, is_object) in [(127, true), (128, false)] {
            let text = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
            assert_eq!(Event::parse(&text).value().is_some(), is_object, "{depth}");
            let value =
                (0..depth).fold(Value::from(1), |inner, _| serde_json::json!({ "a": inner }));
            assert_eq!(
                Event::from_value(value).value().is_some(),
                is_object,
                "{depth}"
            );
        }
    }

    #[test]
    fn numbers_keep_every_digit() {
        let event = Event::parse(r#"{"a":1.0,"b":9007199254740993,"c":0.10}"#);
        assert_eq!(
            event.value().unwrap().to_string(),
            r#"{"a":1.0,"b":9007199254740993,"c":0.10}"#
        );
    }
}
