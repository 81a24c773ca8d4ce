//! Sending a call again: which failures deserve it, how often, after what wait, and when to stop for good.
//!
//! The SDK's own retries are switched off, because they retry a used-up quota, know nothing of conflicts
//! and of SNS's `Throttled`, and share one budget among all accounts of a process.

use std::hash::{BuildHasher, RandomState};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::model::{CallError, CallErrorKind, Reading};

/// Whether a call may be sent again after a failure that leaves open whether it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Yes: it reads, or it leaves the same state however often it is sent.
    Freely,
    /// No: only a call that surely did not happen is sent again, and not when somebody else is changing the
    /// same resource: whoever writes must look at it first.
    OnlyIfRefused,
}

/// How patient we are with an account. The waits double from the first to the longest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// The wait after a throttle or a failure.
    pub first_wait: Duration,
    /// The longest wait after a throttle or a failure.
    pub longest_wait: Duration,
    /// The wait after a change by somebody else.
    pub first_conflict_wait: Duration,
    /// The longest wait after a change by somebody else.
    pub longest_conflict_wait: Duration,
    /// How long a call may take with all its attempts and waits before it is not sent again.
    pub total: Duration,
    /// How many tokens an account has for sending calls again: a throttled one costs 5, any other 14, and each
    /// call that is answered gives one back.
    pub budget: u32,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            first_wait: Duration::from_millis(200),
            longest_wait: Duration::from_secs(2),
            first_conflict_wait: Duration::from_millis(500),
            longest_conflict_wait: Duration::from_secs(5),
            total: Duration::from_secs(30),
            budget: 500,
        }
    }
}

impl Patience {
    /// Returns the wait after the given attempt: it doubles up to a limit, and chance takes off up to a half.
    pub(super) fn wait(&self, kind: CallErrorKind, attempt: u32) -> Duration {
        self.wait_by(kind, attempt, random_fraction())
    }

    fn wait_by(&self, kind: CallErrorKind, attempt: u32, chance: f64) -> Duration {
        let (first, longest) = if kind == CallErrorKind::Conflict {
            (self.first_conflict_wait, self.longest_conflict_wait)
        } else {
            (self.first_wait, self.longest_wait)
        };
        let doubled = first.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
        doubled.min(longest).mul_f64(1.0 - chance / 2.0)
    }
}

/// What an account may still spend on sending calls again, so that one that is broken is soon given up.
#[derive(Debug)]
pub(super) struct Budget {
    tokens: Mutex<u32>,
    most: u32,
}

impl Budget {
    /// Returns a budget of which nothing is spent.
    pub(super) fn new(tokens: u32) -> Self {
        Self {
            tokens: Mutex::new(tokens),
            most: tokens,
        }
    }

    /// Returns whether another attempt can be paid, and pays it.
    fn pay(&self, kind: CallErrorKind) -> bool {
        let price = if kind == CallErrorKind::Throttled {
            5
        } else {
            14
        };
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        match tokens.checked_sub(price) {
            Some(left) => {
                *tokens = left;
                true
            }
            None => false,
        }
    }

    fn refill(&self) {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        *tokens = tokens.saturating_add(1).min(self.most);
    }
}

/// Returns the first answer that is not worth another attempt, or for which there is no patience any more.
pub(super) async fn attempts<T>(
    repeat: Repeat,
    patience: &Patience,
    budget: &Budget,
    send: impl AsyncFn() -> Reading<T>,
) -> Reading<T> {
    let start = tokio::time::Instant::now();
    let mut attempt = 1;
    loop {
        let error = match send().await {
            Ok(answer) => {
                budget.refill();
                return Ok(answer);
            }
            Err(error) => error,
        };
        if attempt >= most_attempts(error.kind, repeat) {
            return Err(error);
        }
        let wait = patience.wait(error.kind, attempt);
        if start.elapsed().saturating_add(wait) > patience.total {
            return Err(given_up(error, "it took too long to try again"));
        }
        if !budget.pay(error.kind) {
            let reason = "not tried again, since too many calls to this account have failed";
            return Err(given_up(error, reason));
        }
        tokio::time::sleep(wait).await;
        attempt += 1;
    }
}

