//! How a control is put into an account: `[filter]`, `[metric]`, `[alarm]`.
//!
//! Beyond the limits of the APIs, settings are refused under which events could never raise the alarm.

use super::super::control::{AlarmSettings, MetricSettings};
use super::super::firing::why_silent;
use super::super::period::{check_span, parse_period};
use crate::model::{
    AlarmName, FilterName, MetricName, MissingData, Namespace, Operator, Statistic,
};
use crate::toml_source::{Member, Placed, Table};

/// The greatest number of characters of a metric value (CloudWatch Logs API, `metricValue`).
const LONGEST_VALUE: usize = 100;

/// More evaluation periods than any alarm can have, so that a number beyond is no number of periods at all.
const MOST_PERIODS: u32 = 100_000;

/// Filter, metric and alarm of a control.
#[derive(Debug)]
pub(super) struct Chain {
    pub(super) filter: Placed<FilterName>,
    pub(super) metric: Placed<MetricSettings>,
    pub(super) alarm: Placed<AlarmSettings>,
}

/// Reads all three.
pub(super) fn read(table: &mut Table<'_>) -> Option<Chain> {
    let filter = table
        .required("filter")
        .and_then(|member| member.table())
        .and_then(filter);
    let metric = table.required("metric").and_then(|member| member.table());
    let metric = metric.and_then(|table| self::metric(table, filter.as_ref()));
    let alarm = table.required("alarm").and_then(|member| member.table());
    let alarm = alarm.and_then(|table| self::alarm(table, metric.as_ref()));
    Some(Chain {
        filter: filter?,
        metric: metric?,
        alarm: alarm?,
    })
}

fn filter(mut table: Table<'_>) -> Option<Placed<FilterName>> {
    let name = table
        .required("name")
        .and_then(|member| member.parsed(FilterName::parse));
    table.close();
    name
}

/// Reads `[metric]`; its place is that of its name, or of the filter's name from which it has its own.
fn metric(
    mut table: Table<'_>,
    filter: Option<&Placed<FilterName>>,
) -> Option<Placed<MetricSettings>> {
    let name = match table.optional("name") {
        Some(member) => member.parsed(MetricName::parse),
        None => filter.and_then(|filter| name_of_filter(&table, filter)),
    };
    let namespace = table
        .required("namespace")
        .and_then(|member| member.parsed(Namespace::parse));
    let value = table
        .required("value")
        .and_then(|member| member.parsed(metric_value));
    table.close();
    let (namespace, value) = (namespace?.value, value?.value);
    Some(name?.map(|name| MetricSettings {
        name,
        namespace,
        value,
    }))
}

fn name_of_filter(table: &Table<'_>, filter: &Placed<FilterName>) -> Option<Placed<MetricName>> {
    match MetricName::parse(filter.value.as_str()) {
        Ok(value) => Some(Placed {
            value,
            span: filter.span.clone(),
        }),
        Err(refusal) => {
            let hint = "the metric bears the filter's name unless `metric.name` gives it another"
                .to_owned();
            table
                .document()
                .record_with(filter.span.clone(), refusal, Some(hint));
            None
        }
    }
}

/// Returns the value if it is a positive constant: anything else may publish nothing for an event.
fn metric_value(text: &str) -> Result<String, String> {
    let plain = text
        .chars()
        .all(|c| c.is_ascii_digit() || ".eE+-".contains(c))
        && text.len() <= LONGEST_VALUE;
    let positive = text
        .parse::<f64>()
        .is_ok_and(|number| number.is_finite() && number > 0.0);
    if plain && positive {
        Ok(text.to_owned())
    } else {
        Err(format!(
            "`{text}` is not a metric value: a positive number of at most {LONGEST_VALUE} characters"
        ))
    }
}

/// Reads `[alarm]`; its place is that of its name.
fn alarm(
    mut table: Table<'_>,
    metric: Option<&Placed<MetricSettings>>,
) -> Option<Placed<AlarmSettings>> {
    let document = table.document();
    let name = table
        .required("name")
        .and_then(|member| member.parsed(AlarmName::parse));
    let statistic = table
        .required("statistic")
        .and_then(|member| member.choice(&statistics()));
    let operator = table
        .required("comparison")
        .and_then(|member| member.choice(&operators()));
    let period = table
        .required("period")
        .and_then(|member| member.parsed(parse_period));
    let evaluation_periods = table
        .required("evaluation-periods")
        .and_then(|member| member.count(1..=MOST_PERIODS));
    let missing_data = table
        .required("treat-missing-data")
        .and_then(|member| missing_data(&member));
    let threshold = table
        .required("threshold")
        .and_then(|member| member.number());
    table.close();

    let (evaluation_periods, threshold) = (evaluation_periods?, threshold?);
    let settings = name?.map(|name| {
        Some(AlarmSettings {
            name,
            statistic: statistic?.value,
            period: period?.value,
            evaluation_periods: evaluation_periods.value,
            threshold: threshold.value,
            operator: operator?.value,
            missing_data: missing_data?,
        })
    });
    let alarm = settings.value?;
    let span = check_span(alarm.period, alarm.evaluation_periods);
    if let Err(refusal) = &span {
        document.record(evaluation_periods.span, refusal);
    }
    let silence = why_silent(&alarm, &metric?.value.value);
    if let Some(reason) = &silence {
        document.record(threshold.span, reason);
    }
    (span.is_ok() && silence.is_none()).then_some(Placed {
        value: alarm,
        span: settings.span,
    })
}

fn statistics() -> [(&'static str, Statistic); 5] {
    ["Sum", "SampleCount", "Maximum", "Average", "Minimum"]
        .map(|name| (name, Statistic::parse(name)))
}

/// The comparisons under which more events raise the alarm.
fn operators() -> [(&'static str, Operator); 2] {
    ["GreaterThanOrEqualToThreshold", "GreaterThanThreshold"]
        .map(|name| (name, Operator::parse(name)))
}

fn missing_data(member: &Member<'_>) -> Option<MissingData> {
    let treatment =
        member.choice(&MissingData::ALL.map(|treatment| (treatment.as_str(), treatment)))?;
    let reason = match treatment.value {
        MissingData::NotBreaching | MissingData::Missing => return Some(treatment.value),
        MissingData::Breaching => {
            "`breaching` holds the alarm in ALARM while nothing happens, so that no event changes it"
        }
        MissingData::Ignore => {
            "`ignore` holds the alarm in ALARM after the first event, so that later ones go unnoticed"
        }
    };
    member.refuse(reason, Some("write `notBreaching`".to_owned()));
    None
}
