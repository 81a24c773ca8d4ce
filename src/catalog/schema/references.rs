//! Where benchmarks, frameworks and other tools name a control: `security-hub`, `[benchmarks]`, `[frameworks]`, `[checks]`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::benchmark::{Benchmark, CisVersion};
use super::super::control::{Reference, Status};
use super::super::scanner::Scanner;
use super::words;
use crate::toml_source::{Placed, Table, did_you_mean};

/// All references of a control, with the places of the numbers.
#[derive(Debug)]
pub(super) struct References {
    pub(super) benchmarks: BTreeMap<CisVersion, Reference>,
    pub(super) security_hub: Option<String>,
    pub(super) frameworks: BTreeMap<String, Vec<String>>,
    pub(super) checks: BTreeMap<Scanner, BTreeSet<String>>,
    pub(super) places: Vec<(Benchmark, Range<usize>)>,
    pub(super) check_places: Vec<Placed<String>>,
}

impl References {
    /// Returns whether one of them is to that benchmark.
    pub(super) fn include(&self, benchmark: Benchmark) -> bool {
        self.places.iter().any(|(other, _)| *other == benchmark)
    }
}

/// Reads all references. None of them must be there: a control of one's own has no number.
pub(super) fn read(table: &mut Table<'_>) -> Option<References> {
    let security_hub = table.given("security-hub", |member| member.parsed(words::security_hub));
    let benchmarks = table.given("benchmarks", |member| member.table().and_then(benchmarks));
    let frameworks = table.given("frameworks", |member| member.table().and_then(frameworks));
    let checks = table.given("checks", |member| member.table().and_then(checks));
    let (security_hub, benchmarks) = (security_hub.ok()?, benchmarks.ok()?.unwrap_or_default());
    let checks = checks.ok()?.unwrap_or_default();
    let hub_place = security_hub
        .iter()
        .map(|number| (Benchmark::SecurityHub, number.span.clone()));
    let places = benchmarks
        .iter()
        .map(|(version, reference)| (Benchmark::Cis(*version), reference.span.clone()));
    Some(References {
        places: places.chain(hub_place).collect(),
        benchmarks: benchmarks
            .into_iter()
            .map(|(version, reference)| (version, reference.value))
            .collect(),
        security_hub: security_hub.map(|number| number.value),
        frameworks: frameworks.ok()?.unwrap_or_default(),
        check_places: checks.values().flatten().cloned().collect(),
        checks: checks
            .into_iter()
            .map(|(scanner, names)| (scanner, names.into_iter().map(|name| name.value).collect()))
            .collect(),
    })
}

fn benchmarks(mut table: Table<'_>) -> Option<BTreeMap<CisVersion, Placed<Reference>>> {
    let mut read = Vec::new();
    for key in table.keys() {
        let member = table.optional(key.value);
        let reference = member.and_then(|member| member.table()).and_then(reference);
        let Some(version) = CisVersion::parse(key.value) else {
            let hint = did_you_mean(key.value, CisVersion::ALL.map(CisVersion::as_str));
            let message = format!("`{}` is not a version of the benchmark", key.value);
            table.document().record_with(key.span, message, hint);
            read.push(None);
            continue;
        };
        read.push(reference.map(|reference| (version, reference)));
    }
    table.close();
    read.into_iter().collect()
}

/// Reads one version's entry; its place is that of the number.
fn reference(mut table: Table<'_>) -> Option<Placed<Reference>> {
    let number = table
        .required("number")
        .and_then(|member| member.parsed(words::number));
    let status = table
        .required("status")
        .and_then(|member| member.choice(&Status::NAMES));
    let title = words::required(&mut table, "title", words::TITLE);
    let level = table.given("level", |member| {
        u8::try_from(member.count(1..=2)?.value).ok()
    });
    table.close();
    let (status, title, level) = (status?.value, title?, level.ok()?);
    Some(number?.map(|number| Reference {
        number,
        title,
        level,
        status,
    }))
}

fn frameworks(mut table: Table<'_>) -> Option<BTreeMap<String, Vec<String>>> {
    let mut read = Vec::new();
    for key in table.keys() {
        let name = words::framework(key.value);
        if let Err(refusal) = &name {
            table.document().record(key.span, refusal);
        }
        let elements = table
            .optional(key.value)
            .map(|member| member.list())
            .unwrap_or_default();
        let requirements: Vec<_> = elements
            .iter()
            .map(|element| element.parsed(|text| words::line(text, words::TITLE)))
            .collect();
        let requirements: Option<Vec<_>> = requirements
            .into_iter()
            .map(|requirement| requirement.map(|placed| placed.value))
            .collect();
        read.push(name.ok().zip(requirements));
    }
    table.close();
    read.into_iter().collect()
}

/// Reads what other tools call their checks of the control.
fn checks(mut table: Table<'_>) -> Option<BTreeMap<Scanner, Vec<Placed<String>>>> {
    let mut read = Vec::new();
    for scanner in Scanner::ALL {
        let names = table.given(scanner.as_str(), |member| {
            let mut seen = BTreeSet::new();
            let elements = member.list();
            let names: Vec<_> = elements
                .iter()
                .map(|element| {
                    let name = element.parsed(|text| words::line(text, words::TITLE))?;
                    if !seen.insert(name.value.clone()) {
                        element.refuse(format!("`{}` is there already", name.value), None);
                    }
                    Some(name)
                })
                .collect();
            names.into_iter().collect::<Option<Vec<_>>>()
        });
        read.push(names.ok().map(|names| (scanner, names)));
    }
    table.close();
    let read: Option<Vec<_>> = read.into_iter().collect();
    let given = read?
        .into_iter()
        .filter_map(|(scanner, names)| Some((scanner, names?)));
    Some(given.collect())
}
