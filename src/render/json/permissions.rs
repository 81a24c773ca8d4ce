//! The shape of an IAM policy document (IAM user guide, "Grammar of the IAM JSON policy language").

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::permissions::{Permissions, Statement};

/// The document.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Policy<'report> {
    version: &'static str,
    statement: Vec<StatementShape<'report>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct StatementShape<'report> {
    sid: &'static str,
    effect: &'static str,
    action: &'report BTreeSet<&'static str>,
    resource: &'report BTreeSet<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    condition: BTreeMap<&'static str, BTreeMap<&'static str, &'report BTreeSet<String>>>,
}

impl<'report> Policy<'report> {
    pub(super) fn new(permissions: &'report Permissions) -> Self {
        Self {
            version: "2012-10-17",
            statement: permissions.statements.iter().map(statement).collect(),
        }
    }
}

fn statement(statement: &Statement) -> StatementShape<'_> {
    let Statement {
        sid,
        actions,
        resources,
        conditions,
    } = statement;
    let mut condition: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
    for test in conditions {
        let keys = condition.entry(test.operator).or_default();
        keys.insert(test.key, &test.values);
    }
    StatementShape {
        sid,
        effect: "Allow",
        action: actions,
        resource: resources,
        condition,
    }
}
