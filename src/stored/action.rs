//! A write out of the parameters of its call.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::members::Members;
use super::{Place, StoredError};
use crate::model::{
    AlarmName, Endpoint, FilterName, LogGroupArn, LogGroupName, Metric, MetricName, MissingData,
    Namespace, Operator, Protocol, Statistic, TopicArn, TopicName,
};
use crate::pattern::Pattern;
use crate::plan::action::{
    Action, CreateTopic, PutAlarm, PutMetricFilter, SetTopicKey, SetTopicPolicy, Subscribe,
};
use crate::render::json;

/// A write that was kept.
#[derive(Debug, Clone, PartialEq)]
pub enum StoredAction {
    /// A write with all of its parameters.
    Whole(Action),
    /// A subscription of a web endpoint, which was not written down.
    Masked(MaskedSubscribe),
}

/// A subscription of which only a fingerprint of the endpoint is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskedSubscribe {
    /// The topic.
    pub topic: TopicArn,
    /// The protocol.
    pub protocol: Protocol,
    /// What may be shown of the endpoint.
    pub shown: String,
    fingerprint: String,
}

impl MaskedSubscribe {
    /// Returns the write, if its endpoint is among these.
    #[must_use]
    pub fn found(&self, endpoints: &BTreeSet<Endpoint>) -> Option<Action> {
        let is_meant = |endpoint: &&Endpoint| {
            json::fingerprint(&self.topic, endpoint).as_ref() == Some(&self.fingerprint)
        };
        let endpoint = endpoints.iter().find(is_meant)?;
        Some(Action::Subscribe(Subscribe {
            topic: self.topic.clone(),
            endpoint: endpoint.clone(),
        }))
    }
}

impl StoredAction {
    /// Returns the write that is called `name` and has these parameters.
    ///
    /// # Errors
    ///
    /// Says what cannot be a parameter, or that something is not as this version writes it.
    pub fn read(
        name: &str,
        request: &Value,
        masked: &BTreeMap<String, String>,
        place: &Place,
    ) -> Result<Self, StoredError> {
        let members = Members::of("request", request)?;
        if let (Some(fingerprint), 1, "subscribe") = (masked.get("Endpoint"), masked.len(), name) {
            return masked_subscribe(&members, fingerprint, place).map(Self::Masked);
        }
        let action = match name {
            "create_topic" => Action::CreateTopic(create_topic(&members, place)?),
            "set_topic_policy" => Action::SetTopicPolicy(SetTopicPolicy {
                topic: topic(&members, place)?,
                policy: members.text("AttributeValue")?.to_owned(),
            }),
            "set_topic_key" => Action::SetTopicKey(SetTopicKey {
                topic: topic(&members, place)?,
                kms_key: members.text("AttributeValue")?.to_owned(),
            }),
            "subscribe" => Action::Subscribe(Subscribe {
                topic: topic(&members, place)?,
                endpoint: named(Endpoint::parse(
                    protocol(&members)?,
                    members.text("Endpoint")?,
                ))?,
            }),
            "put_metric_filter" => Action::PutMetricFilter(put_filter(&members, place)?),
            "put_alarm" => Action::PutAlarm(Box::new(put_alarm(&members, place)?)),
            other => {
                return Err(StoredError::new(format!(
                    "`{other}` is not a write that this version knows"
                )));
            }
        };
        // Printing it again finds whatever was not looked at, and members that are there twice.
        if json::request(&action) == *request
            && masked.is_empty()
            && json::masked(&action).is_empty()
        {
            Ok(Self::Whole(action))
        } else {
            Err(StoredError::new(format!(
                "the parameters of `{name}` are not as this version writes them"
            )))
        }
    }
}

fn named<T, E: ToString>(parsed: Result<T, E>) -> Result<T, StoredError> {
    parsed.map_err(|error| StoredError::new(error.to_string()))
}

fn protocol(members: &Members<'_>) -> Result<Protocol, StoredError> {
    let word = members.text("Protocol")?;
    Protocol::parse(word)
        .ok_or_else(|| StoredError::new(format!("`{word}` is not a protocol of SNS")))
}

