//! Members that an answer leaves out: a documented default where there is one, an error where one is needed.

use std::collections::BTreeMap;

use cis_fix::aws::AwsAccount;
use cis_fix::cloud::CloudReader;
use cis_fix::model::{
    AlarmKind, BasicSelector, CallErrorKind, EventSelectors, LogGroupArn, LogGroupClass, Metric,
    MetricAlarm, MetricQuery, MissingData, Operator, ReadWrite, Reading, Statistic, Topic,
    TopicArn, Trail,
};
use cis_fix::sandbox::{SandboxAccount, Scene};

use crate::support::client;
use crate::support::fake::{Fake, Fault};
use crate::support::wire::Shape;

const TRAIL: &str = "arn:aws:cloudtrail:us-east-1:111122223333:trail/t";
const ALARM: &str = "arn:aws:cloudwatch:us-east-1:111122223333:alarm:a: b";

/// A member that is there; `None` is one that is left out.
type Member = Option<Shape>;

#[expect(
    clippy::unnecessary_wraps,
    reason = "the value of a member that is there"
)]
fn text(text: &str) -> Member {
    Some(Shape::text(text))
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "the value of a member that is there"
)]
fn list(item: Shape) -> Member {
    Some(Shape::List(vec![item]))
}

/// An account that answers the next call of `action` with `answer`.
fn answering(action: &str, answer: Shape) -> (SandboxAccount, AwsAccount) {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    fake.fail(action, [Fault::Answer(answer)]);
    (account, client::account(&fake))
}

fn is_malformed<T: std::fmt::Debug>(reading: Reading<T>, member: &str) {
    let error = reading.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Malformed, "{error}");
    assert!(
        error.message.contains(member),
        "{error} should name `{member}`"
    );
}

async fn trails(trail: Shape) -> Reading<Vec<Trail>> {
    let answer = Shape::members([("trailList", list(trail))]);
    answering("cloudtrail:DescribeTrails", answer)
        .1
        .trails()
        .await
}

#[tokio::test]
async fn a_trail_without_its_switches_has_them_off() {
    let bare = Shape::members([("TrailARN", text(TRAIL)), ("HomeRegion", text("us-east-1"))]);
    let trail = trails(bare).await.unwrap().remove(0);
    assert!(!trail.is_multi_region && !trail.is_organization && !trail.includes_global_services);
    assert_eq!(trail.log_group, None);
}

#[tokio::test]
async fn a_trail_needs_its_arn_and_home() {
    is_malformed(
        trails(Shape::members([("HomeRegion", text("us-east-1"))])).await,
        "TrailARN",
    );
    is_malformed(
        trails(Shape::members([("TrailARN", text(TRAIL))])).await,
        "HomeRegion",
    );
    let group = Shape::members([
        ("TrailARN", text(TRAIL)),
        ("HomeRegion", text("us-east-1")),
        ("CloudWatchLogsLogGroupArn", text("arn:aws:s3:::bucket")),
    ]);
    is_malformed(trails(group).await, "arn:aws:s3:::bucket");
}

#[tokio::test]
async fn a_trail_list_may_be_absent() {
    let (_, wire) = answering("cloudtrail:DescribeTrails", Shape::nothing());
    assert_eq!(wire.trails().await, Ok(Vec::new()));
}

#[tokio::test]
async fn a_status_needs_its_switch_and_no_error_is_none() {
    let trail = Scene::Fresh.account().describe_trails().unwrap().remove(0);
    let (_, wire) = answering("cloudtrail:GetTrailStatus", Shape::nothing());
    is_malformed(wire.trail_status(&trail).await, "IsLogging");
    let logging = Shape::members([
        ("IsLogging", Some(Shape::Switch(true))),
        ("LatestCloudWatchLogsDeliveryError", text("")),
    ]);
    let (_, wire) = answering("cloudtrail:GetTrailStatus", logging);
    let status = wire.trail_status(&trail).await.unwrap();
    assert!(status.is_logging);
    assert_eq!(status.delivery_error, None);
}

#[tokio::test]
async fn no_selector_and_an_empty_selector_take_all_management_events() {
    let trail = Scene::Fresh.account().describe_trails().unwrap().remove(0);
    let everything = EventSelectors::Basic(vec![BasicSelector {
        read_write: ReadWrite::All,
        includes_management_events: true,
        excluded_sources: [].into(),
    }]);
    let empty = Shape::members([("EventSelectors", list(Shape::nothing()))]);
    for answer in [Shape::nothing(), empty] {
        let (_, wire) = answering("cloudtrail:GetEventSelectors", answer);
        assert_eq!(wire.event_selectors(&trail).await, Ok(everything.clone()));
    }
    let strange = Shape::members([("ReadWriteType", text("Sometimes"))]);
    let strange = Shape::members([("EventSelectors", list(strange))]);
    let (_, wire) = answering("cloudtrail:GetEventSelectors", strange);
    is_malformed(wire.event_selectors(&trail).await, "Sometimes");
}

