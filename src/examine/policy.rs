//! Judges resource policies: may CloudWatch publish to this topic, may it use this key?
//!
//! It understands the forms that topics and keys have in practice and answers "undecided" for the rest;
//! it never guesses. Language: IAM user guide, "JSON policy elements reference".

use serde_json::{Map, Value, json};

use crate::model::{AccountId, AlarmArn, TopicArn};

/// The service that publishes for an alarm.
const SERVICE: &str = "cloudwatch.amazonaws.com";

/// What a policy says about a request of CloudWatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Ruling {
    /// It is allowed.
    Allowed,
    /// It is not allowed, or denied.
    Denied,
    /// It depends on something that cannot be judged from outside, named here.
    Undecided(String),
}

/// A request of CloudWatch on behalf of an alarm.
pub(super) struct Request<'facts> {
    /// The action, such as `sns:Publish`.
    pub(super) action: &'static str,
    /// The resource's ARN.
    pub(super) resource: &'facts str,
    /// The alarm.
    pub(super) alarm: &'facts AlarmArn,
}

/// Returns what `policy` says about `request`: a deny wins, and without an allow the answer is no.
pub(super) fn ruling(policy: &str, request: &Request<'_>) -> Ruling {
    let Ok(document) = serde_json::from_str::<Value>(policy) else {
        return Ruling::Undecided("the policy is not a JSON document".to_owned());
    };
    let statements = match document.get("Statement") {
        Some(Value::Array(list)) => list.iter().collect(),
        Some(one @ Value::Object(_)) => vec![one],
        _ => Vec::new(),
    };
    let (mut allow, mut deny) = (Applies::No, Applies::No);
    for statement in statements {
        match statement.get("Effect").and_then(Value::as_str) {
            Some("Allow") => allow = allow.or(applies(statement, request)),
            Some("Deny") => deny = deny.or(applies(statement, request)),
            Some(_) | None => {}
        }
    }
    match (allow, deny) {
        (Applies::No, _) | (_, Applies::Yes) => Ruling::Denied,
        (Applies::Yes, Applies::No) => Ruling::Allowed,
        (Applies::Perhaps(why), _) | (Applies::Yes, Applies::Perhaps(why)) => {
            Ruling::Undecided(why)
        }
    }
}

/// Whether a statement is about a request.
enum Applies {
    Yes,
    No,
    Perhaps(String),
}

impl Applies {
    /// Returns whether one of two statements applies. The order of the statements makes no difference.
    fn or(self, other: Self) -> Self {
        match (self, other) {
            (Self::Yes, _) | (_, Self::Yes) => Self::Yes,
            (Self::Perhaps(one), Self::Perhaps(other)) => Self::Perhaps(one.min(other)),
            (Self::Perhaps(why), Self::No) | (Self::No, Self::Perhaps(why)) => Self::Perhaps(why),
            (Self::No, Self::No) => Self::No,
        }
    }

    /// Returns whether both of two conditions hold.
    fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::No, _) | (_, Self::No) => Self::No,
            (Self::Perhaps(one), Self::Perhaps(other)) => Self::Perhaps(one.min(other)),
            (Self::Perhaps(why), Self::Yes) | (Self::Yes, Self::Perhaps(why)) => Self::Perhaps(why),
            (Self::Yes, Self::Yes) => Self::Yes,
        }
    }
}

fn applies(statement: &Value, request: &Request<'_>) -> Applies {
    let is_named = |key: &str, not_key: &str, wanted: &str, fold: bool| {
        let fits = |value: &Value| texts(value).iter().any(|text| glob(text, wanted, fold));
        match (statement.get(key), statement.get(not_key)) {
            (Some(value), _) => fits(value),
            (None, Some(value)) => !fits(value),
            (None, None) => true,
        }
    };
    let principal = match (statement.get("Principal"), statement.get("NotPrincipal")) {
        (Some(value), _) => names_service(value),
        (None, Some(value)) => !names_service(value),
        (None, None) => false,
    };
    if !principal
        || !is_named("Action", "NotAction", request.action, true)
        || !is_named("Resource", "NotResource", request.resource, false)
    {
        return Applies::No;
    }
    conditions(statement.get("Condition"), request)
}

