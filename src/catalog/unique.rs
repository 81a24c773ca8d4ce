//! What two controls may not share: identifiers, numbers, names of checks, and names that AWS would take for one resource.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::benchmark::Benchmark;
use super::control::Control;
use super::schema::Draft;
use crate::toml_source::Diagnostic;

/// Returns where drafts claim what another draft, or a control that stays, has already.
pub(crate) fn contradictions(base: &[Control], drafts: &[Draft]) -> Vec<Diagnostic> {
    let replaced: BTreeSet<_> = drafts.iter().map(|draft| &draft.control.id).collect();
    let mut owners = BTreeMap::new();
    for control in base
        .iter()
        .filter(|control| !replaced.contains(&control.id))
    {
        for (claim, _) in claims(control) {
            owners.insert(claim, format!("the control `{}`", control.id));
        }
    }
    let mut found = Vec::new();
    for draft in drafts {
        let owner = format!("the control `{}` in `{}`", draft.control.id, draft.file);
        let mut places = BTreeSet::new();
        for (claim, part) in claims(&draft.control) {
            let place = place(draft, part);
            match owners.get(&claim) {
                None => {
                    owners.insert(claim, owner.clone());
                }
                // A metric that has its filter's name is not a second mistake.
                Some(other) if places.insert(place.start) => {
                    found.push(Diagnostic::new(
                        &draft.file,
                        place,
                        &format!("{claim} belongs to {other} already"),
                    ));
                }
                Some(_) => {}
            }
        }
    }
    found
}

/// The parts of a control that claim something.
#[derive(Debug, Clone, Copy)]
enum Part<'control> {
    Id,
    Filter,
    Metric,
    Alarm,
    Number(Benchmark),
    Check(&'control str),
}

/// Returns what a control claims for itself, in words.
fn claims(control: &Control) -> Vec<(String, Part<'_>)> {
    let Control {
        id,
        filter,
        metric,
        alarm,
        checks,
        ..
    } = control;
    let mut claims = vec![
        (format!("the id `{id}`"), Part::Id),
        (format!("the filter name `{filter}`"), Part::Filter),
        (
            format!("the metric `{}` of `{}`", metric.name, metric.namespace),
            Part::Metric,
        ),
        (format!("the alarm name `{}`", alarm.name), Part::Alarm),
    ];
    let versions = control
        .benchmarks
        .keys()
        .map(|version| Benchmark::Cis(*version));
    for benchmark in versions.chain([Benchmark::SecurityHub]) {
        let number = control.number(benchmark);
        claims.extend(number.map(|number| {
            (
                format!("the number {number} of `{benchmark}`"),
                Part::Number(benchmark),
            )
        }));
    }
    // Findings are told apart by these names alone, whichever tool reports them.
    let checks: BTreeSet<&String> = checks.values().flatten().collect();
    claims.extend(
        checks
            .into_iter()
            .map(|name| (format!("the check `{name}`"), Part::Check(name))),
    );
    claims
}

fn place(draft: &Draft, part: Part<'_>) -> Range<usize> {
    let places = &draft.places;
    match part {
        Part::Id => places.id.clone(),
        Part::Filter => places.filter.clone(),
        Part::Metric => places.metric.clone(),
        Part::Alarm => places.alarm.clone(),
        Part::Number(benchmark) => {
            let number = places.numbers.iter().find(|(other, _)| *other == benchmark);
            number.map_or_else(|| places.id.clone(), |(_, place)| place.clone())
        }
        Part::Check(name) => {
            let check = places.checks.iter().find(|check| check.value == name);
            check.map_or_else(|| places.id.clone(), |check| check.span.clone())
        }
    }
}
