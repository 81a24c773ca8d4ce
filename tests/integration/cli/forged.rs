//! Plans in files that somebody else wrote: strictly in form, with a digest that fits, and about what is not ours.

use cis_fix::model::{Alarm, AlarmKind, MetricFilter, Tags, Topic};
use cis_fix::render::json;
use cis_fix::sandbox::{SandboxAccount, Scene, format};
use serde_json::Value;

use super::program::{Place, Run};
use crate::world::{SETTINGS, desired, log_group, region, satisfied, topic};

const SANDBOX: &str = "--sandbox=account.json";
const FILTER: &str = "root_usage_metric";
const ALARM: &str = "unauthorized_api_calls_alarm";
const CLOSED: &str = r#"{"Version":"2008-10-17","Statement":[]}"#;

/// Returns an account in which a filter, an alarm and the topic's policy are ours and not as they were made, and
/// others are exactly like them and not ours.
fn twins() -> SandboxAccount {
    let mut account = satisfied(&desired(SETTINGS));
    let filters = account.log_groups()[&log_group()].filters.clone().unwrap();
    let ours = MetricFilter {
        pattern: "{ $.a = 1 }".to_owned(),
        ..filters[FILTER].clone()
    };
    let mut theirs = ours.clone();
    "their_metric".clone_into(&mut theirs.name);
    "their_metric".clone_into(&mut theirs.transformation.metric.name);
    let adopted = MetricFilter {
        name: "their_filter".to_owned(),
        ..ours.clone()
    };
    for filter in [ours, theirs, adopted] {
        account.add_filter(&log_group(), filter);
    }
    let arn = account.alarm_arn(&region(), ALARM);
    let held = account.remove_alarm(&arn).unwrap();
    let AlarmKind::Metric(mut settings) = held.kind else {
        panic!("{ALARM}");
    };
    settings.threshold = Some(7.0);
    for (name, tags) in [(ALARM, held.tags.unwrap()), ("their_alarm", Tags::new())] {
        let arn = account.alarm_arn(&region(), name);
        let kind = AlarmKind::Metric(settings.clone());
        account.add_alarm(Alarm { arn, kind }, tags);
    }
    account
        .set_topic_policy(&topic("cis-alarms"), CLOSED)
        .unwrap();
    let theirs = Topic {
        arn: topic("theirs"),
        policy: CLOSED.to_owned(),
        kms_key: None,
    };
    account.add_topic(theirs, Tags::new());
    account
}

/// What of a saved plan is replaced by what.
type Parts = [(&'static str, &'static str)];

/// Returns a place with an account and a plan for two of its controls.
fn planned(account: &SandboxAccount) -> Place {
    let place = Place::new();
    place.write("cis-fix.toml", SETTINGS);
    place.write("account.json", format::to_text(account));
    let controls = ["-c", "root-account-usage", "-c", "unauthorized-api-calls"];
    let run = place.run(&[&["plan", SANDBOX, "--out", "plan.json"][..], &controls].concat());
    assert_eq!(run.status, 0, "{run:?}");
    place
}

/// Replaces parts of the saved plan, and its digest by one that fits.
fn forge(place: &Place, parts: &Parts) {
    let mut text = place.read("plan.json");
    for (old, new) in parts {
        assert!(text.contains(old), "{old}: {text}");
        text = text.replace(old, new);
    }
    let document: Value = serde_json::from_str(&text).unwrap();
    let digest = document["digest"].as_str().unwrap();
    place.write("plan.json", text.replace(digest, &json::digest(&document)));
}

/// Tries to perform a forged plan, which must be refused in one line and leave everything as it was.
fn assert_refused(account: &SandboxAccount, parts: &Parts, said: &str) -> Run {
    let place = planned(account);
    forge(&place, parts);
    let before = place.contents();
    let run = place.run(&["apply", "plan.json", SANDBOX, "--yes"]);
    assert_eq!((run.status, run.stdout.as_str()), (4, ""), "{run:?}");
    assert!(run.stderr.contains(said), "{said}: {run:?}");
    assert!(run.stderr.contains("nothing was written"), "{run:?}");
    assert_eq!(place.changes_since(&before), Vec::<String>::new(), "{said}");
    run
}

