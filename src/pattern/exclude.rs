//! Patterns without the events that a second pattern names, with the proof that nothing else is left out.
//!
//! The language has no general negation. What can be left out are texts joined by `&&`, whose negation it can say: a property is absent,
//! is null, or is another text.

use thiserror::Error;

use super::ast::{Condition, Expression, Selector, Test, Tree, Value};
use super::{Event, MAXIMUM_LENGTH, ParseError, Pattern, Relation, compare, compare_union};

/// A pattern narrowed by the events of another one, the noise.
///
/// INVARIANT: `pattern` matches something and is narrower than the one it was made from, and for all events whose named properties are
/// texts, null or absent, as CloudTrail writes them, it differs by events of the noise alone.
#[derive(Debug, Clone, PartialEq)]
pub struct Exclusion {
    /// The clause that was added.
    pub clause: String,
    /// The pattern with it.
    pub pattern: Pattern,
    /// An event that it does not match any more.
    pub lost: Event,
}

/// Why a pattern cannot be narrowed by another one.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum NotExcluded {
    /// Only JSON patterns can be narrowed.
    #[error("only JSON patterns can be narrowed")]
    Kind,
    /// Its negation cannot be said.
    #[error("it is not texts joined by `&&`")]
    Noise,
    /// The pattern would be too long.
    #[error("the pattern would have {0} characters, more than {MAXIMUM_LENGTH}")]
    Length(usize),
    /// What was put together is no pattern; a defect.
    #[error("the clause cannot be read")]
    Unreadable(#[from] ParseError),
    /// The pattern matches none of the noise; an event of the noise, if there is any.
    #[error("the pattern matches no event of it")]
    Nothing(Option<Event>),
    /// The pattern matches nothing but the noise; an event that would be lost.
    #[error("the pattern would match no event any more")]
    Everything(Option<Event>),
    /// It could not be proved that nothing else is left out.
    #[error("it is not certain that nothing else would be left out")]
    Unproved,
}

/// Narrows a pattern by the events of another one.
///
/// # Errors
///
/// Tells why it cannot be done, or cannot be proved.
pub fn exclude(pattern: &Pattern, noise: &Pattern) -> Result<Exclusion, NotExcluded> {
    let named = texts(noise)?;
    let clause = join(&named, " || ", |(selector, text)| {
        format!("{} || {selector} != {text}", absent(selector))
    });
    let narrowed = with(pattern, &clause)?;
    let difference = compare(&narrowed, pattern);
    match difference.relation {
        Relation::Equivalent => {
            return Err(NotExcluded::Nothing(compare(noise, pattern).only_a));
        }
        Relation::Narrower
            if difference.both.is_none() && difference.undecided_reason.is_none() =>
        {
            return Err(NotExcluded::Everything(difference.only_b));
        }
        Relation::Narrower => {}
        Relation::Broader | Relation::Overlapping | Relation::Disjoint | Relation::Undecided => {
            return Err(NotExcluded::Unproved);
        }
    }
    let lost = proof(pattern, &narrowed, &named).ok_or(NotExcluded::Unproved)?;
    Ok(Exclusion {
        clause: format!("({clause})"),
        pattern: narrowed,
        lost,
    })
}

/// Returns an event that is lost, once it is proved that all of the noise and nothing else is.
fn proof(pattern: &Pattern, narrowed: &Pattern, named: &[(&Selector, &Value)]) -> Option<Event> {
    let clause = join(named, " && ", |(selector, text)| {
        format!("{selector} = {text}")
    });
    let usual = join(named, " && ", |(selector, _)| {
        format!("({} || {selector} = \"*\")", absent(selector))
    });
    let (left_out, usual) = (with(pattern, &clause).ok()?, with(pattern, &usual).ok()?);
    let apart = compare(narrowed, &left_out);
    let together = compare_union(&[narrowed, &left_out], &usual).relation;
    let is_proved = apart.relation == Relation::Disjoint
        && matches!(together, Relation::Equivalent | Relation::Broader);
    apart.only_b.filter(|_| is_proved)
}

/// Returns the texts that a pattern of noise asks for, with the properties that are to be them.
fn texts(noise: &Pattern) -> Result<Vec<(&Selector, &Value)>, NotExcluded> {
    let Tree::Json(expression) = noise.tree() else {
        return Err(NotExcluded::Noise);
    };
    let members = match expression {
        Expression::All(members) => members.iter().collect(),
        Expression::One(_) => vec![expression],
        Expression::Any(_) => return Err(NotExcluded::Noise),
    };
    let texts = members.into_iter().map(|member| match member {
        Expression::One(Condition {
            selector,
            test: Test::Equal(value @ Value::Text(_)),
            span: _,
        }) if selector.split_at_wildcard().is_none() => Ok((selector, value)),
        Expression::One(_) | Expression::All(_) | Expression::Any(_) => Err(NotExcluded::Noise),
    });
    texts.collect()
}

