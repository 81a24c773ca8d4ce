//! The shape of `cis-fix/plan/v1`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use serde_json::Value;

use super::digest::digest;
use super::print::value;
use super::request::{masked, request};
use crate::model::ControlId;
use crate::plan::{Adoption, Blocked, FieldChange, HumanTask, Mark, Plan, Step, StepId};
use crate::report::resource;

/// The document.
#[derive(Debug, Serialize)]
pub(super) struct PlanShape<'report> {
    schema: &'static str,
    account: &'report str,
    partition: &'report str,
    region: &'report str,
    pub(super) digest: String,
    steps: Vec<StepShape<'report>>,
    adopted: Vec<AdoptionShape<'report>>,
    human: Vec<HumanShape<'report>>,
    blocked: Vec<BlockedShape<'report>>,
    summary: Summary,
}

#[derive(Debug, Serialize)]
struct StepShape<'report> {
    id: &'report str,
    mark: &'static str,
    action: &'static str,
    permission: &'static str,
    resource: String,
    serves: Vec<&'report str>,
    needs: Vec<&'report str>,
    request: Value,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    masked: BTreeMap<&'static str, String>,
    changes: Vec<ChangeShape<'report>>,
    notes: &'report [String],
}

#[derive(Debug, Serialize)]
struct ChangeShape<'report> {
    field: &'static str,
    before: &'report str,
    after: &'report str,
}

#[derive(Debug, Serialize)]
struct AdoptionShape<'report> {
    control: &'report str,
    link: &'static str,
    resource: &'report str,
    code: &'static str,
}

/// What a person must do.
#[derive(Debug, Serialize)]
pub(super) struct HumanShape<'report> {
    serves: Vec<&'report str>,
    link: &'static str,
    code: &'static str,
    detail: &'report str,
    task: &'report str,
}

#[derive(Debug, Serialize)]
struct BlockedShape<'report> {
    serves: Vec<&'report str>,
    link: &'static str,
    code: &'static str,
    detail: &'report str,
    hint: &'report str,
}

#[derive(Debug, Serialize)]
struct Summary {
    create: usize,
    change: usize,
    adopted: usize,
    human: usize,
    blocked: usize,
}

impl<'report> PlanShape<'report> {
    /// Returns the document with its digest.
    pub(super) fn sealed(plan: &'report Plan) -> Self {
        let open = Self::open(plan);
        let digest = digest(&value(&open));
        Self { digest, ..open }
    }

    fn open(plan: &'report Plan) -> Self {
        let Plan {
            account,
            partition,
            region,
            steps,
            adopted,
            human,
            blocked,
        } = plan;
        Self {
            schema: "cis-fix/plan/v1",
            account: account.as_str(),
            partition: partition.as_str(),
            region: region.as_str(),
            digest: String::new(),
            steps: steps.iter().map(step).collect(),
            adopted: adopted.iter().map(adoption).collect(),
            human: humans(human),
            blocked: blocked.iter().map(obstacle).collect(),
            summary: summary(plan),
        }
    }
}

fn summary(plan: &Plan) -> Summary {
    let count = |mark: Mark| plan.steps.iter().filter(|step| step.mark == mark).count();
    Summary {
        create: count(Mark::Create),
        change: count(Mark::Change),
        adopted: plan.adopted.len(),
        human: plan.human.len(),
        blocked: plan.blocked.len(),
    }
}

fn step(step: &Step) -> StepShape<'_> {
    let Step {
        id,
        mark,
        action,
        serves,
        needs,
        changes,
        replaces: _, // `changes` names the fields that differ.
        notes,
    } = step;
    StepShape {
        id: id.as_str(),
        mark: mark.as_str(),
        action: action.name(),
        permission: action.permission(),
        resource: resource(action),
        serves: ids(serves),
        needs: needs.iter().map(StepId::as_str).collect(),
        request: request(action),
        masked: masked(action),
        changes: changes.iter().map(change).collect(),
        notes,
    }
}

fn change(change: &FieldChange) -> ChangeShape<'_> {
    let FieldChange {
        field,
        before,
        after,
    } = change;
    ChangeShape {
        field,
        before,
        after,
    }
}

fn adoption(adoption: &Adoption) -> AdoptionShape<'_> {
    let Adoption {
        control,
        link,
        resource,
        code,
    } = adoption;
    AdoptionShape {
        control: control.as_str(),
        link: link.as_str(),
        resource,
        code: code.as_str(),
    }
}

/// Returns the tasks that wait for a person.
pub(super) fn humans(tasks: &[HumanTask]) -> Vec<HumanShape<'_>> {
    tasks.iter().map(human).collect()
}

fn human(human: &HumanTask) -> HumanShape<'_> {
    let HumanTask {
        serves,
        link,
        code,
        detail,
        task,
    } = human;
    HumanShape {
        serves: ids(serves),
        link: link.as_str(),
        code: code.as_str(),
        detail,
        task,
    }
}

fn obstacle(blocked: &Blocked) -> BlockedShape<'_> {
    let Blocked {
        serves,
        link,
        code,
        detail,
        hint,
    } = blocked;
    BlockedShape {
        serves: ids(serves),
        link: link.as_str(),
        code: code.as_str(),
        detail,
        hint,
    }
}

/// Returns controls as text, in their order.
pub(super) fn ids(controls: &BTreeSet<ControlId>) -> Vec<&str> {
    controls.iter().map(ControlId::as_str).collect()
}
