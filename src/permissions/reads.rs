//! What looking at an account needs.

use std::collections::BTreeSet;

use super::Statement;
use super::scope::{KeyRef, Known, Scope};
use crate::model::LogGroupArn;

/// Returns what examining the whole chain needs.
pub(super) fn of_the_chain(scope: &Scope) -> Vec<Statement> {
    let mut statements = vec![
        // `DescribeTrails` has no resource level.
        Statement::allow("ListTrails", ["cloudtrail:DescribeTrails"], any()),
        Statement::allow(
            "ReadTrails",
            ["cloudtrail:GetEventSelectors", "cloudtrail:GetTrailStatus"],
            trails(scope),
        ),
        // It is a list of all log groups to IAM, whatever prefix is asked for.
        Statement::allow(
            "ListLogGroups",
            ["logs:DescribeLogGroups"],
            beside_the_groups(scope, "logs", "log-group:*"),
        ),
    ];
    statements.extend(of_resources(scope));
    statements.extend(of_keys(scope));
    statements
}

/// Returns what looking at the keys of topics needs.
fn of_keys(scope: &Scope) -> [Statement; 2] {
    let (aliases, arns): (Vec<_>, Vec<_>) = scope
        .keys
        .iter()
        .partition(|key| matches!(key, KeyRef::Alias(_)));
    let by_alias = Statement::allow("ReadKeysByAlias", KEYS, all_keys(scope, &aliases)).when(
        // A key may have several aliases.
        "ForAnyValue:StringEquals",
        "kms:ResourceAliases",
        aliases.into_iter().map(text),
    );
    [
        Statement::allow("ReadKeys", KEYS, arns.into_iter().map(text)),
        by_alias,
    ]
}

/// Returns what looking at filters, alarms and topics needs.
pub(super) fn of_resources(scope: &Scope) -> Vec<Statement> {
    vec![
        Statement::allow(
            "ReadFilters",
            ["logs:DescribeMetricFilters"],
            filters(scope),
        ),
        // Restricted to names, it would leave out composite alarms, with whom all share one name space.
        Statement::allow("ListAlarms", ["cloudwatch:DescribeAlarms"], any()),
        // Whose an alarm is that somebody else made is a question too.
        Statement::allow(
            "ReadAlarmTags",
            ["cloudwatch:ListTagsForResource"],
            beside_the_groups(scope, "cloudwatch", "alarm:*"),
        ),
        Statement::allow(
            "ReadTopics",
            [
                "sns:GetTopicAttributes",
                "sns:ListSubscriptionsByTopic",
                "sns:ListTagsForResource",
            ],
            topics(scope),
        ),
    ]
}

/// Returns what reading the events that an account has recorded needs.
pub(super) fn of_events(scope: &Scope) -> Vec<Statement> {
    vec![
        Statement::allow("ReadLogEvents", ["logs:FilterLogEvents"], filters(scope)),
        // `LookupEvents` has no resource level.
        Statement::allow("ReadEventHistory", ["cloudtrail:LookupEvents"], any()),
    ]
}

const KEYS: [&str; 2] = ["kms:DescribeKey", "kms:GetKeyPolicy"];

fn any() -> [String; 1] {
    ["*".to_owned()]
}

fn text(key: &KeyRef) -> String {
    match key {
        KeyRef::Arn(text) | KeyRef::Alias(text) => text.clone(),
    }
}

/// Returns the filters' resources: to IAM, a filter is its log group, with `:*` behind the name.
pub(super) fn filters(scope: &Scope) -> BTreeSet<String> {
    let groups = scope.log_groups.iter();
    groups.map(|group| format!("{group}:*")).collect()
}

/// Returns resources of a service in the account and Region of each log group.
fn beside_the_groups(scope: &Scope, service: &str, resource: &str) -> BTreeSet<String> {
    let arn = |group: &LogGroupArn| {
        let LogGroupArn {
            partition,
            region,
            account,
            name: _,
        } = group;
        format!("arn:{partition}:{service}:{region}:{account}:{resource}")
    };
    scope.log_groups.iter().map(arn).collect()
}

/// Returns the trails; an organization's trail belongs to another account.
fn trails(scope: &Scope) -> BTreeSet<String> {
    match &scope.trails {
        Known::These(trails) => trails.iter().map(ToString::to_string).collect(),
        Known::Any => {
            let groups = scope.log_groups.iter();
            groups
                .map(|group| {
                    let (partition, region) = (&group.partition, &group.region);
                    format!("arn:{partition}:cloudtrail:{region}:*:trail/*")
                })
                .collect()
        }
    }
}

/// Returns the topics; alarms may publish to any of the Region.
fn topics(scope: &Scope) -> BTreeSet<String> {
    match &scope.topics {
        Known::These(topics) => topics.iter().map(ToString::to_string).collect(),
        Known::Any => beside_the_groups(scope, "sns", "*"),
    }
}

/// Returns all keys of the Regions, if some are known by an alias alone.
fn all_keys(scope: &Scope, aliases: &[&KeyRef]) -> BTreeSet<String> {
    if aliases.is_empty() {
        return BTreeSet::new();
    }
    beside_the_groups(scope, "kms", "key/*")
}
