//! When an alarm was in ALARM, and what that comes to.

use std::collections::BTreeMap;
use std::ops::Range;

use super::rule::number;

/// The length of a day in seconds.
pub(in crate::backtest) const DAY: i64 = 86_400;
/// The seconds of an hour.
const HOUR: i64 = 3_600;

/// When an alarm was in ALARM. Each spell sends one notification, when it begins.
///
/// A spell begins with the evaluation after the event that caused it, so it counts for the day of the instant before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// The spells in ALARM in seconds since the epoch, in order; one that has not ended ends with the span.
    pub spells: Vec<Range<i64>>,
    /// The time that was looked at.
    pub span: Range<i64>,
}

/// What the course of an alarm comes to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// How often it went into ALARM.
    pub alarms: u64,
    /// How many days, in UTC, the span touches.
    pub days: u64,
    /// The most alarms of one day.
    pub most_in_a_day: u64,
    /// The alarms of a day in the middle, of all days.
    pub median_of_a_day: f64,
    /// The longest time in ALARM without a break, in seconds.
    pub longest_storm: i64,
    /// The share of days on which it was never in ALARM.
    pub quiet_share: f64,
}

impl Course {
    /// Returns whether no more than so many notifications were sent, and the alarm was mostly free to send more.
    ///
    /// An alarm that stays in ALARM is quiet, too, but tells of nothing new: a tenth of the time at most is in order, or an hour.
    #[must_use]
    pub fn is_within(&self, most: f64) -> bool {
        let length = self.span.end.saturating_sub(self.span.start);
        self.notifies_within(most) && self.in_alarm() <= (length / 10).max(HOUR)
    }

    /// Returns whether no more than so many notifications were sent.
    #[must_use]
    pub(in crate::backtest) fn notifies_within(&self, most: f64) -> bool {
        number(self.alarms()) <= most
    }

    /// Returns for how many seconds it was in ALARM, where a notification counts as an hour more.
    #[must_use]
    pub(in crate::backtest) fn loudness(&self) -> i64 {
        let alarms = i64::try_from(self.spells.len()).unwrap_or(i64::MAX);
        alarms.saturating_mul(HOUR).saturating_add(self.in_alarm())
    }

    fn alarms(&self) -> u64 {
        u64::try_from(self.spells.len()).unwrap_or(u64::MAX)
    }

    /// Returns for how many seconds it was in ALARM.
    fn in_alarm(&self) -> i64 {
        self.lengths().sum()
    }

    /// Returns how many seconds each spell took.
    fn lengths(&self) -> impl Iterator<Item = i64> {
        self.spells.iter().map(|spell| spell.end - spell.start)
    }

    /// Returns how many alarms began on each day that had any, by days since the epoch.
    #[must_use]
    pub fn alarms_by_day(&self) -> BTreeMap<i64, u64> {
        let mut days = BTreeMap::new();
        for spell in &self.spells {
            *days.entry(day_before(spell.start)).or_default() += 1;
        }
        days
    }

    /// Returns what the course comes to.
    #[must_use]
    pub fn figures(&self) -> Figures {
        let days = day_count(&self.span);
        let by_day = self.alarms_by_day();
        Figures {
            alarms: self.alarms(),
            days,
            most_in_a_day: by_day.values().copied().max().unwrap_or_default(),
            median_of_a_day: median(by_day.into_values().collect(), days),
            longest_storm: self.lengths().max().unwrap_or_default(),
            quiet_share: self.quiet_share(days),
        }
    }

    fn quiet_share(&self, days: u64) -> f64 {
        let mut loud = 0_u64;
        let mut reached = day_before(self.span.start.saturating_add(1));
        for spell in &self.spells {
            let first = day_before(spell.start).max(reached);
            let end = day_before(spell.end.min(self.span.end)).saturating_add(1);
            loud += u64::try_from(end.saturating_sub(first)).unwrap_or_default();
            reached = reached.max(end);
        }
        if days == 0 {
            return 1.0;
        }
        number(days.saturating_sub(loud)) / number(days)
    }
}

/// Returns the day, since the epoch, of the instant before a time.
fn day_before(time: i64) -> i64 {
    time.saturating_sub(1).div_euclid(DAY)
}

/// Returns how many days a span touches.
fn day_count(span: &Range<i64>) -> u64 {
    if span.is_empty() {
        return 0;
    }
    let (first, last) = (span.start.div_euclid(DAY), day_before(span.end));
    u64::try_from(last.saturating_sub(first).saturating_add(1)).unwrap_or_default()
}

/// Returns the median of the counts of all days, of which those without a count have none.
fn median(mut counts: Vec<u64>, days: u64) -> f64 {
    counts.sort_unstable();
    let known = u64::try_from(counts.len()).unwrap_or(u64::MAX);
    let silent = days.saturating_sub(known);
    let at = |position: u64| {
        let position = position.checked_sub(silent);
        let position = position.and_then(|position| usize::try_from(position).ok());
        let count = position.and_then(|position| counts.get(position));
        count.copied().map_or(0.0, number)
    };
    let all = days.max(known);
    match all.checked_sub(1) {
        None => 0.0,
        Some(last) => f64::midpoint(at(last / 2), at(all / 2)),
    }
}
