//! What there was to read, and what of it was read.

use super::source::Source;
use super::window::{Span, Window};

/// The remarks that are kept; of more, only the number is.
pub const MOST_REMARKS: usize = 1000;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Survey {
    /// Where the events came from.
    pub source: Source,
    /// The time that was asked for.
    pub asked: Window,
    /// The time of which there would be events if there were any: from the first to the last event of all files, or what
    /// a log group or the event history keeps.
    pub covered: Option<Span>,
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
    /// From the first to the last event, in the time that was asked for, that says when it was.
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
    /// The account found events for a pattern that does not match them.
    Unmatched,
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
            Self::Unmatched => "unmatched",
        }
    }

    /// Tells whether `--strict` lets it pass: nothing that is no part of a log was left out.
    #[must_use]
    pub fn is_harmless(self) -> bool {
        match self {
            Self::Folder => true,
            Self::Digest
            | Self::Foreign
            | Self::Loop
            | Self::Damaged
            | Self::Unreadable
            | Self::Unmatched => false,
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

    /// Widens the time of which there would be events to another one.
    pub fn cover(&mut self, other: Span) {
        self.covered = Some(self.covered.map_or(other, |span| span.with(other)));
    }

    /// Returns the time over which alarms are simulated and quiet days are counted: what was asked for, as far as there
    /// would be events.
    #[must_use]
    pub fn simulated(&self) -> Option<Span> {
        self.covered.and_then(|covered| self.asked.of(covered))
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
