//! What is noted of every record when it is tested, beside which patterns match.

use crate::pattern::Pattern;
use crate::pattern::bulk::{Matches, PatternSet};

/// What is noted, in the order of [`PATHS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Note {
    EventTime,
    EventId,
    EventName,
    EventSource,
    EventVersion,
    SourceAddress,
    ErrorCode,
    Arn,
    UserName,
    InvokedBy,
    IdentityType,
    DigestStart,
}

/// Where it is.
const PATHS: [&[&str]; 12] = [
    &["eventTime"],
    &["eventID"],
    &["eventName"],
    &["eventSource"],
    &["eventVersion"],
    &["sourceIPAddress"],
    &["errorCode"],
    &["userIdentity", "arn"],
    &["userIdentity", "userName"],
    &["userIdentity", "invokedBy"],
    &["userIdentity", "type"],
    &["digestStartTime"],
];

/// What every event of CloudTrail has at least one of.
const MARKS: [Note; 4] = [
    Note::EventName,
    Note::EventSource,
    Note::EventVersion,
    Note::EventTime,
];

/// Compiles patterns to be tested on records of which more is to be known. Of a record that nothing can match only the time is.
#[must_use]
pub fn pattern_set(patterns: impl IntoIterator<Item = Pattern>) -> PatternSet {
    PatternSet::skimming(patterns, &PATHS, Note::EventTime as usize)
}

impl Note {
    /// Returns the text as it stands in the record, with the escapes of JSON.
    pub(super) fn raw<'record>(
        self,
        record: &'record str,
        matches: &Matches,
    ) -> Option<&'record str> {
        matches.noted(self as usize, record)
    }

    /// Returns the text.
    pub(super) fn text(self, record: &str, matches: &Matches) -> Option<String> {
        let raw = self.raw(record, matches)?;
        if raw.contains('\\') {
            return serde_json::from_str(&format!("\"{raw}\"")).ok();
        }
        Some(raw.to_owned())
    }
}

/// Returns when the event of a record happened, if it says so.
#[must_use]
pub fn time(record: &str, matches: &Matches) -> Option<i64> {
    let raw = Note::EventTime.raw(record, matches)?;
    super::time::parse(raw).or_else(|| {
        let text = Note::EventTime.text(record, matches)?;
        super::time::parse(&text)
    })
}

/// What a JSON object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Object {
    Event,
    /// A digest, by which CloudTrail lets files be validated.
    Digest,
    Other,
}

impl Object {
    pub(super) fn of(record: &str, matches: &Matches) -> Self {
        let has = |note: Note| note.raw(record, matches).is_some();
        if MARKS.into_iter().any(has) {
            Self::Event
        } else if has(Note::DigestStart) {
            Self::Digest
        } else {
            Self::Other
        }
    }
}
