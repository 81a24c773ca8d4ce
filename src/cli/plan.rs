//! `plan`: shows what `apply` would do and changes nothing but the file in which it saves it.

use super::account::{Account, Pace};
use super::args::{Format, Global, PlanArgs};
use super::check::find_within;
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::findings;
use super::interrupt::unless_interrupted;
use super::saved;
use super::terminal::Terminal;
use crate::render::json;
use crate::report;

/// Runs `plan`.
pub(super) async fn run(
    global: &Global,
    args: &PlanArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    if let Some(path) = &args.out {
        saved::check_target(path)?;
    }
    let file = findings::read(global)?;
    let catalog = context::catalog(global)?;
    let (wish, desired) = context::wanted(global, &catalog, None, terminal)?;
    let (desired, findings, began_in) = unless_interrupted(async {
        let account = Account::open(global, Pace::Quotas, terminal).await?;
        let wanted = (desired, file.as_ref());
        let region = account.region();
        let (desired, findings) = find_within(&account, &region, wanted, terminal).await?;
        Ok((desired, findings, region))
    })
    .await?;
    if let Some(path) = &args.out {
        let making = saved::making(&catalog, &desired, &wish, began_in);
        saved::keep(path, &findings.plan, &making)?;
    }
    match terminal.format() {
        Format::Json => terminal.print(&json::plan(&findings.plan))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::plan(&findings.plan, &findings.examinations))?;
        }
    }
    if let Some(path) = &args.out {
        let path = path.display();
        terminal.tell(&format!(
            "the plan is saved in {path}; `cis-fix apply {path}` performs it"
        ));
    }
    let exit = Exit::of_plan(&findings.examinations);
    let changes = args.detailed_exitcode && !findings.plan.steps.is_empty();
    Ok(if changes && exit == Exit::Done {
        Exit::Gaps
    } else {
        exit
    })
}
