//! Recorded CloudTrail events: each control matches exactly the records that it should.

use std::io::Read;
use std::path::Path;

use cis_fix::catalog::Catalog;
use cis_fix::pattern::Event;
use cis_fix::pattern::bulk::PatternSet;
use flate2::read::GzDecoder;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::source;

const FOLDER: &str = "tests/data/cloudtrail";

#[test]
fn every_control_matches_exactly_the_expected_records() {
    let expected: Value =
        serde_json::from_str(&source(format!("{FOLDER}/expected.json")).text).unwrap();
    let catalog = Catalog::builtin();
    let files = expected["files"].as_object().unwrap();
    let controls = catalog.controls().iter();
    let set = PatternSet::new(controls.map(|control| control.pattern.clone()));
    let (mut records, mut matches) = (0, 0);
    for (name, row) in files {
        let packed = std::fs::read(
            Path::new(env!("CARGO_MANIFEST_DIR"))
                .join(FOLDER)
                .join(name),
        )
        .unwrap();
        assert_eq!(
            hexadecimal(&Sha256::digest(&packed)),
            row["sha256"],
            "{name}"
        );
        let text = unpacked(&packed);
        let events = events(&text);
        let in_bulk = in_bulk(&set, &text);
        records += events.len();
        for (position, control) in catalog.controls().iter().enumerate() {
            let found: Vec<_> = (0..events.len())
                .filter(|index| control.pattern.matches(&events[*index]))
                .collect();
            let wanted = &row["controls"][control.id.as_str()]["indices"];
            assert_eq!(
                serde_json::to_value(&found).unwrap(),
                *wanted,
                "{} in {name}",
                control.id
            );
            assert_eq!(
                in_bulk[position], found,
                "{} in {name}, in bulk",
                control.id
            );
            matches += found.len();
        }
    }
    assert_eq!((files.len(), records, matches), (39, 2949, 436));
}

#[test]
fn every_file_of_records_is_used() {
    let expected: Value =
        serde_json::from_str(&source(format!("{FOLDER}/expected.json")).text).unwrap();
    let mut present = super::files(FOLDER);
    let inner = super::files(&format!("{FOLDER}/invictus-ir-aws_dataset"));
    present.extend(
        inner
            .iter()
            .map(|name| format!("invictus-ir-aws_dataset/{name}")),
    );
    present.retain(|name| name.contains(".json.gz"));
    present.sort();
    let used: Vec<_> = expected["files"]
        .as_object()
        .unwrap()
        .keys()
        .cloned()
        .collect();
    assert_eq!(present, used);
}

fn unpacked(packed: &[u8]) -> String {
    let mut text = String::new();
    GzDecoder::new(packed).read_to_string(&mut text).unwrap();
    text
}

fn events(text: &str) -> Vec<Event> {
    let file: Value = serde_json::from_str(text).unwrap();
    file["Records"]
        .as_array()
        .unwrap()
        .iter()
        .cloned()
        .map(Event::from_value)
        .collect()
}

/// Returns for each pattern the records that it matches, found in one pass over the file.
fn in_bulk(set: &PatternSet, text: &str) -> Vec<Vec<usize>> {
    let mut found = vec![Vec::new(); set.patterns().len()];
    set.tester()
        .log_file(text, |index, _, matches| {
            for position in matches.iter() {
                found[position].push(index);
            }
        })
        .unwrap();
    found
}

fn hexadecimal(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    digits
        .map(|digit| char::from_digit(digit.into(), 16).unwrap())
        .collect()
}
