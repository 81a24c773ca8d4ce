//! Accounts over a small vocabulary, so that names, metrics and topics meet; and settings to judge them by.

#![expect(
    clippy::wildcard_enum_match_arm,
    reason = "each function makes the changes of one kind and hands the others on"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::LazyLock;

use cis_fix::desired::{Desired, OWNER_TAG};
use cis_fix::model::{
    Alarm, AlarmKind, BasicSelector, CallError, CallErrorKind, ControlId, EventSelectors, Key,
    KeyManager, LogGroup, LogGroupArn, LogGroupClass, Metric, MetricAlarm, MetricFilter,
    MetricQuery, MetricTransformation, MissingData, Operator, ReadWrite, Region, Statistic,
    Subscription, SubscriptionState, Tags, Topic, TopicArn, Trail, TrailArn, TrailStatus,
};
use cis_fix::sandbox::unreadable::READ_ACTIONS;
use cis_fix::sandbox::{SandboxAccount, default_policy, format};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

use super::vocabulary::{
    ALARM_NAMES, DESIRED, FILTER_NAMES, KEYS, PAGING, PATTERNS, actions, endpoints, log_group,
    metrics, other_topic, planned_topic,
};
use crate::world::{ACCOUNT, REGION, identity, region};

/// An account and what it should hold.
#[derive(Clone)]
pub(crate) struct World {
    pub(crate) account: SandboxAccount,
    pub(crate) desired: Desired,
}

impl fmt::Debug for World {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", differences(&format::to_text(&self.account)))?;
        writeln!(
            f,
            "key {:?}, subscriptions {:?}",
            self.desired.topic.kms_key, self.desired.topic.subscriptions
        )?;
        for control in &self.desired.controls {
            let alarm = &control.alarm;
            let (id, threshold, periods) = (&control.id, alarm.threshold, alarm.evaluation_periods);
            writeln!(
                f,
                "{id}: {threshold} in {} s, {periods} times",
                alarm.period
            )?;
        }
        Ok(())
    }
}

/// Returns the lines of an account that a plain one of the same settings does not have: the rest is known.
fn differences(text: &str) -> String {
    let mut plain = SandboxAccount::satisfying(identity(), region(), &DESIRED);
    add_keys(&mut plain);
    let plain = format::to_text(&plain);
    let diff = similar::TextDiff::from_lines(plain.as_str(), text);
    diff.unified_diff().context_radius(6).to_string()
}

/// The log group of the first trail.
pub(super) fn main_group() -> LogGroupArn {
    crate::world::log_group()
}

/// The log group of the second trail, in another Region.
pub(super) fn second_group() -> LogGroupArn {
    log_group("eu-west-1", "trail")
}

fn of<T: Clone + fmt::Debug + 'static>(values: &[T]) -> impl Strategy<Value = T> + use<T> {
    select(values.to_vec())
}

fn one<T: Clone + fmt::Debug + 'static>(
    usual: T,
    others: &[T],
) -> impl Strategy<Value = T> + use<T> {
    prop_oneof![6 => Just(usual), 1 => of(others)]
}

fn transformation() -> impl Strategy<Value = MetricTransformation> {
    let value = one("1", &["0", "0.5", "$.x", "10"]);
    let default = one(None, &[Some(0.0), Some(0.0), Some(1.0), Some(-1.0)]);
    let unit = one(None, &[Some("Count"), Some("None")]);
    let dimension = one(None, &[Some("$.e")]);
    (of(&metrics()), value, default, unit, dimension).prop_map(
        |(metric, value, default_value, unit, dimension)| MetricTransformation {
            metric,
            value: value.to_owned(),
            default_value: default_value.filter(|_| dimension.is_none()),
            unit: unit.map(str::to_owned),
            dimensions: dimension
                .map(|selector| ("Name".to_owned(), selector.to_owned()))
                .into_iter()
                .collect(),
        },
    )
}

