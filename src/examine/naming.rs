//! Names for what is to be made, so that nobody else's resource is ever replaced.
//!
//! A put replaces by name, so a name that somebody else uses is not free. The planned name comes first,
//! then the same name with an ending; the choice depends on the facts alone.

use crate::desired::{DesiredControl, DesiredFilter};
use crate::model::{Alarm, AlarmName, FilterName, Metric, MetricFilter, MetricName};

/// How many names are tried before giving up.
const ATTEMPTS: u32 = 20;

/// A name for something that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Naming<Name> {
    /// The name.
    pub name: Name,
    /// The planned names that belong to somebody else.
    pub taken: Vec<String>,
}

/// The names of a filter that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilterNames {
    /// The filter's name.
    pub filter: FilterName,
    /// The name of its metric.
    pub metric: MetricName,
}

/// Returns the endings in the order in which they are tried, the empty one first.
fn endings() -> impl Iterator<Item = String> {
    (0..ATTEMPTS).map(|attempt| match attempt {
        0 => String::new(),
        1 => "_cis_fix".to_owned(),
        more => format!("_cis_fix_{more}"),
    })
}

/// Returns the names under which an alarm of `control` may be found or made, in their order.
pub fn alarm_names(control: &DesiredControl) -> impl Iterator<Item = AlarmName> {
    let planned = control.alarm.name.as_str().to_owned();
    endings().filter_map(move |ending| AlarmName::parse(&format!("{planned}{ending}")).ok())
}

/// Returns the names under which a filter of `planned` may be found or made, in their order.
pub fn filter_names(planned: &DesiredFilter) -> impl Iterator<Item = FilterNames> {
    let (filter, metric) = (
        planned.name.as_str().to_owned(),
        planned.metric_name.as_str().to_owned(),
    );
    endings().filter_map(move |ending| {
        Some(FilterNames {
            filter: FilterName::parse(&format!("{filter}{ending}")).ok()?,
            metric: MetricName::parse(&format!("{metric}{ending}")).ok()?,
        })
    })
}

/// Returns the names under which a further filter may be found or made, in their order.
pub fn companion_names(planned: &FilterName) -> impl Iterator<Item = FilterName> {
    let planned = planned.as_str().to_owned();
    endings().filter_map(move |ending| FilterName::parse(&format!("{planned}{ending}")).ok())
}

/// Returns names that no filter of the log group uses, neither for itself nor for its metric.
///
/// Returns none when every name that is tried is taken.
#[must_use]
pub fn free_filter_names(
    planned: &DesiredFilter,
    present: &[MetricFilter],
) -> Option<Naming<FilterNames>> {
    let mut taken = Vec::new();
    for names in filter_names(planned) {
        if present.iter().any(|filter| uses(filter, &names, planned)) {
            taken.push(names.filter.as_str().to_owned());
        } else {
            return Some(Naming { name: names, taken });
        }
    }
    None
}

fn uses(filter: &MetricFilter, names: &FilterNames, planned: &DesiredFilter) -> bool {
    let metric = Metric {
        namespace: planned.namespace.as_str().to_owned(),
        name: names.metric.as_str().to_owned(),
    };
    filter.name == names.filter.as_str() || filter.transformation.metric == metric
}

/// Returns the alarm of that name, whatever it watches.
#[must_use]
pub fn alarm_named<'facts>(alarms: &'facts [Alarm], name: &AlarmName) -> Option<&'facts Alarm> {
    alarms.iter().find(|alarm| alarm.arn.name == name.as_str())
}
