//! The built program against MiniStack, seeded and read back by boto3: what is planned is what another client finds.
//!
//! Where MiniStack is known to differ from AWS, a comment says so where it is allowed for: it confirms mail by
//! itself, so nothing waits for anybody, and `CreateTrail` loses the log group, so the seed sets it again.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::program::{FEW, Program, SUBSCRIPTION};
use super::stage::{normal, requests};
use super::states::{ALARM, Breakage, FILTER, Reach, STATES, gaps};
use crate::support::ministack::{ACCOUNT, MiniStack};

const HOME: &str = "eu-central-1";
const GROUP: &str = "CloudTrail/DefaultLogGroup";
/// Somebody else's filters: one for all changes of VPCs in another spelling, and one for a change of ACLs by one user.
const VPC: &str = "{$.eventName=EnableVpcClassicLink||$.eventName=DisableVpcClassicLink||$.eventName=DetachClassicLinkVpc||$.eventName=AttachClassicLinkVpc||$.eventName=RejectVpcPeeringConnection||$.eventName=DeleteVpcPeeringConnection||$.eventName=CreateVpcPeeringConnection||$.eventName=AcceptVpcPeeringConnection||$.eventName=ModifyVpcAttribute||$.eventName=DeleteVpc||$.eventName=CreateVpc}";
const NARROW: &str = "{ $.eventName = CreateNetworkAcl && $.userIdentity.userName = \"alice\" }";

/// Returns the program before MiniStack, which takes an access key of twelve digits for the account.
fn program(ministack: &MiniStack, settings: &str) -> Program {
    Program::new()
        .on(&ministack.url())
        .set("AWS_ACCESS_KEY_ID", ACCOUNT)
        .settings(settings)
}

fn arn(service: &str, rest: &str) -> String {
    format!("arn:aws:{service}:{HOME}:{ACCOUNT}:{rest}")
}

/// Makes an account as one finds them: three trails, and filters, alarms and a topic of others.
fn seed(ministack: &MiniStack) {
    ministack.add_trail(HOME);
    let management = json!({"ReadWriteType": "All", "IncludeManagementEvents": true});
    let field = |name: &str, value: &str| json!({"Field": name, "Equals": [value]});
    let objects = json!({"Name": "objects", "FieldSelectors": [field("eventCategory", "Data"), field("resources.type", "AWS::S3::Object")]});
    let local = arn("logs", "log-group:local-events:*");
    let role = format!("arn:aws:iam::{ACCOUNT}:role/trail");
    let trails = json!([
        ["cloudtrail", "put_event_selectors", {"TrailName": "management-events", "EventSelectors": [management]}],
        ["cloudtrail", "create_trail", {"Name": "objects", "S3BucketName": "trail", "IsMultiRegionTrail": true}],
        ["cloudtrail", "put_event_selectors", {"TrailName": "objects", "AdvancedEventSelectors": [objects]}],
        ["cloudtrail", "start_logging", {"Name": "objects"}],
        ["logs", "create_log_group", {"logGroupName": "local-events"}],
        ["cloudtrail", "create_trail", {"Name": "local-events", "S3BucketName": "trail", "IsMultiRegionTrail": false}],
        ["cloudtrail", "update_trail", {"Name": "local-events", "CloudWatchLogsLogGroupArn": local, "CloudWatchLogsRoleArn": role}],
        ["cloudtrail", "start_logging", {"Name": "local-events"}],
    ]);
    ministack.make(HOME, &trails);
    let filter = |name: &str, pattern: &str| {
        let metric = json!({"metricName": name, "metricNamespace": "Security", "metricValue": "1"});
        json!(["logs", "put_metric_filter", {"logGroupName": GROUP, "filterName": name, "filterPattern": pattern, "metricTransformations": [metric]}])
    };
    let alarm = |name: &str, namespace: &str, metric: &str| {
        json!(["cloudwatch", "put_metric_alarm", {"AlarmName": name, "Namespace": namespace, "MetricName": metric,
            "Statistic": "Sum", "Period": 300, "EvaluationPeriods": 1, "Threshold": 1.0,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold", "AlarmActions": [arn("sns", "operations")],
            "Tags": [{"Key": "team", "Value": "operations"}]}])
    };
    let mut others = vec![
        json!(["sns", "create_topic", {"Name": "operations"}]),
        json!(["sns", "subscribe", {"TopicArn": arn("sns", "operations"), "Protocol": "email", "Endpoint": "operations@example.com"}]),
        filter("vpc", VPC),
        alarm("vpc", "Security", "vpc"),
        // Names that cis-fix would give.
        filter("nacl_changes_metric", NARROW),
        alarm("root_usage_alarm", "AWS/EC2", "CPUUtilization"),
        json!(["cloudwatch", "put_composite_alarm", {"AlarmName": "route_table_changes_alarm", "AlarmRule": "ALARM(\"vpc\")"}]),
    ];
    others.extend((0..8).map(|index| {
        filter(
            &format!("application {index:02}"),
            "{ $.level = \"ERROR\" }",
        )
    }));
    others.extend((0..20).map(|index| {
        alarm(
            &format!("application {index:02}"),
            "AWS/EC2",
            "CPUUtilization",
        )
    }));
    ministack.make(HOME, &Value::Array(others));
}

