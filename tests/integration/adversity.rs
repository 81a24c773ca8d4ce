//! Random accounts through random adversity: applies that fail, that are cut off anywhere, and people who change
//! things in between. A model of what must hold is checked after each event.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot use")]

mod others;
mod sight;
mod slow;

use std::collections::BTreeSet;

use cis_fix::apply::apply;
use cis_fix::consent::{Answer, approve, approve_undo};
use cis_fix::desired::Desired;
use cis_fix::journal::{History, history};
use cis_fix::model::{CallError, CallErrorKind, TopicArn};
use cis_fix::plan::Plan;
use cis_fix::reversal::{LeftReason, UndoPlan};
use cis_fix::sandbox::rehearsal::{Outcome, Rehearsal, When};
use cis_fix::sandbox::{Sandbox, SandboxAccount};
use cis_fix::undo::undo;
use proptest::prelude::*;

use crate::properties::worlds::{World, worlds};
use crate::properties::{assert_kept, foreign, surprises};
use crate::world::{Memory, Unattended, judge, mend, undo_if_any, undo_plan_of, undone};
use others::{assert_edits_kept, can_be_put_back, meddle, not_made_by};
use sight::{assert_named, changes, mails};
use slow::{Slow, for_turns};

/// What happens to an account.
#[derive(Debug, Clone)]
enum Event {
    /// An apply.
    Apply(Luck),
    /// An undo of the last apply that was not undone.
    Undo(Luck),
    /// Somebody makes an alarm that is none of ours.
    NewAlarm(u8),
    /// Somebody loses an alarm, whosever it is.
    LostAlarm(u8),
    /// Somebody loses a filter, whosever it is.
    LostFilter(u8),
    /// Somebody changes an alarm, whosever it is.
    ChangedAlarm(u8),
    /// Somebody changes a filter, whosever it is.
    ChangedFilter(u8),
    /// Everybody follows the link in the mail.
    Confirmed,
}

/// What a run meets: it is killed after some turns, and a write goes wrong.
#[derive(Debug, Clone)]
struct Luck {
    turns: usize,
    failure: Option<Failure>,
}

impl Luck {
    /// Returns whether the run comes to its end.
    fn is_alive(&self) -> bool {
        self.turns == usize::MAX
    }

    /// Returns the account in which this happens.
    fn rehearsed(&self, account: &SandboxAccount) -> Slow<Rehearsal<Sandbox>> {
        let rehearsal = Rehearsal::new(Sandbox::new(account.clone()));
        let Some(failure) = &self.failure else {
            return Slow(rehearsal);
        };
        let when = if failure.from_on {
            When::FromWrite(failure.write)
        } else {
            When::Write(failure.write)
        };
        let error = CallError::new("any:Write", failure.kind, "as it happens");
        Slow(rehearsal.failing(when, failure.outcome, error))
    }
}

/// How a write goes wrong.
#[derive(Debug, Clone)]
struct Failure {
    write: usize,
    from_on: bool,
    kind: CallErrorKind,
    outcome: Outcome,
}

fn failures() -> impl Strategy<Value = Failure> {
    let ways = prop_oneof![
        Just((CallErrorKind::Service, Outcome::Lost)),
        Just((CallErrorKind::Timeout, Outcome::Lost)),
        Just((CallErrorKind::Service, Outcome::Refused)),
        Just((CallErrorKind::Timeout, Outcome::Refused)),
        Just((CallErrorKind::Conflict, Outcome::Refused)),
        Just((CallErrorKind::Throttled, Outcome::Refused)),
        Just((CallErrorKind::Denied, Outcome::Refused)),
        Just((CallErrorKind::Quota, Outcome::Refused)),
        Just((CallErrorKind::Credentials, Outcome::Refused)),
    ];
    (1..20_usize, any::<bool>(), ways).prop_map(|(write, from_on, (kind, outcome))| Failure {
        write,
        from_on,
        kind,
        outcome,
    })
}

