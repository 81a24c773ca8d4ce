//! The lines of a journal: `cis-fix/journal/v1`, one JSON document each.
//!
//! A line says what was known when it was written and is never changed; what became known later has a line of its
//! own. Secrets are left out: the path of a web endpoint appears as a fingerprint alone.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::model::{AccountId, CallError, Partition, Region};
use crate::outcome::Fate;
use crate::plan::{Plan, Step, StepId};
use crate::render::json;
use crate::report::resource;
use crate::reversal::{UndoPlan, UndoStep, Written};
use crate::stored::replaced_value;

/// The name and version of the format.
pub const SCHEMA: &str = "cis-fix/journal/v1";

/// One line. Times are UTC, as RFC 3339 writes them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub enum Line {
    /// An apply or an undo begins.
    Begin(Begin),
    /// Something is about to be written.
    Intent(Intent),
    /// What came of it.
    Outcome(Outcome),
    /// What was found out later about something whose outcome was not recorded.
    Recovered(Recovered),
    /// The run came to its end.
    End(End),
    /// All of it was taken back, as far as it could be.
    Undone(Undone),
}

/// The first line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    schema: String,
    time: String,
    version: String,
    pub(super) command: Command,
    pub(super) account: String,
    pub(super) partition: String,
    pub(super) region: String,
    caller: String,
    /// The file of the account, if it is a simulated one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) sandbox: Option<String>,
    /// The digest of the plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    plan: Option<String>,
    /// The journal of what is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undoes: Option<String>,
}

/// The command that a journal is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Command {
    /// `apply`.
    Apply,
    /// `undo`.
    Undo,
}

/// Whose account a journal is about, and who writes to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Writer {
    /// The caller, as AWS names it.
    pub caller: String,
    /// The file of the account, if it is a simulated one.
    pub sandbox: Option<String>,
}

impl From<&str> for Writer {
    fn from(caller: &str) -> Self {
        Self {
            caller: caller.to_owned(),
            sandbox: None,
        }
    }
}

/// What is about to be written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Intent {
    time: String,
    pub(super) step: String,
    mark: String,
    pub(super) action: String,
    pub(super) account: String,
    pub(super) region: String,
    pub(super) resource: String,
    pub(super) serves: Vec<String>,
    pub(super) request: Value,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) masked: BTreeMap<String, String>,
    /// What is replaced or removed; null when there was nothing.
    pub(super) previous: Value,
    /// The digest of the line without this member.
    digest: String,
}

impl Intent {
    fn sealed(self) -> Self {
        let digest = self.digest_of_content();
        Self { digest, ..self }
    }

    fn digest_of_content(&self) -> String {
        json::digest(&json!(self))
    }

    /// Returns whether the line is as it was written.
    pub(super) fn is_intact(&self) -> bool {
        self.digest == self.digest_of_content()
    }
}

/// What came of a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    time: String,
    pub(super) step: String,
    pub(super) result: Ending,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) error: Option<Failure>,
}

/// Whether a write happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Ending {
    /// It happened.
    Done,
    /// It failed; the error tells whether it may have happened all the same.
    Failed,
    /// It was not tried.
    Skipped,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Failure {
    action: String,
    pub(super) kind: String,
    code: Option<String>,
    message: String,
    request_id: Option<String>,
}

/// What was found out later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recovered {
    time: String,
    pub(super) step: String,
    pub(super) result: Recovery,
}

/// What became of a write whose outcome was not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Recovery {
    /// It happened.
    Done,
    /// It did not happen.
    NotDone,
    /// What is there is neither what was nor what was to be.
    Changed,
    /// Nobody could look.
    Unknown,
}

impl Recovery {
    /// Returns the word for it in a sentence.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Done => "it happened",
            Self::NotDone => "it did not happen",
            Self::Changed => "what is there now is neither what was nor what was to be",
            Self::Unknown => "nobody could look",
        }
    }
}

/// That all of it was taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undone {
    time: String,
    /// The journal of the undo; none when nothing was left to be done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    journal: Option<String>,
}

/// The last line of a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct End {
    time: String,
}

