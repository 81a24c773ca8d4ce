//! What IAM says about calls: an identity policy, evaluated as AWS does for the forms that our policies have.
//!
//! Which resource a call is about follows the Service Authorization Reference and what the services name in
//! their refusals. A form that is not known here allows nothing.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use cis_fix::sandbox::SandboxAccount;
use serde_json::Value;

use super::wire::{Call, Refusal, Shape};

/// An identity policy that remembers which of its actions were used.
#[derive(Debug, Clone)]
pub(crate) struct Policy {
    document: Value,
    used: RefCell<BTreeSet<(String, String)>>,
}

/// What a call asks for: an action on a resource, in a context.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Request {
    pub(crate) action: String,
    pub(crate) resource: String,
    pub(crate) context: BTreeMap<&'static str, Vec<String>>,
}

impl Policy {
    pub(crate) fn new(document: Value) -> Self {
        Self {
            document,
            used: RefCell::default(),
        }
    }

    /// Returns every action of every statement.
    pub(crate) fn actions(&self) -> BTreeSet<(String, String)> {
        let statements = self.document["Statement"].as_array().expect("statements");
        let pairs = statements.iter().flat_map(|statement| {
            let sid = statement["Sid"].as_str().expect("a name").to_owned();
            texts(&statement["Action"])
                .into_iter()
                .map(move |action| (sid.clone(), action.to_owned()))
        });
        pairs.collect()
    }

    /// Returns the actions that allowed a call so far.
    pub(crate) fn used(&self) -> BTreeSet<(String, String)> {
        self.used.borrow().clone()
    }

    /// Refuses a call that is not allowed.
    pub(crate) fn check(&self, account: &SandboxAccount, call: &Call) -> Result<(), Refusal> {
        for request in requests(account, call) {
            self.check_request(call, &request)?;
        }
        Ok(())
    }

    fn check_request(&self, call: &Call, request: &Request) -> Result<(), Refusal> {
        let statements = self.document["Statement"].as_array().expect("statements");
        let allowing = statements.iter().find(|statement| {
            let named = texts(&statement["Action"]).contains(&request.action.as_str());
            let resources = texts(&statement["Resource"]);
            statement["Effect"] == "Allow"
                && named
                && resources
                    .iter()
                    .any(|pattern| glob(pattern, &request.resource))
                && holds(&statement["Condition"], &request.context)
        });
        let Some(statement) = allowing else {
            let code = match call.service.prefix {
                "sns" => "AuthorizationError",
                "cloudwatch" => "AccessDenied",
                _ => "AccessDeniedException",
            };
            let message = format!(
                "User is not authorized to perform: {} on resource: {} because no identity-based policy allows it",
                request.action, request.resource
            );
            return Err(Refusal::new(code, message));
        };
        let sid = statement["Sid"].as_str().expect("a name").to_owned();
        self.used.borrow_mut().insert((sid, request.action.clone()));
        Ok(())
    }
}

fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(list) => list.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn holds(condition: &Value, context: &BTreeMap<&'static str, Vec<String>>) -> bool {
    let Some(operators) = condition.as_object() else {
        return condition.is_null();
    };
    operators.iter().all(|(operator, keys)| {
        let keys = keys.as_object().expect("keys of a condition");
        keys.iter().all(|(key, values)| {
            let given = context.get(key.as_str());
            let fits = |text: &String| {
                texts(values).iter().any(|value| match operator.as_str() {
                    "StringLike" => glob(value, text),
                    _ => *value == text.as_str(),
                })
            };
            match operator.as_str() {
                "StringEquals" | "StringLike" => given.is_some_and(|given| given.iter().all(fits)),
                // A key that is absent has no value that does not fit.
                "ForAllValues:StringEquals" => given.is_none_or(|given| given.iter().all(fits)),
                "ForAnyValue:StringEquals" => given.is_some_and(|given| given.iter().any(fits)),
                _ => false,
            }
        })
    })
}

/// Returns whether a text fits a pattern with `*`, `?`, and `${*}`, `${?}`, `${$}` for these characters themselves.
fn glob(pattern: &str, text: &str) -> bool {
    for (escape, plain) in [("${*}", '*'), ("${?}", '?'), ("${$}", '$')] {
        if let Some(rest) = pattern.strip_prefix(escape) {
            return text
                .strip_prefix(plain)
                .is_some_and(|text| glob(rest, text));
        }
    }
    let mut letters = pattern.chars();
    match letters.next() {
        None => text.is_empty(),
        Some('*') => {
            let rest = letters.as_str();
            let mut ends = text.char_indices().map(|(at, _)| at).chain([text.len()]);
            ends.any(|at| glob(rest, text.split_at(at).1))
        }
        Some('?') => {
            let mut text = text.chars();
            text.next().is_some() && glob(letters.as_str(), text.as_str())
        }
        Some(letter) => text
            .strip_prefix(letter)
            .is_some_and(|text| glob(letters.as_str(), text)),
    }
}

