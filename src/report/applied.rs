//! The report of an apply.

use super::check::{section, sections, verdict_counts, verdict_table};
use super::document::{Block, Document, Entry, Mark, Style, Text};
use super::open_ends::human_entry;
use super::roster::Roster;
use super::step::{discreet, head, mark};
use crate::examine::{Examination, LinkState};
use crate::model::CallError;
use crate::outcome::{Fate, Outcome, SkipReason, StepResult};
use crate::plan::HumanTask;
use crate::plan::action::Action;

/// What is said of something that may have happened although it failed.
const AFTERWARDS: &str =
    "It may have happened all the same; the verdicts below say what is there now.";

pub(super) fn document(outcome: &Outcome, examinations: &[Examination]) -> Document {
    let roster = Roster::new(examinations);
    let plan = &outcome.plan;
    let of = |wanted: fn(&Fate) -> bool| -> Vec<Block> {
        let results = outcome.results.iter().filter(|result| wanted(&result.fate));
        results
            .map(|result| Block::Entry(entry(roster, result)))
            .collect()
    };
    let done = of(|fate| matches!(fate, Fate::Done));
    let failed = of(|fate| matches!(fate, Fate::Failed(_)));
    let skipped = of(|fate| matches!(fate, Fate::Skipped(_)));
    let counts = counts(outcome, [done.len(), failed.len(), skipped.len()]);
    let tasks = plan.human.iter().filter(|task| is_open(roster, task));
    let tasks = tasks.map(|task| human_entry(roster, task)).collect();
    let mut blocks: Vec<Block> = [
        ("Done", done),
        ("Failed", failed),
        ("Not tried", skipped),
        ("A person must act", tasks),
    ]
    .into_iter()
    .filter_map(|(title, body)| section(title, body))
    .collect();
    blocks.extend(verdicts_now(roster));
    Document {
        title: Text::plain(format!("Apply: account {}, {}", plan.account, plan.region)),
        blocks,
        summary: match examinations {
            [] => counts,
            _ => counts
                .then([Style::Plain.span("; ")])
                .then(verdict_counts(examinations)),
        },
    }
}

fn verdicts_now(roster: Roster<'_>) -> Vec<Block> {
    if roster.examinations().is_empty() {
        return Vec::new();
    }
    let table = vec![verdict_table(roster.examinations())];
    let mut blocks = Vec::from_iter(section("Verdicts now", table));
    blocks.extend(sections(roster));
    blocks
}

/// Returns whether a task still waits: not every control that it serves has the link in place by now.
fn is_open(roster: Roster<'_>, task: &HumanTask) -> bool {
    task.serves.iter().any(|control| {
        let links = roster.links(control).iter();
        let mut mended =
            links.filter(|link| link.kind == task.link && link.state == LinkState::InPlace);
        mended.next().is_none()
    })
}

fn entry(roster: Roster<'_>, result: &StepResult) -> Entry {
    let step = &result.step;
    let head = head(&step.action).then(roster.served(&step.serves));
    let (mark, body) = match &result.fate {
        Fate::Done => (mark(step), Vec::new()),
        Fate::Failed(error) => (Mark::Blocked, failure(&step.action, error, AFTERWARDS)),
        Fate::Skipped(reason) => (Mark::Skipped, vec![Text::sentence(&reason_words(reason))]),
    };
    Entry {
        mark,
        head,
        body: body.into_iter().map(Block::Paragraph).collect(),
    }
}

/// Returns why something failed; `afterwards` is said where it may have happened all the same.
pub(super) fn failure(action: &Action, error: &CallError, afterwards: &str) -> Vec<Text> {
    let mut said = vec![Text::sentence(&discreet(action, &error.to_string()))];
    if error.kind.may_have_happened() {
        said.push(Text::plain(afterwards));
    }
    if let Some(id) = &error.request_id {
        said.push(Text::from([Style::Dim.span(format!("request {id}"))]));
    }
    said
}

pub(super) fn reason_words(reason: &SkipReason) -> String {
    match reason {
        SkipReason::Needs(step) => format!("needs `{step}`, which was not done"),
        SkipReason::Interrupted => "interrupted before its turn".to_owned(),
        SkipReason::Declined => "declined".to_owned(),
        SkipReason::Changed => "it has changed since the plan was made".to_owned(),
        SkipReason::Unrecorded => "the journal could not be written".to_owned(),
        SkipReason::Credentials => "the credentials were refused".to_owned(),
    }
}

fn counts(outcome: &Outcome, [done, failed, skipped]: [usize; 3]) -> Text {
    let word = if outcome.interrupted {
        "Interrupted:"
    } else {
        "Applied:"
    };
    let mut text = Text::from([
        Style::Strong.span(word),
        Style::Plain.span(format!(" {done} done")),
    ]);
    for (number, what, style) in [
        (failed, "failed", Style::Bad),
        (skipped, "not tried", Style::Caution),
    ] {
        if number > 0 {
            text = text.then([
                Style::Plain.span(", "),
                style.span(format!("{number} {what}")),
            ]);
        }
    }
    text
}
