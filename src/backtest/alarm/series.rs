//! How many events came when, by the minute.

use std::ops::Range;

/// The length of the intervals in which events are counted, in seconds; data points of metric filters are no finer.
pub(super) const MINUTE: i64 = 60;

/// Events of a stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Those that match.
    pub matching: u64,
    /// Those that do not, which publish the default value when there is one.
    pub other: u64,
}

/// How many events came in which minute; only minutes with events are kept.
///
/// INVARIANT: times rise, and each total is that of the one before and more.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Series {
    /// The start of a minute in seconds since the epoch, and the events until its end.
    minutes: Vec<(i64, Counts)>,
}

impl Series {
    /// Makes a series from the number of matching events by minutes since the epoch.
    #[must_use]
    pub fn of_matches<'counts>(
        matches: impl IntoIterator<Item = (&'counts i64, &'counts u64)>,
    ) -> Self {
        let counts = |count: u64| Counts {
            matching: count,
            other: 0,
        };
        Self::of(
            matches
                .into_iter()
                .map(|(minute, count)| (*minute, counts(*count))),
        )
    }

    /// Makes a series from the number of events by minutes since the epoch.
    #[must_use]
    pub fn of(minutes: impl IntoIterator<Item = (i64, Counts)>) -> Self {
        let counted = minutes
            .into_iter()
            .filter(|(_, counts)| *counts != Counts::default());
        let mut sums: Vec<(i64, Counts)> = counted.collect();
        sums.sort_unstable_by_key(|(minute, _)| *minute);
        sums.dedup_by(|(minute, counts), (before, sum)| {
            let is_same = minute == before;
            if is_same {
                *sum = plus(*sum, *counts);
            }
            is_same
        });
        let mut total = Counts::default();
        let minutes = sums.into_iter().map(|(minute, counts)| {
            total = plus(total, counts);
            (minute.saturating_mul(MINUTE), total)
        });
        Self {
            minutes: minutes.collect(),
        }
    }

    /// Returns the part of the series whose minutes begin in a span of seconds, or hold its start.
    pub(super) fn within(&self, span: &Range<i64>) -> Stretch<'_> {
        let first = span.start.saturating_sub(span.start.rem_euclid(MINUTE));
        let until = |limit: i64| self.minutes.partition_point(|(time, _)| *time < limit);
        let (start, end) = (until(first), until(span.end));
        let last = start.checked_sub(1).and_then(|last| self.minutes.get(last));
        Stretch {
            minutes: self.minutes.get(start..end).unwrap_or_default(),
            before: last.map_or_else(Counts::default, |(_, total)| *total),
        }
    }
}

/// A part of a series.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stretch<'series> {
    minutes: &'series [(i64, Counts)],
    /// The events before it.
    before: Counts,
}

impl Stretch<'_> {
    /// Returns when the minute at a position begins.
    pub(super) fn time(&self, position: usize) -> Option<i64> {
        self.minutes.get(position).map(|(time, _)| *time)
    }

    /// Returns the events from one position on and before another.
    pub(super) fn between(&self, start: usize, end: usize) -> Counts {
        let until = |position: usize| {
            let last = position
                .checked_sub(1)
                .and_then(|last| self.minutes.get(last));
            last.map_or(self.before, |(_, total)| *total)
        };
        minus(until(end), until(start))
    }
}

fn plus(one: Counts, other: Counts) -> Counts {
    Counts {
        matching: one.matching.saturating_add(other.matching),
        other: one.other.saturating_add(other.other),
    }
}

fn minus(one: Counts, other: Counts) -> Counts {
    Counts {
        matching: one.matching.saturating_sub(other.matching),
        other: one.other.saturating_sub(other.other),
    }
}
