//! Filter patterns by themselves: how two relate, what one matches, and how it is spelt.

use super::clauses::clause_lines;
use super::document::{Block, Diff, Document, Excerpt, Section, Style, Text};
use super::findings::witness;
use super::meanings;
use super::roster::count;
use crate::pattern::difference::difference;
use crate::pattern::explain::Explanation;
use crate::pattern::lint::{Finding, Severity};
use crate::pattern::{Comparison, Kind, MAXIMUM_LENGTH, Pattern, Relation};

/// Returns how two patterns relate.
pub(super) fn comparison(a: &Pattern, b: &Pattern, comparison: &Comparison) -> Document {
    let difference = difference(a, b);
    let clauses = match &difference {
        Some(parts) => vec![Block::Diff(Diff {
            name: "Clauses (- in A alone, + in B alone)",
            lines: meanings::lines(parts),
        })],
        None => vec![
            Block::section("A", vec![pattern_lines(a)]),
            Block::section("B", vec![pattern_lines(b)]),
        ],
    };
    let Comparison {
        relation: _,
        only_a,
        only_b,
        both,
        undecided_reason: _,
    } = comparison;
    let events = [
        ("only A matches", only_a),
        ("only B matches", only_b),
        ("both match", both),
    ];
    let events = events
        .into_iter()
        .filter_map(|(words, event)| Some(Block::Paragraph(witness(words, event.as_ref()?))));
    let events = Block::section("Events", events.collect());
    Document {
        title: Text::from([
            Style::Strong.span("Comparison"),
            Style::Plain.span(format!(": {}", sentence(comparison))),
        ]),
        blocks: present(clauses.into_iter().chain([events])),
        summary: match &difference {
            Some(parts) => Text::plain(meanings::counts(parts)),
            None => Text::plain("the clauses are not told apart"),
        },
    }
}

/// Returns in one sentence how two patterns relate.
fn sentence(comparison: &Comparison) -> String {
    let Comparison {
        relation,
        only_a: _,
        only_b: _,
        both,
        undecided_reason,
    } = comparison;
    // Unless something was not found out, no event in common means that one side has none at all.
    let is_empty = both.is_none() && undecided_reason.is_none();
    match relation {
        Relation::Equivalent if is_empty => "A and B match no event at all",
        Relation::Equivalent => "A and B match the same events",
        Relation::Narrower if is_empty => "A matches no event at all, and B matches some",
        Relation::Narrower => "B matches everything that A matches, and more",
        Relation::Broader if is_empty => "B matches no event at all, and A matches some",
        Relation::Broader => "A matches everything that B matches, and more",
        Relation::Overlapping => {
            "some events are matched by both, some by A alone and some by B alone"
        }
        Relation::Disjoint => "no event is matched by both, and some by A or B alone",
        Relation::Undecided => {
            let reason = undecided_reason.map(|reason| format!(": {reason}"));
            return format!(
                "it was not found out how A and B relate{}",
                reason.unwrap_or_default()
            );
        }
    }
    .to_owned()
}

/// Returns what a pattern matches, and what is probably wrong with it.
pub(super) fn explanation(
    pattern: &Pattern,
    explanation: &Explanation,
    findings: &[Finding],
) -> Document {
    let Explanation {
        sentences,
        outline,
        matching,
        near_miss,
    } = explanation;
    let sentences = sentences
        .iter()
        .map(|sentence| Block::Paragraph(Text::sentence(sentence)));
    let outline = (!outline.children.is_empty()).then(|| {
        let lines = outline.to_string();
        Block::snippet(lines.lines().map(str::to_owned).collect())
    });
    let examples = [("matches", matching), ("does not match", near_miss)];
    let examples = examples
        .into_iter()
        .filter_map(|(words, event)| Some(Block::Paragraph(witness(words, event.as_ref()?))));
    let blocks = [
        Block::section("Pattern", vec![pattern_lines(pattern)]),
        Block::section("Meaning", sentences.collect()),
        Block::section("Conditions", outline.into_iter().collect()),
        Block::section(
            "Findings",
            findings
                .iter()
                .map(|finding| self::finding(pattern, finding))
                .collect(),
        ),
        Block::section("Examples", examples.collect()),
    ];
    Document {
        title: Text::from([
            Style::Strong.span("Pattern"),
            Style::Plain.span(format!(": {}", size(pattern.text(), pattern.kind()))),
        ]),
        blocks: present(blocks),
        summary: sum(findings),
    }
}

/// Returns a pattern in the strict spelling.
pub(super) fn strict(pattern: &Pattern) -> Document {
    let strict = pattern.to_string();
    Document {
        title: Text::from([Style::Strong.span("Pattern in the strict spelling")]),
        summary: Text::plain(size(&strict, pattern.kind())),
        blocks: vec![Block::snippet(vec![strict])],
    }
}

fn size(text: &str, kind: Kind) -> String {
    let kind = match kind {
        Kind::Blank => "blank",
        Kind::Json => "JSON",
        Kind::Terms => "terms",
        Kind::SpaceDelimited => "fields of a line",
        Kind::Regex => "regular expression",
    };
    let length = text.chars().count();
    format!("{kind}, {length} of {MAXIMUM_LENGTH} characters")
}

fn finding(pattern: &Pattern, finding: &Finding) -> Block {
    let Finding {
        rule,
        span,
        message,
        advice,
        event,
    } = finding;
    let (word, style) = severity(rule.severity());
    let title = Text::from([style.span(word), Style::Plain.span(": ")])
        .then(Text::sentence(message))
        .then([Style::Dim.span(format!(" [{rule}]"))]);
    let mut body = vec![Block::Excerpt(Excerpt {
        text: pattern.text().to_owned(),
        span: span.clone(),
        style,
    })];
    let advice = advice
        .as_ref()
        .map(|advice| Block::Paragraph(Text::plain("-> ").then(Text::sentence(advice))));
    let event = event
        .as_ref()
        .map(|event| Block::Paragraph(witness("event", event)));
    body.extend(advice.into_iter().chain(event));
    Block::Group(Section {
        title,
        aside: Text::default(),
        body,
    })
}

fn severity(severity: Severity) -> (&'static str, Style) {
    match severity {
        Severity::Error => ("error", Style::Bad),
        Severity::Warning => ("warning", Style::Caution),
        Severity::Note => ("note", Style::Elsewhere),
    }
}

/// Returns how many findings there are of which severity.
fn sum(findings: &[Finding]) -> Text {
    if findings.is_empty() {
        return Text::from([Style::Good.span("no findings")]);
    }
    let mut sum = Text::default();
    for (severity, plural) in [
        (Severity::Error, "errors"),
        (Severity::Warning, "warnings"),
        (Severity::Note, "notes"),
    ] {
        let of_severity = |finding: &&Finding| finding.rule.severity() == severity;
        let number = findings.iter().filter(of_severity).count();
        let (word, style) = self::severity(severity);
        if number > 0 {
            let comma = if sum.spans.is_empty() { "" } else { ", " };
            sum = sum.then([
                Style::Plain.span(comma),
                style.span(count(number, word, plural)),
            ]);
        }
    }
    sum
}

fn pattern_lines(pattern: &Pattern) -> Block {
    Block::snippet(clause_lines(pattern.text()))
}

/// Leaves out chapters that say nothing.
fn present(blocks: impl IntoIterator<Item = Block>) -> Vec<Block> {
    blocks
        .into_iter()
        .filter(|block| !matches!(block, Block::Section(section) if section.body.is_empty()))
        .collect()
}
