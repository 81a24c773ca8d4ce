//! The catalog as a report: all controls in a table, or one with everything about it.

use super::clauses;
use super::document::{Block, Document, Field, Style, Table, Text};
use super::json_line::json_line;
use super::roster::count;
use crate::catalog::{Benchmark, Catalog, Control, Example, Level, PrintedText, Requirement};

/// Returns the controls of a benchmark.
pub(super) fn list(catalog: &Catalog, benchmark: Benchmark, level: Option<Level>) -> Document {
    let controls = catalog.of(benchmark, level);
    let rows = controls.iter().map(|control| {
        vec![
            Text::plain(control.number(benchmark).unwrap_or_default()),
            Text::plain(control.id.as_str()),
            Text::plain(control.security_hub.clone().unwrap_or_default()),
            Text::plain(control.title(benchmark)),
        ]
    });
    Document {
        title: Text::from([
            Style::Strong.span("Controls"),
            Style::Plain.span(format!(": benchmark {benchmark}")),
        ]),
        blocks: vec![Block::Table(Table {
            headings: vec!["No.", "Control", "Security Hub", "Title"],
            rows: rows.collect(),
        })],
        summary: Text::from([Style::Strong.span(count(controls.len(), "control", "controls"))]),
    }
}

/// Returns everything about a control.
pub(super) fn show(control: &Control, benchmark: Benchmark) -> Document {
    let number = control
        .number(benchmark)
        .map_or_else(String::new, |number| format!("{number} "));
    Document {
        title: Text::from([Style::Strong.span(format!("{number}{}", control.title(benchmark)))]),
        blocks: vec![
            Block::Fields(fields(control)),
            Block::section(
                "Pattern",
                vec![Block::snippet(clauses::clause_lines(
                    control.pattern.text(),
                ))],
            ),
            Block::section("Prescribed otherwise", prescribed(control)),
            Block::section("Printed word for word", printed(control)),
            Block::section("Audits ask for", audits(control)),
            Block::section("Companions for auditors", companions(control)),
            Block::section("Versions", vec![versions(control)]),
            Block::section("Must match", examples(&control.matches)),
            Block::section("Must not match", examples(&control.ignores)),
        ]
        .into_iter()
        .filter(|block| !matches!(block, Block::Section(section) if section.body.is_empty()))
        .collect(),
        summary: Text::plain(format!("identifier {}", control.id)),
    }
}

fn fields(control: &Control) -> Vec<Field> {
    let field = |name, value: String| Field {
        name,
        value: vec![Text::plain(value)],
    };
    let metric = &control.metric;
    let frameworks: Vec<String> = control
        .frameworks
        .iter()
        .map(|(framework, requirements)| format!("{framework} {}", requirements.join(", ")))
        .collect();
    let mut fields = vec![
        field("why", control.rationale.clone()),
        field("impact", control.impact.clone()),
        field("filter", control.filter.to_string()),
        field(
            "metric",
            format!(
                "{}/{}, value {}",
                metric.namespace, metric.name, metric.value
            ),
        ),
        field("alarm", alarm_line(control)),
    ];
    if let Some(hub) = &control.security_hub {
        fields.push(field("Security Hub", hub.clone()));
    }
    if !frameworks.is_empty() {
        fields.push(field("frameworks", frameworks.join("; ")));
    }
    fields
}

fn alarm_line(control: &Control) -> String {
    let alarm = &control.alarm;
    let periods = match alarm.evaluation_periods {
        1 => String::new(),
        more => format!(" in {more} periods"),
    };
    format!(
        "{}: {} over {} s {} {}{periods}, missing data {}",
        alarm.name,
        alarm.statistic,
        alarm.period,
        alarm.operator,
        alarm.threshold,
        alarm.missing_data
    )
}

fn prescribed(control: &Control) -> Vec<Block> {
    let mut blocks = Vec::new();
    for text in &control.prescribed {
        let benchmarks: Vec<&str> = text
            .benchmarks
            .iter()
            .map(|benchmark| benchmark.as_str())
            .collect();
        let names = Text::from([Style::Strong.span(benchmarks.join(", "))]);
        let told = match &text.defect {
            Some(defect) => names.then(Text::plain(format!(
                ": {defect}; cis-fix uses its own pattern unless `--verbatim` is passed"
            ))),
            None => names,
        };
        blocks.push(Block::Paragraph(told));
        blocks.push(Block::snippet(clauses::clause_lines(text.pattern.text())));
    }
    blocks
}

/// Returns the texts that are damaged; the others mean what is shown already.
fn printed(control: &Control) -> Vec<Block> {
    let damaged = control.printed.iter().filter_map(|printed| {
        let PrintedText::Damaged { text, damage } = &printed.text else {
            return None;
        };
        let names: Vec<&str> = printed
            .benchmarks
            .iter()
            .map(|known| known.as_str())
            .collect();
        let told = Text::from([Style::Strong.span(names.join(", "))]).then(Text::plain(format!(
            ": the text {damage}, so it is not a pattern"
        )));
        Some([Block::Paragraph(told), Block::snippet(vec![text.clone()])])
    });
    damaged.flatten().collect()
}

/// Returns what audits ask for, benchmarks that ask for the same together.
fn audits(control: &Control) -> Vec<Block> {
    let mut alike: Vec<(Option<Vec<Requirement>>, Vec<&str>)> = Vec::new();
    for benchmark in Benchmark::all().filter(|benchmark| control.is_in(*benchmark)) {
        let asked = benchmark.requirements();
        match alike.iter_mut().find(|(known, _)| *known == asked) {
            Some((_, names)) => names.push(benchmark.as_str()),
            None => alike.push((asked, vec![benchmark.as_str()])),
        }
    }
    let told = alike.into_iter().map(|(asked, names)| {
        let words = asked.map_or_else(
            || "not known".to_owned(),
            |asked| {
                let words: Vec<&str> = asked.into_iter().map(Requirement::words).collect();
                words.join("; ")
            },
        );
        let names = Text::from([Style::Strong.span(names.join(", "))]);
        Block::Paragraph(names.then(Text::plain(format!(": {words}"))))
    });
    told.collect()
}

fn companions(control: &Control) -> Vec<Block> {
    let mut blocks = Vec::new();
    for companion in &control.companions {
        let auditors: Vec<&str> = companion
            .auditors
            .iter()
            .map(|auditor| auditor.as_str())
            .collect();
        let names = Text::from([Style::Strong.span(auditors.join(", "))]);
        blocks.push(Block::Paragraph(
            names.then(Text::plain(format!(": {}", companion.about))),
        ));
        blocks.push(Block::snippet(clauses::clause_lines(
            companion.pattern.text(),
        )));
    }
    blocks
}

fn versions(control: &Control) -> Block {
    let rows = control.benchmarks.iter().map(|(version, reference)| {
        vec![
            Text::plain(version.as_str()),
            Text::plain(reference.printed_number()),
            Text::plain(
                reference
                    .level
                    .map_or_else(String::new, |level| level.to_string()),
            ),
            Text::plain(reference.status.to_string()),
            Text::plain(&reference.title),
        ]
    });
    Block::Table(Table {
        headings: vec!["Benchmark", "No.", "Level", "Status", "Title"],
        rows: rows.collect(),
    })
}

fn examples(examples: &[Example]) -> Vec<Block> {
    examples
        .iter()
        .flat_map(|example| {
            let event = Text::from([Style::Literal.span(json_line(&example.event))]);
            [
                Block::Paragraph(Text::from([Style::Strong.span(&example.about)])),
                Block::Paragraph(event),
            ]
        })
        .collect()
}