/// Returns a failure with the reason why the call was not sent again.
fn given_up(error: CallError, reason: &str) -> CallError {
    let message = match error.message.as_str() {
        "" => reason.to_owned(),
        message => format!("{message} ({reason})"),
    };
    CallError { message, ..error }
}

/// Returns how often a call is sent at most when it fails like this.
///
/// An endpoint out of reach is tried twice: two connect timeouts and the wait stay under five seconds.
fn most_attempts(kind: CallErrorKind, repeat: Repeat) -> u32 {
    match (kind, repeat) {
        (CallErrorKind::Throttled, _) => 8,
        (CallErrorKind::Conflict, Repeat::Freely) => 5,
        (CallErrorKind::Unreachable, _) | (CallErrorKind::Timeout, Repeat::Freely) => 2,
        (CallErrorKind::Service, Repeat::Freely) => 4,
        (
            CallErrorKind::Service | CallErrorKind::Timeout | CallErrorKind::Conflict,
            Repeat::OnlyIfRefused,
        )
        | (
            CallErrorKind::Denied
            | CallErrorKind::Credentials
            | CallErrorKind::Quota
            | CallErrorKind::NotFound
            | CallErrorKind::Invalid
            | CallErrorKind::Unsupported
            | CallErrorKind::Malformed,
            _,
        ) => 1,
    }
}

