//! The policies that are printed: each command does its work under exactly its own, and uses all of it.

use std::collections::BTreeSet;

use cis_fix::model::{ActionsSwitch, Key, KeyManager};
use cis_fix::permissions::LARGEST_POLICY;
use cis_fix::render::json::schema;
use cis_fix::sandbox::{SandboxAccount, Scene, format};
use serde_json::Value;

use super::life::{EVERYTHING, everything_is_due, topic_is_due};
use super::program::{FEW, Program, SUBSCRIPTION};
use super::stage::{Stage, satisfying};
use super::undo::drifted;
use crate::support::iam::Policy;

/// Returns a policy that was printed, which must be one to IAM.
fn printed(program: &Program, arguments: &[&str]) -> Value {
    let run = program.run(&[&["policy"], arguments].concat());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{run:?}");
    let policy: Value = serde_json::from_str(&run.stdout).unwrap();
    let rules: Value = serde_json::from_str(schema("policy/v1").unwrap()).unwrap();
    let validator = jsonschema::draft202012::new(&rules).unwrap();
    let errors: Vec<_> = validator.iter_errors(&policy).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let sids: BTreeSet<_> = statements(&policy)
        .iter()
        .map(|statement| statement["Sid"].as_str().unwrap())
        .collect();
    assert_eq!(sids.len(), statements(&policy).len(), "names are unique");
    let counted = policy
        .to_string()
        .chars()
        .filter(|c| !c.is_whitespace())
        .count();
    assert!(counted <= LARGEST_POLICY, "{counted}");
    policy
}

fn statements(policy: &Value) -> &[Value] {
    policy["Statement"].as_array().unwrap()
}

/// A broken account with an encrypted topic whose key is known by its alias.
fn encrypted() -> SandboxAccount {
    let mut account = everything_is_due();
    let key = Key {
        arn: format!(
            "arn:aws:kms:us-east-1:{}:key/11111111-2222-3333-4444-555555555555",
            account.account()
        ),
        manager: KeyManager::Customer,
        enabled: true,
        policy: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Resource":"*"}]}"#.to_owned(),
    };
    account.add_key(key, ["alias/ours".to_owned()].into());
    account
}

/// An account in which the alarms were muted by hand.
fn muted() -> SandboxAccount {
    let mut account = satisfying(FEW);
    let region = account.region().clone();
    let names: Vec<String> = account.alarms()[&region].keys().cloned().collect();
    for name in names {
        let alarm = account.alarm_arn(&region, &name);
        account
            .switch_alarm_actions(&alarm, ActionsSwitch::Disabled)
            .unwrap();
    }
    account
}

/// The accounts in which the commands are tried, with their settings.
fn accounts() -> Vec<(&'static str, SandboxAccount, &'static str)> {
    vec![
        ("fresh", Scene::Fresh.account(), FEW),
        ("messy", Scene::Messy.account(), FEW),
        ("broken", Scene::Broken.account(), FEW),
        ("everything", everything_is_due(), EVERYTHING),
        ("encrypted", encrypted(), EVERYTHING),
        ("no topic", topic_is_due(), EVERYTHING),
        ("converged", satisfying(FEW), FEW),
        ("muted", muted(), FEW),
    ]
}

/// What a command does there when everything is allowed, and under its own policy alone.
struct Trial {
    free: (i32, String, String),
    bound: (i32, String, String),
    policy: Policy,
}

fn trial(command: &[&str], account: &SandboxAccount, settings: &str) -> Trial {
    let run = |policy: Option<Policy>| {
        let stage = Stage::with(account.clone()).settings(settings);
        if let Some(policy) = policy {
            stage.fake.guard(policy);
        }
        let run = stage.run(command);
        let policy = stage.fake.unguard();
        let account = format::to_text(&stage.fake.account());
        ((run.status, run.stdout, account), policy)
    };
    let stage = Stage::with(account.clone()).settings(settings);
    let policy = printed(&stage.program, &[command[0]]);
    let (bound, policy) = run(Some(Policy::new(policy)));
    Trial {
        free: run(None).0,
        bound,
        policy: policy.unwrap(),
    }
}

/// Tries a command in every account and returns what its policies allow, and what of it was used anywhere.
fn tried(command: &[&str]) -> [BTreeSet<(String, String)>; 2] {
    let (mut allowed, mut used) = (BTreeSet::new(), BTreeSet::new());
    let is_of_alarms = ["mute", "unmute", "drill"].contains(&command[0]);
    // What these do is the same however much else is wrong.
    let enough = ["fresh", "everything", "converged", "muted"];
    let accounts = accounts().into_iter();
    for (name, account, settings) in
        accounts.filter(|(name, _, _)| !is_of_alarms || enough.contains(name))
    {
        let trial = trial(command, &account, settings);
        assert_eq!(trial.bound, trial.free, "{command:?} in {name}");
        allowed.extend(trial.policy.actions());
        used.extend(trial.policy.used());
    }
    [allowed, used]
}

