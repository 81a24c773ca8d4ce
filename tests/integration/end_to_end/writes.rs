//! Writes that fail over the wire: what depends on them is left alone, the rest goes on, and the next run ends it.

use std::collections::BTreeSet;

use cis_fix::model::{Endpoint, Protocol, Tags, Topic};
use cis_fix::sandbox::{SandboxAccount, Scene, default_policy};
use serde_json::Value;

use super::stage::{FEW_STEPS, Stage, topic};
use crate::support::fake::Fault;

fn ids<'document>(document: &'document Value, member: &str) -> BTreeSet<&'document str> {
    let steps = document[member].as_array().unwrap().iter();
    steps.map(|step| step["id"].as_str().unwrap()).collect()
}

/// Returns how many mails were sent to the one who is to be subscribed.
pub(crate) fn mails(stage: &Stage) -> u32 {
    let somebody = Endpoint::parse(Protocol::Email, "security@example.com").unwrap();
    stage.fake.account().confirmations_sent(&somebody)
}

/// Returns a fresh account after an apply in which nothing went wrong.
pub(crate) fn order() -> SandboxAccount {
    let stage = Stage::scene(Scene::Fresh).few();
    stage.apply();
    stage.fake.account()
}

/// Makes sure that another apply does exactly the steps that are left, that nobody gets a second mail, and
/// that nothing is left then.
fn the_next_run_ends_it(stage: &Stage, left: &BTreeSet<&str>) {
    let (status, applied) = stage.apply();
    assert_eq!((status, &ids(&applied, "done")), (0, left));
    assert_eq!(stage.fake.account(), order());
    let (_, plan) = stage.json(&["plan"]);
    assert_eq!(ids(&plan, "steps"), BTreeSet::new());
}

#[test]
fn a_denied_write_takes_along_what_needs_it_and_nothing_else() {
    // The action, the status and code of its service, the kind of step, and how many steps need it.
    let denied = [
        ("sns:CreateTopic", 403, "AuthorizationError", "topic/", 4),
        (
            "sns:Subscribe",
            403,
            "AuthorizationError",
            "subscription/",
            0,
        ),
        (
            "logs:PutMetricFilter",
            400,
            "AccessDeniedException",
            "filter/",
            1,
        ),
        (
            "cloudwatch:PutMetricAlarm",
            403,
            "AccessDenied",
            "alarm/",
            0,
        ),
    ];
    for (action, http, code, kind, dependants) in denied {
        let stage = Stage::scene(Scene::Fresh).few();
        stage.fake.fail(action, [Fault::Refuse(http, code)]);
        let (status, applied) = stage.apply();
        let [failed] = applied["failed"].as_array().unwrap().as_slice() else {
            panic!("{action}: {applied}");
        };
        assert_eq!(status, 3, "{action}");
        assert!(failed["id"].as_str().unwrap().starts_with(kind), "{failed}");
        assert_eq!(failed["error"]["action"], action);
        assert_eq!(failed["error"]["kind"], "denied");
        assert_eq!(failed["error"]["code"], code);
        for skipped in applied["skipped"].as_array().unwrap() {
            assert_eq!(
                (&skipped["reason"], &skipped["waits_for"]),
                (&"needs".into(), &failed["id"])
            );
        }
        assert_eq!(ids(&applied, "skipped").len(), dependants, "{action}");
        assert_eq!(
            ids(&applied, "done").len(),
            FEW_STEPS - 1 - dependants,
            "{action}"
        );
        assert_eq!(stage.writes().len(), FEW_STEPS - dependants, "{action}");
        let left = &ids(&applied, "failed") | &ids(&applied, "skipped");
        the_next_run_ends_it(&stage, &left);
        assert_eq!(mails(&stage), 1, "{action}");
    }
}

#[test]
fn people_are_told_what_was_done_what_failed_and_what_was_left_alone() {
    let stage = Stage::scene(Scene::Fresh).few();
    stage.fake.fail(
        "logs:PutMetricFilter",
        [Fault::Refuse(400, "AccessDeniedException")],
    );
    let run = stage.run(&["apply", "--yes", "--no-pacing"]);
    assert_eq!(run.status, 3, "{run:?}");
    let failed = "FAILED: access denied (`logs:PutMetricFilter`): AccessDeniedException: ";
    assert!(run.stderr.contains(failed), "{}", run.stderr);
    assert!(
        run.stderr.contains("skipped, since filter/"),
        "{}",
        run.stderr
    );
    assert!(
        run.stdout.contains("6 done, 1 failed, 1 not tried"),
        "{}",
        run.stdout
    );
}

