//! Whatever a file holds, its records are the same however it is cut into windows, and each is a part of it.

#![no_main]

use cis_fix::backtest::{Contents, Records, Rest, pattern_set};
use cis_fix::pattern::Pattern;
use cis_fix::pattern::bulk::PatternSet;
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    // Bytes that run out make no case.
    let _ = run(&mut Unstructured::new(bytes));
});

/// What was read: each record with its index and the patterns that match it, and what there was besides.
type Read = (Vec<(u64, String, Vec<usize>)>, Contents);

fn run(bytes: &mut Unstructured<'_>) -> Result<()> {
    let text = file(bytes)?;
    let mut lengths = Vec::new();
    for _ in 0..bytes.int_in_range(1..=8)? {
        lengths.push(bytes.int_in_range(1..=40_usize)?);
    }
    let patterns = [
        "{ $.eventName = A }",
        "{ $.errorCode = \"*x*\" }",
        "{ $.a.b[0] = 1 || $.eventName NOT EXISTS }",
        "",
    ];
    let set = pattern_set(patterns.map(|pattern| Pattern::parse(pattern).expect("a pattern")));
    let whole = in_windows(&set, &text, &[text.len().max(1)]);
    for (_, record, _) in &whole.0 {
        assert!(text.contains(record.as_str()), "{record:?} of {text:?}");
    }
    let cut = in_windows(&set, &text, &lengths);
    assert_eq!(cut, whole, "{text:?} cut by {lengths:?}");
    Ok(())
}

/// Reads a text window by window, as files are read: what is left of a window is given again with what follows.
fn in_windows(set: &PatternSet, text: &str, lengths: &[usize]) -> Read {
    let mut records = Records::new(set);
    let mut found = Vec::new();
    let (mut done, mut seen) = (0, 0);
    let mut lengths = lengths.iter().cycle();
    loop {
        let length = lengths.next().copied().unwrap_or(1);
        seen = text.ceil_char_boundary((seen + length).min(text.len()));
        let rest = if seen < text.len() {
            Rest::More
        } else {
            Rest::Nothing
        };
        let used = records.read(&text[done..seen], rest, &mut |record| {
            let matches = record.matches.iter().collect();
            found.push((record.index, record.text.to_owned(), matches));
        });
        done += used;
        assert!(done <= seen, "{text:?}");
        if rest == Rest::Nothing || records.is_over() {
            return (found, records.finish());
        }
    }
}

/// Makes what may lie in a folder of logs: a log file, a list, events one after the other, or anything.
fn file(bytes: &mut Unstructured<'_>) -> Result<String> {
    if bytes.ratio(1_u8, 8)? {
        return Ok(String::from_utf8_lossy(bytes.peek_bytes(64).unwrap_or_default()).into_owned());
    }
    let mut events = Vec::new();
    for _ in 0..bytes.int_in_range(0..=4)? {
        events.push(event(bytes)?);
    }
    let text = match bytes.int_in_range(0..=4)? {
        0 => format!("{{\"Records\":[{}]}}", events.join(",")),
        1 => format!("{{\"a\":[{{}}],\"Records\": [{}] , \"z\":1}}\n", events.join(" , ")),
        2 => format!("[{}]", events.join(",")),
        3 => events.join("\n"),
        _ => format!("\n {}\r\n", events.join(" ")),
    };
    spoiled(bytes, text)
}

fn event(bytes: &mut Unstructured<'_>) -> Result<String> {
    Ok(match bytes.int_in_range(0..=7)? {
        0 => cis_fix_fuzz::message(bytes)?,
        1 => "{\"eventName\":\"A\",\"eventTime\":\"2026-03-01T00:00:00Z\"}".to_owned(),
        2 => "{\"eventSource\":\"s\",\"errorCode\":\"axb\",\"a\":{\"b\":[1]}}".to_owned(),
        3 => "{\"eventName\":\"é\\u0041\\\"}\",\"x\":[[{}],{}]}".to_owned(),
        4 => "{\"digestStartTime\":\"x\"}".to_owned(),
        5 => "{\"Records\":[{\"eventName\":\"A\"}]}".to_owned(),
        6 => "17".to_owned(),
        _ => "{\"eventName\":\"A\"".to_owned(),
    })
}

/// Cuts a text off or puts something into it, now and then.
fn spoiled(bytes: &mut Unstructured<'_>, mut text: String) -> Result<String> {
    while bytes.ratio(1_u8, 3)? && !text.is_empty() {
        let place = text.floor_char_boundary(bytes.choose_index(text.len())?);
        match bytes.int_in_range(0..=2)? {
            0 => text.truncate(place),
            1 => {
                let signs = ['{', '}', '[', ']', '"', ',', ':', '\\', ' ', '\n', '0', 'é'];
                text.insert(place, *bytes.choose(&signs)?);
            }
            _ => {
                text.remove(place);
            }
        }
    }
    Ok(text)
}
