//! Switches the actions of alarms, and looks whether they are as they should be.

use super::Watch;
use crate::cloud::{ALARMS_AT_ONCE, AlarmSwitch, CloudReader};
use crate::examine::OwnAlarm;
use crate::journal::{AlarmJournal, AlarmOrder};
use crate::model::{ActionsSwitch, AlarmArn, AlarmKind, CallError, CallErrorKind};
use crate::outcome::{Fate, Muted, Muting, SkipReason};

/// Switches the targets, a batch after the other, and returns what became of each.
pub async fn switch<Account: CloudReader + AlarmSwitch>(
    account: &Account,
    journal: &impl AlarmJournal,
    muting: Muting,
    watch: &impl Watch,
) -> Muted {
    let mut fates = Vec::new();
    let mut unrecorded = None;
    for batch in batches(&muting.targets) {
        let reason = if unrecorded.is_some() {
            Some(SkipReason::Unrecorded)
        } else {
            watch.is_stopped().then_some(SkipReason::Interrupted)
        };
        if let Some(reason) = reason {
            fates.extend(batch.iter().map(|_| Fate::Skipped(reason.clone())));
            continue;
        }
        let order = AlarmOrder::switch(batch.iter().map(|alarm| alarm.arn.clone()), muting.to);
        if let Err(failure) = journal.intend(&order) {
            fates.extend(batch.iter().map(|_| Fate::Skipped(SkipReason::Unrecorded)));
            unrecorded = Some(failure.to_string());
            continue;
        }
        let switched = switch_batch(account, batch, muting.to).await;
        let failed = switched.iter().find_map(|fate| match fate {
            Fate::Failed(error) => Some(error),
            Fate::Done | Fate::Skipped(_) => None,
        });
        if let Err(failure) = journal.conclude(&order, failed) {
            unrecorded = Some(failure.to_string());
        }
        watch.tells(&told(batch, &switched));
        fates.extend(switched);
    }
    Muted {
        interrupted: fates.contains(&Fate::Skipped(SkipReason::Interrupted)),
        muting,
        fates,
        unrecorded,
    }
}

/// Returns the targets in batches that a call can take: each of one Region.
fn batches(targets: &[OwnAlarm]) -> Vec<&[OwnAlarm]> {
    targets
        .chunk_by(|one, other| one.arn.region == other.arn.region)
        .flat_map(|same| same.chunks(ALARMS_AT_ONCE))
        .collect()
}

fn told(batch: &[OwnAlarm], fates: &[Fate]) -> String {
    let done = fates.iter().filter(|fate| **fate == Fate::Done).count();
    format!("{done} of {} alarms switched", batch.len())
}

async fn switch_batch<Account: CloudReader + AlarmSwitch>(
    account: &Account,
    batch: &[OwnAlarm],
    to: ActionsSwitch,
) -> Vec<Fate> {
    let arns: Vec<AlarmArn> = batch.iter().map(|alarm| alarm.arn.clone()).collect();
    let called = account.switch(&arns, to).await;
    if let Err(error) = &called
        && !error.kind.may_have_happened()
    {
        return batch.iter().map(|_| Fate::Failed(error.clone())).collect();
    }
    let Some(first) = arns.first() else {
        return Vec::new();
    };
    let alarms = match account.alarms(&first.region).await {
        Ok(alarms) => alarms,
        // Whether it happened is not known: the call's own failure says more than that of the look.
        Err(error) => {
            let error = called.err().unwrap_or(error);
            return batch.iter().map(|_| Fate::Failed(error.clone())).collect();
        }
    };
    let is_as_wanted = |arn: &AlarmArn| {
        let found = alarms.iter().find(|alarm| alarm.arn == *arn);
        found.is_some_and(|alarm| match &alarm.kind {
            AlarmKind::Metric(settings) => {
                settings.actions_enabled == (to == ActionsSwitch::Enabled)
            }
            AlarmKind::Composite | AlarmKind::Log => false,
        })
    };
    arns.iter()
        .map(|arn| {
            if is_as_wanted(arn) {
                Fate::Done
            } else {
                Fate::Failed(called.clone().err().unwrap_or_else(|| not_so(to)))
            }
        })
        .collect()
}

fn not_so(to: ActionsSwitch) -> CallError {
    let message = "the call succeeded, but the alarm does not show it";
    CallError::new(to.permission(), CallErrorKind::Conflict, message)
}
