//! Space-delimited lines: how a line falls into fields, and which fields satisfy an entry.

use super::super::ast::{Field, FieldTest, Value};
use super::super::number::Decimal;
use super::super::wildcard;

/// Tells whether the line satisfies the entries.
pub(super) fn matches(entries: &[Field], line: &str) -> bool {
    let fields = split(line);
    match entries.iter().position(|entry| *entry == Field::Ellipsis) {
        Some(position) => match_around(entries, position, &fields),
        None => match_all(entries, &fields, line),
    }
}

/// One field of a line: its text, and the byte of the line where it starts.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Piece<'line> {
    text: &'line str,
    start: usize,
}

/// Entries before the ellipsis take the first fields, entries behind it the last ones.
fn match_around(entries: &[Field], position: usize, fields: &[Piece<'_>]) -> bool {
    let Some((before, [_ellipsis, after @ ..])) = entries.split_at_checked(position) else {
        return false;
    };
    if fields.len() < before.len() + after.len() {
        return false;
    }
    let behind = fields.iter().rev().zip(after.iter().rev());
    let in_front = fields.iter().zip(before);
    in_front
        .chain(behind)
        .all(|(field, entry)| accepts(entry, field.text))
}

/// Every entry takes one field; the last one takes the rest of the line as written.
fn match_all(entries: &[Field], fields: &[Piece<'_>], line: &str) -> bool {
    let Some((last, first)) = entries.split_last() else {
        return false;
    };
    let Some((taken, remaining)) = fields.split_at_checked(first.len()) else {
        return false;
    };
    let rest = match remaining {
        [] => return false,
        [only] => only.text,
        [head, ..] => line
            .get(head.start..)
            .unwrap_or_default()
            .trim_end_matches(is_blank),
    };
    taken
        .iter()
        .zip(first)
        .all(|(field, entry)| accepts(entry, field.text))
        && accepts(last, rest)
}

fn is_blank(character: char) -> bool {
    matches!(character, ' ' | '\t')
}

/// Splits at blanks; a field in quotes or brackets runs to their partner, and an opening one without partner is a character.
fn split(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = line.trim_start_matches(is_blank);
    while !rest.is_empty() {
        let start = line.len() - rest.len();
        let (text, after) = delimited(rest).unwrap_or_else(|| {
            let end = rest.find(is_blank).unwrap_or(rest.len());
            rest.split_at_checked(end).unwrap_or((rest, ""))
        });
        pieces.push(Piece { text, start });
        rest = after.trim_start_matches(is_blank);
    }
    pieces
}

fn delimited(rest: &str) -> Option<(&str, &str)> {
    match rest.strip_prefix('"') {
        Some(inside) => inside.split_once('"'),
        None => rest.strip_prefix('[')?.split_once(']'),
    }
}

fn accepts(entry: &Field, field: &str) -> bool {
    match entry {
        Field::Unnamed
        | Field::Ellipsis
        | Field::Named {
            conditions: None, ..
        } => true,
        Field::Named {
            conditions: Some(conditions),
            ..
        } => super::holds(conditions, &|test| satisfies(test, field)),
    }
}

fn satisfies(test: &FieldTest, field: &str) -> bool {
    match test {
        FieldTest::Present => true,
        FieldTest::Equal(value) => equals(value, field),
        FieldTest::NotEqual(value) => !equals(value, field),
        FieldTest::Order(order, number) => {
            Decimal::parse(field).is_some_and(|value| order.accepts(value.cmp(number.value())))
        }
    }
}

/// A field is text; only a bare number compares by value.
fn equals(value: &Value, field: &str) -> bool {
    match value {
        Value::Text(pattern) => wildcard::covers(pattern, field),
        Value::Number(number) => Decimal::parse(field).as_ref() == Some(number.value()),
        Value::Regex(regex) => regex.occurs_in(field),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fall_into_fields() {
        let table: [(&str, &[&str]); 7] = [
            ("", &[]),
            ("  a\tb  ", &["a", "b"]),
            ("a \"two words\" c", &["a", "two words", "c"]),
            ("a \"b\"c d", &["a", "b", "c", "d"]),
            ("a \"unclosed b", &["a", "\"unclosed", "b"]),
            ("[10/Oct 2000] x[1 2]", &["10/Oct 2000", "x[1", "2]"]),
            ("\"\" x", &["", "x"]),
        ];
        for (line, expected) in table {
            let texts: Vec<&str> = split(line).iter().map(|piece| piece.text).collect();
            assert_eq!(texts, expected, "{line}");
        }
    }
}
