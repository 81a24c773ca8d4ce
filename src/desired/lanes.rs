//! Paging lanes: which controls have one, and what it holds.

use std::collections::BTreeSet;

use thiserror::Error;

use super::{DesiredAlarm, DesiredControl, DesiredFilter, Place, WHAT_TO_DO};
use crate::catalog::Control;
use crate::model::{ControlId, Lane, NameError};
use crate::settings::{ExclusionError, Paging, Settings};

/// Why a control cannot page people as the settings say.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum LaneError {
    /// A name would be too long.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Something cannot be left out.
    #[error(transparent)]
    Exclusion(#[from] ExclusionError),
}

/// Returns the identifier of a control's paging lane, if the settings give it one.
pub(super) fn lane_of(settings: &Settings, control: &ControlId) -> Option<ControlId> {
    let change = settings.overrides.get(control)?;
    change.paging.as_ref()?;
    control.paging().ok()
}

/// Returns controls with their paging lanes.
pub(super) fn with_lanes(
    settings: &Settings,
    controls: BTreeSet<ControlId>,
) -> BTreeSet<ControlId> {
    let lanes = controls.iter().filter_map(|id| lane_of(settings, id));
    let lanes: Vec<ControlId> = lanes.collect();
    controls.into_iter().chain(lanes).collect()
}

/// Returns the control whose paging lane was asked for by its own identifier.
pub(super) fn control_of(settings: &Settings, asked: &str) -> Option<ControlId> {
    let control = ControlId::parse(asked).ok()?.paged()?;
    lane_of(settings, &control)?;
    Some(control)
}

/// Returns the paging lane of a control.
pub(super) fn paging_lane(
    control: &Control,
    exact: &DesiredControl,
    paging: &Paging,
) -> Result<DesiredControl, LaneError> {
    let lane = paging.applied(control)?;
    let (pattern, lost) = paging.narrowed(&exact.pattern)?;
    Ok(DesiredControl {
        id: lane.id,
        lane: Lane::Paging,
        number: None,
        title: format!("{} (paging)", exact.title),
        defect: None,
        pattern: pattern.clone(),
        look_alikes: lost,
        scope: exact.scope.clone(),
        filter: DesiredFilter {
            name: lane.filter,
            place: Place::LikeMetric,
            pattern,
            beyond: None,
            metric_name: lane.metric.name,
            namespace: lane.metric.namespace,
            value: lane.metric.value,
        },
        companions: Vec::new(),
        satisfies: BTreeSet::new(),
        unsatisfied: Vec::new(),
        alarm: DesiredAlarm {
            name: lane.alarm.name,
            description: description(exact),
            period: lane.alarm.period,
            evaluation_periods: lane.alarm.evaluation_periods,
            threshold: lane.alarm.threshold,
            ..exact.alarm.clone()
        },
    })
}

/// Returns what people read when they are paged.
fn description(exact: &DesiredControl) -> String {
    let DesiredControl { title, alarm, .. } = exact;
    format!(
        "{title}, as far as it pages people; the alarm {} sees all of it. {WHAT_TO_DO}",
        alarm.name
    )
}
