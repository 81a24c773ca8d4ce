//! The shape of `cis-fix/apply/v1`.

use serde::Serialize;

use super::check::{Control, Counts, controls};
use super::plan::{HumanShape, humans, ids};
use crate::examine::Examination;
use crate::model::{CallError, CallErrorKind};
use crate::outcome::{Fate, Outcome, SkipReason, StepResult};
use crate::plan::Step;
use crate::plan::action::Action;
use crate::report::{discreet, resource};

/// The document.
#[derive(Debug, Serialize)]
pub(super) struct Applied<'report> {
    schema: &'static str,
    account: &'report str,
    region: &'report str,
    journal: Option<&'report str>,
    interrupted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unrecorded: Option<&'report str>,
    done: Vec<StepShape<'report>>,
    failed: Vec<StepShape<'report>>,
    skipped: Vec<StepShape<'report>>,
    human: Vec<HumanShape<'report>>,
    controls: Vec<Control<'report>>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct StepShape<'report> {
    id: &'report str,
    action: &'static str,
    resource: String,
    serves: Vec<&'report str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorShape<'report>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<&'report str>,
}

#[derive(Debug, Serialize)]
pub(super) struct ErrorShape<'report> {
    action: &'report str,
    kind: &'static str,
    code: Option<&'report str>,
    message: String,
    request_id: Option<&'report str>,
}

#[derive(Debug, Serialize)]
struct Summary {
    done: usize,
    failed: usize,
    skipped: usize,
    verdicts: Counts,
}

impl<'report> Applied<'report> {
    pub(super) fn new(
        outcome: &'report Outcome,
        journal: Option<&'report str>,
        examinations: &'report [Examination],
    ) -> Self {
        let Outcome {
            plan,
            results,
            interrupted,
            unrecorded,
        } = outcome;
        let of = |wanted: fn(&Fate) -> bool| -> Vec<StepShape<'report>> {
            results
                .iter()
                .filter(|result| wanted(&result.fate))
                .map(step)
                .collect()
        };
        let done = of(|fate| matches!(fate, Fate::Done));
        let failed = of(|fate| matches!(fate, Fate::Failed(_)));
        let skipped = of(|fate| matches!(fate, Fate::Skipped(_)));
        Self {
            schema: "cis-fix/apply/v1",
            account: plan.account.as_str(),
            region: plan.region.as_str(),
            journal,
            interrupted: *interrupted,
            unrecorded: unrecorded.as_deref(),
            human: humans(&plan.human),
            controls: controls(examinations),
            summary: Summary {
                done: done.len(),
                failed: failed.len(),
                skipped: skipped.len(),
                verdicts: Counts::of(examinations),
            },
            done,
            failed,
            skipped,
        }
    }
}

fn step(result: &StepResult) -> StepShape<'_> {
    let StepResult { step, fate } = result;
    let Step {
        id, action, serves, ..
    } = step;
    let (error, skipped) = match fate {
        Fate::Done => (None, None),
        Fate::Failed(error) => (Some(shape(action, error)), None),
        Fate::Skipped(reason) => (None, Some(reason)),
    };
    StepShape {
        id: id.as_str(),
        action: action.name(),
        resource: resource(action),
        serves: ids(serves),
        error,
        reason: skipped.map(reason),
        waits_for: skipped.and_then(waits_for),
    }
}

pub(super) fn reason(reason: &SkipReason) -> &'static str {
    match reason {
        SkipReason::Needs(_) => "needs",
        SkipReason::Interrupted => "interrupted",
        SkipReason::Declined => "declined",
        SkipReason::Changed => "changed",
        SkipReason::Unrecorded => "unrecorded",
        SkipReason::Credentials => "credentials",
    }
}

pub(super) fn waits_for(reason: &SkipReason) -> Option<&str> {
    match reason {
        SkipReason::Needs(step) => Some(step.as_str()),
        SkipReason::Interrupted
        | SkipReason::Declined
        | SkipReason::Changed
        | SkipReason::Unrecorded
        | SkipReason::Credentials => None,
    }
}

pub(super) fn shape<'report>(
    step_action: &Action,
    error: &'report CallError,
) -> ErrorShape<'report> {
    ErrorShape {
        message: discreet(step_action, &error.message),
        ..error_shape(error)
    }
}

/// Returns a failed call that has to do with no secret.
pub(super) fn error_shape(error: &CallError) -> ErrorShape<'_> {
    let CallError {
        action,
        kind,
        code,
        message,
        request_id,
    } = error;
    ErrorShape {
        action,
        kind: kind_word(*kind),
        code: code.as_deref(),
        message: message.clone(),
        request_id: request_id.as_deref(),
    }
}

fn kind_word(kind: CallErrorKind) -> &'static str {
    match kind {
        CallErrorKind::Denied => "denied",
        CallErrorKind::Credentials => "credentials",
        CallErrorKind::Throttled => "throttled",
        CallErrorKind::Quota => "quota",
        CallErrorKind::NotFound => "not_found",
        CallErrorKind::Conflict => "conflict",
        CallErrorKind::Invalid => "invalid",
        CallErrorKind::Unsupported => "unsupported",
        CallErrorKind::Service => "service",
        CallErrorKind::Timeout => "timeout",
        CallErrorKind::Unreachable => "unreachable",
        CallErrorKind::Malformed => "malformed",
    }
}