fn filter() -> impl Strategy<Value = MetricFilter> {
    let blind = one(
        (false, None),
        &[(true, None), (false, Some("@aws.region = \"x\""))],
    );
    (of(&FILTER_NAMES), of(&PATTERNS), transformation(), blind).prop_map(
        |(name, pattern, transformation, (transformed, selection))| MetricFilter {
            name: name.to_owned(),
            pattern: pattern.to_owned(),
            transformation,
            applies_to_transformed_logs: transformed,
            field_selection: selection.map(str::to_owned),
            system_field_dimensions: Vec::new(),
        },
    )
}

fn alarm_actions() -> impl Strategy<Value = Vec<String>> {
    let some = subsequence(actions(), 0..=5);
    prop_oneof![
        3 => Just(vec![planned_topic().to_string()]),
        2 => Just(vec![other_topic().to_string()]),
        2 => some,
    ]
}

fn query() -> impl Strategy<Value = MetricQuery> {
    let single = (
        of(&metrics()),
        one(false, &[true]),
        one("Sum", &["Maximum", "Average", "SampleCount", "p90"]),
        one(None, &[Some("None"), Some("Count")]),
        one(300, &[60, 3600]),
    );
    let single =
        single.prop_map(
            |(metric, has_dimensions, statistic, unit, period)| MetricQuery::Single {
                metric,
                has_dimensions,
                statistic: Statistic::parse(statistic),
                unit: unit.map(str::to_owned),
                period,
            },
        );
    prop_oneof![12 => single, 1 => Just(MetricQuery::Expression)]
}

fn metric_alarm() -> impl Strategy<Value = MetricAlarm> {
    let numbers = (
        one((1, None), &[(3, None), (3, Some(1)), (2, Some(2))]),
        one(1.0, &[0.0, 0.5, 2.0, 3.0, 1e9]),
    );
    let words = (
        one(
            "GreaterThanOrEqualToThreshold",
            &["GreaterThanThreshold", "LessThanThreshold"],
        ),
        one(MissingData::NotBreaching, &MissingData::ALL),
        one(true, &[false]),
    );
    (query(), numbers, words, alarm_actions()).prop_map(
        |(query, ((periods, datapoints), threshold), words, alarm_actions)| {
            let (operator, missing_data, actions_enabled) = words;
            MetricAlarm {
                description: None,
                actions_enabled,
                alarm_actions,
                ok_actions: Vec::new(),
                insufficient_data_actions: Vec::new(),
                query,
                evaluation_periods: periods,
                datapoints_to_alarm: datapoints,
                threshold: Some(threshold),
                operator: Operator::parse(operator),
                missing_data,
            }
        },
    )
}

fn alarm_kind() -> impl Strategy<Value = AlarmKind> {
    let metric = metric_alarm().prop_map(|settings| AlarmKind::Metric(Box::new(settings)));
    prop_oneof![
        10 => metric,
        1 => Just(AlarmKind::Composite),
        1 => Just(AlarmKind::Log),
    ]
}

/// Returns tags that say whose something is.
pub(super) fn tags(is_ours: bool) -> Tags {
    let key = if is_ours { OWNER_TAG } else { "team" };
    Tags::from([(key.to_owned(), "x".to_owned())])
}

/// How a topic's policy treats alarms.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Policy {
    Default,
    Hardened,
    Closed,
    Forbidding,
    Odd,
    Broken,
}

