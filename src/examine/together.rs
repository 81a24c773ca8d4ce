//! Examines the controls of a site together, so that what mends one does not break another.
//!
//! A filter or an alarm of ours may serve a control that it was not made for. When its own control has it
//! replaced, the other one is mended as if that had happened already.

use std::borrow::Cow;

use super::chain::{self, Chain};
use super::companions::future_companion;
use super::coverage;
use super::filter::Beyond;
use super::mend::{future_alarm, future_filter};
use super::{
    AlarmRepair, Code, Examination, FilterRepair, Link, LinkKind, LinkState, Remark, Repair,
    Verdict, examination, site,
};
use crate::desired::{Desired, DesiredControl};
use crate::model::{Alarm, AlarmArn, MetricFilter, Reading};
use crate::observed::{Observed, Site};

/// Where the controls are examined.
#[derive(Clone, Copy)]
struct Place<'facts> {
    desired: &'facts Desired,
    observed: &'facts Observed,
    site: Site<'facts>,
}

/// The filters and alarms of a site: as they are, or as they will be.
#[derive(Clone)]
struct Facts<'facts> {
    filters: Reading<Cow<'facts, [MetricFilter]>>,
    alarms: Reading<Cow<'facts, [Alarm]>>,
}

/// Examines every control at one site.
pub(super) fn examine_at(
    desired: &Desired,
    observed: &Observed,
    site: Site<'_>,
) -> Vec<Examination> {
    let place = Place {
        desired,
        observed,
        site,
    };
    let facts = Facts {
        filters: observed.filters(site.log_group).map(Cow::Borrowed),
        alarms: observed.alarms(&site.log_group.region).map(Cow::Borrowed),
    };
    let controls: Vec<&DesiredControl> = desired.controls.iter().collect();
    let mut examinations = examine_controls(place, &facts, &controls);
    // Every round mends at least one more control, or is the last.
    for _ in &controls {
        let next = regarding_others(place, &facts, &examinations);
        if next == examinations {
            break;
        }
        examinations = next;
    }
    examinations
}

/// Examines controls over the filters and alarms of a site.
fn examine_controls(
    place: Place<'_>,
    facts: &Facts<'_>,
    controls: &[&DesiredControl],
) -> Vec<Examination> {
    let read = match &facts.filters {
        Ok(filters) => Ok(coverage::read(filters)),
        Err(error) => Err(Link::unread(LinkKind::Filter, error)),
    };
    let read = read.and_then(|read| match &facts.alarms {
        Ok(alarms) => Ok((read, alarms)),
        Err(error) => Err(Link::unread(LinkKind::Alarm, error)),
    });
    let chain = |control| match &read {
        Err(unread) => Chain::ending_with(unread.clone()),
        Ok((read, alarms)) => chain::chain(
            Beyond {
                observed: place.observed,
                desired: place.desired,
                control,
                alarms,
                planned_alarm: &planned_alarm(place.site, control),
            },
            place.site.log_group,
            read,
        ),
    };
    controls
        .iter()
        .map(|control| examine_control(place, control, chain))
        .collect()
}

fn examine_control<'facts>(
    place: Place<'_>,
    control: &'facts DesiredControl,
    chain: impl Fn(&'facts DesiredControl) -> Chain,
) -> Examination {
    let mut links = site::links(place.observed, place.site, control);
    let usable = links
        .iter()
        .all(|link| link.kind != LinkKind::LogGroup || link.state == LinkState::InPlace);
    if !usable {
        return examination(control, links);
    }
    let chain = chain(control);
    links.extend(chain.links);
    let examination = examination(control, links);
    let repair = chain
        .repair
        .filter(|_| examination.verdict != Verdict::Unknown);
    Examination {
        remarks: chain.remarks,
        repair,
        ..examination
    }
}

/// Returns the ARN that the control's alarm would have at a site.
pub(super) fn planned_alarm(site: Site<'_>, control: &DesiredControl) -> AlarmArn {
    AlarmArn {
        partition: site.log_group.partition.clone(),
        region: site.log_group.region.clone(),
        account: site.log_group.account.clone(),
        name: control.alarm.name.as_str().to_owned(),
    }
}

