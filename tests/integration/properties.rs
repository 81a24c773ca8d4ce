//! What holds of every account and every configuration.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it cannot use"
)]

mod alarm_clock;
mod oracle;
mod vocabulary;
pub(crate) mod worlds;

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use cis_fix::apply::{Progress, apply};
use cis_fix::consent::{Answer, approve};
use cis_fix::desired::OWNER_TAG;
use cis_fix::examine::{Examination, Verdict};
use cis_fix::journal::NoJournal;
use cis_fix::model::{AlarmKind, ControlId, Lane, Metric, MetricQuery, Tags};
use cis_fix::observed::Observed;
use cis_fix::outcome::Fate;
use cis_fix::plan::{Plan, Step};
use cis_fix::render::{self, json};
use cis_fix::report::{self, CheckContext};
use cis_fix::sandbox::{Sandbox, SandboxAccount, SandboxSubscription, SandboxTopic};
use proptest::prelude::*;

use crate::world::{Findings, judge, mend, run, undone};
use oracle::{Expected, Truth, expected};
use worlds::{World, worlds};

fn has_failing_readings(world: &World) -> bool {
    world.account.unreadable().iter().next().is_some()
}

/// Returns the controls that a plan says something about beside its steps.
fn left_open(plan: &Plan) -> BTreeSet<ControlId> {
    let human = plan.human.iter().flat_map(|task| &task.serves);
    let blocked = plan.blocked.iter().flat_map(|reason| &reason.serves);
    human.chain(blocked).cloned().collect()
}

fn is_ours(tags: Option<&Tags>) -> bool {
    tags.is_some_and(|tags| tags.contains_key(OWNER_TAG))
}

/// Returns the metrics that alarms of ours watch.
fn our_metrics(account: &SandboxAccount) -> Vec<&Metric> {
    let alarms = account.alarms().values().flat_map(BTreeMap::values);
    alarms
        .filter(|held| is_ours(held.tags.as_ref()))
        .filter_map(|held| match &held.kind {
            AlarmKind::Metric(settings) => match &settings.query {
                MetricQuery::Single { metric, .. } => Some(metric),
                MetricQuery::Expression => None,
            },
            AlarmKind::Composite | AlarmKind::Log => None,
        })
        .collect()
}

/// Returns what an account holds that is not ours, to be found again in it whatever is applied.
pub(crate) fn foreign(account: &SandboxAccount) -> SandboxAccount {
    let mut rest = account.clone();
    let watched = our_metrics(account);
    for (log_group, held) in account.log_groups() {
        for filter in held.filters.iter().flat_map(BTreeMap::values) {
            if watched.contains(&&filter.transformation.metric) {
                rest.remove_filter(log_group, &filter.name);
            }
        }
    }
    for (region, alarms) in account.alarms() {
        for (name, held) in alarms {
            if is_ours(held.tags.as_ref()) {
                rest.remove_alarm(&account.alarm_arn(region, name));
            }
        }
    }
    for (topic, held) in account.topics() {
        if is_ours(held.tags.as_ref()) {
            rest.remove_topic(topic);
        }
    }
    rest
}

/// Returns the endpoints of a topic's subscriptions with the confirmations that they were asked for.
fn subscriptions(topic: &SandboxTopic) -> Vec<&SandboxSubscription> {
    topic.subscriptions.iter().flatten().collect()
}

/// Panics unless everything of `before` is in `after` as it was.
pub(crate) fn assert_kept(before: &SandboxAccount, after: &SandboxAccount) {
    assert_eq!(before.trails(), after.trails());
    assert_eq!(before.keys(), after.keys());
    for (log_group, held) in before.log_groups() {
        let now = &after.log_groups()[log_group];
        assert_eq!(held.class, now.class);
        for (name, filter) in held.filters.iter().flatten() {
            assert_eq!(filter, &now.filters.as_ref().unwrap()[name]);
        }
    }
    for (region, alarms) in before.alarms() {
        for (name, held) in alarms {
            assert_eq!(held, &after.alarms()[region][name]);
        }
    }
    for (topic, held) in before.topics() {
        let now = &after.topics()[topic];
        assert_eq!((&held.attributes, &held.tags), (&now.attributes, &now.tags));
        for subscription in subscriptions(held) {
            assert!(subscriptions(now).contains(&subscription));
        }
    }
}

/// Returns the same facts, those that come as lists in another order.
fn reordered(mut observed: Observed, by: usize) -> Observed {
    fn turn<T>(list: &mut [T], by: usize) {
        list.reverse();
        let len = list.len().max(1);
        list.rotate_left(by % len);
    }
    for filters in observed.metric_filters.values_mut().flatten() {
        turn(filters, by);
    }
    for alarms in observed.alarms.values_mut().flatten() {
        turn(alarms, by);
    }
    for subscriptions in observed.subscriptions.values_mut().flatten() {
        turn(subscriptions, by);
    }
    observed
}

/// Everything that is printed about an account.
fn printed(findings: &Findings) -> Vec<String> {
    let context = CheckContext {
        account: findings.observed.identity.account.clone(),
        region: findings.observed.region.clone(),
        benchmark: "recommended".to_owned(),
    };
    let report = report::check(&context, &findings.examinations);
    let plan = report::plan(&findings.plan, &findings.examinations);
    vec![
        json::check(&context, &findings.examinations),
        json::plan(&findings.plan),
        render::markdown(&report),
        render::markdown(&plan),
    ]
}

