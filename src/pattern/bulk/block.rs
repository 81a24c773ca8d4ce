//! The signs in sixty-four bytes of a JSON text, found together; each byte is a bit, the first byte the lowest.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined is compiled for what the processor can do"
)]

use fearless_simd::prelude::*;
use fearless_simd::{u8x16, u8x64};

/// The bytes that are looked at together.
pub(super) const BLOCK: usize = 64;

/// These, and those behind them that a text may begin with.
pub(super) const LOOK: usize = BLOCK + 1 + SECOND;

/// The signs in a block that has no escapes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Signs {
    /// Every quote.
    pub(super) quotes: u64,
    /// What opens a list or an object, also in texts.
    pub(super) opening: u64,
    /// What closes one, also in texts.
    pub(super) closing: u64,
    /// Every place before a text that may begin as one that is searched for.
    pub(super) heads: u64,
}

/// The letter of a text that is looked at beside its first one, counted from 0.
const SECOND: usize = 5;

/// How texts begin that are searched for: their first and their sixth letters, in groups of texts that are told apart.
///
/// Every such text is found. Others are as well, but few.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Heads {
    first: Letters,
    second: Letters,
}

/// The letters of each group, found by two tables: what stands there for the lower and for the upper half of a letter has the group in
/// common, each a bit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Letters {
    lower: [u8; HALVES],
    upper: [u8; HALVES],
}

/// The values of half a byte.
const HALVES: usize = 16;

/// The groups of the texts that are long enough; those that are too short have one more.
const GROUPS: usize = 7;

impl Heads {
    pub(super) fn of<'text>(texts: impl IntoIterator<Item = &'text str>) -> Self {
        let mut texts: Vec<&[u8]> = texts.into_iter().map(str::as_bytes).collect();
        // Those that begin alike are in one group.
        texts.sort_unstable();
        let mut heads = Self::default();
        for (place, text) in texts.iter().enumerate() {
            let (Some(first), second) = (text.first(), text.get(SECOND)) else {
                continue;
            };
            let group = match second {
                Some(_) => 1 << (place * GROUPS / texts.len()),
                None => 1 << GROUPS,
            };
            heads.first.add(*first, group);
            match second {
                Some(second) => heads.second.add(*second, group),
                None => heads.second.add_all(group),
            }
        }
        heads
    }

    /// Returns the tables as the processor looks things up in them.
    #[inline(always)]
    pub(super) fn tables<S: Simd>(&self, simd: S) -> HeadTables<S> {
        HeadTables {
            first: self.first.tables(simd),
            second: self.second.tables(simd),
        }
    }
}

impl Letters {
    fn add(&mut self, letter: u8, group: u8) {
        let halves = [
            (&mut self.lower, letter & 0x0f),
            (&mut self.upper, letter >> 4),
        ];
        for (table, half) in halves {
            if let Some(groups) = table.get_mut(usize::from(half)) {
                *groups |= group;
            }
        }
    }

    fn add_all(&mut self, group: u8) {
        for groups in self.lower.iter_mut().chain(&mut self.upper) {
            *groups |= group;
        }
    }

    #[inline(always)]
    fn tables<S: Simd>(&self, simd: S) -> Tables<S> {
        let table = |half: &[u8; HALVES]| u8x64::block_splat(u8x16::simd_from(simd, *half));
        Tables {
            lower: table(&self.lower),
            upper: table(&self.upper),
        }
    }
}

/// The tables of letters.
#[derive(Clone, Copy)]
struct Tables<S: Simd> {
    lower: u8x64<S>,
    upper: u8x64<S>,
}

impl<S: Simd> Tables<S> {
    /// Returns the groups that each letter is of.
    #[inline(always)]
    fn groups(self, simd: S, letters: u8x64<S>) -> u8x64<S> {
        let half = u8x64::splat(simd, 0x0f);
        let lower = self.lower.swizzle_dyn_within_blocks(letters & half);
        let upper = self.upper.swizzle_dyn_within_blocks((letters >> 4) & half);
        lower & upper
    }
}

