//! Whether somebody hears of a control's events, found out by trying every event on every chain.
//!
//! It shares no code with the examination: patterns are tried on events, not compared; alarms are run,
//! not calculated; policies and keys are known by name.

use std::collections::BTreeSet;

use cis_fix::desired::{Calls, DesiredControl};
use cis_fix::model::{
    AlarmKind, EventSelectors, Lane, LogGroupArn, LogGroupClass, MetricAlarm, MetricFilter,
    MetricQuery, ReadWrite, SubscriptionState, TopicArn, Trail,
};
use cis_fix::pattern::{Kind, Pattern};
use cis_fix::sandbox::{SandboxTopic, SandboxTrail};

use super::alarm_clock::{Burst, is_heard};
use super::vocabulary::EVENTS;
use super::worlds::{World, is_closed_policy, is_open_policy};

/// What somebody knows who may read everything but what belongs to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Truth {
    No,
    Perhaps,
    Yes,
}

impl Truth {
    fn of(holds: bool) -> Self {
        if holds { Self::Yes } else { Self::No }
    }
}

/// What must come out for a control.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Inherited,
    InPlace(Truth),
}

/// Returns what must come out for a control in a world whose readings all work.
pub(super) fn expected(world: &World, control: &DesiredControl) -> Expected {
    let trails = || world.account.trails().values();
    let own: Vec<&SandboxTrail> = trails()
        .filter(|held| is_own(world, held.trail.log_group.as_ref()))
        .collect();
    let any_multi = own.iter().any(|held| held.trail.is_multi_region);
    let sites: Vec<&SandboxTrail> = own
        .into_iter()
        .filter(|held| held.trail.is_multi_region == any_multi)
        .collect();
    let is_foreign =
        |trail: &Trail| trail.is_organization && !is_own(world, trail.log_group.as_ref());
    let has_foreign = trails().any(|held| is_foreign(&held.trail));
    if has_foreign && !sites.iter().any(|held| is_sound(world, held)) {
        return Expected::Inherited;
    }
    let best = sites
        .iter()
        .filter(|held| is_sound(world, held) && records(held, control))
        .filter_map(|held| held.trail.log_group.as_ref())
        .map(|log_group| at(world, control, log_group))
        .max();
    Expected::InPlace(best.unwrap_or(Truth::No))
}

fn is_own(world: &World, log_group: Option<&LogGroupArn>) -> bool {
    log_group.is_some_and(|log_group| log_group.account == *world.account.account())
}

/// Returns whether a trail of all Regions records and delivers to a log group that may have filters.
fn is_sound(world: &World, held: &SandboxTrail) -> bool {
    let status = held.status.as_ref().unwrap();
    let group = held
        .trail
        .log_group
        .as_ref()
        .and_then(|arn| world.account.log_groups().get(arn));
    held.trail.is_multi_region
        && status.is_logging
        && status.delivery_error.is_none()
        && group.is_some_and(|group| group.class == Some(LogGroupClass::Standard))
}

fn records(held: &SandboxTrail, control: &DesiredControl) -> bool {
    let EventSelectors::Basic(selectors) = held.selectors.as_ref().unwrap() else {
        unreachable!()
    };
    let takes = |reads: bool| {
        selectors.is_empty()
            || selectors.iter().any(|selector| {
                let takes = match selector.read_write {
                    ReadWrite::All => true,
                    ReadWrite::ReadOnly => reads,
                    ReadWrite::WriteOnly => !reads,
                };
                selector.includes_management_events && takes
            })
    };
    takes(false) && (control.scope.calls == Calls::Write || takes(true))
}

/// Returns whether a control is in place over the filters of a log group.
fn at(world: &World, control: &DesiredControl, log_group: &LogGroupArn) -> Truth {
    let all: BTreeSet<usize> = matched(&control.pattern);
    let group = &world.account.log_groups()[log_group];
    let filters = group.filters.as_ref().unwrap().values();
    let filters = filters.filter(|filter| {
        let published = &filter.transformation.metric.name;
        let mut lanes = lanes(world);
        !lanes.any(|lane| {
            filter.name.starts_with(lane.filter.name.as_str())
                && published.starts_with(lane.filter.metric_name.as_str())
        })
    });
    let wanted = Burst::wanted(&control.alarm);
    let (mut alone, mut together) = (Truth::No, [BTreeSet::new(), BTreeSet::new()]);
    for filter in filters {
        let Some(pattern) = readable(filter) else {
            continue;
        };
        let matched = matched(&pattern);
        if matched.is_superset(&all) {
            alone = alone.max(heard(world, log_group, filter, wanted));
        }
        let single = heard(world, log_group, filter, Burst::SINGLE)
            .min(heard(world, log_group, filter, wanted));
        for (floor, covered) in [Truth::Perhaps, Truth::Yes].into_iter().zip(&mut together) {
            if single >= floor {
                covered.extend(&matched);
            }
        }
    }
    let [perhaps, surely] = together.map(|covered| covered.is_superset(&all));
    let union = if surely {
        Truth::Yes
    } else if perhaps {
        Truth::Perhaps
    } else {
        Truth::No
    };
    alone.max(union)
}

