//! What is there once something desired is made, as AWS would describe it.

use super::{DesiredAlarm, DesiredControl};
use crate::model::{Metric, MetricAlarm, MetricFilter, MetricQuery, MetricTransformation};
use crate::pattern::Pattern;

impl DesiredControl {
    /// Returns the control's filter under a name, publishing to a metric.
    #[must_use]
    pub fn metric_filter(&self, name: &str, metric: Metric) -> MetricFilter {
        MetricFilter::plain(
            name,
            self.filter.pattern.text(),
            self.transformation(metric),
        )
    }

    /// Returns a further filter of the control under a name, publishing to a metric.
    #[must_use]
    pub fn companion_filter(&self, name: &str, pattern: &Pattern, metric: Metric) -> MetricFilter {
        MetricFilter::plain(name, pattern.text(), self.transformation(metric))
    }

    /// Returns what the control's filter publishes: no default value, no unit, no dimensions.
    #[must_use]
    pub fn transformation(&self, metric: Metric) -> MetricTransformation {
        MetricTransformation::plain(metric, &self.filter.value)
    }
}

impl DesiredAlarm {
    /// Returns the settings of the alarm on a metric, without its actions.
    #[must_use]
    pub fn settings(&self, metric: Metric) -> MetricAlarm {
        let Self {
            name: _,
            description,
            statistic,
            period,
            evaluation_periods,
            threshold,
            operator,
            missing_data,
        } = self;
        MetricAlarm {
            description: Some(description.clone()),
            actions_enabled: true,
            alarm_actions: Vec::new(),
            ok_actions: Vec::new(),
            insufficient_data_actions: Vec::new(),
            query: MetricQuery::Single {
                metric,
                has_dimensions: false,
                statistic: statistic.clone(),
                unit: None,
                period: *period,
            },
            evaluation_periods: *evaluation_periods,
            datapoints_to_alarm: None,
            threshold: Some(*threshold),
            operator: operator.clone(),
            missing_data: *missing_data,
        }
    }
}
