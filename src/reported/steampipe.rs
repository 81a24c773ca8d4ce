//! The JSON of Steampipe and Powerpipe: groups of groups of controls, each with a result for every resource.

use serde::Deserialize;

use super::{FindingResult, Raw};

/// A group of controls; a whole run is one.
#[derive(Debug, Deserialize)]
pub(super) struct Group {
    #[serde(default)]
    pub(super) groups: Option<Vec<Self>>,
    #[serde(default)]
    pub(super) controls: Option<Vec<Control>>,
}

/// A control.
#[derive(Debug, Deserialize)]
pub(super) struct Control {
    control_id: String,
    #[serde(default)]
    results: Option<Vec<Row>>,
}

/// What was found about a resource.
#[derive(Debug, Deserialize)]
struct Row {
    status: String,
    #[serde(default)]
    dimensions: Option<Vec<Dimension>>,
}

/// A property of a resource.
#[derive(Debug, Deserialize)]
struct Dimension {
    key: String,
    value: String,
}

/// Puts the findings of a group and those below it behind `found`.
pub(super) fn collect(group: &Group, found: &mut Vec<Raw>) {
    // serde_json bounds how deep groups can be nested.
    for below in group.groups.iter().flatten() {
        collect(below, found);
    }
    for control in group.controls.iter().flatten() {
        for row in control.results.iter().flatten() {
            found.push(finding(control, row));
        }
    }
}

fn finding(control: &Control, row: &Row) -> Raw {
    let dimension = |name: &str| {
        let mut dimensions = row.dimensions.iter().flatten();
        dimensions
            .find(|dimension| dimension.key == name)
            .map(|dimension| dimension.value.clone())
    };
    Raw {
        checks: vec![control.control_id.clone()],
        result: match row.status.as_str() {
            "alarm" => FindingResult::Failed,
            _ => FindingResult::NotFailed,
        },
        account: dimension("account_id"),
        region: dimension("region"),
    }
}
