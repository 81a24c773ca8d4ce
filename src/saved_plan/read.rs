//! From the text back to the plan. What was not written exactly so is refused.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::shape::{AdoptionShape, BlockedShape, Document, HumanShape, StepShape};
use super::{MAXIMUM_BYTES, Making, SCHEMA, SavedPlan, SavedPlanError, SavedStep};
use crate::catalog::{Benchmark, Wording};
use crate::examine::{Code, LinkKind};
use crate::model::{AccountId, ControlId, Partition, Region};
use crate::plan::action::Action;
use crate::plan::{Adoption, Blocked, HumanTask, Mark, Replaced, Step, StepId, changes};
use crate::stored::{Place, StoredAction, read_replaced};

/// What the text says of itself, read before anything else is.
#[derive(Deserialize)]
#[serde(expecting = "a saved plan")]
struct Head {
    schema: String,
    #[serde(default)]
    version: String,
}

/// A step without its action, and without what follows from it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Rest {
    id: StepId,
    mark: Mark,
    serves: BTreeSet<ControlId>,
    needs: BTreeSet<StepId>,
    replaces: Option<Replaced>,
    notes: Vec<String>,
}

impl Rest {
    /// Returns the whole step.
    pub(super) fn with(self, action: Action) -> Step {
        Step {
            id: self.id,
            mark: self.mark,
            changes: changes(&action, self.replaces.as_ref()),
            action,
            serves: self.serves,
            needs: self.needs,
            replaces: self.replaces,
            notes: self.notes,
        }
    }
}

/// Returns the name of the format of a document.
pub(super) fn schema(bytes: &[u8]) -> Result<String, SavedPlanError> {
    head(text(bytes)?).map(|head| head.schema)
}

fn text(bytes: &[u8]) -> Result<&str, SavedPlanError> {
    if bytes.len() > MAXIMUM_BYTES {
        return Err(SavedPlanError::TooLarge);
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("it is not UTF-8 from byte {} on", error.valid_up_to());
        SavedPlanError::Form(message)
    })
}

fn head(text: &str) -> Result<Head, SavedPlanError> {
    if text.trim().is_empty() {
        return Err(SavedPlanError::Form("the file is empty".to_owned()));
    }
    serde_json::from_str(text).map_err(|error| form(&error))
}

fn form(error: &serde_json::Error) -> SavedPlanError {
    if error.is_eof() {
        SavedPlanError::CutOff
    } else {
        SavedPlanError::Form(error.to_string())
    }
}

pub(super) fn saved_plan(bytes: &[u8]) -> Result<SavedPlan, SavedPlanError> {
    let text = text(bytes)?;
    let Head { schema, version } = head(text)?;
    if schema != SCHEMA {
        return Err(SavedPlanError::Schema(schema));
    }
    if version != env!("CARGO_PKG_VERSION") {
        return Err(SavedPlanError::Version(version));
    }
    let document: Document = serde_json::from_str(text).map_err(|error| form(&error))?;
    // Printing it again finds what JSON does not tell apart: white space, escapes, members that are there twice.
    if document.digest != document.digest_of_content() || document.to_text() != text {
        return Err(SavedPlanError::Altered);
    }
    content(document)
}

fn content(document: Document) -> Result<SavedPlan, SavedPlanError> {
    let Document {
        schema: _,
        version: _,
        digest: _,
        catalog,
        benchmark,
        wording,
        controls,
        began_in,
        account,
        partition,
        region,
        steps,
        adopted,
        human,
        blocked,
    } = document;
    let place = Place {
        account: named("account", AccountId::parse(&account))?,
        partition: known("partition", &partition, Partition::parse)?,
        region: named("region", Region::parse(&region))?,
    };
    let making = Making {
        catalog,
        benchmark: known("benchmark", &benchmark, Benchmark::parse)?,
        wording: known("wording", &wording, Wording::parse)?,
        controls: ids("controls", &controls)?.into_iter().collect(),
        began_in: named("began_in", Region::parse(&began_in))?,
    };
    let mut before = BTreeSet::new();
    let steps = steps.into_iter().enumerate().map(|(at, shape)| {
        let step = step(&format!("steps[{at}]"), shape, &place, &before)?;
        before.insert(step.rest.id.clone());
        Ok(step)
    });
    let steps = steps.collect::<Result<_, _>>()?;
    Ok(SavedPlan {
        making,
        steps,
        adopted: each("adopted", adopted, adoption)?,
        human: each("human", human, task)?,
        blocked: each("blocked", blocked, obstacle)?,
        account: place.account,
        partition: place.partition,
        region: place.region,
    })
}

fn wrong(place: &str, message: impl Into<String>) -> SavedPlanError {
    SavedPlanError::Content {
        place: place.to_owned(),
        message: message.into(),
    }
}

