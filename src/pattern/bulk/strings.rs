//! Strings of JSON: where one ends, and what it says.

use std::num::NonZeroUsize;
use std::ops::Range;

use fearless_simd::prelude::*;
use fearless_simd::{Level, dispatch, u8x16};

/// A string as it stands in a text.
///
/// Two words, one of which is never zero: so an answer that may be nothing stays in registers, which is worth a third of the time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Raw {
    start: usize,
    /// The byte of the closing quote, doubled, and one more when there are escapes. Never zero, for the opening quote comes before.
    end_and_escapes: NonZeroUsize,
}

impl Raw {
    #[inline]
    fn new(start: usize, end: usize, escaped: bool) -> Option<Self> {
        let end_and_escapes = NonZeroUsize::new(end << 1 | usize::from(escaped))?;
        Some(Self {
            start,
            end_and_escapes,
        })
    }

    /// Returns the byte of the closing quote.
    #[inline]
    pub(super) fn end(self) -> usize {
        self.end_and_escapes.get() >> 1
    }

    /// Returns where the content is, without the quotes.
    #[inline]
    pub(super) fn place(self) -> Range<usize> {
        self.start..self.end()
    }

    #[inline]
    fn is_escaped(self) -> bool {
        self.end_and_escapes.get() & 1 == 1
    }
}

/// Finds the end of the string whose content starts at a byte; nothing when it is no valid string.
#[inline]
pub(super) fn read(bytes: &[u8], start: usize) -> Option<Raw> {
    let mut position = start;
    let mut escaped = false;
    loop {
        position = next_special(bytes, position);
        match bytes.get(position)? {
            b'"' => {
                return Raw::new(start, position, escaped);
            }
            b'\\' => {
                escaped = true;
                position = escape(bytes, position)?.1;
            }
            // Other control characters must be escaped.
            _ => return None,
        }
    }
}

/// Finds the next quote, backslash or control character.
#[inline]
fn next_special(bytes: &[u8], mut position: usize) -> usize {
    while let Some(block) = bytes
        .get(position..)
        .and_then(|rest| rest.first_chunk::<16>())
    {
        let specials = special_bytes(*block);
        if specials != 0 {
            return position + usize::try_from(specials.trailing_zeros()).unwrap_or_default();
        }
        position += 16;
    }
    let rest = bytes.get(position..).unwrap_or_default();
    let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..=0x1f);
    position + rest.iter().position(special).unwrap_or(rest.len())
}

/// Marks the bytes that are a quote, a backslash or a control character by a bit, the first byte by the lowest.
#[inline]
fn special_bytes(block: [u8; 16]) -> u64 {
    // Most texts are shorter than the way to what some processors can do beyond this.
    dispatch!(Level::baseline(), simd => special_bytes_with(simd, block))
}

#[inline]
fn special_bytes_with<S: Simd>(simd: S, block: [u8; 16]) -> u64 {
    let bytes = u8x16::simd_from(simd, block);
    let quotes = bytes.simd_eq(u8x16::splat(simd, b'"'));
    let backslashes = bytes.simd_eq(u8x16::splat(simd, b'\\'));
    let controls = bytes.simd_lt(u8x16::splat(simd, 0x20));
    (quotes | backslashes | controls).to_bitmask()
}

/// Reads an escape at its backslash: the character, and the byte behind it.
fn escape(bytes: &[u8], position: usize) -> Option<(char, usize)> {
    let character = match bytes.get(position + 1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(bytes, position + 2),
        _ => return None,
    };
    Some((character, position + 2))
}

/// Reads four hexadecimal digits, and four more when the first ones are half of a pair.
fn unicode_escape(bytes: &[u8], position: usize) -> Option<(char, usize)> {
    let first = hexadecimal(bytes, position)?;
    if !(0xd800..0xdc00).contains(&first) {
        return Some((char::from_u32(first)?, position + 4));
    }
    if bytes.get(position + 4..position + 6)? != b"\\u" {
        return None;
    }
    let second = hexadecimal(bytes, position + 6).filter(|code| (0xdc00..0xe000).contains(code))?;
    let code = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
    Some((char::from_u32(code)?, position + 10))
}

fn hexadecimal(bytes: &[u8], position: usize) -> Option<u32> {
    let digits = bytes.get(position..position + 4)?;
    digits.iter().try_fold(0, |code, digit| {
        Some(code * 16 + char::from(*digit).to_digit(16)?)
    })
}

/// Returns what a string says; `scratch` holds it when it has escapes.
#[inline]
pub(super) fn content<'text>(text: &'text str, raw: Raw, scratch: &'text mut String) -> &'text str {
    let written = text.get(raw.start..raw.end()).unwrap_or_default();
    if !raw.is_escaped() {
        return written;
    }
    scratch.clear();
    let mut position = 0;
    while let Some(rest) = written.get(position..).filter(|rest| !rest.is_empty()) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        scratch.push_str(rest.get(..plain).unwrap_or_default());
        position += plain;
        if let Some((character, end)) = escape(written.as_bytes(), position) {
            scratch.push(character);
            position = end;
        }
    }
    scratch
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What our reading and that of `serde_json` make of a string.
    fn both(text: &str) -> (Option<String>, Option<String>) {
        let ours = read(text.as_bytes(), 1)
            .filter(|raw| raw.end() + 1 == text.len())
            .map(|raw| content(text, raw, &mut String::new()).to_owned());
        (ours, serde_json::from_str(text).ok())
    }

    #[test]
    fn strings_are_read_as_any_reader_of_json_does() {
        let inner = [
            "",
            "a",
            "abcdefgh",
            "abcdefghijklmnop",
            "é",
            "abcdefgé",
            "\\n",
            "a\\\"b",
            "\\\\",
            "\\u0041",
            "\\u00e9x",
            "\\ud83d\\ude00",
            "\\ud83d",
            "\\ude00",
            "\\ud83dx",
            "\\ud83d\\u0041",
            "\\x",
            "\\",
            "\\u12",
            "a\u{1}",
            "\u{7f}",
            "12345678\\t12345678",
            "1234567\u{1f}",
            "\\/\\b\\f\\r",
            "\u{80}\u{90}",
        ];
        for text in inner {
            let (ours, theirs) = both(&format!("\"{text}\""));
            assert_eq!(ours, theirs, "{text}");
        }
    }

    #[test]
    fn every_single_byte_is_classified_at_every_place() {
        for byte in 0..=0x7f_u8 {
            for place in 0..40 {
                let mut text = vec![b'x'; 40];
                text[place] = byte;
                let special = matches!(byte, b'"' | b'\\' | 0..=0x1f);
                assert_eq!(
                    next_special(&text, 0) == place,
                    special,
                    "{byte} at {place}"
                );
            }
        }
    }
}
