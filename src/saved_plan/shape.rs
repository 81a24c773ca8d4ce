//! The shape of the text.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Making, SCHEMA};
use crate::plan::{Adoption, Blocked, HumanTask, Plan, Step};
use crate::render::json;
use crate::stored::replaced_value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a saved plan")]
pub(super) struct Document {
    pub(super) schema: String,
    pub(super) version: String,
    pub(super) catalog: String,
    pub(super) benchmark: String,
    pub(super) wording: String,
    pub(super) controls: Vec<String>,
    pub(super) began_in: String,
    pub(super) account: String,
    pub(super) partition: String,
    pub(super) region: String,
    pub(super) steps: Vec<StepShape>,
    pub(super) adopted: Vec<AdoptionShape>,
    pub(super) human: Vec<HumanShape>,
    pub(super) blocked: Vec<BlockedShape>,
    pub(super) digest: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a step")]
pub(super) struct StepShape {
    pub(super) id: String,
    pub(super) mark: String,
    pub(super) action: String,
    pub(super) region: String,
    pub(super) serves: Vec<String>,
    pub(super) needs: Vec<String>,
    pub(super) request: Value,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(super) masked: BTreeMap<String, String>,
    /// What is replaced; null when there is nothing.
    pub(super) replaces: Value,
    pub(super) notes: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "something that is put to use")]
pub(super) struct AdoptionShape {
    pub(super) control: String,
    pub(super) link: String,
    pub(super) resource: String,
    pub(super) code: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a task for a person")]
pub(super) struct HumanShape {
    pub(super) serves: Vec<String>,
    pub(super) link: String,
    pub(super) code: String,
    pub(super) detail: String,
    pub(super) task: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, expecting = "something that is blocked")]
pub(super) struct BlockedShape {
    pub(super) serves: Vec<String>,
    pub(super) link: String,
    pub(super) code: String,
    pub(super) detail: String,
    pub(super) hint: String,
}

impl Document {
    /// Returns the document of a plan, with its digest.
    pub(super) fn sealed(plan: &Plan, making: &Making) -> Self {
        let open = Self::open(plan, making);
        let digest = open.digest_of_content();
        Self { digest, ..open }
    }

    fn open(plan: &Plan, making: &Making) -> Self {
        let Plan {
            account,
            partition,
            region,
            steps,
            adopted,
            human,
            blocked,
        } = plan;
        let Making {
            catalog,
            benchmark,
            wording,
            controls,
            began_in,
        } = making;
        Self {
            schema: SCHEMA.to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            catalog: catalog.clone(),
            benchmark: benchmark.to_string(),
            wording: wording.as_str().to_owned(),
            controls: texts(controls),
            began_in: began_in.to_string(),
            account: account.to_string(),
            partition: partition.to_string(),
            region: region.to_string(),
            steps: steps.iter().map(step).collect(),
            adopted: adopted.iter().map(adoption).collect(),
            human: human.iter().map(self::human).collect(),
            blocked: blocked.iter().map(self::blocked).collect(),
            digest: String::new(),
        }
    }

    /// Returns the digest of everything but the digest.
    pub(super) fn digest_of_content(&self) -> String {
        json::digest(&json!(self))
    }

    /// Returns the text, which is the same for the same document.
    pub(super) fn to_text(&self) -> String {
        json::pretty(self)
    }
}

fn texts<'items, T: ToString + 'items>(items: impl IntoIterator<Item = &'items T>) -> Vec<String> {
    items.into_iter().map(ToString::to_string).collect()
}

fn step(step: &Step) -> StepShape {
    let Step {
        id,
        mark,
        action,
        serves,
        needs,
        changes: _, // They follow from the action and from what it replaces.
        replaces,
        notes,
    } = step;
    let masked = json::masked(action).into_iter();
    StepShape {
        id: id.to_string(),
        mark: mark.as_str().to_owned(),
        action: action.name().to_owned(),
        region: action.place().1.to_string(),
        serves: texts(serves),
        needs: texts(needs),
        request: json::request(action),
        masked: masked
            .map(|(name, print)| (name.to_owned(), print))
            .collect(),
        replaces: replaced_value(replaces.as_ref()),
        notes: notes.clone(),
    }
}

fn adoption(adoption: &Adoption) -> AdoptionShape {
    let Adoption {
        control,
        link,
        resource,
        code,
    } = adoption;
    AdoptionShape {
        control: control.to_string(),
        link: link.as_str().to_owned(),
        resource: resource.clone(),
        code: code.as_str().to_owned(),
    }
}

fn human(task: &HumanTask) -> HumanShape {
    let HumanTask {
        serves,
        link,
        code,
        detail,
        task,
    } = task;
    HumanShape {
        serves: texts(serves),
        link: link.as_str().to_owned(),
        code: code.as_str().to_owned(),
        detail: detail.clone(),
        task: task.clone(),
    }
}

fn blocked(blocked: &Blocked) -> BlockedShape {
    let Blocked {
        serves,
        link,
        code,
        detail,
        hint,
    } = blocked;
    BlockedShape {
        serves: texts(serves),
        link: link.as_str().to_owned(),
        code: code.as_str().to_owned(),
        detail: detail.clone(),
        hint: hint.clone(),
    }
}
