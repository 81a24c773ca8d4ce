//! How many notifications people put up with.

use std::fmt;
use std::ops::Range;
use std::str::FromStr;

use thiserror::Error;

use crate::backtest::alarm::DAY;

/// The most that a budget may be.
const MOST: u32 = 1_000_000;

/// How many notifications of one control people put up with, in each of how many days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Budget {
    notifications: u32,
    days: u32,
}

/// A text is no budget.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` is not a budget: write a number of notifications and a time, such as `1/day`, `3/week` or `1/month`"
)]
pub struct BudgetError(String);

/// The names of times, and their days.
const TIMES: [(&str, u32); 3] = [("day", 1), ("week", 7), ("month", 30)];

impl Default for Budget {
    /// One notification a week: with fifteen controls, two a day.
    fn default() -> Self {
        Self {
            notifications: 1,
            days: 7,
        }
    }
}

impl FromStr for Budget {
    type Err = BudgetError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || BudgetError(text.to_owned());
        let (number, time) = text.split_once('/').ok_or_else(refused)?;
        let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let notifications = number.parse().ok().filter(|number| *number <= MOST);
        let notifications = notifications.filter(|_| is_number).ok_or_else(refused)?;
        let days = TIMES.into_iter().find(|(name, _)| *name == time);
        let (_, days) = days.ok_or_else(refused)?;
        Ok(Self {
            notifications,
            days,
        })
    }
}

impl fmt::Display for Budget {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = TIMES.into_iter().find(|(_, days)| *days == self.days);
        let name = name.map_or("day", |(name, _)| name);
        write!(f, "{}/{name}", self.notifications)
    }
}

impl Budget {
    /// Returns how many notifications are allowed in a span of seconds; in one shorter than the budget's time, as many as in that.
    #[must_use]
    pub fn over(self, span: &Range<i64>) -> f64 {
        let length = span.end.saturating_sub(span.start) / DAY;
        let days = f64::from(u32::try_from(length).unwrap_or_default());
        let times = (days / f64::from(self.days)).max(1.0);
        f64::from(self.notifications) * times
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn budgets_are_read_and_printed() {
        for text in ["1/day", "0/week", "12/month"] {
            assert_eq!(text.parse::<Budget>().unwrap().to_string(), text);
        }
        assert_eq!(Budget::default().to_string(), "1/week");
        for text in [
            "",
            "1",
            "/day",
            "1/year",
            "-1/day",
            "+1/day",
            "1.5/day",
            "9999999/day",
            "1 /day",
        ] {
            assert_eq!(text.parse::<Budget>(), Err(BudgetError(text.to_owned())));
        }
    }

    #[test]
    fn a_budget_grows_with_the_time() {
        let allowed =
            |text: &str, days: i64| text.parse::<Budget>().unwrap().over(&(0..days * DAY));
        assert_eq!((allowed("1/week", 1), allowed("1/week", 28)), (1.0, 4.0));
        assert_eq!((allowed("2/day", 10), allowed("0/day", 10)), (20.0, 0.0));
    }
}
