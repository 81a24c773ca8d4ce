//! Readings that fail, and the actions that readings need.
//!
//! A snapshot taken with few rights must say "could not look" again when it is read; so a failed
//! reading is part of the state. Failing writes are no part of it; tests rehearse them.

use std::collections::BTreeMap;

use crate::model::{CallError, Reading};

/// `sts:GetCallerIdentity`.
pub const GET_CALLER_IDENTITY: &str = "sts:GetCallerIdentity";
/// `cloudtrail:DescribeTrails`.
pub const DESCRIBE_TRAILS: &str = "cloudtrail:DescribeTrails";
/// `cloudtrail:GetTrailStatus`.
pub const GET_TRAIL_STATUS: &str = "cloudtrail:GetTrailStatus";
/// `cloudtrail:GetEventSelectors`.
pub const GET_EVENT_SELECTORS: &str = "cloudtrail:GetEventSelectors";
/// `logs:DescribeLogGroups`.
pub const DESCRIBE_LOG_GROUPS: &str = "logs:DescribeLogGroups";
/// `logs:DescribeMetricFilters`.
pub const DESCRIBE_METRIC_FILTERS: &str = "logs:DescribeMetricFilters";
/// `cloudwatch:DescribeAlarms`.
pub const DESCRIBE_ALARMS: &str = "cloudwatch:DescribeAlarms";
/// `cloudwatch:ListTagsForResource`.
pub const LIST_ALARM_TAGS: &str = "cloudwatch:ListTagsForResource";
/// `sns:GetTopicAttributes`.
pub const GET_TOPIC_ATTRIBUTES: &str = "sns:GetTopicAttributes";
/// `sns:ListTagsForResource`.
pub const LIST_TOPIC_TAGS: &str = "sns:ListTagsForResource";
/// `sns:ListSubscriptionsByTopic`.
pub const LIST_SUBSCRIPTIONS: &str = "sns:ListSubscriptionsByTopic";
/// `kms:DescribeKey`.
pub const DESCRIBE_KEY: &str = "kms:DescribeKey";
/// `kms:GetKeyPolicy`.
pub const GET_KEY_POLICY: &str = "kms:GetKeyPolicy";

/// The actions that readings need, as IAM spells them.
pub const READ_ACTIONS: [&str; 13] = [
    GET_CALLER_IDENTITY,
    DESCRIBE_TRAILS,
    GET_TRAIL_STATUS,
    GET_EVENT_SELECTORS,
    DESCRIBE_LOG_GROUPS,
    DESCRIBE_METRIC_FILTERS,
    DESCRIBE_ALARMS,
    LIST_ALARM_TAGS,
    GET_TOPIC_ATTRIBUTES,
    LIST_TOPIC_TAGS,
    LIST_SUBSCRIPTIONS,
    DESCRIBE_KEY,
    GET_KEY_POLICY,
];

/// Readings that fail, by action and resource.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
// INVARIANT: each error is stored under its own action.
pub struct Unreadable(BTreeMap<(String, Option<String>), CallError>);

impl Unreadable {
    /// Adds a failure, or replaces the one of the same action and resource. Without a resource it is for all.
    pub(super) fn add(&mut self, resource: Option<&str>, error: CallError) {
        let key = (error.action.clone(), resource.map(str::to_owned));
        self.0.insert(key, error);
    }

    /// Returns whether there is an entry for exactly this action and resource.
    pub(super) fn holds(&self, action: &str, resource: Option<&str>) -> bool {
        self.0
            .contains_key(&(action.to_owned(), resource.map(str::to_owned)))
    }

    /// Returns the failures with the resource that each is for.
    pub fn iter(&self) -> impl Iterator<Item = (Option<&str>, &CallError)> {
        self.0
            .iter()
            .map(|((_, resource), error)| (resource.as_deref(), error))
    }

    /// Fails when reading `resource` by `action` fails. What is said of a resource goes before what is said of all.
    pub(super) fn check(&self, action: &str, resource: &str) -> Reading<()> {
        [Some(resource.to_owned()), None]
            .into_iter()
            .find_map(|resource| self.0.get(&(action.to_owned(), resource)))
            .map_or(Ok(()), |error| Err(error.clone()))
    }
}
