//! A run of `apply` in this process over the wire, and what must be true after it whatever went wrong.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::Duration;

use cis_fix::apply::apply;
use cis_fix::aws::Timeouts;
use cis_fix::consent::{Answer, approve};
use cis_fix::desired::Desired;
use cis_fix::examine::{Examination, LinkState, examine};
use cis_fix::journal::{Journal, Line, Unrecorded};
use cis_fix::model::{Alarm, AlarmKind, Endpoint, MetricFilter, Protocol, Topic};
use cis_fix::observe::observe;
use cis_fix::outcome::{Fate, Outcome};
use cis_fix::plan::{Step, plan};
use cis_fix::sandbox::{SandboxAccount, Scene};
use serde_json::Value;

use super::kinds::is_write;
use crate::end_to_end::stage::{normal, value};
use crate::support::client;
use crate::support::fake::Fake;
use crate::support::wire::{Call, Shape};
use crate::world::{SETTINGS, Unattended, desired, judge, log_group, mend, satisfied, undone};

/// An account, what is wanted of it, and what it is when everything went well.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) account: SandboxAccount,
    pub(crate) desired: Desired,
    pub(crate) order: SandboxAccount,
}

impl Scenario {
    fn new(name: &'static str, account: SandboxAccount, desired: Desired) -> Self {
        let (order, outcome) = mend(&account, &judge(&account, &desired).plan);
        assert_eq!(undone(&outcome), Vec::<String>::new(), "{name}");
        Self {
            name,
            account,
            desired,
            order,
        }
    }

    /// Everything is to be made.
    pub(crate) fn fresh() -> Self {
        let mut desired = desired(SETTINGS);
        desired.controls.truncate(2);
        Self::new("fresh", Scene::Fresh.account(), desired)
    }

    /// Everything was made once; the topic, a filter and an alarm were changed since, and an alarm was lost.
    pub(crate) fn worn() -> Self {
        let settings = format!("{SETTINGS}\n[topic]\nkms-key = \"alias/ours\"\n");
        let mut desired = desired(&settings);
        desired.controls.truncate(3);
        let mut account = satisfied(&desired);
        wear(&mut account, &desired);
        Self::new("worn", account, desired)
    }
}

fn wear(account: &mut SandboxAccount, desired: &Desired) {
    let [first, second, third] = desired.controls.as_slice() else {
        panic!("three controls");
    };
    let arn = account.topics().keys().next().unwrap().clone();
    let tags = account.list_topic_tags(&arn).unwrap();
    let closed = Topic {
        arn,
        policy: r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned(),
        kms_key: None,
    };
    account.add_topic(closed, tags);
    let filters = account.log_groups()[&log_group()].filters.clone().unwrap();
    let filter = filters[first.filter.name.as_str()].clone();
    let narrow = MetricFilter {
        pattern: "{ $.a = 1 }".to_owned(),
        ..filter
    };
    account.add_filter(&log_group(), narrow);
    let lost = account.alarm_arn(account.region(), second.alarm.name.as_str());
    account.remove_alarm(&lost).unwrap();
    let arn = account.alarm_arn(account.region(), third.alarm.name.as_str());
    let held = account.remove_alarm(&arn).unwrap();
    let AlarmKind::Metric(mut settings) = held.kind else {
        panic!("a metric alarm");
    };
    settings.threshold = Some(1e9);
    let kind = AlarmKind::Metric(settings);
    account.add_alarm(Alarm { arn, kind }, held.tags.unwrap());
}

/// Timeouts that end soon, for faults that cost one.
pub(crate) const SHORT: Timeouts = Timeouts {
    connect: Duration::from_millis(400),
    read: Duration::from_millis(400),
    attempt: Duration::from_millis(400),
    operation: Duration::from_millis(800),
};

/// A journal in memory.
#[derive(Debug, Default)]
struct Memory(RefCell<String>);

impl Memory {
    fn record(&self, line: &Line) {
        self.0.borrow_mut().push_str(&line.to_text());
    }
}

const NOW: &str = "2026-01-01T00:00:00Z";

impl Journal for Memory {
    fn intend(&self, step: &Step) -> Result<(), Unrecorded> {
        self.record(&Line::intent(NOW.to_owned(), step));
        Ok(())
    }

    fn conclude(&self, step: &Step, fate: &Fate) -> Result<(), Unrecorded> {
        self.record(&Line::outcome(NOW.to_owned(), step, fate));
        Ok(())
    }
}

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Run {
    /// What a person would be told.
    pub(crate) errors: Vec<String>,
    pub(crate) outcome: Option<Outcome>,
    pub(crate) journal: String,
}

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// Everything is written.
    Applied,
    /// The account was looked at once more.
    LookedAt,
}