#[tokio::test]
async fn a_log_group_without_a_class_is_standard_and_a_new_class_is_kept() {
    let arn = Scene::Fresh
        .account()
        .log_groups()
        .keys()
        .next()
        .unwrap()
        .clone();
    let group = |class| {
        Shape::members([
            ("logGroupName", text(arn.name.as_str())),
            ("logGroupClass", class),
        ])
    };
    let classes = [
        (None, LogGroupClass::Standard),
        (
            text("ESSENTIALS"),
            LogGroupClass::Other("ESSENTIALS".to_owned()),
        ),
    ];
    for (class, expected) in classes {
        let answer = Shape::members([("logGroups", list(group(class)))]);
        let (_, wire) = answering("logs:DescribeLogGroups", answer);
        assert_eq!(wire.log_group(&arn).await.unwrap().unwrap().class, expected);
    }
}

fn transformation() -> BTreeMap<String, Shape> {
    [
        ("metricName".to_owned(), Shape::text("m")),
        ("metricNamespace".to_owned(), Shape::text("n")),
        ("metricValue".to_owned(), Shape::text("1")),
    ]
    .into()
}

fn filter(pattern: Member, transformations: Vec<Shape>) -> Shape {
    let filter = Shape::members([
        ("filterName", text("f")),
        ("filterPattern", pattern),
        ("metricTransformations", Some(Shape::List(transformations))),
    ]);
    Shape::members([("metricFilters", list(filter))])
}

fn fresh_group() -> LogGroupArn {
    Scene::Fresh
        .account()
        .log_groups()
        .keys()
        .next()
        .unwrap()
        .clone()
}

#[tokio::test]
async fn a_filter_needs_little() {
    let bare = filter(text(""), vec![Shape::Members(transformation())]);
    let (_, wire) = answering("logs:DescribeMetricFilters", bare);
    let filter = wire.metric_filters(&fresh_group()).await.unwrap().remove(0);
    assert_eq!(filter.pattern, "");
    assert!(!filter.applies_to_transformed_logs);
    assert_eq!(
        (filter.field_selection, filter.system_field_dimensions),
        (None, Vec::new())
    );
    let published = filter.transformation;
    assert_eq!((published.default_value, published.unit), (None, None));
    assert!(published.dimensions.is_empty());
}

#[tokio::test]
async fn a_filter_without_what_it_is_made_of_is_malformed() {
    let without = |member: &str| {
        let mut members = transformation();
        members.remove(member);
        Shape::Members(members)
    };
    let whole = || Shape::Members(transformation());
    let cases = [
        (filter(None, vec![whole()]), "filterPattern"),
        (filter(text(""), Vec::new()), "transformation"),
        (filter(text(""), vec![whole(), whole()]), "transformation"),
        (filter(text(""), vec![without("metricName")]), "metricName"),
        (
            filter(text(""), vec![without("metricNamespace")]),
            "metricNamespace",
        ),
        (
            filter(text(""), vec![without("metricValue")]),
            "metricValue",
        ),
    ];
    for (answer, member) in cases {
        let (_, wire) = answering("logs:DescribeMetricFilters", answer);
        is_malformed(wire.metric_filters(&fresh_group()).await, member);
    }
}

/// A metric alarm with as few members as make sense.
fn bare_alarm() -> BTreeMap<String, Shape> {
    [
        ("AlarmArn".to_owned(), Shape::text(ALARM)),
        ("MetricName".to_owned(), Shape::text("m")),
        ("Namespace".to_owned(), Shape::text("n")),
        ("Statistic".to_owned(), Shape::text("Sum")),
        ("Period".to_owned(), Shape::Integer(300)),
        ("EvaluationPeriods".to_owned(), Shape::Integer(1)),
        (
            "ComparisonOperator".to_owned(),
            Shape::text("GreaterThanThreshold"),
        ),
    ]
    .into()
}

async fn alarm(members: BTreeMap<String, Shape>) -> Reading<MetricAlarm> {
    let answer = Shape::members([("MetricAlarms", list(Shape::Members(members)))]);
    let (account, wire) = answering("cloudwatch:DescribeAlarms", answer);
    let alarm = wire.alarms(account.region()).await?.remove(0);
    assert_eq!(alarm.arn.name, "a: b");
    match alarm.kind {
        AlarmKind::Metric(alarm) => Ok(*alarm),
        AlarmKind::Composite | AlarmKind::Log => panic!("{alarm:?}"),
    }
}

