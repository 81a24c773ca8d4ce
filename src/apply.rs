//! Performs the steps of an approved plan, and makes no choices of its own.
//!
//! Each resource is looked at right before it is written: what is no longer as the plan saw it is left alone.
//! Each write is recorded before it is tried and after. Whether a write happened whose answer was lost is read
//! back, never guessed. A failed step takes those with it that need it; the others go on, unless the credentials
//! are good for nothing any more.

mod board;
mod guard;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::cloud::{CloudReader, CloudWriter};
use crate::consent::ApprovedPlan;
use crate::journal::{Journal, Unrecorded};
use crate::model::CallErrorKind;
use crate::outcome::{Fate, Outcome, SkipReason, StepResult};
use crate::plan::Step;
use crate::plan::action::Action;

use board::Board;
use guard::{Sight, look};

pub use guard::{Unfit, unfit};

/// What is told while steps are performed.
pub trait Progress {
    /// A step begins.
    fn begins(&self, step: &Step);
    /// A step has met its fate; `left` steps remain.
    fn ended(&self, step: &Step, fate: &Fate, left: usize);
    /// Returns whether somebody asked to stop: no new step begins then.
    fn is_stopped(&self) -> bool;
}

/// Performs the approved steps and returns what became of each.
///
/// When the journal cannot be written, no further write begins.
pub async fn apply<Account: CloudReader + CloudWriter>(
    account: &Account,
    journal: &impl Journal,
    approved: ApprovedPlan,
    progress: &impl Progress,
) -> Outcome {
    let plan = approved.plan().clone();
    let mut board = Board::new(&approved, progress);
    let mut running = FuturesUnordered::new();
    let mut unrecorded: Option<Unrecorded> = None;
    loop {
        if progress.is_stopped() {
            board.stop(SkipReason::Interrupted);
        }
        for step in &plan.steps {
            if board.begins(step) {
                running.push(perform(account, journal, step));
            }
        }
        let Some((step, ended)) = running.next().await else {
            break;
        };
        if let Some(reason) = stop_reason(&ended.fate) {
            board.stop(reason);
        }
        board.ended(step, ended.fate);
        if let Some(failure) = ended.unrecorded {
            board.stop(SkipReason::Unrecorded);
            unrecorded.get_or_insert(failure);
        }
    }
    drop(running);
    let results: Vec<StepResult> = board.into_results();
    Outcome {
        // Whoever asks to stop after the last step has stopped nothing.
        interrupted: results
            .iter()
            .any(|result| result.fate == Fate::Skipped(SkipReason::Interrupted)),
        unrecorded: unrecorded.map(|failure| failure.to_string()),
        results,
        plan,
    }
}

/// The end of a step.
struct Ended {
    fate: Fate,
    /// Why the journal could not be written, if it could not.
    unrecorded: Option<Unrecorded>,
}

impl From<Fate> for Ended {
    fn from(fate: Fate) -> Self {
        Self {
            fate,
            unrecorded: None,
        }
    }
}

async fn perform<'plan, Account: CloudReader + CloudWriter>(
    account: &Account,
    journal: &impl Journal,
    step: &'plan Step,
) -> (&'plan Step, Ended) {
    let ended = match look(account, step).await {
        Err(error) => Fate::Failed(error).into(),
        Ok(Sight::AsWanted) => Fate::Done.into(),
        Ok(Sight::Changed | Sight::Foreign) => Fate::Skipped(SkipReason::Changed).into(),
        Ok(Sight::AsPlanned) => recorded(account, journal, step).await,
    };
    (step, ended)
}

/// Records a write, tries it, and records what came of it.
async fn recorded<Account: CloudReader + CloudWriter>(
    account: &Account,
    journal: &impl Journal,
    step: &Step,
) -> Ended {
    if let Err(failure) = journal.intend(step) {
        return Ended {
            fate: Fate::Skipped(SkipReason::Unrecorded),
            unrecorded: Some(failure),
        };
    }
    let fate = written(account, step).await;
    Ended {
        unrecorded: journal.conclude(step, &fate).err(),
        fate,
    }
}

