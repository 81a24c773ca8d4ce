//! An account that holds every kind of thing once, so that every member of every answer is read.

use cis_fix::model::{
    AdvancedSelector, Alarm, AlarmKind, BasicSelector, CallError, CallErrorKind, Endpoint,
    EventSelectors, FieldSelector, Key, KeyManager, LogGroup, LogGroupArn, LogGroupClass,
    LogGroupName, Metric, MetricAlarm, MetricFilter, MetricQuery, MetricTransformation,
    MissingData, Operator, Protocol, ReadWrite, Region, Statistic, Subscription, SubscriptionState,
    Tags, Topic, TopicArn, Trail, TrailArn, TrailStatus,
};
use cis_fix::sandbox::{SandboxAccount, Scene, default_policy};

/// Returns the account.
pub(crate) fn account() -> SandboxAccount {
    let mut account = Scene::Fresh.account();
    add_trails(&mut account);
    add_log_groups(&mut account);
    add_alarms(&mut account);
    add_topics(&mut account);
    add_keys(&mut account);
    account
}

/// Returns tags with every character that tags may have beside letters and digits.
pub(crate) fn tags() -> Tags {
    [
        ("cis-fix".to_owned(), "a-control".to_owned()),
        ("owner + co_".to_owned(), "ä b.c:d/e=f+g-h@i".to_owned()),
        ("empty".to_owned(), String::new()),
    ]
    .into()
}

fn add_trails(account: &mut SandboxAccount) {
    let log_group = group(account, "CloudTrail/DefaultLogGroup");
    let organization = Trail {
        arn: TrailArn {
            partition: account.partition().clone(),
            region: account.region().clone(),
            account: account.account().clone(),
            name: "organization".to_owned(),
        },
        home_region: account.region().clone(),
        is_multi_region: true,
        is_organization: true,
        includes_global_services: true,
        log_group: Some(log_group),
    };
    let single = Trail {
        arn: TrailArn {
            name: "single".to_owned(),
            ..organization.arn.clone()
        },
        is_multi_region: false,
        is_organization: false,
        includes_global_services: false,
        log_group: None,
        ..organization.clone()
    };
    let logging = TrailStatus {
        is_logging: true,
        delivery_error: None,
    };
    let failing = TrailStatus {
        is_logging: false,
        delivery_error: Some("AccessDenied. Check that the role exists".to_owned()),
    };
    account.add_trail(organization, logging, advanced());
    account.add_trail(single, failing, basic());
}

fn advanced() -> EventSelectors {
    let texts = |word: &str| vec![format!("{word} 1"), format!("{word} 2")];
    let management = FieldSelector {
        field: "eventCategory".to_owned(),
        equals: vec!["Management".to_owned()],
        ..FieldSelector::default()
    };
    let everything = FieldSelector {
        field: "eventName".to_owned(),
        equals: texts("equals"),
        starts_with: texts("starts"),
        ends_with: texts("ends"),
        not_equals: texts("not equals"),
        not_starts_with: texts("not starts"),
        not_ends_with: texts("not ends"),
    };
    let fields = vec![management.clone(), everything];
    let plain = AdvancedSelector {
        fields: vec![management],
    };
    EventSelectors::Advanced(vec![AdvancedSelector { fields }, plain])
}

fn basic() -> EventSelectors {
    let kinds = [ReadWrite::ReadOnly, ReadWrite::WriteOnly, ReadWrite::All];
    let selectors = kinds.map(|read_write| BasicSelector {
        read_write,
        includes_management_events: read_write != ReadWrite::ReadOnly,
        excluded_sources: match read_write {
            ReadWrite::All => [
                "kms.amazonaws.com".to_owned(),
                "rdsdata.amazonaws.com".to_owned(),
            ]
            .into(),
            ReadWrite::ReadOnly | ReadWrite::WriteOnly => [].into(),
        },
    });
    EventSelectors::Basic(selectors.into())
}

fn group(account: &SandboxAccount, name: &str) -> LogGroupArn {
    LogGroupArn {
        partition: account.partition().clone(),
        region: account.region().clone(),
        account: account.account().clone(),
        name: LogGroupName::parse(name).unwrap(),
    }
}

fn add_log_groups(account: &mut SandboxAccount) {
    let classes = [LogGroupClass::InfrequentAccess, LogGroupClass::Delivery];
    for (index, class) in classes.into_iter().enumerate() {
        let arn = group(account, &format!("CloudTrail/Default-{index}"));
        account.add_log_group(LogGroup { arn, class });
    }
    let arn = group(account, "CloudTrail/DefaultLogGroup");
    for index in 0..3 {
        account.add_filter(&arn, filter(index));
    }
}

/// Returns a metric filter: a plain one for 0, one that uses every member for any other number.
pub(crate) fn filter(index: usize) -> MetricFilter {
    let plain = index == 0;
    let unless_plain = |text: &str| (!plain).then(|| text.to_owned());
    let dimensions = [("user".to_owned(), "$.user".to_owned())];
    MetricFilter {
        name: format!("filter {index:05} <ü>"),
        pattern: if plain {
            String::new()
        } else {
            r#"{ ($.a = "*x*") && ($.b.c NOT EXISTS) }"#.to_owned()
        },
        transformation: MetricTransformation {
            metric: Metric {
                namespace: "Some/Where".to_owned(),
                name: format!("metric {index}"),
            },
            value: if plain { "1" } else { "$.bytes" }.to_owned(),
            default_value: (!plain).then_some(0.25),
            unit: unless_plain("Bytes"),
            dimensions: if plain { [].into() } else { dimensions.into() },
        },
        applies_to_transformed_logs: !plain,
        field_selection: unless_plain("@aws.region = \"us-east-1\""),
        system_field_dimensions: unless_plain("@aws.account").into_iter().collect(),
    }
}

