//! Lists are complete, whatever way their pages are dealt, and the asking always ends.

use cis_fix::cloud::CloudReader;
use cis_fix::model::{
    Alarm, AlarmKind, CallErrorKind, Endpoint, LogGroup, LogGroupArn, LogGroupClass, LogGroupName,
    Protocol, Subscription, SubscriptionState, Tags, Topic, TopicArn,
};
use cis_fix::sandbox::{SandboxAccount, Scene, default_policy};

use super::world;
use crate::support::client;
use crate::support::fake::{Fake, Fault};
use crate::support::wire::Shape;

fn with_alarms(number: usize) -> SandboxAccount {
    let mut account = Scene::Fresh.account();
    for index in 0..number {
        let arn = account.alarm_arn(account.region(), &format!("alarm {index:05}"));
        let kind = if index % 2 == 0 {
            AlarmKind::Composite
        } else {
            AlarmKind::Log
        };
        account.add_alarm(Alarm { arn, kind }, Tags::new());
    }
    account
}

fn group(account: &SandboxAccount) -> LogGroupArn {
    account.log_groups().keys().next().unwrap().clone()
}

fn with_filters(number: usize) -> SandboxAccount {
    let mut account = Scene::Fresh.account();
    for index in 0..number {
        account.add_filter(&group(&account), world::filter(index));
    }
    account
}

fn topic(account: &SandboxAccount) -> TopicArn {
    TopicArn {
        partition: account.partition().clone(),
        region: account.region().clone(),
        account: account.account().clone(),
        name: "busy".to_owned(),
    }
}

fn with_subscriptions(number: usize) -> SandboxAccount {
    let mut account = Scene::Fresh.account();
    let arn = topic(&account);
    let policy = default_policy(&arn);
    let kms_key = None;
    account.add_topic(
        Topic {
            arn: arn.clone(),
            policy,
            kms_key,
        },
        Tags::new(),
    );
    for index in 0..number {
        let address = format!("person{index:05}@example.com");
        let subscription = Subscription {
            endpoint: Endpoint::parse(Protocol::Email, &address).unwrap(),
            state: SubscriptionState::Pending,
        };
        account.add_subscription(&arn, subscription);
    }
    account
}

/// Adds log groups whose names begin as that of the trail's group does.
fn with_namesakes(number: usize) -> SandboxAccount {
    let mut account = Scene::Fresh.account();
    let arn = group(&account);
    for index in 0..number {
        let name = LogGroupName::parse(&format!("{}-{index:05}", arn.name)).unwrap();
        account.add_log_group(LogGroup {
            arn: LogGroupArn {
                name,
                ..arn.clone()
            },
            class: LogGroupClass::Standard,
        });
    }
    account
}

#[tokio::test]
async fn alarms_come_by_the_hundred() {
    for (number, calls) in [(0, 1), (100, 1), (101, 2), (250, 3)] {
        let account = with_alarms(number);
        let fake = Fake::new(account.clone());
        let alarms = client::account(&fake).alarms(account.region()).await;
        assert_eq!(alarms, account.describe_alarms(account.region()));
        assert_eq!(
            fake.count("cloudwatch:DescribeAlarms"),
            calls,
            "{number} alarms"
        );
    }
}

#[tokio::test]
async fn filters_come_by_the_fifty() {
    for (number, calls) in [(0, 1), (50, 1), (51, 2), (100, 2)] {
        let account = with_filters(number);
        let fake = Fake::new(account.clone());
        let group = group(&account);
        let filters = client::account(&fake).metric_filters(&group).await;
        assert_eq!(filters, account.describe_metric_filters(&group));
        assert_eq!(
            fake.count("logs:DescribeMetricFilters"),
            calls,
            "{number} filters"
        );
    }
}

#[tokio::test]
async fn subscriptions_come_by_the_hundred() {
    let account = with_subscriptions(250);
    let fake = Fake::new(account.clone());
    let topic = topic(&account);
    let subscriptions = client::account(&fake).subscriptions(&topic).await;
    assert_eq!(subscriptions, account.list_subscriptions_by_topic(&topic));
    assert_eq!(fake.count("sns:ListSubscriptionsByTopic"), 3);
}

#[tokio::test]
async fn a_log_group_is_found_by_its_exact_name() {
    let account = with_namesakes(120);
    let group = group(&account);
    let fake = Fake::new(account.clone());
    let found = client::account(&fake).log_group(&group).await;
    assert_eq!(found, account.describe_log_group(&group));
    assert_eq!(
        fake.count("logs:DescribeLogGroups"),
        1,
        "found on the first page"
    );

    fake.alter(|account| drop(account.remove_log_group(&group)));
    assert_eq!(client::account(&fake).log_group(&group).await, Ok(None));
    assert_eq!(
        fake.count("logs:DescribeLogGroups"),
        1 + 3,
        "absent on every page"
    );
}

#[tokio::test]
async fn an_empty_page_with_a_token_is_not_the_end() {
    let (alarms, filters) = (with_alarms(150), with_filters(60));
    let fake = Fake::new(alarms.clone());
    fake.fail("cloudwatch:DescribeAlarms", [Fault::EmptyPage]);
    let read = client::account(&fake).alarms(alarms.region()).await;
    assert_eq!(read, alarms.describe_alarms(alarms.region()));
    assert_eq!(fake.count("cloudwatch:DescribeAlarms"), 3);

    let fake = Fake::new(filters.clone());
    fake.fail("logs:DescribeMetricFilters", [Fault::EmptyPage]);
    let read = client::account(&fake)
        .metric_filters(&group(&filters))
        .await;
    assert_eq!(read, filters.describe_metric_filters(&group(&filters)));

    let subscribed = with_subscriptions(101);
    let fake = Fake::new(subscribed.clone());
    fake.fail("sns:ListSubscriptionsByTopic", [Fault::EmptyPage]);
    let read = client::account(&fake)
        .subscriptions(&topic(&subscribed))
        .await;
    assert_eq!(
        read,
        subscribed.list_subscriptions_by_topic(&topic(&subscribed))
    );
}

#[tokio::test]
async fn a_repeated_token_ends_in_an_error() {
    let account = with_alarms(10);
    let fake = Fake::new(account.clone());
    let again = || std::iter::repeat_n(Fault::RepeatedToken, 5);
    let wire = client::account(&fake);

    fake.fail("cloudwatch:DescribeAlarms", again());
    let error = wire.alarms(account.region()).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Malformed);
    assert_eq!(error.action, "cloudwatch:DescribeAlarms");
    assert_eq!(fake.count("cloudwatch:DescribeAlarms"), 2);

    let group = group(&account);
    fake.fail("logs:DescribeMetricFilters", again());
    let error = wire.metric_filters(&group).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Malformed);

    fake.alter(|account| drop(account.remove_log_group(&group)));
    fake.fail("logs:DescribeLogGroups", again());
    let error = wire.log_group(&group).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Malformed);
}

#[tokio::test]
async fn an_empty_token_is_the_end() {
    let account = with_alarms(1);
    let fake = Fake::new(account.clone());
    let answer = Shape::members([("NextToken", Some(Shape::text("")))]);
    fake.fail("cloudwatch:DescribeAlarms", [Fault::Answer(answer)]);
    let alarms = client::account(&fake).alarms(account.region()).await;
    assert_eq!(alarms, Ok(Vec::new()));
}
