//! Patterns without the events of one source, with the proof that nothing else is left out.

use thiserror::Error;

use super::source::Source;
use crate::pattern::{self, Event, ParseError, Pattern};

/// A pattern narrowed by the events of one source.
///
/// INVARIANT: `pattern` is what [`pattern::exclude`] proved.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    /// The source.
    pub source: Source,
    /// The pattern of its events, as the settings have it.
    pub noise: Pattern,
    /// The clause that was added.
    pub clause: String,
    /// The pattern with it.
    pub pattern: Pattern,
    /// An event that it does not match any more.
    pub lost: Event,
}

/// Why a source cannot be left out.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum NotExcluded {
    /// No pattern names it, or all its events matter.
    #[error("a pattern cannot or should not name it")]
    Unnamed,
    /// What names it is no pattern; a defect.
    #[error("what names it cannot be read")]
    Unreadable(#[from] ParseError),
    /// It is not left out, or not alone.
    #[error(transparent)]
    Unproved(#[from] pattern::NotExcluded),
}

/// Narrows a pattern by the events of a source.
///
/// # Errors
///
/// Tells why it cannot be done, or cannot be proved.
pub fn exclude(pattern: &Pattern, source: &Source) -> Result<Exclusion, NotExcluded> {
    if !source.can_be_named() {
        return Err(NotExcluded::Unnamed);
    }
    let noise = Pattern::parse(&source.noise())?;
    let pattern::Exclusion {
        clause,
        pattern,
        lost,
    } = pattern::exclude(pattern, &noise)?;
    Ok(Exclusion {
        source: source.clone(),
        noise,
        clause,
        pattern,
        lost,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;
    use crate::pattern::MAXIMUM_LENGTH;

    const ROLE: &str = "arn:aws:sts::111122223333:assumed-role/scanner/*";

    fn source(principal: &str, event_name: Option<&str>) -> Source {
        Source {
            principal: Some(principal.into()),
            source_address: None,
            event_name: event_name.map(Into::into),
        }
    }

    fn event(arn: &str, name: &str) -> Event {
        Event::parse(&format!(
            r#"{{"errorCode":"AccessDenied","eventName":"{name}","sourceIPAddress":"192.0.2.1","userIdentity":{{{arn}}}}}"#
        ))
    }

    #[test]
    fn only_events_of_the_source_are_left_out() {
        let pattern = Pattern::parse(r#"{ $.errorCode = "AccessDenied*" }"#).unwrap();
        let narrowed = exclude(&pattern, &source(ROLE, Some("GetObject")))
            .unwrap()
            .pattern;
        let scanner = r#""arn":"arn:aws:sts::111122223333:assumed-role/scanner/i-1""#;
        let cases = [
            (scanner, "GetObject", false),
            (scanner, "DeleteObject", true),
            (
                r#""arn":"arn:aws:sts::111122223333:assumed-role/scanner-x/i-1""#,
                "GetObject",
                true,
            ),
            (r#""arn":null"#, "GetObject", true),
            ("", "GetObject", true),
            (r#""arn":7"#, "GetObject", true),
        ];
        for (arn, name, matches) in cases {
            assert_eq!(narrowed.matches(&event(arn, name)), matches, "{arn} {name}");
        }
    }

    #[test]
    fn every_control_can_be_narrowed_and_the_lost_event_is_of_the_source() {
        for control in Catalog::builtin().controls() {
            let source = source(ROLE, None);
            match exclude(&control.pattern, &source) {
                Ok(exclusion) => {
                    assert!(control.pattern.matches(&exclusion.lost), "{}", control.id);
                    assert!(
                        !exclusion.pattern.matches(&exclusion.lost),
                        "{}",
                        control.id
                    );
                    let arn = exclusion.lost.value().unwrap()["userIdentity"]["arn"].to_string();
                    assert!(arn.contains("assumed-role/scanner/"), "{arn}");
                    assert!(exclusion.pattern.text().chars().count() <= MAXIMUM_LENGTH);
                }
                Err(NotExcluded::Unproved(pattern::NotExcluded::Length(length))) => {
                    assert!(length > MAXIMUM_LENGTH);
                }
                Err(other) => panic!("{}: {other}", control.id),
            }
        }
    }

    #[test]
    fn what_patterns_cannot_name_exactly_is_never_left_out() {
        let pattern = Pattern::parse(r#"{ $.errorCode = "AccessDenied*" }"#).unwrap();
        for principal in [
            "",
            "Root",
            "AWSService",
            "arn:aws:iam::1:root",
            "arn:aws:iam::1:user/*/*",
            "arn:aws:iam::1:user/a*b",
            "arn:aws:iam::1:user/a\"b",
            "arn:aws:iam::1:user/a\\b",
            "arn:aws:iam::1:user/a\u{202e}b",
            "arn:aws:iam::1:user/a b",
            "arn:aws:iam::1:user/\n",
            "arn:aws:iam::1:user/ü",
        ] {
            let refused = exclude(&pattern, &source(principal, None));
            assert_eq!(refused, Err(NotExcluded::Unnamed), "{principal}");
        }
        let terms = Pattern::parse("AccessDenied").unwrap();
        assert_eq!(
            exclude(&terms, &source(ROLE, None)),
            Err(NotExcluded::Unproved(pattern::NotExcluded::Kind))
        );
    }

    #[test]
    fn a_source_of_no_event_is_no_exclusion() {
        let pattern =
            Pattern::parse(r#"{ $.userIdentity.arn = "arn:aws:iam::1:user/a" }"#).unwrap();
        let nothing_lost = exclude(&pattern, &source("arn:aws:iam::1:user/b", None));
        assert!(matches!(
            nothing_lost,
            Err(NotExcluded::Unproved(pattern::NotExcluded::Nothing(Some(
                _
            ))))
        ));
        let nothing_left = exclude(&pattern, &source("arn:aws:iam::1:user/a", None));
        assert!(matches!(
            nothing_left,
            Err(NotExcluded::Unproved(pattern::NotExcluded::Everything(
                Some(_)
            )))
        ));
    }
}
