//! What a write changes, field by field: from what it replaces to what it leaves.

use super::Replaced;
use super::action::Action;
pub use crate::examine::drift::{alarm_changes, filter_changes};

use crate::examine::drift::{FieldChange, FieldChanges};

/// Returns the fields in which an action leaves something else than it replaces; nothing when it replaces nothing.
#[must_use]
pub fn changes(action: &Action, replaced: Option<&Replaced>) -> Vec<FieldChange> {
    let none = || "none".to_owned();
    match (action, replaced) {
        (Action::PutMetricFilter(put), Some(Replaced::Filter(before))) => {
            filter_changes(before, &put.filter())
        }
        (Action::PutAlarm(put), Some(Replaced::Alarm(before))) => {
            alarm_changes(before, &put.settings())
        }
        (Action::SetTopicPolicy(set), Some(Replaced::TopicPolicy(before))) => {
            one("policy", before, &set.policy)
        }
        (Action::SetTopicKey(set), Some(Replaced::TopicKey(before))) => {
            one("key", &before.clone().unwrap_or_else(none), &set.kms_key)
        }
        (_, Some(_) | None) => Vec::new(),
    }
}

fn one(field: &'static str, before: &str, after: &str) -> Vec<FieldChange> {
    let mut changes = FieldChanges::default();
    changes.compare(field, before, after);
    changes.into_list()
}
