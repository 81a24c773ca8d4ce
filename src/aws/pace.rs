//! Writes at a pace a little under AWS's quotas, so that none is throttled.
//!
//! Quotas hold per account and Region (CloudWatch Logs, CloudWatch and SNS service quotas), and other
//! tools of the account share them. Reads are not paced: there are few of them.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::{Interval, MissedTickBehavior};

/// Whether writes keep a pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pacing {
    /// A little under AWS's quotas.
    Quotas,
    /// As fast as possible: for stand-ins of AWS, which have no quotas.
    None,
}

/// `PutMetricFilter`: 5 a second, not adjustable; 4 are used.
const FILTER_PERIOD: Duration = Duration::from_millis(250);
/// `PutMetricAlarm`: 3 a second; 2.5 are used.
const ALARM_PERIOD: Duration = Duration::from_millis(400);
/// `CreateTopic`, `SetTopicAttributes`: undocumented, assumed to be 10 a second; 8 are used.
const TOPIC_PERIOD: Duration = Duration::from_millis(125);

/// The paces of an account's writes.
#[derive(Debug)]
pub(super) struct Pace {
    pub(super) filters: Turns,
    pub(super) alarms: Turns,
    pub(super) topics: Turns,
}

impl Pace {
    pub(super) fn new(pacing: Pacing) -> Self {
        let turns = |period| match pacing {
            Pacing::Quotas => Turns::every(period),
            Pacing::None => Turns(None),
        };
        Self {
            filters: turns(FILTER_PERIOD),
            alarms: turns(ALARM_PERIOD),
            topics: turns(TOPIC_PERIOD),
        }
    }
}

/// A queue in which one caller after the other gets its turn, the first one at once.
#[derive(Debug)]
pub(super) struct Turns(Option<Mutex<Interval>>);

impl Turns {
    fn every(period: Duration) -> Self {
        let mut interval = tokio::time::interval(period);
        // Turns that nobody took are lost, or a pause would be followed by a burst.
        interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self(Some(Mutex::new(interval)))
    }

    /// Waits for the caller's turn.
    pub(super) async fn next(&self) {
        if let Self(Some(interval)) = self {
            interval.lock().await.tick().await;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paces_stay_under_the_quotas() {
        let per_second = |period: Duration| 1.0 / period.as_secs_f64();
        assert!(per_second(FILTER_PERIOD) < 5.0);
        assert!(per_second(ALARM_PERIOD) < 3.0);
        assert!(per_second(TOPIC_PERIOD) < 10.0);
    }

    #[tokio::test]
    async fn only_one_turn_is_given_in_a_period_even_after_a_pause() {
        let turns = Turns::every(Duration::from_hours(1));
        turns.next().await;
        let second = tokio::time::timeout(Duration::from_millis(50), turns.next()).await;
        assert!(
            second.is_err(),
            "the second turn must wait for the next period"
        );

        let turns = Turns::every(Duration::from_millis(40));
        turns.next().await;
        tokio::time::sleep(Duration::from_millis(400)).await;
        let burst = async {
            for _ in 0..4 {
                turns.next().await;
            }
        };
        let given = tokio::time::timeout(Duration::from_millis(60), burst).await;
        assert!(given.is_err(), "turns that nobody took must not add up");
    }

    #[tokio::test]
    async fn without_pacing_nobody_waits() {
        let pace = Pace::new(Pacing::None);
        let all = async {
            for _ in 0..10_000 {
                pace.alarms.next().await;
            }
        };
        tokio::time::timeout(Duration::from_secs(1), all)
            .await
            .unwrap();
    }
}
