//! The shape of `cis-fix/controls/v1`: the catalog, or one control of it.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::catalog::{Benchmark, Control, PrintedText, Requirement};

/// The document.
#[derive(Debug, Serialize)]
#[expect(
    clippy::struct_field_names,
    reason = "the members are named by the contract"
)]
pub(super) struct Controls<'catalog> {
    schema: &'static str,
    benchmark: &'static str,
    controls: Vec<Shape<'catalog>>,
}

impl<'catalog> Controls<'catalog> {
    pub(super) fn new(
        controls: impl Iterator<Item = &'catalog Control>,
        benchmark: Benchmark,
    ) -> Self {
        Self {
            schema: "cis-fix/controls/v1",
            benchmark: benchmark.as_str(),
            controls: controls
                .map(|control| Shape::new(control, benchmark))
                .collect(),
        }
    }
}

/// A control.
#[derive(Debug, Serialize)]
struct Shape<'catalog> {
    id: &'catalog str,
    number: Option<String>,
    title: &'catalog str,
    rationale: &'catalog str,
    impact: &'catalog str,
    security_hub: Option<&'catalog str>,
    pattern: &'catalog str,
    prescribed: Vec<Prescribed<'catalog>>,
    printed: Vec<PrintedShape<'catalog>>,
    requirements: BTreeMap<&'static str, Vec<&'static str>>,
    benchmarks: BTreeMap<&'static str, Reference<'catalog>>,
    frameworks: &'catalog BTreeMap<String, Vec<String>>,
    filter: &'catalog str,
    metric: Metric<'catalog>,
    alarm: Alarm<'catalog>,
}

/// A text that benchmarks prescribe and that means something else.
#[derive(Debug, Serialize)]
struct Prescribed<'catalog> {
    benchmarks: Vec<&'static str>,
    pattern: &'catalog str,
    defect: Option<&'catalog str>,
}

/// A text as benchmarks print it.
#[derive(Debug, Serialize)]
struct PrintedShape<'catalog> {
    benchmarks: Vec<&'static str>,
    text: &'catalog str,
    damage: Option<&'catalog str>,
}

/// Where a version of the benchmark names the control.
#[derive(Debug, Serialize)]
struct Reference<'catalog> {
    number: String,
    title: &'catalog str,
    level: Option<u8>,
    status: String,
}

/// The metric of the control's filter.
#[derive(Debug, Serialize)]
struct Metric<'catalog> {
    namespace: &'catalog str,
    name: &'catalog str,
    value: &'catalog str,
}

/// The alarm of the control; the period is in seconds.
#[derive(Debug, Serialize)]
struct Alarm<'catalog> {
    name: &'catalog str,
    statistic: &'catalog str,
    period: u32,
    evaluation_periods: u32,
    threshold: f64,
    comparison: &'catalog str,
    treat_missing_data: &'static str,
}

impl<'catalog> Shape<'catalog> {
    fn new(control: &'catalog Control, benchmark: Benchmark) -> Self {
        Self {
            id: control.id.as_str(),
            number: control.number(benchmark),
            title: control.title(benchmark),
            rationale: &control.rationale,
            impact: &control.impact,
            security_hub: control.security_hub.as_deref(),
            pattern: control.pattern.text(),
            prescribed: prescribed(control),
            printed: printed(control),
            requirements: requirements(control),
            benchmarks: references(control),
            frameworks: &control.frameworks,
            filter: control.filter.as_str(),
            metric: Metric {
                namespace: control.metric.namespace.as_str(),
                name: control.metric.name.as_str(),
                value: &control.metric.value,
            },
            alarm: alarm(control),
        }
    }
}

fn names(benchmarks: &BTreeSet<Benchmark>) -> Vec<&'static str> {
    benchmarks.iter().map(|known| known.as_str()).collect()
}

fn prescribed(control: &Control) -> Vec<Prescribed<'_>> {
    control
        .prescribed
        .iter()
        .map(|text| Prescribed {
            benchmarks: names(&text.benchmarks),
            pattern: text.pattern.text(),
            defect: text.defect.as_deref(),
        })
        .collect()
}

fn printed(control: &Control) -> Vec<PrintedShape<'_>> {
    let printed = control.printed.iter().map(|printed| PrintedShape {
        benchmarks: names(&printed.benchmarks),
        text: printed.text.as_str(),
        damage: match &printed.text {
            PrintedText::Whole(_) => None,
            PrintedText::Damaged { damage, .. } => Some(damage),
        },
    });
    printed.collect()
}

/// Returns what the audits of the control's benchmarks ask for, where it is known.
fn requirements(control: &Control) -> BTreeMap<&'static str, Vec<&'static str>> {
    Benchmark::all()
        .filter(|benchmark| control.is_in(*benchmark))
        .filter_map(|benchmark| {
            let asked = benchmark.requirements()?.into_iter();
            Some((benchmark.as_str(), asked.map(Requirement::as_str).collect()))
        })
        .collect()
}

fn references(control: &Control) -> BTreeMap<&'static str, Reference<'_>> {
    control
        .benchmarks
        .iter()
        .map(|(version, reference)| {
            let shape = Reference {
                number: reference.printed_number(),
                title: &reference.title,
                level: reference.level,
                status: reference.status.to_string(),
            };
            (version.as_str(), shape)
        })
        .collect()
}

fn alarm(control: &Control) -> Alarm<'_> {
    let alarm = &control.alarm;
    Alarm {
        name: alarm.name.as_str(),
        statistic: alarm.statistic.as_str(),
        period: alarm.period,
        evaluation_periods: alarm.evaluation_periods,
        threshold: alarm.threshold,
        comparison: alarm.operator.as_str(),
        treat_missing_data: alarm.missing_data.as_str(),
    }
}
