//! A backtest as a report: how often each control's pattern matched, and what was left out in reading.

use super::document::{Block, Document, Style, Table, Text};
use super::roster::count;
use crate::backtest::{Backtest, Remark, Span, State, Survey, Tally, time};
use crate::desired::DesiredControl;

/// Returns what a backtest found.
pub(super) fn document(controls: &[DesiredControl], backtest: &Backtest) -> Document {
    let Backtest { survey, tallies } = backtest;
    let rows = controls.iter().zip(tallies).map(row).collect();
    let blocks = [
        Some(Block::Table(Table {
            headings: vec!["No.", "Control", "Matches", "Minutes", "Most in a minute"],
            rows,
        })),
        (!survey.remarks.is_empty())
            .then(|| Block::section("Left out", survey.remarks.iter().map(remark).collect())),
    ];
    Document {
        title: Text::from([
            Style::Strong.span("Backtest"),
            Style::Plain.span(format!(": {}", scope(survey))),
        ]),
        blocks: blocks.into_iter().flatten().collect(),
        summary: summary(survey, tallies),
    }
}

fn row((control, tally): (&DesiredControl, &Tally)) -> Vec<Text> {
    let most = tally.minutes().values().max().copied().unwrap_or_default();
    vec![
        Text::plain(control.number.clone().unwrap_or_default()),
        Text::plain(control.id.as_str()),
        Text::plain(tally.matches().to_string()),
        Text::plain(tally.minutes().len().to_string()),
        Text::plain(most.to_string()),
    ]
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

/// Returns a number of things in words.
fn many(number: u64, one: &str, several: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), one, several)
}
