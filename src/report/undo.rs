//! The reports of an undo: what it would take back and what it took back.

use super::applied::{failure, reason_words};
use super::check::section;
use super::difference::differences;
use super::document::{Block, Document, Entry, Mark, Style, Text};
use super::roster::{count, enumeration};
use super::step::head;
use crate::outcome::Fate;
use crate::reversal::{
    LeftAlone, LeftReason, PendingEnd, UndoMark, UndoOutcome, UndoPlan, UndoResult, UndoStep,
};

/// What is said of something that may have happened although it failed.
const AFTERWARDS: &str = "It may have happened all the same; `cis-fix undo` looks again.";

/// Returns the report of what an undo would do.
pub(super) fn plan(plan: &UndoPlan) -> Document {
    let steps = plan.steps.iter().map(|step| Block::Entry(step_entry(step)));
    let blocks = [
        ("To take back", steps.collect()),
        ("Left alone", left(plan)),
    ];
    Document {
        title: title(plan),
        blocks: sections(blocks),
        summary: summary(plan),
    }
}

/// Returns the report of what an undo did.
pub(super) fn outcome(outcome: &UndoOutcome) -> Document {
    let of = |wanted: fn(&Fate) -> bool| -> Vec<Block> {
        let results = outcome.results.iter().filter(|result| wanted(&result.fate));
        results
            .map(|result| Block::Entry(result_entry(result)))
            .collect()
    };
    let done = of(|fate| matches!(fate, Fate::Done));
    let failed = of(|fate| matches!(fate, Fate::Failed(_)));
    let skipped = of(|fate| matches!(fate, Fate::Skipped(_)));
    let counts = counts(outcome, [done.len(), failed.len(), skipped.len()]);
    let blocks = [
        ("Taken back", done),
        ("Failed", failed),
        ("Not tried", skipped),
        ("Left alone", left(&outcome.plan)),
    ];
    Document {
        title: title(&outcome.plan),
        blocks: sections(blocks),
        summary: counts,
    }
}

fn title(plan: &UndoPlan) -> Text {
    Text::plain(format!("Undo: account {}, {}", plan.account, plan.region))
}

fn sections<const N: usize>(parts: [(&'static str, Vec<Block>); N]) -> Vec<Block> {
    let sections = parts.into_iter();
    sections
        .filter_map(|(title, body)| section(title, body))
        .collect()
}

fn mark(step: &UndoStep) -> Mark {
    match step.reversal.mark() {
        UndoMark::Remove => Mark::Remove,
        UndoMark::Restore => Mark::Change,
    }
}

fn step_entry(step: &UndoStep) -> Entry {
    let mut body = differences(&step.changes);
    let notes = step.notes.iter().map(|note| Text::sentence(note));
    body.extend(notes.map(Block::Paragraph));
    Entry {
        mark: mark(step),
        head: head(&step.written.action),
        body,
    }
}

fn result_entry(result: &UndoResult) -> Entry {
    let action = &result.step.written.action;
    let (mark, body) = match &result.fate {
        Fate::Done => (mark(&result.step), Vec::new()),
        Fate::Failed(error) => (Mark::Blocked, failure(action, error, AFTERWARDS)),
        Fate::Skipped(reason) => (Mark::Skipped, vec![Text::sentence(&reason_words(reason))]),
    };
    Entry {
        mark,
        head: head(action),
        body: body.into_iter().map(Block::Paragraph).collect(),
    }
}

fn left(plan: &UndoPlan) -> Vec<Block> {
    let entries = plan.left.iter().map(|left| {
        Block::Entry(Entry {
            mark: Mark::Adopt,
            head: left_head(left),
            body: vec![Block::Paragraph(Text::sentence(&reason(&left.reason)))],
        })
    });
    entries.collect()
}

fn left_head(left: &LeftAlone) -> Text {
    let kind = left.id.as_str().split('/').next().unwrap_or_default();
    Text::from([
        Style::Plain.span(format!("{} ", kind.replace('-', " "))),
        Style::Name.span(left.resource.as_str()),
    ])
}

fn reason(reason: &LeftReason) -> String {
    match reason {
        LeftReason::Gone => "it is gone already".to_owned(),
        LeftReason::Restored => "it is as it was before already".to_owned(),
        LeftReason::Changed => "somebody changed it since the apply".to_owned(),
        LeftReason::NotOurs => "it does not bear the tag `cis-fix` any more".to_owned(),
        LeftReason::OthersSubscribed(others) => format!(
            "{} subscribed to it that this apply did not subscribe; `--topic NAME` removes it all the same",
            count(*others, "endpoint is", "endpoints are")
        ),
        LeftReason::Used(alarms) => {
            let names: Vec<String> = alarms.iter().map(|name| format!("`{name}`")).collect();
            let noun = if names.len() == 1 { "alarm" } else { "alarms" };
            format!("{noun} {} would miss it", enumeration(&names))
        }
        LeftReason::MayBeUsed(alarm) => format!(
            "alarm `{alarm}` is no metric alarm and might use it; `--topic NAME` removes it all the same"
        ),
        LeftReason::Pending(PendingEnd::WithTopic) => {
            "nobody confirmed it yet, so that it cannot be removed by itself; it goes with its topic".to_owned()
        }
        LeftReason::Pending(PendingEnd::ByItself) => {
            "nobody confirmed it yet, so that it cannot be removed; AWS forgets it 2 days after it was made".to_owned()
        }
        LeftReason::Unrestorable => {
            "what it was before holds more than the journal tells, so that it cannot be put back".to_owned()
        }
        LeftReason::Unread(error) => format!("could not look: {error}"),
    }
}

fn summary(plan: &UndoPlan) -> Text {
    if plan.steps.is_empty() {
        return Text::from([
            Style::Good.span("Nothing to take back"),
            Style::Plain.span(left_words(plan)),
        ]);
    }
    let number = |wanted: UndoMark| {
        let steps = plan.steps.iter();
        steps.filter(|step| step.reversal.mark() == wanted).count()
    };
    Text::from([
        Style::Strong.span("Undo:"),
        Style::Plain.span(format!(
            " {} to remove, {} to restore{}",
            number(UndoMark::Remove),
            number(UndoMark::Restore),
            left_words(plan)
        )),
    ])
}

fn left_words(plan: &UndoPlan) -> String {
    match plan.left.len() {
        0 => String::new(),
        left => format!(", {left} left alone"),
    }
}

fn counts(outcome: &UndoOutcome, [done, failed, skipped]: [usize; 3]) -> Text {
    let word = if outcome.interrupted {
        "Interrupted:"
    } else {
        "Undone:"
    };
    let mut text = Text::from([
        Style::Strong.span(word),
        Style::Plain.span(format!(" {done} taken back")),
    ]);
    for (number, what, style) in [
        (failed, "failed", Style::Bad),
        (skipped, "not tried", Style::Caution),
    ] {
        if number > 0 {
            let words = style.span(format!("{number} {what}"));
            text = text.then([Style::Plain.span(", "), words]);
        }
    }
    text.then([Style::Plain.span(left_words(&outcome.plan))])
}
