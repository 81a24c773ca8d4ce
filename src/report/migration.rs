//! What changes from one benchmark to another, and which filters of an account would have to.

use super::document::{Block, Diff, Document, Span, Style, Table, Text};
use super::findings::{explained, witness};
use super::meanings;
use super::roster::count;
use crate::catalog::{ControlChange, Entry, Migration, Requirement, TextChange};
use crate::examine::{Examination, LinkKind, LinkState};
use crate::pattern::Relation;
use crate::pattern::difference::difference;

/// Returns the report; `after` is what was found in the account for the new benchmark, if somebody looked.
pub(super) fn document(migration: &Migration, after: Option<&[Examination]>) -> Document {
    let mut blocks = vec![table(migration)];
    let texts = migration.controls.iter().filter_map(text_section);
    let texts: Vec<Block> = texts.flatten().collect();
    let sections = [
        ("Texts that mean something else", texts),
        ("Titles", titles(migration)),
        ("Audits", audits(migration)),
        ("Filters of the account", filters(after)),
    ];
    let present = sections
        .into_iter()
        .filter(|(_, body)| !body.is_empty())
        .map(|(title, body)| Block::section(title, body));
    blocks.extend(present);
    Document {
        title: Text::from([
            Style::Strong.span("Migration"),
            Style::Plain.span(format!(": {} to {}", migration.from, migration.to)),
        ]),
        blocks,
        summary: summary(migration, after),
    }
}

fn table(migration: &Migration) -> Block {
    let rows = migration.controls.iter().map(|change| {
        let number = |entry: &Entry| entry.number.clone().unwrap_or_else(|| "-".to_owned());
        let level = |entry: &Entry| {
            entry
                .level
                .map_or_else(|| "?".to_owned(), |level| level.to_string())
        };
        let status = |entry: &Entry| {
            entry
                .status
                .map_or_else(|| "-".to_owned(), |status| status.to_string())
        };
        vec![
            Text::plain(both(change, number)),
            Text::plain(change.id.as_str()),
            Text::plain(both(change, level)),
            Text::plain(both(change, status)),
            Text::from([text_word(change)]),
        ]
    });
    Block::Table(Table {
        headings: vec!["No.", "Control", "Level", "Status", "Text"],
        rows: rows.collect(),
    })
}

/// Returns what both benchmarks say, once where they say the same.
fn both(change: &ControlChange, of: impl Fn(&Entry) -> String) -> String {
    match (change.from.as_ref().map(&of), change.to.as_ref().map(&of)) {
        (Some(old), Some(new)) if old == new => new,
        (Some(old), Some(new)) => format!("{old} → {new}"),
        (Some(old), None) => format!("{old} → gone"),
        (None, Some(new)) => format!("new → {new}"),
        (None, None) => String::new(),
    }
}

fn text_word(change: &ControlChange) -> Span {
    let Some(text) = &change.text else {
        return Style::Dim.span("not known");
    };
    match text.comparison.relation {
        Relation::Equivalent => Style::Plain.span("same meaning"),
        Relation::Narrower => Style::Caution.span("asks for more events"),
        Relation::Broader => Style::Caution.span("asks for fewer events"),
        Relation::Overlapping | Relation::Disjoint => Style::Caution.span("asks for other events"),
        Relation::Undecided => Style::Caution.span("not decided"),
    }
}

/// Returns what is different about a text that means something else.
fn text_section(change: &ControlChange) -> Option<Vec<Block>> {
    let text = change.text.as_ref()?;
    if text.comparison.relation == Relation::Equivalent {
        return None;
    }
    let heading = Text::from([
        Style::Strong.span(change.id.as_str()),
        Style::Plain.span(format!(
            ": the old text {}",
            relation_words(text.comparison.relation)
        )),
    ]);
    let mut blocks = vec![Block::Paragraph(heading)];
    blocks.extend(clauses(text));
    let events = [
        ("only the old text matches", &text.comparison.only_a),
        ("only the new text matches", &text.comparison.only_b),
    ];
    blocks.extend(
        events
            .into_iter()
            .filter_map(|(words, event)| Some(Block::Paragraph(witness(words, event.as_ref()?)))),
    );
    let defect = text.defect.as_ref().map(|defect| {
        Block::Paragraph(Text::plain(format!(
            "The new text {defect}; cis-fix uses its own pattern unless `--verbatim` is passed."
        )))
    });
    blocks.extend(defect);
    Some(blocks)
}

