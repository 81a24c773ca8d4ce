//! Every reading of every built-in account is the same over the wire as straight from the sandbox.

use std::fmt::Debug;

use cis_fix::aws::AwsAccount;
use cis_fix::cloud::CloudReader;
use cis_fix::model::{AlarmKind, Reading, Region, TopicArn};
use cis_fix::sandbox::{Sandbox, SandboxAccount, Scene};

use super::world;
use crate::support::client;
use crate::support::fake::Fake;
use crate::support::wire::Shape;

/// Both answers agree: they are the same fact, or both say that it cannot be had.
fn agree<T: PartialEq + Debug>(wire: Reading<T>, sandbox: Reading<T>) {
    match (wire, sandbox) {
        (Ok(wire), Ok(sandbox)) => assert_eq!(wire, sandbox),
        (Err(_), Err(_)) => {}
        (wire, sandbox) => panic!("wire: {wire:?}\nsandbox: {sandbox:?}"),
    }
}

async fn compare(account: SandboxAccount) {
    let fake = Fake::new(account.clone());
    let (wire, sandbox) = (client::account(&fake), Sandbox::new(account.clone()));
    agree(wire.identity().await, sandbox.identity().await);
    agree(wire.trails().await, sandbox.trails().await);
    for trail in sandbox.trails().await.unwrap() {
        agree(
            wire.trail_status(&trail).await,
            sandbox.trail_status(&trail).await,
        );
        agree(
            wire.event_selectors(&trail).await,
            sandbox.event_selectors(&trail).await,
        );
        if let Some(group) = trail.log_group {
            agree(
                wire.log_group(&group).await,
                sandbox.log_group(&group).await,
            );
            agree(
                wire.metric_filters(&group).await,
                sandbox.metric_filters(&group).await,
            );
        }
    }
    for group in account.log_groups().keys() {
        agree(
            wire.metric_filters(group).await,
            sandbox.metric_filters(group).await,
        );
    }
    for held in account.keys().values() {
        for name in held.aliases.iter().chain([&held.key.arn]) {
            let region = account.region();
            agree(
                wire.key(region, name).await,
                sandbox.key(region, name).await,
            );
        }
    }
    compare_alarms(&wire, &sandbox, account.region()).await;
    for topic in account.topics().keys() {
        compare_topic(&wire, &sandbox, topic).await;
    }
}

async fn compare_alarms(wire: &AwsAccount, sandbox: &Sandbox, region: &Region) {
    agree(wire.alarms(region).await, sandbox.alarms(region).await);
    for alarm in sandbox.alarms(region).await.unwrap() {
        agree(
            wire.alarm_tags(&alarm.arn).await,
            sandbox.alarm_tags(&alarm.arn).await,
        );
        let AlarmKind::Metric(alarm) = alarm.kind else {
            continue;
        };
        for action in &alarm.alarm_actions {
            if let Ok(topic) = TopicArn::parse(action) {
                compare_topic(wire, sandbox, &topic).await;
            }
        }
    }
}

async fn compare_topic(wire: &AwsAccount, sandbox: &Sandbox, topic: &TopicArn) {
    agree(wire.topic(topic).await, sandbox.topic(topic).await);
    agree(
        wire.topic_tags(topic).await,
        sandbox.topic_tags(topic).await,
    );
    agree(
        wire.subscriptions(topic).await,
        sandbox.subscriptions(topic).await,
    );
    if let Ok(Some(topic)) = sandbox.topic(topic).await
        && let Some(key) = topic.kms_key
    {
        let region = &topic.arn.region;
        agree(
            wire.key(region, &key).await,
            sandbox.key(region, &key).await,
        );
    }
}

#[tokio::test]
async fn every_kind_of_thing_is_read_over_the_wire_as_it_is() {
    compare(world::account()).await;
}

#[tokio::test]
async fn scenes_are_read_over_the_wire_as_they_are() {
    for scene in Scene::ALL {
        compare(scene.account()).await;
    }
}

#[tokio::test]
async fn what_is_elsewhere_is_asked_for_elsewhere() {
    let account = Scene::Fresh.account();
    let home = account.region().clone();
    let elsewhere = Region::parse("ap-southeast-2").unwrap();
    assert_ne!(home, elsewhere);
    compare(account.clone().starting_in(elsewhere.clone())).await;

    let fake = Fake::new(account.starting_in(elsewhere.clone()));
    let wire = client::account(&fake);
    let trails = wire.trails().await.unwrap();
    wire.trail_status(&trails[0]).await.unwrap();
    wire.event_selectors(&trails[0]).await.unwrap();
    let group = trails[0].log_group.clone().unwrap();
    wire.metric_filters(&group).await.unwrap();
    wire.alarms(&home).await.unwrap();
    let asked: Vec<_> = fake
        .calls()
        .iter()
        .map(|call| (call.action(), call.region.clone()))
        .collect();
    let expected = [
        ("cloudtrail:DescribeTrails", &elsewhere),
        ("cloudtrail:GetTrailStatus", &home),
        ("cloudtrail:GetEventSelectors", &home),
        ("sts:GetCallerIdentity", &elsewhere),
        ("logs:DescribeMetricFilters", &home),
        ("cloudwatch:DescribeAlarms", &home),
    ];
    assert_eq!(
        asked,
        expected.map(|(action, region)| (action.to_owned(), region.clone()))
    );
}

#[tokio::test]
async fn a_trail_is_asked_for_by_its_arn() {
    let fake = Fake::new(Scene::Fresh.account());
    let wire = client::account(&fake);
    let trail = wire.trails().await.unwrap().remove(0);
    wire.trail_status(&trail).await.unwrap();
    let asked = fake.calls().pop().unwrap().members;
    assert_eq!(asked["Name"], Shape::text(trail.arn));
}

#[tokio::test]
async fn who_asks_is_asked_once() {
    let fake = Fake::new(Scene::Fresh.account());
    let wire = client::account(&fake);
    for _ in 0..3 {
        wire.identity().await.unwrap();
    }
    assert_eq!(fake.count("sts:GetCallerIdentity"), 1);
}
