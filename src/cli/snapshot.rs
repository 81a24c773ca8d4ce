//! `snapshot`: writes what was read of an account as a sandbox file.

use super::account::{Account, Pace};
use super::args::{Global, SnapshotArgs};
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::files;
use super::interrupt::unless_interrupted;
use super::terminal::Terminal;
use crate::observe::observe;
use crate::sandbox::{self, format};

/// Runs `snapshot`.
pub(super) async fn run(
    global: &Global,
    args: &SnapshotArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let desired = context::desired(global, terminal)?;
    let observed = unless_interrupted(async {
        let account = Account::open(global, Pace::Quotas, terminal).await?;
        Ok(Box::pin(observe(&account, &desired, &account.region())).await?)
    })
    .await?;
    let text = format::to_text(&sandbox::from_observed(&observed));
    match &args.out {
        None => terminal.print(&text)?,
        Some(path) => {
            files::write(path, &text)?;
            terminal.tell(&format!("wrote {}", path.display()));
        }
    }
    Ok(Exit::Done)
}
