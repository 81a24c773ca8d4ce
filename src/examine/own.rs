//! Which alarms are the controls' own, by their tags, and which others the controls rely on.

use std::collections::{BTreeMap, BTreeSet};

use super::naming::alarm_names;
use super::{AlarmRepair, Examination};
use crate::desired::{Desired, OWNER_TAG};
use crate::model::{AlarmArn, CallError, ControlId, Metric, MetricAlarm, Reading, Region};
use crate::observed::{Observed, sites};

/// The alarms that have to do with some controls.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnAlarms {
    /// The controls' own, by ARN.
    pub own: Vec<OwnAlarm>,
    /// Alarms of others that the controls rely on, by ARN.
    pub foreign: Vec<ForeignAlarm>,
    /// Alarms of which nobody could tell whose they are, by ARN.
    pub unread: Vec<UnreadAlarm>,
}

/// An alarm that cis-fix made for a control.
#[derive(Debug, Clone, PartialEq)]
pub struct OwnAlarm {
    /// Whose it is, where, and its name.
    pub arn: AlarmArn,
    /// The control that it was made for.
    pub control: ControlId,
    /// Its settings.
    pub settings: MetricAlarm,
}

/// An alarm that was not made for the controls that rely on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignAlarm {
    /// Whose it is, where, and its name.
    pub arn: AlarmArn,
    /// The controls that rely on it.
    pub controls: BTreeSet<ControlId>,
}

/// An alarm of which nobody could tell whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadAlarm {
    /// Whose it is, where, and its name.
    pub arn: AlarmArn,
    /// Why its tags could not be read.
    pub error: CallError,
}

/// Returns the alarms whose tags must be known to tell which are the controls' own: those of the controls'
/// names, and those that watch what the filters of a log group publish or the controls' filters would.
///
/// # Errors
///
/// Fails when the trails, or the alarms of a log group's Region, could not be read.
pub fn alarm_candidates(desired: &Desired, observed: &Observed) -> Reading<BTreeSet<AlarmArn>> {
    let trails = observed.trails.as_ref().map_err(Clone::clone)?;
    let mut candidates = BTreeSet::new();
    for site in sites(trails, &observed.identity.account) {
        let filters = observed.filters(site.log_group).unwrap_or_default();
        let published = filters
            .iter()
            .map(|filter| filter.transformation.metric.clone());
        let wanted = desired.controls.iter().map(|control| Metric {
            namespace: control.filter.namespace.as_str().to_owned(),
            name: control.filter.metric_name.as_str().to_owned(),
        });
        let metrics: BTreeSet<Metric> = published.chain(wanted).collect();
        let names: BTreeSet<String> = desired
            .controls
            .iter()
            .flat_map(|control| alarm_names(control).map(|name| name.as_str().to_owned()))
            .collect();
        for alarm in observed.alarms(&site.log_group.region)? {
            let is_watching = |metric| metrics.contains(metric);
            let is_named = alarm.settings().is_some() && names.contains(&alarm.arn.name);
            if is_named || alarm.watched().is_some_and(is_watching) {
                candidates.insert(alarm.arn.clone());
            }
        }
    }
    Ok(candidates)
}

/// Returns the alarms that have to do with the desired controls, once the tags of the candidates are observed.
///
/// # Errors
///
/// Fails as [`alarm_candidates`] does.
pub fn own_alarms(
    desired: &Desired,
    observed: &Observed,
    examinations: &[Examination],
) -> Reading<OwnAlarms> {
    let controls: BTreeMap<&str, &ControlId> = desired
        .controls
        .iter()
        .map(|control| (control.id.as_str(), &control.id))
        .collect();
    let (mut own, mut unread) = (Vec::new(), Vec::new());
    for arn in alarm_candidates(desired, observed)? {
        match observed.alarm_tags.get(&arn) {
            Some(Ok(tags)) => {
                let owner = tags.get(OWNER_TAG).map(String::as_str);
                let control = owner.and_then(|owner| controls.get(owner));
                if let (Some(control), Some(settings)) = (control, found(observed, &arn)) {
                    own.push(OwnAlarm {
                        arn,
                        control: ControlId::clone(control),
                        settings: settings.clone(),
                    });
                }
            }
            Some(Err(error)) => unread.push(UnreadAlarm {
                arn,
                error: error.clone(),
            }),
            None => {}
        }
    }
    let relied = relied_on(observed, examinations);
    let is_other = |arn: &AlarmArn| {
        own.iter().all(|alarm| alarm.arn != *arn) && unread.iter().all(|alarm| alarm.arn != *arn)
    };
    let foreign = relied
        .into_iter()
        .filter(|(arn, _)| is_other(arn))
        .map(|(arn, controls)| ForeignAlarm { arn, controls })
        .collect();
    Ok(OwnAlarms {
        own,
        foreign,
        unread,
    })
}

fn found<'facts>(observed: &'facts Observed, arn: &AlarmArn) -> Option<&'facts MetricAlarm> {
    let alarms = observed.alarms(&arn.region).ok()?;
    let alarm = alarms.iter().find(|alarm| alarm.arn == *arn)?;
    alarm.settings()
}

/// Returns the alarms that controls rely on as they are.
fn relied_on(
    observed: &Observed,
    examinations: &[Examination],
) -> BTreeMap<AlarmArn, BTreeSet<ControlId>> {
    let mut relied: BTreeMap<AlarmArn, BTreeSet<ControlId>> = BTreeMap::new();
    for examination in examinations {
        let Some(repair) = &examination.repair else {
            continue;
        };
        let (region, name): (&Region, &str) = match &repair.alarm {
            AlarmRepair::Keep(name) => (&repair.log_group.region, name),
            AlarmRepair::Change(alarm) => (&alarm.arn.region, &alarm.arn.name),
            AlarmRepair::Create(_) => continue,
        };
        let alarms = observed.alarms(region).unwrap_or_default();
        if let Some(alarm) = alarms.iter().find(|alarm| alarm.arn.name == name) {
            let controls = relied.entry(alarm.arn.clone()).or_default();
            controls.insert(examination.control.clone());
        }
    }
    relied
}
