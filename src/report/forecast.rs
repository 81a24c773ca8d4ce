//! The report of a forecast: a matrix of verdicts, why some do not pass, and what auditors do not see.

use std::collections::BTreeSet;

use super::CheckContext;
use super::document::{Block, Document, Entry, Mark, Style, Table, Text};
use super::roster::Roster;
use crate::audit::{AuditorVerdict, Opinion};
use crate::catalog::Auditor;
use crate::examine::Examination;
use crate::forecast::{AuditorForecast, BlindSpot, ControlForecast, Forecast};
use crate::model::ControlId;

pub(super) fn document(
    context: &CheckContext,
    forecast: &Forecast,
    examinations: &[Examination],
) -> Document {
    let CheckContext {
        account,
        region,
        benchmark,
    } = context;
    let roster = Roster::new(examinations);
    let blocks = [
        matrix(forecast),
        Block::Paragraph(Text::from([Style::Dim.span(
            "+ passes, x fails, . is not covered, ? is unknown; two signs tell of now and of after `cis-fix apply`",
        )])),
    ];
    let sections = [
        ("Reasons", reasons(forecast, roster)),
        ("Blind spots", blind_spots(&forecast.blind_spots, roster)),
    ];
    let sections = sections
        .into_iter()
        .filter(|(_, body)| !body.is_empty())
        .map(|(title, body)| Block::section(title, body));
    Document {
        title: Text::plain(format!(
            "Forecast: account {account}, {region}, benchmark {benchmark}"
        )),
        blocks: blocks.into_iter().chain(sections).collect(),
        summary: Text::plain(summary(forecast)),
    }
}

/// Returns a row for each control and a column for each auditor.
fn matrix(forecast: &Forecast) -> Block {
    let headings =
        std::iter::once("No.").chain(forecast.auditors.iter().map(|known| heading(known.auditor)));
    let first = forecast.auditors.first();
    let controls = first.map_or(&[][..], |known| known.controls.as_slice());
    let rows = controls.iter().enumerate().map(|(at, control)| {
        let label = control.number.as_deref().unwrap_or(control.id.as_str());
        let cells = forecast
            .auditors
            .iter()
            .map(|known| known.controls.get(at).map(cell).unwrap_or_default());
        std::iter::once(Text::plain(label)).chain(cells).collect()
    });
    Block::Table(Table {
        headings: headings.collect(),
        rows: rows.collect(),
    })
}

/// Returns a name that leaves room for eight columns.
fn heading(auditor: Auditor) -> &'static str {
    match auditor {
        Auditor::SecurityHub => "SecHub",
        Auditor::Prowler => "Prowler",
        Auditor::Steampipe => "Steamp.",
        Auditor::Elastic => "Elastic",
        Auditor::Trivy => "Trivy",
        Auditor::ScoutSuite => "Scout",
        Auditor::CloudCustodian => "Custod.",
        Auditor::ElectricEye => "El.Eye",
    }
}

fn cell(control: &ControlForecast) -> Text {
    let sign = |opinion: &Opinion| match opinion.verdict {
        AuditorVerdict::Pass => Style::Good.span("+"),
        AuditorVerdict::Fail => Style::Bad.span("x"),
        AuditorVerdict::NotCovered => Style::Dim.span("."),
        AuditorVerdict::Unknown => Style::Caution.span("?"),
    };
    if control.now.verdict == control.after.verdict {
        Text::from([sign(&control.now)])
    } else {
        Text::from([
            sign(&control.now),
            Style::Plain.span(" "),
            sign(&control.after),
        ])
    }
}

/// Returns the reasons for verdicts after an apply, each once for each auditor; a plain pass has none.
fn reasons(forecast: &Forecast, roster: Roster<'_>) -> Vec<Block> {
    forecast
        .auditors
        .iter()
        .flat_map(|known| {
            let mut reasons: Vec<(&Opinion, BTreeSet<ControlId>)> = Vec::new();
            for control in &known.controls {
                let is_partly_covered =
                    control.after.verdict == AuditorVerdict::NotCovered && covers_some(known);
                if control.after.reason.is_none() || is_partly_covered {
                    continue;
                }
                match reasons
                    .iter_mut()
                    .find(|(other, _)| **other == control.after)
                {
                    Some((_, controls)) => {
                        controls.insert(control.id.clone());
                    }
                    None => reasons.push((&control.after, BTreeSet::from([control.id.clone()]))),
                }
            }
            reasons
                .into_iter()
                .map(|(opinion, controls)| told(known, &controls, opinion, roster))
                .collect::<Vec<_>>()
        })
        .collect()
}

/// Returns whether an auditor says anything of any control: what it does not know beside that goes without saying.
fn covers_some(known: &AuditorForecast) -> bool {
    let mut controls = known.controls.iter();
    controls.any(|control| control.after.verdict != AuditorVerdict::NotCovered)
}

fn told(
    known: &AuditorForecast,
    controls: &BTreeSet<ControlId>,
    opinion: &Opinion,
    roster: Roster<'_>,
) -> Block {
    let mark = match opinion.verdict {
        AuditorVerdict::Fail => Mark::Blocked,
        AuditorVerdict::Unknown => Mark::Human,
        AuditorVerdict::Pass | AuditorVerdict::NotCovered => Mark::Skipped,
    };
    let reason = opinion.reason.as_deref().unwrap_or_default();
    Block::Entry(Entry {
        mark,
        head: Text::from([
            Style::Name.span(known.auditor.title()),
            Style::Plain.span(format!(", {}: {reason}", roster.phrase(controls))),
        ]),
        body: Vec::new(),
    })
}

fn blind_spots(spots: &[BlindSpot], roster: Roster<'_>) -> Vec<Block> {
    spots
        .iter()
        .map(|spot| {
            Block::Entry(Entry {
                mark: Mark::Human,
                head: Text::from([
                    Style::Name.span(spot.auditor.title()),
                    Style::Plain.span(format!(
                        " passes {} although {}",
                        roster.phrase(&spot.controls),
                        spot.detail
                    )),
                    Style::Dim.span(format!(" ({})", spot.code.as_str())),
                ]),
                body: Vec::new(),
            })
        })
        .collect()
}

/// Returns how many controls pass for whom, now and afterwards.
fn summary(forecast: &Forecast) -> String {
    let counts = forecast.auditors.iter().filter_map(|known| {
        let covered = |opinion: &Opinion| opinion.verdict != AuditorVerdict::NotCovered;
        let passes = |opinion: &Opinion| opinion.verdict == AuditorVerdict::Pass;
        let all = known
            .controls
            .iter()
            .filter(|control| covered(&control.now) || covered(&control.after))
            .count();
        let now = known.controls.iter().filter(|control| passes(&control.now));
        let after = known
            .controls
            .iter()
            .filter(|control| passes(&control.after));
        (all > 0).then(|| {
            format!(
                "{} {} then {} of {all}",
                known.auditor.title(),
                now.count(),
                after.count()
            )
        })
    });
    let counts: Vec<String> = counts.collect();
    format!("Passing now and after apply: {}.", counts.join(", "))
}
