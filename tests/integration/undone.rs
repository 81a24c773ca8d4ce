//! An undo takes back what one apply did, and nothing that is somebody else's by now.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops at what it cannot use"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cis_fix::apply::apply;
use cis_fix::consent::{Answer, approve, approve_undo};
use cis_fix::desired::Desired;
use cis_fix::journal::{Entry, History, Recovery};
use cis_fix::model::{
    Alarm, AlarmKind, CallError, CallErrorKind, Endpoint, MetricFilter, Protocol, Subscription,
    SubscriptionState, Tags,
};
use cis_fix::outcome::{Fate, SkipReason};
use cis_fix::plan::Plan;
use cis_fix::reversal::{LeftReason, PendingEnd, UndoOutcome, UndoPlan};
use cis_fix::sandbox::rehearsal::{self, Rehearsal, When};
use cis_fix::sandbox::{Sandbox, SandboxAccount, Scene};
use cis_fix::undo::{Request, facts, recovery, recovery_of_undo, undo, undo_plan};

use crate::world::{
    Memory, SETTINGS, Unattended, alter_alarm, desired, judge, log_group,
    not_taken_back as failures, region, run, satisfied, topic, undo_by, undo_plan_of,
};

static DESIRED: LazyLock<Desired> = LazyLock::new(|| {
    let mut desired = desired(SETTINGS);
    desired.controls.truncate(3);
    desired
});

/// Applies what is to be done and returns the account that comes of it, with what the journal tells.
fn applied(before: &SandboxAccount, desired: &Desired) -> (SandboxAccount, History, Plan) {
    let plan = judge(before, desired).plan;
    let memory = Memory::of(&plan);
    let sandbox = Sandbox::new(before.clone());
    let approved = approve(plan.clone(), Answer::All).unwrap();
    run(apply(&sandbox, &memory, approved, &Unattended));
    (sandbox.into_account(), memory.history(), plan)
}

fn undone(after: &SandboxAccount, history: &History) -> (SandboxAccount, UndoOutcome) {
    let sandbox = Sandbox::new(after.clone());
    let outcome = undo_by(&sandbox, history);
    (sandbox.into_account(), outcome)
}

/// Returns what is left alone, by step.
fn left(plan: &UndoPlan) -> Vec<(String, LeftReason)> {
    let left = plan.left.iter();
    left.map(|left| (left.id.to_string(), left.reason.clone()))
        .collect()
}

/// Returns an account in which things of ours are not as they were made.
fn drifted() -> SandboxAccount {
    let mut account = satisfied(&DESIRED);
    let filters = account.log_groups()[&log_group()].filters.clone().unwrap();
    let filter = MetricFilter {
        pattern: "{ $.a = 1 }".to_owned(),
        ..filters["root_usage_metric"].clone()
    };
    account.add_filter(&log_group(), filter);
    let name = "unauthorized_api_calls_alarm";
    let alarm = account.alarm_arn(&region(), name);
    let held = account.alarms()[&region()][name].clone();
    let AlarmKind::Metric(mut settings) = held.kind else {
        panic!("{name}");
    };
    settings.threshold = Some(7.0);
    settings.actions_enabled = false;
    settings.ok_actions = vec![topic("cis-alarms").to_string()];
    account
        .put_metric_alarm(&alarm, *settings, Tags::new())
        .unwrap();
    let denies = r#"{"Version":"2008-10-17","Statement":[]}"#;
    account
        .set_topic_policy(&topic("cis-alarms"), denies)
        .unwrap();
    account
}

#[test]
fn apply_and_undo_leave_an_account_as_it_was() {
    let whole = desired(SETTINGS);
    let mut no_alarm = satisfied(&whole);
    no_alarm.remove_alarm(&no_alarm.alarm_arn(&region(), "root_usage_alarm"));
    let worlds = [
        ("fresh", Scene::Fresh.account()),
        ("messy", Scene::Messy.account()),
        ("drifted", drifted()),
        ("no alarm", no_alarm),
    ];
    for (name, before) in worlds {
        let (after, history, plan) = applied(&before, &whole);
        assert!(!plan.steps.is_empty() && after != before, "{name}");
        let (end, outcome) = undone(&after, &history);
        assert_eq!(failures(&outcome), Vec::<String>::new(), "{name}");
        // A pending subscription of a topic that stays has no name to be removed by.
        let pending = left(&outcome.plan);
        let stays = |(_, reason): &(String, LeftReason)| {
            *reason == LeftReason::Pending(PendingEnd::ByItself)
        };
        if pending.iter().any(stays) {
            continue;
        }
        assert_eq!(end, before, "{name}: {pending:?}");
        let again = undo_plan_of(&Sandbox::new(end), &history);
        assert_eq!(again.steps, Vec::new(), "{name}");
        let known = [LeftReason::Gone, LeftReason::Restored];
        assert!(
            again.left.iter().all(|left| known.contains(&left.reason)),
            "{name}"
        );
    }
}

