//! Which steps run, and what became of the others.
//!
//! Filters are written one after the other, since CloudWatch Logs refuses parallel changes of one log
//! group; other writes run beside them, a few at a time.

use std::collections::{BTreeMap, BTreeSet};

use super::Progress;
use crate::consent::ApprovedPlan;
use crate::model::LogGroupArn;
use crate::outcome::{Fate, SkipReason, StepResult};
use crate::plan::action::Action;
use crate::plan::{Step, StepId};

/// How many writes run at once beside the filters; quotas allow no more in a second.
const AT_ONCE: usize = 4;

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

/// The state of an apply.
pub(super) struct Board<'plan, Told> {
    approved: &'plan ApprovedPlan,
    progress: &'plan Told,
    fates: BTreeMap<StepId, Fate>,
    running: BTreeSet<StepId>,
    lanes: BTreeSet<Lane>,
    /// Why no new step begins.
    stopped: Option<SkipReason>,
}

impl<'plan, Told: Progress> Board<'plan, Told> {
    /// Returns the board of an apply in which nothing has begun.
    pub(super) fn new(approved: &'plan ApprovedPlan, progress: &'plan Told) -> Self {
        Self {
            approved,
            progress,
            fates: BTreeMap::new(),
            running: BTreeSet::new(),
            lanes: BTreeSet::new(),
            stopped: None,
        }
    }

    /// Lets no new step begin; the first reason stays.
    pub(super) fn stop(&mut self, reason: SkipReason) {
        self.stopped.get_or_insert(reason);
    }

    /// Returns whether `step` is to be performed now; settles it when it never will be.
    pub(super) fn begins(&mut self, step: &Step) -> bool {
        let lane = lane(step);
        let is_taken = self.lanes.contains(&lane);
        if self.fates.contains_key(&step.id) || self.running.contains(&step.id) {
            return false;
        }
        if let Some(reason) = self.skip_reason(step) {
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
    fn skip_reason(&self, step: &Step) -> Option<SkipReason> {
        let plan = self.approved.plan();
        let is_lost = |need: &&StepId| match self.fates.get(*need) {
            Some(Fate::Failed(_) | Fate::Skipped(_)) => true,
            Some(Fate::Done) => false,
            None => !plan.steps.iter().any(|other| other.id == **need),
        };
        if let Some(reason) = &self.stopped {
            return Some(reason.clone());
        }
        if !self.approved.covers(&step.serves) {
            return Some(SkipReason::Declined);
        }
        step.needs
            .iter()
            .find(is_lost)
            .map(|need| SkipReason::Needs(need.clone()))
    }

    /// Takes note of the end of a step that ran.
    pub(super) fn ended(&mut self, step: &Step, fate: Fate) {
        self.running.remove(&step.id);
        self.lanes.remove(&lane(step));
        self.settle(step, fate);
    }

    fn settle(&mut self, step: &Step, fate: Fate) {
        let left = self.approved.plan().steps.len() - self.fates.len() - 1;
        self.progress.ended(step, &fate, left);
        self.fates.insert(step.id.clone(), fate);
    }

    /// Returns what became of each step, in the order of the plan.
    pub(super) fn into_results(self) -> Vec<StepResult> {
        let result = |step: &Step| StepResult {
            step: step.clone(),
            fate: self
                .fates
                .get(&step.id)
                .cloned()
                .unwrap_or(Fate::Skipped(SkipReason::Interrupted)),
        };
        self.approved.plan().steps.iter().map(result).collect()
    }
}
