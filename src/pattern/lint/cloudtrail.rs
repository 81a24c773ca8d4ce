//! What records of CloudTrail hold, and conditions that do not fit that.
//!
//! The lists come from the CloudTrail record reference; they cover the properties that monitoring patterns ask for, not every service.

use super::{Finding, Rule};
use crate::pattern::ast::{Condition, Expression, Selector, Step, Test, Value};
use crate::pattern::wildcard;

/// Properties that every record has.
const ALWAYS_PRESENT: [&str; 9] = [
    "eventVersion",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "eventID",
    "eventType",
    "recipientAccountId",
];

/// Properties that hold texts.
const TEXTS: [&str; 34] = [
    "eventVersion",
    "eventTime",
    "eventSource",
    "eventName",
    "awsRegion",
    "sourceIPAddress",
    "userAgent",
    "errorCode",
    "errorMessage",
    "requestID",
    "eventID",
    "eventType",
    "eventCategory",
    "apiVersion",
    "recipientAccountId",
    "sharedEventID",
    "vpcEndpointId",
    "userIdentity.type",
    "userIdentity.principalId",
    "userIdentity.arn",
    "userIdentity.accountId",
    "userIdentity.accessKeyId",
    "userIdentity.userName",
    "userIdentity.invokedBy",
    "userIdentity.sessionContext.attributes.mfaAuthenticated",
    "userIdentity.sessionContext.attributes.creationDate",
    "userIdentity.sessionContext.sessionIssuer.type",
    "userIdentity.sessionContext.sessionIssuer.principalId",
    "userIdentity.sessionContext.sessionIssuer.arn",
    "userIdentity.sessionContext.sessionIssuer.accountId",
    "userIdentity.sessionContext.sessionIssuer.userName",
    "additionalEventData.MFAUsed",
    "additionalEventData.LoginTo",
    "responseElements.ConsoleLogin",
];

/// Properties that hold booleans.
const BOOLEANS: [&str; 2] = ["readOnly", "managementEvent"];

/// Properties that hold one of a few texts.
const CLOSED: [(&str, &[&str]); 6] = [
    (
        "userIdentity.type",
        &[
            "Root",
            "IAMUser",
            "AssumedRole",
            "Role",
            "FederatedUser",
            "Directory",
            "AWSAccount",
            "AWSService",
            "IdentityCenterUser",
            "SAMLUser",
            "WebIdentityUser",
            "Unknown",
        ],
    ),
    (
        "eventType",
        &[
            "AwsApiCall",
            "AwsServiceEvent",
            "AwsConsoleAction",
            "AwsConsoleSignIn",
            "AwsVpceEvents",
            "AwsCloudTrailInsight",
        ],
    ),
    (
        "eventCategory",
        &["Management", "Data", "Insight", "NetworkActivity"],
    ),
    // Some records print the first of these in capitals.
    ("additionalEventData.MFAUsed", &["Yes", "YES", "No"]),
    ("responseElements.ConsoleLogin", &["Success", "Failure"]),
    (
        "userIdentity.sessionContext.attributes.mfaAuthenticated",
        &["true", "false"],
    ),
];

/// Error codes that are looked for among the names of events.
const ERROR_CODES: [&str; 6] = [
    "AccessDenied",
    "AccessDeniedException",
    "UnauthorizedOperation",
    "Client.UnauthorizedOperation",
    "ThrottlingException",
    "Failed authentication",
];

/// Names of operations that CloudTrail records under another name.
const RENAMED: [(&str, &str); 4] = [
    (
        "PutPublicAccessBlock",
        "`PutBucketPublicAccessBlock` and `PutAccountPublicAccessBlock`",
    ),
    (
        "DeletePublicAccessBlock",
        "`DeleteBucketPublicAccessBlock` and `DeleteAccountPublicAccessBlock`",
    ),
    ("PutBucketLifecycleConfiguration", "`PutBucketLifecycle`"),
    (
        "PutBucketNotificationConfiguration",
        "`PutBucketNotification`",
    ),
];

pub(super) fn check(expression: &Expression<Condition>) -> Vec<Finding> {
    let mut findings = Vec::new();
    visit(expression, &[], &mut findings);
    findings
}

/// Checks every condition; `absent` are the properties whose absence is an alternative here.
fn visit(expression: &Expression<Condition>, absent: &[&Selector], findings: &mut Vec<Finding>) {
    match expression {
        Expression::Any(members) => {
            let mut absent = absent.to_vec();
            absent.extend(members.iter().filter_map(absence));
            for member in members {
                visit(member, &absent, findings);
            }
        }
        Expression::All(members) => {
            for member in members {
                visit(member, absent, findings);
            }
        }
        Expression::One(condition) => {
            let path = path(&condition.selector);
            findings.extend(check_absence(condition, &path, absent));
            findings.extend(check_type(condition, &path));
            findings.extend(check_value(condition, &path));
        }
    }
}

