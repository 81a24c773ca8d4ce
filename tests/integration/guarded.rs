//! An apply looks before it writes, reads back what was lost, and writes nothing that it could not record.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it cannot use"
)]

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cis_fix::apply::apply;
use cis_fix::cloud::{CloudReader, CloudWriter};
use cis_fix::consent::{Answer, approve};
use cis_fix::desired::Desired;
use cis_fix::journal::{Journal, Line, NoJournal, history, parse};
use cis_fix::model::{Alarm, AlarmKind, CallError, CallErrorKind, MetricFilter, Tags, Topic};
use cis_fix::outcome::{Fate, Outcome, SkipReason, StepResult};
use cis_fix::plan::Plan;
use cis_fix::sandbox::rehearsal::{self, Rehearsal, When};
use cis_fix::sandbox::{Sandbox, SandboxAccount, Scene, default_policy};

use crate::world::{
    Memory, SETTINGS, Unattended, desired, judge, log_group, mend, region, run, satisfied, topic,
    undone,
};

static DESIRED: LazyLock<Desired> = LazyLock::new(|| {
    let mut desired = desired(SETTINGS);
    desired.controls.truncate(3);
    desired
});

/// A fresh account, and the plan for it.
static FRESH: LazyLock<(SandboxAccount, Plan)> = LazyLock::new(|| {
    let fresh = Scene::Fresh.account();
    let plan = judge(&fresh, &DESIRED).plan;
    (fresh, plan)
});

/// Returns a fresh account in which a write fails in this way.
fn failing(when: When, outcome: rehearsal::Outcome, kind: CallErrorKind) -> Rehearsal<Sandbox> {
    let error = CallError::new("any:Write", kind, "no");
    Rehearsal::new(Sandbox::new(FRESH.0.clone())).failing(when, outcome, error)
}

/// Returns how many writes were tried.
fn writes(account: &Rehearsal<Sandbox>) -> usize {
    let steps = FRESH.1.steps.iter();
    let permissions: BTreeSet<_> = steps.map(|step| step.action.permission()).collect();
    permissions.iter().map(|action| account.count(action)).sum()
}

fn applied(
    account: &(impl CloudReader + CloudWriter),
    journal: &impl Journal,
    plan: &Plan,
) -> Outcome {
    let approved = approve(plan.clone(), Answer::All).unwrap();
    run(apply(account, journal, approved, &Unattended))
}

/// Returns the mails that were sent to confirm subscriptions.
fn mails(account: &SandboxAccount) -> u32 {
    let topics = account.topics().values();
    let subscriptions = topics.flat_map(|held| held.subscriptions.iter().flatten());
    subscriptions.map(|held| held.confirmations_sent).sum()
}

fn fate_of<'outcome>(outcome: &'outcome Outcome, step: &str) -> &'outcome Fate {
    let mut results = outcome.results.iter();
    &results
        .find(|result| result.step.id.as_str() == step)
        .unwrap()
        .fate
}

#[test]
fn a_write_whose_answer_is_lost_is_read_back_and_not_repeated() {
    let (fresh, plan) = &*FRESH;
    let (whole, _) = mend(fresh, plan);
    for kind in [CallErrorKind::Service, CallErrorKind::Timeout] {
        for write in 1..=plan.steps.len() {
            let account = failing(When::Write(write), rehearsal::Outcome::Lost, kind);
            let outcome = applied(&account, &NoJournal, plan);
            assert_eq!(undone(&outcome), Vec::<String>::new(), "write {write}");
            let writes = plan.steps.iter().map(|step| step.action.permission());
            for action in writes {
                let steps = plan.steps.iter();
                let wanted = steps
                    .filter(|step| step.action.permission() == action)
                    .count();
                assert_eq!(account.count(action), wanted, "{action}");
            }
            let after = account.into_account().into_account();
            assert_eq!((&after, mails(&after)), (&whole, 1));
        }
    }
}

#[test]
fn a_write_that_did_not_happen_is_tried_again_unless_it_sends_mail() {
    let (_, plan) = &*FRESH;
    for write in 1..=plan.steps.len() {
        let refused = rehearsal::Outcome::Refused;
        let account = failing(When::Write(write), refused, CallErrorKind::Service);
        let outcome = applied(&account, &NoJournal, plan);
        let failed: Vec<&str> = outcome
            .results
            .iter()
            .filter(|result| result.fate != Fate::Done)
            .map(|result| result.step.action.name())
            .collect();
        assert!(failed.is_empty() || failed == ["subscribe"], "{failed:?}");
    }
}

