//! Parsing and comparing: every pattern and every pair of the catalog, and the hardest patterns known.
//!
//! A sample is one text or one pair, so that "slowest" is the worst of them. Memory is the most that one sample held at a time.
//! Run with `cargo bench --no-default-features --bench pattern`.

#![expect(clippy::unwrap_used, reason = "a bench that cannot run has to say so")]

use std::sync::LazyLock;

use cis_fix::catalog::Catalog;
use cis_fix::pattern::{Comparison, Pattern, compare};
use divan::{AllocProfiler, Bencher};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let catalog = Catalog::builtin();
    let controls = catalog.controls().iter();
    controls
        .map(|control| control.pattern.text().to_owned())
        .collect()
});

/// Pairs of patterns of 1024 characters or nearly, each hard in its own way.
#[path = "pattern/adversarial.rs"]
mod adversarial;

fn main() {
    divan::main();
}

/// Every ordered pair of the catalog's patterns.
fn pairs() -> Vec<(Pattern, Pattern)> {
    let patterns: Vec<Pattern> = TEXTS.iter().map(|text| text.parse().unwrap()).collect();
    let with_all = |a: &Pattern| {
        let a = a.clone();
        patterns.clone().into_iter().map(move |b| (a.clone(), b))
    };
    patterns.iter().flat_map(with_all).collect()
}

#[divan::bench(sample_size = 1, sample_count = 1500)]
fn parse_each_pattern_of_the_catalog(bencher: Bencher<'_, '_>) {
    let mut texts = TEXTS.iter().cycle();
    bencher
        .with_inputs(|| texts.next().unwrap())
        .bench_local_values(|text| Pattern::parse(text));
}

#[divan::bench(sample_size = 1, sample_count = 1125)]
fn compare_each_pair_of_the_catalog(bencher: Bencher<'_, '_>) {
    let pairs = pairs();
    let mut next = pairs.iter().cycle();
    bencher
        .with_inputs(|| next.next().unwrap())
        .bench_local_values(|(a, b)| compare(a, b));
}

#[divan::bench(args = adversarial::names(), sample_size = 1, sample_count = 5)]
fn compare_adversaries(bencher: Bencher<'_, '_>, name: &str) {
    let (a, b) = adversarial::pair(name);
    bencher.bench(|| -> Comparison { compare(&a, &b) });
}
