//! A place in a text that only moves forward: what the lexers read from.

use std::ops::Range;

/// A reader of a part of a text; every place it tells is a byte of the whole text.
#[derive(Debug, Clone)]
pub(crate) struct Cursor<'src> {
    rest: &'src str,
    position: usize,
}

impl<'src> Cursor<'src> {
    /// Starts at the beginning of `part`, which stands at byte `position` of the whole text.
    pub(crate) fn new(part: &'src str, position: usize) -> Self {
        Self {
            rest: part,
            position,
        }
    }

    /// Returns the byte of the whole text that comes next.
    pub(crate) fn position(&self) -> usize {
        self.position
    }

    /// Returns the text not yet read.
    pub(crate) fn rest(&self) -> &'src str {
        self.rest
    }

    /// Returns the next character without reading it.
    pub(crate) fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    /// Reads the next character.
    pub(crate) fn bump(&mut self) -> Option<char> {
        let mut characters = self.rest.chars();
        let character = characters.next()?;
        self.rest = characters.as_str();
        self.position += character.len_utf8();
        Some(character)
    }

    /// Reads `expected` when it comes next, and tells whether it did.
    pub(crate) fn eat(&mut self, expected: &str) -> bool {
        let Some(rest) = self.rest.strip_prefix(expected) else {
            return false;
        };
        self.rest = rest;
        self.position += expected.len();
        true
    }

    /// Reads the characters that `accept` takes, possibly none.
    pub(crate) fn take_while(&mut self, accept: impl Fn(char) -> bool) -> &'src str {
        let end = self
            .rest
            .find(|character| !accept(character))
            .unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at_checked(end).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.position += taken.len();
        taken
    }

    /// Reads up to `end` and `end` itself, and returns what came before it; reads nothing when `end` is missing.
    pub(crate) fn take_until(&mut self, end: &str) -> Option<&'src str> {
        let (taken, rest) = self.rest.split_once(end)?;
        self.rest = rest;
        self.position += taken.len() + end.len();
        Some(taken)
    }

    /// Returns the bytes of the next character; an empty range at the end.
    pub(crate) fn next_span(&self) -> Range<usize> {
        let length = self.peek().map_or(0, char::len_utf8);
        self.position..self.position + length
    }

    /// Returns the bytes from `start` to here.
    pub(crate) fn span_from(&self, start: usize) -> Range<usize> {
        start..self.position
    }
}
