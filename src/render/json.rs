//! Prints results for programs: JSON documents with a version, and the schemas that describe them.
//!
//! The shapes are a contract: members may be added to a version, never renamed or removed. The types of the
//! house have no JSON of their own, so that they can change freely.

mod alarms;
mod applied;
mod backtest;
mod check;
mod controls;
mod digest;
mod event;
mod forecast;
mod migrate;
mod patterns;
mod permissions;
mod plan;
pub(super) mod print;
mod request;
mod reversal;
mod schema;
mod undone;

pub use digest::digest;
pub use patterns::{Hit, Matched, Unread};
pub use schema::{SCHEMAS, schema};

use std::collections::BTreeMap;

use serde_json::Value;

use crate::backtest::Hit as BacktestHit;
use crate::backtest::tuning::Rehearsed;
use crate::catalog::{Benchmark, Catalog, Control, Level, Migration};
use crate::examine::Examination;
use crate::forecast::Forecast;
use crate::model::{ControlId, Endpoint, TopicArn};
use crate::outcome::{Drilled, Muted, Outcome};
use crate::pattern::explain::Explanation;
use crate::pattern::lint::Finding;
use crate::pattern::{Comparison, Pattern};
use crate::permissions::Permissions;
use crate::plan::Plan;
use crate::plan::action::Action;
use crate::report::CheckContext;
use crate::reversal::{Reversal, UndoOutcome};

/// Returns a JSON document in which no string holds a character that must not be shown as it is; it means the same.
#[must_use]
pub fn escaped(json: &str) -> String {
    print::escaped(json)
}

/// Returns the result of a check as `cis-fix/check/v1`.
#[must_use]
pub fn check(context: &CheckContext, examinations: &[Examination]) -> String {
    print::pretty(&check::Check::new(context, examinations))
}

/// Returns a document in the layout of all results: indented, and safe to look at.
#[must_use]
pub(crate) fn pretty(document: &impl serde::Serialize) -> String {
    print::pretty(document)
}

/// Returns the digest of everything in the catalog that can enter a plan.
#[must_use]
pub fn catalog_digest(catalog: &Catalog) -> String {
    let all = controls::Controls::new(catalog.controls().iter(), Benchmark::default());
    digest(&print::value(&all))
}

/// Returns the fingerprint of an endpoint of a topic, if [`request()`] masks it.
#[must_use]
pub fn fingerprint(topic: &TopicArn, endpoint: &Endpoint) -> Option<String> {
    request::fingerprint(topic, endpoint)
}

/// Returns a plan as `cis-fix/plan/v1`, with its digest.
#[must_use]
pub fn plan(plan: &Plan) -> String {
    print::pretty(&plan::PlanShape::sealed(plan))
}

/// Returns the digest that [`plan()`] prints: equal plans have equal digests, others have others.
///
/// It also covers what the document masks, such as the path of a web endpoint.
#[must_use]
pub fn plan_digest(plan: &Plan) -> String {
    plan::PlanShape::sealed(plan).digest
}

/// Returns the parameters of a write as the API names them; the path of a web endpoint is left out.
#[must_use]
pub fn request(action: &Action) -> Value {
    request::request(action)
}

/// Returns a fingerprint of each parameter that [`request()`] leaves out.
#[must_use]
pub fn masked(action: &Action) -> BTreeMap<&'static str, String> {
    request::masked(action)
}

/// Returns the parameters of a reversal as the API names them.
#[must_use]
pub fn reversal_request(reversal: &Reversal) -> Value {
    reversal::request(reversal)
}

/// Returns the outcome of an apply and the verdicts afterwards as `cis-fix/apply/v1`.
///
/// `journal` is the name of the journal that was written.
#[must_use]
pub fn applied(outcome: &Outcome, journal: Option<&str>, examinations: &[Examination]) -> String {
    print::pretty(&applied::Applied::new(outcome, journal, examinations))
}

/// Returns what every auditor says now and afterwards as `cis-fix/forecast/v1`.
#[must_use]
pub fn forecast(context: &CheckContext, forecast: &Forecast) -> String {
    print::pretty(&forecast::ForecastShape::new(context, forecast))
}

