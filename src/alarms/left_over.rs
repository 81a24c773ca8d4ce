//! Puts back what a drill left in ALARM when it was cut off.

use super::Watch;
use super::drive::{Driver, Terms};
use crate::cloud::{AlarmDriver, CloudReader};
use crate::desired::OWNER_TAG;
use crate::journal::{AlarmJournal, LeftInAlarm};
use crate::model::{AlarmState, HistoryEvent, Reading};
use crate::outcome::Back;

/// Puts back an alarm of ours that is still as a drill left it; returns nothing when it is not.
///
/// With it comes why that could not be recorded, if it could not.
///
/// # Errors
///
/// Fails when nobody can look at the alarm.
pub async fn put_back<Account: CloudReader + AlarmDriver>(
    account: &Account,
    journal: &impl AlarmJournal,
    left: &LeftInAlarm,
    watch: &impl Watch,
) -> Reading<Option<(Back, Option<String>)>> {
    if !is_as_left(account, left).await? {
        return Ok(None);
    }
    let terms = Terms {
        reason: left.reason.clone(),
        looks: 0,
    };
    let driver = Driver {
        account,
        journal,
        terms: &terms,
        watch,
    };
    let mut unrecorded = None;
    let back = driver
        .put_back(&left.alarm, left.before, &mut unrecorded)
        .await;
    Ok(Some((back, unrecorded)))
}

/// Returns whether an alarm of ours is in ALARM and the last that happened to it is that the drill put it there.
async fn is_as_left<Account: CloudReader + AlarmDriver>(
    account: &Account,
    left: &LeftInAlarm,
) -> Reading<bool> {
    let arn = &left.alarm;
    if account.alarm_state(arn).await? != Some(AlarmState::Alarm)
        || !account.alarm_tags(arn).await?.contains_key(OWNER_TAG)
    {
        return Ok(false);
    }
    let history = account.alarm_history(arn).await?;
    let last = history.into_iter().find_map(|item| match item.event {
        HistoryEvent::StateUpdate { to, reason } => Some((to, reason)),
        HistoryEvent::Action { .. } | HistoryEvent::Other => None,
    });
    Ok(last == Some((AlarmState::Alarm, left.reason.clone())))
}
