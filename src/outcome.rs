//! What became of an apply, step by step, and of what is done with alarms.

mod drilled;
mod muted;

pub use drilled::{Audience, Back, Drill, Drilled, Driven, Refusal, Target, Trial};
pub use muted::{Muted, Muting};

use crate::model::CallError;
use crate::plan::{Plan, Step, StepId};

/// What became of an apply.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// The plan that was applied.
    pub plan: Plan,
    /// What became of each of its steps, in its order.
    pub results: Vec<StepResult>,
    /// Whether it was stopped from outside before its end.
    pub interrupted: bool,
    /// Why the journal could not be written, if it could not.
    pub unrecorded: Option<String>,
}

/// What became of one step.
#[derive(Debug, Clone, PartialEq)]
pub struct StepResult {
    /// The step.
    pub step: Step,
    /// What became of it.
    pub fate: Fate,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// The account took it.
    Done,
    /// The account refused it, or its answer was lost.
    Failed(CallError),
    /// It was not tried.
    Skipped(SkipReason),
}

/// Why a step was not tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SkipReason {
    /// A step that it needs was not done.
    Needs(StepId),
    /// The apply was stopped from outside.
    Interrupted,
    /// What it would write is no longer as the plan saw it.
    Changed,
    /// The journal could not be written, so that nothing more may be.
    Unrecorded,
    /// The credentials were refused, so that nothing more can be written.
    Credentials,
    /// The person chose not to.
    Declined,
}
