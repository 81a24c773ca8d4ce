//! The shapes of `cis-fix/mute/v1` and `cis-fix/drill/v1`.

use serde::Serialize;

use super::applied::{ErrorShape, error_shape};
use crate::examine::{ForeignAlarm, OwnAlarm, UnreadAlarm};
use crate::model::{ActionResult, AlarmArn, CallError, ControlId};
use crate::outcome::{Audience, Back, Drilled, Driven, Fate, Muted, Refusal, SkipReason, Trial};
use crate::report::put_back_by_hand;

/// The document of `mute` and `unmute`.
#[derive(Debug, Serialize)]
pub(super) struct MutedShape<'report> {
    schema: &'static str,
    command: &'static str,
    account: &'report str,
    region: &'report str,
    journal: Option<&'report str>,
    interrupted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unrecorded: Option<&'report str>,
    alarms: Vec<AlarmShape<'report>>,
    left_alone: Vec<LeftAlone<'report>>,
    summary: MutedSummary,
}

#[derive(Debug, Serialize)]
struct AlarmShape<'report> {
    name: &'report str,
    arn: String,
    control: &'report str,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorShape<'report>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct LeftAlone<'report> {
    name: &'report str,
    arn: String,
    reason: &'static str,
    controls: Vec<&'report str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorShape<'report>>,
}

#[derive(Debug, Serialize)]
struct MutedSummary {
    done: usize,
    already: usize,
    failed: usize,
    skipped: usize,
    left_alone: usize,
}

impl<'report> MutedShape<'report> {
    pub(super) fn new(muted: &'report Muted, journal: Option<&'report str>) -> Self {
        let Muted {
            muting,
            fates,
            interrupted,
            unrecorded,
        } = muted;
        let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count();
        let left_alone = left_alone(&muting.foreign, &muting.unread);
        let mut alarms: Vec<_> = muting
            .targets
            .iter()
            .zip(fates)
            .map(|(alarm, fate)| switched(alarm, fate))
            .collect();
        alarms.extend(muting.already.iter().map(|alarm| plain(alarm, "already")));
        alarms.sort_by(|one, other| one.arn.cmp(&other.arn));
        Self {
            schema: "cis-fix/mute/v1",
            command: muting.to.command(),
            account: muting.account.as_str(),
            region: muting.region.as_str(),
            journal,
            interrupted: *interrupted,
            unrecorded: unrecorded.as_deref(),
            alarms,
            summary: MutedSummary {
                done: count(|fate| matches!(fate, Fate::Done)),
                already: muting.already.len(),
                failed: count(|fate| matches!(fate, Fate::Failed(_))),
                skipped: count(|fate| matches!(fate, Fate::Skipped(_))),
                left_alone: left_alone.len(),
            },
            left_alone,
        }
    }
}

fn plain<'report>(alarm: &'report OwnAlarm, result: &'static str) -> AlarmShape<'report> {
    AlarmShape {
        name: &alarm.arn.name,
        arn: alarm.arn.to_string(),
        control: alarm.control.as_str(),
        result,
        error: None,
        reason: None,
    }
}

fn switched<'report>(alarm: &'report OwnAlarm, fate: &'report Fate) -> AlarmShape<'report> {
    match fate {
        Fate::Done => plain(alarm, "done"),
        Fate::Failed(error) => AlarmShape {
            error: Some(error_shape(error)),
            ..plain(alarm, "failed")
        },
        Fate::Skipped(reason) => AlarmShape {
            reason: Some(match reason {
                SkipReason::Interrupted => "interrupted",
                SkipReason::Unrecorded => "unrecorded",
                SkipReason::Needs(_)
                | SkipReason::Changed
                | SkipReason::Declined
                | SkipReason::Credentials => "left_out",
            }),
            ..plain(alarm, "skipped")
        },
    }
}

fn left_alone<'report>(
    foreign: &'report [ForeignAlarm],
    unread: &'report [UnreadAlarm],
) -> Vec<LeftAlone<'report>> {
    let shape = |arn: &'report AlarmArn, reason| LeftAlone {
        name: arn.name.as_str(),
        arn: arn.to_string(),
        reason,
        controls: Vec::new(),
        error: None,
    };
    let foreign = foreign.iter().map(|alarm| LeftAlone {
        controls: alarm.controls.iter().map(ControlId::as_str).collect(),
        ..shape(&alarm.arn, "foreign")
    });
    let unread = unread.iter().map(|alarm| LeftAlone {
        error: Some(error_shape(&alarm.error)),
        ..shape(&alarm.arn, "unknown")
    });
    foreign.chain(unread).collect()
}

/// The document of `drill`.
#[derive(Debug, Serialize)]
pub(super) struct DrilledShape<'report> {
    schema: &'static str,
    account: &'report str,
    region: &'report str,
    journal: Option<&'report str>,
    interrupted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unrecorded: Option<&'report str>,
    alarms: Vec<DrillShape<'report>>,
    left_alone: Vec<LeftAlone<'report>>,
    summary: DrilledSummary,
}

#[derive(Debug, Serialize)]
struct DrillShape<'report> {
    name: &'report str,
    arn: String,
    control: &'report str,
    result: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    other_actions: Vec<&'report str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorShape<'report>>,
    topics: Vec<TopicShape<'report>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    previous_state: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    back: Option<BackShape<'report>>,
}

