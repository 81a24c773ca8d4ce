//! Amazon CloudWatch.

use cis_fix::model::{
    ActionResult, ActionsSwitch, Alarm, AlarmArn, AlarmKind, AlarmState, HistoryEvent, Metric,
    MetricAlarm, MetricQuery, MissingData, Operator, Region, Statistic,
};
use cis_fix::sandbox::{SandboxAccount, SandboxAlarm};

use serde_json::json;

use super::members::Members;
use super::paging::{self, Wanted};
use super::{Paging, Refusal, Shape};

const KINDS: [&str; 3] = ["MetricAlarm", "CompositeAlarm", "LogAlarm"];

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new("ValidationError", message)
}

pub(super) fn describe_alarms(
    account: &SandboxAccount,
    region: &Region,
    (given, paging): (&mut Members, Paging),
) -> Result<Shape, Refusal> {
    let kinds = given.texts("AlarmTypes")?;
    if let Some(unknown) = kinds.iter().find(|kind| !KINDS.contains(&kind.as_str())) {
        return Err(invalid(format!(
            "Value '{unknown}' at 'alarmTypes' failed to satisfy constraint"
        )));
    }
    // Metric alarms alone are the answer to whoever does not say what is wanted.
    let asked = |kind: &str| {
        kinds.iter().any(|asked| asked == kind) || kinds.is_empty() && kind == KINDS[0]
    };
    let most = given.optional_integer("MaxRecords")?;
    let wanted = Wanted {
        token: given.optional_text("NextToken")?,
        size: paging::size("maxRecords", most, (50, 100)).map_err(invalid)?,
        paging,
    };
    let names = given.texts("AlarmNames")?;
    let mut alarms = account.describe_alarms(region)?;
    alarms.retain(|alarm| names.is_empty() || names.contains(&alarm.arn.name));
    let described = alarms.iter().map(|alarm| described(account, alarm));
    // All kinds share the pages.
    let listed = described.filter(|(kind, _)| asked(kind));
    let dealt = paging::deal(listed.collect(), &wanted)
        .ok_or_else(|| Refusal::new("InvalidNextToken", "The next token specified is invalid."))?;
    let of_kind = |wanted: &str| {
        let items = dealt.items.iter().filter(|(kind, _)| *kind == wanted);
        let listed = items.map(|(_, shape)| shape.clone());
        asked(wanted).then(|| Shape::List(listed.collect()))
    };
    Ok(Shape::members([
        ("MetricAlarms", of_kind("MetricAlarm")),
        ("CompositeAlarms", of_kind("CompositeAlarm")),
        ("LogAlarms", of_kind("LogAlarm")),
        ("NextToken", dealt.token.clone()),
    ]))
}

fn described(account: &SandboxAccount, alarm: &Alarm) -> (&'static str, Shape) {
    let held = account
        .alarms()
        .get(&alarm.arn.region)
        .and_then(|alarms| alarms.get(&alarm.arn.name));
    let (kind, own) = match &alarm.kind {
        AlarmKind::Metric(settings) => ("MetricAlarm", metric_alarm(settings)),
        AlarmKind::Composite => ("CompositeAlarm", Shape::nothing()),
        AlarmKind::Log => ("LogAlarm", Shape::nothing()),
    };
    let common = Shape::members([
        ("AlarmName", Some(Shape::text(&alarm.arn.name))),
        ("AlarmArn", Some(Shape::text(&alarm.arn))),
        (
            "AlarmConfigurationUpdatedTimestamp",
            Some(Shape::Time(1_700_000_000)),
        ),
        ("StateUpdatedTimestamp", Some(Shape::Time(1_700_000_000))),
        (
            "StateValue",
            held.map(|held: &SandboxAlarm| Shape::text(held.state.as_str())),
        ),
    ]);
    (kind, merged(common, own))
}

fn metric_alarm(alarm: &MetricAlarm) -> Shape {
    let settings = Shape::members([
        (
            "AlarmDescription",
            alarm.description.as_ref().map(Shape::text),
        ),
        ("ActionsEnabled", Some(Shape::Switch(alarm.actions_enabled))),
        ("OKActions", Some(Shape::texts(&alarm.ok_actions))),
        ("AlarmActions", Some(Shape::texts(&alarm.alarm_actions))),
        (
            "InsufficientDataActions",
            Some(Shape::texts(&alarm.insufficient_data_actions)),
        ),
        ("EvaluationPeriods", Some(number(alarm.evaluation_periods))),
        ("DatapointsToAlarm", alarm.datapoints_to_alarm.map(number)),
        ("Threshold", alarm.threshold.map(Shape::Double)),
        ("ComparisonOperator", Some(Shape::text(&alarm.operator))),
        ("TreatMissingData", Some(Shape::text(alarm.missing_data))),
    ]);
    merged(settings, measured(&alarm.query))
}

