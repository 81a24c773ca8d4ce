//! What an account should hold: the chosen controls with every name and number settled.
//!
//! It knows nothing of what is there; that is `observed`.

mod build;
mod filters;
mod made;

use std::collections::BTreeSet;

use crate::catalog::Auditor;
use crate::model::{
    AlarmName, ControlId, Endpoint, FilterName, MetricName, MissingData, Namespace, Operator,
    Statistic, Tags, TopicName,
};
use crate::pattern::{Event, Pattern};

pub use crate::auditors::{Place, Unmet};
pub use crate::catalog::{Calls, EventScope, Wording};
pub use build::{BuildError, Selection, UnknownControl, Unprinted, build};

/// The key of the tag that marks what cis-fix made. Its value is the control's id, or `topic`.
pub const OWNER_TAG: &str = crate::settings::RESERVED_TAG;

/// What an account should hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Desired {
    /// The benchmark that was chosen, as `--benchmark` spells it.
    pub benchmark: String,
    /// The controls, in the benchmark's order.
    pub controls: Vec<DesiredControl>,
    /// The topic that new alarms publish to.
    pub topic: DesiredTopic,
    /// Who should be subscribed to the topic.
    pub subscriptions: BTreeSet<Endpoint>,
    /// Tags for everything that is made, beside the ownership tag.
    pub tags: Tags,
}

/// The topic that new alarms publish to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredTopic {
    /// Its name.
    pub name: TopicName,
    /// The key that should encrypt its messages: an id, an ARN or an alias.
    pub kms_key: Option<String>,
}

/// One control with everything it needs.
#[derive(Debug, Clone, PartialEq)]
pub struct DesiredControl {
    /// Its identifier.
    pub id: ControlId,
    /// Its number in the chosen benchmark, such as `4.13` or `CloudWatch.13`.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// What is wrong with the text that the benchmark prescribes, if something is.
    pub defect: Option<PrescribedDefect>,
    /// What it means: every event that this pattern matches must raise the alarm.
    pub pattern: Pattern,
    /// Events that it must ignore; a filter that takes them all is too broad to be adopted.
    pub look_alikes: Vec<Event>,
    /// Where its events come from.
    pub scope: EventScope,
    /// The metric filter to make when none covers the pattern.
    pub filter: DesiredFilter,
    /// Further filters on the same metric, for auditors that refuse the text of the first.
    pub companions: Vec<DesiredCompanion>,
    /// The auditors that these filters satisfy together, as far as texts go.
    pub satisfies: BTreeSet<Auditor>,
    /// The auditors that are to be satisfied and are not, each with the reason.
    pub unsatisfied: Vec<Unmet>,
    /// The alarm to make when none works.
    pub alarm: DesiredAlarm,
}

/// What is wrong with a text that a benchmark prescribes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrescribedDefect {
    /// The benchmark, as `--benchmark` spells it.
    pub benchmark: &'static str,
    /// The defect, as a predicate whose subject is the text.
    pub defect: String,
    /// Whose words are used.
    pub wording: Wording,
}

/// A metric filter to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct DesiredFilter {
    /// Its name.
    pub name: FilterName,
    /// Whether it is the one that is named like the metric.
    pub place: Place,
    /// Its pattern, which covers the control's; another spelling of it, or a broader one that the catalog declares.
    pub pattern: Pattern,
    /// What the pattern counts beyond the control's; none means that both mean the same.
    pub beyond: Option<String>,
    /// The name of its metric. One filter of each control has this name as well, since two auditors join by it.
    pub metric_name: MetricName,
    /// The namespace of its metric.
    pub namespace: Namespace,
    /// The constant that it publishes for a matching event: a positive number as text.
    pub value: String,
}

/// A further filter of a control, on the same metric and with the same value.
#[derive(Debug, Clone, PartialEq)]
pub struct DesiredCompanion {
    /// Its name.
    pub name: FilterName,
    /// Whether it must be named like the metric.
    pub place: Place,
    /// Its pattern.
    pub pattern: Pattern,
    /// The auditors that it is for.
    pub serves: BTreeSet<Auditor>,
    /// Whether it matches every event of the control.
    pub covers: bool,
    /// What it counts beyond the control's pattern; none means that it is never broader.
    pub beyond: Option<String>,
}

/// An alarm to be made.
#[derive(Debug, Clone, PartialEq)]
pub struct DesiredAlarm {
    /// Its name.
    pub name: AlarmName,
    /// What people are told; at most 1024 characters.
    pub description: String,
    /// The statistic.
    pub statistic: Statistic,
    /// The length of a period in seconds: 10, 20, 30 or a multiple of 60.
    pub period: u32,
    /// How many periods are looked at.
    pub evaluation_periods: u32,
    /// The threshold, finite.
    pub threshold: f64,
    /// How the measured value is compared with the threshold.
    pub operator: Operator,
    /// What a period without data counts as.
    pub missing_data: MissingData,
}
