//! What a write replaces, as a JSON value.

use serde_json::{Value, json};

use super::StoredError;
use super::members::Members;
use crate::plan::Replaced;
use crate::sandbox::format::{alarm_from, alarm_value, filter_from, filter_value};

/// Returns what is replaced as a value; null when there is nothing.
#[must_use]
pub fn replaced_value(replaced: Option<&Replaced>) -> Value {
    match replaced {
        None => Value::Null,
        Some(Replaced::Filter(filter)) => json!({ "filter": filter_value(filter) }),
        Some(Replaced::Alarm(settings)) => json!({ "alarm": alarm_value(settings) }),
        Some(Replaced::TopicPolicy(policy)) => json!({ "policy": policy }),
        Some(Replaced::TopicKey(key)) => json!({ "kms_key": key }),
    }
}

/// Returns what [`replaced_value`] wrote.
///
/// # Errors
///
/// Says what in the value it did not write.
pub fn read_replaced(value: &Value) -> Result<Option<Replaced>, StoredError> {
    if value.is_null() {
        return Ok(None);
    }
    let members = Members::of("previous", value)?;
    let wrong = |error: &dyn ToString| StoredError::new(error.to_string());
    let replaced = if let Some(filter) = members.optional("filter") {
        Replaced::Filter(Box::new(
            filter_from(filter).map_err(|error| wrong(&error))?,
        ))
    } else if let Some(settings) = members.optional("alarm") {
        Replaced::Alarm(Box::new(
            alarm_from(settings).map_err(|error| wrong(&error))?,
        ))
    } else if members.optional("policy").is_some() {
        Replaced::TopicPolicy(members.text("policy")?.to_owned())
    } else if members.value("kms_key")?.is_null() {
        Replaced::TopicKey(None)
    } else {
        Replaced::TopicKey(Some(members.text("kms_key")?.to_owned()))
    };
    if replaced_value(Some(&replaced)) == *value {
        Ok(Some(replaced))
    } else {
        Err(StoredError::new(
            "what is replaced holds more than this version writes",
        ))
    }
}
