//! The settings of an alarm that decide when it goes off.

use thiserror::Error;

use super::series::{Counts, MINUTE};
use super::state::Point;
use crate::backtest::source::Unanswered;
use crate::desired::{DesiredAlarm, DesiredFilter};
use crate::model::{MissingData, Operator, Statistic};

/// The interval of evaluation of alarms with periods below a minute, in seconds (user guide, "Alarm evaluation").
const SHORT_TICK: i64 = 10;
/// The interval of evaluation of alarms that look at more than a day.
const LONG_TICK: i64 = 3_600;
const DAY: i64 = 86_400;

/// When an alarm goes off.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// The length of a period in seconds.
    pub period: u32,
    /// How many periods are looked at.
    pub evaluation_periods: u32,
    /// How many of them must breach.
    pub datapoints_to_alarm: u32,
    /// How the data of a period become one value.
    pub statistic: Statistic,
    /// How it is compared.
    pub operator: Operator,
    /// The threshold.
    pub threshold: f64,
    /// What a period without data counts as.
    pub missing_data: MissingData,
}

/// What a metric filter publishes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Published {
    /// For an event that matches.
    pub value: f64,
    /// For one that does not; none publishes nothing.
    pub default: Option<f64>,
}

/// Why an alarm cannot be simulated.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotSimulated {
    /// A percentile or another statistic of the distribution.
    #[error("the statistic `{0}` is not simulated")]
    Statistic(String),
    /// A comparison with a band.
    #[error("the comparison `{0}` is not simulated")]
    Operator(String),
    /// The metric value is the content of a property.
    #[error("the metric value `{0}` is no number")]
    Value(String),
    /// Nothing is known of the control's events.
    #[error("{}", .0.words())]
    Unanswered(Unanswered),
}

impl Published {
    /// Returns what the filter of a control publishes.
    ///
    /// # Errors
    ///
    /// Tells that the value is no constant.
    pub fn by(filter: &DesiredFilter) -> Result<Self, NotSimulated> {
        let value = filter.value.parse::<f64>();
        let value = value.ok().filter(|value| value.is_finite());
        value
            .map(|value| Self {
                value,
                default: None,
            })
            .ok_or_else(|| NotSimulated::Value(filter.value.clone()))
    }
}

impl Rule {
    /// Returns when the alarm of a control goes off.
    ///
    /// # Errors
    ///
    /// Tells what about the alarm is not simulated.
    pub fn of(alarm: &DesiredAlarm) -> Result<Self, NotSimulated> {
        if let Statistic::Extended(name) = &alarm.statistic {
            return Err(NotSimulated::Statistic(name.clone()));
        }
        if let Operator::Other(name) = &alarm.operator {
            return Err(NotSimulated::Operator(name.clone()));
        }
        Ok(Self {
            period: alarm.period,
            evaluation_periods: alarm.evaluation_periods,
            datapoints_to_alarm: alarm.evaluation_periods,
            statistic: alarm.statistic.clone(),
            operator: alarm.operator.clone(),
            threshold: alarm.threshold,
            missing_data: alarm.missing_data,
        })
    }

    /// Returns how many seconds lie between two evaluations.
    pub(super) fn tick(&self) -> i64 {
        let period = i64::from(self.period);
        if period < MINUTE {
            SHORT_TICK
        } else if period.saturating_mul(i64::from(self.evaluation_periods)) > DAY {
            LONG_TICK
        } else {
            MINUTE
        }
    }

    /// Returns what the events of one period come to.
    pub(super) fn point(&self, counts: Counts, published: Published) -> Point {
        match self.measured(counts, published) {
            None => Point::Missing,
            Some(value) if self.is_breached_by(value) => Point::Breaching,
            Some(_) => Point::Within,
        }
    }

    /// Returns the statistic over the data of a period; none without data.
    fn measured(&self, counts: Counts, published: Published) -> Option<f64> {
        let matching = (counts.matching > 0).then_some((published.value, counts.matching));
        let default = published.default.filter(|_| counts.other > 0);
        let other = default.map(|default| (default, counts.other));
        let kinds = || [matching, other].into_iter().flatten();
        let samples = || kinds().map(|(_, count)| number(count)).sum::<f64>();
        let sum = || {
            let sums = kinds().map(|(value, count)| value * number(count));
            sums.sum::<f64>()
        };
        let values = kinds().map(|(value, _)| value);
        match &self.statistic {
            _ if kinds().next().is_none() => None,
            Statistic::Sum => Some(sum()),
            Statistic::SampleCount => Some(samples()),
            Statistic::Average => Some(sum() / samples()),
            Statistic::Minimum => values.min_by(f64::total_cmp),
            Statistic::Maximum => values.max_by(f64::total_cmp),
            Statistic::Extended(_) => None,
        }
    }

    fn is_breached_by(&self, value: f64) -> bool {
        match &self.operator {
            Operator::GreaterThanOrEqualToThreshold => value >= self.threshold,
            Operator::GreaterThanThreshold => value > self.threshold,
            Operator::LessThanThreshold => value < self.threshold,
            Operator::LessThanOrEqualToThreshold => value <= self.threshold,
            Operator::Other(_) => false,
        }
    }
}

/// Returns a count as CloudWatch adds it up; four billion and more are all the same to an alarm.
pub(super) fn number(count: u64) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
