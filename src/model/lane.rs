//! The two ways on which the events of a control reach people.

use super::names::{ControlId, NameError};

/// What the identifier of a paging lane has behind that of its control.
const ENDING: &str = "-paging";

/// A way on which the events of a control reach people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// All of its events, as the benchmark and auditors want it, on a topic that may be quiet.
    Exact,
    /// What of them is worth waking somebody, on a topic that pages people.
    Paging,
}

impl ControlId {
    /// Returns the identifier of the control's paging lane.
    ///
    /// # Errors
    ///
    /// Fails when it would be too long.
    pub fn paging(&self) -> Result<Self, NameError> {
        Self::parse(&format!("{self}{ENDING}"))
    }

    /// Returns the control whose paging lane would have this identifier; none when none would.
    #[must_use]
    pub fn paged(&self) -> Option<Self> {
        Self::parse(self.as_str().strip_suffix(ENDING)?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lane_is_named_like_its_control() {
        let control = ControlId::parse("vpc-changes").unwrap();
        let lane = control.paging().unwrap();
        assert_eq!(lane.as_str(), "vpc-changes-paging");
        assert_eq!(lane.paged(), Some(control.clone()));
        assert_eq!(control.paged(), None);
        let long = ControlId::parse(&"a".repeat(64)).unwrap();
        assert!(long.paging().is_err());
    }
}
