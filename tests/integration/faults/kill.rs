//! The kill matrix: the built program is killed at every write, at every moment of it, and run again.

use std::process::Command;
use std::time::Duration;

use cis_fix::sandbox::{SandboxAccount, Scene};

use super::run::{assert_intended, mails, performed};
use crate::end_to_end::stage::Stage;
use crate::support::fake::{Ambush, Fault, Prey};
use crate::support::gate::Gate;

/// When the program is killed.
#[derive(Debug, Clone, Copy)]
enum Moment {
    /// The request has arrived and is not performed: as if it had not been sent.
    Arrived,
    /// It is performed, and the answer is never sent.
    Performed,
    /// The answer was delivered, and the program has not read it.
    Answered,
}

const MOMENTS: [Moment; 3] = [Moment::Arrived, Moment::Performed, Moment::Answered];

const APPLY: [&str; 5] = ["apply", "--yes", "--no-pacing", "--journal", "first.jsonl"];

fn fault(moment: Moment, gate: &Gate) -> Fault {
    match moment {
        Moment::Arrived => Fault::Hold(gate.clone(), Box::new(Fault::Reset)),
        Moment::Performed => {
            let held = Fault::Hold(gate.clone(), Box::new(Fault::Reset));
            Fault::After(Box::new(held))
        }
        Moment::Answered => Fault::HoldAnswer(gate.clone()),
    }
}

/// Begins an apply and kills it at a write.
fn killed(stage: &Stage, write: usize, moment: Moment) {
    let gate = Gate::default();
    stage.fake.ambush(Ambush {
        on: Prey::Writes,
        after: write,
        times: 1,
        fault: fault(moment, &gate),
    });
    let mut running = stage.program.spawn(&APPLY);
    gate.wait_for_somebody();
    if let Moment::Answered = moment {
        let stopped = Command::new("kill")
            .args(["-STOP", &running.id().to_string()])
            .status();
        assert!(stopped.unwrap().success());
        gate.open();
        // Long enough for the answer to be in the program's socket, where nobody will read it.
        std::thread::sleep(Duration::from_millis(30));
    }
    running.kill().unwrap();
    running.wait().unwrap();
    gate.open();
}

fn assert_survived(stage: &Stage, order: &SandboxAccount, case: &str) {
    let journal = stage.program.get("first.jsonl");
    assert_intended(&journal, &stage.fake, case);
    stage.fake.relent();
    let run = stage.program.run(&["apply", "--yes", "--no-pacing"]);
    assert_eq!(run.status, 0, "{case}: {run:?}");
    let after = stage.fake.account();
    assert!(
        after == *order,
        "{case}: the account is not as it should be"
    );
    assert_eq!(mails(&after), 1, "{case}");
    for (call, times) in performed(&stage.fake) {
        assert_eq!(times, 1, "{case}: {call}");
    }
}

/// Kills the program at each write of an apply and returns the number of cases.
fn matrix(stage: impl Fn() -> Stage) -> usize {
    let calm = stage();
    let run = calm.program.run(&["apply", "--yes", "--no-pacing"]);
    assert_eq!(run.status, 0, "{run:?}");
    let writes = performed(&calm.fake).len();
    let order = calm.fake.account();
    for write in 0..writes {
        for moment in MOMENTS {
            let stage = stage();
            killed(&stage, write, moment);
            assert_survived(&stage, &order, &format!("write {write}, {moment:?}"));
        }
    }
    writes * MOMENTS.len()
}

#[test]
fn whoever_is_killed_at_any_write_leaves_a_journal_and_a_start_for_the_next_run() {
    let cases = matrix(|| Stage::scene(Scene::Fresh).few());
    println!("{cases} kills");
    assert!(cases >= 24, "{cases}");
}
