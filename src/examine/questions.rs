//! What must still be asked before a verdict is possible: no more than the answer needs.
//!
//! Asking in rounds keeps the round trips few: everything that is known to be needed is asked at once.

use std::collections::BTreeSet;

use super::coverage::{self, Reach, ReadFilter};
use super::filter::{blindness, metric_link};
use super::link::LinkState;
use super::naming::{alarm_named, alarm_names, filter_names};
use super::policy::{Request, Ruling, ruling};
use super::together::planned_alarm;
use super::topic::{is_aws_managed_alias, planned_topic, topic_link};
use super::{arithmetic, drift};
use crate::desired::{Desired, DesiredCompanion, DesiredControl};
use crate::model::{
    Alarm, AlarmArn, Lane, LogGroupArn, Metric, MetricFilter, Region, Topic, TopicArn, TrailArn,
};
use crate::observed::{Observed, Site, sites};

/// Something to ask an account.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Question {
    /// Whether a trail records.
    TrailStatus(TrailArn),
    /// What a trail records.
    EventSelectors(TrailArn),
    /// Whether a log group is there, and its class.
    LogGroup(LogGroupArn),
    /// The filters of a log group.
    MetricFilters(LogGroupArn),
    /// The alarms of a Region.
    Alarms(Region),
    /// The tags of an alarm.
    AlarmTags(AlarmArn),
    /// A topic.
    Topic(TopicArn),
    /// The tags of a topic.
    TopicTags(TopicArn),
    /// The subscriptions of a topic.
    Subscriptions(TopicArn),
    /// A key, as a topic names it.
    Key(Region, String),
}

/// Returns what must still be asked, given what is known; nothing when a verdict is possible.
#[must_use]
pub fn questions(desired: &Desired, observed: &Observed) -> BTreeSet<Question> {
    let Ok(trails) = &observed.trails else {
        return BTreeSet::new();
    };
    let mut wanted = BTreeSet::new();
    for site in sites(trails, &observed.identity.account) {
        wanted.extend(about_site(desired, site));
        wanted.extend(about_alarms(desired, observed, site));
    }
    for topic in observed.topics.keys() {
        wanted.extend(about_topic(desired, observed, topic));
    }
    wanted.retain(|question| !is_answered(observed, question));
    wanted
}

fn is_answered(observed: &Observed, question: &Question) -> bool {
    match question {
        Question::TrailStatus(trail) => observed.trail_status.contains_key(trail),
        Question::EventSelectors(trail) => observed.event_selectors.contains_key(trail),
        Question::LogGroup(group) => observed.log_groups.contains_key(group),
        Question::MetricFilters(group) => observed.metric_filters.contains_key(group),
        Question::Alarms(region) => observed.alarms.contains_key(region),
        Question::AlarmTags(alarm) => observed.alarm_tags.contains_key(alarm),
        Question::Topic(topic) => observed.topics.contains_key(topic),
        Question::TopicTags(topic) => observed.topic_tags.contains_key(topic),
        Question::Subscriptions(topic) => observed.subscriptions.contains_key(topic),
        Question::Key(region, key) => observed.keys.contains_key(&(region.clone(), key.clone())),
    }
}

/// Returns an ARN for the planned topic and for judging its policy: that of the first control's alarm.
fn some_alarm(desired: &Desired, site: Site<'_>) -> Option<AlarmArn> {
    desired
        .controls
        .first()
        .map(|control| planned_alarm(site, control))
}

fn about_site(desired: &Desired, site: Site<'_>) -> Vec<Question> {
    let (trail, group) = (&site.trail.arn, site.log_group);
    let mut wanted = vec![
        Question::TrailStatus(trail.clone()),
        Question::EventSelectors(trail.clone()),
        Question::LogGroup(group.clone()),
        Question::MetricFilters(group.clone()),
        Question::Alarms(group.region.clone()),
    ];
    if let Some(alarm) = some_alarm(desired, site) {
        let topics = desired.topics();
        wanted.extend(topics.flat_map(|topic| whole_topic(&planned_topic(topic, &alarm))));
    }
    wanted
}

fn whole_topic(topic: &TopicArn) -> [Question; 2] {
    [
        Question::Topic(topic.clone()),
        Question::Subscriptions(topic.clone()),
    ]
}

/// Returns questions about the topics that relevant alarms publish to, and about who made which alarm.
fn about_alarms(desired: &Desired, observed: &Observed, site: Site<'_>) -> Vec<Question> {
    let (Ok(filters), Ok(alarms)) = (
        observed.filters(site.log_group),
        observed.alarms(&site.log_group.region),
    ) else {
        return Vec::new();
    };
    let metrics = metrics_to_be(desired, filters);
    let mut wanted = BTreeSet::new();
    for alarm in alarms {
        let Some(metric) = alarm.watched() else {
            continue;
        };
        let topics: BTreeSet<TopicArn> = published_topics(alarm)
            .into_iter()
            .filter(|topic| topic.region == site.log_group.region && !topic.is_fifo())
            .filter(|topic| !observed.topics.contains_key(topic))
            .collect();
        let is_relevant = || {
            let mut publishing = filters
                .iter()
                .filter(|filter| filter.transformation.metric == *metric);
            metrics.contains(metric) || publishing.any(|filter| is_relevant(desired, filter))
        };
        if !topics.is_empty() && !topics.is_subset(&wanted) && is_relevant() {
            wanted.extend(topics);
        }
    }
    let topics = wanted.iter().flat_map(whole_topic);
    topics
        .chain(about_owners(desired, observed, site, (filters, alarms)))
        .collect()
}

