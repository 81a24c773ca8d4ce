//! The text of an account: what is written is read back, and equal accounts have equal texts.

use cis_fix::sandbox::format::{FormatError, SCHEMA, parse, to_text};
use cis_fix::sandbox::{Scene, from_observed};
use proptest::prelude::*;

use super::generate::{accounts, observations};

proptest! {
    #[test]
    fn a_written_account_is_read_back(account in accounts()) {
        let text = to_text(&account);
        let read = parse(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&read, &account);
        prop_assert_eq!(to_text(&read), text);
    }

    #[test]
    fn a_snapshot_is_read_back(observed in observations()) {
        let account = from_observed(&observed);
        let text = to_text(&account);
        let read = parse(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&read, &account);
        prop_assert_eq!(to_text(&read), text);
    }
}

/// Returns the text of the fresh scene with one piece replaced.
fn fresh(old: &str, new: &str) -> String {
    let text = Scene::Fresh.text();
    assert!(text.contains(old), "{old}");
    text.replacen(old, new, 1)
}

#[test]
fn an_account_may_leave_out_what_aws_makes_by_itself() {
    let short = r#"{
        "schema": "cis-fix/sandbox/v1", "extent": "complete", "account": "123456789012",
        "partition": "aws", "region": "us-east-1", "caller": "arn:aws:iam::123456789012:user/alice",
        "trails": [{
            "arn": "arn:aws:cloudtrail:us-east-1:123456789012:trail/management-events",
            "home_region": "us-east-1", "multi_region": true, "organization": false,
            "global_services": true, "status": { "logging": true },
            "log_group": "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup:*"
        }],
        "log_groups": [
            { "arn": "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup" }
        ]
    }"#;
    assert_eq!(parse(short).unwrap(), Scene::Fresh.account());
}

#[test]
fn a_mistake_of_form_has_its_place_and_the_right_spelling() {
    let cases = [
        (
            fresh("\"multi_region\"", "\"multi_regoin\""),
            "unknown member `multi_regoin`",
            Some("did you mean `multi_region`?"),
        ),
        (
            fresh("\"log_groups\"", "\"logs\""),
            "unknown member `logs`",
            None,
        ),
        (
            fresh("\"All\"", "\"Al\""),
            "unknown value `Al`",
            Some("did you mean `All`?"),
        ),
        (
            fresh("\"logging\": true", "\"logging\": 1"),
            "invalid type: integer `1`, expected a boolean",
            None,
        ),
        (
            fresh("\"keys\": []", "\"keys\": {}"),
            "invalid type: object, expected a list",
            None,
        ),
        (
            fresh("\"caller\"", "\"region\": \"x\", \"caller\""),
            "there is more than one `region`",
            None,
        ),
        (
            fresh("\"arn:aws:iam::123456789012:user/alice\",", "\"x"),
            "control character (\\u0000-\\u001F) found while parsing a string",
            None,
        ),
    ];
    for (text, expected, advice) in cases {
        let error = parse(&text).unwrap_err();
        let FormatError::Form {
            line,
            column,
            message,
            ..
        } = &error
        else {
            panic!("{error}");
        };
        assert!(message.starts_with(expected), "{message}");
        let mut pairs = text.lines().zip(Scene::Fresh.text().lines());
        let changed = pairs.position(|(new, old)| new != old).unwrap();
        assert_eq!(*line, changed + 1, "{error}");
        let length = text.lines().nth(changed).unwrap().len();
        assert!((1..=length + 1).contains(column), "{error}");
        assert_eq!(error.hint(), advice);
    }
}

#[test]
fn another_version_is_named_before_anything_else() {
    let text = fresh(SCHEMA, "cis-fix/sandbox/v2").replace("\"trails\"", "\"routes\"");
    assert_eq!(
        parse(&text).unwrap_err().to_string(),
        "the sandbox has the format `cis-fix/sandbox/v2`, but this version reads `cis-fix/sandbox/v1`"
    );
}

/// A text of the right form in which much is wrong.
const WRONG: &str = r#"{
        "schema": "cis-fix/sandbox/v1", "extent": "complete", "account": "123456789012",
        "partition": "aws", "region": "us-east-1", "caller": "arn:aws:iam::210987654321:user/alice",
        "trails": [
            { "arn": "arn:aws:cloudtrail:us-east-1:210987654321:trail/a", "home_region": "us-east-1",
              "multi_region": true, "organization": false, "global_services": true,
              "log_group": "CloudTrail/DefaultLogGroup" }
        ],
        "log_groups": [
            { "arn": "arn:aws:logs:us-east-1:123456789012:log-group:a", "class": "INFREQUENT_ACCESS",
              "metric_filters": [
                { "name": "f", "pattern": "", "metric_namespace": "n", "metric_name": "m", "metric_value": "1" },
                { "name": "f", "pattern": "", "metric_namespace": "n", "metric_name": "m", "metric_value": "1" } ] },
            { "arn": "arn:aws:logs:us-east-1:123456789012:log-group:a" },
            { "arn": "arn:aws:logs:us-east-1:210987654321:log-group:b" }
        ],
        "alarms": { "mars": [], "us-east-1": [
            { "name": "x", "kind": "composite" }, { "name": "x", "kind": "log" }, { "name": "", "kind": "log" } ] },
        "topics": [
            { "arn": "arn:aws:sns:us-east-1:123456789012:t", "attributes": { "policy": 1 },
              "subscriptions": [
                { "protocol": "mail", "endpoint": "a@example.com", "state": "pending" },
                { "protocol": "emial", "endpoint": "a@example.com", "state": "pending" },
                { "protocol": "email", "endpoint": "nobody", "state": "pending" },
                { "protocol": "email", "endpoint": "a@example.com", "state": "deleted" },
                { "protocol": "email", "endpoint": "a@example.com", "state": "pending" },
                { "protocol": "email", "endpoint": "a@example.com", "state": { "confirmed": "arn" } } ] },
            { "arn": "t" }
        ],
        "keys": [
            { "arn": "k", "manager": "AWS", "enabled": true },
            { "arn": "arn:aws:kms:us-east-1:123456789012:key/1", "aliases": ["alias/a"], "manager": "AWS", "enabled": true },
            { "arn": "arn:aws:kms:us-east-1:123456789012:key/2", "aliases": ["alias/a"], "manager": "AWS", "enabled": true }
        ],
        "absent": {},
        "unreadable": [
            { "action": "logs:DescribeMetricFilter", "kind": "denied", "message": "" },
            { "action": "logs:DescribeMetricFilters", "kind": "denied", "message": "" },
            { "action": "logs:DescribeMetricFilters", "kind": "denied", "message": "" }
        ]
    }"#;

