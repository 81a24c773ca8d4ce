//! Amazon SNS.

use std::collections::BTreeMap;

use cis_fix::model::{Endpoint, Protocol, Region, Subscription, SubscriptionState, TopicArn};
use cis_fix::sandbox::SandboxAccount;

use super::members::Members;
use super::paging::{self, Wanted};
use super::{Paging, Refusal, Shape};

/// Subscriptions on a page; SNS has no parameter for it.
const PAGE: usize = 100;

fn invalid(message: impl Into<String>) -> Refusal {
    Refusal::new("InvalidParameter", message)
}

/// Returns the topic that a call names, which must be in the Region that is asked.
fn topic(region: &Region, given: &mut Members, name: &str) -> Result<TopicArn, Refusal> {
    let text = given.text(name)?;
    TopicArn::parse(&text)
        .ok()
        .filter(|topic| topic.region == *region)
        .ok_or_else(|| invalid(format!("Invalid parameter: {name}")))
}

pub(super) fn topic_attributes(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let arn = topic(region, given, "TopicArn")?;
    let topic = account.get_topic_attributes(&arn)?;
    let attributes = [
        ("TopicArn", Some(arn.to_string())),
        ("Owner", Some(arn.account.to_string())),
        ("DisplayName", Some(String::new())),
        ("Policy", Some(topic.policy)),
        ("KmsMasterKeyId", topic.kms_key),
    ];
    let present = attributes.into_iter().filter_map(|(name, value)| {
        let value = value?;
        Some((name.to_owned(), value))
    });
    let entries: BTreeMap<_, _> = present.collect();
    Ok(Shape::members([(
        "Attributes",
        Some(Shape::Entries(entries)),
    )]))
}

pub(super) fn tags(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let arn = topic(region, given, "ResourceArn")?;
    let tags = account.list_topic_tags(&arn)?;
    let tags = tags.iter().map(|(key, value)| {
        Shape::members([
            ("Key", Some(Shape::text(key))),
            ("Value", Some(Shape::text(value))),
        ])
    });
    Ok(Shape::members([(
        "Tags",
        Some(Shape::List(tags.collect())),
    )]))
}

pub(super) fn subscriptions(
    account: &SandboxAccount,
    region: &Region,
    (given, paging): (&mut Members, Paging),
) -> Result<Shape, Refusal> {
    let arn = topic(region, given, "TopicArn")?;
    let wanted = Wanted {
        token: given.optional_text("NextToken")?,
        size: PAGE,
        paging,
    };
    let subscriptions = account.list_subscriptions_by_topic(&arn)?;
    let all = subscriptions
        .iter()
        .map(|listed| subscription(&arn, listed));
    let dealt = paging::deal(all.collect(), &wanted);
    let dealt = dealt.ok_or_else(|| invalid("Invalid parameter: NextToken"))?;
    Ok(Shape::members([
        ("Subscriptions", Some(Shape::List(dealt.items))),
        ("NextToken", dealt.token),
    ]))
}

fn subscription(topic: &TopicArn, listed: &Subscription) -> Shape {
    let state = match &listed.state {
        SubscriptionState::Confirmed(arn) => arn.as_str(),
        SubscriptionState::Pending => "PendingConfirmation",
        SubscriptionState::Deleted => "Deleted",
    };
    Shape::members([
        ("SubscriptionArn", Some(Shape::text(state))),
        ("Owner", Some(Shape::text(&topic.account))),
        ("Protocol", Some(Shape::text(listed.endpoint.protocol()))),
        ("Endpoint", Some(Shape::text(listed.endpoint.expose()))),
        ("TopicArn", Some(Shape::text(topic))),
    ])
}

pub(super) fn create_topic(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let topic = TopicArn {
        partition: account.partition().clone(),
        region: region.clone(),
        account: account.account().clone(),
        name: given.text("Name")?,
    };
    let mut attributes = given.entries("Attributes")?;
    let key = attributes.remove("KmsMasterKeyId");
    if let Some(unknown) = attributes.keys().next() {
        return Err(invalid(format!(
            "Invalid parameter: Attributes Reason: Unknown attribute {unknown}"
        )));
    }
    account.create_topic(&topic, key, given.tags("Tags")?)?;
    Ok(Shape::members([("TopicArn", Some(Shape::text(topic)))]))
}

pub(super) fn set_attribute(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let topic = topic(region, given, "TopicArn")?;
    let value = given.optional_text("AttributeValue")?.unwrap_or_default();
    match given.text("AttributeName")?.as_str() {
        "Policy" => account.set_topic_policy(&topic, &value)?,
        "KmsMasterKeyId" => {
            let key = Some(value).filter(|key| !key.is_empty());
            account.set_topic_key(&topic, key)?;
        }
        other => {
            let message = format!("Invalid parameter: AttributeName Reason: {other}");
            return Err(invalid(message));
        }
    }
    Ok(Shape::nothing())
}

pub(super) fn subscribe(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let topic = topic(region, given, "TopicArn")?;
    let word = given.text("Protocol")?;
    let protocol = Protocol::parse(&word).ok_or_else(|| {
        invalid(format!(
            "Invalid parameter: Does not support this protocol: {word}"
        ))
    })?;
    let endpoint = Endpoint::observed(protocol, &given.text("Endpoint")?);
    let answer = match account.subscribe(&topic, &endpoint)? {
        SubscriptionState::Confirmed(arn) => arn,
        SubscriptionState::Pending | SubscriptionState::Deleted => {
            "pending confirmation".to_owned()
        }
    };
    Ok(Shape::members([(
        "SubscriptionArn",
        Some(Shape::text(answer)),
    )]))
}

pub(super) fn unsubscribe(
    account: &mut SandboxAccount,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    account.unsubscribe(&given.text("SubscriptionArn")?)?;
    Ok(Shape::nothing())
}

pub(super) fn delete_topic(
    account: &mut SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let topic = topic(region, given, "TopicArn")?;
    account.delete_topic(&topic)?;
    Ok(Shape::nothing())
}
