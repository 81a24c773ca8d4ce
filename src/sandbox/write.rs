//! The writes of the port, told to the account as calls of AWS.

use crate::model::{CallError, MetricAlarm, MetricFilter, MetricQuery, MetricTransformation};
use crate::plan::action::{
    Action, CreateTopic, PutAlarm, PutMetricFilter, SetTopicKey, SetTopicPolicy, Subscribe,
};

use super::account::SandboxAccount;

impl SandboxAccount {
    /// Performs one write of the closed list.
    ///
    /// # Errors
    ///
    /// Refuses what AWS refuses; then nothing has changed.
    pub fn perform(&mut self, action: &Action) -> Result<(), CallError> {
        match action {
            Action::CreateTopic(CreateTopic {
                topic,
                kms_key,
                tags,
            }) => self.create_topic(topic, kms_key.clone(), tags.clone()),
            Action::SetTopicPolicy(SetTopicPolicy { topic, policy }) => {
                self.set_topic_policy(topic, policy)
            }
            Action::SetTopicKey(SetTopicKey { topic, kms_key }) => {
                self.set_topic_key(topic, Some(kms_key.clone()))
            }
            Action::Subscribe(Subscribe { topic, endpoint }) => {
                self.subscribe(topic, endpoint).map(|_| ())
            }
            Action::PutMetricFilter(put) => {
                self.put_metric_filter(&put.log_group, metric_filter(put))
            }
            Action::PutAlarm(put) => {
                self.put_metric_alarm(&put.arn(), metric_alarm(put), put.tags.clone())
            }
        }
    }
}

fn metric_filter(put: &PutMetricFilter) -> MetricFilter {
    MetricFilter {
        name: put.name.as_str().to_owned(),
        pattern: put.pattern.clone(),
        transformation: MetricTransformation {
            metric: put.metric(),
            value: put.value.clone(),
            default_value: None,
            unit: None,
            dimensions: std::collections::BTreeMap::new(),
        },
        applies_to_transformed_logs: false,
        field_selection: None,
        system_field_dimensions: Vec::new(),
    }
}

fn metric_alarm(put: &PutAlarm) -> MetricAlarm {
    let PutAlarm {
        partition: _,
        region: _,
        account: _,
        name: _,
        description,
        metric,
        statistic,
        period,
        evaluation_periods,
        threshold,
        operator,
        missing_data,
        alarm_actions,
        ok_actions,
        insufficient_data_actions,
        tags: _,
    } = put;
    MetricAlarm {
        description: Some(description.clone()),
        actions_enabled: true,
        alarm_actions: alarm_actions.clone(),
        ok_actions: ok_actions.clone(),
        insufficient_data_actions: insufficient_data_actions.clone(),
        query: MetricQuery::Single {
            metric: metric.clone(),
            has_dimensions: false,
            statistic: statistic.clone(),
            unit: None,
            period: *period,
        },
        evaluation_periods: *evaluation_periods,
        datapoints_to_alarm: None,
        threshold: Some(*threshold),
        operator: operator.clone(),
        missing_data: *missing_data,
    }
}
