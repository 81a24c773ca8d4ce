//! Amazon CloudWatch Logs.

use cis_fix::model::{
    LogGroupArn, LogGroupName, Metric, MetricFilter, MetricTransformation, Region,
};
use cis_fix::sandbox::SandboxAccount;

use super::members::Members;
use super::paging::{self, Wanted};
use super::{Paging, Refusal, Shape};

pub(super) fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new("InvalidParameterException", message)
}

/// Returns the account's log group of that name in `region`.
pub(super) fn group(
    account: &SandboxAccount,
    region: &Region,
    name: &str,
) -> Result<LogGroupArn, Refusal> {
    Ok(LogGroupArn {
        partition: account.partition().clone(),
        region: region.clone(),
        account: account.account().clone(),
        name: LogGroupName::parse(name).map_err(|error| invalid(error.to_string()))?,
    })
}

fn wanted(given: &mut Members, paging: Paging) -> Result<Wanted, Refusal> {
    Ok(Wanted {
        token: given.optional_text("nextToken")?,
        size: paging::size("limit", given.optional_integer("limit")?, (50, 50)).map_err(invalid)?,
        paging,
    })
}

fn deal(name: &str, all: Vec<Shape>, wanted: &Wanted) -> Result<Shape, Refusal> {
    let dealt = paging::deal(all, wanted);
    let dealt = dealt.ok_or_else(|| invalid("The specified nextToken is invalid."))?;
    Ok(Shape::members([
        (name, Some(Shape::List(dealt.items))),
        ("nextToken", dealt.token),
    ]))
}

pub(super) fn describe_groups(
    account: &SandboxAccount,
    region: &Region,
    (given, paging): (&mut Members, Paging),
    retention_days: Option<i64>,
) -> Result<Shape, Refusal> {
    let prefix = given.text("logGroupNamePrefix")?;
    let wanted = wanted(given, paging)?;
    // A reading that the account cannot make is marked at the group that it is for.
    account.describe_log_group(&group(account, region, &prefix)?)?;
    let listed = account.log_groups().keys().filter(|arn| {
        let own = arn.account == *account.account() && arn.region == *region;
        own && arn.name.as_str().starts_with(&prefix)
    });
    let groups = listed.map(|arn| described(account, arn, retention_days));
    deal("logGroups", groups.collect::<Result<_, _>>()?, &wanted)
}

fn described(
    account: &SandboxAccount,
    arn: &LogGroupArn,
    retention_days: Option<i64>,
) -> Result<Shape, Refusal> {
    let described = account.describe_log_group(arn)?;
    let class = described.map(|group| Shape::text(group.class));
    let filters = account
        .log_groups()
        .get(arn)
        .and_then(|held| held.filters.as_ref());
    let count = filters.and_then(|filters| i64::try_from(filters.len()).ok());
    Ok(Shape::members([
        ("logGroupName", Some(Shape::text(&arn.name))),
        ("creationTime", Some(Shape::Integer(1_700_000_000_000))),
        ("retentionInDays", retention_days.map(Shape::Integer)),
        ("metricFilterCount", count.map(Shape::Integer)),
        ("arn", Some(Shape::text(format!("{arn}:*")))),
        ("storedBytes", Some(Shape::Integer(0))),
        ("logGroupClass", class),
        ("logGroupArn", Some(Shape::text(arn))),
    ]))
}

pub(super) fn describe_filters(
    account: &SandboxAccount,
    region: &Region,
    (given, paging): (&mut Members, Paging),
) -> Result<Shape, Refusal> {
    let group = group(account, region, &given.text("logGroupName")?)?;
    let wanted = wanted(given, paging)?;
    let prefix = given.optional_text("filterNamePrefix")?.unwrap_or_default();
    let filters = account.describe_metric_filters(&group)?;
    let asked = filters
        .iter()
        .filter(|filter| filter.name.starts_with(&prefix));
    let all = asked.map(|filter| metric_filter(&group, filter));
    deal("metricFilters", all.collect(), &wanted)
}

fn metric_filter(group: &LogGroupArn, filter: &MetricFilter) -> Shape {
    let dimensions = &filter.system_field_dimensions;
    let published = vec![transformation(&filter.transformation)];
    Shape::members([
        ("filterName", Some(Shape::text(&filter.name))),
        ("filterPattern", Some(Shape::text(&filter.pattern))),
        ("metricTransformations", Some(Shape::List(published))),
        ("creationTime", Some(Shape::Integer(1_700_000_000_000))),
        ("logGroupName", Some(Shape::text(&group.name))),
        (
            "applyOnTransformedLogs",
            Some(Shape::Switch(filter.applies_to_transformed_logs)),
        ),
        (
            "fieldSelectionCriteria",
            filter.field_selection.as_ref().map(Shape::text),
        ),
        (
            "emitSystemFieldDimensions",
            (!dimensions.is_empty()).then(|| Shape::texts(dimensions)),
        ),
    ])
}

fn transformation(published: &MetricTransformation) -> Shape {
    let dimensions = &published.dimensions;
    Shape::members([
        ("metricName", Some(Shape::text(&published.metric.name))),
        (
            "metricNamespace",
            Some(Shape::text(&published.metric.namespace)),
        ),
        ("metricValue", Some(Shape::text(&published.value))),
        ("defaultValue", published.default_value.map(Shape::Double)),
        (
            "unit",
            Some(
                published
                    .unit
                    .as_ref()
                    .map_or_else(|| Shape::text("None"), Shape::text),
            ),
        ),
        (
            "dimensions",
            (!dimensions.is_empty()).then(|| Shape::Entries(dimensions.clone())),
        ),
    ])
}

pub(super) fn put_filter(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let group = group(account, region, &given.text("logGroupName")?)?;
    let transformations = given.list("metricTransformations")?;
    let [published] = transformations.as_slice() else {
        return Err(invalid(
            "metricTransformations must have exactly one member",
        ));
    };
    let filter = MetricFilter {
        name: given.text("filterName")?,
        pattern: given.text("filterPattern")?,
        transformation: put_transformation(published)?,
        applies_to_transformed_logs: given
            .optional_switch("applyOnTransformedLogs")?
            .unwrap_or(false),
        field_selection: given.optional_text("fieldSelectionCriteria")?,
        system_field_dimensions: given.texts("emitSystemFieldDimensions")?,
    };
    account.put_metric_filter(&group, filter)?;
    Ok(Shape::nothing())
}

fn put_transformation(published: &Shape) -> Result<MetricTransformation, Refusal> {
    let mut given = Members::within("metricTransformations", published)?;
    let transformation = MetricTransformation {
        metric: Metric {
            namespace: given.text("metricNamespace")?,
            name: given.text("metricName")?,
        },
        value: given.text("metricValue")?,
        default_value: given.optional_double("defaultValue")?,
        unit: given.optional_text("unit")?.filter(|unit| unit != "None"),
        dimensions: given.entries("dimensions")?,
    };
    given.finish()?;
    Ok(transformation)
}

pub(super) fn delete_filter(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let group = group(account, region, &given.text("logGroupName")?)?;
    account.delete_metric_filter(&group, &given.text("filterName")?)?;
    Ok(Shape::nothing())
}
