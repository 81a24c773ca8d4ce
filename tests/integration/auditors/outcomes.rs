//! Every published text beside what each auditor is known to say of it, and one filter in twelve mutations.

use std::collections::BTreeMap;

use cis_fix::auditors::Auditors;
use cis_fix::catalog::Auditor;
use cis_fix::model::ControlId;
use serde_json::Value;

/// Every published text with what auditors say of it, as recorded.
const OUTCOMES: &str = include_str!("../../data/auditors/outcomes.json");

/// The record of the guide of Security Hub tells which texts equal the one it recommends, blank by blank.
const GUIDE: &str = "security-hub-guide";

fn accepts(auditor: Auditor, control: &str, text: &str) -> Option<bool> {
    let profile = Auditors::builtin().get(auditor).unwrap();
    profile.accepts(&ControlId::parse(control).unwrap(), text)
}

/// Returns whether a text is the one that the guide of Security Hub recommends.
fn is_recommended(control: &str, text: &str) -> bool {
    let profile = Auditors::builtin().get(Auditor::SecurityHub).unwrap();
    let demand = &profile.demands[&ControlId::parse(control).unwrap()];
    demand.wording.texts().first() == Some(&text)
}

#[test]
fn auditors_say_of_every_published_text_what_they_are_known_to_say() {
    let rows: Vec<Value> = serde_json::from_str(OUTCOMES).unwrap();
    let mut agreed: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for row in &rows {
        let (control, text) = (
            row["control"].as_str().unwrap(),
            row["text"].as_str().unwrap(),
        );
        for (name, expected) in row["accepted"].as_object().unwrap() {
            let found = if name == GUIDE {
                Some(is_recommended(control, text))
            } else {
                accepts(Auditor::parse(name).unwrap(), control, text)
            };
            if found == expected.as_bool() {
                *agreed.entry(name.clone()).or_default() += 1;
            } else {
                wrong.push(format!("{name} {control} {found:?} {text}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    // 107 texts; the eight of Organizations are known to neither ScoutSuite nor Security Hub.
    assert_eq!(rows.len(), 107);
    assert_eq!(agreed.values().sum::<usize>(), 626);
}

const VPC: &str = "{ ($.eventName = CreateVpc) || ($.eventName = DeleteVpc) || ($.eventName = ModifyVpcAttribute) || ($.eventName = AcceptVpcPeeringConnection) || ($.eventName = CreateVpcPeeringConnection) || ($.eventName = DeleteVpcPeeringConnection) || ($.eventName = RejectVpcPeeringConnection) || ($.eventName = AttachClassicLinkVpc) || ($.eventName = DetachClassicLinkVpc) || ($.eventName = DisableVpcClassicLink) || ($.eventName = EnableVpcClassicLink) }";

/// The auditors of the table below, in its order.
const COLUMNS: [Auditor; 6] = [
    Auditor::Prowler,
    Auditor::Steampipe,
    Auditor::Elastic,
    Auditor::Trivy,
    Auditor::ScoutSuite,
    Auditor::SecurityHub,
];

fn inner() -> &'static str {
    VPC.trim_start_matches("{ ").trim_end_matches(" }")
}

fn parts() -> Vec<String> {
    inner().split(" || ").map(str::to_owned).collect()
}

fn joined(parts: &[String]) -> String {
    format!("{{ {} }}", parts.join(" || "))
}

/// Returns the mutations of the VPC filter with who is known to accept them.
fn mutations() -> Vec<(&'static str, String, &'static str)> {
    let parts = parts();
    let quoted = VPC
        .replace("= ", "= \"")
        .replace("Vpc)", "Vpc\")")
        .replace("Link)", "Link\")")
        .replace("Connection)", "Connection\")")
        .replace("Attribute)", "Attribute\")");
    let (first, second) = parts.split_at(5);
    let nested = format!(
        "{{ (({}) || ({})) }}",
        first.join(" || "),
        second.join(" || ")
    );
    let mut reordered = parts.clone();
    reordered.reverse();
    let mut more = parts.clone();
    more.push("($.eventName = CreateSubnet)".to_owned());
    let missing = parts[..10].to_vec();
    let mut twice = parts[..10].to_vec();
    twice.push(parts[0].clone());
    let and = |clause: &str| format!("{{ ({}) && ({clause}) }}", inner());
    vec![
        (
            "blanks",
            VPC.replace(" = ", "=").replace(" || ", "||\n"),
            "yyyyny",
        ),
        ("reordered", joined(&reordered), "ynynnn"),
        ("quoted", quoted, "ynnnnn"),
        ("nested", nested, "yynnnn"),
        ("superset", joined(&more), "yynnnn"),
        (
            "wildcard",
            "{ ($.eventName = \"*Vpc*\") }".to_owned(),
            "nnnnnn",
        ),
        ("missing", joined(&missing), "nnnnnn"),
        ("twice", joined(&twice), "nnynnn"),
        ("all and", VPC.replace("||", "&&"), "yynnnn"),
        ("nobody", and("$.userIdentity.userName = nobody"), "yynnnn"),
        ("contradiction", and("$.eventName = RunInstances"), "yynnnn"),
        (
            "wrong source",
            format!("{{ ($.eventSource = s3.amazonaws.com) && ({}) }}", inner()),
            "yynnnn",
        ),
    ]
}

#[test]
fn auditors_fall_for_the_mutations_that_they_are_known_to_fall_for() {
    for (name, text, expected) in mutations() {
        let found: String = COLUMNS
            .into_iter()
            .map(|auditor| match accepts(auditor, "vpc-changes", &text) {
                Some(true) => 'y',
                Some(false) => 'n',
                None => '?',
            })
            .collect();
        assert_eq!(found, expected, "{name}: {text}");
    }
}
