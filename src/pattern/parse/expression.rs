//! Conditions joined by `||`, `&&` and parentheses, whatever a condition is.
//!
//! Groups are kept on a stack of our own, so that deep nesting costs memory in proportion to the text and no call stack.

use std::ops::Range;

use super::super::ast::{Expression, Number, Order, Value};
use super::super::cursor::Cursor;
use super::super::error::{Fault, ParseErrorKind};
use super::super::lexer::{self, Operator, Token, TokenKind};
use super::hint;

/// The tokens of a part of a pattern, with one of them in view.
#[derive(Debug)]
pub(super) struct Tokens<'src> {
    cursor: Cursor<'src>,
    ahead: Option<Token>,
    last_end: usize,
}

impl<'src> Tokens<'src> {
    pub(super) fn new((part, start): super::Part<'src>) -> Result<Self, Fault> {
        let mut cursor = Cursor::new(part, start);
        let ahead = lexer::next_token(&mut cursor)?;
        Ok(Self {
            cursor,
            ahead,
            last_end: start,
        })
    }

    /// Returns the next token without reading it.
    pub(super) fn peek(&self) -> Option<&TokenKind> {
        self.ahead.as_ref().map(|token| &token.kind)
    }

    /// Returns the bytes of the next token; an empty range behind the last one.
    pub(super) fn span(&self) -> Range<usize> {
        self.ahead
            .as_ref()
            .map_or(self.last_end..self.last_end, |token| token.span.clone())
    }

    /// Returns the byte where the token read last ends.
    pub(super) fn last_end(&self) -> usize {
        self.last_end
    }

    /// Reads the next token.
    pub(super) fn bump(&mut self) -> Result<Option<Token>, Fault> {
        let following = match self.ahead {
            Some(_) => lexer::next_token(&mut self.cursor)?,
            None => None,
        };
        let token = std::mem::replace(&mut self.ahead, following);
        if let Some(token) = &token {
            self.last_end = token.span.end;
        }
        Ok(token)
    }

    /// Reads the next token when it is `expected`, and tells whether it was.
    pub(super) fn eat(&mut self, expected: &TokenKind) -> Result<bool, Fault> {
        let found = self.peek() == Some(expected);
        if found {
            self.bump()?;
        }
        Ok(found)
    }

    /// The mistake that the next token is not what the grammar wants.
    pub(super) fn unexpected(&self, expected: &'static str) -> Fault {
        let found = self
            .peek()
            .map_or_else(|| "the end".to_owned(), hint::name_token);
        let fault = Fault::new(self.span(), ParseErrorKind::Unexpected { expected, found });
        hint::for_unexpected(fault, expected, self.peek())
    }
}

/// Which operator binds tighter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Precedence {
    /// `&&`, as the language has it.
    AndFirst,
    /// Neither, as a reader may take it.
    LeftToRight,
}

/// A group that is being read: the finished members of its `||`, and those of the `&&` that is still open.
#[derive(Debug)]
struct Group<T> {
    opening: Range<usize>,
    alternatives: Vec<Expression<T>>,
    conjuncts: Vec<Expression<T>>,
}

impl<T> Group<T> {
    fn new(opening: Range<usize>) -> Self {
        Self {
            opening,
            alternatives: Vec::new(),
            conjuncts: Vec::new(),
        }
    }

    fn close_conjunction(&mut self) {
        let conjuncts = std::mem::take(&mut self.conjuncts);
        self.alternatives.extend(join(conjuncts, Expression::All));
    }

    /// Makes everything read so far one member of the `&&` that goes on.
    fn close_alternatives(&mut self) {
        self.close_conjunction();
        let alternatives = std::mem::take(&mut self.alternatives);
        self.conjuncts.extend(join(alternatives, Expression::Any));
    }

    fn finish(mut self) -> Option<Expression<T>> {
        self.close_conjunction();
        join(self.alternatives, Expression::Any)
    }
}

/// Joins members; one member stays what it is.
fn join<T>(
    mut members: Vec<Expression<T>>,
    several: impl FnOnce(Vec<Expression<T>>) -> Expression<T>,
) -> Option<Expression<T>> {
    if members.len() > 1 {
        Some(several(members))
    } else {
        members.pop()
    }
}