/// Examines again what relies on filters that others may replace, and takes the repairs that come of it.
fn regarding_others(
    place: Place<'_>,
    facts: &Facts<'_>,
    examinations: &[Examination],
) -> Vec<Examination> {
    let controls = &place.desired.controls;
    let pairs = || controls.iter().zip(examinations);
    pairs()
        .map(|(control, now)| {
            let others = pairs().filter(|(other, _)| other.id != control.id);
            let changes: Vec<(&DesiredControl, &Repair)> = others
                .filter_map(|(other, examination)| Some((other, examination.repair.as_ref()?)))
                .filter(|(_, repair)| replaces(repair))
                .collect();
            if changes.is_empty() || !may_be_mended(now) {
                return now.clone();
            }
            let later = examine_controls(place, &afterwards(place, facts, &changes), &[control]);
            later
                .into_iter()
                .next()
                .map_or_else(|| now.clone(), |later| with_repair_of(now, later))
        })
        .collect()
}

fn replaces(repair: &Repair) -> bool {
    matches!(repair.filter, FilterRepair::Change(_))
        || repair
            .companions
            .iter()
            .any(|companion| companion.before.is_some())
        || matches!(repair.alarm, AlarmRepair::Change(_))
}

/// Returns whether what others change may matter: not where nothing can be planned anyway.
fn may_be_mended(now: &Examination) -> bool {
    now.repair.is_some() || now.verdict == Verdict::Compliant
}

/// Returns the filters and alarms as they are once the repairs of some controls are done.
fn afterwards<'facts>(
    place: Place<'_>,
    facts: &Facts<'facts>,
    changes: &[(&DesiredControl, &Repair)],
) -> Facts<'facts> {
    let mut later = facts.clone();
    for (control, repair) in changes {
        if let (Ok(filters), FilterRepair::Change(before)) = (&mut later.filters, &repair.filter) {
            let is_same = |filter: &&mut MetricFilter| filter.name == before.name;
            if let Some(filter) = filters.to_mut().iter_mut().find(is_same) {
                *filter = future_filter(control, before);
            }
        }
        for companion in &repair.companions {
            if let (Ok(filters), Some(before)) = (&mut later.filters, &companion.before) {
                let is_same = |filter: &&mut MetricFilter| filter.name == before.name;
                if let Some(filter) = filters.to_mut().iter_mut().find(is_same) {
                    *filter = future_companion(control, companion);
                }
            }
        }
        if let (Ok(alarms), AlarmRepair::Change(before)) = (&mut later.alarms, &repair.alarm) {
            let is_same = |alarm: &&mut Alarm| alarm.arn == before.arn;
            if let Some(alarm) = alarms.to_mut().iter_mut().find(is_same) {
                *alarm = future_alarm(place.desired, control, repair, before);
            }
        }
    }
    later
}

/// Returns what was found now, with the repair that is needed once others are mended, if it is no smaller.
///
/// Nothing is gained from others: two controls that rely on each other's repairs would both go without.
fn with_repair_of(now: &Examination, later: Examination) -> Examination {
    if later.repair.is_none()
        || later.repair == now.repair
        || writes(later.repair.as_ref()) < writes(now.repair.as_ref())
    {
        return now.clone();
    }
    let mut remarks = now.remarks.clone();
    let code = Code::ServedByWhatChanges;
    if !remarks.iter().any(|remark| remark.code == code) {
        remarks.push(Remark {
            code,
            detail: "what serves it now is to be changed for another control".to_owned(),
            witness: None,
        });
    }
    Examination {
        remarks,
        repair: later.repair,
        ..now.clone()
    }
}

/// Returns how many writes a repair asks of a control's filter and alarm.
fn writes(repair: Option<&Repair>) -> usize {
    repair.map_or(0, |repair| {
        repair.companions.len()
            + usize::from(!matches!(repair.filter, FilterRepair::Adopt { .. }))
            + usize::from(!matches!(repair.alarm, AlarmRepair::Keep(_)))
    })
}
