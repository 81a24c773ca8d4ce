//! A plan in a file: `cis-fix/saved-plan/v2`, one JSON document that an apply performs as it stands.
//!
//! [`to_text`] writes every write with its parameters and what it replaces, under a digest of all of it. [`parse`] takes
//! back exactly what was written, byte for byte, and nothing else. The parts of web endpoints that may be secret are not
//! written; they are found again by their fingerprints. Whether the account is still as the plan saw it is not asked
//! here.

mod error;
mod read;
mod shape;

use std::collections::BTreeSet;

use crate::catalog::{Benchmark, Wording};
use crate::model::{AccountId, ControlId, Endpoint, Partition, Region};
use crate::plan::{Adoption, Blocked, HumanTask, Plan, Step};
use crate::stored::StoredAction;

pub use error::SavedPlanError;

/// The name and version of the format.
pub const SCHEMA: &str = "cis-fix/saved-plan/v2";
/// How many bytes a text may have.
pub const MAXIMUM_BYTES: usize = 4 * 1024 * 1024;

/// How a plan was made: what must be the same when it is performed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Making {
    /// The digest of the catalog.
    pub catalog: String,
    /// The benchmark whose numbers and titles were shown.
    pub benchmark: Benchmark,
    /// Whose words the patterns are in.
    pub wording: Wording,
    /// The controls that were asked for.
    pub controls: Vec<ControlId>,
    /// The Region in which the asking began.
    pub began_in: Region,
}

/// A plan as it was read back; endpoints that were not written down are still to be found.
#[derive(Debug, Clone, PartialEq)]
pub struct SavedPlan {
    /// How it was made.
    pub making: Making,
    /// The account it is for.
    pub account: AccountId,
    /// The partition of the account.
    pub partition: Partition,
    /// The Region it writes to.
    pub region: Region,
    steps: Vec<SavedStep>,
    adopted: Vec<Adoption>,
    human: Vec<HumanTask>,
    blocked: Vec<Blocked>,
}

/// A step whose endpoint may still have to be found.
#[derive(Debug, Clone, PartialEq)]
struct SavedStep {
    /// The step, but for its action and what follows from it.
    rest: read::Rest,
    action: StoredAction,
}

impl SavedPlan {
    /// Returns the plan, with its masked endpoints found among these.
    ///
    /// # Errors
    ///
    /// Names the subscription whose endpoint is not among them.
    pub fn plan(self, endpoints: &BTreeSet<Endpoint>) -> Result<Plan, SavedPlanError> {
        let steps = self.steps.into_iter().map(|SavedStep { rest, action }| {
            let action = match action {
                StoredAction::Whole(action) => action,
                StoredAction::Masked(masked) => masked
                    .found(endpoints)
                    .ok_or(SavedPlanError::Secret(masked.shown))?,
            };
            Ok(rest.with(action))
        });
        Ok(Plan {
            steps: steps.collect::<Result<Vec<Step>, _>>()?,
            account: self.account,
            partition: self.partition,
            region: self.region,
            adopted: self.adopted,
            human: self.human,
            blocked: self.blocked,
        })
    }
}

/// Returns the text of a plan, which [`parse`] reads back as the same plan.
#[must_use]
pub fn to_text(plan: &Plan, making: &Making) -> String {
    shape::Document::sealed(plan, making).to_text()
}

/// Returns the plan that a text holds.
///
/// # Errors
///
/// Refuses whatever [`to_text`] of this version did not write.
pub fn parse(bytes: &[u8]) -> Result<SavedPlan, SavedPlanError> {
    read::saved_plan(bytes)
}

/// Returns whether a text is a saved plan, of whatever version and in whatever state.
#[must_use]
pub fn is_saved_plan(bytes: &[u8]) -> bool {
    read::schema(bytes).is_ok_and(|schema| schema.starts_with("cis-fix/saved-plan/"))
}
