//! What `mute` and `unmute` would do, and what became of it.

use super::Fate;
use crate::examine::{ForeignAlarm, OwnAlarm, UnreadAlarm};
use crate::model::{AccountId, ActionsSwitch, Partition, Region};

/// What would be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Muting {
    /// The account.
    pub account: AccountId,
    /// Its partition.
    pub partition: Partition,
    /// The Region: the home Region of the trail, or where the asking began if there is none.
    pub region: Region,
    /// What the actions are to be.
    pub to: ActionsSwitch,
    /// The controls' own alarms that are to be switched, by ARN.
    pub targets: Vec<OwnAlarm>,
    /// The controls' own alarms that are so already, by ARN.
    pub already: Vec<OwnAlarm>,
    /// Alarms of others, which are left alone.
    pub foreign: Vec<ForeignAlarm>,
    /// Alarms of which nobody could tell whose they are, which are left alone.
    pub unread: Vec<UnreadAlarm>,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Muted {
    /// What was to be done.
    pub muting: Muting,
    /// What became of each target, in their order.
    pub fates: Vec<Fate>,
    /// Whether it was stopped from outside before its end.
    pub interrupted: bool,
    /// Why the journal could not be written, if it could not.
    pub unrecorded: Option<String>,
}
