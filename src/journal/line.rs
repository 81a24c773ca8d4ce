//! The lines of a journal: `cis-fix/journal/v1`, one JSON document each.
//!
//! A line says what was known when it was written and is never changed. Secrets are left out: the path of a web
//! endpoint appears as a fingerprint alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::model::CallError;
use crate::outcome::Fate;
use crate::plan::{Plan, Replaced, Step};
use crate::render::json;
use crate::report::resource;
use crate::sandbox::format::{alarm_value, filter_value};

/// The name and version of the format.
const SCHEMA: &str = "cis-fix/journal/v1";

/// One line. Times are UTC, as RFC 3339 writes them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Line {
    /// An apply begins.
    Begin(Begin),
    /// Something is about to be written.
    Intent(Intent),
    /// What came of it.
    Outcome(Outcome),
    /// The apply came to its end.
    End(End),
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    schema: String,
    time: String,
    version: String,
    account: String,
    partition: String,
    region: String,
    caller: String,
    /// The digest of the plan.
    plan: String,
}

/// What is about to be written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    time: String,
    step: String,
    mark: String,
    action: String,
    resource: String,
    serves: Vec<String>,
    request: Value,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    masked: BTreeMap<String, String>,
    /// The digest of the request, masked parameters included.
    digest: String,
    /// What is replaced; null when there was nothing.
    previous: Value,
}

/// What came of a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    time: String,
    step: String,
    result: Written,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    error: Option<Failure>,
}

/// Whether a write happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Written {
    /// It happened.
    Done,
    /// It failed; the error tells whether it may have happened all the same.
    Failed,
    /// It was not tried.
    Skipped,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Failure {
    action: String,
    kind: String,
    code: Option<String>,
    message: String,
    request_id: Option<String>,
}

/// The last line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    time: String,
}

impl Line {
    /// Returns the line that begins the apply of a plan for whoever `caller` names.
    #[must_use]
    pub fn begin(time: String, plan: &Plan, caller: &str) -> Self {
        Self::Begin(Begin {
            schema: SCHEMA.to_owned(),
            time,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            account: plan.account.as_str().to_owned(),
            partition: plan.partition.as_str().to_owned(),
            region: plan.region.as_str().to_owned(),
            caller: caller.to_owned(),
            plan: json::plan_digest(plan),
        })
    }

    /// Returns the line for what is about to be written.
    #[must_use]
    pub fn intent(time: String, step: &Step) -> Self {
        let request = json::request(&step.action);
        let masked: BTreeMap<String, String> = json::masked(&step.action)
            .into_iter()
            .map(|(name, fingerprint)| (name.to_owned(), fingerprint))
            .collect();
        Self::Intent(Intent {
            time,
            step: step.id.to_string(),
            mark: step.mark.as_str().to_owned(),
            action: step.action.name().to_owned(),
            resource: resource(&step.action),
            serves: step.serves.iter().map(ToString::to_string).collect(),
            digest: json::digest(&json!({ "request": request, "masked": masked })),
            request,
            masked,
            previous: step.replaces.as_ref().map_or(Value::Null, previous),
        })
    }

    /// Returns the line for what came of a write.
    #[must_use]
    pub fn outcome(time: String, step: &Step, fate: &Fate) -> Self {
        let (result, error) = match fate {
            Fate::Done => (Written::Done, None),
            Fate::Failed(error) => (Written::Failed, Some(failure(error))),
            Fate::Skipped(_) => (Written::Skipped, None),
        };
        Self::Outcome(Outcome {
            time,
            step: step.id.to_string(),
            result,
            error,
        })
    }

    /// Returns the line that ends a journal.
    #[must_use]
    pub fn end(time: String) -> Self {
        Self::End(End { time })
    }

    /// Returns the line as text with its line break.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "a line holds text keys and no fallible parts"
    )]
    pub fn to_text(&self) -> String {
        let text = serde_json::to_string(self).expect("a line is always JSON");
        format!("{text}\n")
    }
}

/// Returns what a step replaces.
fn previous(replaced: &Replaced) -> Value {
    match replaced {
        Replaced::Filter(filter) => json!({ "filter": filter_value(filter) }),
        Replaced::Alarm(settings) => json!({ "alarm": alarm_value(settings) }),
        Replaced::TopicPolicy(policy) => json!({ "policy": policy }),
        Replaced::TopicKey(key) => json!({ "kms_key": key }),
    }
}

fn failure(error: &CallError) -> Failure {
    let CallError {
        action,
        kind,
        code,
        message,
        request_id,
    } = error.clone();
    Failure {
        action,
        kind: kind.to_string(),
        code,
        message,
        request_id,
    }
}

/// Returns the steps that were about to be written and of which nobody knows what came, with their resources.
///
/// The last line may have been cut off by whatever ended the apply.
///
/// # Errors
///
/// Says which other line is not one of a journal.
pub fn unfinished(text: &str) -> Result<Vec<(String, String)>, NoLine> {
    let mut open: Vec<(String, String)> = Vec::new();
    for line in parse(text)? {
        match line {
            Line::Begin(_) | Line::End(_) => {}
            Line::Intent(intent) => open.push((intent.step, intent.resource)),
            Line::Outcome(outcome) => open.retain(|(step, _)| *step != outcome.step),
        }
    }
    Ok(open)
}

/// A line that is not one of a journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {number} is not one of a journal: {message}")]
pub struct NoLine {
    /// Its number, from 1.
    pub number: usize,
    /// What is wrong with it.
    pub message: String,
}

/// Reads the lines of a journal; one without a line break at the very end was cut off and is left out.
///
/// # Errors
///
/// Says which line is not one of a journal.
pub fn parse(text: &str) -> Result<Vec<Line>, NoLine> {
    let whole = text.rfind('\n').and_then(|end| text.get(..end));
    let lines = whole.into_iter().flat_map(str::lines).enumerate();
    lines
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|error| NoLine {
                number: at + 1,
                message: error.to_string(),
            })
        })
        .collect()
}
