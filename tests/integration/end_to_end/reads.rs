//! Readings that fail over the wire: said to be unknown, never taken for absence, and nothing planned on them.

use std::collections::BTreeSet;

use cis_fix::model::{Alarm, AlarmKind, CallError, CallErrorKind, Topic};
use cis_fix::sandbox::unreadable::{
    DESCRIBE_ALARMS, DESCRIBE_KEY, DESCRIBE_LOG_GROUPS, DESCRIBE_METRIC_FILTERS, DESCRIBE_TRAILS,
    GET_CALLER_IDENTITY, GET_EVENT_SELECTORS, GET_KEY_POLICY, GET_TOPIC_ATTRIBUTES,
    GET_TRAIL_STATUS, LIST_ALARM_TAGS, LIST_SUBSCRIPTIONS, LIST_TOPIC_TAGS, READ_ACTIONS,
};
use cis_fix::sandbox::{SandboxAccount, Scene};
use serde_json::Value;

use super::program::FEW;
use super::stage::{Stage, satisfying, topic};
use crate::support::fake::Fault;

/// Returns an account that was brought to order, and of which one alarm was lost since, one was changed, and
/// the topic's key matters.
fn worn() -> SandboxAccount {
    let mut account = satisfying(&format!("{FEW}\n[topic]\nkms-key = \"alias/ours\""));
    let arn = |name| account.alarm_arn(account.region(), name);
    let (lost, changed) = (arn("root_usage_alarm"), arn("vpc_changes_alarm"));
    account.remove_alarm(&lost).unwrap();
    let held = account.remove_alarm(&changed).unwrap();
    let AlarmKind::Metric(mut settings) = held.kind else {
        panic!("a metric alarm");
    };
    settings.threshold = Some(1e9);
    let kind = AlarmKind::Metric(settings);
    account.add_alarm(Alarm { arn: changed, kind }, held.tags.unwrap());
    account
}

/// Returns an account whose topic lets no alarm publish, so that it matters who made it.
fn closed() -> SandboxAccount {
    let mut account = satisfying(FEW);
    let arn = topic(&account);
    let tags = account.list_topic_tags(&arn).unwrap();
    let policy = r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned();
    let kms_key = None;
    account.add_topic(
        Topic {
            arn,
            policy,
            kms_key,
        },
        tags,
    );
    account
}

/// Returns the code with which the service of an action denies.
fn denial(action: &str) -> CallError {
    let code = match action.split(':').next().unwrap() {
        "sns" => "AuthorizationError",
        "sts" | "cloudwatch" => "AccessDenied",
        _ => "AccessDeniedException",
    };
    CallError::new(
        action,
        CallErrorKind::Denied,
        "no identity-based policy allows it",
    )
    .with_code(code)
}

fn texts<'document>(document: &'document Value, place: &str) -> BTreeSet<&'document str> {
    let items = document.pointer(place).unwrap().as_array().unwrap().iter();
    items.map(|item| item.as_str().unwrap()).collect()
}

/// Returns the controls whose verdict is unknown, and the links that could not be read.
fn unknown<'document>(check: &'document Value, action: &str) -> [BTreeSet<&'document str>; 2] {
    let (mut controls, mut links) = (BTreeSet::new(), BTreeSet::new());
    for control in check["controls"].as_array().unwrap() {
        let failed: Vec<_> = control["links"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|link| link["code"] == "READ_FAILED")
            .collect();
        for link in &failed {
            assert_eq!(link["state"], "unknown");
            let detail = link["detail"].as_str().unwrap();
            assert!(
                detail.contains(&format!("access denied (`{action}`)")),
                "{detail}"
            );
            links.insert(link["link"].as_str().unwrap());
        }
        assert_eq!(
            control["verdict"] == "unknown",
            !failed.is_empty(),
            "{control}"
        );
        if control["verdict"] == "unknown" {
            controls.insert(control["id"].as_str().unwrap());
        }
    }
    [controls, links]
}

/// Denies an action and returns the exit status, how many controls are unknown by which links, and the steps.
fn denied(mut account: SandboxAccount, action: &str) -> (i32, usize, String, Vec<String>) {
    account.add_unreadable(None, denial(action));
    let stage = Stage::with(account).few();
    let (status, check) = stage.json(&["check"]);
    assert!(
        stage.fake.counts().contains_key(action),
        "{action} is not asked"
    );
    let [controls, links] = unknown(&check, action);
    let (_, plan) = stage.json(&["plan"]);
    let mut steps = Vec::new();
    for step in plan["steps"].as_array().unwrap() {
        let served = texts(step, "/serves");
        assert!(
            served.is_disjoint(&controls),
            "{action}: {step} serves what is unknown"
        );
        steps.push(step["id"].as_str().unwrap().to_owned());
    }
    let mut blocked = BTreeSet::new();
    for reason in plan["blocked"].as_array().unwrap() {
        assert_eq!(reason["code"], "READ_FAILED");
        assert!(reason["detail"].as_str().unwrap().contains(action));
        blocked.extend(texts(reason, "/serves"));
    }
    assert_eq!(blocked, controls, "{action}");
    let links: Vec<_> = links.into_iter().collect();
    (status, controls.len(), links.join(" "), steps)
}

fn steps(account: SandboxAccount) -> Vec<String> {
    let (_, plan) = Stage::with(account).few().json(&["plan"]);
    let steps = plan["steps"].as_array().unwrap().iter();
    steps
        .map(|step| step["id"].as_str().unwrap().to_owned())
        .collect()
}