#[test]
fn a_write_that_meets_another_is_looked_at_and_tried_again_even_if_it_sends_mail() {
    let (fresh, plan) = &*FRESH;
    let (whole, _) = mend(fresh, plan);
    let calm = Rehearsal::new(Sandbox::new(fresh.clone()));
    applied(&calm, &NoJournal, plan);
    for write in 1..=plan.steps.len() {
        let refused = rehearsal::Outcome::Refused;
        let account = failing(When::Write(write), refused, CallErrorKind::Conflict);
        let outcome = applied(&account, &NoJournal, plan);
        assert_eq!(undone(&outcome), Vec::<String>::new(), "write {write}");
        // The look and the write that follow the refusal.
        assert!(account.calls().len() >= calm.calls().len() + 2);
        let after = account.into_account().into_account();
        assert_eq!((&after, mails(&after)), (&whole, 1));
    }
}

#[test]
fn credentials_that_are_refused_end_all_writing() {
    let (_, plan) = &*FRESH;
    for first in 1..=plan.steps.len() {
        let refused = rehearsal::Outcome::Refused;
        let account = failing(When::FromWrite(first), refused, CallErrorKind::Credentials);
        let outcome = applied(&account, &NoJournal, plan);
        let failed = |result: &&StepResult| matches!(result.fate, Fate::Failed(_));
        let failures = outcome.results.iter().filter(failed).count();
        assert_eq!(
            writes(&account),
            first - 1 + failures,
            "no write is tried twice"
        );
        // A filter and a few others may be under way when the first refusal comes.
        assert!((1..=5).contains(&failures), "{failures}");
        let others = outcome.results.iter().filter(|result| !failed(result));
        for result in others {
            let expected = [Fate::Done, Fate::Skipped(SkipReason::Credentials)];
            assert!(expected.contains(&result.fate), "{:?}", result.fate);
        }
    }
}

