//! Compares what is there with what is wanted, field by field.

use std::fmt::Display;

use crate::desired::DesiredAlarm;
use crate::model::{
    Metric, MetricAlarm, MetricFilter, MetricQuery, MetricTransformation, TopicArn,
};

/// A field that is not as wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field's name.
    pub field: &'static str,
    /// Its value now; foreign text.
    pub before: String,
    /// Its value afterwards.
    pub after: String,
}

/// Fields that are not as wanted, in the order in which they were compared.
#[derive(Debug, Default)]
pub(crate) struct FieldChanges(Vec<FieldChange>);

impl FieldChanges {
    /// Compares one field.
    pub(crate) fn compare(
        &mut self,
        field: &'static str,
        before: impl Display,
        after: impl Display,
    ) {
        let (before, after) = (before.to_string(), after.to_string());
        if before != after {
            self.0.push(FieldChange {
                field,
                before,
                after,
            });
        }
    }

    /// Returns the fields that differ.
    pub(crate) fn into_list(self) -> Vec<FieldChange> {
        self.0
    }
}

/// Returns the fields in which `alarm` is not as wanted; more actions than the wanted one are no difference.
#[must_use]
pub fn differences(
    alarm: &MetricAlarm,
    wanted: &DesiredAlarm,
    metric: &Metric,
    topic: &TopicArn,
) -> Vec<FieldChange> {
    let MetricAlarm {
        description,
        actions_enabled,
        alarm_actions,
        ok_actions: _, // Kept as they are: people may want to hear of the end as well.
        insufficient_data_actions: _, // Kept as they are, for the same reason.
        query,
        evaluation_periods,
        datapoints_to_alarm,
        threshold,
        operator,
        missing_data,
    } = alarm;
    let mut changes = FieldChanges::default();
    compare_queries(&mut changes, query, wanted, metric);
    let mut actions = alarm_actions.clone();
    if !actions.contains(&topic.to_string()) {
        actions.push(topic.to_string());
    }
    changes.compare(
        "description",
        description.as_deref().unwrap_or_default(),
        &wanted.description,
    );
    changes.compare("actions enabled", yes_or_no(*actions_enabled), "yes");
    changes.compare("alarm actions", listed(alarm_actions), listed(&actions));
    changes.compare(
        "evaluation periods",
        evaluation_periods,
        wanted.evaluation_periods,
    );
    let datapoints = datapoints_to_alarm.unwrap_or(*evaluation_periods);
    changes.compare("datapoints to alarm", datapoints, wanted.evaluation_periods);
    let threshold = threshold.map_or_else(|| "none".to_owned(), |threshold| threshold.to_string());
    changes.compare("threshold", threshold, wanted.threshold);
    changes.compare("comparison", operator, &wanted.operator);
    changes.compare("missing data", missing_data, wanted.missing_data);
    changes.into_list()
}

fn compare_queries(
    changes: &mut FieldChanges,
    query: &MetricQuery,
    wanted: &DesiredAlarm,
    metric: &Metric,
) {
    match query {
        MetricQuery::Expression => {
            let whole = format!("{} of {metric} over {} s", wanted.statistic, wanted.period);
            changes.compare("metric", "an expression", whole);
        }
        MetricQuery::Single {
            metric: now,
            has_dimensions,
            statistic,
            unit,
            period,
        } => {
            changes.compare("metric", now, metric);
            changes.compare("dimensions", yes_or_no(*has_dimensions), "no");
            changes.compare("statistic", statistic, &wanted.statistic);
            changes.compare("unit", unit.as_deref().unwrap_or("any"), "any");
            changes.compare(
                "period",
                format!("{period} s"),
                format!("{} s", wanted.period),
            );
        }
    }
}

fn listed(actions: &[String]) -> String {
    if actions.is_empty() {
        "none".to_owned()
    } else {
        actions.join(", ")
    }
}

fn yes_or_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// Returns the fields in which `filter` is not as wanted: pattern, metric and value, and nothing beside them.
#[must_use]
pub fn filter_differences(
    filter: &MetricFilter,
    (wanted_pattern, wanted_metric, wanted_value): (&str, &Metric, &str),
) -> Vec<FieldChange> {
    let MetricFilter {
        name: _, // The filter was found by its name.
        pattern,
        transformation,
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions,
    } = filter;
    let MetricTransformation {
        metric,
        value,
        default_value,
        unit,
        dimensions,
    } = transformation;
    let mut changes = FieldChanges::default();
    let none_or = |text: Option<&str>| text.unwrap_or("none").to_owned();
    let dimensions: Vec<String> = dimensions
        .keys()
        .chain(system_field_dimensions)
        .cloned()
        .collect();
    let default_value = default_value.map(|value| value.to_string());
    changes.compare("pattern", pattern, wanted_pattern);
    changes.compare("metric", metric, wanted_metric);
    changes.compare("value", value, wanted_value);
    changes.compare("default value", none_or(default_value.as_deref()), "none");
    changes.compare("unit", none_or(unit.as_deref()), "none");
    changes.compare("dimensions", listed(&dimensions), "none");
    changes.compare(
        "transformed logs",
        yes_or_no(*applies_to_transformed_logs),
        "no",
    );
    changes.compare(
        "field selection",
        none_or(field_selection.as_deref()),
        "none",
    );
    changes.into_list()
}
