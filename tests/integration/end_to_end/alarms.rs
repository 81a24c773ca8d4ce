//! `mute`, `unmute` and `drill` against the stand-in for AWS: whose alarms they touch, what they tell, how they stop.

use std::collections::BTreeSet;
use std::time::Duration;

use cis_fix::model::{Alarm, AlarmKind, AlarmState, CallErrorKind, Tags, Topic};
use cis_fix::sandbox::SandboxAccount;
use serde_json::Value;

use super::interruptions::{send, wait_for};
use super::program::{FEW, Run};
use super::stage::{Stage, satisfying, topic};
use crate::support::fake::Fault;

const MUTE: [&str; 3] = ["mute", "--yes", "--no-pacing"];
const UNMUTE: [&str; 3] = ["unmute", "--yes", "--no-pacing"];
pub(super) const DRILL: [&str; 5] = ["drill", "--yes", "--no-pacing", "--timeout", "2"];

/// The control whose alarm somebody else made.
const FOREIGN: &str = "vpc-changes";

/// An account in order: two alarms of ours, one of somebody else on which a control relies, and one that has
/// nothing to do with any.
pub(super) fn account() -> SandboxAccount {
    let mut account = satisfying(FEW);
    let region = account.region().clone();
    let ours = names(&account, FOREIGN);
    let held = account
        .remove_alarm(&account.alarm_arn(&region, &ours))
        .unwrap();
    for name in ["their_alarm", "unrelated"] {
        let mut kind = held.kind.clone();
        if let AlarmKind::Metric(settings) = &mut kind
            && let cis_fix::model::MetricQuery::Single { metric, .. } = &mut settings.query
            && name == "unrelated"
        {
            "unrelated".clone_into(&mut metric.name);
        }
        let arn = account.alarm_arn(&region, name);
        account.add_alarm(Alarm { arn, kind }, Tags::new());
    }
    account.confirm_subscriptions(&topic(&account));
    account
}

/// Returns the name of the alarm of a control.
fn names(account: &SandboxAccount, control: &str) -> String {
    let alarms = &account.alarms()[account.region()];
    let mut found = alarms.iter().filter(|(_, held)| {
        let tags = held.tags.as_ref().unwrap();
        tags.get("cis-fix").is_some_and(|owner| owner == control)
    });
    found.next().unwrap().0.clone()
}

fn stage() -> Stage {
    Stage::with(account()).few()
}

/// Returns the names of the alarms whose actions are enabled.
fn enabled(account: &SandboxAccount) -> BTreeSet<String> {
    let alarms = account.alarms()[account.region()].iter();
    alarms
        .filter(|(_, held)| match &held.kind {
            AlarmKind::Metric(settings) => settings.actions_enabled,
            AlarmKind::Composite | AlarmKind::Log => false,
        })
        .map(|(name, _)| name.clone())
        .collect()
}

pub(super) fn states(account: &SandboxAccount) -> BTreeSet<AlarmState> {
    let alarms = account.alarms()[account.region()].values();
    alarms.map(|held| held.state).collect()
}

fn alter_alarm(stage: &Stage, name: &str, change: impl FnOnce(&mut cis_fix::model::MetricAlarm)) {
    stage.fake.alter(|account| {
        let arn = account.alarm_arn(&account.region().clone(), name);
        let held = account.remove_alarm(&arn).unwrap();
        let AlarmKind::Metric(mut settings) = held.kind else {
            panic!("an alarm on a metric");
        };
        change(&mut settings);
        let kind = AlarmKind::Metric(settings);
        account.add_alarm(Alarm { arn, kind }, held.tags.unwrap());
    });
}

fn results(document: &Value) -> BTreeSet<(String, String)> {
    let alarms = document["alarms"].as_array().unwrap().iter();
    alarms
        .map(|alarm| {
            let text = |name: &str| alarm[name].as_str().unwrap_or_default().to_owned();
            let reason = text("reason");
            let result = text("result");
            let said = if reason.is_empty() {
                result
            } else {
                format!("{result}: {reason}")
            };
            (text("control"), said)
        })
        .collect()
}

fn pairs<const N: usize>(pairs: [(&str, &str); N]) -> BTreeSet<(String, String)> {
    let owned = pairs.map(|(control, result)| (control.to_owned(), result.to_owned()));
    owned.into()
}

