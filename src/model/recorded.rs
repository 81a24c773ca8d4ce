//! Questions for events that an account has recorded, and how long it keeps them.

use std::ops::Range;

use super::arn::LogGroupArn;
use super::names::Region;

/// A question for the events of a log group that a filter pattern matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogQuery {
    /// The log group.
    pub log_group: LogGroupArn,
    /// The filter pattern.
    pub pattern: String,
    /// When they were logged, in milliseconds since 1970.
    pub span: Range<i64>,
}

/// A question for the management events of one name in CloudTrail's event history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HistoryQuery {
    /// The Region whose history is asked.
    pub region: Region,
    /// The name of the events.
    pub event_name: String,
    /// When they happened, in milliseconds since 1970.
    pub span: Range<i64>,
}

/// How long a log group keeps events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Retention {
    /// When the log group was made, in milliseconds since 1970, if it is known.
    pub created: Option<i64>,
    /// For how many days it keeps an event; none means for ever.
    pub days: Option<u32>,
}