fn policy_text(policy: Policy, topic: &TopicArn) -> String {
    let default = default_policy(topic);
    let with = |statement: &str| {
        default.replace("\"Statement\":[", &format!("\"Statement\":[{statement},"))
    };
    match policy {
        Policy::Default => default,
        Policy::Hardened => with(
            r#"{"Effect":"Deny","Principal":"*","Action":"sns:Publish","Resource":"*","Condition":{"Bool":{"aws:SecureTransport":"false"}}}"#,
        ),
        Policy::Closed => r#"{"Version":"2012-10-17","Statement":[]}"#.to_owned(),
        Policy::Forbidding => {
            with(r#"{"Effect":"Deny","Principal":"*","Action":"sns:Publish","Resource":"*"}"#)
        }
        Policy::Odd => default.replace("AWS:SourceOwner", "aws:PrincipalOrgID"),
        Policy::Broken => "{".to_owned(),
    }
}

/// Returns whether a policy of a topic is known to let alarms publish.
pub(super) fn is_open_policy(policy: &str, topic: &TopicArn) -> bool {
    let open = [Policy::Default, Policy::Hardened];
    open.iter().any(|open| policy_text(*open, topic) == policy)
}

/// Returns whether a policy of a topic is known to let no alarm publish.
pub(super) fn is_closed_policy(policy: &str, topic: &TopicArn) -> bool {
    let closed = [Policy::Closed, Policy::Forbidding];
    closed
        .iter()
        .any(|closed| policy_text(*closed, topic) == policy)
}

fn subscriptions() -> impl Strategy<Value = Vec<Subscription>> {
    let state = prop_oneof![
        3 => Just(SubscriptionState::Confirmed("arn".to_owned())),
        3 => Just(SubscriptionState::Pending),
        1 => Just(SubscriptionState::Deleted),
    ];
    vec((of(&endpoints()), state), 0..3).prop_map(|pairs| {
        let pair = |(endpoint, state)| Subscription { endpoint, state };
        pairs.into_iter().map(pair).collect()
    })
}

/// Something that happened to an account.
#[derive(Debug, Clone)]
enum Change {
    Filter(MetricFilter),
    FilterOfSecond(MetricFilter),
    Alarm(&'static str, AlarmKind, bool),
    /// Something of a control is altered where it is.
    PatternOf(Index, &'static str),
    PublishedOf(Index, MetricTransformation),
    BlindnessOf(Index),
    AlarmOf(Index, MetricAlarm),
    ActionsOf(Index, Vec<String>),
    QueryOf(Index, MetricQuery),
    OwnerOf(Index),
    NoFilterOf(Index),
    NoAlarmOf(Index),
    Topic(TopicArn, Policy, Option<&'static str>, bool),
    Subscriptions(TopicArn, Vec<Subscription>),
    NoTopic(TopicArn),
    Fill(usize),
    Trail(TrailStatus, EventSelectors, bool),
    SecondTrail(bool),
    OrganizationTrail(bool),
    NoTrail,
    Class(LogGroupClass),
    Unreadable(&'static str),
}

fn selectors() -> impl Strategy<Value = EventSelectors> {
    let basic = |read_write, includes_management_events| {
        EventSelectors::Basic(vec![BasicSelector {
            read_write,
            includes_management_events,
            excluded_sources: BTreeSet::new(),
        }])
    };
    one(
        basic(ReadWrite::All, true),
        &[
            basic(ReadWrite::WriteOnly, true),
            basic(ReadWrite::ReadOnly, true),
            basic(ReadWrite::All, false),
        ],
    )
}

fn about_chain() -> impl Strategy<Value = Change> {
    prop_oneof![
        6 => filter().prop_map(Change::Filter),
        6 => (of(&ALARM_NAMES), alarm_kind(), any::<bool>())
            .prop_map(|(name, kind, is_ours)| Change::Alarm(name, kind, is_ours)),
        3 => (any::<Index>(), of(&PATTERNS)).prop_map(|(at, text)| Change::PatternOf(at, text)),
        2 => (any::<Index>(), transformation())
            .prop_map(|(at, published)| Change::PublishedOf(at, published)),
        1 => any::<Index>().prop_map(Change::BlindnessOf),
        3 => (any::<Index>(), metric_alarm()).prop_map(|(at, alarm)| Change::AlarmOf(at, alarm)),
        2 => (any::<Index>(), alarm_actions())
            .prop_map(|(at, actions)| Change::ActionsOf(at, actions)),
        2 => (any::<Index>(), query()).prop_map(|(at, query)| Change::QueryOf(at, query)),
        1 => any::<Index>().prop_map(Change::OwnerOf),
        1 => any::<Index>().prop_map(Change::NoFilterOf),
        1 => any::<Index>().prop_map(Change::NoAlarmOf),
    ]
}

fn about_rest() -> impl Strategy<Value = Change> {
    let topics = [planned_topic(), other_topic()];
    let policy = one(
        Policy::Default,
        &[
            Policy::Hardened,
            Policy::Closed,
            Policy::Forbidding,
            Policy::Odd,
            Policy::Broken,
        ],
    );
    let key = prop_oneof![3 => Just(None), 2 => of(&KEYS).prop_map(Some)];
    let status = (one(true, &[false]), one(None, &[Some("AccessDenied")]));
    let class = [
        LogGroupClass::InfrequentAccess,
        LogGroupClass::Other("ESSENTIALS".to_owned()),
    ];
    prop_oneof![
        6 => (of(&topics), policy, key, any::<bool>())
            .prop_map(|(arn, policy, key, is_ours)| Change::Topic(arn, policy, key, is_ours)),
        4 => (of(&topics), subscriptions())
            .prop_map(|(arn, subscriptions)| Change::Subscriptions(arn, subscriptions)),
        1 => of(&topics).prop_map(Change::NoTopic),
        1 => (95_usize..=100).prop_map(Change::Fill),
        1 => (status, selectors(), one(true, &[false])).prop_map(
            |((is_logging, delivery_error), selectors, is_multi_region)| Change::Trail(
                TrailStatus {
                    is_logging,
                    delivery_error: delivery_error.map(str::to_owned),
                },
                selectors,
                is_multi_region,
            )
        ),
        1 => any::<bool>().prop_map(Change::SecondTrail),
        1 => filter().prop_map(Change::FilterOfSecond),
        1 => any::<bool>().prop_map(Change::OrganizationTrail),
        1 => of(&class).prop_map(Change::Class),
    ]
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let rare = prop_oneof![
        Just(Change::NoTrail),
        of(&READ_ACTIONS[1..]).prop_map(Change::Unreadable),
    ];
    (
        vec(about_chain(), 0..7),
        vec(about_rest(), 0..4),
        prop_oneof![7 => vec(rare.clone(), 0..1), 1 => vec(rare, 1..2)],
    )
        .prop_map(|(chain, rest, rare)| [rest, chain, rare].concat())
}

fn trail(name: &str, region: &Region, log_group: LogGroupArn, is_multi_region: bool) -> Trail {
    let identity = identity();
    Trail {
        arn: TrailArn {
            partition: identity.partition,
            region: region.clone(),
            account: identity.account,
            name: name.to_owned(),
        },
        home_region: region.clone(),
        is_multi_region,
        is_organization: false,
        includes_global_services: true,
        log_group: Some(log_group),
    }
}

fn control(at: Index) -> (&'static str, &'static str) {
    let controls = [
        ("alpha_metric", "alpha_alarm"),
        ("beta_metric", "beta_alarm"),
        ("gamma_metric", "gamma_alarm"),
    ];
    *at.get(&controls)
}

fn alter_filter(account: &mut SandboxAccount, at: Index, alter: impl FnOnce(&mut MetricFilter)) {
    if let Some(mut filter) = account.remove_filter(&main_group(), control(at).0) {
        alter(&mut filter);
        account.add_filter(&main_group(), filter);
    }
}

fn alter_alarm(account: &mut SandboxAccount, at: Index, alter: impl FnOnce(&mut MetricAlarm)) {
    let arn = account.alarm_arn(&region(), control(at).1);
    if let Some(mut held) = account.remove_alarm(&arn) {
        if let AlarmKind::Metric(settings) = &mut held.kind {
            alter(settings);
        }
        let kind = held.kind;
        account.add_alarm(Alarm { arn, kind }, held.tags.unwrap());
    }
}

fn change_chain(account: &mut SandboxAccount, change: Change) {
    match change {
        Change::PatternOf(at, pattern) => {
            alter_filter(account, at, |filter| {
                pattern.clone_into(&mut filter.pattern);
            });
        }
        Change::PublishedOf(at, published) => {
            alter_filter(account, at, |filter| filter.transformation = published);
        }
        Change::BlindnessOf(at) => {
            alter_filter(account, at, |filter| {
                filter.applies_to_transformed_logs = true;
            });
        }
        Change::AlarmOf(at, settings) => alter_alarm(account, at, |alarm| *alarm = settings),
        Change::ActionsOf(at, actions) => {
            alter_alarm(account, at, |alarm| alarm.alarm_actions = actions);
        }
        Change::QueryOf(at, query) => alter_alarm(account, at, |alarm| alarm.query = query),
        Change::OwnerOf(at) => {
            let arn = account.alarm_arn(&region(), control(at).1);
            if let Some(held) = account.remove_alarm(&arn) {
                let kind = held.kind;
                account.add_alarm(Alarm { arn, kind }, tags(false));
            }
        }
        Change::NoFilterOf(at) => {
            account.remove_filter(&main_group(), control(at).0);
        }
        Change::NoAlarmOf(at) => {
            let arn = account.alarm_arn(&region(), control(at).1);
            account.remove_alarm(&arn);
        }
        other => change_rest(account, other),
    }
}

fn change_rest(account: &mut SandboxAccount, change: Change) {
    match change {
        Change::Filter(filter) => add_filter(account, filter),
        Change::FilterOfSecond(filter) => account.add_filter(&second_group(), filter),
        Change::Alarm(name, kind, is_ours) => {
            let arn = account.alarm_arn(&region(), name);
            account.add_alarm(Alarm { arn, kind }, tags(is_ours));
        }
        Change::Topic(arn, policy, key, is_ours) => {
            let topic = Topic {
                policy: policy_text(policy, &arn),
                kms_key: key.map(str::to_owned),
                arn,
            };
            account.add_topic(topic, tags(is_ours));
        }
        Change::Subscriptions(arn, subscriptions) => {
            for subscription in subscriptions {
                account.add_subscription(&arn, subscription);
            }
        }
        Change::NoTopic(arn) => {
            account.remove_topic(&arn);
        }
        Change::Fill(count) => fill(account, count),
        other => change_trails(account, other),
    }
}

fn change_trails(account: &mut SandboxAccount, change: Change) {
    match change {
        Change::Trail(status, selectors, is_multi_region) => {
            let first = trail(
                "management-events",
                &region(),
                main_group(),
                is_multi_region,
            );
            account.add_trail(first, status, selectors);
        }
        Change::SecondTrail(is_whole) => second_trail(account, is_whole),
        Change::OrganizationTrail(has_group_here) => organization_trail(account, has_group_here),
        Change::NoTrail => {
            let arns: Vec<TrailArn> = account.trails().keys().cloned().collect();
            for arn in arns {
                account.remove_trail(&arn);
            }
        }
        Change::Class(class) => account.add_log_group(LogGroup {
            arn: main_group(),
            class,
        }),
        Change::Unreadable(action) => {
            let error = CallError::new(action, CallErrorKind::Denied, "no");
            account.add_unreadable(None, error);
        }
        other => unreachable!("{other:?}"),
    }
}

fn all_events() -> EventSelectors {
    EventSelectors::Basic(Vec::new())
}

fn second_trail(account: &mut SandboxAccount, is_logging: bool) {
    let region = Region::parse("eu-west-1").unwrap();
    let status = TrailStatus {
        is_logging,
        delivery_error: None,
    };
    account.add_trail(
        trail("a-second", &region, second_group(), true),
        status,
        all_events(),
    );
    account.add_log_group(LogGroup {
        arn: second_group(),
        class: LogGroupClass::Standard,
    });
}

fn organization_trail(account: &mut SandboxAccount, has_group_here: bool) {
    let mut trail = trail("organization", &region(), main_group(), true);
    trail.is_organization = true;
    trail.arn.account = cis_fix::model::AccountId::parse("999999999999").unwrap();
    if !has_group_here {
        let text = format!("arn:aws:logs:{REGION}:999999999999:log-group:central");
        trail.log_group = Some(LogGroupArn::parse(&text).unwrap());
    }
    let status = TrailStatus {
        is_logging: true,
        delivery_error: None,
    };
    account.add_trail(trail, status, all_events());
}

/// Adds a filter to the log group, or replaces one, unless there is no room.
fn add_filter(account: &mut SandboxAccount, filter: MetricFilter) {
    let present = account.log_groups()[&main_group()]
        .filters
        .as_ref()
        .unwrap();
    if present.len() < 100 || present.contains_key(&filter.name) {
        account.add_filter(&main_group(), filter);
    }
}

/// Fills the log group with filters of somebody else.
fn fill(account: &mut SandboxAccount, count: usize) {
    for at in 0.. {
        let held = &account.log_groups()[&main_group()];
        if held.filters.as_ref().unwrap().len() >= count {
            return;
        }
        let filter = MetricFilter {
            name: format!("team-{at:02}"),
            pattern: "{ $.e = \"E\" }".to_owned(),
            transformation: MetricTransformation {
                metric: Metric {
                    namespace: "Teams".to_owned(),
                    name: format!("team-{at:02}"),
                },
                value: "1".to_owned(),
                default_value: None,
                unit: None,
                dimensions: BTreeMap::new(),
            },
            applies_to_transformed_logs: false,
            field_selection: None,
            system_field_dimensions: Vec::new(),
        };
        account.add_filter(&main_group(), filter);
    }
}

/// Adds the keys that there are, each with the alias that tells what is the matter with it.
fn add_keys(account: &mut SandboxAccount) {
    let open = r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":"*"}]}"#;
    let keys = [
        ("alias/good", KeyManager::Customer, true, open),
        (
            "alias/closed",
            KeyManager::Customer,
            true,
            r#"{"Statement":[]}"#,
        ),
        ("alias/disabled", KeyManager::Customer, false, open),
        (
            "alias/aws/sns",
            KeyManager::Aws,
            true,
            r#"{"Statement":[]}"#,
        ),
    ];
    for (alias, manager, enabled, policy) in keys {
        let id = alias.replace('/', "-");
        let key = Key {
            arn: format!("arn:aws:kms:{REGION}:{ACCOUNT}:key/{id}"),
            manager,
            enabled,
            policy: policy.to_owned(),
        };
        account.add_key(key, BTreeSet::from([alias.to_owned()]));
    }
}

fn settings() -> impl Strategy<Value = Desired> {
    let numbers = (one(1.0, &[3.0]), one(1, &[2]));
    let controls = prop_oneof![4 => Just(vec![0, 1, 2]), 1 => subsequence(vec![0, 1, 2], 1..=2)];
    let key =
        prop_oneof![4 => Just(None), 2 => Just(Some("alias/good")), 1 => of(&KEYS).prop_map(Some)];
    let key = key.prop_filter("settings refuse it", |key| *key != Some("alias/aws/sns"));
    let subscriptions = btree_set(of(&endpoints()), 0..3);
    let pages = prop_oneof![2 => Just(&DESIRED), 1 => Just(&PAGING)];
    (numbers, controls, key, subscriptions, pages).prop_map(
        |((threshold, periods), controls, key, subscriptions, all)| {
            let mut desired = LazyLock::force(all).clone();
            let chosen: Vec<&ControlId> = controls
                .iter()
                .map(|at: &usize| &DESIRED.controls[*at].id)
                .collect();
            desired.controls.retain(|control| {
                let own = control.id.paged();
                chosen.contains(&own.as_ref().unwrap_or(&control.id))
            });
            desired.controls[0].alarm.threshold = threshold;
            desired.controls[0].alarm.evaluation_periods = periods;
            desired.topic.kms_key = key.map(str::to_owned);
            desired.topic.subscriptions = subscriptions;
            desired
        },
    )
}

fn base(desired: Option<Desired>) -> SandboxAccount {
    match desired {
        Some(desired) => SandboxAccount::satisfying(identity(), region(), &desired),
        None => SandboxAccount::fresh(identity(), region()),
    }
}

/// Returns accounts, most of them near to what is wanted, with what is wanted of them.
pub(crate) fn worlds() -> impl Strategy<Value = World> {
    let past = prop_oneof![
        2 => Just(None),
        3 => settings().prop_map(Some),
        3 => Just(Some(DESIRED.clone())),
    ];
    (past, changes(), settings()).prop_map(|(past, changes, desired)| {
        let mut account = base(past);
        add_keys(&mut account);
        for change in changes {
            change_chain(&mut account, change);
        }
        World { account, desired }
    })
}
