//! Thresholds and periods, tried out one after the other.

use std::ops::Range;

use crate::backtest::alarm::{Course, Published, Rule, Series, simulate_within};
use crate::model::{Operator, Statistic};

/// The periods that are tried beside that of the alarm, in seconds.
const PERIODS: [u32; 3] = [300, 900, 3_600];
/// The thresholds that are tried, in events.
const THRESHOLDS: [u32; 26] = [
    2, 3, 5, 10, 20, 30, 50, 100, 200, 300, 500, 1_000, 2_000, 3_000, 5_000, 10_000, 20_000,
    30_000, 50_000, 100_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000, 5_000_000,
];

/// A threshold and a period, and what the alarm would have done with them.
#[derive(Debug, Clone, PartialEq)]
pub struct Setting {
    /// The threshold.
    pub threshold: f64,
    /// The length of a period in seconds.
    pub period: u32,
    /// What the alarm would have done.
    pub course: Course,
}

/// What a search starts from.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start<'rule> {
    /// The alarm as it is.
    pub rule: &'rule Rule,
    /// What its filter publishes.
    pub published: Published,
}

/// Finds the settings that need the fewest events in a given time, send no more than `most` notifications and do not stay in ALARM.
///
/// A longer period with a higher threshold may well be the more sensitive one. None when more events do not add up for the alarm.
pub(super) fn find(
    series: &Series,
    start: Start<'_>,
    span: &Range<i64>,
    most: f64,
) -> Option<Setting> {
    let Start { rule, published } = start;
    // Only an alarm that looks for high values becomes quieter when its threshold rises.
    let looks_for_more = match rule.operator {
        Operator::GreaterThanOrEqualToThreshold | Operator::GreaterThanThreshold => true,
        Operator::LessThanThreshold | Operator::LessThanOrEqualToThreshold | Operator::Other(_) => {
            false
        }
    };
    let step = match rule.statistic {
        Statistic::Sum if looks_for_more => published.value,
        Statistic::SampleCount if looks_for_more => 1.0,
        Statistic::Sum
        | Statistic::SampleCount
        | Statistic::Average
        | Statistic::Minimum
        | Statistic::Maximum
        | Statistic::Extended(_) => return None,
    };
    let longer = PERIODS.into_iter().filter(|period| *period > rule.period);
    let periods = std::iter::once(rule.period).chain(longer);
    let found = periods.filter_map(|period| {
        let thresholds = THRESHOLDS
            .into_iter()
            .map(|events| f64::from(events) * step);
        thresholds
            .filter(|threshold| *threshold > rule.threshold)
            .find_map(|threshold| {
                let rule = Rule {
                    period,
                    threshold,
                    ..rule.clone()
                };
                let course = simulate_within(series, &rule, published, span, most)?;
                course.is_within(most).then_some(Setting {
                    threshold,
                    period,
                    course,
                })
            })
    });
    let rate = |setting: &Setting| setting.threshold / f64::from(setting.period);
    found.min_by(|one, other| rate(one).total_cmp(&rate(other)))
}
