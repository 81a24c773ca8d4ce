//! Where calls go: to the home Region of the trail, and to nobody who need not be asked.

use cis_fix::model::{
    AccountId, BasicSelector, EventSelectors, LogGroup, LogGroupArn, LogGroupClass, LogGroupName,
    ReadWrite, Region, Trail, TrailArn, TrailStatus,
};
use cis_fix::sandbox::{SandboxAccount, Scene};
use serde_json::Value;

use super::stage::{FEW_STEPS, Stage, WRITES};

const HOME: &str = "us-east-1";
const ELSEWHERE: &str = "ap-southeast-2";

/// Runs a command that begins elsewhere than at the trail's home.
fn elsewhere(stage: &Stage, arguments: &[&str]) -> (i32, Value) {
    stage.json(&[arguments, &["--region", ELSEWHERE]].concat())
}

/// Returns the actions that were called in a Region, each once, in the order of the alphabet.
fn called_in(stage: &Stage, region: &str) -> Vec<String> {
    let calls = stage.fake.calls().into_iter();
    let mut actions: Vec<_> = calls
        .filter(|call| call.region.as_str() == region)
        .map(|call| call.action())
        .collect();
    actions.sort();
    actions.dedup();
    actions
}

/// Brings the account to order from elsewhere and makes sure that only its home is worked on.
fn is_followed_home(account: SandboxAccount) {
    let stage = Stage::with(account).few();
    let (status, plan) = elsewhere(&stage, &["plan"]);
    assert_eq!((status, &plan["region"]), (0, &Value::from(HOME)));
    let (status, applied) = elsewhere(&stage, &["apply", "--yes", "--no-pacing"]);
    assert_eq!((status, &applied["region"]), (0, &Value::from(HOME)));
    assert_eq!(applied["done"].as_array().unwrap().len(), FEW_STEPS);
    let at_home = called_in(&stage, HOME);
    for write in WRITES
        .iter()
        .filter(|write| **write != "sns:SetTopicAttributes")
    {
        assert!(
            at_home.iter().any(|action| action == write),
            "{write}: {at_home:?}"
        );
    }
    assert_eq!(
        called_in(&stage, ELSEWHERE),
        ["cloudtrail:DescribeTrails", "sts:GetCallerIdentity"]
    );
    let from_home = stage.json(&["plan"]);
    let (_, from_elsewhere) = elsewhere(&stage, &["plan"]);
    assert_eq!(from_home.1, from_elsewhere);
    assert_eq!(from_elsewhere["steps"].as_array().unwrap().len(), 0);
}

#[test]
fn the_trail_is_followed_to_its_home() {
    is_followed_home(Scene::Fresh.account());
}

#[test]
fn a_copy_of_a_trail_of_all_regions_goes_before_a_trail_of_this_region() {
    let mut account = Scene::Fresh.account();
    let region = Region::parse(ELSEWHERE).unwrap();
    let group = LogGroupArn {
        partition: account.partition().clone(),
        region: region.clone(),
        account: account.account().clone(),
        name: LogGroupName::parse("local-events").unwrap(),
    };
    account.add_log_group(LogGroup {
        arn: group.clone(),
        class: LogGroupClass::Standard,
    });
    let local = Trail {
        arn: TrailArn {
            partition: account.partition().clone(),
            region: region.clone(),
            account: account.account().clone(),
            name: "local-events".to_owned(),
        },
        home_region: region,
        is_multi_region: false,
        is_organization: false,
        includes_global_services: true,
        log_group: Some(group),
    };
    account.add_trail(local, LOGGING, everything());
    is_followed_home(account);
}

const LOGGING: TrailStatus = TrailStatus {
    is_logging: true,
    delivery_error: None,
};

fn everything() -> EventSelectors {
    EventSelectors::Basic(vec![BasicSelector {
        read_write: ReadWrite::All,
        includes_management_events: true,
        excluded_sources: [].into(),
    }])
}

#[test]
fn a_member_of_an_organization_costs_two_calls() {
    let stage = Stage::scene(Scene::Member).few();
    for arguments in [&["check"][..], &["plan"], &["apply", "--yes"]] {
        let (status, document) = stage.json(arguments);
        assert_eq!(status, 0, "{document}");
        assert_eq!(
            stage.fake.counts().into_iter().collect::<Vec<_>>(),
            [
                ("cloudtrail:DescribeTrails".to_owned(), 1),
                ("sts:GetCallerIdentity".to_owned(), 1)
            ]
        );
    }
    let (_, check) = stage.json(&["check"]);
    for control in check["controls"].as_array().unwrap() {
        assert_eq!(control["verdict"], "inherited");
        let detail = control["links"][0]["detail"].as_str().unwrap();
        assert!(
            detail.contains("210987654321") && detail.contains(HOME),
            "{detail}"
        );
    }
}

#[test]
fn a_delegated_administrator_works_on_its_own_log_group_of_the_organization_s_trail() {
    let mut account = Scene::Fresh.account();
    let own = account.trails().keys().next().unwrap().clone();
    let held = account.remove_trail(&own).unwrap();
    let trail = Trail {
        arn: TrailArn {
            account: AccountId::parse("210987654321").unwrap(),
            ..own
        },
        is_organization: true,
        ..held.trail
    };
    account.add_trail(trail.clone(), LOGGING, everything());
    let stage = Stage::with(account).few();
    let (status, applied) = stage.apply();
    assert_eq!(
        (status, applied["done"].as_array().unwrap().len()),
        (0, FEW_STEPS)
    );
    let asked = stage.fake.calls().into_iter();
    let mut asked = asked.filter(|call| call.action() == "cloudtrail:GetTrailStatus");
    let name = asked.next().unwrap().members["Name"].clone();
    assert_eq!(name, crate::support::wire::Shape::text(&trail.arn));
}
