//! Auditors that read a text as clauses under operators, and compare those one by one.
//!
//! The reading is as coarse as theirs: operators inside of quotes split a text, one level has one operator, and quotes are part
//! of a value.

/// How deep groups may be nested.
const DEEPEST: usize = 5;

/// Clauses under operators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Group {
    /// All of them (`&&`).
    All(Vec<Self>),
    /// Any of them (`||`).
    Any(Vec<Self>),
    /// One clause: what is looked at, how, and the value as it is written.
    One(String, &'static str, String),
}

impl Group {
    /// Reads a text; nothing when it is not of this form.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let inner = text.trim().strip_prefix('{')?.strip_suffix('}')?;
        parse(inner, DEEPEST)
    }

    /// Returns whether this counts as `wanted`: as many members, each of which has a partner.
    ///
    /// Partners are looked for in one direction alone, so that a member given twice hides one that is missing.
    pub(super) fn is_taken_for(&self, wanted: &Self) -> bool {
        match (self, wanted) {
            (Self::One(..), Self::One(..)) => self == wanted,
            (Self::All(members), Self::All(others)) | (Self::Any(members), Self::Any(others)) => {
                let has_partner =
                    |member: &Self| others.iter().any(|other| member.is_taken_for(other));
                members.len() == others.len() && members.iter().all(has_partner)
            }
            (Self::One(..) | Self::All(_) | Self::Any(_), _) => false,
        }
    }
}

fn parse(text: &str, depth: usize) -> Option<Group> {
    let depth = depth.checked_sub(1)?;
    let text = text.trim();
    let (all, any) = (split(text, "&&")?, split(text, "||")?);
    let members = |parts: &[&str]| -> Option<Vec<Group>> {
        parts.iter().map(|part| parse(part, depth)).collect()
    };
    match (all.as_slice(), any.as_slice()) {
        ([_], [_]) => match enclosed(text) {
            Some(inner) => parse(inner, depth),
            None => clause(text),
        },
        (parts, [_]) => members(parts).map(Group::All),
        ([_], parts) => members(parts).map(Group::Any),
        _ => None,
    }
}

/// Returns the parts between operators outside of parentheses; nothing when parentheses do not match.
fn split<'text>(text: &'text str, operator: &str) -> Option<Vec<&'text str>> {
    let mut parts = Vec::new();
    let (mut open, mut from) = (0_usize, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => open += 1,
            ')' => open = open.checked_sub(1)?,
            _ if open == 0 && at >= from && text.get(at..)?.starts_with(operator) => {
                parts.push(text.get(from..at)?);
                from = at + operator.len();
            }
            _ => {}
        }
    }
    parts.push(text.get(from..)?);
    (open == 0).then_some(parts)
}

fn enclosed(text: &str) -> Option<&str> {
    text.strip_prefix('(')?.strip_suffix(')')
}

fn clause(text: &str) -> Option<Group> {
    let one = |left: &str, operator, right: &str| {
        Group::One(left.trim().to_owned(), operator, right.trim().to_owned())
    };
    if let Some(left) = text.strip_suffix("NOT EXISTS") {
        return Some(one(left, "NOT EXISTS", ""));
    }
    if let Some((left, right)) = text.split_once("!=") {
        return Some(one(left, "!=", right));
    }
    text.split_once('=')
        .map(|(left, right)| one(left, "=", right))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: &str = "{ ($.a = x) && (($.b = y) || ($.b = z)) }";

    fn is_taken_for(text: &str, wanted: &str) -> bool {
        let wanted = Group::parse(wanted).unwrap();
        Group::parse(text).is_some_and(|group| group.is_taken_for(&wanted))
    }

    #[test]
    fn order_and_blanks_do_not_matter_and_quotes_do() {
        assert!(is_taken_for("{(($.b=z)||($.b=y))&&($.a=x)}", WANTED));
        assert!(is_taken_for("{ $.a = x && ($.b = y || $.b = z) }", WANTED));
        assert!(!is_taken_for(
            "{ ($.a = \"x\") && (($.b = y) || ($.b = z)) }",
            WANTED
        ));
    }

    #[test]
    fn a_clause_given_twice_hides_one_that_is_missing() {
        assert!(is_taken_for(
            "{ ($.a = x) && (($.b = y) || ($.b = y)) }",
            WANTED
        ));
        assert!(!is_taken_for("{ ($.a = x) && ($.b = y) }", WANTED));
    }

    #[test]
    fn mixed_operators_and_unmatched_parentheses_are_not_read() {
        for text in [
            "{ $.a = x && $.b = y || $.b = z }",
            "{ ($.a = x }",
            "{ $.a = x) }",
            "$.a = x",
            "{ ((((((($.a = x))))))) }",
            "{}",
        ] {
            assert_eq!(Group::parse(text), None, "{text}");
        }
    }
}
