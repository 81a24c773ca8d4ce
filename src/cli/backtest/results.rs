//! What a backtest found is shown, with the verdict on the account when one was named.

use super::{ended, write_config};
use crate::backtest::Backtest;
use crate::backtest::tuning::Rehearsed;
use crate::cli::account::{Account, Pace};
use crate::cli::args::backtest::BacktestArgs;
use crate::cli::args::{Format, Global};
use crate::cli::block_on;
use crate::cli::check::find;
use crate::cli::error::Error;
use crate::cli::exit::Exit;
use crate::cli::interrupt::unless_interrupted;
use crate::cli::terminal::Terminal;
use crate::desired::Desired;
use crate::render::json;
use crate::report::document::Block;
use crate::report::{self, CheckContext, Depth};

/// Shows what was found, and writes settings when that was asked for.
pub(super) fn show(
    global: &Global,
    args: &BacktestArgs,
    (desired, backtest): (&Desired, &Backtest),
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let rehearsed = Rehearsed::new(&desired.controls, backtest, args.budget);
    match terminal.format() {
        Format::Json => terminal.print(&json::backtest(&rehearsed))?,
        Format::Text | Format::Markdown | Format::Html => {
            let mut document = report::backtest(&rehearsed, depth(terminal));
            document.blocks.extend(verdicts(global, desired, terminal)?);
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

/// Returns what `check` says of the account; nothing when none was named.
fn verdicts(
    global: &Global,
    desired: &Desired,
    terminal: &Terminal,
) -> Result<Option<Block>, Error> {
    let Global {
        profile,
        endpoint_url,
        sandbox,
        ..
    } = global;
    if profile.is_none() && endpoint_url.is_none() && sandbox.is_none() {
        return Ok(None);
    }
    let mut verdicts = None;
    block_on(async {
        let findings = unless_interrupted(async {
            let account = Account::open(global, Pace::Quotas, terminal).await?;
            find(&account, desired, &account.region()).await
        })
        .await?;
        let context = CheckContext {
            account: findings.observed.identity.account.clone(),
            region: findings.plan.region.clone(),
            benchmark: desired.benchmark.clone(),
        };
        verdicts = Some(report::verdicts(&context, &findings.examinations));
        Ok(Exit::Done)
    })?;
    Ok(verdicts)
}