fn relation_words(relation: Relation) -> &'static str {
    match relation {
        Relation::Equivalent => "matches the same events as the new one",
        Relation::Narrower => "misses events that the new one matches",
        Relation::Broader => "matches events that the new one does not",
        Relation::Overlapping => "misses events that the new one matches, and matches others",
        Relation::Disjoint => "has no event in common with the new one",
        Relation::Undecided => "could not be compared with the new one",
    }
}

fn clauses(text: &TextChange) -> Option<Block> {
    let parts = difference(&text.from, &text.to)?;
    Some(Block::Diff(Diff {
        name: "Clauses (- old, + new)",
        lines: meanings::lines(&parts),
    }))
}

fn titles(migration: &Migration) -> Vec<Block> {
    let told = migration.controls.iter().filter_map(|change| {
        let (old, new) = (change.from.as_ref()?, change.to.as_ref()?);
        (old.title != new.title).then(|| {
            Block::Paragraph(Text::from([
                Style::Strong.span(change.id.as_str()),
                Style::Plain.span(format!(": “{}” → “{}”", old.title, new.title)),
            ]))
        })
    });
    told.collect()
}

fn audits(migration: &Migration) -> Vec<Block> {
    let sides = [
        ("asked for from now on", &migration.asked_anew),
        ("asked for no more", &migration.asked_no_more),
    ];
    let told = sides.into_iter().filter_map(|(words, asked)| {
        let asked = asked.as_ref().filter(|asked| !asked.is_empty())?;
        let asked: Vec<&str> = asked.iter().copied().map(Requirement::words).collect();
        Some(Block::Paragraph(Text::plain(format!(
            "{words}: {}",
            asked.join("; ")
        ))))
    });
    let mut blocks: Vec<Block> = told.collect();
    if migration.asked_anew.is_none() {
        blocks.push(Block::Paragraph(Text::plain(
            "what one of the two audits asks for is not known",
        )));
    }
    blocks
}

/// Returns whether the filters that are there would do for the new benchmark.
fn filters(after: Option<&[Examination]>) -> Vec<Block> {
    let found = after.unwrap_or_default().iter().filter_map(|examination| {
        let broken = examination
            .links
            .iter()
            .find(|link| link.kind <= LinkKind::Filter && link.state != LinkState::InPlace)?;
        let heading = Text::from([
            Style::Strong.span(examination.control.as_str()),
            Style::Plain.span(": "),
        ]);
        Some(Block::Paragraph(
            heading.then(explained(&broken.detail, broken.code)),
        ))
    });
    let found: Vec<Block> = found.collect();
    match (after, found.is_empty()) {
        (Some(_), true) => vec![Block::Paragraph(Text::plain(
            "none has to change: every control of the new benchmark is covered",
        ))],
        (Some(_) | None, _) => found,
    }
}

fn summary(migration: &Migration, after: Option<&[Examination]>) -> Text {
    let controls = &migration.controls;
    let counted = |test: &dyn Fn(&ControlChange) -> bool| {
        controls.iter().filter(|change| test(change)).count()
    };
    let new = counted(&|change| change.from.is_none());
    let gone = counted(&|change| change.to.is_none());
    let other = counted(&|change| {
        change
            .text
            .as_ref()
            .is_some_and(|text| text.comparison.relation != Relation::Equivalent)
    });
    let account = after.map_or_else(String::new, |after| {
        let uncovered = after.iter().filter(|examination| needs_filter(examination));
        let uncovered = count(uncovered.count(), "filter", "filters");
        format!("; {uncovered} of the account to change or add")
    });
    let words = format!(": {new} new, {gone} gone, {other} with another meaning{account}");
    Text::from([
        Style::Strong.span(count(controls.len(), "control", "controls")),
        Style::Plain.span(words),
    ])
}

/// Returns whether a control has no filter that would do.
pub(super) fn needs_filter(examination: &Examination) -> bool {
    let mut links = examination.links.iter();
    links.any(|link| link.kind == LinkKind::Filter && link.state != LinkState::InPlace)
}
