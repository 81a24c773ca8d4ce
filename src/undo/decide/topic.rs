//! What may be taken back of a topic, its policy, its key and its subscriptions.

use serde_json::Value;

use super::super::facts::WholeTopic;
use super::{Found, View, fact, topic};
use crate::desired::OWNER_TAG;
use crate::model::{AlarmKind, SubscriptionState, TopicArn};
use crate::plan::action::{CreateTopic, SetTopicKey, SetTopicPolicy, Subscribe};
use crate::plan::{FieldChange, Replaced};
use crate::reversal::{LeftReason, PendingEnd, Reversal, Subscribed};

/// Returns a topic that is there and ours.
fn own_topic<'facts>(
    view: &View<'facts>,
    arn: &TopicArn,
) -> Result<&'facts WholeTopic, LeftReason> {
    let whole = topic(view.facts, arn).map_err(LeftReason::Unread)?;
    let whole = whole.ok_or(LeftReason::Gone)?;
    if whole.tags.contains_key(OWNER_TAG) {
        Ok(whole)
    } else {
        Err(LeftReason::NotOurs)
    }
}

fn one_change(field: &'static str, before: &str, after: &str) -> Vec<FieldChange> {
    vec![FieldChange {
        field,
        before: before.to_owned(),
        after: after.to_owned(),
    }]
}

pub(super) fn policy(
    set: &SetTopicPolicy,
    before: Option<&Replaced>,
    view: &View<'_>,
) -> Result<Found, LeftReason> {
    let now = &own_topic(view, &set.topic)?.topic.policy;
    let Some(Replaced::TopicPolicy(previous)) = before else {
        return Err(LeftReason::Unrestorable);
    };
    if is_same_document(now, previous) {
        return Err(LeftReason::Restored);
    }
    if !is_same_document(now, &set.policy) {
        return Err(LeftReason::Changed);
    }
    Ok(Found {
        changes: one_change("policy", now, previous),
        reversal: Reversal::RestoreTopicPolicy(set.topic.clone(), previous.clone()),
        notes: Vec::new(),
    })
}

/// Returns whether two policies are the same document, however they are laid out.
fn is_same_document(one: &str, other: &str) -> bool {
    let parse = |text: &str| serde_json::from_str::<Value>(text).ok();
    one == other || parse(one).is_some_and(|one| Some(one) == parse(other))
}

pub(super) fn key(
    set: &SetTopicKey,
    before: Option<&Replaced>,
    view: &View<'_>,
) -> Result<Found, LeftReason> {
    let now = &own_topic(view, &set.topic)?.topic.kms_key;
    let Some(Replaced::TopicKey(previous)) = before else {
        return Err(LeftReason::Unrestorable);
    };
    if now == previous {
        return Err(LeftReason::Restored);
    }
    if now.as_ref() != Some(&set.kms_key) {
        return Err(LeftReason::Changed);
    }
    let shown = previous.as_deref().unwrap_or("none");
    Ok(Found {
        changes: one_change("key", &set.kms_key, shown),
        reversal: Reversal::RestoreTopicKey(set.topic.clone(), previous.clone()),
        notes: Vec::new(),
    })
}

pub(super) fn subscription(subscribe: &Subscribe, view: &View<'_>) -> Result<Found, LeftReason> {
    let whole = topic(view.facts, &subscribe.topic).map_err(LeftReason::Unread)?;
    let mut listed = whole.ok_or(LeftReason::Gone)?.subscriptions.iter();
    let live = listed.find(|listed| {
        listed.endpoint == subscribe.endpoint && listed.state != SubscriptionState::Deleted
    });
    match live.map(|listed| &listed.state) {
        None | Some(SubscriptionState::Deleted) => Err(LeftReason::Gone),
        Some(SubscriptionState::Pending) => Err(LeftReason::Pending(PendingEnd::ByItself)),
        Some(SubscriptionState::Confirmed(arn)) => Ok(Reversal::Unsubscribe(Subscribed {
            topic: subscribe.topic.clone(),
            endpoint: subscribe.endpoint.clone(),
            subscription: arn.clone(),
        })
        .into()),
    }
}

pub(super) fn created_topic(create: &CreateTopic, view: &View<'_>) -> Result<Found, LeftReason> {
    let WholeTopic {
        topic,
        tags,
        subscriptions,
    } = own_topic(view, &create.topic)?;
    let removal = Found::from(Reversal::DeleteTopic(create.topic.clone()));
    if view.by_name.contains(&create.topic.name) {
        return Ok(Found {
            notes: vec!["it was asked for by name, whoever else uses it".to_owned()],
            ..removal
        });
    }
    let are_there = create
        .tags
        .iter()
        .all(|(key, value)| tags.get(key) == Some(value));
    if topic.kms_key != create.kms_key || !are_there || !is_default_policy(&topic.policy) {
        return Err(LeftReason::Changed);
    }
    let others = subscriptions.iter().filter(|listed| {
        let is_own = view
            .leaving
            .contains(&(create.topic.clone(), listed.endpoint.clone()));
        !is_own && listed.state != SubscriptionState::Deleted
    });
    match others.count() {
        0 => {}
        others => return Err(LeftReason::OthersSubscribed(others)),
    }
    let there = fact(
        view.facts.alarms.get(&create.topic.region),
        "cloudwatch:DescribeAlarms",
    );
    let there = there.map_err(LeftReason::Unread)?;
    let others = there
        .iter()
        .filter(|alarm| !view.going.contains(&alarm.arn));
    let arn = create.topic.to_string();
    let mut users = Vec::new();
    for alarm in others {
        match &alarm.kind {
            AlarmKind::Metric(settings) if settings.actions().any(|action| *action == arn) => {
                users.push(alarm.arn.name.clone());
            }
            AlarmKind::Metric(_) => {}
            AlarmKind::Composite | AlarmKind::Log => {
                return Err(LeftReason::MayBeUsed(alarm.arn.name.clone()));
            }
        }
    }
    if users.is_empty() {
        Ok(removal)
    } else {
        Err(LeftReason::Used(users))
    }
}

/// Returns whether a policy is the one that SNS gives a new topic, whose one statement has a name of its own.
fn is_default_policy(policy: &str) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(policy) else {
        return policy.is_empty();
    };
    match document
        .get("Statement")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) => only.get("Sid").and_then(Value::as_str) == Some("__default_statement_ID"),
        Some(_) | None => false,
    }
}
