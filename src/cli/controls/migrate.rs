//! `controls migrate`: what changes from one benchmark to another, for an account if there is one.

use super::super::account::{Account, Pace};
use super::super::args::{Format, Global, MigrateArgs};
use super::super::check::find;
use super::super::error::Error;
use super::super::exit::Exit;
use super::super::interrupt::unless_interrupted;
use super::super::terminal::Terminal;
use super::super::{block_on, context};
use crate::examine::Examination;
use crate::render::json;
use crate::report;

/// Runs `controls migrate`.
pub(super) fn run(global: &Global, args: &MigrateArgs, terminal: &Terminal) -> Result<Exit, Error> {
    let migration = context::catalog(global)?.migration(args.from, args.to);
    if args.account || global.sandbox.is_some() {
        block_on(async {
            let after = examined(global, args, terminal).await?;
            print(&migration, Some(&after), terminal)
        })
    } else {
        print(&migration, None, terminal)
    }
}

/// Looks at the account as the new benchmark wants it.
async fn examined(
    global: &Global,
    args: &MigrateArgs,
    terminal: &Terminal,
) -> Result<Vec<Examination>, Error> {
    let desired = context::desired_for(global, args.to, terminal)?;
    let findings = unless_interrupted(async {
        let account = Account::open(global, Pace::Quotas, terminal).await?;
        find(&account, &desired, &account.region()).await
    })
    .await?;
    Ok(findings.examinations)
}

fn print(
    migration: &crate::catalog::Migration,
    after: Option<&[Examination]>,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    match terminal.format() {
        Format::Json => terminal.print(&json::migration(migration, after))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::migration(migration, after))?;
        }
    }
    Ok(Exit::Done)
}
