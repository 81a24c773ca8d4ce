//! Alarms (Amazon CloudWatch API).

use std::collections::BTreeMap;

use aws_sdk_cloudwatch::types;

use super::attempt::Repeat;
use super::field::{malformed, needed, needed_text, parsed};
use super::page::{Page, Pages};
use super::services::Services;
use crate::model::{
    Alarm, AlarmArn, AlarmKind, CallError, CallErrorKind, Metric, MetricAlarm, MetricQuery,
    MissingData, Operator, Reading, Statistic, Tags,
};
use crate::plan::action::PutAlarm;

const ALARMS: &str = "cloudwatch:DescribeAlarms";
const TAGS: &str = "cloudwatch:ListTagsForResource";
const PUT_ALARM: &str = "cloudwatch:PutMetricAlarm";

/// The greatest page of `DescribeAlarms`.
const PAGE: i32 = 100;

/// Returns all alarms of the Region by name. All kinds are asked for: they share one name space, and
/// `DescribeAlarms` answers with metric alarms alone unless told otherwise.
pub(super) async fn alarms(services: &Services) -> Reading<Vec<Alarm>> {
    described(services, None).await
}

/// Returns the alarm of that name, of whatever kind.
pub(super) async fn alarm(services: &Services, alarm: &AlarmArn) -> Reading<Option<Alarm>> {
    let named = described(services, Some(vec![alarm.name.clone()])).await?;
    Ok(named.into_iter().find(|found| found.arn == *alarm))
}

async fn described(services: &Services, names: Option<Vec<String>>) -> Reading<Vec<Alarm>> {
    let kinds = [
        types::AlarmType::MetricAlarm,
        types::AlarmType::CompositeAlarm,
        types::AlarmType::LogAlarm,
    ];
    let mut alarms = Vec::new();
    let mut pages = Pages::of(ALARMS);
    loop {
        let page = services
            .call(ALARMS, Repeat::Freely, || {
                services
                    .cloudwatch
                    .describe_alarms()
                    .set_alarm_types(Some(kinds.to_vec()))
                    .set_alarm_names(names.clone())
                    .max_records(PAGE)
                    .set_next_token(pages.token())
                    .send()
            })
            .await?;
        for alarm in page.metric_alarms() {
            let kind = AlarmKind::Metric(Box::new(metric_alarm(alarm)?));
            alarms.push(named(alarm.alarm_arn(), kind)?);
        }
        for alarm in page.composite_alarms() {
            alarms.push(named(alarm.alarm_arn(), AlarmKind::Composite)?);
        }
        for alarm in page.log_alarms() {
            alarms.push(named(alarm.alarm_arn(), AlarmKind::Log)?);
        }
        if pages.turn(page.next_token())? == Page::Last {
            break;
        }
    }
    alarms.sort_by(|a: &Alarm, b| a.arn.cmp(&b.arn));
    Ok(alarms)
}

fn named(arn: Option<&str>, kind: AlarmKind) -> Reading<Alarm> {
    let arn = needed(ALARMS, "AlarmArn", arn)?;
    Ok(Alarm {
        arn: parsed(ALARMS, AlarmArn::parse(arn))?,
        kind,
    })
}

fn metric_alarm(alarm: &types::MetricAlarm) -> Reading<MetricAlarm> {
    let query = metric_query(alarm)?;
    let (periods, operator) = match query {
        MetricQuery::Single { .. } => (
            needed(ALARMS, "EvaluationPeriods", alarm.evaluation_periods())?,
            needed(ALARMS, "ComparisonOperator", alarm.comparison_operator())?.as_str(),
        ),
        // An alarm on a query has neither; it is not examined further.
        MetricQuery::Expression => (
            alarm.evaluation_periods().unwrap_or(1),
            alarm.comparison_operator().map_or("", |word| word.as_str()),
        ),
    };
    let datapoints = alarm.datapoints_to_alarm();
    Ok(MetricAlarm {
        description: alarm.alarm_description().map(str::to_owned),
        actions_enabled: alarm.actions_enabled().unwrap_or(true),
        alarm_actions: alarm.alarm_actions().to_vec(),
        ok_actions: alarm.ok_actions().to_vec(),
        insufficient_data_actions: alarm.insufficient_data_actions().to_vec(),
        query,
        evaluation_periods: count("EvaluationPeriods", periods)?,
        datapoints_to_alarm: datapoints
            .map(|datapoints| count("DatapointsToAlarm", datapoints))
            .transpose()?,
        threshold: alarm.threshold(),
        operator: Operator::parse(operator),
        missing_data: missing_data(alarm.treat_missing_data())?,
    })
}

fn missing_data(word: Option<&str>) -> Reading<MissingData> {
    let Some(word) = word.filter(|word| !word.is_empty()) else {
        return Ok(MissingData::Missing);
    };
    MissingData::parse(word).ok_or_else(|| {
        malformed(
            ALARMS,
            format!("`{word}` is not a known `TreatMissingData`"),
        )
    })
}

/// Returns what an alarm measures. A list of one plain metric of this account is that metric.
fn metric_query(alarm: &types::MetricAlarm) -> Reading<MetricQuery> {
    match alarm.metrics() {
        [] if alarm.metric_name().is_some() => {
            let statistic = alarm.statistic().map(types::Statistic::as_str);
            single(&Measured {
                name: alarm.metric_name(),
                namespace: alarm.namespace(),
                dimensions: alarm.dimensions(),
                statistic: statistic.or(alarm.extended_statistic()),
                unit: alarm.unit(),
                period: alarm.period(),
            })
        }
        [only] if only.account_id().is_none() => match only.metric_stat() {
            Some(stat) => single(&Measured {
                name: stat.metric().and_then(types::Metric::metric_name),
                namespace: stat.metric().and_then(types::Metric::namespace),
                dimensions: stat.metric().map_or(&[], types::Metric::dimensions),
                statistic: stat.stat(),
                unit: stat.unit(),
                period: stat.period(),
            }),
            None => Ok(MetricQuery::Expression),
        },
        _ => Ok(MetricQuery::Expression),
    }
}

