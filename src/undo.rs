//! Takes back what one apply did, as far as it is still as that apply left it.
//!
//! What is there is compared whole before anything is deleted, first for the plan and once more right before each
//! write. What somebody changed since, or uses, is left alone and said so. Each write is recorded before it is tried
//! and after; an undo that was cut off can be run again.

mod decide;
mod facts;

use std::collections::BTreeMap;

use crate::cloud::{CloudReader, CloudReverser, CloudWriter};
use crate::consent::ApprovedUndo;
use crate::journal::{Entry, History, Recovery, UndoJournal, Unrecorded};
use crate::model::CallErrorKind;
use crate::outcome::{Fate, SkipReason};
use crate::plan::StepId;
use crate::reversal::{LeftReason, UndoOutcome, UndoPlan, UndoResult, UndoStep};

pub use decide::Request;
pub use facts::{Facts, facts};

/// How often a write is tried whose answers are lost while reading shows that nothing happened.
const MOST_TRIES: u32 = 3;

/// What is told while steps are taken back.
pub trait UndoProgress {
    /// A step begins.
    fn begins(&self, step: &UndoStep);
    /// A step has met its fate.
    fn ended(&self, step: &UndoStep, fate: &Fate);
    /// Returns whether somebody asked to stop: no new step begins then.
    fn is_stopped(&self) -> bool;
}

/// Returns what an undo of what a journal tells would do, as things are.
#[must_use]
pub fn undo_plan(history: &History, facts: &Facts, request: &Request) -> UndoPlan {
    decide::plan(history, facts, request)
}

/// Takes back the approved steps, one after the other, and returns what became of each.
///
/// When the journal cannot be written, no further write begins.
pub async fn undo<Account: CloudReader + CloudWriter + CloudReverser>(
    account: &Account,
    journal: &impl UndoJournal,
    approved: ApprovedUndo,
    progress: &impl UndoProgress,
) -> UndoOutcome {
    let plan = approved.into_plan();
    let mut fates: BTreeMap<StepId, Fate> = BTreeMap::new();
    let mut stopped: Option<SkipReason> = None;
    let mut unrecorded: Option<Unrecorded> = None;
    for step in &plan.steps {
        if progress.is_stopped() {
            stopped.get_or_insert(SkipReason::Interrupted);
        }
        let lost = |need: &&StepId| fates.get(*need) != Some(&Fate::Done);
        let needs = step.needs.iter().find(lost).cloned();
        let skipped = stopped.clone().or_else(|| needs.map(SkipReason::Needs));
        let fate = if let Some(reason) = skipped {
            Fate::Skipped(reason)
        } else {
            progress.begins(step);
            let (fate, failure) = perform(account, journal, (&plan, step)).await;
            if let Some(failure) = failure {
                stopped.get_or_insert(SkipReason::Unrecorded);
                unrecorded.get_or_insert(failure);
            }
            if let Fate::Failed(error) = &fate
                && error.kind == CallErrorKind::Credentials
            {
                stopped.get_or_insert(SkipReason::Credentials);
            }
            fate
        };
        progress.ended(step, &fate);
        fates.insert(step.id().clone(), fate);
    }
    let results: Vec<UndoResult> = plan
        .steps
        .iter()
        .filter_map(|step| {
            Some(UndoResult {
                fate: fates.remove(step.id())?,
                step: step.clone(),
            })
        })
        .collect();
    UndoOutcome {
        interrupted: results
            .iter()
            .any(|result| result.fate == Fate::Skipped(SkipReason::Interrupted)),
        unrecorded: unrecorded.map(|failure| failure.to_string()),
        results,
        plan,
    }
}

/// Looks once more, records the write, tries it, and records what came of it.
async fn perform<Account: CloudReader + CloudWriter + CloudReverser>(
    account: &Account,
    journal: &impl UndoJournal,
    (plan, step): (&UndoPlan, &UndoStep),
) -> (Fate, Option<Unrecorded>) {
    match look(account, plan, step).await {
        Sight::AsPlanned => {}
        Sight::Ended(fate) => return (fate, None),
    }
    if let Err(failure) = journal.intend(step) {
        return (Fate::Skipped(SkipReason::Unrecorded), Some(failure));
    }
    let fate = reverted(account, plan, step).await;
    let unrecorded = journal.conclude(step, &fate).err();
    (fate, unrecorded)
}

