//! What a plan leaves to people: tasks, and reasons why something cannot be mended as things are.

use std::collections::BTreeSet;

use super::topic_steps::unsubscribed;
use super::{Adoption, Blocked, HumanTask};
use crate::desired::Desired;
use crate::examine::{
    AlarmRepair, Code, Examination, FilterRepair, Link, LinkKind, LinkState, PlannedTopic, Verdict,
    key_statement,
};
use crate::model::{Lane, SubscriptionState};
use crate::observed::Observed;

/// Returns what exists under other names than planned and is put to use.
pub(super) fn adopted(desired: &Desired, examinations: &[Examination]) -> Vec<Adoption> {
    let mut adopted = Vec::new();
    for control in &desired.controls {
        let found = examinations
            .iter()
            .find(|examination| examination.control == control.id)
            .and_then(|examination| Some((examination, examination.repair.as_ref()?)));
        let Some((examination, repair)) = found else {
            continue;
        };
        let mut push = |link, resource: &str| {
            let code = examination
                .links
                .iter()
                .find(|found| found.kind == link)
                .map(|found| found.code);
            adopted.push(Adoption {
                control: control.id.clone(),
                link,
                resource: resource.to_owned(),
                code: code.unwrap_or(Code::InPlace),
            });
        };
        match &repair.filter {
            FilterRepair::Adopt { name, .. } if name != control.filter.name.as_str() => {
                push(LinkKind::Filter, name);
            }
            FilterRepair::Adopt { .. } | FilterRepair::Create(_) | FilterRepair::Change(_) => {}
        }
        match &repair.alarm {
            AlarmRepair::Keep(name) if name != control.alarm.name.as_str() => {
                push(LinkKind::Alarm, name);
            }
            AlarmRepair::Keep(_) | AlarmRepair::Create(_) | AlarmRepair::Change(_) => {}
        }
    }
    adopted
}

/// Returns what a person must do, each thing once for all controls that wait for it.
pub(super) fn human(
    desired: &Desired,
    observed: &Observed,
    examinations: &[Examination],
) -> Vec<HumanTask> {
    let mut tasks: Vec<HumanTask> = Vec::new();
    let judged = examinations
        .iter()
        .filter(|examination| examination.verdict != Verdict::Unknown);
    for examination in judged {
        for link in relevant_links(examination) {
            if needs_person(desired, observed, examination, link) {
                let task = HumanTask {
                    serves: BTreeSet::from([examination.control.clone()]),
                    link: link.kind,
                    code: link.code,
                    detail: link.detail.clone(),
                    task: advice(desired, observed, examination, link),
                };
                merge(&mut tasks, task);
            }
        }
    }
    for task in confirmations(desired, observed, examinations) {
        merge(&mut tasks, task);
    }
    tasks.sort_by_key(|task| (task.link, task.code, task.detail.clone()));
    tasks
}

/// Returns the links that will matter once the repair is done: a topic that is left behind needs nobody,
/// nor does one to which no repair will lead.
fn relevant_links(examination: &Examination) -> Vec<&Link> {
    let is_end = |link: &&Link| matches!(link.kind, LinkKind::Topic | LinkKind::Subscription);
    let before = examination.links.iter().filter(|link| !is_end(link));
    let Some(repair) = &examination.repair else {
        return before.collect();
    };
    match repair.planned_topic() {
        None => examination.links.iter().collect(),
        Some(planned) => before
            .chain([&planned.topic, &planned.subscription])
            .chain(&planned.key)
            .collect(),
    }
}

fn merge(tasks: &mut Vec<HumanTask>, task: HumanTask) {
    let same = |other: &&mut HumanTask| {
        other.link == task.link
            && other.code == task.code
            && other.detail == task.detail
            && other.task == task.task
    };
    match tasks.iter_mut().find(same) {
        Some(other) => other.serves.extend(task.serves),
        None => tasks.push(task),
    }
}

fn planned_topic(examination: &Examination) -> Option<&PlannedTopic> {
    examination.repair.as_ref()?.planned_topic()
}

/// Returns whether a link that is not in place is left to a person.
fn needs_person(
    desired: &Desired,
    observed: &Observed,
    examination: &Examination,
    link: &Link,
) -> bool {
    let topic = planned_topic(examination);
    match (link.kind, link.state) {
        // A foreign topic is never changed; one that a repair leaves behind needs nobody.
        (LinkKind::Topic, LinkState::Differs | LinkState::Human) => match topic {
            Some(topic) => {
                link.state == LinkState::Human || !observed.owns_topic(&topic.arn).unwrap_or(false)
            }
            None => true,
        },
        (LinkKind::Subscription, LinkState::Missing) => {
            topic.is_none_or(|topic| desired.topic_of(topic.lane).subscriptions.is_empty())
        }
        // Those of the planned topic are told apart by endpoint, below.
        (LinkKind::Subscription, LinkState::Human) => topic.is_none(),
        (_, LinkState::Human) => true,
        (
            _,
            LinkState::InPlace
            | LinkState::Missing
            | LinkState::Differs
            | LinkState::Blocked
            | LinkState::Unknown,
        ) => false,
    }
}

