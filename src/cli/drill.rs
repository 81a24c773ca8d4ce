//! `drill`: drives the controls' own alarms through ALARM and back, after asking.

use super::account::Account;
use super::alarms::{AlarmRecord, Watcher, check_consent, open, roll, still};
use super::args::alarms::DrillArgs;
use super::args::{Format, Global};
use super::ask;
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::interrupt::unless_interrupted;
use super::journal::{self, now};
use super::lock;
use super::terminal::Terminal;
use crate::alarms::{Terms, drill, drive};
use crate::model::AlarmState;
use crate::outcome::{Back, Drill, Drilled, Driven, Target, Trial};
use crate::render::json;
use crate::report;

/// Runs `drill`.
pub(super) async fn run(
    global: &Global,
    args: &DrillArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let consent = &args.consent;
    check_consent("drill", consent)?;
    let desired = context::desired(global, terminal)?;
    let account = open(global, consent, terminal).await?;
    let shown = roll(&account, &desired).await?;
    let own = &shown.identity.account;
    if let lock::Attempt::Held(_lock) = lock::attempt(global, own, terminal) {
        let told = (&Watcher::new(terminal), terminal);
        let work = journal::end_cut_drill(global, &account, own, told);
        if Box::pin(unless_interrupted(async { Ok(work.await) })).await? > 0 {
            account.keep(terminal)?;
        }
    }
    let drill = unless_interrupted(async {
        Ok(drill(
            &account,
            &shown.identity,
            &shown.region,
            shown.alarms.clone(),
        )
        .await)
    })
    .await?;
    if drill.targets.is_empty() {
        return end(&nothing(drill), None, terminal);
    }
    if terminal.format() != Format::Json {
        terminal.show(&report::drill(&drill))?;
    }
    if !consent.yes {
        if !ask::yes(&question(&drill)).await? {
            terminal.tell("nothing was changed");
            return Ok(Exit::Declined);
        }
        still(&account, &desired, &shown).await?;
    }
    let _lock = lock::acquire(global, &shown.identity.account, terminal)?;
    let record = AlarmRecord::begin("drill", consent, global, &shown.identity)?;
    let terms = Terms {
        reason: format!("cis-fix drill {}, no event happened", now()),
        // There is a look at once, and one after each second.
        looks: args.timeout.saturating_add(1),
    };
    let drilled = perform(&account, &record, drill, &terms, terminal).await?;
    end(&drilled, record.place(), terminal)
}

fn question(drill: &Drill) -> String {
    let count = drill.targets.len();
    let alarms = if count == 1 { "alarm" } else { "alarms" };
    format!(
        "Drive {count} {alarms} of account {} in {} through ALARM and back? Real messages go out.",
        drill.account, drill.region
    )
}

fn nothing(drill: Drill) -> Drilled {
    Drilled {
        drill,
        trials: Vec::new(),
        interrupted: false,
        unrecorded: None,
    }
}

async fn perform(
    account: &Account,
    record: &AlarmRecord,
    drill: Drill,
    terms: &Terms,
    terminal: &Terminal,
) -> Result<Drilled, Error> {
    let by_hand: Vec<String> = drill
        .targets
        .iter()
        .map(|target| report::put_back_by_hand(&target.alarm.arn, AlarmState::Ok))
        .collect();
    let watcher = Watcher::new(terminal);
    let work = Box::pin(drive(account, record, drill, terms, &watcher));
    let stopping =
        "stopping: what is in ALARM is put back, nothing new begins; once more to leave at once";
    let drilled = watcher.until_interrupted(stopping, work).await;
    account.keep(terminal)?;
    let Some(mut drilled) = drilled else {
        let left = Error::interrupted().hint(
            "an alarm may still be in ALARM until CloudWatch judges it anew; these put them back",
        );
        return Err(by_hand.into_iter().fold(left, Error::hint));
    };
    if let Err(failure) = record.end() {
        drilled.unrecorded.get_or_insert(failure.to_string());
    }
    Ok(drilled)
}

/// Tells what was seen.
fn end(drilled: &Drilled, journal: Option<String>, terminal: &Terminal) -> Result<Exit, Error> {
    match terminal.format() {
        Format::Json => terminal.print(&json::drilled(drilled, journal.as_deref()))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::drilled(drilled))?;
        }
    }
    if let Some(path) = journal {
        terminal.tell(&format!("the journal is {path}"));
    }
    if let Some(failure) = &drilled.unrecorded {
        return Err(
            Error::partial("nothing new was begun after the journal failed").because(failure),
        );
    }
    Ok(exit(drilled))
}

fn exit(drilled: &Drilled) -> Exit {
    let is_undone = |trial: &Trial| match trial {
        Trial::Driven(driven) => driven.error.is_some() || matches!(driven.back, Back::Failed(_)),
        Trial::InAlarm
        | Trial::Changed
        | Trial::Failed(_)
        | Trial::Unrecorded
        | Trial::Interrupted => true,
    };
    let is_silent = |(target, trial): (&Target, &Trial)| match trial {
        Trial::Driven(driven) => !is_heard(target, driven),
        Trial::InAlarm
        | Trial::Changed
        | Trial::Failed(_)
        | Trial::Unrecorded
        | Trial::Interrupted => false,
    };
    let mut pairs = drilled.drill.targets.iter().zip(&drilled.trials);
    if drilled.interrupted {
        Exit::Interrupted
    } else if drilled.trials.iter().any(is_undone) || !drilled.drill.refused.is_empty() {
        Exit::Partial
    } else if pairs.any(is_silent) {
        Exit::Gaps
    } else if drilled.drill.unread.is_empty() {
        Exit::Done
    } else {
        Exit::Unknown
    }
}

/// Returns whether a message was published and somebody is known to hear it.
fn is_heard(target: &Target, driven: &Driven) -> bool {
    let heard = |confirmed: &Result<usize, _>| confirmed.as_ref().is_ok_and(|count| *count > 0);
    let mut topics = target.topics.iter();
    driven.is_published() && topics.any(|audience| heard(&audience.confirmed))
}