fn single(unit: Option<&str>) -> MetricQuery {
    MetricQuery::Single {
        metric: Metric {
            namespace: "n".to_owned(),
            name: "m".to_owned(),
        },
        has_dimensions: false,
        statistic: Statistic::Sum,
        unit: unit.map(str::to_owned),
        period: 300,
    }
}

#[tokio::test]
async fn an_alarm_without_optional_members_has_their_defaults() {
    let expected = MetricAlarm {
        description: None,
        actions_enabled: true,
        alarm_actions: Vec::new(),
        ok_actions: Vec::new(),
        insufficient_data_actions: Vec::new(),
        query: single(None),
        evaluation_periods: 1,
        datapoints_to_alarm: None,
        threshold: None,
        operator: Operator::GreaterThanThreshold,
        missing_data: MissingData::Missing,
    };
    assert_eq!(alarm(bare_alarm()).await, Ok(expected));
}

#[tokio::test]
async fn an_alarm_without_what_it_is_made_of_is_malformed() {
    for member in [
        "Namespace",
        "Statistic",
        "Period",
        "EvaluationPeriods",
        "ComparisonOperator",
    ] {
        let mut members = bare_alarm();
        members.remove(member);
        is_malformed(alarm(members).await, member);
    }
    let wrong = [
        (
            "AlarmArn",
            Shape::text("arn:aws:sns:us-east-1:111122223333:a"),
        ),
        ("Period", Shape::Integer(-60)),
        ("TreatMissingData", Shape::text("sometimes")),
    ];
    for (member, value) in wrong {
        let mut members = bare_alarm();
        members.insert(member.to_owned(), value);
        let error = alarm(members).await.unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Malformed, "{member}");
    }
}

#[tokio::test]
async fn a_list_of_one_plain_metric_is_that_metric() {
    let stat = |account: Member, expression: Member| {
        let metric = Shape::members([("Namespace", text("n")), ("MetricName", text("m"))]);
        let stat = Shape::members([
            ("Metric", Some(metric)),
            ("Period", Some(Shape::Integer(300))),
            ("Stat", text("Sum")),
            ("Unit", text("Count")),
        ]);
        let stat = expression.is_none().then_some(stat);
        Shape::members([
            ("Id", text("m1")),
            ("MetricStat", stat),
            ("AccountId", account),
            ("Expression", expression),
        ])
    };
    let with_metrics = |metrics: Vec<Shape>| {
        let mut members = bare_alarm();
        for member in ["MetricName", "Namespace", "Statistic", "Period"] {
            members.remove(member);
        }
        members.insert("Metrics".to_owned(), Shape::List(metrics));
        members
    };
    let own = alarm(with_metrics(vec![stat(None, None)])).await.unwrap();
    assert_eq!(own.query, single(Some("Count")));
    let others = [
        vec![stat(text("999999999999"), None)],
        vec![stat(None, text("m2 * 2"))],
        vec![stat(None, None), stat(None, text("m1 * 2"))],
    ];
    for metrics in others {
        let alarm = alarm(with_metrics(metrics)).await.unwrap();
        assert_eq!(alarm.query, MetricQuery::Expression);
    }
}

#[tokio::test]
async fn an_alarm_on_a_query_needs_neither_operator_nor_periods() {
    let answer = alarm([("AlarmArn".to_owned(), Shape::text(ALARM))].into())
        .await
        .unwrap();
    assert_eq!(answer.query, MetricQuery::Expression);
}

async fn topic(attributes: Member) -> Reading<Option<Topic>> {
    let arn = TopicArn::parse("arn:aws:sns:us-east-1:111122223333:t").unwrap();
    let answer = Shape::members([("Attributes", attributes)]);
    answering("sns:GetTopicAttributes", answer)
        .1
        .topic(&arn)
        .await
}

#[tokio::test]
async fn a_topic_needs_its_policy_and_an_empty_key_is_none() {
    let policy = ("Policy".to_owned(), "{}".to_owned());
    let key = ("KmsMasterKeyId".to_owned(), String::new());
    let found = topic(Some(Shape::Entries([policy, key].into())))
        .await
        .unwrap()
        .unwrap();
    assert_eq!((found.policy.as_str(), found.kms_key), ("{}", None));
    is_malformed(topic(Some(Shape::Entries(BTreeMap::new()))).await, "Policy");
    is_malformed(topic(None).await, "Attributes");
}