#[derive(Debug, Serialize)]
struct TopicShape<'report> {
    arn: String,
    confirmed_subscriptions: Option<usize>,
    notification: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<&'report str>,
}

#[derive(Debug, Serialize)]
struct BackShape<'report> {
    restored: bool,
    state: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorShape<'report>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    by_hand: Option<String>,
}

#[derive(Debug, Serialize)]
struct DrilledSummary {
    published: usize,
    not_published: usize,
    not_driven: usize,
    not_restored: usize,
    left_alone: usize,
}

impl<'report> DrilledShape<'report> {
    pub(super) fn new(drilled: &'report Drilled, journal: Option<&'report str>) -> Self {
        let Drilled {
            drill,
            trials,
            interrupted,
            unrecorded,
        } = drilled;
        let mut alarms: Vec<_> = drill
            .targets
            .iter()
            .zip(trials)
            .map(|(target, trial)| tried(&target.alarm, &target.topics, trial))
            .collect();
        alarms.extend(
            drill
                .refused
                .iter()
                .map(|(alarm, refusal)| refused(alarm, refusal)),
        );
        alarms.sort_by(|one, other| one.arn.cmp(&other.arn));
        let left_alone = left_alone(&drill.foreign, &drill.unread);
        let count = |result: &str| alarms.iter().filter(|alarm| alarm.result == result).count();
        let is_left = |alarm: &&DrillShape<'_>| {
            let back = alarm.back.as_ref();
            back.is_some_and(|back| !back.restored)
        };
        Self {
            schema: "cis-fix/drill/v1",
            account: drill.account.as_str(),
            region: drill.region.as_str(),
            journal,
            interrupted: *interrupted,
            unrecorded: unrecorded.as_deref(),
            summary: DrilledSummary {
                published: count("published"),
                not_published: count("not_published"),
                not_driven: count("not_driven"),
                not_restored: alarms.iter().filter(is_left).count(),
                left_alone: left_alone.len(),
            },
            alarms,
            left_alone,
        }
    }
}

fn not_driven<'report>(alarm: &'report OwnAlarm, reason: &'static str) -> DrillShape<'report> {
    DrillShape {
        name: &alarm.arn.name,
        arn: alarm.arn.to_string(),
        control: alarm.control.as_str(),
        result: "not_driven",
        reason: Some(reason),
        other_actions: Vec::new(),
        error: None,
        topics: Vec::new(),
        previous_state: None,
        back: None,
    }
}

fn refused<'report>(alarm: &'report OwnAlarm, refusal: &'report Refusal) -> DrillShape<'report> {
    match refusal {
        Refusal::OtherActions(arns) => DrillShape {
            other_actions: arns.iter().map(String::as_str).collect(),
            ..not_driven(alarm, "other_actions")
        },
        Refusal::Muted => not_driven(alarm, "muted"),
        Refusal::NoAction => not_driven(alarm, "no_action"),
    }
}

fn tried<'report>(
    alarm: &'report OwnAlarm,
    topics: &'report [Audience],
    trial: &'report Trial,
) -> DrillShape<'report> {
    match trial {
        Trial::Driven(driven) => self::driven(alarm, topics, driven),
        Trial::InAlarm => not_driven(alarm, "in_alarm"),
        Trial::Changed => not_driven(alarm, "changed"),
        Trial::Unrecorded => not_driven(alarm, "unrecorded"),
        Trial::Interrupted => not_driven(alarm, "interrupted"),
        Trial::Failed(error) => DrillShape {
            error: Some(error_shape(error)),
            ..not_driven(alarm, "failed")
        },
    }
}

fn driven<'report>(
    alarm: &'report OwnAlarm,
    topics: &'report [Audience],
    driven: &'report Driven,
) -> DrillShape<'report> {
    let results = topics.iter().zip(&driven.results);
    DrillShape {
        result: if driven.is_published() {
            "published"
        } else {
            "not_published"
        },
        reason: None,
        error: driven.error.as_ref().map(error_shape),
        topics: results
            .map(|(audience, result)| topic(audience, result.as_ref()))
            .collect(),
        previous_state: Some(driven.before.as_str()),
        back: Some(back(alarm, driven)),
        ..not_driven(alarm, "")
    }
}

fn topic<'report>(
    audience: &'report Audience,
    result: Option<&'report ActionResult>,
) -> TopicShape<'report> {
    let (notification, message) = match result {
        Some(ActionResult::Succeeded) => ("published", None),
        Some(ActionResult::Failed(why)) => ("failed", Some(why.as_str())),
        Some(ActionResult::Open) | None => ("unknown", None),
    };
    TopicShape {
        arn: audience.topic.to_string(),
        confirmed_subscriptions: audience.confirmed.as_ref().ok().copied(),
        notification,
        message,
    }
}

fn back<'report>(alarm: &OwnAlarm, driven: &'report Driven) -> BackShape<'report> {
    let shape = |restored, state, error: Option<&'report CallError>| BackShape {
        restored,
        state,
        error: error.map(error_shape),
        by_hand: error.map(|_| put_back_by_hand(&alarm.arn, driven.before)),
    };
    match &driven.back {
        Back::Restored => shape(true, driven.before.as_str(), None),
        Back::Itself(state) => shape(true, state.as_str(), None),
        Back::Failed(error) => shape(false, "ALARM", Some(error)),
    }
}
