//! What people and programs are shown: text, Markdown and JSON of every report.

mod controls;
mod escaping;
mod fixtures;
mod json;
mod layout;
mod pages;
mod snapshots;

use cis_fix::render::{self, Bars, ColorChoice, Layout};
use cis_fix::report::{self, Document};

use fixtures::Scene;

/// Every document of the fixtures by name.
fn documents() -> Vec<(String, Document)> {
    let mut documents = Vec::new();
    for (name, scene) in fixtures::scenes() {
        let Scene { examinations, plan } = &scene;
        let check = report::check(&fixtures::context(), examinations);
        documents.push((format!("check-{name}"), check));
        documents.push((format!("plan-{name}"), report::plan(plan, examinations)));
    }
    for (name, (outcome, examinations)) in fixtures::outcomes() {
        let applied = report::applied(&outcome, &examinations);
        documents.push((format!("apply-{name}"), applied));
    }
    let (muted, drilled) = (fixtures::muted(), fixtures::drilled());
    documents.push(("mute-asked".to_owned(), report::muting(&muted.muting)));
    documents.push(("mute-done".to_owned(), report::muted(&muted)));
    documents.push(("drill-asked".to_owned(), report::drill(&drilled.drill)));
    documents.push(("drill-done".to_owned(), report::drilled(&drilled)));
    documents
}

/// Every JSON document of the fixtures by name; the name begins with that of its schema.
fn json_documents() -> Vec<(String, String)> {
    let mut documents = Vec::new();
    for (name, scene) in fixtures::scenes() {
        let Scene { examinations, plan } = &scene;
        let check = render::json::check(&fixtures::context(), examinations);
        documents.push((format!("check-{name}"), check));
        documents.push((format!("plan-{name}"), render::json::plan(plan)));
    }
    for (name, (outcome, examinations)) in fixtures::outcomes() {
        let journal = (name == "partial").then_some("journal.jsonl");
        let applied = render::json::applied(&outcome, journal, &examinations);
        documents.push((format!("apply-{name}"), applied));
    }
    let muted = render::json::muted(&fixtures::muted(), Some("journal.jsonl"));
    documents.push(("mute-done".to_owned(), muted));
    let drilled = render::json::drilled(&fixtures::drilled(), None);
    documents.push(("drill-done".to_owned(), drilled));
    documents
}

fn plain(document: &Document, width: Option<usize>) -> String {
    text(document, width, ColorChoice::Plain)
}

fn coloured(document: &Document, width: Option<usize>) -> String {
    text(document, width, ColorChoice::Ansi)
}

fn text(document: &Document, width: Option<usize>, color: ColorChoice) -> String {
    let layout = Layout {
        width,
        color,
        bars: Bars::Blocks,
    };
    render::text(document, layout)
}