/// Returns the outcome of an undo as `cis-fix/undo/v1`.
///
/// `undoes` is the name of the journal that it takes back, `journal` that of its own.
#[must_use]
pub fn undone(outcome: &UndoOutcome, undoes: &str, journal: Option<&str>) -> String {
    print::pretty(&undone::Undone::new(outcome, undoes, journal))
}

/// Returns the controls of a benchmark that a profile level includes as `cis-fix/controls/v1`.
#[must_use]
pub fn controls(catalog: &Catalog, benchmark: Benchmark, level: Option<Level>) -> String {
    let chosen = catalog.of(benchmark, level).into_iter();
    print::pretty(&controls::Controls::new(chosen, benchmark))
}

/// Returns one control as `cis-fix/controls/v1`.
#[must_use]
pub fn control(control: &Control, benchmark: Benchmark) -> String {
    print::pretty(&controls::Controls::new(
        std::iter::once(control),
        benchmark,
    ))
}

/// Returns what a backtest of controls found as `cis-fix/backtest/v1`.
///
/// `judged` is what was found in an account, if somebody looked.
#[must_use]
pub fn backtest(
    rehearsed: &Rehearsed<'_>,
    judged: Option<(&CheckContext, &[Examination])>,
) -> String {
    print::pretty(&backtest::BacktestShape::new(rehearsed, judged))
}

/// Returns a match of a control's pattern as one line of JSON, with its line break.
#[must_use]
pub fn backtest_line(control: &ControlId, hit: &BacktestHit) -> String {
    backtest::line(control, hit)
}

/// Returns what changes from one benchmark to another as `cis-fix/migrate/v1`.
///
/// `after` is what was found in an account for the new benchmark, if somebody looked.
#[must_use]
pub fn migration(migration: &Migration, after: Option<&[Examination]>) -> String {
    print::pretty(&migrate::Migrate::new(migration, after))
}

/// Returns what became of `mute` or `unmute` as `cis-fix/mute/v1`.
#[must_use]
pub fn muted(muted: &Muted, journal: Option<&str>) -> String {
    print::pretty(&alarms::MutedShape::new(muted, journal))
}

/// Returns what was seen in a drill as `cis-fix/drill/v1`.
#[must_use]
pub fn drilled(drilled: &Drilled, journal: Option<&str>) -> String {
    print::pretty(&alarms::DrilledShape::new(drilled, journal))
}

/// Returns permissions as a policy document of IAM, which has no member for a version of ours.
#[must_use]
pub fn permissions(permissions: &Permissions) -> String {
    print::pretty(&permissions::Policy::new(permissions))
}

/// Returns how many characters IAM counts in the policy document: white space is none of them.
#[must_use]
pub fn permissions_size(permissions: &Permissions) -> usize {
    let document = print::value(&permissions::Policy::new(permissions)).to_string();
    document.chars().filter(|c| !c.is_whitespace()).count()
}

/// Returns what a pattern matched as `cis-fix/pattern-match/v1`.
#[must_use]
pub fn pattern_match(matched: &Matched<'_>) -> String {
    print::pretty(&patterns::MatchShape::new(matched))
}

/// Returns how two patterns relate as `cis-fix/pattern-compare/v1`.
#[must_use]
pub fn pattern_compare(a: &Pattern, b: &Pattern, comparison: &Comparison) -> String {
    print::pretty(&patterns::CompareShape::new(a, b, comparison))
}

/// Returns what a pattern matches and what is probably wrong with it as `cis-fix/pattern-explain/v1`.
#[must_use]
pub fn pattern_explain(
    pattern: &Pattern,
    explanation: &Explanation,
    findings: &[Finding],
) -> String {
    print::pretty(&patterns::ExplainShape::new(pattern, explanation, findings))
}

/// Returns a pattern in the strict spelling as `cis-fix/pattern-format/v1`.
#[must_use]
pub fn pattern_format(pattern: &Pattern) -> String {
    print::pretty(&patterns::FormatShape::new(pattern))
}
