//! The state of a sandbox account: what is there, who asks, and what cannot be read.
//!
//! The `add_…` and `remove_…` functions here build a world; they obey no rule of AWS beyond
//! "one thing of a name". The rules are in `logs`, `cloudwatch` and `sns`.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    AccountId, Alarm, AlarmArn, AlarmKind, AlarmState, CallError, EventSelectors, HistoryItem,
    Identity, Key, LogGroup, LogGroupArn, LogGroupClass, MetricFilter, Partition, Region,
    Subscription, Tags, Topic, TopicArn, Trail, TrailArn, TrailStatus,
};

use super::sns::default_policy;
use super::unreadable::Unreadable;

/// A simulated account.
#[derive(Debug, Clone, PartialEq)]
// INVARIANT: everything is stored under its own ARN or name, and subscriptions are sorted.
pub struct SandboxAccount {
    pub(super) identity: Identity,
    pub(super) region: Region,
    pub(super) extent: Extent,
    pub(super) trails: BTreeMap<TrailArn, SandboxTrail>,
    pub(super) log_groups: BTreeMap<LogGroupArn, SandboxLogGroup>,
    pub(super) alarms: BTreeMap<Region, BTreeMap<String, SandboxAlarm>>,
    pub(super) topics: BTreeMap<TopicArn, SandboxTopic>,
    pub(super) keys: BTreeMap<String, SandboxKey>,
    pub(super) unreadable: Unreadable,
    /// The histories of alarms, oldest first; no file keeps them.
    pub(super) history: BTreeMap<AlarmArn, Vec<HistoryItem>>,
}

/// Whether the state is a whole account or the part of one that somebody looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Extent {
    /// What is not in the state does not exist.
    Complete,
    /// What is not in the state is unknown, except for what is known to be absent.
    Partial(Absent),
}

/// What somebody looked for and did not find.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Absent {
    /// Log groups.
    pub log_groups: BTreeSet<LogGroupArn>,
    /// Topics.
    pub topics: BTreeSet<TopicArn>,
    /// Keys, by Region, as they were asked for.
    pub keys: BTreeSet<(Region, String)>,
}

/// A trail with its status and selectors; none means that nobody looked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxTrail {
    /// The trail.
    pub trail: Trail,
    /// Whether it records and delivers.
    pub status: Option<TrailStatus>,
    /// What it records.
    pub selectors: Option<EventSelectors>,
}

/// A log group with its metric filters by name; none means that nobody looked.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SandboxLogGroup {
    /// Its class.
    pub class: Option<LogGroupClass>,
    /// Its metric filters.
    pub filters: Option<BTreeMap<String, MetricFilter>>,
}

/// An alarm with its state and tags; no tags means that nobody looked.
#[derive(Debug, Clone, PartialEq)]
pub struct SandboxAlarm {
    /// What it watches.
    pub kind: AlarmKind,
    /// Its state.
    pub state: AlarmState,
    /// Its tags.
    pub tags: Option<Tags>,
}

/// A topic with its tags and subscriptions; none means that nobody looked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SandboxTopic {
    /// Its policy and its key.
    pub attributes: Option<TopicAttributes>,
    /// Its tags.
    pub tags: Option<Tags>,
    /// Its subscriptions.
    pub subscriptions: Option<Vec<SandboxSubscription>>,
}

/// The attributes of a topic on which its delivery depends (SNS API, `GetTopicAttributes`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicAttributes {
    /// The access policy, a JSON document.
    pub policy: String,
    /// The key that encrypts messages at rest.
    pub kms_key: Option<String>,
}

/// A subscription, and how often somebody was asked to confirm it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct SandboxSubscription {
    /// The subscription.
    pub subscription: Subscription,
    /// How many confirmation messages were sent to its endpoint.
    pub confirmations_sent: u32,
}

/// A key with the names it can be asked for by, beside its id and its ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SandboxKey {
    /// The key.
    pub key: Key,
    /// Its aliases, such as `alias/cis-alarms`.
    pub aliases: BTreeSet<String>,
}

impl SandboxAccount {
    /// Returns an empty account in which `identity` asks, beginning in `region`.
    #[must_use]
    pub fn empty(identity: Identity, region: Region) -> Self {
        Self {
            identity,
            region,
            extent: Extent::Complete,
            trails: BTreeMap::new(),
            log_groups: BTreeMap::new(),
            alarms: BTreeMap::new(),
            topics: BTreeMap::new(),
            keys: BTreeMap::new(),
            unreadable: Unreadable::default(),
            history: BTreeMap::new(),
        }
    }

    /// Returns the account as somebody sees it who begins in `region`.
    #[must_use]
    pub fn starting_in(self, region: Region) -> Self {
        Self { region, ..self }
    }

    /// Returns the account's number.
    #[must_use]
    pub fn account(&self) -> &AccountId {
        &self.identity.account
    }

    /// Returns the account's partition.
    #[must_use]
    pub fn partition(&self) -> &Partition {
        &self.identity.partition
    }

    /// Returns the Region in which the asking begins.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    /// Returns whether this is a whole account.
    #[must_use]
    pub fn extent(&self) -> &Extent {
        &self.extent
    }

    /// Returns all trails, also those that the starting Region does not show.
    #[must_use]
    pub fn trails(&self) -> &BTreeMap<TrailArn, SandboxTrail> {
        &self.trails
    }

    /// Returns all log groups with their metric filters.
    #[must_use]
    pub fn log_groups(&self) -> &BTreeMap<LogGroupArn, SandboxLogGroup> {
        &self.log_groups
    }

    /// Returns all alarms by Region and name.
    #[must_use]
    pub fn alarms(&self) -> &BTreeMap<Region, BTreeMap<String, SandboxAlarm>> {
        &self.alarms
    }

