//! The form of a control's file: which keys it has and what they may say.
//!
//! A control comes out only when everything is right; each mistake is recorded where it stands. What two files may not share is the
//! matter of `unique`.

mod alarm;
mod examples;
mod patterns;
mod printed;
mod references;
mod words;

use std::collections::BTreeSet;
use std::ops::Range;

use super::benchmark::Benchmark;
use super::control::{Calls, Control, EventScope};
use crate::model::ControlId;
use crate::toml_source::{Document, Member, Placed, Table};

/// A control with the places of what must be unique.
#[derive(Debug)]
pub(crate) struct Draft {
    /// The control.
    pub(crate) control: Control,
    /// The name of its file.
    pub(crate) file: String,
    /// Where the rest of its identity stands.
    pub(crate) places: Places,
}

/// Where the parts of a control stand that no other control may share.
#[derive(Debug)]
pub(crate) struct Places {
    pub(crate) id: Range<usize>,
    pub(crate) filter: Range<usize>,
    pub(crate) metric: Range<usize>,
    pub(crate) alarm: Range<usize>,
    pub(crate) numbers: Vec<(Benchmark, Range<usize>)>,
    pub(crate) checks: Vec<Placed<String>>,
}

/// The words that introduce a control.
struct Introduction {
    id: Placed<ControlId>,
    title: String,
    rationale: String,
    impact: String,
}

/// Reads the control that a document is.
pub(super) fn read(document: &Document<'_>) -> Option<Draft> {
    let mut table = document.root();
    let introduction = introduction(&mut table);
    let references = references::read(&mut table);
    let scope = scope(&mut table);
    let chain = alarm::read(&mut table);
    let patterns = patterns::read(&mut table, references.as_ref());
    let printed = printed::read(&mut table, references.as_ref());
    let intent = patterns.as_ref().map(|patterns| &patterns.intent);
    let matches = examples::read(&mut table, examples::Kind::Matches, intent);
    let ignores = examples::read(&mut table, examples::Kind::Ignores, intent);
    table.close();

    let (introduction, references, chain, patterns) =
        (introduction?, references?, chain?, patterns?);
    let places = Places {
        id: introduction.id.span,
        filter: chain.filter.span,
        metric: chain.metric.span,
        alarm: chain.alarm.span,
        numbers: references.places,
        checks: references.check_places,
    };
    let control = Control {
        id: introduction.id.value,
        title: introduction.title,
        rationale: introduction.rationale,
        impact: introduction.impact,
        pattern: patterns.intent,
        benchmarks: references.benchmarks,
        security_hub: references.security_hub,
        frameworks: references.frameworks,
        checks: references.checks,
        scope: scope?,
        filter: chain.filter.value,
        metric: chain.metric.value,
        alarm: chain.alarm.value,
        prescribed: patterns.prescribed,
        printed: printed?,
        companions: patterns.companions,
        matches: matches?,
        ignores: ignores?,
    };
    Some(Draft {
        control,
        file: document.name().to_owned(),
        places,
    })
}

fn introduction(table: &mut Table<'_>) -> Option<Introduction> {
    let id = table
        .required("id")
        .and_then(|member| member.parsed(ControlId::parse));
    let title = words::required(table, "title", words::TITLE);
    let rationale = words::required(table, "rationale", words::SENTENCES);
    let impact = words::required(table, "impact", words::SENTENCES);
    Some(Introduction {
        id: id?,
        title: title?,
        rationale: rationale?,
        impact: impact?,
    })
}

/// Reads `[events]`.
fn scope(table: &mut Table<'_>) -> Option<EventScope> {
    let mut table = table.required("events")?.table()?;
    let sources = table.given("sources", |member| sources(&member.list()));
    let choices = [("write", Calls::Write), ("all", Calls::All)];
    let calls = table
        .required("calls")
        .and_then(|member| member.choice(&choices));
    table.close();
    Some(EventScope {
        sources: sources.ok()?,
        calls: calls?.value,
    })
}

fn sources(members: &[Member<'_>]) -> Option<BTreeSet<String>> {
    let read: Vec<_> = members
        .iter()
        .map(|member| member.parsed(words::event_source))
        .collect();
    read.into_iter()
        .map(|source| source.map(|source| source.value))
        .collect()
}
