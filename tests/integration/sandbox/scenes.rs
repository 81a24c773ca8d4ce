//! The built-in scenes hold what they are for.

use cis_fix::model::{
    AlarmKind, EventSelectors, LogGroupArn, LogGroupClass, MetricQuery, SubscriptionState,
};
use cis_fix::pattern::{Pattern, Relation, compare, compare_union};
use cis_fix::sandbox::{SandboxAccount, Scene};

fn log_group() -> LogGroupArn {
    let arn = "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup";
    LogGroupArn::parse(arn).unwrap()
}

fn pattern(account: &SandboxAccount, filter: &str) -> Pattern {
    let held = &account.log_groups()[&log_group()];
    Pattern::parse(&held.filters.as_ref().unwrap()[filter].pattern).unwrap()
}

/// Returns the alarms on the metric of a filter, by name.
fn alarms_of(account: &SandboxAccount, filter: &str) -> Vec<String> {
    let filters = account.log_groups()[&log_group()].filters.as_ref().unwrap();
    let published = &filters[filter].transformation.metric;
    let alarms = &account.alarms()[account.region()];
    let watching = alarms.iter().filter(|(_, held)| match &held.kind {
        AlarmKind::Metric(settings) => match &settings.query {
            MetricQuery::Single { metric, .. } => metric == published,
            MetricQuery::Expression => false,
        },
        AlarmKind::Composite | AlarmKind::Log => false,
    });
    watching.map(|(name, _)| name.clone()).collect()
}

#[test]
fn every_scene_is_found_by_its_name() {
    for scene in Scene::ALL {
        assert_eq!(Scene::parse(scene.name()), Some(scene));
    }
    assert_eq!(Scene::parse("none"), None);
}

#[test]
fn the_fresh_trail_is_good_and_alone() {
    let account = Scene::Fresh.account();
    let held = account.trails().values().next().unwrap();
    assert_eq!(account.trails().len(), 1);
    assert!(held.trail.is_multi_region && held.trail.includes_global_services);
    assert!(held.status.as_ref().unwrap().is_logging);
    assert_eq!(held.trail.log_group, Some(log_group()));
    let group = &account.log_groups()[&log_group()];
    assert_eq!(group.class, Some(LogGroupClass::Standard));
    assert!(group.filters.as_ref().unwrap().is_empty());
    assert!(account.alarms().is_empty() && account.topics().is_empty());
}

#[test]
fn the_messy_log_group_has_ninety_seven_filters() {
    let account = Scene::Messy.account();
    let group = &account.log_groups()[&log_group()];
    let filters = group.filters.as_ref().unwrap();
    assert_eq!(filters.len(), 97);
    for filter in filters.values() {
        Pattern::parse(&filter.pattern).unwrap();
    }
}

/// Filters of the messy scene, the pattern each is compared with, and how many alarms watch its metric.
const MEANINGS: [(&str, &str, Relation, usize); 8] = [
    (
        "NoMFAConsoleSignIn",
        r#"{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }"#,
        Relation::Equivalent,
        1,
    ),
    (
        "trail-changes",
        "{ ($.eventName = CreateTrail) || ($.eventName = UpdateTrail) || ($.eventName = DeleteTrail) || ($.eventName = StartLogging) || ($.eventName = StopLogging) }",
        Relation::Equivalent,
        1,
    ),
    (
        "RootAccountUsage",
        r#"{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }"#,
        Relation::Equivalent,
        0,
    ),
    (
        "kms-key-disabled-or-deleted",
        "{ ($.eventSource = kms.amazonaws.com) && (($.eventName = DisableKey) || ($.eventName = ScheduleKeyDeletion)) }",
        Relation::Equivalent,
        0,
    ),
    (
        "GatewayChanges",
        "{ ($.eventName = CreateCustomerGateway) || ($.eventName = DeleteCustomerGateway) || ($.eventName = AttachInternetGateway) || ($.eventName = CreateInternetGateway) || ($.eventName = DeleteInternetGateway) || ($.eventName = DetachInternetGateway) }",
        Relation::Broader,
        1,
    ),
    (
        "UnauthorizedAPICalls",
        r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }"#,
        Relation::Narrower,
        1,
    ),
    (
        "iam_changes_metric",
        "{ ($.eventName=DeleteGroupPolicy) || ($.eventName=PutGroupPolicy) || ($.eventName=PutRolePolicy) || ($.eventName=PutUserPolicy) }",
        Relation::Narrower,
        0,
    ),
    (
        "RouteChanges",
        "{ ($.eventSource = ec2.amazonaws.com) && (($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = DeleteRoute)) }",
        Relation::Narrower,
        1,
    ),
];