/// Returns all that boto3 sees of the kinds of things that cis-fix writes.
fn seen(ministack: &MiniStack) -> Vec<Value> {
    let answers = ministack.make(
        HOME,
        &json!([
            ["logs", "describe_metric_filters", {"logGroupName": GROUP}],
            ["cloudwatch", "describe_alarms", {"AlarmTypes": ["MetricAlarm", "CompositeAlarm"], "MaxRecords": 100}],
            ["sns", "list_topics", {}],
            ["sns", "list_subscriptions", {}],
        ]),
    );
    let lists = [
        (0, "metricFilters"),
        (1, "MetricAlarms"),
        (1, "CompositeAlarms"),
        (2, "Topics"),
        (3, "Subscriptions"),
    ];
    for answer in &answers {
        let more = answer.get("nextToken").or(answer.get("NextToken"));
        assert_eq!(more, None, "one page of each is enough here");
    }
    lists
        .into_iter()
        .flat_map(|(index, list)| answers[index][list].as_array().unwrap().clone())
        .collect()
}

/// Returns whether everything in `wanted` is in `found`, which may say more.
fn is_part(wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => wanted
            .iter()
            .all(|(name, value)| found.get(name).is_some_and(|found| is_part(value, found))),
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len()
                && wanted
                    .iter()
                    .zip(found)
                    .all(|(wanted, found)| is_part(wanted, found))
        }
        (wanted, found) => wanted == found,
    }
}

/// Returns what boto3 must find of a write, and the tags that it must find on what.
fn expected((action, mut request): (String, Value)) -> (Value, Option<(Value, Value)>) {
    let members = request.as_object_mut().unwrap();
    let tags = members.remove("Tags");
    match action.as_str() {
        "sns:CreateTopic" => {
            let topic = arn("sns", members["Name"].as_str().unwrap());
            let ask = json!(["sns", "list_tags_for_resource", {"ResourceArn": topic}]);
            (json!({"TopicArn": topic}), Some((ask, tags.unwrap())))
        }
        "cloudwatch:PutMetricAlarm" => {
            let alarm = arn(
                "cloudwatch",
                &format!("alarm:{}", members["AlarmName"].as_str().unwrap()),
            );
            let ask = json!(["cloudwatch", "list_tags_for_resource", {"ResourceARN": alarm}]);
            (request, Some((ask, tags.unwrap())))
        }
        _ => (request, None),
    }
}

/// Finds all that was planned, with its tags, in what boto3 sees.
fn assert_made(ministack: &MiniStack, planned: BTreeMap<String, (String, Value)>, after: &[Value]) {
    let (mut asks, mut tags) = (Vec::new(), Vec::new());
    for (step, request) in planned {
        let (wanted, tagged) = expected(request);
        let is_found = after
            .iter()
            .any(|found| is_part(&wanted, &normal(found.clone())));
        assert!(is_found, "{step}: {wanted:#}");
        if let Some((ask, wanted)) = tagged {
            asks.push(ask);
            tags.push(wanted);
        }
    }
    let answers = ministack.make(HOME, &Value::Array(asks));
    let found = answers.iter().map(|answer| answer["Tags"].clone());
    assert_eq!(found.collect::<Vec<_>>(), tags);
}

