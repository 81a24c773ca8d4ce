//! Any text is read or refused; what is read prints to the same tree, and prints the same again.

#![no_main]

use cis_fix::pattern::Pattern;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    match Pattern::parse(text) {
        Ok(pattern) => {
            let printed = pattern.to_string();
            let again = Pattern::parse(&printed);
            assert_eq!(
                again.as_ref(),
                Ok(&pattern),
                "{text:?} prints as {printed:?}"
            );
            assert_eq!(again.unwrap().to_string(), printed, "{text:?}");
        }
        Err(error) => {
            assert!(text.get(error.span()).is_some(), "{error:?} of {text:?}");
            assert!(!error.to_string().contains(char::is_control), "{error}");
            let hint = error.hint().unwrap_or_default();
            assert!(!hint.contains('\n'), "{hint}");
        }
    }
});