fn luck() -> impl Strategy<Value = Luck> {
    let turns = prop_oneof![Just(usize::MAX), 0..120_usize];
    (turns, proptest::option::of(failures())).prop_map(|(turns, failure)| Luck { turns, failure })
}

fn events() -> impl Strategy<Value = Vec<Event>> {
    let event = prop_oneof![
        6 => luck().prop_map(Event::Apply),
        4 => luck().prop_map(Event::Undo),
        1 => any::<u8>().prop_map(Event::NewAlarm),
        1 => any::<u8>().prop_map(Event::LostAlarm),
        1 => any::<u8>().prop_map(Event::LostFilter),
        1 => any::<u8>().prop_map(Event::ChangedAlarm),
        1 => any::<u8>().prop_map(Event::ChangedFilter),
        1 => Just(Event::Confirmed),
    ];
    prop::collection::vec(event, 1..7)
}

/// Applies a plan, as far as it comes, and returns the account and the journal.
fn applied(account: &SandboxAccount, plan: &Plan, luck: &Luck) -> (SandboxAccount, String) {
    let slow = luck.rehearsed(account);
    let journal = Memory::of(plan);
    let approved = approve(plan.clone(), Answer::All).unwrap();
    for_turns(luck.turns, apply(&slow, &journal, approved, &Unattended));
    let after = slow.0.into_account().into_account();
    (after, journal.text.into_inner())
}

/// Takes back what a plan says, as far as it comes, and returns the account and the journal.
fn taken_back(account: &SandboxAccount, plan: &UndoPlan, luck: &Luck) -> (SandboxAccount, String) {
    let slow = luck.rehearsed(account);
    let journal = Memory::of_undo(plan);
    let approved = approve_undo(plan.clone(), &Answer::All).unwrap();
    for_turns(luck.turns, undo(&slow, &journal, approved, &Unattended));
    let after = slow.0.into_account().into_account();
    (after, journal.text.into_inner())
}

/// An account, and the journals of the applies to it that are not undone.
struct State {
    account: SandboxAccount,
    journals: Vec<String>,
}

impl State {
    /// Lets an event happen and checks what must hold after it.
    fn meets(&mut self, desired: &Desired, event: &Event) {
        match event {
            Event::Apply(luck) => self.apply(desired, luck),
            Event::Undo(luck) => self.undo(luck),
            Event::NewAlarm(_)
            | Event::LostAlarm(_)
            | Event::LostFilter(_)
            | Event::ChangedAlarm(_)
            | Event::ChangedFilter(_)
            | Event::Confirmed => meddle(&mut self.account, event),
        }
    }

    fn apply(&mut self, desired: &Desired, luck: &Luck) {
        let plan = judge(&self.account, desired).plan;
        let (after, journal) = applied(&self.account, &plan, luck);
        assert_kept(&foreign(&self.account), &after);
        assert_recorded(&self.account, &after, (&journal, luck));
        let before = mails(&self.account);
        for (to, sent) in mails(&after) {
            let more = sent - before.get(&to).copied().unwrap_or_default();
            assert!(more <= 1, "{more} mails to {to}");
        }
        if history(&journal).unwrap().written().next().is_some() {
            self.journals.push(journal);
        }
        self.account = after;
    }

    fn undo(&mut self, luck: &Luck) {
        let Some(history) = self.journals.last().map(|text| history(text).unwrap()) else {
            return;
        };
        let plan = undo_plan_of(&Sandbox::new(self.account.clone()), &history);
        let (after, journal) = taken_back(&self.account, &plan, luck);
        assert_kept(&not_made_by(&history, &self.account), &after);
        assert_recorded(&self.account, &after, (&journal, luck));
        assert_edits_kept(&self.account, &after);
        let before = mails(&self.account);
        for (to, sent) in mails(&after) {
            assert_eq!(before.get(&to), Some(&sent), "a mail to {to}");
        }
        let is_good = luck.is_alive() && luck.failure.is_none();
        if is_good && can_be_put_back(&history, &self.account) {
            let left = undo_plan_of(&Sandbox::new(after.clone()), &history);
            assert_eq!(left.steps, Vec::new());
            self.journals.pop();
        }
        self.account = after;
    }
}

