//! Room for new filters: a log group takes no more than AWS allows.

use std::collections::{BTreeMap, BTreeSet};

use super::Blocked;
use super::tasks::block;
use crate::examine::{Code, Examination, FilterRepair, LinkKind};
use crate::model::{ControlId, LogGroupArn, MetricFilter};
use crate::observed::Observed;

/// How many metric filters a log group may have (CloudWatch Logs quotas; not adjustable).
pub const FILTERS_PER_LOG_GROUP: usize = 100;

/// Returns the examinations without the repairs for which there is no room, and what that blocks.
pub(super) fn fitting(
    observed: &Observed,
    examinations: &[Examination],
) -> (Vec<Examination>, Vec<Blocked>) {
    let mut used: BTreeMap<LogGroupArn, usize> = BTreeMap::new();
    let mut blocked = Vec::new();
    let mut fits = |examination: &Examination| {
        let Some(repair) = &examination.repair else {
            return true;
        };
        match &repair.filter {
            FilterRepair::Adopt { .. } | FilterRepair::Change(_) => return true,
            FilterRepair::Create(_) => {}
        }
        let present = || {
            observed
                .filters(&repair.log_group)
                .map_or(0, <[MetricFilter]>::len)
        };
        let count = used.entry(repair.log_group.clone()).or_insert_with(present);
        if *count >= FILTERS_PER_LOG_GROUP {
            block(
                &mut blocked,
                no_room(&examination.control, &repair.log_group),
            );
            return false;
        }
        *count += 1;
        true
    };
    let examinations = examinations
        .iter()
        .map(|examination| {
            let repair = examination.repair.clone().filter(|_| fits(examination));
            Examination {
                repair,
                ..examination.clone()
            }
        })
        .collect();
    (examinations, blocked)
}

fn no_room(control: &ControlId, log_group: &LogGroupArn) -> Blocked {
    Blocked {
        serves: BTreeSet::from([control.clone()]),
        link: LinkKind::Filter,
        code: Code::LogGroupFull,
        detail: format!(
            "log group `{}` has room for {FILTERS_PER_LOG_GROUP} metric filters and none is left",
            log_group.name
        ),
        hint: "remove filters that nobody needs; AWS does not raise this quota".to_owned(),
    }
}
