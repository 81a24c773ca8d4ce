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

/// What is to be said of one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The file, as it was named.
    pub file: String,
    /// What kind of thing is to be said.
    pub kind: RemarkKind,
    /// What it is or what is wrong with it, as a fragment.
    pub what: String,
    /// How many records of it were read all the same.
    pub records: u64,
}

/// What kind of thing is to be said of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum RemarkKind {
    /// It belongs to CloudTrail and holds no events, by the folder that it is in.
    Folder,
    /// It is a digest of CloudTrail.
    Digest,
    /// It is something else than a log.
    Foreign,
    /// It is a folder that holds itself.
    Loop,
    /// It is damaged.
    Damaged,
    /// It could not be read.
    Unreadable,
}

impl RemarkKind {
    /// Returns the word for programs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Folder => "folder",
            Self::Digest => "digest",
            Self::Foreign => "foreign",
            Self::Loop => "loop",
            Self::Damaged => "damaged",
            Self::Unreadable => "unreadable",
        }
    }

    /// Tells whether `--strict` lets it pass: nothing that is no part of a log was left out.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        match self {
            Self::Folder => true,
            Self::Digest | Self::Foreign | Self::Loop | Self::Damaged | Self::Unreadable => false,
        }
    }
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

    /// Widens the span to another one.
    pub fn reach(&mut self, other: Span) {
        self.span = Some(self.span.map_or(other, |span| span.with(other)));
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
                kind: RemarkKind::Damaged,
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
            survey.reach(Span::at(time));
        }
        assert_eq!(survey.span, Some(Span { first: -3, last: 5 }));
    }
}
