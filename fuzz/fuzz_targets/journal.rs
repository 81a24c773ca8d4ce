//! Any text is a journal or is refused with a line of it; what is read prints to the same lines.

#![no_main]

use cis_fix::journal::{Line, history, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let whole = text.rfind('\n').map_or(0, |at| at + 1);
    match parse(text) {
        Ok(lines) => {
            let printed: String = lines.iter().map(Line::to_text).collect();
            assert_eq!(Some(printed.as_str()), text.get(..whole));
        }
        Err(error) => {
            assert!(error.number >= 1 && error.number <= text.matches('\n').count());
            assert!(history(text).is_err());
        }
    }
    if let Ok(history) = history(text) {
        assert!(history.unfinished().count() <= history.written().count());
        assert!(history.written().count() <= history.entries.len());
    }
});
