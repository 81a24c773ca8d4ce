//! What log files of CloudTrail hold for the controls: which events their patterns matched, and what that comes to.
//!
//! Reading the files is not done here: whoever reads gives each matching event to the [`Tally`] of its control as a [`Hit`], and
//! tells the [`Survey`] what there was to read. Everything is bounded: however much was read, little is kept. What the alarms would have
//! done is [simulated](alarm), and quieter settings and patterns are [proposed](tuning), from what is kept.

pub mod alarm;
mod cause;
mod group;
mod hit;
mod notes;
mod records;
mod source;
mod survey;
mod tally;
pub mod time;
pub mod tuning;
mod window;

use std::collections::BTreeMap;

pub use cause::{Counter, MOST_VALUES, Property};
pub use group::{Detail, Excerpt, Group, Groups, MOST_CELLS, MOST_GROUPS, Members};
pub use hit::Hit;
pub use notes::{pattern_set, time as event_time};
pub use records::{Content, Contents, Record, Records, Rest};
pub use source::{LogSource, Source, Unanswered};
pub use survey::{MOST_REMARKS, Remark, RemarkKind, State, Survey};
pub use tally::Tally;
pub use window::{Span, Window};

/// What a backtest found.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Backtest {
    /// What was read.
    pub survey: Survey,
    /// For each control, in the order in which they were asked for, what its pattern matched.
    pub tallies: Vec<Tally>,
    /// The controls of which nothing can be said, by their position, with the reason; their tallies mean nothing.
    pub unanswered: BTreeMap<usize, Unanswered>,
}

impl Backtest {
    /// Returns whether something that could have been read was not.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.unanswered
            .values()
            .any(|reason| matches!(reason, Unanswered::Unread(_)))
    }
}
