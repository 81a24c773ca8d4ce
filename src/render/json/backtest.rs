//! The shape of `cis-fix/backtest/v1`, and the lines of `backtest --list`.

mod rehearsal;

use serde::Serialize;

use super::print::{escaped, value};
use crate::backtest::tuning::{Rehearsed, RehearsedControl};
use crate::backtest::{Hit, Remark, Span, State, Survey, time};
use crate::model::ControlId;

use rehearsal::{CauseShape, CourseShape, DayShape, ProposalShape};

#[derive(Debug, Serialize)]
pub(super) struct BacktestShape<'run> {
    schema: &'static str,
    state: &'static str,
    files: u64,
    bytes: u64,
    plain_bytes: u64,
    events: u64,
    outside: u64,
    duplicates: u64,
    first: Option<String>,
    last: Option<String>,
    skipped: u64,
    partial: u64,
    budget: String,
    remarks: Vec<RemarkShape<'run>>,
    controls: Vec<ControlShape<'run>>,
}

#[derive(Debug, Serialize)]
struct RemarkShape<'run> {
    file: &'run str,
    kind: &'static str,
    what: &'run str,
    records: u64,
}

#[derive(Debug, Serialize)]
struct ControlShape<'run> {
    id: &'run str,
    number: Option<&'run str>,
    pattern: &'run str,
    matches: u64,
    untimed: u64,
    alarms: Option<u64>,
    course: Option<CourseShape>,
    not_simulated: Option<String>,
    days: Vec<DayShape>,
    causes: Vec<CauseShape<'run>>,
    proposal: Option<ProposalShape<'run>>,
}

impl<'run> BacktestShape<'run> {
    pub(super) fn new(rehearsed: &'run Rehearsed<'run>) -> Self {
        let Rehearsed {
            backtest,
            budget,
            controls,
        } = rehearsed;
        let Survey {
            files,
            bytes,
            plain_bytes,
            events,
            outside,
            duplicates,
            span,
            skipped,
            partial,
            remarks,
            state,
        } = &backtest.survey;
        Self {
            schema: "cis-fix/backtest/v1",
            state: match state {
                State::Finished => "finished",
                State::Interrupted => "interrupted",
            },
            files: *files,
            bytes: *bytes,
            plain_bytes: *plain_bytes,
            events: *events,
            outside: *outside,
            duplicates: *duplicates,
            first: span.map(|Span { first, last: _ }| time::print(first)),
            last: span.map(|Span { first: _, last }| time::print(last)),
            skipped: *skipped,
            partial: *partial,
            budget: budget.to_string(),
            remarks: remarks.iter().map(remark).collect(),
            controls: controls.iter().map(control).collect(),
        }
    }
}

fn remark(remark: &Remark) -> RemarkShape<'_> {
    let Remark {
        file,
        kind,
        what,
        records,
    } = remark;
    RemarkShape {
        file,
        kind: kind.as_str(),
        what,
        records: *records,
    }
}

fn control<'run>(rehearsed: &'run RehearsedControl<'run>) -> ControlShape<'run> {
    let RehearsedControl {
        control,
        tally,
        rehearsal,
    } = rehearsed;
    let rehearsal = rehearsal.as_ref();
    let course = rehearsal.ok().map(|rehearsal| &rehearsal.course);
    let figures = course.map(CourseShape::new);
    let proposal = rehearsal
        .ok()
        .and_then(|rehearsal| rehearsal.proposal.as_ref());
    ControlShape {
        id: control.id.as_str(),
        number: control.number.as_deref(),
        pattern: control.pattern.text(),
        matches: tally.matches(),
        untimed: tally.untimed(),
        alarms: figures.as_ref().map(|course| course.notifications),
        course: figures,
        not_simulated: rehearsal.err().map(ToString::to_string),
        days: rehearsal::days(tally, course),
        causes: rehearsal::causes(tally),
        proposal: proposal.map(ProposalShape::new),
    }
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LineShape<'run> {
    control: &'run str,
    file: &'run str,
    index: u64,
    #[serde(rename = "eventID")]
    event_id: Option<&'run str>,
    event_time: Option<&'run str>,
    event_name: Option<&'run str>,
}

/// Returns a match in one line.
pub(super) fn line(control: &ControlId, hit: &Hit) -> String {
    let shape = LineShape {
        control: control.as_str(),
        file: &hit.file,
        index: hit.index,
        event_id: hit.event_id.as_deref(),
        event_time: hit.event_time.as_deref(),
        event_name: hit.event_name.as_deref(),
    };
    format!("{}\n", escaped(&value(&shape).to_string()))
}