fn measured(query: &MetricQuery) -> Shape {
    match query {
        MetricQuery::Single {
            metric,
            has_dimensions,
            statistic,
            unit,
            period,
        } => {
            let (plain, extended) = match statistic {
                Statistic::Extended(text) => (None, Some(Shape::text(text))),
                plain => (Some(Shape::text(plain)), None),
            };
            let dimension = Shape::members([
                ("Name", Some(Shape::text("Name"))),
                ("Value", Some(Shape::text("Value"))),
            ]);
            let dimensions = has_dimensions.then_some(dimension).into_iter().collect();
            Shape::members([
                ("MetricName", Some(Shape::text(&metric.name))),
                ("Namespace", Some(Shape::text(&metric.namespace))),
                ("Statistic", plain),
                ("ExtendedStatistic", extended),
                ("Dimensions", Some(Shape::List(dimensions))),
                ("Unit", unit.as_ref().map(Shape::text)),
                ("Period", Some(number(*period))),
            ])
        }
        MetricQuery::Expression => {
            let query = Shape::members([
                ("Id", Some(Shape::text("e1"))),
                ("Expression", Some(Shape::text("1 + 1"))),
                ("ReturnData", Some(Shape::Switch(true))),
            ]);
            Shape::members([("Metrics", Some(Shape::List(vec![query])))])
        }
    }
}

fn number(number: u32) -> Shape {
    Shape::Integer(i64::from(number))
}

fn merged(one: Shape, other: Shape) -> Shape {
    match (one, other) {
        (Shape::Members(mut members), Shape::Members(others)) => {
            members.extend(others);
            Shape::Members(members)
        }
        (one, _) => one,
    }
}

pub(super) fn tags(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let arn = given.text("ResourceARN")?;
    let wrong = |message: String| Refusal::new("InvalidParameterValue", message);
    let alarm = AlarmArn::parse(&arn).map_err(|error| wrong(error.to_string()))?;
    if alarm.region != *region {
        return Err(wrong(format!("`{arn}` is not in Region {region}")));
    }
    let tags = account.list_alarm_tags(&alarm)?;
    let tags = tags.iter().map(|(key, value)| {
        Shape::members([
            ("Key", Some(Shape::text(key))),
            ("Value", Some(Shape::text(value))),
        ])
    });
    Ok(Shape::members([(
        "Tags",
        Some(Shape::List(tags.collect())),
    )]))
}

pub(super) fn put_alarm(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let alarm = account.alarm_arn(region, &given.text("AlarmName")?);
    let settings = MetricAlarm {
        description: given.optional_text("AlarmDescription")?,
        actions_enabled: given.optional_switch("ActionsEnabled")?.unwrap_or(true),
        alarm_actions: given.texts("AlarmActions")?,
        ok_actions: given.texts("OKActions")?,
        insufficient_data_actions: given.texts("InsufficientDataActions")?,
        query: put_query(given)?,
        evaluation_periods: count(given, "EvaluationPeriods")?
            .ok_or_else(|| invalid("EvaluationPeriods is required"))?,
        datapoints_to_alarm: count(given, "DatapointsToAlarm")?,
        threshold: given.optional_double("Threshold")?,
        operator: operator(&given.text("ComparisonOperator")?)?,
        missing_data: missing_data(given.optional_text("TreatMissingData")?.as_deref())?,
    };
    let tags = given.tags("Tags")?;
    account.put_metric_alarm(&alarm, settings, tags)?;
    Ok(Shape::nothing())
}

pub(super) fn delete_alarms(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    for name in given.texts("AlarmNames")? {
        let alarm = account.alarm_arn(region, &name);
        account.delete_alarm(&alarm)?;
    }
    Ok(Shape::nothing())
}

/// Returns the metric that an alarm measures. Alarms on expressions are read, never put.
fn put_query(given: &mut Members) -> Result<MetricQuery, Refusal> {
    let plain = given.optional_text("Statistic")?;
    let statistic = match (plain, given.optional_text("ExtendedStatistic")?) {
        (Some(word), None) => match Statistic::parse(&word) {
            Statistic::Extended(word) => {
                let message = format!("Value '{word}' at 'statistic' failed to satisfy constraint");
                return Err(invalid(message));
            }
            plain => plain,
        },
        (None, Some(text)) => Statistic::Extended(text),
        (None, None) | (Some(_), Some(_)) => {
            return Err(invalid(
                "exactly one of Statistic and ExtendedStatistic is required",
            ));
        }
    };
    Ok(MetricQuery::Single {
        metric: Metric {
            namespace: given.text("Namespace")?,
            name: given.text("MetricName")?,
        },
        has_dimensions: !given.list("Dimensions")?.is_empty(),
        statistic,
        unit: given.optional_text("Unit")?,
        period: count(given, "Period")?.ok_or_else(|| invalid("Period is required"))?,
    })
}

