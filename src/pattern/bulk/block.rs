//! The signs in sixty-four bytes of a JSON text, found together; each byte is a bit, the first byte the lowest.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined is compiled for what the processor can do"
)]

use fearless_simd::prelude::*;
use fearless_simd::u8x64;

/// The bytes that are looked at together.
pub(super) const BLOCK: usize = 64;

/// The signs in a block that has no escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs {
    /// Every quote.
    pub(super) quotes: u64,
    /// What opens or closes a list or an object, also in texts.
    pub(super) braces: u64,
}

impl Signs {
    /// Finds the signs; nothing when there is a backslash among them.
    #[inline(always)]
    pub(super) fn of<S: Simd>(simd: S, block: &[u8; BLOCK]) -> Option<Self> {
        let bytes = u8x64::simd_from(simd, *block);
        if bytes.simd_eq(u8x64::splat(simd, b'\\')).any_true() {
            return None;
        }
        // Braces and brackets differ in this bit, and nothing else becomes one of them by it.
        let folded = bytes | u8x64::splat(simd, 0x20);
        let opening = folded.simd_eq(u8x64::splat(simd, b'{'));
        let closing = folded.simd_eq(u8x64::splat(simd, b'}'));
        Some(Self {
            quotes: bytes.simd_eq(u8x64::splat(simd, b'"')).to_bitmask(),
            braces: (opening | closing).to_bitmask(),
        })
    }
}

/// Marks what is in texts, given all quotes: from each opening quote to the byte before its closing one.
#[inline(always)]
pub(super) fn texts(quotes: u64) -> u64 {
    let mut marks = quotes;
    for shift in [1, 2, 4, 8, 16, 32] {
        marks ^= marks << shift;
    }
    marks
}

/// Returns the place of the first mark; the length of a block when there is none.
#[inline(always)]
pub(super) fn first(marks: u64) -> usize {
    usize::try_from(marks.trailing_zeros()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use fearless_simd::{Level, dispatch};

    use super::*;

    #[test]
    fn every_byte_is_classified_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..BLOCK {
                let mut block = [b' '; BLOCK];
                block[place] = byte;
                let marks = |is: bool| u64::from(is) << place;
                let expected = (byte != b'\\').then(|| Signs {
                    quotes: marks(byte == b'"'),
                    braces: marks(matches!(byte, b'{' | b'[' | b'}' | b']')),
                });
                let found = dispatch!(Level::new(), simd => Signs::of(simd, &block));
                assert_eq!(found, expected, "{byte} at {place}");
            }
        }
    }

    #[test]
    fn texts_reach_from_quote_to_quote() {
        for (quotes, marks) in [
            (0, 0),
            (0b1001, 0b0111),
            (0b10_0110_0001, 0b01_1101_1111),
            (1 << 63, 1 << 63),
            (1, u64::MAX),
        ] {
            assert_eq!(texts(quotes), marks, "{quotes:b}");
        }
    }
}