/// `or = and { "||" and };  and = primary { "&&" primary };  primary = "(" or ")" | condition`
pub(super) fn parse<'src, T>(
    tokens: &mut Tokens<'src>,
    precedence: Precedence,
    condition: impl Fn(&mut Tokens<'src>) -> Result<T, Fault>,
) -> Result<Expression<T>, Fault> {
    let mut outer: Vec<Group<T>> = Vec::new();
    let mut group = Group::new(tokens.span());
    loop {
        let opening = tokens.span();
        if tokens.eat(&TokenKind::Open)? {
            outer.push(std::mem::replace(&mut group, Group::new(opening)));
            continue;
        }
        group.conjuncts.push(Expression::One(condition(tokens)?));
        group = close_groups(tokens, group, &mut outer)?;
        if tokens.eat(&TokenKind::Or)? {
            group.close_conjunction();
        } else if !tokens.eat(&TokenKind::And)? {
            break;
        } else if precedence == Precedence::LeftToRight {
            group.close_alternatives();
        }
    }
    let Some(_) = outer.pop() else {
        let end = tokens.unexpected("a condition");
        return group.finish().ok_or(end);
    };
    if tokens.peek().is_some() {
        return Err(tokens.unexpected("`&&`, `||` or `)`"));
    }
    Err(Fault::new(group.opening, ParseErrorKind::UnclosedGroup))
}

/// Closes as many groups as there are closing parentheses.
fn close_groups<T>(
    tokens: &mut Tokens<'_>,
    mut group: Group<T>,
    outer: &mut Vec<Group<T>>,
) -> Result<Group<T>, Fault> {
    while !outer.is_empty() && tokens.eat(&TokenKind::Close)? {
        if let Some(enclosing) = outer.pop() {
            let inner = std::mem::replace(&mut group, enclosing);
            group.conjuncts.extend(inner.finish());
        }
    }
    Ok(group)
}

/// `value = string | regex | number | bare`
pub(super) fn value(tokens: &mut Tokens<'_>) -> Result<Value, Fault> {
    let refused = tokens.unexpected("a value");
    match tokens.bump()?.map(|token| (token.kind, token.span)) {
        Some((TokenKind::Text(text), _)) => Ok(Value::Text(text)),
        Some((TokenKind::Regex(regex), _)) => Ok(Value::Regex(regex)),
        Some((TokenKind::Word(word), span)) => word_value(word, span),
        Some(_) | None => Err(refused),
    }
}

/// A word as a value: a number when it is one, otherwise a text.
fn word_value(word: String, span: Range<usize>) -> Result<Value, Fault> {
    if let Some(number) = Number::parse(&word) {
        return Ok(Value::Number(number));
    }
    if has_number_form(&word) {
        return Err(Fault::new(span, ParseErrorKind::Exponent(word)));
    }
    if word == "null" {
        let kind = ParseErrorKind::Unexpected {
            expected: "a value",
            found: "`null`".to_owned(),
        };
        return Err(Fault::new(span, kind).with_hint("write `IS NULL`, or `\"null\"` for the text"));
    }
    Ok(Value::Text(word))
}

/// Tells whether a word that is no number would be one with a smaller exponent.
fn has_number_form(word: &str) -> bool {
    let Some((mantissa, exponent)) = word.split_once(['e', 'E']) else {
        return false;
    };
    let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let counted = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    counted && Number::parse(mantissa).is_some()
}

/// What stands behind a selector or the name of a field: an operator and its value.
#[derive(Debug)]
pub(super) enum Comparison {
    Equal(Value),
    NotEqual(Value),
    Order(Order, Number),
}

/// `comparison = ("=" | "!=") value | ("<" | "<=" | ">" | ">=") number`, behind the operator.
pub(super) fn comparison(tokens: &mut Tokens<'_>, operator: Operator) -> Result<Comparison, Fault> {
    let order = match operator {
        Operator::Equal => return value(tokens).map(Comparison::Equal),
        Operator::NotEqual => return value(tokens).map(Comparison::NotEqual),
        Operator::Less => Order::Less,
        Operator::LessOrEqual => Order::LessOrEqual,
        Operator::Greater => Order::Greater,
        Operator::GreaterOrEqual => Order::GreaterOrEqual,
    };
    let refused = tokens.unexpected("a number");
    match value(tokens)? {
        Value::Number(number) => Ok(Comparison::Order(order, number)),
        Value::Text(_) | Value::Regex(_) => Err(refused),
    }
}
