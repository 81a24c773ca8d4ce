//! `check`: judges every control and changes nothing.

use std::time::SystemTime;

use super::account::{Account, Pace};
use super::args::{Format, Global};
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::findings::{self, FindingsFile};
use super::interrupt::unless_interrupted;
use super::terminal::Terminal;
use crate::cloud::CloudReader;
use crate::desired::Desired;
use crate::examine::{Examination, examine};
use crate::model::Region;
use crate::observe::observe;
use crate::observed::Observed;
use crate::plan::{Plan, plan};
use crate::render::{Moment, Occasion, exchange, json};
use crate::report::{self, CheckContext};

/// What was found in an account, and what would be done about it.
pub(super) struct Findings {
    pub(super) observed: Observed,
    pub(super) examinations: Vec<Examination>,
    pub(super) plan: Plan,
}

impl Findings {
    /// Returns what was looked at.
    pub(super) fn context(&self, desired: &Desired) -> CheckContext {
        CheckContext {
            account: self.observed.identity.account.clone(),
            region: self.plan.region.clone(),
            benchmark: desired.benchmark.clone(),
        }
    }
}

/// Reads the account and judges it.
pub(super) async fn find(
    account: &impl CloudReader,
    desired: &Desired,
    region: &Region,
) -> Result<Findings, Error> {
    // What is asked at once makes a large future, and this one is held by several others.
    let observed = Box::pin(observe(account, desired, region)).await?;
    let examinations = examine(desired, &observed);
    let plan = plan(desired, &observed, &examinations);
    Ok(Findings {
        observed,
        examinations,
        plan,
    })
}

/// Reads the account and judges it, limited to what failed in a findings file if there is one.
///
/// Returns with it what is wanted within that limit. Which findings are about this account and Region is known only
/// once it was read.
pub(super) async fn find_within(
    account: &impl CloudReader,
    region: &Region,
    (desired, file): (Desired, Option<&FindingsFile>),
    terminal: &Terminal,
) -> Result<(Desired, Findings), Error> {
    let found = find(account, &desired, region).await?;
    let Some(file) = file else {
        return Ok((desired, found));
    };
    let owner = found.observed.identity.account.clone();
    let regions = [&found.plan.region, region];
    let desired = file.limited(desired, &owner, &regions, terminal)?;
    let examinations = examine(&desired, &found.observed);
    let plan = plan(&desired, &found.observed, &examinations);
    let within = Findings {
        observed: found.observed,
        examinations,
        plan,
    };
    Ok((desired, within))
}

/// Reads what the flags ask about and judges it.
pub(super) async fn judged(
    global: &Global,
    terminal: &Terminal,
) -> Result<(CheckContext, Desired, Findings), Error> {
    let file = findings::read(global)?;
    let desired = context::desired(global, terminal)?;
    let (desired, findings) = unless_interrupted(async {
        let account = Account::open(global, Pace::Quotas, terminal).await?;
        let wanted = (desired, file.as_ref());
        find_within(&account, &account.region(), wanted, terminal).await
    })
    .await?;
    let context = findings.context(&desired);
    Ok((context, desired, findings))
}

/// Runs `check`.
pub(super) async fn run(global: &Global, terminal: &Terminal) -> Result<Exit, Error> {
    let (context, _, findings) = judged(global, terminal).await?;
    if let Some(format) = global.format.exchange() {
        let occasion = Occasion {
            context: &context,
            partition: &findings.plan.partition,
            catalog: &context::catalog(global)?,
            moment: &moment(),
        };
        terminal.print(&exchange(format, &occasion, &findings.examinations))?;
        return Ok(Exit::of_check(&findings.examinations));
    }
    match terminal.format() {
        Format::Json => terminal.print(&json::check(&context, &findings.examinations))?,
        Format::Text | Format::Markdown | Format::Html => {
            let report = if terminal.is_verbose() {
                report::check_with_evidence
            } else {
                report::check
            };
            terminal.show(&report(&context, &findings.examinations))?;
        }
    }
    Ok(Exit::of_check(&findings.examinations))
}

/// Returns the time of the check.
#[expect(
    clippy::disallowed_methods,
    reason = "the formats of other tools say when something was found"
)]
fn moment() -> Moment {
    let now = SystemTime::now();
    let since = now
        .duration_since(SystemTime::UNIX_EPOCH)
        .unwrap_or_default();
    Moment {
        milliseconds: u64::try_from(since.as_millis()).unwrap_or(u64::MAX),
        text: humantime::format_rfc3339_millis(now).to_string(),
    }
}
