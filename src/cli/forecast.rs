//! `forecast`: tells what every known auditor says now and after `apply`, and changes nothing.

use super::account::{Account, Pace};
use super::args::{Format, Global};
use super::check::{find_within, unknown_or_done};
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::findings;
use super::interrupt::unless_interrupted;
use super::terminal::Terminal;
use crate::forecast::forecast;
use crate::render::json;
use crate::report::{self, CheckContext};

/// Runs `forecast`.
pub(super) async fn run(global: &Global, terminal: &Terminal) -> Result<Exit, Error> {
    let file = findings::read(global)?;
    let desired = context::desired(global, terminal)?;
    let (desired, findings) = unless_interrupted(async {
        let account = Account::open(global, Pace::Quotas, terminal).await?;
        let wanted = (desired, file.as_ref());
        find_within(&account, &account.region(), wanted, terminal).await
    })
    .await?;
    let context = CheckContext {
        account: findings.observed.identity.account.clone(),
        region: findings.plan.region.clone(),
        benchmark: desired.benchmark.clone(),
    };
    let forecast = forecast(
        &desired,
        &findings.observed,
        &findings.examinations,
        &findings.plan,
    );
    match terminal.format() {
        Format::Json => terminal.print(&json::forecast(&context, &forecast))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::forecast(
                &context,
                &forecast,
                &findings.examinations,
            ))?;
        }
    }
    Ok(unknown_or_done(&findings.examinations))
}
