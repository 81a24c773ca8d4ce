//! The grammar of terms: words and phrases that must, must not or may occur.

use super::super::ast::{Role, Term};
use super::super::cursor::Cursor;
use super::super::error::{Fault, ParseErrorKind};
use super::super::lexer::{is_blank, quoted};

/// `terms = term { blank term }`; an operator inside a word starts a new term.
pub(super) fn parse(text: &str, start: usize) -> Result<Vec<Term>, Fault> {
    let mut cursor = Cursor::new(text, start);
    let mut terms = Vec::new();
    while cursor.peek().is_some() {
        terms.push(term(&mut cursor)?);
        cursor.take_while(is_blank);
    }
    Ok(terms)
}

/// `term = [ "-" | "?" ] ( phrase | word )`
fn term(cursor: &mut Cursor<'_>) -> Result<Term, Fault> {
    let start = cursor.position();
    let role = match cursor.peek() {
        Some('-') => Role::Excluded,
        Some('?') => Role::Optional,
        Some(_) | None => Role::Required,
    };
    if role != Role::Required {
        cursor.bump();
    }
    if role == Role::Excluded {
        // An old example of the guide has a blank behind the hyphen.
        cursor.take_while(is_blank);
    }
    let text = if cursor.peek() == Some('"') {
        phrase(cursor)?
    } else {
        word(cursor)?
    };
    Ok(Term {
        role,
        text,
        span: cursor.span_from(start),
    })
}

/// `phrase = '"' one or more characters '"'`, and a blank, an operator or the end behind it.
fn phrase(cursor: &mut Cursor<'_>) -> Result<String, Fault> {
    let start = cursor.position();
    let text = quoted(cursor)?;
    if text.is_empty() {
        let kind = ParseErrorKind::Unexpected {
            expected: "a term",
            found: "an empty text".to_owned(),
        };
        return Err(Fault::new(cursor.span_from(start), kind));
    }
    check_end(cursor)?;
    Ok(text)
}

/// `word = word-character { word-character }`
fn word(cursor: &mut Cursor<'_>) -> Result<String, Fault> {
    let word = cursor
        .take_while(|character| character.is_alphanumeric() || matches!(character, '_' | '.'));
    if !word.is_empty() {
        check_end(cursor)?;
        return Ok(word.to_owned());
    }
    match cursor.peek() {
        Some(character) if !is_blank(character) => Err(stray(cursor, character)),
        Some(_) | None => {
            let found = if cursor.peek().is_some() {
                "a blank"
            } else {
                "the end"
            };
            let kind = ParseErrorKind::Unexpected {
                expected: "a term",
                found: found.to_owned(),
            };
            Err(Fault::new(cursor.next_span(), kind))
        }
    }
}

fn check_end(cursor: &Cursor<'_>) -> Result<(), Fault> {
    match cursor.peek() {
        Some(character) if !is_blank(character) && !matches!(character, '-' | '?') => {
            Err(stray(cursor, character))
        }
        Some(_) | None => Ok(()),
    }
}

fn stray(cursor: &Cursor<'_>, character: char) -> Fault {
    let fault = Fault::new(cursor.next_span(), ParseErrorKind::Character(character));
    match character {
        '*' => fault.with_hint("terms have no wildcards: a term matches anywhere in a word"),
        '%' => fault.with_hint("a regular expression must be the whole pattern"),
        '"' => fault.with_hint("put a blank before and behind a quoted phrase"),
        _ => fault.with_hint("put a term with such a character in double quotes"),
    }
}
