//! What may be taken back of an alarm and of a metric filter.

use super::{Found, View, alarms, fact};
use crate::desired::OWNER_TAG;
use crate::model::{AlarmKind, MetricAlarm, MetricQuery};
use crate::plan::action::{PutAlarm, PutMetricFilter};
use crate::plan::{Replaced, alarm_changes, filter_changes};
use crate::reversal::{LeftReason, Reversal};

pub(super) fn alarm(
    put: &PutAlarm,
    before: Option<&Replaced>,
    view: &View<'_>,
) -> Result<Found, LeftReason> {
    let arn = put.arn();
    let found = alarms(view.facts, &arn)?
        .iter()
        .find(|alarm| alarm.arn == arn);
    let now = match found.map(|alarm| &alarm.kind) {
        None => return Err(LeftReason::Gone),
        Some(AlarmKind::Composite | AlarmKind::Log) => return Err(LeftReason::Changed),
        Some(AlarmKind::Metric(settings)) => settings.as_ref(),
    };
    let previous = match before {
        Some(Replaced::Alarm(previous)) => Some(previous.as_ref()),
        Some(Replaced::Filter(_) | Replaced::TopicPolicy(_) | Replaced::TopicKey(_)) | None => None,
    };
    if *now != put.settings() {
        let is_restored = previous == Some(now);
        return Err(if is_restored {
            LeftReason::Restored
        } else {
            LeftReason::Changed
        });
    }
    let tags = fact(
        view.facts.alarm_tags.get(&arn),
        "cloudwatch:ListTagsForResource",
    );
    if !tags.map_err(LeftReason::Unread)?.contains_key(OWNER_TAG) {
        return Err(LeftReason::NotOurs);
    }
    match previous {
        None => Ok(Reversal::DeleteAlarm(arn).into()),
        Some(previous) if is_restorable(previous) => Ok(Found {
            changes: alarm_changes(now, previous),
            reversal: Reversal::RestoreAlarm(arn, Box::new(previous.clone())),
            notes: Vec::new(),
        }),
        Some(_) => Err(LeftReason::Unrestorable),
    }
}

/// Returns whether everything about an alarm is known: not of one on an expression or with dimensions.
fn is_restorable(alarm: &MetricAlarm) -> bool {
    match &alarm.query {
        MetricQuery::Single { has_dimensions, .. } => !has_dimensions,
        MetricQuery::Expression => false,
    }
}

pub(super) fn filter(
    put: &PutMetricFilter,
    before: Option<&Replaced>,
    view: &View<'_>,
) -> Result<Found, LeftReason> {
    let listed = fact(
        view.facts.filters.get(&put.log_group),
        "logs:DescribeMetricFilters",
    );
    let mut listed = listed.map_err(LeftReason::Unread)?.iter();
    let now = listed.find(|filter| filter.name == put.name.as_str());
    let now = now.ok_or(LeftReason::Gone)?;
    let previous = match before {
        Some(Replaced::Filter(previous)) => Some(previous.as_ref()),
        Some(Replaced::Alarm(_) | Replaced::TopicPolicy(_) | Replaced::TopicKey(_)) | None => None,
    };
    if *now != put.filter() {
        let is_restored = previous == Some(now);
        return Err(if is_restored {
            LeftReason::Restored
        } else {
            LeftReason::Changed
        });
    }
    match previous {
        None => Ok(Found {
            reversal: Reversal::DeleteMetricFilter(put.log_group.clone(), put.name.clone()),
            changes: Vec::new(),
            notes: watchers(put, view),
        }),
        Some(previous) => Ok(Found {
            changes: filter_changes(now, previous),
            reversal: Reversal::RestoreMetricFilter(
                put.log_group.clone(),
                Box::new(previous.clone()),
            ),
            notes: Vec::new(),
        }),
    }
}

/// Returns which alarms that stay watch the metric of a filter that goes.
fn watchers(put: &PutMetricFilter, view: &View<'_>) -> Vec<String> {
    let there = view.facts.alarms.get(&put.log_group.region);
    let there = there
        .and_then(|there| there.as_ref().ok())
        .into_iter()
        .flatten();
    there
        .filter(|alarm| !view.going.contains(&alarm.arn) && alarm.watched() == Some(&put.metric()))
        .map(|alarm| {
            format!(
                "alarm `{}` watches its metric and will hear nothing more",
                alarm.arn.name
            )
        })
        .collect()
}
