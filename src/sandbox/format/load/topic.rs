//! Topics, subscriptions and keys of the text.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    Endpoint, Key, KeyManager, Partition, Protocol, Region, Subscription, SubscriptionState,
    TopicArn,
};
use crate::sandbox::account::{SandboxKey, SandboxSubscription, SandboxTopic, TopicAttributes};
use crate::sandbox::format::{policy, shape};
use crate::sandbox::sns::default_policy;

use super::mistakes::{Mistakes, likeliest};
use super::{Owner, insert_new};

pub(super) fn topics(
    shapes: Vec<shape::Topic>,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> BTreeMap<TopicArn, SandboxTopic> {
    let mut topics = BTreeMap::new();
    for (index, shape) in shapes.into_iter().enumerate() {
        let place = format!("topics[{index}]");
        if let Some((arn, held)) = topic(shape, &place, owner, mistakes) {
            insert_new(&mut topics, arn, held, mistakes, &place);
        }
    }
    topics
}

fn topic(
    shape: shape::Topic,
    place: &str,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> Option<(TopicArn, SandboxTopic)> {
    let shape::Topic {
        arn,
        attributes,
        tags,
        subscriptions,
    } = shape;
    let subscriptions =
        subscriptions.map(|shapes| self::subscriptions(shapes, place, owner, mistakes));
    let arn = mistakes.take(&format!("{place}.arn"), TopicArn::parse(&arn))?;
    let attributes = owner.or_default(attributes, shape::Attributes::default);
    let place = format!("{place}.attributes.policy");
    let attributes = attributes.and_then(|shape| self::attributes(shape, &arn, &place, mistakes));
    let held = SandboxTopic {
        attributes,
        tags: owner.or_default(tags, BTreeMap::new),
        subscriptions: owner.or_default(subscriptions, Vec::new),
    };
    Some((arn, held))
}

fn attributes(
    shape: shape::Attributes,
    topic: &TopicArn,
    place: &str,
    mistakes: &mut Mistakes,
) -> Option<TopicAttributes> {
    let shape::Attributes { kms_key, policy } = shape;
    let policy = match policy {
        None => default_policy(topic),
        Some(value) => self::policy(value, place, mistakes)?,
    };
    Some(TopicAttributes { policy, kms_key })
}

fn policy(value: serde_json::Value, place: &str, mistakes: &mut Mistakes) -> Option<String> {
    let policy = policy::read(value);
    if policy.is_none() {
        mistakes.add(place, "a policy is an object, or a string that holds one");
    }
    policy
}

fn subscriptions(
    shapes: Vec<shape::Subscription>,
    place: &str,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> Vec<SandboxSubscription> {
    let mut subscriptions = Vec::new();
    let mut live = BTreeSet::new();
    for (index, shape) in shapes.into_iter().enumerate() {
        let place = format!("{place}.subscriptions[{index}]");
        let Some(held) = subscription(shape, &place, owner, mistakes) else {
            continue;
        };
        let Subscription { endpoint, state } = &held.subscription;
        let is_live = *state != SubscriptionState::Deleted;
        if is_live && !live.insert(endpoint.clone()) && owner.is_complete {
            mistakes.add(&place, format!("`{endpoint}` is subscribed twice"));
        }
        subscriptions.push(held);
    }
    subscriptions.sort();
    subscriptions
}

fn subscription(
    shape: shape::Subscription,
    place: &str,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> Option<SandboxSubscription> {
    let shape::Subscription {
        protocol,
        endpoint,
        state,
        confirmations_sent,
    } = shape;
    let Some(known) = Protocol::parse(&protocol) else {
        let hint = likeliest(&protocol, Protocol::ALL.map(Protocol::as_str));
        let message = format!("`{protocol}` is not a protocol{hint}");
        mistakes.add(&format!("{place}.protocol"), message);
        return None;
    };
    if owner.is_complete {
        mistakes.take(
            &format!("{place}.endpoint"),
            Endpoint::parse(known, &endpoint),
        );
    }
    Some(SandboxSubscription {
        subscription: Subscription {
            endpoint: Endpoint::observed(known, &endpoint),
            state: match state {
                shape::SubscriptionState::Confirmed(arn) => SubscriptionState::Confirmed(arn),
                shape::SubscriptionState::Pending => SubscriptionState::Pending,
                shape::SubscriptionState::Deleted => SubscriptionState::Deleted,
            },
        },
        confirmations_sent,
    })
}

pub(super) fn keys(
    shapes: Vec<shape::Key>,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> BTreeMap<String, SandboxKey> {
    let mut keys = BTreeMap::new();
    let mut aliases = BTreeSet::new();
    for (index, shape) in shapes.into_iter().enumerate() {
        let place = format!("keys[{index}]");
        let Some((region, held)) = key(shape, &place, mistakes) else {
            continue;
        };
        for alias in &held.aliases {
            if !aliases.insert((region.clone(), alias.clone())) && owner.is_complete {
                let message = format!("two keys of `{region}` have the alias `{alias}`");
                mistakes.add(&format!("{place}.aliases"), message);
            }
        }
        insert_new(&mut keys, held.key.arn.clone(), held, mistakes, &place);
    }
    keys
}

fn key(shape: shape::Key, place: &str, mistakes: &mut Mistakes) -> Option<(Region, SandboxKey)> {
    let shape::Key {
        arn,
        aliases,
        manager,
        enabled,
        policy,
    } = shape;
    let policy = policy.map_or_else(
        || Some(String::new()),
        |value| self::policy(value, &format!("{place}.policy"), mistakes),
    );
    let region = region_of_key(&arn);
    if region.is_none() {
        mistakes.add(
            &format!("{place}.arn"),
            format!("`{arn}` is not the ARN of a key"),
        );
    }
    let key = Key {
        arn,
        manager: match manager {
            shape::Manager::Aws => KeyManager::Aws,
            shape::Manager::Customer => KeyManager::Customer,
        },
        enabled,
        policy: policy?,
    };
    let aliases = aliases.into_iter().collect();
    Some((region?, SandboxKey { key, aliases }))
}

/// Returns the Region in a key's ARN, `arn:PARTITION:kms:REGION:ACCOUNT:key/ID`.
fn region_of_key(arn: &str) -> Option<Region> {
    let mut fields = arn.splitn(6, ':');
    let (prefix, partition, service) = (fields.next()?, fields.next()?, fields.next()?);
    let (region, _, resource) = (fields.next()?, fields.next()?, fields.next()?);
    Partition::parse(partition)?;
    let legal = prefix == "arn" && service == "kms" && resource.starts_with("key/");
    Region::parse(region).ok().filter(|_| legal)
}
