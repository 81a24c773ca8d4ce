//! Reading JSON piece by piece: blanks, strings, numbers, words.

use super::facts::Facts;
use super::states::{Check, Checks};
use super::strings::{self, Raw};

/// A reader in the middle of a text. Its methods return nothing when the text is no JSON.
#[derive(Debug)]
pub(super) struct Reader<'text> {
    text: &'text str,
    bytes: &'text [u8],
    pub(super) position: usize,
}

impl<'text> Reader<'text> {
    pub(super) fn new(text: &'text str, position: usize) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            position,
        }
    }

    /// Returns what a string says; `scratch` holds it when it has escapes.
    #[inline]
    pub(super) fn content<'content>(&self, raw: Raw, scratch: &'content mut String) -> &'content str
    where
        'text: 'content,
    {
        strings::content(self.text, raw, scratch)
    }

    /// Returns the next byte that is not blank, without reading it.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.bytes.get(self.position)? {
                b' ' | b'\t' | b'\n' | b'\r' => self.position += 1,
                byte => return Some(byte),
            }
        }
    }

    /// Reads the next byte that is not blank when it is the given one; tells whether it was.
    #[inline]
    pub(super) fn accept(&mut self, byte: u8) -> Option<bool> {
        let found = self.peek()? == byte;
        self.position += usize::from(found);
        Some(found)
    }

    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Option<()> {
        self.accept(byte)?.then_some(())
    }

    #[inline]
    pub(super) fn string(&mut self) -> Option<Raw> {
        self.expect(b'"')?;
        let raw = strings::read(self.bytes, self.position)?;
        self.position = raw.end() + 1;
        Some(raw)
    }

    #[inline]
    pub(super) fn key(&mut self) -> Option<Raw> {
        let raw = self.string()?;
        self.expect(b':')?;
        Some(raw)
    }

    /// Reads what follows a member or an element: tells whether another one does.
    #[inline]
    pub(super) fn another(&mut self, closing: u8) -> Option<bool> {
        let byte = self.peek()?;
        self.position += 1;
        match byte {
            b',' => Some(true),
            _ if byte == closing => Some(false),
            _ => None,
        }
    }

    /// Reads a number or a constant by its first byte, for what is asked of it.
    pub(super) fn scalar(&mut self, first: u8, checks: &Checks, facts: &mut Facts) -> Option<()> {
        if matches!(first, b'-' | b'0'..=b'9') {
            let spelling = self.number()?;
            checks.number(spelling, facts);
            return Some(());
        }
        self.constant()?;
        checks.establish(&Check::Present, facts);
        let check = match first {
            b't' => Check::True,
            b'f' => Check::False,
            _ => Check::Null,
        };
        checks.establish(&check, facts);
        Some(())
    }

    /// Reads `true`, `false` or `null`.
    pub(super) fn constant(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.position..)?;
        let word = [b"true".as_slice(), b"false", b"null"]
            .into_iter()
            .find(|word| rest.starts_with(word))?;
        self.position += word.len();
        Some(())
    }

    /// Reads a number and returns its spelling.
    pub(super) fn number(&mut self) -> Option<&'text str> {
        let start = self.position;
        self.eat(b"-");
        if !self.eat(b"0") {
            self.digits()?;
        }
        if self.eat(b".") {
            self.digits()?;
        }
        if self.eat(b"eE") {
            self.eat(b"+-");
            self.digits()?;
        }
        self.text.get(start..self.position)
    }

    /// Reads the next byte when it is one of some.
    fn eat(&mut self, bytes: &[u8]) -> bool {
        let found = self
            .bytes
            .get(self.position)
            .is_some_and(|byte| bytes.contains(byte));
        self.position += usize::from(found);
        found
    }

    /// Reads digits, one at least.
    fn digits(&mut self) -> Option<()> {
        let start = self.position;
        while self
            .bytes
            .get(self.position)
            .is_some_and(u8::is_ascii_digit)
        {
            self.position += 1;
        }
        (self.position > start).then_some(())
    }
}