/// Returns the steps of a plan after an apply that ought to have been in the one before: all but those for
/// controls of which something could not be read then, and which had to be left alone, and for paging lanes that
/// had no room for a filter, and find that the one that was made for their control does for them.
pub(crate) fn surprises(before: &Findings, after: &Findings) -> Vec<String> {
    let examinations = before.examinations.iter();
    let unknown = examinations
        .filter(|examination| examination.verdict == Verdict::Unknown)
        .map(|examination| &examination.control);
    let blocked = before.plan.blocked.iter();
    let without_room = blocked
        .flat_map(|reason| &reason.serves)
        .filter(|control| control.paged().is_some());
    let excused: Vec<&ControlId> = unknown.chain(without_room).collect();
    let steps = after.plan.steps.iter();
    steps
        .filter(|step| !step.serves.iter().any(|control| excused.contains(&control)))
        .map(|step| format!("{} {:?} {:#?}", step.id, step.mark, step.changes))
        .collect()
}

/// Stops after some steps.
struct Stopping {
    left: Cell<usize>,
}

impl Progress for Stopping {
    fn begins(&self, _step: &Step) {
        self.left.set(self.left.get().saturating_sub(1));
    }
    fn ended(&self, _step: &Step, _fate: &Fate, _left: usize) {}
    fn is_stopped(&self) -> bool {
        self.left.get() == 0
    }
}

/// Applies a plan until some steps have begun.
fn mend_partly(account: &SandboxAccount, plan: &Plan, steps: usize) -> SandboxAccount {
    let sandbox = Sandbox::new(account.clone());
    let approved = approve(plan.clone(), Answer::All).unwrap();
    let stopping = Stopping {
        left: Cell::new(steps),
    };
    run(apply(&sandbox, &NoJournal, approved, &stopping));
    sandbox.into_account()
}

proptest! {
    #[test]
    fn verdicts_are_what_trying_every_event_says(world in worlds()) {
        prop_assume!(!has_failing_readings(&world));
        let findings = judge(&world.account, &world.desired);
        for (control, examination) in world.desired.controls.iter().zip(&findings.examinations) {
            // What pages people must take less than some filters that would do for a control.
            if control.lane == Lane::Paging {
                continue;
            }
            let expected = expected(&world, control);
            let Examination { verdict, links, .. } = examination;
            let agrees = match expected {
                Expected::Inherited => *verdict == Verdict::Inherited,
                Expected::InPlace(Truth::Yes) => *verdict == Verdict::Compliant,
                Expected::InPlace(Truth::Perhaps) => *verdict == Verdict::Unknown,
                // Something that is broken and could not be looked at as well may be called either.
                Expected::InPlace(Truth::No) => {
                    [Verdict::NonCompliant, Verdict::Unknown].contains(verdict)
                }
            };
            prop_assert!(agrees, "{}: {expected:?}, not {verdict:?}: {links:#?}", control.id);
        }
    }

    #[test]
    fn applying_leaves_nothing_to_apply(world in worlds()) {
        let World { account, desired } = world;
        let first = judge(&account, &desired);
        let (account, outcome) = mend(&account, &first.plan);
        // The account refuses what AWS would: every request was within its constraints.
        prop_assert_eq!(undone(&outcome), Vec::<String>::new());

        let second = judge(&account, &desired);
        prop_assert_eq!(surprises(&first, &second), Vec::<String>::new());
        let mut open = left_open(&second.plan);
        open.extend(second.plan.steps.iter().flat_map(|step| step.serves.clone()));
        for examination in &second.examinations {
            prop_assert!(
                [Verdict::Compliant, Verdict::Inherited].contains(&examination.verdict)
                    || open.contains(&examination.control),
                "{examination:#?}"
            );
        }
        if second.plan.steps.is_empty() {
            prop_assert_eq!(&mend(&account, &second.plan).0, &account);
        }
    }

    #[test]
    fn nothing_of_somebody_else_is_changed(world in worlds()) {
        let plan = judge(&world.account, &world.desired).plan;
        let (after, _) = mend(&world.account, &plan);
        assert_kept(&foreign(&world.account), &after);
    }

    #[test]
    fn an_apply_cut_short_is_completed_by_the_next(world in worlds(), steps in 0_usize..9) {
        let World { account, desired } = world;
        let plan = judge(&account, &desired).plan;
        let partly = mend_partly(&account, &plan, steps);
        assert_kept(&foreign(&account), &partly);
        let second = judge(&partly, &desired);
        let (whole, outcome) = mend(&partly, &second.plan);
        prop_assert_eq!(undone(&outcome), Vec::<String>::new());
        prop_assert_eq!(surprises(&second, &judge(&whole, &desired)), Vec::<String>::new());
        assert_kept(&foreign(&account), &whole);
    }

    #[test]
    fn the_order_of_facts_does_not_matter(world in worlds(), by in 0_usize..50) {
        let findings = judge(&world.account, &world.desired);
        let other = Findings::of(&world.desired, reordered(findings.observed.clone(), by));
        prop_assert_eq!(&other.examinations, &findings.examinations);
        prop_assert_eq!(&other.plan, &findings.plan);
    }

    #[test]
    fn equal_accounts_give_equal_bytes(world in worlds()) {
        let World { account, desired } = world;
        let one = printed(&judge(&account, &desired));
        prop_assert_eq!(printed(&judge(&account.clone(), &desired.clone())), one);
    }
}