#[test]
fn each_command_does_all_of_its_work_under_its_policy_and_uses_every_action() {
    for command in [
        &["check"][..],
        &["plan"],
        &[
            "apply",
            "--yes",
            "--no-pacing",
            "--journal",
            "journal.jsonl",
        ],
        &["mute", "--yes", "--journal", "journal.jsonl"],
        &["unmute", "--yes", "--journal", "journal.jsonl"],
        &[
            "drill",
            "--yes",
            "--no-pacing",
            "--timeout",
            "1",
            "--journal",
            "journal.jsonl",
        ],
    ] {
        let [allowed, used] = tried(command);
        assert_eq!(used, allowed, "{command:?}");
    }
}

/// Takes back what was applied to an account, and returns how that ended and what is left.
fn taken_back(stage: &Stage) -> (i32, String, String) {
    let run = stage.run(&[
        "undo",
        "apply.jsonl",
        "--yes",
        "--no-pacing",
        "--journal",
        "undo.jsonl",
    ]);
    (
        run.status,
        run.stdout,
        format::to_text(&stage.fake.account()),
    )
}

#[test]
fn an_undo_does_all_of_its_work_under_its_policy_and_uses_every_action() {
    let (mut allowed, mut used) = (BTreeSet::new(), BTreeSet::new());
    let mut actions = BTreeSet::new();
    // What drifted is put back, beside what is removed.
    let accounts = accounts().into_iter().chain([("drifted", drifted(), FEW)]);
    // To the others nothing is applied.
    for (name, account, settings) in accounts.filter(|(name, _, _)| *name != "converged") {
        let stage = Stage::with(account).settings(settings);
        let apply = ["apply", "--yes", "--no-pacing", "--journal", "apply.jsonl"];
        let run = stage.run(&apply);
        assert!([0, 3].contains(&run.status), "{name}: {run:?}");
        if stage.writes().is_empty() {
            continue;
        }
        let topics: Vec<_> = stage.fake.account().topics().keys().cloned().collect();
        for topic in &topics {
            stage.confirm(topic);
        }
        let journal = stage.program.get("apply.jsonl");
        let bound = Stage::with(stage.fake.account()).settings(settings);
        bound.program.put("apply.jsonl", &journal);
        let policy = printed(&bound.program, &["undo"]);
        bound.fake.guard(Policy::new(policy));
        let free = taken_back(&stage);
        assert_eq!(taken_back(&bound), free, "{name}");
        let writes = stage.fake.calls().into_iter();
        let writes = writes.filter(|call| !call.is_reading());
        actions.extend(writes.map(|call| call.action()));
        let policy = bound.fake.unguard().unwrap();
        allowed.extend(policy.actions());
        used.extend(policy.used());
    }
    assert_eq!(used, allowed);
    let all = [
        "cloudwatch:DeleteAlarms",
        "cloudwatch:PutMetricAlarm",
        "logs:DeleteMetricFilter",
        "logs:PutMetricFilter",
        "sns:DeleteTopic",
        "sns:SetTopicAttributes",
        "sns:Unsubscribe",
    ];
    assert_eq!(actions, all.map(str::to_owned).into());
}

#[test]
fn a_backtest_does_all_of_its_work_under_its_policy_whichever_source_it_asks() {
    let [allowed, from_log_group] = tried(&["backtest", "--live", "--no-pacing", "--list"]);
    let [_, from_history] = tried(&["backtest", "--history", "--no-pacing", "--list"]);
    let used: BTreeSet<_> = from_log_group.union(&from_history).cloned().collect();
    assert_eq!(used, allowed);
}

#[test]
fn what_the_policy_of_apply_lacks_is_refused() {
    let stage = Stage::scene(Scene::Fresh).few();
    let policy = printed(&stage.program, &["apply"]);
    for at in 0..statements(&policy).len() {
        let mut less = policy.clone();
        let gone = less["Statement"].as_array_mut().unwrap().remove(at);
        let stage = Stage::scene(Scene::Fresh).few();
        stage.fake.guard(Policy::new(less));
        let run = stage.run(&["apply", "--yes", "--no-pacing"]);
        let is_needed = gone["Sid"] != "ReadAlarmTags";
        assert_eq!(run.status != 0, is_needed, "{gone} {run:?}");
    }
}

