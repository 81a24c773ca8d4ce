//! The rules of SNS for topics and subscriptions.
//!
//! Sources: SNS API reference, `CreateTopic`, `SetTopicAttributes`, `Subscribe`, `Unsubscribe`; SNS
//! developer guide on confirming subscriptions and on cross-account delivery.

use sha2::{Digest, Sha256};

use crate::model::{
    CallError, CallErrorKind, Endpoint, Protocol, Subscription, SubscriptionState, Tags, TopicArn,
};

use super::account::{SandboxAccount, SandboxSubscription, SandboxTopic, TopicAttributes};
use super::read::recorded;
use super::refusal::{foreign_topic, no_topic, refusal};

const CREATE: &str = "sns:CreateTopic";
const DELETE: &str = "sns:DeleteTopic";
const SET: &str = "sns:SetTopicAttributes";
const SUBSCRIBE: &str = "sns:Subscribe";
const UNSUBSCRIBE: &str = "sns:Unsubscribe";

impl SandboxAccount {
    /// Creates a topic, or does nothing when it exists as asked for (`CreateTopic`).
    ///
    /// Tags or a key are compared with those of a topic that exists only when they are given.
    ///
    /// # Errors
    ///
    /// Refuses an illegal name, and a topic that exists with other tags or another key.
    pub fn create_topic(
        &mut self,
        topic: &TopicArn,
        kms_key: Option<String>,
        tags: Tags,
    ) -> Result<(), CallError> {
        if !self.owns(&topic.partition, &topic.account) {
            return Err(foreign_topic(CREATE, &topic.to_string()));
        }
        check_topic_name(topic)?;
        check_tags(&tags)?;
        if let Some(existing) = self.find_topic(CREATE, topic)? {
            return check_sameness(existing, topic, (kms_key.as_deref(), &tags));
        }
        let held = SandboxTopic::new(topic, kms_key, tags);
        self.topics.insert(topic.clone(), held);
        Ok(())
    }

    /// Deletes a topic with its subscriptions; one that does not exist is no mistake (`DeleteTopic`).
    ///
    /// # Errors
    ///
    /// Fails for a topic of another account.
    pub fn delete_topic(&mut self, topic: &TopicArn) -> Result<(), CallError> {
        if !self.owns(&topic.partition, &topic.account) {
            return Err(foreign_topic(DELETE, &topic.to_string()));
        }
        self.remove_topic(topic);
        Ok(())
    }

    /// Replaces the access policy of a topic (`SetTopicAttributes` with `Policy`).
    ///
    /// # Errors
    ///
    /// Fails when there is no such topic, or `policy` is no policy document.
    pub fn set_topic_policy(&mut self, topic: &TopicArn, policy: &str) -> Result<(), CallError> {
        check_policy(policy)?;
        policy.clone_into(&mut self.own_attributes(topic)?.policy);
        Ok(())
    }

    /// Sets the key of a topic, or removes it when none is given (`SetTopicAttributes` with `KmsMasterKeyId`).
    ///
    /// SNS takes any text for a key; that it cannot be used shows only when a message is published.
    ///
    /// # Errors
    ///
    /// Fails when there is no such topic.
    pub fn set_topic_key(
        &mut self,
        topic: &TopicArn,
        kms_key: Option<String>,
    ) -> Result<(), CallError> {
        self.own_attributes(topic)?.kms_key = kms_key;
        Ok(())
    }

    /// Subscribes an endpoint and returns the state of its subscription (`Subscribe`).
    ///
    /// Queues and functions of the topic's account confirm themselves. Any other endpoint that needs
    /// it is asked to confirm, also again, as long as it has not done so.
    ///
    /// # Errors
    ///
    /// Fails when there is no such topic, or the address does not fit the protocol.
    pub fn subscribe(
        &mut self,
        topic: &TopicArn,
        endpoint: &Endpoint,
    ) -> Result<SubscriptionState, CallError> {
        check_endpoint(topic, endpoint)?;
        let held = self
            .find_topic(SUBSCRIBE, topic)?
            .ok_or_else(|| no_topic(SUBSCRIBE))?;
        let mut subscriptions = recorded(held.subscriptions.as_ref(), SUBSCRIBE, topic)?.clone();
        let live = subscriptions.iter_mut().find(|held| {
            held.subscription.endpoint == *endpoint
                && held.subscription.state != SubscriptionState::Deleted
        });
        let state = if let Some(existing) = live {
            existing.ask_again();
            existing.subscription.state.clone()
        } else {
            let new = SandboxSubscription::new(topic, endpoint);
            let state = new.subscription.state.clone();
            subscriptions.push(new);
            state
        };
        subscriptions.sort();
        if let Some(held) = self.topics.get_mut(topic) {
            held.subscriptions = Some(subscriptions);
        }
        Ok(state)
    }