/// Writes, and looks again wherever a failure does not say what is there now: an answer that was lost is read
/// back, and what somebody else was changing at the same time is written only if it is still as the plan saw it.
async fn written<Account: CloudReader + CloudWriter>(account: &Account, step: &Step) -> Fate {
    let mut tries = 0;
    loop {
        tries += 1;
        let Err(error) = account.perform(&step.action).await else {
            return Fate::Done;
        };
        let may_repeat = tries < most_tries(&step.action, error.kind);
        match aftermath(error.kind) {
            Aftermath::Unknown => {}
            Aftermath::Contested if may_repeat => account.wait_out(tries).await,
            Aftermath::Refused | Aftermath::Contested => return Fate::Failed(error),
        }
        match look(account, step).await {
            Ok(Sight::AsWanted) => return Fate::Done,
            Ok(Sight::AsPlanned) if may_repeat => {}
            Ok(Sight::Changed | Sight::Foreign)
                if aftermath(error.kind) == Aftermath::Contested =>
            {
                return Fate::Skipped(SkipReason::Changed);
            }
            // Nobody can say more than that the write failed in an unknown way.
            Ok(Sight::AsPlanned | Sight::Changed | Sight::Foreign) | Err(_) => {
                return Fate::Failed(error);
            }
        }
    }
}

/// Returns how often a write is tried that failed like this while reading shows that nothing happened.
///
/// What is not listed yet may still have been subscribed, and each subscribing sends a mail.
fn most_tries(action: &Action, kind: CallErrorKind) -> u32 {
    match (action, aftermath(kind)) {
        (_, Aftermath::Refused) | (Action::Subscribe(_), Aftermath::Unknown) => 1,
        (_, Aftermath::Contested) => 5,
        (
            Action::CreateTopic(_)
            | Action::SetTopicPolicy(_)
            | Action::SetTopicKey(_)
            | Action::PutMetricFilter(_)
            | Action::PutAlarm(_),
            Aftermath::Unknown,
        ) => 3,
    }
}

/// What a failure says about the resource that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aftermath {
    /// It is as it was.
    Refused,
    /// The write did not happen, since somebody else was changing the resource.
    Contested,
    /// The write may have happened.
    Unknown,
}

fn aftermath(kind: CallErrorKind) -> Aftermath {
    match kind {
        CallErrorKind::Service | CallErrorKind::Timeout => Aftermath::Unknown,
        CallErrorKind::Conflict => Aftermath::Contested,
        CallErrorKind::Denied
        | CallErrorKind::Credentials
        | CallErrorKind::Throttled
        | CallErrorKind::Quota
        | CallErrorKind::NotFound
        | CallErrorKind::Invalid
        | CallErrorKind::Unsupported
        | CallErrorKind::Unreachable
        | CallErrorKind::Malformed => Aftermath::Refused,
    }
}

/// Returns why nothing more may be written after a step that ended like this.
fn stop_reason(fate: &Fate) -> Option<SkipReason> {
    match fate {
        Fate::Failed(error) if error.kind == CallErrorKind::Credentials => {
            Some(SkipReason::Credentials)
        }
        Fate::Done | Fate::Failed(_) | Fate::Skipped(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use std::cell::{Cell, RefCell};

    use super::*;
    use crate::catalog::Catalog;
    use crate::consent::{Answer, approve};
    use crate::desired::{Selection, build};
    use crate::examine::examine;
    use crate::journal::NoJournal;
    use crate::observe::observe;
    use crate::plan::StepId;
    use crate::plan::plan;
    use crate::sandbox::{Sandbox, Scene};
    use crate::settings::Settings;

    /// Somebody who asks to stop when the first step begins.
    #[derive(Default)]
    struct Stopped {
        asked: Cell<bool>,
        told: RefCell<Vec<(StepId, usize)>>,
    }

    impl Progress for Stopped {
        fn begins(&self, _: &Step) {
            self.asked.set(true);
        }

        fn ended(&self, step: &Step, _: &Fate, left: usize) {
            self.told.borrow_mut().push((step.id.clone(), left));
        }

        fn is_stopped(&self) -> bool {
            self.asked.get()
        }
    }

    #[tokio::test]
    async fn what_runs_when_somebody_asks_to_stop_is_finished_and_told_once() {
        let selection = Selection::default();
        let desired = build(&Catalog::builtin(), &Settings::default(), &selection).unwrap();
        let sandbox = Sandbox::new(Scene::Fresh.account());
        let region = sandbox.account().region().clone();
        let observed = observe(&sandbox, &desired, &region).await.unwrap();
        let plan = plan(&desired, &observed, &examine(&desired, &observed));
        let steps = plan.steps.len();
        let approved = approve(plan, Answer::All).unwrap();
        let person = Stopped::default();

        let outcome = apply(&sandbox, &NoJournal, approved, &person).await;

        let done = |result: &&StepResult| result.fate == Fate::Done;
        let done: Vec<_> = outcome.results.iter().filter(done).collect();
        assert!(outcome.interrupted);
        // The topic and the first filter were under way together.
        assert_eq!(done.len(), 2, "{done:?}");
        let left: Vec<_> = person.told.borrow().iter().map(|(_, left)| *left).collect();
        let down_to_none: Vec<_> = (0..steps).rev().collect();
        assert_eq!(left, down_to_none, "each step is told once");
    }
}