/// Returns the paging lanes: what is theirs serves no control.
fn lanes(world: &World) -> impl Iterator<Item = &DesiredControl> {
    let controls = world.desired.controls.iter();
    controls.filter(|control| control.lane == Lane::Paging)
}

/// Returns the pattern of a filter that sees events as they are and can be compared.
fn readable(filter: &MetricFilter) -> Option<Pattern> {
    let pattern = Pattern::parse(&filter.pattern).ok()?;
    let is_comparable = matches!(pattern.kind(), Kind::Json | Kind::Blank);
    let is_plain = !filter.applies_to_transformed_logs && filter.field_selection.is_none();
    (is_comparable && is_plain).then_some(pattern)
}

fn matched(pattern: &Pattern) -> BTreeSet<usize> {
    let events = EVENTS.iter().enumerate();
    events
        .filter(|(_, event)| pattern.matches(event))
        .map(|(at, _)| at)
        .collect()
}

/// Returns whether somebody hears of a burst of events that a filter matches.
fn heard(world: &World, log_group: &LogGroupArn, filter: &MetricFilter, burst: Burst) -> Truth {
    let Some(alarms) = world.account.alarms().get(&log_group.region) else {
        return Truth::No;
    };
    let published = &filter.transformation;
    alarms
        .iter()
        .filter(|(name, _)| !lanes(world).any(|lane| name.starts_with(lane.alarm.name.as_str())))
        .filter_map(|(_, held)| match &held.kind {
            AlarmKind::Metric(settings) => Some(settings.as_ref()),
            AlarmKind::Composite | AlarmKind::Log => None,
        })
        .filter(|alarm| match &alarm.query {
            MetricQuery::Single { metric, .. } => *metric == published.metric,
            MetricQuery::Expression => false,
        })
        .filter(|alarm| alarm.actions_enabled && is_heard(alarm, published, burst))
        .map(|alarm| notifies(world, log_group, alarm))
        .max()
        .unwrap_or(Truth::No)
}

fn notifies(world: &World, log_group: &LogGroupArn, alarm: &MetricAlarm) -> Truth {
    let topics = alarm
        .alarm_actions
        .iter()
        .filter_map(|action| TopicArn::parse(action).ok())
        .filter(|topic| topic.region == log_group.region && !topic.is_fifo());
    topics
        .map(|topic| reaches_somebody(world, &topic))
        .max()
        .unwrap_or(Truth::No)
}

fn reaches_somebody(world: &World, topic: &TopicArn) -> Truth {
    if topic.account != *world.account.account() {
        return Truth::Perhaps;
    }
    let Some(held) = world.account.topics().get(topic) else {
        return Truth::No;
    };
    lets_publish(held, topic)
        .min(Truth::of(key_works(world, held)))
        .min(Truth::of(has_listener(held)))
}

fn lets_publish(held: &SandboxTopic, topic: &TopicArn) -> Truth {
    let policy = &held.attributes.as_ref().unwrap().policy;
    if is_open_policy(policy, topic) {
        Truth::Yes
    } else if is_closed_policy(policy, topic) {
        Truth::No
    } else {
        Truth::Perhaps
    }
}

fn key_works(world: &World, held: &SandboxTopic) -> bool {
    let Some(name) = &held.attributes.as_ref().unwrap().kms_key else {
        return true;
    };
    let mut keys = world.account.keys().values();
    let Some(found) = keys.find(|key| key.aliases.contains(name)) else {
        return false;
    };
    found.key.enabled && found.key.policy.contains("cloudwatch.amazonaws.com")
}

fn has_listener(held: &SandboxTopic) -> bool {
    let subscriptions = held.subscriptions.as_ref().unwrap();
    subscriptions
        .iter()
        .any(|held| matches!(held.subscription.state, SubscriptionState::Confirmed(_)))
}
