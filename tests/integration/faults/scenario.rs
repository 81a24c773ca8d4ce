//! Accounts, what is to be done with them, and what they are when everything went well.
//!
//! In each there is something of somebody else of every kind.

use cis_fix::apply::apply;
use cis_fix::consent::{Answer, approve};
use cis_fix::desired::{Desired, DesiredControl};
use cis_fix::journal::History;
use cis_fix::model::{
    Alarm, AlarmKind, Endpoint, Metric, MetricFilter, MetricQuery, Protocol, Subscription,
    SubscriptionState, Tags, Topic,
};
use cis_fix::sandbox::{Sandbox, SandboxAccount, Scene, default_policy};

use crate::world::{
    Memory, SETTINGS, Unattended, alter_alarm, desired, judge, log_group, run, satisfied, topic,
};

/// What is to be done with an account.
#[derive(Debug)]
pub(crate) enum Course {
    /// What is wanted is applied.
    Apply,
    /// What a journal tells is taken back.
    Undo(History),
}

/// An account, what is to be done with it, and what it is when everything went well.
#[derive(Debug)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) account: SandboxAccount,
    pub(crate) desired: Desired,
    pub(crate) course: Course,
    pub(crate) order: SandboxAccount,
}

impl Scenario {
    /// Everything is to be made.
    pub(crate) fn fresh() -> Self {
        let (account, desired) = fresh(2);
        Self::apply("fresh", account, desired).0
    }

    /// Everything was made once; the topic, a filter and an alarm were changed since, and an alarm was lost.
    pub(crate) fn worn() -> Self {
        let (account, desired) = worn();
        Self::apply("worn", account, desired).0
    }

    /// All that was made for a control is to be taken back, and somebody confirmed the subscription.
    pub(crate) fn fresh_again() -> Self {
        let (account, desired) = fresh(1);
        let (applied, history) = Self::apply("fresh", account, desired);
        let mut account = applied.order;
        account.confirm_subscriptions(&topic("cis-alarms"));
        Self {
            name: "fresh again",
            account,
            desired: applied.desired,
            course: Course::Undo(history),
            order: applied.account,
        }
    }

    /// All that [`worn`](Self::worn) mends is to be as it was before.
    pub(crate) fn worn_again() -> Self {
        let (account, desired) = worn();
        let (applied, history) = Self::apply("worn", account, desired);
        Self {
            name: "worn again",
            account: applied.order,
            desired: applied.desired,
            course: Course::Undo(history),
            order: applied.account,
        }
    }

    fn apply(name: &'static str, account: SandboxAccount, desired: Desired) -> (Self, History) {
        let plan = judge(&account, &desired).plan;
        let memory = Memory::of(&plan);
        let sandbox = Sandbox::new(account.clone());
        let approved = approve(plan, Answer::All).unwrap();
        let outcome = run(apply(&sandbox, &memory, approved, &Unattended));
        assert_eq!(
            crate::world::undone(&outcome),
            Vec::<String>::new(),
            "{name}"
        );
        let scenario = Self {
            name,
            account,
            desired,
            course: Course::Apply,
            order: sandbox.into_account(),
        };
        (scenario, memory.history())
    }
}

fn fresh(controls: usize) -> (SandboxAccount, Desired) {
    let mut desired = desired(SETTINGS);
    desired.controls.truncate(controls);
    let mut account = Scene::Fresh.account();
    add_theirs(&mut account, &desired);
    (account, desired)
}

fn worn() -> (SandboxAccount, Desired) {
    let settings = format!("{SETTINGS}\n[topic]\nkms-key = \"alias/ours\"\n");
    let mut desired = desired(&settings);
    desired.controls.truncate(3);
    let mut account = satisfied(&desired);
    wear(&mut account, &desired.controls);
    add_theirs(&mut account, &desired);
    (account, desired)
}

/// Changes what was made for three controls: the topic, a filter and an alarm are not as wanted, an alarm is lost.
pub(crate) fn wear(account: &mut SandboxAccount, controls: &[DesiredControl]) {
    let [first, second, third] = controls else {
        panic!("three controls");
    };
    let arn = account.topics().keys().next().unwrap().clone();
    let group = account.log_groups().keys().next().unwrap().clone();
    let tags = account.list_topic_tags(&arn).unwrap();
    let closed = Topic {
        arn,
        policy: r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned(),
        kms_key: None,
    };
    account.add_topic(closed, tags);
    let filters = account.log_groups()[&group].filters.clone().unwrap();
    let filter = filters[first.filter.name.as_str()].clone();
    let narrow = MetricFilter {
        pattern: "{ $.a = 1 }".to_owned(),
        ..filter
    };
    account.add_filter(&group, narrow);
    let lost = account.alarm_arn(account.region(), second.alarm.name.as_str());
    account.remove_alarm(&lost).unwrap();
    alter_alarm(account, third, |settings| settings.threshold = Some(1e9));
}

/// Adds a topic with a subscriber, a filter and an alarm of somebody else.
fn add_theirs(account: &mut SandboxAccount, desired: &Desired) {
    let arn = topic("theirs");
    account.add_topic(
        Topic {
            policy: default_policy(&arn),
            kms_key: None,
            arn: arn.clone(),
        },
        Tags::new(),
    );
    let endpoint = Endpoint::parse(Protocol::Email, "somebody@example.com").unwrap();
    let state = SubscriptionState::Confirmed(format!("{arn}:theirs"));
    account.add_subscription(&arn, Subscription { endpoint, state });
    let ours = satisfied(desired);
    let control = &desired.controls[0];
    let filters = ours.log_groups()[&log_group()].filters.clone().unwrap();
    let mut filter = filters[control.filter.name.as_str()].clone();
    let metric = Metric {
        namespace: "Theirs".to_owned(),
        name: "theirs".to_owned(),
    };
    "theirs".clone_into(&mut filter.name);
    "{ $.theirs = 2 }".clone_into(&mut filter.pattern);
    filter.transformation.metric = metric.clone();
    account.add_filter(&log_group(), filter);
    let held = ours.alarms()[ours.region()][control.alarm.name.as_str()].clone();
    let AlarmKind::Metric(mut settings) = held.kind else {
        panic!("a metric alarm");
    };
    if let MetricQuery::Single {
        metric: watched, ..
    } = &mut settings.query
    {
        *watched = metric;
    }
    settings.alarm_actions = vec![arn.to_string()];
    let arn = account.alarm_arn(account.region(), "theirs");
    let kind = AlarmKind::Metric(settings);
    account.add_alarm(Alarm { arn, kind }, Tags::new());
}
