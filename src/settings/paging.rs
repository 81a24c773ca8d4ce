//! `[control.….paging]`: a second filter and alarm of a control that page people, beside the exact ones that auditors ask for.
//!
//! A paging lane leaves out events and waits for more of them; it never matches what its control does not.

mod read;

use thiserror::Error;

use crate::catalog::Control;
use crate::model::{AlarmName, FilterName, MetricName, NameError};
use crate::pattern::{Event, NotExcluded, Pattern, exclude};

pub(super) use read::{PlacedPaging, check, read};

/// What the names of a lane's filter, metric and alarm have behind those of its control.
const ENDING: &str = "_paging";

/// How a control pages people; what is none is as of the control.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Paging {
    /// The length of a period in seconds.
    pub period: Option<u32>,
    /// How many periods are looked at.
    pub evaluation_periods: Option<u32>,
    /// The threshold.
    pub threshold: Option<f64>,
    /// Patterns of events that page nobody.
    pub exclude: Vec<Pattern>,
}

/// A pattern of noise that cannot be left out.
#[derive(Debug, Clone, PartialEq, Error)]
#[error("`{noise}` cannot be left out: {why}")]
pub struct ExclusionError {
    /// The pattern, as it was written.
    pub noise: String,
    /// Why not.
    pub why: Box<NotExcluded>,
}

impl Paging {
    /// Returns these settings, and those of `lower` where these say nothing.
    #[must_use]
    pub fn or(self, lower: Self) -> Self {
        Self {
            period: self.period.or(lower.period),
            evaluation_periods: self.evaluation_periods.or(lower.evaluation_periods),
            threshold: self.threshold.or(lower.threshold),
            exclude: if self.exclude.is_empty() {
                lower.exclude
            } else {
                self.exclude
            },
        }
    }

    /// Returns a control's pattern without the noise, proved to leave out nothing else, and an event of each noise.
    ///
    /// # Errors
    ///
    /// Tells which noise cannot be left out and why.
    pub fn narrowed(&self, pattern: &Pattern) -> Result<(Pattern, Vec<Event>), ExclusionError> {
        let mut narrowed = pattern.clone();
        let mut lost = Vec::new();
        for noise in &self.exclude {
            let exclusion = exclude(&narrowed, noise).map_err(|why| ExclusionError {
                noise: noise.text().to_owned(),
                why: Box::new(why),
            })?;
            narrowed = exclusion.pattern;
            lost.push(exclusion.lost);
        }
        Ok((narrowed, lost))
    }

    /// Returns the lane as a control of its own, with names and numbers; its pattern is still that of the control.
    ///
    /// # Errors
    ///
    /// Fails when a name would be too long.
    pub fn applied(&self, control: &Control) -> Result<Control, NameError> {
        let mut lane = control.clone();
        lane.id = control.id.paging()?;
        lane.filter = FilterName::parse(&format!("{}{ENDING}", control.filter))?;
        lane.metric.name = MetricName::parse(&format!("{}{ENDING}", control.metric.name))?;
        lane.alarm.name = AlarmName::parse(&format!("{}{ENDING}", control.alarm.name))?;
        lane.alarm.period = self.period.unwrap_or(lane.alarm.period);
        lane.alarm.evaluation_periods = self
            .evaluation_periods
            .unwrap_or(lane.alarm.evaluation_periods);
        lane.alarm.threshold = self.threshold.unwrap_or(lane.alarm.threshold);
        // No benchmark has it, and no auditor looks for it.
        lane.benchmarks.clear();
        lane.security_hub = None;
        lane.checks.clear();
        lane.companions.clear();
        Ok(lane)
    }
}
