//! Drills that are killed: the next run tells what they may have left in ALARM, and the next drill puts it back.

use std::collections::BTreeSet;
use std::time::Duration;

use cis_fix::model::{AlarmState, Tags};

use super::alarms::{DRILL, account, states};
use super::interruptions::wait_for;
use super::stage::Stage;
use crate::support::fake::Fault;
use crate::support::gate::Gate;

const SET: &str = "cloudwatch:SetAlarmState";
const CUT_OFF: &str = "note: the last drill was cut off while alarm `";

/// Returns a stage on which a drill was killed while an alarm was in ALARM.
fn killed() -> Stage {
    let stage = Stage::slow(account(), Duration::from_millis(20)).few();
    let gate = Gate::default();
    let held = Fault::Hold(gate.clone(), Box::new(Fault::Reset));
    stage.fake.fail("cloudwatch:DescribeAlarmHistory", [held]);
    let mut running = stage.program.spawn(&DRILL);
    wait_for(&stage, SET, 1);
    gate.wait_for_somebody();
    running.kill().unwrap();
    running.wait().unwrap();
    gate.open();
    assert_eq!(in_alarm(&stage).len(), 1);
    stage
}

/// Returns the names of the alarms that are in ALARM.
fn in_alarm(stage: &Stage) -> BTreeSet<String> {
    let account = stage.fake.account();
    let alarms = account.alarms()[account.region()].iter();
    alarms
        .filter(|(_, held)| held.state == AlarmState::Alarm)
        .map(|(name, _)| name.clone())
        .collect()
}

#[test]
fn the_next_drill_puts_back_what_a_killed_drill_left_in_alarm() {
    let stage = killed();
    let left = in_alarm(&stage).into_iter().next().unwrap();
    // What only writes tells of it and touches nothing.
    for (command, expected) in [("mute", 0), ("unmute", 0), ("apply", 0)] {
        let run = stage.run(&[command, "--yes", "--no-pacing"]);
        assert_eq!(run.status, expected, "{run:?}");
        let said = format!("{CUT_OFF}{left}` was in ALARM; CloudWatch judges it anew by itself");
        assert_eq!(run.stderr.matches(&said).count(), 1, "{run:?}");
        assert_eq!(stage.fake.count(SET), 0, "{command}");
    }
    let run = stage.run(&DRILL);
    assert_eq!(run.status, 0, "{run:?}");
    let said = format!("{CUT_OFF}{left}` was in ALARM; it was put back to INSUFFICIENT_DATA\n");
    assert_eq!(run.stderr.matches(&said).count(), 1, "{run:?}");
    assert_eq!(stage.fake.count(SET), 5, "one back, two there and back");
    assert_eq!(
        states(&stage.fake.account()),
        [AlarmState::InsufficientData].into()
    );
    for command in ["drill", "apply"] {
        let run = stage.run(&[command, "--yes", "--no-pacing"]);
        assert!(!run.stderr.contains(CUT_OFF), "{run:?}");
    }
}

#[test]
fn what_is_no_longer_as_a_killed_drill_left_it_is_not_touched() {
    type Change = fn(&mut cis_fix::sandbox::SandboxAccount, &cis_fix::model::AlarmArn);
    let changes: [Change; 4] = [
        // CloudWatch has judged it anew.
        |account, alarm| {
            account
                .drive_alarm(alarm, AlarmState::Ok, "no data")
                .unwrap();
        },
        // An event came.
        |account, alarm| {
            account
                .drive_alarm(alarm, AlarmState::Ok, "no data")
                .unwrap();
            account
                .drive_alarm(alarm, AlarmState::Alarm, "an event")
                .unwrap();
        },
        // It is somebody else's by now.
        |account, alarm| {
            let held = account.remove_alarm(alarm).unwrap();
            let arn = alarm.clone();
            let kind = held.kind;
            account.add_alarm(cis_fix::model::Alarm { arn, kind }, Tags::new());
        },
        |account, alarm| drop(account.remove_alarm(alarm)),
    ];
    for change in changes {
        let stage = killed();
        let left = in_alarm(&stage).into_iter().next().unwrap();
        stage.fake.alter(|account| {
            let arn = account.alarm_arn(&account.region().clone(), &left);
            change(account, &arn);
        });
        let before = in_alarm(&stage);
        let run = stage.run(&[&DRILL[..], &["-c", "vpc-changes"]].concat());
        let said =
            format!("{CUT_OFF}{left}` was in ALARM; it is no longer as that drill left it\n");
        assert_eq!(run.stderr.matches(&said).count(), 1, "{run:?}");
        assert_eq!(stage.fake.count(SET), 0, "{run:?}");
        assert_eq!(in_alarm(&stage), before);
        let run = stage.run(&["mute", "--yes", "--no-pacing"]);
        assert!(!run.stderr.contains(CUT_OFF), "it is told once: {run:?}");
    }
}

#[test]
fn what_cannot_be_put_back_is_told_with_the_command_to_do_it_and_tried_again() {
    let stage = killed();
    stage.fake.fail(SET, [Fault::Refuse(403, "AccessDenied")]);
    let other = [&DRILL[..], &["-c", "vpc-changes"]].concat();
    let run = stage.run(&other);
    assert!(run.stderr.contains("it could not be put back: "), "{run:?}");
    assert!(
        run.stderr.contains("--state-value INSUFFICIENT_DATA"),
        "{run:?}"
    );
    assert_eq!(in_alarm(&stage).len(), 1);
    let run = stage.run(&other);
    assert!(run.stderr.contains("it was put back to"), "{run:?}");
    assert_eq!(in_alarm(&stage).len(), 0);
}

#[test]
fn a_damaged_record_is_named_and_nothing_is_done_about_it() {
    let stage = killed();
    let (name, text) = stage
        .program
        .files()
        .into_iter()
        .find(|(name, _)| name.contains("alarms/"))
        .unwrap();
    stage.program.put(&name, &text.replace("ALARM", "ALAMR"));
    for command in ["mute", "drill"] {
        let run = stage.run(&[command, "--yes", "--no-pacing", "-c", "vpc-changes"]);
        assert_eq!(
            run.stderr.matches("note: the journal `").count(),
            1,
            "{run:?}"
        );
        assert!(run.stderr.contains("is damaged: line 2: "), "{run:?}");
        assert_eq!(stage.fake.count(SET), 0);
    }
}