    /// Deletes a confirmed subscription by its ARN (`Unsubscribe`).
    ///
    /// # Errors
    ///
    /// Fails when no topic has such a subscription.
    pub fn unsubscribe(&mut self, subscription: &str) -> Result<(), CallError> {
        let wanted = SubscriptionState::Confirmed(subscription.to_owned());
        let lists = self.topics.values_mut();
        for list in lists.filter_map(|held| held.subscriptions.as_mut()) {
            let before = list.len();
            list.retain(|other| other.subscription.state != wanted);
            if list.len() < before {
                return Ok(());
            }
        }
        let message = "Subscription does not exist";
        Err(refusal(
            UNSUBSCRIBE,
            CallErrorKind::NotFound,
            "NotFound",
            message,
        ))
    }

    /// Confirms what is pending on a topic, as the people do who follow the link in the mail.
    pub fn confirm_subscriptions(&mut self, topic: &TopicArn) {
        let pending = self
            .topics
            .get_mut(topic)
            .and_then(|held| held.subscriptions.as_mut())
            .into_iter()
            .flatten()
            .map(|held| &mut held.subscription)
            .filter(|subscription| subscription.state == SubscriptionState::Pending);
        for subscription in pending {
            let arn = subscription_arn(topic, &subscription.endpoint);
            subscription.state = SubscriptionState::Confirmed(arn);
        }
    }

    /// Returns how many confirmation messages were sent to an endpoint, over all topics.
    #[must_use]
    pub fn confirmations_sent(&self, endpoint: &Endpoint) -> u32 {
        self.topics
            .values()
            .filter_map(|held| held.subscriptions.as_ref())
            .flatten()
            .filter(|held| held.subscription.endpoint == *endpoint)
            .map(|held| held.confirmations_sent)
            .sum()
    }

    fn own_attributes(&mut self, topic: &TopicArn) -> Result<&mut TopicAttributes, CallError> {
        if !self.owns(&topic.partition, &topic.account) {
            return Err(foreign_topic(SET, &topic.to_string()));
        }
        self.find_topic(SET, topic)?;
        let held = self.topics.get_mut(topic).ok_or_else(|| no_topic(SET))?;
        recorded(held.attributes.as_mut(), SET, topic)
    }
}

impl SandboxSubscription {
    /// Returns a new subscription, and asks for its confirmation when one is needed.
    fn new(topic: &TopicArn, endpoint: &Endpoint) -> Self {
        let confirmed = confirms_itself(topic, endpoint);
        let state = if confirmed {
            SubscriptionState::Confirmed(subscription_arn(topic, endpoint))
        } else {
            SubscriptionState::Pending
        };
        Self {
            subscription: Subscription {
                endpoint: endpoint.clone(),
                state,
            },
            confirmations_sent: u32::from(!confirmed),
        }
    }

    /// Sends another confirmation message when the first was not answered.
    fn ask_again(&mut self) {
        match self.subscription.state {
            SubscriptionState::Pending => {
                self.confirmations_sent = self.confirmations_sent.saturating_add(1);
            }
            SubscriptionState::Confirmed(_) | SubscriptionState::Deleted => {}
        }
    }
}

/// Returns the access policy that SNS gives a new topic: everything to whoever belongs to the account.
#[must_use]
pub fn default_policy(topic: &TopicArn) -> String {
    let account = &topic.account;
    format!(
        r#"{{"Version":"2008-10-17","Id":"__default_policy_ID","Statement":[{{"Sid":"__default_statement_ID","Effect":"Allow","Principal":{{"AWS":"*"}},"Action":["SNS:GetTopicAttributes","SNS:SetTopicAttributes","SNS:AddPermission","SNS:RemovePermission","SNS:DeleteTopic","SNS:Subscribe","SNS:ListSubscriptionsByTopic","SNS:Publish"],"Resource":"{topic}","Condition":{{"StringEquals":{{"AWS:SourceOwner":"{account}"}}}}}}]}}"#
    )
}

