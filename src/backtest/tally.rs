//! What all matches of one control come to.

use std::collections::BTreeMap;

use super::cause::{Counter, Properties, Property};
use super::group::Groups;
use super::hit::Hit;
use super::time::MINUTE;

/// What all matches of one control come to.
///
/// Tallies of parts can be made apart and merged; the order of neither parts nor hits matters, as long as no [`Counter`] runs out of
/// room.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tally {
    matches: u64,
    untimed: u64,
    minutes: BTreeMap<i64, u64>,
    causes: BTreeMap<Property, Counter>,
    groups: Groups,
}

impl Tally {
    /// Counts an event.
    pub fn add(&mut self, hit: &Hit) {
        self.matches += 1;
        match hit.time {
            Some(time) => *self.minutes.entry(time.div_euclid(MINUTE)).or_default() += 1,
            None => self.untimed += 1,
        }
        let properties = Properties::of(hit);
        for property in Property::ALL {
            if let Some(value) = properties.get(property) {
                self.causes.entry(property).or_default().add(value);
            }
        }
        self.groups.add(hit, properties);
    }

    /// Returns what both come to together.
    #[must_use]
    pub fn merge(mut self, other: Self) -> Self {
        let Self {
            matches,
            untimed,
            minutes,
            causes,
            groups,
        } = other;
        self.matches += matches;
        self.untimed += untimed;
        for (minute, count) in minutes {
            *self.minutes.entry(minute).or_default() += count;
        }
        for (property, counter) in causes {
            self.causes.entry(property).or_default().merge(counter);
        }
        self.groups.merge(groups);
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

    /// Returns how often each value of each property was seen; events without the property are left out.
    #[must_use]
    pub fn causes(&self) -> &BTreeMap<Property, Counter> {
        &self.causes
    }

    /// Returns the events by who did what from where.
    #[must_use]
    pub fn groups(&self) -> &Groups {
        &self.groups
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::backtest::{Detail, MOST_GROUPS, MOST_VALUES};

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

    fn of(hits: &[Hit]) -> Tally {
        let mut tally = Tally::default();
        for hit in hits {
            tally.add(hit);
        }
        tally
    }

    fn hit(minute: i64, who: &str, from: &str) -> Hit {
        let time = super::super::time::print(minute * MINUTE);
        let record = format!(
            r#"{{"eventTime":"{time}","eventName":"X","sourceIPAddress":"{from}","userIdentity":{{"arn":"arn:aws:sts::1:assumed-role/{who}/s{minute}"}}}}"#
        );
        Hit::read(&record, "f".into(), 0)
    }

    #[test]
    fn sessions_of_a_role_are_one_principal() {
        let tally = of(&[hit(1, "a", "x"), hit(2, "a", "x"), hit(3, "b", "y")]);
        let top = tally.causes()[&Property::Principal].top(10);
        let role = |name: &str| format!("arn:aws:sts::1:assumed-role/{name}/*");
        assert_eq!(top, [(role("a").as_str(), 2), (role("b").as_str(), 1)]);
        assert_eq!(tally.groups().iter().count(), 2);
        assert!(!tally.causes().contains_key(&Property::ErrorCode));
    }

    #[test]
    fn what_is_kept_stays_bounded_and_frequent_values_survive() {
        let many = i64::try_from(MOST_VALUES).unwrap() + 100;
        let hits = (0..many).flat_map(|minute| {
            let address = format!("192.0.2.{minute}");
            [
                hit(minute, "often", "10.0.0.1"),
                hit(minute, "often", &address),
            ]
        });
        let tally = of(&hits.collect::<Vec<_>>());
        let addresses = &tally.causes()[&Property::SourceAddress];
        let (top, count) = addresses.top(1)[0];
        assert_eq!(top, "10.0.0.1");
        let (count, all) = (i64::try_from(count).unwrap(), many);
        assert!(count <= all && count + i64::try_from(addresses.shortfall()).unwrap() >= all);
        assert!(addresses.shortfall() > 0 && addresses.top(usize::MAX).len() <= MOST_VALUES);
        // Addresses are given up before principals are.
        assert_eq!(tally.groups().detail(), Detail::WithoutAddress);
        assert!(tally.groups().iter().count() <= MOST_GROUPS);
        let kept: u64 = tally
            .groups()
            .iter()
            .map(|(_, members)| members.count())
            .sum();
        assert_eq!(kept, tally.matches());
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_order_of_hits_and_parts_does_not_matter(
            hits in prop::collection::vec((0_i64..5, "[ab]", "[xy]"), 0..20),
            cuts in (0_usize..20, 0_usize..20),
        ) {
            let hits: Vec<Hit> = hits.iter().map(|(minute, who, from)| hit(*minute, who, from)).collect();
            let whole = of(&hits);
            let mut backwards = hits.clone();
            backwards.reverse();
            prop_assert_eq!(&of(&backwards), &whole);
            let (first, second) = (cuts.0.min(hits.len()), cuts.1.min(hits.len()));
            let (first, second) = (first.min(second), first.max(second));
            let [a, b, c] = [&hits[..first], &hits[first..second], &hits[second..]].map(of);
            prop_assert_eq!(&a.clone().merge(b.clone()).merge(c.clone()), &whole);
            prop_assert_eq!(&a.clone().merge(b.clone().merge(c.clone())), &whole);
            prop_assert_eq!(&c.merge(b).merge(a), &whole);
        }
    }
}
