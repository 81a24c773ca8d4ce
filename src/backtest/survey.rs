//! What there was to read, and what of it was read.

/// The remarks that are kept; of more, only the number is.
pub const MOST_REMARKS: usize = 1000;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// The log files of which at least a part was read.
    pub files: u64,
    /// The bytes of these files, as they lie there.
    pub bytes: u64,
    /// The bytes of these files when none is compressed.
    pub plain_bytes: u64,
    /// The events in these files, in the time that was asked for.
    pub events: u64,
    /// The events outside of the time that was asked for.
    pub outside: u64,
    /// The matches left out since the same record was delivered before.
    pub duplicates: u64,
    /// From the first to the last event that says when it was.
    pub span: Option<Span>,
    /// The files of which nothing was read.
    pub skipped: u64,
    /// The files of which a part was read.
    pub partial: u64,
    /// What is to be said of single files, in their order; at most [`MOST_REMARKS`].
    pub remarks: Vec<Remark>,
    /// How far the reading went.
    pub state: State,
}

/// From one time to another, both in milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first of the times.
    pub first: i64,
    /// The last of the times.
    pub last: i64,
}

/// What is to be said of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The file, as it was named.
    pub file: String,
    /// What it is or what is wrong with it, as a fragment.
    pub what: String,
    /// How many records of it were read all the same.
    pub records: u64,
}

/// How far reading went.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum State {
    /// Everything was looked at.
    #[default]
    Finished,
    /// Somebody interrupted it; the numbers are of what was read until then.
    Interrupted,
}

impl Survey {
    /// Notes something about a file.
    pub fn remark(&mut self, remark: Remark) {
        if remark.records == 0 {
            self.skipped += 1;
        } else {
            self.partial += 1;
        }
        if self.remarks.len() < MOST_REMARKS {
            self.remarks.push(remark);
        }
    }

    /// Widens the span to a time.
    pub fn reach(&mut self, time: i64) {
        let span = self.span.get_or_insert(Span {
            first: time,
            last: time,
        });
        span.first = span.first.min(time);
        span.last = span.last.max(time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_are_counted_and_kept_up_to_a_bound() {
        let mut survey = Survey::default();
        for records in 0..2000 {
            survey.remark(Remark {
                file: "f".into(),
                what: "it breaks off".into(),
                records: records % 2,
            });
        }
        assert_eq!((survey.skipped, survey.partial), (1000, 1000));
        assert_eq!(survey.remarks.len(), MOST_REMARKS);
    }

    #[test]
    fn the_span_reaches_from_the_first_to_the_last() {
        let mut survey = Survey::default();
        assert_eq!(survey.span, None);
        for time in [5, -3, 4] {
            survey.reach(time);
        }
        assert_eq!(survey.span, Some(Span { first: -3, last: 5 }));
    }
}
