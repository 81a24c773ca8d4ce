//! A run of `apply` or `undo` in this process over the wire.

use std::time::Duration;

use cis_fix::apply::apply;
use cis_fix::aws::{AwsAccount, Timeouts};
use cis_fix::cli::Exit;
use cis_fix::cloud::CloudReader;
use cis_fix::consent::{Answer, approve, approve_undo};
use cis_fix::desired::Desired;
use cis_fix::examine::{Examination, LinkState, examine};
use cis_fix::journal::History;
use cis_fix::model::CallError;
use cis_fix::observe::observe;
use cis_fix::outcome::Fate;
use cis_fix::plan::plan;
use cis_fix::reversal::LeftReason;
use cis_fix::undo::{Request, facts, undo, undo_plan};

use super::scenario::{Course, Scenario};
use crate::support::client;
use crate::support::fake::Fake;
use crate::world::{Memory, Unattended};

/// Timeouts that end soon, for faults that cost one.
pub(crate) const SHORT: Timeouts = Timeouts {
    connect: Duration::from_millis(400),
    read: Duration::from_millis(400),
    attempt: Duration::from_millis(400),
    operation: Duration::from_millis(800),
};

/// The same for calls over sockets, which take a while on a busy machine.
pub(crate) const BRIEF: Timeouts = Timeouts {
    connect: Duration::from_millis(1_500),
    read: Duration::from_millis(1_500),
    attempt: Duration::from_millis(1_500),
    operation: Duration::from_secs(3),
};

/// What came of a run.
#[derive(Debug)]
pub(crate) struct Run {
    /// What a person would be told.
    pub(crate) errors: Vec<String>,
    /// What became of each step, if it came to any.
    pub(crate) fates: Option<Vec<Fate>>,
    pub(crate) journal: String,
    /// How the command would end.
    pub(crate) exit: Exit,
}

impl Run {
    /// Returns a run that ended before anything could be planned.
    fn failed(error: &CallError) -> Self {
        Self {
            errors: vec![error.to_string()],
            fates: None,
            journal: String::new(),
            exit: Exit::Failed,
        }
    }

    /// Returns how many steps were not done.
    pub(crate) fn left_over(&self) -> usize {
        let fates = self.fates.iter().flatten();
        fates.filter(|fate| **fate != Fate::Done).count()
    }

    /// Returns how many steps failed.
    pub(crate) fn failures(&self) -> usize {
        let fates = self.fates.iter().flatten();
        fates.filter(|fate| matches!(fate, Fate::Failed(_))).count()
    }
}

/// How far a run goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    /// Everything is written.
    Applied,
    /// The account was looked at once more.
    LookedAt,
}

/// Runs the command of a scenario on the account of a stand-in.
pub(crate) fn run_on(
    fake: &Fake,
    scenario: &Scenario,
    (timeouts, until): (Timeouts, Until),
) -> Run {
    run_by(&client::account_with(fake, timeouts), scenario, until)
}

/// Runs the command of a scenario on an account that is reached somehow.
pub(crate) fn run_by(account: &AwsAccount, scenario: &Scenario, until: Until) -> Run {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.unwrap().block_on(async {
        match &scenario.course {
            Course::Apply => apply_all(account, &scenario.desired, until).await,
            Course::Undo(history) => undo_all(account, history).await,
        }
    })
}

/// Applies over the wire.
async fn apply_all(account: &AwsAccount, desired: &Desired, until: Until) -> Run {
    let region = account.region().clone();
    let observed = match observe(account, desired, &region).await {
        Ok(observed) => observed,
        Err(error) => return Run::failed(&error),
    };
    let examinations = examine(desired, &observed);
    let plan = plan(desired, &observed, &examinations);
    let mut run = Run {
        errors: unread(&examinations),
        fates: None,
        journal: String::new(),
        exit: Exit::of_plan(&examinations),
    };
    if plan.steps.is_empty() {
        return run;
    }
    let journal = Memory::of(&plan);
    let approved = approve(plan, Answer::All).unwrap();
    let outcome = apply(account, &journal, approved, &Unattended).await;
    let fates: Vec<Fate> = outcome
        .results
        .iter()
        .map(|result| result.fate.clone())
        .collect();
    run.errors.extend(told(&fates));
    run.fates = Some(fates);
    run.journal = journal.text.into_inner();
    run.exit = Exit::of_apply(&outcome, &[]);
    if until == Until::Applied {
        return run;
    }
    match observe(account, desired, &region).await {
        Ok(observed) => {
            let after = examine(desired, &observed);
            run.errors.extend(unread(&after));
            run.exit = Exit::of_apply(&outcome, &after);
        }
        Err(error) => {
            run.errors.push(error.to_string());
            if run.exit != Exit::Partial {
                run.exit = Exit::Failed;
            }
        }
    }
    run
}

/// Takes back over the wire what a journal tells.
async fn undo_all(account: &AwsAccount, history: &History) -> Run {
    if let Err(error) = account.identity().await {
        return Run::failed(&error);
    }
    let facts = facts(account, history.written()).await;
    let plan = undo_plan(history, &facts, &Request::default());
    let mut errors = Vec::new();
    for left in &plan.left {
        if let LeftReason::Unread(error) = &left.reason {
            errors.push(error.to_string());
        }
    }
    let journal = Memory::of_undo(&plan);
    let approved = approve_undo(plan, &Answer::All).unwrap();
    let outcome = undo(account, &journal, approved, &Unattended).await;
    let fates: Vec<Fate> = outcome
        .results
        .iter()
        .map(|result| result.fate.clone())
        .collect();
    errors.extend(told(&fates));
    Run {
        errors,
        exit: Exit::of_undo(&outcome),
        fates: Some(fates),
        journal: journal.text.into_inner(),
    }
}

/// Returns what is told of steps that failed.
fn told(fates: &[Fate]) -> Vec<String> {
    let failed = fates.iter().filter_map(|fate| match fate {
        Fate::Failed(error) => Some(error.to_string()),
        Fate::Done | Fate::Skipped(_) => None,
    });
    failed.collect()
}

/// Returns what could not be read.
fn unread(examinations: &[Examination]) -> Vec<String> {
    let links = examinations.iter().flat_map(|found| &found.links);
    links
        .filter(|link| link.state == LinkState::Unknown)
        .map(|link| link.detail.clone())
        .collect()
}