fn absence(member: &Expression<Condition>) -> Option<&Selector> {
    match member {
        Expression::One(condition) if condition.test == Test::NotExists => {
            Some(&condition.selector)
        }
        Expression::One(_) | Expression::Any(_) | Expression::All(_) => None,
    }
}

/// The names of a path, joined by dots; empty when there is an index or a wildcard step.
fn path(selector: &Selector) -> String {
    let names = selector.steps().iter().map(|step| match step {
        Step::Member(name) => Some(name.as_str()),
        Step::Index(_) | Step::Each => None,
    });
    names
        .collect::<Option<Vec<&str>>>()
        .unwrap_or_default()
        .join(".")
}

fn check_absence(condition: &Condition, path: &str, absent: &[&Selector]) -> Option<Finding> {
    let excludes = matches!(condition.test, Test::NotEqual(_));
    let single = condition.selector.split_at_wildcard().is_none();
    if !excludes
        || !single
        || ALWAYS_PRESENT.contains(&path)
        || absent.contains(&&condition.selector)
    {
        return None;
    }
    let selector = &condition.selector;
    let finding = Finding::new(
        Rule::AbsentProperty,
        condition.span.clone(),
        format!("events without `{selector}` do not match `!=`"),
    );
    Some(finding.with_advice(format!(
        "to match them as well, write `({selector} NOT EXISTS || {condition})`"
    )))
}

fn check_type(condition: &Condition, path: &str) -> Option<Finding> {
    let finding = |rule, message: String| Finding::new(rule, condition.span.clone(), message);
    if TEXTS.contains(&path) {
        return match &condition.test {
            Test::Equal(Value::Number(number)) | Test::NotEqual(Value::Number(number)) => {
                let message = format!(
                    "`{path}` holds a text, which a bare number equals only as it is spelled"
                );
                Some(
                    finding(Rule::BareNumber, message)
                        .with_advice(format!("write `\"{}\"`", number.spelling())),
                )
            }
            Test::Order(..) => Some(finding(
                Rule::WrongType,
                format!("`{path}` holds a text, and only numbers are ordered: this never holds"),
            )),
            Test::IsTrue | Test::IsFalse => Some(finding(
                Rule::WrongType,
                format!("`{path}` holds a text and no boolean: this never holds"),
            )),
            Test::Equal(_) | Test::NotEqual(_) | Test::IsNull | Test::NotExists => None,
        };
    }
    match &condition.test {
        Test::Equal(_) | Test::NotEqual(_) | Test::Order(..) if BOOLEANS.contains(&path) => {
            let message =
                format!("`{path}` holds a boolean, which equals no value: this never holds");
            Some(finding(Rule::WrongType, message).with_advice("write `IS TRUE` or `IS FALSE`"))
        }
        Test::Equal(_)
        | Test::NotEqual(_)
        | Test::Order(..)
        | Test::IsNull
        | Test::IsTrue
        | Test::IsFalse
        | Test::NotExists => None,
    }
}

fn check_value(condition: &Condition, path: &str) -> Option<Finding> {
    let (Test::Equal(Value::Text(text)) | Test::NotEqual(Value::Text(text))) = &condition.test
    else {
        return None;
    };
    let finding =
        |message: String| Finding::new(Rule::UnknownValue, condition.span.clone(), message);
    if let Some((_, known)) = CLOSED.iter().find(|(closed, _)| *closed == path) {
        return check_closed(text, path, known, finding);
    }
    match path {
        "eventName" => {
            if ERROR_CODES
                .iter()
                .any(|code| text.trim_matches('*') == *code)
            {
                return Some(
                    finding(format!("`{text}` is an error code and no name of an event"))
                        .with_advice("ask `$.errorCode`"),
                );
            }
            let renamed = RENAMED.iter().find(|(name, _)| name == text)?;
            Some(
                finding(format!(
                    "CloudTrail does not record `{text}` under this name"
                ))
                .with_advice(format!("write {}", renamed.1)),
            )
        }
        "eventSource" if !text.contains('*') && !text.ends_with(".amazonaws.com") => Some(
            finding(format!("`{text}` is no event source"))
                .with_advice(format!("write `{text}.amazonaws.com`")),
        ),
        _ => None,
    }
}

fn check_closed(
    text: &str,
    path: &str,
    known: &[&str],
    finding: impl Fn(String) -> Finding,
) -> Option<Finding> {
    if known.iter().any(|value| wildcard::covers(text, value)) {
        return None;
    }
    let unknown = finding(format!("CloudTrail never writes `{text}` into `{path}`"));
    Some(
        match known.iter().find(|value| value.eq_ignore_ascii_case(text)) {
            Some(value) => unknown.with_advice(format!("write `{value}`")),
            None => unknown.with_advice(format!("it writes one of `{}`", known.join("`, `"))),
        },
    )
}
