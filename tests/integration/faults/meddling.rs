//! Somebody else changes the account while the program runs, before any of its calls.
//!
//! No write of AWS has a condition, so what is made between the last look and the write is lost; nothing else may
//! be.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use cis_fix::aws::Timeouts;
use cis_fix::model::{Alarm, AlarmKind, MetricFilter, Tags, Topic};
use cis_fix::sandbox::{SandboxAccount, default_policy};

use super::run::{Until, run_on};
use super::scenario::Scenario;
use super::truth::{assert_clear, assert_intended, assert_true};
use crate::support::fake::{Ambush, Fake, Fault, Prey};
use crate::support::wire::{Call, Shape};
use crate::world::{judge, log_group, mend, topic, undone};

static FRESH: LazyLock<Scenario> = LazyLock::new(Scenario::fresh);

/// Something that somebody does, and what it leaves.
struct Meddling {
    name: &'static str,
    meddle: fn(&mut SandboxAccount),
    /// The action that would overwrite what was made.
    write: &'static str,
}

const MEDDLINGS: [Meddling; 5] = [
    Meddling {
        name: "filters",
        meddle: make_filters,
        write: "logs:PutMetricFilter",
    },
    Meddling {
        name: "alarms",
        meddle: make_alarms,
        write: "cloudwatch:PutMetricAlarm",
    },
    Meddling {
        name: "a topic",
        meddle: make_topic,
        write: "",
    },
    Meddling {
        name: "no topic",
        meddle: |account| drop(account.remove_topic(&topic("cis-alarms"))),
        write: "",
    },
    Meddling {
        name: "no log group",
        meddle: |account| drop(account.remove_log_group(&log_group())),
        write: "",
    },
];

const THEIRS: &str = "{ $.theirs = 1 }";

/// Makes filters under the names that are planned, where there are none.
fn make_filters(account: &mut SandboxAccount) {
    for control in &FRESH.desired.controls {
        let name = control.filter.name.as_str();
        let filters = |account: &SandboxAccount| account.log_groups()[&log_group()].filters.clone();
        if filters(account).unwrap().contains_key(name) {
            continue;
        }
        let ours = FRESH.order.log_groups()[&log_group()].filters.clone();
        let theirs = MetricFilter {
            pattern: THEIRS.to_owned(),
            ..ours.unwrap()[name].clone()
        };
        account.add_filter(&log_group(), theirs);
    }
}

/// Makes composite alarms under the names that are planned, where there are none.
fn make_alarms(account: &mut SandboxAccount) {
    for control in &FRESH.desired.controls {
        let arn = account.alarm_arn(account.region(), control.alarm.name.as_str());
        let alarms = account.alarms().get(&arn.region);
        if alarms.is_some_and(|alarms| alarms.contains_key(&arn.name)) {
            continue;
        }
        let kind = AlarmKind::Composite;
        account.add_alarm(Alarm { arn, kind }, Tags::new());
    }
}

/// Makes the topic that is planned, if there is none.
fn make_topic(account: &mut SandboxAccount) {
    let arn = topic("cis-alarms");
    if account.topics().contains_key(&arn) {
        return;
    }
    let theirs = Topic {
        policy: default_policy(&arn),
        kms_key: None,
        arn,
    };
    account.add_topic(theirs, Tags::new());
}

/// Returns the names of what somebody else made.
fn theirs(account: &SandboxAccount) -> BTreeSet<String> {
    let groups = account.log_groups().values();
    let filters = groups.flat_map(|held| held.filters.iter().flatten());
    let filters = filters
        .filter(|(_, filter)| filter.pattern == THEIRS)
        .map(|(name, _)| name.clone());
    let alarms = account.alarms().values().flatten();
    let alarms = alarms
        .filter(|(_, held)| held.kind == AlarmKind::Composite)
        .map(|(name, _)| name.clone());
    let topics = account.topics().iter();
    let topics = topics
        .filter(|(_, held)| held.tags.as_ref().is_some_and(Tags::is_empty))
        .map(|(arn, _)| arn.name.clone());
    filters.chain(alarms).chain(topics).collect()
}

fn names(call: &Call, name: &str) -> bool {
    let is_name = |shape: &Shape| *shape == Shape::text(name);
    call.members.values().any(|member| {
        let is_listed = matches!(member, Shape::List(items) if items.iter().any(is_name));
        is_listed || is_name(member)
    })
}

/// Returns whether a resource was looked at last before a call, and written after it; a write that was sent just
/// before it was still under way.
fn was_lost_between_look_and_write(calls: &[Call], at: usize, name: &str, write: &str) -> bool {
    let Some(written) = calls
        .iter()
        .position(|call| call.action() == write && names(call, name))
    else {
        return false;
    };
    let mut since = calls.iter().take(written).skip(at);
    !since.any(|call| call.action() != write && names(call, name))
}

fn try_out(meddling: &Meddling, at: usize) {
    let case = format!("{} before call {at}", meddling.name);
    let fake = Fake::new(FRESH.account.clone());
    fake.ambush(Ambush {
        on: Prey::All,
        after: at,
        times: 1,
        fault: Fault::Meddle(meddling.meddle),
    });
    let run = run_on(&fake, &FRESH, (Timeouts::default(), Until::Applied));
    assert_clear(&run.errors, &case);
    assert_intended(&run.journal, &fake, &case);
    assert_true(&run.journal, &fake, &case);
    let calls = fake.calls();
    let mut made = fake
        .meddled()
        .map(|(before, after)| &theirs(&after) - &theirs(&before));
    let after = fake.account();
    for lost in &made.take().unwrap_or_default() - &theirs(&after) {
        assert!(
            was_lost_between_look_and_write(&calls, at, &lost, meddling.write),
            "{case}: {lost} was overwritten"
        );
    }
    let kept = theirs(&after);
    let (whole, outcome) = mend(&after, &judge(&after, &FRESH.desired).plan);
    assert_eq!(undone(&outcome), Vec::<String>::new(), "{case}");
    assert_eq!(theirs(&whole), kept, "{case}");
    assert_eq!(
        judge(&whole, &FRESH.desired).plan.steps,
        Vec::new(),
        "{case}"
    );
}

#[test]
fn what_somebody_else_makes_at_any_time_is_kept_unless_it_falls_between_look_and_write() {
    let fake = Fake::new(FRESH.account.clone());
    run_on(&fake, &FRESH, (Timeouts::default(), Until::Applied));
    let calls = fake.calls().len();
    for meddling in &MEDDLINGS {
        for at in 0..calls {
            try_out(meddling, at);
        }
    }
    println!("{} cases of meddling", MEDDLINGS.len() * calls);
}
