//! Near-misses: how a text that is not a pattern was probably meant.
//!
//! A hint never changes what is accepted.

use super::super::error::Fault;
use super::super::lexer::{Operator, TokenKind};

/// Names a token for a message.
pub(super) fn name_token(token: &TokenKind) -> String {
    match token {
        TokenKind::Open => "`(`".to_owned(),
        TokenKind::Close => "`)`".to_owned(),
        TokenKind::And => "`&&`".to_owned(),
        TokenKind::Or => "`||`".to_owned(),
        TokenKind::Comma => "`,`".to_owned(),
        TokenKind::Operator(operator) => format!("`{}`", spell(*operator)),
        TokenKind::Selector(_) => "a selector".to_owned(),
        TokenKind::Text(_) => "a quoted text".to_owned(),
        TokenKind::Word(word) => format!("`{word}`"),
        TokenKind::Regex(_) => "a regular expression".to_owned(),
    }
}

fn spell(operator: Operator) -> &'static str {
    match operator {
        Operator::Equal => "=",
        Operator::NotEqual => "!=",
        Operator::Less => "<",
        Operator::LessOrEqual => "<=",
        Operator::Greater => ">",
        Operator::GreaterOrEqual => ">=",
    }
}

/// Adds a hint to the mistake that a token is not what the grammar wants.
pub(super) fn for_unexpected(fault: Fault, expected: &str, found: Option<&TokenKind>) -> Fault {
    match (expected, found) {
        ("a value", Some(TokenKind::Operator(Operator::Equal))) => {
            fault.with_hint("write a single `=`")
        }
        ("a number", Some(TokenKind::Text(text))) => {
            fault.with_hint(format!("write `{text}` without quotes"))
        }
        ("a number", _) => fault.with_hint("`<`, `<=`, `>` and `>=` compare numbers only"),
        (_, Some(TokenKind::Word(word))) => for_word(fault, expected, word),
        (_, Some(TokenKind::Comma)) => fault.with_hint("join conditions with `&&` or `||`"),
        _ => fault,
    }
}

fn for_word(fault: Fault, expected: &str, word: &str) -> Fault {
    match (expected, word.to_ascii_uppercase().as_str()) {
        ("a condition", "NOT") => fault.with_hint(
            "there is no negation: turn the operators around, or write `!=` or `NOT EXISTS`",
        ),
        ("a condition", _) => {
            fault.with_hint(format!("a selector starts with `$.`: write `$.{word}`"))
        }
        (_, "AND") => fault.with_hint("write `&&`"),
        (_, "OR") => fault.with_hint("write `||`"),
        ("`EXISTS`" | "`NULL`, `TRUE` or `FALSE`", "NOT" | "NULL") => {
            fault.with_hint("`IS NOT` does not exist; `= *` asks for a text or a number")
        }
        ("an operator", "EXISTS") => {
            fault.with_hint("`EXISTS` does not exist; `= *` asks for a text or a number")
        }
        ("an operator", "LIKE" | "CONTAINS") => {
            fault.with_hint("write `=` and a text with `*`, such as `\"*text*\"`")
        }
        ("an operator", "IN") => {
            fault.with_hint("write one condition for each value and join them with `||`")
        }
        ("`&&`, `||` or the end", _) => fault.with_hint("put a text with blanks in double quotes"),
        _ => fault,
    }
}

/// Adds a hint to a mistake in terms that look like a JSON pattern without braces.
pub(super) fn for_terms(fault: Fault, text: &str) -> Fault {
    let looks_like_json = text.contains("$.")
        && (text.contains('=') || text.contains("EXISTS") || text.contains("IS "));
    if looks_like_json {
        fault.with_hint("write a JSON pattern in braces: `{ … }`")
    } else {
        fault
    }
}
