//! Spellings on which guides and the service disagree, or that are easily misread.

use super::{Finding, Rule};
use crate::pattern::Pattern;
use crate::pattern::ast::{Condition, Role, Term, Test, Tree, Value};

pub(super) fn check(pattern: &Pattern) -> Vec<Finding> {
    match pattern.tree() {
        Tree::Json(expression) => {
            let conditions = expression.conditions();
            conditions
                .into_iter()
                .flat_map(|condition| check_condition(pattern, condition))
                .collect()
        }
        Tree::Terms(terms) => check_terms(terms),
        Tree::Blank | Tree::SpaceDelimited(_) | Tree::Regex(_) => Vec::new(),
    }
}

fn check_condition(pattern: &Pattern, condition: &Condition) -> Vec<Finding> {
    let value = match &condition.test {
        Test::Equal(value) | Test::NotEqual(value) => value,
        Test::Order(..) | Test::IsNull | Test::IsTrue | Test::IsFalse | Test::NotExists => {
            return Vec::new();
        }
    };
    let written = pattern
        .text()
        .get(condition.span.clone())
        .unwrap_or_default();
    let found = match value {
        Value::Text(text) => check_text(text, written),
        Value::Regex(regex) => check_regex(regex.body()),
        Value::Number(_) => Vec::new(),
    };
    found
        .into_iter()
        .map(|(rule, message, advice)| {
            Finding::new(rule, condition.span.clone(), message).with_advice(advice)
        })
        .collect()
}

/// A rule, what is wrong, and what to do about it.
type Odd = (Rule, &'static str, &'static str);

fn check_text(text: &str, written: &str) -> Vec<Odd> {
    let mut found = Vec::new();
    let inner = text.strip_prefix('*').unwrap_or(text);
    if inner.strip_suffix('*').unwrap_or(inner).contains('*') {
        found.push((
            Rule::MiddleWildcard,
            "older guides take an asterisk in the middle as a plain character",
            "the service has been seen to take it as a wildcard; a regular expression leaves no doubt",
        ));
    }
    if !written.ends_with('"') && text.contains(['-', '+']) {
        found.push((
            Rule::Unquoted,
            "guides allow only letters, digits and underscores without quotes",
            "put the value in double quotes",
        ));
    }
    if has_idle_backslash(written) {
        found.push((
            Rule::Backslash,
            "a backslash stays in the text unless a quote or a backslash follows",
            r"write `\\` for one backslash",
        ));
    }
    found
}

fn check_regex(body: &str) -> Vec<Odd> {
    let mut found = Vec::new();
    if body.contains(' ') {
        found.push((
            Rule::RegexSpelling,
            "guides list no blank among the characters of a regular expression",
            r"write `\s` or `\x20`",
        ));
    }
    if body.contains("{,") {
        found.push((
            Rule::RegexSpelling,
            "engines differ on a repetition without a lower bound",
            "write `{0,…}`",
        ));
    }
    found
}

/// Tells whether a backslash stands before anything but a quote or a backslash.
fn has_idle_backslash(written: &str) -> bool {
    let mut characters = written.chars();
    while let Some(character) = characters.next() {
        if character == '\\' && !matches!(characters.next(), Some('"' | '\\')) {
            return true;
        }
    }
    false
}

fn check_terms(terms: &[Term]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut end = None;
    let others = terms.iter().any(|term| term.role != Role::Optional);
    for term in terms {
        if term.role == Role::Optional && others {
            let message = format!(
                "`?{}` is ignored because there are terms without a question mark",
                term.text
            );
            let finding = Finding::new(Rule::IgnoredOptional, term.span.clone(), message);
            findings.push(finding.with_advice("give every term a question mark, or none"));
        }
        if term.role != Role::Required && end == Some(term.span.start) {
            let message = "a hyphen or question mark inside a word starts a new term";
            let finding = Finding::new(Rule::OperatorInWord, term.span.clone(), message);
            findings.push(finding.with_advice("put the whole word in double quotes"));
        }
        end = Some(term.span.end);
    }
    findings
}