/// Something that somebody does between plan and apply, and the step that must be left alone for it.
type Interference = (fn(&mut SandboxAccount), &'static str);

#[test]
fn what_somebody_changed_since_the_plan_is_left_alone() {
    let cases: [Interference; 3] = [
        (
            |account| {
                let filter = MetricFilter {
                    pattern: "{ $.a = 1 }".to_owned(),
                    ..some_filter()
                };
                account.add_filter(&log_group(), filter);
            },
            "filter/root_usage_metric",
        ),
        (
            |account| {
                let alarm = Alarm {
                    arn: account.alarm_arn(&region(), "root_usage_alarm"),
                    kind: AlarmKind::Composite,
                };
                account.add_alarm(alarm, Tags::new());
            },
            "alarm/root_usage_alarm",
        ),
        (
            |account| {
                let arn = topic("cis-alarms");
                let theirs = Topic {
                    policy: default_policy(&arn),
                    kms_key: None,
                    arn,
                };
                account.add_topic(theirs, Tags::new());
            },
            "topic/cis-alarms",
        ),
    ];
    let (fresh, plan) = &*FRESH;
    for (interfere, step) in cases {
        let mut account = fresh.clone();
        interfere(&mut account);
        let theirs = account.clone();
        let sandbox = Sandbox::new(account);
        let outcome = applied(&sandbox, &NoJournal, plan);
        assert_eq!(*fate_of(&outcome, step), Fate::Skipped(SkipReason::Changed));
        assert_kept(&theirs, &sandbox.into_account(), step);
    }
}

/// Panics unless what somebody made is as it was.
fn assert_kept(theirs: &SandboxAccount, after: &SandboxAccount, step: &str) {
    let filter = |account: &SandboxAccount| {
        let filters = account.log_groups()[&log_group()].filters.clone();
        filters.unwrap().remove("root_usage_metric")
    };
    if step.starts_with("filter/") {
        assert_eq!(filter(after), filter(theirs));
    }
    for (region, alarms) in theirs.alarms() {
        for (name, held) in alarms {
            assert_eq!(held, &after.alarms()[region][name]);
        }
    }
    for (arn, held) in theirs.topics() {
        assert_eq!(held, &after.topics()[arn]);
    }
}

fn some_filter() -> MetricFilter {
    let account = satisfied(&DESIRED);
    let filters = account.log_groups()[&log_group()].filters.clone().unwrap();
    filters["root_usage_metric"].clone()
}

#[test]
fn a_change_of_ours_that_somebody_changed_once_more_is_left_alone() {
    let name = "root_usage_metric";
    let narrow = |account: &mut SandboxAccount, pattern: &str| {
        let filter = MetricFilter {
            pattern: pattern.to_owned(),
            ..some_filter()
        };
        account.add_filter(&log_group(), filter);
    };
    let mut account = satisfied(&DESIRED);
    narrow(&mut account, "{ $.a = 1 }");
    let plan = judge(&account, &DESIRED).plan;
    assert_eq!(plan.steps[0].id.as_str(), format!("filter/{name}"));
    narrow(&mut account, "{ $.a = 2 }");
    let (after, outcome) = mend(&account, &plan);
    assert_eq!(
        *fate_of(&outcome, &format!("filter/{name}")),
        Fate::Skipped(SkipReason::Changed)
    );
    assert_eq!(after, account);
}

#[test]
fn what_is_no_longer_ours_by_its_tag_is_not_changed() {
    let mut account = satisfied(&DESIRED);
    let narrow = MetricFilter {
        pattern: "{ $.a = 1 }".to_owned(),
        ..some_filter()
    };
    account.add_filter(&log_group(), narrow);
    let plan = judge(&account, &DESIRED).plan;
    let arn = account.alarm_arn(&region(), "root_usage_alarm");
    let held = account.remove_alarm(&arn).unwrap();
    let kind = held.kind;
    account.add_alarm(Alarm { arn, kind }, Tags::new());
    let (after, outcome) = mend(&account, &plan);
    assert_eq!(
        *fate_of(&outcome, "filter/root_usage_metric"),
        Fate::Skipped(SkipReason::Changed)
    );
    assert_eq!(after, account);
}

#[test]
fn what_is_already_as_wanted_is_not_written() {
    let (fresh, plan) = &*FRESH;
    let (whole, _) = mend(fresh, plan);
    let account = Rehearsal::new(Sandbox::new(whole.clone()));
    let outcome = applied(&account, &NoJournal, plan);
    assert_eq!(undone(&outcome), Vec::<String>::new());
    for step in &plan.steps {
        assert_eq!(account.count(step.action.permission()), 0);
    }
    assert_eq!(account.into_account().into_account(), whole);
}

#[test]
fn nothing_is_written_that_was_not_recorded_first() {
    let (fresh, plan) = &*FRESH;
    for room in 0..=2 * plan.steps.len() {
        let memory = Memory::default();
        memory.room.set(Some(room));
        let account = Rehearsal::new(Sandbox::new(fresh.clone()));
        let outcome = applied(&account, &memory, plan);
        let text = memory.text.borrow().clone();
        let intents = text.matches("\"event\":\"intent\"").count();
        assert_eq!(writes(&account), intents, "room for {room}");
        let is_whole = room == 2 * plan.steps.len();
        assert_eq!(outcome.unrecorded.is_none(), is_whole, "room for {room}");
        let after = account.into_account().into_account();
        let (end, _) = mend(&after, &judge(&after, &DESIRED).plan);
        assert_eq!(mails(&end), 1);
        assert_eq!(judge(&end, &DESIRED).plan.steps, Vec::new());
    }
}

#[test]
fn a_journal_is_read_back_whatever_was_cut_off() {
    let mut account = satisfied(&DESIRED);
    let filter = MetricFilter {
        pattern: "{ $.a = 1 }".to_owned(),
        ..some_filter()
    };
    account.add_filter(&log_group(), filter);
    account.remove_alarm(&account.alarm_arn(&region(), "unauthorized_api_calls_alarm"));
    let plan = judge(&account, &DESIRED).plan;
    let memory = Memory::default();
    let caller = "arn:aws:iam::123456789012:user/alice";
    memory
        .record(&Line::begin(
            "2026-01-01T00:00:00Z".to_owned(),
            &plan,
            caller,
        ))
        .unwrap();
    applied(&Sandbox::new(account), &memory, &plan);
    let text = memory.text.into_inner();
    let lines = parse(&text).unwrap();
    assert_eq!(lines.len(), 1 + 2 * plan.steps.len());
    let printed: String = lines.iter().map(Line::to_text).collect();
    assert_eq!(printed, text);
    assert!(text.contains(r#""previous":{"filter":{"#), "{text}");
    assert_eq!(history(&text).unwrap().unfinished().count(), 0);
    for end in 0..text.len() {
        let Some(part) = text.get(..end) else {
            continue;
        };
        let whole_lines = part.matches('\n').count();
        assert_eq!(parse(part).unwrap().len(), whole_lines);
        let intents = part.matches("\"event\":\"intent\"").count();
        match history(part) {
            Ok(history) => assert!(history.entries.len() <= intents),
            Err(error) => assert_eq!((error.number, whole_lines), (1, 0)),
        }
    }
    let damaged = text.replacen("\"event\"", "\"evenr\"", 2);
    assert_eq!(parse(&damaged).unwrap_err().number, 1);
}
