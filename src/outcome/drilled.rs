//! What `drill` would do, and what became of it.

use crate::examine::{ForeignAlarm, OwnAlarm, UnreadAlarm};
use crate::model::{AccountId, ActionResult, AlarmState, CallError, Partition, Region, TopicArn};

/// What would be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Drill {
    /// The account.
    pub account: AccountId,
    /// Its partition.
    pub partition: Partition,
    /// The Region: the home Region of the trail, or where the asking began if there is none.
    pub region: Region,
    /// The controls' own alarms that are to be driven, by ARN.
    pub targets: Vec<Target>,
    /// The controls' own alarms that are not, by ARN, and why not.
    pub refused: Vec<(OwnAlarm, Refusal)>,
    /// Alarms of others, which are left alone.
    pub foreign: Vec<ForeignAlarm>,
    /// Alarms of which nobody could tell whose they are, which are left alone.
    pub unread: Vec<UnreadAlarm>,
}

/// An alarm that is to be driven.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// The alarm.
    pub alarm: OwnAlarm,
    /// The topics that it publishes to, in its order.
    pub topics: Vec<Audience>,
}

/// A topic and who hears it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audience {
    /// The topic.
    pub topic: TopicArn,
    /// How many subscriptions are confirmed, or why nobody knows.
    pub confirmed: Result<usize, CallError>,
}

/// Why an alarm is not driven.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// It does something else than publish to topics: these ARNs; foreign text.
    OtherActions(Vec<String>),
    /// Its actions are disabled.
    Muted,
    /// It has no action for ALARM.
    NoAction,
}

/// What became of a drill.
#[derive(Debug, Clone, PartialEq)]
pub struct Drilled {
    /// What was to be done.
    pub drill: Drill,
    /// What became of each target, in their order.
    pub trials: Vec<Trial>,
    /// Whether it was stopped from outside before its end.
    pub interrupted: bool,
    /// Why the journal could not be written, if it could not.
    pub unrecorded: Option<String>,
}

/// What became of an alarm.
#[derive(Debug, Clone, PartialEq)]
pub enum Trial {
    /// It was driven, or may have been.
    Driven(Driven),
    /// It was in ALARM already, so that nothing would have happened.
    InAlarm,
    /// It was not driven: it has changed since the drill was agreed to, or is gone.
    Changed,
    /// It was not driven: nobody knows its state, or nothing may be written without a record.
    Failed(CallError),
    /// It was not driven, since the journal could not be written.
    Unrecorded,
    /// It was not driven, since somebody asked to stop.
    Interrupted,
}

/// What was seen of an alarm that was driven.
#[derive(Debug, Clone, PartialEq)]
pub struct Driven {
    /// Its state before.
    pub before: AlarmState,
    /// Why it could not be driven, or not be watched, if that failed.
    pub error: Option<CallError>,
    /// Whether its history shows that it came to ALARM.
    pub seen: bool,
    /// What the history tells of each topic, in the target's order; none when it tells nothing.
    pub results: Vec<Option<ActionResult>>,
    /// Whether it is back in the state before.
    pub back: Back,
}

/// Whether an alarm is back in its state before.
#[derive(Debug, Clone, PartialEq)]
pub enum Back {
    /// It was put back.
    Restored,
    /// CloudWatch had judged it anew in the meantime, so that it was not touched again.
    Itself(AlarmState),
    /// It could not be put back.
    Failed(CallError),
}

impl Driven {
    /// Returns whether every topic was published to.
    #[must_use]
    pub fn is_published(&self) -> bool {
        let published = |result: &Option<ActionResult>| *result == Some(ActionResult::Succeeded);
        self.seen && self.results.iter().all(published)
    }
}
