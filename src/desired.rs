//! What an account should hold: the chosen controls with every name and number settled.
//!
//! It knows nothing of what is there; that is `observed`.

mod build;
mod error;
mod filters;
mod lanes;
mod made;

use std::collections::BTreeSet;
use std::slice;

use crate::catalog::Auditor;
use crate::model::{
    AccountId, AlarmName, ControlId, Endpoint, FilterName, Lane, MetricName, MissingData,
    Namespace, Operator, Partition, Region, Statistic, Tags, TopicArn, TopicName,
};
use crate::pattern::{Event, Pattern};

pub use crate::auditors::{Place, Unmet};
pub use crate::catalog::{Calls, EventScope, Wording};
pub use build::{Selection, build};
pub use error::{BuildError, UnknownControl, Unprinted};
pub use lanes::LaneError;

/// The key of the tag that marks what cis-fix made. Its value is the control's id, or `topic`.
pub const OWNER_TAG: &str = crate::settings::RESERVED_TAG;

/// What people are told to do about an alarm.
const WHAT_TO_DO: &str = "What to do: find the events in the trail's log group or in CloudTrail's event history, see who \
     called (userIdentity, sourceIPAddress), and ask whether it was meant.";

/// What an account should hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Desired {
    /// The benchmark that was chosen, as `--benchmark` spells it.
    pub benchmark: String,
    /// The controls, in the benchmark's order, each with its paging lane behind it if it has one.
    pub controls: Vec<DesiredControl>,
    /// The topic that new alarms publish to.
    pub topic: DesiredTopic,
    /// The topic that new alarms of paging lanes publish to.
    pub paging_topic: DesiredTopic,
    /// Tags for everything that is made, beside the ownership tag.
    pub tags: Tags,
}

impl Desired {
    /// Returns the topic that new alarms of a lane publish to.
    #[must_use]
    pub fn topic_of(&self, lane: Lane) -> &DesiredTopic {
        match lane {
            Lane::Exact => &self.topic,
            Lane::Paging => &self.paging_topic,
        }
    }

    /// Returns the lanes in use: the exact one, and the paging one when a control has it.
    #[must_use]
    pub fn lanes(&self) -> &'static [Lane] {
        let mut controls = self.controls.iter();
        if controls.any(|control| control.lane == Lane::Paging) {
            &[Lane::Exact, Lane::Paging]
        } else {
            &[Lane::Exact]
        }
    }

    /// Returns the topics of the lanes in use.
    pub fn topics(&self) -> impl Iterator<Item = &DesiredTopic> {
        let lanes: slice::Iter<'static, Lane> = self.lanes().iter();
        lanes.map(|lane| self.topic_of(*lane))
    }

    /// Returns who should be subscribed to any of these topics.
    #[must_use]
    pub fn endpoints(&self) -> BTreeSet<Endpoint> {
        self.topics()
            .flat_map(|topic| topic.subscriptions.iter().cloned())
            .collect()
    }
}

/// A topic that new alarms publish to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DesiredTopic {
    /// Its name.
    pub name: TopicName,
    /// The key that should encrypt its messages: an id, an ARN or an alias.
    pub kms_key: Option<String>,
    /// Who should be subscribed to it.
    pub subscriptions: BTreeSet<Endpoint>,
}

impl DesiredTopic {
    /// Returns its ARN in a Region of an account.
    #[must_use]
    pub fn arn(&self, partition: &Partition, region: &Region, account: &AccountId) -> TopicArn {
        TopicArn {
            partition: partition.clone(),
            region: region.clone(),
            account: account.clone(),
            name: self.name.as_str().to_owned(),
        }
    }
}

/// One control with everything it needs.
#[derive(Debug, Clone, PartialEq)]
pub struct DesiredControl {
    /// Its identifier.
    pub id: ControlId,
    /// The lane that it is; a paging lane counts as a control of its own, which no auditor knows.
    pub lane: Lane,
    /// Its number in the chosen benchmark, such as `4.13` or `CloudWatch.13`.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// What is wrong with the text that the benchmark prescribes, if something is.
    pub defect: Option<PrescribedDefect>,
    /// What it means: every event that this pattern matches must raise the alarm.
    pub pattern: Pattern,
    /// Events that it must ignore, for a paging lane those that it leaves out; a filter that takes them all is too broad to be adopted.
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
