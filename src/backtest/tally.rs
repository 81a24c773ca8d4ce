//! What all matches of one control come to.

use std::collections::BTreeMap;

use super::hit::Hit;
use super::time::MINUTE;

/// What all matches of one control come to.
///
/// Tallies of parts can be made apart and merged; the order of neither parts nor hits matters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    matches: u64,
    untimed: u64,
    minutes: BTreeMap<i64, u64>,
}

impl Tally {
    /// Counts an event.
    pub fn add(&mut self, hit: &Hit) {
        self.matches += 1;
        match hit.time {
            Some(time) => *self.minutes.entry(time.div_euclid(MINUTE)).or_default() += 1,
            None => self.untimed += 1,
        }
    }

    /// Returns what both come to together.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        let Self {
            matches,
            untimed,
            minutes,
        } = other;
        self.matches += matches;
        self.untimed += untimed;
        for (minute, count) in minutes {
            *self.minutes.entry(minute).or_default() += count;
        }
        self
    }

    /// Returns the number of events.
    #[must_use]
    pub fn matches(&self) -> u64 {
        self.matches
    }

    /// Returns the number of events whose time is not known; they are in no minute.
    #[must_use]
    pub fn untimed(&self) -> u64 {
        self.untimed
    }

    /// Returns the number of events of each minute that has any; minutes are counted from 1970.
    #[must_use]
    pub fn minutes(&self) -> &BTreeMap<i64, u64> {
        &self.minutes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(times: &[&str]) -> Tally {
        let mut tally = Tally::default();
        for time in times {
            let record = format!(r#"{{"eventTime":"{time}"}}"#);
            tally.add(&Hit::read(&record, "f".into(), 0));
        }
        tally
    }

    #[test]
    fn matches_are_counted_by_minute() {
        let tally = tally(&[
            "1970-01-01T00:00:59Z",
            "1970-01-01T00:01:00Z",
            "1969-12-31T23:59:59Z",
            "?",
        ]);
        assert_eq!((tally.matches(), tally.untimed()), (4, 1));
        let minutes = BTreeMap::from([(-1, 1), (0, 1), (1, 1)]);
        assert_eq!(*tally.minutes(), minutes);
    }

    #[test]
    fn parts_merge_to_the_whole() {
        let times = ["1970-01-01T00:00:59Z", "1970-01-01T00:00:01Z", "?"];
        let (left, right) = times.split_at(1);
        assert_eq!(tally(left).merge(tally(right)), tally(&times));
    }
}
