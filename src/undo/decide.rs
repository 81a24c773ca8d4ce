//! Decides, write by write, what may be taken back as things are, and why the rest is left alone.

use std::collections::BTreeSet;

use serde_json::Value;

use super::facts::{Facts, WholeTopic};
use crate::desired::OWNER_TAG;
use crate::journal::{Entry, History};
use crate::model::{
    Alarm, AlarmArn, AlarmKind, CallError, CallErrorKind, Endpoint, Metric, MetricAlarm,
    MetricQuery, Reading, SubscriptionState, TopicArn,
};
use crate::plan::action::{
    Action, CreateTopic, PutAlarm, PutMetricFilter, SetTopicKey, SetTopicPolicy, Subscribe,
};
use crate::plan::{FieldChange, Replaced, StepId, alarm_changes, filter_changes};
use crate::report::resource;
use crate::reversal::{
    LeftAlone, LeftReason, PendingEnd, Reversal, Subscribed, UndoPlan, UndoStep, Written,
};
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
    let (steps, left, pending) = decisions(&entries, facts, request);
    UndoPlan {
        account: history.account.clone(),
        partition: history.partition.clone(),
        region: history.region.clone(),
        steps,
        left,
        by_name: request.topics.clone(),
        pending,
    }
}

type Decisions = (Vec<UndoStep>, Vec<LeftAlone>, Vec<(TopicArn, Endpoint)>);

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
    (steps, left, pending)
}