/// A reading that is denied, the account, and what is said: exit status, how many controls are unknown, by which
/// links, and the steps that are planned all the same.
type Denial = (
    &'static str,
    SandboxAccount,
    i32,
    usize,
    &'static str,
    &'static [&'static str],
);

#[test]
fn each_reading_that_is_denied_leaves_what_depends_on_it_unknown_and_unplanned() {
    let (lost, changed) = ("alarm/root_usage_alarm", "alarm/vpc_changes_alarm");
    assert_eq!(steps(worn()), [lost, changed]);
    assert_eq!(steps(closed()), ["topic-policy/cis-alarms"]);
    let expected: [Denial; 12] = [
        (DESCRIBE_TRAILS, worn(), 5, 3, "trail", &[]),
        (GET_TRAIL_STATUS, worn(), 5, 3, "delivery logging", &[]),
        (GET_EVENT_SELECTORS, worn(), 5, 3, "selectors", &[]),
        (DESCRIBE_LOG_GROUPS, worn(), 5, 3, "log-group", &[]),
        (DESCRIBE_METRIC_FILTERS, worn(), 5, 3, "filter", &[]),
        (DESCRIBE_ALARMS, worn(), 5, 3, "alarm", &[]),
        // Whose the changed alarm is cannot be told; that the other is lost needs no tags.
        (
            LIST_ALARM_TAGS,
            worn(),
            2,
            1,
            "alarm",
            &["alarm/root_usage_alarm"],
        ),
        (GET_TOPIC_ATTRIBUTES, worn(), 5, 3, "topic", &[]),
        (LIST_TOPIC_TAGS, closed(), 5, 3, "topic", &[]),
        (LIST_SUBSCRIPTIONS, worn(), 5, 3, "subscription", &[]),
        (DESCRIBE_KEY, worn(), 5, 3, "topic", &[]),
        (GET_KEY_POLICY, worn(), 5, 3, "topic", &[]),
    ];
    let named: BTreeSet<_> = expected.iter().map(|row| row.0).collect();
    let unnamed = READ_ACTIONS
        .iter()
        .filter(|action| !named.contains(*action));
    assert_eq!(unnamed.collect::<Vec<_>>(), [&GET_CALLER_IDENTITY]);
    for (action, account, status, controls, links, steps) in expected {
        let found = denied(account, action);
        let steps = steps.iter().map(|step| (*step).to_owned()).collect();
        assert_eq!(
            found,
            (status, controls, links.to_owned(), steps),
            "{action}"
        );
    }
}

#[test]
fn nothing_is_made_in_a_fresh_account_of_which_something_cannot_be_read() {
    let fresh = Scene::Fresh.account();
    for action in [
        DESCRIBE_TRAILS,
        GET_TRAIL_STATUS,
        GET_EVENT_SELECTORS,
        DESCRIBE_LOG_GROUPS,
        DESCRIBE_METRIC_FILTERS,
        DESCRIBE_ALARMS,
        GET_TOPIC_ATTRIBUTES,
    ] {
        let (status, controls, _, steps) = denied(fresh.clone(), action);
        assert_eq!((status, controls, steps), (5, 3, Vec::new()), "{action}");
        let mut account = fresh.clone();
        account.add_unreadable(None, denial(action));
        let stage = Stage::with(account.clone()).few();
        let (status, _) = stage.apply();
        assert_eq!((status, stage.writes()), (5, Vec::new()), "{action}");
        assert_eq!(stage.fake.account(), account);
    }
}

#[test]
fn people_are_told_the_permission_too() {
    let mut account = Scene::Fresh.account();
    account.add_unreadable(None, denial(DESCRIBE_ALARMS));
    let stage = Stage::with(account).few();
    for command in ["check", "plan"] {
        let run = stage.run(&[command]);
        assert_eq!(run.status, 5, "{run:?}");
        assert!(
            run.stdout
                .contains("access denied (`cloudwatch:DescribeAlarms`)"),
            "{run:?}"
        );
        assert!(run.stdout.contains("READ_FAILED"), "{run:?}");
    }
}

#[test]
fn who_asks_must_be_known() {
    let mut account = Scene::Fresh.account();
    account.add_unreadable(None, denial(GET_CALLER_IDENTITY));
    let run = Stage::with(account).few().run(&["check"]);
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    let error = "error: access denied (`sts:GetCallerIdentity`): AccessDenied: ";
    assert!(run.stderr.starts_with(error), "{}", run.stderr);
}

#[test]
fn readings_that_are_throttled_are_asked_again_until_they_are_answered() {
    let calm = Stage::scene(Scene::Fresh).few().json(&["plan"]);
    let stage = Stage::scene(Scene::Fresh).few();
    let asked = [
        DESCRIBE_TRAILS,
        GET_TRAIL_STATUS,
        GET_EVENT_SELECTORS,
        DESCRIBE_LOG_GROUPS,
        DESCRIBE_METRIC_FILTERS,
        DESCRIBE_ALARMS,
        GET_TOPIC_ATTRIBUTES,
        LIST_SUBSCRIPTIONS,
        GET_CALLER_IDENTITY,
    ];
    for action in asked {
        let (status, code) = match action.split(':').next().unwrap() {
            "sns" => (429, "Throttled"),
            "sts" | "cloudwatch" => (400, "Throttling"),
            _ => (400, "ThrottlingException"),
        };
        stage.fake.fail(
            action,
            [Fault::Refuse(status, code), Fault::Refuse(status, code)],
        );
    }
    assert_eq!(stage.json(&["plan"]), calm);
    for action in asked {
        assert_eq!(stage.fake.count(action), 3, "{action}");
    }
}
