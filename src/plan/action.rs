//! The complete list of writes that an apply can make, each with all of its parameters.
//!
//! There is no deleting here on purpose, and no writing to a trail, a log group or a key.

use crate::model::{
    AccountId, AlarmArn, AlarmName, Endpoint, FilterName, LogGroupArn, Metric, MetricAlarm,
    MetricFilter, MetricName, MetricQuery, MetricTransformation, MissingData, Namespace, Operator,
    Partition, Region, Statistic, Tags, TopicArn,
};

use super::Replaced;

/// A write to an account. Adding a variant widens what cis-fix may do and must be reviewed as that.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Creates a topic.
    CreateTopic(CreateTopic),
    /// Replaces the access policy of a topic that cis-fix owns.
    SetTopicPolicy(SetTopicPolicy),
    /// Sets the key of a topic that cis-fix owns.
    SetTopicKey(SetTopicKey),
    /// Subscribes an endpoint to a topic.
    Subscribe(Subscribe),
    /// Creates a metric filter, or replaces one that cis-fix owns.
    PutMetricFilter(PutMetricFilter),
    /// Creates an alarm, or replaces one that cis-fix owns.
    PutAlarm(Box<PutAlarm>),
}

impl Action {
    /// Returns the action's name in machine-readable output.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::CreateTopic(_) => "create_topic",
            Self::SetTopicPolicy(_) => "set_topic_policy",
            Self::SetTopicKey(_) => "set_topic_key",
            Self::Subscribe(_) => "subscribe",
            Self::PutMetricFilter(_) => "put_metric_filter",
            Self::PutAlarm(_) => "put_alarm",
        }
    }

    /// Returns the account and the Region that the action writes to.
    #[must_use]
    pub fn place(&self) -> (&AccountId, &Region) {
        match self {
            Self::CreateTopic(write) => (&write.topic.account, &write.topic.region),
            Self::SetTopicPolicy(write) => (&write.topic.account, &write.topic.region),
            Self::SetTopicKey(write) => (&write.topic.account, &write.topic.region),
            Self::Subscribe(write) => (&write.topic.account, &write.topic.region),
            Self::PutMetricFilter(write) => (&write.log_group.account, &write.log_group.region),
            Self::PutAlarm(write) => (&write.account, &write.region),
        }
    }

    /// Returns what is there once this is done, in the form in which something is replaced.
    #[must_use]
    pub fn left(&self) -> Option<Replaced> {
        match self {
            Self::CreateTopic(_) | Self::Subscribe(_) => None,
            Self::SetTopicPolicy(set) => Some(Replaced::TopicPolicy(set.policy.clone())),
            Self::SetTopicKey(set) => Some(Replaced::TopicKey(Some(set.kms_key.clone()))),
            Self::PutMetricFilter(put) => Some(Replaced::Filter(Box::new(put.filter()))),
            Self::PutAlarm(put) => Some(Replaced::Alarm(Box::new(put.settings()))),
        }
    }

    /// Returns the endpoint that is subscribed, if one is.
    #[must_use]
    pub fn endpoint(&self) -> Option<&Endpoint> {
        match self {
            Self::Subscribe(subscribe) => Some(&subscribe.endpoint),
            Self::CreateTopic(_)
            | Self::SetTopicPolicy(_)
            | Self::SetTopicKey(_)
            | Self::PutMetricFilter(_)
            | Self::PutAlarm(_) => None,
        }
    }

    /// Returns the API action as IAM spells it.
    #[must_use]
    pub fn permission(&self) -> &'static str {
        match self {
            Self::CreateTopic(_) => "sns:CreateTopic",
            Self::SetTopicPolicy(_) | Self::SetTopicKey(_) => "sns:SetTopicAttributes",
            Self::Subscribe(_) => "sns:Subscribe",
            Self::PutMetricFilter(_) => "logs:PutMetricFilter",
            Self::PutAlarm(_) => "cloudwatch:PutMetricAlarm",
        }
    }
}