#[test]
fn writes_that_are_throttled_or_meet_another_writer_are_sent_again() {
    let stage = Stage::scene(Scene::Fresh).few();
    let passing = [
        ("logs:PutMetricFilter", 400, "ThrottlingException"),
        ("logs:PutMetricFilter", 400, "OperationAbortedException"),
        ("cloudwatch:PutMetricAlarm", 400, "Throttling"),
        ("sns:CreateTopic", 429, "Throttled"),
        ("sns:Subscribe", 429, "Throttled"),
        ("sns:Subscribe", 429, "Throttled"),
    ];
    for (action, http, code) in passing {
        stage.fake.fail(action, [Fault::Refuse(http, code)]);
    }
    let (status, applied) = stage.apply();
    assert_eq!((status, ids(&applied, "done").len()), (0, FEW_STEPS));
    assert_eq!(stage.writes().len(), FEW_STEPS + passing.len());
    assert_eq!((stage.fake.account(), mails(&stage)), (order(), 1));
}

#[test]
fn a_subscription_whose_answer_is_lost_is_found_and_not_made_again() {
    let stage = Stage::scene(Scene::Fresh).few();
    stage.fake.fail("sns:Subscribe", [Fault::ResetAfter]);
    let (status, applied) = stage.apply();
    assert_eq!((status, ids(&applied, "done").len()), (0, FEW_STEPS));
    assert_eq!((stage.fake.count("sns:Subscribe"), mails(&stage)), (1, 1));
    the_next_run_ends_it(&stage, &BTreeSet::new());
    assert_eq!(mails(&stage), 1);
}

#[test]
fn other_writes_whose_answer_is_lost_are_read_back() {
    let stage = Stage::scene(Scene::Fresh).few();
    for action in [
        "sns:CreateTopic",
        "logs:PutMetricFilter",
        "cloudwatch:PutMetricAlarm",
    ] {
        stage.fake.fail(action, [Fault::ResetAfter]);
    }
    let (status, applied) = stage.apply();
    assert_eq!((status, ids(&applied, "done").len()), (0, FEW_STEPS));
    assert_eq!((stage.fake.account(), mails(&stage)), (order(), 1));
}

#[test]
fn credentials_that_expire_on_the_way_leave_a_start_for_the_next_run() {
    let stage = Stage::scene(Scene::Fresh).few();
    let expired = || std::iter::repeat_n(Fault::Refuse(400, "ExpiredTokenException"), 99);
    stage.fake.fail("logs:PutMetricFilter", expired());
    stage.fake.fail("cloudwatch:PutMetricAlarm", expired());
    let (status, applied) = stage.apply();
    assert_eq!((status, ids(&applied, "done").len()), (3, 2));
    for failed in applied["failed"].as_array().unwrap() {
        assert_eq!(failed["error"]["kind"], "credentials");
    }
}

#[test]
fn a_topic_that_somebody_made_in_the_meantime_is_not_taken_over() {
    let mut account = Scene::Fresh.account();
    let arn = topic(&account);
    let theirs = Topic {
        policy: default_policy(&arn),
        kms_key: None,
        arn,
    };
    account.add_topic(theirs, Tags::new());
    let stage = Stage::with(account.clone()).few();
    // The plan was made when it was not there yet.
    stage
        .fake
        .fail("sns:GetTopicAttributes", [Fault::Refuse(404, "NotFound")]);
    let (status, applied) = stage.apply();
    let skipped = applied["skipped"].as_array().unwrap();
    assert_eq!(
        (status, &skipped[0]["id"], &skipped[0]["reason"]),
        (3, &"topic/cis-alarms".into(), &"changed".into())
    );
    assert_eq!(
        skipped.len(),
        5,
        "the topic, a subscription and three alarms"
    );
    assert_eq!(stage.fake.account().topics(), account.topics());
    assert_eq!(mails(&stage), 0);
}
