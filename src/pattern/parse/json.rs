//! The grammar of JSON patterns.

use super::super::ast::{Condition, Expression, Test};
use super::super::error::Fault;
use super::super::lexer::TokenKind;
use super::Part;
use super::expression::{self, Comparison, Precedence, Tokens};

/// `json = "{" or "}"`, inside the braces.
pub(super) fn parse(
    part: Part<'_>,
    precedence: Precedence,
) -> Result<Expression<Condition>, Fault> {
    let mut tokens = Tokens::new(part)?;
    let expression = expression::parse(&mut tokens, precedence, condition)?;
    match tokens.peek() {
        Some(_) => Err(tokens.unexpected("`&&`, `||` or the end")),
        None => Ok(expression),
    }
}

/// `condition = selector test`
fn condition(tokens: &mut Tokens<'_>) -> Result<Condition, Fault> {
    let start = tokens.span().start;
    let refused = tokens.unexpected("a condition");
    let Some(TokenKind::Selector(selector)) = tokens.bump()?.map(|token| token.kind) else {
        return Err(refused);
    };
    let test = test(tokens)?;
    Ok(Condition {
        selector,
        test,
        span: start..tokens.last_end(),
    })
}

/// `test = operator value | "IS" ( "NULL" | "TRUE" | "FALSE" ) | "NOT" "EXISTS"`
fn test(tokens: &mut Tokens<'_>) -> Result<Test, Fault> {
    let refused = tokens.unexpected("an operator");
    let adjacent = tokens.span().start == tokens.last_end();
    match tokens.bump()?.map(|token| token.kind) {
        Some(TokenKind::Operator(operator)) => {
            Ok(match expression::comparison(tokens, operator)? {
                Comparison::Equal(value) => Test::Equal(value),
                Comparison::NotEqual(value) => Test::NotEqual(value),
                Comparison::Order(order, number) => Test::Order(order, number),
            })
        }
        Some(TokenKind::Word(word)) if !adjacent && word.eq_ignore_ascii_case("IS") => {
            constant(tokens)
        }
        Some(TokenKind::Word(word)) if !adjacent && word.eq_ignore_ascii_case("NOT") => {
            absence(tokens)
        }
        Some(_) | None => Err(refused),
    }
}

/// `constant = "NULL" | "TRUE" | "FALSE"`, behind "IS".
fn constant(tokens: &mut Tokens<'_>) -> Result<Test, Fault> {
    let refused = tokens.unexpected("`NULL`, `TRUE` or `FALSE`");
    let Some(TokenKind::Word(word)) = tokens.bump()?.map(|token| token.kind) else {
        return Err(refused);
    };
    let tests = [
        ("NULL", Test::IsNull),
        ("TRUE", Test::IsTrue),
        ("FALSE", Test::IsFalse),
    ];
    tests
        .into_iter()
        .find(|(name, _)| word.eq_ignore_ascii_case(name))
        .map(|(_, test)| test)
        .ok_or(refused)
}

/// `absence = "EXISTS"`, behind "NOT".
fn absence(tokens: &mut Tokens<'_>) -> Result<Test, Fault> {
    let refused = tokens.unexpected("`EXISTS`");
    match tokens.bump()?.map(|token| token.kind) {
        Some(TokenKind::Word(word)) if word.eq_ignore_ascii_case("EXISTS") => Ok(Test::NotExists),
        Some(_) | None => Err(refused),
    }
}