/// Returns whether the step's resource may still be treated as the plan says.
pub(super) fn again(
    plan: &UndoPlan,
    step: &UndoStep,
    facts: &Facts,
) -> Result<Reversal, LeftReason> {
    let written = plan.steps.iter().map(|step| &step.written);
    let alarms = written.clone().filter_map(|written| match &written.action {
        Action::PutAlarm(put) => Some(put.arn()),
        Action::CreateTopic(_)
        | Action::SetTopicPolicy(_)
        | Action::SetTopicKey(_)
        | Action::Subscribe(_)
        | Action::PutMetricFilter(_) => None,
    });
    let view = View {
        facts,
        going: alarms.collect(),
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
            let lists = [
                &alarm.alarm_actions,
                &alarm.ok_actions,
                &alarm.insufficient_data_actions,
            ];
            lists.into_iter().any(|list| list.contains(&topic))
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
                if own.is_some_and(|alarm| watches(alarm, &filter.metric())) {
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
        Action::PutAlarm(put) => alarm(put, before, view),
        Action::PutMetricFilter(put) => filter(put, before, view),
        Action::SetTopicPolicy(set) => policy(set, before, view),
        Action::SetTopicKey(set) => key(set, before, view),
        Action::Subscribe(subscribe) => subscription(subscribe, view),
        Action::CreateTopic(create) => created_topic(create, view),
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

fn alarm(put: &PutAlarm, before: Option<&Replaced>, view: &View<'_>) -> Result<Found, LeftReason> {
    let arn = put.arn();
    let found = alarms(view.facts, &arn)?
        .iter()
        .find(|alarm| alarm.arn == arn);
    let now = match found.map(|alarm| &alarm.kind) {
        None => return Err(LeftReason::Gone),
        Some(AlarmKind::Composite | AlarmKind::Log) => return Err(LeftReason::Changed),
        Some(AlarmKind::Metric(settings)) => settings.as_ref(),
    };
    let previous = match before {
        Some(Replaced::Alarm(previous)) => Some(previous.as_ref()),
        Some(Replaced::Filter(_) | Replaced::TopicPolicy(_) | Replaced::TopicKey(_)) | None => None,
    };
    if *now != put.settings() {
        let is_restored = previous == Some(now);
        return Err(if is_restored {
            LeftReason::Restored
        } else {
            LeftReason::Changed
        });
    }
    let tags = fact(
        view.facts.alarm_tags.get(&arn),
        "cloudwatch:ListTagsForResource",
    );
    if !tags.map_err(LeftReason::Unread)?.contains_key(OWNER_TAG) {
        return Err(LeftReason::NotOurs);
    }
    match previous {
        None => Ok(Reversal::DeleteAlarm(arn).into()),
        Some(previous) if is_restorable(previous) => Ok(Found {
            changes: alarm_changes(now, previous),
            reversal: Reversal::RestoreAlarm(arn, Box::new(previous.clone())),
            notes: Vec::new(),
        }),
        Some(_) => Err(LeftReason::Unrestorable),
    }
}

/// Returns whether everything about an alarm is known: not of one on an expression or with dimensions.
fn is_restorable(alarm: &MetricAlarm) -> bool {
    match &alarm.query {
        MetricQuery::Single { has_dimensions, .. } => !has_dimensions,
        MetricQuery::Expression => false,
    }
}

fn filter(
    put: &PutMetricFilter,
    before: Option<&Replaced>,
    view: &View<'_>,
) -> Result<Found, LeftReason> {
    let listed = fact(
        view.facts.filters.get(&put.log_group),
        "logs:DescribeMetricFilters",
    );
    let mut listed = listed.map_err(LeftReason::Unread)?.iter();
    let now = listed.find(|filter| filter.name == put.name.as_str());
    let now = now.ok_or(LeftReason::Gone)?;
    let previous = match before {
        Some(Replaced::Filter(previous)) => Some(previous.as_ref()),
        Some(Replaced::Alarm(_) | Replaced::TopicPolicy(_) | Replaced::TopicKey(_)) | None => None,
    };
    if *now != put.filter() {
        let is_restored = previous == Some(now);
        return Err(if is_restored {
            LeftReason::Restored
        } else {
            LeftReason::Changed
        });
    }
    match previous {
        None => Ok(Found {
            reversal: Reversal::DeleteMetricFilter(put.log_group.clone(), put.name.clone()),
            changes: Vec::new(),
            notes: watchers(put, view),
        }),
        Some(previous) => Ok(Found {
            changes: filter_changes(now, previous),
            reversal: Reversal::RestoreMetricFilter(
                put.log_group.clone(),
                Box::new(previous.clone()),
            ),
            notes: Vec::new(),
        }),
    }
}

/// Returns which alarms that stay watch the metric of a filter that goes.
fn watchers(put: &PutMetricFilter, view: &View<'_>) -> Vec<String> {
    let there = view.facts.alarms.get(&put.log_group.region);
    let there = there
        .and_then(|there| there.as_ref().ok())
        .into_iter()
        .flatten();
    there
        .filter(|alarm| !view.going.contains(&alarm.arn) && watches(alarm, &put.metric()))
        .map(|alarm| {
            format!(
                "alarm `{}` watches its metric and will hear nothing more",
                alarm.arn.name
            )
        })
        .collect()
}

fn watches(alarm: &Alarm, wanted: &Metric) -> bool {
    match &alarm.kind {
        AlarmKind::Metric(settings) => match &settings.query {
            MetricQuery::Single { metric, .. } => metric == wanted,
            MetricQuery::Expression => false,
        },
        AlarmKind::Composite | AlarmKind::Log => false,
    }
}

/// Returns a topic that is there and ours.
fn own_topic<'facts>(
    view: &View<'facts>,
    arn: &TopicArn,
) -> Result<&'facts WholeTopic, LeftReason> {
    let whole = topic(view.facts, arn).map_err(LeftReason::Unread)?;
    let whole = whole.ok_or(LeftReason::Gone)?;
    if whole.tags.contains_key(OWNER_TAG) {
        Ok(whole)
    } else {
        Err(LeftReason::NotOurs)
    }
}

fn one_change(field: &'static str, before: &str, after: &str) -> Vec<FieldChange> {
    vec![FieldChange {
        field,
        before: before.to_owned(),
        after: after.to_owned(),
    }]
}

fn policy(
    set: &SetTopicPolicy,
    before: Option<&Replaced>,
    view: &View<'_>,
) -> Result<Found, LeftReason> {
    let now = &own_topic(view, &set.topic)?.topic.policy;
    let Some(Replaced::TopicPolicy(previous)) = before else {
        return Err(LeftReason::Unrestorable);
    };
    if is_same_document(now, previous) {
        return Err(LeftReason::Restored);
    }
    if !is_same_document(now, &set.policy) {
        return Err(LeftReason::Changed);
    }
    Ok(Found {
        changes: one_change("policy", now, previous),
        reversal: Reversal::RestoreTopicPolicy(set.topic.clone(), previous.clone()),
        notes: Vec::new(),
    })
}

/// Returns whether two policies are the same document, however they are laid out.
fn is_same_document(one: &str, other: &str) -> bool {
    let parse = |text: &str| serde_json::from_str::<Value>(text).ok();
    one == other || parse(one).is_some_and(|one| Some(one) == parse(other))
}

fn key(set: &SetTopicKey, before: Option<&Replaced>, view: &View<'_>) -> Result<Found, LeftReason> {
    let now = &own_topic(view, &set.topic)?.topic.kms_key;
    let Some(Replaced::TopicKey(previous)) = before else {
        return Err(LeftReason::Unrestorable);
    };
    if now == previous {
        return Err(LeftReason::Restored);
    }
    if now.as_ref() != Some(&set.kms_key) {
        return Err(LeftReason::Changed);
    }
    let shown = previous.as_deref().unwrap_or("none");
    Ok(Found {
        changes: one_change("key", &set.kms_key, shown),
        reversal: Reversal::RestoreTopicKey(set.topic.clone(), previous.clone()),
        notes: Vec::new(),
    })
}

fn subscription(subscribe: &Subscribe, view: &View<'_>) -> Result<Found, LeftReason> {
    let whole = topic(view.facts, &subscribe.topic).map_err(LeftReason::Unread)?;
    let mut listed = whole.ok_or(LeftReason::Gone)?.subscriptions.iter();
    let live = listed.find(|listed| {
        listed.endpoint == subscribe.endpoint && listed.state != SubscriptionState::Deleted
    });
    match live.map(|listed| &listed.state) {
        None | Some(SubscriptionState::Deleted) => Err(LeftReason::Gone),
        Some(SubscriptionState::Pending) => Err(LeftReason::Pending(PendingEnd::ByItself)),
        Some(SubscriptionState::Confirmed(arn)) => Ok(Reversal::Unsubscribe(Subscribed {
            topic: subscribe.topic.clone(),
            endpoint: subscribe.endpoint.clone(),
            subscription: arn.clone(),
        })
        .into()),
    }
}

fn created_topic(create: &CreateTopic, view: &View<'_>) -> Result<Found, LeftReason> {
    let WholeTopic {
        topic,
        tags,
        subscriptions,
    } = own_topic(view, &create.topic)?;
    let removal = Found::from(Reversal::DeleteTopic(create.topic.clone()));
    if view.by_name.contains(&create.topic.name) {
        return Ok(Found {
            notes: vec!["it was asked for by name, whoever else uses it".to_owned()],
            ..removal
        });
    }
    let are_there = create
        .tags
        .iter()
        .all(|(key, value)| tags.get(key) == Some(value));
    if topic.kms_key != create.kms_key || !are_there || !is_default_policy(&topic.policy) {
        return Err(LeftReason::Changed);
    }
    let others = subscriptions.iter().filter(|listed| {
        let is_own = view
            .leaving
            .contains(&(create.topic.clone(), listed.endpoint.clone()));
        !is_own && listed.state != SubscriptionState::Deleted
    });
    match others.count() {
        0 => {}
        others => return Err(LeftReason::OthersSubscribed(others)),
    }
    let there = fact(
        view.facts.alarms.get(&create.topic.region),
        "cloudwatch:DescribeAlarms",
    );
    let there = there.map_err(LeftReason::Unread)?;
    let others = there
        .iter()
        .filter(|alarm| !view.going.contains(&alarm.arn));
    let mut users = Vec::new();
    for alarm in others {
        match &alarm.kind {
            AlarmKind::Metric(settings) if notifies(settings, &create.topic) => {
                users.push(alarm.arn.name.clone());
            }
            AlarmKind::Metric(_) => {}
            AlarmKind::Composite | AlarmKind::Log => {
                return Err(LeftReason::MayBeUsed(alarm.arn.name.clone()));
            }
        }
    }
    if users.is_empty() {
        Ok(removal)
    } else {
        Err(LeftReason::Used(users))
    }
}

fn notifies(alarm: &MetricAlarm, topic: &TopicArn) -> bool {
    let topic = topic.to_string();
    let lists = [
        &alarm.alarm_actions,
        &alarm.ok_actions,
        &alarm.insufficient_data_actions,
    ];
    lists.into_iter().any(|list| list.contains(&topic))
}

/// Returns whether a policy is the one that SNS gives a new topic, whose one statement has a name of its own.
fn is_default_policy(policy: &str) -> bool {
    let Ok(document) = serde_json::from_str::<Value>(policy) else {
        return policy.is_empty();
    };
    match document
        .get("Statement")
        .and_then(Value::as_array)
        .map(Vec::as_slice)
    {
        Some([only]) => only.get("Sid").and_then(Value::as_str) == Some("__default_statement_ID"),
        Some(_) | None => false,
    }
}
