//! Decides, write by write, what may be taken back as things are, and why the rest is left alone.

mod chain;
mod topic;

use std::collections::BTreeSet;

use super::facts::{Facts, WholeTopic};
use crate::journal::{Entry, History};
use crate::model::{Alarm, AlarmArn, CallError, CallErrorKind, Endpoint, Reading, TopicArn};
use crate::plan::action::{Action, Subscribe};
use crate::plan::{FieldChange, StepId};
use crate::report::resource;
use crate::reversal::{LeftAlone, LeftReason, PendingEnd, Reversal, UndoPlan, UndoStep, Written};
use crate::stored::StoredAction;

/// What somebody asked an undo for beside taking back what nobody else uses.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Request {
    /// Topics that are to be removed although others use them, by name.
    pub topics: BTreeSet<String>,
}

/// What takes something back, and what is worth knowing about it.
struct Found {
    reversal: Reversal,
    changes: Vec<FieldChange>,
    notes: Vec<String>,
}

impl From<Reversal> for Found {
    fn from(reversal: Reversal) -> Self {
        Self {
            reversal,
            changes: Vec::new(),
            notes: Vec::new(),
        }
    }
}

/// What is there, and what goes with the same undo.
struct View<'facts> {
    facts: &'facts Facts,
    /// Alarms that the undo removes or puts back.
    going: BTreeSet<AlarmArn>,
    /// Endpoints that the apply subscribed.
    leaving: BTreeSet<(TopicArn, Endpoint)>,
    by_name: &'facts BTreeSet<String>,
}

/// Returns what an undo of what a journal tells would do, as things are.
pub(super) fn plan(history: &History, facts: &Facts, request: &Request) -> UndoPlan {
    let entries: Vec<&Entry> = history.written().collect();
    let (steps, left, (going, pending)) = decisions(&entries, facts, request);
    UndoPlan {
        account: history.account.clone(),
        partition: history.partition.clone(),
        region: history.region.clone(),
        steps,
        left,
        by_name: request.topics.clone(),
        going,
        pending,
    }
}

type Decisions = (Vec<UndoStep>, Vec<LeftAlone>, Parting);

/// Alarms that are removed or put back, and subscriptions that nobody confirmed.
type Parting = (BTreeSet<AlarmArn>, Vec<(TopicArn, Endpoint)>);

/// Returns what takes the writes back, in an order in which each step finds what it needs, and what is left alone.
fn decisions(entries: &[&Entry], facts: &Facts, request: &Request) -> Decisions {
    let (written, mut left) = resolved(entries, facts);
    let mut view = View {
        facts,
        going: BTreeSet::new(),
        leaving: written.iter().filter_map(subscribed).collect(),
        by_name: &request.topics,
    };
    let mut steps: Vec<UndoStep> = Vec::new();
    for rank in 0..=RANKS {
        for written in written
            .iter()
            .filter(|written| self::rank(&written.action) == rank)
        {
            let decided =
                decide(written, &view).and_then(|found| kept_for(written, found, &left, &view));
            match decided {
                Ok(found) => {
                    if let Action::PutAlarm(put) = &written.action {
                        view.going.insert(put.arn());
                    }
                    let step = step(written, found, &steps);
                    steps.push(step);
                }
                Err(reason) => {
                    if let (Action::PutAlarm(put), LeftReason::Restored) =
                        (&written.action, &reason)
                    {
                        view.going.insert(put.arn());
                    }
                    left.push((Some(written.clone()), left_alone(written, reason)));
                }
            }
        }
    }
    let pending = left
        .iter()
        .filter(|(_, left)| matches!(left.reason, LeftReason::Pending(_)))
        .filter_map(|(written, _)| written.as_ref().and_then(subscribed))
        .collect();
    let left = left
        .into_iter()
        .map(|(written, left)| ended(written.as_ref(), left, &steps))
        .collect();
    (steps, left, (view.going, pending))
}

/// Returns whether the step's resource may still be treated as the plan says.
pub(super) fn again(
    plan: &UndoPlan,
    step: &UndoStep,
    facts: &Facts,
) -> Result<Reversal, LeftReason> {
    let written = plan.steps.iter().map(|step| &step.written);
    let view = View {
        facts,
        going: plan.going.clone(),
        leaving: written
            .filter_map(subscribed)
            .chain(plan.pending.iter().cloned())
            .collect(),
        by_name: &plan.by_name,
    };
    decide(&step.written, &view).map(|found| found.reversal)
}

/// The last place in the order: alarms, filters, policies and keys, subscriptions, topics.
const RANKS: u8 = 4;

fn rank(action: &Action) -> u8 {
    match action {
        Action::PutAlarm(_) => 0,
        Action::PutMetricFilter(_) => 1,
        Action::SetTopicPolicy(_) | Action::SetTopicKey(_) => 2,
        Action::Subscribe(_) => 3,
        Action::CreateTopic(_) => RANKS,
    }
}

fn subscribed(written: &Written) -> Option<(TopicArn, Endpoint)> {
    match &written.action {
        Action::Subscribe(Subscribe { topic, endpoint }) => Some((topic.clone(), endpoint.clone())),
        Action::CreateTopic(_)
        | Action::SetTopicPolicy(_)
        | Action::SetTopicKey(_)
        | Action::PutMetricFilter(_)
        | Action::PutAlarm(_) => None,
    }
}

type Left = (Option<Written>, LeftAlone);

