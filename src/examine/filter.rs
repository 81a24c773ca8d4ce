//! The links from `filter` to `subscription` for one filter: what becomes of an event that it matches.

use std::cmp::Reverse;

use super::arithmetic;
use super::code::Code;
use super::link::{Link, LinkKind, LinkState};
use super::naming::alarm_names;
use super::topic::{planned_topic, subscription_link, topic_link};
use crate::desired::{Desired, DesiredControl, DesiredTopic};
use crate::model::{
    Alarm, AlarmArn, Lane, Metric, MetricAlarm, MetricFilter, MetricTransformation, TopicArn,
};
use crate::observed::Observed;

/// What is needed to follow an event beyond a filter.
#[derive(Clone, Copy)]
pub(super) struct Beyond<'facts> {
    /// What was read.
    pub(super) observed: &'facts Observed,
    /// What is wanted.
    pub(super) desired: &'facts Desired,
    /// The control.
    pub(super) control: &'facts DesiredControl,
    /// The alarms of the site's Region.
    pub(super) alarms: &'facts [Alarm],
    /// The ARN that the control's alarm would have.
    pub(super) planned_alarm: &'facts AlarmArn,
}

impl<'facts> Beyond<'facts> {
    /// Returns the topic that the control's alarm would publish to.
    pub(super) fn topic(&self) -> &'facts DesiredTopic {
        self.desired.topic_of(self.control.lane)
    }

    /// Returns the paging lanes, which go their own ways: no control must depend on what is theirs.
    pub(super) fn paging_lanes(&self) -> impl Iterator<Item = &'facts DesiredControl> {
        let controls = self.desired.controls.iter();
        controls.filter(|control| control.lane == Lane::Paging)
    }
}

/// The links beyond a filter along its best alarm.
#[derive(Debug, Clone)]
pub(super) struct Onward<'facts> {
    /// The links from `metric` to `subscription`.
    pub(super) links: Vec<Link>,
    /// The alarm they lead along; none when no alarm watches the metric.
    pub(super) alarm: Option<&'facts Alarm>,
    /// The topic they lead to.
    pub(super) topic: TopicArn,
}

impl Onward<'_> {
    /// Returns how many links from the first on are in place.
    pub(super) fn length(&self) -> usize {
        self.links
            .iter()
            .take_while(|link| link.state == LinkState::InPlace)
            .count()
    }

    /// Returns whether every link is in place.
    pub(super) fn is_whole(&self) -> bool {
        self.length() == self.links.len()
    }

    /// Returns whether every link is in place, or could not be looked at.
    pub(super) fn may_be_whole(&self) -> bool {
        self.links.iter().all(Link::may_be_in_place)
    }

    /// Returns whether every link is in place, but for a confirmation that somebody owes.
    pub(super) fn waits_for_confirmation(&self) -> bool {
        self.links.iter().all(|link| {
            link.state == LinkState::InPlace
                || link.kind == LinkKind::Subscription && link.code == Code::SubscriptionPending
        })
    }
}

/// Returns why a filter does not see the trail's events as they are, whatever its pattern.
pub(super) fn blindness(filter: &MetricFilter) -> Option<(Code, String)> {
    let name = &filter.name;
    if filter.applies_to_transformed_logs {
        return Some((
            Code::FilterOnTransformedLogs,
            format!("filter `{name}` sees transformed events, whose members may have other names"),
        ));
    }
    if !filter.system_field_dimensions.is_empty() {
        return Some((
            Code::MetricHasDimensions,
            format!(
                "filter `{name}` publishes system fields as dimensions, so the plain metric gets no data"
            ),
        ));
    }
    filter.field_selection.as_ref().map(|selection| {
        (
            Code::FilterFieldSelection,
            format!("filter `{name}` sees only events with {selection}"),
        )
    })
}

