//! The last two links: may the alarm publish to the topic, and does anybody hear it?

use super::code::Code;
use super::link::{Link, LinkKind, LinkState};
use super::policy::{Request, Ruling, merged_topic_policy, ruling};
use crate::desired::{Desired, DesiredTopic};
use crate::model::{AlarmArn, Key, KeyManager, Subscription, SubscriptionState, Topic, TopicArn};
use crate::observed::Observed;

/// Returns a topic that new alarms publish to, in the Region of `alarm`.
pub(super) fn planned_topic(topic: &DesiredTopic, alarm: &AlarmArn) -> TopicArn {
    topic.arn(&alarm.partition, &alarm.region, &alarm.account)
}

/// Returns the link `topic` for an alarm that publishes, or would publish, to `arn`.
pub(super) fn topic_link(
    observed: &Observed,
    desired: &Desired,
    arn: &TopicArn,
    alarm: &AlarmArn,
) -> Link {
    let link = |state, code, detail: String| Link::new(LinkKind::Topic, state, code, detail);
    if arn.is_fifo() {
        return link(
            LinkState::Differs,
            Code::TopicFifo,
            format!("`{arn}` is a FIFO topic"),
        );
    }
    if arn.region != alarm.region {
        let detail = format!(
            "`{arn}` is not in {}, the Region of the alarm",
            alarm.region
        );
        return link(LinkState::Differs, Code::TopicOtherRegion, detail);
    }
    match observed.topic(arn) {
        Err(error) => Link::unread(LinkKind::Topic, &error),
        Ok(None) => link(
            LinkState::Missing,
            Code::TopicMissing,
            format!("topic `{}` does not exist", arn.name),
        ),
        Ok(Some(topic)) => policy_link(topic, alarm)
            .or_else(|| key_link(observed, desired, topic, alarm))
            .map_or_else(
                || Link::in_place(LinkKind::Topic, format!("topic `{}`", arn.name)),
                |broken| unless_owner_unread(observed, arn, broken),
            ),
    }
}

/// Returns the link of a broken topic, or that nobody could look whose it is: that decides who mends it.
fn unless_owner_unread(observed: &Observed, arn: &TopicArn, broken: Link) -> Link {
    match observed.topic_tags.get(arn) {
        Some(Err(error)) => Link::unread(LinkKind::Topic, error),
        Some(Ok(_)) | None => broken,
    }
}

fn policy_link(topic: &Topic, alarm: &AlarmArn) -> Option<Link> {
    let resource = topic.arn.to_string();
    let request = Request {
        action: "sns:Publish",
        resource: &resource,
        alarm,
    };
    let name = &topic.arn.name;
    match ruling(&topic.policy, &request) {
        Ruling::Allowed => None,
        Ruling::Denied => {
            // Where the policy forbids it in so many words, a statement that allows it changes nothing.
            let merged = merged_topic_policy(&topic.policy, &topic.arn, &topic.arn.account);
            let helps = merged.is_some_and(|policy| ruling(&policy, &request) == Ruling::Allowed);
            let state = if helps {
                LinkState::Differs
            } else {
                LinkState::Human
            };
            let detail = format!("the policy of topic `{name}` does not let the alarm publish");
            Some(Link::new(
                LinkKind::Topic,
                state,
                Code::TopicPolicyDenies,
                detail,
            ))
        }
        Ruling::Undecided(why) => Some(Link::new(
            LinkKind::Topic,
            LinkState::Unknown,
            Code::TopicPolicyUndecided,
            format!("the policy of topic `{name}` cannot be judged: {why}"),
        )),
    }
}

fn key_link(
    observed: &Observed,
    desired: &Desired,
    topic: &Topic,
    alarm: &AlarmArn,
) -> Option<Link> {
    let id = topic.kms_key.as_deref()?;
    let link = key_problem(observed, &topic.arn, id, alarm)?;
    let mut planned = desired.topics();
    let planned = planned.find(|planned| planned_topic(planned, alarm) == topic.arn);
    let wanted = planned.and_then(|planned| planned.kms_key.as_deref());
    let replaces = observed.owns_topic(&topic.arn).unwrap_or(false)
        && wanted.is_some_and(|wanted| {
            wanted != id && key_problem(observed, &topic.arn, wanted, alarm).is_none()
        });
    let state = match link.state {
        LinkState::Human if replaces => LinkState::Differs,
        state @ (LinkState::InPlace
        | LinkState::Missing
        | LinkState::Differs
        | LinkState::Human
        | LinkState::Blocked
        | LinkState::Unknown) => state,
    };
    Some(Link { state, ..link })
}

/// Returns why the key that the planned topic is to have cannot be used; none when it can, or has been set already.
pub(super) fn wanted_key_problem(
    observed: &Observed,
    topic: &DesiredTopic,
    planned: &TopicArn,
    alarm: &AlarmArn,
) -> Option<Link> {
    let wanted = topic.kms_key.as_deref()?;
    match observed.topic(planned) {
        Err(_) => None,
        Ok(Some(topic)) if topic.kms_key.as_deref() == Some(wanted) => None,
        Ok(Some(_)) if !observed.owns_topic(planned).unwrap_or(false) => None,
        Ok(None | Some(_)) => key_problem(observed, planned, wanted, alarm),
    }
}

