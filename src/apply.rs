//! Performs the steps of an approved plan, and makes no choices of its own.
//!
//! Filters are written one after the other, since CloudWatch Logs refuses parallel changes of one log
//! group; other writes run beside them, a few at a time. A failed step takes those with it that need it.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;

use crate::cloud::CloudWriter;
use crate::consent::ApprovedPlan;
use crate::model::{CallError, LogGroupArn};
use crate::outcome::{Fate, Outcome, SkipReason, StepResult};
use crate::plan::action::Action;
use crate::plan::{Step, StepId};

/// How many writes run at once beside the filters; quotas allow no more in a second.
const AT_ONCE: usize = 4;

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
pub async fn apply<Writer: CloudWriter>(
    writer: &Writer,
    approved: ApprovedPlan,
    progress: &impl Progress,
) -> Outcome {
    let plan = approved.plan().clone();
    let mut board = Board {
        approved: &approved,
        progress,
        fates: BTreeMap::new(),
        running: BTreeSet::new(),
        lanes: BTreeSet::new(),
    };
    let mut running = FuturesUnordered::new();
    let mut interrupted = false;
    loop {
        interrupted |= progress.is_stopped();
        for step in &plan.steps {
            if board.begins(step, interrupted) {
                running.push(perform(writer, step));
            }
        }
        match running.next().await {
            Some((step, result)) => {
                board.ended(step, result.map_or_else(Fate::Failed, |()| Fate::Done));
            }
            None => break,
        }
    }
    drop(running);
    let fates = board.fates;
    let results: Vec<StepResult> = plan.steps.iter().map(|step| result(step, &fates)).collect();
    Outcome {
        // Whoever asks to stop after the last step has stopped nothing.
        interrupted: results
            .iter()
            .any(|result| result.fate == Fate::Skipped(SkipReason::Interrupted)),
        results,
        plan,
    }
}

async fn perform<'plan>(
    writer: &impl CloudWriter,
    step: &'plan Step,
) -> (&'plan Step, Result<(), CallError>) {
    (step, writer.perform(&step.action).await)
}

fn result(step: &Step, fates: &BTreeMap<StepId, Fate>) -> StepResult {
    let fate = fates
        .get(&step.id)
        .cloned()
        .unwrap_or(Fate::Skipped(SkipReason::Interrupted));
    StepResult {
        step: step.clone(),
        fate,
    }
}

/// What must not happen twice at once: changes of one log group's filters, or one step.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Lane {
    Filters(LogGroupArn),
    Other(StepId),
}

fn lane(step: &Step) -> Lane {
    match &step.action {
        Action::PutMetricFilter(put) => Lane::Filters(put.log_group.clone()),
        Action::CreateTopic(_)
        | Action::SetTopicPolicy(_)
        | Action::SetTopicKey(_)
        | Action::Subscribe(_)
        | Action::PutAlarm(_) => Lane::Other(step.id.clone()),
    }
}

/// Which steps run, and what became of the others.
struct Board<'plan, Told> {
    approved: &'plan ApprovedPlan,
    progress: &'plan Told,
    fates: BTreeMap<StepId, Fate>,
    running: BTreeSet<StepId>,
    lanes: BTreeSet<Lane>,
}

impl<Told: Progress> Board<'_, Told> {
    /// Returns whether `step` is to be performed now; settles it when it never will be.
    fn begins(&mut self, step: &Step, interrupted: bool) -> bool {
        let lane = lane(step);
        let is_taken = self.lanes.contains(&lane);
        if self.fates.contains_key(&step.id) || self.running.contains(&step.id) {
            return false;
        }
        if let Some(reason) = self.skip_reason(step, interrupted) {
            self.settle(step, Fate::Skipped(reason));
            return false;
        }
        let is_ready = step
            .needs
            .iter()
            .all(|need| self.fates.get(need) == Some(&Fate::Done));
        if is_taken || !is_ready || !self.has_room(&lane) {
            return false;
        }
        self.running.insert(step.id.clone());
        self.lanes.insert(lane);
        self.progress.begins(step);
        true
    }

    /// Returns whether one more write may run: there is one for each log group, and a few beside them.
    fn has_room(&self, lane: &Lane) -> bool {
        let is_other = |lane: &&Lane| match lane {
            Lane::Filters(_) => false,
            Lane::Other(_) => true,
        };
        !is_other(&lane) || self.lanes.iter().filter(is_other).count() < AT_ONCE
    }

    /// Returns why a step will never be performed.
    fn skip_reason(&self, step: &Step, interrupted: bool) -> Option<SkipReason> {
        let plan = self.approved.plan();
        let is_lost = |need: &&StepId| match self.fates.get(*need) {
            Some(Fate::Failed(_) | Fate::Skipped(_)) => true,
            Some(Fate::Done) => false,
            None => !plan.steps.iter().any(|other| other.id == **need),
        };
        if interrupted {
            return Some(SkipReason::Interrupted);
        }
        if !self.approved.covers(&step.serves) {
            return Some(SkipReason::Declined);
        }
        step.needs
            .iter()
            .find(is_lost)
            .map(|need| SkipReason::Needs(need.clone()))
    }

    fn ended(&mut self, step: &Step, fate: Fate) {
        self.running.remove(&step.id);
        self.lanes.remove(&lane(step));
        self.settle(step, fate);
    }

    fn settle(&mut self, step: &Step, fate: Fate) {
        let left = self.approved.plan().steps.len() - self.fates.len() - 1;
        self.progress.ended(step, &fate, left);
        self.fates.insert(step.id.clone(), fate);
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
    use crate::observe::observe;
    use crate::plan::plan;
    use crate::sandbox::{Sandbox, Scene};
    use crate::settings::Settings;

    /// An account in which somebody asks to stop while the first filter is written.
    #[derive(Default)]
    struct Stopped {
        asked: Cell<bool>,
        told: RefCell<Vec<(StepId, usize)>>,
    }

    impl CloudWriter for Stopped {
        async fn perform(&self, _: &Action) -> Result<(), CallError> {
            self.asked.set(true);
            tokio::task::yield_now().await;
            Ok(())
        }
    }

    impl Progress for Stopped {
        fn begins(&self, _: &Step) {}

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
        let account = Stopped::default();

        let outcome = apply(&account, approved, &account).await;

        let done = |result: &&StepResult| result.fate == Fate::Done;
        let done: Vec<_> = outcome.results.iter().filter(done).collect();
        assert!(outcome.interrupted);
        // The topic and the first filter were under way together.
        assert_eq!(done.len(), 2, "{done:?}");
        let left: Vec<_> = account
            .told
            .borrow()
            .iter()
            .map(|(_, left)| *left)
            .collect();
        let down_to_none: Vec<_> = (0..steps).rev().collect();
        assert_eq!(left, down_to_none, "each step is told once");
    }
}
