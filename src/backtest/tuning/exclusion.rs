//! Patterns without the events of one source, with the proof that nothing else is left out.

use thiserror::Error;

use super::source::Source;
use crate::pattern::ast::{Expression, Tree};
use crate::pattern::{
    Event, MAXIMUM_LENGTH, ParseError, Pattern, Relation, compare, compare_union,
};

/// A pattern narrowed by the events of one source.
///
/// INVARIANT: `pattern` is narrower than the one it was made from, and for all events whose named properties are texts, null or absent,
/// as CloudTrail writes them, it differs by events of the source alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    /// The source.
    pub source: Source,
    /// The clause that was added.
    pub clause: String,
    /// The pattern with it.
    pub pattern: Pattern,
    /// An event that it does not match any more.
    pub lost: Event,
}

/// Why a source cannot be left out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotExcluded {
    /// No pattern names it, or all its events matter.
    #[error("a pattern cannot or should not name it")]
    Unnamed,
    /// Only JSON patterns can be narrowed.
    #[error("only JSON patterns can be narrowed")]
    Kind,
    /// The pattern would be too long.
    #[error("the pattern would have {0} characters, more than {MAXIMUM_LENGTH}")]
    Length(usize),
    /// What was put together is no pattern; a defect.
    #[error("the clause cannot be read")]
    Unreadable(#[from] ParseError),
    /// It could not be proved that nothing else is left out.
    #[error("it is not certain that nothing else would be left out")]
    Unproved,
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
    let clause = source.exclusion();
    let narrowed = Pattern::parse(&with(pattern, &clause)?)?;
    let length = narrowed.text().chars().count();
    if length > MAXIMUM_LENGTH {
        return Err(NotExcluded::Length(length));
    }
    let left_out = Pattern::parse(&with(pattern, &source.clause())?)?;
    let usual = Pattern::parse(&with(pattern, &source.usual())?)?;
    // Both match something, and none of the source's events is left: a filter that matches nothing would be none.
    let apart = compare(&narrowed, &left_out);
    let together = compare_union(&[&narrowed, &left_out], &usual).relation;
    let is_proved = compare(&narrowed, pattern).relation == Relation::Narrower
        && apart.relation == Relation::Disjoint
        && matches!(together, Relation::Equivalent | Relation::Broader);
    let lost = apart.only_b.filter(|_| is_proved);
    let lost = lost.ok_or(NotExcluded::Unproved)?;
    Ok(Exclusion {
        source: source.clone(),
        clause: format!("({clause})"),
        pattern: narrowed,
        lost,
    })
}

/// Returns a pattern with one more clause that must hold.
fn with(pattern: &Pattern, clause: &str) -> Result<String, NotExcluded> {
    match pattern.tree() {
        Tree::Json(all @ Expression::All(_)) => Ok(format!("{{ {all} && ({clause}) }}")),
        Tree::Json(other @ (Expression::Any(_) | Expression::One(_))) => {
            Ok(format!("{{ ({other}) && ({clause}) }}"))
        }
        Tree::Blank | Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => {
            Err(NotExcluded::Kind)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Catalog;

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
                Err(NotExcluded::Length(length)) => assert!(length > MAXIMUM_LENGTH),
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
        assert_eq!(exclude(&terms, &source(ROLE, None)), Err(NotExcluded::Kind));
    }

    #[test]
    fn a_source_of_no_event_is_no_exclusion() {
        let pattern =
            Pattern::parse(r#"{ $.userIdentity.arn = "arn:aws:iam::1:user/a" }"#).unwrap();
        let nothing_lost = exclude(&pattern, &source("arn:aws:iam::1:user/b", None));
        assert_eq!(nothing_lost, Err(NotExcluded::Unproved));
        let nothing_left = exclude(&pattern, &source("arn:aws:iam::1:user/a", None));
        assert_eq!(nothing_left, Err(NotExcluded::Unproved));
    }
}