/// Returns the ARN of a subscription. SNS draws a UUID; here it follows from topic and endpoint, so
/// that the same steps give the same account.
fn subscription_arn(topic: &TopicArn, endpoint: &Endpoint) -> String {
    let text = format!("{topic}\n{}\n{}", endpoint.protocol(), endpoint.expose());
    let digest = Sha256::digest(text);
    let bytes = digest.iter().take(16).enumerate();
    bytes.fold(format!("{topic}:"), |id, (place, byte)| match place {
        4 | 6 | 8 | 10 => format!("{id}-{byte:02x}"),
        _ => format!("{id}{byte:02x}"),
    })
}

fn confirms_itself(topic: &TopicArn, endpoint: &Endpoint) -> bool {
    match endpoint.protocol() {
        Protocol::Http | Protocol::Https | Protocol::Email | Protocol::EmailJson => false,
        Protocol::Sms | Protocol::Application => true,
        Protocol::Sqs | Protocol::Lambda | Protocol::Firehose => {
            endpoint.expose().split(':').nth(4) == Some(topic.account.as_str())
        }
    }
}

fn invalid(action: &str, message: impl Into<String>) -> CallError {
    refusal(action, CallErrorKind::Invalid, "InvalidParameter", message)
}

fn check_topic_name(topic: &TopicArn) -> Result<(), CallError> {
    let name = topic.name.strip_suffix(".fifo").unwrap_or(&topic.name);
    let legal = |c: char| c.is_ascii_alphanumeric() || "-_".contains(c);
    if name.is_empty() || topic.name.chars().count() > 256 || !name.chars().all(legal) {
        return Err(invalid(CREATE, "Invalid parameter: Topic Name"));
    }
    Ok(())
}

fn check_tags(tags: &Tags) -> Result<(), CallError> {
    if tags.len() > 50 {
        let message = "Could not complete request: tag quota of per resource exceeded";
        return Err(refusal(
            CREATE,
            CallErrorKind::Quota,
            "TagLimitExceeded",
            message,
        ));
    }
    let fits = |text: &str, least, most| (least..=most).contains(&text.chars().count());
    let legal = |(key, value): (&String, &String)| fits(key, 1, 128) && fits(value, 0, 256);
    if tags.iter().all(legal) {
        Ok(())
    } else {
        Err(invalid(CREATE, "Invalid parameter: Tags"))
    }
}

/// Refuses to create a topic that exists with other tags or another key than asked for.
fn check_sameness(
    existing: &SandboxTopic,
    topic: &TopicArn,
    (kms_key, tags): (Option<&str>, &Tags),
) -> Result<(), CallError> {
    if !tags.is_empty() && *recorded(existing.tags.as_ref(), CREATE, topic)? != *tags {
        return Err(invalid(
            CREATE,
            "Invalid parameter: Tags Reason: Topic already exists with different tags",
        ));
    }
    let attributes = recorded(existing.attributes.as_ref(), CREATE, topic)?;
    if kms_key.is_some() && attributes.kms_key.as_deref() != kms_key {
        return Err(invalid(
            CREATE,
            "Invalid parameter: Attributes Reason: Topic already exists with different attributes",
        ));
    }
    Ok(())
}

fn check_policy(policy: &str) -> Result<(), CallError> {
    let document = serde_json::from_str::<serde_json::Value>(policy).ok();
    let statements = document
        .as_ref()
        .and_then(|document| document.get("Statement"));
    let legal = statements.is_some_and(|list| list.is_array() || list.is_object());
    if legal && policy.len() <= 30 * 1024 {
        Ok(())
    } else {
        Err(invalid(SET, "Invalid parameter: Policy Error: null"))
    }
}

