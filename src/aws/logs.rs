//! Log groups and metric filters (Amazon CloudWatch Logs API).
//!
//! Writes to one log group must come one after the other; that order is the caller's affair.

use std::collections::BTreeMap;

use aws_sdk_cloudwatchlogs::types;

use super::attempt::Repeat;
use super::field::{malformed, needed, needed_text};
use super::page::{Page, Pages};
use super::services::Services;
use crate::model::{
    CallError, CallErrorKind, FilterName, LogGroup, LogGroupArn, LogGroupClass, Metric,
    MetricFilter, MetricTransformation, Reading, Retention,
};
use crate::plan::action::PutMetricFilter;

pub(super) const GROUPS: &str = "logs:DescribeLogGroups";
pub(super) const FILTERS: &str = "logs:DescribeMetricFilters";
const PUT_FILTER: &str = "logs:PutMetricFilter";

/// The greatest page of both lists.
const PAGE: i32 = 50;

/// Returns the log group of exactly this name.
pub(super) async fn log_group(
    services: &Services,
    wanted: &LogGroupArn,
) -> Reading<Option<LogGroup>> {
    let found = found(services, wanted).await?;
    Ok(found.map(|group| LogGroup {
        arn: wanted.clone(),
        class: group
            .log_group_class()
            .map_or(LogGroupClass::Standard, |class| {
                LogGroupClass::parse(class.as_str())
            }),
    }))
}

/// Returns how long the log group of exactly this name keeps events.
///
/// A retention policy of the account is told in the place of the group's own (`DescribeLogGroups`).
pub(super) async fn retention(services: &Services, wanted: &LogGroupArn) -> Reading<Retention> {
    let Some(group) = found(services, wanted).await? else {
        let message = "the log group does not exist";
        return Err(CallError::new(GROUPS, CallErrorKind::NotFound, message));
    };
    let days = group.retention_in_days().map(u32::try_from).transpose();
    Ok(Retention {
        created: group.creation_time(),
        days: days.map_err(|_| malformed(GROUPS, "`retentionInDays` is less than zero"))?,
    })
}

/// Returns what is said of the log group of exactly this name. Groups are listed by the beginning of their name.
async fn found(services: &Services, wanted: &LogGroupArn) -> Reading<Option<types::LogGroup>> {
    let name = wanted.name.as_str();
    let mut pages = Pages::of(GROUPS);
    loop {
        let page = services
            .call(GROUPS, Repeat::Freely, || {
                services
                    .logs
                    .describe_log_groups()
                    .log_group_name_prefix(name)
                    .limit(PAGE)
                    .set_next_token(pages.token())
                    .send()
            })
            .await?;
        let mut groups = page.log_groups().iter();
        if let Some(group) = groups.find(|group| group.log_group_name() == Some(name)) {
            return Ok(Some(group.clone()));
        }
        if pages.turn(page.next_token())? == Page::Last {
            return Ok(None);
        }
    }
}

/// Returns the metric filters on a log group, by name.
pub(super) async fn metric_filters(
    services: &Services,
    log_group: &LogGroupArn,
) -> Reading<Vec<MetricFilter>> {
    described(services, log_group, None).await
}

/// Returns the metric filter of that name.
pub(super) async fn metric_filter(
    services: &Services,
    log_group: &LogGroupArn,
    name: &FilterName,
) -> Reading<Option<MetricFilter>> {
    let alike = described(services, log_group, Some(name.as_str())).await?;
    Ok(alike.into_iter().find(|found| found.name == name.as_str()))
}

