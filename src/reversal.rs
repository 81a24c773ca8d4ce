//! Taking back what an apply did: the complete list of what an undo may do, its plan and what became of it.
//!
//! Deleting exists here alone, and no command but `undo` is given the port that performs it.

use std::collections::BTreeSet;

use crate::model::{
    AccountId, AlarmArn, CallError, ControlId, Endpoint, FilterName, LogGroupArn, MetricAlarm,
    MetricFilter, Partition, Region, TopicArn,
};
use crate::outcome::Fate;
use crate::plan::action::Action;
use crate::plan::{FieldChange, Replaced, StepId};

/// A write that takes something back. Adding a variant widens what cis-fix may do and must be reviewed as that.
#[derive(Debug, Clone, PartialEq)]
pub enum Reversal {
    /// Deletes an alarm (CloudWatch API, `DeleteAlarms`).
    DeleteAlarm(AlarmArn),
    /// Puts back the settings that an alarm had (CloudWatch API, `PutMetricAlarm`).
    RestoreAlarm(AlarmArn, Box<MetricAlarm>),
    /// Deletes a metric filter (CloudWatch Logs API, `DeleteMetricFilter`).
    DeleteMetricFilter(LogGroupArn, FilterName),
    /// Puts back the metric filter that was there (CloudWatch Logs API, `PutMetricFilter`).
    RestoreMetricFilter(LogGroupArn, Box<MetricFilter>),
    /// Puts back the access policy of a topic (SNS API, `SetTopicAttributes` with `Policy`).
    RestoreTopicPolicy(TopicArn, String),
    /// Puts back the key of a topic, or takes it away (SNS API, `SetTopicAttributes` with `KmsMasterKeyId`).
    RestoreTopicKey(TopicArn, Option<String>),
    /// Ends a confirmed subscription (SNS API, `Unsubscribe`).
    Unsubscribe(Subscribed),
    /// Deletes a topic with its subscriptions (SNS API, `DeleteTopic`).
    DeleteTopic(TopicArn),
}

/// A confirmed subscription.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscribed {
    /// The topic.
    pub topic: TopicArn,
    /// Where it delivers to.
    pub endpoint: Endpoint,
    /// Its ARN.
    pub subscription: String,
}

impl Reversal {
    /// Returns the reversal's name in machine-readable output.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::DeleteAlarm(_) => "delete_alarm",
            Self::RestoreAlarm(..) => "restore_alarm",
            Self::DeleteMetricFilter(..) => "delete_metric_filter",
            Self::RestoreMetricFilter(..) => "restore_metric_filter",
            Self::RestoreTopicPolicy(..) => "restore_topic_policy",
            Self::RestoreTopicKey(..) => "restore_topic_key",
            Self::Unsubscribe(_) => "unsubscribe",
            Self::DeleteTopic(_) => "delete_topic",
        }
    }

    /// Returns the API action as IAM spells it.
    #[must_use]
    pub fn permission(&self) -> &'static str {
        match self {
            Self::DeleteAlarm(_) => "cloudwatch:DeleteAlarms",
            Self::RestoreAlarm(..) => "cloudwatch:PutMetricAlarm",
            Self::DeleteMetricFilter(..) => "logs:DeleteMetricFilter",
            Self::RestoreMetricFilter(..) => "logs:PutMetricFilter",
            Self::RestoreTopicPolicy(..) | Self::RestoreTopicKey(..) => "sns:SetTopicAttributes",
            Self::Unsubscribe(_) => "sns:Unsubscribe",
            Self::DeleteTopic(_) => "sns:DeleteTopic",
        }
    }

    /// Returns the account and the Region that the reversal writes to.
    #[must_use]
    pub fn place(&self) -> (&AccountId, &Region) {
        match self {
            Self::DeleteAlarm(alarm) | Self::RestoreAlarm(alarm, _) => {
                (&alarm.account, &alarm.region)
            }
            Self::DeleteMetricFilter(log_group, _) | Self::RestoreMetricFilter(log_group, _) => {
                (&log_group.account, &log_group.region)
            }
            Self::RestoreTopicPolicy(topic, _)
            | Self::RestoreTopicKey(topic, _)
            | Self::DeleteTopic(topic) => (&topic.account, &topic.region),
            Self::Unsubscribe(subscribed) => (&subscribed.topic.account, &subscribed.topic.region),
        }
    }

    /// Returns whether it removes something or puts something back.
    #[must_use]
    pub fn mark(&self) -> UndoMark {
        match self {
            Self::DeleteAlarm(_)
            | Self::DeleteMetricFilter(..)
            | Self::Unsubscribe(_)
            | Self::DeleteTopic(_) => UndoMark::Remove,
            Self::RestoreAlarm(..)
            | Self::RestoreMetricFilter(..)
            | Self::RestoreTopicPolicy(..)
            | Self::RestoreTopicKey(..) => UndoMark::Restore,
        }
    }
}

