//! Accounts and observations over a tiny alphabet, so that names meet.

use std::collections::{BTreeMap, BTreeSet};

use cis_fix::model::{
    AccountId, AdvancedSelector, Alarm, AlarmArn, AlarmKind, BasicSelector, CallError,
    CallErrorKind, Endpoint, EventSelectors, FieldSelector, Identity, Key, KeyManager, LogGroup,
    LogGroupArn, LogGroupClass, LogGroupName, Metric, MetricAlarm, MetricFilter, MetricQuery,
    MetricTransformation, MissingData, Operator, Partition, Protocol, ReadWrite, Reading, Region,
    Statistic, Subscription, SubscriptionState, Tags, Topic, TopicArn, Trail, TrailArn,
    TrailStatus,
};
use cis_fix::observed::Observed;
use cis_fix::sandbox::unreadable::{
    DESCRIBE_ALARMS, DESCRIBE_KEY, DESCRIBE_LOG_GROUPS, DESCRIBE_METRIC_FILTERS, DESCRIBE_TRAILS,
    GET_EVENT_SELECTORS, GET_KEY_POLICY, GET_TOPIC_ATTRIBUTES, GET_TRAIL_STATUS, LIST_ALARM_TAGS,
    LIST_SUBSCRIPTIONS, LIST_TOPIC_TAGS, READ_ACTIONS,
};
use cis_fix::sandbox::{SandboxAccount, default_policy};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;

const OWN: &str = "123456789012";
const OTHER: &str = "210987654321";

pub(crate) fn identity() -> Identity {
    Identity {
        account: AccountId::parse(OWN).unwrap(),
        partition: Partition::parse("aws").unwrap(),
        arn: format!("arn:aws:iam::{OWN}:user/alice"),
    }
}

/// Text with everything that a JSON document must escape.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-c ]{0,6}",
        1 => "[\\PC\"\\\\\n\t\u{0}\u{1f}\u{7f}\u{2028}é😀]{0,6}",
    ]
}

fn name() -> impl Strategy<Value = String> {
    "[a-c]{1,2}"
}

fn region() -> impl Strategy<Value = Region> {
    prop_oneof![Just("us-east-1"), Just("eu-central-1")]
        .prop_map(|text| Region::parse(text).unwrap())
}

fn account() -> impl Strategy<Value = AccountId> {
    prop_oneof![4 => Just(OWN), 1 => Just(OTHER)].prop_map(|text| AccountId::parse(text).unwrap())
}

fn log_group_arn(account: impl Strategy<Value = AccountId>) -> impl Strategy<Value = LogGroupArn> {
    (region(), account, name()).prop_map(|(region, account, name)| LogGroupArn {
        partition: identity().partition,
        region,
        account,
        name: LogGroupName::parse(&name).unwrap(),
    })
}

fn topic_arn() -> impl Strategy<Value = TopicArn> {
    (region(), account(), name()).prop_map(|(region, account, name)| TopicArn {
        partition: identity().partition,
        region,
        account,
        name,
    })
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![
        Just(0.0),
        Just(1.0),
        Just(-0.5),
        Just(f64::MAX),
        Just(f64::MIN_POSITIVE),
        any::<f64>().prop_filter("finite", |number| number.is_finite()),
    ]
}

fn tags() -> impl Strategy<Value = Tags> {
    btree_map(name(), text(), 0..3)
}

fn trail() -> impl Strategy<Value = Trail> {
    let flags = (any::<bool>(), any::<bool>());
    let log_group = option::of(log_group_arn(account()));
    (region(), account(), name(), flags, log_group).prop_map(
        |(region, account, name, (is_multi_region, includes_global_services), log_group)| Trail {
            is_organization: account.as_str() != OWN,
            arn: TrailArn {
                partition: identity().partition,
                region: region.clone(),
                account,
                name,
            },
            home_region: region,
            is_multi_region,
            includes_global_services,
            log_group,
        },
    )
}

fn status() -> impl Strategy<Value = TrailStatus> {
    (any::<bool>(), option::of(text())).prop_map(|(is_logging, delivery_error)| TrailStatus {
        is_logging,
        delivery_error,
    })
}

