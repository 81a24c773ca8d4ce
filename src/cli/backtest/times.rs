//! The time that events have to be in: `--since` and `--until`.

use std::time::SystemTime;

use crate::backtest::Window;
use crate::backtest::time::{self, DAY, HOUR, MINUTE};
use crate::cli::error::Error;

/// Reads both ends.
pub(super) fn window(since: Option<&str>, until: Option<&str>) -> Result<Window, Error> {
    let read = |flag: &str, text: Option<&str>| text.map(|text| moment(flag, text)).transpose();
    let window = Window {
        since: read("--since", since)?,
        until: read("--until", until)?,
    };
    if let (Some(since), Some(until)) = (window.since, window.until)
        && since >= until
    {
        return Err(Error::usage("`--since` is not before `--until`"));
    }
    Ok(window)
}

fn moment(flag: &str, text: &str) -> Result<i64, Error> {
    let read = time::parse_date(text)
        .or_else(|| time::parse(text))
        .or_else(|| now()?.checked_sub(length(text)?));
    read.ok_or_else(|| {
        Error::usage(format!("`{text}` is no time for `{flag}`"))
            .hint("give a date such as 2026-03-01, a time such as 2026-03-01T12:00:00Z, or how long ago, such as 90d, 12h or 30m")
    })
}

/// Reads a length of time such as `90d`.
fn length(text: &str) -> Option<i64> {
    let unit = text.chars().last()?;
    let number: u32 = text.strip_suffix(unit)?.parse().ok()?;
    let unit = match unit {
        'w' => 7 * DAY,
        'd' => DAY,
        'h' => HOUR,
        'm' => MINUTE,
        _ => return None,
    };
    i64::from(number).checked_mul(unit)
}

/// Returns the time in milliseconds since 1970.
#[expect(
    clippy::disallowed_methods,
    reason = "how long ago counts from now; the files say the rest"
)]
pub(super) fn now() -> Option<i64> {
    let passed = SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .ok()?;
    i64::try_from(passed.as_millis()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_dates_moments_or_lengths() {
        let window = window(Some("2023-07-10"), Some("2023-07-10T12:00:00+02:00")).unwrap();
        assert_eq!(window.since, Some(1_688_947_200_000));
        assert_eq!(window.until, Some(1_688_947_200_000 + 10 * HOUR));
        assert_eq!(length("90d"), Some(90 * DAY));
        assert_eq!(length("2w"), Some(14 * DAY));
        for text in ["", "d", "5", "5y", "-5d", "5 d", "99999999999d"] {
            assert_eq!(length(text), None, "{text}");
        }
        let ago = super::window(Some("1h"), None).unwrap().since.unwrap();
        let now = now().unwrap();
        assert!((now - HOUR - ago).abs() < MINUTE);
    }

    #[test]
    fn what_is_no_time_is_refused_with_what_is_one() {
        let error = window(Some("yesterday"), None).unwrap_err();
        assert_eq!(error.message(), "`yesterday` is no time for `--since`");
        let error = window(Some("2023-07-11"), Some("2023-07-10")).unwrap_err();
        assert_eq!(error.message(), "`--since` is not before `--until`");
    }
}
