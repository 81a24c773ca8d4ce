//! The steps about the planned topic: making it, mending it, subscribing to it.

use std::collections::{BTreeMap, BTreeSet};

use super::action::{Action, CreateTopic, SetTopicKey, SetTopicPolicy, Subscribe};
use super::case::{Case, tags};
use super::{FieldChange, Mark, Replaced, Step, StepId};
use crate::desired::{Desired, DesiredTopic};
use crate::examine::{Code, LinkState, PlannedTopic, merged_topic_policy};
use crate::model::{ControlId, Endpoint, Subscription, SubscriptionState, Tags, Topic, TopicArn};
use crate::observed::Observed;

/// Returns the steps about planned topics: making them, mending them, subscribing to them.
pub(super) fn topic_steps(desired: &Desired, observed: &Observed, cases: &[Case<'_>]) -> Vec<Step> {
    let mut users: BTreeMap<TopicArn, Vec<(&ControlId, &PlannedTopic)>> = BTreeMap::new();
    for (control, _, repair) in cases {
        if let Some(links) = repair.planned_topic() {
            users
                .entry(links.arn.clone())
                .or_default()
                .push((&control.id, links));
        }
    }
    let mut steps = Vec::new();
    for (arn, users) in users {
        let Some(wanted) = users.first().map(|(_, links)| desired.topic_of(links.lane)) else {
            continue;
        };
        let serves: BTreeSet<ControlId> = users
            .iter()
            .map(|(control, _)| (*control).clone())
            .collect();
        let is_refused = users.iter().any(|(_, links)| {
            links.topic.code == Code::TopicPolicyDenies && links.topic.state == LinkState::Differs
        });
        let is_usable = users.iter().all(|(_, links)| links.key.is_none());
        match observed.topic(&arn) {
            Err(_) => continue,
            Ok(None) => steps.push(create_topic(
                (wanted, tags(desired, "topic")),
                &arn,
                &serves,
            )),
            Ok(Some(topic)) if observed.owns_topic(&arn).unwrap_or(false) => {
                let policy = is_refused.then(|| topic_policy(topic, &serves)).flatten();
                let key = is_usable.then(|| topic_key(wanted, topic, &serves));
                steps.extend(policy.into_iter().chain(key.flatten()));
            }
            Ok(Some(_)) => {}
        }
        // Whoever could not look must not subscribe: a second subscription sends a second mail.
        if let Ok(subscribed) = observed.subscriptions(&arn) {
            steps.extend(subscriptions(wanted, &arn, subscribed, &serves, &steps));
        }
    }
    steps
}

fn create_topic(
    (wanted, tags): (&DesiredTopic, Tags),
    arn: &TopicArn,
    serves: &BTreeSet<ControlId>,
) -> Step {
    Step {
        id: StepId::new("topic", &arn.name),
        mark: Mark::Create,
        action: Action::CreateTopic(CreateTopic {
            topic: arn.clone(),
            kms_key: wanted.kms_key.clone(),
            tags,
        }),
        serves: serves.clone(),
        needs: BTreeSet::new(),
        changes: Vec::new(),
        replaces: None,
        notes: Vec::new(),
    }
}

fn topic_policy(topic: &Topic, serves: &BTreeSet<ControlId>) -> Option<Step> {
    let policy = merged_topic_policy(&topic.policy, &topic.arn, &topic.arn.account)?;
    Some(Step {
        id: StepId::new("topic-policy", &topic.arn.name),
        mark: Mark::Change,
        changes: vec![FieldChange {
            field: "policy",
            before: topic.policy.clone(),
            after: policy.clone(),
        }],
        action: Action::SetTopicPolicy(SetTopicPolicy {
            topic: topic.arn.clone(),
            policy,
        }),
        serves: serves.clone(),
        needs: BTreeSet::new(),
        replaces: Some(Replaced::TopicPolicy(topic.policy.clone())),
        notes: vec!["one statement is added, the others stay".to_owned()],
    })
}

fn topic_key(wanted: &DesiredTopic, topic: &Topic, serves: &BTreeSet<ControlId>) -> Option<Step> {
    let wanted = wanted.kms_key.as_ref()?;
    if topic.kms_key.as_ref() == Some(wanted) {
        return None;
    }
    Some(Step {
        id: StepId::new("topic-key", &topic.arn.name),
        mark: Mark::Change,
        action: Action::SetTopicKey(SetTopicKey {
            topic: topic.arn.clone(),
            kms_key: wanted.clone(),
        }),
        serves: serves.clone(),
        needs: BTreeSet::new(),
        changes: vec![FieldChange {
            field: "key",
            before: topic.kms_key.clone().unwrap_or_else(|| "none".to_owned()),
            after: wanted.clone(),
        }],
        replaces: Some(Replaced::TopicKey(topic.kms_key.clone())),
        notes: Vec::new(),
    })
}

/// Returns the endpoints that are wanted and neither subscribed nor asked to confirm already.
pub(super) fn unsubscribed<'desired>(
    wanted: &'desired DesiredTopic,
    subscribed: &[Subscription],
) -> Vec<&'desired Endpoint> {
    let is_listed = |endpoint: &Endpoint| {
        subscribed.iter().any(|subscription| {
            subscription.endpoint == *endpoint && subscription.state != SubscriptionState::Deleted
        })
    };
    wanted
        .subscriptions
        .iter()
        .filter(|endpoint| !is_listed(endpoint))
        .collect()
}

fn subscriptions(
    wanted: &DesiredTopic,
    arn: &TopicArn,
    subscribed: &[Subscription],
    serves: &BTreeSet<ControlId>,
    before: &[Step],
) -> Vec<Step> {
    let topic = StepId::new("topic", &arn.name);
    let needs: BTreeSet<StepId> = before
        .iter()
        .filter(|step| step.id == topic)
        .map(|step| step.id.clone())
        .collect();
    let places: Vec<&Endpoint> = wanted.subscriptions.iter().collect();
    unsubscribed(wanted, subscribed)
        .into_iter()
        .map(|endpoint| {
            // Web addresses may be secret, so a subscription is known by its place in the settings.
            let place = places
                .iter()
                .position(|other| *other == endpoint)
                .map_or(0, |at| at + 1);
            Step {
                id: StepId::new(
                    "subscription",
                    &format!("{}/{}-{place}", arn.name, endpoint.protocol()),
                ),
                mark: Mark::Create,
                action: Action::Subscribe(Subscribe {
                    topic: arn.clone(),
                    endpoint: endpoint.clone(),
                }),
                serves: serves.clone(),
                needs: needs.clone(),
                changes: Vec::new(),
                replaces: None,
                notes: Vec::new(),
            }
        })
        .collect()
}