fn selectors() -> impl Strategy<Value = EventSelectors> {
    let read_write = prop_oneof![
        Just(ReadWrite::All),
        Just(ReadWrite::ReadOnly),
        Just(ReadWrite::WriteOnly)
    ];
    let basic = (read_write, any::<bool>(), btree_set(name(), 0..3)).prop_map(
        |(read_write, includes_management_events, excluded_sources)| BasicSelector {
            read_write,
            includes_management_events,
            excluded_sources,
        },
    );
    let field = (name(), vec(vec(text(), 0..2), 6)).prop_map(|(field, lists)| {
        let [
            equals,
            starts_with,
            ends_with,
            not_equals,
            not_starts_with,
            not_ends_with,
        ] = <[Vec<String>; 6]>::try_from(lists).unwrap();
        FieldSelector {
            field,
            equals,
            starts_with,
            ends_with,
            not_equals,
            not_starts_with,
            not_ends_with,
        }
    });
    let advanced = vec(field, 0..3).prop_map(|fields| AdvancedSelector { fields });
    prop_oneof![
        vec(basic, 0..3).prop_map(EventSelectors::Basic),
        vec(advanced, 0..3).prop_map(EventSelectors::Advanced),
    ]
}

fn class() -> impl Strategy<Value = LogGroupClass> {
    prop_oneof![
        3 => Just("STANDARD"),
        1 => Just("INFREQUENT_ACCESS"),
        1 => Just("DELIVERY"),
        1 => Just("ESSENTIALS")
    ]
    .prop_map(LogGroupClass::parse)
}

fn metric() -> impl Strategy<Value = Metric> {
    (name(), name()).prop_map(|(namespace, name)| Metric { namespace, name })
}

fn filter() -> impl Strategy<Value = MetricFilter> {
    let transformation = (
        metric(),
        text(),
        option::of(number()),
        option::of(text()),
        tags(),
    )
        .prop_map(
            |(metric, value, default_value, unit, dimensions)| MetricTransformation {
                metric,
                value,
                default_value,
                unit,
                dimensions,
            },
        );
    let rest = (any::<bool>(), option::of(text()), vec(name(), 0..3));
    (name(), text(), transformation, rest).prop_map(|(name, pattern, transformation, rest)| {
        let (applies_to_transformed_logs, field_selection, system_field_dimensions) = rest;
        MetricFilter {
            name,
            pattern,
            transformation,
            applies_to_transformed_logs,
            field_selection,
            system_field_dimensions,
        }
    })
}

fn query() -> impl Strategy<Value = MetricQuery> {
    let statistic = prop_oneof![Just("Sum"), Just("Average"), Just("p90")];
    let single = (
        metric(),
        any::<bool>(),
        statistic,
        option::of(text()),
        any::<u32>(),
    )
        .prop_map(
            |(metric, has_dimensions, statistic, unit, period)| MetricQuery::Single {
                metric,
                has_dimensions,
                statistic: Statistic::parse(statistic),
                unit,
                period,
            },
        );
    prop_oneof![4 => single, 1 => Just(MetricQuery::Expression)]
}

fn alarm_kind() -> impl Strategy<Value = AlarmKind> {
    let operator = prop_oneof![Just("GreaterThanThreshold"), Just("LessThanLowerThreshold")];
    let missing = prop::sample::select(MissingData::ALL.to_vec());
    let actions = (vec(text(), 0..3), vec(text(), 0..2), vec(text(), 0..2));
    let rule = (
        any::<u32>(),
        option::of(any::<u32>()),
        option::of(number()),
        operator,
        missing,
    );
    let metric = (option::of(text()), any::<bool>(), actions, query(), rule).prop_map(
        |(description, actions_enabled, actions, query, rule)| {
            let (alarm_actions, ok_actions, insufficient_data_actions) = actions;
            let (evaluation_periods, datapoints_to_alarm, threshold, operator, missing_data) = rule;
            AlarmKind::Metric(Box::new(MetricAlarm {
                description,
                actions_enabled,
                alarm_actions,
                ok_actions,
                insufficient_data_actions,
                query,
                evaluation_periods,
                datapoints_to_alarm,
                threshold,
                operator: Operator::parse(operator),
                missing_data,
            }))
        },
    );
    prop_oneof![4 => metric, 1 => Just(AlarmKind::Composite), 1 => Just(AlarmKind::Log)]
}

fn policy() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(r#"{"Statement":[],"Version":"2012-10-17"}"#.to_owned()),
        Just(r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned()),
        Just(r#"{"a":1.50,"b":1e400}"#.to_owned()),
        Just("default".to_owned()),
        text(),
    ]
}

fn topic(arn: TopicArn, policy: &str, kms_key: Option<String>) -> Topic {
    let policy = match policy {
        "default" => default_policy(&arn),
        other => other.to_owned(),
    };
    Topic {
        arn,
        policy,
        kms_key,
    }
}

