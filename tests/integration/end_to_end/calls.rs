//! What a plan costs: calls by operation, and how many must wait for another. Printed, and held.

#![expect(clippy::print_stdout, reason = "figures for whoever wants to see them")]

use std::time::Duration;

use cis_fix::model::{Key, KeyManager, Topic};
use cis_fix::sandbox::unreadable::READ_ACTIONS;
use cis_fix::sandbox::{SandboxAccount, Scene, default_policy};

use super::stage::{Stage, converged, topic};

/// What one look at an account takes.
const ONE_LOOK: [(&str, usize); 9] = [
    ("cloudtrail:DescribeTrails", 1),
    ("cloudtrail:GetEventSelectors", 1),
    ("cloudtrail:GetTrailStatus", 1),
    ("cloudwatch:DescribeAlarms", 1),
    ("logs:DescribeLogGroups", 1),
    ("logs:DescribeMetricFilters", 1),
    ("sns:GetTopicAttributes", 1),
    ("sns:ListSubscriptionsByTopic", 1),
    ("sts:GetCallerIdentity", 1),
];

/// Long enough for calls that are sent together to be under way together on a busy machine.
const LATENCY: Duration = Duration::from_millis(100);

/// Makes sure that a plan takes these calls of an account, at this depth.
///
/// A call that is held up on its way looks as if it had waited for another, so the depth that is seen may
/// be too great and never too small: the least of some runs is nearest to the truth.
fn costs(case: &str, account: SandboxAccount, calls: &[(&str, usize)], depth: usize) {
    let stage = Stage::slow(account, LATENCY);
    let mut seen = usize::MAX;
    for _ in 0..3 {
        assert_eq!(stage.run(&["plan"]).status, 0, "{case}");
        assert_eq!(called(&stage), calls, "{case}");
        seen = seen.min(stage.fake.depth());
        if seen <= depth {
            break;
        }
    }
    println!("plan, {case}: depth {seen}, {calls:?}");
    assert_eq!(seen, depth, "{case}");
}

fn called(stage: &Stage) -> Vec<(&'static str, usize)> {
    let counts = stage.fake.counts().into_iter();
    counts
        .map(|(action, count)| (known(&action), count))
        .collect()
}

/// Returns a reading by its name; nothing else may be called.
fn known(action: &str) -> &'static str {
    let found = READ_ACTIONS.into_iter().find(|known| *known == action);
    found.unwrap_or_else(|| panic!("`{action}` is not a reading"))
}

#[test]
fn a_check_takes_the_calls_of_a_plan() {
    let stage = Stage::scene(Scene::Fresh);
    for command in ["check", "plan"] {
        stage.run(&[command]);
        assert_eq!(called(&stage), ONE_LOOK, "{command}");
    }
}

#[test]
fn a_converged_account_takes_nine_calls_in_two_rounds() {
    costs("converged", converged(), &ONE_LOOK, 2);
}

#[test]
fn a_fresh_account_takes_nine_calls_in_two_rounds() {
    costs("fresh", Scene::Fresh.account(), &ONE_LOOK, 2);
}

#[test]
fn a_messy_account_takes_another_round_for_its_topics_and_one_for_a_full_page() {
    let calls = [
        ("cloudtrail:DescribeTrails", 1),
        ("cloudtrail:GetEventSelectors", 1),
        ("cloudtrail:GetTrailStatus", 1),
        ("cloudwatch:DescribeAlarms", 1),
        ("cloudwatch:ListTagsForResource", 2),
        ("logs:DescribeLogGroups", 1),
        // 97 filters on pages of 50.
        ("logs:DescribeMetricFilters", 2),
        ("sns:GetTopicAttributes", 4),
        ("sns:ListSubscriptionsByTopic", 4),
        ("sts:GetCallerIdentity", 1),
    ];
    costs("messy", Scene::Messy.account(), &calls, 4);
}

#[test]
fn an_encrypted_topic_takes_its_key_and_the_key_s_policy_besides() {
    let mut account = converged();
    let arn = topic(&account);
    let key = Key {
        arn: format!("arn:aws:kms:us-east-1:{}:key/k", account.account()),
        manager: KeyManager::Customer,
        enabled: true,
        policy: r#"{"Statement":[{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":"kms:*","Resource":"*"}]}"#.to_owned(),
    };
    account.add_key(key, ["alias/ours".to_owned()].into());
    let tags = account.list_topic_tags(&arn).unwrap();
    let topic = Topic {
        policy: default_policy(&arn),
        kms_key: Some("alias/ours".to_owned()),
        arn,
    };
    account.add_topic(topic, tags);
    let mut calls = ONE_LOOK.to_vec();
    calls.extend([("kms:DescribeKey", 1), ("kms:GetKeyPolicy", 1)]);
    calls.sort_unstable();
    costs("encrypted", account, &calls, 4);
}
