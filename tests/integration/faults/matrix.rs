//! The matrix: every call of an `apply` and of an `undo` with every kind of fault.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use cis_fix::aws::Timeouts;
use cis_fix::cli::Exit;
use cis_fix::sandbox::{Sandbox, SandboxAccount};

use super::kinds::{KINDS, Kind, LONG_KINDS, OF_CONNECTIONS, Times, is_write};
use super::run::{BRIEF, Run, SHORT, Until, run_by, run_on};
use super::scenario::{Course, Scenario};
use super::truth::{
    assert_clear, assert_ended, assert_exit, assert_intended, assert_once, assert_true, mails,
};
use crate::properties::{assert_kept, foreign};
use crate::support::client;
use crate::support::fake::{Ambush, Fake, Fault, Prey};
use crate::support::server::Server;
use crate::support::wire::Call;
use crate::world::{judge, mend, run, undo_if_any, undone};

/// How the stand-in is reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// In this process.
    Process,
    /// Over sockets on loopback.
    Sockets,
}

impl Reach {
    fn run(self, fake: &Fake, scenario: &Scenario, target: &Target, kind: &Kind) -> Run {
        let timeouts = match (kind.is_slow, self) {
            (false, _) => Timeouts::default(),
            (true, Self::Process) => SHORT,
            (true, Self::Sockets) => BRIEF,
        };
        match self {
            Self::Process => run_on(fake, scenario, (timeouts, target.until)),
            Self::Sockets => {
                let server = Server::start(fake);
                let region = scenario.account.region();
                let account = client::over_sockets(&server.url(), "AKIDEXAMPLE", region, timeouts);
                run_by(&account, scenario, target.until)
            }
        }
    }
}

/// A call of a run, told from equal ones by how many of them came before.
#[derive(Debug, Clone)]
struct Target {
    call: Call,
    before: usize,
    /// How far the run must go for it.
    until: Until,
}

/// Returns the calls of a run in which nothing goes wrong.
fn targets(scenario: &Scenario) -> Vec<Target> {
    let fake = Fake::new(scenario.account.clone());
    let calm = run_on(&fake, scenario, (Timeouts::default(), Until::LookedAt));
    assert_eq!(calm.errors, Vec::<String>::new());
    assert_eq!(fake.account(), scenario.order);
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let calls = fake.calls();
    let last_write = calls.iter().rposition(is_write).unwrap();
    calls
        .into_iter()
        .enumerate()
        .map(|(at, call)| {
            let until = if at > last_write {
                Until::LookedAt
            } else {
                Until::Applied
            };
            let before = seen.entry(call.identity()).or_default();
            *before += 1;
            let before = *before - 1;
            Target {
                call,
                before,
                until,
            }
        })
        .collect()
}

/// Runs a case; returns how the command ends.
fn try_out(
    (scenario, reach): (&Scenario, Reach),
    target: &Target,
    (kind, fault): (&Kind, Fault),
) -> Exit {
    let case = format!(
        "{}, {reach:?}: {} at {} #{}",
        scenario.name,
        kind.name,
        target.call.identity(),
        target.before
    );
    let fake = Fake::new(scenario.account.clone());
    let identity = target.call.identity();
    fake.ambush(Ambush {
        on: match kind.times {
            Times::FromOn => Prey::FromOn(identity),
            Times::Often(_) | Times::ForEver => Prey::Like(identity),
        },
        after: target.before,
        times: match kind.times {
            Times::Often(times) => times,
            Times::ForEver | Times::FromOn => usize::MAX,
        },
        fault,
    });
    let run = reach.run(&fake, scenario, target, kind);
    assert_clear(&run.errors, &case);
    assert_intended(&run.journal, &fake, &case);
    assert_true(&run.journal, &fake, &case);
    let end = (kind.end)(&target.call);
    assert_ended(&run, &target.call, end, &case);
    assert_exit(&run, &fake, &target.call, end, &case);
    assert_once(&fake, kind, &case);
    assert_kept(&foreign(&scenario.account), &fake.account());
    let before = fake.account();
    match &scenario.course {
        Course::Apply => assert_the_next_apply_converges(&before, scenario, kind, &case),
        Course::Undo(history) => {
            let sandbox = Sandbox::new(before);
            let left_over = undo_if_any(&sandbox, history);
            assert_eq!(left_over, Vec::<String>::new(), "{case}");
            // What is applied to it then is what was applied before.
            assert!(
                sandbox.into_account() == scenario.order,
                "{case}: the account is not as it was"
            );
        }
    }
    run.exit
}

fn assert_the_next_apply_converges(
    left: &SandboxAccount,
    scenario: &Scenario,
    kind: &Kind,
    case: &str,
) {
    let again = judge(left, &scenario.desired);
    let (whole, outcome) = mend(left, &again.plan);
    assert_eq!(undone(&outcome), Vec::<String>::new(), "{case}");
    if kind.name == "delivered twice" && mails(&whole) == 2 {
        // Somebody else sent the second mail.
        assert_eq!(
            judge(&whole, &scenario.desired).plan.steps,
            Vec::new(),
            "{case}"
        );
    } else {
        assert!(
            whole == scenario.order,
            "{case}: the account is not as it should be"
        );
    }
}