fn endpoint() -> impl Strategy<Value = Endpoint> {
    let addresses = [
        (Protocol::Https, "https://example.com/a/secret"),
        (Protocol::Https, "https://example.com/another"),
        (Protocol::Http, "http://user:secret@example.com"),
        (Protocol::Email, "a@example.com"),
        (Protocol::Email, "b@example.com"),
        (Protocol::Sms, "+4930123456"),
        (Protocol::Sqs, "arn:aws:sqs:us-east-1:123456789012:q"),
    ];
    prop::sample::select(addresses.to_vec())
        .prop_map(|(protocol, address)| Endpoint::parse(protocol, address).unwrap())
}

fn subscription() -> impl Strategy<Value = Subscription> {
    let state = prop_oneof![
        name().prop_map(|id| SubscriptionState::Confirmed(format!("arn:{id}"))),
        Just(SubscriptionState::Pending),
        Just(SubscriptionState::Deleted),
    ];
    (endpoint(), state).prop_map(|(endpoint, state)| Subscription { endpoint, state })
}

fn key() -> impl Strategy<Value = Key> {
    let manager = prop_oneof![Just(KeyManager::Aws), Just(KeyManager::Customer)];
    (region(), name(), manager, any::<bool>(), policy()).prop_map(
        |(region, id, manager, enabled, policy)| Key {
            arn: format!("arn:aws:kms:{region}:{OWN}:key/{id}"),
            manager,
            enabled,
            policy,
        },
    )
}

/// A failure with one of `actions`. An answer of "not found" is no failure of a reading.
fn failure(actions: &'static [&'static str]) -> impl Strategy<Value = CallError> {
    let kinds = vec![
        CallErrorKind::Denied,
        CallErrorKind::Credentials,
        CallErrorKind::Throttled,
        CallErrorKind::Quota,
        CallErrorKind::Conflict,
        CallErrorKind::Invalid,
        CallErrorKind::Unsupported,
        CallErrorKind::Service,
        CallErrorKind::Timeout,
        CallErrorKind::Unreachable,
        CallErrorKind::Malformed,
    ];
    let kind = prop::sample::select(kinds);
    let action = prop::sample::select(actions);
    (action, kind, option::of(name()), text(), option::of(name())).prop_map(
        |(action, kind, code, message, request_id)| CallError {
            action: action.to_owned(),
            kind,
            code,
            message,
            request_id,
        },
    )
}

fn reading<T: std::fmt::Debug + Clone>(
    fact: impl Strategy<Value = T>,
    actions: &'static [&'static str],
) -> impl Strategy<Value = Reading<T>> {
    prop_oneof![3 => fact.prop_map(Ok), 1 => failure(actions).prop_map(Err)]
}

/// Whole accounts, with whatever AWS lets happen and some that it does not.
pub(crate) fn accounts() -> impl Strategy<Value = SandboxAccount> {
    let own = Just(identity().account);
    let trails = vec((trail(), status(), selectors()), 0..3);
    let groups = vec((log_group_arn(own), vec(filter(), 0..3)), 0..3);
    let alarms = vec((region(), text(), alarm_kind(), tags()), 0..4);
    let subscriptions = vec(subscription(), 0..3);
    let topics = vec(
        (
            topic_arn(),
            policy(),
            option::of(name()),
            tags(),
            subscriptions,
        ),
        0..3,
    );
    let keys = vec(key(), 0..2);
    let failures = vec((option::of(text()), failure(&READ_ACTIONS)), 0..3);
    (region(), trails, groups, alarms, topics, keys, failures).prop_map(build)
}

type Parts = (
    Region,
    Vec<(Trail, TrailStatus, EventSelectors)>,
    Vec<(LogGroupArn, Vec<MetricFilter>)>,
    Vec<(Region, String, AlarmKind, Tags)>,
    Vec<(TopicArn, String, Option<String>, Tags, Vec<Subscription>)>,
    Vec<Key>,
    Vec<(Option<String>, CallError)>,
);

