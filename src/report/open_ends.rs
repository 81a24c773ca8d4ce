//! What a plan leaves open: tasks for people, what is blocked, and controls that nothing is planned for.

use super::check::{reasons, section};
use super::document::{Block, Entry, Mark, Style, Text};
use super::findings::{explained, noun};
use super::roster::Roster;
use crate::examine::Verdict;
use crate::plan::{Blocked, HumanTask, Plan};

/// Returns what the steps leave open: tasks, what is blocked, and controls that nothing is planned for.
pub(super) fn open_ends(roster: Roster<'_>, plan: &Plan) -> Vec<Block> {
    let tasks = plan.human.iter().map(|task| human_entry(roster, task));
    let blocked = plan
        .blocked
        .iter()
        .map(|blocked| blocked_entry(roster, blocked));
    [
        ("A person must act", tasks.collect()),
        ("Blocked", blocked.collect()),
        (
            "Could not look, so nothing is planned",
            reasons(roster, Verdict::Unknown),
        ),
        (
            "Recorded by another account, so nothing is planned",
            reasons(roster, Verdict::Inherited),
        ),
    ]
    .into_iter()
    .filter_map(|(title, body)| section(title, body))
    .collect()
}

/// Returns the tasks that wait for a person.
pub(super) fn human_entry(roster: Roster<'_>, human: &HumanTask) -> Block {
    let HumanTask {
        serves,
        link,
        code,
        detail,
        task,
    } = human;
    open_end(
        Mark::Human,
        noun(*link),
        roster.served(serves),
        [explained(detail, *code), advice(task)],
    )
}

fn blocked_entry(roster: Roster<'_>, blocked: &Blocked) -> Block {
    let Blocked {
        serves,
        link,
        code,
        detail,
        hint,
    } = blocked;
    open_end(
        Mark::Blocked,
        noun(*link),
        roster.served(serves),
        [explained(detail, *code), advice(hint)],
    )
}

fn open_end(mark: Mark, noun: &str, served: Text, said: [Text; 2]) -> Block {
    let said = said.into_iter().filter(|text| !text.spans.is_empty());
    Block::Entry(Entry {
        mark,
        head: Text::from([Style::Strong.span(noun)]).then(served),
        body: said.map(Block::Paragraph).collect(),
    })
}

fn advice(text: &str) -> Text {
    if text.is_empty() {
        return Text::default();
    }
    Text::from([Style::Strong.span("->"), Style::Plain.span(" ")]).then(Text::sentence(text))
}
