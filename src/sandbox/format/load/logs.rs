//! Log groups and metric filters of the text.

use std::collections::BTreeMap;

use crate::model::{LogGroupArn, LogGroupClass, Metric, MetricFilter, MetricTransformation};
use crate::sandbox::account::SandboxLogGroup;
use crate::sandbox::format::shape;
use crate::sandbox::logs::MAXIMUM_FILTERS;

use super::mistakes::Mistakes;
use super::{Owner, insert_new};

pub(super) fn log_groups(
    shapes: Vec<shape::LogGroup>,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> BTreeMap<LogGroupArn, SandboxLogGroup> {
    let mut log_groups = BTreeMap::new();
    for (index, shape) in shapes.into_iter().enumerate() {
        let place = format!("log_groups[{index}]");
        if let Some((arn, held)) = log_group(shape, &place, owner, mistakes) {
            insert_new(&mut log_groups, arn, held, mistakes, &place);
        }
    }
    log_groups
}

fn log_group(
    shape: shape::LogGroup,
    place: &str,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> Option<(LogGroupArn, SandboxLogGroup)> {
    let shape::LogGroup {
        arn,
        class,
        metric_filters,
    } = shape;
    let class = class.as_deref().map(LogGroupClass::parse);
    let filters = metric_filters.map(|shapes| filters(shapes, place, mistakes));
    let held = SandboxLogGroup {
        class: owner.or_default(class, || LogGroupClass::Standard),
        filters: owner.or_default(filters, BTreeMap::new),
    };
    if owner.is_complete {
        check_rules(&held, place, mistakes);
    }
    let arn = mistakes.take(&format!("{place}.arn"), LogGroupArn::parse(&arn))?;
    if owner.is_strange(&arn.partition, &arn.account) {
        let message = "a log group of another account cannot be seen";
        mistakes.add(&format!("{place}.arn"), message);
    }
    Some((arn, held))
}

/// Checks what AWS would not have let happen.
fn check_rules(held: &SandboxLogGroup, place: &str, mistakes: &mut Mistakes) {
    let place = format!("{place}.metric_filters");
    let count = held.filters.as_ref().map_or(0, BTreeMap::len);
    if count > MAXIMUM_FILTERS {
        let message = format!("{count} metric filters are more than the {MAXIMUM_FILTERS} allowed");
        mistakes.add(&place, message);
    }
    match &held.class {
        Some(class) if *class != LogGroupClass::Standard && count > 0 => {
            let message = format!("a log group of class `{class}` has no metric filters");
            mistakes.add(&place, message);
        }
        Some(_) | None => {}
    }
}

fn filters(
    shapes: Vec<shape::Filter>,
    place: &str,
    mistakes: &mut Mistakes,
) -> BTreeMap<String, MetricFilter> {
    let mut filters = BTreeMap::new();
    for (index, shape) in shapes.into_iter().enumerate() {
        let place = format!("{place}.metric_filters[{index}]");
        let filter = filter(shape);
        insert_new(&mut filters, filter.name.clone(), filter, mistakes, &place);
    }
    filters
}

pub(in crate::sandbox::format) fn filter(shape: shape::Filter) -> MetricFilter {
    let shape::Filter {
        name,
        pattern,
        metric_namespace,
        metric_name,
        metric_value,
        default_value,
        unit,
        dimensions,
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions,
    } = shape;
    MetricFilter {
        name,
        pattern,
        transformation: MetricTransformation {
            metric: Metric {
                namespace: metric_namespace,
                name: metric_name,
            },
            value: metric_value,
            default_value,
            unit,
            dimensions,
        },
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions,
    }
}
