//! A saved plan is read back as it was written, or not at all.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test stops at what it cannot use, and tells how many cases it tried"
)]

use std::collections::BTreeSet;

use cis_fix::catalog::{Benchmark, Catalog, Wording};
use cis_fix::desired::Desired;
use cis_fix::model::{Endpoint, Key, KeyManager, MetricFilter, Protocol};
use cis_fix::plan::{Mark, Plan};
use cis_fix::render::json;
use cis_fix::sandbox::{SandboxAccount, Scene, default_policy};
use cis_fix::saved_plan::{MAXIMUM_BYTES, Making, SavedPlanError, is_saved_plan, parse, to_text};
use serde_json::{Value, json};

use crate::world::{desired, judge, log_group, region, satisfied, topic};

const WEB: &str = r#"
[topic]
name = "cis-alarms"
kms-key = "alias/cis-alarms"

[[subscription]]
protocol = "email"
endpoint = "security@example.com"

[[subscription]]
protocol = "https"
endpoint = "https://hooks.example.com/services/T0/secret?token=1"
"#;

fn making(desired: &Desired) -> Making {
    Making {
        catalog: json::catalog_digest(&Catalog::builtin()),
        benchmark: Benchmark::default(),
        wording: Wording::Sound,
        controls: desired
            .controls
            .iter()
            .map(|control| control.id.clone())
            .collect(),
        began_in: region(),
    }
}

/// Returns a key that CloudWatch may use.
fn usable_key() -> Key {
    Key {
        arn: "arn:aws:kms:us-east-1:123456789012:key/0a1b".to_owned(),
        manager: KeyManager::Customer,
        enabled: true,
        policy: json!({"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
            "Principal": {"Service": "cloudwatch.amazonaws.com"},
            "Action": ["kms:Decrypt", "kms:GenerateDataKey*"], "Resource": "*"}]})
        .to_string(),
    }
}

/// Returns an account in which filters, alarms, the policy and the key of the topic are not as they were made.
fn drifted(desired: &Desired) -> SandboxAccount {
    let mut account = satisfied(desired);
    let filters = account.log_groups()[&log_group()].filters.clone().unwrap();
    for filter in filters.into_values() {
        let narrow = MetricFilter {
            pattern: "{ $.a = 1 }".to_owned(),
            ..filter
        };
        account.add_filter(&log_group(), narrow);
    }
    let arn = topic("cis-alarms");
    let denies = r#"{"Version":"2008-10-17","Statement":[]}"#;
    account.set_topic_policy(&arn, denies).unwrap();
    account.set_topic_key(&arn, None).unwrap();
    let aliases = BTreeSet::from(["alias/cis-alarms".to_owned()]);
    account.add_key(usable_key(), aliases);
    let alarm = account.alarm_arn(&region(), "root_usage_alarm");
    account.remove_alarm(&alarm);
    account
}

/// Plans that together hold every kind of write, with what they were made for.
fn plans() -> Vec<(&'static str, Desired, Plan)> {
    let web = desired(WEB);
    let mut fresh = Scene::Fresh.account();
    fresh.add_key(
        usable_key(),
        BTreeSet::from(["alias/cis-alarms".to_owned()]),
    );
    let worlds = [
        ("fresh", fresh),
        ("messy", Scene::Messy.account()),
        ("broken", Scene::Broken.account()),
        ("member", Scene::Member.account()),
        ("satisfied", satisfied(&web)),
        ("drifted", drifted(&web)),
    ];
    let judged = worlds.map(|(name, account)| (name, web.clone(), judge(&account, &web).plan));
    judged.into()
}

