//! The shape of `cis-fix/undo/v1`.

use serde::Serialize;
use serde_json::Value;

use super::applied::{ErrorShape, reason, shape, waits_for};
use super::plan::ids;
use super::reversal::request;
use crate::outcome::Fate;
use crate::report::resource;
use crate::reversal::{LeftAlone, LeftReason, UndoOutcome, UndoPlan, UndoResult, UndoStep};

/// The document.
#[derive(Debug, Serialize)]
pub(super) struct Undone<'report> {
    schema: &'static str,
    account: &'report str,
    region: &'report str,
    /// The journal of what is taken back.
    undoes: &'report str,
    journal: Option<&'report str>,
    interrupted: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    unrecorded: Option<&'report str>,
    done: Vec<StepShape<'report>>,
    failed: Vec<StepShape<'report>>,
    skipped: Vec<StepShape<'report>>,
    left: Vec<LeftShape<'report>>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct StepShape<'report> {
    id: &'report str,
    mark: &'static str,
    action: &'static str,
    permission: &'static str,
    resource: String,
    serves: Vec<&'report str>,
    request: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<ErrorShape<'report>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    waits_for: Option<&'report str>,
}

#[derive(Debug, Serialize)]
struct LeftShape<'report> {
    id: &'report str,
    resource: &'report str,
    code: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    alarms: Option<Vec<&'report str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
}

#[derive(Debug, Serialize)]
struct Summary {
    done: usize,
    failed: usize,
    skipped: usize,
    left: usize,
}

impl<'report> Undone<'report> {
    pub(super) fn new(
        outcome: &'report UndoOutcome,
        undoes: &'report str,
        journal: Option<&'report str>,
    ) -> Self {
        let UndoOutcome {
            plan,
            results,
            interrupted,
            unrecorded,
        } = outcome;
        let UndoPlan {
            account,
            partition: _, // Part of the journal.
            region,
            steps: _, // Told with what became of them.
            left,
            by_name: _, // Told by what comes of it.
            going: _,   // Told step by step.
            pending: _, // Among what is left.
        } = plan;
        let of = |wanted: fn(&Fate) -> bool| -> Vec<StepShape<'report>> {
            let results = results.iter().filter(|result| wanted(&result.fate));
            results.map(step).collect()
        };
        let done = of(|fate| matches!(fate, Fate::Done));
        let failed = of(|fate| matches!(fate, Fate::Failed(_)));
        let skipped = of(|fate| matches!(fate, Fate::Skipped(_)));
        Self {
            schema: "cis-fix/undo/v1",
            account: account.as_str(),
            region: region.as_str(),
            undoes,
            journal,
            interrupted: *interrupted,
            unrecorded: unrecorded.as_deref(),
            left: left.iter().map(left_shape).collect(),
            summary: Summary {
                done: done.len(),
                failed: failed.len(),
                skipped: skipped.len(),
                left: left.len(),
            },
            done,
            failed,
            skipped,
        }
    }
}

fn step(result: &UndoResult) -> StepShape<'_> {
    let UndoResult { step, fate } = result;
    let UndoStep {
        written,
        reversal,
        needs: _,   // Told for what waits in vain.
        changes: _, // Shown before.
        notes: _,   // Shown before.
    } = step;
    let (error, skipped) = match fate {
        Fate::Done => (None, None),
        Fate::Failed(error) => (Some(shape(&written.action, error)), None),
        Fate::Skipped(reason) => (None, Some(reason)),
    };
    StepShape {
        id: written.id.as_str(),
        mark: reversal.mark().as_str(),
        action: reversal.name(),
        permission: reversal.permission(),
        resource: resource(&written.action),
        serves: ids(&written.serves),
        request: request(reversal),
        error,
        reason: skipped.map(reason),
        waits_for: skipped.and_then(waits_for),
    }
}

fn left_shape(left: &LeftAlone) -> LeftShape<'_> {
    let LeftAlone {
        id,
        resource,
        reason,
    } = left;
    let (alarms, error) = match reason {
        LeftReason::Used(alarms) => (Some(alarms.iter().map(String::as_str).collect()), None),
        LeftReason::MayBeUsed(alarm) => (Some(vec![alarm.as_str()]), None),
        LeftReason::Unread(error) => (None, Some(error.to_string())),
        LeftReason::Gone
        | LeftReason::Restored
        | LeftReason::Changed
        | LeftReason::NotOurs
        | LeftReason::OthersSubscribed(_)
        | LeftReason::Pending(_)
        | LeftReason::Unrestorable => (None, None),
    };
    LeftShape {
        id: id.as_str(),
        resource,
        code: reason.code(),
        alarms,
        error,
    }
}
