//! Texts that benchmarks have published, version by version, against what the catalog says they prescribe.

use std::collections::BTreeSet;

use cis_fix::catalog::{Benchmark, Catalog, PrintedText};
use cis_fix::pattern::{Pattern, Relation, compare};
use serde_json::Value;

use super::source;

/// A published text.
pub(super) struct Published {
    /// The control it is for.
    pub(super) control: String,
    /// The text.
    pub(super) text: String,
    /// The benchmarks that prescribe it.
    pub(super) prescribed: BTreeSet<Benchmark>,
    /// The benchmarks that print it beside the text they prescribe, with another meaning.
    pub(super) beside: BTreeSet<Benchmark>,
}

pub(super) fn texts() -> Vec<Published> {
    let rows: Vec<Value> =
        serde_json::from_str(&source("tests/data/catalog/published.json").text).unwrap();
    rows.iter()
        .map(|row| Published {
            control: row["control"].as_str().unwrap().to_owned(),
            text: row["text"].as_str().unwrap().to_owned(),
            prescribed: benchmarks(&row["prescribed"]),
            beside: benchmarks(&row["beside"]),
        })
        .collect()
}

fn benchmarks(names: &Value) -> BTreeSet<Benchmark> {
    let names = names.as_array().map(Vec::as_slice).unwrap_or_default();
    names
        .iter()
        .map(|name| Benchmark::parse(name.as_str().unwrap()).unwrap())
        .collect()
}

#[test]
fn published_texts_mean_what_the_catalog_says_they_prescribe() {
    let catalog = Catalog::builtin();
    let texts = texts();
    assert_eq!(texts.len(), 61);
    for published in &texts {
        let control = catalog.find(&published.control).unwrap();
        let pattern = Pattern::parse(&published.text).unwrap();
        let means = |benchmark: Benchmark| {
            let said = control
                .prescribed(benchmark)
                .map_or(&control.pattern, |prescribed| &prescribed.pattern);
            compare(&pattern, said).relation == Relation::Equivalent
        };
        for benchmark in &published.prescribed {
            assert!(means(*benchmark), "{benchmark} {}", published.text);
        }
        for benchmark in &published.beside {
            assert!(!means(*benchmark), "{benchmark} {}", published.text);
        }
    }
}

#[test]
fn every_prescribed_text_of_the_catalog_was_published() {
    let texts = texts();
    let mut count = 0;
    for control in Catalog::builtin().controls() {
        for prescribed in &control.prescribed {
            for benchmark in &prescribed.benchmarks {
                let published = texts.iter().any(|text| {
                    text.control == control.id.as_str()
                        && text.prescribed.contains(benchmark)
                        && compare(&Pattern::parse(&text.text).unwrap(), &prescribed.pattern)
                            .relation
                            == Relation::Equivalent
                });
                assert!(published, "{} {benchmark}", control.id);
                count += 1;
            }
        }
    }
    assert_eq!(count, 34);
}

#[test]
fn numbers_levels_statuses_and_titles_are_those_of_the_versions() {
    let catalog = Catalog::builtin();
    let rows: Vec<Value> =
        serde_json::from_str(&source("tests/data/catalog/versions.json").text).unwrap();
    // 15 controls in 13 versions, the last one in 10 of them, and 14 controls of Security Hub.
    assert_eq!(rows.len(), 14 * 13 + 10 + 14);
    let mut known = BTreeSet::new();
    for row in &rows {
        let control = catalog.find(row["control"].as_str().unwrap()).unwrap();
        let benchmark = Benchmark::parse(row["benchmark"].as_str().unwrap()).unwrap();
        let about = format!("{} {benchmark}", control.id);
        assert_eq!(
            control.number(benchmark).as_deref(),
            row["number"].as_str(),
            "{about}"
        );
        let level = control
            .level(benchmark)
            .map(|level| u64::from(level.number()));
        assert_eq!(level, row["level"].as_u64(), "{about}");
        if let Benchmark::Cis(version) = benchmark {
            assert_eq!(control.title(benchmark), row["title"], "{about}");
            let status = control.benchmarks[&version].status.to_string();
            assert_eq!(status, row["status"].as_str().unwrap(), "{about}");
        }
        known.insert((control.id.clone(), benchmark));
    }
    for control in catalog.controls() {
        for benchmark in Benchmark::all().filter(|other| *other != Benchmark::Recommended) {
            let is_known = known.contains(&(control.id.clone(), benchmark));
            assert_eq!(
                control.is_in(benchmark),
                is_known,
                "{} {benchmark}",
                control.id
            );
        }
    }
}

#[test]
fn printed_texts_are_published_ones_and_mean_what_is_prescribed() {
    let texts = texts();
    let (mut whole, mut damaged, mut unknown) = (0, 0, 0);
    for control in Catalog::builtin().controls() {
        for benchmark in Benchmark::all().filter(|other| control.is_in(*other)) {
            let about = format!("{} {benchmark}", control.id);
            match control.printed(benchmark) {
                Some(PrintedText::Whole(pattern)) => {
                    let published = texts.iter().any(|text| {
                        text.control == control.id.as_str()
                            && text.text == pattern.text()
                            && text.prescribed.contains(&benchmark)
                    });
                    assert!(published, "{about}");
                    let relation = compare(pattern, control.meaning(benchmark)).relation;
                    assert_eq!(relation, Relation::Equivalent, "{about}");
                    whole += 1;
                }
                Some(PrintedText::Damaged { text, .. }) => {
                    assert!(Pattern::parse(text).is_err(), "{about}");
                    damaged += 1;
                }
                None if benchmark == Benchmark::Recommended => {}
                None => {
                    // Of 1.0.0 only two texts were ever seen.
                    assert_eq!(benchmark.as_str(), "cis-1.0.0", "{about}");
                    unknown += 1;
                }
            }
        }
    }
    assert_eq!((whole, damaged, unknown), (191, 3, 12));
}
