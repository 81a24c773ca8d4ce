//! Drives alarms through ALARM and back, one after the other, and watches what is published.
//!
//! An alarm that came to ALARM is put back whatever happens: an error, a stop, a journal that cannot be written.

use super::Watch;
use crate::cloud::{AlarmDriver, CloudReader};
use crate::journal::{AlarmJournal, AlarmOrder};
use crate::model::{
    ActionResult, AlarmArn, AlarmKind, AlarmState, CallError, CallErrorKind, HistoryEvent,
    HistoryItem, Reading,
};
use crate::outcome::{Audience, Back, Drill, Drilled, Driven, Target, Trial};

/// How often it is tried to put an alarm back.
const TRIES: u32 = 3;

/// How a drill is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Why the state is set, as it appears in the history; no other drill has the same.
    pub reason: String,
    /// How often the history is looked at before it is given up.
    pub looks: u32,
}

/// Drives the targets and returns what was seen of each.
pub async fn drive<Account: CloudReader + AlarmDriver>(
    account: &Account,
    journal: &impl AlarmJournal,
    drill: Drill,
    terms: &Terms,
    watch: &impl Watch,
) -> Drilled {
    let driver = Driver {
        account,
        journal,
        terms,
        watch,
    };
    let mut trials = Vec::new();
    let mut unrecorded = None;
    for target in &drill.targets {
        let trial = if unrecorded.is_some() {
            Trial::Unrecorded
        } else if watch.is_stopped() {
            Trial::Interrupted
        } else {
            driver.trial(target, &mut unrecorded).await
        };
        trials.push(trial);
    }
    Drilled {
        interrupted: watch.is_stopped(),
        drill,
        trials,
        unrecorded,
    }
}

pub(super) struct Driver<'drill, Account, Journal, Told> {
    pub(super) account: &'drill Account,
    pub(super) journal: &'drill Journal,
    pub(super) terms: &'drill Terms,
    pub(super) watch: &'drill Told,
}

impl<Account, Journal, Told> Driver<'_, Account, Journal, Told>
where
    Account: CloudReader + AlarmDriver,
    Journal: AlarmJournal,
    Told: Watch,
{
    async fn trial(&self, target: &Target, unrecorded: &mut Option<String>) -> Trial {
        let arn = &target.alarm.arn;
        let before = match self.before(target).await {
            Ok(before) => before,
            Err(trial) => return trial,
        };
        let order = AlarmOrder::drive(arn.clone(), before, AlarmState::Alarm, &self.terms.reason);
        if let Err(failure) = self.journal.intend(&order) {
            *unrecorded = Some(failure.to_string());
            return Trial::Unrecorded;
        }
        self.watch
            .tells(&format!("alarm {}: {before} to ALARM", arn.name));
        let reason = &self.terms.reason;
        let set = self
            .account
            .set_alarm_state(arn, AlarmState::Alarm, reason)
            .await;
        self.conclude(&order, set.as_ref().err(), unrecorded);
        let error = match set {
            Err(error) if !error.kind.may_have_happened() => return Trial::Failed(error),
            set => set.err(),
        };
        let seen = self.watch_history(target).await;
        let back = self.put_back(arn, before, unrecorded).await;
        let (error, sight) = match seen {
            Ok(sight) => (error, sight),
            Err(unread) => (error.or(Some(unread)), Sight::nothing(&target.topics)),
        };
        let driven = Driven {
            before,
            error,
            seen: sight.seen,
            results: sight.results,
            back,
        };
        self.watch
            .tells(&format!("alarm {}: {}", arn.name, told(&driven)));
        Trial::Driven(driven)
    }

    /// Returns the state of an alarm that may be driven, or why it may not.
    async fn before(&self, target: &Target) -> Result<AlarmState, Trial> {
        let arn = &target.alarm.arn;
        let now = self.account.alarm(arn).await.map_err(Trial::Failed)?;
        let is_as_agreed = now.is_some_and(|alarm| match alarm.kind {
            AlarmKind::Metric(settings) => *settings == target.alarm.settings,
            AlarmKind::Composite | AlarmKind::Log => false,
        });
        if !is_as_agreed {
            return Err(Trial::Changed);
        }
        match self.account.alarm_state(arn).await.map_err(Trial::Failed)? {
            None => Err(Trial::Changed),
            Some(AlarmState::Alarm) => Err(Trial::InAlarm),
            Some(before @ (AlarmState::Ok | AlarmState::InsufficientData)) => Ok(before),
        }
    }

    /// Looks at the history until it tells of every topic, or patience ends, or somebody asks to stop.
    async fn watch_history(&self, target: &Target) -> Reading<Sight> {
        let mut last = Ok(Sight::nothing(&target.topics));
        for look in 0..self.terms.looks {
            if look > 0 {
                self.account.pause().await;
            }
            let history = self.account.alarm_history(&target.alarm.arn).await;
            last = history.map(|items| sight(&items, &self.terms.reason, &target.topics));
            if last.as_ref().is_ok_and(Sight::is_whole) || self.watch.is_stopped() {
                break;
            }
        }
        last
    }

    /// Puts an alarm back, unless CloudWatch has judged it anew by now.
    pub(super) async fn put_back(
        &self,
        arn: &AlarmArn,
        before: AlarmState,
        unrecorded: &mut Option<String>,
    ) -> Back {
        let mut tries = TRIES;
        loop {
            let failure = match self.account.alarm_state(arn).await {
                Ok(None) => return Back::Failed(gone()),
                Ok(Some(now @ (AlarmState::Ok | AlarmState::InsufficientData)))
                    if tries == TRIES =>
                {
                    return Back::Itself(now);
                }
                Ok(Some(AlarmState::Ok | AlarmState::InsufficientData)) => return Back::Restored,
                Ok(Some(AlarmState::Alarm)) | Err(_) if tries == 0 => {
                    return Back::Failed(not_back());
                }
                Ok(Some(AlarmState::Alarm)) | Err(_) => {
                    self.set_back(arn, before, unrecorded).await.err()
                }
            };
            tries -= 1;
            if let Some(error) = failure {
                if tries == 0 || !is_worth_another(&error) {
                    return Back::Failed(error);
                }
                self.account.pause().await;
            }
        }
    }

    async fn set_back(
        &self,
        arn: &AlarmArn,
        before: AlarmState,
        unrecorded: &mut Option<String>,
    ) -> Result<(), CallError> {
        let reason = format!("{}: over", self.terms.reason);
        let order = AlarmOrder::drive(arn.clone(), AlarmState::Alarm, before, &reason);
        // What stands in ALARM is put back even if nobody can write down that it was.
        if let Err(failure) = self.journal.intend(&order) {
            unrecorded.get_or_insert(failure.to_string());
        }
        let set = self.account.set_alarm_state(arn, before, &reason).await;
        self.conclude(&order, set.as_ref().err(), unrecorded);
        set
    }

    fn conclude(
        &self,
        order: &AlarmOrder,
        failed: Option<&CallError>,
        unrecorded: &mut Option<String>,
    ) {
        if let Err(failure) = self.journal.conclude(order, failed) {
            unrecorded.get_or_insert(failure.to_string());
        }
    }
}

