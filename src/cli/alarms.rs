//! What `mute`, `unmute` and `drill` share: finding the alarms, agreeing, recording, stopping.

use std::cell::Cell;

use super::account::{Account, Pace};
use super::args::Global;
use super::args::alarms::ConsentArgs;
use super::ask;
use super::check::find;
use super::error::Error;
use super::interrupt::{stopped_or_done, unless_interrupted};
use super::journal::{Sheet, alarm_folder, now, writer};
use super::terminal::Terminal;
use crate::alarms::{Watch, with_alarm_tags};
use crate::desired::Desired;
use crate::examine::{OwnAlarms, alarm_candidates, own_alarms};
use crate::journal::{AlarmJournal, AlarmLine, AlarmOrder, Unrecorded};
use crate::model::{CallError, Identity, Region};

/// The alarms of an account that have to do with the chosen controls.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Roll {
    pub(super) identity: Identity,
    pub(super) region: Region,
    pub(super) alarms: OwnAlarms,
}

/// Refuses to go on where there is nobody to ask and no flag in their place.
pub(super) fn check_consent(command: &str, consent: &ConsentArgs) -> Result<(), Error> {
    let hint = format!("pass `--yes` to {command} without asking");
    ask::check(command, consent.yes, &hint)
}

/// Opens the account.
pub(super) async fn open(
    global: &Global,
    consent: &ConsentArgs,
    terminal: &Terminal,
) -> Result<Account, Error> {
    let pace = Pace::unless(consent.no_pacing);
    unless_interrupted(Account::open(global, pace, terminal)).await
}

/// Reads which alarms there are.
pub(super) async fn roll(account: &Account, desired: &Desired) -> Result<Roll, Error> {
    unless_interrupted(async {
        let findings = find(account, desired, &account.region()).await?;
        let candidates = alarm_candidates(desired, &findings.observed)?;
        let observed = with_alarm_tags(account, findings.observed, candidates).await;
        Ok(Roll {
            alarms: own_alarms(desired, &observed, &findings.examinations)?,
            identity: observed.identity,
            region: findings.plan.region,
        })
    })
    .await
}

/// Reads the alarms again after somebody agreed; they must be as they were shown.
pub(super) async fn still(account: &Account, desired: &Desired, shown: &Roll) -> Result<(), Error> {
    account.look_again()?;
    if roll(account, desired).await? == *shown {
        return Ok(());
    }
    Err(
        Error::refused("the alarms have changed since they were shown; nothing was written")
            .hint("run the command again to see what would be done now"),
    )
}

/// Hears Ctrl-C, and tells what is done.
#[derive(Debug)]
pub(super) struct Watcher<'terminal> {
    terminal: &'terminal Terminal,
    stopped: Cell<bool>,
}

impl<'terminal> Watcher<'terminal> {
    /// Returns what listens while something is done.
    pub(super) fn new(terminal: &'terminal Terminal) -> Self {
        Self {
            terminal,
            stopped: Cell::new(false),
        }
    }

    /// Runs work to its end; on the first interruption it is asked to stop, on the second it is left.
    pub(super) async fn until_interrupted<T>(
        &self,
        stopping: &str,
        work: impl Future<Output = T>,
    ) -> Option<T> {
        stopped_or_done(work, || {
            self.stopped.set(true);
            self.terminal.tell(stopping);
        })
        .await
    }
}

impl Watch for Watcher<'_> {
    fn tells(&self, line: &str) {
        self.terminal.tell(line);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.get()
    }
}

/// The record of a command.
#[derive(Debug)]
pub(super) struct AlarmRecord(Sheet);

impl AlarmRecord {
    /// Begins the record of a command, in the file that was named or in a new one of the account's folder.
    ///
    /// Fails before anything is written to the account if the file cannot be made.
    pub(super) fn begin(
        command: &'static str,
        consent: &ConsentArgs,
        global: &Global,
        identity: &Identity,
    ) -> Result<Self, Error> {
        let apart = || alarm_folder(global, &identity.account);
        let writer = writer(global, identity);
        let first = AlarmLine::begin(now(), command, &identity.account, writer).to_text();
        Sheet::begin(consent.journal.as_deref(), global, apart, &first).map(Self)
    }

    /// Returns where the record is.
    pub(super) fn place(&self) -> Option<String> {
        self.0.place()
    }

    /// Ends the record.
    pub(super) fn end(&self) -> Result<(), Unrecorded> {
        self.record(|| AlarmLine::end(now()))
    }

    fn record(&self, line: impl FnOnce() -> AlarmLine) -> Result<(), Unrecorded> {
        self.0.record(|| line().to_text())
    }
}

impl AlarmJournal for AlarmRecord {
    fn intend(&self, order: &AlarmOrder) -> Result<(), Unrecorded> {
        self.record(|| AlarmLine::intent(now(), order))
    }

    fn conclude(&self, order: &AlarmOrder, failed: Option<&CallError>) -> Result<(), Unrecorded> {
        self.record(|| AlarmLine::outcome(now(), order, failed))
    }
}