/// Applies over the wire.
pub(crate) async fn apply_all(
    fake: &Fake,
    desired: &Desired,
    (timeouts, until): (Timeouts, Until),
) -> Run {
    let mut run = Run {
        errors: Vec::new(),
        outcome: None,
        journal: String::new(),
    };
    let account = client::account_with(fake, timeouts);
    let region = fake.account().region().clone();
    let observed = match observe(&account, desired, &region).await {
        Ok(observed) => observed,
        Err(error) => {
            run.errors.push(error.to_string());
            return run;
        }
    };
    let examinations = examine(desired, &observed);
    run.errors.extend(unread(&examinations));
    let plan = plan(desired, &observed, &examinations);
    if let Some(approved) = approve(plan, Answer::All) {
        let journal = Memory::default();
        let outcome = apply(&account, &journal, approved, &Unattended).await;
        for result in &outcome.results {
            if let Fate::Failed(error) = &result.fate {
                run.errors.push(error.to_string());
            }
        }
        run.outcome = Some(outcome);
        run.journal = journal.0.into_inner();
    }
    if until == Until::Applied {
        return run;
    }
    match observe(&account, desired, &region).await {
        Ok(observed) => run.errors.extend(unread(&examine(desired, &observed))),
        Err(error) => run.errors.push(error.to_string()),
    }
    run
}

/// Returns what could not be read.
fn unread(examinations: &[Examination]) -> Vec<String> {
    let links = examinations.iter().flat_map(|found| &found.links);
    links
        .filter(|link| link.state == LinkState::Unknown)
        .map(|link| link.detail.clone())
        .collect()
}

/// Returns the request of a call as plans and journals show it.
pub(crate) fn request(call: &Call) -> Value {
    normal(value(&Shape::Members(call.members.clone())))
}

/// Returns how often each write was performed.
pub(crate) fn performed(fake: &Fake) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for call in fake.executed().iter().filter(|call| is_write(call)) {
        *counts.entry(call.identity()).or_default() += 1;
    }
    counts
}

/// Returns the mails that were sent to the one who is to be subscribed.
pub(crate) fn mails(account: &SandboxAccount) -> u32 {
    let somebody = Endpoint::parse(Protocol::Email, "security@example.com").unwrap();
    account.confirmations_sent(&somebody)
}

/// Panics unless each write that was performed was intended before.
pub(crate) fn assert_intended(journal: &str, fake: &Fake, case: &str) {
    let lines = journal
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let intents: Vec<Value> = lines
        .filter(|line: &Value| line["event"] == "intent")
        .map(|line| normal(line["request"].clone()))
        .collect();
    for call in fake.executed().iter().filter(|call| is_write(call)) {
        let request = request(call);
        assert!(
            intents.contains(&request),
            "{case}: {request} is not in the journal"
        );
    }
}

/// Panics unless a journal that was ended says what the service did: what is called done was performed, what was
/// refused was not, and nothing is left open.
pub(crate) fn assert_true(journal: &str, fake: &Fake, case: &str) {
    let executed = fake.executed();
    let executed = executed.iter().filter(|call| is_write(call));
    let executed: Vec<Value> = executed.map(request).collect();
    let mut open: BTreeMap<String, Value> = BTreeMap::new();
    for line in journal.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let Some(step) = line["step"].as_str().map(str::to_owned) else {
            continue;
        };
        if line["event"] == "intent" {
            open.insert(step, normal(line["request"].clone()));
            continue;
        }
        let request = open.remove(&step).expect("an intent before its outcome");
        let happened = executed.contains(&request);
        let is_open = ["the service failed", "no answer in time"]
            .contains(&line["error"]["kind"].as_str().unwrap_or_default());
        match line["result"].as_str().unwrap() {
            "done" => assert!(happened, "{case}: {step} was never done"),
            "failed" if !is_open => assert!(!happened, "{case}: {step} was done all the same"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{case}: {open:?}");
}

/// Panics unless what is told is one line that a person can read and that names what was called.
pub(crate) fn assert_clear(errors: &[String], case: &str) {
    for error in errors {
        let is_clear = error.contains("(`")
            && error.chars().count() < 1_300
            && !error.contains(|c: char| c.is_control());
        assert!(is_clear, "{case}: {error:?}");
    }
}
