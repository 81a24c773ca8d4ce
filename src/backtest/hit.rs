//! Events that a pattern matched, and what is kept of them.

use std::hash::Hash;
use std::sync::Arc;

use serde_json::{Map, Value};

use super::notes::Note;
use super::time;
use crate::pattern::Event;
use crate::pattern::bulk::Matches;

/// An event that a control's pattern matched, with what is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// When it happened, in milliseconds since 1970, when the record says so.
    pub time: Option<i64>,
    /// `eventTime` as the record has it.
    pub event_time: Option<String>,
    /// `eventID`.
    pub event_id: Option<String>,
    /// `eventName`.
    pub event_name: Option<String>,
    /// `eventSource`, the service.
    pub event_source: Option<String>,
    /// Who did it: the ARN of the identity, or else its name, the service that acted for it, or its type.
    pub principal: Option<String>,
    /// `sourceIPAddress`, also the name of a service.
    pub source_address: Option<String>,
    /// `errorCode`.
    pub error_code: Option<String>,
    /// The file that it was read from, as it was named.
    pub file: Arc<str>,
    /// Its position among the records of the file.
    pub index: u64,
}

impl Hit {
    /// Takes what is to be kept of a record from what was noted when it was tested.
    #[must_use]
    pub fn noted(record: &str, matches: &Matches, file: Arc<str>, index: u64) -> Self {
        let text = |note: Note| note.text(record, matches);
        let event_time = text(Note::EventTime);
        Self {
            time: event_time.as_deref().and_then(time::parse),
            event_time,
            event_id: text(Note::EventId),
            event_name: text(Note::EventName),
            event_source: text(Note::EventSource),
            principal: [
                Note::Arn,
                Note::UserName,
                Note::InvokedBy,
                Note::IdentityType,
            ]
            .into_iter()
            .find_map(text),
            source_address: text(Note::SourceAddress),
            error_code: text(Note::ErrorCode),
            file,
            index,
        }
    }

    /// Reads what is to be kept of a record: its text, the file that it is from, and its position there.
    #[must_use]
    pub fn read(record: &str, file: Arc<str>, index: u64) -> Self {
        let event = Event::parse(record);
        let nothing = Map::new();
        let members = event.value().and_then(Value::as_object).unwrap_or(&nothing);
        let text = |name: &str| text(members, name);
        let event_time = text("eventTime");
        Self {
            time: event_time.as_deref().and_then(time::parse),
            event_time,
            event_id: text("eventID"),
            event_name: text("eventName"),
            event_source: text("eventSource"),
            principal: principal(members),
            source_address: text("sourceIPAddress"),
            error_code: text("errorCode"),
            file,
            index,
        }
    }

    /// Returns all that is kept of the event itself, the same for every copy of it.
    #[must_use]
    pub fn identity(&self) -> impl Hash {
        self.texts()
    }

    /// Returns the bytes of all texts that are kept of the event.
    #[must_use]
    pub fn text_bytes(&self) -> usize {
        let texts = self.texts().into_iter().flatten();
        texts.map(str::len).sum()
    }

    fn texts(&self) -> [Option<&str>; 7] {
        let Self {
            time: _, // Read from `event_time`.
            event_time,
            event_id,
            event_name,
            event_source,
            principal,
            source_address,
            error_code,
            file: _,  // Where a copy lies,
            index: _, // and at which place there.
        } = self;
        let texts = [
            event_id,
            event_time,
            event_name,
            event_source,
            principal,
            source_address,
            error_code,
        ];
        texts.map(Option::as_deref)
    }
}

fn text(members: &Map<String, Value>, name: &str) -> Option<String> {
    members.get(name)?.as_str().map(str::to_owned)
}

/// Returns who acted.
fn principal(members: &Map<String, Value>) -> Option<String> {
    let identity = members.get("userIdentity")?.as_object()?;
    ["arn", "userName", "invokedBy", "type"]
        .into_iter()
        .find_map(|name| text(identity, name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::pattern_set;

    fn hit(record: &str) -> Hit {
        Hit::read(record, "a.json".into(), 3)
    }

    #[test]
    fn a_hit_keeps_what_tells_who_did_what() {
        let record = r#"{"eventTime":"2023-07-10T11:45:30Z","eventID":"e","eventName":"StopLogging","eventSource":"cloudtrail.amazonaws.com",
            "sourceIPAddress":"192.0.2.1","errorCode":"AccessDenied","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::1:user/x","userName":"x"}}"#;
        let expected = Hit {
            time: Some(1_688_989_530_000),
            event_time: Some("2023-07-10T11:45:30Z".into()),
            event_id: Some("e".into()),
            event_name: Some("StopLogging".into()),
            event_source: Some("cloudtrail.amazonaws.com".into()),
            principal: Some("arn:aws:iam::1:user/x".into()),
            source_address: Some("192.0.2.1".into()),
            error_code: Some("AccessDenied".into()),
            file: "a.json".into(),
            index: 3,
        };
        assert_eq!(hit(record), expected);
    }

    #[test]
    fn what_is_noted_when_a_record_is_tested_is_what_is_read_of_it() {
        let set = pattern_set([]);
        for record in [
            r#"{"eventTime":"2023-07-10T11:45:30Z","eventID":"e\u00e9\n","eventName":"A","eventName":"B","userIdentity":{"type":"Root"}}"#,
            r#"{"eventSource":"s","sourceIPAddress":"::1","errorCode":"","userIdentity":{"userName":"u","type":"t","invokedBy":"i"}}"#,
            r#"{"eventID":7,"userIdentity":["arn"]}"#,
            "{}",
        ] {
            let text = format!("  {record} ");
            let mut tester = set.tester();
            let (place, matches) = tester.record(&text, 1).unwrap();
            assert_eq!(text.get(place), Some(record));
            assert_eq!(Hit::noted(record, matches, "a.json".into(), 3), hit(record));
        }
    }

    #[test]
    fn the_principal_is_the_closest_name_there_is() {
        for (identity, principal) in [
            (r#"{"type":"Root","userName":"x"}"#, Some("x")),
            (
                r#"{"type":"AWSService","invokedBy":"ec2.amazonaws.com"}"#,
                Some("ec2.amazonaws.com"),
            ),
            (r#"{"type":"Root","arn":3}"#, Some("Root")),
            ("{}", None),
            ("7", None),
        ] {
            let hit = hit(&format!(r#"{{"userIdentity":{identity}}}"#));
            assert_eq!(hit.principal.as_deref(), principal, "{identity}");
        }
    }

    #[test]
    fn a_record_that_says_nothing_is_kept_all_the_same() {
        for record in ["{}", "no JSON", r#"{"eventTime":"yesterday","eventID":7}"#] {
            let hit = hit(record);
            assert_eq!((hit.time, hit.event_id), (None, None));
            assert_eq!((&*hit.file, hit.index), ("a.json", 3));
        }
    }
}
