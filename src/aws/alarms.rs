//! Actions and states of alarms (Amazon CloudWatch API).

use aws_sdk_cloudwatch::types;

use super::AwsAccount;
use super::attempt::Repeat;
use super::error::of_a_write;
use super::field::{malformed, needed};
use super::services::Services;
use crate::cloud::{AlarmDriver, AlarmSwitch};
use crate::model::{
    ActionsSwitch, AlarmArn, AlarmState, CallError, HistoryEvent, HistoryItem, Reading,
};

const STATE: &str = "cloudwatch:DescribeAlarms";
const SET_STATE: &str = "cloudwatch:SetAlarmState";
const HISTORY: &str = "cloudwatch:DescribeAlarmHistory";

/// How many items of a history are asked for: what is looked for is among the newest.
const NEWEST: i32 = 50;

/// How long it takes until a history is looked at again.
const PAUSE: std::time::Duration = std::time::Duration::from_secs(1);

impl AlarmSwitch for AwsAccount {
    async fn switch(&self, alarms: &[AlarmArn], to: ActionsSwitch) -> Result<(), CallError> {
        let Some(first) = alarms.first() else {
            return Ok(());
        };
        for alarm in alarms {
            self.check_own(to.permission(), &alarm.account).await?;
        }
        let names: Vec<String> = alarms.iter().map(|alarm| alarm.name.clone()).collect();
        let services = self.within(&first.region);
        switched(&services, &names, to).await.map_err(of_a_write)
    }
}

impl AlarmDriver for AwsAccount {
    async fn alarm_state(&self, alarm: &AlarmArn) -> Reading<Option<AlarmState>> {
        self.check_own(STATE, &alarm.account).await?;
        state(&self.within(&alarm.region), alarm).await
    }

    async fn set_alarm_state(
        &self,
        alarm: &AlarmArn,
        state: AlarmState,
        reason: &str,
    ) -> Result<(), CallError> {
        self.check_own(SET_STATE, &alarm.account).await?;
        let services = self.within(&alarm.region);
        set_state(&services, (alarm, state), reason)
            .await
            .map_err(of_a_write)
    }

    async fn alarm_history(&self, alarm: &AlarmArn) -> Reading<Vec<HistoryItem>> {
        self.check_own(HISTORY, &alarm.account).await?;
        history(&self.within(&alarm.region), alarm).await
    }

    async fn pause(&self) {
        tokio::time::sleep(PAUSE).await;
    }
}

/// Switches the actions of alarms; twice the same leaves the same.
async fn switched(services: &Services, names: &[String], to: ActionsSwitch) -> Reading<()> {
    let names = || Some(names.to_vec());
    let action = to.permission();
    match to {
        ActionsSwitch::Enabled => services
            .call(action, Repeat::Freely, || {
                let request = services.cloudwatch.enable_alarm_actions();
                request.set_alarm_names(names()).send()
            })
            .await
            .map(|_| ()),
        ActionsSwitch::Disabled => services
            .call(action, Repeat::Freely, || {
                let request = services.cloudwatch.disable_alarm_actions();
                request.set_alarm_names(names()).send()
            })
            .await
            .map(|_| ()),
    }
}

async fn state(services: &Services, alarm: &AlarmArn) -> Reading<Option<AlarmState>> {
    let answer = services
        .call(STATE, Repeat::Freely, || {
            let request = services.cloudwatch.describe_alarms();
            request
                .alarm_types(types::AlarmType::MetricAlarm)
                .alarm_names(&alarm.name)
                .send()
        })
        .await?;
    let arn = alarm.to_string();
    let mut found = answer.metric_alarms().iter();
    let Some(found) = found.find(|found| found.alarm_arn() == Some(&arn)) else {
        return Ok(None);
    };
    let word = needed(STATE, "StateValue", found.state_value())?.as_str();
    AlarmState::parse(word)
        .map(Some)
        .ok_or_else(|| malformed(STATE, format!("`{word}` is not a known `StateValue`")))
}

/// Sets the state of an alarm. To set it again changes nothing, and takes no action.
async fn set_state(
    services: &Services,
    (alarm, state): (&AlarmArn, AlarmState),
    reason: &str,
) -> Reading<()> {
    services
        .call(SET_STATE, Repeat::Freely, || {
            services
                .cloudwatch
                .set_alarm_state()
                .alarm_name(&alarm.name)
                .state_value(types::StateValue::from(state.as_str()))
                .state_reason(reason)
                .send()
        })
        .await
        .map(|_| ())
}

async fn history(services: &Services, alarm: &AlarmArn) -> Reading<Vec<HistoryItem>> {
    let answer = services
        .call(HISTORY, Repeat::Freely, || {
            services
                .cloudwatch
                .describe_alarm_history()
                .alarm_name(&alarm.name)
                .alarm_types(types::AlarmType::MetricAlarm)
                .scan_by(types::ScanBy::TimestampDescending)
                .max_records(NEWEST)
                .send()
        })
        .await?;
    let items = answer.alarm_history_items().iter();
    items
        .map(|item| {
            let kind = item.history_item_type().map(types::HistoryItemType::as_str);
            let at = needed(HISTORY, "Timestamp", item.timestamp())?;
            let at = at
                .to_millis()
                .map_err(|error| malformed(HISTORY, error.to_string()))?;
            let data = item.history_data().unwrap_or_default();
            let event = HistoryEvent::parse(kind.unwrap_or_default(), data);
            Ok(HistoryItem { at, event })
        })
        .collect()
}