/// Returns the writes with the endpoints that were not written down, as far as the account still knows them.
fn resolved(entries: &[&Entry], facts: &Facts) -> (Vec<Written>, Vec<Left>) {
    let mut written = Vec::new();
    let mut left = Vec::new();
    for entry in entries {
        let found = match &entry.action {
            None => continue,
            Some(StoredAction::Whole(action)) => Ok(action.clone()),
            Some(StoredAction::Masked(masked)) => match topic(facts, &masked.topic) {
                Err(error) => Err(LeftReason::Unread(error)),
                Ok(None) => Err(LeftReason::Gone),
                Ok(Some(whole)) => {
                    let listed = whole
                        .subscriptions
                        .iter()
                        .map(|listed| listed.endpoint.clone());
                    masked.found(&listed.collect()).ok_or(LeftReason::Gone)
                }
            },
        };
        match found {
            Ok(action) => written.push(Written {
                id: entry.id.clone(),
                serves: entry.serves.clone(),
                action,
                replaced: entry.replaced.clone(),
            }),
            Err(reason) => left.push((
                None,
                LeftAlone {
                    id: entry.id.clone(),
                    resource: entry.resource.clone(),
                    reason,
                },
            )),
        }
    }
    (written, left)
}

fn left_alone(written: &Written, reason: LeftReason) -> LeftAlone {
    LeftAlone {
        id: written.id.clone(),
        resource: resource(&written.action),
        reason,
    }
}

/// Says of a pending subscription how it ends, now that it is known whether its topic is removed.
fn ended(written: Option<&Written>, left: LeftAlone, steps: &[UndoStep]) -> LeftAlone {
    let topic = written.and_then(subscribed).map(|(topic, _)| topic);
    let is_removed = topic.is_some_and(|topic| {
        let removal = Reversal::DeleteTopic(topic);
        steps.iter().any(|step| step.reversal == removal)
    });
    if is_removed && left.reason == LeftReason::Pending(PendingEnd::ByItself) {
        return LeftAlone {
            reason: LeftReason::Pending(PendingEnd::WithTopic),
            ..left
        };
    }
    left
}

fn step(written: &Written, found: Found, before: &[UndoStep]) -> UndoStep {
    let needs = before.iter().filter(|other| is_needed(other, written));
    UndoStep {
        needs: needs
            .map(|other| other.id().clone())
            .collect::<BTreeSet<StepId>>(),
        written: written.clone(),
        reversal: found.reversal,
        changes: found.changes,
        notes: found.notes,
    }
}

/// Returns whether something must be taken back before something else: an alarm before its filter and its topic.
fn is_needed(before: &UndoStep, written: &Written) -> bool {
    match (&before.written.action, &written.action) {
        (Action::PutAlarm(alarm), Action::PutMetricFilter(filter)) => {
            alarm.metric == filter.metric()
        }
        (Action::PutAlarm(alarm), Action::CreateTopic(create)) => {
            let topic = create.topic.to_string();
            alarm.settings().actions().any(|action| *action == topic)
        }
        (Action::Subscribe(subscribe), Action::CreateTopic(create)) => {
            subscribe.topic == create.topic
        }
        (_, _) => false,
    }
}

/// Leaves a filter alone that an alarm of the same apply still needs, which somebody made their own since.
fn kept_for(
    written: &Written,
    found: Found,
    left: &[Left],
    view: &View<'_>,
) -> Result<Found, LeftReason> {
    let Action::PutMetricFilter(filter) = &written.action else {
        return Ok(found);
    };
    for (alarm, left) in left {
        let Some(Action::PutAlarm(put)) = alarm.as_ref().map(|alarm| &alarm.action) else {
            continue;
        };
        match &left.reason {
            LeftReason::Unread(error) if put.metric == filter.metric() => {
                return Err(LeftReason::Unread(error.clone()));
            }
            LeftReason::Changed | LeftReason::NotOurs | LeftReason::Unrestorable => {
                let alarms = alarms(view.facts, &put.arn())?;
                let own = alarms.iter().find(|alarm| alarm.arn == put.arn());
                if own.and_then(Alarm::watched) == Some(&filter.metric()) {
                    return Err(LeftReason::Used(vec![put.name.to_string()]));
                }
            }
            LeftReason::Gone
            | LeftReason::Restored
            | LeftReason::OthersSubscribed(_)
            | LeftReason::Used(_)
            | LeftReason::MayBeUsed(_)
            | LeftReason::Pending(_)
            | LeftReason::Unread(_) => {}
        }
    }
    Ok(found)
}

fn decide(written: &Written, view: &View<'_>) -> Result<Found, LeftReason> {
    let before = written.replaced.as_ref();
    match &written.action {
        Action::PutAlarm(put) => chain::alarm(put, before, view),
        Action::PutMetricFilter(put) => chain::filter(put, before, view),
        Action::SetTopicPolicy(set) => topic::policy(set, before, view),
        Action::SetTopicKey(set) => topic::key(set, before, view),
        Action::Subscribe(subscribe) => topic::subscription(subscribe, view),
        Action::CreateTopic(create) => topic::created_topic(create, view),
    }
}

/// Returns a fact; one that nobody asked for counts as one that could not be had.
fn fact<'facts, T>(fact: Option<&'facts Reading<T>>, action: &str) -> Reading<&'facts T> {
    match fact {
        Some(Ok(fact)) => Ok(fact),
        Some(Err(error)) => Err(error.clone()),
        None => Err(CallError::new(
            action,
            CallErrorKind::Unsupported,
            "this was not asked",
        )),
    }
}

fn alarms<'facts>(facts: &'facts Facts, alarm: &AlarmArn) -> Result<&'facts [Alarm], LeftReason> {
    fact(facts.alarms.get(&alarm.region), "cloudwatch:DescribeAlarms")
        .map(Vec::as_slice)
        .map_err(LeftReason::Unread)
}

fn topic<'facts>(facts: &'facts Facts, topic: &TopicArn) -> Reading<Option<&'facts WholeTopic>> {
    fact(facts.topics.get(topic), "sns:GetTopicAttributes").map(Option::as_ref)
}
