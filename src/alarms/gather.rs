//! What is to be done with which alarms, and what must be read to know it.

use futures_util::StreamExt;
use futures_util::stream;

use crate::cloud::CloudReader;
use crate::examine::{OwnAlarm, OwnAlarms};
use crate::model::{ActionsSwitch, AlarmArn, Identity, Region, SubscriptionState, TopicArn};
use crate::observed::Observed;
use crate::outcome::{Audience, Drill, Muting, Refusal, Target};

/// How many tags are asked for at once; CloudWatch allows ten calls a second.
const AT_ONCE: usize = 5;

/// Returns what was observed with the tags of more alarms.
pub async fn with_alarm_tags(
    reader: &impl CloudReader,
    observed: Observed,
    alarms: impl IntoIterator<Item = AlarmArn>,
) -> Observed {
    let unknown: Vec<AlarmArn> = alarms
        .into_iter()
        .filter(|alarm| !observed.alarm_tags.contains_key(alarm))
        .collect();
    let read: Vec<_> = stream::iter(unknown)
        .map(|alarm| async move {
            let tags = reader.alarm_tags(&alarm).await;
            (alarm, tags)
        })
        .buffer_unordered(AT_ONCE)
        .collect()
        .await;
    let mut alarm_tags = observed.alarm_tags;
    alarm_tags.extend(read);
    Observed {
        alarm_tags,
        ..observed
    }
}

/// Returns which of the alarms are to be switched.
#[must_use]
pub fn muting(
    identity: &Identity,
    region: &Region,
    alarms: OwnAlarms,
    to: ActionsSwitch,
) -> Muting {
    let OwnAlarms {
        own,
        foreign,
        unread,
    } = alarms;
    let (already, targets) = own
        .into_iter()
        .partition(|alarm| alarm.settings.actions_enabled == (to == ActionsSwitch::Enabled));
    Muting {
        account: identity.account.clone(),
        partition: identity.partition.clone(),
        region: region.clone(),
        to,
        targets,
        already,
        foreign,
        unread,
    }
}

/// Returns which of the alarms are to be driven, and who will hear of it.
pub async fn drill(
    reader: &impl CloudReader,
    identity: &Identity,
    region: &Region,
    alarms: OwnAlarms,
) -> Drill {
    let OwnAlarms {
        own,
        foreign,
        unread,
    } = alarms;
    let (mut targets, mut refused) = (Vec::new(), Vec::new());
    for alarm in own {
        match topics(&alarm) {
            Ok(arns) => {
                let mut topics = Vec::new();
                for topic in arns {
                    topics.push(audience(reader, topic).await);
                }
                targets.push(Target { alarm, topics });
            }
            Err(refusal) => refused.push((alarm, refusal)),
        }
    }
    Drill {
        account: identity.account.clone(),
        partition: identity.partition.clone(),
        region: region.clone(),
        targets,
        refused,
        foreign,
        unread,
    }
}

/// Returns the topics that an alarm publishes to in ALARM, or why it is not to be driven.
///
/// All of its actions count, since it comes back to another state in the end.
fn topics(alarm: &OwnAlarm) -> Result<Vec<TopicArn>, Refusal> {
    let settings = &alarm.settings;
    let others: Vec<String> = settings
        .actions()
        .filter(|action| TopicArn::parse(action).is_err())
        .cloned()
        .collect();
    if !others.is_empty() {
        return Err(Refusal::OtherActions(others));
    }
    if settings.alarm_actions.is_empty() {
        return Err(Refusal::NoAction);
    }
    if !settings.actions_enabled {
        return Err(Refusal::Muted);
    }
    let topics = settings.alarm_actions.iter();
    Ok(topics
        .filter_map(|action| TopicArn::parse(action).ok())
        .collect())
}

async fn audience(reader: &impl CloudReader, topic: TopicArn) -> Audience {
    let confirmed = reader.subscriptions(&topic).await.map(|subscriptions| {
        let states = subscriptions.iter().map(|subscription| &subscription.state);
        states
            .filter(|state| matches!(state, SubscriptionState::Confirmed(_)))
            .count()
    });
    Audience { topic, confirmed }
}
