//! Topics and their subscriptions (SNS API).

use std::collections::BTreeMap;

use super::arn::TopicArn;
use super::endpoint::Endpoint;

/// Tags of a resource: value by key.
pub type Tags = BTreeMap<String, String>;

/// A topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Whose it is, where, and its name.
    pub arn: TopicArn,
    /// The access policy, a JSON document.
    pub policy: String,
    /// The key that encrypts messages at rest (`KmsMasterKeyId`): an id, an ARN or an alias; none means no encryption.
    pub kms_key: Option<String>,
}

/// A subscription of a topic.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Subscription {
    /// Where it delivers to.
    pub endpoint: Endpoint,
    /// Whether it delivers.
    pub state: SubscriptionState,
}

/// Whether a subscription delivers (SNS API, `SubscriptionArn` of the list calls).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubscriptionState {
    /// It does; the text is its ARN.
    Confirmed(String),
    /// Somebody must confirm it first; it is forgotten after 48 hours.
    Pending,
    /// It was deleted and is still listed for a while.
    Deleted,
}
