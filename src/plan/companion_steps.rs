//! The steps of a control's further filters, which are there for auditors.

use std::collections::BTreeSet;

use super::action::{Action, PutMetricFilter};
use super::chain_steps::{beyond_note, taken_note};
use super::{Mark, Replaced, Step, StepId};
use crate::desired::DesiredControl;
use crate::examine::{CompanionRepair, Repair, drift};
use crate::model::{MetricName, Namespace};

/// Returns the steps that make or replace a control's further filters.
pub(super) fn companion_steps(
    control: &DesiredControl,
    repair: &Repair,
    filter: Option<&Step>,
) -> Vec<Step> {
    let mut steps: Vec<Step> = repair
        .companions
        .iter()
        .filter_map(|companion| step(control, repair, companion))
        .collect();
    // What is replaced may be what serves the control now, so that everything new comes first.
    steps.sort_by_key(|step| step.mark);
    let made: BTreeSet<StepId> = steps
        .iter()
        .chain(filter)
        .filter(|step| step.mark == Mark::Create)
        .map(|step| step.id.clone())
        .collect();
    // Where the filter could not be made, its metric may be somebody else's: nothing of ours is to publish there.
    let first: BTreeSet<StepId> = filter
        .filter(|step| step.mark == Mark::Create)
        .map(|step| step.id.clone())
        .into_iter()
        .collect();
    let with_needs = |step: Step| {
        let needs = match step.mark {
            Mark::Create => first.clone(),
            Mark::Change => made.clone(),
        };
        Step { needs, ..step }
    };
    steps.into_iter().map(with_needs).collect()
}

fn step(control: &DesiredControl, repair: &Repair, companion: &CompanionRepair) -> Option<Step> {
    let CompanionRepair {
        name,
        before,
        pattern,
        metric,
        serves,
        beyond,
    } = companion;
    let put = PutMetricFilter {
        log_group: repair.log_group.clone(),
        name: name.name.clone(),
        pattern: pattern.text().to_owned(),
        metric_name: MetricName::parse(&metric.name).ok()?,
        namespace: Namespace::parse(&metric.namespace).ok()?,
        value: control.filter.value.clone(),
    };
    let titles: Vec<&str> = serves.iter().map(|auditor| auditor.title()).collect();
    let purpose = (!titles.is_empty()).then(|| format!("its text is for {}", titles.join(", ")));
    let notes = purpose
        .into_iter()
        .chain(beyond_note(beyond.as_ref()))
        .chain(twice_note(control))
        .chain(taken_note(&name.taken));
    Some(Step {
        id: StepId::new("filter", put.name.as_str()),
        mark: if before.is_some() {
            Mark::Change
        } else {
            Mark::Create
        },
        changes: before.as_ref().map_or_else(Vec::new, |filter| {
            drift::filter_differences(filter, (&put.pattern, &put.metric(), &put.value))
        }),
        replaces: before.clone().map(Replaced::Filter),
        action: Action::PutMetricFilter(put),
        serves: BTreeSet::from([control.id.clone()]),
        needs: BTreeSet::new(),
        notes: notes.collect(),
    })
}

/// Says that events are counted more than once where the number matters.
///
/// The threshold is left as it is: the alarm may fire before that many events, and never after.
fn twice_note(control: &DesiredControl) -> Option<String> {
    let threshold = control.alarm.threshold;
    (threshold > 1.0).then(|| {
        format!(
            "an event counts once for each filter that matches it, so that fewer than {threshold} events may raise the alarm"
        )
    })
}