/// Returns the links beyond a filter that publishes `transformation`, along the alarm that leads furthest.
pub(super) fn onward<'facts>(
    beyond: Beyond<'facts>,
    transformation: &MetricTransformation,
) -> Onward<'facts> {
    let metric = metric_link(transformation);
    let watching = beyond
        .alarms
        .iter()
        .filter(|alarm| watches(alarm, &transformation.metric))
        .filter(|alarm| may_serve(beyond, alarm));
    let best = watching
        .map(|alarm| along(beyond, transformation, alarm))
        .max_by_key(|onward| {
            let name = onward.alarm.map(|alarm| &alarm.arn.name);
            let is_planned = name == Some(&beyond.planned_alarm.name);
            (promise(&onward.links), is_planned, Reverse(name))
        });
    let mut onward = best.unwrap_or_else(|| without_alarm(beyond, &transformation.metric));
    onward.links.insert(0, metric);
    onward
}

/// Returns how far links lead. Those that may be whole lead further than any that are known to be broken.
fn promise(links: &[Link]) -> (bool, usize) {
    let in_place = links
        .iter()
        .take_while(|link| link.state == LinkState::InPlace);
    (links.iter().all(Link::may_be_in_place), in_place.count())
}

/// Returns the link `metric` of what a filter publishes.
pub(super) fn metric_link(transformation: &MetricTransformation) -> Link {
    let metric = &transformation.metric;
    let differs = |code, detail| Link::new(LinkKind::Metric, LinkState::Differs, code, detail);
    if !transformation.dimensions.is_empty() {
        return differs(
            Code::MetricHasDimensions,
            format!(
                "metric `{metric}` is published with dimensions, so the plain metric gets no data"
            ),
        );
    }
    if let Some(default) = transformation
        .default_value
        .filter(|default| *default != 0.0)
    {
        return differs(
            Code::MetricDefaultCounts,
            format!(
                "metric `{metric}` is published with default value {default} for all other events"
            ),
        );
    }
    match arithmetic::constant(transformation) {
        Some(_) => Link::in_place(LinkKind::Metric, format!("metric `{metric}`")),
        None => differs(
            Code::MetricValueNotPositive,
            format!(
                "metric `{metric}` is published with value `{}`, not a positive constant",
                transformation.value
            ),
        ),
    }
}

/// Returns whether an alarm may be that of the control: one of a paging lane publishes to the topic of that lane, or is named for it,
/// and serves nothing else.
fn may_serve(beyond: Beyond<'_>, alarm: &Alarm) -> bool {
    let is_named_for = |control| alarm_names(control).any(|name| name.as_str() == alarm.arn.name);
    match beyond.control.lane {
        Lane::Exact => !beyond.paging_lanes().any(is_named_for),
        Lane::Paging => {
            let planned = planned_topic(beyond.topic(), &alarm.arn).to_string();
            let publishes = |settings: &MetricAlarm| settings.alarm_actions.contains(&planned);
            alarm.settings().is_some_and(publishes) || is_named_for(beyond.control)
        }
    }
}

fn watches(alarm: &Alarm, metric: &Metric) -> bool {
    alarm.watched() == Some(metric)
}

/// Returns the links from `alarm` on, along one alarm and the best of its topics.
fn along<'facts>(
    beyond: Beyond<'facts>,
    transformation: &MetricTransformation,
    alarm: &'facts Alarm,
) -> Onward<'facts> {
    let name = &alarm.arn.name;
    let Some(settings) = alarm.settings() else {
        return without_alarm(beyond, &transformation.metric);
    };
    let alarm_link = match arithmetic::silent(settings, transformation, beyond.control) {
        None => Link::in_place(LinkKind::Alarm, format!("alarm `{name}`")),
        Some(silence) => Link::new(
            LinkKind::Alarm,
            LinkState::Differs,
            silence.code,
            format!("alarm `{name}` stays silent: {}", silence.detail),
        ),
    };
    let topics: Vec<TopicArn> = settings
        .alarm_actions
        .iter()
        .filter_map(|action| TopicArn::parse(action).ok())
        .collect();
    let planned = planned_topic(beyond.topic(), &alarm.arn);
    let (action_link, topics) = match beyond.control.lane {
        Lane::Exact => (action_link(name, settings, &topics), topics),
        Lane::Paging => paging_action(name, settings, &planned, &topics),
    };
    let best = topics
        .into_iter()
        .map(|topic| toward(beyond, topic, &alarm.arn))
        .max_by_key(|(topic, links)| (promise(links), *topic == planned, Reverse(topic.clone())));
    let (topic, end) = best.unwrap_or_else(|| toward(beyond, planned, &alarm.arn));
    let links = [alarm_link, action_link].into_iter().chain(end).collect();
    Onward {
        links,
        alarm: Some(alarm),
        topic,
    }
}

