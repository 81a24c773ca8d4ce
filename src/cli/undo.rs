//! `undo`: shows what can be taken back of one apply, asks, makes sure that it still holds, and takes it back.

use std::path::Path;

use super::account::{Account, Pace};
use super::args::{Format, Global, UndoArgs};
use super::ask;
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::interrupt::unless_interrupted;
use super::journal::{self, Chosen, Record};
use super::lock;
use super::progress::Console;
use super::terminal::Terminal;
use crate::cloud::CloudReader;
use crate::consent::{Answer, ApprovedUndo, approve_undo};
use crate::journal::{History, Line};
use crate::model::Identity;
use crate::outcome::Fate;
use crate::plan::action::Action;
use crate::render::json;
use crate::report;
use crate::reversal::{LeftReason, UndoOutcome, UndoPlan};
use crate::stored::StoredAction;
use crate::undo::{Request, facts, undo, undo_plan};

/// Runs `undo`.
pub(super) async fn run(
    global: &Global,
    args: &UndoArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    ask::check("undo", args.yes, "pass `--yes` to take back without asking")?;
    let pace = Pace::unless(args.no_pacing);
    let (account, identity, chosen, plan) = Box::pin(unless_interrupted(async {
        let account = Account::open(global, pace, terminal).await?;
        // The journal tells web endpoints by a fingerprint alone.
        account.keep_secret(&context::endpoints(global));
        let identity = account.identity().await?;
        if let lock::Attempt::Held(_lock) = lock::attempt(global, &identity.account, terminal) {
            journal::recover(global, &account, &identity.account, terminal).await;
        }
        let chosen = journal::chosen(args.undoes.as_deref(), global, &identity)?;
        let request = request(args, &chosen.history)?;
        let plan = survey(&account, &chosen.history, &request).await;
        Ok((account, identity, chosen, plan))
    }))
    .await?;
    let undoes = chosen.path.display().to_string();
    terminal.tell(&format!("the journal of the apply is {undoes}"));
    if terminal.format() != Format::Json {
        terminal.show(&report::undo_plan(&plan))?;
    }
    if plan.steps.is_empty() {
        return nothing_to_do(plan, &chosen, terminal);
    }
    let Some(approved) = consent(args, &account, &chosen.history, plan).await? else {
        terminal.tell("nothing was changed");
        return Ok(Exit::Declined);
    };
    let scope = (global, args, &identity);
    let (outcome, written) = perform(scope, &account, (approved, &undoes), terminal).await?;
    match terminal.format() {
        Format::Json => terminal.print(&json::undone(&outcome, &undoes, written.as_deref()))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::undone(&outcome))?;
        }
    }
    if is_complete(&outcome)
        && let Err(error) = journal::mark_undone(&chosen.path, written.clone())
    {
        terminal.tell(&format!("note: {error}"));
    }
    if let Some(path) = written {
        terminal.tell(&format!("the journal is {path}"));
    }
    match &outcome.unrecorded {
        Some(failure) => Err(
            Error::partial("nothing more was written after the journal failed").because(failure),
        ),
        None => Ok(Exit::of_undo(&outcome)),
    }
}

/// Returns what was asked for beside what nobody else uses.
fn request(args: &UndoArgs, history: &History) -> Result<Request, Error> {
    let made = |name: &str| {
        history.written().any(|entry| match &entry.action {
            Some(StoredAction::Whole(Action::CreateTopic(create))) => create.topic.name == name,
            Some(_) | None => false,
        })
    };
    if let Some(unknown) = args.topic.iter().find(|name| !made(name)) {
        return Err(
            Error::usage(format!("the apply did not make a topic `{unknown}`"))
                .hint("`undo` removes nothing that it did not make"),
        );
    }
    Ok(Request {
        topics: args.topic.iter().cloned().collect(),
    })
}

async fn survey(reader: &impl CloudReader, history: &History, request: &Request) -> UndoPlan {
    let facts = Box::pin(facts(reader, history.written())).await;
    undo_plan(history, &facts, request)
}

fn nothing_to_do(plan: UndoPlan, chosen: &Chosen, terminal: &Terminal) -> Result<Exit, Error> {
    let outcome = UndoOutcome {
        plan,
        results: Vec::new(),
        interrupted: false,
        unrecorded: None,
    };
    if terminal.format() == Format::Json {
        let undoes = chosen.path.display().to_string();
        terminal.print(&json::undone(&outcome, &undoes, None))?;
    }
    let is_gone = |reason: &LeftReason| matches!(reason, LeftReason::Gone | LeftReason::Restored);
    if outcome.plan.left.iter().all(|left| is_gone(&left.reason))
        && let Err(error) = journal::mark_undone(&chosen.path, None)
    {
        terminal.tell(&format!("note: {error}"));
    }
    Ok(Exit::of_undo(&outcome))
}

/// Asks, and makes sure that the plan still holds after however long the answer took.
async fn consent(
    args: &UndoArgs,
    account: &Account,
    history: &History,
    plan: UndoPlan,
) -> Result<Option<ApprovedUndo>, Error> {
    if args.yes {
        return Ok(approve_undo(plan, &Answer::All));
    }
    let shown = plan.clone();
    let Some(approved) = approve_undo(plan, &ask::undo(&shown).await?) else {
        return Ok(None);
    };
    account.look_again()?;
    let request = Request {
        topics: shown.by_name.clone(),
    };
    let again = unless_interrupted(async { Ok(survey(account, history, &request).await) }).await?;
    if again != shown {
        return Err(Error::refused(
            "the account has changed since the plan was shown; nothing was written",
        )
        .hint("run `cis-fix undo` again to see the new plan"));
    }
    Ok(Some(approved))
}

/// Takes back what was approved. What was done is kept even if somebody interrupts it.
async fn perform(
    (global, args, identity): (&Global, &UndoArgs, &Identity),
    account: &Account,
    (approved, undoes): (ApprovedUndo, &str),
    terminal: &Terminal,
) -> Result<(UndoOutcome, Option<String>), Error> {
    let _lock = lock::acquire(global, &identity.account, terminal)?;
    let writer = journal::writer(global, identity);
    let undoes = journal::anywhere(Path::new(undoes));
    let first = Line::begin_undo(journal::now(), approved.plan(), writer, &undoes);
    let journal = Record::begin(args.journal.as_deref(), global, &identity.account, &first)?;
    let console = Console::new(terminal, approved.plan().steps.len());
    let work = Box::pin(undo(account, &journal, approved, &console));
    let outcome = console.until_interrupted(work).await;
    account.keep(terminal)?;
    let Some(mut outcome) = outcome else {
        let told = journal.place().map_or_else(Error::interrupted, |place| {
            Error::interrupted().hint(format!("what was about to be written is in {place}"))
        });
        return Err(told.hint("run `cis-fix undo` again to complete it"));
    };
    if let Err(failure) = journal.end() {
        outcome.unrecorded.get_or_insert(failure.to_string());
    }
    Ok((outcome, journal.place()))
}

/// Returns whether nothing more can be taken back by trying again.
fn is_complete(outcome: &UndoOutcome) -> bool {
    let mut results = outcome.results.iter();
    Exit::of_undo(outcome) == Exit::Done && results.all(|result| result.fate == Fate::Done)
}