fn build((region, trails, groups, alarms, topics, keys, failures): Parts) -> SandboxAccount {
    let mut account = SandboxAccount::empty(identity(), region);
    for (trail, status, selectors) in trails {
        let own = trail.log_group.as_ref();
        if let Some(arn) = own.filter(|arn| arn.account.as_str() == OWN) {
            let class = LogGroupClass::Standard;
            account.add_log_group(LogGroup {
                arn: arn.clone(),
                class,
            });
        }
        account.add_trail(trail, status, selectors);
    }
    for (arn, filters) in groups {
        account.add_log_group(LogGroup {
            arn: arn.clone(),
            class: LogGroupClass::Standard,
        });
        for filter in filters {
            account.add_filter(&arn, filter);
        }
    }
    for (region, name, kind, tags) in alarms {
        let arn = account.alarm_arn(&region, &format!("alarm {name}"));
        account.add_alarm(Alarm { arn, kind }, tags);
    }
    for (arn, policy, kms_key, tags, subscriptions) in topics {
        account.add_topic(topic(arn.clone(), &policy, kms_key), tags);
        for subscription in subscriptions {
            account.add_subscription(&arn, subscription);
        }
    }
    for (number, key) in keys.into_iter().enumerate() {
        account.add_key(key, BTreeSet::from([format!("alias/{number}")]));
    }
    for (resource, error) in failures {
        account.add_unreadable(resource.as_deref(), error);
    }
    account
}

/// What was seen of an account, with failures and gaps, as an observer with few rights sees it.
pub(crate) fn observations() -> impl Strategy<Value = Observed> {
    let trail_facts = (
        trail(),
        option::of(reading(status(), &[GET_TRAIL_STATUS])),
        option::of(reading(selectors(), &[GET_EVENT_SELECTORS])),
    );
    let trails = reading(vec(trail_facts, 0..3), &[DESCRIBE_TRAILS]);
    let logs = vec(
        (
            log_group_arn(account()),
            option::of(reading(option::of(class()), &[DESCRIBE_LOG_GROUPS])),
            option::of(reading(vec(filter(), 0..3), &[DESCRIBE_METRIC_FILTERS])),
        ),
        0..3,
    );
    let alarm_facts = (
        text(),
        alarm_kind(),
        option::of(reading(tags(), &[LIST_ALARM_TAGS])),
    );
    let alarms = btree_map(
        region(),
        reading(vec(alarm_facts, 0..3), &[DESCRIBE_ALARMS]),
        0..2,
    );
    let topics = vec(
        (
            topic_arn(),
            option::of(reading(
                option::of((policy(), option::of(name()))),
                &[GET_TOPIC_ATTRIBUTES],
            )),
            option::of(reading(tags(), &[LIST_TOPIC_TAGS])),
            option::of(reading(vec(subscription(), 0..3), &[LIST_SUBSCRIPTIONS])),
        ),
        0..3,
    );
    let keys = vec(
        (
            key(),
            prop::sample::select(vec!["id", "arn", "alias/a", "alias/b", "alias/aws/sns"]),
            reading(any::<bool>(), &[DESCRIBE_KEY, GET_KEY_POLICY]),
        ),
        0..3,
    );
    (region(), trails, logs, alarms, topics, keys).prop_map(observe)
}

