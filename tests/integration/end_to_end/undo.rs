//! An undo over the wire: what is sent, and what happens when it is stopped, killed or refused.

use std::time::Duration;

use cis_fix::model::{AlarmKind, MetricFilter, Tags};
use cis_fix::sandbox::{SandboxAccount, Scene};
use serde_json::Value;

use super::interruptions::{send, wait_for};
use super::program::{FEW, Run};
use super::stage::{Stage, log_group, satisfying, topic};
use crate::support::fake::Fault;

/// The calls that take something back.
const REVERSALS: [&str; 6] = [
    "cloudwatch:DeleteAlarms",
    "cloudwatch:PutMetricAlarm",
    "logs:DeleteMetricFilter",
    "logs:PutMetricFilter",
    "sns:Unsubscribe",
    "sns:DeleteTopic",
];

const UNDO: [&str; 5] = ["undo", "--yes", "--no-pacing", "--format", "json"];

/// Returns a stage on which a fresh account was brought into order, and somebody confirmed the subscription.
fn applied(latency: Duration) -> Stage {
    let stage = Stage::slow(Scene::Fresh.account(), latency).few();
    let (status, _) = stage.apply();
    assert_eq!(status, 0);
    stage.confirm(&topic(&stage.fake.account()));
    stage
}

fn undo(stage: &Stage) -> (i32, Value) {
    stage.json(&["undo", "--yes", "--no-pacing"])
}

fn count(document: &Value, member: &str) -> usize {
    document[member].as_array().unwrap().len()
}

#[test]
fn what_an_apply_made_is_removed_in_an_order_that_hurts_nobody() {
    let stage = applied(Duration::ZERO);
    let (status, undone) = undo(&stage);
    assert_eq!((status, count(&undone, "done")), (0, 8), "{undone}");
    assert_eq!(stage.fake.account(), Scene::Fresh.account());
    let calls = stage.fake.calls().into_iter().map(|call| call.action());
    let reversals: Vec<String> = calls
        .filter(|call| REVERSALS.contains(&call.as_str()))
        .collect();
    let expected = [
        vec!["cloudwatch:DeleteAlarms"; 3],
        vec!["logs:DeleteMetricFilter"; 3],
        vec!["sns:Unsubscribe", "sns:DeleteTopic"],
    ];
    assert_eq!(reversals, expected.concat());
}

/// Returns an account in which a filter and an alarm of ours have everything that can be set, and are not as wanted.
pub(super) fn drifted() -> SandboxAccount {
    let mut account = satisfying(FEW);
    let group = log_group(&account);
    let filters = account.log_groups()[&group].filters.clone().unwrap();
    let mut filter = MetricFilter {
        pattern: "{ $.a = 1 }".to_owned(),
        applies_to_transformed_logs: true,
        field_selection: Some("@aws.region = \"us-east-1\"".to_owned()),
        ..filters["root_usage_metric"].clone()
    };
    filter.transformation.default_value = Some(0.5);
    filter.transformation.unit = Some("Count".to_owned());
    account.add_filter(&group, filter);
    let region = account.region().clone();
    let (name, held) = account.alarms()[&region]
        .clone()
        .into_iter()
        .find(|(name, _)| name.contains("vpc"))
        .unwrap();
    let AlarmKind::Metric(mut settings) = held.kind else {
        panic!("{name}");
    };
    settings.threshold = Some(7.5);
    settings.evaluation_periods = 3;
    settings.datapoints_to_alarm = Some(2);
    settings.actions_enabled = false;
    settings.description = None;
    settings.ok_actions.clone_from(&settings.alarm_actions);
    settings
        .insufficient_data_actions
        .clone_from(&settings.alarm_actions);
    let alarm = account.alarm_arn(&region, &name);
    account
        .put_metric_alarm(&alarm, *settings, Tags::new())
        .unwrap();
    account
}

