//! What is probably wrong with a pattern that parses.
//!
//! Findings about the meaning are proved, with an event where one shows it; findings about the spelling and about records of
//! CloudTrail are looked up. Nothing is changed, and no finding makes a pattern invalid.

mod cloudtrail;
mod meaning;
mod published;
mod spelling;

use std::fmt;
use std::ops::Range;

use super::Pattern;
use super::ast::{Condition, Expression, Tree};
use super::event::Event;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Note,
    /// Probably not what was meant.
    Warning,
    /// The pattern, or a part of it, cannot do what it looks like.
    Error,
}

/// The rules that patterns are checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Rule {
    /// No event matches.
    MatchesNothing,
    /// Every JSON object matches.
    MatchesEverything,
    /// One of several alternatives never holds.
    DeadClause,
    /// One of several alternatives adds nothing to the others.
    SubsumedClause,
    /// One of several conditions follows from the others.
    ImpliedCondition,
    /// `&&` and `||` are mixed without parentheses, and another reading means something else.
    Precedence,
    /// `!=` leaves out the events in which the property is absent.
    AbsentProperty,
    /// A bare number is compared with a property that holds a text.
    BareNumber,
    /// A text is compared as a number or a boolean, or the other way round, and never matches.
    WrongType,
    /// A value that CloudTrail never writes into the property.
    UnknownValue,
    /// A published text that is known to be defective.
    PublishedDefect,
    /// A wildcard in the middle of a value, which older guides call a plain asterisk.
    MiddleWildcard,
    /// A backslash that escapes nothing.
    Backslash,
    /// A hyphen or plus sign in a value without quotes.
    Unquoted,
    /// A blank in a regular expression, or a repetition without a lower bound.
    RegexSpelling,
    /// Optional terms beside other ones are ignored.
    IgnoredOptional,
    /// A hyphen or question mark inside a word starts a new term.
    OperatorInWord,
}

impl Rule {
    /// Returns the name of the rule.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MatchesNothing => "matches-nothing",
            Self::MatchesEverything => "matches-everything",
            Self::DeadClause => "dead-clause",
            Self::SubsumedClause => "subsumed-clause",
            Self::ImpliedCondition => "implied-condition",
            Self::Precedence => "precedence",
            Self::AbsentProperty => "absent-property",
            Self::BareNumber => "bare-number",
            Self::WrongType => "wrong-type",
            Self::UnknownValue => "unknown-value",
            Self::PublishedDefect => "published-defect",
            Self::MiddleWildcard => "middle-wildcard",
            Self::Backslash => "backslash",
            Self::Unquoted => "unquoted",
            Self::RegexSpelling => "regex-spelling",
            Self::IgnoredOptional => "ignored-optional",
            Self::OperatorInWord => "operator-in-word",
        }
    }

    /// Returns how much a finding of the rule matters.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::MatchesNothing | Self::DeadClause | Self::WrongType | Self::IgnoredOptional => {
                Severity::Error
            }
            Self::MatchesEverything
            | Self::Precedence
            | Self::UnknownValue
            | Self::PublishedDefect
            | Self::OperatorInWord => Severity::Warning,
            Self::SubsumedClause
            | Self::ImpliedCondition
            | Self::AbsentProperty
            | Self::BareNumber
            | Self::MiddleWildcard
            | Self::Backslash
            | Self::Unquoted
            | Self::RegexSpelling => Severity::Note,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.name())
    }
}

/// One thing that is probably wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The rule.
    pub rule: Rule,
    /// The bytes of the pattern that the finding is about.
    pub span: Range<usize>,
    /// What is wrong, as a fragment.
    pub message: String,
    /// What to do about it.
    pub advice: Option<String>,
    /// An event that shows it.
    pub event: Option<Event>,
}

impl Finding {
    fn new(rule: Rule, span: Range<usize>, message: impl Into<String>) -> Self {
        Self {
            rule,
            span,
            message: message.into(),
            advice: None,
            event: None,
        }
    }

    fn with_advice(self, advice: impl Into<String>) -> Self {
        Self {
            advice: Some(advice.into()),
            ..self
        }
    }

    fn with_event(self, event: Option<Event>) -> Self {
        Self { event, ..self }
    }
}

/// Returns what is probably wrong with a pattern, in the order of its text.
#[must_use]
pub fn lint(pattern: &Pattern) -> Vec<Finding> {
    let mut findings = spelling::check(pattern);
    if let Tree::Json(expression) = pattern.tree() {
        findings.extend(meaning::check(pattern, expression));
        findings.extend(cloudtrail::check(expression));
        findings.extend(published::check(pattern));
    }
    findings.sort_by_key(|finding| (finding.span.start, finding.span.end, finding.rule));
    findings
}