type TrailFacts = (
    Trail,
    Option<Reading<TrailStatus>>,
    Option<Reading<EventSelectors>>,
);
type LogFacts = (
    LogGroupArn,
    Option<Reading<Option<LogGroupClass>>>,
    Option<Reading<Vec<MetricFilter>>>,
);
type AlarmFacts = (String, AlarmKind, Option<Reading<Tags>>);
type TopicFacts = (
    TopicArn,
    Option<Reading<Option<(String, Option<String>)>>>,
    Option<Reading<Tags>>,
    Option<Reading<Vec<Subscription>>>,
);
type KeyFacts = (Key, &'static str, Reading<bool>);
type Facts = (
    Region,
    Reading<Vec<TrailFacts>>,
    Vec<LogFacts>,
    BTreeMap<Region, Reading<Vec<AlarmFacts>>>,
    Vec<TopicFacts>,
    Vec<KeyFacts>,
);

fn observe((region, trails, logs, alarms, topics, keys): Facts) -> Observed {
    let mut observed = Observed {
        identity: identity(),
        region,
        trails: Ok(BTreeMap::new()),
        trail_status: BTreeMap::new(),
        event_selectors: BTreeMap::new(),
        log_groups: BTreeMap::new(),
        metric_filters: BTreeMap::new(),
        alarms: BTreeMap::new(),
        alarm_tags: BTreeMap::new(),
        topics: BTreeMap::new(),
        topic_tags: BTreeMap::new(),
        subscriptions: BTreeMap::new(),
        keys: BTreeMap::new(),
    };
    see_trails(&mut observed, trails);
    see_logs(&mut observed, logs);
    see_alarms(&mut observed, alarms);
    see_topics(&mut observed, topics);
    see_keys(&mut observed, keys);
    observed
}

fn see_trails(observed: &mut Observed, trails: Reading<Vec<TrailFacts>>) {
    let trails = match trails {
        Err(error) => {
            observed.trails = Err(error);
            return;
        }
        Ok(trails) => trails,
    };
    let mut shown = BTreeMap::new();
    for (trail, status, selectors) in trails {
        // A Region does not show the single-Region trails of others.
        if !trail.is_multi_region && trail.home_region != observed.region {
            continue;
        }
        let arn = trail.arn.clone();
        if shown.contains_key(&arn) {
            continue;
        }
        observed
            .trail_status
            .extend(status.map(|status| (arn.clone(), status)));
        observed
            .event_selectors
            .extend(selectors.map(|selectors| (arn.clone(), selectors)));
        shown.insert(arn, trail);
    }
    observed.trails = Ok(shown);
}

fn see_logs(observed: &mut Observed, logs: Vec<LogFacts>) {
    for (arn, class, filters) in logs {
        if observed.log_groups.contains_key(&arn) || observed.metric_filters.contains_key(&arn) {
            continue;
        }
        let is_absent = class == Some(Ok(None));
        let group = class.map(|reading| {
            reading.map(|class| {
                class.map(|class| LogGroup {
                    arn: arn.clone(),
                    class,
                })
            })
        });
        let filters = filters.map(|reading| {
            reading.map(|filters| {
                let named: BTreeMap<_, _> = filters
                    .into_iter()
                    .map(|filter| (filter.name.clone(), filter))
                    .collect();
                // A group that does not exist has no filters.
                named.into_values().filter(|_| !is_absent).collect()
            })
        });
        observed
            .log_groups
            .extend(group.map(|group| (arn.clone(), group)));
        observed
            .metric_filters
            .extend(filters.map(|filters| (arn, filters)));
    }
}

fn see_alarms(observed: &mut Observed, regions: BTreeMap<Region, Reading<Vec<AlarmFacts>>>) {
    for (region, reading) in regions {
        let facts = match reading {
            Err(error) => {
                observed.alarms.insert(region, Err(error));
                continue;
            }
            Ok(facts) => facts,
        };
        let mut alarms: BTreeMap<String, Alarm> = BTreeMap::new();
        for (name, kind, tags) in facts {
            let arn = AlarmArn {
                partition: observed.identity.partition.clone(),
                region: region.clone(),
                account: observed.identity.account.clone(),
                name: format!("alarm {name}"),
            };
            observed.alarm_tags.remove(&arn);
            observed
                .alarm_tags
                .extend(tags.map(|tags| (arn.clone(), tags)));
            alarms.insert(arn.name.clone(), Alarm { arn, kind });
        }
        let alarms = alarms.into_values().collect();
        observed.alarms.insert(region, Ok(alarms));
    }
}

fn see_topics(observed: &mut Observed, topics: Vec<TopicFacts>) {
    for (arn, attributes, tags, subscriptions) in topics {
        let is_new = !observed.topics.contains_key(&arn)
            && !observed.topic_tags.contains_key(&arn)
            && !observed.subscriptions.contains_key(&arn);
        if !is_new {
            continue;
        }
        let is_absent = attributes == Some(Ok(None));
        let found = attributes.map(|reading| {
            reading.map(|found| found.map(|(policy, kms_key)| topic(arn.clone(), &policy, kms_key)))
        });
        // The tags of a topic that does not exist cannot be had; its subscriptions are none.
        let tags = tags.filter(|tags| !is_absent || tags.is_err());
        let subscriptions = subscriptions
            .map(|reading| reading.map(|list| list.into_iter().filter(|_| !is_absent).collect()));
        observed
            .topics
            .extend(found.map(|found| (arn.clone(), found)));
        observed
            .topic_tags
            .extend(tags.map(|tags| (arn.clone(), tags)));
        observed
            .subscriptions
            .extend(subscriptions.map(|list| (arn, list)));
    }
}

fn see_keys(observed: &mut Observed, keys: Vec<KeyFacts>) {
    let mut known: BTreeMap<String, Key> = BTreeMap::new();
    for (key, way, reading) in keys {
        let key = known.entry(key.arn.clone()).or_insert(key).clone();
        let region = Region::parse(key.arn.split(':').nth(3).unwrap()).unwrap();
        let name = match way {
            "id" => key.arn.rsplit('/').next().unwrap().to_owned(),
            "arn" => key.arn.clone(),
            alias => alias.to_owned(),
        };
        let reading = reading.map(|exists| exists.then(|| key.clone()));
        // An id or ARN that led to a key cannot be absent at the same time.
        let contradicts = reading == Ok(None) && (way == "id" || way == "arn");
        if !contradicts {
            observed.keys.entry((region, name)).or_insert(reading);
        }
    }
}