impl Line {
    /// Returns the line that begins the apply of a plan.
    #[must_use]
    pub fn begin(time: String, plan: &Plan, writer: impl Into<Writer>) -> Self {
        let place = (&plan.account, &plan.partition, &plan.region);
        Self::Begin(Begin {
            plan: Some(json::plan_digest(plan)),
            ..Begin::of(Command::Apply, time, place, writer.into())
        })
    }

    /// Returns the line that begins to take back what a journal tells.
    #[must_use]
    pub fn begin_undo(
        time: String,
        plan: &UndoPlan,
        writer: impl Into<Writer>,
        journal: &str,
    ) -> Self {
        let place = (&plan.account, &plan.partition, &plan.region);
        Self::Begin(Begin {
            undoes: Some(journal.to_owned()),
            ..Begin::of(Command::Undo, time, place, writer.into())
        })
    }

    /// Returns the line for what is about to be written.
    #[must_use]
    pub fn intent(time: String, step: &Step) -> Self {
        let (account, region) = step.action.place();
        let masked = json::masked(&step.action).into_iter();
        let intent = Intent {
            time,
            step: step.id.to_string(),
            mark: step.mark.as_str().to_owned(),
            action: step.action.name().to_owned(),
            account: account.to_string(),
            region: region.to_string(),
            resource: resource(&step.action),
            serves: step.serves.iter().map(ToString::to_string).collect(),
            request: json::request(&step.action),
            masked: masked
                .map(|(name, print)| (name.to_owned(), print))
                .collect(),
            previous: replaced_value(step.replaces.as_ref()),
            digest: String::new(),
        };
        Self::Intent(intent.sealed())
    }

    /// Returns the line for what is about to be taken back.
    #[must_use]
    pub fn undo_intent(time: String, step: &UndoStep) -> Self {
        let Written {
            id,
            serves,
            action,
            replaced: _, // What is put back is in the request.
        } = &step.written;
        let (account, region) = action.place();
        let intent = Intent {
            time,
            step: id.to_string(),
            mark: step.reversal.mark().as_str().to_owned(),
            action: step.reversal.name().to_owned(),
            account: account.to_string(),
            region: region.to_string(),
            resource: resource(action),
            serves: serves.iter().map(ToString::to_string).collect(),
            request: json::reversal_request(&step.reversal),
            masked: BTreeMap::new(),
            previous: replaced_value(action.left().as_ref()),
            digest: String::new(),
        };
        Self::Intent(intent.sealed())
    }

    /// Returns the line for what came of a write.
    #[must_use]
    pub fn outcome(time: String, step: &Step, fate: &Fate) -> Self {
        Self::ending(time, &step.id, fate)
    }

    /// Returns the line for what came of taking something back.
    #[must_use]
    pub fn undo_outcome(time: String, step: &UndoStep, fate: &Fate) -> Self {
        Self::ending(time, step.id(), fate)
    }

    fn ending(time: String, step: &StepId, fate: &Fate) -> Self {
        let (result, error) = match fate {
            Fate::Done => (Ending::Done, None),
            Fate::Failed(error) => (Ending::Failed, Some(failure(error))),
            Fate::Skipped(_) => (Ending::Skipped, None),
        };
        Self::Outcome(Outcome {
            time,
            step: step.to_string(),
            result,
            error,
        })
    }

    /// Returns the line for what was found out about a step whose outcome was not recorded.
    #[must_use]
    pub fn recovered(time: String, step: &StepId, result: Recovery) -> Self {
        Self::Recovered(Recovered {
            time,
            step: step.to_string(),
            result,
        })
    }

    /// Returns the line that says that all was taken back, and in which journal that is told.
    #[must_use]
    pub fn undone(time: String, journal: Option<String>) -> Self {
        Self::Undone(Undone { time, journal })
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
        format!("{}\n", json::escaped(&text))
    }
}

impl Begin {
    fn of(
        command: Command,
        time: String,
        (account, partition, region): (&AccountId, &Partition, &Region),
        Writer { caller, sandbox }: Writer,
    ) -> Self {
        Self {
            schema: SCHEMA.to_owned(),
            time,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            command,
            account: account.to_string(),
            partition: partition.to_string(),
            region: region.to_string(),
            caller,
            sandbox,
            plan: None,
            undoes: None,
        }
    }

    /// Returns whether this version reads the journal.
    pub(super) fn is_known(&self) -> bool {
        self.schema == SCHEMA
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
