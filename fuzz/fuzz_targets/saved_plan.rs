//! Any bytes are a saved plan or are refused in one line; what is read was written exactly so.

#![no_main]

use std::collections::BTreeSet;

use cis_fix::saved_plan::{is_saved_plan, parse, to_text};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match parse(bytes) {
        Ok(saved) => {
            assert!(is_saved_plan(bytes));
            let making = saved.making.clone();
            // A plan that masks an endpoint cannot be completed without the settings.
            if let Ok(plan) = saved.plan(&BTreeSet::new()) {
                assert_eq!(to_text(&plan, &making).as_bytes(), bytes);
            }
        }
        Err(error) => {
            assert!(!error.to_string().contains('\n'), "{error}");
            assert!(!error.hint().is_empty());
        }
    }
});
