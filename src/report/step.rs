//! One step of a plan as an entry: the resource, what it will be, and why.

use std::collections::BTreeSet;

use super::clauses::clause_lines;
use super::difference::differences;
use super::document::{Block, Entry, Language, Mark, Snippet, Style, Text};
use super::json_line::json_lines;
use super::roster::{count, enumeration};
use crate::model::{Metric, Operator, TopicArn};
use crate::plan::action::{
    Action, CreateTopic, PutAlarm, PutMetricFilter, SetTopicKey, SetTopicPolicy, Subscribe,
};
use crate::plan::{self, Step};

/// Returns the name of the resource that an action writes, fit to be shown: secrets are masked.
#[must_use]
pub(crate) fn resource(action: &Action) -> String {
    match action {
        Action::CreateTopic(CreateTopic { topic, .. })
        | Action::SetTopicPolicy(SetTopicPolicy { topic, .. })
        | Action::SetTopicKey(SetTopicKey { topic, .. }) => topic.name.clone(),
        Action::Subscribe(Subscribe { endpoint, .. }) => endpoint.to_string(),
        Action::PutMetricFilter(PutMetricFilter { name, .. }) => name.to_string(),
        Action::PutAlarm(alarm) => alarm.name.to_string(),
    }
}

/// Returns a text about an action without the secrets of the action; a service may repeat them in an error.
#[must_use]
pub(crate) fn discreet(action: &Action, text: &str) -> String {
    match action {
        Action::Subscribe(Subscribe { endpoint, .. }) => {
            text.replace(endpoint.expose(), &endpoint.to_string())
        }
        Action::CreateTopic(_)
        | Action::SetTopicPolicy(_)
        | Action::SetTopicKey(_)
        | Action::PutMetricFilter(_)
        | Action::PutAlarm(_) => text.to_owned(),
    }
}

/// Returns what a step writes, in one line.
pub(super) fn head(action: &Action) -> Text {
    let (kind, place) = match action {
        Action::CreateTopic(_) => ("topic", None),
        Action::SetTopicPolicy(_) => ("policy of topic", None),
        Action::SetTopicKey(_) => ("key of topic", None),
        Action::Subscribe(Subscribe { topic, endpoint }) => (
            "subscription",
            Some(format!("({}) to {}", endpoint.protocol(), topic.name)),
        ),
        Action::PutMetricFilter(PutMetricFilter { log_group, .. }) => {
            ("metric filter", Some(format!("on {}", log_group.name)))
        }
        Action::PutAlarm(_) => ("alarm", None),
    };
    let text = Text::from([
        Style::Plain.span(format!("{kind} ")),
        Style::Name.span(resource(action)),
    ]);
    match place {
        Some(place) => text.then([Style::Dim.span(format!(" {place}"))]),
        None => text,
    }
}

pub(super) fn mark(step: &Step) -> Mark {
    match step.mark {
        plan::Mark::Create => Mark::Create,
        plan::Mark::Change => Mark::Change,
    }
}

/// Returns a step with everything about it.
///
/// `published` are metrics that stand beside it in the report, so that an alarm need not name its own again.
pub(super) fn entry(step: &Step, published: &BTreeSet<Metric>) -> Entry {
    let mut body = differences(&step.changes);
    if body.is_empty() {
        body = settings(&step.action, published);
    }
    let notes = step.notes.iter().map(|note| Text::sentence(note));
    body.extend(notes.map(Block::Paragraph));
    Entry {
        mark: mark(step),
        head: head(&step.action),
        body,
    }
}

/// Returns the metric that a step publishes.
pub(super) fn metric(step: &Step) -> Option<Metric> {
    match &step.action {
        Action::PutMetricFilter(filter) => Some(filter.metric()),
        Action::CreateTopic(_)
        | Action::SetTopicPolicy(_)
        | Action::SetTopicKey(_)
        | Action::Subscribe(_)
        | Action::PutAlarm(_) => None,
    }
}

fn settings(action: &Action, published: &BTreeSet<Metric>) -> Vec<Block> {
    match action {
        Action::CreateTopic(CreateTopic { kms_key, .. }) => {
            kms_key.iter().map(|key| encrypted(key)).collect()
        }
        Action::SetTopicKey(SetTopicKey { kms_key, .. }) => vec![encrypted(kms_key)],
        Action::SetTopicPolicy(SetTopicPolicy { policy, .. }) => vec![document(policy)],
        Action::Subscribe(_) => Vec::new(),
        Action::PutMetricFilter(filter) => filter_settings(filter),
        Action::PutAlarm(alarm) => vec![Block::Paragraph(alarm_settings(alarm, published))],
    }
}

fn encrypted(key: &str) -> Block {
    Block::Paragraph(Text::from([
        Style::Plain.span("encrypted with "),
        Style::Code.span(key),
    ]))
}

