//! Calls at a pace a little under AWS's quotas, so that few are throttled.
//!
//! Quotas hold per account, Region and API (the quota tables of CloudWatch Logs, CloudWatch, SNS and CloudTrail),
//! and other tools of the account share them: whoever is throttled all the same learns to be slower, and only
//! slowly dares to be faster again. An API that is not listed has a quota that no account of ours comes near.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use governor::clock::Clock;
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::{InMemoryState, NotKeyed};
use governor::{Quota, RateLimiter};

/// Whether calls keep a pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pacing {
    /// A little under AWS's quotas.
    Quotas,
    /// As fast as possible: for stand-ins of AWS, which have no quotas.
    None,
}

/// How fast an API may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Rate {
    action: &'static str,
    /// The time between two calls.
    period: Duration,
    /// How many calls may follow each other at once after a pause.
    burst: NonZeroU32,
}

const fn rate(action: &'static str, period_in_ms: u64, burst: u32) -> Rate {
    Rate {
        action,
        period: Duration::from_millis(period_in_ms),
        burst: match NonZeroU32::new(burst) {
            Some(burst) => burst,
            None => NonZeroU32::MIN,
        },
    }
}

/// The rates. Writes come one by one; what one look at an account reads may come at once.
const RATES: [Rate; 18] = [
    // 5 a second, not adjustable.
    rate("logs:PutMetricFilter", 250, 1),
    rate("logs:DeleteMetricFilter", 250, 1),
    rate("logs:DescribeMetricFilters", 250, 4),
    // 5 a second in some Regions, 10 in most, 25 in us-east-1.
    rate("logs:FilterLogEvents", 250, 4),
    // 2 a second.
    rate("cloudtrail:LookupEvents", 550, 1),
    // 3 a second.
    rate("cloudwatch:PutMetricAlarm", 400, 1),
    rate("cloudwatch:DeleteAlarms", 400, 1),
    rate("cloudwatch:SetAlarmState", 400, 1),
    rate("cloudwatch:EnableAlarmActions", 400, 1),
    rate("cloudwatch:DisableAlarmActions", 400, 1),
    // 9 and 10 a second.
    rate("cloudwatch:DescribeAlarms", 125, 8),
    rate("cloudwatch:ListTagsForResource", 125, 8),
    rate("logs:DescribeLogGroups", 125, 8),
    // Undocumented, assumed to be 10 a second.
    rate("sns:CreateTopic", 125, 1),
    rate("sns:SetTopicAttributes", 125, 1),
    rate("sns:GetTopicAttributes", 125, 8),
    // 30 a second.
    rate("sns:ListSubscriptionsByTopic", 40, 24),
    // 100 a second, but each may send a mail.
    rate("sns:Subscribe", 125, 1),
];

/// How often a rate may be halved.
const MOST_HALVINGS: u32 = 3;
/// How many calls in a row must be let through before a halving is taken back.
const CALLS_TO_RECOVER: u32 = 20;

