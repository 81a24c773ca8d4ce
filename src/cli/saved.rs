//! Plans in files: written by `plan --out`, read by `apply`.

use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::Path;

use super::check::Findings;
use super::context::Wish;
use super::error::Error;
use super::files;
use crate::apply::{Unfit, unfit};
use crate::catalog::Catalog;
use crate::cloud::CloudReader;
use crate::desired::Desired;
use crate::model::{Endpoint, Region};
use crate::plan::{Plan, StepId};
use crate::render::json;
use crate::saved_plan::{
    self, MAXIMUM_BYTES, Making, SavedPlan, SavedPlanError, is_saved_plan, to_text,
};

/// Makes sure that a plan may be written to a file: it is not there, or holds a plan.
pub(super) fn check_target(path: &Path) -> Result<(), Error> {
    if !path.try_exists().unwrap_or(true) {
        return Ok(());
    }
    // Reading anything else than a file might never end.
    if !is_something_else(path) && is_saved_plan(&files::bytes(path, MAXIMUM_BYTES + 1)?) {
        return Ok(());
    }
    Err(Error::failed(format!(
        "`{}` is there and is not a saved plan, so it is not replaced",
        path.display()
    ))
    .hint("name another file, or remove this one"))
}

fn is_something_else(path: &Path) -> bool {
    path.metadata().is_ok_and(|there| !there.is_file())
}

/// Writes a plan to a file that only its owner may read.
pub(super) fn keep(path: &Path, plan: &Plan, making: &Making) -> Result<(), Error> {
    let text = to_text(plan, making);
    // What could not be read back as the same plan must not be confirmed by anybody.
    let endpoints = endpoints(plan);
    let again = saved_plan::parse(text.as_bytes()).and_then(|saved| saved.plan(&endpoints));
    match again {
        Ok(again) if again == *plan => {}
        Ok(_) => return Err(unfaithful(path, &"it would be read back as another one")),
        Err(error) => return Err(unfaithful(path, &error)),
    }
    check_target(path)?;
    files::write_private(path, &text)
}

fn endpoints(plan: &Plan) -> BTreeSet<Endpoint> {
    let steps = plan.steps.iter();
    steps
        .filter_map(|step| step.action.endpoint().cloned())
        .collect()
}

fn unfaithful(path: &Path, cause: &dyn Display) -> Error {
    Error::failed(format!("could not save the plan in `{}`", path.display()))
        .because(cause)
        .hint("`cis-fix apply` without a file performs the plan all the same")
}

/// Returns how a plan is made: with which catalog, for which controls, beginning where.
pub(super) fn making(
    catalog: &Catalog,
    desired: &Desired,
    wish: &Wish,
    began_in: Region,
) -> Making {
    let controls = desired.controls.iter();
    Making {
        catalog: json::catalog_digest(catalog),
        benchmark: wish.benchmark,
        wording: wish.wording(),
        controls: controls.map(|control| control.id.clone()).collect(),
        began_in,
    }
}

/// Reads a plan; refuses what is not one that this version and this catalog made.
pub(super) fn read(path: &Path, catalog: &Catalog) -> Result<SavedPlan, Error> {
    let bytes = files::bytes(path, MAXIMUM_BYTES + 1)?;
    let saved = saved_plan::parse(&bytes).map_err(|error| refused(path, &error))?;
    if saved.making.catalog != json::catalog_digest(catalog) {
        return Err(Error::refused(format!(
            "the plan `{}` was made with another catalog",
            path.display()
        ))
        .hint("name the same `--catalog`, or save a new plan with `cis-fix plan --out FILE`"));
    }
    Ok(saved)
}

fn refused(path: &Path, error: &SavedPlanError) -> Error {
    Error::refused(format!("the plan `{}` is refused: {error}", path.display())).hint(error.hint())
}

/// Returns the saved plan in place of the one that would be made now, if it is for this account as it now is.
pub(super) async fn against(
    (path, saved): (&Path, SavedPlan),
    account: &impl CloudReader,
    (began_in, desired): (&Region, &Desired),
    findings: Findings,
) -> Result<Findings, Error> {
    let Plan {
        account: own,
        partition,
        region,
        ..
    } = &findings.plan;
    let pairs = [
        ("account", saved.account.as_str(), own.as_str()),
        ("partition", saved.partition.as_str(), partition.as_str()),
        ("Region", saved.making.began_in.as_str(), began_in.as_str()),
        ("Region", saved.region.as_str(), region.as_str()),
    ];
    for (what, planned, now) in pairs {
        if planned != now {
            return Err(Error::refused(format!(
                "the plan `{}` is for {what} {planned}, and this is {now}",
                path.display()
            ))
            .hint("nothing was written; check `--profile`, `--region` and `--sandbox`"));
        }
    }
    let plan = saved
        .plan(&desired.subscriptions)
        .map_err(|error| refused(path, &error))?;
    check_fresh(account, &plan).await?;
    check_due(path, &plan, &findings.plan)?;
    Ok(Findings { plan, ..findings })
}

/// Refuses a plan of which some resource is no longer as the plan saw it, or is not ours to change.
pub(super) async fn check_fresh(account: &impl CloudReader, plan: &Plan) -> Result<(), Error> {
    let Unfit { changed, foreign } = unfit(account, plan).await?;
    let said = if let Some(first) = foreign.first() {
        let others = others(&foreign);
        format!("the plan would change `{first}`{others}, which cis-fix did not make")
    } else if let Some(first) = changed.first() {
        let others = others(&changed);
        format!("the plan is stale: `{first}`{others} changed since it was made")
    } else {
        return Ok(());
    };
    Err(Error::refused(format!("{said}; nothing was written")).hint(NOW))
}

/// What there is to be done about a plan that does not fit.
const NOW: &str = "`cis-fix plan` shows what is to be done now";

fn others(steps: &[StepId]) -> String {
    match steps.len() - 1 {
        0 => String::new(),
        1 => " and another resource".to_owned(),
        more => format!(" and {more} other resources"),
    }
}

/// Refuses a plan with a step that would not be planned now: what was written by somebody else describes the account
/// as exactly as it likes.
fn check_due(path: &Path, plan: &Plan, now: &Plan) -> Result<(), Error> {
    let mut steps = plan.steps.iter();
    let Some(other) = steps.find(|step| !now.steps.contains(step)) else {
        return Ok(());
    };
    Err(Error::refused(format!(
        "the plan `{}` is not what would be planned now: `{}` is not to be written so; nothing was written",
        path.display(),
        other.id
    ))
    .hint("the settings, or what the plan relies on, are others than when it was saved")
    .hint(NOW))
}
