//! Tokens of JSON and space-delimited patterns, with their places.
//!
//! Tokens are read one at a time, so that the first mistake of a text is the one reported. What a word means is for the parser.

use std::ops::Range;

use super::ast::{Selector, Step};
use super::cursor::Cursor;
use super::error::{Fault, ParseErrorKind};
use super::regex::Regex;

/// One token.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TokenKind {
    Open,
    Close,
    And,
    Or,
    Comma,
    Operator(Operator),
    Selector(Selector),
    /// A quoted text, without quotes and escapes.
    Text(String),
    /// A run of the characters that need no quotes: a word, a number, a keyword or the name of a field.
    Word(String),
    Regex(Regex),
}

/// The operators of conditions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// A token and the bytes it covers.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) span: Range<usize>,
}

/// Tokens in the order of the text, each longest first.
const SYMBOLS: [(&str, TokenKind); 11] = [
    ("&&", TokenKind::And),
    ("||", TokenKind::Or),
    ("!=", TokenKind::Operator(Operator::NotEqual)),
    ("<=", TokenKind::Operator(Operator::LessOrEqual)),
    (">=", TokenKind::Operator(Operator::GreaterOrEqual)),
    ("=", TokenKind::Operator(Operator::Equal)),
    ("<", TokenKind::Operator(Operator::Less)),
    (">", TokenKind::Operator(Operator::Greater)),
    ("(", TokenKind::Open),
    (")", TokenKind::Close),
    (",", TokenKind::Comma),
];

/// Reads the next token, or nothing at the end.
pub(crate) fn next_token(cursor: &mut Cursor<'_>) -> Result<Option<Token>, Fault> {
    cursor.take_while(is_blank);
    let start = cursor.position();
    let Some(character) = cursor.peek() else {
        return Ok(None);
    };
    let kind = match character {
        '$' => TokenKind::Selector(selector(cursor)?),
        '"' => TokenKind::Text(quoted(cursor)?),
        '%' => TokenKind::Regex(regex(cursor)?),
        _ if is_bare(character) => TokenKind::Word(cursor.take_while(is_bare).to_owned()),
        _ => symbol(cursor).ok_or_else(|| stray(cursor, character))?,
    };
    Ok(Some(Token {
        kind,
        span: cursor.span_from(start),
    }))
}

/// Blanks between tokens and terms.
pub(crate) fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// Characters of words. A hyphen or plus sign is not documented outside numbers; the service is known to accept such texts.
fn is_bare(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '.' | '*' | '-' | '+')
}

fn symbol(cursor: &mut Cursor<'_>) -> Option<TokenKind> {
    SYMBOLS
        .into_iter()
        .find(|(text, _)| cursor.eat(text))
        .map(|(_, kind)| kind)
}

/// `quoted = '"' { character | '\"' | '\\' } '"'`; any other backslash is a character.
pub(crate) fn quoted(cursor: &mut Cursor<'_>) -> Result<String, Fault> {
    let start = cursor.position();
    cursor.bump();
    let mut text = String::new();
    while let Some(character) = cursor.bump() {
        match (character, cursor.peek()) {
            ('"', _) => return Ok(text),
            ('\\', Some(escaped @ ('"' | '\\'))) => {
                cursor.bump();
                text.push(escaped);
            }
            (other, _) => text.push(other),
        }
    }
    Err(Fault::new(start..start + 1, ParseErrorKind::UnclosedText))
}

/// `regex = "%" body "%"`
fn regex(cursor: &mut Cursor<'_>) -> Result<Regex, Fault> {
    let start = cursor.position();
    cursor.bump();
    let inside = cursor.position();
    let Some(body) = cursor.take_until("%") else {
        return Err(Fault::new(start..start + 1, ParseErrorKind::UnclosedRegex));
    };
    Regex::parse(body, inside)
}

/// `selector = "$" member { member | index }`
fn selector(cursor: &mut Cursor<'_>) -> Result<Selector, Fault> {
    let origin = cursor.clone();
    cursor.bump();
    let mut steps = Vec::new();
    loop {
        let step = match cursor.peek() {
            Some('.') => member(cursor),
            Some('[') if !steps.is_empty() => index(cursor),
            Some(_) | None => break,
        };
        steps.push(step.ok_or_else(|| bad_selector(&origin))?);
    }
    if steps.is_empty() {
        return Err(bad_selector(&origin));
    }
    if steps.iter().filter(|step| **step == Step::Each).count() > 1 {
        return Err(Fault::new(
            cursor.span_from(origin.position()),
            ParseErrorKind::TooManyWildcardSteps,
        ));
    }
    Ok(Selector::new(steps))
}

/// `member = "." ( name | "*" | "['" quoted-name "']" )`
fn member(cursor: &mut Cursor<'_>) -> Option<Step> {
    cursor.bump();
    if cursor.eat("*") {
        return Some(Step::Each);
    }
    let name = if cursor.eat("['") {
        cursor.take_until("']")?
    } else {
        cursor.take_while(is_name)
    };
    (!name.is_empty()).then(|| Step::Member(name.to_owned()))
}

/// `index = "[" ( digits | "*" ) "]"`
fn index(cursor: &mut Cursor<'_>) -> Option<Step> {
    cursor.bump();
    let inside = cursor.take_until("]")?;
    if inside == "*" {
        return Some(Step::Each);
    }
    let digits = inside.bytes().all(|byte| byte.is_ascii_digit());
    inside.parse().ok().filter(|_| digits).map(Step::Index)
}

/// Tells whether a character may stand in the name of a property without quotes.
pub(crate) fn is_name(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

/// The mistake that what starts at `origin` is no selector.
fn bad_selector(origin: &Cursor<'_>) -> Fault {
    let mut cursor = origin.clone();
    cursor.bump();
    let rest =
        cursor.take_while(|character| !is_blank(character) && !"=<>!&|()".contains(character));
    let fault = Fault::new(
        cursor.span_from(origin.position()),
        ParseErrorKind::Selector(format!("${rest}")),
    );
    let Some((before, quoted)) = rest.split_once(['[', '"', '\'']) else {
        if !rest.is_empty() && rest.chars().all(is_name) {
            return fault.with_hint(format!("write `$.{rest}`"));
        }
        return fault
            .with_hint("a selector is `$` and steps such as `.name`, `.['name']` or `[0]`");
    };
    let name = quoted.trim_matches(|character| "[]'\"".contains(character));
    if name.is_empty() || !name.contains(|character: char| character.is_alphabetic()) {
        return fault
            .with_hint("a selector is `$` and steps such as `.name`, `.['name']` or `[0]`");
    }
    let before = before.trim_end_matches('.');
    fault.with_hint(format!("write `${before}.['{name}']`"))
}

/// A character that starts no token.
fn stray(cursor: &Cursor<'_>, character: char) -> Fault {
    let fault = Fault::new(cursor.next_span(), ParseErrorKind::Character(character));
    let rest = cursor.rest();
    match character {
        '\'' => fault.with_hint("write texts in double quotes"),
        '\u{2018}'..='\u{201f}' | '«' | '»' => {
            fault.with_hint("write straight double quotes: `\"`")
        }
        '!' => fault.with_hint(
            "there is no negation: turn the operators around, or write `!=` or `NOT EXISTS`",
        ),
        '&' if rest.starts_with("&.") => fault.with_hint("a selector starts with `$.`"),
        '&' => fault.with_hint("write `&&`"),
        '|' => fault.with_hint("write `||`"),
        '{' | '}' => fault.with_hint("a pattern has one pair of braces; group with parentheses"),
        _ => fault.with_hint("put a text with such a character in double quotes"),
    }
}
