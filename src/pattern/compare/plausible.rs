//! What records of CloudTrail look like, so that an event made up as evidence reads like one.
//!
//! Only texts that no condition fixes are replaced, and only members that every record has are added.

use serde_json::{Map, Value as Json};

use super::witness::Draft;

/// Values that occur, tried in this order where a text is free.
const VALUES: [(&str, &[&str]); 14] = [
    (
        "eventSource",
        &["s3.amazonaws.com", "ec2.amazonaws.com", "iam.amazonaws.com"],
    ),
    (
        "eventName",
        &[
            "GetObject",
            "DescribeInstances",
            "ListUsers",
            "PutObject",
            "CreateUser",
            "DeleteUser",
            "ConsoleLogin",
        ],
    ),
    (
        "eventType",
        &["AwsApiCall", "AwsConsoleSignIn", "AwsServiceEvent"],
    ),
    (
        "errorCode",
        &[
            "AccessDenied",
            "AccessDeniedException",
            "Client.UnauthorizedOperation",
            "ThrottlingException",
        ],
    ),
    ("errorMessage", &["Failed authentication", "Access Denied"]),
    (
        "sourceIPAddress",
        &["198.51.100.7", "delivery.logs.amazonaws.com"],
    ),
    ("awsRegion", &["us-east-1", "eu-west-1"]),
    ("userIdentity.type", &["IAMUser", "AssumedRole", "Root"]),
    ("userIdentity.userName", &["alice", "bob"]),
    ("userIdentity.invokedBy", &["cloudformation.amazonaws.com"]),
    (
        "userIdentity.arn",
        &["arn:aws:iam::123456789012:user/alice"],
    ),
    (
        "userIdentity.sessionContext.attributes.mfaAuthenticated",
        &["false", "true"],
    ),
    ("additionalEventData.MFAUsed", &["No", "Yes"]),
    ("responseElements.ConsoleLogin", &["Success", "Failure"]),
];

/// Sources by a part of the name of the event, the first that fits.
const SOURCES: [(&str, &str); 18] = [
    ("ConsoleLogin", "signin.amazonaws.com"),
    ("Trail", "cloudtrail.amazonaws.com"),
    ("Logging", "cloudtrail.amazonaws.com"),
    ("Bucket", "s3.amazonaws.com"),
    ("Object", "s3.amazonaws.com"),
    ("Configuration", "config.amazonaws.com"),
    ("DeliveryChannel", "config.amazonaws.com"),
    ("Organization", "organizations.amazonaws.com"),
    ("Account", "organizations.amazonaws.com"),
    ("Handshake", "organizations.amazonaws.com"),
    ("PolicyType", "organizations.amazonaws.com"),
    ("Key", "kms.amazonaws.com"),
    ("SecurityGroup", "ec2.amazonaws.com"),
    ("Vpc", "ec2.amazonaws.com"),
    ("Route", "ec2.amazonaws.com"),
    ("Gateway", "ec2.amazonaws.com"),
    ("NetworkAcl", "ec2.amazonaws.com"),
    ("Instances", "ec2.amazonaws.com"),
];

/// An event of each source.
const NAMES: [(&str, &str); 8] = [
    ("signin.amazonaws.com", "ConsoleLogin"),
    ("cloudtrail.amazonaws.com", "DescribeTrails"),
    ("s3.amazonaws.com", "GetObject"),
    ("config.amazonaws.com", "DescribeConfigurationRecorders"),
    ("organizations.amazonaws.com", "ListAccounts"),
    ("kms.amazonaws.com", "ListKeys"),
    ("ec2.amazonaws.com", "DescribeInstances"),
    ("iam.amazonaws.com", "ListUsers"),
];

/// Returns texts that occur at a path.
pub(crate) fn values(path: &str) -> &'static [&'static str] {
    VALUES
        .iter()
        .find(|(known, _)| *known == path)
        .map_or(&[], |(_, values)| values)
}

/// Makes an event look like a record, as far as its purpose allows.
pub(super) fn improve(draft: &mut Draft<'_>) {
    for (path, candidates) in VALUES {
        replace(draft, path, candidates);
    }
    let name = draft
        .members()
        .get("eventName")
        .and_then(Json::as_str)
        .map(str::to_owned);
    let source = draft
        .members()
        .get("eventSource")
        .and_then(Json::as_str)
        .map(str::to_owned);
    match (name, source) {
        (None, None) => {
            add(draft, "eventName", "GetObject");
            add(draft, "eventSource", "s3.amazonaws.com");
        }
        (Some(name), None) => {
            let source = SOURCES.into_iter().find(|(part, _)| name.contains(part));
            add(
                draft,
                "eventSource",
                source.map_or("iam.amazonaws.com", |(_, source)| source),
            );
        }
        (None, Some(source)) => {
            let name = NAMES.into_iter().find(|(of, _)| *of == source);
            add(
                draft,
                "eventName",
                name.map_or("GetObject", |(_, name)| name),
            );
        }
        (Some(_), Some(_)) => {}
    }
}

fn add(draft: &mut Draft<'_>, name: &str, value: &str) {
    if !draft.members().contains_key(name) {
        draft.attempt(|members| {
            members.insert(name.to_owned(), Json::from(value));
        });
    }
}

/// Replaces a made-up text by the first candidate that serves as well.
fn replace(draft: &mut Draft<'_>, path: &str, candidates: &[&str]) {
    let mut members = draft.members().clone();
    let Some(current) = text(&mut members, path) else {
        return;
    };
    if candidates.contains(&current.as_str()) {
        return;
    }
    for candidate in candidates {
        let replaced = draft.attempt(|members| {
            if let Some(text) = text(members, path) {
                (*candidate).clone_into(text);
            }
        });
        if replaced {
            return;
        }
    }
}

/// Returns the text at a path.
fn text<'event>(members: &'event mut Map<String, Json>, path: &str) -> Option<&'event mut String> {
    let (parents, name) = path.rsplit_once('.').unwrap_or(("", path));
    let mut parents = parents.split('.').filter(|name| !name.is_empty());
    let parent = parents.try_fold(members, |members, name| {
        members.get_mut(name)?.as_object_mut()
    })?;
    match parent.get_mut(name)? {
        Json::String(text) => Some(text),
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::Array(_) | Json::Object(_) => None,
    }
}
