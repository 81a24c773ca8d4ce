//! Texts that benchmarks have published, version by version, against what the catalog says they prescribe.

use std::collections::BTreeSet;

use cis_fix::catalog::{Benchmark, Catalog};
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