/// Returns whether a failure to put an alarm back may be over in a moment.
fn is_worth_another(error: &CallError) -> bool {
    error.kind.may_have_happened()
        || matches!(
            error.kind,
            CallErrorKind::Throttled | CallErrorKind::Conflict
        )
}

fn gone() -> CallError {
    let message = "the alarm is no longer there";
    CallError::new("cloudwatch:SetAlarmState", CallErrorKind::NotFound, message)
}

fn not_back() -> CallError {
    let message = "the alarm is still in ALARM";
    CallError::new("cloudwatch:SetAlarmState", CallErrorKind::Conflict, message)
}

fn told(driven: &Driven) -> String {
    let published = if driven.is_published() {
        "published"
    } else {
        "NOT PUBLISHED"
    };
    match &driven.back {
        Back::Restored => format!("{published}, back in {}", driven.before),
        Back::Itself(state) => format!("{published}, in {state} by itself"),
        Back::Failed(_) => format!("{published}, STILL IN ALARM"),
    }
}

/// What the history tells of a drill.
#[derive(Debug)]
struct Sight {
    seen: bool,
    results: Vec<Option<ActionResult>>,
}

impl Sight {
    fn nothing(topics: &[Audience]) -> Self {
        Self {
            seen: false,
            results: topics.iter().map(|_| None).collect(),
        }
    }

    fn is_whole(&self) -> bool {
        let is_final = |result: &Option<ActionResult>| match result {
            Some(ActionResult::Succeeded | ActionResult::Failed(_)) => true,
            Some(ActionResult::Open) | None => false,
        };
        self.seen && self.results.iter().all(is_final)
    }
}

/// Returns what the history, newest first, tells of the state change with this reason and of the topics since.
fn sight(items: &[HistoryItem], reason: &str, topics: &[Audience]) -> Sight {
    let is_ours = |item: &&HistoryItem| matches!(&item.event, HistoryEvent::StateUpdate { to: AlarmState::Alarm, reason: said } if said == reason);
    let Some(update) = items.iter().find(is_ours) else {
        return Sight::nothing(topics);
    };
    let since = || items.iter().filter(|item| item.at >= update.at);
    let result = |audience: &Audience| {
        let topic = audience.topic.to_string();
        since().find_map(|item| match &item.event {
            HistoryEvent::Action { resource, result } if *resource == topic => Some(result.clone()),
            HistoryEvent::Action { .. }
            | HistoryEvent::StateUpdate { .. }
            | HistoryEvent::Other => None,
        })
    };
    Sight {
        seen: true,
        results: topics.iter().map(result).collect(),
    }
}
