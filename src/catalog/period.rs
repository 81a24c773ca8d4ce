//! Periods of alarms: `5m` as people write it, seconds as CloudWatch counts them.

use thiserror::Error;

/// The longest time that the evaluation periods of an alarm may cover together, in seconds (CloudWatch API, `PutMetricAlarm`).
const LONGEST_SPAN: u64 = 604_800;

/// The same for periods shorter than an hour.
const LONGEST_SPAN_OF_SHORT_PERIODS: u64 = 86_400;

const HOUR: u32 = 3_600;

/// Why a text is not a period, or does not fit an alarm.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PeriodError {
    /// It is not a number with a unit.
    #[error(
        "`{0}` is not a period: write a whole number and a unit, such as `30s`, `5m`, `1h` or `1d`"
    )]
    Form(String),
    /// CloudWatch has no such period.
    #[error(
        "`{0}` is not a period of CloudWatch: 10, 20 or 30 seconds, or a multiple of a minute up to 7 days"
    )]
    Length(String),
    /// The periods of an alarm cover too long a time.
    #[error(
        "{evaluation_periods} periods of {period} s cover more than the {longest} s that CloudWatch allows"
    )]
    Span {
        /// The length of a period in seconds.
        period: u32,
        /// The number of periods.
        evaluation_periods: u32,
        /// How long they may cover together, in seconds.
        longest: u64,
    },
}

/// Returns the length in seconds of a period such as `5m`.
///
/// # Errors
///
/// Says what a period looks like, or which ones CloudWatch has.
pub fn parse_period(text: &str) -> Result<u32, PeriodError> {
    let form = || PeriodError::Form(text.to_owned());
    let unit = text.chars().last().ok_or_else(form)?;
    let digits = text.strip_suffix(unit).ok_or_else(form)?;
    let factor = match unit {
        's' => 1,
        'm' => 60,
        'h' => HOUR,
        'd' => 86_400,
        _ => return Err(form()),
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_ascii_digit()) {
        return Err(form());
    }
    let seconds = digits
        .parse::<u32>()
        .ok()
        .and_then(|number| number.checked_mul(factor));
    seconds
        .filter(|seconds| matches!(seconds, 10 | 20 | 30) || (seconds % 60 == 0 && *seconds > 0))
        .filter(|seconds| u64::from(*seconds) <= LONGEST_SPAN)
        .ok_or_else(|| PeriodError::Length(text.to_owned()))
}

/// Checks that the periods of an alarm together are not too long.
///
/// # Errors
///
/// Names the limit.
pub fn check_span(period: u32, evaluation_periods: u32) -> Result<(), PeriodError> {
    let longest = if period < HOUR {
        LONGEST_SPAN_OF_SHORT_PERIODS
    } else {
        LONGEST_SPAN
    };
    if u64::from(period) * u64::from(evaluation_periods) <= longest {
        Ok(())
    } else {
        Err(PeriodError::Span {
            period,
            evaluation_periods,
            longest,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_that_cloudwatch_has_are_read() {
        let cases = [
            ("10s", 10),
            ("30s", 30),
            ("60s", 60),
            ("5m", 300),
            ("1h", 3_600),
            ("7d", 604_800),
            ("005m", 300),
        ];
        for (text, seconds) in cases {
            assert_eq!(parse_period(text), Ok(seconds), "{text}");
        }
    }

    #[test]
    fn other_lengths_and_other_forms_are_refused_apart() {
        for text in [
            "", "5", "m", "5 m", "-5m", "+5m", "5M", "1.5h", "fünf", "5ö", "٥m",
        ] {
            assert_eq!(
                parse_period(text),
                Err(PeriodError::Form(text.to_owned())),
                "{text}"
            );
        }
        for text in [
            "0s",
            "0m",
            "1s",
            "15s",
            "40s",
            "61s",
            "8d",
            "99999999999d",
            "4294967295d",
        ] {
            assert_eq!(
                parse_period(text),
                Err(PeriodError::Length(text.to_owned())),
                "{text}"
            );
        }
    }

    #[test]
    fn the_time_that_periods_cover_is_limited_by_their_length() {
        assert!(check_span(300, 288).is_ok());
        assert!(check_span(300, 289).is_err());
        assert!(check_span(3_600, 168).is_ok());
        assert!(check_span(3_600, 169).is_err());
        assert!(check_span(u32::MAX, u32::MAX).is_err());
    }
}
