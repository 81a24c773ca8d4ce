//! What is to be done about a control's filter and alarm, and whose they are.
//!
//! Nothing of somebody else's is ever replaced: what is not provably ours is left alone, and what is
//! missing is made under a name that nobody uses.

use super::code::Code;
use super::coverage::ReadFilter;
use super::filter::{Beyond, Onward, toward};
use super::link::{Link, LinkKind, LinkState};
use super::naming::{alarm_named, alarm_names, filter_names, free_filter_names};
use super::topic::{planned_topic, wanted_key_problem};
use super::{
    AlarmRepair, FilterRepair, Naming, PlannedTopic, Remark, Repair, TopicUse, arithmetic, drift,
};
use crate::desired::{Desired, DesiredControl};
use crate::model::{
    Alarm, AlarmKind, CallError, LogGroupArn, Metric, MetricFilter, MetricName,
    MetricTransformation, Namespace, TopicArn,
};

/// How many actions an alarm may have for a state (CloudWatch quotas).
const ACTIONS_PER_STATE: usize = 5;

/// Keeps a working alarm, unless it is ours, no longer as configured, and would work as configured.
pub(super) fn keep_or_refresh(
    beyond: Beyond<'_>,
    alarm: &Alarm,
    publishes: &MetricTransformation,
    remarks: &mut Vec<Remark>,
) -> AlarmRepair {
    let name = alarm.arn.name.clone();
    // The alarm of another control may serve this one as well, but is configured for the other.
    let is_of_control = alarm_names(beyond.control).any(|planned| planned.as_str() == name);
    let changed = is_of_control && differs_from_wanted(beyond, alarm, &publishes.metric);
    let is_ours = || beyond.observed.owns_alarm(&alarm.arn).unwrap_or(false);
    if changed
        && arithmetic::suits(publishes, beyond.control)
        && is_changeable(beyond, alarm)
        && is_ours()
    {
        remarks.push(Remark {
            code: Code::AlarmSettingsDiffer,
            detail: format!("alarm `{name}` works but is not as configured"),
            witness: None,
        });
        return AlarmRepair::Change(Box::new(alarm.clone()));
    }
    AlarmRepair::Keep(name)
}

/// Returns whether an alarm can be replaced as planned: it is one on a metric, and has room for the topic among its actions.
fn is_changeable(beyond: Beyond<'_>, alarm: &Alarm) -> bool {
    let topic = planned_topic(beyond.topic(), &alarm.arn).to_string();
    alarm.settings().is_some_and(|settings| {
        let actions = &settings.alarm_actions;
        actions.contains(&topic) || actions.len() < ACTIONS_PER_STATE
    })
}

fn differs_from_wanted(beyond: Beyond<'_>, alarm: &Alarm, metric: &Metric) -> bool {
    let topic = planned_topic(beyond.topic(), &alarm.arn);
    match &alarm.kind {
        AlarmKind::Metric(settings) => {
            !drift::differences(settings, &beyond.control.alarm, metric, &topic).is_empty()
        }
        AlarmKind::Composite | AlarmKind::Log => true,
    }
}

/// Puts a repair together; fails with the link that could not be read when it needs the planned topic.
pub(super) fn repair(
    beyond: Beyond<'_>,
    log_group: &LogGroupArn,
    onward: &Onward<'_>,
    (filter, alarm): (FilterRepair, AlarmRepair),
) -> Result<Repair, Link> {
    let arn = planned_topic(beyond.topic(), beyond.planned_alarm);
    let leads_elsewhere = |name: &String| {
        onward.topic != arn && onward.alarm.is_some_and(|alarm| alarm.arn.name == *name)
    };
    let topic = match &alarm {
        AlarmRepair::Keep(name) if leads_elsewhere(name) => TopicUse::Other,
        AlarmRepair::Keep(_) | AlarmRepair::Create(_) | AlarmRepair::Change(_) => {
            TopicUse::Planned(Box::new(planned(beyond, arn)?))
        }
    };
    Ok(Repair {
        log_group: log_group.clone(),
        filter,
        companions: Vec::new(),
        alarm,
        topic,
    })
}

/// Returns the links of the planned topic; fails with the one that could not be read.
fn planned(beyond: Beyond<'_>, arn: TopicArn) -> Result<PlannedTopic, Link> {
    let wanted = beyond.topic();
    let key = wanted_key_problem(beyond.observed, wanted, &arn, beyond.planned_alarm);
    let (arn, [topic, subscription]) = toward(beyond, arn, beyond.planned_alarm);
    let is_unread = |link: &&Link| link.state == LinkState::Unknown;
    if let Some(unread) = [&topic, &subscription]
        .into_iter()
        .chain(&key)
        .find(is_unread)
    {
        return Err(unread.clone());
    }
    Ok(PlannedTopic {
        arn,
        lane: beyond.control.lane,
        topic,
        subscription,
        key,
    })
}

