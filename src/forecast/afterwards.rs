//! The account as it will be once a plan is applied, as far as that can be known beforehand.
//!
//! What a write answers is not: a subscription that people must confirm stays pending, and a new topic's policy is not told.

use crate::model::{
    Alarm, AlarmKind, CallError, CallErrorKind, Endpoint, Protocol, Reading, Subscription,
    SubscriptionState, Topic,
};
use crate::observed::Observed;
use crate::plan::Plan;
use crate::plan::action::{Action, CreateTopic, PutAlarm, PutMetricFilter, Subscribe};

/// Returns what a reader would find once a plan is applied.
#[must_use]
pub fn afterwards(observed: &Observed, plan: &Plan) -> Observed {
    let mut after = observed.clone();
    for step in &plan.steps {
        match &step.action {
            Action::CreateTopic(create) => create_topic(&mut after, create),
            Action::Subscribe(subscribe) => add_subscription(&mut after, subscribe),
            Action::PutMetricFilter(put) => put_filter(&mut after, put),
            Action::PutAlarm(put) => put_alarm(&mut after, put),
            Action::SetTopicPolicy(set) => {
                if let Some(Ok(Some(topic))) = after.topics.get_mut(&set.topic) {
                    topic.policy.clone_from(&set.policy);
                }
            }
            Action::SetTopicKey(set) => {
                if let Some(Ok(Some(topic))) = after.topics.get_mut(&set.topic) {
                    topic.kms_key = Some(set.kms_key.clone());
                }
            }
        }
    }
    after
}

fn create_topic(after: &mut Observed, create: &CreateTopic) {
    let topic = Topic {
        arn: create.topic.clone(),
        // No auditor looks at it.
        policy: String::new(),
        kms_key: create.kms_key.clone(),
    };
    after.topics.insert(create.topic.clone(), Ok(Some(topic)));
    after
        .topic_tags
        .insert(create.topic.clone(), Ok(create.tags.clone()));
    // What was said of a topic that was not there yet is no longer true.
    after
        .subscriptions
        .insert(create.topic.clone(), Ok(Vec::new()));
}

fn add_subscription(after: &mut Observed, subscribe: &Subscribe) {
    let subscriptions = after
        .subscriptions
        .entry(subscribe.topic.clone())
        .or_insert_with(not_asked);
    if let Ok(subscriptions) = subscriptions {
        subscriptions.push(Subscription {
            endpoint: subscribe.endpoint.clone(),
            state: first_state(&subscribe.endpoint),
        });
    }
}

/// Returns the state of a subscription that was just made (SNS API, `Subscribe`).
fn first_state(endpoint: &Endpoint) -> SubscriptionState {
    match endpoint.protocol() {
        Protocol::Http | Protocol::Https | Protocol::Email | Protocol::EmailJson => {
            SubscriptionState::Pending
        }
        Protocol::Sms
        | Protocol::Sqs
        | Protocol::Application
        | Protocol::Lambda
        | Protocol::Firehose => SubscriptionState::Confirmed(String::new()),
    }
}

fn put_filter(after: &mut Observed, put: &PutMetricFilter) {
    let filters = after
        .metric_filters
        .entry(put.log_group.clone())
        .or_insert_with(not_asked);
    if let Ok(filters) = filters {
        let made = put.filter();
        filters.retain(|filter| filter.name != made.name);
        filters.push(made);
    }
}

fn put_alarm(after: &mut Observed, put: &PutAlarm) {
    let alarms = after
        .alarms
        .entry(put.region.clone())
        .or_insert_with(not_asked);
    if let Ok(alarms) = alarms {
        let made = Alarm {
            arn: put.arn(),
            kind: AlarmKind::Metric(Box::new(put.settings())),
        };
        alarms.retain(|alarm| alarm.arn != made.arn);
        alarms.push(made);
    }
}

fn not_asked<T>() -> Reading<T> {
    Err(CallError::new(
        "",
        CallErrorKind::Unsupported,
        "this was not asked",
    ))
}