fn check_endpoint(topic: &TopicArn, endpoint: &Endpoint) -> Result<(), CallError> {
    let (protocol, address) = (endpoint.protocol(), endpoint.expose());
    if topic.is_fifo() && protocol != Protocol::Sqs {
        let message = format!("Invalid parameter: Invalid protocol type: {protocol}");
        return Err(invalid(SUBSCRIBE, message));
    }
    if Endpoint::parse(protocol, address).is_ok() {
        return Ok(());
    }
    let message = match protocol {
        Protocol::Http | Protocol::Https => {
            "Invalid parameter: Endpoint must match the specified protocol".to_owned()
        }
        Protocol::Email | Protocol::EmailJson => "Invalid parameter: Email address".to_owned(),
        Protocol::Sms => format!("Invalid SMS endpoint: {address}"),
        Protocol::Sqs => "Invalid parameter: SQS endpoint ARN".to_owned(),
        Protocol::Application => "Invalid parameter: Application endpoint arn invalid".to_owned(),
        Protocol::Lambda => "Invalid parameter: Lambda endpoint ARN".to_owned(),
        Protocol::Firehose => "Invalid parameter: Firehose endpoint ARN".to_owned(),
    };
    Err(invalid(SUBSCRIBE, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Key, KeyManager};
    use crate::sandbox::Scene;

    fn arn(name: &str) -> TopicArn {
        let text = format!("arn:aws:sns:us-east-1:123456789012:{name}");
        TopicArn::parse(&text).unwrap()
    }

    fn tags(value: &str) -> Tags {
        Tags::from([("cis-fix".to_owned(), value.to_owned())])
    }

    fn endpoint(protocol: Protocol, address: &str) -> Endpoint {
        Endpoint::observed(protocol, address)
    }

    fn mail() -> Endpoint {
        endpoint(Protocol::Email, "security@example.com")
    }

    /// Returns a fresh account with the topic `cis-alarms`.
    fn with_topic() -> SandboxAccount {
        let mut account = Scene::Fresh.account();
        account
            .create_topic(&arn("cis-alarms"), None, tags("topic"))
            .unwrap();
        account
    }

    #[test]
    fn a_new_topic_has_the_default_policy() {
        let account = with_topic();
        let topic = account.get_topic_attributes(&arn("cis-alarms")).unwrap();
        let policy: serde_json::Value = serde_json::from_str(&topic.policy).unwrap();
        let statement = &policy["Statement"][0];
        assert_eq!(statement["Principal"]["AWS"], "*");
        assert_eq!(
            statement["Condition"]["StringEquals"]["AWS:SourceOwner"],
            "123456789012"
        );
        assert_eq!(statement["Resource"], arn("cis-alarms").to_string());
        assert_eq!(topic.kms_key, None);
    }

    #[test]
    fn creating_a_topic_again_is_idempotent_unless_it_differs() {
        let key = || Some("alias/cis-alarms".to_owned());
        let different_tags =
            "Invalid parameter: Tags Reason: Topic already exists with different tags";
        let different_attributes =
            "Invalid parameter: Attributes Reason: Topic already exists with different attributes";
        let cases = [
            (None, tags("topic"), None),
            (None, Tags::new(), None),
            (None, tags("other"), Some(different_tags)),
            (key(), tags("topic"), Some(different_attributes)),
            (key(), Tags::new(), Some(different_attributes)),
        ];
        for (kms_key, tags, refusal) in cases {
            let mut account = with_topic();
            let outcome = account.create_topic(&arn("cis-alarms"), kms_key, tags.clone());
            match refusal {
                None => outcome.unwrap(),
                Some(message) => {
                    let error = outcome.unwrap_err();
                    assert_eq!(error.code.as_deref(), Some("InvalidParameter"));
                    assert_eq!(error.message, message);
                }
            }
            assert_eq!(account, with_topic(), "{tags:?}");
        }
    }

    #[test]
    fn a_key_is_compared_only_when_one_is_given() {
        let mut account = with_topic();
        let key = Some("alias/cis-alarms".to_owned());
        account
            .set_topic_key(&arn("cis-alarms"), key.clone())
            .unwrap();
        let before = account.clone();
        for asked in [None, key] {
            account
                .create_topic(&arn("cis-alarms"), asked, Tags::new())
                .unwrap();
        }
        assert_eq!(account, before);
    }

    #[test]
    fn illegal_topics_are_refused() {
        let mut account = Scene::Fresh.account();
        let long = "x".repeat(257);
        for name in ["a.b", "a b", ".fifo", &long] {
            let error = account
                .create_topic(&arn(name), None, Tags::new())
                .unwrap_err();
            assert_eq!(error.message, "Invalid parameter: Topic Name", "{name}");
        }
        let many: Tags = (0..51).map(|n| (n.to_string(), String::new())).collect();
        let error = account.create_topic(&arn("t"), None, many).unwrap_err();
        assert_eq!(error.code.as_deref(), Some("TagLimitExceeded"));
        let long = Tags::from([("k".repeat(129), String::new())]);
        let error = account.create_topic(&arn("t"), None, long).unwrap_err();
        assert_eq!(error.code.as_deref(), Some("InvalidParameter"));
        let text = "arn:aws:sns:us-east-1:210987654321:t";
        let error = account
            .create_topic(&TopicArn::parse(text).unwrap(), None, Tags::new())
            .unwrap_err();
        assert_eq!(error.code.as_deref(), Some("AuthorizationError"));
        assert_eq!(account, Scene::Fresh.account());
        for name in ["orders.fifo", &"x".repeat(256)] {
            account.create_topic(&arn(name), None, Tags::new()).unwrap();
        }
    }

    #[test]
    fn attributes_are_set_on_topics_that_are_there() {
        let mut account = with_topic();
        let policy = r#"{"Statement":[],"Version":"2012-10-17"}"#;
        account
            .set_topic_policy(&arn("cis-alarms"), policy)
            .unwrap();
        account
            .set_topic_key(&arn("cis-alarms"), Some("alias/x".to_owned()))
            .unwrap();
        let topic = account.get_topic_attributes(&arn("cis-alarms")).unwrap();
        assert_eq!(topic.policy, policy);
        assert_eq!(topic.kms_key.as_deref(), Some("alias/x"));
        for bad in [
            "",
            "{",
            "[]",
            "{}",
            r#"{"Statement":"x"}"#,
            &"x".repeat(31 * 1024),
        ] {
            let error = account
                .set_topic_policy(&arn("cis-alarms"), bad)
                .unwrap_err();
            assert_eq!(error.code.as_deref(), Some("InvalidParameter"), "{bad}");
        }
        let policy_of_none = account.set_topic_policy(&arn("none"), policy);
        let key_of_none = account.set_topic_key(&arn("none"), None);
        for error in [policy_of_none.unwrap_err(), key_of_none.unwrap_err()] {
            assert_eq!(error.code.as_deref(), Some("NotFound"));
            assert_eq!(error.message, "Topic does not exist");
        }
    }

    #[test]
    fn who_must_confirm_stays_pending_and_gets_one_message() {
        let own_queue = "arn:aws:sqs:us-east-1:123456789012:queue";
        let own_function = "arn:aws:lambda:us-east-1:123456789012:function:f";
        let foreign = own_queue.replace("123456789012", "210987654321");
        let cases = [
            (Protocol::Email, "a@example.com", false),
            (Protocol::EmailJson, "a@example.com", false),
            (Protocol::Https, "https://example.com/hook", false),
            (Protocol::Http, "http://example.com/hook", false),
            (Protocol::Sqs, own_queue, true),
            (Protocol::Lambda, own_function, true),
            (Protocol::Sqs, &foreign, false),
            (Protocol::Sms, "+4930123456", true),
        ];
        for (protocol, address, confirmed) in cases {
            let mut account = with_topic();
            let endpoint = endpoint(protocol, address);
            let state = account.subscribe(&arn("cis-alarms"), &endpoint).unwrap();
            let is_confirmed = matches!(state, SubscriptionState::Confirmed(_));
            assert_eq!(is_confirmed, confirmed, "{protocol} {address}");
            let sent = account.confirmations_sent(&endpoint);
            assert_eq!(sent, u32::from(!confirmed), "{protocol} {address}");
        }
    }

    #[test]
    fn subscribing_again_sends_a_mail_only_while_pending() {
        let mut account = with_topic();
        let topic = arn("cis-alarms");
        account.subscribe(&topic, &mail()).unwrap();
        account.subscribe(&topic, &mail()).unwrap();
        assert_eq!(account.confirmations_sent(&mail()), 2);
        account.confirm_subscriptions(&topic);
        let confirmed = account.list_subscriptions_by_topic(&topic).unwrap();
        assert_eq!(confirmed.len(), 1);
        let state = account.subscribe(&topic, &mail()).unwrap();
        assert_eq!(state, confirmed[0].state);
        assert_eq!(account.confirmations_sent(&mail()), 2);
        assert_eq!(account.list_subscriptions_by_topic(&topic), Ok(confirmed));
    }

    #[test]
    fn a_deleted_subscription_is_listed_and_does_not_count() {
        let mut account = with_topic();
        let topic = arn("cis-alarms");
        let deleted = Subscription {
            endpoint: mail(),
            state: SubscriptionState::Deleted,
        };
        account.add_subscription(&topic, deleted.clone());
        let state = account.subscribe(&topic, &mail()).unwrap();
        assert_eq!(state, SubscriptionState::Pending);
        let listed = account.list_subscriptions_by_topic(&topic).unwrap();
        assert_eq!(listed.len(), 2);
        assert!(listed.contains(&deleted));
        assert_eq!(account.confirmations_sent(&mail()), 1);
    }

    #[test]
    fn endpoints_that_do_not_fit_are_refused() {
        let cases = [
            (
                Protocol::Email,
                "nobody",
                "Invalid parameter: Email address",
            ),
            (
                Protocol::Https,
                "http://example.com",
                "Invalid parameter: Endpoint must match the specified protocol",
            ),
            (
                Protocol::Sqs,
                "queue",
                "Invalid parameter: SQS endpoint ARN",
            ),
            (
                Protocol::Lambda,
                "f",
                "Invalid parameter: Lambda endpoint ARN",
            ),
            (
                Protocol::Firehose,
                "f",
                "Invalid parameter: Firehose endpoint ARN",
            ),
            (Protocol::Sms, "030", "Invalid SMS endpoint: 030"),
            (
                Protocol::Application,
                "x",
                "Invalid parameter: Application endpoint arn invalid",
            ),
        ];
        for (protocol, address, message) in cases {
            let mut account = with_topic();
            let error = account
                .subscribe(&arn("cis-alarms"), &endpoint(protocol, address))
                .unwrap_err();
            assert_eq!(error.message, message);
            assert_eq!(account, with_topic());
        }
        let mut account = with_topic();
        account
            .create_topic(&arn("orders.fifo"), None, Tags::new())
            .unwrap();
        let error = account.subscribe(&arn("orders.fifo"), &mail()).unwrap_err();
        assert!(error.message.contains("Invalid protocol type"));
        let error = account.subscribe(&arn("none"), &mail()).unwrap_err();
        assert_eq!(error.code.as_deref(), Some("NotFound"));
    }

    #[test]
    fn what_is_deleted_is_gone() {
        let mut account = with_topic();
        let topic = arn("cis-alarms");
        account.subscribe(&topic, &mail()).unwrap();
        account.confirm_subscriptions(&topic);
        let listed = account.list_subscriptions_by_topic(&topic).unwrap();
        let SubscriptionState::Confirmed(subscription) = &listed[0].state else {
            panic!("it was confirmed");
        };
        assert!(subscription.starts_with(&format!("{topic}:")));
        account.unsubscribe(subscription).unwrap();
        assert_eq!(account.list_subscriptions_by_topic(&topic), Ok(Vec::new()));
        account.unsubscribe(subscription).unwrap_err();
        account.delete_topic(&topic).unwrap();
        account.delete_topic(&topic).unwrap();
        assert!(account.topics().is_empty());
    }

    #[test]
    fn keys_answer_to_id_arn_and_alias_in_their_region() {
        let mut account = Scene::Fresh.account();
        let arn = "arn:aws:kms:us-east-1:123456789012:key/1234";
        let key = Key {
            arn: arn.to_owned(),
            manager: KeyManager::Customer,
            enabled: true,
            policy: "{}".to_owned(),
        };
        account.add_key(key.clone(), ["alias/cis".to_owned()].into());
        let region = account.region().clone();
        let by_alias = "arn:aws:kms:us-east-1:123456789012:alias/cis";
        for name in ["1234", arn, "alias/cis", by_alias] {
            assert_eq!(
                account.describe_key(&region, name).as_ref(),
                Ok(&key),
                "{name}"
            );
        }
        let elsewhere = crate::model::Region::parse("eu-central-1").unwrap();
        let foreign = "arn:aws:kms:us-east-1:210987654321:alias/cis";
        for (region, name) in [
            (&region, "alias/ci"),
            (&region, foreign),
            (&elsewhere, "1234"),
        ] {
            let error = account.describe_key(region, name).unwrap_err();
            assert_eq!(error.code.as_deref(), Some("NotFoundException"), "{name}");
        }
    }
}