#[test]
fn every_plan_is_read_back_as_it_was_written() {
    let mut actions = BTreeSet::new();
    for (name, desired, plan) in plans() {
        let text = to_text(&plan, &making(&desired));
        assert_eq!(text, to_text(&plan, &making(&desired)));
        assert!(!text.contains("secret"), "{name}");
        let saved = parse(text.as_bytes()).unwrap();
        assert_eq!(saved.making, making(&desired), "{name}");
        assert_eq!(saved.plan(&desired.endpoints()).unwrap(), plan, "{name}");
        let steps = plan.steps.iter();
        actions.extend(steps.map(|step| (step.action.name(), step.mark)));
    }
    let change = |name| actions.contains(&(name, Mark::Change));
    let create = |name| actions.contains(&(name, Mark::Create));
    for name in [
        "create_topic",
        "subscribe",
        "put_metric_filter",
        "put_alarm",
    ] {
        assert!(create(name), "{name}: {actions:?}");
    }
    for name in ["set_topic_policy", "set_topic_key", "put_metric_filter"] {
        assert!(change(name), "{name}: {actions:?}");
    }
}

#[test]
fn every_saved_plan_keeps_to_its_schema() {
    let schema: Value = serde_json::from_str(json::schema("saved-plan/v2").unwrap()).unwrap();
    let validator = jsonschema::draft202012::new(&schema).unwrap();
    for (name, desired, plan) in plans() {
        let text = to_text(&plan, &making(&desired));
        let document = serde_json::from_str(&text).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{name}: {errors:#?}");
    }
}

/// Returns a short plan with a change in it and a masked endpoint.
fn short() -> String {
    let mut desired = desired(WEB);
    desired.controls.truncate(1);
    let mut account = satisfied(&desired);
    let filters = account.log_groups()[&log_group()].filters.clone().unwrap();
    let mut filter = filters.into_values().next().unwrap();
    "{ $.a = 1 }".clone_into(&mut filter.pattern);
    account.add_filter(&log_group(), filter);
    let hook = Endpoint::parse(
        Protocol::Https,
        "https://hooks.example.com/services/T0/secret?token=1",
    );
    account.remove_topic(&topic("cis-alarms"));
    let plan = judge(&account, &desired).plan;
    let endpoints: Vec<_> = plan
        .steps
        .iter()
        .filter_map(|step| step.action.endpoint())
        .collect();
    assert!(endpoints.contains(&&hook.unwrap()));
    assert!(plan.steps.iter().any(|step| step.replaces.is_some()));
    to_text(&plan, &making(&desired))
}

#[test]
fn a_plan_that_is_cut_off_anywhere_is_refused() {
    let text = short();
    for end in 0..text.len() {
        let error = parse(&text.as_bytes()[..end]).unwrap_err();
        assert!(!error.to_string().contains('\n'), "{error}");
    }
    let desired = desired(WEB);
    let long = to_text(
        &judge(&Scene::Fresh.account(), &desired).plan,
        &making(&desired),
    );
    let cut = long.len() / 211;
    for end in (0..long.len()).step_by(211) {
        parse(&long.as_bytes()[..end]).unwrap_err();
    }
    println!(
        "{} truncations of a short plan, {cut} of a long one",
        text.len()
    );
}

#[test]
fn a_plan_with_one_flipped_bit_is_refused() {
    let text = short().into_bytes();
    parse(&text).unwrap();
    let mut flipped = text.clone();
    for at in 0..text.len() {
        for bit in 0..8 {
            flipped[at] ^= 1 << bit;
            let error = parse(&flipped).unwrap_err().to_string();
            assert!(!error.contains('\n'), "byte {at}, bit {bit}: {error}");
            flipped[at] = text[at];
        }
    }
    println!("{} flipped bits", 8 * text.len());
}

#[test]
fn no_member_can_be_taken_away_added_or_doubled() {
    let text = short();
    let lines: Vec<&str> = text.lines().collect();
    for at in 0..lines.len() {
        let without = [&lines[..at], &lines[at + 1..]].concat().join("\n");
        parse(without.as_bytes()).unwrap_err();
        let twice = [&lines[..=at], &lines[at..]].concat().join("\n");
        parse(twice.as_bytes()).unwrap_err();
    }
    println!("{} lines", lines.len());
}

/// Returns the plan with a part of its text replaced and a digest that fits.
fn forged(old: &str, new: &str) -> Result<Plan, SavedPlanError> {
    let text = short();
    assert!(text.contains(old), "{old}");
    let text = text.replacen(old, new, 1);
    let document: Value = serde_json::from_str(&text).unwrap();
    let digest = document["digest"].as_str().unwrap();
    let text = text.replace(digest, &json::digest(&document));
    parse(text.as_bytes())?.plan(&desired(WEB).endpoints())
}

/// What is replaced by what, and a part of what is said of it.
const FORGERIES: [(&str, &str, &str); 27] = [
    (
        "\"steps\": [",
        "\"extra\": 1,\n  \"steps\": [",
        "unknown field `extra`",
    ),
    (
        "\"123456789012\"",
        "\"12345678901\"",
        "account: `12345678901`",
    ),
    (
        "\"123456789012\"",
        "\"123456789013\"",
        "is not in account 123456789013",
    ),
    (
        "\"partition\": \"aws\"",
        "\"partition\": \"azure\"",
        "partition: `azure`",
    ),
    (
        "\"region\": \"us-east-1\"",
        "\"region\": \"moon\"",
        "region: `moon`",
    ),
    (
        "\"began_in\": \"us-east-1\"",
        "\"began_in\": \"\"",
        "began_in: ``",
    ),
    ("\"recommended\"", "\"cis-9\"", "benchmark: `cis-9`"),
    ("\"sound\"", "\"loud\"", "wording: `loud`"),
    ("\"unauthorized-api-calls\"", "\"A\"", "controls: `A`"),
    (
        "\"schema\": \"cis-fix/saved-plan/v2\"",
        "\"schema\": \"cis-fix/saved-plan/v1\"",
        "it is a `cis-fix/saved-plan/v1`, and not a `cis-fix/saved-plan/v2`",
    ),
    (env!("CARGO_PKG_VERSION"), "9.9.9", "cis-fix 9.9.9 made it"),
    (
        "\"id\": \"topic/cis-alarms\"",
        "\"id\": \"nothing\"",
        "steps[0]: `nothing` is not known",
    ),
    (
        "\"id\": \"subscription/cis-alarms/email-2\"",
        "\"id\": \"topic/cis-alarms\"",
        "two steps",
    ),
    (
        "\"mark\": \"change\"",
        "\"mark\": \"remove\"",
        "`remove` is not known",
    ),
    (
        "\"mark\": \"change\"",
        "\"mark\": \"create\"",
        "does not fit what it does",
    ),
    (
        "\"mark\": \"create\"",
        "\"mark\": \"change\"",
        "does not fit what it does",
    ),
    (
        "\"replaces\": null",
        "\"replaces\": {\n        \"policy\": \"\"\n      }",
        "does not fit what it does",
    ),
    (
        "\"replaces\": null",
        "\"replaces\": {\n        \"kms_key\": null,\n        \"policy\": \"\"\n      }",
        "more than this version",
    ),
    (
        "\"action\": \"put_metric_filter\"",
        "\"action\": \"delete_alarm\"",
        "`delete_alarm` is not a write",
    ),
    (
        "\"action\": \"put_metric_filter\"",
        "\"action\": \"put_alarm\"",
        "there is no `ExtendedStatistic`",
    ),
    (
        "\"filterName\": \"",
        "\"filterName\": \"a:",
        "is not a filter name",
    ),
    (
        "\"filterName\": \"",
        "\"dimensions\": {},\n        \"filterName\": \"",
        "are not as this version writes them",
    ),
    (
        "\"filterPattern\": \"",
        "\"filterPattern\": \"{",
        "steps[3]: ",
    ),
    (
        "\"topic/cis-alarms\"\n",
        "\"alarm/later\"\n",
        "needs `alarm/later`",
    ),
    (
        "\"Endpoint\": \"sha256:",
        "\"Other\": \"sha256:",
        "are not as this version writes them",
    ),
    (
        "\"Protocol\": \"https\"",
        "\"Protocol\": \"sms\"",
        "is not masked",
    ),
    (
        "arn:aws:sns:us-east-1:",
        "arn:aws:sns:us-east-2:",
        "is not in account 123456789012, us-east-1",
    ),
];

#[test]
fn a_forged_plan_with_the_right_digest_is_still_read_strictly() {
    forged("{", "{").unwrap();
    for (old, new, said) in FORGERIES {
        let error = forged(old, new).unwrap_err().to_string();
        assert!(error.contains(said), "{old} -> {new}: {error}");
        assert!(!error.contains('\n'), "{error}");
    }
    println!("{} forgeries", FORGERIES.len());
}

#[test]
fn an_endpoint_that_is_no_longer_in_the_settings_is_named_without_its_secret() {
    let saved = parse(short().as_bytes()).unwrap();
    let other = desired(&WEB.replace("token=1", "token=2"));
    let error = saved.plan(&other.endpoints()).unwrap_err();
    assert_eq!(
        error,
        SavedPlanError::Secret("https://hooks.example.com/…".to_owned())
    );
}

#[test]
fn what_is_no_saved_plan_is_refused_in_one_line() {
    let desired = desired(WEB);
    let plan = judge(&Scene::Fresh.account(), &desired).plan;
    let printed = json::plan(&plan);
    let deep = format!(
        "{{\"schema\": {}1{}}}",
        "[".repeat(100_000),
        "]".repeat(100_000)
    );
    let huge = " ".repeat(MAXIMUM_BYTES + 1);
    let cases: [(&[u8], &str); 16] = [
        (b"", "the file is empty"),
        (b" \n", "the file is empty"),
        (b"\xff", "not UTF-8 from byte 0"),
        (b"hello", "not a saved plan"),
        (b"{", "cut off"),
        (b"[]", "not a saved plan"),
        (b"null", "not a saved plan"),
        (b"{}", "missing field `schema`"),
        (br#"{"schema": 1}"#, "not a saved plan"),
        (
            br#"{"schema": "cis-fix/journal/v1"}"#,
            "it is a `cis-fix/journal/v1`",
        ),
        (
            br#"{"schema": "cis-fix/saved-plan/v2"}"#,
            "cis-fix  made it",
        ),
        (br#"{"schema": "a\nb"}"#, "it is a `a\\nb`"),
        (
            br#"{"schema": "cis-fix/saved-plan/v2", "version": "0\n1"}"#,
            "cis-fix 0\\n1 made it",
        ),
        (printed.as_bytes(), "it is a `cis-fix/plan/v1`"),
        (deep.as_bytes(), "not a saved plan"),
        (huge.as_bytes(), "more than the"),
    ];
    for (bytes, said) in cases {
        let error = parse(bytes).unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(!error.to_string().contains('\n'), "{error}");
        assert!(!is_saved_plan(bytes) || said.contains("made it"), "{error}");
    }
    assert!(is_saved_plan(short().as_bytes()));
    assert_ne!(default_policy(&topic("a")), "");
}

#[test]
fn the_secret_of_a_paging_lane_is_kept_out_of_the_file_and_found_again() {
    let lane = format!(
        "{WEB}{}",
        r#"
[paging.topic]
name = "pages"

[[paging.subscription]]
protocol = "https"
endpoint = "https://pager.example.com/v2/enqueue/lane-secret"

[control.unauthorized-api-calls.paging]
exclude = ['{ $.userIdentity.arn = "arn:aws:sts::123456789012:assumed-role/scanner/*" }']
"#
    );
    let wanted = desired(&lane);
    let plan = judge(&Scene::Fresh.account(), &wanted).plan;
    let text = to_text(&plan, &making(&wanted));
    assert!(!text.contains("secret"), "{text}");
    let saved = parse(text.as_bytes()).unwrap();
    assert_eq!(saved.plan(&wanted.endpoints()), Ok(plan));
    let error = parse(text.as_bytes())
        .unwrap()
        .plan(&desired(WEB).endpoints())
        .unwrap_err();
    assert_eq!(
        error,
        SavedPlanError::Secret("https://pager.example.com/…".to_owned())
    );
}
