//! Filter patterns as readable lines, one clause a line.
//!
//! JSON patterns are printed from their syntax tree in the strict spelling, so blanks, quotes and needless
//! brackets make no difference. Every other text is one line as it is.

use std::fmt::Display;

use crate::pattern::Pattern;
use crate::pattern::ast::{Expression, Tree};

/// The longest clause that stays on one line although it holds others.
const ROOM: usize = 66;

/// How much deeper a clause of a clause stands.
const STEP: &str = "  ";

/// Returns the lines of a pattern; a JSON pattern begins and ends with a line that holds its brace.
pub(super) fn clause_lines(text: &str) -> Vec<String> {
    let parsed = Pattern::parse(text);
    let Ok(Tree::Json(expression)) = parsed.as_ref().map(Pattern::tree) else {
        return vec![text.to_owned()];
    };
    let mut lines = vec!["{".to_owned()];
    lines.extend(deeper(members(expression)));
    lines.push("}".to_owned());
    lines
}

/// Returns the lines of the members of an expression, the operator in front of each but the first.
fn members<T: Display>(expression: &Expression<T>) -> Vec<String> {
    let (operator, members) = match expression {
        Expression::Any(members) => ("|| ", members.as_slice()),
        Expression::All(members) => ("&& ", members.as_slice()),
        Expression::One(_) => ("", std::slice::from_ref(expression)),
    };
    let lines = members.iter().enumerate().flat_map(|(index, member)| {
        let prefix = if index == 0 { "" } else { operator };
        clause(prefix, member)
    });
    lines.collect()
}

/// Returns the lines of one clause: one, or several for a clause of clauses that does not fit.
pub(super) fn clause<T: Display>(prefix: &str, member: &Expression<T>) -> Vec<String> {
    let whole = match member {
        Expression::One(condition) => return vec![format!("{prefix}{condition}")],
        Expression::Any(_) | Expression::All(_) => format!("{prefix}({member})"),
    };
    if whole.chars().count() <= ROOM {
        return vec![whole];
    }
    let mut lines = vec![format!("{prefix}(")];
    lines.extend(deeper(members(member)));
    lines.push(")".to_owned());
    lines
}

pub(super) fn deeper(lines: Vec<String>) -> impl Iterator<Item = String> {
    lines.into_iter().map(|line| format!("{STEP}{line}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(pattern: &str) -> String {
        clause_lines(pattern).join("\n")
    }

    #[test]
    fn one_clause_a_line() {
        assert_eq!(
            lines(
                r#"{$.userIdentity.type="Root"&& ($.userIdentity.invokedBy NOT EXISTS)   &&  $.eventType !=AwsServiceEvent}"#
            ),
            "{\n  $.userIdentity.type = \"Root\"\n  && $.userIdentity.invokedBy NOT EXISTS\n  && $.eventType != \"AwsServiceEvent\"\n}"
        );
    }

    #[test]
    fn alternatives_bind_less_than_conditions() {
        assert_eq!(
            lines("{ $.a = 1 && $.b = 2 || $.c = 3 }"),
            "{\n  ($.a = 1 && $.b = 2)\n  || $.c = 3\n}"
        );
    }

    #[test]
    fn a_clause_of_clauses_that_fits_stays_together_and_a_long_one_is_opened() {
        assert_eq!(
            lines("{ ($.a = 1) && (($.b = 2) || ($.c = 3)) }"),
            "{\n  $.a = 1\n  && ($.b = 2 || $.c = 3)\n}"
        );
        let long = "x".repeat(ROOM);
        assert_eq!(
            lines(&format!("{{ $.a = 1 && ($.b = {long} || $.c = 3) }}")),
            format!("{{\n  $.a = 1\n  && (\n    $.b = \"{long}\"\n    || $.c = 3\n  )\n}}")
        );
    }

    #[test]
    fn what_is_no_json_pattern_is_left_as_it_is() {
        for pattern in ["{ ($.a = 1 }", "ERROR || WARN", "[ip, user]", "", "1000000"] {
            assert_eq!(clause_lines(pattern), [pattern]);
        }
    }

    fn pattern() -> impl Strategy<Value = String> {
        let condition = "\\$\\.[a-z]{1,12} = [a-z]{1,12}";
        let expression = condition.prop_recursive(4, 24, 5, |inner| {
            let members = prop::collection::vec(inner, 2..5);
            (members, prop::sample::select(vec![" || ", " && "]))
                .prop_map(|(members, operator)| format!("({})", members.join(operator)))
        });
        expression.prop_map(|expression| format!("{{ {expression} }}"))
    }

    proptest! {
        #[test]
        fn the_lines_read_back_as_the_same_pattern(pattern in pattern()) {
            let lines = clause_lines(&pattern);
            prop_assert_eq!(Pattern::parse(&lines.join("\n")), Pattern::parse(&pattern));
            prop_assert!(lines.iter().all(|line| line.trim_start().chars().count() <= ROOM));
        }
    }
}