fn named<T, E: ToString>(place: &str, parsed: Result<T, E>) -> Result<T, SavedPlanError> {
    parsed.map_err(|error| wrong(place, error.to_string()))
}

fn known<T>(
    place: &str,
    word: &str,
    parse: impl FnOnce(&str) -> Option<T>,
) -> Result<T, SavedPlanError> {
    parse(word).ok_or_else(|| wrong(place, format!("`{word}` is not known")))
}

fn ids(place: &str, texts: &[String]) -> Result<Vec<ControlId>, SavedPlanError> {
    let parsed = texts
        .iter()
        .map(|text| named(place, ControlId::parse(text)));
    parsed.collect()
}

fn serves(place: &str, texts: &[String]) -> Result<BTreeSet<ControlId>, SavedPlanError> {
    Ok(ids(place, texts)?.into_iter().collect())
}

fn each<Shape, T>(
    name: &str,
    shapes: Vec<Shape>,
    read: impl Fn(&str, Shape) -> Result<T, SavedPlanError>,
) -> Result<Vec<T>, SavedPlanError> {
    let shapes = shapes.into_iter().enumerate();
    shapes
        .map(|(at, shape)| read(&format!("{name}[{at}]"), shape))
        .collect()
}

fn step(
    place: &str,
    shape: StepShape,
    own: &Place,
    before: &BTreeSet<StepId>,
) -> Result<SavedStep, SavedPlanError> {
    let StepShape {
        id,
        mark,
        action,
        region,
        serves: controls,
        needs,
        request,
        masked,
        replaces,
        notes,
    } = shape;
    let there = Place {
        region: named(place, Region::parse(&region))?,
        ..own.clone()
    };
    let action = named(
        place,
        StoredAction::read(&action, &request, &masked, &there),
    )?;
    let rest = Rest {
        id: known(place, &id, StepId::parse)?,
        mark: known(place, &mark, Mark::parse)?,
        serves: serves(place, &controls)?,
        needs: needs
            .iter()
            .map(|need| known(place, need, StepId::parse))
            .collect::<Result<_, _>>()?,
        replaces: named(place, read_replaced(&replaces))?,
        notes,
    };
    if before.contains(&rest.id) {
        return Err(wrong(place, format!("there are two steps `{id}`")));
    }
    if let Some(need) = rest.needs.iter().find(|need| !before.contains(need)) {
        return Err(wrong(
            place,
            format!("it needs `{need}`, which is not done before it"),
        ));
    }
    if is_consistent(rest.mark, &action, rest.replaces.as_ref()) {
        Ok(SavedStep { rest, action })
    } else {
        Err(wrong(place, "what it replaces does not fit what it does"))
    }
}

/// Returns whether a step says what it replaces exactly when it replaces something, and the right kind of thing.
fn is_consistent(mark: Mark, action: &StoredAction, replaces: Option<&Replaced>) -> bool {
    let action = match action {
        StoredAction::Whole(action) => action,
        StoredAction::Masked(_) => return mark == Mark::Create && replaces.is_none(),
    };
    match (action, replaces) {
        (Action::PutMetricFilter(put), Some(Replaced::Filter(before))) => {
            mark == Mark::Change && before.name == put.name.as_str()
        }
        (Action::PutAlarm(_), Some(Replaced::Alarm(_)))
        | (Action::SetTopicPolicy(_), Some(Replaced::TopicPolicy(_)))
        | (Action::SetTopicKey(_), Some(Replaced::TopicKey(_))) => mark == Mark::Change,
        (
            Action::CreateTopic(_)
            | Action::Subscribe(_)
            | Action::PutMetricFilter(_)
            | Action::PutAlarm(_),
            None,
        ) => mark == Mark::Create,
        (_, Some(_) | None) => false,
    }
}

fn adoption(place: &str, shape: AdoptionShape) -> Result<Adoption, SavedPlanError> {
    Ok(Adoption {
        control: named(place, ControlId::parse(&shape.control))?,
        link: known(place, &shape.link, LinkKind::parse)?,
        resource: shape.resource,
        code: known(place, &shape.code, Code::parse)?,
    })
}

fn task(place: &str, shape: HumanShape) -> Result<HumanTask, SavedPlanError> {
    Ok(HumanTask {
        serves: serves(place, &shape.serves)?,
        link: known(place, &shape.link, LinkKind::parse)?,
        code: known(place, &shape.code, Code::parse)?,
        detail: shape.detail,
        task: shape.task,
    })
}

fn obstacle(place: &str, shape: BlockedShape) -> Result<Blocked, SavedPlanError> {
    Ok(Blocked {
        serves: serves(place, &shape.serves)?,
        link: known(place, &shape.link, LinkKind::parse)?,
        code: known(place, &shape.code, Code::parse)?,
        detail: shape.detail,
        hint: shape.hint,
    })
}
