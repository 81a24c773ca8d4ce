//! The steps of one control: its filter and its alarm.

use std::collections::BTreeSet;

use super::action::{Action, PutAlarm, PutMetricFilter};
use super::case::{Case, tags};
use super::{Mark, Replaced, Step, StepId};
use crate::desired::{Desired, DesiredControl};
use crate::examine::drift;
use crate::examine::{
    AlarmRepair, Code, Examination, FilterNames, FilterRepair, LinkKind, LinkState, Naming, Repair,
};
use crate::model::{
    Alarm, AlarmName, FilterName, Metric, MetricAlarm, MetricFilter, MetricName, Namespace,
    TopicArn,
};

/// Returns the step that makes or replaces a control's filter; none when one is adopted.
pub(super) fn filter_step(
    control: &DesiredControl,
    examination: &Examination,
    repair: &Repair,
) -> Option<Step> {
    let (mark, names, before, taken) = match &repair.filter {
        FilterRepair::Adopt { .. } => return None,
        FilterRepair::Create(Naming { name, taken }) => {
            (Mark::Create, name.clone(), None, taken.clone())
        }
        FilterRepair::Change(filter) => (Mark::Change, names_of(filter)?, Some(filter), Vec::new()),
    };
    let namespace = match before {
        Some(filter) => Namespace::parse(&filter.transformation.metric.namespace).ok()?,
        None => control.filter.namespace.clone(),
    };
    let put = PutMetricFilter {
        log_group: repair.log_group.clone(),
        name: names.filter,
        pattern: control.filter.pattern.text().to_owned(),
        metric_name: names.metric,
        namespace,
        value: control.filter.value.clone(),
    };
    let is_told = [Code::InPlace, Code::FilterMissing, Code::MetricMissing];
    let shortcoming = examination
        .links
        .iter()
        .filter(|link| matches!(link.kind, LinkKind::Filter | LinkKind::Metric))
        .find(|link| link.state != LinkState::InPlace && !is_told.contains(&link.code))
        .map(|link| link.detail.clone());
    Some(Step {
        id: StepId::new("filter", put.name.as_str()),
        mark,
        replaces: before.cloned().map(Replaced::Filter),
        changes: before.map_or_else(Vec::new, |filter| {
            drift::filter_differences(filter, (&put.pattern, &put.metric(), &put.value))
        }),
        action: Action::PutMetricFilter(put),
        serves: BTreeSet::from([control.id.clone()]),
        needs: BTreeSet::new(),
        notes: shortcoming
            .into_iter()
            .chain(taken_note(&taken))
            .chain(beyond_note(control.filter.beyond.as_ref()))
            .collect(),
    })
}

/// Returns the names of a filter of ours; it was found by them, so they are legal.
fn names_of(filter: &MetricFilter) -> Option<FilterNames> {
    Some(FilterNames {
        filter: FilterName::parse(&filter.name).ok()?,
        metric: MetricName::parse(&filter.transformation.metric.name).ok()?,
    })
}

/// Says what a filter counts although the control is not about it.
pub(super) fn beyond_note(beyond: Option<&String>) -> Option<String> {
    beyond.map(|beyond| format!("counts beyond the control: {beyond}"))
}

pub(super) fn taken_note(taken: &[String]) -> Option<String> {
    let names: Vec<String> = taken.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| {
        format!(
            "the name {} belongs to somebody else and stays untouched",
            names.join(", ")
        )
    })
}

/// Returns the step that makes or replaces a control's alarm; none when one works as it is.
pub(super) fn alarm_step(
    desired: &Desired,
    case: &Case<'_>,
    filter: Option<&Step>,
    topics: &[Step],
) -> Option<Step> {
    let (control, _, repair) = *case;
    let (mark, name, before, taken) = match &repair.alarm {
        AlarmRepair::Keep(_) => return None,
        AlarmRepair::Create(Naming { name, taken }) => {
            (Mark::Create, name.clone(), None, taken.clone())
        }
        AlarmRepair::Change(alarm) => (
            Mark::Change,
            AlarmName::parse(&alarm.arn.name).ok()?,
            Some(alarm.as_ref()),
            Vec::new(),
        ),
    };
    let metric = metric_after(repair, filter)?;
    let topic = repair.planned_topic().map(|planned| planned.arn.clone())?;
    let settings = before.and_then(Alarm::settings);
    let changes = settings.map_or_else(Vec::new, |settings| {
        drift::differences(settings, &control.alarm, &metric, &topic)
    });
    let put = put_alarm(desired, case, (name, metric, &topic), settings);
    let made = topics
        .iter()
        .filter(|step| step.id == StepId::new("topic", &topic.name));
    Some(Step {
        id: StepId::new("alarm", put.name.as_str()),
        mark,
        action: Action::PutAlarm(Box::new(put)),
        serves: BTreeSet::from([control.id.clone()]),
        needs: made.chain(filter).map(|step| step.id.clone()).collect(),
        changes,
        replaces: settings.map(|settings| Replaced::Alarm(Box::new(settings.clone()))),
        notes: taken_note(&taken).into_iter().collect(),
    })
}

/// Returns the metric that the control's filter publishes once its step is done.
fn metric_after(repair: &Repair, filter: Option<&Step>) -> Option<Metric> {
    match (&repair.filter, filter.map(|step| &step.action)) {
        (FilterRepair::Adopt { name: _, metric }, _) => Some(metric.clone()),
        (FilterRepair::Create(_) | FilterRepair::Change(_), Some(Action::PutMetricFilter(put))) => {
            Some(put.metric())
        }
        (FilterRepair::Create(_) | FilterRepair::Change(_), _) => None,
    }
}

/// Returns the write of an alarm. What a replaced alarm notified beside the topic goes on being notified.
fn put_alarm(
    desired: &Desired,
    (control, _, repair): &Case<'_>,
    (name, metric, topic): (AlarmName, Metric, &TopicArn),
    before: Option<&MetricAlarm>,
) -> PutAlarm {
    let wanted = &control.alarm;
    let mut alarm_actions = before
        .map(|alarm| alarm.alarm_actions.clone())
        .unwrap_or_default();
    let topic = topic.to_string();
    if !alarm_actions.contains(&topic) {
        alarm_actions.push(topic);
    }
    PutAlarm {
        partition: repair.log_group.partition.clone(),
        region: repair.log_group.region.clone(),
        account: repair.log_group.account.clone(),
        name,
        description: wanted.description.clone(),
        metric,
        statistic: wanted.statistic.clone(),
        period: wanted.period,
        evaluation_periods: wanted.evaluation_periods,
        threshold: wanted.threshold,
        operator: wanted.operator.clone(),
        missing_data: wanted.missing_data,
        alarm_actions,
        ok_actions: before
            .map(|alarm| alarm.ok_actions.clone())
            .unwrap_or_default(),
        insufficient_data_actions: before
            .map(|alarm| alarm.insufficient_data_actions.clone())
            .unwrap_or_default(),
        tags: tags(desired, control.id.as_str()),
    }
}
