//! Three small controls, and the few words of which accounts for them are made.

#![expect(clippy::panic, reason = "a test stops at what it cannot use")]

use std::sync::LazyLock;

use cis_fix::catalog::Catalog;
use cis_fix::desired::Desired;
use cis_fix::model::{Endpoint, LogGroupArn, Metric, Protocol, TopicArn};
use cis_fix::pattern::Event;
use cis_fix::toml_source::{Colour, SourceFile};

use crate::world::{ACCOUNT, REGION, desired_of};

/// The patterns of the controls, over the members `e`, `s` and `u`.
const INTENTS: [(&str, &str); 3] = [
    ("alpha", r#"{ ($.e = "A") || ($.e = "B") }"#),
    ("beta", r#"{ ($.e = "C") && ($.s != "x") }"#),
    ("gamma", r#"{ ($.u = "Root") && ($.s NOT EXISTS) }"#),
];

fn control(number: usize, id: &str, pattern: &str, calls: &str) -> SourceFile {
    let matching = match id {
        "alpha" => [r#"{"e":"A"}"#, r#"{"e":"B"}"#],
        "beta" => [r#"{"e":"C","s":"y"}"#, r#"{"e":"C","s":"z"}"#],
        _ => [r#"{"u":"Root"}"#, r#"{"u":"Root","e":"D"}"#],
    };
    let ignored = match id {
        "alpha" => [r#"{"e":"C"}"#, r#"{"e":"D"}"#],
        "beta" => [r#"{"e":"C","s":"x"}"#, r#"{"e":"A"}"#],
        _ => [r#"{"u":"Root","s":"x"}"#, r#"{"u":"IAMUser"}"#],
    };
    let examples = |kind: &str, events: [&str; 2]| {
        events.map(|event| format!("[[{kind}]]\nabout = \"an event\"\nevent = '{event}'\n"))
    };
    let text = format!(
        r#"
id = "{id}"
title = "Control {id}"
rationale = "It is there to be tested."
impact = "None."
pattern = '{pattern}'

[benchmarks]
"cis-5.0.0" = {{ number = "4.{number}", level = 1, status = "manual", title = "Ensure {id}" }}

[filter]
name = "{id}_metric"

[metric]
namespace = "CIS"
value = "1"

[alarm]
name = "{id}_alarm"
statistic = "Sum"
period = "5m"
evaluation-periods = 1
threshold = 1
comparison = "GreaterThanOrEqualToThreshold"
treat-missing-data = "notBreaching"

[events]
calls = "{calls}"

{}{}"#,
        examples("matches", matching).concat(),
        examples("ignores", ignored).concat(),
    );
    SourceFile {
        name: format!("{id}.toml"),
        text,
    }
}

static CATALOG: LazyLock<Catalog> = LazyLock::new(|| {
    let files: Vec<SourceFile> = INTENTS
        .into_iter()
        .enumerate()
        .map(|(at, (id, pattern))| {
            let calls = if id == "beta" { "all" } else { "write" };
            control(at + 1, id, pattern, calls)
        })
        .collect();
    Catalog::read(&files).unwrap_or_else(|mistakes| panic!("{}", mistakes.render(Colour::Never)))
});

/// What is wanted of every account, before its settings are drawn.
pub(super) static DESIRED: LazyLock<Desired> = LazyLock::new(|| desired_of(&CATALOG, ""));

/// Two of the controls page people, one of them not of everything and elsewhere.
const LANES: &str = r#"
[paging.topic]
name = "cis-pages"
[[paging.subscription]]
protocol = "email"
endpoint = "oncall@example.com"
[control.alpha.paging]
threshold = 2
exclude = ['{ $.s = "y" }']
[control.gamma.paging]
"#;

/// The same with paging lanes.
pub(super) static PAGING: LazyLock<Desired> = LazyLock::new(|| desired_of(&CATALOG, LANES));

/// Patterns of filters: the controls', others of the same meaning, and some that fall short or go beyond.
pub(super) const PATTERNS: [&str; 19] = [
    r#"{ ($.e = "A") || ($.e = "B") }"#,
    r#"{ ($.e = "C") && ($.s != "x") }"#,
    r#"{ ($.u = "Root") && ($.s NOT EXISTS) }"#,
    "{$.e=B||$.e=A}",
    r#"{ ($.s != "x") && ($.e = "C") && ($.e = "C") }"#,
    r#"{ ($.e = "A") }"#,
    r#"{ ($.e = "B") || ($.e = "D") }"#,
    r#"{ (($.e = "A") || ($.e = "B")) && ($.s = "y") }"#,
    r#"{ ($.e = "A") && ($.e = "B") }"#,
    r#"{ ($.e = "A") || ($.e = "B") || ($.e = "C") }"#,
    r#"{ ($.e = "C") && ($.s = "y") }"#,
    r#"{ ($.e = "C") && ($.s != "x") && ($.s != "y") }"#,
    r#"{ ($.e = "C") }"#,
    r#"{ $.e = "*" }"#,
    "",
    r#"{ $.u = "Root" }"#,
    r#"{ $.u = "IAMUser" }"#,
    "{ $.e = ",
    "Root",
];

/// Every event that the patterns can tell apart.
pub(super) static EVENTS: LazyLock<Vec<Event>> = LazyLock::new(|| {
    let member = |name: &str, values: &[&str]| -> Vec<String> {
        let named = values.iter().map(|value| format!("\"{name}\":\"{value}\""));
        std::iter::once(String::new()).chain(named).collect()
    };
    let mut events = Vec::new();
    for e in member("e", &["A", "B", "C", "D", "E"]) {
        for s in member("s", &["x", "y", "z"]) {
            for u in member("u", &["Root", "IAMUser"]) {
                let members = [&e, &s, &u].map(String::as_str);
                let present: Vec<&str> = members
                    .into_iter()
                    .filter(|text| !text.is_empty())
                    .collect();
                events.push(Event::parse(&format!("{{{}}}", present.join(","))));
            }
        }
    }
    events
});

/// Names of filters; some are those that cis-fix plans or turns to.
pub(super) const FILTER_NAMES: [&str; 8] = [
    "alpha_metric",
    "beta_metric",
    "gamma_metric",
    "alpha_metric_cis_fix",
    "beta_metric_cis_fix_2",
    "other",
    "another",
    "CIS",
];

/// Names of alarms; some are those that cis-fix plans or turns to.
pub(super) const ALARM_NAMES: [&str; 7] = [
    "alpha_alarm",
    "beta_alarm",
    "gamma_alarm",
    "alpha_alarm_cis_fix",
    "beta_alarm_cis_fix",
    "a alarm",
    "other: alarm",
];

/// Metrics that filters publish and alarms watch.
pub(super) fn metrics() -> Vec<Metric> {
    let names = [
        ("CIS", "alpha_metric"),
        ("CIS", "beta_metric"),
        ("CIS", "gamma_metric"),
        ("CIS", "alpha_metric_cis_fix"),
        ("Other", "alpha_metric"),
        ("Other", "shared"),
    ];
    let metric = |(namespace, name): (&str, &str)| Metric {
        namespace: namespace.to_owned(),
        name: name.to_owned(),
    };
    names.into_iter().map(metric).collect()
}

pub(super) fn log_group(region: &str, name: &str) -> LogGroupArn {
    LogGroupArn::parse(&format!("arn:aws:logs:{region}:{ACCOUNT}:log-group:{name}")).unwrap()
}

pub(super) fn topic(text: &str) -> TopicArn {
    TopicArn::parse(text).unwrap()
}

/// The topic that is planned.
pub(super) fn planned_topic() -> TopicArn {
    topic(&format!("arn:aws:sns:{REGION}:{ACCOUNT}:cis-alarms"))
}

/// A topic that somebody else made.
pub(super) fn other_topic() -> TopicArn {
    topic(&format!("arn:aws:sns:{REGION}:{ACCOUNT}:ops"))
}

/// What alarms do: publish to topics that may be there or not, or something else.
pub(super) fn actions() -> Vec<String> {
    vec![
        planned_topic().to_string(),
        other_topic().to_string(),
        format!("arn:aws:sns:{REGION}:{ACCOUNT}:gone"),
        format!("arn:aws:sns:{REGION}:{ACCOUNT}:queue.fifo"),
        format!("arn:aws:sns:{REGION}:999999999999:central"),
        format!("arn:aws:lambda:{REGION}:{ACCOUNT}:function:page"),
    ]
}

/// Endpoints that are subscribed or are to be.
pub(super) fn endpoints() -> Vec<Endpoint> {
    let endpoint = |protocol, address: &str| Endpoint::parse(protocol, address).unwrap();
    vec![
        endpoint(Protocol::Email, "a@example.com"),
        endpoint(Protocol::Email, "b@example.com"),
        endpoint(Protocol::Https, "https://hooks.example.com/secret"),
        endpoint(
            Protocol::Sqs,
            &format!("arn:aws:sqs:{REGION}:{ACCOUNT}:alarms"),
        ),
    ]
}

/// Keys that topics are encrypted with, or are to be.
pub(super) const KEYS: [&str; 5] = [
    "alias/good",
    "alias/closed",
    "alias/disabled",
    "alias/aws/sns",
    "alias/gone",
];
