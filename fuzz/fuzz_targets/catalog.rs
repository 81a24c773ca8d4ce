//! Any text is a control file or is refused with all its mistakes; what is read can be wanted of an account as it stands.

#![no_main]

use cis_fix::catalog::{Catalog, Wording};
use cis_fix::desired::{Desired, Selection, build};
use cis_fix::pattern::{Pattern, Relation, compare};
use cis_fix::settings::{Layer, Settings};
use cis_fix::toml_source::SourceFile;
use libfuzzer_sys::arbitrary::{Result, Unstructured};
use libfuzzer_sys::fuzz_target;

/// Control files to begin with, under other names than the built-in ones.
const FILES: [(&str, &str); 3] = [
    ("vpc-changes", include_str!("../../controls/vpc-changes.toml")),
    (
        "root-account-usage",
        include_str!("../../controls/root-account-usage.toml"),
    ),
    (
        "console-sign-in-without-mfa",
        include_str!("../../controls/console-sign-in-without-mfa.toml"),
    ),
];

/// What is put in the place of something else.
const PIECES: [&str; 26] = [
    "", "\"", "'''", "[", "]", "[[", "]]", "{", "}", "=", "\n", "\\", "#", "0", "-1", "1e999", "true", "[]", "\u{1b}", "é", "*", " && ",
    "$.eventName", "NOT EXISTS", "[alarm]\n", "nan",
];

fuzz_target!(|bytes: &[u8]| {
    // Bytes that run out make no case.
    let _ = run(&mut Unstructured::new(bytes));
});

fn run(bytes: &mut Unstructured<'_>) -> Result<()> {
    let (id, text) = file(bytes)?;
    let source = SourceFile {
        name: format!("folder/{id}.toml"),
        text,
    };
    match Catalog::builtin().extended(&[source]) {
        Ok(catalog) => accepted(&catalog, &id),
        Err(mistakes) => {
            assert!(!mistakes.list().is_empty());
            for line in mistakes.to_string().lines() {
                assert!(!line.contains('\u{1b}'), "{line:?}");
            }
        }
    }
    Ok(())
}

/// Panics unless what was read can be wanted: built, printed, and read again with the same meaning.
fn accepted(catalog: &Catalog, id: &str) {
    let settings = Settings::merge([Layer::default()]);
    for wording in [Wording::Sound, Wording::Verbatim] {
        let selection = Selection {
            only: vec![id.to_owned()],
            skip: Vec::new(),
            wording,
        };
        match build(catalog, &settings, &selection) {
            Ok(desired) => wanted(&desired),
            Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
        }
    }
}

fn wanted(desired: &Desired) {
    for control in &desired.controls {
        let filter = &control.filter.pattern;
        for pattern in [&control.pattern, filter] {
            let again = Pattern::parse(pattern.text()).expect("a pattern that was read once");
            assert_eq!(again, *pattern);
        }
        let relation = compare(filter, &control.pattern).relation;
        let covers = [Relation::Equivalent, Relation::Broader, Relation::Undecided];
        assert!(covers.contains(&relation), "{relation:?}: {}", control.id);
        for ignored in &control.look_alikes {
            assert!(!control.pattern.matches(ignored), "{}: {ignored}", control.id);
        }
    }
}

/// Makes a control file: a good one in which a few things were changed, or anything.
fn file(bytes: &mut Unstructured<'_>) -> Result<(String, String)> {
    let (id, text) = *bytes.choose(&FILES)?;
    let id = if bytes.ratio(1_u8, 4)? {
        format!("our-{id}")
    } else {
        id.to_owned()
    };
    if bytes.ratio(1_u8, 16)? {
        let text = bytes.peek_bytes(200).unwrap_or_default();
        return Ok((id, String::from_utf8_lossy(text).into_owned()));
    }
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for _ in 0..bytes.int_in_range(0..=3)? {
        let at = bytes.choose_index(lines.len())?;
        let line = lines[at].clone();
        let place = line.floor_char_boundary(bytes.int_in_range(0..=line.len())?);
        let end = line.ceil_char_boundary((place + bytes.int_in_range(0..=12)?).min(line.len()));
        lines[at] = match bytes.int_in_range(0..=3)? {
            0 => String::new(),
            1 => format!("{line}\n{line}"),
            2 => format!("{}{}{}", &line[..place], bytes.choose(&PIECES)?, &line[end..]),
            _ => lines[bytes.choose_index(lines.len())?].clone(),
        };
    }
    Ok((id, lines.join("\n")))
}
