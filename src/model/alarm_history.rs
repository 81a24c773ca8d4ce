//! What the history of an alarm tells (CloudWatch API, `DescribeAlarmHistory`).
//!
//! The data of an item are a JSON document whose form CloudWatch shows in its console and its user guide
//! does not promise; what cannot be read in it is another event, never a success.

use serde_json::Value;

use super::alarm::AlarmState;

/// An item of an alarm's history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryItem {
    /// When it happened, in milliseconds since 1970.
    pub at: i64,
    /// What happened.
    pub event: HistoryEvent,
}

/// What happened to an alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HistoryEvent {
    /// It came to another state.
    StateUpdate {
        /// The new state.
        to: AlarmState,
        /// Why, in the words of whoever set it; foreign text.
        reason: String,
    },
    /// An action was taken.
    Action {
        /// The ARN that the action is, such as that of a topic.
        resource: String,
        /// What came of it.
        result: ActionResult,
    },
    /// Something else.
    Other,
}

/// What came of an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ActionResult {
    /// It was taken.
    Succeeded,
    /// It failed, in the words of the service; foreign text.
    Failed(String),
    /// Neither yet.
    Open,
}

impl HistoryEvent {
    /// Returns the event that an item of the history with this type and these data tells of.
    #[must_use]
    pub fn parse(kind: &str, data: &str) -> Self {
        let Ok(data) = serde_json::from_str::<Value>(data) else {
            return Self::Other;
        };
        let event = match kind {
            "StateUpdate" => state_update(&data),
            "Action" => action(&data),
            _ => None,
        };
        event.unwrap_or(Self::Other)
    }
}

fn state_update(data: &Value) -> Option<HistoryEvent> {
    let new = data.get("newState")?;
    let reason = new.get("stateReason").and_then(Value::as_str);
    Some(HistoryEvent::StateUpdate {
        to: AlarmState::parse(new.get("stateValue")?.as_str()?)?,
        reason: reason.unwrap_or_default().to_owned(),
    })
}

fn action(data: &Value) -> Option<HistoryEvent> {
    let result = match data.get("actionState")?.as_str()? {
        "Succeeded" => ActionResult::Succeeded,
        "Failed" => {
            let said = data.get("error").and_then(Value::as_str);
            ActionResult::Failed(said.unwrap_or("no reason was given").to_owned())
        }
        _ => ActionResult::Open,
    };
    Some(HistoryEvent::Action {
        resource: data.get("notificationResource")?.as_str()?.to_owned(),
        result,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_as_cloudwatch_writes_them_are_read() {
        let update = r#"{"version":"1.0","oldState":{"stateValue":"OK","stateReason":"x"},"newState":{"stateValue":"ALARM","stateReason":"a drill"}}"#;
        assert_eq!(
            HistoryEvent::parse("StateUpdate", update),
            HistoryEvent::StateUpdate {
                to: AlarmState::Alarm,
                reason: "a drill".to_owned()
            }
        );
        let topic = "arn:aws:sns:us-west-2:123456789012:x";
        let failed = format!(
            r#"{{"actionState":"Failed","stateUpdateTimestamp":1564596878595,"notificationResource":"{topic}","publishedMessage":null,"error":"no"}}"#
        );
        let HistoryEvent::Action { resource, result } = HistoryEvent::parse("Action", &failed)
        else {
            panic!("an action");
        };
        assert_eq!(
            (resource.as_str(), result),
            (topic, ActionResult::Failed("no".to_owned()))
        );
        let done = failed.replace("Failed", "Succeeded");
        let done = HistoryEvent::parse("Action", &done);
        assert!(matches!(
            done,
            HistoryEvent::Action {
                result: ActionResult::Succeeded,
                ..
            }
        ));
    }

    #[test]
    fn what_cannot_be_read_is_never_a_success() {
        for (kind, data) in [
            ("Action", ""),
            ("Action", "{}"),
            ("Action", r#"{"actionState":"Succeeded"}"#),
            ("StateUpdate", r#"{"newState":{"stateValue":"?"}}"#),
            (
                "ConfigurationUpdate",
                r#"{"actionState":"Succeeded","notificationResource":"x"}"#,
            ),
        ] {
            assert_eq!(
                HistoryEvent::parse(kind, data),
                HistoryEvent::Other,
                "{kind} {data}"
            );
        }
    }
}
