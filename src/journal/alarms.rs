//! The record of what is done with alarms: `cis-fix/alarm-journal/v1`, one JSON document a line.
//!
//! It holds names and states, and nothing secret.

use serde::Serialize;

use super::Unrecorded;
use crate::model::{ActionsSwitch, AlarmArn, AlarmState, CallError, Identity};
use crate::render::json;

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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Deed {
    Switch(ActionsSwitch),
    Drive { from: AlarmState, to: AlarmState },
}

impl AlarmOrder {
    /// Returns the order to switch the actions of alarms.
    pub fn switch(alarms: impl IntoIterator<Item = AlarmArn>, to: ActionsSwitch) -> Self {
        Self {
            alarms: alarms.into_iter().collect(),
            deed: Deed::Switch(to),
        }
    }

    /// Returns the order to drive an alarm from one state to another.
    #[must_use]
    pub fn drive(alarm: AlarmArn, from: AlarmState, to: AlarmState) -> Self {
        Self {
            alarms: vec![alarm],
            deed: Deed::Drive { from, to },
        }
    }
}

/// A line. Times are UTC, as RFC 3339 writes them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AlarmLine(Shape);

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
enum Shape {
    Begin {
        schema: &'static str,
        time: String,
        version: &'static str,
        command: &'static str,
        account: String,
        caller: String,
    },
    Intent {
        time: String,
        action: &'static str,
        alarms: Vec<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        previous: Option<&'static str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        state: Option<&'static str>,
    },
    Outcome {
        time: String,
        action: &'static str,
        alarms: Vec<String>,
        result: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        error: Option<String>,
    },
    End {
        time: String,
    },
}

impl AlarmLine {
    /// Returns the line that begins the record of a command.
    #[must_use]
    pub fn begin(time: String, command: &'static str, identity: &Identity) -> Self {
        Self(Shape::Begin {
            schema: "cis-fix/alarm-journal/v1",
            time,
            version: env!("CARGO_PKG_VERSION"),
            command,
            account: identity.account.as_str().to_owned(),
            caller: identity.arn.clone(),
        })
    }

    /// Returns the line for what is about to be done.
    #[must_use]
    pub fn intent(time: String, order: &AlarmOrder) -> Self {
        let (previous, state) = match order.deed {
            Deed::Switch(_) => (None, None),
            Deed::Drive { from, to } => (Some(from.as_str()), Some(to.as_str())),
        };
        Self(Shape::Intent {
            time,
            action: action(order),
            alarms: names(order),
            previous,
            state,
        })
    }

    /// Returns the line for what came of it.
    #[must_use]
    pub fn outcome(time: String, order: &AlarmOrder, failed: Option<&CallError>) -> Self {
        Self(Shape::Outcome {
            time,
            action: action(order),
            alarms: names(order),
            result: if failed.is_some() { "failed" } else { "done" },
            error: failed.map(ToString::to_string),
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
