//! Topics and subscriptions (Amazon SNS API).

use std::collections::BTreeMap;

use aws_sdk_sns::types;

use super::attempt::Repeat;
use super::error::causes;
use super::field::{malformed, needed, needed_text};
use super::page::{Page, Pages};
use super::services::Services;
use crate::model::{
    CallError, CallErrorKind, Endpoint, Protocol, Reading, Subscription, SubscriptionState, Tags,
    Topic, TopicArn,
};
use crate::plan::action::{CreateTopic, SetTopicKey, SetTopicPolicy, Subscribe};

const TOPIC: &str = "sns:GetTopicAttributes";
const TAGS: &str = "sns:ListTagsForResource";
const SUBSCRIPTIONS: &str = "sns:ListSubscriptionsByTopic";
const CREATE_TOPIC: &str = "sns:CreateTopic";
const SET_ATTRIBUTE: &str = "sns:SetTopicAttributes";
const SUBSCRIBE: &str = "sns:Subscribe";

pub(super) const POLICY: &str = "Policy";
pub(super) const KEY: &str = "KmsMasterKeyId";

/// Returns a topic, or none when it does not exist.
pub(super) async fn topic(services: &Services, topic: &TopicArn) -> Reading<Option<Topic>> {
    let answer = services
        .call(TOPIC, Repeat::Freely, || {
            let request = services.sns.get_topic_attributes();
            request.topic_arn(topic.to_string()).send()
        })
        .await;
    let answer = match answer {
        Err(error) if error.kind == CallErrorKind::NotFound => return Ok(None),
        answer => answer?,
    };
    let attributes = needed(TOPIC, "Attributes", answer.attributes())?;
    let attribute = |name| attributes.get(name).map(String::as_str);
    Ok(Some(Topic {
        arn: topic.clone(),
        policy: needed_text(TOPIC, POLICY, attribute(POLICY))?,
        kms_key: attribute(KEY)
            .filter(|key| !key.is_empty())
            .map(str::to_owned),
    }))
}

/// Returns the tags of a topic.
pub(super) async fn tags(services: &Services, topic: &TopicArn) -> Reading<Tags> {
    let answer = services
        .call(TAGS, Repeat::Freely, || {
            let request = services.sns.list_tags_for_resource();
            request.resource_arn(topic.to_string()).send()
        })
        .await?;
    let tags = answer.tags().iter();
    let pairs = tags.map(|tag| (tag.key().to_owned(), tag.value().to_owned()));
    Ok(pairs.collect::<BTreeMap<_, _>>())
}

/// Returns the subscriptions of a topic; one that does not exist has none.
pub(super) async fn subscriptions(
    services: &Services,
    topic: &TopicArn,
) -> Reading<Vec<Subscription>> {
    let mut subscriptions = Vec::new();
    let mut pages = Pages::of(SUBSCRIPTIONS);
    loop {
        let page = services
            .call(SUBSCRIPTIONS, Repeat::Freely, || {
                services
                    .sns
                    .list_subscriptions_by_topic()
                    .topic_arn(topic.to_string())
                    .set_next_token(pages.token())
                    .send()
            })
            .await;
        let page = match page {
            Err(error) if error.kind == CallErrorKind::NotFound => return Ok(Vec::new()),
            answer => answer?,
        };
        for listed in page.subscriptions() {
            let subscription = subscription(listed)?;
            services.secrets().add_endpoint(&subscription.endpoint);
            subscriptions.push(subscription);
        }
        if pages.turn(page.next_token())? == Page::Last {
            break;
        }
    }
    subscriptions.sort();
    Ok(subscriptions)
}

fn subscription(listed: &types::Subscription) -> Reading<Subscription> {
    let word = needed(SUBSCRIPTIONS, "Protocol", listed.protocol())?;
    let protocol = Protocol::parse(word)
        .ok_or_else(|| malformed(SUBSCRIPTIONS, format!("`{word}` is not a known `Protocol`")))?;
    let state = match needed(SUBSCRIPTIONS, "SubscriptionArn", listed.subscription_arn())? {
        "PendingConfirmation" => SubscriptionState::Pending,
        "Deleted" => SubscriptionState::Deleted,
        arn if arn.starts_with("arn:") => SubscriptionState::Confirmed(arn.to_owned()),
        other => {
            let message = format!("`{other}` is not the state of a subscription");
            return Err(malformed(SUBSCRIPTIONS, message));
        }
    };
    Ok(Subscription {
        endpoint: Endpoint::observed(protocol, listed.endpoint().unwrap_or_default()),
        state,
    })
}

/// Creates a topic. Its tags are always sent: they make the call fail for a topic that somebody else made,
/// and twice the same leaves the same.
pub(super) async fn create_topic(services: &Services, write: &CreateTopic) -> Reading<()> {
    let tags = write.tags.iter().map(|(key, value)| {
        let tag = types::Tag::builder().key(key).value(value);
        tag.build()
            .map_err(|error| CallError::new(CREATE_TOPIC, CallErrorKind::Invalid, causes(&error)))
    });
    let tags: Vec<_> = tags.collect::<Reading<_>>()?;
    let key = write.kms_key.as_ref();
    let attributes = key.map(|key| [(KEY.to_owned(), key.clone())].into());
    services
        .call(CREATE_TOPIC, Repeat::OnlyIfRefused, || {
            services
                .sns
                .create_topic()
                .name(&write.topic.name)
                .set_attributes(attributes.clone())
                .set_tags(Some(tags.clone()))
                .send()
        })
        .await
        .map(|_| ())
}

/// Replaces a topic's access policy.
pub(super) async fn set_policy(services: &Services, write: &SetTopicPolicy) -> Reading<()> {
    set_attribute(services, &write.topic, (POLICY, &write.policy)).await
}

/// Sets a topic's key.
pub(super) async fn set_key(services: &Services, write: &SetTopicKey) -> Reading<()> {
    set_attribute(services, &write.topic, (KEY, &write.kms_key)).await
}

/// Sets an attribute of a topic.
pub(super) async fn set_attribute(
    services: &Services,
    topic: &TopicArn,
    (name, value): (&str, &str),
) -> Reading<()> {
    services
        .call(SET_ATTRIBUTE, Repeat::OnlyIfRefused, || {
            services
                .sns
                .set_topic_attributes()
                .topic_arn(topic.to_string())
                .attribute_name(name)
                .attribute_value(value)
                .send()
        })
        .await
        .map(|_| ())
}

/// Subscribes an endpoint. Each call for a pending endpoint sends a mail, so it is never sent again
/// when it may have happened.
pub(super) async fn subscribe(services: &Services, write: &Subscribe) -> Reading<()> {
    services.secrets().add_endpoint(&write.endpoint);
    services
        .call(SUBSCRIBE, Repeat::OnlyIfRefused, || {
            services
                .sns
                .subscribe()
                .topic_arn(write.topic.to_string())
                .protocol(write.endpoint.protocol().as_str())
                .endpoint(write.endpoint.expose())
                .send()
        })
        .await
        .map(|_| ())
}
