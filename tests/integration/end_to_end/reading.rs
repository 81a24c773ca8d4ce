//! What promises to change nothing sends nothing but readings, whatever state the account is in.

use cis_fix::sandbox::{SandboxAccount, Scene};

use super::stage::{Stage, converged};
use super::writes::order;
use crate::support::fake::{Ambush, Fault, Prey};

/// The commands that may look at an account and must not touch it.
const READING: [&[&str]; 13] = [
    &["check"],
    &["forecast"],
    &["plan"],
    &["plan", "--out", "saved.plan"],
    &["snapshot", "--out", "account.json"],
    &["policy", "check"],
    &["policy", "plan"],
    &["policy", "apply"],
    &["policy", "backtest"],
    &["backtest", "--live", "--no-pacing"],
    &["backtest", "--history", "--no-pacing"],
    &["policy", "undo"],
    &["policy", "drill"],
];

fn accounts() -> Vec<SandboxAccount> {
    let scenes = [Scene::Fresh, Scene::Broken, Scene::Messy, Scene::Member];
    let mut accounts: Vec<_> = scenes.into_iter().map(Scene::account).collect();
    accounts.push(converged());
    accounts
}

#[test]
fn commands_that_promise_to_change_nothing_send_readings_alone() {
    let mut calls = 0;
    for account in accounts() {
        for command in READING {
            let stage = Stage::with(account.clone());
            let run = stage.run(command);
            // Where no log group is to be found there is no policy, and nothing to ask.
            let needs_one = command[0] == "policy" || command.contains(&"--live");
            let is_answer = [0, 2, 5].contains(&run.status) || (needs_one && run.status == 1);
            assert!(is_answer, "{command:?}: {run:?}");
            for call in stage.fake.calls() {
                assert!(call.is_reading(), "{command:?}: {}", call.action());
                calls += 1;
            }
            assert_eq!(stage.fake.account(), account, "{command:?}");
        }
    }
    println!("{calls} calls, all of them readings");
}

#[test]
fn credentials_that_are_lost_in_the_middle_are_a_part_of_the_work_not_a_failure_of_all() {
    let stage = Stage::scene(Scene::Fresh).few();
    stage.fake.ambush(Ambush {
        on: Prey::FromWriteOn,
        after: 2,
        times: usize::MAX,
        fault: Fault::Refuse(403, "ExpiredToken"),
    });
    let run = stage.run(&["apply", "--yes", "--no-pacing"]);
    assert_eq!(run.status, 3, "{run:?}");
    assert!(run.stdout.contains(" done, "), "{run:?}");
    assert!(run.stderr.contains("credentials refused (`"), "{run:?}");
    stage.fake.relent();
    let (status, _) = stage.apply();
    assert_eq!(status, 0);
    assert_eq!(stage.fake.account(), order());
}
