//! The formats of other tools, as `check` prints them, read by other people's readers and by our own.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "what cannot be read fails its test"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use cis_fix::catalog::Catalog;
use cis_fix::model::{AccountId, Region};
use cis_fix::reported::Reported;
use serde_json::{Value, json};

use crate::support::python::environment;

const REQUIREMENTS: &str = include_str!("support/consumers/requirements.txt");
const READ: &str = include_str!("support/consumers/read.py");
const FORMATS: [&str; 5] = ["ocsf", "asff", "sarif", "junit", "csv"];

/// Runs the program in a folder; returns its status and what it printed.
fn run(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_cis-fix"))
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("HOME", folder)
        .output()
        .expect("the program starts");
    let text = String::from_utf8(output.stdout).expect("the output is UTF-8");
    (output.status.code().expect("a status"), text)
}

/// Returns a folder with accounts in every state: new, in place, broken, a member's, unreadable, and with hostile names.
fn accounts() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let scene = |name: &str| fs::read_to_string(format!("src/sandbox/scenes/{name}.json")).unwrap();
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    for name in ["fresh", "broken", "member"] {
        write(&format!("{name}.json"), scene(name));
    }
    let hostile = r#"<b a=\"1\">&'=1+1,]]>\u001b[31m\u202e##[error]"#;
    write(
        "hostile.json",
        scene("messy").replace("RouteChanges", hostile),
    );
    let denied = r#""keys": [], "unreadable": [{"action": "cloudwatch:DescribeAlarms", "kind": "denied", "message": "<no>"}]"#;
    write(
        "denied.json",
        scene("fresh").replace(r#""keys": []"#, denied),
    );
    write("good.json", scene("fresh"));
    write(
        "cis-fix.toml",
        "[[subscription]]\nprotocol = \"sqs\"\nendpoint = \"arn:aws:sqs:us-east-1:123456789012:alarms\"\n".to_owned(),
    );
    run(
        folder.path(),
        &["apply", "--yes", "--sandbox=good.json", "--no-pacing"],
    );
    folder
}

const ACCOUNTS: [&str; 6] = ["fresh", "broken", "member", "hostile", "denied", "good"];

/// Returns what `check` prints in a format, and how many controls it finds and finds wrong.
fn printed(folder: &Path, account: &str, format: &str) -> String {
    let sandbox = format!("--sandbox={account}.json");
    let (status, text) = run(folder, &["check", &sandbox, "--format", format]);
    let (plain, _) = run(folder, &["check", &sandbox]);
    assert_eq!(status, plain, "{account} {format}");
    assert!(
        !text.contains(['\u{1b}', '\u{202e}']) && !text.contains("##[error]"),
        "{account} {format}"
    );
    text
}

fn counts(folder: &Path, account: &str) -> (u64, u64) {
    let summary = printed(folder, account, "json");
    let check: Value = serde_json::from_str(&summary).unwrap();
    let count = |name: &str| check["summary"][name].as_u64().unwrap();
    (count("controls"), count("non_compliant"))
}

#[test]
fn other_peoples_readers_find_what_was_found() {
    let python = environment("consumers", REQUIREMENTS);
    let folder = accounts();
    for account in ACCOUNTS {
        let (controls, failed) = counts(folder.path(), account);
        let texts: BTreeMap<_, _> = FORMATS
            .into_iter()
            .filter(|format| *format != "sarif")
            .map(|format| (format, printed(folder.path(), account, format)))
            .collect();
        let mut reader = Command::new(&python)
            .args(["-c", READ])
            .env_clear()
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        let mut input = reader.stdin.take().unwrap();
        input
            .write_all(json!(texts).to_string().as_bytes())
            .unwrap();
        drop(input);
        let output = reader.wait_with_output().unwrap();
        assert!(output.status.success(), "{account}");
        let read: Value = serde_json::from_slice(&output.stdout).unwrap();
        for format in texts.keys() {
            assert_eq!(
                read[format],
                json!([controls, failed]),
                "{account} {format}"
            );
        }
    }
}

#[test]
fn sarif_keeps_to_its_schema() {
    let schema = fs::read_to_string("tests/data/exchange/sarif.json").unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    let folder = accounts();
    for account in ACCOUNTS {
        let log: Value = serde_json::from_str(&printed(folder.path(), account, "sarif")).unwrap();
        let errors: Vec<_> = validator
            .iter_errors(&log)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{account}: {errors:#?}");
        let (controls, failed) = counts(folder.path(), account);
        let run = &log["runs"][0];
        let results = run["results"].as_array().unwrap();
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(results.len() as u64, controls);
        let fails = results.iter().filter(|result| result["kind"] == "fail");
        assert_eq!(fails.count() as u64, failed, "{account}");
        for result in results {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(rules[index]["id"], result["ruleId"]);
        }
    }
}

#[test]
fn what_check_reports_in_ocsf_and_asff_can_be_given_to_findings() {
    let folder = accounts();
    let account = AccountId::parse("123456789012").unwrap();
    let region = Region::parse("us-east-1").unwrap();
    for name in ["fresh", "good"] {
        let (_, failed) = counts(folder.path(), name);
        for format in ["ocsf", "asff"] {
            let text = printed(folder.path(), name, format);
            let reported = Reported::read(&text, &Catalog::builtin()).unwrap();
            assert_eq!(reported.findings.len(), 15, "{name} {format}");
            let picked = reported.about(&account, &[&region]);
            assert_eq!(picked.failed.len() as u64, failed, "{name} {format}");
        }
    }
}

#[test]
fn every_account_has_a_state_of_its_own() {
    let folder = accounts();
    let found: BTreeSet<_> = ACCOUNTS
        .into_iter()
        .map(|name| run(folder.path(), &["check", &format!("--sandbox={name}.json")]).0)
        .collect();
    // In place, gaps, and something that could not be read.
    assert_eq!(found, BTreeSet::from([0, 2, 5]));
}