#[test]
fn only_the_controls_own_alarms_are_muted_and_unmuted() {
    let stage = stage();
    let before = stage.fake.account();
    let (status, muted) = stage.json(&MUTE);
    assert_eq!(status, 0, "{muted}");
    assert_eq!(
        results(&muted),
        pairs([
            ("network-acl-changes", "done"),
            ("root-account-usage", "done")
        ])
    );
    assert_eq!(muted["left_alone"][0]["name"], "their_alarm");
    assert_eq!(muted["left_alone"][0]["controls"][0], FOREIGN);
    assert_eq!(muted["left_alone"].as_array().unwrap().len(), 1);
    assert_eq!(stage.fake.count("cloudwatch:DisableAlarmActions"), 1);
    let expected: BTreeSet<String> = ["their_alarm", "unrelated"].map(str::to_owned).into();
    assert_eq!(enabled(&stage.fake.account()), expected);

    let (status, again) = stage.json(&MUTE);
    assert_eq!(status, 0);
    assert_eq!(
        results(&again),
        pairs([
            ("network-acl-changes", "already"),
            ("root-account-usage", "already")
        ])
    );
    assert_eq!(stage.fake.count("cloudwatch:DisableAlarmActions"), 0);
    assert_eq!(again["journal"], Value::Null);

    let (status, unmuted) = stage.json(&UNMUTE);
    assert_eq!((status, unmuted["command"].as_str()), (0, Some("unmute")));
    assert_eq!(stage.fake.account(), before);
}

#[test]
fn the_chosen_controls_alone_are_muted() {
    let stage = stage();
    let (status, muted) = stage.json(&[&MUTE[..], &["-c", "root-account-usage"]].concat());
    assert_eq!(
        (status, results(&muted)),
        (0, pairs([("root-account-usage", "done")]))
    );
    assert_eq!(muted["left_alone"], Value::Array(Vec::new()));
    let (_, muted) = stage.json(&[&MUTE[..], &["--skip", "network-acl-changes"]].concat());
    assert_eq!(results(&muted), pairs([("root-account-usage", "already")]));
}

#[test]
fn a_failed_switch_is_told_and_a_lost_answer_is_read_back() {
    let stage = stage();
    let action = "cloudwatch:DisableAlarmActions";
    stage
        .fake
        .fail(action, [Fault::Refuse(403, "AccessDenied")]);
    let (status, muted) = stage.json(&MUTE);
    assert_eq!((status, &muted["summary"]["failed"]), (3, &Value::from(2)));
    assert_eq!(muted["alarms"][0]["error"]["kind"], "denied");
    stage.fake.fail(action, vec![Fault::ResetAfter; 8]);
    let (status, muted) = stage.json(&MUTE);
    assert_eq!(
        (status, &muted["summary"]["done"]),
        (0, &Value::from(2)),
        "{muted}"
    );
}

#[test]
fn an_alarm_whose_owner_nobody_could_read_is_left_alone() {
    let stage = stage();
    let name = names(&stage.fake.account(), "root-account-usage");
    stage.fake.alter(|account| {
        let arn = account
            .alarm_arn(&account.region().clone(), &name)
            .to_string();
        let denied = cis_fix::model::CallError::new(
            "cloudwatch:ListTagsForResource",
            CallErrorKind::Denied,
            "no",
        );
        account.add_unreadable(Some(&arn), denied.with_code("AccessDenied"));
    });
    let (status, muted) = stage.json(&MUTE);
    assert_eq!(status, 5, "{muted}");
    assert_eq!(results(&muted), pairs([("network-acl-changes", "done")]));
    let unknown = muted["left_alone"].as_array().unwrap();
    assert!(
        unknown
            .iter()
            .any(|alarm| alarm["name"] == *name && alarm["reason"] == "unknown")
    );
    assert!(enabled(&stage.fake.account()).contains(&name));
}

#[test]
fn without_consent_or_a_journal_nothing_is_switched_or_driven() {
    let stage = stage();
    let before = stage.fake.account();
    for command in ["mute", "unmute", "drill"] {
        let run = stage.run(&[command]);
        assert_eq!((run.status, run.stdout.as_str()), (64, ""), "{run:?}");
    }
    stage.program.put("taken", "");
    for command in ["mute", "drill"] {
        let run = stage.run(&[command, "--yes", "--journal", "taken"]);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(
            run.stderr.contains("nothing was written to the account"),
            "{run:?}"
        );
    }
    assert_eq!(stage.fake.account(), before);
}