/// The paces of an account's calls in one Region.
#[derive(Debug)]
pub(super) struct Pace(BTreeMap<&'static str, Bucket<Stopwatch>>);

impl Pace {
    /// Returns paces at which nothing was called yet.
    pub(super) fn new(pacing: Pacing) -> Self {
        let clock = Stopwatch(tokio::time::Instant::now());
        let bucket = |rate: Rate| (rate.action, Bucket::new(rate, clock.clone()));
        Self(match pacing {
            Pacing::Quotas => RATES.into_iter().map(bucket).collect(),
            Pacing::None => BTreeMap::new(),
        })
    }

    /// Waits until an API may be called.
    pub(super) async fn turn(&self, action: &str) {
        let Some(bucket) = self.0.get(action) else {
            return;
        };
        while let Err(wait) = bucket.take() {
            tokio::time::sleep(wait).await;
        }
    }

    /// Learns that a call was throttled.
    pub(super) fn throttled(&self, action: &str) {
        if let Some(bucket) = self.0.get(action) {
            bucket.slow_down();
        }
    }

    /// Learns that a call was not throttled.
    pub(super) fn let_through(&self, action: &str) {
        if let Some(bucket) = self.0.get(action) {
            bucket.recover();
        }
    }
}

/// The time since it was made.
#[derive(Debug, Clone)]
struct Stopwatch(tokio::time::Instant);

impl Clock for Stopwatch {
    type Instant = Nanos;

    fn now(&self) -> Nanos {
        self.0.elapsed().into()
    }
}

type Limiter<Time> =
    RateLimiter<NotKeyed, InMemoryState, Time, NoOpMiddleware<<Time as Clock>::Instant>>;

/// The calls of one API that may be made.
#[derive(Debug)]
struct Bucket<Time: Clock> {
    rate: Rate,
    clock: Time,
    state: Mutex<State<Time>>,
}

#[derive(Debug)]
struct State<Time: Clock> {
    limiter: Limiter<Time>,
    /// How often the rate is halved.
    halvings: u32,
    /// Calls that were let through since the rate was changed.
    passed: u32,
    /// Turns that were given since the rate was changed.
    given: u32,
}

impl<Time: Clock + Clone> Bucket<Time> {
    fn new(rate: Rate, clock: Time) -> Self {
        let state = State {
            limiter: limiter(rate, 0, clock.clone()),
            halvings: 0,
            passed: 0,
            given: 0,
        };
        Self {
            rate,
            clock,
            state: Mutex::new(state),
        }
    }

    /// Takes a turn, or returns how long to wait before asking again.
    fn take(&self) -> Result<(), Duration> {
        self.with_state(|state| match state.limiter.check() {
            Ok(()) => {
                state.given += 1;
                Ok(())
            }
            Err(until) => Err(until.wait_time_from(self.clock.now())),
        })
    }

    /// Halves the rate. Calls that were under way together when it was halved do not halve it again.
    fn slow_down(&self) {
        self.with_state(|state| {
            state.passed = 0;
            if state.halvings < MOST_HALVINGS && state.given > 0 {
                self.change(state, state.halvings + 1);
            }
        });
    }

    /// Takes back a halving once enough calls were let through.
    fn recover(&self) {
        self.with_state(|state| {
            state.passed += 1;
            if state.halvings > 0 && state.passed >= CALLS_TO_RECOVER {
                self.change(state, state.halvings - 1);
            }
        });
    }

    fn change(&self, state: &mut State<Time>, halvings: u32) {
        let limiter = limiter(self.rate, halvings, self.clock.clone());
        // A new limiter owes nothing to anybody; what was saved up before the change is spent.
        while limiter.check().is_ok() {}
        *state = State {
            limiter,
            halvings,
            passed: 0,
            given: 0,
        };
    }

    fn with_state<T>(&self, change: impl FnOnce(&mut State<Time>) -> T) -> T {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn limiter<Time: Clock>(rate: Rate, halvings: u32, clock: Time) -> Limiter<Time> {
    let period = rate.period.saturating_mul(2_u32.saturating_pow(halvings));
    // Only a period of zero has no quota, and no rate has one.
    let quota = Quota::with_period(period).unwrap_or_else(|| Quota::per_second(NonZeroU32::MIN));
    RateLimiter::direct_with_clock(quota.allow_burst(rate.burst), clock)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use governor::clock::FakeRelativeClock;

    use super::*;

    /// Quotas a second, as AWS states them or as they are assumed.
    const QUOTAS: [(&str, f64); 18] = [
        ("cloudtrail:LookupEvents", 2.0),
        ("cloudwatch:DeleteAlarms", 3.0),
        ("cloudwatch:DescribeAlarms", 9.0),
        ("cloudwatch:DisableAlarmActions", 3.0),
        ("cloudwatch:EnableAlarmActions", 3.0),
        ("cloudwatch:ListTagsForResource", 10.0),
        ("cloudwatch:PutMetricAlarm", 3.0),
        ("cloudwatch:SetAlarmState", 3.0),
        ("logs:DeleteMetricFilter", 5.0),
        ("logs:DescribeLogGroups", 10.0),
        ("logs:DescribeMetricFilters", 5.0),
        ("logs:FilterLogEvents", 5.0),
        ("logs:PutMetricFilter", 5.0),
        ("sns:CreateTopic", 10.0),
        ("sns:GetTopicAttributes", 10.0),
        ("sns:ListSubscriptionsByTopic", 30.0),
        ("sns:SetTopicAttributes", 10.0),
        ("sns:Subscribe", 100.0),
    ];

    /// Returns how many turns a bucket gives within some seconds to whoever asks all the time.
    fn turns(bucket: &Bucket<FakeRelativeClock>, seconds: u32) -> u32 {
        let step = Duration::from_millis(5);
        let mut given = 0;
        for _ in 0..seconds * 200 {
            while bucket.take().is_ok() {
                given += 1;
            }
            bucket.clock.advance(step);
        }
        given
    }

    /// Returns how many turns a bucket gives in ten seconds, to the nearest number.
    fn in_ten_seconds(bucket: &Bucket<FakeRelativeClock>) -> u32 {
        (turns(bucket, 40) + 2) / 4
    }

    fn bucket(rate: Rate) -> Bucket<FakeRelativeClock> {
        let clock = FakeRelativeClock::default();
        // A clock that shows nothing has no past in which turns could have been saved up.
        clock.advance(Duration::from_hours(1));
        Bucket::new(rate, clock)
    }

    #[test]
    fn every_rate_stays_a_little_under_its_quota() {
        let named: BTreeSet<_> = RATES.iter().map(|rate| rate.action).collect();
        assert_eq!(named, QUOTAS.iter().map(|(action, _)| *action).collect());
        for rate in RATES {
            let (_, quota) = QUOTAS
                .into_iter()
                .find(|(action, _)| *action == rate.action)
                .unwrap();
            assert!(f64::from(rate.burst.get()) < quota, "{rate:?}");
            let in_a_minute = turns(&bucket(rate), 60);
            let most = 60.0 * quota;
            assert!(
                f64::from(in_a_minute) < most,
                "{rate:?} gives {in_a_minute} of {most}"
            );
        }
    }

    #[test]
    fn turns_that_nobody_took_do_not_add_up_beyond_a_burst() {
        for burst in [1, 4] {
            let bucket = bucket(rate("a", 250, burst));
            bucket.clock.advance(Duration::from_hours(1));
            let at_once = std::iter::repeat_with(|| bucket.take())
                .take_while(Result::is_ok)
                .count();
            assert_eq!(at_once, usize::try_from(burst).unwrap());
            let wait = bucket.take().unwrap_err();
            assert!(wait <= Duration::from_millis(250), "{wait:?}");
            bucket.clock.advance(wait);
            assert_eq!(bucket.take(), Ok(()), "the wait that was told is enough");
        }
    }

    #[test]
    fn whoever_is_throttled_is_slower_to_a_limit_and_slowly_recovers() {
        let bucket = bucket(rate("a", 125, 1));
        assert_eq!(in_ten_seconds(&bucket), 80);
        for expected in [40, 20, 10, 10] {
            bucket.slow_down();
            assert_eq!(in_ten_seconds(&bucket), expected);
        }
        for expected in [20, 40, 80, 80] {
            for _ in 0..CALLS_TO_RECOVER {
                bucket.recover();
            }
            assert_eq!(in_ten_seconds(&bucket), expected);
        }
    }

    #[test]
    fn calls_that_are_throttled_together_slow_down_once_and_a_throttle_ends_the_recovery() {
        let bucket = bucket(rate("a", 125, 1));
        turns(&bucket, 1);
        for _ in 0..4 {
            bucket.slow_down();
        }
        assert_eq!(in_ten_seconds(&bucket), 40);
        for _ in 1..CALLS_TO_RECOVER {
            bucket.recover();
        }
        bucket.slow_down();
        bucket.recover();
        assert_eq!(in_ten_seconds(&bucket), 20);
    }

    #[test]
    fn no_turn_is_given_right_after_a_throttle() {
        let bucket = bucket(rate("a", 100, 8));
        bucket.take().unwrap();
        bucket.slow_down();
        assert_eq!(bucket.take(), Err(Duration::from_millis(200)));
    }

    #[tokio::test]
    async fn without_pacing_and_without_a_quota_nobody_waits() {
        let all = async {
            for _ in 0..10_000 {
                Pace::new(Pacing::None)
                    .turn("cloudwatch:PutMetricAlarm")
                    .await;
            }
            let pace = Pace::new(Pacing::Quotas);
            for _ in 0..10_000 {
                pace.turn("sts:GetCallerIdentity").await;
            }
        };
        tokio::time::timeout(Duration::from_secs(5), all)
            .await
            .unwrap();
    }

    #[tokio::test]
    async fn a_turn_is_waited_for() {
        let pace = Pace::new(Pacing::Quotas);
        let start = tokio::time::Instant::now();
        for _ in 0..3 {
            pace.turn("sns:CreateTopic").await;
        }
        assert!(start.elapsed() >= Duration::from_millis(240));
    }
}
