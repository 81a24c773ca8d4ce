//! Matching in bulk, on one core: megabytes of JSON a second for one pattern and for nineteen, beside merely parsing the same bytes.
//!
//! Run with `cargo bench --no-default-features --bench bulk`.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a bench that cannot run has to say so"
)]

#[path = "bulk/corpus.rs"]
mod corpus;

use std::sync::LazyLock;

use cis_fix::catalog::Catalog;
use cis_fix::pattern::Pattern;
use cis_fix::pattern::bulk::PatternSet;
use divan::Bencher;
use divan::counter::BytesCount;

/// The bytes of all log files together.
const BYTES: usize = 64_000_000;

static FILES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut made = 0;
    let wanted = |file: &String| {
        let is_wanted = made < BYTES;
        made += file.len();
        is_wanted
    };
    corpus::log_files().take_while(wanted).collect()
});

/// What the nineteen patterns ask beyond those of the controls: published texts of other meanings, all of them.
const OTHERS: [&str; 4] = [
    r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }"#,
    r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress!="delivery.logs.amazonaws.com") || ($.eventName!="HeadBucket") }"#,
    r#"{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.type = "IAMUser") && ($.responseElements.ConsoleLogin = "Success") }"#,
    "{ $.requestParameters.groupSet.items[*].groupId = \"sg-0a*\" }",
];

fn main() {
    divan::main();
}

/// The pattern of one control alone, and those of all controls with others to make nineteen.
fn patterns(count: usize) -> PatternSet {
    let catalog = Catalog::builtin();
    let controls = catalog
        .controls()
        .iter()
        .map(|control| control.pattern.clone());
    let others = OTHERS.iter().map(|text| Pattern::parse(text).unwrap());
    let patterns: Vec<Pattern> = controls.chain(others).take(count).collect();
    assert_eq!(patterns.len(), count);
    PatternSet::new(patterns)
}

#[divan::bench(args = [1, 15, 19], sample_count = 20, sample_size = 1)]
fn match_patterns(bencher: Bencher<'_, '_>, count: usize) {
    test_records(bencher, &patterns(count));
}

/// Passes over records in which nothing can match, as a backtest does.
#[divan::bench(args = [15, 19], sample_count = 20, sample_size = 1)]
fn skim_records(bencher: Bencher<'_, '_>, count: usize) {
    let patterns = patterns(count).patterns().to_vec();
    test_records(
        bencher,
        &PatternSet::skimming(patterns, &[&["eventTime"]], 0),
    );
}

/// Tests every record for the patterns of a set.
fn test_records(bencher: Bencher<'_, '_>, set: &PatternSet) {
    bencher.counter(bytes()).bench(|| {
        let mut hits = 0;
        for file in FILES.iter() {
            let mut tester = set.tester();
            tester
                .log_file(file, |_, _, matches| hits += matches.iter().count())
                .unwrap();
        }
        hits
    });
}

/// Parses into trees and lets them go.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn merely_parse(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| {
        for file in FILES.iter() {
            divan::black_box(sonic_rs::from_str::<sonic_rs::Value>(file).unwrap());
        }
    });
}

fn bytes() -> BytesCount {
    BytesCount::new(FILES.iter().map(String::len).sum::<usize>())
}