    /// Returns all topics with their subscriptions.
    #[must_use]
    pub fn topics(&self) -> &BTreeMap<TopicArn, SandboxTopic> {
        &self.topics
    }

    /// Returns all keys by ARN.
    #[must_use]
    pub fn keys(&self) -> &BTreeMap<String, SandboxKey> {
        &self.keys
    }

    /// Returns the readings that fail.
    #[must_use]
    pub fn unreadable(&self) -> &Unreadable {
        &self.unreadable
    }
}

/// Building a world.
impl SandboxAccount {
    /// Adds a trail, or replaces the one of its ARN.
    pub fn add_trail(&mut self, trail: Trail, status: TrailStatus, selectors: EventSelectors) {
        let held = SandboxTrail {
            status: Some(status),
            selectors: Some(selectors),
            trail,
        };
        self.trails.insert(held.trail.arn.clone(), held);
    }

    /// Adds a log group without metric filters, or gives the one of its ARN another class.
    pub fn add_log_group(&mut self, log_group: LogGroup) {
        let LogGroup { arn, class } = log_group;
        let held = self.log_groups.entry(arn).or_default();
        held.class = Some(class);
        held.filters.get_or_insert_default();
    }

    /// Adds a metric filter to a log group, or replaces the one of its name.
    ///
    /// A log group that is not there yet is added with the Standard class.
    pub fn add_filter(&mut self, log_group: &LogGroupArn, filter: MetricFilter) {
        let held = self.log_groups.entry(log_group.clone()).or_default();
        held.class.get_or_insert(LogGroupClass::Standard);
        held.filters
            .get_or_insert_default()
            .insert(filter.name.clone(), filter);
    }

    /// Adds an alarm, or replaces the one of its name.
    pub fn add_alarm(&mut self, alarm: Alarm, tags: Tags) {
        let Alarm { arn, kind } = alarm;
        let held = SandboxAlarm {
            kind,
            state: AlarmState::InsufficientData,
            tags: Some(tags),
        };
        self.alarms
            .entry(arn.region)
            .or_default()
            .insert(arn.name, held);
    }

    /// Adds a topic without subscriptions, or replaces the one of its ARN and keeps its subscriptions.
    pub fn add_topic(&mut self, topic: Topic, tags: Tags) {
        let Topic {
            arn,
            policy,
            kms_key,
        } = topic;
        let held = self.topics.entry(arn).or_default();
        held.attributes = Some(TopicAttributes { policy, kms_key });
        held.tags = Some(tags);
        held.subscriptions.get_or_insert_default();
    }

    /// Adds a subscription to a topic, or replaces the one of its endpoint.
    ///
    /// A topic that is not there yet is added with the default policy and no tags.
    pub fn add_subscription(&mut self, topic: &TopicArn, subscription: Subscription) {
        let held = self
            .topics
            .entry(topic.clone())
            .or_insert_with(|| SandboxTopic::new(topic, None, Tags::new()));
        let subscriptions = held.subscriptions.get_or_insert_default();
        subscriptions.retain(|other| other.subscription.endpoint != subscription.endpoint);
        subscriptions.push(SandboxSubscription {
            subscription,
            confirmations_sent: 0,
        });
        subscriptions.sort();
    }

    /// Adds a key with its aliases, or replaces the one of its ARN.
    pub fn add_key(&mut self, key: Key, aliases: BTreeSet<String>) {
        let held = SandboxKey { key, aliases };
        self.keys.insert(held.key.arn.clone(), held);
    }

    /// Makes readings of `error.action` fail with `error`: those of `resource`, or all when none is given.
    pub fn add_unreadable(&mut self, resource: Option<&str>, error: CallError) {
        self.unreadable.add(resource, error);
    }

    /// Removes a trail and returns it.
    pub fn remove_trail(&mut self, trail: &TrailArn) -> Option<SandboxTrail> {
        self.trails.remove(trail)
    }

    /// Removes a log group with its metric filters and returns it.
    pub fn remove_log_group(&mut self, log_group: &LogGroupArn) -> Option<SandboxLogGroup> {
        self.log_groups.remove(log_group)
    }

    /// Removes a metric filter and returns it.
    pub fn remove_filter(&mut self, log_group: &LogGroupArn, name: &str) -> Option<MetricFilter> {
        let held = self.log_groups.get_mut(log_group)?;
        held.filters.as_mut()?.remove(name)
    }

    /// Removes an alarm and returns it.
    pub fn remove_alarm(&mut self, alarm: &AlarmArn) -> Option<SandboxAlarm> {
        let alarms = self.alarms.get_mut(&alarm.region)?;
        let removed = alarms.remove(&alarm.name);
        // A Region without alarms is as one that never had any.
        if alarms.is_empty() {
            self.alarms.remove(&alarm.region);
        }
        removed
    }

    /// Removes a topic with its subscriptions and returns it.
    pub fn remove_topic(&mut self, topic: &TopicArn) -> Option<SandboxTopic> {
        self.topics.remove(topic)
    }

    /// Removes the key of an ARN and returns it.
    pub fn remove_key(&mut self, arn: &str) -> Option<SandboxKey> {
        self.keys.remove(arn)
    }
}

impl SandboxTopic {
    /// Returns a topic as SNS makes it: with the default policy and nobody subscribed.
    pub(super) fn new(topic: &TopicArn, kms_key: Option<String>, tags: Tags) -> Self {
        Self {
            attributes: Some(TopicAttributes {
                policy: default_policy(topic),
                kms_key,
            }),
            tags: Some(tags),
            subscriptions: Some(Vec::new()),
        }
    }
}