/// Tries out every call with every kind of fault, by some workers, and returns the number of cases.
fn matrix(scenario: &Scenario, kinds: &[&Kind], workers: usize) -> usize {
    let targets = targets(scenario);
    matrix_of((scenario, Reach::Process), (&targets, kinds), workers)
}

fn matrix_of(
    (scenario, reach): (&Scenario, Reach),
    (targets, kinds): (&[Target], &[&Kind]),
    workers: usize,
) -> usize {
    let mut cases = Vec::new();
    for kind in kinds {
        for target in targets {
            if let Some(fault) = (kind.fault)(&target.call) {
                cases.push((target, *kind, fault));
            }
        }
    }
    let next = AtomicUsize::new(0);
    let ends: Mutex<BTreeMap<&str, BTreeMap<u8, usize>>> = Mutex::default();
    let wrong: Mutex<Vec<String>> = Mutex::default();
    let work = || {
        while let Some((target, kind, fault)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            match catch_unwind(|| try_out((scenario, reach), target, (kind, fault.clone()))) {
                Ok(exit) => {
                    let mut ends = ends.lock().unwrap();
                    let statuses = ends.entry(kind.name).or_default();
                    *statuses.entry(exit.status()).or_default() += 1;
                }
                Err(said) => wrong.lock().unwrap().push(words(said.as_ref())),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(work);
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
    for (name, statuses) in ends.into_inner().unwrap() {
        println!(
            "{}, {reach:?}: {name}: by exit status {statuses:?}",
            scenario.name
        );
    }
    println!(
        "{}, {reach:?}: {} cases: {} calls, {} kinds of faults",
        scenario.name,
        cases.len(),
        targets.len(),
        kinds.len()
    );
    cases.len()
}

fn words(said: &(dyn Any + Send)) -> String {
    said.downcast_ref::<String>().cloned().unwrap_or_default()
}

fn kinds(is_slow: bool) -> Vec<&'static Kind> {
    let kinds = KINDS.iter().filter(|kind| kind.is_slow == is_slow);
    kinds.collect()
}

#[test]
fn every_call_of_a_first_apply_survives_every_fault() {
    assert!(matrix(&Scenario::fresh(), &kinds(false), 2) > 600);
}

#[test]
fn every_call_of_a_mending_apply_survives_every_fault() {
    assert!(matrix(&Scenario::worn(), &kinds(false), 2) > 600);
}

#[test]
fn every_call_of_an_undo_survives_every_fault() {
    for scenario in [Scenario::fresh_again(), Scenario::worn_again()] {
        assert!(matrix(&scenario, &kinds(false), 2) > 450);
    }
}

#[test]
fn every_call_of_an_undo_survives_silence() {
    for scenario in [Scenario::fresh_again(), Scenario::worn_again()] {
        matrix(&scenario, &kinds(true), 8);
        matrix(&scenario, &LONG_KINDS.each_ref(), 8);
    }
}

#[test]
fn every_write_survives_every_fault_of_a_connection() {
    let all = KINDS.iter().chain(&LONG_KINDS);
    let kinds: Vec<&Kind> = all
        .filter(|kind| OF_CONNECTIONS.contains(&kind.name))
        .collect();
    assert_eq!(kinds.len(), OF_CONNECTIONS.len());
    let mut cases = 0;
    for scenario in [
        Scenario::fresh(),
        Scenario::worn(),
        Scenario::fresh_again(),
        Scenario::worn_again(),
    ] {
        let mut writes = targets(&scenario);
        writes.retain(|target| is_write(&target.call));
        cases += matrix_of((&scenario, Reach::Sockets), (&writes, &kinds), 6);
    }
    println!("{cases} faults of connections");
    assert!(cases >= 150, "{cases}");
}

#[test]
fn what_was_taken_back_can_be_applied_again() {
    for scenario in [Scenario::fresh_again(), Scenario::worn_again()] {
        let (whole, outcome) = mend(
            &scenario.order,
            &judge(&scenario.order, &scenario.desired).plan,
        );
        assert_eq!(undone(&outcome), Vec::<String>::new(), "{}", scenario.name);
        let left = judge(&whole, &scenario.desired).plan.steps;
        assert_eq!(left, Vec::new(), "{}", scenario.name);
    }
}

#[test]
fn every_call_of_an_apply_survives_silence() {
    for scenario in [Scenario::fresh(), Scenario::worn()] {
        matrix(&scenario, &kinds(true), 8);
        matrix(&scenario, &LONG_KINDS.each_ref(), 8);
    }
}

#[test]
fn a_calm_run_calls_what_is_expected() {
    for scenario in [
        Scenario::fresh(),
        Scenario::worn(),
        Scenario::fresh_again(),
        Scenario::worn_again(),
    ] {
        let writes: Vec<_> = targets(&scenario)
            .into_iter()
            .filter(|target| is_write(&target.call))
            .map(|target| target.call.action())
            .collect();
        println!("{}: {writes:?}", scenario.name);
        assert!(writes.len() >= 5);
    }
    let order = Scenario::fresh();
    assert_eq!(run(async { mails(&order.order) }), 1);
}