fn document(text: &str) -> Block {
    let (language, lines) = match json_lines(text) {
        Some(lines) => (Language::Json, lines),
        None => (Language::Plain, vec![text.to_owned()]),
    };
    Block::Snippet(Snippet { language, lines })
}

fn filter_settings(filter: &PutMetricFilter) -> Vec<Block> {
    let published = Text::from([
        Style::Plain.span(format!("publishes {} to ", filter.value)),
        Style::Literal.span(filter.metric().to_string()),
    ]);
    vec![
        Block::Snippet(Snippet {
            language: Language::Plain,
            lines: tight(clause_lines(&filter.pattern)),
        }),
        Block::Paragraph(published),
    ]
}

/// Returns the lines of a pattern with the braces beside the first and the last clause.
fn tight(lines: Vec<String>) -> Vec<String> {
    let [open, body @ .., close] = lines.as_slice() else {
        return lines;
    };
    let last = body.len().saturating_sub(1);
    let glued = body.iter().enumerate().map(|(index, line)| {
        let start = if index == 0 {
            format!("{open} {}", line.trim_start())
        } else {
            line.clone()
        };
        if index == last {
            format!("{start} {close}")
        } else {
            start
        }
    });
    glued.collect()
}

fn alarm_settings(alarm: &PutAlarm, published: &BTreeSet<Metric>) -> Text {
    let mut spans = vec![Style::Plain.span(alarm.statistic.as_str())];
    if !published.contains(&alarm.metric) {
        spans.push(Style::Plain.span(" of "));
        spans.push(Style::Literal.span(alarm.metric.to_string()));
    }
    spans.push(Style::Plain.span(format!(
        " {} {} {}, missing data is {}",
        sign(&alarm.operator),
        alarm.threshold,
        periods(alarm.period, alarm.evaluation_periods),
        alarm.missing_data
    )));
    let states = [
        ("notifies", &alarm.alarm_actions),
        ("on OK notifies", &alarm.ok_actions),
        (
            "on INSUFFICIENT_DATA notifies",
            &alarm.insufficient_data_actions,
        ),
    ];
    for (verb, targets) in states
        .into_iter()
        .filter(|(_, targets)| !targets.is_empty())
    {
        let names: Vec<String> = targets
            .iter()
            .map(|target| target_name(alarm, target))
            .collect();
        spans.push(Style::Plain.span(format!(", {verb} {}", enumeration(&names))));
    }
    Text { spans }
}

fn sign(operator: &Operator) -> &str {
    match operator {
        Operator::GreaterThanOrEqualToThreshold => ">=",
        Operator::GreaterThanThreshold => ">",
        Operator::LessThanThreshold => "<",
        Operator::LessThanOrEqualToThreshold => "<=",
        Operator::Other(text) => text,
    }
}

/// Returns a topic's name if it is of the alarm's own account and Region, else the ARN as it is.
fn target_name(alarm: &PutAlarm, target: &str) -> String {
    match TopicArn::parse(target) {
        Ok(topic) if topic.account == alarm.account && topic.region == alarm.region => topic.name,
        Ok(_) | Err(_) => target.to_owned(),
    }
}

fn periods(period: u32, evaluated: u32) -> String {
    match evaluated {
        1 => format!("in {}", duration(period)),
        _ => format!("in {evaluated} periods of {}", duration(period)),
    }
}

/// Returns a number of seconds in the largest unit that counts it whole.
fn duration(seconds: u32) -> String {
    let units = [
        (86_400, "day", "days"),
        (3_600, "hour", "hours"),
        (60, "minute", "minutes"),
    ];
    let fitting = units
        .into_iter()
        .find(|(length, _, _)| seconds >= *length && seconds.is_multiple_of(*length));
    let (length, singular, plural) = fitting.unwrap_or((1, "second", "seconds"));
    let number = usize::try_from(seconds / length).unwrap_or(usize::MAX);
    count(number, singular, plural)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_told_in_the_largest_whole_unit() {
        let cases = [
            (10, "10 seconds"),
            (60, "1 minute"),
            (90, "90 seconds"),
            (300, "5 minutes"),
            (3_600, "1 hour"),
            (5_400, "90 minutes"),
            (86_400, "1 day"),
            (0, "0 seconds"),
        ];
        for (seconds, words) in cases {
            assert_eq!(duration(seconds), words);
        }
    }

    #[test]
    fn braces_stand_beside_the_clauses() {
        assert_eq!(tight(clause_lines("{$.a = 1}")), ["{ $.a = 1 }"]);
        assert_eq!(
            tight(clause_lines("{$.a = 1 || $.b = 2}")),
            ["{ $.a = 1", "  || $.b = 2 }"]
        );
        assert_eq!(tight(clause_lines("ERROR")), ["ERROR"]);
    }
}
