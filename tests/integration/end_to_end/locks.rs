//! Runs side by side: on one machine one writes at a time, and on several nothing is made twice.

use std::process::Child;
use std::time::Duration;

use cis_fix::sandbox::{SandboxAccount, Scene};

use super::alarms::account;
use super::interruptions::wait_for;
use super::program::Run;
use super::stage::Stage;
use super::writes::{mails, order};
use crate::support::fake::Fault;

/// A command that writes, and a write of it, which is never answered.
const HOLDERS: [(&str, &str); 5] = [
    ("apply", "logs:PutMetricFilter"),
    ("undo", "cloudwatch:DeleteAlarms"),
    ("mute", "cloudwatch:DisableAlarmActions"),
    ("unmute", "cloudwatch:EnableAlarmActions"),
    ("drill", "cloudwatch:SetAlarmState"),
];

const READY: [&str; 2] = ["--yes", "--no-pacing"];

/// Returns a stage on which a command has something to write.
fn ready_for(command: &str) -> Stage {
    let stage = match command {
        "apply" | "undo" => Stage::scene(Scene::Fresh).few(),
        _ => Stage::with(account()).few(),
    };
    let first = match command {
        "undo" => Some("apply"),
        "unmute" => Some("mute"),
        _ => None,
    };
    if let Some(first) = first {
        assert_eq!(stage.run(&[&[first][..], &READY].concat()).status, 0);
    }
    stage
}

#[test]
fn whatever_writes_refuses_to_write_beside_another_run_of_the_machine() {
    for (holder, write) in HOLDERS {
        let stage = ready_for(holder);
        stage.fake.fail(write, [Fault::Hang]);
        let mut running = stage.program.spawn(&[&[holder][..], &READY].concat());
        wait_for(&stage, write, 1);
        let run = stage.program.run(&[&[holder][..], &READY].concat());
        assert_eq!(
            (run.status, stage.fake.count(write)),
            (1, 1),
            "{holder}: {run:?}"
        );
        let said = "error: another run is writing to account 123456789012: process ";
        assert!(run.stderr.contains(said), "{run:?}");
        // The lock ends with whoever holds it, in whatever way.
        running.kill().unwrap();
        running.wait().unwrap();
        let run = stage.program.run(&[&[holder][..], &READY].concat());
        assert!(!run.stderr.contains("another run"), "{run:?}");
    }
}

/// Begins to apply from a machine of its own, on which nobody sees the lock of another.
fn begun(stage: &Stage, machine: &str) -> Child {
    let mut command = stage.program.command(&["apply", "--format", "json"]);
    let folder = command.get_current_dir().unwrap().join(machine);
    command
        .args(READY)
        .env("XDG_STATE_HOME", folder)
        .spawn()
        .unwrap()
}

/// Makes sure that both runs ended well and that nothing is there twice.
fn assert_converged(stage: &Stage, running: [Child; 2]) {
    for running in running {
        let run = Run::from(running.wait_with_output().unwrap());
        assert_eq!(run.status, 0, "{run:?}");
    }
    let (account, order) = (stage.fake.account(), order());
    assert_eq!(account.alarms(), order.alarms());
    assert_eq!(account.log_groups(), order.log_groups());
    let subscriptions = |account: &SandboxAccount| {
        let topics = account.topics().values();
        let held = topics.flat_map(|held| held.subscriptions.iter().flatten());
        held.map(|held| held.subscription.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(subscriptions(&account), subscriptions(&order));
    let (status, again) = stage.apply();
    assert_eq!((status, stage.writes()), (0, Vec::new()), "{again}");
}

#[test]
fn a_second_machine_makes_nothing_again_that_a_first_one_is_about_to_make() {
    for alarms in 0..=2 {
        let stage = Stage::slow(Scene::Fresh.account(), Duration::from_millis(30)).few();
        let first = begun(&stage, "one");
        wait_for(&stage, "sns:Subscribe", 1);
        wait_for(&stage, "cloudwatch:PutMetricAlarm", alarms);
        let second = begun(&stage, "two");
        assert_converged(&stage, [first, second]);
        assert_eq!(mails(&stage), 1, "{alarms}");
    }
}

#[test]
fn two_machines_in_step_make_nothing_twice_and_ask_once_each_at_most() {
    for latency in [0, 20] {
        let stage = Stage::slow(Scene::Fresh.account(), Duration::from_millis(latency)).few();
        let running = ["one", "two"].map(|machine| begun(&stage, machine));
        assert_converged(&stage, running);
        // Nobody can ask AWS to subscribe only if nobody else does so in this moment.
        assert!([1, 2].contains(&mails(&stage)));
    }
}
