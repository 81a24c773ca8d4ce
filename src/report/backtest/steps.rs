//! Counts over a span of time, in steps that people count by.

use std::ops::Range;

use crate::backtest::alarm::Course;
use crate::backtest::time;
use crate::report::document::{Row, Style, Timeline};

/// The most steps of a timeline.
const MOST_STEPS: i64 = 60;

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The lengths of steps, in seconds, with their names.
const STEPS: [(i64, &str); 14] = [
    (MINUTE, "a minute"),
    (5 * MINUTE, "5 minutes"),
    (15 * MINUTE, "15 minutes"),
    (HOUR, "an hour"),
    (3 * HOUR, "3 hours"),
    (6 * HOUR, "6 hours"),
    (12 * HOUR, "12 hours"),
    (DAY, "a day"),
    (2 * DAY, "2 days"),
    (7 * DAY, "a week"),
    (14 * DAY, "2 weeks"),
    (30 * DAY, "30 days"),
    (90 * DAY, "90 days"),
    (365 * DAY, "365 days"),
];

/// A span of seconds cut into equal steps.
#[derive(Debug, Clone, Copy)]
pub(super) struct Steps {
    start: i64,
    length: i64,
    count: usize,
    name: &'static str,
}

impl Steps {
    pub(super) fn of(span: &Range<i64>) -> Self {
        let number = |length: i64| {
            let first = span.start.div_euclid(length);
            let last = span
                .end
                .saturating_sub(1)
                .max(span.start)
                .div_euclid(length);
            (first, last.saturating_sub(first).saturating_add(1))
        };
        let fits = STEPS
            .into_iter()
            .find(|(length, _)| number(*length).1 <= MOST_STEPS);
        // Records may claim to be thousands of years apart.
        let (length, name) = fits.unwrap_or((100 * 365 * DAY, "36500 days"));
        let (first, count) = number(length);
        Self {
            start: first.saturating_mul(length),
            length,
            count: usize::try_from(count).unwrap_or_default().min(1_000),
            name,
        }
    }

    /// Returns how much falls into each step.
    fn counts(self, seconds: impl IntoIterator<Item = (i64, u64)>) -> Vec<u64> {
        let mut counts = vec![0_u64; self.count];
        for (second, number) in seconds {
            let position = second.saturating_sub(self.start).div_euclid(self.length);
            let count = usize::try_from(position).ok();
            if let Some(count) = count.and_then(|position| counts.get_mut(position)) {
                *count = count.saturating_add(number);
            }
        }
        counts
    }

    /// Returns a row of events by minutes since 1970.
    pub(super) fn events<'counts>(
        self,
        name: &'static str,
        minutes: impl IntoIterator<Item = (&'counts i64, &'counts u64)>,
    ) -> Row {
        let seconds = minutes
            .into_iter()
            .map(|(minute, count)| (minute.saturating_mul(MINUTE), *count));
        Row {
            name,
            style: Style::Elsewhere,
            counts: self.counts(seconds),
        }
    }

    /// Returns a row of notifications; one counts where the last event before it came.
    pub(super) fn alarms(self, name: &'static str, style: Style, course: &Course) -> Row {
        let begins = course.spells.iter().map(|spell| (spell.start - 1, 1));
        Row {
            name,
            style,
            counts: self.counts(begins),
        }
    }

    pub(super) fn timeline(self, title: String, rows: Vec<Row>) -> Timeline {
        let steps = i64::try_from(self.count).unwrap_or_default();
        let end = self.start.saturating_add(self.length.saturating_mul(steps));
        let labels = (0..steps)
            .map(|step| minute(self.start.saturating_add(self.length.saturating_mul(step))));
        Timeline {
            title,
            start: format!("{} UTC", minute(self.start)),
            end: format!("{} UTC", minute(end)),
            step: self.name.to_owned(),
            labels: labels.collect(),
            rows,
        }
    }
}

/// Returns a time without its seconds, as people write it.
fn minute(second: i64) -> String {
    let text = time::print(second.saturating_mul(1000));
    let minute = text
        .rsplit_once(':')
        .map_or(text.as_str(), |(minute, _)| minute);
    minute.replace('T', " ")
}

/// Returns a length of time in words, in no more than two units.
pub(super) fn length(seconds: i64) -> String {
    let units = [(DAY, "d"), (HOUR, "h"), (MINUTE, "min"), (1, "s")];
    let mut rest = seconds.max(0);
    let mut words = Vec::new();
    for (length, name) in units {
        if rest >= length && words.len() < 2 {
            words.push(format!("{} {name}", rest / length));
            rest %= length;
        } else if !words.is_empty() {
            break;
        }
    }
    if words.is_empty() {
        "0 s".to_owned()
    } else {
        words.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_told_in_two_units() {
        let cases = [
            (0, "0 s"),
            (59, "59 s"),
            (900, "15 min"),
            (7_800, "2 h 10 min"),
            (3 * DAY + HOUR + 5, "3 d 1 h"),
            (DAY + 5, "1 d"),
        ];
        for (seconds, words) in cases {
            assert_eq!(length(seconds), words);
        }
    }

    #[test]
    fn any_span_has_few_steps_and_loses_nothing() {
        let spans = [
            0..0,
            0..1,
            -5..HOUR,
            100..DAY,
            0..30 * DAY,
            7..400 * DAY,
            -62_162_035_200..253_402_300_799,
        ];
        for span in spans {
            let steps = Steps::of(&span);
            assert!(
                steps.count >= 1 && steps.count <= 160,
                "{span:?}: {steps:?}"
            );
            if span.end > span.start {
                let counts = steps.counts([(span.start, 1), (span.end - 1, 2)]);
                assert_eq!(counts.iter().sum::<u64>(), 3, "{span:?}");
            }
        }
        assert_eq!(Steps::of(&(0..30 * DAY)).name, "12 hours");
        assert_eq!(Steps::of(&(0..90 * DAY)).name, "2 days");
    }
}
