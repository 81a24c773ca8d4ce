//! Runs that are stopped while they write: asked to, or killed. The next run ends what was begun.

use std::process::{Child, Command};
use std::time::Duration;

use cis_fix::sandbox::Scene;

use super::program::Run;
use super::stage::{FEW_STEPS, Stage};
use super::writes::{mails, order};
use crate::support::fake::Fault;

const APPLY: [&str; 5] = ["apply", "--yes", "--no-pacing", "--format", "json"];

/// Begins to apply to a fresh account and returns when some filters are written.
fn begun() -> (Stage, Child) {
    let stage = Stage::slow(Scene::Fresh.account(), Duration::from_millis(60)).few();
    let running = stage.program.spawn(&APPLY);
    wait_for(&stage, "logs:PutMetricFilter", 2);
    (stage, running)
}

/// Waits until an action was called so often.
pub(super) fn wait_for(stage: &Stage, action: &str, calls: usize) {
    for _ in 0..30_000 {
        if stage.fake.count(action) >= calls {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("{action} was not called: {:?}", stage.fake.counts());
}

pub(super) fn send(signal: &str, running: &Child) {
    let sent = Command::new("kill")
        .args([signal, &running.id().to_string()])
        .status();
    assert!(sent.unwrap().success());
}

fn the_next_run_ends_it(stage: &Stage) {
    let (status, _) = stage.apply();
    assert_eq!(status, 0);
    assert_eq!((stage.fake.account(), mails(stage)), (order(), 1));
    let (_, plan) = stage.json(&["plan"]);
    assert_eq!(plan["steps"], serde_json::json!([]));
}

#[test]
fn a_run_that_is_asked_to_stop_finishes_what_it_began_and_says_what_is_left() {
    for signal in ["-INT", "-TERM"] {
        let (stage, running) = begun();
        send(signal, &running);
        let run = Run::from(running.wait_with_output().unwrap());
        assert_eq!(run.status, 130, "{run:?}");
        assert!(
            run.stderr.contains("stopping: what has begun is finished"),
            "{run:?}"
        );
        let applied = run.document();
        let count = |member: &str| applied[member].as_array().unwrap().len();
        assert_eq!(applied["interrupted"], true);
        assert_eq!(
            (count("failed"), count("done") + count("skipped")),
            (0, FEW_STEPS)
        );
        assert!(count("skipped") > 0, "{applied}");
        assert_eq!(
            stage.writes().len(),
            count("done"),
            "what was begun was finished"
        );
        the_next_run_ends_it(&stage);
    }
}

#[test]
fn a_run_that_is_killed_leaves_nothing_that_the_next_run_cannot_end() {
    let (stage, mut running) = begun();
    running.kill().unwrap();
    running.wait().unwrap();
    the_next_run_ends_it(&stage);
}

#[test]
fn a_run_that_waits_for_an_answer_stops_at_once() {
    let stage = Stage::scene(Scene::Fresh);
    stage
        .fake
        .fail("cloudtrail:GetTrailStatus", [Fault::Hang, Fault::Hang]);
    let running = stage.program.spawn(&["check"]);
    wait_for(&stage, "cloudtrail:GetTrailStatus", 1);
    send("-INT", &running);
    let run = Run::from(running.wait_with_output().unwrap());
    assert_eq!((run.status, run.stdout.as_str()), (130, ""), "{run:?}");
    assert!(run.stderr.contains("interrupted"), "{run:?}");
    assert_eq!(
        stage.fake.count("cloudtrail:GetTrailStatus"),
        1,
        "no second attempt"
    );
}

#[test]
fn a_stop_in_the_last_look_tells_what_was_done_all_the_same() {
    let stage = Stage::slow(Scene::Fresh.account(), Duration::from_millis(60)).few();
    let running = stage.program.spawn(&APPLY);
    wait_for(&stage, "logs:PutMetricFilter", 1);
    stage
        .fake
        .fail("cloudtrail:GetTrailStatus", [Fault::Hang, Fault::Hang]);
    wait_for(&stage, "cloudtrail:GetTrailStatus", 2);
    send("-INT", &running);
    let run = Run::from(running.wait_with_output().unwrap());
    assert_eq!(run.status, 130, "{run:?}");
    assert_eq!(run.document()["done"].as_array().unwrap().len(), FEW_STEPS);
    assert!(run.stderr.contains("interrupted"), "{run:?}");
}