/// Whether something is removed or put back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum UndoMark {
    /// It is removed.
    Remove,
    /// It is put back as it was.
    Restore,
}

impl UndoMark {
    /// Returns the mark in machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Remove => "remove",
            Self::Restore => "restore",
        }
    }
}

/// A write of an apply, as its journal tells it.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The step.
    pub id: StepId,
    /// The controls that it served.
    pub serves: BTreeSet<ControlId>,
    /// The write.
    pub action: Action,
    /// What it replaced; nothing when it made something new.
    pub replaced: Option<Replaced>,
}

/// What an undo would do.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoPlan {
    /// The account.
    pub account: AccountId,
    /// The partition of the account.
    pub partition: Partition,
    /// The Region that the apply wrote to.
    pub region: Region,
    /// What is taken back, each step after those that it needs.
    pub steps: Vec<UndoStep>,
    /// What is left as it is, and why.
    pub left: Vec<LeftAlone>,
    /// Topics that were asked for by name, whoever else uses them.
    pub by_name: BTreeSet<String>,
    /// Alarms of the apply that are removed or put back by this undo, or were put back before.
    pub going: BTreeSet<AlarmArn>,
    /// Subscriptions of the apply that nobody confirmed.
    pub pending: Vec<(TopicArn, Endpoint)>,
}

/// One thing that is taken back.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoStep {
    /// The write that is taken back; its identifier is that of this step, too.
    pub written: Written,
    /// What takes it back.
    pub reversal: Reversal,
    /// The steps that must be done before it.
    pub needs: BTreeSet<StepId>,
    /// For what is put back: the fields that change.
    pub changes: Vec<FieldChange>,
    /// What is worth knowing before.
    pub notes: Vec<String>,
}

impl UndoStep {
    /// Returns the identifier of the step.
    #[must_use]
    pub fn id(&self) -> &StepId {
        &self.written.id
    }
}

/// Something that is left as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct LeftAlone {
    /// The step that wrote it.
    pub id: StepId,
    /// The name of the resource, fit to be shown.
    pub resource: String,
    /// Why.
    pub reason: LeftReason,
}

/// Why something is left as it is.
#[derive(Debug, Clone, PartialEq)]
pub enum LeftReason {
    /// It is not there any more.
    Gone,
    /// It is already as it was before.
    Restored,
    /// It is no longer as the apply left it.
    Changed,
    /// It does not bear the tag of cis-fix any more.
    NotOurs,
    /// Others are subscribed to the topic.
    OthersSubscribed(usize),
    /// Alarms use it that this undo does not remove.
    Used(Vec<String>),
    /// An alarm of a kind whose actions are not known might use the topic.
    MayBeUsed(String),
    /// It waits for its confirmation, and has no name by which it could be removed.
    Pending(PendingEnd),
    /// What it was before cannot be put back by this version.
    Unrestorable,
    /// It could not be looked at.
    Unread(CallError),
}

/// How a subscription ends that nobody confirmed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PendingEnd {
    /// With its topic, which is removed.
    WithTopic,
    /// By itself.
    ByItself,
}

impl LeftReason {
    /// Returns the reason's code in machine-readable output.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Gone => "GONE",
            Self::Restored => "RESTORED",
            Self::Changed => "CHANGED",
            Self::NotOurs => "NOT_OURS",
            Self::OthersSubscribed(_) => "OTHERS_SUBSCRIBED",
            Self::Used(_) => "USED",
            Self::MayBeUsed(_) => "MAY_BE_USED",
            Self::Pending(_) => "PENDING",
            Self::Unrestorable => "UNRESTORABLE",
            Self::Unread(_) => "UNREAD",
        }
    }
}

/// What became of an undo.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoOutcome {
    /// The plan that was performed.
    pub plan: UndoPlan,
    /// What became of each of its steps, in its order.
    pub results: Vec<UndoResult>,
    /// Whether it was stopped from outside before its end.
    pub interrupted: bool,
    /// Why the journal could not be written, if it could not.
    pub unrecorded: Option<String>,
}

/// What became of one step of an undo.
#[derive(Debug, Clone, PartialEq)]
pub struct UndoResult {
    /// The step.
    pub step: UndoStep,
    /// What became of it.
    pub fate: Fate,
}