#[test]
fn a_drill_shows_that_the_message_goes_out_and_puts_everything_back() {
    let stage = stage();
    let before = states(&stage.fake.account());
    let run = stage.run(
        &[
            &DRILL[..],
            &["--format", "json", "--journal", "drill.jsonl"],
        ]
        .concat(),
    );
    let drilled = run.document();
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(
        results(&drilled),
        pairs([
            ("network-acl-changes", "published"),
            ("root-account-usage", "published")
        ])
    );
    for alarm in drilled["alarms"].as_array().unwrap() {
        assert_eq!(alarm["topics"][0]["confirmed_subscriptions"], 1, "{alarm}");
        assert_eq!(alarm["topics"][0]["notification"], "published");
        assert_eq!(alarm["previous_state"], "INSUFFICIENT_DATA");
        assert_eq!(alarm["back"]["restored"], true);
    }
    assert_eq!(states(&stage.fake.account()), before);
    assert_eq!(stage.fake.count("cloudwatch:SetAlarmState"), 4);
    let driven: BTreeSet<String> = stage
        .fake
        .calls()
        .iter()
        .filter(|call| call.action() == "cloudwatch:SetAlarmState")
        .map(|call| format!("{:?}", call.members["AlarmName"]))
        .collect();
    assert_eq!(driven.len(), 2, "{driven:?}");
    assert!(!format!("{driven:?}").contains("their"), "{driven:?}");
    let journal = stage.program.get("drill.jsonl");
    let events = |event: &str| journal.matches(&format!("\"event\":\"{event}\"")).count();
    assert_eq!(
        ["begin", "intent", "outcome", "end"].map(events),
        [1, 4, 4, 1]
    );
    assert!(
        journal.contains("\"previous\":\"INSUFFICIENT_DATA\",\"state\":\"ALARM\""),
        "{journal}"
    );
}

#[test]
fn a_message_that_the_topic_does_not_take_is_a_gap_with_the_reason() {
    let stage = stage();
    stage.fake.alter(|account| {
        let arn = topic(account);
        let held = account.remove_topic(&arn).unwrap();
        let closed = Topic {
            arn,
            policy: r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned(),
            kms_key: None,
        };
        account.add_topic(closed, held.tags.unwrap());
    });
    let (status, drilled) = stage.json(&[&DRILL[..], &["-c", "root-account-usage"]].concat());
    assert_eq!(status, 2, "{drilled}");
    let alarm = &drilled["alarms"][0];
    assert_eq!(alarm["result"], "not_published");
    assert_eq!(alarm["topics"][0]["notification"], "failed");
    let said = alarm["topics"][0]["message"].as_str().unwrap();
    assert!(
        said.contains("not authorized to perform: SNS:Publish"),
        "{said}"
    );
    assert_eq!(alarm["back"]["restored"], true);
}

#[test]
fn a_message_that_nobody_hears_is_a_gap() {
    let stage = Stage::with(satisfying(FEW)).few();
    let arn = topic(&stage.fake.account());
    stage.fake.alter(|account| {
        let held = account.remove_topic(&arn).unwrap();
        let attributes = held.attributes.unwrap();
        let topic = Topic {
            arn: arn.clone(),
            policy: attributes.policy,
            kms_key: None,
        };
        account.add_topic(topic, held.tags.unwrap());
    });
    let (status, drilled) = stage.json(&[&DRILL[..], &["-c", "root-account-usage"]].concat());
    assert_eq!(status, 2, "{drilled}");
    let alarm = &drilled["alarms"][0];
    assert_eq!(
        (
            &alarm["result"],
            &alarm["topics"][0]["confirmed_subscriptions"]
        ),
        (&"published".into(), &0.into())
    );
}

#[test]
fn alarms_that_do_more_than_publish_or_would_not_notify_are_not_driven() {
    let stage = stage();
    let (root, acl) = {
        let account = stage.fake.account();
        (
            names(&account, "root-account-usage"),
            names(&account, "network-acl-changes"),
        )
    };
    let stop = "arn:aws:automate:us-east-1:ec2:stop".to_owned();
    // What it does when it comes back counts too.
    alter_alarm(&stage, &root, |settings| {
        settings.ok_actions.push(stop.clone());
    });
    alter_alarm(&stage, &acl, |settings| settings.actions_enabled = false);
    let (status, drilled) = stage.json(&DRILL);
    assert_eq!(status, 3, "{drilled}");
    assert_eq!(stage.fake.count("cloudwatch:SetAlarmState"), 0);
    assert_eq!(
        results(&drilled),
        pairs([
            ("network-acl-changes", "not_driven: muted"),
            ("root-account-usage", "not_driven: other_actions"),
        ])
    );
    alter_alarm(&stage, &root, |settings| settings.ok_actions.clear());
    stage.fake.alter(|account| {
        let arn = account.alarm_arn(&account.region().clone(), &root);
        account
            .drive_alarm(&arn, AlarmState::Alarm, "an event")
            .unwrap();
    });
    let (status, drilled) = stage.json(&[&DRILL[..], &["-c", "root-account-usage"]].concat());
    assert_eq!(
        (status, results(&drilled)),
        (3, pairs([("root-account-usage", "not_driven: in_alarm")]))
    );
    assert_eq!(stage.fake.count("cloudwatch:SetAlarmState"), 0);
}

