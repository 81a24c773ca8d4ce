//! From what was observed of a real account to a sandbox of it.
//!
//! The sandbox is partial: what nobody looked at is not taken for absent, and a reading that failed
//! fails in it too. Web endpoints keep their host alone, since the rest may be a secret. States of alarms
//! and confirmation mails are not observed; alarms begin without data, mails at none.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    AlarmState, CallError, Endpoint, MetricFilter, Protocol, Reading, Subscription, Topic,
    TopicArn, TrailArn,
};
use crate::observed::Observed;

use super::account::{
    Absent, Extent, SandboxAccount, SandboxAlarm, SandboxKey, SandboxLogGroup, SandboxSubscription,
    SandboxTopic, SandboxTrail, TopicAttributes,
};
use super::read::key_resource;

/// Returns a sandbox that answers as the observed account did.
#[must_use]
pub fn from_observed(observed: &Observed) -> SandboxAccount {
    let mut account = SandboxAccount::empty(observed.identity.clone(), observed.region.clone());
    let mut absent = Absent::default();
    take_trails(&mut account, observed);
    take_log_groups(&mut account, observed, &mut absent);
    take_alarms(&mut account, observed);
    take_topics(&mut account, observed, &mut absent);
    take_keys(&mut account, observed, &mut absent);
    account.extent = Extent::Partial(absent);
    account
}

impl SandboxAccount {
    /// Returns what was read, if it was; a failed reading is noted as one that fails.
    fn note<T: Clone>(&mut self, resource: &str, reading: Option<&Reading<T>>) -> Option<T> {
        match reading? {
            Ok(fact) => Some(fact.clone()),
            Err(error) => {
                self.note_failure(resource, error);
                None
            }
        }
    }

    fn note_failure(&mut self, resource: &str, error: &CallError) {
        self.unreadable.add(Some(resource), error.clone());
    }
}

fn take_trails(account: &mut SandboxAccount, observed: &Observed) {
    match &observed.trails {
        Err(error) => account.unreadable.add(None, error.clone()),
        Ok(trails) => {
            for (arn, trail) in trails {
                let resource = arn.to_string();
                let held = SandboxTrail {
                    trail: trail.clone(),
                    status: account.note(&resource, observed.trail_status.get(arn)),
                    selectors: account.note(&resource, observed.event_selectors.get(arn)),
                };
                account.trails.insert(TrailArn::clone(arn), held);
            }
        }
    }
}

fn take_log_groups(account: &mut SandboxAccount, observed: &Observed, absent: &mut Absent) {
    let (groups, filters) = (&observed.log_groups, &observed.metric_filters);
    let arns: BTreeSet<_> = groups.keys().chain(filters.keys()).collect();
    for arn in arns {
        let resource = arn.to_string();
        let group = account.note(&resource, groups.get(arn));
        let filters = account.note(&resource, filters.get(arn));
        if group == Some(None) {
            absent.log_groups.insert(arn.clone());
            continue;
        }
        let named = |filters: Vec<_>| {
            let pairs = filters
                .into_iter()
                .map(|filter: MetricFilter| (filter.name.clone(), filter));
            pairs.collect::<BTreeMap<_, _>>()
        };
        let held = SandboxLogGroup {
            class: group.flatten().map(|group| group.class),
            filters: filters.map(named),
        };
        account.log_groups.insert(arn.clone(), held);
    }
}

fn take_alarms(account: &mut SandboxAccount, observed: &Observed) {
    for (region, reading) in &observed.alarms {
        let Some(alarms) = account.note(region.as_str(), Some(reading)) else {
            continue;
        };
        let mut named = BTreeMap::new();
        for alarm in alarms {
            let tags = observed.alarm_tags.get(&alarm.arn);
            let held = SandboxAlarm {
                kind: alarm.kind,
                state: AlarmState::InsufficientData,
                tags: account.note(&alarm.arn.to_string(), tags),
            };
            named.insert(alarm.arn.name, held);
        }
        account.alarms.insert(region.clone(), named);
    }
}

fn take_topics(account: &mut SandboxAccount, observed: &Observed, absent: &mut Absent) {
    let arns: BTreeSet<&TopicArn> = observed
        .topics
        .keys()
        .chain(observed.topic_tags.keys())
        .chain(observed.subscriptions.keys())
        .collect();
    for arn in arns {
        let resource = arn.to_string();
        let topic = account.note(&resource, observed.topics.get(arn));
        let tags = account.note(&resource, observed.topic_tags.get(arn));
        let subscriptions = account.note(&resource, observed.subscriptions.get(arn));
        if topic == Some(None) {
            absent.topics.insert(arn.clone());
            continue;
        }
        let held = SandboxTopic {
            attributes: topic.flatten().map(attributes),
            tags,
            subscriptions: subscriptions.map(masked),
        };
        account.topics.insert(arn.clone(), held);
    }
}

fn attributes(topic: Topic) -> TopicAttributes {
    let Topic {
        arn: _,
        policy,
        kms_key,
    } = topic;
    TopicAttributes { policy, kms_key }
}

fn masked(subscriptions: Vec<Subscription>) -> Vec<SandboxSubscription> {
    let mut masked: Vec<_> = subscriptions
        .into_iter()
        .map(|Subscription { endpoint, state }| SandboxSubscription {
            subscription: Subscription {
                endpoint: without_secret(&endpoint),
                state,
            },
            confirmations_sent: 0,
        })
        .collect();
    masked.sort();
    masked
}

fn without_secret(endpoint: &Endpoint) -> Endpoint {
    match endpoint.protocol() {
        Protocol::Http | Protocol::Https => {
            Endpoint::observed(endpoint.protocol(), &endpoint.to_string())
        }
        Protocol::Email
        | Protocol::EmailJson
        | Protocol::Sms
        | Protocol::Sqs
        | Protocol::Application
        | Protocol::Lambda
        | Protocol::Firehose => endpoint.clone(),
    }
}

fn take_keys(account: &mut SandboxAccount, observed: &Observed, absent: &mut Absent) {
    for ((region, name), reading) in &observed.keys {
        match account.note(&key_resource(region, name), Some(reading)) {
            None => {}
            Some(None) => {
                absent.keys.insert((region.clone(), name.clone()));
            }
            Some(Some(key)) => {
                let held = account
                    .keys
                    .entry(key.arn.clone())
                    .or_insert_with(|| SandboxKey {
                        key,
                        aliases: BTreeSet::new(),
                    });
                if !held.answers_to(region, name) {
                    held.aliases.insert(name.clone());
                }
            }
        }
    }
}
