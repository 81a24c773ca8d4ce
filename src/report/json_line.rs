//! JSON for reading: an event in one line with room to breathe, a document in indented lines.
//!
//! Machine-readable output is not made here but in `render/json`.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{Formatter, Serializer};

use crate::pattern::Event;

/// How many characters of an event are shown at most.
const LONGEST: usize = 600;

/// Returns an event in one line; a very long one is cut and ends in `…`.
pub(super) fn json_line(event: &Event) -> String {
    let line = event
        .value()
        .and_then(spaced)
        .unwrap_or_else(|| event.text().to_owned());
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// Returns the lines of a JSON object or array; none when `text` is not one.
pub(super) fn json_lines(text: &str) -> Option<Vec<String>> {
    let value: Value = serde_json::from_str(text).ok()?;
    if !(value.is_object() || value.is_array()) {
        return None;
    }
    let pretty = serde_json::to_string_pretty(&value).ok()?;
    Some(pretty.lines().map(str::to_owned).collect())
}

fn spaced(value: &Value) -> Option<String> {
    let mut bytes = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut bytes, Spaced);
    value.serialize(&mut serializer).ok()?;
    String::from_utf8(bytes).ok()
}

/// One line with a space after each colon and comma.
struct Spaced;

impl Formatter for Spaced {
    fn begin_array_value<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        separate(out, first)
    }

    fn begin_object_key<W: ?Sized + Write>(&mut self, out: &mut W, first: bool) -> io::Result<()> {
        separate(out, first)
    }

    fn begin_object_value<W: ?Sized + Write>(&mut self, out: &mut W) -> io::Result<()> {
        out.write_all(b": ")
    }
}

fn separate<W: ?Sized + Write>(out: &mut W, first: bool) -> io::Result<()> {
    if first { Ok(()) } else { out.write_all(b", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_has_room_to_breathe() {
        let event = Event::parse(r#"{"a":{"b":[1,2.50]},"c":"x,y:z"}"#);
        assert_eq!(
            json_line(&event),
            r#"{"a": {"b": [1, 2.50]}, "c": "x,y:z"}"#
        );
    }

    #[test]
    fn what_is_not_json_is_shown_as_it_is() {
        assert_eq!(json_line(&Event::parse("not json")), "not json");
    }

    #[test]
    fn a_very_long_event_is_cut_between_characters() {
        let event = Event::parse(&"ü".repeat(LONGEST + 1));
        assert_eq!(json_line(&event), format!("{} …", "ü".repeat(LONGEST)));
        let event = Event::parse(&"ü".repeat(LONGEST));
        assert_eq!(json_line(&event), "ü".repeat(LONGEST));
    }

    #[test]
    fn only_objects_and_arrays_have_lines() {
        assert_eq!(json_lines("[1]").unwrap(), ["[", "  1", "]"]);
        assert_eq!(json_lines("1"), None);
        assert_eq!(json_lines("{ $.a = 1 }"), None);
    }
}
