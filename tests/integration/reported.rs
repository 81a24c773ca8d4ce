//! Findings files of other tools: recorded ones, hostile ones, and runs that are limited to what failed in them.

#![expect(clippy::unwrap_used, reason = "what cannot be read fails its test")]

use std::collections::BTreeSet;
use std::path::Path;

use cis_fix::catalog::Catalog;
use cis_fix::model::{AccountId, Region};
use cis_fix::reported::{FindingsFormat, Picked, Reported, ReportedError};
use proptest::prelude::*;

const ACCOUNT: &str = "123456789012";

fn text(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/findings");
    std::fs::read_to_string(folder.join(name)).unwrap()
}

fn read(text: &str) -> Result<Reported, ReportedError> {
    Reported::read(text, &Catalog::builtin())
}

fn about(reported: &Reported, account: &str, region: &str) -> Picked {
    let region = Region::parse(region).unwrap();
    reported.about(&AccountId::parse(account).unwrap(), &[&region])
}

fn failed(picked: &Picked) -> Vec<&str> {
    picked
        .failed
        .iter()
        .map(cis_fix::model::ControlId::as_str)
        .collect()
}

#[test]
fn recorded_findings_of_prowler_name_every_control() {
    let all: BTreeSet<_> = Catalog::builtin().ids().map(str::to_owned).collect();
    for (name, format) in [
        ("prowler-5.46.0.ocsf.json", FindingsFormat::Ocsf),
        ("prowler-5.46.0.csv", FindingsFormat::Csv),
    ] {
        let reported = read(&text(name)).unwrap();
        assert_eq!(reported.format, format);
        assert_eq!(
            (reported.findings.len(), reported.others),
            (15, 0),
            "{name}"
        );
        let picked = about(&reported, ACCOUNT, "us-east-1");
        let found: BTreeSet<_> = failed(&picked).into_iter().map(str::to_owned).collect();
        assert_eq!(found, all, "{name}");
        let elsewhere = about(&reported, "111122223333", "us-east-1");
        assert!(
            !elsewhere.is_relevant() && elsewhere.elsewhere == 15,
            "{name}"
        );
        let far = about(&reported, ACCOUNT, "eu-west-1");
        assert_eq!(
            far.elsewhere_words().unwrap(),
            "15 findings are of Region `us-east-1`"
        );
    }
}

#[test]
fn security_hub_counts_what_failed_and_is_open_here() {
    let reported = read(&text("security-hub.json")).unwrap();
    assert_eq!(reported.format, FindingsFormat::Asff);
    assert_eq!((reported.findings.len(), reported.others), (10, 1));
    let picked = about(&reported, ACCOUNT, "us-east-1");
    assert_eq!(
        failed(&picked),
        ["root-account-usage", "route-table-changes", "vpc-changes"]
    );
    assert_eq!(
        (picked.closed, picked.not_failed, picked.elsewhere),
        (3, 2, 2)
    );
    assert_eq!(
        picked.elsewhere_words().unwrap(),
        "2 findings are of account `111122223333` and Region `eu-west-1`"
    );
    let list = text("security-hub.json");
    let value: serde_json::Value = serde_json::from_str(&list).unwrap();
    assert_eq!(read(&value["Findings"].to_string()), Ok(reported));
}

#[test]
fn powerpipe_is_read_through_its_groups() {
    let reported = read(&text("powerpipe.json")).unwrap();
    assert_eq!(reported.format, FindingsFormat::Steampipe);
    assert_eq!((reported.findings.len(), reported.others), (4, 1));
    let picked = about(&reported, ACCOUNT, "eu-central-1");
    assert_eq!(failed(&picked), ["root-account-usage", "vpc-changes"]);
    assert_eq!((picked.not_failed, picked.elsewhere), (1, 1));
}

#[test]
fn muted_findings_of_prowler_are_closed() {
    let muted = text("prowler-5.46.0.csv").replacen(";False;", ";True;", 1);
    let picked = about(&read(&muted).unwrap(), ACCOUNT, "us-east-1");
    assert_eq!((picked.failed.len(), picked.closed), (14, 1));
    let suppressed = text("prowler-5.46.0.ocsf.json").replacen(
        r#""status": "New""#,
        r#""status": "Suppressed""#,
        2,
    );
    let picked = about(&read(&suppressed).unwrap(), ACCOUNT, "us-east-1");
    assert_eq!((picked.failed.len(), picked.closed), (13, 2));
}

#[test]
fn what_is_no_findings_file_is_refused_with_a_reason() {
    let deep = format!("{}{}", r#"{"groups":["#.repeat(5000), "]}".repeat(5000));
    for (text, message) in [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ("{}", "it is JSON, but in none of the formats known"),
        ("[{}]", "it is JSON, but in none of the formats known"),
        ("[1]", "it is not JSON of findings: invalid type"),
        ("[", "it is not JSON of findings: EOF"),
        (
            deep.as_str(),
            "it is not JSON of findings: recursion limit exceeded",
        ),
        (
            r#"[{"GeneratorId": "x"}]"#,
            "finding 1 has no `AwsAccountId`",
        ),
        (
            r#"[{"GeneratorId": 1}]"#,
            "it is not JSON of findings: invalid type: integer",
        ),
        (
            r#"[{"class_uid": 2004}]"#,
            "finding 1 has no `metadata.event_code`",
        ),
        (
            r#"[{"GeneratorId": "x", "AwsAccountId": "1"}, {"class_uid": 2004, "metadata": {"event_code": "x"}}]"#,
            "finding 2 is in another format than those before it",
        ),
        (
            r#"[{"GeneratorId": "x", "AwsAccountId": "1"}, {}]"#,
            "finding 2 has no `GeneratorId`",
        ),
        (
            r#"{"controls": [{"control_id": "x", "results": [{"reason": "no status"}]}]}"#,
            "it is not JSON of findings: missing field `status`",
        ),
        (
            "AUTH,STATUS\n",
            "it is neither JSON nor CSV with the column `CHECK_ID`",
        ),
        (
            "CHECK_ID;STATUS;ACCOUNT_UID\na;FAIL\n",
            "the row at line 2 has 2 cells instead of 3",
        ),
    ] {
        let error = read(text).expect_err(text).to_string();
        assert!(error.starts_with(message), "{error}");
        assert!(!error.contains('\n'), "{error}");
    }
    assert_eq!(read("[]").unwrap().findings, []);
    assert_eq!(read(r#"{"Findings": []}"#).unwrap().findings, []);
}

proptest! {
    /// No text, and no text between the columns of Prowler, makes the reader fail in any other way than by an error.
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}", rows in "[a-z;\"\r\n]{0,120}") {
        let _ = read(&text);
        let _ = read(&format!("CHECK_ID;STATUS;ACCOUNT_UID\n{rows}"));
    }

    /// A row is read back whatever stands in its cells.
    #[test]
    fn cells_are_read_back(note in "[ -~\r\n]{0,30}", status in "FAIL|PASS") {
        let quoted = note.replace('"', "\"\"");
        let text = format!(
            "CHECK_ID;NOTE;STATUS;ACCOUNT_UID\r\ncloudwatch_changes_to_vpcs_alarm_configured;\"{quoted}\";{status};{ACCOUNT}\r\n"
        );
        let picked = about(&read(&text).unwrap(), ACCOUNT, "us-east-1");
        prop_assert_eq!(picked.failed.len(), usize::from(status == "FAIL"));
        prop_assert!(picked.is_relevant());
    }
}