/// The tables of how texts begin.
#[derive(Clone, Copy)]
pub(super) struct HeadTables<S: Simd> {
    first: Tables<S>,
    second: Tables<S>,
}

impl<S: Simd> HeadTables<S> {
    /// Marks what is before a text that begins so.
    #[inline(always)]
    fn find(self, simd: S, block: &[u8; LOOK]) -> Option<u64> {
        let letters = |place: usize| {
            let letters = block.get(1 + place..)?.first_chunk::<BLOCK>()?;
            Some(u8x64::simd_from(simd, *letters))
        };
        let first = self.first.groups(simd, letters(0)?);
        let second = self.second.groups(simd, letters(SECOND)?);
        let none = (first & second).simd_eq(u8x64::splat(simd, 0));
        Some(!none.to_bitmask())
    }
}

impl Signs {
    /// Finds the signs, given how texts begin that are searched for; nothing when there is a backslash among them.
    #[inline(always)]
    pub(super) fn of<S: Simd>(simd: S, block: &[u8; LOOK], heads: HeadTables<S>) -> Option<Self> {
        let bytes = u8x64::simd_from(simd, *block.first_chunk::<BLOCK>()?);
        if bytes.simd_eq(u8x64::splat(simd, b'\\')).any_true() {
            return None;
        }
        // Braces and brackets differ in this bit, and nothing else becomes one of them by it.
        let folded = bytes | u8x64::splat(simd, 0x20);
        Some(Self {
            quotes: bytes.simd_eq(u8x64::splat(simd, b'"')).to_bitmask(),
            opening: folded.simd_eq(u8x64::splat(simd, b'{')).to_bitmask(),
            closing: folded.simd_eq(u8x64::splat(simd, b'}')).to_bitmask(),
            heads: heads.find(simd, block)?,
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
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_byte_is_classified_at_every_place() {
        for byte in 0..=u8::MAX {
            for place in 0..BLOCK {
                let mut block = [b' '; LOOK];
                block[place] = byte;
                let marks = |is: bool| u64::from(is) << place;
                let expected = (byte != b'\\').then(|| Signs {
                    quotes: marks(byte == b'"'),
                    opening: marks(matches!(byte, b'{' | b'[')),
                    closing: marks(matches!(byte, b'}' | b']')),
                    heads: 0,
                });
                let heads = Heads::default();
                let found =
                    dispatch!(Level::new(), simd => Signs::of(simd, &block, heads.tables(simd)));
                assert_eq!(found, expected, "{byte} at {place}");
            }
        }
    }

    proptest! {
        #[test]
        fn every_text_that_is_searched_for_is_found_wherever_it_begins(
            texts in prop::collection::vec("[ -~é]{1,9}", 1..40),
            others in "[ -~é]{64,70}",
            place in 0..BLOCK,
        ) {
            let heads = Heads::of(texts.iter().map(String::as_str));
            for text in &texts {
                let mut block = [b' '; LOOK];
                block.copy_from_slice(&others.as_bytes()[..LOOK.min(others.len())].repeat(2)[..LOOK]);
                for (byte, letter) in block[place + 1..].iter_mut().zip(text.bytes()) {
                    *byte = letter;
                }
                let found = dispatch!(Level::new(), simd => heads.tables(simd).find(simd, &block));
                prop_assert!(found.unwrap() >> place & 1 == 1, "{text}");
            }
        }
    }

    #[test]
    fn few_others_are_found() {
        let heads = Heads::of(["eventTime\"", "CreateTrail\"", "StopLogging\"", "Root\""]);
        for (text, is_found) in [
            ("eventTime\"", true),
            ("Root\"", true),
            ("Rooster", true),
            ("eventName\"", false),
            ("EventTime", false),
            ("CreateTrai", true),
            ("CreatTrail", false),
            ("StopInstances", false),
        ] {
            let mut block = [b' '; LOOK];
            for (byte, letter) in block[1..].iter_mut().zip(text.bytes()) {
                *byte = letter;
            }
            let found = dispatch!(Level::new(), simd => heads.tables(simd).find(simd, &block));
            assert_eq!(found.unwrap() & 1 == 1, is_found, "{text}");
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
