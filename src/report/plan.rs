//! The report of a plan.

use std::collections::BTreeSet;

use super::check::{defects, section};
use super::consequences::consequences;
use super::document::{Block, Document, Entry, Mark, Style, Text};
use super::findings::{noun, reason, witness};
use super::open_ends::open_ends;
use super::roster::{Roster, count};
use super::step::{entry, metric};
use crate::examine::{Examination, Link, LinkKind, Verdict};
use crate::model::{ControlId, Metric};
use crate::plan::{self, Adoption, Plan, Step};

pub(super) fn document(plan: &Plan, examinations: &[Examination]) -> Document {
    let roster = Roster::new(examinations);
    let (shared, own): (Vec<&Step>, Vec<&Step>) =
        plan.steps.iter().partition(|step| step.serves.len() != 1);
    let changing = own.iter().flat_map(|step| step.serves.clone()).collect();
    let mut blocks = Vec::new();
    blocks.extend(section("Shared", shared_entries(roster, &shared)));
    blocks.extend(section(
        "Controls",
        control_groups(roster, plan, &own, &changing),
    ));
    blocks.extend(section("In use already", adopted(roster, plan, &changing)));
    blocks.extend(open_ends(roster, plan));
    blocks.extend(defects(roster));
    blocks.extend(consequences(plan));
    Document {
        title: Text::plain(format!("Plan: account {}, {}", plan.account, plan.region)),
        blocks,
        summary: summary(plan, examinations),
    }
}

fn shared_entries(roster: Roster<'_>, steps: &[&Step]) -> Vec<Block> {
    let entries = steps.iter().map(|step| {
        let mut entry = entry(step, &BTreeSet::new());
        if !step.serves.is_empty() {
            entry.head = entry.head.then(roster.served(&step.serves));
        }
        Block::Entry(entry)
    });
    entries.collect()
}

/// Returns one group for each control that something is done for, with what is put to use beside it.
fn control_groups(
    roster: Roster<'_>,
    plan: &Plan,
    steps: &[&Step],
    changing: &BTreeSet<ControlId>,
) -> Vec<Block> {
    let group = |control: &ControlId| {
        let own: Vec<&Step> = steps
            .iter()
            .copied()
            .filter(|step| step.serves.contains(control))
            .collect();
        let published: BTreeSet<Metric> = own.iter().filter_map(|step| metric(step)).collect();
        let used = plan
            .adopted
            .iter()
            .filter(|known| known.control == *control);
        let mut body: Vec<Block> = used
            .map(|known| Block::Entry(adoption_entry(known)))
            .collect();
        body.extend(own.iter().map(|step| {
            let mut entry = entry(step, &published);
            entry.body.extend(missed(roster.links(control), step));
            Block::Entry(entry)
        }));
        roster.group(&BTreeSet::from([control.clone()]), body)
    };
    roster.in_order(changing).into_iter().map(group).collect()
}

/// Returns the event that a control misses as long as its filter is not written.
fn missed(links: &[Link], step: &Step) -> Option<Block> {
    metric(step)?;
    let filter = links.iter().find(|link| link.kind == LinkKind::Filter)?;
    let event = filter.witness.as_ref()?;
    Some(Block::Paragraph(witness("missed until now", event)))
}

fn adoption_entry(adoption: &Adoption) -> Entry {
    Entry {
        mark: Mark::Adopt,
        head: Text::from([
            Style::Plain.span(format!("{} ", noun(adoption.link))),
            Style::Name.span(adoption.resource.as_str()),
        ])
        .then(reason(adoption.code)),
        body: Vec::new(),
    }
}

/// Returns what is put to use for controls that need nothing else, equal things once.
fn adopted(roster: Roster<'_>, plan: &Plan, changing: &BTreeSet<ControlId>) -> Vec<Block> {
    let mut merged: Vec<(&Adoption, BTreeSet<ControlId>)> = Vec::new();
    for adoption in plan
        .adopted
        .iter()
        .filter(|known| !changing.contains(&known.control))
    {
        let same = |(known, _): &&mut (&Adoption, BTreeSet<ControlId>)| {
            (known.link, &known.resource, known.code)
                == (adoption.link, &adoption.resource, adoption.code)
        };
        match merged.iter_mut().find(same) {
            Some((_, controls)) => {
                controls.insert(adoption.control.clone());
            }
            None => merged.push((adoption, BTreeSet::from([adoption.control.clone()]))),
        }
    }
    let entries = merged.into_iter().map(|(adoption, controls)| {
        let mut entry = adoption_entry(adoption);
        entry.head = entry.head.then(roster.served(&controls));
        Block::Entry(entry)
    });
    entries.collect()
}

fn summary(plan: &Plan, examinations: &[Examination]) -> Text {
    let verdicts = |wanted| {
        examinations
            .iter()
            .filter(|known| known.verdict == wanted)
            .count()
    };
    let steps = |wanted| plan.steps.iter().filter(|step| step.mark == wanted).count();
    let in_place = verdicts(Verdict::Compliant) == examinations.len();
    if in_place && plan.steps.is_empty() && plan.human.is_empty() && plan.blocked.is_empty() {
        return nothing_to_do(examinations.len());
    }
    let mut words = vec![
        format!("{} to create", steps(plan::Mark::Create)),
        format!("{} to change", steps(plan::Mark::Change)),
    ];
    let others = [
        (plan.adopted.len(), "in use already"),
        (plan.human.len(), "for a person"),
        (plan.blocked.len(), "blocked"),
    ];
    let open = [
        (verdicts(Verdict::Unknown), "unknown"),
        (verdicts(Verdict::Inherited), "inherited"),
    ];
    let counted = others
        .into_iter()
        .map(|(number, what)| (number, format!("{number} {what}")));
    let verdicts = open.into_iter().map(|(number, what)| {
        (
            number,
            format!("{} {what}", count(number, "control", "controls")),
        )
    });
    let more = counted.chain(verdicts).filter(|(number, _)| *number > 0);
    words.extend(more.map(|(_, words)| words));
    Text::from([
        Style::Strong.span("Plan:"),
        Style::Plain.span(format!(" {}", words.join(", "))),
    ])
}

fn nothing_to_do(controls: usize) -> Text {
    let reason = match controls {
        0 => "no control was asked for".to_owned(),
        1 => "the control is in place".to_owned(),
        _ => format!("all {controls} controls are in place"),
    };
    Text::from([
        Style::Good.span("Nothing to do"),
        Style::Plain.span(format!(": {reason}")),
    ])
}