fn join<T>(items: &[T], separator: &str, words: impl Fn(&T) -> String) -> String {
    let clauses: Vec<String> = items.iter().map(words).collect();
    clauses.join(separator)
}

/// Returns the conditions that hold where there is nothing to differ: `!=` alone is false there.
fn absent(selector: &Selector) -> String {
    format!("{selector} NOT EXISTS || {selector} IS NULL")
}

/// Returns a pattern with one more clause that must hold.
fn with(pattern: &Pattern, clause: &str) -> Result<Pattern, NotExcluded> {
    let text = match pattern.tree() {
        Tree::Json(all @ Expression::All(_)) => format!("{{ {all} && ({clause}) }}"),
        Tree::Json(other @ (Expression::Any(_) | Expression::One(_))) => {
            format!("{{ ({other}) && ({clause}) }}")
        }
        Tree::Blank | Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => {
            return Err(NotExcluded::Kind);
        }
    };
    let length = text.chars().count();
    if length > MAXIMUM_LENGTH {
        return Err(NotExcluded::Length(length));
    }
    Ok(Pattern::parse(&text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(text: &str) -> Pattern {
        Pattern::parse(text).unwrap()
    }

    fn refused(control: &str, noise: &str) -> NotExcluded {
        exclude(&pattern(control), &pattern(noise)).unwrap_err()
    }

    const DENIED: &str = r#"{ $.errorCode = "AccessDenied*" }"#;

    #[test]
    fn nothing_but_the_noise_is_left_out() {
        let noise = r#"{ $.sourceIPAddress = "config.amazonaws.com" && $.eventName = "Get*" }"#;
        let narrowed = exclude(&pattern(DENIED), &pattern(noise)).unwrap();
        let event = |rest: &str| Event::parse(&format!(r#"{{"errorCode":"AccessDenied"{rest}}}"#));
        let config = r#","sourceIPAddress":"config.amazonaws.com""#;
        let cases = [
            (format!(r#"{config},"eventName":"GetObject""#), false),
            (format!(r#"{config},"eventName":"PutObject""#), true),
            (format!(r#"{config},"eventName":null"#), true),
            (config.to_owned(), true),
            (
                r#","sourceIPAddress":"192.0.2.1","eventName":"GetObject""#.to_owned(),
                true,
            ),
            (r#","eventName":"GetObject""#.to_owned(), true),
        ];
        for (rest, matches) in cases {
            assert_eq!(narrowed.pattern.matches(&event(&rest)), matches, "{rest}");
        }
        assert!(pattern(DENIED).matches(&narrowed.lost));
        assert!(pattern(noise).matches(&narrowed.lost));
    }

    #[test]
    fn what_has_no_negation_is_refused() {
        for noise in [
            r#"{ $.a = "x" || $.b = "y" }"#,
            r#"{ $.a = "x" && ($.b = "y" || $.c = "z") }"#,
            r#"{ $.a != "x" }"#,
            "{ $.a = 5 }",
            "{ $.a > 5 }",
            "{ $.a = %x% }",
            "{ $.a IS TRUE }",
            r#"{ $.a[*] = "x" }"#,
            "AccessDenied",
            "",
        ] {
            assert_eq!(refused(DENIED, noise), NotExcluded::Noise, "{noise}");
        }
        assert_eq!(refused("Denied", r#"{ $.a = "x" }"#), NotExcluded::Kind);
    }

    #[test]
    fn noise_that_is_nothing_or_everything_is_shown_by_an_event() {
        let control = r#"{ $.eventName = "A" }"#;
        let NotExcluded::Nothing(Some(event)) = refused(control, r#"{ $.eventName = "B" }"#) else {
            panic!("nothing is lost");
        };
        assert!(!pattern(control).matches(&event));
        let NotExcluded::Everything(Some(event)) = refused(control, control) else {
            panic!("everything is lost");
        };
        assert!(pattern(control).matches(&event));
    }

    #[test]
    fn what_is_too_long_is_refused() {
        let long = format!(r#"{{ $.userAgent = "{}" }}"#, "a".repeat(950));
        let NotExcluded::Length(length) = refused(DENIED, &long) else {
            panic!("it is too long");
        };
        assert!(length > MAXIMUM_LENGTH);
    }
}