#[test]
fn resources_are_exact_wherever_the_api_knows_some() {
    let stage = Stage::scene(Scene::Fresh);
    let policy = printed(&stage.program, &["apply"]);
    for statement in statements(&policy) {
        let resources = statement["Resource"].as_array().unwrap();
        let sid = statement["Sid"].as_str().unwrap();
        let open = ["ListTrails", "ListAlarms"].contains(&sid);
        let lists = ["ListLogGroups", "ReadAlarmTags"].contains(&sid);
        for resource in resources {
            let resource = resource.as_str().unwrap();
            assert_eq!(resource == "*", open, "{sid}: {resource}");
            let inner = resource.strip_suffix(":*").unwrap_or(resource);
            assert_eq!(inner.contains('*'), open, "{sid}: {resource}");
            let ends = resource.ends_with(":*");
            let is_filter = sid.ends_with("Filters");
            assert_eq!(ends, lists || is_filter, "{sid}: {resource}");
        }
    }
}

#[test]
fn no_policy_shows_the_secret_of_a_web_endpoint() {
    let stage = Stage::with(everything_is_due()).settings(EVERYTHING);
    for command in [
        "check", "plan", "apply", "undo", "mute", "unmute", "drill", "backtest",
    ] {
        let policy = printed(&stage.program, &[command]).to_string();
        assert!(!policy.contains("SECRET"), "{policy}");
        assert_eq!(
            policy.contains("https://hooks.example.com/*"),
            command == "apply"
        );
    }
}

#[test]
fn without_a_look_at_the_account_nobody_is_asked() {
    let account = Scene::Fresh.account();
    let group = super::stage::log_group(&account);
    let name = group.name.to_string();
    let number = account.account().to_string();
    let arn = group.to_string();
    let by_arn = ["--log-group", &arn];
    let by_name = [
        "--log-group",
        &name,
        "--account",
        &number,
        "--region",
        "us-east-1",
    ];
    for command in [
        "check", "plan", "apply", "undo", "mute", "unmute", "drill", "backtest",
    ] {
        let program = Program::new().settings(SUBSCRIPTION);
        let offline = printed(&program, &[&[command][..], &by_arn].concat());
        assert_eq!(
            offline,
            printed(&program, &[&[command][..], &by_name].concat())
        );
        if ["check", "apply"].contains(&command) {
            let stage = Stage::with(account.clone());
            stage.fake.guard(Policy::new(offline));
            let run = stage.run(
                &[
                    &[command][..],
                    &["--yes", "--no-pacing"][..if command == "apply" { 2 } else { 0 }],
                ]
                .concat(),
            );
            assert!([0, 2].contains(&run.status), "{run:?}");
            assert!(!run.stdout.contains("unknown"), "{run:?}");
        }
    }
}

#[test]
fn a_place_that_is_not_whole_is_wrong_usage() {
    for arguments in [
        &["--log-group", "trail-logs"][..],
        &["--log-group", "trail-logs", "--account", "123456789012"],
        &["--account", "123456789012"],
        &["--log-group", "arn:aws:sns:us-east-1:123456789012:x"],
        &[
            "--log-group",
            "arn:aws:logs:us-east-1:123456789012:log-group:x",
            "--account",
            "210987654321",
        ],
        &[
            "--log-group",
            "a b",
            "--account",
            "123456789012",
            "--region",
            "us-east-1",
        ],
    ] {
        let run = Program::new().run(&[&["policy", "check"], arguments].concat());
        assert_eq!((run.status, run.stdout.as_str()), (64, ""), "{run:?}");
        assert!(run.stderr.starts_with("error: "), "{run:?}");
    }
}

#[test]
fn every_partition_has_its_own_arns() {
    let regions = [
        ("eu-central-1", "aws"),
        ("cn-north-1", "aws-cn"),
        ("us-gov-west-1", "aws-us-gov"),
        ("eusc-de-east-1", "aws-eusc"),
        ("us-isob-east-1", "aws-iso-b"),
    ];
    for (region, partition) in regions {
        let place = [
            "apply",
            "--log-group",
            "trail-logs",
            "--account",
            "123456789012",
            "--region",
            region,
        ];
        let policy = printed(&Program::new().settings(SUBSCRIPTION), &place);
        for statement in statements(&policy) {
            for resource in statement["Resource"].as_array().unwrap() {
                let resource = resource.as_str().unwrap();
                let begins = resource.starts_with(&format!("arn:{partition}:"));
                assert!(resource == "*" || begins, "{resource}");
            }
        }
    }
}