fn add_alarms(account: &mut SandboxAccount) {
    let statistics = "Sum Average Minimum Maximum SampleCount p99.9".split(' ');
    let operators = [
        "GreaterThanOrEqualToThreshold",
        "GreaterThanThreshold",
        "LessThanThreshold",
        "LessThanOrEqualToThreshold",
    ];
    let words = operators.into_iter().cycle();
    let treatments = MissingData::ALL.into_iter().cycle();
    for (number, ((statistic, word), missing_data)) in
        (0..).zip(statistics.zip(words).zip(treatments))
    {
        let settings = MetricAlarm {
            query: measured(number, statistic),
            operator: Operator::parse(word),
            missing_data,
            ..metric_alarm(number)
        };
        let name = format!("alarm: {number} <ü>");
        add_alarm(account, &name, AlarmKind::Metric(Box::new(settings)));
    }
    let band = MetricAlarm {
        threshold: None,
        ..metric_alarm(0)
    };
    add_alarm(account, "band", AlarmKind::Metric(Box::new(band)));
    add_alarm(account, "composite", AlarmKind::Composite);
    add_alarm(account, "log", AlarmKind::Log);
}

fn metric_alarm(number: u32) -> MetricAlarm {
    let arns = |count| {
        let arn = "arn:aws:sns:us-east-1:123456789012:<t>&".to_owned();
        (0..count).map(|_| arn.clone()).collect()
    };
    MetricAlarm {
        description: (number > 0).then(|| format!("description {number} <&>")),
        actions_enabled: number != 1,
        alarm_actions: arns(number % 3),
        ok_actions: arns(number % 2),
        insufficient_data_actions: arns(number % 4),
        query: MetricQuery::Expression,
        evaluation_periods: number + 1,
        datapoints_to_alarm: (number > 2).then_some(number),
        threshold: Some(f64::from(number) * 1.5 - 1.0),
        operator: Operator::parse("GreaterThanUpperThreshold"),
        missing_data: MissingData::Missing,
    }
}

fn measured(number: u32, statistic: &str) -> MetricQuery {
    MetricQuery::Single {
        metric: Metric {
            namespace: "Some/Where".to_owned(),
            name: format!("metric {number}"),
        },
        has_dimensions: number == 2,
        statistic: Statistic::parse(statistic),
        unit: (number == 3).then(|| "Count".to_owned()),
        period: 60 * (number + 1),
    }
}

fn add_alarm(account: &mut SandboxAccount, name: &str, kind: AlarmKind) {
    let arn = account.alarm_arn(account.region(), name);
    account.add_alarm(Alarm { arn, kind }, tags());
}

fn add_topics(account: &mut SandboxAccount) {
    let keys = [None, Some("alias/aws/sns"), Some("alias/ours")];
    for (index, key) in keys.into_iter().enumerate() {
        let arn = TopicArn {
            partition: account.partition().clone(),
            region: account.region().clone(),
            account: account.account().clone(),
            name: if index == 0 {
                "t.fifo".to_owned()
            } else {
                format!("t{index}")
            },
        };
        let topic = Topic {
            policy: default_policy(&arn),
            arn: arn.clone(),
            kms_key: key.map(str::to_owned),
        };
        account.add_topic(topic, if index == 1 { Tags::new() } else { tags() });
        if index == 2 {
            add_subscriptions(account, &arn);
        }
    }
    let denied = CallError::new("sns:ListTagsForResource", CallErrorKind::Denied, "no")
        .with_code("AuthorizationError");
    let first = account.topics().keys().next().unwrap().to_string();
    account.add_unreadable(Some(&first), denied);
}

fn add_subscriptions(account: &mut SandboxAccount, topic: &TopicArn) {
    for (index, protocol) in Protocol::ALL.into_iter().enumerate() {
        let state = match index % 3 {
            0 => SubscriptionState::Confirmed(format!("{topic}:{index}")),
            1 => SubscriptionState::Pending,
            _ => SubscriptionState::Deleted,
        };
        let endpoint = Endpoint::observed(protocol, &format!("{protocol}://a+b&<c>%20/{index}"));
        account.add_subscription(topic, Subscription { endpoint, state });
    }
}

fn add_keys(account: &mut SandboxAccount) {
    let region: &Region = account.region();
    let stem = format!("arn:aws:kms:{region}:{}:key", account.account());
    let ours = Key {
        arn: format!("{stem}/11111111-0000-4000-8000-000000000000"),
        manager: KeyManager::Customer,
        enabled: true,
        policy: r#"{"Statement":[{"Sid":"<&>"}]}"#.to_owned(),
    };
    let of_aws = Key {
        arn: format!("{stem}/22222222-0000-4000-8000-000000000000"),
        manager: KeyManager::Aws,
        enabled: false,
        policy: String::new(),
    };
    account.add_key(ours, ["alias/ours".to_owned()].into());
    account.add_key(of_aws, ["alias/aws/sns".to_owned()].into());
}
