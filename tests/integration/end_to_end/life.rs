//! An account's way from nothing to order: check, plan, apply, and again; and what is sent on the way.

use std::collections::{BTreeMap, BTreeSet};

use cis_fix::model::{Alarm, AlarmKind, Endpoint, Protocol, Topic};
use cis_fix::sandbox::{SandboxAccount, Scene};
use serde_json::Value;

use super::program::{FEW, SUBSCRIPTION};
use super::stage::{Stage, WRITES, converged, log_group, requests, satisfying, topic};

/// The ids of the steps in a member of a document.
fn ids(document: &Value, member: &str) -> Vec<String> {
    let steps = document[member].as_array().unwrap().iter();
    steps
        .map(|step| step["id"].as_str().unwrap().to_owned())
        .collect()
}

fn verdicts(document: &Value) -> BTreeSet<&str> {
    let controls = document["controls"].as_array().unwrap().iter();
    controls
        .map(|control| control["verdict"].as_str().unwrap())
        .collect()
}

fn has_written(stage: &Stage) -> bool {
    let counts = stage.fake.counts();
    WRITES.iter().any(|action| counts.contains_key(*action))
}

#[test]
fn a_fresh_account_comes_to_order_and_stays_so() {
    let stage = Stage::scene(Scene::Fresh);
    let (status, check) = stage.json(&["check"]);
    assert_eq!((status, verdicts(&check)), (2, ["non_compliant"].into()));

    let (status, plan) = stage.json(&["plan"]);
    assert_eq!(status, 0);
    let planned = ids(&plan, "steps");
    assert_eq!(
        planned.len(),
        36,
        "topic, subscription, 15 filters, 4 for auditors, 15 alarms"
    );

    let (status, applied) = stage.apply();
    assert_eq!(status, 0, "{applied}");
    assert_eq!(ids(&applied, "done"), planned);
    assert_eq!(stage.writes().len(), planned.len());

    let (status, again) = stage.json(&["plan", "--detailed-exitcode"]);
    assert_eq!((status, ids(&again, "steps")), (0, Vec::new()));
    assert_eq!(again["human"][0]["code"], "SUBSCRIPTION_PENDING");
    let (status, again) = stage.apply();
    assert_eq!((status, ids(&again, "done")), (0, Vec::new()));
    assert!(!has_written(&stage), "{:?}", stage.fake.counts());

    let account = stage.fake.account();
    let somebody = Endpoint::parse(Protocol::Email, "security@example.com").unwrap();
    assert_eq!(account.confirmations_sent(&somebody), 1);
    stage.confirm(&topic(&account));
    let (status, check) = stage.json(&["check"]);
    assert_eq!((status, verdicts(&check)), (0, ["compliant"].into()));
}

#[test]
fn an_applied_account_is_the_one_that_was_desired() {
    let stage = Stage::scene(Scene::Fresh);
    stage.apply();
    let mut account = stage.fake.account();
    account.confirm_subscriptions(&topic(&account));
    let mut wanted = converged();
    // Who was subscribed by hand was never sent a mail.
    for account in [&mut account, &mut wanted] {
        account.remove_topic(&topic(account)).unwrap();
    }
    assert_eq!(account, wanted);
}

/// Settings that make a plan of every kind of write.
pub(super) const EVERYTHING: &str = r#"
[topic]
kms-key = "alias/ours"

[[subscription]]
protocol = "email"
endpoint = "security+aws@example.com"

[[subscription]]
protocol = "https"
endpoint = "https://hooks.example.com/services/SECRET?token=SECRET"

[tags]
owner = "security & <co>"
"#;

/// The address that is shown without its path.
const SECRET: &str = "https://hooks.example.com/services/SECRET?token=SECRET";

/// An account that was brought to order, and then lost something of every kind.
pub(super) fn everything_is_due() -> SandboxAccount {
    let mut account = satisfying(EVERYTHING);
    let topic = topic(&account);
    let held = account.remove_topic(&topic).unwrap();
    let closed = r#"{"Version":"2012-10-17","Statement":[]}"#;
    let closed = Topic {
        arn: topic,
        policy: closed.to_owned(),
        kms_key: None,
    };
    account.add_topic(closed, held.tags.unwrap());
    let alarms = &account.alarms()[account.region()];
    let (name, mut held) = {
        let (name, held) = alarms.iter().next().unwrap();
        (name.clone(), held.clone())
    };
    if let AlarmKind::Metric(settings) = &mut held.kind {
        settings.threshold = Some(1e9);
        settings.ok_actions.clone_from(&settings.alarm_actions);
    }
    let alarm = Alarm {
        arn: account.alarm_arn(account.region(), &name),
        kind: held.kind,
    };
    account.add_alarm(alarm, held.tags.unwrap());
    let group = log_group(&account);
    let filters = account.describe_metric_filters(&group).unwrap();
    account.remove_filter(&group, &filters[0].name).unwrap();
    account
}

/// An account that was brought to order, and then lost its topic.
pub(super) fn topic_is_due() -> SandboxAccount {
    let mut account = satisfying(EVERYTHING);
    account.remove_topic(&topic(&account)).unwrap();
    account
}

#[test]
fn what_is_sent_is_what_the_plan_shows() {
    let cases = [
        (Scene::Fresh.account(), SUBSCRIPTION),
        (Scene::Messy.account(), FEW),
        (everything_is_due(), EVERYTHING),
        (topic_is_due(), EVERYTHING),
    ];
    let mut actions = BTreeSet::new();
    for (account, settings) in cases {
        let stage = Stage::with(account).settings(settings);
        let (_, plan) = stage.json(&["plan"]);
        assert!(!plan.to_string().contains("SECRET"), "{plan}");
        let (status, applied) = stage.apply();
        assert_eq!(status, 0, "{applied}");
        assert!(!applied.to_string().contains("SECRET"), "{applied}");
        let planned = unmasked(requests(&plan));
        let sent = stage.writes();
        for (step, request) in &planned {
            assert!(sent.contains(request), "{step}: {request:#?}\n{sent:#?}");
        }
        assert_eq!(planned.len(), sent.len());
        assert_needs_come_first(&plan, &planned, &sent);
        actions.extend(sent.iter().map(|(action, members)| {
            let attribute = members["AttributeName"].as_str().unwrap_or_default();
            format!("{action} {attribute}")
        }));
    }
    let every = [
        "cloudwatch:PutMetricAlarm ",
        "logs:PutMetricFilter ",
        "sns:CreateTopic ",
        "sns:SetTopicAttributes KmsMasterKeyId",
        "sns:SetTopicAttributes Policy",
        "sns:Subscribe ",
    ];
    assert_eq!(actions, every.map(str::to_owned).into());
}

type Request = (String, Value);

/// Returns the requests with the whole address where the plan shows but its host.
fn unmasked(mut requests: BTreeMap<String, Request>) -> BTreeMap<String, Request> {
    for (_, members) in requests.values_mut() {
        if members["Protocol"] == "https" {
            assert_eq!(members["Endpoint"], "https://hooks.example.com/…");
            members["Endpoint"] = Value::from(SECRET);
        }
    }
    requests
}

fn assert_needs_come_first(plan: &Value, planned: &BTreeMap<String, Request>, sent: &[Request]) {
    let place = |step: &str| sent.iter().position(|request| *request == planned[step]);
    for step in plan["steps"].as_array().unwrap() {
        let id = step["id"].as_str().unwrap();
        for need in step["needs"].as_array().unwrap() {
            let need = need.as_str().unwrap();
            assert!(place(need) < place(id), "{id} needs {need}");
        }
    }
}
