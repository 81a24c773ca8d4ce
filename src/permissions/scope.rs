//! Where permissions hold: the places, names and people that a command has to do with.

use std::collections::BTreeSet;

use crate::desired::{Desired, OWNER_TAG};
use crate::model::{Alarm, AlarmArn, Endpoint, LogGroupArn, TopicArn, TrailArn};
use crate::observed::{Observed, own_log_groups};
use crate::plan::Plan;
use crate::plan::action::Action;

/// Where permissions hold.
#[derive(Debug, Clone, PartialEq, Eq)]
// INVARIANT: there is a log group.
pub struct Scope {
    pub(super) log_groups: BTreeSet<LogGroupArn>,
    pub(super) trails: Known<TrailArn>,
    /// Alarms that are ours or would be.
    pub(super) alarms: BTreeSet<AlarmArn>,
    /// What these alarms do or would do when their state changes: ARNs.
    pub(super) alarm_actions: BTreeSet<String>,
    /// Topics that are ours or would be.
    pub(super) own_topics: BTreeSet<TopicArn>,
    /// Topics that are looked at.
    pub(super) topics: Known<TopicArn>,
    pub(super) keys: BTreeSet<KeyRef>,
    pub(super) endpoints: BTreeSet<Endpoint>,
}

/// Things that were found in the account, or none that anybody knows of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known<Name> {
    /// These.
    These(BTreeSet<Name>),
    /// Nobody looked, so that it may be any.
    Any,
}

/// A key as a topic names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum KeyRef {
    /// Its ARN.
    Arn(String),
    /// One of its aliases; the ARN is not known.
    Alias(String),
}

impl Scope {
    /// Returns the scope of what is desired with this log group, without a look at the account.
    #[must_use]
    pub fn of_log_group(desired: &Desired, log_group: &LogGroupArn) -> Self {
        let keys = desired.topics().filter_map(|topic| topic.kms_key.as_ref());
        let mut scope = Self {
            log_groups: BTreeSet::from([log_group.clone()]),
            trails: Known::Any,
            alarms: BTreeSet::new(),
            alarm_actions: BTreeSet::new(),
            own_topics: BTreeSet::new(),
            topics: Known::Any,
            keys: keys.map(|key| key_ref(log_group, key)).collect(),
            endpoints: desired.endpoints(),
        };
        scope.want(desired);
        scope
    }

    /// Returns the scope of what was found in an account and is planned for it; none when no log group of the
    /// account receives a trail's events.
    #[must_use]
    pub fn of_account(desired: &Desired, observed: &Observed, plan: &Plan) -> Option<Self> {
        let trails = observed.trails.as_ref().ok()?;
        let log_groups = own_log_groups(trails, &observed.identity.account);
        let first = log_groups.first()?;
        let mut scope = Self {
            trails: Known::These(observed.trail_status.keys().cloned().collect()),
            alarms: owned_alarms(observed),
            alarm_actions: actions_of_owned(observed),
            own_topics: BTreeSet::new(),
            topics: Known::These(observed.topics.keys().cloned().collect()),
            keys: keys(observed, desired, first),
            endpoints: desired.endpoints(),
            log_groups,
        };
        scope.want(desired);
        scope.plan(plan);
        Some(scope)
    }

    /// Adds what is desired under its planned names.
    fn want(&mut self, desired: &Desired) {
        for group in &self.log_groups {
            for wanted in desired.topics() {
                let topic = wanted.arn(&group.partition, &group.region, &group.account);
                self.alarm_actions.insert(topic.to_string());
                self.own_topics.insert(topic.clone());
                if let Known::These(topics) = &mut self.topics {
                    topics.insert(topic);
                }
            }
            let wanted = desired.controls.iter().map(|control| AlarmArn {
                partition: group.partition.clone(),
                region: group.region.clone(),
                account: group.account.clone(),
                name: control.alarm.name.as_str().to_owned(),
            });
            self.alarms.extend(wanted);
        }
    }

    /// Adds what is planned: names may differ from the desired ones where somebody else has them.
    fn plan(&mut self, plan: &Plan) {
        for step in &plan.steps {
            match &step.action {
                Action::CreateTopic(write) => {
                    self.own_topics.insert(write.topic.clone());
                }
                Action::SetTopicPolicy(write) => {
                    self.own_topics.insert(write.topic.clone());
                }
                Action::SetTopicKey(write) => {
                    self.own_topics.insert(write.topic.clone());
                }
                Action::Subscribe(write) => {
                    self.own_topics.insert(write.topic.clone());
                }
                Action::PutAlarm(write) => {
                    self.alarms.insert(write.arn());
                    self.alarm_actions
                        .extend(write.settings().actions().cloned());
                }
                Action::PutMetricFilter(_) => {}
            }
        }
    }
}

fn owned_alarms(observed: &Observed) -> BTreeSet<AlarmArn> {
    let tags = observed.alarm_tags.iter();
    tags.filter(|(_, tags)| tags.as_ref().is_ok_and(|tags| tags.contains_key(OWNER_TAG)))
        .map(|(alarm, _)| alarm.clone())
        .collect()
}

/// Returns what our alarms do as they are: whoever replaces one keeps it.
fn actions_of_owned(observed: &Observed) -> BTreeSet<String> {
    let owned = owned_alarms(observed);
    let alarms = observed.alarms.values().flatten().flatten();
    alarms
        .filter(|alarm| owned.contains(&alarm.arn))
        .filter_map(Alarm::settings)
        .flat_map(|settings| settings.actions().cloned())
        .collect()
}

/// Returns the keys of the topics that were found and of those that are desired.
fn keys(observed: &Observed, desired: &Desired, log_group: &LogGroupArn) -> BTreeSet<KeyRef> {
    let asked = observed.keys.iter().map(|((region, name), key)| {
        if let Ok(Some(key)) = key {
            return KeyRef::Arn(key.arn.clone());
        }
        let near = LogGroupArn {
            region: region.clone(),
            ..log_group.clone()
        };
        key_ref(&near, name)
    });
    let known = |name: &&String| !observed.keys.keys().any(|(_, asked)| asked == *name);
    let wanted = desired.topics().filter_map(|topic| topic.kms_key.as_ref());
    let wanted = wanted.filter(known);
    asked
        .chain(wanted.map(|name| key_ref(log_group, name)))
        .collect()
}

/// Returns how a policy names a key of the place of a log group: an id, an ARN or an alias.
fn key_ref(place: &LogGroupArn, name: &str) -> KeyRef {
    let alias = match name.split_once(":alias/") {
        Some((_, alias)) => Some(format!("alias/{alias}")),
        None => name.starts_with("alias/").then(|| name.to_owned()),
    };
    let LogGroupArn {
        partition,
        region,
        account,
        name: _,
    } = place;
    match alias {
        Some(alias) => KeyRef::Alias(alias),
        None if name.starts_with("arn:") => KeyRef::Arn(name.to_owned()),
        None => KeyRef::Arn(format!("arn:{partition}:kms:{region}:{account}:key/{name}")),
    }
}