/// Returns what a call asks for; nothing when it needs no permission.
fn requests(account: &SandboxAccount, call: &Call) -> Vec<Request> {
    let action = call.action();
    let place = |service: &str, resource: String| {
        let (partition, number) = (account.partition(), account.account());
        let region = &call.region;
        format!("arn:{partition}:{service}:{region}:{number}:{resource}")
    };
    let member = |name: &str| text(call, name);
    let filters_of = |name: String| place("logs", format!("log-group:{name}:log-stream:"));
    let alarm = |name: &str| place("cloudwatch", format!("alarm:{name}"));
    let request = |resource: String| Request {
        action: action.clone(),
        resource,
        context: BTreeMap::new(),
    };
    match action.as_str() {
        // "No permissions are required to perform this operation" (STS API reference).
        "sts:GetCallerIdentity" => Vec::new(),
        "cloudtrail:DescribeTrails"
        | "cloudtrail:LookupEvents"
        | "cloudwatch:DescribeAlarms"
        | "sns:Unsubscribe" => {
            vec![request("*".to_owned())]
        }
        "cloudtrail:GetTrailStatus" => vec![request(member("Name"))],
        "cloudtrail:GetEventSelectors" => vec![request(member("TrailName"))],
        "cloudwatch:ListTagsForResource" => vec![request(member("ResourceARN"))],
        "cloudwatch:DisableAlarmActions"
        | "cloudwatch:EnableAlarmActions"
        | "cloudwatch:DeleteAlarms" => list(call, "AlarmNames")
            .iter()
            .map(|name| request(alarm(name)))
            .collect(),
        "cloudwatch:SetAlarmState" | "cloudwatch:DescribeAlarmHistory" => {
            vec![request(alarm(&member("AlarmName")))]
        }
        "cloudwatch:PutMetricAlarm" => put_alarm(call, request(alarm(&member("AlarmName")))),
        "kms:DescribeKey" | "kms:GetKeyPolicy" => {
            vec![key(account, request(member("KeyId")))]
        }
        "logs:DescribeLogGroups" => vec![request(filters_of(String::new()))],
        "logs:DescribeMetricFilters"
        | "logs:PutMetricFilter"
        | "logs:DeleteMetricFilter"
        | "logs:FilterLogEvents" => {
            vec![request(filters_of(member("logGroupName")))]
        }
        "sns:CreateTopic" => with_tags(call, "sns", request(place("sns", member("Name")))),
        "sns:ListTagsForResource" => vec![request(member("ResourceArn"))],
        "sns:Subscribe" => vec![subscribe(call, request(member("TopicArn")))],
        "sns:GetTopicAttributes"
        | "sns:ListSubscriptionsByTopic"
        | "sns:SetTopicAttributes"
        | "sns:DeleteTopic" => vec![request(member("TopicArn"))],
        _ => vec![request(format!("unknown to the tests: {action}"))],
    }
}

fn subscribe(call: &Call, request: Request) -> Request {
    let context = [
        ("sns:Protocol", vec![text(call, "Protocol")]),
        ("sns:Endpoint", vec![text(call, "Endpoint")]),
    ];
    Request {
        context: context.into_iter().collect(),
        ..request
    }
}

fn put_alarm(call: &Call, put: Request) -> Vec<Request> {
    let lists = ["AlarmActions", "OKActions", "InsufficientDataActions"];
    let actions: Vec<String> = lists
        .into_iter()
        .flat_map(|name| list(call, name))
        .collect();
    let mut requests = with_tags(call, "cloudwatch", put);
    for request in &mut requests {
        if request.action == "cloudwatch:PutMetricAlarm" {
            request
                .context
                .insert("cloudwatch:AlarmActions", actions.clone());
        }
    }
    requests
}

/// Tags that come with a resource need the right to tag it too.
fn with_tags(call: &Call, service: &str, request: Request) -> Vec<Request> {
    let has_tags = matches!(call.members.get("Tags"), Some(Shape::List(tags)) if !tags.is_empty());
    let tag = has_tags.then(|| Request {
        action: format!("{service}:TagResource"),
        ..request.clone()
    });
    [request].into_iter().chain(tag).collect()
}

/// A key is named by its ARN to IAM, whatever the call says, and its aliases are part of the context.
fn key(account: &SandboxAccount, request: Request) -> Request {
    let named = &request.resource;
    let held = account.keys().values().find(|held| {
        let id = held.key.arn.rsplit('/').next();
        held.key.arn == *named || id == Some(named) || held.aliases.contains(named)
    });
    match held {
        Some(held) => Request {
            resource: held.key.arn.clone(),
            context: [(
                "kms:ResourceAliases",
                held.aliases.iter().cloned().collect(),
            )]
            .into(),
            ..request
        },
        None => request,
    }
}

fn text(call: &Call, name: &str) -> String {
    match call.members.get(name) {
        Some(Shape::Text(text)) => text.clone(),
        other => panic!("{}: `{name}` is {other:?}", call.action()),
    }
}

fn list(call: &Call, name: &str) -> Vec<String> {
    let Some(Shape::List(items)) = call.members.get(name) else {
        return Vec::new();
    };
    let texts = items.iter().filter_map(|item| match item {
        Shape::Text(text) => Some(text.clone()),
        _ => None,
    });
    texts.collect()
}

#[test]
fn patterns_of_resources_and_values() {
    for (pattern, text, fits) in [
        ("*", "", true),
        ("arn:*:x", "arn:a:b:x", true),
        ("arn:*:x", "arn:a:b:y", false),
        ("a?c", "abc", true),
        ("a?c", "ac", false),
        ("a${*}c", "a*c", true),
        ("a${*}c", "abc", false),
        ("a${?}*", "a?secret", true),
        ("a${$}", "a$", true),
    ] {
        assert_eq!(glob(pattern, text), fits, "{pattern} {text}");
    }
}
