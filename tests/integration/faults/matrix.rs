//! The matrix: every call of an `apply` with every kind of fault.

use std::any::Any;
use std::collections::BTreeMap;
use std::panic::catch_unwind;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use cis_fix::aws::Timeouts;
use cis_fix::model::CallErrorKind;
use cis_fix::outcome::Fate;

use super::kinds::{End, KINDS, Kind, LONG_KINDS, Times, is_write};
use super::run::{
    Run, SHORT, Scenario, Until, apply_all, assert_clear, assert_intended, assert_true, mails,
    performed,
};
use crate::support::fake::{Ambush, Fake, Fault, Prey};
use crate::support::wire::Call;
use crate::world::{judge, mend, run, undone};

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

/// Runs `apply` on the account of a stand-in.
pub(crate) fn run_on(fake: &Fake, scenario: &Scenario, how: (Timeouts, Until)) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime
        .unwrap()
        .block_on(apply_all(fake, &scenario.desired, how))
}

/// Runs a case; returns whether the fault was overcome.
fn try_out(scenario: &Scenario, target: &Target, kind: &Kind, fault: Fault) -> bool {
    let case = format!(
        "{}: {} at {} #{}",
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
    let timeouts = if kind.is_slow {
        SHORT
    } else {
        Timeouts::default()
    };
    let run = run_on(&fake, scenario, (timeouts, target.until));
    assert_clear(&run.errors, &case);
    assert_intended(&run.journal, &fake, &case);
    assert_true(&run.journal, &fake, &case);
    assert_ended(&run, target, (kind.end)(&target.call), &case);
    assert_once(&fake, kind, &case);
    assert_the_next_run_converges(&fake, scenario, kind, &case);
    run.errors.is_empty()
}

fn assert_ended(run: &Run, target: &Target, end: End, case: &str) {
    let failed = |run: &Run| {
        let results = run.outcome.iter().flat_map(|outcome| &outcome.results);
        results
            .filter(|result| matches!(result.fate, Fate::Failed(_)))
            .count()
    };
    match end {
        End::Either => {}
        End::Overcome => {
            assert_eq!(run.errors, Vec::<String>::new(), "{case}");
            let outcome = run.outcome.as_ref().expect("an outcome");
            assert_eq!(undone(outcome), Vec::<String>::new(), "{case}");
        }
        End::Fails(kind) => {
            let action = target.call.action();
            let told = if kind == CallErrorKind::Credentials {
                // Nobody can say any more whose turn it was.
                format!("{kind} (`")
            } else {
                format!("{kind} (`{action}`)")
            };
            let is_told = run.errors.iter().any(|error| error.starts_with(&told));
            // What was asked for in vain may turn out not to be needed.
            let is_idle = !is_write(&target.call) && run.errors.is_empty();
            assert!(is_told || is_idle, "{case}: {told}: {:?}", run.errors);
            if is_idle {
                let outcome = run.outcome.as_ref().expect("an outcome");
                assert_eq!(undone(outcome), Vec::<String>::new(), "{case}");
            }
            if is_write(&target.call) && kind != CallErrorKind::Credentials {
                assert_eq!(failed(run), 1, "{case}: {:?}", run.errors);
            }
        }
    }
}

/// Panics if anything was made twice, by ourselves.
fn assert_once(fake: &Fake, kind: &Kind, case: &str) {
    let allowed = if kind.name == "delivered twice" { 2 } else { 1 };
    for (call, times) in performed(fake) {
        assert!(
            times <= allowed,
            "{case}: {call} was performed {times} times"
        );
    }
    let sent = fake.calls().into_iter();
    let sent = sent.filter(|call| call.action() == "sns:Subscribe").count();
    let refused_for_now = [
        "throttled twice",
        "throttled by a key",
        "throttled in between",
        "throttled for ever",
        "conflict twice",
        "conflict for ever",
        "expired once",
        "expired from here on",
    ];
    assert!(
        sent <= 1 || refused_for_now.contains(&kind.name),
        "{case}: subscribed {sent} times"
    );
}

fn assert_the_next_run_converges(fake: &Fake, scenario: &Scenario, kind: &Kind, case: &str) {
    let left = fake.account();
    let again = judge(&left, &scenario.desired);
    let (whole, outcome) = mend(&left, &again.plan);
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
    let mut cases = Vec::new();
    for kind in kinds {
        for target in &targets {
            if let Some(fault) = (kind.fault)(&target.call) {
                cases.push((target, *kind, fault));
            }
        }
    }
    let next = AtomicUsize::new(0);
    let overcome: Mutex<BTreeMap<&str, [usize; 2]>> = Mutex::default();
    let wrong: Mutex<Vec<String>> = Mutex::default();
    let work = || {
        while let Some((target, kind, fault)) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
            match catch_unwind(|| try_out(scenario, target, kind, fault.clone())) {
                Ok(is_overcome) => {
                    let mut overcome = overcome.lock().unwrap();
                    overcome.entry(kind.name).or_default()[usize::from(is_overcome)] += 1;
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
    for (name, [told, overcome]) in overcome.into_inner().unwrap() {
        println!(
            "{}: {name}: {overcome} overcome, {told} told",
            scenario.name
        );
    }
    println!(
        "{}: {} cases: {} calls, {} kinds of faults",
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
fn every_call_of_an_apply_survives_silence() {
    for scenario in [Scenario::fresh(), Scenario::worn()] {
        matrix(&scenario, &kinds(true), 8);
        matrix(&scenario, &LONG_KINDS.each_ref(), 8);
    }
}

#[test]
fn a_calm_run_calls_what_is_expected() {
    for scenario in [Scenario::fresh(), Scenario::worn()] {
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
