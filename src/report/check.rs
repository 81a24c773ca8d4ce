//! The report of a check.

use super::CheckContext;
use super::document::{Block, Document, Section, Span, Style, Table, Text};
use super::findings::{Finding, groups};
use super::roster::{Roster, count};
use crate::examine::{Code, Examination, LinkState, Verdict};

pub(super) fn document(context: &CheckContext, examinations: &[Examination]) -> Document {
    let CheckContext {
        account,
        region,
        benchmark,
    } = context;
    let place = format!("account {account}, {region}, benchmark {benchmark}");
    let mut blocks = Vec::new();
    if !examinations.is_empty() {
        blocks.push(verdict_table(examinations));
    }
    blocks.extend(sections(Roster::new(examinations)));
    Document {
        title: Text::plain(format!("Check: {place}")),
        blocks,
        summary: verdict_counts(examinations),
    }
}

/// Returns the table of controls and verdicts.
pub(super) fn verdict_table(examinations: &[Examination]) -> Block {
    let rows = examinations.iter().map(|examination| {
        vec![
            Text::plain(examination.number.clone().unwrap_or_default()),
            Text::plain(examination.control.as_str()),
            Text::from([verdict(examination.verdict)]),
        ]
    });
    Block::Table(Table {
        headings: vec!["No.", "Control", "Verdict"],
        rows: rows.collect(),
    })
}

fn verdict(verdict: Verdict) -> Span {
    style(verdict).span(words(verdict))
}

fn words(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Compliant => "compliant",
        Verdict::NonCompliant => "non-compliant",
        Verdict::Unknown => "unknown",
        Verdict::Inherited => "inherited",
    }
}

fn style(verdict: Verdict) -> Style {
    match verdict {
        Verdict::Compliant => Style::Good,
        Verdict::NonCompliant => Style::Bad,
        Verdict::Unknown => Style::Caution,
        Verdict::Inherited => Style::Elsewhere,
    }
}

/// Returns what stands below the table: why controls are not in place, and what else is worth knowing.
pub(super) fn sections(roster: Roster<'_>) -> Vec<Block> {
    let remarks = groups(roster, |examination| {
        examination.remarks.iter().map(Finding::of_remark).collect()
    });
    [
        ("Gaps", reasons(roster, Verdict::NonCompliant)),
        ("Could not look", reasons(roster, Verdict::Unknown)),
        (
            "Recorded by another account",
            reasons(roster, Verdict::Inherited),
        ),
        ("Remarks", remarks),
    ]
    .into_iter()
    .filter_map(|(title, body)| section(title, body))
    .collect()
}

/// Returns where a benchmark's own texts are defective.
pub(super) fn defects(roster: Roster<'_>) -> Option<Block> {
    let found = groups(roster, |examination| {
        let remarks = examination.remarks.iter();
        remarks
            .filter(|remark| remark.code == Code::PrescribedTextDefective)
            .map(Finding::of_remark)
            .collect()
    });
    section("Prescribed texts", found)
}

/// Returns what was found in place, link by link.
pub(super) fn evidence(examinations: &[Examination]) -> Option<Block> {
    let found = groups(Roster::new(examinations), |examination| {
        let links = examination.links.iter();
        links
            .filter(|link| link.state == LinkState::InPlace)
            .map(Finding::of_link)
            .collect()
    });
    section("In place", found)
}

/// Returns a section, or none when it would be empty.
pub(super) fn section(title: &str, body: Vec<Block>) -> Option<Block> {
    (!body.is_empty()).then(|| {
        Block::Section(Section {
            title: Text::plain(title),
            aside: Text::default(),
            body,
        })
    })
}

/// Returns why the controls with a verdict have it.
pub(super) fn reasons(roster: Roster<'_>, verdict: Verdict) -> Vec<Block> {
    groups(roster, |examination| {
        if examination.verdict == verdict {
            broken_links(examination)
        } else {
            Vec::new()
        }
    })
}

fn broken_links(examination: &Examination) -> Vec<Finding<'_>> {
    let broken = examination
        .links
        .iter()
        .filter(|link| link.state != LinkState::InPlace || link.code == Code::TrailInherited);
    broken.map(Finding::of_link).collect()
}

/// Returns the line that counts the verdicts.
pub(super) fn verdict_counts(examinations: &[Examination]) -> Text {
    let total = count(examinations.len(), "control", "controls");
    let kinds = [
        Verdict::Compliant,
        Verdict::NonCompliant,
        Verdict::Unknown,
        Verdict::Inherited,
    ];
    let mut text = Text::from([Style::Strong.span(total)]);
    let mut separator = ": ";
    for kind in kinds {
        let number = examinations
            .iter()
            .filter(|known| known.verdict == kind)
            .count();
        if number > 0 {
            let words = format!("{number} {}", words(kind));
            text = text.then([Style::Plain.span(separator), style(kind).span(words)]);
            separator = ", ";
        }
    }
    text
}
