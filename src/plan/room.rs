//! Room for new filters: a log group takes no more than AWS allows.
//!
//! Filters that serve controls come first; what room is left goes to those that are there for auditors.

use std::collections::{BTreeMap, BTreeSet};

use super::Blocked;
use super::tasks::block;
use crate::examine::{Code, CompanionRepair, Examination, FilterRepair, LinkKind, Repair};
use crate::model::{ControlId, LogGroupArn, MetricFilter};
use crate::observed::Observed;

/// How many metric filters a log group may have (CloudWatch Logs quotas; not adjustable).
pub const FILTERS_PER_LOG_GROUP: usize = 100;

/// How many filters log groups have, with those that are to be made.
struct Room<'facts> {
    observed: &'facts Observed,
    used: BTreeMap<LogGroupArn, usize>,
}

impl Room<'_> {
    /// Takes room for one more filter, if there is any.
    fn take(&mut self, log_group: &LogGroupArn) -> bool {
        let present = || {
            self.observed
                .filters(log_group)
                .map_or(0, <[MetricFilter]>::len)
        };
        let count = self.used.entry(log_group.clone()).or_insert_with(present);
        let fits = *count < FILTERS_PER_LOG_GROUP;
        if fits {
            *count += 1;
        }
        fits
    }

    fn fits(&mut self, repair: &Repair) -> bool {
        match &repair.filter {
            FilterRepair::Adopt { .. } | FilterRepair::Change(_) => true,
            FilterRepair::Create(_) => self.take(&repair.log_group),
        }
    }

    /// Returns the further filters for which there is room. When one must be left out, none of ours is replaced either: what
    /// replaces it may rely on the one that is missing.
    fn companions(&mut self, repair: &Repair) -> Vec<CompanionRepair> {
        let new = |companion: &&CompanionRepair| companion.before.is_none();
        let made: Vec<CompanionRepair> = repair
            .companions
            .iter()
            .filter(new)
            .filter(|_| self.take(&repair.log_group))
            .cloned()
            .collect();
        if made.len() == repair.companions.iter().filter(new).count() {
            repair.companions.clone()
        } else {
            made
        }
    }
}

/// Returns the examinations without the repairs for which there is no room, and what that blocks.
pub(super) fn fitting(
    observed: &Observed,
    examinations: &[Examination],
) -> (Vec<Examination>, Vec<Blocked>) {
    let mut room = Room {
        observed,
        used: BTreeMap::new(),
    };
    let mut blocked = Vec::new();
    let mut fitting = Vec::new();
    for examination in examinations {
        let mut examination = examination.clone();
        if let Some(repair) = examination.repair.take() {
            if room.fits(&repair) {
                examination.repair = Some(repair);
            } else {
                let task = no_room(&examination.control, &repair.log_group, "");
                block(&mut blocked, task);
            }
        }
        fitting.push(examination);
    }
    for examination in &mut fitting {
        let Some(repair) = &mut examination.repair else {
            continue;
        };
        let companions = room.companions(repair);
        if companions.len() < repair.companions.len() {
            let task = no_room(
                &examination.control,
                &repair.log_group,
                " for the texts of auditors",
            );
            block(&mut blocked, task);
            repair.companions = companions;
        }
    }
    (fitting, blocked)
}

fn no_room(control: &ControlId, log_group: &LogGroupArn, purpose: &str) -> Blocked {
    Blocked {
        serves: BTreeSet::from([control.clone()]),
        link: LinkKind::Filter,
        code: Code::LogGroupFull,
        detail: format!(
            "log group `{}` has room for {FILTERS_PER_LOG_GROUP} metric filters and none is left{purpose}",
            log_group.name
        ),
        hint: "remove filters that nobody needs; AWS does not raise this quota".to_owned(),
    }
}
