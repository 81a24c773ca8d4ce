//! The shape of `cis-fix/backtest/v1`, and the lines of `backtest --list`.

mod rehearsal;

use serde::Serialize;
use serde_json::Value;

use super::event::event;
use super::print::{escaped, value};
use crate::backtest::tuning::{Rehearsed, RehearsedControl};
use crate::backtest::{Hit, LogSource, Remark, Source, Span, State, Survey, Window, time};
use crate::examine::Examination;
use crate::model::{ControlId, Retention};
use crate::pattern::explain::matching;
use crate::report::CheckContext;

use rehearsal::{CauseShape, CourseShape, DayShape, ProposalShape};

#[derive(Debug, Serialize)]
pub(super) struct BacktestShape<'run> {
    schema: &'static str,
    state: &'static str,
    source: SourceShape,
    account: Option<&'run str>,
    region: Option<&'run str>,
    files: u64,
    bytes: u64,
    plain_bytes: u64,
    events: u64,
    outside: u64,
    duplicates: u64,
    first: Option<String>,
    last: Option<String>,
    asked: SpanShape,
    simulated: Option<SpanShape>,
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

/// From one time to another; the last one counts.
#[derive(Debug, Serialize)]
struct SpanShape {
    first: Option<String>,
    last: Option<String>,
}

#[derive(Debug, Serialize)]
struct SourceShape {
    kind: &'static str,
    log_groups: Vec<LogGroupShape>,
    region: Option<String>,
}

#[derive(Debug, Serialize)]
struct LogGroupShape {
    arn: String,
    created: Option<String>,
    retention_days: Option<u32>,
}

#[derive(Debug, Serialize)]
struct ControlShape<'run> {
    id: &'run str,
    number: Option<&'run str>,
    pattern: &'run str,
    verdict: Option<&'static str>,
    matches: Option<u64>,
    untimed: u64,
    alarms: Option<u64>,
    course: Option<CourseShape>,
    not_simulated: Option<String>,
    days: Vec<DayShape>,
    causes: Vec<CauseShape<'run>>,
    proposal: Option<ProposalShape<'run>>,
    witness: Option<Value>,
}

impl<'run> BacktestShape<'run> {
    pub(super) fn new(
        rehearsed: &'run Rehearsed<'run>,
        judged: Option<(&'run CheckContext, &'run [Examination])>,
    ) -> Self {
        let Rehearsed {
            backtest,
            budget,
            controls,
        } = rehearsed;
        let survey = &backtest.survey;
        let Survey {
            source,
            asked,
            covered: _,
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
        } = survey;
        Self {
            schema: "cis-fix/backtest/v1",
            state: match state {
                State::Finished => "finished",
                State::Interrupted => "interrupted",
            },
            source: SourceShape::new(source),
            account: judged.map(|(context, _)| context.account.as_str()),
            region: judged.map(|(context, _)| context.region.as_str()),
            files: *files,
            bytes: *bytes,
            plain_bytes: *plain_bytes,
            events: *events,
            outside: *outside,
            duplicates: *duplicates,
            first: span.map(|Span { first, last: _ }| time::print(first)),
            last: span.map(|Span { first: _, last }| time::print(last)),
            asked: SpanShape::asked(*asked),
            simulated: survey.simulated().map(SpanShape::of),
            skipped: *skipped,
            partial: *partial,
            budget: budget.to_string(),
            remarks: remarks.iter().map(remark).collect(),
            controls: controls
                .iter()
                .map(|rehearsed| control(rehearsed, judged.map(|(_, examinations)| examinations)))
                .collect(),
        }
    }
}

impl SpanShape {
    fn of(Span { first, last }: Span) -> Self {
        Self {
            first: Some(time::print(first)),
            last: Some(time::print(last)),
        }
    }

    fn asked(Window { since, until }: Window) -> Self {
        Self {
            first: since.map(time::print),
            last: until.map(|until| time::print(until.saturating_sub(1))),
        }
    }
}

impl SourceShape {
    fn new(source: &Source) -> Self {
        let (log_groups, region) = match source {
            Source::Files => (Vec::new(), None),
            Source::LogGroups(groups) => (groups.iter().map(log_group).collect(), None),
            Source::History(region) => (Vec::new(), Some(region.to_string())),
        };
        Self {
            kind: source.as_str(),
            log_groups,
            region,
        }
    }
}

fn log_group(source: &LogSource) -> LogGroupShape {
    let LogSource {
        log_group,
        retention: Retention { created, days },
    } = source;
    LogGroupShape {
        arn: log_group.to_string(),
        created: created.map(time::print),
        retention_days: *days,
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

fn control<'run>(
    rehearsed: &'run RehearsedControl<'run>,
    examinations: Option<&[Examination]>,
) -> ControlShape<'run> {
    let RehearsedControl {
        control,
        tally,
        rehearsal,
    } = rehearsed;
    let judged = examinations
        .into_iter()
        .flatten()
        .find(|examination| examination.control == control.id);
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
        verdict: judged.map(|examination| examination.verdict.as_str()),
        matches: rehearsed.matches(),
        untimed: tally.untimed(),
        alarms: figures.as_ref().map(|course| course.notifications),
        course: figures,
        not_simulated: rehearsal.err().map(ToString::to_string),
        days: rehearsal::days(tally, course),
        causes: rehearsal::causes(tally),
        proposal: proposal.map(ProposalShape::new),
        witness: matching(&control.pattern).as_ref().map(event),
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