/// Returns the topic that a call names, which must be of the place itself.
fn topic(members: &Members<'_>, place: &Place) -> Result<TopicArn, StoredError> {
    let topic = named(TopicArn::parse(members.text("TopicArn")?))?;
    let Place {
        account,
        partition,
        region,
    } = place;
    let is_own =
        topic.account == *account && topic.partition == *partition && topic.region == *region;
    if is_own {
        Ok(topic)
    } else {
        Err(StoredError::new(format!(
            "the topic `{topic}` is not in account {account}, {region}"
        )))
    }
}

fn create_topic(members: &Members<'_>, place: &Place) -> Result<CreateTopic, StoredError> {
    let name = named(TopicName::parse(members.text("Name")?))?;
    let attributes = Members::of("Attributes", members.value("Attributes")?)?;
    let kms_key = match attributes.optional("KmsMasterKeyId") {
        None => None,
        Some(_) => Some(attributes.text("KmsMasterKeyId")?.to_owned()),
    };
    Ok(CreateTopic {
        topic: TopicArn {
            partition: place.partition.clone(),
            region: place.region.clone(),
            account: place.account.clone(),
            name: name.as_str().to_owned(),
        },
        kms_key,
        tags: members.tags("Tags")?,
    })
}

fn masked_subscribe(
    members: &Members<'_>,
    fingerprint: &str,
    place: &Place,
) -> Result<MaskedSubscribe, StoredError> {
    let protocol = protocol(members)?;
    match protocol {
        Protocol::Http | Protocol::Https => {}
        Protocol::Email
        | Protocol::EmailJson
        | Protocol::Sms
        | Protocol::Sqs
        | Protocol::Application
        | Protocol::Lambda
        | Protocol::Firehose => {
            return Err(StoredError::new(format!(
                "an endpoint of protocol `{protocol}` is not masked"
            )));
        }
    }
    Ok(MaskedSubscribe {
        topic: topic(members, place)?,
        protocol,
        shown: members.text("Endpoint")?.to_owned(),
        fingerprint: fingerprint.to_owned(),
    })
}

fn put_filter(members: &Members<'_>, place: &Place) -> Result<PutMetricFilter, StoredError> {
    let [published] = members.list("metricTransformations")? else {
        return Err(StoredError::new(
            "`metricTransformations` does not have one member",
        ));
    };
    let published = Members::of("metricTransformations", published)?;
    let pattern = members.text("filterPattern")?;
    named(Pattern::parse(pattern))?;
    Ok(PutMetricFilter {
        log_group: LogGroupArn {
            partition: place.partition.clone(),
            region: place.region.clone(),
            account: place.account.clone(),
            name: named(LogGroupName::parse(members.text("logGroupName")?))?,
        },
        name: named(FilterName::parse(members.text("filterName")?))?,
        pattern: pattern.to_owned(),
        metric_name: named(MetricName::parse(published.text("metricName")?))?,
        namespace: named(Namespace::parse(published.text("metricNamespace")?))?,
        value: published.text("metricValue")?.to_owned(),
    })
}

fn put_alarm(members: &Members<'_>, place: &Place) -> Result<PutAlarm, StoredError> {
    let statistic = match members.optional("Statistic") {
        Some(_) => members.text("Statistic")?,
        None => members.text("ExtendedStatistic")?,
    };
    let missing = members.text("TreatMissingData")?;
    let missing_data = MissingData::parse(missing)
        .ok_or_else(|| StoredError::new(format!("`{missing}` is not a `TreatMissingData`")))?;
    Ok(PutAlarm {
        partition: place.partition.clone(),
        region: place.region.clone(),
        account: place.account.clone(),
        name: named(AlarmName::parse(members.text("AlarmName")?))?,
        description: members.text("AlarmDescription")?.to_owned(),
        metric: Metric {
            namespace: members.text("Namespace")?.to_owned(),
            name: members.text("MetricName")?.to_owned(),
        },
        statistic: Statistic::parse(statistic),
        period: members.count("Period")?,
        evaluation_periods: members.count("EvaluationPeriods")?,
        threshold: members.number("Threshold")?,
        operator: Operator::parse(members.text("ComparisonOperator")?),
        missing_data,
        alarm_actions: members.texts("AlarmActions")?,
        ok_actions: members.texts("OKActions")?,
        insufficient_data_actions: members.texts("InsufficientDataActions")?,
        tags: members.tags("Tags")?,
    })
}