#[test]
fn an_account_that_others_live_in_comes_to_order_as_planned() {
    let ministack = MiniStack::start();
    seed(&ministack);
    // The program begins in us-east-1 and follows the trail to its home.
    let program = program(&ministack, SUBSCRIPTION);
    let before = seen(&ministack);
    assert_eq!(program.json(&["check"]).0, 2);
    let (status, plan) = program.json(&["plan"]);
    assert_eq!((status, &plan["region"]), (0, &json!(HOME)));
    assert_eq!(plan["blocked"], json!([]));
    assert_eq!(seen(&ministack), before, "a plan writes nothing");
    let adopted: Vec<_> = plan["adopted"]
        .as_array()
        .unwrap()
        .iter()
        .map(|adopted| &adopted["resource"])
        .collect();
    assert_eq!(adopted, ["vpc", "vpc"], "filter and alarm");

    let (status, applied) = program.json(&["apply", "--yes", "--no-pacing"]);
    let planned = requests(&plan);
    assert_eq!(
        (status, applied["done"].as_array().unwrap().len()),
        (0, planned.len())
    );
    let after = seen(&ministack);
    for foreign in &before {
        assert!(after.contains(foreign), "{foreign} was changed or lost");
    }
    assert_eq!(
        after.len(),
        before.len() + planned.len(),
        "nothing but what was planned"
    );
    assert_made(&ministack, planned, &after);

    let (status, plan) = program.json(&["plan", "--detailed-exitcode"]);
    assert_eq!((status, &plan["steps"]), (0, &json!([])));
    let (status, applied) = program.json(&["apply", "--yes", "--no-pacing"]);
    assert_eq!((status, &applied["done"]), (0, &json!([])));
    assert_eq!(seen(&ministack), after, "a second apply writes nothing");
    // MiniStack has confirmed the mail by itself.
    assert_eq!(program.json(&["check"]).0, 0);

    // What a composite alarm of somebody else calls is not known, so the topic goes only when it is named.
    let undo = ["undo", "--yes", "--no-pacing", "--topic", "cis-alarms"];
    let (status, undone) = program.json(&undo);
    assert_eq!((status, &undone["left"]), (0, &json!([])), "{undone:#}");
    assert_eq!(
        seen(&ministack),
        before,
        "all that was made is gone, and nothing else"
    );
}

/// What the program makes for the control that is broken, as the API names it.
struct Made {
    filter: Value,
    alarm: Value,
}

impl Made {
    /// Returns it as the plan of a fresh account shows it.
    fn by(plan: &Value) -> Self {
        let steps = plan["steps"].as_array().unwrap();
        let request = |id: String| {
            let step = steps.iter().find(|step| step["id"] == id);
            step.unwrap()["request"].clone()
        };
        Self {
            filter: request(format!("filter/{FILTER}")),
            alarm: request(format!("alarm/{ALARM}")),
        }
    }

    /// Returns the call that breaks it. None when MiniStack cannot hold the state.
    fn broken(&self, breakage: Breakage) -> Option<Value> {
        let alarm = |member: &str, value: Value| {
            let mut alarm = self.alarm.clone();
            alarm[member] = value;
            json!(["cloudwatch", "put_metric_alarm", alarm])
        };
        Some(match breakage {
            Breakage::TrailStopped => {
                json!(["cloudtrail", "stop_logging", {"Name": "management-events"}])
            }
            Breakage::AlarmInNamespace(other) => alarm("Namespace", json!(other)),
            Breakage::AlarmWithoutAction => alarm("AlarmActions", json!([])),
            Breakage::ActionsDisabled => alarm("ActionsEnabled", json!(false)),
            Breakage::Threshold(threshold) => alarm("Threshold", json!(threshold)),
            // MiniStack confirms mail by itself, and lists no subscription as pending.
            Breakage::SubscriptionPending => return None,
            Breakage::Pattern(change) => {
                let mut filter = self.filter.clone();
                filter["filterPattern"] = json!(change(filter["filterPattern"].as_str().unwrap()));
                json!(["logs", "put_metric_filter", filter])
            }
        })
    }
}

#[test]
fn the_states_that_it_can_hold_are_told_by_their_codes_and_mended() {
    let ministack = MiniStack::start();
    ministack.add_trail(HOME);
    let program = program(&ministack, FEW);
    let made = Made::by(&program.json(&["plan"]).1);
    let apply = || program.json(&["apply", "--yes", "--no-pacing"]);
    assert_eq!(apply().0, 0);
    let order = seen(&ministack);
    let mut held = 0;
    for state in STATES {
        let Some(call) = made.broken(state.breakage) else {
            continue;
        };
        ministack.make(HOME, &json!([call]));
        held += 1;
        let (status, check) = program.json(&["check"]);
        assert_eq!(
            (status, gaps(&check)),
            (2, state.expected(&check)),
            "{}",
            state.name
        );
        assert_eq!(apply().0, 0, "{}", state.name);
        if state.reach == Reach::All {
            ministack.make(
                HOME,
                &json!([["cloudtrail", "start_logging", {"Name": "management-events"}]]),
            );
        }
        let (status, check) = program.json(&["check"]);
        assert_eq!(
            (status, gaps(&check)),
            (0, BTreeSet::new()),
            "{}",
            state.name
        );
    }
    assert_eq!(held, STATES.len() - 1);
    let configured = |seen: Vec<Value>| -> Vec<_> { seen.into_iter().map(without_times).collect() };
    assert_eq!(configured(seen(&ministack)), configured(order));
}

/// Returns a description without the times of its last changes.
fn without_times(mut described: Value) -> Value {
    let members = described.as_object_mut().unwrap();
    members.retain(|name, _| !name.ends_with("Timestamp") && name != "creationTime");
    described
}
