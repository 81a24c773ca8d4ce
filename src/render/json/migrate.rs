//! The shape of `cis-fix/migrate/v1`: what changes from one benchmark to another.

use serde::Serialize;
use serde_json::Value;

use super::event::event;
use crate::catalog::{ControlChange, Entry, Migration, Requirement, TextChange};
use crate::examine::{Examination, LinkKind, LinkState};

/// The document.
#[derive(Debug, Serialize)]
pub(super) struct Migrate<'run> {
    schema: &'static str,
    from: &'static str,
    to: &'static str,
    controls: Vec<ChangeShape<'run>>,
    asked_anew: Option<Vec<&'static str>>,
    asked_no_more: Option<Vec<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account: Option<Vec<FilterShape<'run>>>,
}

/// A control in two benchmarks.
#[derive(Debug, Serialize)]
struct ChangeShape<'run> {
    id: &'run str,
    from: Option<EntryShape<'run>>,
    to: Option<EntryShape<'run>>,
    text: Option<TextShape<'run>>,
}

/// What a benchmark says of a control.
#[derive(Debug, Serialize)]
struct EntryShape<'run> {
    number: Option<&'run str>,
    level: Option<u8>,
    status: Option<String>,
    title: &'run str,
}

/// How two texts relate.
#[derive(Debug, Serialize)]
struct TextShape<'run> {
    relation: &'static str,
    from: &'run str,
    to: &'run str,
    only_from: Option<Value>,
    only_to: Option<Value>,
    defect: Option<&'run str>,
}

/// Whether the filters of an account do for a control of the new benchmark.
#[derive(Debug, Serialize)]
struct FilterShape<'run> {
    id: &'run str,
    verdict: &'static str,
    filter: Option<&'static str>,
    code: Option<&'static str>,
    detail: Option<&'run str>,
    change_needed: bool,
}

impl<'run> Migrate<'run> {
    pub(super) fn new(migration: &'run Migration, after: Option<&'run [Examination]>) -> Self {
        let Migration {
            from,
            to,
            controls,
            asked_anew,
            asked_no_more,
        } = migration;
        Self {
            schema: "cis-fix/migrate/v1",
            from: from.as_str(),
            to: to.as_str(),
            controls: controls.iter().map(change).collect(),
            asked_anew: asked_anew.as_deref().map(requirements),
            asked_no_more: asked_no_more.as_deref().map(requirements),
            account: after.map(|after| after.iter().map(filter).collect()),
        }
    }
}

fn requirements(asked: &[Requirement]) -> Vec<&'static str> {
    asked.iter().copied().map(Requirement::as_str).collect()
}

fn change(change: &ControlChange) -> ChangeShape<'_> {
    let ControlChange { id, from, to, text } = change;
    ChangeShape {
        id: id.as_str(),
        from: from.as_ref().map(entry),
        to: to.as_ref().map(entry),
        text: text.as_ref().map(self::text),
    }
}

fn entry(entry: &Entry) -> EntryShape<'_> {
    let Entry {
        number,
        level,
        status,
        title,
    } = entry;
    EntryShape {
        number: number.as_deref(),
        level: level.map(crate::catalog::Level::number),
        status: status.map(|status| status.to_string()),
        title,
    }
}

fn text(text: &TextChange) -> TextShape<'_> {
    let TextChange {
        from,
        to,
        defect,
        comparison,
    } = text;
    TextShape {
        relation: super::patterns::relation(comparison.relation),
        from: from.text(),
        to: to.text(),
        only_from: comparison.only_a.as_ref().map(event),
        only_to: comparison.only_b.as_ref().map(event),
        defect: defect.as_deref(),
    }
}

fn filter(examination: &Examination) -> FilterShape<'_> {
    let mut links = examination.links.iter();
    let link = links.find(|link| link.kind == LinkKind::Filter);
    FilterShape {
        id: examination.control.as_str(),
        verdict: examination.verdict.as_str(),
        filter: link.map(|link| link.state.as_str()),
        code: link.map(|link| link.code.as_str()),
        detail: link.map(|link| link.detail.as_str()),
        change_needed: link.is_some_and(|link| link.state != LinkState::InPlace),
    }
}
