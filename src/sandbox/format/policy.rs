//! Policies in the text: as JSON where that keeps every byte, otherwise as a string.

use serde_json::Value;

/// Returns how `policy` is written: as JSON when its text is the shortest one with sorted members.
pub(super) fn written(policy: &str) -> Value {
    let parsed = serde_json::from_str::<Value>(policy).ok();
    let is_shortest = |value: &Value| {
        let shortest = value.to_string();
        shortest == policy
    };
    parsed
        .filter(|value| value.is_object() && is_shortest(value))
        .unwrap_or_else(|| Value::String(policy.to_owned()))
}

/// Returns the policy that is written as `value`, or none when it is neither an object nor a string.
pub(super) fn read(value: Value) -> Option<String> {
    match value {
        Value::String(policy) => Some(policy),
        Value::Object(_) => Some(value.to_string()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_policy_is_read_back_byte_for_byte() {
        let policies = [
            "",
            "{}",
            "not json",
            r#"{"a":1,"b":[2.50,{"c":null}]}"#,
            r#"{"b":1,"a":2}"#,
            r#"{ "a": 1 }"#,
            r#"{"a":1,"a":2}"#,
            r#""text""#,
            "[1]",
        ];
        for policy in policies {
            assert_eq!(read(written(policy)).as_deref(), Some(policy), "{policy}");
        }
    }

    #[test]
    fn a_sorted_policy_is_written_as_json() {
        assert!(written(r#"{"Statement":[],"Version":"2012-10-17"}"#).is_object());
        assert!(written(r#"{"Version":"2012-10-17","Statement":[]}"#).is_string());
    }
}