/// What is said of it, by place.
const MISTAKES: &[&str] = &[
    "absent: in a complete account everything that is not listed is absent",
    "alarms.mars: `mars` is not a Region: lower-case letters, digits and hyphens, such as `eu-central-1`",
    "alarms.us-east-1[1]: `x` is listed twice",
    "alarms.us-east-1[2].name: an alarm needs a name",
    "caller: `arn:aws:iam::210987654321:user/alice` is not the ARN of somebody in account `123456789012`",
    "keys[0].arn: `k` is not the ARN of a key",
    "keys[2].aliases: two keys of `us-east-1` have the alias `alias/a`",
    "log_groups[0].metric_filters: a log group of class `INFREQUENT_ACCESS` has no metric filters",
    "log_groups[0].metric_filters[1]: `f` is listed twice",
    "log_groups[1]: `arn:aws:logs:us-east-1:123456789012:log-group:a` is listed twice",
    "log_groups[2].arn: a log group of another account cannot be seen",
    "topics[0].attributes.policy: a policy is an object, or a string that holds one",
    "topics[0].subscriptions[0].protocol: `mail` is not a protocol: did you mean `email`?",
    "topics[0].subscriptions[1].protocol: `emial` is not a protocol: did you mean `email`?",
    "topics[0].subscriptions[2].endpoint: `nobody` is not an endpoint: it must be a mail address \
         such as `security@example.com`",
    "topics[0].subscriptions[5]: `a@example.com` is subscribed twice",
    "topics[1].arn: `t` is not the ARN of a topic",
    "trails[0]: `status` is missing",
    "trails[0].arn: a trail of another account is seen only when it is an organization's",
    "trails[0].log_group: `CloudTrail/DefaultLogGroup` is not the ARN of a log group",
    "unreadable[0].action: no reading needs `logs:DescribeMetricFilter`: did you mean \
         `logs:DescribeMetricFilters`?",
    "unreadable[2]: the same action and resource are listed twice",
];

#[test]
fn all_mistakes_of_meaning_are_reported_together() {
    let FormatError::Mistakes(mistakes) = parse(WRONG).unwrap_err() else {
        panic!("the form is right");
    };
    let lines: Vec<String> = mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(lines, MISTAKES);
}

#[test]
fn a_wrong_owner_does_not_hide_other_mistakes() {
    let text = fresh("\"account\": \"123456789012\"", "\"account\": \"12345\"")
        .replacen("\"partition\": \"aws\"", "\"partition\": \"azure\"", 1)
        .replacen("\"region\": \"us-east-1\"", "\"region\": \"mars\"", 1)
        .replacen("\"alarms\": {}", "\"alarms\": { \"moon\": [] }", 1);
    let FormatError::Mistakes(mistakes) = parse(&text).unwrap_err() else {
        panic!("the form is right");
    };
    let places: Vec<&str> = mistakes
        .iter()
        .map(|mistake| mistake.place.as_str())
        .collect();
    assert_eq!(places, ["account", "alarms.moon", "partition", "region"]);
}

#[test]
fn a_trail_needs_its_log_group() {
    let text = fresh(
        "DefaultLogGroup\",\n      \"class\"",
        "Other\",\n      \"class\"",
    );
    assert_eq!(
        parse(&text).unwrap_err().to_string(),
        "trails: `arn:aws:cloudtrail:us-east-1:123456789012:trail/management-events` delivers to \
         `arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup`, which is not listed"
    );
}

#[test]
fn more_filters_than_aws_allows_are_a_mistake() {
    let filter = |number: usize| {
        format!(
            r#"{{ "name": "f{number}", "pattern": "", "metric_namespace": "n", "metric_name": "m", "metric_value": "1" }}"#
        )
    };
    let with = |count: usize| {
        let list: Vec<String> = (0..count).map(filter).collect();
        fresh(
            "\"metric_filters\": []",
            &format!("\"metric_filters\": [{}]", list.join(",")),
        )
    };
    parse(&with(100)).unwrap();
    let error = parse(&with(101)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "log_groups[0].metric_filters: 101 metric filters are more than the 100 allowed"
    );
}
