//! The text of a sandbox account: `cis-fix/sandbox/v1`, a JSON document.
//!
//! [`to_text`] writes the same bytes for the same state, sorted and indented, so that files can be compared.
//! [`parse`] reports a mistake of form with its place, and all mistakes of meaning together. Files are
//! read and written elsewhere.
//!
//! In a complete account, what is left out is as AWS makes it: no tags, no filters, the default policy. In
//! a partial one, what is left out was not looked at.

mod error;
mod load;
mod policy;
mod save;
mod shape;

use serde_json::Value;

use super::account::SandboxAccount;
use crate::model::{MetricAlarm, MetricFilter};
use crate::render::json;

pub use error::{FormatError, Mistake};

/// The name and version of the format.
pub const SCHEMA: &str = "cis-fix/sandbox/v1";
/// How many bytes a text may have.
pub const MAXIMUM_BYTES: usize = 64 * 1024 * 1024;

/// Returns the account that `text` describes.
///
/// # Errors
///
/// Fails on the first mistake of form, or with all mistakes of meaning.
pub fn parse(text: &str) -> Result<SandboxAccount, FormatError> {
    if text.len() > MAXIMUM_BYTES {
        return Err(FormatError::TooLarge { bytes: text.len() });
    }
    if text.trim().is_empty() {
        return Err(FormatError::Form {
            line: 1,
            column: 1,
            message: "the text is empty".to_owned(),
            hint: None,
        });
    }
    let shape::Schema { schema } = read(text)?;
    if schema != SCHEMA {
        return Err(FormatError::Schema { found: schema });
    }
    load::account(read(text)?)
}

fn read<'text, T: serde::Deserialize<'text>>(text: &'text str) -> Result<T, FormatError> {
    serde_json::from_str(text).map_err(|error| FormatError::form(&error))
}

/// Returns a metric filter as the format writes it.
#[must_use]
pub fn filter_value(filter: &MetricFilter) -> Value {
    value(&save::filter(filter))
}

/// Returns the settings of an alarm as the format writes them.
#[must_use]
pub fn alarm_value(settings: &MetricAlarm) -> Value {
    value(&save::metric_alarm(settings.clone()))
}

/// Returns the metric filter that [`filter_value`] wrote.
///
/// # Errors
///
/// Says what in the value is not as the format writes it.
pub fn filter_from(value: &Value) -> Result<MetricFilter, FormatError> {
    read_value(value).map(load::filter)
}

/// Returns the settings of an alarm that [`alarm_value`] wrote.
///
/// # Errors
///
/// Says what in the value is not as the format writes it.
pub fn alarm_from(value: &Value) -> Result<MetricAlarm, FormatError> {
    read_value(value).map(load::metric_alarm)
}

fn read_value<T: serde::de::DeserializeOwned>(value: &Value) -> Result<T, FormatError> {
    serde_json::from_value(value.clone()).map_err(|error| FormatError::form(&error))
}

#[expect(
    clippy::expect_used,
    reason = "shapes hold strings, numbers and lists alone, which can always be written"
)]
fn value(shape: &impl serde::Serialize) -> Value {
    serde_json::to_value(shape).expect("a shape can be written")
}

/// Returns the text of an account, which [`parse`] reads back as the same account.
#[must_use]
#[expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "shapes hold strings, numbers and lists alone, which can always be written"
)]
pub fn to_text(account: &SandboxAccount) -> String {
    let text = serde_json::to_string_pretty(&save::account(account));
    let text = text.expect("a shape can be written");
    format!("{}\n", json::escaped(&text))
}
