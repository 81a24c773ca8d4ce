//! What a pattern matches, in plain sentences and by example.
//!
//! Every example has been put to the reference evaluator. Nothing is judged here; that is what `lint` does.

mod example;
mod phrase;

use std::fmt;

pub use example::matching;

use super::Pattern;
use super::ast::{Field, Role, Term, Tree};
use super::event::Event;

/// A pattern in words.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation {
    /// Sentences that say what the pattern matches.
    pub sentences: Vec<String>,
    /// The same as a tree of conditions.
    pub outline: Outline,
    /// An event that matches, when one was found.
    pub matching: Option<Event>,
    /// A similar event that does not match, when one was found.
    pub near_miss: Option<Event>,
}

/// A condition in words, or a heading over several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outline {
    /// The words.
    pub text: String,
    /// The conditions under a heading.
    pub children: Vec<Self>,
}

impl Outline {
    fn leaf(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            children: Vec::new(),
        }
    }

    fn heading(text: &str, children: Vec<Self>) -> Self {
        Self {
            text: text.to_owned(),
            children,
        }
    }
}

/// Draws the outline, one condition a line.
impl fmt::Display for Outline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)?;
        draw(formatter, &self.children, "")
    }
}

fn draw(formatter: &mut fmt::Formatter<'_>, children: &[Outline], indent: &str) -> fmt::Result {
    for (position, child) in children.iter().enumerate() {
        let last = position + 1 == children.len();
        let (branch, deeper) = if last {
            ("└── ", "    ")
        } else {
            ("├── ", "│   ")
        };
        write!(formatter, "\n{indent}{branch}{}", child.text)?;
        draw(formatter, &child.children, &format!("{indent}{deeper}"))?;
    }
    Ok(())
}

/// Explains a pattern.
#[must_use]
pub fn explain(pattern: &Pattern) -> Explanation {
    let (sentences, outline) = match pattern.tree() {
        Tree::Blank => (
            vec!["Matches every event.".to_owned()],
            Outline::leaf("any event"),
        ),
        Tree::Json(expression) => {
            let clause = phrase::json_clause(expression);
            let first = "Looks at events that are one JSON object, and at no others.".to_owned();
            (
                vec![first, format!("An event matches when {clause}.")],
                phrase::json_outline(expression),
            )
        }
        Tree::Terms(terms) => explain_terms(terms),
        Tree::SpaceDelimited(fields) => explain_fields(fields),
        Tree::Regex(regex) => {
            let clause = format!("the regular expression `{}` is found in it", regex.body());
            (
                vec![format!("A message matches when {clause}.")],
                Outline::leaf(clause),
            )
        }
    };
    let matching = example::matching(pattern);
    let near_miss = matching
        .as_ref()
        .and_then(|event| example::near_miss(pattern, event));
    Explanation {
        sentences,
        outline,
        matching,
        near_miss,
    }
}

fn explain_terms(terms: &[Term]) -> (Vec<String>, Outline) {
    let of = |role: Role| {
        terms
            .iter()
            .filter(move |term| term.role == role)
            .map(|term| format!("`{}`", term.text))
            .collect::<Vec<String>>()
    };
    let (required, excluded, optional) =
        (of(Role::Required), of(Role::Excluded), of(Role::Optional));
    let contains = required.iter().map(|term| format!("contains {term}"));
    let lacks = excluded
        .iter()
        .map(|term| format!("does not contain {term}"));
    let parts: Vec<String> = contains.chain(lacks).collect();
    if parts.is_empty() {
        let clause = format!("contains {}", phrase::listed(&optional, "or"));
        return (
            vec![format!("A message matches when it {clause}.")],
            Outline::leaf(clause),
        );
    }
    let mut sentences = vec![format!(
        "A message matches when it {}.",
        phrase::listed(&parts, "and")
    )];
    if !optional.is_empty() {
        let (terms, verb) = (
            phrase::listed(&optional, "and"),
            if optional.len() == 1 { "makes" } else { "make" },
        );
        sentences.push(format!(
            "The optional {terms} {verb} no difference beside the other terms."
        ));
    }
    let children: Vec<Outline> = parts.into_iter().map(Outline::leaf).collect();
    (sentences, Outline::heading("all of these hold", children))
}