fn count(given: &mut Members, name: &str) -> Result<Option<u32>, Refusal> {
    let number = given.optional_integer(name)?;
    let number = number.map(u32::try_from).transpose();
    number.map_err(|_| invalid(format!("Value at '{name}' failed to satisfy constraint")))
}

fn operator(word: &str) -> Result<Operator, Refusal> {
    match Operator::parse(word) {
        Operator::Other(word) => Err(invalid(format!(
            "Value '{word}' at 'comparisonOperator' failed to satisfy constraint"
        ))),
        known @ (Operator::GreaterThanOrEqualToThreshold
        | Operator::GreaterThanThreshold
        | Operator::LessThanThreshold
        | Operator::LessThanOrEqualToThreshold) => Ok(known),
    }
}

fn missing_data(word: Option<&str>) -> Result<MissingData, Refusal> {
    match word {
        None => Ok(MissingData::Missing),
        Some(word) => MissingData::parse(word).ok_or_else(|| {
            invalid(format!(
                "The value {word} is not supported for TreatMissingData parameter."
            ))
        }),
    }
}

pub(super) fn switch(
    account: &mut SandboxAccount,
    region: &Region,
    (given, to): (&mut Members, ActionsSwitch),
) -> Result<Shape, Refusal> {
    let names = given.texts("AlarmNames")?;
    if names.is_empty() || names.len() > 100 {
        return Err(invalid(
            "Value at 'alarmNames' failed to satisfy constraint",
        ));
    }
    for name in names {
        let alarm = account.alarm_arn(region, &name);
        account.switch_alarm_actions(&alarm, to)?;
    }
    Ok(Shape::nothing())
}

pub(super) fn set_state(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let alarm = account.alarm_arn(region, &given.text("AlarmName")?);
    let word = given.text("StateValue")?;
    let reason = given.text("StateReason")?;
    let state = AlarmState::parse(&word).ok_or_else(|| {
        invalid(format!(
            "Value '{word}' at 'stateValue' failed to satisfy constraint"
        ))
    })?;
    if reason.chars().count() > 1023 {
        return Err(invalid(
            "Value at 'stateReason' failed to satisfy constraint",
        ));
    }
    account.drive_alarm(&alarm, state, &reason)?;
    Ok(Shape::nothing())
}

pub(super) fn history(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let alarm = account.alarm_arn(region, &given.text("AlarmName")?);
    given.texts("AlarmTypes")?;
    let most = given.optional_integer("MaxRecords")?.unwrap_or(100);
    let newest_first = given.optional_text("ScanBy")?.as_deref() != Some("TimestampAscending");
    let mut items = account.alarm_history(&alarm)?;
    if !newest_first {
        items.reverse();
    }
    let items = items.iter().take(usize::try_from(most).unwrap_or_default());
    let shapes = items.map(|item| {
        let (kind, summary, data) = written(&item.event);
        Shape::members([
            ("AlarmName", Some(Shape::text(&alarm.name))),
            ("AlarmType", Some(Shape::text("MetricAlarm"))),
            ("Timestamp", Some(Shape::Time(1_700_000_000 + item.at))),
            ("HistoryItemType", Some(Shape::text(kind))),
            ("HistorySummary", Some(Shape::text(summary))),
            ("HistoryData", Some(Shape::text(data))),
        ])
    });
    Ok(Shape::members([(
        "AlarmHistoryItems",
        Some(Shape::List(shapes.collect())),
    )]))
}

/// Returns an event as CloudWatch writes it down: its type, in words, and as data.
fn written(event: &HistoryEvent) -> (&'static str, String, serde_json::Value) {
    match event {
        HistoryEvent::StateUpdate { to, reason } => (
            "StateUpdate",
            format!("Alarm updated to {to}"),
            json!({
                "version": "1.0",
                "oldState": {"stateValue": "OK", "stateReason": "before"},
                "newState": {"stateValue": to.as_str(), "stateReason": reason},
            }),
        ),
        HistoryEvent::Action { resource, result } => {
            let (word, error) = match result {
                ActionResult::Succeeded => ("Succeeded", None),
                ActionResult::Failed(why) => ("Failed", Some(why)),
                ActionResult::Open => ("InProgress", None),
            };
            let data = json!({
                "actionState": word,
                "stateUpdateTimestamp": 1_564_596_878_595_i64,
                "notificationResource": resource,
                "publishedMessage": null,
                "error": error,
            });
            ("Action", format!("action {resource}: {word}"), data)
        }
        HistoryEvent::Other => ("ConfigurationUpdate", "Alarm updated".to_owned(), json!({})),
    }
}
