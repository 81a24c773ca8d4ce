//! What is there now of everything that an apply wrote, and of what uses it.

use std::collections::{BTreeMap, BTreeSet};

use crate::cloud::CloudReader;
use crate::journal::Entry;
use crate::model::{
    Alarm, AlarmArn, LogGroupArn, MetricFilter, Reading, Region, Subscription, Tags, Topic,
    TopicArn,
};
use crate::plan::action::Action;
use crate::reversal::Written;
use crate::stored::StoredAction;

/// What is there now; a reading that failed stands in the place of what it was to tell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    /// The alarms of Regions.
    pub(super) alarms: BTreeMap<Region, Reading<Vec<Alarm>>>,
    /// The tags of alarms that are there.
    pub(super) alarm_tags: BTreeMap<AlarmArn, Reading<Tags>>,
    /// The metric filters of log groups.
    pub(super) filters: BTreeMap<LogGroupArn, Reading<Vec<MetricFilter>>>,
    /// Topics with all that belongs to them.
    pub(super) topics: BTreeMap<TopicArn, Reading<Option<WholeTopic>>>,
}

/// A topic with all that belongs to it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WholeTopic {
    pub(super) topic: Topic,
    pub(super) tags: Tags,
    pub(super) subscriptions: Vec<Subscription>,
}

/// Looks at everything that was or may have been written, and at what uses it.
pub async fn facts<'entries>(
    account: &impl CloudReader,
    entries: impl IntoIterator<Item = &'entries Entry>,
) -> Facts {
    let mut regions = BTreeSet::new();
    let mut alarms = BTreeSet::new();
    let mut log_groups = BTreeSet::new();
    let mut topics = BTreeSet::new();
    for action in entries
        .into_iter()
        .filter_map(|entry| entry.action.as_ref())
    {
        match action {
            StoredAction::Masked(masked) => {
                topics.insert(masked.topic.clone());
            }
            StoredAction::Whole(action) => {
                regions.insert(action.place().1.clone());
                topics.extend(topic_of(action).cloned());
                match action {
                    Action::PutMetricFilter(put) => {
                        log_groups.insert(put.log_group.clone());
                    }
                    Action::PutAlarm(put) => {
                        alarms.insert(put.arn());
                    }
                    Action::CreateTopic(_)
                    | Action::SetTopicPolicy(_)
                    | Action::SetTopicKey(_)
                    | Action::Subscribe(_) => {}
                }
            }
        }
    }
    let mut facts = Facts::default();
    for region in regions {
        let there = account.alarms(&region).await;
        facts.alarms.insert(region, there);
    }
    for alarm in alarms {
        facts.read_tags(account, alarm).await;
    }
    for log_group in log_groups {
        let there = account.metric_filters(&log_group).await;
        facts.filters.insert(log_group, there);
    }
    for topic in topics {
        facts.read_topic(account, topic).await;
    }
    facts
}

/// Looks at one thing that was written, and at what uses it.
pub(super) async fn of_one(account: &impl CloudReader, written: &Written) -> Facts {
    let mut facts = Facts::default();
    let region = written.action.place().1.clone();
    match &written.action {
        Action::PutMetricFilter(put) => {
            let there = account.metric_filter(&put.log_group, &put.name).await;
            let there = there.map(|filter| filter.into_iter().collect());
            facts.filters.insert(put.log_group.clone(), there);
            // What watches its metric was told before; looking for it anew each time takes many calls.
            facts.alarms.insert(region, Ok(Vec::new()));
        }
        Action::PutAlarm(put) => {
            let there = account.alarm(&put.arn()).await;
            let there = there.map(|alarm| alarm.into_iter().collect());
            facts.alarms.insert(region, there);
            facts.read_tags(account, put.arn()).await;
        }
        Action::CreateTopic(create) => {
            let there = account.alarms(&region).await;
            facts.alarms.insert(region, there);
            facts.read_topic(account, create.topic.clone()).await;
        }
        Action::SetTopicPolicy(_) | Action::SetTopicKey(_) | Action::Subscribe(_) => {
            if let Some(topic) = topic_of(&written.action) {
                facts.read_topic(account, topic.clone()).await;
            }
        }
    }
    facts
}

/// Returns the topic that an action is about.
fn topic_of(action: &Action) -> Option<&TopicArn> {
    match action {
        Action::CreateTopic(write) => Some(&write.topic),
        Action::SetTopicPolicy(write) => Some(&write.topic),
        Action::SetTopicKey(write) => Some(&write.topic),
        Action::Subscribe(write) => Some(&write.topic),
        Action::PutMetricFilter(_) | Action::PutAlarm(_) => None,
    }
}

impl Facts {
    /// Reads the tags of an alarm that is there.
    async fn read_tags(&mut self, account: &impl CloudReader, alarm: AlarmArn) {
        let listed = self.alarms.get(&alarm.region);
        let is_there = listed
            .and_then(|listed| listed.as_ref().ok())
            .is_some_and(|listed| listed.iter().any(|other| other.arn == alarm));
        if is_there {
            let tags = account.alarm_tags(&alarm).await;
            self.alarm_tags.insert(alarm, tags);
        }
    }

    async fn read_topic(&mut self, account: &impl CloudReader, topic: TopicArn) {
        let there = whole_topic(account, &topic).await;
        self.topics.insert(topic, there);
    }
}

async fn whole_topic(account: &impl CloudReader, arn: &TopicArn) -> Reading<Option<WholeTopic>> {
    let Some(topic) = account.topic(arn).await? else {
        return Ok(None);
    };
    Ok(Some(WholeTopic {
        topic,
        tags: account.topic_tags(arn).await?,
        subscriptions: account.subscriptions(arn).await?,
    }))
}
