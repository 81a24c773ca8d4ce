//! What only an undo may do: deleting, and putting back what was there.

use super::attempt::Repeat;
use super::services::Services;
use super::sns::{KEY, POLICY, set_attribute};
use super::{cloudwatch, logs};
use crate::model::{LogGroupArn, Reading, Tags};
use crate::reversal::Reversal;

const DELETE_ALARMS: &str = "cloudwatch:DeleteAlarms";
const DELETE_FILTER: &str = "logs:DeleteMetricFilter";
const UNSUBSCRIBE: &str = "sns:Unsubscribe";
const DELETE_TOPIC: &str = "sns:DeleteTopic";

/// Performs a reversal in the Region of its resource.
pub(super) async fn revert(services: &Services, reversal: &Reversal) -> Reading<()> {
    match reversal {
        Reversal::DeleteAlarm(alarm) => delete_alarm(services, &alarm.name).await,
        Reversal::RestoreAlarm(alarm, settings) => {
            // The tags of an alarm that is there stay as they are.
            cloudwatch::put(services, &alarm.name, (settings, &Tags::new())).await
        }
        Reversal::DeleteMetricFilter(log_group, name) => {
            delete_filter(services, log_group, name.as_str()).await
        }
        Reversal::RestoreMetricFilter(log_group, filter) => {
            logs::put(services, log_group, filter).await
        }
        Reversal::RestoreTopicPolicy(topic, policy) => {
            set_attribute(services, topic, (POLICY, policy)).await
        }
        Reversal::RestoreTopicKey(topic, key) => {
            // An empty value takes the key away.
            set_attribute(services, topic, (KEY, key.as_deref().unwrap_or_default())).await
        }
        Reversal::Unsubscribe(subscribed) => services
            .call(UNSUBSCRIBE, Repeat::OnlyIfRefused, || {
                let request = services.sns.unsubscribe();
                request.subscription_arn(&subscribed.subscription).send()
            })
            .await
            .map(|_| ()),
        Reversal::DeleteTopic(topic) => services
            .call(DELETE_TOPIC, Repeat::OnlyIfRefused, || {
                let request = services.sns.delete_topic();
                request.topic_arn(topic.to_string()).send()
            })
            .await
            .map(|_| ()),
    }
}

async fn delete_alarm(services: &Services, name: &str) -> Reading<()> {
    services
        .call(DELETE_ALARMS, Repeat::OnlyIfRefused, || {
            let request = services.cloudwatch.delete_alarms();
            request.alarm_names(name).send()
        })
        .await
        .map(|_| ())
}

async fn delete_filter(services: &Services, log_group: &LogGroupArn, name: &str) -> Reading<()> {
    services
        .call(DELETE_FILTER, Repeat::OnlyIfRefused, || {
            services
                .logs
                .delete_metric_filter()
                .log_group_name(log_group.name.as_str())
                .filter_name(name)
                .send()
        })
        .await
        .map(|_| ())
}
