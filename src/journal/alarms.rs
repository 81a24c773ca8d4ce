//! The record of what is done with alarms: `cis-fix/alarm-journal/v1`, one JSON document a line.
//!
//! It holds names and states, and nothing secret.

use serde::{Deserialize, Serialize};

use super::{Unrecorded, Writer};
use crate::model::{AccountId, ActionsSwitch, AlarmArn, AlarmState, CallError};
use crate::render::json;

/// The name and version of the format.
pub const ALARM_SCHEMA: &str = "cis-fix/alarm-journal/v1";

/// Keeps what is done with alarms, so that it outlives the program.
pub trait AlarmJournal {
    /// Records what is about to be done. Nothing new is done unless this succeeds.
    ///
    /// # Errors
    ///
    /// Says why it could not be kept.
    fn intend(&self, order: &AlarmOrder) -> Result<(), Unrecorded>;

    /// Records what came of it.
    ///
    /// # Errors
    ///
    /// Says why it could not be kept.
    fn conclude(&self, order: &AlarmOrder, failed: Option<&CallError>) -> Result<(), Unrecorded>;
}

/// Something that is done with alarms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlarmOrder {
    alarms: Vec<AlarmArn>,
    deed: Deed,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Deed {
    Switch(ActionsSwitch),
    Drive {
        from: AlarmState,
        to: AlarmState,
        reason: String,
    },
}

impl AlarmOrder {
    /// Returns the order to switch the actions of alarms.
    pub fn switch(alarms: impl IntoIterator<Item = AlarmArn>, to: ActionsSwitch) -> Self {
        Self {
            alarms: alarms.into_iter().collect(),
            deed: Deed::Switch(to),
        }
    }

    /// Returns the order to drive an alarm from one state to another, for a reason that its history will tell.
    #[must_use]
    pub fn drive(alarm: AlarmArn, from: AlarmState, to: AlarmState, reason: &str) -> Self {
        Self {
            alarms: vec![alarm],
            deed: Deed::Drive {
                from,
                to,
                reason: reason.to_owned(),
            },
        }
    }
}

/// A line. Times are UTC, as RFC 3339 writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AlarmLine(pub(super) Shape);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case", deny_unknown_fields)]
pub(super) enum Shape {
    Begin {
        schema: String,
        time: String,
        version: String,
        command: String,
        account: String,
        caller: String,
        /// The file of the account, if it is a simulated one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sandbox: Option<String>,
    },
    Intent {
        time: String,
        action: String,
        alarms: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        previous: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        state: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<String>,
    },
    Outcome {
        time: String,
        action: String,
        alarms: Vec<String>,
        result: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    /// An alarm that the run left in ALARM is no longer as it left it.
    Recovered {
        time: String,
        alarm: String,
    },
    End {
        time: String,
    },
}

impl AlarmLine {
    /// Returns the line that begins the record of a command.
    #[must_use]
    pub fn begin(time: String, command: &str, account: &AccountId, writer: Writer) -> Self {
        Self(Shape::Begin {
            schema: ALARM_SCHEMA.to_owned(),
            time,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            command: command.to_owned(),
            account: account.as_str().to_owned(),
            caller: writer.caller,
            sandbox: writer.sandbox,
        })
    }

    /// Returns the line for what is about to be done.
    #[must_use]
    pub fn intent(time: String, order: &AlarmOrder) -> Self {
        let (previous, state, reason) = match &order.deed {
            Deed::Switch(_) => (None, None, None),
            Deed::Drive { from, to, reason } => (Some(from), Some(to), Some(reason.clone())),
        };
        let word = |state: &AlarmState| state.as_str().to_owned();
        Self(Shape::Intent {
            time,
            action: action(order).to_owned(),
            alarms: names(order),
            previous: previous.map(word),
            state: state.map(word),
            reason,
        })
    }

    /// Returns the line for what came of it.
    #[must_use]
    pub fn outcome(time: String, order: &AlarmOrder, failed: Option<&CallError>) -> Self {
        let result = if failed.is_some() { "failed" } else { DONE };
        Self(Shape::Outcome {
            time,
            action: action(order).to_owned(),
            alarms: names(order),
            result: result.to_owned(),
            error: failed.map(ToString::to_string),
        })
    }

    /// Returns the line for an alarm that is no longer as a run left it that was cut off.
    #[must_use]
    pub fn recovered(time: String, alarm: &AlarmArn) -> Self {
        Self(Shape::Recovered {
            time,
            alarm: alarm.to_string(),
        })
    }

    /// Returns the line that ends a record.
    #[must_use]
    pub fn end(time: String) -> Self {
        Self(Shape::End { time })
    }

    /// Returns the line as text with its line break.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "a line holds text alone"
    )]
    pub fn to_text(&self) -> String {
        let text = serde_json::to_string(&self.0).expect("a line is always JSON");
        format!("{}\n", json::escaped(&text))
    }
}

/// The result of what was done.
pub(super) const DONE: &str = "done";

fn action(order: &AlarmOrder) -> &'static str {
    match order.deed {
        Deed::Switch(ActionsSwitch::Enabled) => "enable_alarm_actions",
        Deed::Switch(ActionsSwitch::Disabled) => "disable_alarm_actions",
        Deed::Drive { .. } => "set_alarm_state",
    }
}

fn names(order: &AlarmOrder) -> Vec<String> {
    order.alarms.iter().map(ToString::to_string).collect()
}