/// Creates a topic (SNS API, `CreateTopic`).
///
/// The tags are always sent: they make the call fail for a topic of that name that somebody else made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreateTopic {
    /// The topic.
    pub topic: TopicArn,
    /// The key that encrypts its messages.
    pub kms_key: Option<String>,
    /// Its tags.
    pub tags: Tags,
}

/// Replaces a topic's access policy (SNS API, `SetTopicAttributes` with `Policy`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTopicPolicy {
    /// The topic.
    pub topic: TopicArn,
    /// The whole new policy, a JSON document.
    pub policy: String,
}

/// Sets a topic's key (SNS API, `SetTopicAttributes` with `KmsMasterKeyId`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SetTopicKey {
    /// The topic.
    pub topic: TopicArn,
    /// The key: an id, an ARN or an alias.
    pub kms_key: String,
}

/// Subscribes an endpoint (SNS API, `Subscribe`). It may send a confirmation mail, so it is never repeated blindly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscribe {
    /// The topic.
    pub topic: TopicArn,
    /// The endpoint.
    pub endpoint: Endpoint,
}

/// Creates or replaces a metric filter (CloudWatch Logs API, `PutMetricFilter`): no dimensions, no default value, no unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PutMetricFilter {
    /// The log group.
    pub log_group: LogGroupArn,
    /// The filter's name.
    pub name: FilterName,
    /// The pattern; at most 1024 characters.
    pub pattern: String,
    /// The name of the metric.
    pub metric_name: MetricName,
    /// The namespace of the metric.
    pub namespace: Namespace,
    /// What a matching event publishes.
    pub value: String,
}

impl PutMetricFilter {
    /// Returns the metric that the filter publishes.
    #[must_use]
    pub fn metric(&self) -> Metric {
        Metric {
            namespace: self.namespace.as_str().to_owned(),
            name: self.metric_name.as_str().to_owned(),
        }
    }

    /// Returns the filter that is there once this is done.
    #[must_use]
    pub fn filter(&self) -> MetricFilter {
        let published = MetricTransformation::plain(self.metric(), &self.value);
        MetricFilter::plain(self.name.as_str(), &self.pattern, published)
    }
}

/// Creates or replaces an alarm (CloudWatch API, `PutMetricAlarm`) with its actions enabled.
#[derive(Debug, Clone, PartialEq)]
pub struct PutAlarm {
    /// The partition.
    pub partition: Partition,
    /// The Region: that of the metric.
    pub region: Region,
    /// The account.
    pub account: AccountId,
    /// The alarm's name.
    pub name: AlarmName,
    /// What people are told.
    pub description: String,
    /// The metric, without dimensions or unit.
    pub metric: Metric,
    /// The statistic.
    pub statistic: Statistic,
    /// The length of a period in seconds.
    pub period: u32,
    /// How many periods are looked at.
    pub evaluation_periods: u32,
    /// The threshold.
    pub threshold: f64,
    /// How the measured value is compared with the threshold.
    pub operator: Operator,
    /// What a period without data counts as.
    pub missing_data: MissingData,
    /// ARNs of what happens in state ALARM: the topic, and what a replaced alarm had beside it.
    pub alarm_actions: Vec<String>,
    /// ARNs of what happens in state OK, kept from a replaced alarm.
    pub ok_actions: Vec<String>,
    /// ARNs of what happens in state `INSUFFICIENT_DATA`, kept from a replaced alarm.
    pub insufficient_data_actions: Vec<String>,
    /// Tags; AWS ignores them when the alarm exists.
    pub tags: Tags,
}

impl PutAlarm {
    /// Returns the ARN that the alarm has once it is there.
    #[must_use]
    pub fn arn(&self) -> AlarmArn {
        AlarmArn {
            partition: self.partition.clone(),
            region: self.region.clone(),
            account: self.account.clone(),
            name: self.name.as_str().to_owned(),
        }
    }

    /// Returns the settings of the alarm that is there once this is done.
    #[must_use]
    pub fn settings(&self) -> MetricAlarm {
        let Self {
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
        } = self;
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
}
