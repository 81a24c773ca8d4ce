//! The shape of `cis-fix/backtest/v1`, and the lines of `backtest --list`.

use serde::Serialize;

use super::print::{escaped, value};
use crate::backtest::{Backtest, Hit, Remark, Span, State, Survey, Tally, time};
use crate::desired::DesiredControl;
use crate::model::ControlId;

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
}

impl<'run> BacktestShape<'run> {
    pub(super) fn new(controls: &'run [DesiredControl], backtest: &'run Backtest) -> Self {
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
            remarks: remarks.iter().map(remark).collect(),
            controls: controls
                .iter()
                .zip(&backtest.tallies)
                .map(control)
                .collect(),
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

fn control<'run>((control, tally): (&'run DesiredControl, &'run Tally)) -> ControlShape<'run> {
    ControlShape {
        id: control.id.as_str(),
        number: control.number.as_deref(),
        pattern: control.pattern.text(),
        matches: tally.matches(),
        untimed: tally.untimed(),
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
