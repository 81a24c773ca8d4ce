//! `[control.…]`: changes to single controls.
//!
//! An override changes names and numbers, never what a control means.

mod read;

use crate::catalog::Control;
use crate::model::{AlarmName, FilterName, MetricName, Namespace};

use super::paging::Paging;

pub(super) use read::read;

/// Changes to a control; what is none stays as the catalog says.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Override {
    /// The name of the metric filter.
    pub filter_name: Option<FilterName>,
    /// The name of the metric.
    pub metric_name: Option<MetricName>,
    /// The namespace of the metric.
    pub namespace: Option<Namespace>,
    /// The name of the alarm.
    pub alarm_name: Option<AlarmName>,
    /// The length of a period in seconds.
    pub period: Option<u32>,
    /// How many periods are looked at.
    pub evaluation_periods: Option<u32>,
    /// The threshold.
    pub threshold: Option<f64>,
    /// How it pages people as well, if it does.
    pub paging: Option<Paging>,
}

impl Override {
    /// Returns these changes, and those of `lower` where these say nothing.
    #[must_use]
    pub fn or(self, lower: Self) -> Self {
        Self {
            filter_name: self.filter_name.or(lower.filter_name),
            metric_name: self.metric_name.or(lower.metric_name),
            namespace: self.namespace.or(lower.namespace),
            alarm_name: self.alarm_name.or(lower.alarm_name),
            period: self.period.or(lower.period),
            evaluation_periods: self.evaluation_periods.or(lower.evaluation_periods),
            threshold: self.threshold.or(lower.threshold),
            paging: match (self.paging, lower.paging) {
                (Some(higher), Some(lower)) => Some(higher.or(lower)),
                (higher, lower) => higher.or(lower),
            },
        }
    }

    /// Returns the control with these changes.
    ///
    /// A metric that bears its filter's name goes on bearing it.
    #[must_use]
    pub fn applied(&self, control: &Control) -> Control {
        let mut changed = control.clone();
        let Self {
            filter_name,
            metric_name,
            namespace,
            alarm_name,
            period,
            evaluation_periods,
            threshold,
            paging: _, // A lane is a control of its own.
        } = self.clone();
        let follows = control.metric.name.as_str() == control.filter.as_str();
        let followed = filter_name
            .as_ref()
            .filter(|_| follows)
            .and_then(|name| MetricName::parse(name.as_str()).ok());
        changed.filter = filter_name.unwrap_or(changed.filter);
        changed.metric.name = metric_name.or(followed).unwrap_or(changed.metric.name);
        changed.metric.namespace = namespace.unwrap_or(changed.metric.namespace);
        changed.alarm.name = alarm_name.unwrap_or(changed.alarm.name);
        changed.alarm.period = period.unwrap_or(changed.alarm.period);
        changed.alarm.evaluation_periods =
            evaluation_periods.unwrap_or(changed.alarm.evaluation_periods);
        changed.alarm.threshold = threshold.unwrap_or(changed.alarm.threshold);
        changed
    }
}