fn action_link(name: &str, settings: &MetricAlarm, topics: &[TopicArn]) -> Link {
    let differs = |code, detail| Link::new(LinkKind::Action, LinkState::Differs, code, detail);
    match (
        settings.alarm_actions.is_empty(),
        topics.first(),
        settings.actions_enabled,
    ) {
        (true, _, _) => differs(Code::ActionMissing, format!("alarm `{name}` has no action")),
        (false, None, _) => differs(
            Code::ActionNotATopic,
            format!("no action of alarm `{name}` is a topic"),
        ),
        (false, Some(_), false) => differs(
            Code::ActionsDisabled,
            format!("the actions of alarm `{name}` are disabled"),
        ),
        (false, Some(topic), true) => {
            Link::in_place(LinkKind::Action, format!("publishes to `{}`", topic.name))
        }
    }
}

/// Returns the link `action` of a paging lane, which no other topic serves than its own, and that topic.
fn paging_action(
    name: &str,
    settings: &MetricAlarm,
    planned: &TopicArn,
    topics: &[TopicArn],
) -> (Link, Vec<TopicArn>) {
    let own = [planned.clone()];
    let link = if topics.contains(planned) {
        action_link(name, settings, &own)
    } else if topics.is_empty() {
        action_link(name, settings, topics)
    } else {
        let detail = format!("alarm `{name}` does not publish to `{}`", planned.name);
        let code = Code::ActionMissing;
        Link::new(LinkKind::Action, LinkState::Differs, code, detail)
    };
    (link, own.into())
}

/// Returns the links of a topic, with the topic itself.
pub(super) fn toward(
    beyond: Beyond<'_>,
    topic: TopicArn,
    alarm: &AlarmArn,
) -> (TopicArn, [Link; 2]) {
    let topic_link = topic_link(beyond.observed, beyond.desired, &topic, alarm);
    // Nobody asks about a topic to which no alarm can publish; what takes its place is the planned one.
    let is_out_of_reach = [Code::TopicFifo, Code::TopicOtherRegion].contains(&topic_link.code);
    let subscription = if is_out_of_reach {
        subscription_link(beyond.observed, &planned_topic(beyond.topic(), alarm))
    } else {
        subscription_link(beyond.observed, &topic)
    };
    (topic, [topic_link, subscription])
}

/// Returns the links from `alarm` on when no alarm watches the metric: those of the planned alarm and topic.
fn without_alarm<'facts>(beyond: Beyond<'facts>, metric: &Metric) -> Onward<'facts> {
    let is_elsewhere = |alarm: &&Alarm| {
        alarm
            .watched()
            .is_some_and(|other| other.name == metric.name && other.namespace != metric.namespace)
    };
    let elsewhere = beyond.alarms.iter().filter(is_elsewhere);
    let elsewhere = elsewhere.min_by_key(|alarm| &alarm.arn.name);
    let alarm_link = match elsewhere.and_then(|alarm| Some((alarm, alarm.watched()?))) {
        Some((alarm, other)) => Link::new(
            LinkKind::Alarm,
            LinkState::Differs,
            Code::AlarmOtherNamespace,
            format!(
                "alarm `{}` watches `{other}`, but the filter publishes to namespace `{}`",
                alarm.arn.name, metric.namespace
            ),
        ),
        None => Link::new(
            LinkKind::Alarm,
            LinkState::Missing,
            Code::AlarmMissing,
            format!("no alarm watches metric `{metric}`"),
        ),
    };
    let action = Link::new(
        LinkKind::Action,
        LinkState::Missing,
        Code::ActionMissing,
        "there is no alarm to act",
    );
    let (topic, end) = toward(
        beyond,
        planned_topic(beyond.topic(), beyond.planned_alarm),
        beyond.planned_alarm,
    );
    Onward {
        links: [alarm_link, action].into_iter().chain(end).collect(),
        alarm: None,
        topic,
    }
}
