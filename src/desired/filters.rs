//! The filters of a control, chosen for auditors and given their names.

use std::collections::BTreeSet;

use super::{DesiredCompanion, DesiredFilter};
use crate::auditors::{Auditors, Chosen, Place, Selected, Unmet, Wanted, select};
use crate::catalog::{Auditor, Control, Satisfy};
use crate::model::FilterName;
use crate::pattern::Pattern;

/// The filters of a control, and whom they satisfy.
pub(super) struct Filters {
    pub(super) filter: DesiredFilter,
    pub(super) companions: Vec<DesiredCompanion>,
    pub(super) satisfies: BTreeSet<Auditor>,
    pub(super) unsatisfied: Vec<Unmet>,
}

/// Returns the fewest filters that satisfy whom they can.
pub(super) fn filters(control: &Control, pattern: &Pattern, satisfy: &Satisfy) -> Filters {
    let Selected {
        main,
        companions,
        satisfies,
        mut unmet,
    } = select(Wanted {
        control,
        pattern,
        satisfy,
        auditors: Auditors::builtin(),
    });
    let mut satisfies = satisfies;
    let mut named = Vec::new();
    for companion in companions {
        match name(control, &companion) {
            Some(name) => named.push(DesiredCompanion {
                name,
                place: companion.place,
                pattern: companion.pattern,
                serves: companion.serves,
                covers: companion.covers,
                beyond: companion.beyond,
            }),
            None => {
                for auditor in companion.serves {
                    satisfies.remove(&auditor);
                    unmet.push(too_long(auditor));
                }
            }
        }
    }
    Filters {
        filter: DesiredFilter {
            name: name(control, &main).unwrap_or_else(|| control.filter.clone()),
            place: main.place,
            pattern: main.pattern,
            beyond: main.beyond,
            metric_name: control.metric.name.clone(),
            namespace: control.metric.namespace.clone(),
            value: control.metric.value.clone(),
        },
        companions: named,
        satisfies,
        unsatisfied: unmet,
    }
}

/// Returns the name of a filter: the control's, with the name of an auditor behind it where it is not the one named like the metric.
fn name(control: &Control, chosen: &Chosen) -> Option<FilterName> {
    let planned = control.filter.as_str();
    match chosen.place {
        Place::LikeMetric => Some(control.filter.clone()),
        Place::Beside => {
            let ending = chosen.serves.first().map_or_else(
                || "intent".to_owned(),
                |auditor| auditor.as_str().replace('-', "_"),
            );
            FilterName::parse(&format!("{planned}_{ending}")).ok()
        }
    }
}

fn too_long(auditor: Auditor) -> Unmet {
    Unmet {
        auditor,
        reason: "the name that its filter would have is longer than a name may be".to_owned(),
        witness: None,
    }
}
