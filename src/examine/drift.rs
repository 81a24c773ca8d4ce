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
    let mut alarm_actions = alarm.alarm_actions.clone();
    if !alarm_actions.contains(&topic.to_string()) {
        alarm_actions.push(topic.to_string());
    }
    let after = MetricAlarm {
        description: Some(wanted.description.clone()),
        actions_enabled: true,
        alarm_actions,
        // Kept as they are: people may want to hear of the end as well.
        ok_actions: alarm.ok_actions.clone(),
        insufficient_data_actions: alarm.insufficient_data_actions.clone(),
        query: MetricQuery::Single {
            metric: metric.clone(),
            has_dimensions: false,
            statistic: wanted.statistic.clone(),
            unit: None,
            period: wanted.period,
        },
        evaluation_periods: wanted.evaluation_periods,
        datapoints_to_alarm: None,
        threshold: Some(wanted.threshold),
        operator: wanted.operator.clone(),
        missing_data: wanted.missing_data,
    };
    alarm_changes(alarm, &after)
}

/// Returns the fields in which two alarms differ.
#[must_use]
pub fn alarm_changes(before: &MetricAlarm, after: &MetricAlarm) -> Vec<FieldChange> {
    let MetricAlarm {
        description,
        actions_enabled,
        alarm_actions,
        ok_actions,
        insufficient_data_actions,
        query,
        evaluation_periods,
        datapoints_to_alarm: _, // Compared as the number that counts.
        threshold,
        operator,
        missing_data,
    } = before;
    let mut changes = FieldChanges::default();
    compare_queries(&mut changes, query, &after.query);
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    changes.compare("description", text(description), text(&after.description));
    let actions = [
        ("alarm actions", alarm_actions, &after.alarm_actions),
        ("OK actions", ok_actions, &after.ok_actions),
        (
            "INSUFFICIENT_DATA actions",
            insufficient_data_actions,
            &after.insufficient_data_actions,
        ),
    ];
    changes.compare(
        "actions enabled",
        yes_or_no(*actions_enabled),
        yes_or_no(after.actions_enabled),
    );
    for (field, before, after) in actions {
        changes.compare(field, listed(before), listed(after));
    }
    changes.compare(
        "evaluation periods",
        evaluation_periods,
        after.evaluation_periods,
    );
    changes.compare("datapoints to alarm", datapoints(before), datapoints(after));
    let number = |number: Option<f64>| number.map_or_else(|| "none".to_owned(), |n| n.to_string());
    changes.compare("threshold", number(*threshold), number(after.threshold));
    changes.compare("comparison", operator, &after.operator);
    changes.compare("missing data", missing_data, after.missing_data);
    changes.into_list()
}

fn datapoints(alarm: &MetricAlarm) -> u32 {
    alarm
        .datapoints_to_alarm
        .unwrap_or(alarm.evaluation_periods)
}

fn compare_queries(changes: &mut FieldChanges, before: &MetricQuery, after: &MetricQuery) {
    let (
        MetricQuery::Single {
            metric,
            has_dimensions,
            statistic,
            unit,
            period,
        },
        MetricQuery::Single {
            metric: other_metric,
            has_dimensions: other_has_dimensions,
            statistic: other_statistic,
            unit: other_unit,
            period: other_period,
        },
    ) = (before, after)
    else {
        changes.compare("metric", whole_query(before), whole_query(after));
        return;
    };
    let any = |unit: &Option<String>| unit.clone().unwrap_or_else(|| "any".to_owned());
    changes.compare("metric", metric, other_metric);
    changes.compare(
        "dimensions",
        yes_or_no(*has_dimensions),
        yes_or_no(*other_has_dimensions),
    );
    changes.compare("statistic", statistic, other_statistic);
    changes.compare("unit", any(unit), any(other_unit));
    changes.compare("period", format!("{period} s"), format!("{other_period} s"));
}

/// Returns what an alarm measures in one line.
fn whole_query(query: &MetricQuery) -> String {
    match query {
        MetricQuery::Expression => "an expression".to_owned(),
        MetricQuery::Single {
            metric,
            has_dimensions: _, // An alarm of ours has none, and one on an expression has no single metric.
            statistic,
            unit: _, // For the same reason.
            period,
        } => format!("{statistic} of {metric} over {period} s"),
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
    let published = MetricTransformation::plain(wanted_metric.clone(), wanted_value);
    let after = MetricFilter::plain(&filter.name, wanted_pattern, published);
    filter_changes(filter, &after)
}

/// Returns the fields in which two metric filters of one name differ.
#[must_use]
pub fn filter_changes(before: &MetricFilter, after: &MetricFilter) -> Vec<FieldChange> {
    let MetricFilter {
        name: _, // The filter was found by its name.
        pattern,
        transformation,
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions: _, // Compared together with the dimensions.
    } = before;
    let MetricTransformation {
        metric,
        value,
        default_value,
        unit,
        dimensions: _, // Compared below.
    } = transformation;
    let other = &after.transformation;
    let none_or = |text: &Option<String>| text.clone().unwrap_or_else(|| "none".to_owned());
    let number = |number: Option<f64>| none_or(&number.map(|number| number.to_string()));
    let mut changes = FieldChanges::default();
    changes.compare("pattern", pattern, &after.pattern);
    changes.compare("metric", metric, &other.metric);
    changes.compare("value", value, &other.value);
    changes.compare(
        "default value",
        number(*default_value),
        number(other.default_value),
    );
    changes.compare("unit", none_or(unit), none_or(&other.unit));
    changes.compare("dimensions", dimensions(before), dimensions(after));
    changes.compare(
        "transformed logs",
        yes_or_no(*applies_to_transformed_logs),
        yes_or_no(after.applies_to_transformed_logs),
    );
    changes.compare(
        "field selection",
        none_or(field_selection),
        none_or(&after.field_selection),
    );
    changes.into_list()
}

fn dimensions(filter: &MetricFilter) -> String {
    let own = filter.transformation.dimensions.keys();
    let all: Vec<String> = own
        .chain(&filter.system_field_dimensions)
        .cloned()
        .collect();
    listed(&all)
}