#[test]
fn the_messy_filters_mean_what_they_are_for() {
    let account = Scene::Messy.account();
    for (filter, meant, relation, alarms) in MEANINGS {
        let meant = Pattern::parse(meant).unwrap();
        let comparison = compare(&pattern(&account, filter), &meant);
        assert_eq!(comparison.relation, relation, "{filter}");
        assert_eq!(alarms_of(&account, filter).len(), alarms, "{filter}");
    }
    let acl = Pattern::parse("{ ($.eventName = CreateNetworkAcl) || ($.eventName = CreateNetworkAclEntry) || ($.eventName = DeleteNetworkAcl) || ($.eventName = DeleteNetworkAclEntry) || ($.eventName = ReplaceNetworkAclEntry) || ($.eventName = ReplaceNetworkAclAssociation) }").unwrap();
    let parts = ["NetworkAclCreated", "NetworkAclDeletedOrReplaced"];
    let [created, replaced] = parts.map(|name| pattern(&account, name));
    let union = compare_union(&[&created, &replaced], &acl);
    assert_eq!(union.relation, Relation::Equivalent);
    assert_eq!(compare(&created, &acl).relation, Relation::Narrower);
}

#[test]
fn planned_names_of_the_messy_scene_mean_other_things() {
    let account = Scene::Messy.account();
    let alarms = &account.alarms()[account.region()];
    for name in ["root_usage_alarm", "unauthorized_api_calls_alarm"] {
        let AlarmKind::Metric(settings) = &alarms[name].kind else {
            panic!("{name} is a metric alarm");
        };
        let MetricQuery::Single { metric, .. } = &settings.query else {
            panic!("{name} watches one metric");
        };
        assert!(metric.namespace.starts_with("AWS/"), "{name}");
    }
    assert_eq!(alarms["vpc_changes_alarm"].kind, AlarmKind::Composite);
    let filters = account.log_groups()[&log_group()].filters.as_ref().unwrap();
    assert_eq!(
        filters["iam_changes_metric"]
            .transformation
            .metric
            .namespace,
        "Platform"
    );
    let none_is_owned = alarms.values().all(|held| {
        let tags = held.tags.as_ref().unwrap();
        !tags.contains_key("cis-fix")
    });
    assert!(none_is_owned);
}

#[test]
fn two_topics_of_the_messy_scene_do_not_deliver() {
    let account = Scene::Messy.account();
    let topic = |name: &str| {
        let mut topics = account.topics().iter();
        topics.find(|(arn, _)| arn.name == name).unwrap().1
    };
    let encrypted = topic("security-alerts").attributes.as_ref().unwrap();
    assert_eq!(encrypted.kms_key.as_deref(), Some("alias/aws/sns"));
    assert!(
        account
            .describe_key(account.region(), "alias/aws/sns")
            .is_ok()
    );
    let pending = topic("cloudtrail-alarms").subscriptions.as_ref().unwrap();
    assert_eq!(pending.len(), 1);
    assert_eq!(pending[0].subscription.state, SubscriptionState::Pending);
    let working = topic("ops-alerts");
    assert_eq!(working.attributes.as_ref().unwrap().kms_key, None);
}

#[test]
fn the_member_sees_a_trail_of_another_account_and_no_log_group() {
    let account = Scene::Member.account();
    let trails = account.describe_trails().unwrap();
    let [trail] = trails.as_slice() else {
        panic!("one trail");
    };
    assert!(trail.is_organization && trail.is_multi_region);
    let log_group = trail.log_group.as_ref().unwrap();
    assert_ne!(&trail.arn.account, account.account());
    assert_eq!(trail.arn.account, log_group.account);
    assert!(account.get_trail_status(&trail.arn).unwrap().is_logging);
    assert!(account.describe_log_group(log_group).is_err());
    assert!(account.describe_metric_filters(log_group).is_err());
}

#[test]
fn the_broken_chain_is_broken_in_four_places() {
    let account = Scene::Broken.account();
    let held = account.trails().values().next().unwrap();
    let status = held.status.as_ref().unwrap();
    assert!(!status.is_logging);
    assert!(status.delivery_error.is_some());
    let Some(EventSelectors::Basic(selectors)) = &held.selectors else {
        panic!("basic selectors");
    };
    assert!(selectors[0].excluded_sources.contains("kms.amazonaws.com"));
    let group = &account.log_groups()[&log_group()];
    assert_eq!(group.class, Some(LogGroupClass::InfrequentAccess));
}
