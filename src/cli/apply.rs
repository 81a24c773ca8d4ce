//! `apply`: shows the plan, asks, makes sure that it still holds, and performs it.

use super::account::{Account, Pace};
use super::args::{ApplyArgs, Format, Global};
use super::ask;
use super::check::{Findings, find, find_within};
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::findings;
use super::interrupt::unless_interrupted;
use super::journal::{self, Record};
use super::lock;
use super::progress::Console;
use super::saved;
use super::terminal::Terminal;
use crate::apply::apply;
use crate::consent::{Answer, ApprovedPlan, approve};
use crate::desired::Desired;
use crate::journal::Line;
use crate::outcome::Outcome;
use crate::render::json;
use crate::report;

/// Runs `apply`.
pub(super) async fn run(
    global: &Global,
    args: &ApplyArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    ask::check(
        "apply",
        args.yes,
        "pass `--yes` to apply without asking, or look at `cis-fix plan` first",
    )?;
    let (account, desired, findings) = survey(global, args, terminal).await?;
    show_plan(&findings, terminal)?;
    if findings.plan.steps.is_empty() {
        return nothing_to_do(&findings, terminal);
    }
    let Some(approved) = consent(args, &account, &desired, &findings).await? else {
        terminal.tell("nothing was changed");
        return Ok(Exit::Declined);
    };
    let identity = &findings.observed.identity;
    let _lock = lock::acquire(global, &identity.account, terminal)?;
    let writer = journal::writer(global, identity);
    let first = Line::begin(journal::now(), approved.plan(), writer);
    let journal = Record::begin(args.journal.as_deref(), global, &identity.account, &first)?;
    let outcome = perform(&account, &journal, approved, terminal).await?;
    let after = unless_interrupted(find(&account, &desired, &account.region())).await;
    let examinations = after
        .as_ref()
        .map_or(&[][..], |findings| &findings.examinations);
    let written = journal.place();
    match terminal.format() {
        Format::Json => {
            terminal.print(&json::applied(&outcome, written.as_deref(), examinations))?;
        }
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::applied(&outcome, examinations))?;
        }
    }
    if let Some(path) = written {
        terminal.tell(&format!("the journal is {path}"));
    }
    if let Some(failure) = &outcome.unrecorded {
        return Err(
            Error::partial("nothing more was written after the journal failed").because(failure),
        );
    }
    // What was done is told first; that nobody could look afterwards is told last.
    match (Exit::of_apply(&outcome, examinations), after.map(drop)) {
        (exit, Ok(())) => Ok(exit),
        (Exit::Partial, Err(error)) => Err(error.in_part()),
        (_, Err(error)) => Err(error),
    }
}

/// Reads the account and what is wanted of it, and finds the plan: the saved one, or one that is made now.
async fn survey(
    global: &Global,
    args: &ApplyArgs,
    terminal: &Terminal,
) -> Result<(Account, Desired, Findings), Error> {
    if args.plan.is_some() && global.findings.is_some() {
        return Err(
            Error::usage("`--findings` limits a plan that is made, and this one is saved")
                .hint("save another one with `cis-fix plan --findings FILE --out FILE`"),
        );
    }
    let catalog = context::catalog(global)?;
    let file = findings::read(global)?;
    let saved = match &args.plan {
        Some(path) => Some((path.as_path(), saved::read(path, &catalog)?)),
        None => None,
    };
    let making = saved.as_ref().map(|(_, saved)| &saved.making);
    let (_, desired) = context::wanted(global, &catalog, making, terminal)?;
    let pace = Pace::unless(args.no_pacing);
    Box::pin(unless_interrupted(async {
        let account = Account::open(global, pace, terminal).await?;
        let wanted = (desired, file.as_ref());
        let (desired, findings) =
            find_within(&account, &account.region(), wanted, terminal).await?;
        let own = &findings.plan.account;
        if let lock::Attempt::Held(_lock) = lock::attempt(global, own, terminal) {
            journal::recover(global, &account, own, terminal).await;
        }
        let findings = match saved {
            Some(saved) => {
                let known = (&account.region(), &desired);
                saved::against(saved, &account, known, findings).await?
            }
            None => findings,
        };
        Ok((account, desired, findings))
    }))
    .await
}

/// Shows what would be done. Programs get one document at the end instead.
fn show_plan(findings: &Findings, terminal: &Terminal) -> Result<(), Error> {
    match terminal.format() {
        Format::Json => Ok(()),
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::plan(&findings.plan, &findings.examinations))
        }
    }
}

fn nothing_to_do(findings: &Findings, terminal: &Terminal) -> Result<Exit, Error> {
    if terminal.format() == Format::Json {
        let outcome = Outcome {
            plan: findings.plan.clone(),
            results: Vec::new(),
            interrupted: false,
            unrecorded: None,
        };
        terminal.print(&json::applied(&outcome, None, &findings.examinations))?;
    }
    Ok(Exit::of_plan(&findings.examinations))
}

/// Asks, and makes sure that the plan still holds after however long the answer took.
async fn consent(
    args: &ApplyArgs,
    account: &Account,
    desired: &Desired,
    findings: &Findings,
) -> Result<Option<ApprovedPlan>, Error> {
    let plan = findings.plan.clone();
    if args.yes {
        return Ok(approve(plan, Answer::All));
    }
    let answer = if args.interactive {
        ask::which(&plan, &findings.examinations).await?
    } else {
        ask::all(&plan).await?
    };
    let Some(approved) = approve(plan, answer) else {
        return Ok(None);
    };
    account.look_again()?;
    if args.plan.is_some() {
        unless_interrupted(saved::check_fresh(account, approved.plan())).await?;
        return Ok(Some(approved));
    }
    let again = unless_interrupted(find(account, desired, &account.region())).await?;
    if again.plan != findings.plan {
        return Err(Error::refused(
            "the account has changed since the plan was shown; nothing was written",
        )
        .hint("run `cis-fix apply` again to see the new plan"));
    }
    Ok(Some(approved))
}

/// Performs the plan. What was done is kept even if somebody interrupts it.
async fn perform(
    account: &Account,
    journal: &Record,
    approved: ApprovedPlan,
    terminal: &Terminal,
) -> Result<Outcome, Error> {
    let console = Console::new(terminal, Console::agreed(&approved));
    let work = Box::pin(apply(account, journal, approved, &console));
    let outcome = console.until_interrupted(work).await;
    account.keep(terminal)?;
    let Some(mut outcome) = outcome else {
        let told = journal.place().map_or_else(Error::interrupted, |place| {
            Error::interrupted().hint(format!("what was about to be written is in {place}"))
        });
        return Err(told.hint("run `cis-fix apply` again to complete it"));
    };
    if let Err(failure) = journal.end() {
        outcome.unrecorded.get_or_insert(failure.to_string());
    }
    Ok(outcome)
}
