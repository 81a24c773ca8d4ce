//! Looks at a resource right before it is written, and again when the answer to a write was lost.
//!
//! No write of AWS has a condition, so that a change by somebody else in between can still be overwritten;
//! looking here leaves it a fraction of a second instead of minutes.

use crate::cloud::CloudReader;
use crate::desired::OWNER_TAG;
use crate::model::{
    Alarm, AlarmKind, MetricAlarm, Reading, SubscriptionState, Tags, Topic, TopicArn,
};
use crate::plan::action::{Action, CreateTopic, Subscribe};
use crate::plan::{Plan, Replaced, Step, StepId};

/// What a resource looks like to the step that is to write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sight {
    /// As the plan saw it: absent, or as it was.
    AsPlanned,
    /// Already as the step would leave it.
    AsWanted,
    /// Neither: somebody else changed it.
    Changed,
    /// As the plan saw it, but not ours to change.
    Foreign,
}

/// The steps of a plan that may not be performed as things are.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unfit {
    /// Their resources are no longer as the plan saw them, or as wanted already.
    pub changed: Vec<StepId>,
    /// They would change what cis-fix did not make.
    pub foreign: Vec<StepId>,
}

/// Returns the steps of a plan that may not be performed as things are.
///
/// # Errors
///
/// Fails when a resource cannot be looked at.
pub async fn unfit(account: &impl CloudReader, plan: &Plan) -> Reading<Unfit> {
    let mut unfit = Unfit::default();
    for step in &plan.steps {
        match look(account, step).await? {
            Sight::AsPlanned => {}
            Sight::AsWanted | Sight::Changed => unfit.changed.push(step.id.clone()),
            Sight::Foreign => unfit.foreign.push(step.id.clone()),
        }
    }
    Ok(unfit)
}

/// Looks at what a step is to write, and for a change at whose it is.
pub(super) async fn look(account: &impl CloudReader, step: &Step) -> Reading<Sight> {
    let sight = compared(account, step).await?;
    if sight == Sight::AsPlanned && step.replaces.is_some() && !is_ours(account, step).await? {
        return Ok(Sight::Foreign);
    }
    Ok(sight)
}

/// Returns whether cis-fix made what a step changes. Filters carry no tags: one is ours when an alarm of ours
/// watches its metric.
async fn is_ours(account: &impl CloudReader, step: &Step) -> Reading<bool> {
    let is_owner = |tags: Tags| tags.contains_key(OWNER_TAG);
    match &step.action {
        Action::CreateTopic(_) | Action::Subscribe(_) => Ok(true),
        Action::SetTopicPolicy(set) => account.topic_tags(&set.topic).await.map(is_owner),
        Action::SetTopicKey(set) => account.topic_tags(&set.topic).await.map(is_owner),
        Action::PutAlarm(put) => account.alarm_tags(&put.arn()).await.map(is_owner),
        Action::PutMetricFilter(put) => {
            let alarms = account.alarms(&put.log_group.region).await?;
            let metric = match &step.replaces {
                Some(Replaced::Filter(before)) => before.transformation.metric.clone(),
                _ => put.metric(),
            };
            for alarm in alarms {
                if alarm.watched() == Some(&metric)
                    && is_owner(account.alarm_tags(&alarm.arn).await?)
                {
                    return Ok(true);
                }
            }
            Ok(false)
        }
    }
}

/// Compares what a step is to write with what is there.
async fn compared(account: &impl CloudReader, step: &Step) -> Reading<Sight> {
    let before = step.replaces.as_ref();
    match &step.action {
        Action::CreateTopic(create) => new_topic(account, create).await,
        Action::SetTopicPolicy(set) => {
            let now = attribute(account, &set.topic, |topic| topic.policy).await?;
            let before = match before {
                Some(Replaced::TopicPolicy(policy)) => Some(policy.clone()),
                _ => None,
            };
            Ok(compare(now.as_ref(), before.as_ref(), &set.policy))
        }
        Action::SetTopicKey(set) => {
            let now = attribute(account, &set.topic, |topic| topic.kms_key).await?;
            let before = match before {
                Some(Replaced::TopicKey(key)) => Some(key.clone()),
                _ => None,
            };
            Ok(compare(
                now.as_ref(),
                before.as_ref(),
                &Some(set.kms_key.clone()),
            ))
        }
        Action::Subscribe(subscribe) => new_subscription(account, subscribe).await,
        Action::PutMetricFilter(put) => {
            let now = account.metric_filter(&put.log_group, &put.name).await?;
            let before = match before {
                Some(Replaced::Filter(filter)) => Some(filter.as_ref()),
                _ => None,
            };
            Ok(compare(now.as_ref(), before, &put.filter()))
        }
        Action::PutAlarm(put) => {
            let now = account.alarm(&put.arn()).await?;
            let before = match before {
                Some(Replaced::Alarm(settings)) => Some(settings.as_ref()),
                _ => None,
            };
            Ok(see_alarm(now.as_ref(), before, &put.settings()))
        }
    }
}

/// Compares what is there with what was there and with what is wanted.
fn compare<T: PartialEq>(now: Option<&T>, before: Option<&T>, wanted: &T) -> Sight {
    if now == Some(wanted) {
        Sight::AsWanted
    } else if now == before {
        Sight::AsPlanned
    } else {
        Sight::Changed
    }
}

/// Compares an alarm; one of another kind is never ours to replace.
fn see_alarm(now: Option<&Alarm>, before: Option<&MetricAlarm>, wanted: &MetricAlarm) -> Sight {
    match now.map(|alarm| &alarm.kind) {
        None => compare(None, before, wanted),
        Some(AlarmKind::Metric(settings)) => compare(Some(settings.as_ref()), before, wanted),
        Some(AlarmKind::Composite | AlarmKind::Log) => Sight::Changed,
    }
}

/// Returns an attribute of a topic, or none when the topic is gone.
async fn attribute<T>(
    account: &impl CloudReader,
    topic: &TopicArn,
    pick: impl FnOnce(Topic) -> T,
) -> Reading<Option<T>> {
    Ok(account.topic(topic).await?.map(pick))
}

/// Looks for a topic that is to be made; one that we made with the wanted key is as wanted.
async fn new_topic(account: &impl CloudReader, create: &CreateTopic) -> Reading<Sight> {
    let Some(topic) = account.topic(&create.topic).await? else {
        return Ok(Sight::AsPlanned);
    };
    let tags = account.topic_tags(&create.topic).await?;
    let is_wanted = tags.contains_key(OWNER_TAG) && topic.kms_key == create.kms_key;
    Ok(if is_wanted {
        Sight::AsWanted
    } else {
        Sight::Changed
    })
}

/// Looks for a subscription that is to be made; a pending one is there, and asking again sends a mail.
async fn new_subscription(account: &impl CloudReader, subscribe: &Subscribe) -> Reading<Sight> {
    let listed = account.subscriptions(&subscribe.topic).await?;
    let is_listed = listed.iter().any(|subscription| {
        subscription.endpoint == subscribe.endpoint
            && subscription.state != SubscriptionState::Deleted
    });
    Ok(if is_listed {
        Sight::AsWanted
    } else {
        Sight::AsPlanned
    })
}
