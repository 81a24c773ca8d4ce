//! A snapshot answers as the observed account did, and says "could not look" where that was the answer.

use cis_fix::cloud::CloudReader;
use cis_fix::model::{CallErrorKind, Endpoint, Protocol, Reading, Region, Subscription, TopicArn};
use cis_fix::observed::Observed;
use cis_fix::sandbox::format::{parse, to_text};
use cis_fix::sandbox::{Sandbox, Scene, from_observed};
use proptest::prelude::*;

use super::generate::observations;

fn read<T>(reading: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap()
        .block_on(reading)
}

/// Returns what a list of subscriptions looks like once secrets are left out.
fn masked(reading: &Reading<Vec<Subscription>>) -> Reading<Vec<Subscription>> {
    let mut list: Vec<Subscription> = reading.clone()?;
    for subscription in &mut list {
        let endpoint = &subscription.endpoint;
        if matches!(endpoint.protocol(), Protocol::Http | Protocol::Https) {
            subscription.endpoint = Endpoint::observed(endpoint.protocol(), &endpoint.to_string());
        }
    }
    list.sort();
    Ok(list)
}

/// Asks every question that `observed` answers, and compares.
async fn answers_alike(sandbox: &Sandbox, observed: &Observed) -> Result<(), TestCaseError> {
    prop_assert_eq!(sandbox.identity().await, Ok(observed.identity.clone()));
    let trails = observed
        .trails
        .as_ref()
        .map(|trails| trails.values().cloned().collect::<Vec<_>>());
    prop_assert_eq!(sandbox.trails().await, trails.map_err(Clone::clone));
    for (arn, trail) in observed.trails.iter().flatten() {
        if let Some(expected) = observed.trail_status.get(arn) {
            prop_assert_eq!(&sandbox.trail_status(trail).await, expected);
        }
        if let Some(expected) = observed.event_selectors.get(arn) {
            prop_assert_eq!(&sandbox.event_selectors(trail).await, expected);
        }
    }
    for (arn, expected) in &observed.log_groups {
        prop_assert_eq!(&sandbox.log_group(arn).await, expected);
    }
    for (arn, expected) in &observed.metric_filters {
        prop_assert_eq!(&sandbox.metric_filters(arn).await, expected);
    }
    for (region, expected) in &observed.alarms {
        prop_assert_eq!(&sandbox.alarms(region).await, expected);
    }
    for (arn, expected) in &observed.alarm_tags {
        prop_assert_eq!(&sandbox.alarm_tags(arn).await, expected);
    }
    for (arn, expected) in &observed.topics {
        prop_assert_eq!(&sandbox.topic(arn).await, expected);
    }
    for (arn, expected) in &observed.topic_tags {
        prop_assert_eq!(&sandbox.topic_tags(arn).await, expected);
    }
    for (arn, expected) in &observed.subscriptions {
        prop_assert_eq!(&sandbox.subscriptions(arn).await, &masked(expected));
    }
    for ((region, name), expected) in &observed.keys {
        prop_assert_eq!(&sandbox.key(region, name).await, expected);
    }
    Ok(())
}

proptest! {
    #[test]
    fn a_snapshot_answers_as_the_account_did(observed in observations()) {
        let text = to_text(&from_observed(&observed));
        let sandbox = Sandbox::new(parse(&text).unwrap());
        read(answers_alike(&sandbox, &observed))?;
    }

    #[test]
    fn no_secret_of_a_web_endpoint_is_in_a_snapshot(observed in observations()) {
        let text = to_text(&from_observed(&observed));
        prop_assert!(!text.contains("secret") && !text.contains("another"));
    }
}

#[test]
fn what_nobody_looked_at_is_not_taken_for_absent() {
    let identity = super::generate::identity();
    let observed = Observed {
        identity,
        region: Region::parse("us-east-1").unwrap(),
        trails: Ok(std::collections::BTreeMap::new()),
        trail_status: std::collections::BTreeMap::new(),
        event_selectors: std::collections::BTreeMap::new(),
        log_groups: std::collections::BTreeMap::new(),
        metric_filters: std::collections::BTreeMap::new(),
        alarms: std::collections::BTreeMap::new(),
        alarm_tags: std::collections::BTreeMap::new(),
        topics: std::collections::BTreeMap::new(),
        topic_tags: std::collections::BTreeMap::new(),
        subscriptions: std::collections::BTreeMap::new(),
        keys: std::collections::BTreeMap::new(),
    };
    let sandbox = Sandbox::new(from_observed(&observed));
    let region = observed.region.clone();
    let topic = TopicArn::parse("arn:aws:sns:us-east-1:123456789012:cis-alarms").unwrap();
    let fresh = Scene::Fresh.account();
    let log_group = fresh.log_groups().keys().next().unwrap();
    read(async {
        let errors = [
            sandbox.topic(&topic).await.unwrap_err(),
            sandbox.subscriptions(&topic).await.unwrap_err(),
            sandbox.topic_tags(&topic).await.unwrap_err(),
            sandbox.alarms(&region).await.unwrap_err(),
            sandbox.log_group(log_group).await.unwrap_err(),
            sandbox.metric_filters(log_group).await.unwrap_err(),
            sandbox.key(&region, "alias/aws/sns").await.unwrap_err(),
        ];
        for error in errors {
            assert_eq!(error.kind, CallErrorKind::Unsupported, "{error}");
            assert!(error.message.contains("snapshot"), "{error}");
        }
    });
}
