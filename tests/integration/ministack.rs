//! The adapter's ports against MiniStack, looked at from outside with boto3: a second opinion on what AWS does.
//!
//! Where MiniStack is known to differ from AWS, a comment says so and the test allows for it. It has no
//! shadow of an organization trail, no pending subscription, and refuses neither a bad pattern nor a bad
//! alarm, nor a topic whose tags differ, nor the hundred-and-first filter: those are tested elsewhere.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where its ground gives way"
)]

use cis_fix::aws::{AwsAccount, Timeouts};
use cis_fix::cloud::{CloudReader, CloudWriter};
use cis_fix::model::{
    AccountId, Alarm, AlarmArn, AlarmKind, AlarmName, BasicSelector, CallErrorKind, Endpoint,
    EventSelectors, FilterName, KeyManager, LogGroupArn, LogGroupClass, LogGroupName, Metric,
    MetricName, MetricQuery, MissingData, Namespace, Operator, Partition, Protocol, ReadWrite,
    Region, Statistic, SubscriptionState, Tags, TopicArn,
};
use cis_fix::plan::action::{
    Action, CreateTopic, PutAlarm, PutMetricFilter, SetTopicKey, SetTopicPolicy, Subscribe,
};
use serde_json::{Value, json};

use crate::support::client;
use crate::support::ministack::{ACCOUNT, MiniStack};

const HOME: &str = "eu-central-1";
const GROUP: &str = "CloudTrail/DefaultLogGroup";

fn region(name: &str) -> Region {
    Region::parse(name).unwrap()
}

fn account(ministack: &MiniStack, starting_in: &str) -> AwsAccount {
    let region = region(starting_in);
    client::over_sockets(&ministack.url(), ACCOUNT, &region, Timeouts::default())
}

fn group(name: &str) -> LogGroupArn {
    LogGroupArn {
        partition: Partition::parse("aws").unwrap(),
        region: region(HOME),
        account: AccountId::parse(ACCOUNT).unwrap(),
        name: LogGroupName::parse(name).unwrap(),
    }
}

fn topic(name: &str) -> TopicArn {
    TopicArn::parse(&format!("arn:aws:sns:{HOME}:{ACCOUNT}:{name}")).unwrap()
}

fn tags() -> Tags {
    [
        ("cis-fix".to_owned(), "topic".to_owned()),
        ("owner".to_owned(), "a + b: ä".to_owned()),
    ]
    .into()
}

#[tokio::test]
async fn trails_are_read_from_their_home_and_from_elsewhere() {
    let ministack = MiniStack::start();
    ministack.add_trail(HOME);
    let excluded = "kms.amazonaws.com";
    let selector = json!({"ReadWriteType": "WriteOnly", "IncludeManagementEvents": true,
        "ExcludeManagementEventSources": [excluded]});
    ministack.make(HOME, &json!([
        ["cloudtrail", "put_event_selectors", {"TrailName": "management-events", "EventSelectors": [selector]}],
    ]));
    for start in [HOME, "us-west-2"] {
        let wire = account(&ministack, start);
        assert_eq!(wire.identity().await.unwrap().account.as_str(), ACCOUNT);
        let trails = wire.trails().await.unwrap();
        let [trail] = trails.as_slice() else {
            panic!("{start}: {trails:?}");
        };
        assert_eq!(trail.home_region, region(HOME));
        assert!(trail.is_multi_region && trail.includes_global_services && !trail.is_organization);
        assert_eq!(trail.log_group, Some(group(GROUP)));
        let status = wire.trail_status(trail).await.unwrap();
        assert!(status.is_logging && status.delivery_error.is_none());
        let expected = BasicSelector {
            read_write: ReadWrite::WriteOnly,
            includes_management_events: true,
            excluded_sources: [excluded.to_owned()].into(),
        };
        let selectors = wire.event_selectors(trail).await;
        assert_eq!(selectors, Ok(EventSelectors::Basic(vec![expected])));
    }
}