/// What a resource looks like to the step that is to take it back.
enum Sight {
    /// As the plan saw it.
    AsPlanned,
    /// Nothing is to be done any more, or nothing may be.
    Ended(Fate),
}

async fn look(account: &impl CloudReader, plan: &UndoPlan, step: &UndoStep) -> Sight {
    let facts = facts::of_one(account, &step.written).await;
    match decide::again(plan, step, &facts) {
        Ok(reversal) if reversal == step.reversal => Sight::AsPlanned,
        Err(LeftReason::Gone | LeftReason::Restored) => Sight::Ended(Fate::Done),
        Err(LeftReason::Unread(error)) => Sight::Ended(Fate::Failed(error)),
        Ok(_)
        | Err(
            LeftReason::Changed
            | LeftReason::NotOurs
            | LeftReason::OthersSubscribed(_)
            | LeftReason::Used(_)
            | LeftReason::MayBeUsed(_)
            | LeftReason::Pending(_)
            | LeftReason::Unrestorable,
        ) => Sight::Ended(Fate::Skipped(SkipReason::Changed)),
    }
}

/// Takes something back, and finds out by reading whether it happened when the answer was lost.
async fn reverted<Account: CloudReader + CloudWriter + CloudReverser>(
    account: &Account,
    plan: &UndoPlan,
    step: &UndoStep,
) -> Fate {
    let mut tries = 0;
    loop {
        tries += 1;
        let Err(error) = account.revert(&step.reversal).await else {
            return Fate::Done;
        };
        match error.kind {
            CallErrorKind::Conflict => account.wait_out(tries).await,
            // What is not there any more may have been removed by a call whose answer was lost.
            CallErrorKind::Service | CallErrorKind::Timeout | CallErrorKind::NotFound => {}
            CallErrorKind::Denied
            | CallErrorKind::Credentials
            | CallErrorKind::Throttled
            | CallErrorKind::Quota
            | CallErrorKind::Invalid
            | CallErrorKind::Unsupported
            | CallErrorKind::Unreachable
            | CallErrorKind::Malformed => return Fate::Failed(error),
        }
        match look(account, plan, step).await {
            Sight::AsPlanned if tries < MOST_TRIES => {}
            Sight::AsPlanned | Sight::Ended(Fate::Failed(_)) => return Fate::Failed(error),
            Sight::Ended(fate) => return fate,
        }
    }
}

/// Returns what became of something that an apply was about to write, of which the journal does not tell it, as
/// things are.
#[must_use]
pub fn recovery(plan: &UndoPlan, entry: &Entry) -> Recovery {
    let left = plan.left.iter().find(|left| left.id == entry.id);
    match left.map(|left| &left.reason) {
        // It is exactly as the apply was to leave it.
        None if plan.steps.iter().any(|other| *other.id() == entry.id) => Recovery::Done,
        None | Some(LeftReason::Unread(_)) => Recovery::Unknown,
        // What was there before is gone as well, so that somebody else removed it.
        Some(LeftReason::Gone) if entry.replaced.is_some() => Recovery::Changed,
        Some(LeftReason::Gone | LeftReason::Restored) => Recovery::NotDone,
        Some(
            LeftReason::OthersSubscribed(_)
            | LeftReason::Used(_)
            | LeftReason::MayBeUsed(_)
            | LeftReason::Pending(_)
            | LeftReason::Unrestorable,
        ) => Recovery::Done,
        Some(LeftReason::Changed | LeftReason::NotOurs) => Recovery::Changed,
    }
}

/// Returns what became of a step that an undo was about to take back, as the apply wrote it: the other way round.
#[must_use]
pub fn recovery_of_undo(plan: &UndoPlan, entry: &Entry) -> Recovery {
    match recovery(plan, entry) {
        Recovery::Done => Recovery::NotDone,
        Recovery::NotDone => Recovery::Done,
        other @ (Recovery::Changed | Recovery::Unknown) => other,
    }
}
