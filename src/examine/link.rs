//! The links of the chain from trail to subscription, and their states.

use super::code::Code;
use crate::model::CallError;
use crate::pattern::Event;

/// One link of a control's chain.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Which link.
    pub kind: LinkKind,
    /// Its state.
    pub state: LinkState,
    /// Why it is in that state.
    pub code: Code,
    /// In words: what was found, or what is wanted; may hold foreign text.
    pub detail: String,
    /// An event that shows it, such as one that would be missed.
    pub witness: Option<Event>,
}

impl Link {
    /// Returns a link.
    pub(super) fn new(
        kind: LinkKind,
        state: LinkState,
        code: Code,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            kind,
            state,
            code,
            detail: detail.into(),
            witness: None,
        }
    }

    /// Returns a link that is in place.
    pub(super) fn in_place(kind: LinkKind, detail: impl Into<String>) -> Self {
        Self::new(kind, LinkState::InPlace, Code::InPlace, detail)
    }

    /// Returns whether the link is in place, as far as anybody could look.
    pub(super) fn may_be_in_place(&self) -> bool {
        match self.state {
            LinkState::InPlace | LinkState::Unknown => true,
            LinkState::Missing | LinkState::Differs | LinkState::Human | LinkState::Blocked => {
                false
            }
        }
    }

    /// Returns a link that could not be looked at.
    pub(super) fn unread(kind: LinkKind, error: &CallError) -> Self {
        Self::new(
            kind,
            LinkState::Unknown,
            Code::ReadFailed,
            error.to_string(),
        )
    }
}

/// A link of the chain, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// A trail of all Regions that delivers to a log group.
    Trail,
    /// The trail records.
    Logging,
    /// It delivers to the log group without error.
    Delivery,
    /// Its selectors take the control's events.
    Selectors,
    /// The log group exists, is this account's and may have filters.
    LogGroup,
    /// Metric filters match every event of the control.
    Filter,
    /// The filter publishes a positive constant without dimensions.
    Metric,
    /// An alarm watches the metric and can fire.
    Alarm,
    /// The alarm's actions are enabled and one is a topic.
    Action,
    /// The topic exists and lets the alarm publish.
    Topic,
    /// Somebody confirmed a subscription.
    Subscription,
}

impl LinkKind {
    /// All links, in their order.
    pub const ALL: [Self; 11] = [
        Self::Trail,
        Self::Logging,
        Self::Delivery,
        Self::Selectors,
        Self::LogGroup,
        Self::Filter,
        Self::Metric,
        Self::Alarm,
        Self::Action,
        Self::Topic,
        Self::Subscription,
    ];

    /// Returns the link that output calls `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|link| link.as_str() == text)
    }

    /// Returns the link's name in output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Trail => "trail",
            Self::Logging => "logging",
            Self::Delivery => "delivery",
            Self::Selectors => "selectors",
            Self::LogGroup => "log-group",
            Self::Filter => "filter",
            Self::Metric => "metric",
            Self::Alarm => "alarm",
            Self::Action => "action",
            Self::Topic => "topic",
            Self::Subscription => "subscription",
        }
    }
}

/// The state of a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkState {
    /// It is there and works.
    InPlace,
    /// It is not there.
    Missing,
    /// It is there but not as it must be.
    Differs,
    /// A person must act.
    Human,
    /// It cannot be mended as things are.
    Blocked,
    /// It could not be looked at.
    Unknown,
}

impl LinkState {
    /// Returns the state in machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InPlace => "in_place",
            Self::Missing => "missing",
            Self::Differs => "differs",
            Self::Human => "human",
            Self::Blocked => "blocked",
            Self::Unknown => "unknown",
        }
    }
}