#[tokio::test]
async fn advanced_selectors_are_read() {
    let ministack = MiniStack::start();
    ministack.add_trail(HOME);
    let category = json!({"Field": "eventCategory", "Equals": ["Management"]});
    let source = json!({"Field": "eventSource", "NotEquals": ["kms.amazonaws.com"]});
    let selectors = json!([{"Name": "s", "FieldSelectors": [category, source]}]);
    ministack.make(
        HOME,
        &json!([
            ["cloudtrail", "put_event_selectors",
                {"TrailName": "management-events", "AdvancedEventSelectors": selectors}],
        ]),
    );
    let wire = account(&ministack, HOME);
    let trail = wire.trails().await.unwrap().remove(0);
    let EventSelectors::Advanced(selectors) = wire.event_selectors(&trail).await.unwrap() else {
        panic!("advanced selectors");
    };
    let fields = &selectors.first().unwrap().fields;
    let named: Vec<_> = fields.iter().map(|field| field.field.as_str()).collect();
    assert_eq!(named, ["eventCategory", "eventSource"]);
    assert_eq!(fields.last().unwrap().not_equals, ["kms.amazonaws.com"]);
}

#[tokio::test]
async fn log_groups_and_their_filters_are_read() {
    let ministack = MiniStack::start();
    let create = |name: &str, class: &str| json!(["logs", "create_log_group", {"logGroupName": name, "logGroupClass": class}]);
    let mut calls = vec![
        create(GROUP, "STANDARD"),
        create("rare", "INFREQUENT_ACCESS"),
    ];
    // More namesakes and more filters than a page holds.
    calls.extend((0..60).map(|index| create(&format!("{GROUP}-{index:02}"), "STANDARD")));
    calls.extend((0..60).map(|index| {
        let metric = json!({"metricName": "m", "metricNamespace": "n", "metricValue": "1"});
        json!(["logs", "put_metric_filter", {"logGroupName": GROUP, "filterName": format!("filter {index:02}"),
            "filterPattern": "{ $.a = \"<b>\" }", "metricTransformations": [metric]}])
    }));
    let metric = json!({"metricName": "m", "metricNamespace": "n", "metricValue": "$.bytes",
        "defaultValue": 0.5, "unit": "Bytes"});
    calls.push(
        json!(["logs", "put_metric_filter", {"logGroupName": GROUP, "filterName": "filter 00",
        "filterPattern": "", "metricTransformations": [metric]}]),
    );
    ministack.make(HOME, &Value::Array(calls));

    let wire = account(&ministack, "us-west-2");
    let classes = [
        (GROUP, LogGroupClass::Standard),
        ("rare", LogGroupClass::InfrequentAccess),
    ];
    for (name, class) in classes {
        assert_eq!(
            wire.log_group(&group(name)).await.unwrap().unwrap().class,
            class
        );
    }
    assert_eq!(wire.log_group(&group("none")).await, Ok(None));
    assert_eq!(wire.metric_filters(&group("none")).await, Ok(Vec::new()));
    let filters = wire.metric_filters(&group(GROUP)).await.unwrap();
    assert_eq!(filters.len(), 60);
    let (first, last) = (filters.first().unwrap(), filters.last().unwrap());
    assert_eq!(
        (first.name.as_str(), first.pattern.as_str()),
        ("filter 00", "")
    );
    assert_eq!(first.transformation.default_value, Some(0.5));
    assert_eq!(first.transformation.unit.as_deref(), Some("Bytes"));
    assert_eq!(
        (last.name.as_str(), last.pattern.as_str()),
        ("filter 59", r#"{ $.a = "<b>" }"#)
    );
    assert_eq!(
        (last.transformation.default_value, &last.transformation.unit),
        (None, &None)
    );
}

#[tokio::test]
async fn alarms_of_all_kinds_are_read() {
    let ministack = MiniStack::start();
    let plain = json!({"MetricName": "m", "Namespace": "n", "Statistic": "Sum", "Period": 300,
        "EvaluationPeriods": 1, "Threshold": 1.0, "ComparisonOperator": "GreaterThanOrEqualToThreshold"});
    let named = |name: String, more: Value| {
        let mut alarm = plain.clone();
        let members = alarm.as_object_mut().unwrap();
        members.insert("AlarmName".to_owned(), json!(name));
        members.extend(more.as_object().unwrap().clone());
        json!(["cloudwatch", "put_metric_alarm", alarm])
    };
    let arn = topic("t").to_string();
    // More alarms than a page holds.
    let mut calls: Vec<_> = (0..120)
        .map(|index| named(format!("alarm {index:03}"), json!({})))
        .collect();
    calls.push(named(
        "full: <ü>".to_owned(),
        json!({"AlarmActions": [arn], "ActionsEnabled": false,
        "TreatMissingData": "notBreaching", "AlarmDescription": "d", "DatapointsToAlarm": 1,
        "Tags": [{"Key": "a", "Value": "b + c"}]}),
    ));
    calls.push(json!(["cloudwatch", "put_composite_alarm", {"AlarmName": "composite", "AlarmRule": "FALSE"}]));
    ministack.make(HOME, &Value::Array(calls));

    let wire = account(&ministack, HOME);
    let alarms = wire.alarms(&region(HOME)).await.unwrap();
    assert_eq!(alarms.len(), 122);
    assert_eq!(wire.alarms(&region("us-west-2")).await, Ok(Vec::new()));
    let find = |name: &str| alarms.iter().find(|alarm| alarm.arn.name == name).unwrap();
    assert_eq!(find("composite").kind, AlarmKind::Composite);
    let bare = settings(find("alarm 007"));
    assert_eq!(
        (bare.missing_data, bare.actions_enabled),
        (MissingData::Missing, true)
    );
    let full = settings(find("full: <ü>"));
    assert_eq!(full.alarm_actions, [arn]);
    assert_eq!(
        (full.missing_data, full.actions_enabled),
        (MissingData::NotBreaching, false)
    );
    assert_eq!(
        (full.threshold, full.datapoints_to_alarm),
        (Some(1.0), Some(1))
    );
    let MetricQuery::Single {
        metric,
        statistic,
        unit,
        period,
        has_dimensions,
    } = &full.query
    else {
        panic!("{full:?}");
    };
    assert_eq!(
        (metric.to_string().as_str(), statistic, *period),
        ("n/m", &Statistic::Sum, 300)
    );
    assert_eq!((unit, *has_dimensions), (&None, false));
    let tags = wire.alarm_tags(&find("full: <ü>").arn).await.unwrap();
    assert_eq!(tags, [("a".to_owned(), "b + c".to_owned())].into());
}

fn settings(alarm: &Alarm) -> &cis_fix::model::MetricAlarm {
    match &alarm.kind {
        AlarmKind::Metric(settings) => settings,
        AlarmKind::Composite | AlarmKind::Log => panic!("{alarm:?}"),
    }
}

#[tokio::test]
async fn topics_subscriptions_and_keys_are_read() {
    let ministack = MiniStack::start();
    let arn = topic("t").to_string();
    let attributes = json!({"KmsMasterKeyId": "alias/ours"});
    let mails = (0..105).map(|index| {
        let endpoint = format!("person{index:03}@example.com");
        json!(["sns", "subscribe", {"TopicArn": arn, "Protocol": "email", "Endpoint": endpoint}])
    });
    let mut calls = vec![
        json!(["sns", "create_topic", {"Name": "t", "Attributes": attributes, "Tags": [{"Key": "a", "Value": "b + c"}]}]),
        json!(["sns", "create_topic", {"Name": "plain"}]),
        json!(["kms", "create_key", {}]),
    ];
    calls.extend(mails);
    let answers = ministack.make(HOME, &Value::Array(calls));
    let id = answers
        .iter()
        .find_map(|answer| answer.pointer("/KeyMetadata/KeyId"))
        .unwrap()
        .clone();
    ministack.make(
        HOME,
        &json!([["kms", "create_alias", {"AliasName": "alias/ours", "TargetKeyId": id}]]),
    );

    let wire = account(&ministack, "us-west-2");
    let found = wire.topic(&topic("t")).await.unwrap().unwrap();
    assert_eq!(found.kms_key.as_deref(), Some("alias/ours"));
    assert!(found.policy.contains("AWS:SourceOwner"), "{}", found.policy);
    assert_eq!(
        wire.topic(&topic("plain")).await.unwrap().unwrap().kms_key,
        None
    );
    assert_eq!(wire.topic(&topic("none")).await, Ok(None));
    assert_eq!(wire.subscriptions(&topic("none")).await, Ok(Vec::new()));
    let tags = wire.topic_tags(&topic("t")).await.unwrap();
    assert_eq!(tags, [("a".to_owned(), "b + c".to_owned())].into());
    let subscriptions = wire.subscriptions(&topic("t")).await.unwrap();
    assert_eq!(subscriptions.len(), 105);
    // MiniStack confirms mail by itself; at AWS these would be pending.
    let first = subscriptions.first().unwrap();
    assert!(
        matches!(&first.state, SubscriptionState::Confirmed(arn) if arn.starts_with("arn:aws:sns:"))
    );
    assert_eq!(
        first.endpoint,
        Endpoint::parse(Protocol::Email, "person000@example.com").unwrap()
    );
    for name in ["alias/ours", id.as_str().unwrap()] {
        let key = wire.key(&region(HOME), name).await.unwrap().unwrap();
        assert_eq!((key.manager, key.enabled), (KeyManager::Customer, true));
        assert!(
            key.policy.contains("kms:*") && key.arn.starts_with("arn:aws:kms:"),
            "{key:?}"
        );
    }
    assert_eq!(wire.key(&region(HOME), "alias/none").await, Ok(None));
}

fn filter(pattern: &str) -> Action {
    Action::PutMetricFilter(PutMetricFilter {
        log_group: group(GROUP),
        name: FilterName::parse("unauthorized_api_calls_metric").unwrap(),
        pattern: pattern.to_owned(),
        metric_name: MetricName::parse("unauthorized_api_calls_metric").unwrap(),
        namespace: Namespace::parse("CISBenchmark").unwrap(),
        value: "1".to_owned(),
    })
}

fn alarm(threshold: f64) -> Action {
    let AlarmArn {
        partition,
        region,
        account,
        name,
    } = AlarmArn::parse(&format!(
        "arn:aws:cloudwatch:{HOME}:{ACCOUNT}:alarm:an alarm: <ü>"
    ))
    .unwrap();
    Action::PutAlarm(Box::new(PutAlarm {
        partition,
        region,
        account,
        name: AlarmName::parse(&name).unwrap(),
        description: "what \"people\" are told".to_owned(),
        metric: Metric {
            namespace: "CISBenchmark".to_owned(),
            name: "unauthorized_api_calls_metric".to_owned(),
        },
        statistic: Statistic::Sum,
        period: 300,
        evaluation_periods: 1,
        threshold,
        operator: Operator::GreaterThanOrEqualToThreshold,
        missing_data: MissingData::NotBreaching,
        alarm_actions: vec![topic("t").to_string()],
        ok_actions: Vec::new(),
        insufficient_data_actions: Vec::new(),
        tags: tags(),
    }))
}

fn create_topic() -> Action {
    Action::CreateTopic(CreateTopic {
        topic: topic("t"),
        kms_key: None,
        tags: tags(),
    })
}

fn subscribe() -> Action {
    Action::Subscribe(Subscribe {
        topic: topic("t"),
        endpoint: Endpoint::parse(Protocol::Email, "security+aws@example.com").unwrap(),
    })
}

/// Returns what boto3 sees of what the writes make.
fn seen(ministack: &MiniStack) -> Vec<Value> {
    let arn = topic("t").to_string();
    let alarm = format!("arn:aws:cloudwatch:{HOME}:{ACCOUNT}:alarm:an alarm: <ü>");
    ministack.make(
        HOME,
        &json!([
            ["sns", "get_topic_attributes", {"TopicArn": arn}],
            ["sns", "list_tags_for_resource", {"ResourceArn": arn}],
            ["sns", "list_subscriptions_by_topic", {"TopicArn": arn}],
            ["logs", "describe_metric_filters", {"logGroupName": GROUP}],
            ["cloudwatch", "describe_alarms", {}],
            ["cloudwatch", "list_tags_for_resource", {"ResourceARN": alarm}],
        ]),
    )
}

fn subset(wanted: &Value, seen: &Value) {
    for (name, value) in wanted.as_object().unwrap() {
        assert_eq!(seen.get(name), Some(value), "`{name}` in {seen}");
    }
}

#[tokio::test]
async fn writes_are_seen_by_another_client_and_converge() {
    let ministack = MiniStack::start();
    ministack.add_trail(HOME);
    // Begun elsewhere: each write must go to the Region of its resource.
    let wire = account(&ministack, "us-west-2");
    let policy = r#"{"Version":"2012-10-17","Statement":[{"Sid":"<&>","Effect":"Allow","Principal":"*","Action":"sns:Publish","Resource":"*"}]}"#;
    let writes = [
        create_topic(),
        Action::SetTopicPolicy(SetTopicPolicy {
            topic: topic("t"),
            policy: policy.to_owned(),
        }),
        Action::SetTopicKey(SetTopicKey {
            topic: topic("t"),
            kms_key: "alias/ours".to_owned(),
        }),
        subscribe(),
        filter("{ $.old = 1 }"),
        filter("{ ($.errorCode = \"*Unauthorized*\") || ($.errorCode = \"<&>\") }"),
        alarm(10.0),
        alarm(1.5),
    ];
    for _ in 0..2 {
        for write in &writes {
            wire.perform(write).await.unwrap();
        }
    }
    check(&seen(&ministack), policy);
}

fn check(seen: &[Value], policy: &str) {
    let at = |index: usize, place: &str| {
        seen.get(index)
            .and_then(|answer| answer.pointer(place))
            .unwrap()
    };
    subset(
        &json!({"Policy": policy, "KmsMasterKeyId": "alias/ours"}),
        at(0, "/Attributes"),
    );
    let tagged =
        json!([{"Key": "cis-fix", "Value": "topic"}, {"Key": "owner", "Value": "a + b: ä"}]);
    assert_eq!(at(1, "/Tags"), &tagged);
    assert_eq!(
        at(2, "/Subscriptions").as_array().unwrap().len(),
        1,
        "no second subscription"
    );
    subset(
        &json!({"Protocol": "email", "Endpoint": "security+aws@example.com"}),
        at(2, "/Subscriptions/0"),
    );
    assert_eq!(at(3, "/metricFilters").as_array().unwrap().len(), 1);
    let published = json!({"metricName": "unauthorized_api_calls_metric",
        "metricNamespace": "CISBenchmark", "metricValue": "1"});
    subset(
        &published,
        at(3, "/metricFilters/0/metricTransformations/0"),
    );
    assert_eq!(
        at(3, "/metricFilters/0/filterPattern"),
        "{ ($.errorCode = \"*Unauthorized*\") || ($.errorCode = \"<&>\") }"
    );
    assert_eq!(at(4, "/MetricAlarms").as_array().unwrap().len(), 1);
    let alarm = json!({"AlarmName": "an alarm: <ü>", "AlarmDescription": "what \"people\" are told",
        "ActionsEnabled": true, "AlarmActions": [topic("t").to_string()], "OKActions": [],
        "InsufficientDataActions": [], "MetricName": "unauthorized_api_calls_metric",
        "Namespace": "CISBenchmark", "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1,
        "Threshold": 1.5, "ComparisonOperator": "GreaterThanOrEqualToThreshold",
        "TreatMissingData": "notBreaching", "StateValue": "INSUFFICIENT_DATA"});
    subset(&alarm, at(4, "/MetricAlarms/0"));
    assert_eq!(at(5, "/Tags"), &tagged);
}

#[tokio::test]
async fn refusals_of_another_mind_are_classified_too() {
    let ministack = MiniStack::start();
    let wire = account(&ministack, HOME);
    let error = wire.perform(&filter("{ $.a = 1 }")).await.unwrap_err();
    assert_eq!(
        error.kind,
        CallErrorKind::NotFound,
        "no such log group: {error}"
    );
    let error = wire.perform(&subscribe()).await.unwrap_err();
    assert_eq!(
        error.kind,
        CallErrorKind::NotFound,
        "no such topic: {error}"
    );
    assert!(error.request_id.is_some(), "{error:?}");
}
