//! Turns examinations, plans and outcomes into documents: what is worth saying, in which order, once.
//!
//! No widths, colours or escapes here, and no decisions about the account: `render` prints what this says.

mod alarms;
mod applied;
mod backtest;
mod check;
mod clauses;
mod consequences;
mod controls;
mod difference;
pub mod document;
mod findings;
mod forecast;
mod json_line;
mod meanings;
mod migration;
mod open_ends;
mod patterns;
mod permissions;
mod plan;
mod roster;
mod step;
mod undo;

pub use backtest::{Depth, lost_lines};
pub use document::Document;
use document::{Block, Section};
pub(crate) use step::{discreet, resource};

use crate::backtest::tuning::Rehearsed;
use crate::catalog::{Benchmark, Catalog, Control, Level, Migration};
use crate::examine::Examination;
use crate::forecast::Forecast;
use crate::model::{AccountId, AlarmArn, AlarmState, Region};
use crate::outcome::{Drill, Drilled, Muted, Muting, Outcome};
use crate::pattern::explain::Explanation;
use crate::pattern::lint::Finding;
use crate::pattern::{Comparison, Pattern};
use crate::permissions::Purpose;
use crate::plan::Plan;
use crate::reversal::{UndoOutcome, UndoPlan};

/// What a check was about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckContext {
    /// The account.
    pub account: AccountId,
    /// The Region: the home Region of the trail, or where the asking began if there is none.
    pub region: Region,
    /// The benchmark, as `--benchmark` spells it.
    pub benchmark: String,
}

/// Returns the report of a check: the verdicts, and what is wrong with the controls that are not in place.
#[must_use]
pub fn check(context: &CheckContext, examinations: &[Examination]) -> Document {
    check::document(context, examinations)
}

/// Returns the report of a check as a part of another report.
fn verdicts(context: &CheckContext, examinations: &[Examination]) -> Block {
    let Document {
        title,
        blocks,
        summary,
    } = check::document(context, examinations);
    Block::Section(Section {
        title,
        aside: summary,
        body: blocks,
    })
}

/// Returns the report of a check with the evidence for what is in place.
#[must_use]
pub fn check_with_evidence(context: &CheckContext, examinations: &[Examination]) -> Document {
    let mut document = check::document(context, examinations);
    document.blocks.extend(check::evidence(examinations));
    document
}

/// Returns the report of a plan: what would be done for which control, and what would not and why.
#[must_use]
pub fn plan(plan: &Plan, examinations: &[Examination]) -> Document {
    plan::document(plan, examinations)
}

/// Returns the report of an apply: what was done, what was not and why, and the verdicts afterwards.
#[must_use]
pub fn applied(outcome: &Outcome, examinations: &[Examination]) -> Document {
    applied::document(outcome, examinations)
}

/// Returns the report of what an undo would do: what it takes back, and what it leaves alone and why.
#[must_use]
pub fn undo_plan(plan: &UndoPlan) -> Document {
    undo::plan(plan)
}

/// Returns the report of an undo: what was taken back, and what was not and why.
#[must_use]
pub fn undone(outcome: &UndoOutcome) -> Document {
    undo::outcome(outcome)
}

/// Returns what a backtest of controls found, and what their alarms would have done, as a report.
///
/// `judged` is what was found in an account, if somebody looked.
#[must_use]
pub fn backtest(
    rehearsed: &Rehearsed<'_>,
    judged: Option<(&CheckContext, &[Examination])>,
    depth: Depth,
) -> Document {
    backtest::document(rehearsed, judged, depth)
}

/// Returns what `mute` or `unmute` would do as a report.
#[must_use]
pub fn muting(muting: &Muting) -> Document {
    alarms::muting(muting)
}

/// Returns what became of `mute` or `unmute` as a report.
#[must_use]
pub fn muted(muted: &Muted) -> Document {
    alarms::muted(muted)
}

/// Returns what `drill` would do as a report.
#[must_use]
pub fn drill(drill: &Drill) -> Document {
    alarms::drill(drill)
}

/// Returns what was seen in a drill as a report.
#[must_use]
pub fn drilled(drilled: &Drilled) -> Document {
    alarms::drilled(drilled)
}

/// Returns the command of the AWS CLI that puts an alarm back into a state.
#[must_use]
pub fn put_back_by_hand(alarm: &AlarmArn, state: AlarmState) -> String {
    alarms::by_hand(alarm, state)
}

/// Returns the permissions of a command as a report around their policy document of so many characters.
#[must_use]
pub fn permissions(purpose: Purpose, policy: &str, size: usize) -> Document {
    permissions::document(purpose, policy, size)
}

/// Returns the report of a forecast: every auditor's verdicts now and afterwards, with reasons and blind spots.
#[must_use]
pub fn forecast(
    context: &CheckContext,
    forecast: &Forecast,
    examinations: &[Examination],
) -> Document {
    forecast::document(context, forecast, examinations)
}

/// Returns the controls of a benchmark that a profile level includes as a report.
#[must_use]
pub fn controls(catalog: &Catalog, benchmark: Benchmark, level: Option<Level>) -> Document {
    controls::list(catalog, benchmark, level)
}

/// Returns everything about a control as a report.
#[must_use]
pub fn control(control: &Control, benchmark: Benchmark) -> Document {
    controls::show(control, benchmark)
}

/// Returns what changes from one benchmark to another as a report.
///
/// `after` is what was found in an account for the new benchmark, if somebody looked.
#[must_use]
pub fn migration(migration: &Migration, after: Option<&[Examination]>) -> Document {
    migration::document(migration, after)
}

/// Returns how two patterns relate as a report: in words, clause by clause, and with events.
#[must_use]
pub fn pattern_compare(a: &Pattern, b: &Pattern, comparison: &Comparison) -> Document {
    patterns::comparison(a, b, comparison)
}

/// Returns what a pattern matches and what is probably wrong with it as a report.
#[must_use]
pub fn pattern_explain(
    pattern: &Pattern,
    explanation: &Explanation,
    findings: &[Finding],
) -> Document {
    patterns::explanation(pattern, explanation, findings)
}

/// Returns a pattern in the strict spelling as a report.
#[must_use]
pub fn pattern_format(pattern: &Pattern) -> Document {
    patterns::strict(pattern)
}
