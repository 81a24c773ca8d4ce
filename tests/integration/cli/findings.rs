//! `--findings`: a plan for exactly what another tool reports as failed.

use std::collections::BTreeSet;
use std::fs;

use serde_json::Value;

use super::program::Place;

fn controls(plan: &Value) -> BTreeSet<String> {
    let steps = plan["steps"].as_array().unwrap().iter();
    steps
        .filter(|step| step["action"] == "put_metric_filter")
        .flat_map(|step| step["serves"].as_array().unwrap())
        .map(|id| id.as_str().unwrap().to_owned())
        .collect()
}

/// Returns a place with a findings file of Prowler without the findings about some checks.
fn place(without: &[&str]) -> Place {
    let place = Place::new();
    let text = fs::read_to_string("tests/data/findings/prowler-5.46.0.ocsf.json").unwrap();
    let mut findings: Vec<Value> = serde_json::from_str(&text).unwrap();
    findings
        .retain(|finding| !without.contains(&finding["metadata"]["event_code"].as_str().unwrap()));
    place.write("findings.json", Value::from(findings).to_string());
    place
}

#[test]
fn findings_of_prowler_drive_a_plan_to_exactly_the_failed_controls() {
    let arguments = [
        "plan",
        "--sandbox=scene:fresh",
        "--format=json",
        "--findings=findings.json",
    ];
    let all = place(&[]).run(&arguments);
    assert_eq!(
        (all.status, all.stderr.as_str()),
        (0, "`findings.json` reports 15 controls as failed\n")
    );
    let all: Value = serde_json::from_str(&all.stdout).unwrap();
    assert_eq!(controls(&all).len(), 15);
    let some = place(&[
        "cloudwatch_changes_to_vpcs_alarm_configured",
        "cloudwatch_log_metric_filter_root_usage",
    ])
    .run(&arguments);
    let some: Value = serde_json::from_str(&some.stdout).unwrap();
    let missing: Vec<_> = controls(&all)
        .difference(&controls(&some))
        .cloned()
        .collect();
    assert_eq!(missing, ["root-account-usage", "vpc-changes"]);
}

#[test]
fn an_apply_within_findings_mends_them_alone() {
    let place = Place::new();
    fs::copy(
        "tests/data/findings/security-hub.json",
        place.path("hub.json"),
    )
    .unwrap();
    let sandbox = "--sandbox=account.json";
    place.write(
        "account.json",
        fs::read_to_string("src/sandbox/scenes/fresh.json").unwrap(),
    );
    let applied = place.run(&["apply", "--yes", sandbox, "--findings=hub.json"]);
    assert_eq!(applied.status, 0, "{applied:?}");
    let check = place.run(&["check", sandbox, "--format=json", "--findings=hub.json"]);
    let check: Value = serde_json::from_str(&check.stdout).unwrap();
    assert_eq!(check["controls"].as_array().unwrap().len(), 3);
    let filters = |name: &str| place.read("account.json").matches(name).count();
    assert!(filters("root_usage_metric") > 0 && filters("vpc_changes_metric") > 0);
    assert_eq!(filters("iam_changes_metric"), 0);
    let again = place.run(&["plan", sandbox, "--format=json", "--findings=hub.json"]);
    let again: Value = serde_json::from_str(&again.stdout).unwrap();
    assert_eq!(again["steps"].as_array().unwrap().len(), 0);
}
