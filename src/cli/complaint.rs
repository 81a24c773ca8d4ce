//! What clap says about arguments, made fit for a terminal and for newcomers.
//!
//! clap repeats what was typed as it is; here nothing foreign is left that a terminal would obey.

use std::ffi::OsString;

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::escape::visible;

/// Returns an answer of clap with every foreign text escaped, and with advice where clap has none.
pub(super) fn clear(mut answer: clap::Error, arguments: &[OsString]) -> clap::Error {
    if let Some(tip) = equals_sign(&answer, arguments) {
        let tips = ContextValue::StyledStrs(vec![StyledStr::from(tip)]);
        answer.insert(ContextKind::Suggested, tips);
    }
    let shown: Vec<_> = answer
        .context()
        .filter_map(|(kind, value)| Some((kind, escaped(value)?)))
        .collect();
    for (kind, value) in shown {
        answer.insert(kind, value);
    }
    answer
}

fn escaped(value: &ContextValue) -> Option<ContextValue> {
    let escape = |text: &String| visible(text).into_owned();
    if let ContextValue::String(text) = value {
        Some(ContextValue::String(escape(text)))
    } else if let ContextValue::Strings(texts) = value {
        Some(ContextValue::Strings(texts.iter().map(escape).collect()))
    } else {
        None
    }
}

/// Returns advice for a file that follows `--sandbox` without an equals sign.
fn equals_sign(answer: &clap::Error, arguments: &[OsString]) -> Option<String> {
    if answer.kind() != ErrorKind::UnknownArgument {
        return None;
    }
    let Some(ContextValue::String(unknown)) = answer.get(ContextKind::InvalidArg) else {
        return None;
    };
    let is_file = |pair: &[OsString]| matches!(pair, [option, file] if option == "--sandbox" && *file == **unknown);
    arguments.windows(2).any(is_file).then(|| {
        format!(
            "the file follows an equals sign: '--sandbox={}'",
            visible(unknown)
        )
    })
}