fn names_service(principal: &Value) -> bool {
    match principal {
        Value::String(text) => text == "*",
        Value::Object(kinds) => kinds.iter().any(|(kind, names)| {
            texts(names)
                .iter()
                .any(|name| *name == "*" || kind == "Service" && *name == SERVICE)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => false,
    }
}

fn conditions(condition: Option<&Value>, request: &Request<'_>) -> Applies {
    let Some(Value::Object(operators)) = condition else {
        return Applies::Yes;
    };
    let tests = operators.iter().flat_map(|(operator, keys)| {
        let keys = keys.as_object().into_iter().flatten();
        keys.map(move |(key, values)| holds(operator, key, values, request))
    });
    tests.fold(Applies::Yes, Applies::and)
}

/// Returns whether a condition holds for a publish by an alarm.
///
/// The account is told as `aws:SourceAccount` and, in default policies, `AWS:SourceOwner`; the alarm as
/// `aws:SourceArn` (SNS developer guide, "Example cases for access control"). An alarm publishes as a
/// service of AWS and over TLS.
fn holds(operator: &str, key: &str, values: &Value, request: &Request<'_>) -> Applies {
    let told = match key.to_ascii_lowercase().as_str() {
        "aws:sourceowner" | "aws:sourceaccount" => Some(request.alarm.account.to_string()),
        "aws:sourcearn" => Some(request.alarm.to_string()),
        "aws:securetransport" | "aws:principalisawsservice" => Some("true".to_owned()),
        _ => None,
    };
    let values = texts(values);
    let has_variable = values.iter().any(|value| value.contains("${"));
    match (told, comparison(operator)) {
        (Some(told), Some((comparison, is_negated))) if !has_variable => {
            let fits = values.iter().any(|value| comparison.fits(value, &told));
            if fits == is_negated {
                Applies::No
            } else {
                Applies::Yes
            }
        }
        _ => Applies::Perhaps(format!("condition {operator} on {key}")),
    }
}

/// How a condition compares texts.
#[derive(Clone, Copy)]
enum Comparison {
    Exact,
    IgnoringCase,
    Wildcards,
}

impl Comparison {
    fn fits(self, value: &str, told: &str) -> bool {
        match self {
            Self::Exact => value == told,
            Self::IgnoringCase => value.eq_ignore_ascii_case(told),
            Self::Wildcards => glob(value, told, false),
        }
    }
}

/// Returns how an operator compares, and whether it asks for the contrary; none for one that is not judged.
///
/// Only the `Like` operators and those on ARNs know wildcards (IAM user guide, "Condition operators").
fn comparison(operator: &str) -> Option<(Comparison, bool)> {
    let folded = operator.to_ascii_lowercase();
    match folded.strip_suffix("ifexists").unwrap_or(&folded) {
        "stringequals" => Some((Comparison::Exact, false)),
        "stringnotequals" => Some((Comparison::Exact, true)),
        "stringequalsignorecase" | "bool" => Some((Comparison::IgnoringCase, false)),
        "stringnotequalsignorecase" => Some((Comparison::IgnoringCase, true)),
        "stringlike" | "arnequals" | "arnlike" => Some((Comparison::Wildcards, false)),
        "stringnotlike" | "arnnotequals" | "arnnotlike" => Some((Comparison::Wildcards, true)),
        _ => None,
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().flat_map(texts).collect(),
        Value::Bool(true) => vec!["true"],
        Value::Bool(false) => vec!["false"],
        Value::Number(number) => vec![number.as_str()],
        Value::Null | Value::Object(_) => Vec::new(),
    }
}

/// Returns whether `text` fits `pattern`, in which `*` is any run of characters and `?` any one.
fn glob(pattern: &str, text: &str, fold_case: bool) -> bool {
    let fold = |text: &str| -> Vec<char> {
        if fold_case {
            text.to_lowercase().chars().collect()
        } else {
            text.chars().collect()
        }
    };
    let (pattern, text) = (fold(pattern), fold(text));
    let mut reached = vec![false; text.len() + 1];
    if let Some(first) = reached.first_mut() {
        *first = true;
    }
    for symbol in pattern {
        reached = match symbol {
            '*' => reached
                .iter()
                .scan(false, |any, here| {
                    *any |= here;
                    Some(*any)
                })
                .collect(),
            symbol => std::iter::once(false)
                .chain(
                    reached
                        .iter()
                        .zip(&text)
                        .map(|(here, c)| *here && (symbol == '?' || symbol == *c)),
                )
                .collect(),
        };
    }
    reached.last().copied().unwrap_or(false)
}

/// Returns the statement that lets the alarms of an account publish to a topic.
fn topic_statement(topic: &TopicArn, account: &AccountId) -> Value {
    json!({
        "Sid": "cis-fix-alarms",
        "Effect": "Allow",
        "Principal": { "Service": SERVICE },
        "Action": "sns:Publish",
        "Resource": topic.to_string(),
        "Condition": { "StringEquals": { "aws:SourceAccount": account.as_str() } }
    })
}

/// Returns `policy` with one statement more, which lets the account's alarms publish.
///
/// Returns none when the policy is not a JSON object, so that nothing of it could be kept.
#[must_use]
pub fn merged_topic_policy(policy: &str, topic: &TopicArn, account: &AccountId) -> Option<String> {
    let mut document: Map<String, Value> = serde_json::from_str(policy).ok()?;
    let statement = topic_statement(topic, account);
    let kept = match document.remove("Statement") {
        None => Vec::new(),
        Some(Value::Array(list)) => list,
        Some(one) => vec![one],
    };
    let sid = statement.get("Sid").cloned();
    let mut statements: Vec<Value> = kept
        .into_iter()
        .filter(|old| old.get("Sid").cloned() != sid)
        .collect();
    statements.push(statement);
    document
        .entry("Version")
        .or_insert_with(|| json!("2012-10-17"));
    document.insert("Statement".to_owned(), Value::Array(statements));
    Some(Value::Object(document).to_string())
}

/// Returns the statement that a key's policy needs so that alarms can publish to an encrypted topic.
#[must_use]
pub fn key_statement(account: &AccountId) -> String {
    json!({
        "Effect": "Allow",
        "Principal": { "Service": SERVICE },
        "Action": ["kms:Decrypt", "kms:GenerateDataKey*"],
        "Resource": "*",
        "Condition": { "StringEquals": { "aws:SourceAccount": account.as_str() } }
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:cis-alarms";

    fn alarm() -> AlarmArn {
        AlarmArn::parse("arn:aws:cloudwatch:us-east-1:123456789012:alarm:root_usage_alarm").unwrap()
    }

    fn publish(policy: &str) -> Ruling {
        let alarm = alarm();
        let request = Request {
            action: "sns:Publish",
            resource: TOPIC,
            alarm: &alarm,
        };
        ruling(policy, &request)
    }

    /// Returns a statement with the members that matter here.
    fn statement(effect: &str, changes: Value) -> Value {
        let mut statement = json!({
            "Effect": effect,
            "Principal": { "Service": "cloudwatch.amazonaws.com" },
            "Action": "sns:Publish",
            "Resource": TOPIC,
        });
        let Value::Object(changes) = changes else {
            unreachable!()
        };
        for (member, value) in changes {
            let members = statement.as_object_mut().unwrap();
            if value.is_null() {
                members.remove(&member);
            } else {
                members.insert(member, value);
            }
        }
        statement
    }

    fn allow(changes: Value) -> Value {
        statement("Allow", changes)
    }

    fn deny(changes: Value) -> Value {
        statement("Deny", changes)
    }

    fn policy(statements: &[Value]) -> String {
        json!({ "Version": "2012-10-17", "Statement": statements }).to_string()
    }

    /// What is expected of a ruling; the words of an undecided one do not matter.
    #[derive(Debug, Clone, Copy, PartialEq)]
    enum Expected {
        Allowed,
        Denied,
        Undecided,
    }
    use Expected::{Allowed, Denied, Undecided};

    fn check(cases: impl IntoIterator<Item = (String, Expected)>) {
        for (policy, expected) in cases {
            let found = match publish(&policy) {
                Ruling::Allowed => Allowed,
                Ruling::Denied => Denied,
                Ruling::Undecided(_) => Undecided,
            };
            assert_eq!(found, expected, "{policy}");
        }
    }

    fn check_allowing(cases: impl IntoIterator<Item = (Value, Expected)>) {
        check(
            cases
                .into_iter()
                .map(|(changes, expected)| (policy(&[allow(changes)]), expected)),
        );
    }

    #[test]
    fn the_default_policy_lets_the_alarms_of_its_account_publish() {
        let topic = TopicArn::parse(TOPIC).unwrap();
        let policy = crate::sandbox::default_policy(&topic);
        let other = policy.replace(
            r#""AWS:SourceOwner":"123456789012""#,
            r#""AWS:SourceOwner":"999999999999""#,
        );
        assert_ne!(policy, other);
        check([(policy, Allowed), (other, Denied)]);
    }

    #[test]
    fn the_service_must_be_among_the_principals() {
        check_allowing([
            (json!({}), Allowed),
            (json!({ "Principal": "*" }), Allowed),
            (json!({ "Principal": { "AWS": "*" } }), Allowed),
            (
                json!({ "Principal": { "Service": ["events.amazonaws.com", "cloudwatch.amazonaws.com"] } }),
                Allowed,
            ),
            (
                json!({ "Principal": { "Service": "events.amazonaws.com" } }),
                Denied,
            ),
            (
                json!({ "Principal": { "AWS": "cloudwatch.amazonaws.com" } }),
                Denied,
            ),
            (
                json!({ "Principal": { "AWS": "arn:aws:iam::123456789012:root" } }),
                Denied,
            ),
            (json!({ "Principal": null }), Denied),
            (
                json!({ "Principal": null, "NotPrincipal": { "AWS": "arn:aws:iam::1:user/a" } }),
                Allowed,
            ),
            (
                json!({ "Principal": null, "NotPrincipal": { "Service": "cloudwatch.amazonaws.com" } }),
                Denied,
            ),
        ]);
    }

    #[test]
    fn action_and_resource_must_fit() {
        check_allowing([
            (json!({ "Action": "SNS:Publish" }), Allowed),
            (json!({ "Action": "sns:publish" }), Allowed),
            (json!({ "Action": "SNS:*" }), Allowed),
            (json!({ "Action": "*" }), Allowed),
            (json!({ "Action": "sns:P?blish" }), Allowed),
            (
                json!({ "Action": ["sns:Subscribe", "sns:Publish"] }),
                Allowed,
            ),
            (json!({ "Action": "sns:PublishBatch" }), Denied),
            (json!({ "Action": "sns:Subscribe" }), Denied),
            (
                json!({ "Action": null, "NotAction": "sns:DeleteTopic" }),
                Allowed,
            ),
            (
                json!({ "Action": null, "NotAction": ["sns:Publish"] }),
                Denied,
            ),
            (json!({ "Resource": "*" }), Allowed),
            (json!({ "Resource": "arn:aws:sns:*:*:cis-*" }), Allowed),
            (
                json!({ "Resource": "arn:aws:sns:us-east-1:123456789012:CIS-alarms" }),
                Denied,
            ),
            (
                json!({ "Resource": "arn:aws:sns:us-east-1:123456789012:other" }),
                Denied,
            ),
            (
                json!({ "Resource": null, "NotResource": "arn:aws:sns:*:*:other" }),
                Allowed,
            ),
            (json!({ "Resource": null, "NotResource": TOPIC }), Denied),
        ]);
    }

    fn condition(operator: &str, key: &str, value: &str) -> Value {
        json!({ "Condition": { operator: { key: value } } })
    }

    fn check_conditions<const N: usize>(cases: [(&str, &str, Value, Expected); N]) {
        check_allowing(cases.map(|(operator, key, value, expected)| {
            let condition = json!({ "Condition": { operator: { key: value } } });
            (condition, expected)
        }));
    }

    #[test]
    fn conditions_on_account_and_alarm_are_decided() {
        let account = "123456789012";
        let arn = alarm().to_string();
        let any = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*";
        check_conditions([
            ("StringEquals", "aws:SourceAccount", json!(account), Allowed),
            (
                "StringEquals",
                "AWS:SourceAccount",
                json!(["1", account]),
                Allowed,
            ),
            (
                "StringEquals",
                "aws:SourceAccount",
                json!(123_456_789_012_u64),
                Allowed,
            ),
            (
                "StringEquals",
                "aws:SourceAccount",
                json!("999999999999"),
                Denied,
            ),
            (
                "StringEqualsIfExists",
                "aws:SourceOwner",
                json!(account),
                Allowed,
            ),
            (
                "StringNotEquals",
                "aws:SourceAccount",
                json!(account),
                Denied,
            ),
            (
                "StringNotEquals",
                "aws:SourceAccount",
                json!("999999999999"),
                Allowed,
            ),
            ("ArnLike", "aws:SourceArn", json!(any), Allowed),
            ("ArnEquals", "aws:SourceArn", json!(any), Allowed),
            ("StringLike", "aws:SourceArn", json!(any), Allowed),
            ("StringEquals", "aws:SourceArn", json!(arn), Allowed),
            (
                "ArnLike",
                "aws:SourceArn",
                json!("arn:aws:s3:::bucket"),
                Denied,
            ),
            (
                "ArnNotLike",
                "aws:SourceArn",
                json!("arn:aws:s3:::*"),
                Allowed,
            ),
        ]);
    }

    #[test]
    fn conditions_on_the_way_of_a_call_are_decided() {
        check_conditions([
            ("Bool", "aws:SecureTransport", json!("true"), Allowed),
            ("Bool", "aws:SecureTransport", json!(true), Allowed),
            ("Bool", "aws:SecureTransport", json!(false), Denied),
            (
                "BoolIfExists",
                "aws:PrincipalIsAWSService",
                json!("true"),
                Allowed,
            ),
        ]);
    }

    #[test]
    fn a_wildcard_in_a_condition_for_equal_texts_is_a_character() {
        let any = "arn:aws:cloudwatch:us-east-1:123456789012:alarm:*";
        check_conditions([
            ("StringEquals", "aws:SourceArn", json!(any), Denied),
            ("StringEquals", "aws:SourceAccount", json!("*"), Denied),
            ("StringLike", "aws:SourceAccount", json!("*"), Allowed),
            (
                "StringEqualsIgnoreCase",
                "aws:SourceArn",
                json!(alarm().to_string().to_uppercase()),
                Allowed,
            ),
        ]);
    }

    #[test]
    fn what_cannot_be_judged_is_undecided() {
        check_conditions([
            (
                "StringEquals",
                "aws:PrincipalOrgID",
                json!("o-1"),
                Undecided,
            ),
            ("IpAddress", "aws:SourceIp", json!("10.0.0.0/8"), Undecided),
            (
                "ForAnyValue:StringEquals",
                "aws:SourceAccount",
                json!("1"),
                Undecided,
            ),
            ("Null", "aws:SourceAccount", json!("false"), Undecided),
            (
                "StringEquals",
                "aws:SourceAccount",
                json!("${aws:PrincipalAccount}"),
                Undecided,
            ),
        ]);
        let unknown = |key: &str| condition("StringEquals", key, "x");
        let both = json!({ "Condition": {
            "StringEquals": { "aws:PrincipalOrgID": "o-1", "aws:SourceAccount": "999999999999" }
        } });
        check([
            (policy(&[allow(both)]), Denied),
            (policy(&[allow(unknown("a")), allow(json!({}))]), Allowed),
            (policy(&[allow(json!({})), deny(unknown("a"))]), Undecided),
            (policy(&[deny(unknown("a"))]), Denied),
        ]);
    }

    #[test]
    fn a_deny_wins_wherever_it_stands() {
        let unknown = || condition("StringEquals", "aws:PrincipalOrgID", "o-1");
        let insecure = condition("Bool", "aws:SecureTransport", "false");
        let outside = json!({ "Principal": "*", "Condition": {
            "StringNotEquals": { "aws:PrincipalOrgID": "o-1" },
            "BoolIfExists": { "aws:PrincipalIsAWSService": "false" }
        } });
        let cases = [
            (vec![allow(json!({})), deny(json!({}))], Denied),
            (
                vec![deny(unknown()), deny(json!({})), allow(json!({}))],
                Denied,
            ),
            (
                vec![allow(json!({})), deny(json!({ "Action": "sns:Subscribe" }))],
                Allowed,
            ),
            (vec![allow(json!({})), deny(insecure)], Allowed),
            (vec![allow(json!({})), deny(outside)], Allowed),
        ];
        for (statements, expected) in cases {
            let backwards: Vec<Value> = statements.iter().rev().cloned().collect();
            check([
                (policy(&statements), expected),
                (policy(&backwards), expected),
            ]);
        }
    }

    #[test]
    fn odd_documents_are_read_as_what_they_are() {
        let single = json!({ "Statement": allow(json!({})) }).to_string();
        check([
            (single, Allowed),
            (policy(&[]), Denied),
            ("{}".to_owned(), Denied),
            (r#"{"Statement":"none"}"#.to_owned(), Denied),
            (r#"{"Statement":[1,"x",null]}"#.to_owned(), Denied),
            (policy(&[allow(json!({ "Effect": "Perhaps" }))]), Denied),
            (String::new(), Undecided),
            ("{\"Statement\":[".to_owned(), Undecided),
        ]);
    }

    #[test]
    fn keys_are_asked_for_their_own_actions() {
        let alarm = alarm();
        let rules = |action: Value, asked: &'static str| {
            let statement = allow(json!({ "Action": action, "Resource": "*" }));
            let request = Request {
                action: asked,
                resource: "arn:aws:kms:us-east-1:123456789012:key/1",
                alarm: &alarm,
            };
            ruling(&policy(&[statement]), &request)
        };
        assert_eq!(
            rules(json!("kms:GenerateDataKey*"), "kms:GenerateDataKey"),
            Ruling::Allowed
        );
        assert_eq!(rules(json!("kms:*"), "kms:Decrypt"), Ruling::Allowed);
        assert_eq!(
            rules(json!("kms:Decrypt"), "kms:GenerateDataKey"),
            Ruling::Denied
        );
    }

    #[test]
    fn a_merged_policy_allows_and_keeps_what_was_there() {
        let topic = TopicArn::parse(TOPIC).unwrap();
        let merge = |policy: &str| merged_topic_policy(policy, &topic, &topic.account);
        let other = allow(json!({ "Sid": "mine", "Action": "sns:Subscribe" }));
        let before = policy(std::slice::from_ref(&other));
        let merged = merge(&before).unwrap();
        assert_eq!(publish(&merged), Ruling::Allowed);
        let document: Value = serde_json::from_str(&merged).unwrap();
        assert_eq!(document["Statement"][0], other);
        assert_eq!(
            merge(&merged).unwrap(),
            merged,
            "merging twice adds nothing"
        );
        let single = json!({ "Statement": other, "Id": "x" }).to_string();
        let merged: Value = serde_json::from_str(&merge(&single).unwrap()).unwrap();
        assert_eq!(merged["Statement"][0], other);
        assert_eq!(
            (&merged["Id"], &merged["Version"]),
            (&json!("x"), &json!("2012-10-17"))
        );
        for broken in ["", "[]", "{\"Statement\":", "\"x\""] {
            assert_eq!(merge(broken), None, "{broken}");
        }
    }

    #[test]
    fn the_statement_for_a_key_lets_the_alarm_use_it() {
        let account = alarm().account;
        let statement: Value = serde_json::from_str(&key_statement(&account)).unwrap();
        let alarm = alarm();
        for action in ["kms:Decrypt", "kms:GenerateDataKey"] {
            let request = Request {
                action,
                resource: "arn:aws:kms:us-east-1:123456789012:key/1",
                alarm: &alarm,
            };
            assert_eq!(
                ruling(&policy(std::slice::from_ref(&statement)), &request),
                Ruling::Allowed
            );
        }
    }

    #[test]
    fn wildcards_match_as_in_iam() {
        let cases = [
            ("*", "", true),
            ("", "", true),
            ("", "a", false),
            ("a*c", "abbc", true),
            ("a*c", "abb", false),
            ("a?c", "abc", true),
            ("a?c", "ac", false),
            ("**a**", "bab", true),
            ("*ab*ab", "abab", true),
            ("*ab*ab", "ab", false),
            ("A", "a", false),
        ];
        for (pattern, text, expected) in cases {
            assert_eq!(glob(pattern, text, false), expected, "{pattern} {text}");
        }
        assert!(glob("SNS:pub*", "sns:Publish", true));
    }
}
