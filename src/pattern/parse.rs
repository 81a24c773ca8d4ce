//! From text to tree: which kind of pattern a text is, the limits on the whole, and the grammar of each kind.
//!
//! Reading is lenient where the service is known or likely to accept more than its guide says; what is written is strict (`print`).

mod expression;
mod hint;
mod json;
mod space;
mod terms;

use std::ops::Range;

use super::ast::{Condition, Expression, Field, FieldTest, Test, Tree, Value};
use super::error::{Fault, ParseErrorKind};
use super::regex::Regex;
use super::{MAXIMUM_LENGTH, MAXIMUM_REGEXES, MAXIMUM_WILDCARD_SELECTORS};

pub(crate) use expression::Precedence;

/// Reads a whole pattern; the precedence is that of JSON patterns.
pub(crate) fn parse(text: &str, precedence: Precedence) -> Result<Tree, Fault> {
    let length = text.chars().count();
    if length > MAXIMUM_LENGTH {
        return Err(Fault::new(
            0..text.len(),
            ParseErrorKind::TooLong { length },
        ));
    }
    let trimmed = text.trim();
    let start = text.len() - text.trim_start().len();
    let tree = match trimmed.chars().next() {
        None => Tree::Blank,
        Some('{') => Tree::Json(json::parse(
            inside(trimmed, start, ('{', '}'))?,
            precedence,
        )?),
        Some('[') => Tree::SpaceDelimited(space::parse(inside(trimmed, start, ('[', ']'))?)?),
        Some('%') => Tree::Regex(lone_regex(inside(trimmed, start, ('%', '%'))?)?),
        Some(_) => Tree::Terms(
            terms::parse(trimmed, start).map_err(|fault| hint::for_terms(fault, trimmed))?,
        ),
    };
    check_limits(&tree, start..start + trimmed.len())?;
    Ok(tree)
}

/// A part of the pattern and the byte where it starts.
type Part<'src> = (&'src str, usize);

/// Returns what stands between the first and the last character.
fn inside(
    trimmed: &str,
    start: usize,
    (opening, closing): (char, char),
) -> Result<Part<'_>, Fault> {
    trimmed
        .strip_prefix(opening)
        .and_then(|rest| rest.strip_suffix(closing))
        .map(|part| (part, start + opening.len_utf8()))
        .ok_or_else(|| {
            let end = start + trimmed.len();
            Fault::new(end..end, ParseErrorKind::Unclosed { opening, closing })
        })
}

/// `regex = "%" body "%"`, and nothing else.
fn lone_regex((body, start): Part<'_>) -> Result<Regex, Fault> {
    match body.find('%') {
        Some(position) => {
            let place = start + position;
            let kind = ParseErrorKind::Unexpected {
                expected: "the end of the pattern",
                found: "`%`".to_owned(),
            };
            Err(Fault::new(place..place + 1, kind)
                .with_hint("a regular expression stands alone; write one for both with `|`"))
        }
        None => Regex::parse(body, start),
    }
}

fn check_limits(tree: &Tree, whole: Range<usize>) -> Result<(), Fault> {
    let (regexes, wildcards) = match tree {
        Tree::Blank | Tree::Terms(_) | Tree::Regex(_) => (0, 0),
        Tree::Json(expression) => count_conditions(expression),
        Tree::SpaceDelimited(fields) => (fields.iter().map(count_field_regexes).sum(), 0),
    };
    if regexes > MAXIMUM_REGEXES {
        return Err(Fault::new(whole, ParseErrorKind::TooManyRegexes));
    }
    if wildcards > MAXIMUM_WILDCARD_SELECTORS {
        return Err(Fault::new(whole, ParseErrorKind::TooManyWildcardSelectors));
    }
    Ok(())
}

/// The number of regular expressions and of selectors with a wildcard step.
fn count_conditions(expression: &Expression<Condition>) -> (usize, usize) {
    let conditions = expression.conditions();
    let regexes = conditions.iter().filter(|condition| match &condition.test {
        Test::Equal(value) | Test::NotEqual(value) => matches!(value, Value::Regex(_)),
        Test::Order(..) | Test::IsNull | Test::IsTrue | Test::IsFalse | Test::NotExists => false,
    });
    let wildcards = conditions
        .iter()
        .filter(|condition| condition.selector.split_at_wildcard().is_some());
    (regexes.count(), wildcards.count())
}

fn count_field_regexes(field: &Field) -> usize {
    let Field::Named {
        conditions: Some(conditions),
        ..
    } = field
    else {
        return 0;
    };
    let is_regex = |test: &&&FieldTest| match test {
        FieldTest::Equal(value) | FieldTest::NotEqual(value) => matches!(value, Value::Regex(_)),
        FieldTest::Present | FieldTest::Order(..) => false,
    };
    conditions.conditions().iter().filter(is_regex).count()
}
