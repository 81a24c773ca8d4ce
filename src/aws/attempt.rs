//! Sending a call again: which failures deserve it, how often, and after what wait.
//!
//! The SDK's own retries are switched off, because they retry a used-up quota, know nothing of conflicts
//! and of SNS's `Throttled`, and share one budget among all accounts of a process.

use std::hash::{BuildHasher, RandomState};
use std::time::Duration;

use crate::model::{CallErrorKind, Reading};

/// Whether a call may be sent again after a failure that leaves open whether it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeat {
    /// Yes: it reads, or it leaves the same state however often it is sent.
    Freely,
    /// No: only a call that surely did not happen is sent again.
    OnlyIfRefused,
}

/// Returns the first answer that is not worth another attempt.
pub(super) async fn attempts<T>(repeat: Repeat, send: impl AsyncFn() -> Reading<T>) -> Reading<T> {
    let mut attempt = 1;
    loop {
        match send().await {
            Err(error) if attempt < most_attempts(error.kind, repeat) => {
                tokio::time::sleep(wait(error.kind, attempt, random_fraction())).await;
            }
            answer => return answer,
        }
        attempt += 1;
    }
}

/// Returns how often a call is sent at most when it fails like this.
///
/// An endpoint out of reach is tried twice: two connect timeouts and the wait stay under five seconds.
fn most_attempts(kind: CallErrorKind, repeat: Repeat) -> u32 {
    match (kind, repeat) {
        (CallErrorKind::Throttled, _) => 8,
        (CallErrorKind::Conflict, _) => 5,
        (CallErrorKind::Unreachable, _) | (CallErrorKind::Timeout, Repeat::Freely) => 2,
        (CallErrorKind::Service, Repeat::Freely) => 4,
        (CallErrorKind::Service | CallErrorKind::Timeout, Repeat::OnlyIfRefused)
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

/// Returns the wait after the given attempt: it doubles up to a limit, and chance takes off up to a half.
fn wait(kind: CallErrorKind, attempt: u32, chance: f64) -> Duration {
    let (first, longest) = if kind == CallErrorKind::Conflict {
        (Duration::from_millis(500), Duration::from_secs(5))
    } else {
        (Duration::from_millis(200), Duration::from_secs(2))
    };
    let doubled = first.saturating_mul(2_u32.saturating_pow(attempt.saturating_sub(1)));
    doubled.min(longest).mul_f64(1.0 - chance / 2.0)
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
    use crate::model::CallError;

    /// Fails `failures` times and returns how often it was asked and whether it came to an answer.
    async fn asked(kind: CallErrorKind, repeat: Repeat, failures: u32) -> (u32, bool) {
        let asked = Cell::new(0);
        let answer = attempts(repeat, async || {
            asked.set(asked.get() + 1);
            if asked.get() > failures {
                Ok(())
            } else {
                Err(CallError::new("sns:Subscribe", kind, "no"))
            }
        })
        .await;
        (asked.get(), answer.is_ok())
    }

    #[tokio::test]
    async fn a_refusal_for_now_is_overcome() {
        assert_eq!(
            asked(CallErrorKind::Throttled, Repeat::OnlyIfRefused, 2).await,
            (3, true)
        );
        assert_eq!(
            asked(CallErrorKind::Service, Repeat::Freely, 1).await,
            (2, true)
        );
    }

    #[tokio::test]
    async fn a_write_of_unknown_outcome_is_not_sent_again() {
        for kind in [CallErrorKind::Service, CallErrorKind::Timeout] {
            assert_eq!(asked(kind, Repeat::OnlyIfRefused, 1).await, (1, false));
        }
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

    #[test]
    fn the_wait_doubles_up_to_its_limit() {
        let waits = [1, 2, 3, 4, 5, 40].map(|attempt| wait(CallErrorKind::Throttled, attempt, 0.0));
        assert_eq!(
            waits.map(|wait| wait.as_millis()),
            [200, 400, 800, 1600, 2000, 2000]
        );
        assert_eq!(wait(CallErrorKind::Conflict, 1, 0.0).as_millis(), 500);
        assert_eq!(wait(CallErrorKind::Conflict, 9, 0.0).as_millis(), 5000);
    }

    #[test]
    fn chance_takes_off_at_most_half() {
        assert_eq!(wait(CallErrorKind::Throttled, 1, 1.0).as_millis(), 100);
        for _ in 0..1000 {
            assert!((0.0..1.0).contains(&random_fraction()));
        }
        assert!((0..20).any(|_| random_fraction().to_bits() != random_fraction().to_bits()));
    }
}
