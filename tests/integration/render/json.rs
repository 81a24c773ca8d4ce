//! JSON documents keep to their schemas, and digests tell plans apart.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test may fail by a panic"
)]

use cis_fix::model::{Endpoint, Protocol};
use cis_fix::plan::Plan;
use cis_fix::plan::action::Action;
use cis_fix::render::json::{self, SCHEMAS, schema};
use serde_json::{Map, Value, json};

use super::fixtures;
use super::json_documents;

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

fn schema_of(document: &str) -> Value {
    let (name, _) = document.split_once('-').unwrap();
    parsed(schema(&format!("{name}/v1")).unwrap())
}

fn validator(schema: &Value) -> jsonschema::Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

fn assert_valid(name: &str, schema: &Value, document: &Value) {
    let errors: Vec<String> = validator(schema)
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn schemas_are_schemas_and_are_found_by_name() {
    for (name, text) in SCHEMAS {
        assert!(
            jsonschema::draft202012::meta::is_valid(&parsed(text)),
            "{name}"
        );
        assert_eq!(schema(name), Some(*text));
    }
    assert_eq!(schema("check"), None);
}

#[test]
fn every_document_keeps_to_its_schema() {
    for (name, text) in json_documents() {
        assert_valid(&name, &schema_of(&name), &parsed(&text));
        assert!(text.ends_with("}\n"), "{name}");
    }
}

/// Returns a schema in which no object may have members that it does not name.
fn closed(schema: &Value) -> Value {
    match schema {
        Value::Object(members) => {
            let mut closed: Map<String, Value> = members
                .iter()
                .map(|(key, value)| (key.clone(), self::closed(value)))
                .collect();
            // A conditional part names only some of the members.
            let is_condition = !members.contains_key("type");
            if members.contains_key("properties")
                && !is_condition
                && !members.contains_key("additionalProperties")
            {
                closed.insert("additionalProperties".to_owned(), json!(false));
            }
            Value::Object(closed)
        }
        Value::Array(items) => items.iter().map(closed).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => schema.clone(),
    }
}

#[test]
fn schemas_name_every_member() {
    for (name, text) in json_documents() {
        assert_valid(&name, &closed(&schema_of(&name)), &parsed(&text));
    }
}

/// Returns the place of every value in a document.
fn places(value: &Value, place: &str) -> Vec<String> {
    let inner = |(key, value): (String, &Value)| {
        let key = key.replace('~', "~0").replace('/', "~1");
        places(value, &format!("{place}/{key}"))
    };
    let mut found = vec![place.to_owned()];
    match value {
        Value::Object(members) => {
            let pairs = members.iter().map(|(key, value)| (key.clone(), value));
            found.extend(pairs.flat_map(inner));
        }
        Value::Array(items) => {
            let pairs = items.iter().enumerate();
            found.extend(
                pairs
                    .map(|(at, value)| (at.to_string(), value))
                    .flat_map(inner),
            );
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}

/// Returns whether the contract leaves open what stands at a place.
fn is_free(place: &str) -> bool {
    place.contains("/witness")
}

#[test]
fn a_value_of_another_type_is_refused_wherever_it_stands() {
    for name in ["check-messy", "plan-messy", "apply-partial"] {
        let validator = validator(&schema_of(name));
        let document = document(name);
        for place in places(&document, "") {
            let mut altered = document.clone();
            *altered.pointer_mut(&place).unwrap() = json!(false);
            let was_bool = document.pointer(&place).unwrap().is_boolean();
            if !was_bool && !is_free(place.strip_suffix("/witness").unwrap_or(&place)) {
                assert!(
                    !validator.is_valid(&altered),
                    "{name} with `false` at {place}"
                );
            }
        }
    }
}

fn document(name: &str) -> Value {
    let documents = json_documents();
    let (_, text) = documents.iter().find(|(known, _)| known == name).unwrap();
    parsed(text)
}

/// Members that a document may leave out.
const OPTIONAL: [&str; 5] = [
    "witness",
    "masked",
    "waits_for",
    "Statistic",
    "ExtendedStatistic",
];

#[test]
fn a_member_that_is_left_out_or_renamed_is_missed() {
    for name in ["check-messy", "plan-messy", "apply-partial"] {
        let validator = validator(&schema_of(name));
        let document = document(name);
        for place in places(&document, "") {
            let Some((parent, key)) = place.rsplit_once('/') else {
                continue;
            };
            let mut altered = document.clone();
            let parent = altered.pointer_mut(parent).unwrap();
            let Some(members) = parent.as_object_mut() else {
                continue;
            };
            let value = members.remove(key).unwrap();
            members.insert(format!("{key}_"), value);
            let is_fingerprint = place.contains("/masked/");
            if !OPTIONAL.contains(&key) && !is_free(&place) && !is_fingerprint {
                assert!(!validator.is_valid(&altered), "{name} without {place}");
            }
        }
    }
}

#[test]
fn words_outside_of_their_lists_are_refused() {
    let cases = [
        ("check-messy", "/schema", "cis-fix/check/v2"),
        ("check-messy", "/account", "12"),
        ("check-messy", "/controls/0/verdict", "ok"),
        ("check-messy", "/controls/0/links/0/state", "in-place"),
        ("check-messy", "/controls/0/links/0/link", "bucket"),
        ("check-messy", "/controls/0/links/0/code", "in place"),
        ("plan-messy", "/digest", "abc"),
        ("plan-messy", "/steps/0/mark", "delete"),
        ("plan-messy", "/steps/0/id", "no-slash"),
        ("plan-messy", "/steps/0/serves/0", "No Control"),
        (
            "plan-messy",
            "/steps/0/request/AttributeName",
            "DisplayName",
        ),
        ("apply-partial", "/skipped/0/reason", "tired"),
        ("apply-partial", "/failed/0/error/kind", "access denied"),
    ];
    for (name, place, word) in cases {
        let mut altered = document(name);
        *altered.pointer_mut(place).unwrap() = json!(word);
        let validator = validator(&schema_of(name));
        assert!(
            !validator.is_valid(&altered),
            "{name} with `{word}` at {place}"
        );
    }
}

#[test]
fn more_members_are_allowed() {
    for (name, text) in json_documents() {
        let mut document = parsed(&text);
        document["more"] = json!(1);
        assert_valid(&name, &schema_of(&name), &document);
    }
}

#[test]
fn requests_have_the_names_and_values_of_the_api() {
    let plan = document("plan-fresh");
    let step = |id: &str| {
        let steps = plan["steps"].as_array().unwrap();
        let found = steps.iter().find(|step| step["id"] == id).unwrap();
        found["request"].clone()
    };
    assert_eq!(
        step("metric-filter/console_signin_failure_metric"),
        json!({
            "logGroupName": "trail-logs",
            "filterName": "console_signin_failure_metric",
            "filterPattern": "{ ($.eventName = \"ConsoleLogin\") && ($.errorMessage = \"Failed authentication\") }",
            "metricTransformations": [{
                "metricName": "console_signin_failure_metric",
                "metricNamespace": "CISBenchmark",
                "metricValue": "1",
            }],
        })
    );
    assert_eq!(
        step("topic/cis-alarms"),
        json!({
            "Name": "cis-alarms",
            "Attributes": { "KmsMasterKeyId": "alias/cis-alarms" },
            "Tags": [{ "Key": "cis-fix", "Value": "topic" }, { "Key": "owner", "Value": "security" }],
        })
    );
    let alarm = step("alarm/root_usage_alarm");
    assert_eq!(
        alarm["AlarmActions"],
        json!(["arn:aws:sns:eu-central-1:111122223333:cis-alarms"])
    );
    assert_eq!(alarm["Threshold"].as_f64(), Some(1.0));
    assert_eq!(alarm["TreatMissingData"], "notBreaching");
}

#[test]
fn the_digest_is_that_of_the_printed_document() {
    for (_, scene) in fixtures::scenes() {
        let printed = parsed(&json::plan(&scene.plan));
        assert_eq!(printed["digest"], json::plan_digest(&scene.plan));
        assert_eq!(printed["digest"], json::digest(&printed));
    }
}

/// Ways to alter the plan of the messy account.
fn alterations() -> Vec<fn(&mut Plan)> {
    vec![
        |plan| plan.steps.swap(0, 1),
        |plan| drop(plan.steps.pop()),
        |plan| plan.steps[0].notes.clear(),
        |plan| plan.steps[0].changes.clear(),
        |plan| drop(plan.steps[1].needs.pop_first()),
        |plan| drop(plan.steps[1].serves.pop_first()),
        |plan| plan.steps[2].mark = cis_fix::plan::Mark::Create,
        |plan| drop(plan.adopted.pop()),
        |plan| drop(plan.human.pop()),
        |plan| plan.blocked[0].hint.push('.'),
        |plan| plan.account = cis_fix::model::AccountId::parse("999988887777").unwrap(),
        |plan| plan.region = cis_fix::model::Region::parse("eu-west-1").unwrap(),
        |plan| {
            if let Action::PutAlarm(alarm) = &mut plan.steps[4].action {
                alarm.threshold += 1.0;
            }
        },
    ]
}

#[test]
fn any_alteration_changes_the_digest() {
    let plan = fixtures::messy().plan;
    let digest = json::plan_digest(&plan);
    assert_eq!(digest, json::plan_digest(&plan.clone()));
    for (number, alter) in alterations().into_iter().enumerate() {
        let mut altered = plan.clone();
        alter(&mut altered);
        assert_ne!(altered, plan, "alteration {number}");
        assert_ne!(json::plan_digest(&altered), digest, "alteration {number}");
    }
}

#[test]
fn the_digest_covers_the_secret_that_the_document_masks() {
    let mut plan = fixtures::messy().plan;
    let digest = json::plan_digest(&plan);
    let Action::Subscribe(subscribe) = &mut plan.steps[1].action else {
        panic!("the second step subscribes");
    };
    let elsewhere = "https://hooks.example.com/T0/another";
    let other = Endpoint::parse(Protocol::Https, elsewhere).unwrap();
    assert_eq!(other.to_string(), subscribe.endpoint.to_string());
    subscribe.endpoint = other;
    assert_ne!(json::plan_digest(&plan), digest);
}