fn explain_fields(fields: &[Field]) -> (Vec<String>, Outline) {
    let count = fields
        .iter()
        .filter(|field| **field != Field::Ellipsis)
        .count();
    let noun = if count == 1 { "field" } else { "fields" };
    let mut children = vec![Outline::leaf(format!(
        "the line has {count} {noun} or more"
    ))];
    let mut clauses = Vec::new();
    for field in fields {
        if let Field::Named {
            name,
            conditions: Some(conditions),
        } = field
        {
            clauses.push(phrase::field_clause(name, conditions));
            children.push(phrase::field_outline(name, conditions));
        }
    }
    let first = format!("Looks at lines of {count} {noun} or more, separated by blanks.");
    let second = if clauses.is_empty() {
        "Every such line matches.".to_owned()
    } else {
        format!("A line matches when {}.", phrase::listed(&clauses, "and"))
    };
    (
        vec![first, second],
        Outline::heading("all of these hold", children),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn explained(text: &str) -> Explanation {
        explain(&Pattern::parse(text).unwrap())
    }

    /// A pattern, and a sentence of its explanation.
    const SENTENCES: &[(&str, &str)] = &[
        ("", "Matches every event."),
        (
            "ERROR -timeout",
            "A message matches when it contains `ERROR` and does not contain `timeout`.",
        ),
        (
            "?ERROR ?WARN",
            "A message matches when it contains `ERROR` or `WARN`.",
        ),
        (
            "%colou?r%",
            "A message matches when the regular expression `colou?r` is found in it.",
        ),
        (
            "[ip, status = 4* && status != 404, ...]",
            "A line matches when the field `status` starts with `4` and the field `status` is not 404.",
        ),
        ("{ $.a = x }", "An event matches when `a` is `x`."),
        (
            "{ $.a = x || $.a = y || $.a = z }",
            "An event matches when `a` is `x`, `y` or `z`.",
        ),
        (
            "{ $.a = \"Access*\" && $.b != \"*x\" }",
            "An event matches when `a` starts with `Access`, and `b` is there and does not end with `x`.",
        ),
        (
            "{ $.s = i && ($.n = A || $.n = B) }",
            "An event matches when `s` is `i`, and `n` is `A` or `B`.",
        ),
        (
            "{ $.a NOT EXISTS || $.b IS NULL && $.c > 5 }",
            "An event matches when `a` is absent, or both `b` is null and `c` is a number above 5.",
        ),
        (
            "{ $.a[*].b = %x% }",
            "An event matches when one of `a[*].b` contains a part that fits the regular expression `x`.",
        ),
        (
            "{ $.a[*] != x }",
            "An event matches when none of `a[*]` is `x`.",
        ),
        (
            "{ $.a = * }",
            "An event matches when `a` is a text or a number.",
        ),
        (
            "{ $.a = 200 }",
            "An event matches when `a` is the number 200 or the text `200`.",
        ),
    ];

    #[test]
    fn patterns_are_put_into_sentences() {
        for &(text, sentence) in SENTENCES {
            let explanation = explained(text);
            assert_eq!(
                explanation
                    .sentences
                    .iter()
                    .find(|other| other.as_str() == sentence)
                    .map(String::as_str),
                Some(sentence),
                "{text}: {explanation:?}"
            );
        }
    }

    #[test]
    fn the_outline_is_drawn_as_a_tree() {
        let outline = explained("{ $.s = i && ($.n = A || $.m IS TRUE) }").outline;
        let expected = "all of these hold\n├── `s` is `i`\n└── at least one of these holds\n    ├── `n` is `A`\n    └── `m` is true";
        assert_eq!(outline.to_string(), expected);
    }

    #[test]
    fn one_example_matches_and_the_other_does_not() {
        let texts = [
            "ERROR -timeout",
            "-timeout",
            "?ERROR ?WARN",
            "%^[hc]at$%",
            "[ip, status = 4* && status != 404, bytes > 1000]",
            "[..., status = %5\\d\\d%]",
            "{ $.eventName = CreateTrail || $.eventName = DeleteTrail }",
            "{ $.errorCode = \"AccessDenied*\" && $.sourceIPAddress != \"delivery.logs.amazonaws.com\" }",
            "{ $.userIdentity.type = \"Root\" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != \"AwsServiceEvent\" }",
            "{ $.a[*] = 2 }",
            "{ $.a[2] > 5 }",
            "{ $.a IS NULL }",
            "{ $.a NOT EXISTS }",
            "{ $.a IS TRUE && $.b >= 1.5 }",
        ];
        for text in texts {
            let pattern = Pattern::parse(text).unwrap();
            let explanation = explain(&pattern);
            assert!(
                pattern.matches(explanation.matching.as_ref().unwrap()),
                "{text}"
            );
            assert!(
                !pattern.matches(explanation.near_miss.as_ref().unwrap()),
                "{text}"
            );
        }
        assert_eq!(explained("{ $.a = x && $.a = y }").matching, None);
        assert_eq!(explained("").near_miss, None);
    }
}
