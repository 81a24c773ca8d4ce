//! From data points to the state of an alarm.
//!
//! User guide, "Configuring how CloudWatch alarms treat missing data", with its tables and the section on premature transitions.

use super::rule::Rule;
use super::state::{Point, State};
use crate::model::MissingData;

impl Rule {
    /// Returns the state after an evaluation of the points of its range, oldest first.
    ///
    /// Enough points that are there are taken alone, the newest first, however far back they lie. Only when there are too few do the
    /// missing ones count, and only as many of them as are needed.
    #[must_use]
    pub fn next_state(&self, current: State, range: &[Point]) -> State {
        let there = || range.iter().rev().filter(|point| **point != Point::Missing);
        let wanted = usize::try_from(self.evaluation_periods).unwrap_or(usize::MAX);
        let needed = usize::try_from(self.datapoints_to_alarm).unwrap_or(usize::MAX);
        let newest = there().take(wanted);
        let breaching = newest.filter(|point| **point == Point::Breaching).count();
        if breaching >= needed {
            return State::Alarm;
        }
        let absent = wanted.saturating_sub(there().count());
        match self.missing_data {
            _ if absent == 0 => State::Ok,
            MissingData::Breaching if breaching + absent >= needed => State::Alarm,
            MissingData::Breaching | MissingData::NotBreaching => State::Ok,
            MissingData::Missing | MissingData::Ignore if range.contains(&Point::Within) => {
                State::Ok
            }
            // Nothing is known but breaches, too few of them.
            MissingData::Missing if there().next().is_none() => State::InsufficientData,
            MissingData::Missing if is_old(range, needed) => State::Alarm,
            MissingData::Missing | MissingData::Ignore => current,
        }
    }
}

/// Returns whether the oldest point that is there is as old as the number of points that must breach.
fn is_old(range: &[Point], needed: usize) -> bool {
    let oldest = range.iter().position(|point| *point != Point::Missing);
    oldest.is_some_and(|position| range.len() - position >= needed)
}