/// Panics unless the journal of a run names all that it changed, and what came of it.
fn assert_recorded(
    before: &SandboxAccount,
    after: &SandboxAccount,
    (journal, luck): (&str, &Luck),
) {
    assert_named(before, after, journal);
    let count = |event: &str| journal.matches(&format!("\"event\":\"{event}\"")).count();
    if luck.is_alive() {
        assert_eq!(count("intent"), count("outcome"));
    }
}

/// Panics unless an undo left an account as it was before the apply, but for what it says it left alone.
fn assert_restored(before: &SandboxAccount, after: &SandboxAccount, history: &History) {
    let again = undo_plan_of(&Sandbox::new(after.clone()), history);
    assert_eq!(again.steps, Vec::new());
    let is_over = |reason: &LeftReason| matches!(reason, LeftReason::Gone | LeftReason::Restored);
    let left = again.left.iter().filter(|left| !is_over(&left.reason));
    let left: BTreeSet<&str> = left.map(|left| left.id.as_str()).collect();
    if left.is_empty() {
        assert!(before == after, "{:?}", changes(before, after));
    }
    for change in changes(before, after) {
        let (kind, name) = change.split_once('/').unwrap();
        let excuses = [kind, "topic-policy", "topic-key"].map(|kind| format!("{kind}/{name}"));
        let is_excused = excuses.iter().any(|id| left.contains(id.as_str()));
        assert!(is_excused, "{change} is not as it was: {:#?}", again.left);
    }
}

proptest! {
    #[test]
    fn whatever_happens_nothing_foreign_changes_and_a_good_apply_ends_it(
        world in worlds(),
        events in events(),
    ) {
        let World { account, desired } = world;
        let first = mails(&account);
        let mut now = State { account, journals: Vec::new() };
        for event in &events {
            now.meets(&desired, event);
        }
        let now = now.account;
        let before = judge(&now, &desired);
        let (whole, outcome) = mend(&now, &before.plan);
        prop_assert_eq!(undone(&outcome), Vec::<String>::new());
        assert_kept(&foreign(&now), &whole);
        prop_assert_eq!(surprises(&before, &judge(&whole, &desired)), Vec::<String>::new());
        // However many applies there were, nobody is asked twice to confirm, unless an undo removed the topic.
        if !events.iter().any(|event| matches!(event, Event::Undo(_))) {
            for (to, sent) in mails(&whole) {
                let more = sent - first.get(&to).copied().unwrap_or_default();
                prop_assert!(more <= 1, "{} mails to {}", more, to);
            }
        }
    }

    #[test]
    fn whatever_an_apply_and_its_undos_meet_a_good_undo_leaves_the_account_as_it_was(
        world in worlds(),
        start in luck(),
        is_confirmed in any::<bool>(),
        undos in prop::collection::vec(luck(), 0..3),
    ) {
        let World { account: before, desired } = world;
        let plan = judge(&before, &desired).plan;
        let (mut now, journal) = applied(&before, &plan, &start);
        let history = history(&journal).unwrap();
        prop_assume!(can_be_put_back(&history, &now));
        if is_confirmed {
            let topics: Vec<TopicArn> = now.topics().keys().cloned().collect();
            for topic in topics {
                if !before.topics().contains_key(&topic) {
                    now.confirm_subscriptions(&topic);
                }
            }
        }
        for luck in &undos {
            let plan = undo_plan_of(&Sandbox::new(now.clone()), &history);
            let (after, journal) = taken_back(&now, &plan, luck);
            assert_kept(&not_made_by(&history, &now), &after);
            assert_recorded(&now, &after, (&journal, luck));
            now = after;
        }
        let sandbox = Sandbox::new(now);
        prop_assert_eq!(undo_if_any(&sandbox, &history), Vec::<String>::new());
        assert_restored(&before, &sandbox.into_account(), &history);
    }
}