#[test]
fn a_plan_that_changes_what_is_ours_is_performed() {
    let place = planned(&twins());
    let changes = place
        .read("plan.json")
        .matches("\"mark\": \"change\"")
        .count();
    assert_eq!(changes, 3, "a filter, an alarm and a policy");
    forge(&place, &[]);
    let run = place.run(&["apply", "plan.json", SANDBOX, "--yes"]);
    assert_eq!(run.status, 0, "{run:?}");
}

#[test]
fn a_forged_plan_that_describes_what_somebody_else_made_is_refused() {
    let cases: [(&Parts, &str); 3] = [
        (
            &[(ALARM, "their_alarm")],
            "`alarm/their_alarm`, which cis-fix did not make",
        ),
        (
            &[(FILTER, "their_metric")],
            "`filter/their_metric`, which cis-fix did not make",
        ),
        (
            &[
                (
                    "\"TopicArn\": \"arn:aws:sns:us-east-1:123456789012:cis-alarms\"",
                    "\"TopicArn\": \"arn:aws:sns:us-east-1:123456789012:theirs\"",
                ),
                ("topic-policy/cis-alarms", "topic-policy/theirs"),
            ],
            "`topic-policy/theirs`, which cis-fix did not make",
        ),
    ];
    for (parts, said) in cases {
        assert_refused(&twins(), parts, said);
    }
}

#[test]
fn what_lost_its_tag_since_the_plan_was_saved_is_not_changed() {
    let place = planned(&twins());
    let mut account = twins();
    let arn = account.alarm_arn(&region(), ALARM);
    let held = account.remove_alarm(&arn).unwrap();
    let alarm = Alarm {
        arn,
        kind: held.kind,
    };
    account.add_alarm(alarm, Tags::new());
    let untagged = format::to_text(&account);
    place.write("account.json", &untagged);
    let run = place.run(&["apply", "plan.json", SANDBOX, "--yes"]);
    assert_eq!((run.status, run.stdout.as_str()), (4, ""), "{run:?}");
    let said = format!("`alarm/{ALARM}`, which cis-fix did not make");
    assert!(run.stderr.contains(&said), "{run:?}");
    assert_eq!(place.read("account.json"), untagged);
}

#[test]
fn a_forged_plan_that_does_what_nobody_planned_is_refused() {
    let twins = twins();
    let fresh = Scene::Fresh.account();
    let cases: [(&SandboxAccount, &Parts, &str); 5] = [
        (
            // An alarm of ours watches its metric, but it has not the name of one of ours.
            &twins,
            &[
                (
                    "\"filterName\": \"root_usage_metric\"",
                    "\"filterName\": \"their_filter\"",
                ),
                (
                    "\"name\": \"root_usage_metric\"",
                    "\"name\": \"their_filter\"",
                ),
                ("filter/root_usage_metric", "filter/their_filter"),
            ],
            "`filter/their_filter` is not to be written so",
        ),
        (
            &twins,
            &[(
                "\\\"Service\\\":\\\"cloudwatch.amazonaws.com\\\"",
                "\\\"AWS\\\":\\\"*\\\"",
            )],
            "`topic-policy/cis-alarms` is not to be written so",
        ),
        (
            &fresh,
            &[("security@example.com", "mallory@example.org")],
            "`subscription/cis-alarms/email-1` is not to be written so",
        ),
        (
            &fresh,
            &[(
                "\"OKActions\": []",
                "\"OKActions\": [\n          \"arn:aws:automate:us-east-1:ec2:stop\"\n        ]",
            )],
            "is not to be written so",
        ),
        (
            &fresh,
            &[("\"Threshold\": 1.0", "\"Threshold\": 1000000.0")],
            "is not to be written so",
        ),
    ];
    for (account, parts, said) in cases {
        let run = assert_refused(account, parts, said);
        assert!(
            run.stderr
                .contains("the plan `plan.json` is not what would be planned now"),
            "{run:?}"
        );
    }
}