#[tokio::test]
async fn a_subscription_of_an_unknown_kind_is_not_taken_for_one() {
    let arn = TopicArn::parse("arn:aws:sns:us-east-1:111122223333:t").unwrap();
    let cases = [
        (text("pigeon"), text("PendingConfirmation"), "pigeon"),
        (text("email"), text("Undecided"), "Undecided"),
        (None, text("Deleted"), "Protocol"),
        (text("email"), None, "SubscriptionArn"),
    ];
    for (protocol, state, named) in cases {
        let listed = Shape::members([("Protocol", protocol), ("SubscriptionArn", state)]);
        let answer = Shape::members([("Subscriptions", list(listed))]);
        let (_, wire) = answering("sns:ListSubscriptionsByTopic", answer);
        is_malformed(wire.subscriptions(&arn).await, named);
    }
}

#[tokio::test]
async fn a_key_needs_its_arn_and_manager() {
    let whole = [
        ("KeyId", text("k")),
        ("Arn", text("arn:aws:kms:us-east-1:111122223333:key/k")),
        ("KeyManager", text("AWS")),
    ];
    let answer = |metadata| Shape::members([("KeyMetadata", Some(metadata))]);
    let (account, wire) = answering("kms:DescribeKey", answer(Shape::members(whole.clone())));
    let key = wire.key(account.region(), "k").await.unwrap().unwrap();
    assert!(!key.enabled, "a key is only enabled when it says so");
    assert_eq!(
        key.policy, "",
        "the policy of a key of AWS is not asked for"
    );
    for member in ["Arn", "KeyManager"] {
        let part = whole
            .clone()
            .map(|(name, value)| (name, value.filter(|_| name != member)));
        let (account, wire) = answering("kms:DescribeKey", answer(Shape::members(part)));
        is_malformed(wire.key(account.region(), "k").await, member);
    }
}

#[tokio::test]
async fn a_caller_needs_an_account_and_an_arn() {
    let cases = [
        (text("123"), text("arn:aws:iam::111122223333:user/u"), "123"),
        (None, text("arn:aws:iam::111122223333:user/u"), "Account"),
        (text("111122223333"), None, "Arn"),
        (text("111122223333"), text("somebody"), "somebody"),
    ];
    for (account, arn, named) in cases {
        let answer = Shape::members([("Account", account), ("Arn", arn)]);
        is_malformed(
            answering("sts:GetCallerIdentity", answer)
                .1
                .identity()
                .await,
            named,
        );
    }
}

#[tokio::test]
async fn what_does_not_exist_is_absent_and_no_error() {
    let account = Scene::Fresh.account();
    let wire = client::account(&Fake::new(account.clone()));
    let topic = TopicArn {
        partition: account.partition().clone(),
        region: account.region().clone(),
        account: account.account().clone(),
        name: "none".to_owned(),
    };
    assert_eq!(wire.topic(&topic).await, Ok(None));
    assert_eq!(wire.subscriptions(&topic).await, Ok(Vec::new()));
    assert_eq!(wire.key(account.region(), "alias/none").await, Ok(None));
    let group = LogGroupArn {
        name: cis_fix::model::LogGroupName::parse("none").unwrap(),
        ..fresh_group()
    };
    assert_eq!(wire.log_group(&group).await, Ok(None));
    assert_eq!(wire.metric_filters(&group).await, Ok(Vec::new()));
}

#[tokio::test]
async fn lists_are_put_in_order() {
    let named = |name: &str| {
        Shape::members([
            ("filterName", text(name)),
            ("filterPattern", text("")),
            (
                "metricTransformations",
                list(Shape::Members(transformation())),
            ),
        ])
    };
    let filters = Shape::List(vec![named("b"), named("a")]);
    let answer = Shape::members([("metricFilters", Some(filters))]);
    let (_, wire) = answering("logs:DescribeMetricFilters", answer);
    let filters = wire.metric_filters(&fresh_group()).await.unwrap();
    assert!(filters.is_sorted_by_key(|filter| filter.name.clone()));

    let to = |address: &str| {
        Shape::members([
            ("Protocol", text("email")),
            ("Endpoint", text(address)),
            ("SubscriptionArn", text("Deleted")),
        ])
    };
    let listed = Shape::List(vec![to("b@example.com"), to("a@example.com")]);
    let answer = Shape::members([("Subscriptions", Some(listed))]);
    let (_, wire) = answering("sns:ListSubscriptionsByTopic", answer);
    let arn = TopicArn::parse("arn:aws:sns:us-east-1:111122223333:t").unwrap();
    assert!(wire.subscriptions(&arn).await.unwrap().is_sorted());
}
