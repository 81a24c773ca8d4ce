//! The kill matrix: the built program is killed at every write, at every moment of it, and run again.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use cis_fix::sandbox::{SandboxAccount, Scene};
use serde_json::Value;

use super::scenario::wear;
use super::truth::{assert_intended, mails, performed};
use crate::end_to_end::program::FEW;
use crate::end_to_end::stage::{Stage, desired, satisfying, topic};
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
const UNDO: [&str; 4] = ["undo", "first.jsonl", "--yes", "--no-pacing"];

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

/// Begins a run and kills it at a write.
fn killed(stage: &Stage, arguments: &[&str], (write, moment): (usize, Moment)) {
    let gate = Gate::default();
    stage.fake.ambush(Ambush {
        on: Prey::Writes,
        after: write,
        times: 1,
        fault: fault(moment, &gate),
    });
    let mut running = stage.program.spawn(arguments);
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
            killed(&stage, &APPLY, (write, moment));
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

/// An apply that is to be taken back.
struct Applied {
    settings: String,
    before: SandboxAccount,
    after: SandboxAccount,
    journal: String,
}

impl Applied {
    /// Applies to an account, after which somebody confirms the subscription.
    fn to(before: SandboxAccount, settings: String) -> Self {
        let stage = Stage::with(before.clone()).settings(&settings);
        let run = stage.program.run(&APPLY);
        assert_eq!(run.status, 0, "{run:?}");
        stage.confirm(&topic(&before));
        Self {
            settings,
            before,
            after: stage.fake.account(),
            journal: stage.program.get("first.jsonl"),
        }
    }

    /// Returns a stage with the account and the journal as the apply left them.
    fn stage(&self) -> Stage {
        let stage = Stage::with(self.after.clone()).settings(&self.settings);
        stage.program.put("first.jsonl", &self.journal);
        stage
    }

    /// Kills an undo at a write and runs it again.
    fn assert_survives(&self, write: usize, moment: Moment) {
        let case = format!("undo, write {write}, {moment:?}");
        let stage = self.stage();
        killed(&stage, &UNDO, (write, moment));
        assert_intended(&undo_journal(&stage), &stage.fake, &case);
        stage.fake.relent();
        let run = stage.program.run(&UNDO);
        assert_eq!(run.status, 0, "{case}: {run:?}");
        let after = stage.fake.account();
        assert!(after == self.before, "{case}: the account is not as it was");
        for (call, times) in performed(&stage.fake) {
            assert_eq!(times, 1, "{case}: {call}");
        }
        let first = undo_journal(&stage).lines().next().map(str::to_owned);
        let first: Value = serde_json::from_str(&first.unwrap()).unwrap();
        let undoes = first["undoes"].as_str().unwrap();
        assert!(Path::new(undoes).is_absolute(), "{case}: {undoes}");
        // What was not known when it was killed is known now, and true.
        let expected = match moment {
            Moment::Arrived => "not_done",
            Moment::Performed | Moment::Answered => "done",
        };
        assert_eq!(recovered(&undo_journal(&stage)), [expected], "{case}");
        let undone = "\"event\":\"undone\"";
        assert!(stage.program.get("first.jsonl").contains(undone), "{case}");
    }
}

/// Returns the first journal of an undo.
fn undo_journal(stage: &Stage) -> String {
    let journals = stage.program.files().into_iter();
    let journals = journals.filter(|(_, text)| text.contains("\"command\":\"undo\""));
    journals.min().expect("a journal of an undo").1
}

/// Returns what was found out later of the writes of which a journal did not tell the outcome.
fn recovered(journal: &str) -> Vec<String> {
    let lines = journal.lines();
    let lines = lines.map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines
        .filter(|line| line["event"] == "recovered")
        .map(|line| line["result"].as_str().unwrap().to_owned())
        .collect()
}

/// An account of which everything that can be put back is not as it should be.
fn worn() -> Applied {
    let settings = format!("{FEW}\n[topic]\nkms-key = \"alias/ours\"\n");
    let mut account = satisfying(&settings);
    wear(&mut account, &desired(&settings).controls);
    Applied::to(account, settings)
}

#[test]
fn an_undo_that_is_killed_at_any_write_leaves_a_journal_and_a_start_for_the_next_run() {
    let mut cases = 0;
    for applied in [Applied::to(Scene::Fresh.account(), FEW.to_owned()), worn()] {
        let calm = applied.stage();
        let run = calm.program.run(&UNDO);
        assert_eq!(run.status, 0, "{run:?}");
        assert!(calm.fake.account() == applied.before);
        for write in 0..performed(&calm.fake).len() {
            for moment in MOMENTS {
                applied.assert_survives(write, moment);
                cases += 1;
            }
        }
    }
    println!("{cases} kills of undos");
    assert!(cases >= 39, "{cases}");
}