/// Returns the metric filters whose names begin with `prefix`, by name.
async fn described(
    services: &Services,
    log_group: &LogGroupArn,
    prefix: Option<&str>,
) -> Reading<Vec<MetricFilter>> {
    let mut filters = Vec::new();
    let mut pages = Pages::of(FILTERS);
    loop {
        let page = services
            .call(FILTERS, Repeat::Freely, || {
                services
                    .logs
                    .describe_metric_filters()
                    .log_group_name(log_group.name.as_str())
                    .set_filter_name_prefix(prefix.map(str::to_owned))
                    .limit(PAGE)
                    .set_next_token(pages.token())
                    .send()
            })
            .await;
        let page = match page {
            Err(error) if error.kind == CallErrorKind::NotFound => return Ok(Vec::new()),
            answer => answer?,
        };
        for filter in page.metric_filters() {
            filters.push(read_filter(filter)?);
        }
        if pages.turn(page.next_token())? == Page::Last {
            break;
        }
    }
    filters.sort_by(|a: &MetricFilter, b| a.name.cmp(&b.name));
    Ok(filters)
}

fn read_filter(filter: &types::MetricFilter) -> Reading<MetricFilter> {
    let [transformation] = filter.metric_transformations() else {
        return Err(malformed(
            FILTERS,
            "a metric filter has other than one transformation",
        ));
    };
    // An absent pattern is not taken for the empty one, which would match every event.
    let pattern = needed(FILTERS, "filterPattern", filter.filter_pattern())?;
    Ok(MetricFilter {
        name: needed_text(FILTERS, "filterName", filter.filter_name())?,
        pattern: pattern.to_owned(),
        transformation: metric_transformation(transformation)?,
        applies_to_transformed_logs: filter.apply_on_transformed_logs(),
        field_selection: filter
            .field_selection_criteria()
            .filter(|criteria| !criteria.is_empty())
            .map(str::to_owned),
        system_field_dimensions: filter.emit_system_field_dimensions().to_vec(),
    })
}

fn metric_transformation(published: &types::MetricTransformation) -> Reading<MetricTransformation> {
    let text = |member, value| needed_text(FILTERS, member, Some(value));
    let dimensions = published.dimensions().into_iter().flatten();
    Ok(MetricTransformation {
        metric: Metric {
            namespace: text("metricNamespace", published.metric_namespace())?,
            name: text("metricName", published.metric_name())?,
        },
        value: text("metricValue", published.metric_value())?,
        default_value: published.default_value(),
        unit: published
            .unit()
            .filter(|unit| **unit != types::StandardUnit::None)
            .map(|unit| unit.as_str().to_owned()),
        dimensions: dimensions
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect::<BTreeMap<_, _>>(),
    })
}

/// Creates a metric filter, or replaces the one of that name.
pub(super) async fn put_metric_filter(services: &Services, write: &PutMetricFilter) -> Reading<()> {
    put(services, &write.log_group, &write.filter()).await
}

/// Creates or replaces a metric filter as a whole.
pub(super) async fn put(
    services: &Services,
    log_group: &LogGroupArn,
    filter: &MetricFilter,
) -> Reading<()> {
    let MetricFilter {
        name,
        pattern,
        transformation,
        applies_to_transformed_logs,
        field_selection,
        system_field_dimensions,
    } = filter;
    let dimensions = &transformation.dimensions;
    let unit = transformation.unit.as_deref();
    let fields = (!system_field_dimensions.is_empty()).then(|| system_field_dimensions.clone());
    let published = types::MetricTransformation::builder()
        .metric_name(&transformation.metric.name)
        .metric_namespace(&transformation.metric.namespace)
        .metric_value(&transformation.value)
        .set_default_value(transformation.default_value)
        .set_unit(unit.map(types::StandardUnit::from))
        .set_dimensions((!dimensions.is_empty()).then(|| dimensions.clone().into_iter().collect()))
        .build()
        .map_err(|error| CallError::new(PUT_FILTER, CallErrorKind::Invalid, error.to_string()))?;
    services
        .call(PUT_FILTER, Repeat::OnlyIfRefused, || {
            services
                .logs
                .put_metric_filter()
                .log_group_name(log_group.name.as_str())
                .filter_name(name)
                .filter_pattern(pattern)
                .metric_transformations(published.clone())
                .set_apply_on_transformed_logs(applies_to_transformed_logs.then_some(true))
                .set_field_selection_criteria(field_selection.clone())
                .set_emit_system_field_dimensions(fields.clone())
                .send()
        })
        .await
        .map(|_| ())
}
