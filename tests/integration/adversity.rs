//! Random accounts through random adversity: applies that fail, that are cut off anywhere, and people who change
//! things in between. A model of what must hold is checked after each event.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot use")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use cis_fix::apply::apply;
use cis_fix::cloud::{CloudReader, CloudWriter};
use cis_fix::consent::{Answer, approve};
use cis_fix::desired::Desired;
use cis_fix::journal::{Journal, Line, Unrecorded};
use cis_fix::model::{
    Alarm, AlarmArn, AlarmKind, CallError, CallErrorKind, EventSelectors, Identity, Key, LogGroup,
    LogGroupArn, MetricFilter, Reading, Region, Subscription, Tags, Topic, TopicArn, Trail,
    TrailStatus,
};
use cis_fix::outcome::Fate;
use cis_fix::plan::action::Action;
use cis_fix::plan::{Plan, Step};
use cis_fix::sandbox::rehearsal::{Outcome, Rehearsal, When};
use cis_fix::sandbox::{Sandbox, SandboxAccount};
use proptest::prelude::*;

use crate::properties::worlds::{World, worlds};
use crate::properties::{assert_kept, foreign, surprises};
use crate::world::{Unattended, judge, mend, run, undone};

/// What happens to an account.
#[derive(Debug, Clone)]
enum Event {
    /// An apply of which a write goes wrong.
    Apply(Option<Failure>),
    /// An apply that is killed after some turns.
    Killed(usize, Option<Failure>),
    /// Somebody makes an alarm that is none of ours.
    NewAlarm(u8),
    /// Somebody loses an alarm, whosever it is.
    LostAlarm(u8),
    /// Somebody loses a filter, whosever it is.
    LostFilter(u8),
    /// Everybody follows the link in the mail.
    Confirmed,
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

fn events() -> impl Strategy<Value = Vec<Event>> {
    let failure = || proptest::option::of(failures());
    let event = prop_oneof![
        3 => failure().prop_map(Event::Apply),
        3 => (0..120_usize, failure()).prop_map(|(turns, failure)| Event::Killed(turns, failure)),
        1 => any::<u8>().prop_map(Event::NewAlarm),
        1 => any::<u8>().prop_map(Event::LostAlarm),
        1 => any::<u8>().prop_map(Event::LostFilter),
        1 => Just(Event::Confirmed),
    ];
    prop::collection::vec(event, 1..6)
}

/// A journal in memory.
#[derive(Default)]
struct Memory(RefCell<String>);

const NOW: &str = "2026-01-01T00:00:00Z";

impl Journal for Memory {
    fn intend(&self, step: &Step) -> Result<(), Unrecorded> {
        let line = Line::intent(NOW.to_owned(), step);
        self.0.borrow_mut().push_str(&line.to_text());
        Ok(())
    }