/// Returns the metrics that filters may publish once they are made or mended.
fn metrics_to_be(desired: &Desired, filters: &[MetricFilter]) -> BTreeSet<Metric> {
    let mut metrics = BTreeSet::new();
    for planned in desired.controls.iter().map(|control| &control.filter) {
        for names in filter_names(planned) {
            let named = filters
                .iter()
                .filter(|filter| filter.name == names.filter.as_str());
            metrics.extend(named.map(|filter| filter.transformation.metric.clone()));
            metrics.insert(Metric {
                namespace: planned.namespace.as_str().to_owned(),
                name: names.metric.as_str().to_owned(),
            });
        }
    }
    metrics
}

/// Returns questions about who made the alarms of planned names.
fn about_owners(
    desired: &Desired,
    observed: &Observed,
    site: Site<'_>,
    (filters, alarms): (&[MetricFilter], &[Alarm]),
) -> Vec<Question> {
    let mut wanted = Vec::new();
    for control in &desired.controls {
        let planned = planned_alarm(site, control);
        let topic = planned_topic(desired.topic_of(control.lane), &planned);
        // Whether the planned topic works may depend on its key, which is asked about first.
        if about_topic(desired, observed, &topic)
            .iter()
            .any(|question| {
                matches!(question, Question::Key(..)) && !is_answered(observed, question)
            })
        {
            continue;
        }
        let works = || {
            topic_link(observed, desired, &topic, &planned).state == LinkState::InPlace
                && is_as_made(desired, control, (filters, alarms))
        };
        let named: Vec<&Alarm> = alarm_names(control)
            .filter_map(|name| alarm_named(alarms, &name))
            .filter(|alarm| alarm.settings().is_some())
            .collect();
        if !named.is_empty() && !works() {
            wanted.extend(
                named
                    .iter()
                    .map(|alarm| Question::AlarmTags(alarm.arn.clone())),
            );
        }
    }
    wanted
}

/// Returns whether filter and alarm of a control are there as cis-fix makes them, so that nobody need know who did.
fn is_as_made(
    desired: &Desired,
    control: &DesiredControl,
    (filters, alarms): (&[MetricFilter], &[Alarm]),
) -> bool {
    let filter = filters
        .iter()
        .find(|filter| filter.name == control.filter.name.as_str());
    let alarm = alarm_named(alarms, &control.alarm.name);
    let (Some(filter), Some(alarm)) = (filter, alarm) else {
        return false;
    };
    let metric = &filter.transformation.metric;
    let is_companion_as_made = |companion: &DesiredCompanion| {
        filters.iter().any(|filter| {
            filter.name == companion.name.as_str()
                && filter.pattern == companion.pattern.text()
                && filter.transformation.metric == *metric
        })
    };
    let is_whole_filter = filter.pattern == control.filter.pattern.text()
        && blindness(filter).is_none()
        && metric_link(&filter.transformation).state == LinkState::InPlace
        && arithmetic::suits(&filter.transformation, control);
    let topic = planned_topic(desired.topic_of(control.lane), &alarm.arn);
    is_whole_filter
        && control.companions.iter().all(is_companion_as_made)
        && alarm.settings().is_some_and(|settings| {
            drift::differences(settings, &control.alarm, metric, &topic).is_empty()
        })
}

fn published_topics(alarm: &Alarm) -> Vec<TopicArn> {
    alarm
        .settings()
        .map(|settings| {
            settings
                .alarm_actions
                .iter()
                .filter_map(|action| TopicArn::parse(action).ok())
                .collect()
        })
        .unwrap_or_default()
}

/// Returns whether a filter matches events of any control.
fn is_relevant(desired: &Desired, filter: &MetricFilter) -> bool {
    let filters = std::slice::from_ref(filter);
    let read: Vec<ReadFilter<'_>> = coverage::read(filters);
    desired.controls.iter().any(|control| {
        coverage::stances(&read, control)
            .iter()
            .any(|stance| stance.reach.covers() || matches!(stance.reach, Reach::Some { .. }))
    })
}

/// Returns questions about a topic's key, and about its maker where the topic must be mended.
fn about_topic(desired: &Desired, observed: &Observed, arn: &TopicArn) -> Vec<Question> {
    let Ok(topic) = observed.topic(arn) else {
        return Vec::new();
    };
    let lanes = desired.lanes().iter();
    let lane = lanes
        .copied()
        .find(|lane| desired.topic_of(*lane).name.as_str() == arn.name);
    let present = topic.and_then(|topic| topic.kms_key.as_ref());
    let future = lane.and_then(|lane| desired.topic_of(lane).kms_key.as_ref());
    let keys: BTreeSet<&String> = present
        .into_iter()
        .chain(future)
        .filter(|key| !is_aws_managed_alias(key))
        .collect();
    let mut wanted: Vec<Question> = keys
        .into_iter()
        .map(|key| Question::Key(arn.region.clone(), key.clone()))
        .collect();
    if lane
        .zip(topic)
        .is_some_and(|(lane, topic)| must_be_mended(desired, lane, topic))
    {
        wanted.push(Question::TopicTags(arn.clone()));
    }
    wanted
}

fn must_be_mended(desired: &Desired, lane: Lane, topic: &Topic) -> bool {
    let resource = topic.arn.to_string();
    let mut controls = desired
        .controls
        .iter()
        .filter(|control| control.lane == lane);
    let refused = controls.any(|control| {
        let alarm = AlarmArn {
            partition: topic.arn.partition.clone(),
            region: topic.arn.region.clone(),
            account: topic.arn.account.clone(),
            name: control.alarm.name.as_str().to_owned(),
        };
        let request = Request {
            action: "sns:Publish",
            resource: &resource,
            alarm: &alarm,
        };
        ruling(&topic.policy, &request) != Ruling::Allowed
    });
    let key = &desired.topic_of(lane).kms_key;
    let other_key = key.is_some() && *key != topic.kms_key;
    refused || other_key
}
