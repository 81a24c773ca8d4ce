//! `mute` and `unmute`: switch the actions of the controls' own alarms, after asking.

use super::account::Account;
use super::alarms::{AlarmRecord, Watcher, check_consent, open, roll, still};
use super::args::alarms::ConsentArgs;
use super::args::{Format, Global};
use super::ask;
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::journal;
use super::lock;
use super::terminal::Terminal;
use crate::alarms::{muting, switch};
use crate::model::ActionsSwitch;
use crate::outcome::{Fate, Muted, Muting};
use crate::render::json;
use crate::report;

/// Runs `mute` or `unmute`.
pub(super) async fn run(
    global: &Global,
    consent: &ConsentArgs,
    to: ActionsSwitch,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let command = to.command();
    check_consent(command, consent)?;
    let desired = context::desired(global, terminal)?;
    let account = open(global, consent, terminal).await?;
    let shown = roll(&account, &desired).await?;
    let own = &shown.identity.account;
    if let lock::Attempt::Held(_lock) = lock::attempt(global, own, terminal) {
        journal::tell_cut_drill(global, own, terminal);
    }
    let muting = muting(&shown.identity, &shown.region, shown.alarms.clone(), to);
    if muting.targets.is_empty() {
        return end(&nothing(muting), None, terminal);
    }
    if terminal.format() != Format::Json {
        terminal.show(&report::muting(&muting))?;
    }
    if !consent.yes {
        if !ask::yes(&question(&muting)).await? {
            terminal.tell("nothing was changed");
            return Ok(Exit::Declined);
        }
        still(&account, &desired, &shown).await?;
    }
    let _lock = lock::acquire(global, &shown.identity.account, terminal)?;
    let record = AlarmRecord::begin(command, consent, global, &shown.identity)?;
    let muted = perform(&account, &record, muting, terminal).await?;
    end(&muted, record.place(), terminal)
}

fn question(muting: &Muting) -> String {
    let what = match muting.to {
        ActionsSwitch::Enabled => "Enable",
        ActionsSwitch::Disabled => "Disable",
    };
    let count = muting.targets.len();
    let alarms = if count == 1 { "alarm" } else { "alarms" };
    format!(
        "{what} the actions of {count} {alarms} of account {} in {}?",
        muting.account, muting.region
    )
}

fn nothing(muting: Muting) -> Muted {
    Muted {
        muting,
        fates: Vec::new(),
        interrupted: false,
        unrecorded: None,
    }
}

async fn perform(
    account: &Account,
    record: &AlarmRecord,
    muting: Muting,
    terminal: &Terminal,
) -> Result<Muted, Error> {
    let watcher = Watcher::new(terminal);
    let work = Box::pin(switch(account, record, muting, &watcher));
    let stopping =
        "stopping: what has begun is finished, nothing new begins; once more to leave at once";
    let muted = watcher.until_interrupted(stopping, work).await;
    account.keep(terminal)?;
    let mut muted = muted.ok_or_else(|| {
        Error::interrupted().hint("run the command again: it switches what is not as it should be")
    })?;
    if let Err(failure) = record.end() {
        muted.unrecorded.get_or_insert(failure.to_string());
    }
    Ok(muted)
}

/// Tells what became of it.
fn end(muted: &Muted, journal: Option<String>, terminal: &Terminal) -> Result<Exit, Error> {
    match terminal.format() {
        Format::Json => terminal.print(&json::muted(muted, journal.as_deref()))?,
        Format::Text | Format::Markdown | Format::Html => terminal.show(&report::muted(muted))?,
    }
    if let Some(path) = journal {
        terminal.tell(&format!("the journal is {path}"));
    }
    if let Some(failure) = &muted.unrecorded {
        return Err(
            Error::partial("nothing more was written after the journal failed").because(failure),
        );
    }
    Ok(if muted.interrupted {
        Exit::Interrupted
    } else if muted.fates.iter().any(|fate| *fate != Fate::Done) {
        Exit::Partial
    } else if muted.muting.unread.is_empty() {
        Exit::Done
    } else {
        Exit::Unknown
    })
}
