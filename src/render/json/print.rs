//! Prints a shape as JSON that is safe to look at: hidden characters are escaped as `\uXXXX`.

use std::fmt::Write;

use serde::Serialize;
use serde_json::Value;

use crate::escape::is_hidden;

/// Returns a shape as a value.
#[expect(
    clippy::expect_used,
    reason = "the shapes have text keys and no fallible parts"
)]
pub(super) fn value(shape: &impl Serialize) -> Value {
    serde_json::to_value(shape).expect("a shape is always JSON")
}

/// Returns a shape in indented lines, the last of which ends in a line break.
#[expect(
    clippy::expect_used,
    reason = "the shapes have text keys and no fallible parts"
)]
pub(in crate::render) fn pretty(shape: &impl Serialize) -> String {
    let json = serde_json::to_string_pretty(shape).expect("a shape is always JSON");
    format!("{}\n", escaped(&json))
}

/// Returns a JSON document in which no string holds a hidden character.
///
/// Outside of strings JSON has no hidden characters but the white space of its layout, so all others are
/// inside of strings, where an escape means the same. The same holds for `##[`, which the runner of GitHub
/// Actions would take for a command.
pub(super) fn escaped(json: &str) -> String {
    let mut shown = String::with_capacity(json.len());
    for c in json.chars() {
        if (c != '\n' && is_hidden(c)) || (c == '[' && shown.ends_with("##")) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing to a string cannot fail.
                let _ = write!(shown, "\\u{unit:04x}");
            }
        } else {
            shown.push(c);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn hidden_characters_are_escaped_and_mean_the_same() {
        let shape = json!({"a": ["\u{202e}\u{7f}\u{e0041}\n", "##[error]", "é"]});
        let printed = pretty(&shape);
        assert!(
            printed.contains(r#""\u202e\u007f\udb40\udc41\n""#),
            "{printed}"
        );
        assert!(printed.contains(r###""##\u005berror]""###), "{printed}");
        assert!(printed.contains("\"é\""), "{printed}");
        assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), shape);
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in any::<String>(), key in any::<String>()) {
            let shape = json!({key.as_str(): {"inner": [text]}});
            let printed = pretty(&shape);
            prop_assert!(!printed.contains(|c: char| c != '\n' && is_hidden(c)));
            prop_assert_eq!(serde_json::from_str::<Value>(&printed).unwrap(), shape);
        }
    }
}
