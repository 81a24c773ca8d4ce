//! The patterns of a control: `pattern`, `[[prescribed]]`, `[[companion]]`.

use std::collections::BTreeSet;

use super::super::auditor::Auditor;
use super::super::benchmark::Benchmark;
use super::super::control::{Companion, Prescribed};
use super::references::References;
use super::words;
use crate::pattern::{Comparison, Kind, Pattern, Relation, compare};
use crate::toml_source::{Member, Table};

/// The patterns of a control.
#[derive(Debug)]
pub(super) struct Patterns {
    pub(super) intent: Pattern,
    pub(super) prescribed: Vec<Prescribed>,
    pub(super) companions: Vec<Companion>,
}

/// Reads all patterns. References that could not be read are not held against a prescribed text.
pub(super) fn read(table: &mut Table<'_>, references: Option<&References>) -> Option<Patterns> {
    let intent = table
        .required("pattern")
        .and_then(|member| pattern(&member));
    let tables = table
        .optional("prescribed")
        .map(|member| member.tables())
        .unwrap_or_default();
    let mut taken = BTreeSet::new();
    let prescribed: Vec<_> = tables
        .into_iter()
        .map(|table| prescribed(table, intent.as_ref(), references, &mut taken))
        .collect();
    let tables = table
        .optional("companion")
        .map(|member| member.tables())
        .unwrap_or_default();
    let companions: Vec<_> = tables
        .into_iter()
        .map(|table| companion(table, intent.as_ref()))
        .collect();
    Some(Patterns {
        intent: intent?,
        prescribed: prescribed.into_iter().collect::<Option<_>>()?,
        companions: companions.into_iter().collect::<Option<_>>()?,
    })
}

/// Reads a pattern for JSON events.
pub(crate) fn pattern(member: &Member<'_>) -> Option<Pattern> {
    let text = member.text()?.value;
    let pattern = match Pattern::parse(text) {
        Ok(pattern) => pattern,
        Err(error) => {
            let message = format!("this is not a filter pattern: {error}");
            member.refuse_part(error.span(), message, error.hint().map(str::to_owned));
            return None;
        }
    };
    if pattern.kind() != Kind::Json {
        let hint = "CloudTrail's events are JSON objects: write `{ $.eventName = … }`".to_owned();
        member.refuse("this pattern is not for JSON events", Some(hint));
        return None;
    }
    Some(pattern)
}

fn prescribed(
    mut table: Table<'_>,
    intent: Option<&Pattern>,
    references: Option<&References>,
    taken: &mut BTreeSet<Benchmark>,
) -> Option<Prescribed> {
    let benchmarks = benchmarks(&mut table, references, taken, "prescribes");
    let member = table.required("pattern");
    let text = member.as_ref().and_then(pattern);
    let defect = table.given("defect", |member| {
        member.parsed(|text| words::line(text, words::SENTENCES))
    });
    table.close();
    let (member, text) = (member?, text?);
    if intent.is_some_and(|intent| compare(&text, intent).relation == Relation::Equivalent) {
        let hint = "leave it out: only texts that mean something else are listed".to_owned();
        member.refuse(
            "this text means the same as the control's pattern",
            Some(hint),
        );
    }
    Some(Prescribed {
        benchmarks: benchmarks?,
        pattern: text,
        defect: defect.ok()?.map(|text| text.value),
    })
}

/// Reads the names of the benchmarks that a text is of; all that is wrong with any of them is reported.
pub(super) fn benchmarks(
    table: &mut Table<'_>,
    references: Option<&References>,
    taken: &mut BTreeSet<Benchmark>,
    says: &str,
) -> Option<BTreeSet<Benchmark>> {
    let list = table
        .required("benchmarks")
        .map(|member| member.list())
        .unwrap_or_default();
    let names: Vec<_> = list
        .iter()
        .map(|member| benchmark(member, references, taken, says))
        .collect();
    names.into_iter().collect()
}

/// Reads the name of a benchmark that has the control and `says` no other text.
fn benchmark(
    member: &Member<'_>,
    references: Option<&References>,
    taken: &mut BTreeSet<Benchmark>,
    says: &str,
) -> Option<Benchmark> {
    let mut choices = Benchmark::choices();
    choices.retain(|(_, benchmark)| *benchmark != Benchmark::Recommended);
    let benchmark = member.choice(&choices)?.value;
    if references.is_some_and(|references| !references.include(benchmark)) {
        member.refuse(format!("`{benchmark}` does not have this control"), None);
    }
    if !taken.insert(benchmark) {
        member.refuse(format!("`{benchmark}` {says} two texts"), None);
    }
    Some(benchmark)
}

fn companion(mut table: Table<'_>, intent: Option<&Pattern>) -> Option<Companion> {
    let member = table.required("pattern");
    let text = member.as_ref().and_then(pattern);
    let list = table
        .required("auditors")
        .map(|member| member.list())
        .unwrap_or_default();
    let choices = Auditor::choices();
    let auditors: Vec<_> = list.iter().map(|member| member.choice(&choices)).collect();
    let about = words::required(&mut table, "about", words::SENTENCES);
    let beyond = table.given("beyond", |member| {
        member.parsed(|text| words::line(text, words::SENTENCES))
    });
    table.close();
    let (member, text, beyond) = (member?, text?, beyond.ok()?);
    if let Some(intent) = intent {
        check_breadth(&member, &compare(&text, intent), beyond.is_some());
    }
    Some(Companion {
        pattern: text,
        auditors: auditors
            .into_iter()
            .map(|auditor| auditor.map(|placed| placed.value))
            .collect::<Option<_>>()?,
        about: about?,
        beyond: beyond.map(|text| text.value),
    })
}

/// Records it when a companion counts more than the control's pattern and does not say so, or the other way round.
fn check_breadth(member: &Member<'_>, comparison: &Comparison, says_so: bool) {
    match (comparison.relation, says_so) {
        (Relation::Equivalent | Relation::Narrower, false)
        | (Relation::Broader | Relation::Overlapping, true) => {}
        (Relation::Equivalent | Relation::Narrower, true) => {
            member.refuse(
                "this pattern counts nothing beyond the control's, so `beyond` is wrong",
                None,
            );
        }
        (Relation::Broader | Relation::Overlapping, false) => {
            let event = comparison
                .only_a
                .as_ref()
                .map(ToString::to_string)
                .unwrap_or_default();
            let hint = "say in `beyond` what it counts in addition, or make it narrower".to_owned();
            member.refuse(
                format!("this pattern also matches an event that the control's does not: {event}"),
                Some(hint),
            );
        }
        (Relation::Disjoint, _) => member.refuse(
            "this pattern has no event in common with the control's",
            None,
        ),
        (Relation::Undecided, _) => {
            member.refuse(
                "whether this pattern is broader than the control's cannot be decided",
                None,
            );
        }
    }
}
