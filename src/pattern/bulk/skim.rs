//! A record in which no pattern can match, passed over.
//!
//! Only its braces and quotes are seen, and whether it has a text without which no pattern matches; so a record that is no JSON may be
//! passed over as well. One that has such a text, or is out of the ordinary, is left to who reads every letter.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined is compiled for what the processor can do"
)]

use std::ops::Range;

use fearless_simd::{Level, Simd, dispatch};

use super::block::{self, BLOCK, LOOK, Signs};
use super::needles::{Finding, Needles};
use crate::pattern::event::MAXIMUM_DEPTH;

/// Passes over the object that begins at a place.
///
/// Returns where it ends, and where the text is that is noted; nothing when it has to be read, or when the text ends within it.
pub(super) fn skim(
    level: Level,
    bytes: &[u8],
    start: usize,
    needles: &Needles,
) -> Option<(usize, Range<usize>)> {
    dispatch!(level, simd => skim_with(simd, bytes, start, needles))
}

#[inline(always)]
fn skim_with<S: Simd>(
    simd: S,
    bytes: &[u8],
    start: usize,
    needles: &Needles,
) -> Option<(usize, Range<usize>)> {
    if bytes.get(start) != Some(&b'{') {
        return None;
    }
    let mut skim = Skim {
        bytes,
        block: start,
        depth: 0,
        needles,
        noted: None,
    };
    let heads = needles.heads().tables(simd);
    let mut inside = 0;
    loop {
        let rest = bytes.get(skim.block..)?;
        let filled;
        let block = if let Some(block) = rest.first_chunk::<LOOK>() {
            block
        } else {
            filled = fill(rest)?;
            &filled
        };
        let signs = Signs::of(simd, block, heads)?;
        let texts = block::texts(signs.quotes) ^ inside;
        inside = 0_u64.wrapping_sub(texts >> 63);
        let braces = Nesting {
            opening: signs.opening & !texts,
            closing: signs.closing & !texts,
        };
        let end = skim.braces(braces)?;
        // What follows the end belongs to another record.
        let before = end.wrapping_sub(1);
        let beginning = signs.quotes & texts & signs.heads & before;
        skim.texts(block, (beginning, braces.among(before << 1 | 1)))?;
        if end != 0 {
            let end = skim.block + block::first(end) + 1;
            return skim.noted.map(|noted| (end, noted));
        }
        skim.block += BLOCK;
    }
}

/// Fills up what is left of a text with blanks; returns nothing when that is nothing.
#[cold]
fn fill(rest: &[u8]) -> Option<[u8; LOOK]> {
    let mut block = [b' '; LOOK];
    block.get_mut(..rest.len())?.copy_from_slice(rest);
    (!rest.is_empty()).then_some(block)
}

/// The braces and brackets of a block that are not in texts.
#[derive(Debug, Clone, Copy)]
struct Nesting {
    opening: u64,
    closing: u64,
}

impl Nesting {
    /// Returns those in some places.
    #[inline(always)]
    fn among(self, places: u64) -> Self {
        Self {
            opening: self.opening & places,
            closing: self.closing & places,
        }
    }

    /// Returns how many open and how many close.
    #[inline(always)]
    fn counts(self) -> (usize, usize) {
        let count = |places: u64| usize::try_from(places.count_ones()).unwrap_or_default();
        (count(self.opening), count(self.closing))
    }
}

/// What passes over a record.
struct Skim<'skim> {
    bytes: &'skim [u8],
    /// Where the block begins.
    block: usize,
    /// How many objects and lists are open before the block, or behind it when its braces are read.
    depth: usize,
    needles: &'skim Needles,
    noted: Option<Range<usize>>,
}

impl Skim<'_> {
    /// Reads the braces of a block. Returns the one that ends the record, if it does not end later, and nothing at all when the record
    /// has to be read.
    #[inline(always)]
    fn braces(&mut self, braces: Nesting) -> Option<u64> {
        let (opened, closed) = braces.counts();
        // Mostly it is clear at once that the record neither ends here nor is too deep.
        if closed < self.depth && self.depth + opened <= MAXIMUM_DEPTH {
            self.depth = self.depth + opened - closed;
            return Some(0);
        }
        self.one_by_one(braces)
    }

    fn one_by_one(&mut self, Nesting { opening, closing }: Nesting) -> Option<u64> {
        let mut braces = opening | closing;
        while braces != 0 {
            let brace = braces & braces.wrapping_neg();
            braces ^= brace;
            if brace & opening != 0 {
                self.depth += 1;
                if self.depth > MAXIMUM_DEPTH {
                    return None;
                }
            } else {
                self.depth -= 1;
                if self.depth == 0 {
                    return Some(brace);
                }
            }
        }
        Some(0)
    }

    /// Looks at the texts of a block, given the quotes that they begin with, and the braces in it.
    #[inline(always)]
    fn texts(&mut self, block: &[u8; LOOK], (mut texts, braces): (u64, Nesting)) -> Option<()> {
        while texts != 0 {
            let place = block::first(texts) % BLOCK;
            texts &= texts - 1;
            let head = block.get(place + 1..).and_then(|rest| rest.first_chunk());
            let first = self.needles.first(*head?);
            if first != 0 {
                self.text(place, first, braces)?;
            }
        }
        Some(())
    }

    /// Looks at the text behind a quote in the block, given the number of the first needle that it may be. Returns nothing when the
    /// record has to be read.
    fn text(&mut self, place: usize, first: u16, braces: Nesting) -> Option<()> {
        let start = self.block + place + 1;
        let rest = self.bytes.get(start..)?;
        match self.needles.find(first, rest) {
            Some(Finding::Match) => None,
            Some(Finding::Name(length)) => {
                let is_member = self.depth_before(braces.among(u64::MAX << place)) == 1;
                if is_member {
                    self.note(start + length)
                } else {
                    Some(())
                }
            }
            None => Some(()),
        }
    }

    /// Returns how many objects and lists were open before some braces that were read last.
    fn depth_before(&self, braces: Nesting) -> usize {
        let (opened, closed) = braces.counts();
        (self.depth + closed).saturating_sub(opened)
    }

    /// Notes the text of a member whose name ends at a place. Returns nothing when it is no text, or is noted already.
    fn note(&mut self, name_end: usize) -> Option<()> {
        let rest = self.bytes.get(name_end..)?.strip_prefix(b"\":\"")?;
        let length = memchr::memchr(b'"', rest)?;
        let start = name_end + 3;
        let noted = self.noted.replace(start..start + length);
        noted.is_none().then_some(())
    }
}
