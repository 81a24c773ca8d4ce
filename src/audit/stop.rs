//! Where an auditor stops following a chain, and why.

use crate::model::CallError;

/// Where an auditor stops.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stop {
    /// How far it came.
    pub(super) depth: usize,
    /// Whether it stopped because something could not be read.
    pub(super) is_unread: bool,
    pub(super) reason: String,
}

impl Stop {
    pub(super) fn because(depth: usize, reason: impl Into<String>) -> Self {
        Self {
            depth,
            is_unread: false,
            reason: reason.into(),
        }
    }

    pub(super) fn unread(depth: usize, error: &CallError) -> Self {
        Self {
            depth,
            is_unread: true,
            reason: error.to_string(),
        }
    }
}

/// The depths of a chain, in its order.
pub(super) const TRAIL: usize = 0;
pub(super) const STATUS: usize = 1;
pub(super) const SELECTORS: usize = 2;
pub(super) const LOG_GROUP: usize = 3;
pub(super) const FILTER: usize = 4;
pub(super) const ALARM: usize = 5;
pub(super) const ACTION: usize = 6;
pub(super) const SUBSCRIPTION: usize = 7;
