//! What others do to an account, and what must be left of it.

use std::collections::{BTreeMap, BTreeSet};

use cis_fix::journal::History;
use cis_fix::model::{Alarm, AlarmArn, AlarmKind, LogGroupArn, SubscriptionState, Tags, TopicArn};
use cis_fix::plan::Replaced;
use cis_fix::plan::action::{Action, Subscribe};
use cis_fix::sandbox::SandboxAccount;
use cis_fix::stored::StoredAction;

use super::Event;
use super::sight::things;
use crate::properties::foreign;

/// Changes the account as somebody else would.
pub(super) fn meddle(account: &mut SandboxAccount, event: &Event) {
    let pick = |many: usize, which: u8| usize::from(which) % many.max(1);
    match event {
        Event::Apply(_) | Event::Undo(_) => {}
        Event::NewAlarm(number) => {
            let arn = account.alarm_arn(account.region(), &format!("theirs-{number}"));
            let kind = AlarmKind::Composite;
            account.add_alarm(Alarm { arn, kind }, Tags::new());
        }
        Event::LostAlarm(which) => {
            let alarms = alarms(account);
            if let Some(arn) = alarms.get(pick(alarms.len(), *which)) {
                account.remove_alarm(arn);
            }
        }
        Event::LostFilter(which) => {
            let filters = filters(account);
            if let Some((group, name)) = filters.get(pick(filters.len(), *which)) {
                account.remove_filter(group, name);
            }
        }
        Event::ChangedAlarm(which) => {
            let alarms = alarms(account);
            if let Some(arn) = alarms.get(pick(alarms.len(), *which)) {
                change_alarm(account, arn);
            }
        }
        Event::ChangedFilter(which) => {
            let filters = filters(account);
            if let Some((group, name)) = filters.get(pick(filters.len(), *which)) {
                let held = account.log_groups().get(group).unwrap();
                let mut filter = held.filters.as_ref().unwrap().get(name).unwrap().clone();
                THEIRS.clone_into(&mut filter.pattern);
                account.add_filter(group, filter);
            }
        }
        Event::Confirmed => {
            let topics: BTreeSet<TopicArn> = account.topics().keys().cloned().collect();
            for topic in topics {
                account.confirm_subscriptions(&topic);
            }
        }
    }
}

/// A pattern that nothing of ours has.
const THEIRS: &str = "{ $.theirs = 77 }";

fn alarms(account: &SandboxAccount) -> Vec<AlarmArn> {
    let regions = account.alarms().iter();
    regions
        .flat_map(|(region, alarms)| alarms.keys().map(|name| account.alarm_arn(region, name)))
        .collect()
}

fn filters(account: &SandboxAccount) -> Vec<(LogGroupArn, String)> {
    let groups = account.log_groups().iter();
    groups
        .flat_map(|(group, held)| {
            let names = held.filters.iter().flat_map(BTreeMap::keys);
            names.map(|name| (group.clone(), name.clone()))
        })
        .collect()
}

/// Gives an alarm a threshold that none of ours has.
fn change_alarm(account: &mut SandboxAccount, arn: &AlarmArn) {
    let held = account.remove_alarm(arn).unwrap();
    let mut kind = held.kind;
    if let AlarmKind::Metric(settings) = &mut kind {
        settings.threshold = Some(77_777.0);
    }
    let arn = arn.clone();
    account.add_alarm(Alarm { arn, kind }, held.tags.unwrap_or_default());
}

/// Panics unless what somebody changed by hand is as it was, whosever it is.
pub(super) fn assert_edits_kept(before: &SandboxAccount, after: &SandboxAccount) {
    let after = things(after);
    for (name, thing) in things(before) {
        if thing.contains(THEIRS) || thing.contains("77777.0") {
            assert_eq!(after.get(&name), Some(&thing), "{name}");
        }
    }
}

/// Returns what an account holds that is neither ours nor written by an apply, to be found again in it whatever is
/// taken back.
pub(super) fn not_made_by(history: &History, account: &SandboxAccount) -> SandboxAccount {
    let mut rest = foreign(account);
    for action in history.written().filter_map(|entry| entry.action.as_ref()) {
        let action = match action {
            StoredAction::Whole(action) => Some(action.clone()),
            StoredAction::Masked(masked) => {
                let held = account.topics().get(&masked.topic);
                let listed = held.and_then(|held| held.subscriptions.as_ref());
                let listed = listed.into_iter().flatten();
                masked.found(
                    &listed
                        .map(|held| held.subscription.endpoint.clone())
                        .collect(),
                )
            }
        };
        match action {
            Some(Action::PutMetricFilter(put)) => {
                rest.remove_filter(&put.log_group, put.name.as_str());
            }
            Some(Action::PutAlarm(put)) => drop(rest.remove_alarm(&put.arn())),
            Some(Action::CreateTopic(create)) => drop(rest.remove_topic(&create.topic)),
            Some(Action::Subscribe(subscribe)) => remove_subscription(&mut rest, &subscribe),
            // These are written to topics of ours alone.
            Some(Action::SetTopicPolicy(_) | Action::SetTopicKey(_)) | None => {}
        }
    }
    rest
}

/// Removes a confirmed subscription. Nobody can remove another one.
fn remove_subscription(account: &mut SandboxAccount, subscribe: &Subscribe) {
    let held = account.topics().get(&subscribe.topic);
    let listed = held.and_then(|held| held.subscriptions.as_ref());
    let arns = listed.into_iter().flatten().filter_map(|held| {
        let subscription = &held.subscription;
        match &subscription.state {
            SubscriptionState::Confirmed(arn) if subscription.endpoint == subscribe.endpoint => {
                Some(arn.clone())
            }
            SubscriptionState::Confirmed(_)
            | SubscriptionState::Pending
            | SubscriptionState::Deleted => None,
        }
    });
    let arns: Vec<String> = arns.collect();
    for arn in arns {
        account.unsubscribe(&arn).unwrap();
    }
}

/// Returns whether an account takes all that an apply replaced. AWS holds nothing that it would not take; these
/// accounts do, such as a pattern that is none.
pub(super) fn can_be_put_back(history: &History, account: &SandboxAccount) -> bool {
    let mut account = account.clone();
    history.written().all(|entry| {
        let Some(StoredAction::Whole(action)) = &entry.action else {
            return true;
        };
        match (action, &entry.replaced) {
            (Action::PutMetricFilter(put), Some(Replaced::Filter(filter))) => {
                let filter = filter.as_ref().clone();
                account.put_metric_filter(&put.log_group, filter).is_ok()
            }
            (Action::PutAlarm(put), Some(Replaced::Alarm(settings))) => {
                let settings = settings.as_ref().clone();
                let put = account.put_metric_alarm(&put.arn(), settings, Tags::new());
                put.is_ok()
            }
            (Action::SetTopicPolicy(set), Some(Replaced::TopicPolicy(policy))) => {
                account.set_topic_policy(&set.topic, policy).is_ok()
            }
            (_, _) => true,
        }
    })
}
