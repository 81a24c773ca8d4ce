//! `policy`: prints the IAM policy that a command needs, and changes nothing.

use super::account::{Account, Pace};
use super::args::policy::PolicyArgs;
use super::args::{Format, Global};
use super::check::find;
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::interrupt::unless_interrupted;
use super::terminal::Terminal;
use crate::desired::Desired;
use crate::model::{LogGroupArn, LogGroupName, Partition};
use crate::permissions::{LARGEST_POLICY, Scope, permissions};
use crate::render::json;
use crate::report;

/// Runs `policy`.
pub(super) async fn run(
    global: &Global,
    args: &PolicyArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    let desired = context::desired(global, terminal)?;
    let scope = match &args.log_group {
        Some(log_group) => Scope::of_log_group(&desired, &named(global, args, log_group)?),
        None => found(global, &desired, terminal).await?,
    };
    let permissions = permissions(args.purpose, &scope);
    let policy = json::permissions(&permissions);
    let size = json::permissions_size(&permissions);
    match terminal.format() {
        Format::Text | Format::Json => terminal.print(&policy)?,
        Format::Markdown | Format::Html => {
            terminal.show(&report::permissions(args.purpose, &policy, size))?;
        }
    }
    if size > LARGEST_POLICY {
        terminal.tell(&format!(
            "note: the policy has {size} characters, and a managed policy {LARGEST_POLICY} at most; \
             make several, each for some controls, with `--control`"
        ));
    }
    Ok(Exit::Done)
}

/// Returns the log group that was named.
fn named(global: &Global, args: &PolicyArgs, log_group: &str) -> Result<LogGroupArn, Error> {
    if log_group.starts_with("arn:") {
        let named =
            LogGroupArn::parse(log_group).map_err(|error| Error::usage(error.to_string()))?;
        if args
            .account
            .as_ref()
            .is_some_and(|account| *account != named.account)
        {
            return Err(Error::usage(format!(
                "`{named}` is not a log group of the account that `--account` names"
            )));
        }
        return Ok(named);
    }
    let name = LogGroupName::parse(log_group).map_err(|error| Error::usage(error.to_string()))?;
    let (Some(account), Some(region)) = (&args.account, &global.region) else {
        return Err(
            Error::usage("the name of a log group does not tell whose it is and where")
                .hint("pass `--account` and `--region` too, or the ARN of the log group"),
        );
    };
    Ok(LogGroupArn {
        partition: Partition::of_region(region),
        region: region.clone(),
        account: account.clone(),
        name,
    })
}

/// Looks at the account.
async fn found(global: &Global, desired: &Desired, terminal: &Terminal) -> Result<Scope, Error> {
    let findings = unless_interrupted(async {
        let account = Account::open(global, Pace::Quotas, terminal).await?;
        find(&account, desired, &account.region()).await
    })
    .await?;
    if let Err(error) = &findings.observed.trails {
        return Err(Error::from(error.clone()).hint(WITHOUT_A_LOOK));
    }
    Scope::of_account(desired, &findings.observed, &findings.plan).ok_or_else(|| {
        Error::failed("no log group of this account receives the events of a trail")
            .hint(WITHOUT_A_LOOK)
    })
}

const WITHOUT_A_LOOK: &str = "`--log-group` names the log group without a look at the account";
