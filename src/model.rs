//! The nouns of the house: names, resources and failed calls, as cis-fix sees them.
//!
//! Nothing here reads or writes an account, and no type of the AWS SDK appears.

pub mod alarm;
pub mod alarm_history;
pub mod arn;
pub mod call_error;
pub mod endpoint;
pub mod identity;
pub mod key;
pub mod lane;
pub mod metric_filter;
pub mod names;
pub mod recorded;
pub mod topic;
pub mod trail;

pub use alarm::{
    ActionsSwitch, Alarm, AlarmKind, AlarmState, MetricAlarm, MetricQuery, MissingData, Operator,
    Statistic,
};
pub use alarm_history::{ActionResult, HistoryEvent, HistoryItem};
pub use arn::{AlarmArn, ArnError, LogGroupArn, Partition, TopicArn, TrailArn};
pub use call_error::{CallError, CallErrorKind, Reading};
pub use endpoint::{Endpoint, Protocol};
pub use identity::Identity;
pub use key::{Key, KeyManager};
pub use lane::Lane;
pub use metric_filter::{LogGroup, LogGroupClass, Metric, MetricFilter, MetricTransformation};
pub use names::{
    AccountId, AlarmName, ControlId, FilterName, LogGroupName, MetricName, NameError, Namespace,
    Region, TopicName,
};
pub use recorded::{HistoryQuery, LogQuery, Retention};
pub use topic::{Subscription, SubscriptionState, Tags, Topic};
pub use trail::{
    AdvancedSelector, BasicSelector, EventSelectors, FieldSelector, ReadWrite, Trail, TrailStatus,
};
