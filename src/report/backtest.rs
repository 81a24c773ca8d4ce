//! A backtest as a report: how often each control's pattern matched, and what was left out in reading.

mod rehearsal;
mod source;
mod steps;

pub use rehearsal::{Depth, lost_lines};

use super::CheckContext;
use super::document::{Block, Document, Span as Words, Style, Table, Text};
use super::json_line::json_line;
use crate::backtest::tuning::{Proposal, Rehearsal, Rehearsed, RehearsedControl, Setting};
use crate::backtest::{Backtest, Remark, Source, Span, State, Survey, time};
use crate::examine::Examination;
use crate::pattern::explain::matching;
use rehearsal::many;

/// Returns what a backtest found, with what is known of the account.
pub(super) fn document(
    rehearsed: &Rehearsed<'_>,
    judged: Option<(&CheckContext, &[Examination])>,
    depth: Depth,
) -> Document {
    let Rehearsed {
        backtest,
        budget: _,
        controls,
    } = rehearsed;
    let Backtest {
        survey,
        tallies: _,
        unanswered: _,
    } = backtest;
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
        blocks.push(Block::Paragraph(about(rehearsed)));
    }
    blocks.extend(source::told(&survey.source));
    blocks.extend(controls.iter().filter_map(|control| told(control, depth)));
    if !survey.remarks.is_empty() {
        let remarks = survey.remarks.iter().map(remark).collect();
        blocks.push(Block::section("Left out", remarks));
    }
    if depth == Depth::Full {
        blocks.extend(witnesses(controls));
    }
    blocks.extend(judged.map(|(context, examinations)| super::verdicts(context, examinations)));
    Document {
        title: Text::from([
            Style::Strong.span("Backtest"),
            Style::Plain.span(format!(": {}", scope(survey))),
        ]),
        blocks,
        summary: summary(rehearsed),
    }
}

fn row(rehearsed: &RehearsedControl<'_>) -> Vec<Text> {
    let RehearsedControl {
        control,
        tally: _,
        rehearsal,
    } = rehearsed;
    let matches = rehearsed.matches();
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
        Text::plain(matches.map_or_else(|| "?".to_owned(), |matches| matches.to_string())),
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
fn about(rehearsed: &Rehearsed<'_>) -> Text {
    let span = rehearsed.backtest.survey.simulated();
    let span = span.map_or_else(String::new, |Span { first, last }| {
        format!("from {} to {}, ", time::print(first), time::print(last))
    });
    Text::sentence(&format!(
        "Alarms are simulated on the times of the events, {span}evaluated every minute as CloudWatch does. The budget is `{}` for each \
         control, and a tenth of the time in ALARM. A notification is sent when an alarm goes into ALARM, not for each event.",
        rehearsed.budget
    ))
}

/// Returns for each control an event that must make its alarm go off.
fn witnesses(controls: &[RehearsedControl<'_>]) -> Option<Block> {
    let rows: Vec<Vec<Text>> = controls
        .iter()
        .filter_map(|rehearsed| {
            let control = rehearsed.control;
            let event = matching(&control.pattern)?;
            Some(vec![
                Text::plain(control.number.clone().unwrap_or_default()),
                Text::plain(control.id.as_str()),
                Text::from([Style::Code.span(json_line(&event))]),
            ])
        })
        .collect();
    (!rows.is_empty()).then(|| {
        let told =
            "Each pattern matches this event, whatever was read: an alarm that stays quiet when it happens does not work.";
        Block::section(
            "Events that must be noticed",
            vec![
                Block::Paragraph(Text::plain(told)),
                Block::Table(Table {
                    headings: vec!["No.", "Control", "Event"],
                    rows,
                }),
            ],
        )
    })
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
        source,
        asked: _,
        covered: _,
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
    let read = match source {
        Source::Files => format!(
            "{}, {}",
            many(*files, "file", "files"),
            many(*events, "event", "events")
        ),
        Source::LogGroups(_) => many(*events, "matching event", "matching events"),
        Source::History(region) => format!(
            "event history of {region}, {} of the names looked for",
            many(*events, "event", "events")
        ),
    };
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

fn summary(rehearsed: &Rehearsed<'_>) -> Text {
    let survey = &rehearsed.backtest.survey;
    let known = rehearsed.controls.iter().map(RehearsedControl::matches);
    let matches: u64 = known.flatten().sum();
    let mut parts = vec![many(matches, "match", "matches")];
    // A log group of which something was left out is no file.
    let (skipped, partial) = match survey.source {
        Source::Files => (survey.skipped, survey.partial),
        Source::LogGroups(_) | Source::History(_) => (0, 0),
    };
    let unanswered = u64::try_from(rehearsed.backtest.unanswered.len()).unwrap_or(u64::MAX);
    let more = [
        (
            survey.duplicates,
            "match delivered twice counts once",
            "matches delivered twice count once",
        ),
        (skipped, "file left out", "files left out"),
        (partial, "file read in part", "files read in part"),
        (unanswered, "control not answered", "controls not answered"),
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
