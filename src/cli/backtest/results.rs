//! What a backtest found is shown, with the verdict on the account when one was named.

use super::{ended, write_config};
use crate::backtest::Backtest;
use crate::backtest::tuning::Rehearsed;
use crate::cli::account::{Account, Pace};
use crate::cli::args::backtest::BacktestArgs;
use crate::cli::args::{Format, Global};
use crate::cli::block_on;
use crate::cli::check::{Findings, find};
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::interrupt::unless_interrupted;
use crate::cli::terminal::Terminal;
use crate::desired::Desired;
use crate::examine::Examination;
use crate::render::json;
use crate::report::{self, CheckContext, Depth};

/// What `check` says of the account.
pub(super) struct Judgement {
    context: CheckContext,
    examinations: Vec<Examination>,
}

impl Judgement {
    /// Returns what was found in an account.
    pub(super) fn of(findings: Findings, desired: &Desired) -> Self {
        Self {
            context: findings.context(desired),
            examinations: findings.examinations,
        }
    }
}

/// Shows what was found, and writes settings when that was asked for.
pub(super) fn show(
    global: &Global,
    args: &BacktestArgs,
    (desired, backtest, judgement): (&Desired, &Backtest, Option<Judgement>),
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let rehearsed = Rehearsed::new(&desired.controls, backtest, args.budget);
    let judged = judgement
        .as_ref()
        .map(|judgement| (&judgement.context, &*judgement.examinations));
    match terminal.format() {
        Format::Json => terminal.print(&json::backtest(&rehearsed, judged))?,
        Format::Text | Format::Markdown | Format::Html => {
            let document = report::backtest(&rehearsed, judged, depth(terminal));
            terminal.show(&document)?;
        }
    }
    let exit = ended(backtest)?;
    if args.write.write_config {
        return write_config::run(global, args, (desired, &rehearsed), terminal);
    }
    Ok(exit)
}

/// Returns how much is told: there is room for more on a page than on a terminal.
fn depth(terminal: &Terminal) -> Depth {
    match terminal.format() {
        Format::Text if !terminal.is_verbose() => Depth::Brief,
        Format::Text | Format::Markdown | Format::Html | Format::Json => Depth::Full,
    }
}

/// Returns what `check` says of the account; nothing when none was named, or matches alone are listed.
pub(super) fn judged_if_named(
    global: &Global,
    args: &BacktestArgs,
    desired: &Desired,
    terminal: &Terminal,
) -> Result<Option<Judgement>, Error> {
    let Global {
        profile,
        endpoint_url,
        sandbox,
        ..
    } = global;
    let is_named = profile.is_some() || endpoint_url.is_some() || sandbox.is_some();
    if !is_named || args.list {
        return Ok(None);
    }
    block_on(async {
        let findings = unless_interrupted(async {
            let account = Account::open(global, Pace::Quotas, terminal).await?;
            find(&account, desired, &account.region()).await
        })
        .await?;
        Ok(Some(Judgement::of(findings, desired)))
    })
}
