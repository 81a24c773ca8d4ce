//! What was read of an account: facts, and failed readings in place of facts that could not be had.
//!
//! The questions worth asking next are answered here too, as pure functions, so that `observe` asks
//! for nothing that the answer does not need.

use std::collections::{BTreeMap, BTreeSet};

use crate::desired::OWNER_TAG;
use crate::model::{
    AccountId, Alarm, AlarmArn, CallError, CallErrorKind, EventSelectors, Identity, Key, LogGroup,
    LogGroupArn, MetricFilter, Reading, Region, Subscription, Tags, Topic, TopicArn, Trail,
    TrailArn, TrailStatus,
};

/// What was read of an account. A fact that nobody asked for has no entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Observed {
    /// Who asked.
    pub identity: Identity,
    /// The Region in which the asking began.
    pub region: Region,
    /// The trails that this Region shows, by ARN.
    pub trails: Reading<BTreeMap<TrailArn, Trail>>,
    /// Whether trails record.
    pub trail_status: BTreeMap<TrailArn, Reading<TrailStatus>>,
    /// What trails record.
    pub event_selectors: BTreeMap<TrailArn, Reading<EventSelectors>>,
    /// The log groups that trails deliver to.
    pub log_groups: BTreeMap<LogGroupArn, Reading<Option<LogGroup>>>,
    /// The metric filters on those log groups.
    pub metric_filters: BTreeMap<LogGroupArn, Reading<Vec<MetricFilter>>>,
    /// The alarms in the Regions of those log groups.
    pub alarms: BTreeMap<Region, Reading<Vec<Alarm>>>,
    /// The tags of alarms whose owner matters.
    pub alarm_tags: BTreeMap<AlarmArn, Reading<Tags>>,
    /// The planned topic and those that relevant alarms publish to.
    pub topics: BTreeMap<TopicArn, Reading<Option<Topic>>>,
    /// The tags of topics whose owner matters.
    pub topic_tags: BTreeMap<TopicArn, Reading<Tags>>,
    /// The subscriptions of those topics.
    pub subscriptions: BTreeMap<TopicArn, Reading<Vec<Subscription>>>,
    /// Keys of those topics, as the topic names them.
    pub keys: BTreeMap<(Region, String), Reading<Option<Key>>>,
}

/// Returns the fact under `key`. One that nobody asked for counts as one that could not be had.
fn fact<'facts, Key: Ord, Fact>(
    facts: &'facts BTreeMap<Key, Reading<Fact>>,
    key: &Key,
    action: &str,
) -> Reading<&'facts Fact> {
    match facts.get(key) {
        Some(Ok(fact)) => Ok(fact),
        Some(Err(error)) => Err(error.clone()),
        None => Err(CallError::new(
            action,
            CallErrorKind::Unsupported,
            "this was not asked",
        )),
    }
}

impl Observed {
    /// Returns whether a trail records.
    pub(crate) fn status(&self, trail: &TrailArn) -> Reading<&TrailStatus> {
        fact(&self.trail_status, trail, "cloudtrail:GetTrailStatus")
    }

    /// Returns what a trail records.
    pub(crate) fn selectors(&self, trail: &TrailArn) -> Reading<&EventSelectors> {
        fact(&self.event_selectors, trail, "cloudtrail:GetEventSelectors")
    }

    /// Returns a log group, or none when it does not exist.
    pub(crate) fn log_group(&self, log_group: &LogGroupArn) -> Reading<Option<&LogGroup>> {
        fact(&self.log_groups, log_group, "logs:DescribeLogGroups").map(Option::as_ref)
    }

    /// Returns the metric filters of a log group.
    pub(crate) fn filters(&self, log_group: &LogGroupArn) -> Reading<&[MetricFilter]> {
        fact(
            &self.metric_filters,
            log_group,
            "logs:DescribeMetricFilters",
        )
        .map(Vec::as_slice)
    }

    /// Returns the alarms of a Region.
    pub(crate) fn alarms(&self, region: &Region) -> Reading<&[Alarm]> {
        fact(&self.alarms, region, "cloudwatch:DescribeAlarms").map(Vec::as_slice)
    }

    /// Returns a topic, or none when it does not exist.
    pub(crate) fn topic(&self, topic: &TopicArn) -> Reading<Option<&Topic>> {
        fact(&self.topics, topic, "sns:GetTopicAttributes").map(Option::as_ref)
    }

    /// Returns the subscriptions of a topic.
    pub(crate) fn subscriptions(&self, topic: &TopicArn) -> Reading<&[Subscription]> {
        fact(&self.subscriptions, topic, "sns:ListSubscriptionsByTopic").map(Vec::as_slice)
    }

    /// Returns a key, or none when it does not exist.
    pub(crate) fn key(&self, region: &Region, key: &str) -> Reading<Option<&Key>> {
        fact(
            &self.keys,
            &(region.clone(), key.to_owned()),
            "kms:DescribeKey",
        )
        .map(Option::as_ref)
    }

    /// Returns whether cis-fix made an alarm, by its tag.
    pub(crate) fn owns_alarm(&self, alarm: &AlarmArn) -> Reading<bool> {
        fact(&self.alarm_tags, alarm, "cloudwatch:ListTagsForResource")
            .map(|tags| tags.contains_key(OWNER_TAG))
    }

    /// Returns whether cis-fix made a topic, by its tag.
    pub(crate) fn owns_topic(&self, topic: &TopicArn) -> Reading<bool> {
        fact(&self.topic_tags, topic, "sns:ListTagsForResource")
            .map(|tags| tags.contains_key(OWNER_TAG))
    }
}

/// A place where filters belong: a log group of this account and the trail that delivers to it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Site<'facts> {
    /// The trail.
    pub(crate) trail: &'facts Trail,
    /// Its log group.
    pub(crate) log_group: &'facts LogGroupArn,
}

/// Returns the places where filters of this account belong, those of multi-Region trails alone if there are any.
///
/// A trail counts by the owner of its log group: the delegated administrator of an organization may
/// hold the group of a trail that the management account owns.
pub(crate) fn sites<'facts>(
    trails: &'facts BTreeMap<TrailArn, Trail>,
    account: &AccountId,
) -> Vec<Site<'facts>> {
    let own: Vec<Site<'_>> = trails
        .values()
        .filter_map(|trail| {
            Some(Site {
                trail,
                log_group: trail.log_group.as_ref()?,
            })
        })
        .filter(|site| site.log_group.account == *account)
        .collect();
    if own.iter().any(|site| site.trail.is_multi_region) {
        own.into_iter()
            .filter(|site| site.trail.is_multi_region)
            .collect()
    } else {
        own
    }
}

/// Returns the log groups of this account that hold filters, each once.
pub(crate) fn own_log_groups(
    trails: &BTreeMap<TrailArn, Trail>,
    account: &AccountId,
) -> BTreeSet<LogGroupArn> {
    sites(trails, account)
        .into_iter()
        .map(|site| site.log_group.clone())
        .collect()
}

/// Returns another account's organization trail that records this account's events, the first by ARN.
///
/// One that delivers to a log group of this account is a site.
pub(crate) fn inherited<'facts>(
    trails: &'facts BTreeMap<TrailArn, Trail>,
    account: &AccountId,
) -> Option<&'facts Trail> {
    let is_site = |trail: &Trail| {
        let log_group = trail.log_group.as_ref();
        log_group.is_some_and(|log_group| log_group.account == *account)
    };
    trails
        .values()
        .find(|trail| trail.is_organization && trail.arn.account != *account && !is_site(trail))
}