/// One metric as either form of an alarm gives it.
struct Measured<'answer> {
    name: Option<&'answer str>,
    namespace: Option<&'answer str>,
    dimensions: &'answer [types::Dimension],
    statistic: Option<&'answer str>,
    unit: Option<&'answer types::StandardUnit>,
    period: Option<i32>,
}

fn single(measured: &Measured<'_>) -> Reading<MetricQuery> {
    let statistic = needed(ALARMS, "Statistic", measured.statistic)?;
    Ok(MetricQuery::Single {
        metric: Metric {
            namespace: needed_text(ALARMS, "Namespace", measured.namespace)?,
            name: needed_text(ALARMS, "MetricName", measured.name)?,
        },
        has_dimensions: !measured.dimensions.is_empty(),
        statistic: Statistic::parse(statistic),
        unit: measured.unit.map(|unit| unit.as_str().to_owned()),
        period: count("Period", needed(ALARMS, "Period", measured.period)?)?,
    })
}

fn count(member: &str, value: i32) -> Reading<u32> {
    u32::try_from(value).map_err(|_| malformed(ALARMS, format!("`{member}` is {value}")))
}

/// Returns the tags of an alarm.
pub(super) async fn tags(services: &Services, alarm: &AlarmArn) -> Reading<Tags> {
    let answer = services
        .call(TAGS, Repeat::Freely, || {
            services
                .cloudwatch
                .list_tags_for_resource()
                .resource_arn(alarm.to_string())
                .send()
        })
        .await?;
    answer
        .tags()
        .iter()
        .map(|tag| {
            let key = needed_text(TAGS, "Key", tag.key())?;
            Ok((key, tag.value().unwrap_or_default().to_owned()))
        })
        .collect::<Reading<BTreeMap<_, _>>>()
}

/// Creates an alarm, or replaces the one of that name.
pub(super) async fn put_alarm(services: &Services, write: &PutAlarm) -> Reading<()> {
    put(
        services,
        write.name.as_str(),
        (&write.settings(), &write.tags),
    )
    .await
}

/// Creates or replaces an alarm as a whole; the tags count for a new one alone.
pub(super) async fn put(
    services: &Services,
    name: &str,
    (settings, tags): (&MetricAlarm, &Tags),
) -> Reading<()> {
    let MetricAlarm {
        description,
        actions_enabled,
        alarm_actions,
        ok_actions,
        insufficient_data_actions,
        query,
        evaluation_periods,
        datapoints_to_alarm,
        threshold,
        operator,
        missing_data,
    } = settings;
    let MetricQuery::Single {
        metric,
        has_dimensions: false,
        statistic,
        unit,
        period,
    } = query
    else {
        return Err(not_whole());
    };
    let (plain, extended) = statistic_words(statistic);
    let (period, evaluation_periods) = (signed(*period)?, signed(*evaluation_periods)?);
    let datapoints = datapoints_to_alarm.map(signed).transpose()?;
    let unit = unit.as_deref().map(types::StandardUnit::from);
    services
        .call(PUT_ALARM, Repeat::OnlyIfRefused, || {
            services
                .cloudwatch
                .put_metric_alarm()
                .alarm_name(name)
                .set_alarm_description(description.clone())
                .actions_enabled(*actions_enabled)
                .metric_name(&metric.name)
                .namespace(&metric.namespace)
                .set_statistic(plain.clone())
                .set_extended_statistic(extended.clone())
                .set_unit(unit.clone())
                .period(period)
                .evaluation_periods(evaluation_periods)
                .set_datapoints_to_alarm(datapoints)
                .set_threshold(*threshold)
                .comparison_operator(types::ComparisonOperator::from(operator.as_str()))
                .treat_missing_data(missing_data.as_str())
                .set_alarm_actions(listed(alarm_actions))
                .set_ok_actions(listed(ok_actions))
                .set_insufficient_data_actions(listed(insufficient_data_actions))
                .set_tags(labels(tags))
                .send()
        })
        .await
        .map(|_| ())
}

fn not_whole() -> CallError {
    let message = "more belongs to the alarm than is known of it";
    CallError::new(PUT_ALARM, CallErrorKind::Unsupported, message)
}

/// Returns a statistic as the call takes it: a plain one, or an extended one.
fn statistic_words(statistic: &Statistic) -> (Option<types::Statistic>, Option<String>) {
    match statistic {
        Statistic::Extended(text) => (None, Some(text.clone())),
        plain @ (Statistic::Sum
        | Statistic::Average
        | Statistic::Minimum
        | Statistic::Maximum
        | Statistic::SampleCount) => (Some(types::Statistic::from(plain.as_str())), None),
    }
}

fn signed(number: u32) -> Reading<i32> {
    i32::try_from(number).map_err(|_| {
        let message = format!("{number} seconds or periods are too many");
        CallError::new(PUT_ALARM, CallErrorKind::Invalid, message)
    })
}

fn listed(arns: &[String]) -> Option<Vec<String>> {
    (!arns.is_empty()).then(|| arns.to_vec())
}

fn labels(tags: &Tags) -> Option<Vec<types::Tag>> {
    let label =
        |(key, value): (&String, &String)| types::Tag::builder().key(key).value(value).build();
    (!tags.is_empty()).then(|| tags.iter().map(label).collect())
}
