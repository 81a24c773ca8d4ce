//! The parameters of a reversal, named as the API names them.

use serde_json::{Map, Value, json};

use super::request::{set_attribute, statistic_member};
use crate::model::{LogGroupArn, MetricAlarm, MetricFilter, MetricQuery};
use crate::reversal::Reversal;

/// Returns the parameters of a reversal.
pub(super) fn request(reversal: &Reversal) -> Value {
    match reversal {
        Reversal::DeleteAlarm(alarm) => json!({ "AlarmNames": [alarm.name] }),
        Reversal::RestoreAlarm(alarm, settings) => put_alarm(&alarm.name, settings),
        Reversal::DeleteMetricFilter(log_group, name) => json!({
            "logGroupName": log_group.name.as_str(),
            "filterName": name.as_str(),
        }),
        Reversal::RestoreMetricFilter(log_group, filter) => put_filter(log_group, filter),
        Reversal::RestoreTopicPolicy(topic, policy) => set_attribute(topic, "Policy", policy),
        Reversal::RestoreTopicKey(topic, key) => {
            set_attribute(topic, "KmsMasterKeyId", key.as_deref().unwrap_or_default())
        }
        Reversal::Unsubscribe(subscribed) => json!({ "SubscriptionArn": subscribed.subscription }),
        Reversal::DeleteTopic(topic) => json!({ "TopicArn": topic.to_string() }),
    }
}

fn put_filter(log_group: &LogGroupArn, filter: &MetricFilter) -> Value {
    let MetricFilter {
        name,
        pattern,
        transformation,
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions,
    } = filter;
    let metric = present([
        ("metricName", Some(json!(transformation.metric.name))),
        (
            "metricNamespace",
            Some(json!(transformation.metric.namespace)),
        ),
        ("metricValue", Some(json!(transformation.value))),
        (
            "defaultValue",
            transformation.default_value.map(|value| json!(value)),
        ),
        ("unit", transformation.unit.as_ref().map(|unit| json!(unit))),
        (
            "dimensions",
            some(
                &transformation.dimensions,
                transformation.dimensions.is_empty(),
            ),
        ),
    ]);
    present([
        ("logGroupName", Some(json!(log_group.name.as_str()))),
        ("filterName", Some(json!(name))),
        ("filterPattern", Some(json!(pattern))),
        ("metricTransformations", Some(json!([metric]))),
        (
            "applyOnTransformedLogs",
            some(applies_to_transformed_logs, !applies_to_transformed_logs),
        ),
        (
            "fieldSelectionCriteria",
            field_selection.as_ref().map(|text| json!(text)),
        ),
        (
            "emitSystemFieldDimensions",
            some(system_field_dimensions, system_field_dimensions.is_empty()),
        ),
    ])
}

fn put_alarm(name: &str, settings: &MetricAlarm) -> Value {
    let MetricAlarm {
        description,
        actions_enabled,
        alarm_actions,
        ok_actions,
        insufficient_data_actions,
        query,
        evaluation_periods,
        datapoints_to_alarm,
        threshold,
        operator,
        missing_data,
    } = settings;
    let mut request = present([
        ("AlarmName", Some(json!(name))),
        (
            "AlarmDescription",
            description.as_ref().map(|text| json!(text)),
        ),
        ("ActionsEnabled", Some(json!(actions_enabled))),
        ("AlarmActions", Some(json!(alarm_actions))),
        ("OKActions", Some(json!(ok_actions))),
        (
            "InsufficientDataActions",
            Some(json!(insufficient_data_actions)),
        ),
        ("EvaluationPeriods", Some(json!(evaluation_periods))),
        (
            "DatapointsToAlarm",
            datapoints_to_alarm.map(|count| json!(count)),
        ),
        ("Threshold", threshold.map(|threshold| json!(threshold))),
        ("ComparisonOperator", Some(json!(operator.as_str()))),
        ("TreatMissingData", Some(json!(missing_data.as_str()))),
    ]);
    if let (
        Some(members),
        MetricQuery::Single {
            metric,
            has_dimensions: _,
            statistic,
            unit,
            period,
        },
    ) = (request.as_object_mut(), query)
    {
        members.insert("Namespace".to_owned(), json!(metric.namespace));
        members.insert("MetricName".to_owned(), json!(metric.name));
        members.insert(
            statistic_member(statistic).to_owned(),
            json!(statistic.as_str()),
        );
        members.insert("Period".to_owned(), json!(period));
        members.extend(unit.iter().map(|unit| ("Unit".to_owned(), json!(unit))));
    }
    request
}

/// Returns a value unless it is left out.
fn some(value: impl serde::Serialize, is_left_out: bool) -> Option<Value> {
    (!is_left_out).then(|| json!(value))
}

/// Returns an object of the members that are there.
fn present<const N: usize>(members: [(&str, Option<Value>); N]) -> Value {
    let present = members
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(present.collect::<Map<_, _>>())
}