#[test]
fn what_an_apply_changed_is_put_back_field_by_field() {
    let before = drifted();
    let stage = Stage::with(before.clone()).few();
    let (status, applied) = stage.apply();
    assert_eq!((status, count(&applied, "done")), (0, 2), "{applied}");
    assert_ne!(stage.fake.account(), before);
    let (status, undone) = undo(&stage);
    assert_eq!((status, count(&undone, "done")), (0, 2), "{undone}");
    assert_eq!(stage.fake.account(), before);
}

#[test]
fn an_undo_that_is_asked_to_stop_or_killed_is_ended_by_the_next() {
    for signal in ["-INT", "-TERM", "-KILL"] {
        let stage = applied(Duration::from_millis(60));
        stage.fake.forget_calls();
        let running = stage.program.spawn(&UNDO);
        wait_for(&stage, "cloudwatch:DeleteAlarms", 2);
        send(signal, &running);
        let output = running.wait_with_output().unwrap();
        if signal != "-KILL" {
            let run = Run::from(output);
            assert_eq!(run.status, 130, "{run:?}");
            let undone = run.document();
            assert_eq!(undone["interrupted"], true);
            assert!(
                count(&undone, "skipped") > 0 && count(&undone, "failed") == 0,
                "{undone}"
            );
        }
        let (status, rest) = undo(&stage);
        assert_eq!(status, 0, "{rest}");
        assert!(count(&rest, "done") < 8, "{rest}");
        assert_eq!(stage.fake.account(), Scene::Fresh.account(), "{signal}");
    }
}

#[test]
fn the_second_request_to_stop_leaves_at_once_and_the_journal_is_whole() {
    let stage = applied(Duration::ZERO);
    stage
        .fake
        .fail("cloudwatch:DeleteAlarms", [Fault::Hang, Fault::Hang]);
    stage.fake.forget_calls();
    let mut running = stage.program.spawn(&UNDO);
    wait_for(&stage, "cloudwatch:DeleteAlarms", 1);
    send("-INT", &running);
    std::thread::sleep(Duration::from_millis(200));
    assert!(
        running.try_wait().unwrap().is_none(),
        "what has begun is waited for"
    );
    send("-INT", &running);
    let run = Run::from(running.wait_with_output().unwrap());
    assert_eq!((run.status, run.stdout.as_str()), (130, ""), "{run:?}");
    assert!(
        run.stderr.contains("what was about to be written is in "),
        "{run:?}"
    );
    let (status, rest) = undo(&stage);
    assert_eq!((status, count(&rest, "done")), (0, 8), "{rest}");
    assert_eq!(stage.fake.account(), Scene::Fresh.account());
}

#[test]
fn a_reversal_that_is_refused_takes_along_what_needs_it_and_nothing_else() {
    let stage = applied(Duration::ZERO);
    let denied = Fault::Refuse(403, "AccessDenied");
    stage.fake.fail("cloudwatch:DeleteAlarms", [denied]);
    let (status, undone) = undo(&stage);
    let counts = ["done", "failed", "skipped"].map(|member| count(&undone, member));
    // The filter of the alarm, and the topic that it notifies.
    assert_eq!((status, counts), (3, [5, 1, 2]), "{undone}");
    let (status, rest) = undo(&stage);
    assert_eq!((status, count(&rest, "done")), (0, 3), "{rest}");
    assert_eq!(stage.fake.account(), Scene::Fresh.account());
}

#[test]
fn an_answer_that_is_lost_is_read_back() {
    for action in [
        "cloudwatch:DeleteAlarms",
        "logs:DeleteMetricFilter",
        "sns:Unsubscribe",
        "sns:DeleteTopic",
    ] {
        let stage = applied(Duration::ZERO);
        stage.fake.fail(action, [Fault::ResetAfter]);
        let (status, undone) = undo(&stage);
        assert_eq!(
            (status, count(&undone, "done")),
            (0, 8),
            "{action}: {undone}"
        );
        assert_eq!(stage.fake.account(), Scene::Fresh.account(), "{action}");
    }
}
