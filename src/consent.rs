//! A plan that somebody agreed to. There is no other way to get one than a plan and an answer.

use std::collections::BTreeSet;

use crate::model::ControlId;
use crate::plan::Plan;
use crate::reversal::UndoPlan;

/// What a person, or a flag in their place, answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// Do all of it.
    All,
    /// Do what serves these controls.
    Some(BTreeSet<ControlId>),
    /// Do nothing.
    None,
}

/// A plan that may be applied.
#[derive(Debug, Clone, PartialEq)]
// INVARIANT: made by `approve` alone.
pub struct ApprovedPlan {
    plan: Plan,
    chosen: Option<BTreeSet<ControlId>>,
}

impl ApprovedPlan {
    /// Returns the plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Returns whether a step that serves these controls was agreed to.
    #[must_use]
    pub fn covers(&self, serves: &BTreeSet<ControlId>) -> bool {
        self.chosen
            .as_ref()
            .is_none_or(|chosen| !chosen.is_disjoint(serves))
    }
}

/// Returns the approved plan, or none when the answer was no.
#[must_use]
pub fn approve(plan: Plan, answer: Answer) -> Option<ApprovedPlan> {
    match answer {
        Answer::All => Some(ApprovedPlan { plan, chosen: None }),
        Answer::Some(chosen) if chosen.is_empty() => None,
        Answer::Some(chosen) => Some(ApprovedPlan {
            plan,
            chosen: Some(chosen),
        }),
        Answer::None => None,
    }
}

/// An undo that may be performed.
#[derive(Debug, Clone, PartialEq)]
// INVARIANT: made by `approve_undo` alone.
pub struct ApprovedUndo {
    plan: UndoPlan,
}

impl ApprovedUndo {
    /// Returns the plan.
    #[must_use]
    pub fn plan(&self) -> &UndoPlan {
        &self.plan
    }

    /// Returns the plan, to be performed.
    #[must_use]
    pub fn into_plan(self) -> UndoPlan {
        self.plan
    }
}

/// Returns the approved undo, or none unless the answer was to do all of it.
#[must_use]
pub fn approve_undo(plan: UndoPlan, answer: &Answer) -> Option<ApprovedUndo> {
    match answer {
        Answer::All => Some(ApprovedUndo { plan }),
        Answer::Some(_) | Answer::None => None,
    }
}
