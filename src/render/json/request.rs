//! The parameters of a write, named as the API names them, with secrets masked.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::digest::sha256;
use crate::model::{Endpoint, Protocol, Statistic, Tags, TopicArn};
use crate::plan::action::{Action, CreateTopic, PutAlarm, PutMetricFilter, Subscribe};

/// Returns the parameters of a write; the path of a web endpoint is left out.
pub(super) fn request(action: &Action) -> Value {
    match action {
        Action::CreateTopic(topic) => create_topic(topic),
        Action::SetTopicPolicy(set) => set_attribute(&set.topic, "Policy", &set.policy),
        Action::SetTopicKey(set) => set_attribute(&set.topic, "KmsMasterKeyId", &set.kms_key),
        Action::Subscribe(Subscribe { topic, endpoint }) => json!({
            "TopicArn": topic.to_string(),
            "Protocol": endpoint.protocol().as_str(),
            "Endpoint": endpoint.to_string(),
        }),
        Action::PutMetricFilter(filter) => put_metric_filter(filter),
        Action::PutAlarm(alarm) => put_metric_alarm(alarm),
    }
}

/// Returns a fingerprint of each parameter that [`request`] masks.
///
/// Two plans that differ in a masked parameter alone so have different digests. Web endpoints carry tokens
/// too long to be guessed from a hash.
pub(super) fn masked(action: &Action) -> BTreeMap<&'static str, String> {
    match action {
        Action::Subscribe(Subscribe { topic, endpoint }) => fingerprint(topic, endpoint)
            .map(|fingerprint| ("Endpoint", fingerprint))
            .into_iter()
            .collect(),
        Action::CreateTopic(_)
        | Action::SetTopicPolicy(_)
        | Action::SetTopicKey(_)
        | Action::PutMetricFilter(_)
        | Action::PutAlarm(_) => BTreeMap::new(),
    }
}

/// Returns the fingerprint of an endpoint that [`request`] masks.
pub(super) fn fingerprint(topic: &TopicArn, endpoint: &Endpoint) -> Option<String> {
    let salted = || format!("{topic}\n{}", endpoint.expose());
    is_masked(endpoint).then(|| format!("sha256:{}", sha256(&salted())))
}

fn is_masked(endpoint: &Endpoint) -> bool {
    match endpoint.protocol() {
        Protocol::Http | Protocol::Https => true,
        Protocol::Email
        | Protocol::EmailJson
        | Protocol::Sms
        | Protocol::Sqs
        | Protocol::Application
        | Protocol::Lambda
        | Protocol::Firehose => false,
    }
}

fn create_topic(create: &CreateTopic) -> Value {
    let CreateTopic {
        topic,
        kms_key,
        tags,
    } = create;
    let key = kms_key
        .iter()
        .map(|key| ("KmsMasterKeyId".to_owned(), json!(key)));
    json!({
        "Name": topic.name,
        "Attributes": key.collect::<Map<String, Value>>(),
        "Tags": tag_list(tags),
    })
}

pub(super) fn set_attribute(topic: &TopicArn, name: &str, value: &str) -> Value {
    json!({
        "TopicArn": topic.to_string(),
        "AttributeName": name,
        "AttributeValue": value,
    })
}

fn put_metric_filter(filter: &PutMetricFilter) -> Value {
    let PutMetricFilter {
        log_group,
        name,
        pattern,
        metric_name,
        namespace,
        value,
    } = filter;
    json!({
        "logGroupName": log_group.name.as_str(),
        "filterName": name.as_str(),
        "filterPattern": pattern,
        "metricTransformations": [{
            "metricName": metric_name.as_str(),
            "metricNamespace": namespace.as_str(),
            "metricValue": value,
        }],
    })
}

fn put_metric_alarm(alarm: &PutAlarm) -> Value {
    let PutAlarm {
        // Account and Region are the plan's.
        partition: _,
        region: _,
        account: _,
        name,
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
        tags,
    } = alarm;
    let mut request = json!({
        "AlarmName": name.as_str(),
        "AlarmDescription": description,
        "ActionsEnabled": true,
        "AlarmActions": alarm_actions,
        "OKActions": ok_actions,
        "InsufficientDataActions": insufficient_data_actions,
        "MetricName": metric.name,
        "Namespace": metric.namespace,
        "Period": period,
        "EvaluationPeriods": evaluation_periods,
        "Threshold": threshold,
        "ComparisonOperator": operator.as_str(),
        "TreatMissingData": missing_data.as_str(),
        "Tags": tag_list(tags),
    });
    if let Some(members) = request.as_object_mut() {
        let member = statistic_member(statistic);
        members.insert(member.to_owned(), json!(statistic.as_str()));
    }
    request
}

pub(super) fn statistic_member(statistic: &Statistic) -> &'static str {
    match statistic {
        Statistic::Sum
        | Statistic::Average
        | Statistic::Minimum
        | Statistic::Maximum
        | Statistic::SampleCount => "Statistic",
        Statistic::Extended(_) => "ExtendedStatistic",
    }
}

fn tag_list(tags: &Tags) -> Vec<Value> {
    let pair = |(key, value): (&String, &String)| json!({ "Key": key, "Value": value });
    tags.iter().map(pair).collect()
}