#[test]
fn alarms_go_before_their_filters_and_the_topic_goes_last() {
    let (mut after, history, made) = applied(&Scene::Fresh.account(), &DESIRED);
    after.confirm_subscriptions(&topic("cis-alarms"));
    let plan = undo_plan_of(&Sandbox::new(after), &history);
    let kinds: Vec<&str> = plan.steps.iter().map(|step| step.reversal.name()).collect();
    let count = |action: &str| {
        let steps = made.steps.iter();
        steps.filter(|step| step.action.name() == action).count()
    };
    assert_eq!(count("put_alarm"), 3);
    let expected = [
        vec!["delete_alarm"; count("put_alarm")],
        vec!["delete_metric_filter"; count("put_metric_filter")],
        vec!["unsubscribe", "delete_topic"],
    ];
    assert_eq!(kinds, expected.concat());
    let last = plan.steps.last().unwrap();
    assert_eq!(last.needs.len(), 4, "{:?}", last.needs);
    let filter = &plan.steps[3];
    assert_eq!(filter.needs.len(), 1, "{:?}", filter.needs);
}

#[test]
fn what_was_there_before_the_apply_is_not_touched() {
    let mut before = satisfied(&DESIRED);
    before.remove_alarm(&before.alarm_arn(&region(), "root_usage_alarm"));
    let (after, history, plan) = applied(&before, &DESIRED);
    assert_eq!(plan.steps.len(), 1);
    let (end, outcome) = undone(&after, &history);
    assert_eq!(outcome.results.len(), 1);
    assert_eq!(end, before);
}

