//! What an apply would do: concrete, ordered and complete, so that applying makes no choices.
//!
//! No time, no chance and no reading: equal inputs give equal plans.

pub mod action;
mod case;
mod chain_steps;
mod changes;
mod companion_steps;
mod room;
mod steps;
mod tasks;
mod topic_steps;

use std::collections::BTreeSet;
use std::fmt;

use action::Action;
pub use changes::{alarm_changes, changes, filter_changes};
pub use room::FILTERS_PER_LOG_GROUP;

pub use crate::examine::drift::FieldChange;

use crate::desired::Desired;
use crate::examine::{Code, Examination, LinkKind};
use crate::model::{AccountId, ControlId, MetricAlarm, MetricFilter, Partition, Region};
use crate::observed::{Observed, sites};

/// What an apply would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The account it is for.
    pub account: AccountId,
    /// The partition of the account.
    pub partition: Partition,
    /// The Region it writes to: the home Region of the trail, or where the asking began if there is none.
    pub region: Region,
    /// The writes, each after those that it needs.
    pub steps: Vec<Step>,
    /// What exists already and is put to use.
    pub adopted: Vec<Adoption>,
    /// What a person must do.
    pub human: Vec<HumanTask>,
    /// What cannot be mended as things are.
    pub blocked: Vec<Blocked>,
}

/// The identifier of a step, unique in its plan and equal from run to run: `alarm/root_usage_alarm`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct StepId(String);

impl StepId {
    /// Returns the identifier of the step that writes `name`, a resource of kind `kind`.
    #[must_use]
    pub fn new(kind: &str, name: &str) -> Self {
        Self(format!("{kind}/{name}"))
    }

    /// Returns the identifier that `text` is: a kind and a name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (kind, name) = text.split_once('/')?;
        (!kind.is_empty() && !name.is_empty()).then(|| Self::new(kind, name))
    }

    /// Returns the identifier as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for StepId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One write.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Its identifier.
    pub id: StepId,
    /// Whether it makes something or changes something.
    pub mark: Mark,
    /// The write.
    pub action: Action,
    /// The controls that it serves.
    pub serves: BTreeSet<ControlId>,
    /// The steps that must be done before it.
    pub needs: BTreeSet<StepId>,
    /// For a change: the fields that differ.
    pub changes: Vec<FieldChange>,
    /// For a change: what is replaced, as it was when the plan was made.
    pub replaces: Option<Replaced>,
    /// Why it is as it is, where that is not plain: a name that was taken, a filter that misses events.
    pub notes: Vec<String>,
}

/// What a step replaces.
#[derive(Debug, Clone, PartialEq)]
pub enum Replaced {
    /// A metric filter.
    Filter(Box<MetricFilter>),
    /// The settings of an alarm.
    Alarm(Box<MetricAlarm>),
    /// The access policy of a topic, a JSON document.
    TopicPolicy(String),
    /// The key of a topic, if it has one.
    TopicKey(Option<String>),
}

/// Whether a step makes something or changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// It makes something new.
    Create,
    /// It changes something that cis-fix owns.
    Change,
}

impl Mark {
    /// Returns the mark in machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Create => "create",
            Self::Change => "change",
        }
    }

    /// Returns the mark that machine-readable output calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Create, Self::Change]
            .into_iter()
            .find(|mark| mark.as_str() == text)
    }
}

/// Something that exists and is put to use as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Adoption {
    /// The control that it serves.
    pub control: ControlId,
    /// The link that it is.
    pub link: LinkKind,
    /// Its name; foreign text.
    pub resource: String,
    /// Why it will do.
    pub code: Code,
}

/// Something that a person must do.
#[derive(Debug, Clone, PartialEq)]
pub struct HumanTask {
    /// The controls that wait for it.
    pub serves: BTreeSet<ControlId>,
    /// The link that it mends.
    pub link: LinkKind,
    /// What is wrong.
    pub code: Code,
    /// What is wrong, in words; may hold foreign text.
    pub detail: String,
    /// What to do.
    pub task: String,
}

/// Something that cannot be mended as things are.
#[derive(Debug, Clone, PartialEq)]
pub struct Blocked {
    /// The controls that it concerns.
    pub serves: BTreeSet<ControlId>,
    /// The link that it concerns.
    pub link: LinkKind,
    /// Why not.
    pub code: Code,
    /// Why not, in words; may hold foreign text.
    pub detail: String,
    /// What would help.
    pub hint: String,
}

/// Returns what an apply would do about the examinations.
#[must_use]
pub fn plan(desired: &Desired, observed: &Observed, examinations: &[Examination]) -> Plan {
    let region = region(observed, examinations);
    let (examinations, without_room) = room::fitting(observed, examinations);
    let mut blocked = tasks::blocked(&examinations);
    blocked.extend(without_room);
    Plan {
        account: observed.identity.account.clone(),
        partition: observed.identity.partition.clone(),
        region,
        steps: steps::steps(desired, observed, &examinations),
        adopted: tasks::adopted(desired, &examinations),
        human: tasks::human(desired, observed, &examinations),
        blocked,
    }
}

fn region(observed: &Observed, examinations: &[Examination]) -> Region {
    let repaired = examinations
        .iter()
        .find_map(|examination| examination.repair.as_ref())
        .map(|repair| repair.log_group.region.clone());
    let home = || {
        let trails = observed.trails.as_ref().ok()?;
        sites(trails, &observed.identity.account)
            .first()
            .map(|site| site.log_group.region.clone())
    };
    repaired
        .or_else(home)
        .unwrap_or_else(|| observed.region.clone())
}