/// Returns one task for each subscription of a planned topic that waits, or will wait, for confirmation.
fn confirmations(
    desired: &Desired,
    observed: &Observed,
    examinations: &[Examination],
) -> Vec<HumanTask> {
    let mut tasks = Vec::new();
    for examination in examinations {
        let Some(topic) = planned_topic(examination) else {
            continue;
        };
        let subscribed = observed.subscriptions(&topic.arn).unwrap_or_default();
        let waiting = subscribed
            .iter()
            .filter(|subscription| subscription.state == SubscriptionState::Pending)
            .map(|subscription| (&subscription.endpoint, "waits for its confirmation"));
        let asked = unsubscribed(desired.topic_of(topic.lane), subscribed)
            .into_iter()
            .filter(|endpoint| endpoint.protocol().needs_confirmation())
            .map(|endpoint| (endpoint, "must be confirmed once it is made"));
        for (endpoint, state) in waiting.chain(asked) {
            tasks.push(HumanTask {
                serves: BTreeSet::from([examination.control.clone()]),
                link: LinkKind::Subscription,
                code: Code::SubscriptionPending,
                detail: format!(
                    "the subscription of `{endpoint}` to topic `{}` {state}",
                    topic.arn.name
                ),
                task: "open the message of AWS and follow its link within 2 days".to_owned(),
            });
        }
    }
    tasks
}

/// Returns what a person should do about a link.
fn advice(
    desired: &Desired,
    observed: &Observed,
    examination: &Examination,
    link: &Link,
) -> String {
    match link.kind {
        LinkKind::Trail => trail_advice(link.code).to_owned(),
        LinkKind::Logging => "start it: aws cloudtrail start-logging --name TRAIL".to_owned(),
        LinkKind::Delivery => {
            "mend the trail's role or the log group; aws cloudtrail get-trail-status shows the error".to_owned()
        }
        LinkKind::Selectors => {
            "let the trail record all management events: aws cloudtrail put-event-selectors".to_owned()
        }
        LinkKind::LogGroup => log_group_advice(link.code).to_owned(),
        LinkKind::Topic => topic_advice(desired, observed, examination, link.code),
        LinkKind::Subscription => subscription_advice(examination, link.code).to_owned(),
        LinkKind::Filter | LinkKind::Metric | LinkKind::Alarm | LinkKind::Action => {
            "see the reason".to_owned()
        }
    }
}

fn trail_advice(code: Code) -> &'static str {
    if code == Code::LogGroupOtherAccount {
        "run cis-fix in the account of the log group, or let the trail deliver to one of this account"
    } else if code == Code::TrailNotMultiRegion {
        "make it record all Regions: aws cloudtrail update-trail --name TRAIL --is-multi-region-trail"
    } else if code == Code::TrailWithoutLogGroup {
        "let it deliver to a log group: aws cloudtrail update-trail --name TRAIL \
         --cloud-watch-logs-log-group-arn ARN --cloud-watch-logs-role-arn ARN"
    } else {
        "create a trail of all Regions that delivers to a log group: aws cloudtrail create-trail"
    }
}

fn log_group_advice(code: Code) -> &'static str {
    if code == Code::LogGroupMissing {
        "create the log group, or let the trail deliver to another"
    } else {
        "let the trail deliver to a log group of class STANDARD; the class of a group cannot be changed"
    }
}

fn topic_advice(
    desired: &Desired,
    observed: &Observed,
    examination: &Examination,
    code: Code,
) -> String {
    let lane = planned_topic(examination).map_or(Lane::Exact, |topic| topic.lane);
    let setting = match lane {
        Lane::Exact => "topic.name",
        Lane::Paging => "paging.topic.name",
    };
    let (topic, account) = (&desired.topic_of(lane).name, &observed.identity.account);
    let other = format!("choose another {setting} than `{topic}`");
    if code == Code::TopicPolicyDenies {
        format!(
            "let the topic's policy allow sns:Publish to cloudwatch.amazonaws.com when aws:SourceAccount is {account}, or {other}"
        )
    } else if code == Code::TopicKeyAwsManaged {
        format!("encrypt the topic with a key of your own that lets CloudWatch use it, or {other}")
    } else if code == Code::TopicKeyDenies {
        format!(
            "add this statement to the key's policy: {}",
            key_statement(account)
        )
    } else if code == Code::TopicKeyUnusable {
        "enable the key, or encrypt the topic with another".to_owned()
    } else {
        other
    }
}

fn subscription_advice(examination: &Examination, code: Code) -> &'static str {
    if code == Code::SubscriptionPending {
        "open the message of AWS and follow its link; it is valid for 2 days"
    } else {
        match planned_topic(examination).map(|topic| topic.lane) {
            Some(Lane::Exact) => {
                "name somebody in a [[subscription]] of cis-fix.toml and apply again"
            }
            Some(Lane::Paging) => {
                "name somebody in a [[paging.subscription]] of cis-fix.toml and apply again"
            }
            None => "subscribe somebody to the topic: aws sns subscribe",
        }
    }
}

/// Returns what cannot be mended as things are: failed readings, and names that others hold.
pub(super) fn blocked(examinations: &[Examination]) -> Vec<Blocked> {
    let mut blocked: Vec<Blocked> = Vec::new();
    for examination in examinations {
        for link in &examination.links {
            let hint = match link.state {
                LinkState::Unknown => {
                    "grant the permission or mend the cause, then run again; nothing is planned for what could not be read"
                }
                LinkState::Blocked => "choose another name in the settings",
                LinkState::InPlace | LinkState::Missing | LinkState::Differs | LinkState::Human => {
                    continue;
                }
            };
            let reason = Blocked {
                serves: BTreeSet::from([examination.control.clone()]),
                link: link.kind,
                code: link.code,
                detail: link.detail.clone(),
                hint: hint.to_owned(),
            };
            block(&mut blocked, reason);
        }
    }
    blocked
}

/// Adds a reason, or its controls to one that is there already.
pub(super) fn block(blocked: &mut Vec<Blocked>, reason: Blocked) {
    let same = |other: &&mut Blocked| {
        (other.link, other.code, &other.detail) == (reason.link, reason.code, &reason.detail)
    };
    match blocked.iter_mut().find(same) {
        Some(other) => other.serves.extend(reason.serves),
        None => blocked.push(reason),
    }
}
