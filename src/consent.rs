//! A plan that somebody agreed to. There is no other way to get one than a plan and an answer.

use std::collections::BTreeSet;

use crate::model::ControlId;
use crate::plan::Plan;

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