/// The bytes from the first to the last condition of an expression.
fn span(expression: &Expression<Condition>) -> Range<usize> {
    let conditions = expression.conditions();
    let start = conditions
        .first()
        .map_or(0, |condition| condition.span.start);
    let end = conditions.last().map_or(0, |condition| condition.span.end);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rules found in a pattern, each with the text it is about.
    fn found(text: &str) -> Vec<(&'static str, &str)> {
        let pattern = Pattern::parse(text).unwrap();
        let findings = lint(&pattern);
        for finding in &findings {
            assert!(
                !finding.message.contains('\n') && !finding.message.ends_with('.'),
                "{finding:?}"
            );
        }
        findings
            .iter()
            .map(|finding| (finding.rule.name(), text.get(finding.span.clone()).unwrap()))
            .collect()
    }

    #[test]
    fn a_sound_pattern_has_no_findings() {
        let sound = [
            "",
            "ERROR -timeout",
            "?ERROR ?WARN",
            "[ip, user, status = 4*]",
            "{ $.eventName = CreateTrail || $.eventName = DeleteTrail }",
            "{ $.eventSource = kms.amazonaws.com && ($.eventName = DisableKey || $.eventName = ScheduleKeyDeletion) }",
            "{ $.errorCode = \"*UnauthorizedOperation\" || $.errorCode = \"AccessDenied*\" }",
            "{ $.requestParameters.port = 22 || $.requestParameters.open IS TRUE }",
            "{ $.eventName = ConsoleLogin && ($.errorMessage NOT EXISTS || $.errorMessage != \"x\") }",
            "{ $.a = 200 }",
        ];
        for text in sound {
            assert_eq!(found(text), [], "{text}");
        }
    }

    /// A pattern, a rule, and the part of the pattern that the rule is to complain about; none when it is not to.
    const MISTAKES: &[(&str, &str, &str)] = &[
        (
            "{ $.a = x && $.a = y }",
            "matches-nothing",
            "$.a = x && $.a = y",
        ),
        (
            "{ $.a > 5 && $.a < 3 }",
            "matches-nothing",
            "$.a > 5 && $.a < 3",
        ),
        (
            "{ $.a NOT EXISTS || $.a = * || $.a IS NULL || $.a IS TRUE || $.a IS FALSE || $.a.b NOT EXISTS || $.a.b = * }",
            "dead-clause",
            "",
        ),
        (
            "{ $.b = y || ($.a = x && $.a = z) }",
            "dead-clause",
            "$.a = x && $.a = z",
        ),
        (
            "{ $.a = x || $.b = z || $.a = x }",
            "subsumed-clause",
            "$.a = x",
        ),
        (
            "{ $.a = \"Create*\" || $.a = CreateTrail }",
            "subsumed-clause",
            "$.a = CreateTrail",
        ),
        (
            "{ $.a = CreateTrail && $.a = \"Create*\" }",
            "implied-condition",
            "$.a = \"Create*\"",
        ),
        (
            "{ $.a = x || $.b = y && $.c = z }",
            "precedence",
            "$.a = x || $.b = y && $.c = z",
        ),
        (
            "{ $.userIdentity.invokedBy != \"x\" }",
            "absent-property",
            "$.userIdentity.invokedBy != \"x\"",
        ),
        ("{ $.errorCode = 400 }", "bare-number", "$.errorCode = 400"),
        (
            "{ $.eventVersion >= 1.05 }",
            "wrong-type",
            "$.eventVersion >= 1.05",
        ),
        ("{ $.readOnly = false }", "wrong-type", "$.readOnly = false"),
        (
            "{ $.userIdentity.sessionContext.attributes.mfaAuthenticated IS FALSE }",
            "wrong-type",
            "$.userIdentity.sessionContext.attributes.mfaAuthenticated IS FALSE",
        ),
        (
            "{ $.userIdentity.type = root }",
            "unknown-value",
            "$.userIdentity.type = root",
        ),
        (
            "{ $.eventName = \"*UnauthorizedOperation\" }",
            "unknown-value",
            "$.eventName = \"*UnauthorizedOperation\"",
        ),
        (
            "{ $.eventSource = iam && $.eventName = CreateUser }",
            "unknown-value",
            "$.eventSource = iam",
        ),
        (
            "{ $.a = \"foo*bar\" }",
            "middle-wildcard",
            "$.a = \"foo*bar\"",
        ),
        (r#"{ $.a = "a\d" }"#, "backslash", r#"$.a = "a\d""#),
        ("{ $.a = us-east-1 }", "unquoted", "$.a = us-east-1"),
        ("{ $.a = %a b% }", "regex-spelling", "$.a = %a b%"),
        ("{ $.a = %a{,3}% }", "regex-spelling", "$.a = %a{,3}%"),
        ("?ERROR ?WARN timeout", "ignored-optional", "?ERROR"),
        ("us-east", "operator-in-word", "-east"),
    ];

    #[test]
    fn each_rule_finds_its_mistake() {
        for &(text, rule, part) in MISTAKES {
            let findings = found(text);
            if part.is_empty() {
                assert!(
                    !findings.iter().any(|(name, _)| *name == rule),
                    "{text}: {findings:?}"
                );
            } else {
                assert!(findings.contains(&(rule, part)), "{text}: {findings:?}");
            }
        }
    }

    #[test]
    fn whatever_every_object_satisfies_is_found() {
        let everything = "{ $.a NOT EXISTS || $.a = * || $.a IS NULL || $.a IS TRUE || $.a IS FALSE || $.a.* NOT EXISTS || $.a.* != \"x*x\" || $.a.* = * }";
        assert!(
            found(everything)
                .iter()
                .any(|(rule, _)| *rule == "matches-everything")
        );
    }

    #[test]
    fn a_finding_about_the_reading_shows_an_event() {
        let pattern = Pattern::parse("{ $.a = x || $.b = y && $.c = z }").unwrap();
        let other = Pattern::parse("{ ($.a = x || $.b = y) && $.c = z }").unwrap();
        let findings = lint(&pattern);
        let event = findings
            .iter()
            .find_map(|finding| finding.event.as_ref())
            .unwrap();
        assert_ne!(pattern.matches(event), other.matches(event));
    }
}