/// Decides between replacing a filter of ours and making one under a free name.
pub(super) fn filter_repair(
    beyond: Beyond<'_>,
    near: Option<&MetricFilter>,
    filters: &[ReadFilter<'_>],
) -> Result<FilterRepair, Link> {
    let planned = &beyond.control.filter;
    for names in filter_names(planned) {
        let named = filters
            .iter()
            .find(|read| read.filter.name == names.filter.as_str());
        let Some(read) = named else { continue };
        if is_replaceable(read.filter)
            && owns_filter(beyond, read.filter)
                .map_err(|error| Link::unread(LinkKind::Filter, &error))?
        {
            return Ok(FilterRepair::Change(Box::new(read.filter.clone())));
        }
    }
    let mut present = Vec::new();
    for read in filters {
        // A further filter of ours on the planned metric does not take the metric's name away.
        let is_ours = is_companion(beyond.control, read.filter)
            && owns_filter(beyond, read.filter)
                .map_err(|error| Link::unread(LinkKind::Filter, &error))?;
        if !is_ours {
            present.push(read.filter.clone());
        }
    }
    free_filter_names(planned, &present)
        .map(FilterRepair::Create)
        .ok_or_else(|| {
            let name = near.map_or_else(
                || planned.name.as_str().to_owned(),
                |filter| filter.name.clone(),
            );
            Link::new(
                LinkKind::Filter,
                LinkState::Blocked,
                Code::NameTaken,
                format!("the name `{name}` and all that were tried instead belong to others"),
            )
        })
}

fn is_companion(control: &DesiredControl, filter: &MetricFilter) -> bool {
    control
        .companions
        .iter()
        .any(|companion| companion.name.as_str() == filter.name)
}

/// A filter keeps its metric when it is replaced, so that the alarm goes on watching it; but not every name
/// that CloudWatch Logs takes may be given by an alarm.
fn is_replaceable(filter: &MetricFilter) -> bool {
    let metric = &filter.transformation.metric;
    Namespace::parse(&metric.namespace).is_ok() && MetricName::parse(&metric.name).is_ok()
}

/// Filters carry no tags: one is ours when it has a planned name and an alarm of ours watches its metric.
pub(super) fn owns_filter(beyond: Beyond<'_>, filter: &MetricFilter) -> Result<bool, CallError> {
    let metric = &filter.transformation.metric;
    let names: Vec<String> = alarm_names(beyond.control)
        .map(|name| name.as_str().to_owned())
        .collect();
    let watching = beyond
        .alarms
        .iter()
        .filter(|alarm| alarm.watched() == Some(metric) && names.contains(&alarm.arn.name));
    for alarm in watching {
        if beyond.observed.owns_alarm(&alarm.arn)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns what the filter publishes once it is mended.
pub(super) fn future_transformation(
    control: &DesiredControl,
    repair: &FilterRepair,
) -> MetricTransformation {
    control.transformation(future_metric(control, repair))
}

/// Returns the metric that the filter publishes once it is mended.
pub(super) fn future_metric(control: &DesiredControl, repair: &FilterRepair) -> Metric {
    match repair {
        FilterRepair::Adopt { name: _, metric } => metric.clone(),
        FilterRepair::Change(filter) => filter.transformation.metric.clone(),
        FilterRepair::Create(naming) => Metric {
            namespace: control.filter.namespace.as_str().to_owned(),
            name: naming.name.metric.as_str().to_owned(),
        },
    }
}

/// Returns a filter of ours as it is once it is replaced for a control.
pub(super) fn future_filter(control: &DesiredControl, before: &MetricFilter) -> MetricFilter {
    control.metric_filter(&before.name, before.transformation.metric.clone())
}

/// Returns an alarm of ours as it is once it is replaced for a control.
pub(super) fn future_alarm(
    desired: &Desired,
    control: &DesiredControl,
    repair: &Repair,
    before: &Alarm,
) -> Alarm {
    let metric = future_metric(control, &repair.filter);
    let mut settings = control.alarm.settings(metric);
    settings.alarm_actions = before
        .settings()
        .map(|settings| settings.alarm_actions.clone())
        .unwrap_or_default();
    settings
        .alarm_actions
        .push(planned_topic(desired.topic_of(control.lane), &before.arn).to_string());
    Alarm {
        arn: before.arn.clone(),
        kind: AlarmKind::Metric(Box::new(settings)),
    }
}

/// Decides what is to be done about the alarm; fails with the link that stands in the way.
pub(super) fn alarm_repair(
    beyond: Beyond<'_>,
    onward: &Onward<'_>,
    publishes: &MetricTransformation,
) -> Result<AlarmRepair, Link> {
    if let Some(alarm) = onward.alarm.filter(|_| serves_after_all(beyond, onward)) {
        return Ok(keep_or_refresh(beyond, alarm, publishes, &mut Vec::new()));
    }
    let mut taken = Vec::new();
    for name in alarm_names(beyond.control) {
        let Some(alarm) = alarm_named(beyond.alarms, &name) else {
            return Ok(AlarmRepair::Create(Naming { name, taken }));
        };
        if !is_changeable(beyond, alarm) {
            taken.push(alarm.arn.name.clone());
            continue;
        }
        match beyond.observed.owns_alarm(&alarm.arn) {
            Ok(true) if differs_from_wanted(beyond, alarm, &publishes.metric) => {
                return Ok(AlarmRepair::Change(Box::new(alarm.clone())));
            }
            // Ours is as it should be: what is wrong lies behind it.
            Ok(true) => return Ok(AlarmRepair::Keep(alarm.arn.name.clone())),
            Ok(false) => taken.push(alarm.arn.name.clone()),
            Err(error) => return Err(Link::unread(LinkKind::Alarm, &error)),
        }
    }
    let name = &beyond.control.alarm.name;
    Err(Link::new(
        LinkKind::Alarm,
        LinkState::Blocked,
        Code::NameTaken,
        format!("the name `{name}` and all that were tried instead belong to others"),
    ))
}

/// Returns whether the alarm is right and what is wrong behind it will be mended there.
fn serves_after_all(beyond: Beyond<'_>, onward: &Onward<'_>) -> bool {
    let planned = planned_topic(beyond.topic(), beyond.planned_alarm);
    let up_to_action = onward
        .links
        .iter()
        .filter(|link| {
            matches!(
                link.kind,
                LinkKind::Metric | LinkKind::Alarm | LinkKind::Action
            )
        })
        .all(|link| link.state == LinkState::InPlace);
    up_to_action && (onward.topic == planned || onward.waits_for_confirmation())
}
