//! Trails: what is recorded and where it is delivered (CloudTrail API).

use std::collections::BTreeSet;

use super::arn::{LogGroupArn, TrailArn};
use super::names::Region;

/// A trail, also one that another Region or account owns and this account sees as a copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trail {
    /// Whose it is and its name.
    pub arn: TrailArn,
    /// Where it was made and where its log group is.
    pub home_region: Region,
    /// Whether it records all Regions.
    pub is_multi_region: bool,
    /// Whether it records all accounts of an organization.
    pub is_organization: bool,
    /// Whether events of IAM, STS and sign-in are recorded (`IncludeGlobalServiceEvents`).
    pub includes_global_services: bool,
    /// The log group it delivers to.
    pub log_group: Option<LogGroupArn>,
}

/// The state of a trail (`GetTrailStatus`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailStatus {
    /// Whether the trail records at this moment.
    pub is_logging: bool,
    /// Why the last delivery to the log group failed (`LatestCloudWatchLogsDeliveryError`); none when it did not.
    pub delivery_error: Option<String>,
}

/// Which events a trail records (`GetEventSelectors`). A trail has one kind of selector, never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventSelectors {
    /// Basic selectors; an event is recorded if any of them takes it.
    Basic(Vec<BasicSelector>),
    /// Advanced selectors; an event is recorded if any of them takes it.
    Advanced(Vec<AdvancedSelector>),
}

/// A basic event selector.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BasicSelector {
    /// Which calls are recorded.
    pub read_write: ReadWrite,
    /// Whether management events are recorded.
    pub includes_management_events: bool,
    /// Services whose management events are left out: `kms.amazonaws.com` or `rdsdata.amazonaws.com`.
    pub excluded_sources: BTreeSet<String>,
}

/// Which calls a basic selector records (`ReadWriteType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReadWrite {
    /// Calls that change and calls that only read.
    All,
    /// Calls that only read.
    ReadOnly,
    /// Calls that change.
    WriteOnly,
}

/// An advanced event selector: it takes the events that all of its fields accept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AdvancedSelector {
    /// Its fields.
    pub fields: Vec<FieldSelector>,
}

/// A condition on one field of an event; within each list one match is enough.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldSelector {
    /// The field, such as `eventCategory`, `readOnly` or `eventSource`.
    pub field: String,
    /// Values that it may equal.
    pub equals: Vec<String>,
    /// Beginnings that it may have.
    pub starts_with: Vec<String>,
    /// Endings that it may have.
    pub ends_with: Vec<String>,
    /// Values that it must not equal.
    pub not_equals: Vec<String>,
    /// Beginnings that it must not have.
    pub not_starts_with: Vec<String>,
    /// Endings that it must not have.
    pub not_ends_with: Vec<String>,
}
