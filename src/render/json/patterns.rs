//! The shapes of `cis-fix/pattern-match/v1`, `pattern-compare/v1`, `pattern-explain/v1` and `pattern-format/v1`.

use serde::Serialize;
use serde_json::Value;

use super::event::event;
use crate::pattern::explain::{Explanation, Outline};
use crate::pattern::lint::{Finding, Severity};
use crate::pattern::{Comparison, Event, Kind, MAXIMUM_LENGTH, Pattern, Relation};

/// An event that a pattern matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The file that it is from; none for standard input.
    pub file: Option<String>,
    /// Its position among the events there, counted from 0.
    pub index: usize,
    /// What it says.
    pub text: String,
}

/// A place that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unread {
    /// The file; none for standard input.
    pub file: Option<String>,
    /// What is wrong with its first such place.
    pub message: String,
    /// How many such places it has.
    pub places: usize,
}

/// What a pattern matched.
#[derive(Debug, Clone)]
pub struct Matched<'run> {
    /// The pattern.
    pub pattern: &'run Pattern,
    /// How many events it matched.
    pub count: usize,
    /// The events, unless only their number was asked for.
    pub hits: Option<&'run [Hit]>,
    /// What could not be read.
    pub unread: &'run [Unread],
}

#[derive(Debug, Serialize)]
pub(super) struct MatchShape<'run> {
    schema: &'static str,
    pattern: &'run str,
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    events: Option<Vec<HitShape<'run>>>,
    unread: Vec<UnreadShape<'run>>,
}

#[derive(Debug, Serialize)]
struct HitShape<'run> {
    file: Option<&'run str>,
    index: usize,
    event: Value,
}

#[derive(Debug, Serialize)]
struct UnreadShape<'run> {
    file: Option<&'run str>,
    message: &'run str,
    places: usize,
}

impl<'run> MatchShape<'run> {
    pub(super) fn new(matched: &Matched<'run>) -> Self {
        let Matched {
            pattern,
            count,
            hits,
            unread,
        } = *matched;
        Self {
            schema: "cis-fix/pattern-match/v1",
            pattern: pattern.text(),
            count,
            events: hits.map(|hits| hits.iter().map(hit).collect()),
            unread: unread.iter().map(self::unread).collect(),
        }
    }
}

fn hit(hit: &Hit) -> HitShape<'_> {
    let Hit { file, index, text } = hit;
    HitShape {
        file: file.as_deref(),
        index: *index,
        event: event(&Event::parse(text)),
    }
}

fn unread(unread: &Unread) -> UnreadShape<'_> {
    let Unread {
        file,
        message,
        places,
    } = unread;
    UnreadShape {
        file: file.as_deref(),
        message,
        places: *places,
    }
}

#[derive(Debug, Serialize)]
pub(super) struct CompareShape<'run> {
    schema: &'static str,
    a: &'run str,
    b: &'run str,
    relation: &'static str,
    only_a: Option<Value>,
    only_b: Option<Value>,
    both: Option<Value>,
    /// Why the relation, or whether one of the events exists, was not found out.
    undecided_reason: Option<String>,
}

impl<'run> CompareShape<'run> {
    pub(super) fn new(a: &'run Pattern, b: &'run Pattern, comparison: &Comparison) -> Self {
        let Comparison {
            relation,
            only_a,
            only_b,
            both,
            undecided_reason,
        } = comparison;
        Self {
            schema: "cis-fix/pattern-compare/v1",
            a: a.text(),
            b: b.text(),
            relation: self::relation(*relation),
            only_a: only_a.as_ref().map(event),
            only_b: only_b.as_ref().map(event),
            both: both.as_ref().map(event),
            undecided_reason: undecided_reason.map(|reason| reason.to_string()),
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct ExplainShape<'run> {
    schema: &'static str,
    pattern: &'run str,
    kind: &'static str,
    strict: String,
    sentences: &'run [String],
    outline: OutlineShape<'run>,
    findings: Vec<FindingShape<'run>>,
    matching: Option<Value>,
    near_miss: Option<Value>,
}

#[derive(Debug, Serialize)]
struct OutlineShape<'run> {
    text: &'run str,
    children: Vec<Self>,
}

#[derive(Debug, Serialize)]
struct FindingShape<'run> {
    rule: &'static str,
    severity: &'static str,
    message: &'run str,
    start: usize,
    end: usize,
    text: &'run str,
    advice: Option<&'run str>,
    event: Option<Value>,
}

impl<'run> ExplainShape<'run> {
    pub(super) fn new(
        pattern: &'run Pattern,
        explanation: &'run Explanation,
        findings: &'run [Finding],
    ) -> Self {
        let Explanation {
            sentences,
            outline,
            matching,
            near_miss,
        } = explanation;
        Self {
            schema: "cis-fix/pattern-explain/v1",
            pattern: pattern.text(),
            kind: kind(pattern),
            strict: pattern.to_string(),
            sentences,
            outline: self::outline(outline),
            findings: findings
                .iter()
                .map(|finding| self::finding(pattern, finding))
                .collect(),
            matching: matching.as_ref().map(event),
            near_miss: near_miss.as_ref().map(event),
        }
    }
}

fn outline(outline: &Outline) -> OutlineShape<'_> {
    let Outline { text, children } = outline;
    OutlineShape {
        text,
        children: children.iter().map(self::outline).collect(),
    }
}

fn finding<'run>(pattern: &'run Pattern, finding: &'run Finding) -> FindingShape<'run> {
    let Finding {
        rule,
        span,
        message,
        advice,
        event: shown,
    } = finding;
    FindingShape {
        rule: rule.name(),
        severity: match rule.severity() {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        },
        message,
        start: span.start,
        end: span.end,
        text: pattern.text().get(span.clone()).unwrap_or_default(),
        advice: advice.as_deref(),
        event: shown.as_ref().map(event),
    }
}

#[derive(Debug, Serialize)]
pub(super) struct FormatShape<'run> {
    schema: &'static str,
    pattern: &'run str,
    kind: &'static str,
    strict: String,
    characters: usize,
    maximum: usize,
}

impl<'run> FormatShape<'run> {
    pub(super) fn new(pattern: &'run Pattern) -> Self {
        let strict = pattern.to_string();
        Self {
            schema: "cis-fix/pattern-format/v1",
            pattern: pattern.text(),
            kind: kind(pattern),
            characters: strict.chars().count(),
            strict,
            maximum: MAXIMUM_LENGTH,
        }
    }
}

fn kind(pattern: &Pattern) -> &'static str {
    match pattern.kind() {
        Kind::Blank => "blank",
        Kind::Json => "json",
        Kind::Terms => "terms",
        Kind::SpaceDelimited => "space_delimited",
        Kind::Regex => "regex",
    }
}

/// Returns the name of a relation of `a` to `b`.
pub(super) fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Equivalent => "equivalent",
        Relation::Narrower => "a_narrower",
        Relation::Broader => "a_broader",
        Relation::Overlapping => "overlapping",
        Relation::Disjoint => "disjoint",
        Relation::Undecided => "undecided",
    }
}