/// Returns a number from 0 up to 1, from the random keys that the standard library gives its hashers.
fn random_fraction() -> f64 {
    let bits = u32::try_from(RandomState::new().hash_one(0_u8) >> 32).unwrap_or_default();
    f64::from(bits) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    const QUICK: Patience = Patience {
        first_wait: Duration::from_millis(1),
        longest_wait: Duration::from_millis(1),
        first_conflict_wait: Duration::from_millis(1),
        longest_conflict_wait: Duration::from_millis(1),
        total: Duration::from_secs(30),
        budget: 500,
    };

    /// Fails `failures` times and returns how often it was asked and what it came to.
    async fn asked_of(
        budget: &Budget,
        kind: CallErrorKind,
        repeat: Repeat,
        failures: u32,
    ) -> (u32, Reading<()>) {
        let asked = Cell::new(0);
        let answer = attempts(repeat, &QUICK, budget, async || {
            asked.set(asked.get() + 1);
            if asked.get() > failures {
                Ok(())
            } else {
                Err(CallError::new("sns:Subscribe", kind, "no"))
            }
        })
        .await;
        (asked.get(), answer)
    }

    async fn asked(kind: CallErrorKind, repeat: Repeat, failures: u32) -> (u32, bool) {
        let (asked, answer) = asked_of(&Budget::new(500), kind, repeat, failures).await;
        (asked, answer.is_ok())
    }

    #[tokio::test]
    async fn a_refusal_for_now_is_overcome() {
        assert_eq!(
            asked(CallErrorKind::Throttled, Repeat::OnlyIfRefused, 2).await,
            (3, true)
        );
        for kind in [CallErrorKind::Service, CallErrorKind::Conflict] {
            assert_eq!(asked(kind, Repeat::Freely, 1).await, (2, true));
        }
    }

    #[tokio::test]
    async fn a_write_of_unknown_outcome_is_not_sent_again() {
        for kind in [CallErrorKind::Service, CallErrorKind::Timeout] {
            assert_eq!(asked(kind, Repeat::OnlyIfRefused, 1).await, (1, false));
        }
    }

    #[tokio::test]
    async fn a_write_that_met_another_is_not_sent_again_without_looking() {
        assert_eq!(
            asked(CallErrorKind::Conflict, Repeat::OnlyIfRefused, 1).await,
            (1, false)
        );
    }

    #[tokio::test]
    async fn final_refusals_are_asked_once() {
        for kind in [
            CallErrorKind::Denied,
            CallErrorKind::Credentials,
            CallErrorKind::Quota,
            CallErrorKind::NotFound,
            CallErrorKind::Invalid,
            CallErrorKind::Unsupported,
            CallErrorKind::Malformed,
        ] {
            assert_eq!(asked(kind, Repeat::Freely, 1).await, (1, false), "{kind}");
        }
    }

    #[tokio::test]
    async fn an_endpoint_out_of_reach_is_given_up_after_two_attempts() {
        assert_eq!(
            asked(CallErrorKind::Unreachable, Repeat::Freely, 9).await,
            (2, false)
        );
    }

    #[tokio::test]
    async fn a_broken_account_is_given_up_once_its_budget_is_spent() {
        let budget = Budget::new(500);
        let mut asked = Vec::new();
        for _ in 0..20 {
            let (times, answer) =
                asked_of(&budget, CallErrorKind::Throttled, Repeat::Freely, u32::MAX).await;
            asked.push(times);
            if times == 1 {
                let told = answer.unwrap_err().to_string();
                assert!(told.contains("too many calls to this account"), "{told}");
            }
        }
        assert_eq!(asked.iter().map(|times| times - 1).sum::<u32>(), 100);
        assert_eq!(asked.last(), Some(&1));
        for _ in 0..5 {
            assert!(
                asked_of(&budget, CallErrorKind::Denied, Repeat::Freely, 0)
                    .await
                    .1
                    .is_ok()
            );
        }
        let (times, answer) = asked_of(&budget, CallErrorKind::Throttled, Repeat::Freely, 1).await;
        assert_eq!((times, answer.is_ok()), (2, true), "answers refill it");
    }

    #[test]
    fn answers_fill_a_budget_up_to_where_it_began() {
        let budget = Budget::new(14);
        budget.refill();
        assert!(budget.pay(CallErrorKind::Service));
        assert!(!budget.pay(CallErrorKind::Throttled));
    }

    #[tokio::test]
    async fn a_call_ends_with_its_time() {
        let patience = Patience {
            first_wait: Duration::from_millis(30),
            longest_wait: Duration::from_millis(30),
            total: Duration::from_millis(40),
            ..QUICK
        };
        let asked = Cell::new(0);
        let answer: Reading<()> =
            attempts(Repeat::Freely, &patience, &Budget::new(500), async || {
                asked.set(asked.get() + 1);
                Err(CallError::new("a:B", CallErrorKind::Throttled, ""))
            })
            .await;
        let told = answer.unwrap_err().to_string();
        assert_eq!(told, "throttled (`a:B`): it took too long to try again");
        assert!((2..8).contains(&asked.get()), "{}", asked.get());
    }

    #[test]
    fn the_wait_doubles_up_to_its_limit() {
        let patience = Patience::default();
        let waits = [1, 2, 3, 4, 5, 40].map(|attempt| {
            let wait = patience.wait_by(CallErrorKind::Throttled, attempt, 0.0);
            wait.as_millis()
        });
        assert_eq!(waits, [200, 400, 800, 1600, 2000, 2000]);
        let conflict = |attempt| patience.wait_by(CallErrorKind::Conflict, attempt, 0.0);
        assert_eq!(conflict(1).as_millis(), 500);
        assert_eq!(conflict(9).as_millis(), 5000);
    }

    #[test]
    fn chance_takes_off_at_most_half() {
        let patience = Patience::default();
        let wait = patience.wait_by(CallErrorKind::Throttled, 1, 1.0);
        assert_eq!(wait.as_millis(), 100);
        for _ in 0..1000 {
            assert!((0.0..1.0).contains(&random_fraction()));
        }
        assert!((0..20).any(|_| random_fraction().to_bits() != random_fraction().to_bits()));
    }
}