    fn conclude(&self, step: &Step, fate: &Fate) -> Result<(), Unrecorded> {
        let line = Line::outcome(NOW.to_owned(), step, fate);
        self.0.borrow_mut().push_str(&line.to_text());
        Ok(())
    }
}

/// An account of which each call takes a turn before it and one after it, so that it can be cut off at both.
struct Slow<Account>(Account);

/// Is pending once.
#[derive(Default)]
struct Turn {
    is_over: bool,
}

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.is_over {
            return Poll::Ready(());
        }
        self.is_over = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<Account> Slow<Account> {
    async fn take<T>(&self, call: impl Future<Output = T>) -> T {
        Turn::default().await;
        let answer = call.await;
        Turn::default().await;
        answer
    }
}

impl<Account: CloudReader> CloudReader for Slow<Account> {
    async fn identity(&self) -> Reading<Identity> {
        self.take(self.0.identity()).await
    }
    async fn trails(&self) -> Reading<Vec<Trail>> {
        self.take(self.0.trails()).await
    }
    async fn trail_status(&self, trail: &Trail) -> Reading<TrailStatus> {
        self.take(self.0.trail_status(trail)).await
    }
    async fn event_selectors(&self, trail: &Trail) -> Reading<EventSelectors> {
        self.take(self.0.event_selectors(trail)).await
    }
    async fn log_group(&self, log_group: &LogGroupArn) -> Reading<Option<LogGroup>> {
        self.take(self.0.log_group(log_group)).await
    }
    async fn metric_filters(&self, log_group: &LogGroupArn) -> Reading<Vec<MetricFilter>> {
        self.take(self.0.metric_filters(log_group)).await
    }
    async fn alarms(&self, region: &Region) -> Reading<Vec<Alarm>> {
        self.take(self.0.alarms(region)).await
    }
    async fn alarm_tags(&self, alarm: &AlarmArn) -> Reading<Tags> {
        self.take(self.0.alarm_tags(alarm)).await
    }
    async fn topic(&self, topic: &TopicArn) -> Reading<Option<Topic>> {
        self.take(self.0.topic(topic)).await
    }
    async fn topic_tags(&self, topic: &TopicArn) -> Reading<Tags> {
        self.take(self.0.topic_tags(topic)).await
    }
    async fn subscriptions(&self, topic: &TopicArn) -> Reading<Vec<Subscription>> {
        self.take(self.0.subscriptions(topic)).await
    }
    async fn key(&self, region: &Region, key: &str) -> Reading<Option<Key>> {
        self.take(self.0.key(region, key)).await
    }
}

impl<Account: CloudWriter> CloudWriter for Slow<Account> {
    async fn perform(&self, action: &Action) -> Result<(), CallError> {
        self.take(self.0.perform(action)).await
    }
    async fn wait_out(&self, attempt: u32) {
        self.take(self.0.wait_out(attempt)).await;
    }
}

/// Applies a plan, for so many turns at most, and returns the account and the journal.
fn applied(
    account: &SandboxAccount,
    plan: &Plan,
    turns: usize,
    failure: Option<&Failure>,
) -> (SandboxAccount, String) {
    let mut rehearsal = Rehearsal::new(Sandbox::new(account.clone()));
    if let Some(failure) = failure {
        let when = if failure.from_on {
            When::FromWrite(failure.write)
        } else {
            When::Write(failure.write)
        };
        let error = CallError::new("any:Write", failure.kind, "as it happens");
        rehearsal = rehearsal.failing(when, failure.outcome, error);
    }
    let slow = Slow(rehearsal);
    let journal = Memory::default();
    run(async {
        let approved = approve(plan.clone(), Answer::All).unwrap();
        let mut work = pin!(apply(&slow, &journal, approved, &Unattended));
        for _ in 0..turns {
            if futures_util::poll!(work.as_mut()).is_ready() {
                break;
            }
        }
    });
    let Slow(rehearsal) = slow;
    let after = rehearsal.into_account().into_account();
    (after, journal.0.into_inner())
}

/// Returns what an account holds by name, each thing with all that is known of it.
fn things(account: &SandboxAccount) -> BTreeMap<String, String> {
    let mut things = BTreeMap::new();
    for held in account.log_groups().values() {
        for (name, filter) in held.filters.iter().flatten() {
            things.insert(format!("filter/{name}"), format!("{filter:?}"));
        }
    }
    for (name, held) in account.alarms().values().flatten() {
        things.insert(format!("alarm/{name}"), format!("{held:?}"));
    }
    for (arn, held) in account.topics() {
        things.insert(
            format!("topic/{}", arn.name),
            format!("{:?}", held.attributes),
        );
    }
    things
}

/// Panics unless the journal names everything that is not as it was.
fn assert_named(before: &SandboxAccount, after: &SandboxAccount, journal: &str) {
    let before = things(before);
    for (name, thing) in things(after) {
        if before.get(&name) == Some(&thing) {
            continue;
        }
        let plain = name.split_once('/').unwrap().1;
        let quoted = serde_json::to_string(plain).unwrap();
        assert!(
            journal.contains(&quoted) || journal.contains(quoted.trim_matches('"')),
            "{name} is not in the journal:\n{journal}"
        );
    }
}

/// Returns the mails that were sent to each endpoint of each topic.
fn mails(account: &SandboxAccount) -> BTreeMap<String, u32> {
    let mut sent = BTreeMap::new();
    for (topic, held) in account.topics() {
        for subscription in held.subscriptions.iter().flatten() {
            let to = format!("{topic} {:?}", subscription.subscription.endpoint);
            *sent.entry(to).or_default() += subscription.confirmations_sent;
        }
    }
    sent
}

/// Changes the account as somebody else would.
fn meddle(account: &mut SandboxAccount, event: &Event) {
    let pick = |many: usize, which: u8| usize::from(which) % many.max(1);
    match event {
        Event::Apply(_) | Event::Killed(..) => {}
        Event::NewAlarm(number) => {
            let arn = account.alarm_arn(account.region(), &format!("theirs-{number}"));
            let kind = AlarmKind::Composite;
            account.add_alarm(Alarm { arn, kind }, Tags::new());
        }
        Event::LostAlarm(which) => {
            let alarms: Vec<_> = account
                .alarms()
                .iter()
                .flat_map(|(region, alarms)| {
                    alarms.keys().map(|name| account.alarm_arn(region, name))
                })
                .collect();
            if let Some(arn) = alarms.get(pick(alarms.len(), *which)) {
                account.remove_alarm(arn);
            }
        }
        Event::LostFilter(which) => {
            let filters: Vec<_> = account
                .log_groups()
                .iter()
                .flat_map(|(group, held)| {
                    let names = held.filters.iter().flat_map(BTreeMap::keys);
                    names.map(|name| (group.clone(), name.clone()))
                })
                .collect();
            if let Some((group, name)) = filters.get(pick(filters.len(), *which)) {
                account.remove_filter(group, name);
            }
        }
        Event::Confirmed => {
            let topics: BTreeSet<TopicArn> = account.topics().keys().cloned().collect();
            for topic in topics {
                account.confirm_subscriptions(&topic);
            }
        }
    }
}

/// Lets an event happen, checks what must hold after it, and returns the account.
fn happen(account: SandboxAccount, desired: &Desired, event: &Event) -> SandboxAccount {
    let (turns, failure) = match event {
        Event::Apply(failure) => (usize::MAX, failure),
        Event::Killed(turns, failure) => (*turns, failure),
        Event::NewAlarm(_) | Event::LostAlarm(_) | Event::LostFilter(_) | Event::Confirmed => {
            let mut account = account;
            meddle(&mut account, event);
            return account;
        }
    };
    let plan = judge(&account, desired).plan;
    let (after, journal) = applied(&account, &plan, turns, failure.as_ref());
    assert_kept(&foreign(&account), &after);
    assert_named(&account, &after, &journal);
    let count = |event: &str| journal.matches(&format!("\"event\":\"{event}\"")).count();
    if turns == usize::MAX {
        assert_eq!(count("intent"), count("outcome"));
    }
    let before = mails(&account);
    for (to, sent) in mails(&after) {
        let more = sent - before.get(&to).copied().unwrap_or_default();
        assert!(more <= 1, "{more} mails to {to}");
    }
    after
}

proptest! {
    #[test]
    fn whatever_happens_nothing_foreign_changes_and_a_good_apply_ends_it(
        world in worlds(),
        events in events(),
    ) {
        let World { account, desired } = world;
        let first = mails(&account);
        let mut now = account;
        for event in &events {
            now = happen(now, &desired, event);
        }
        let before = judge(&now, &desired);
        let (whole, outcome) = mend(&now, &before.plan);
        prop_assert_eq!(undone(&outcome), Vec::<String>::new());
        assert_kept(&foreign(&now), &whole);
        prop_assert_eq!(surprises(&before, &judge(&whole, &desired)), Vec::<String>::new());
        // However many applies there were, nobody is asked twice to confirm.
        for (to, sent) in mails(&whole) {
            let more = sent - first.get(&to).copied().unwrap_or_default();
            prop_assert!(more <= 1, "{} mails to {}", more, to);
        }
    }
}