/// Something that somebody does after the apply, and what is left alone for it.
type Interference = (
    &'static str,
    fn(&mut SandboxAccount),
    Vec<(&'static str, LeftReason)>,
);

fn change_alarm(
    account: &mut SandboxAccount,
    change: impl FnOnce(&mut cis_fix::model::MetricAlarm),
) {
    let name = "root_usage_alarm";
    let AlarmKind::Metric(mut settings) = account.alarms()[&region()][name].kind.clone() else {
        panic!("{name}");
    };
    change(&mut settings);
    let alarm = account.alarm_arn(&region(), name);
    account
        .put_metric_alarm(&alarm, *settings, Tags::new())
        .unwrap();
}

fn interferences() -> Vec<Interference> {
    [interferences_with_alarms(), interferences_with_topics()].concat()
}

/// What somebody does with filters and alarms.
fn interferences_with_alarms() -> Vec<Interference> {
    let pending = LeftReason::Pending(PendingEnd::ByItself);
    let subscription = "subscription/cis-alarms/email-1";
    vec![
        (
            "a filter is changed",
            |account| {
                let filters = account.log_groups()[&log_group()].filters.clone().unwrap();
                let filter = MetricFilter {
                    pattern: "{ $.mine = 1 }".to_owned(),
                    ..filters["root_usage_metric"].clone()
                };
                account.add_filter(&log_group(), filter);
            },
            vec![("filter/root_usage_metric", LeftReason::Changed)],
        ),
        (
            "an alarm is changed, which needs its filter and its topic",
            |account| change_alarm(account, |alarm| alarm.threshold = Some(9.0)),
            vec![
                ("alarm/root_usage_alarm", LeftReason::Changed),
                (
                    "filter/root_usage_metric",
                    LeftReason::Used(vec!["root_usage_alarm".to_owned()]),
                ),
                (subscription, pending.clone()),
                (
                    "topic/cis-alarms",
                    LeftReason::Used(vec!["root_usage_alarm".to_owned()]),
                ),
            ],
        ),
        (
            "the alarm of somebody else uses the topic",
            |account| {
                let AlarmKind::Metric(mut settings) =
                    account.alarms()[&region()]["root_usage_alarm"].kind.clone()
                else {
                    panic!("a metric alarm");
                };
                settings.alarm_actions.clear();
                settings.ok_actions = vec![topic("cis-alarms").to_string()];
                let arn = account.alarm_arn(&region(), "theirs");
                account.add_alarm(
                    Alarm {
                        arn,
                        kind: AlarmKind::Metric(settings),
                    },
                    Tags::new(),
                );
            },
            vec![
                (subscription, pending.clone()),
                (
                    "topic/cis-alarms",
                    LeftReason::Used(vec!["theirs".to_owned()]),
                ),
            ],
        ),
    ]
}

/// What somebody does with the topic, or with everything.
fn interferences_with_topics() -> Vec<Interference> {
    let pending = LeftReason::Pending(PendingEnd::ByItself);
    let subscription = "subscription/cis-alarms/email-1";
    vec![
        (
            "a composite alarm might use the topic",
            |account| {
                let arn = account.alarm_arn(&region(), "composite");
                account.add_alarm(
                    Alarm {
                        arn,
                        kind: AlarmKind::Composite,
                    },
                    Tags::new(),
                );
            },
            vec![
                (subscription, pending.clone()),
                (
                    "topic/cis-alarms",
                    LeftReason::MayBeUsed("composite".to_owned()),
                ),
            ],
        ),
        (
            "somebody else is subscribed",
            |account| {
                let endpoint = Endpoint::parse(Protocol::Email, "other@example.com").unwrap();
                let state = SubscriptionState::Pending;
                account.add_subscription(&topic("cis-alarms"), Subscription { endpoint, state });
            },
            vec![
                (subscription, pending.clone()),
                ("topic/cis-alarms", LeftReason::OthersSubscribed(1)),
            ],
        ),
        (
            "the policy of the topic is changed",
            |account| {
                let policy = r#"{"Version":"2008-10-17","Statement":[]}"#;
                account
                    .set_topic_policy(&topic("cis-alarms"), policy)
                    .unwrap();
            },
            vec![
                (subscription, pending),
                ("topic/cis-alarms", LeftReason::Changed),
            ],
        ),
        (
            "everything is removed",
            |account| *account = Scene::Fresh.account(),
            vec![
                ("alarm/root_usage_alarm", LeftReason::Gone),
                ("filter/root_usage_metric", LeftReason::Gone),
                (subscription, LeftReason::Gone),
                ("topic/cis-alarms", LeftReason::Gone),
            ],
        ),
    ]
}

#[test]
fn what_somebody_changed_or_uses_since_is_left_alone() {
    for (name, interfere, expected) in interferences() {
        let (mut after, history, _) = applied(&Scene::Fresh.account(), &DESIRED);
        interfere(&mut after);
        let plan = undo_plan_of(&Sandbox::new(after.clone()), &history);
        let reasons = left(&plan);
        let concerned: Vec<_> = reasons
            .iter()
            .filter(|(id, _)| expected.iter().any(|(wanted, _)| wanted == id))
            .map(|(id, reason)| (id.as_str(), reason.clone()))
            .collect();
        assert_eq!(concerned, expected, "{name}");
        let (end, outcome) = undone_if_any(&after, &history);
        assert_eq!(
            outcome
                .map(|outcome| failures(&outcome))
                .unwrap_or_default(),
            Vec::<String>::new(),
            "{name}"
        );
        for (step, reason) in &expected {
            let name = step.rsplit('/').next().unwrap();
            if *reason == LeftReason::Gone {
                continue;
            }
            match step.split('/').next().unwrap() {
                "alarm" => assert_eq!(
                    end.alarms()[&region()].get(name),
                    after.alarms()[&region()].get(name)
                ),
                "topic" => assert_eq!(end.topics()[&topic(name)], after.topics()[&topic(name)]),
                _ => {}
            }
        }
        if after
            .alarms()
            .get(&region())
            .is_some_and(|alarms| alarms.contains_key("theirs"))
        {
            assert_eq!(
                end.alarms()[&region()]["theirs"],
                after.alarms()[&region()]["theirs"]
            );
        }
    }
}

fn undone_if_any(
    after: &SandboxAccount,
    history: &History,
) -> (SandboxAccount, Option<UndoOutcome>) {
    let plan = undo_plan_of(&Sandbox::new(after.clone()), history);
    if plan.steps.is_empty() {
        return (after.clone(), None);
    }
    let (end, outcome) = undone(after, history);
    (end, Some(outcome))
}

#[test]
fn a_topic_that_others_use_goes_when_it_is_asked_for_by_name() {
    let (mut after, history, _) = applied(&Scene::Fresh.account(), &DESIRED);
    let endpoint = Endpoint::parse(Protocol::Email, "other@example.com").unwrap();
    let state = SubscriptionState::Pending;
    after.add_subscription(&topic("cis-alarms"), Subscription { endpoint, state });
    let sandbox = Sandbox::new(after);
    let found = run(facts(&sandbox, history.written()));
    let request = Request {
        topics: BTreeSet::from(["cis-alarms".to_owned()]),
    };
    let plan = undo_plan(&history, &found, &request);
    let pending = LeftReason::Pending(PendingEnd::WithTopic);
    assert_eq!(
        left(&plan),
        [("subscription/cis-alarms/email-1".to_owned(), pending)]
    );
    let approved = approve_undo(plan, &Answer::All).unwrap();
    let outcome = run(undo(&sandbox, &Memory::default(), approved, &Unattended));
    assert_eq!(failures(&outcome), Vec::<String>::new());
    assert_eq!(sandbox.into_account(), Scene::Fresh.account());
}

#[test]
fn what_changes_between_the_plan_and_its_turn_is_left_alone() {
    for (name, interfere, expected) in interferences() {
        let (after, history, _) = applied(&Scene::Fresh.account(), &DESIRED);
        let plan = undo_plan_of(&Sandbox::new(after.clone()), &history);
        let mut changed = after;
        interfere(&mut changed);
        let sandbox = Sandbox::new(changed.clone());
        let approved = approve_undo(plan, &Answer::All).unwrap();
        let outcome = run(undo(&sandbox, &Memory::default(), approved, &Unattended));
        for result in &outcome.results {
            let wanted = expected
                .iter()
                .find(|(id, _)| *id == result.step.id().as_str());
            match (wanted.map(|(_, reason)| reason), &result.fate) {
                // That an alarm still needs it is seen when the plan is made.
                (None | Some(LeftReason::Gone | LeftReason::Used(_)), Fate::Done)
                | (Some(_), Fate::Skipped(SkipReason::Changed | SkipReason::Needs(_))) => {}
                other => panic!("{name}: {}: {other:?}", result.step.id()),
            }
        }
    }
}

#[test]
fn a_lost_answer_is_read_back_and_an_undo_that_stops_anywhere_is_ended_by_the_next() {
    let fresh = Scene::Fresh.account();
    let (mut after, history, _) = applied(&fresh, &DESIRED);
    after.confirm_subscriptions(&topic("cis-alarms"));
    let steps = undo_plan_of(&Sandbox::new(after.clone()), &history)
        .steps
        .len();
    let mut cases = 0;
    for write in 1..=steps {
        for (kind, outcome) in [
            (CallErrorKind::Timeout, rehearsal::Outcome::Lost),
            (CallErrorKind::Service, rehearsal::Outcome::Refused),
            (CallErrorKind::Conflict, rehearsal::Outcome::Refused),
        ] {
            let error = CallError::new("any:Write", kind, "once");
            let account = Rehearsal::new(Sandbox::new(after.clone())).failing(
                When::Write(write),
                outcome,
                error,
            );
            let outcome = undo_by(&account, &history);
            assert_eq!(
                failures(&outcome),
                Vec::<String>::new(),
                "write {write}, {kind}"
            );
            assert_eq!(account.into_account().into_account(), fresh);
            cases += 1;
        }
        let denied = CallError::new("any:Write", CallErrorKind::Denied, "no");
        let account = Rehearsal::new(Sandbox::new(after.clone())).failing(
            When::FromWrite(write),
            rehearsal::Outcome::Refused,
            denied,
        );
        let outcome = undo_by(&account, &history);
        assert!(!failures(&outcome).is_empty());
        let (end, outcome) = undone(&account.into_account().into_account(), &history);
        assert_eq!(
            failures(&outcome),
            Vec::<String>::new(),
            "from write {write} on"
        );
        assert_eq!(end, fresh);
        cases += 1;
    }
    println!("{cases} failures of {steps} steps");
}

#[test]
fn a_topic_is_removed_although_an_alarm_that_was_put_back_names_it() {
    let mut before = satisfied(&DESIRED);
    before.remove_topic(&topic("cis-alarms"));
    for control in &DESIRED.controls[1..] {
        before.remove_alarm(&before.alarm_arn(&region(), control.alarm.name.as_str()));
    }
    // It names the topic, although not for when it fires.
    alter_alarm(&mut before, &DESIRED.controls[0], |alarm| {
        alarm.ok_actions = std::mem::take(&mut alarm.alarm_actions);
    });
    let (after, history, _) = applied(&before, &DESIRED);
    let denied = CallError::new("sns:DeleteTopic", CallErrorKind::Denied, "no");
    let when = When::Calling(denied.action.clone());
    let cut_off =
        Rehearsal::new(Sandbox::new(after)).failing(when, rehearsal::Outcome::Refused, denied);
    assert_eq!(failures(&undo_by(&cut_off, &history)).len(), 1, "the topic");
    let (end, outcome) = undone(&cut_off.into_account().into_account(), &history);
    assert_eq!(failures(&outcome), Vec::<String>::new());
    assert_eq!(end, before);
}

#[test]
fn nothing_is_taken_back_that_was_not_recorded_first() {
    let (after, history, _) = applied(&Scene::Fresh.account(), &DESIRED);
    let plan = undo_plan_of(&Sandbox::new(after.clone()), &history);
    for room in 0..=2 * plan.steps.len() {
        let memory = Memory::default();
        memory.room.set(Some(room));
        let account = Rehearsal::new(Sandbox::new(after.clone()));
        let approved = approve_undo(plan.clone(), &Answer::All).unwrap();
        let outcome = run(undo(&account, &memory, approved, &Unattended));
        let intents = memory.text.borrow().matches("\"event\":\"intent\"").count();
        let reversals: BTreeSet<_> = plan
            .steps
            .iter()
            .map(|step| step.reversal.permission())
            .collect();
        let writes: usize = reversals.iter().map(|action| account.count(action)).sum();
        assert_eq!(writes, intents, "room for {room}");
        assert_eq!(outcome.unrecorded.is_none(), room == 2 * plan.steps.len());
    }
}

#[test]
fn what_could_not_be_looked_at_is_left_alone() {
    let (after, history, _) = applied(&Scene::Fresh.account(), &DESIRED);
    for action in [
        "cloudwatch:DescribeAlarms",
        "logs:DescribeMetricFilters",
        "sns:GetTopicAttributes",
    ] {
        let denied = CallError::new(action, CallErrorKind::Denied, "no");
        let account = Rehearsal::new(Sandbox::new(after.clone())).failing(
            When::Calling(action.to_owned()),
            rehearsal::Outcome::Refused,
            denied.clone(),
        );
        let plan = undo_plan_of(&account, &history);
        let unread = plan
            .left
            .iter()
            .filter(|left| left.reason == LeftReason::Unread(denied.clone()));
        assert!(unread.count() > 0, "{action}");
        let outcome = undo_by(&account, &history);
        assert_eq!(failures(&outcome), Vec::<String>::new(), "{action}");
    }
}

#[test]
fn the_outcome_of_a_write_that_was_cut_off_is_found_by_looking() {
    let fresh = Scene::Fresh.account();
    let (after, history, plan) = applied(&fresh, &DESIRED);
    let mut changed = after.clone();
    change_alarm(&mut changed, |alarm| alarm.threshold = Some(9.0));
    let alarm = entry(&history, "alarm/root_usage_alarm");
    for (account, expected) in [
        (&after, Recovery::Done),
        (&fresh, Recovery::NotDone),
        (&changed, Recovery::Changed),
    ] {
        let found = undo_plan_of(&Sandbox::new(account.clone()), &history);
        assert_eq!(recovery(&found, alarm), expected);
    }
    let found = undo_plan_of(&Sandbox::new(after), &history);
    assert_eq!(history.entries.len(), plan.steps.len());
    for entry in &history.entries {
        let id = &entry.id;
        assert_eq!(recovery(&found, entry), Recovery::Done, "{id}");
        assert_eq!(recovery_of_undo(&found, entry), Recovery::NotDone, "{id}");
    }
}

/// Returns the write of a step.
fn entry<'history>(history: &'history History, step: &str) -> &'history Entry {
    let mut entries = history.entries.iter();
    entries.find(|entry| entry.id.as_str() == step).unwrap()
}

#[test]
fn what_was_to_be_changed_and_is_gone_is_neither_as_it_was_nor_as_it_was_to_be() {
    let before = drifted();
    let (mut gone, history, _) = applied(&before, &DESIRED);
    let name = "unauthorized_api_calls_alarm";
    gone.remove_alarm(&gone.alarm_arn(&region(), name));
    gone.remove_filter(&log_group(), "root_usage_metric");
    gone.remove_topic(&topic("cis-alarms"));
    for step in [
        "alarm/unauthorized_api_calls_alarm",
        "filter/root_usage_metric",
        "topic-policy/cis-alarms",
    ] {
        let entry = entry(&history, step);
        assert!(entry.replaced.is_some(), "{step}");
        for (account, expected) in [(&before, Recovery::NotDone), (&gone, Recovery::Changed)] {
            let found = undo_plan_of(&Sandbox::new(account.clone()), &history);
            assert_eq!(recovery(&found, entry), expected, "{step}");
        }
        let found = undo_plan_of(&Sandbox::new(gone.clone()), &history);
        assert_eq!(recovery_of_undo(&found, entry), Recovery::Changed, "{step}");
    }
}
