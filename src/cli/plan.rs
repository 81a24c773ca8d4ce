//! `plan`: shows what `apply` would do and changes nothing.

use super::account::{Account, Pace};
use super::args::{Format, Global, PlanArgs};
use super::check::{find, unknown_or_done};
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::interrupt::unless_interrupted;
use super::terminal::Terminal;
use crate::render::json;
use crate::report;

/// Runs `plan`.
pub(super) async fn run(
    global: &Global,
    args: &PlanArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let desired = context::desired(global, terminal)?;
    let findings = unless_interrupted(async {
        let account = Account::open(global, Pace::Quotas, terminal).await?;
        find(&account, &desired, &account.region()).await
    })
    .await?;
    match terminal.format() {
        Format::Json => terminal.print(&json::plan(&findings.plan))?,
        Format::Text | Format::Markdown => {
            terminal.show(&report::plan(&findings.plan, &findings.examinations))?;
        }
    }
    let exit = unknown_or_done(&findings.examinations);
    let changes = args.detailed_exitcode && !findings.plan.steps.is_empty();
    Ok(if changes && exit == Exit::Done {
        Exit::Gaps
    } else {
        exit
    })
}