/// Returns why an alarm cannot publish to a topic that `id` encrypts.
fn key_problem(observed: &Observed, topic: &TopicArn, id: &str, alarm: &AlarmArn) -> Option<Link> {
    let name = &topic.name;
    let link = |state, code, detail: String| Some(Link::new(LinkKind::Topic, state, code, detail));
    let human = |code, detail| link(LinkState::Human, code, detail);
    let managed = || {
        let detail = format!(
            "topic `{name}` is encrypted with `{id}`, which AWS manages: alarms cannot publish"
        );
        human(Code::TopicKeyAwsManaged, detail)
    };
    if is_aws_managed_alias(id) {
        return managed();
    }
    match observed.key(&topic.region, id) {
        Err(error) => Some(Link::unread(LinkKind::Topic, &error)),
        Ok(None) => human(
            Code::TopicKeyUnusable,
            format!("the key `{id}` of topic `{name}` does not exist"),
        ),
        Ok(Some(key)) if key.manager == KeyManager::Aws => managed(),
        Ok(Some(key)) if !key.enabled => human(
            Code::TopicKeyUnusable,
            format!("the key `{id}` of topic `{name}` is disabled"),
        ),
        Ok(Some(key)) => match key_ruling(key, alarm) {
            Ruling::Allowed => None,
            Ruling::Denied => human(
                Code::TopicKeyDenies,
                format!(
                    "the policy of key `{id}` does not let CloudWatch use it for topic `{name}`"
                ),
            ),
            Ruling::Undecided(why) => link(
                LinkState::Unknown,
                Code::TopicKeyUndecided,
                format!("the policy of key `{id}` cannot be judged: {why}"),
            ),
        },
    }
}

/// What keeps an alarm from publishing to a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// It is a FIFO topic.
    Fifo,
    /// Its policy does not allow it, or cannot be judged.
    Policy,
    /// Its key is not there, or its policy does not allow it or cannot be judged.
    Key,
}

/// Returns what keeps an alarm from publishing to a topic, given the key that the topic names if there is one.
#[must_use]
pub fn hindrance(topic: &Topic, key: Option<&Key>, alarm: &AlarmArn) -> Option<Hindrance> {
    let resource = topic.arn.to_string();
    let request = Request {
        action: "sns:Publish",
        resource: &resource,
        alarm,
    };
    let is_usable = |key: &Key| {
        key.enabled
            && key.manager == KeyManager::Customer
            && key_ruling(key, alarm) == Ruling::Allowed
    };
    if topic.arn.is_fifo() {
        Some(Hindrance::Fifo)
    } else if ruling(&topic.policy, &request) != Ruling::Allowed {
        Some(Hindrance::Policy)
    } else if topic.kms_key.is_some() && !key.is_some_and(is_usable) {
        Some(Hindrance::Key)
    } else {
        None
    }
}

/// Returns whether `key` is the alias of the key that SNS has in every account, whose policy nobody can edit.
pub(crate) fn is_aws_managed_alias(key: &str) -> bool {
    key == "alias/aws/sns" || key.ends_with(":alias/aws/sns")
}

/// An alarm needs two actions on the key of an encrypted topic (SNS developer guide, "Key management").
pub(super) fn key_ruling(key: &Key, alarm: &AlarmArn) -> Ruling {
    let ask = |action| {
        ruling(
            &key.policy,
            &Request {
                action,
                resource: &key.arn,
                alarm,
            },
        )
    };
    match (ask("kms:Decrypt"), ask("kms:GenerateDataKey")) {
        (Ruling::Denied, _) | (_, Ruling::Denied) => Ruling::Denied,
        (Ruling::Undecided(why), _) | (_, Ruling::Undecided(why)) => Ruling::Undecided(why),
        (Ruling::Allowed, Ruling::Allowed) => Ruling::Allowed,
    }
}

/// Returns the link `subscription` of a topic.
pub(super) fn subscription_link(observed: &Observed, arn: &TopicArn) -> Link {
    let link = |state, code, detail| Link::new(LinkKind::Subscription, state, code, detail);
    if observed.topic(arn) == Ok(None) {
        return link(
            LinkState::Missing,
            Code::SubscriptionMissing,
            format!("nobody is subscribed to topic `{}`", arn.name),
        );
    }
    let subscriptions = match observed.subscriptions(arn) {
        Err(error) => return Link::unread(LinkKind::Subscription, &error),
        Ok(subscriptions) => subscriptions,
    };
    let count = |state: fn(&SubscriptionState) -> bool| {
        subscriptions
            .iter()
            .filter(|subscription| state(&subscription.state))
            .count()
    };
    let confirmed = count(|state| matches!(state, SubscriptionState::Confirmed(_)));
    let pending = count(|state| matches!(state, SubscriptionState::Pending));
    let name = &arn.name;
    match (confirmed, pending) {
        (0, 0) => link(
            LinkState::Missing,
            Code::SubscriptionMissing,
            format!("nobody is subscribed to topic `{name}`"),
        ),
        (0, _) => link(
            LinkState::Human,
            Code::SubscriptionPending,
            format!(
                "topic `{name}` has no confirmed subscription: {} waits for confirmation",
                waiting(subscriptions)
            ),
        ),
        (1, _) => link(
            LinkState::InPlace,
            Code::InPlace,
            "1 confirmed subscription".to_owned(),
        ),
        (more, _) => link(
            LinkState::InPlace,
            Code::InPlace,
            format!("{more} confirmed subscriptions"),
        ),
    }
}

fn waiting(subscriptions: &[Subscription]) -> String {
    let mut pending: Vec<String> = subscriptions
        .iter()
        .filter(|subscription| subscription.state == SubscriptionState::Pending)
        .map(|subscription| format!("`{}`", subscription.endpoint))
        .collect();
    pending.sort();
    pending.join(", ")
}
