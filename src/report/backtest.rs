//! A backtest as a report: how often each control's pattern matched, and what was left out in reading.

mod rehearsal;
mod steps;

pub use rehearsal::{Depth, lost_lines};

use super::document::{Block, Document, Span as Words, Style, Table, Text};
use crate::backtest::tuning::{Budget, Proposal, Rehearsal, Rehearsed, RehearsedControl, Setting};
use crate::backtest::{Backtest, Remark, Span, State, Survey, Tally, time};
use rehearsal::many;

/// Returns what a backtest found.
pub(super) fn document(rehearsed: &Rehearsed<'_>, depth: Depth) -> Document {
    let Rehearsed {
        backtest,
        budget,
        controls,
    } = rehearsed;
    let Backtest { survey, tallies } = backtest;
    let mut blocks = Vec::new();
    if !controls.is_empty() {
        blocks.push(Block::Table(Table {
            headings: vec![
                "No.",
                "Control",
                "Matches",
                "Alarms",
                "Quiet days",
                "Proposal",
            ],
            rows: controls.iter().map(row).collect(),
        }));
        blocks.push(Block::Paragraph(about(*budget)));
    }
    blocks.extend(controls.iter().filter_map(|control| told(control, depth)));
    if !survey.remarks.is_empty() {
        let remarks = survey.remarks.iter().map(remark).collect();
        blocks.push(Block::section("Left out", remarks));
    }
    Document {
        title: Text::from([
            Style::Strong.span("Backtest"),
            Style::Plain.span(format!(": {}", scope(survey))),
        ]),
        blocks,
        summary: summary(survey, tallies),
    }
}

fn row(rehearsed: &RehearsedControl<'_>) -> Vec<Text> {
    let RehearsedControl {
        control,
        tally,
        rehearsal,
    } = rehearsed;
    let figures = rehearsal
        .as_ref()
        .map(|rehearsal| rehearsal.course.figures());
    let (alarms, quiet) = match &figures {
        Ok(figures) => (
            figures.alarms.to_string(),
            format!("{:.0} %", figures.quiet_share * 100.0),
        ),
        Err(_) => ("?".to_owned(), "?".to_owned()),
    };
    vec![
        Text::plain(control.number.clone().unwrap_or_default()),
        Text::plain(control.id.as_str()),
        Text::plain(tally.matches().to_string()),
        Text::plain(alarms),
        Text::plain(quiet),
        Text::from([match rehearsal {
            Ok(rehearsal) => proposed(rehearsal),
            Err(error) => Style::Caution.span(error.to_string()),
        }]),
    ]
}

/// Returns what is proposed, in a few words.
fn proposed(rehearsal: &Rehearsal) -> Words {
    match &rehearsal.proposal {
        None if rehearsal.allowed.is_none() => Style::Plain.span("pages by its lane"),
        None if rehearsal.is_within() => Style::Good.span("within the budget"),
        None => Style::Caution.span("nothing found"),
        Some(Proposal { setting, paging }) => {
            let setting = setting.as_ref().map(|setting| {
                let Setting {
                    threshold,
                    period,
                    course: _,
                } = setting;
                format!(
                    "threshold {threshold} in {}",
                    steps::length(i64::from(*period))
                )
            });
            let paging = paging.as_ref().map(|paging| {
                let sources = u64::try_from(paging.exclusions.len()).unwrap_or(u64::MAX);
                format!(
                    "leave out {} when paging",
                    many(sources, "source", "sources")
                )
            });
            let words: Vec<String> = [setting, paging].into_iter().flatten().collect();
            Style::Bad.span(words.join(", or "))
        }
    }
}

/// Returns what the figures rest on.
fn about(budget: Budget) -> Text {
    Text::sentence(&format!(
        "Alarms are simulated on the times of the events, evaluated every minute as CloudWatch does. The budget is `{budget}` for each \
         control. A notification is sent when an alarm goes into ALARM, not for each event."
    ))
}

/// Returns what is to be said of a control; nothing when its pattern matched nothing.
fn told(rehearsed: &RehearsedControl<'_>, depth: Depth) -> Option<Block> {
    let RehearsedControl {
        control,
        tally,
        rehearsal,
    } = rehearsed;
    let rehearsal = rehearsal.as_ref().ok()?;
    (tally.matches() > 0).then(|| rehearsal::group(control, tally, rehearsal, depth))
}

/// Returns what was read, in words.
fn scope(survey: &Survey) -> String {
    let Survey {
        files,
        bytes: _,
        plain_bytes: _,
        events,
        outside,
        duplicates: _,
        span,
        skipped: _,
        partial: _,
        remarks: _,
        state: _,
    } = survey;
    let read = format!(
        "{}, {}",
        many(*files, "file", "files"),
        many(*events, "event", "events")
    );
    let span = span.map(|Span { first, last }| {
        format!(" from {} to {}", time::print(first), time::print(last))
    });
    let outside = (*outside > 0).then(|| {
        format!(
            ", and {} outside of the time asked for",
            many(*outside, "event", "events")
        )
    });
    [Some(read), span, outside].into_iter().flatten().collect()
}

fn remark(remark: &Remark) -> Block {
    let Remark {
        file,
        kind: _,
        what,
        records: _,
    } = remark;
    Block::Paragraph(Text::plain(format!("{file}: {what}")))
}

fn summary(survey: &Survey, tallies: &[Tally]) -> Text {
    let matches: u64 = tallies.iter().map(Tally::matches).sum();
    let mut parts = vec![many(matches, "match", "matches")];
    let more = [
        (
            survey.duplicates,
            "match delivered twice counts once",
            "matches delivered twice count once",
        ),
        (survey.skipped, "file left out", "files left out"),
        (survey.partial, "file read in part", "files read in part"),
    ];
    for (number, one, several) in more {
        if number > 0 {
            parts.push(many(number, one, several));
        }
    }
    let told = parts.join(", ");
    match survey.state {
        State::Finished => Text::from([Style::Strong.span(told)]),
        State::Interrupted => Text::from([
            Style::Strong.span("interrupted"),
            Style::Plain.span(format!(": {told} until then")),
        ]),
    }
}
