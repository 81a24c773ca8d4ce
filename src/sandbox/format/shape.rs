//! The raw shapes of the text, as serde sees them. Nothing here is checked beyond its type.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The format's name alone, read before anything else is.
#[derive(Deserialize)]
#[serde(expecting = "a sandbox account")]
pub(super) struct Schema {
    pub(super) schema: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a sandbox account")]
#[expect(clippy::struct_field_names, reason = "the names are those of the text")]
pub(super) struct Account {
    pub(super) schema: String,
    pub(super) extent: Extent,
    pub(super) account: String,
    pub(super) partition: String,
    pub(super) region: String,
    pub(super) caller: String,
    #[serde(default)]
    pub(super) trails: Vec<Trail>,
    #[serde(default)]
    pub(super) log_groups: Vec<LogGroup>,
    #[serde(default)]
    pub(super) alarms: BTreeMap<String, Vec<Alarm>>,
    #[serde(default)]
    pub(super) topics: Vec<Topic>,
    #[serde(default)]
    pub(super) keys: Vec<Key>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) absent: Option<Absent>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) unreadable: Vec<Failure>,
}

#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "`complete` or `partial`")]
pub(super) enum Extent {
    Complete,
    Partial,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "what is known to be absent")]
pub(super) struct Absent {
    #[serde(default)]
    pub(super) log_groups: Vec<String>,
    #[serde(default)]
    pub(super) topics: Vec<String>,
    #[serde(default)]
    pub(super) keys: BTreeMap<String, Vec<String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a trail")]
pub(super) struct Trail {
    pub(super) arn: String,
    pub(super) home_region: String,
    pub(super) multi_region: bool,
    pub(super) organization: bool,
    pub(super) global_services: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) log_group: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) status: Option<Status>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) selectors: Option<Selectors>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "the status of a trail")]
pub(super) struct Status {
    pub(super) logging: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) delivery_error: Option<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    expecting = "`basic` or `advanced` selectors"
)]
pub(super) enum Selectors {
    Basic(Vec<Basic>),
    Advanced(Vec<Advanced>),
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a basic selector")]
pub(super) struct Basic {
    pub(super) read_write: ReadWrite,
    pub(super) management_events: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) excluded_sources: Vec<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
pub(super) enum ReadWrite {
    All,
    ReadOnly,
    WriteOnly,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an advanced selector")]
pub(super) struct Advanced {
    pub(super) fields: Vec<Field>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a field of an advanced selector")]
#[expect(clippy::struct_field_names, reason = "the names are those of the text")]
pub(super) struct Field {
    pub(super) field: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) equals: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) starts_with: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) ends_with: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) not_equals: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) not_starts_with: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) not_ends_with: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a log group")]
pub(super) struct LogGroup {
    pub(super) arn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) class: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) metric_filters: Option<Vec<Filter>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a metric filter")]
pub(super) struct Filter {
    pub(super) name: String,
    pub(super) pattern: String,
    pub(super) metric_namespace: String,
    pub(super) metric_name: String,
    pub(super) metric_value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) default_value: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) dimensions: BTreeMap<String, String>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) applies_to_transformed_logs: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) field_selection: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) system_field_dimensions: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an alarm")]
pub(super) struct Alarm {
    pub(super) name: String,
    pub(super) kind: AlarmKind,
    #[serde(default)]
    pub(super) state: State,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tags: Option<BTreeMap<String, String>>,
}

#[derive(Serialize, Deserialize)]
#[serde(
    rename_all = "snake_case",
    expecting = "`metric`, `composite` or `log`"
)]
pub(super) enum AlarmKind {
    Metric(Box<MetricAlarm>),
    Composite,
    Log,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
#[serde(
    rename_all = "SCREAMING_SNAKE_CASE",
    expecting = "the state of an alarm"
)]
pub(super) enum State {
    Ok,
    Alarm,
    #[default]
    InsufficientData,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a metric alarm")]
pub(super) struct MetricAlarm {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) description: Option<String>,
    pub(super) query: Query,
    pub(super) evaluation_periods: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) datapoints_to_alarm: Option<u32>,
    pub(super) operator: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) threshold: Option<f64>,
    pub(super) missing_data: MissingData,
    pub(super) actions_enabled: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) alarm_actions: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) ok_actions: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) insufficient_data_actions: Vec<String>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "`single` or `expression`")]
pub(super) enum Query {
    Single(Single),
    Expression,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a statistic of a metric")]
pub(super) struct Single {
    pub(super) namespace: String,
    pub(super) metric_name: String,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) has_dimensions: bool,
    pub(super) statistic: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) unit: Option<String>,
    pub(super) period: u32,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "what missing data count as")]
pub(super) enum MissingData {
    Breaching,
    NotBreaching,
    Ignore,
    Missing,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a topic")]
pub(super) struct Topic {
    pub(super) arn: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) attributes: Option<Attributes>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tags: Option<BTreeMap<String, String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) subscriptions: Option<Vec<Subscription>>,
}

/// Without a policy, it is the one that SNS gives a new topic.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "the attributes of a topic")]
pub(super) struct Attributes {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) kms_key: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) policy: Option<Value>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a subscription")]
pub(super) struct Subscription {
    pub(super) protocol: String,
    pub(super) endpoint: String,
    pub(super) state: SubscriptionState,
    #[serde(default, skip_serializing_if = "is_zero")]
    pub(super) confirmations_sent: u32,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "the state of a subscription")]
pub(super) enum SubscriptionState {
    /// With the subscription's ARN.
    Confirmed(String),
    Pending,
    Deleted,
}

/// Without a policy, it is a key whose policy nobody can read.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a key")]
pub(super) struct Key {
    pub(super) arn: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) aliases: Vec<String>,
    pub(super) manager: Manager,
    pub(super) enabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) policy: Option<Value>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE", expecting = "`AWS` or `CUSTOMER`")]
pub(super) enum Manager {
    Aws,
    Customer,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a reading that fails")]
pub(super) struct Failure {
    pub(super) action: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) resource: Option<String>,
    pub(super) kind: FailureKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<String>,
    pub(super) message: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) request_id: Option<String>,
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", expecting = "the class of a failure")]
pub(super) enum FailureKind {
    Denied,
    Credentials,
    Throttled,
    Quota,
    NotFound,
    Conflict,
    Invalid,
    Unsupported,
    Service,
    Timeout,
    Unreachable,
    Malformed,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands over a reference"
)]
fn is_zero(number: &u32) -> bool {
    *number == 0
}
