//! What CloudWatch does when an alarm changes its state: its actions, and what its history then tells.
//!
//! Actions are taken on a change of state alone, and only while they are enabled (CloudWatch user guide, "Alarm
//! actions"). Whether a topic takes the message is decided by its policy and its key; actions of other kinds
//! always succeed here.

use super::account::SandboxAccount;
use super::refusal::refusal;
use crate::examine::{Hindrance, hindrance};
use crate::model::{
    ActionResult, AlarmArn, AlarmKind, AlarmState, CallError, CallErrorKind, HistoryEvent,
    HistoryItem, MetricAlarm, Reading, TopicArn,
};

const HISTORY: &str = "cloudwatch:DescribeAlarmHistory";

impl SandboxAccount {
    /// Sets the state of an alarm for a reason and takes its actions (`SetAlarmState`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFound` when there is no such alarm.
    pub fn drive_alarm(
        &mut self,
        alarm: &AlarmArn,
        state: AlarmState,
        reason: &str,
    ) -> Result<(), CallError> {
        let before = self
            .find_alarm("cloudwatch:SetAlarmState", alarm)?
            .map(|held| held.state);
        self.set_alarm_state(alarm, state)?;
        if before == Some(state) {
            return Ok(());
        }
        let mut events = vec![HistoryEvent::StateUpdate {
            to: state,
            reason: reason.to_owned(),
        }];
        events.extend(self.taken(alarm, state)?);
        let history = self.history.entry(alarm.clone()).or_default();
        for event in events {
            // Nobody has a clock here: later is greater.
            let at = i64::try_from(history.len()).unwrap_or(i64::MAX);
            history.push(HistoryItem { at, event });
        }
        Ok(())
    }

    /// Returns the history of an alarm, newest first (`DescribeAlarmHistory`).
    ///
    /// # Errors
    ///
    /// Fails with `ResourceNotFound` when there is no such alarm.
    pub fn alarm_history(&self, alarm: &AlarmArn) -> Reading<Vec<HistoryItem>> {
        if self.find_alarm(HISTORY, alarm)?.is_none() {
            let message = format!("Alarm {} does not exist", alarm.name);
            let kind = CallErrorKind::NotFound;
            return Err(refusal(HISTORY, kind, "ResourceNotFound", message));
        }
        let items = self.history.get(alarm).into_iter().flatten();
        Ok(items.rev().cloned().collect())
    }

    /// Returns the actions that an alarm takes in a state, and what comes of them.
    fn taken(&self, alarm: &AlarmArn, state: AlarmState) -> Reading<Vec<HistoryEvent>> {
        let held = self.find_alarm(HISTORY, alarm)?;
        let Some(AlarmKind::Metric(settings)) = held.map(|held| &held.kind) else {
            return Ok(Vec::new());
        };
        if !settings.actions_enabled {
            return Ok(Vec::new());
        }
        let actions = actions(settings, state).iter();
        Ok(actions
            .map(|action| HistoryEvent::Action {
                resource: action.clone(),
                result: self.action_result(alarm, action),
            })
            .collect())
    }

    fn action_result(&self, alarm: &AlarmArn, action: &str) -> ActionResult {
        let Ok(arn) = TopicArn::parse(action) else {
            return ActionResult::Succeeded;
        };
        let topic = match self.get_topic_attributes(&arn) {
            Ok(topic) => topic,
            Err(error) => return ActionResult::Failed(error.message),
        };
        let key = topic.kms_key.as_deref();
        let key = key.and_then(|key| self.describe_key(&arn.region, key).ok());
        match hindrance(&topic, key.as_ref(), alarm) {
            None => ActionResult::Succeeded,
            Some(Hindrance::Fifo) => ActionResult::Failed(
                "Invalid parameter: The MessageGroupId parameter is required for FIFO topics"
                    .to_owned(),
            ),
            Some(Hindrance::Policy) => ActionResult::Failed(format!(
                "CloudWatch Alarms is not authorized to perform: SNS:Publish on resource: {arn}"
            )),
            Some(Hindrance::Key) => ActionResult::Failed(
                "CloudWatch Alarms does not have authorization to access the SNS topic encryption key."
                    .to_owned(),
            ),
        }
    }
}

fn actions(settings: &MetricAlarm, state: AlarmState) -> &[String] {
    match state {
        AlarmState::Alarm => &settings.alarm_actions,
        AlarmState::Ok => &settings.ok_actions,
        AlarmState::InsufficientData => &settings.insufficient_data_actions,
    }
}
