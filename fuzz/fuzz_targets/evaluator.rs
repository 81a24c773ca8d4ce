//! The compiled evaluator gives the answers of the reference evaluator, for one message and for the records of a log file.

#![no_main]

use cis_fix::pattern::bulk::PatternSet;
use cis_fix::pattern::{Event, Pattern};
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Bytes that run out make no case.
    let _ = run(&mut Unstructured::new(bytes));
});

fn run(bytes: &mut Unstructured<'_>) -> Result<()> {
    let mut patterns = Vec::new();
    for _ in 0..bytes.int_in_range(1..=4)? {
        patterns.extend(Pattern::parse(&cis_fix_fuzz::pattern(bytes)?));
    }
    let set = PatternSet::new(patterns.clone());
    let mut tester = set.tester();
    let mut records = Vec::new();
    for _ in 0..bytes.int_in_range(1..=3)? {
        let message = cis_fix_fuzz::message(bytes)?;
        let expected = matching(&patterns, &Event::parse(&message));
        let found: Vec<usize> = tester.matches(&message).iter().collect();
        assert_eq!(found, expected, "{message} with {patterns:?}");
        if expected.is_empty() && Event::parse(&message).value().is_none() {
            continue;
        }
        records.push((message, expected));
    }
    let texts: Vec<&str> = records
        .iter()
        .map(|(message, _)| message.as_str())
        .collect();
    let file = format!("{{\"Records\":[{}]}}", texts.join(","));
    let mut found = Vec::new();
    let count = tester.log_file(&file, |_, record, matches| {
        found.push((
            record.trim().to_owned(),
            matches.iter().collect::<Vec<usize>>(),
        ));
    });
    assert_eq!(count, Ok(records.len()), "{file}");
    for ((record, found), (message, expected)) in found.iter().zip(&records) {
        assert_eq!(
            (record.as_str(), found),
            (message.trim(), expected),
            "{file}"
        );
    }
    Ok(())
}

fn matching(patterns: &[Pattern], event: &Event) -> Vec<usize> {
    let numbered = patterns.iter().enumerate();
    let matching = numbered.filter(|(_, pattern)| pattern.matches(event));
    matching.map(|(position, _)| position).collect()
}
