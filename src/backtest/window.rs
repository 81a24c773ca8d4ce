//! The time that was asked for, and what of it there is to look at.

/// From one time to another, both in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first of the times.
    pub first: i64,
    /// The last of the times.
    pub last: i64,
}

impl Span {
    /// Returns the span of one time.
    #[must_use]
    pub fn at(time: i64) -> Self {
        Self {
            first: time,
            last: time,
        }
    }

    /// Returns the span from the first to the last of both.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        Self {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }
}

/// From when on and until when events count; an end that was not asked for is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Window {
    /// The first millisecond since 1970 that counts.
    pub since: Option<i64>,
    /// The first one after it that no longer does.
    pub until: Option<i64>,
}

impl Window {
    /// Tells whether a time is in the window; an unknown one may be.
    #[must_use]
    pub fn has(self, time: Option<i64>) -> bool {
        time.is_none_or(|time| {
            self.since.is_none_or(|since| since <= time)
                && self.until.is_none_or(|until| time < until)
        })
    }

    /// Returns what of a span is in the window, if anything is.
    #[must_use]
    pub fn of(self, span: Span) -> Option<Span> {
        let Self { since, until } = self;
        let last = until.map_or(i64::MAX, |until| until.saturating_sub(1));
        let part = Span {
            first: span.first.max(since.unwrap_or(i64::MIN)),
            last: span.last.min(last),
        };
        (part.first <= part.last).then_some(part)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(since: Option<i64>, until: Option<i64>) -> Window {
        Window { since, until }
    }

    #[test]
    fn the_end_does_not_count_and_an_unknown_time_does() {
        let window = window(Some(5), Some(7));
        let inside: Vec<i64> = (0..10).filter(|time| window.has(Some(*time))).collect();
        assert_eq!(inside, [5, 6]);
        assert!(window.has(None) && Window::default().has(Some(i64::MIN)));
    }

    #[test]
    fn a_span_is_cut_to_the_window() {
        let span = |first, last| Span { first, last };
        for (asked, expected) in [
            (window(None, None), Some((3, 9))),
            (window(Some(0), Some(20)), Some((3, 9))),
            (window(Some(5), None), Some((5, 9))),
            (window(None, Some(5)), Some((3, 4))),
            (window(Some(9), Some(10)), Some((9, 9))),
            (window(Some(10), None), None),
            (window(None, Some(3)), None),
        ] {
            let expected = expected.map(|(first, last)| span(first, last));
            assert_eq!(asked.of(span(3, 9)), expected, "{asked:?}");
        }
    }
}
