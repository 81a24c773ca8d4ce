//! What is there once something desired is made, as AWS would describe it.

use std::collections::BTreeMap;

use super::{DesiredAlarm, DesiredControl};
use crate::model::{Metric, MetricAlarm, MetricFilter, MetricQuery, MetricTransformation};
use crate::pattern::Pattern;

impl DesiredControl {
    /// Returns the control's filter under a name, publishing to a metric.
    #[must_use]
    pub fn metric_filter(&self, name: &str, metric: Metric) -> MetricFilter {
        MetricFilter {
            name: name.to_owned(),
            pattern: self.filter.pattern.text().to_owned(),
            transformation: self.transformation(metric),
            applies_to_transformed_logs: false,
            field_selection: None,
            system_field_dimensions: Vec::new(),
        }
    }

    /// Returns a further filter of the control under a name, publishing to a metric.
    #[must_use]
    pub fn companion_filter(&self, name: &str, pattern: &Pattern, metric: Metric) -> MetricFilter {
        MetricFilter {
            pattern: pattern.text().to_owned(),
            ..self.metric_filter(name, metric)
        }
    }

    /// Returns what the control's filter publishes: no default value, no unit, no dimensions.
    #[must_use]
    pub fn transformation(&self, metric: Metric) -> MetricTransformation {
        MetricTransformation {
            metric,
            value: self.filter.value.clone(),
            default_value: None,
            unit: None,
            dimensions: BTreeMap::new(),
        }
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
