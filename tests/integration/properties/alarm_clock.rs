//! CloudWatch in small: what an alarm does minute by minute, to hold the arithmetic of the examination against.
//!
//! Much traffic that does not match goes on all the time, as it does on a trail.

use cis_fix::desired::DesiredAlarm;
use cis_fix::model::{
    MetricAlarm, MetricQuery, MetricTransformation, MissingData, Operator, Statistic,
};

/// How many events that do not match come in each minute.
const TRAFFIC: u32 = 1000;
/// How long nothing happens before a burst: longer than any alarm looks back.
const QUIET: usize = 12 * 60;

/// How many events come in each of how many periods of how many minutes.
#[derive(Debug, Clone, Copy)]
pub(super) struct Burst {
    pub(super) events: usize,
    pub(super) periods: usize,
    pub(super) minutes: usize,
}

impl Burst {
    pub(super) const SINGLE: Self = Self {
        events: 1,
        periods: 1,
        minutes: 5,
    };

    /// Returns the least that must raise the wanted alarm.
    pub(super) fn wanted(alarm: &DesiredAlarm) -> Self {
        let events = (1..=1000).find(|count| f64::from(*count) >= alarm.threshold);
        Self {
            events: usize::try_from(events.unwrap()).unwrap(),
            periods: usize::try_from(alarm.evaluation_periods).unwrap(),
            minutes: usize::try_from(alarm.period / 60).unwrap(),
        }
    }

    /// Returns a burst of many more events, which must be heard as well.
    fn many(self) -> Self {
        Self {
            events: self.events * 50,
            ..self
        }
    }

    /// Returns how many matching events come in a minute of the burst: they are spread over each period.
    fn at(self, minute: usize) -> usize {
        let (period, within) = (minute / self.minutes, minute % self.minutes);
        if period >= self.periods {
            return 0;
        }
        (0..self.events)
            .filter(|event| event * self.minutes / self.events == within)
            .count()
    }
}

/// The data of one minute.
#[derive(Debug, Clone, Copy, Default)]
struct Minute {
    count: f64,
    sum: f64,
    most: Option<f64>,
}

impl Minute {
    fn add(&mut self, value: f64, times: u32) {
        if times > 0 {
            self.count += f64::from(times);
            self.sum += value * f64::from(times);
            self.most = Some(self.most.map_or(value, |most| most.max(value)));
        }
    }
}

/// Returns what is published in a quiet time, a burst, a quiet time, and a second burst.
fn minutes(published: &MetricTransformation, burst: Burst) -> Vec<Minute> {
    let length = burst.minutes * burst.periods;
    let cycle = QUIET + length;
    let value: Option<f64> = published.value.parse().ok();
    (0..2 * cycle + QUIET)
        .map(|at| {
            let within = (at % cycle).checked_sub(QUIET).filter(|_| at < 2 * cycle);
            let events = within.map_or(0, |minute| burst.at(minute));
            let mut data = Minute::default();
            if let Some(value) = value {
                data.add(value, u32::try_from(events).unwrap());
            }
            if let Some(default) = published.default_value {
                data.add(default, TRAFFIC);
            }
            data
        })
        .collect()
}

/// Returns the value of a period; none when there is no data in it.
fn measured(statistic: &Statistic, period: &[Minute]) -> Option<f64> {
    let count: f64 = period.iter().map(|minute| minute.count).sum();
    let sum: f64 = period.iter().map(|minute| minute.sum).sum();
    if count == 0.0 {
        return None;
    }
    match statistic {
        Statistic::Sum => Some(sum),
        Statistic::Average => Some(sum / count),
        Statistic::SampleCount => Some(count),
        Statistic::Maximum => period
            .iter()
            .filter_map(|minute| minute.most)
            .max_by(f64::total_cmp),
        Statistic::Minimum | Statistic::Extended(_) => None,
    }
}

fn breaches(alarm: &MetricAlarm, value: f64) -> bool {
    let threshold = alarm.threshold.unwrap();
    match alarm.operator {
        Operator::GreaterThanOrEqualToThreshold => value >= threshold,
        Operator::GreaterThanThreshold => value > threshold,
        // One that looks for low values may go off for few events, but not for many.
        Operator::LessThanThreshold | Operator::LessThanOrEqualToThreshold | Operator::Other(_) => {
            false
        }
    }
}

/// Returns how often the alarm goes into ALARM in the course of two bursts.
fn alarms(alarm: &MetricAlarm, published: &MetricTransformation, burst: Burst) -> usize {
    let MetricQuery::Single {
        statistic, period, ..
    } = &alarm.query
    else {
        return 0;
    };
    let minutes = minutes(published, burst);
    let periods: Vec<Option<f64>> = minutes
        .chunks(usize::try_from(period / 60).unwrap())
        .map(|period| measured(statistic, period))
        .collect();
    let needed = alarm
        .datapoints_to_alarm
        .unwrap_or(alarm.evaluation_periods);
    let window = usize::try_from(alarm.evaluation_periods).unwrap();
    let (mut is_in_alarm, mut times) = (alarm.missing_data == MissingData::Breaching, 0);
    for recent in periods.windows(window) {
        let breaching = recent
            .iter()
            .filter(|value| match value {
                Some(value) => breaches(alarm, *value),
                None => alarm.missing_data == MissingData::Breaching,
            })
            .count();
        let keeps = alarm.missing_data == MissingData::Ignore && recent.contains(&None);
        if breaching >= usize::try_from(needed).unwrap() {
            // One that goes off because nothing comes tells of no event.
            let is_told = recent.last().is_some_and(Option::is_some);
            times += usize::from(!is_in_alarm && is_told);
            is_in_alarm = true;
        } else if !keeps {
            is_in_alarm = false;
        }
    }
    times
}

/// Returns whether each of two bursts brings the alarm into ALARM, so that somebody hears of it.
pub(super) fn is_heard(
    alarm: &MetricAlarm,
    published: &MetricTransformation,
    burst: Burst,
) -> bool {
    let MetricQuery::Single {
        has_dimensions,
        unit,
        statistic,
        ..
    } = &alarm.query
    else {
        return false;
    };
    let emitted = published.unit.as_deref().unwrap_or("None");
    let gets_data = !has_dimensions && unit.as_deref().is_none_or(|unit| unit == emitted);
    // A percentile of many values says nothing of a single one.
    let is_judged = !matches!(statistic, Statistic::Extended(_));
    let is_positive = published
        .value
        .parse::<f64>()
        .is_ok_and(|value| value > 0.0);
    gets_data
        && is_judged
        && is_positive
        && published.dimensions.is_empty()
        && alarms(alarm, published, burst) >= 2
        && alarms(alarm, published, burst.many()) >= 2
}