#[test]
fn an_alarm_that_cannot_be_put_back_is_told_with_the_command_to_do_it() {
    let stage = stage();
    let fault = Fault::Refuse(403, "AccessDenied");
    let running = {
        // The first call drives the alarm; all that follow are refused.
        stage
            .fake
            .fail_after("cloudwatch:SetAlarmState", 1, vec![fault; 9]);
        stage.json(&[&DRILL[..], &["-c", "root-account-usage"]].concat())
    };
    let (status, drilled) = running;
    assert_eq!(status, 3, "{drilled}");
    let back = &drilled["alarms"][0]["back"];
    assert_eq!(
        (&back["restored"], &back["state"]),
        (&false.into(), &"ALARM".into())
    );
    let command = back["by_hand"].as_str().unwrap();
    assert!(
        command.starts_with("aws cloudwatch set-alarm-state --region us-east-1 --alarm-name '"),
        "{command}"
    );
    assert!(
        command.contains("--state-value INSUFFICIENT_DATA"),
        "{command}"
    );
    assert!(states(&stage.fake.account()).contains(&AlarmState::Alarm));
}

#[test]
fn errors_on_the_way_leave_nothing_in_alarm() {
    let drive = "cloudwatch:SetAlarmState";
    let history = "cloudwatch:DescribeAlarmHistory";
    let cases: [(&str, usize, Vec<Fault>, i32); 5] = [
        (drive, 0, vec![Fault::Refuse(403, "AccessDenied")], 3),
        // The answer is lost, and what happened is found out.
        (drive, 0, vec![Fault::ResetAfter], 0),
        (drive, 1, vec![Fault::ResetAfter], 0),
        (history, 0, vec![Fault::Refuse(403, "AccessDenied"); 9], 3),
        (
            history,
            0,
            vec![Fault::Refuse(400, "ThrottlingException"); 2],
            0,
        ),
    ];
    for (action, after, faults, expected) in cases {
        let stage = stage();
        let told = format!("{action} {after} {faults:?}");
        stage.fake.fail_after(action, after, faults);
        let (status, drilled) = stage.json(&[&DRILL[..], &["-c", "root-account-usage"]].concat());
        assert_eq!(status, expected, "{told}: {drilled}");
        assert!(
            !states(&stage.fake.account()).contains(&AlarmState::Alarm),
            "{told}"
        );
    }
}

#[test]
fn an_interrupted_drill_puts_back_what_is_in_alarm() {
    for signal in ["-INT", "-TERM"] {
        let stage = Stage::slow(account(), Duration::from_millis(150)).few();
        let running = stage
            .program
            .spawn(&[&DRILL[..], &["--format", "json"]].concat());
        wait_for(&stage, "cloudwatch:SetAlarmState", 1);
        send(signal, &running);
        let run = Run::from(running.wait_with_output().unwrap());
        assert_eq!(run.status, 130, "{run:?}");
        let drilled = run.document();
        assert_eq!(drilled["interrupted"], true);
        let left: Vec<_> = results(&drilled)
            .into_iter()
            .filter(|(_, result)| result == "not_driven: interrupted")
            .collect();
        assert_eq!(left.len(), 1, "{drilled}");
        assert_eq!(
            states(&stage.fake.account()),
            [AlarmState::InsufficientData].into()
        );
        assert_eq!(stage.fake.count("cloudwatch:SetAlarmState"), 2);
    }
}

#[test]
fn the_sandbox_drills_by_the_same_rules() {
    let stage = stage();
    let account = stage.fake.account();
    stage
        .program
        .put("account.json", &cis_fix::sandbox::format::to_text(&account));
    let sandbox = ["--sandbox=account.json", "--format", "json"];
    let program = |command: &[&str]| {
        let run = stage.program.run(&[command, &sandbox].concat());
        let mut document = run.document();
        document["journal"] = Value::Null;
        (run.status, document)
    };
    // The sandbox is not reached over the network, and nothing else makes a difference.
    let unset = ["drill", "--yes", "--timeout", "2"];
    let (status, mut over_the_wire) = stage.json(&DRILL);
    over_the_wire["journal"] = Value::Null;
    assert_eq!(program(&unset), (status, over_the_wire));
    let (status, muted) = program(&["mute", "--yes"]);
    assert_eq!((status, &muted["summary"]["done"]), (0, &2.into()));
    let (_, again) = program(&["mute", "--yes"]);
    assert_eq!(again["summary"]["already"], 2);
    let (_, drilled) = program(&unset);
    assert_eq!(drilled["summary"]["not_driven"], 2);
}
