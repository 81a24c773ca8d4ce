//! A record in which no pattern can match, passed over.
//!
//! Only its braces and quotes are seen, and the texts without which no pattern matches; so a record that is no JSON may be passed over
//! as well. Whatever is out of the ordinary is left to who reads every letter.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined is compiled for what the processor can do"
)]

use std::ops::Range;

use fearless_simd::{Level, Simd, dispatch};

use super::block::{self, BLOCK, Signs};
use super::facts::Facts;
use super::needles::{HEAD, Named, Needles};
use crate::pattern::event::MAXIMUM_DEPTH;

/// Passes over the object that begins at a place. Establishes which facts may hold of it, and notes what is to be noted.
///
/// Returns where it ends; nothing when it has to be read, or when the text ends within it.
pub(super) fn skim(
    level: Level,
    bytes: &[u8],
    start: usize,
    (needles, facts): (&Needles, &mut Facts),
) -> Option<usize> {
    dispatch!(level, simd => skim_with(simd, bytes, start, (needles, facts)))
}

#[inline(always)]
fn skim_with<S: Simd>(
    simd: S,
    bytes: &[u8],
    start: usize,
    (needles, facts): (&Needles, &mut Facts),
) -> Option<usize> {
    if bytes.get(start) != Some(&b'{') {
        return None;
    }
    needles.begin(facts);
    let mut skim = Skim {
        bytes,
        block: start,
        depth: 0,
        needles,
        facts,
    };
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
        let signs = Signs::of(simd, block.first_chunk()?)?;
        let texts = block::texts(signs.quotes) ^ inside;
        inside = 0_u64.wrapping_sub(texts >> 63);
        let braces = signs.braces & !texts;
        let end = skim.braces(braces)?;
        // What follows the end belongs to another record.
        let before = end.wrapping_sub(1);
        let opening = signs.quotes & texts & before;
        skim.texts(block, (opening, braces & (before << 1 | 1)))?;
        if end != 0 {
            return Some(skim.block + block::first(end) + 1);
        }
        skim.block += BLOCK;
    }
}

/// The bytes of a block, and those behind it that its last text may begin with.
const LOOK: usize = BLOCK + HEAD;

/// Fills up what is left of a text with blanks; returns nothing when that is nothing.
#[cold]
fn fill(rest: &[u8]) -> Option<[u8; LOOK]> {
    let mut block = [b' '; LOOK];
    block.get_mut(..rest.len())?.copy_from_slice(rest);
    (!rest.is_empty()).then_some(block)
}

/// What passes over a record.
struct Skim<'skim> {
    bytes: &'skim [u8],
    /// Where the block begins.
    block: usize,
    /// How many objects and lists are open before the block, or behind it when its braces are read.
    depth: usize,
    needles: &'skim Needles,
    facts: &'skim mut Facts,
}

impl Skim<'_> {
    /// Reads the braces of a block. Returns the one that ends the record, if it does not end later, and nothing at all when the record
    /// has to be read.
    #[inline(always)]
    fn braces(&mut self, mut braces: u64) -> Option<u64> {
        while braces != 0 {
            let brace = braces & braces.wrapping_neg();
            braces ^= brace;
            if is_opening(*self.bytes.get(self.block + block::first(brace))?) {
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

    /// Looks at the texts of a block, given their opening quotes, and the braces in it.
    #[inline(always)]
    fn texts(&mut self, block: &[u8; LOOK], (mut texts, braces): (u64, u64)) -> Option<()> {
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

    /// Looks at the text behind a quote in the block, given the number of the first needle that it may be.
    fn text(&mut self, place: usize, first: u16, braces: u64) -> Option<()> {
        let start = self.block + place + 1;
        let rest = self.bytes.get(start..)?;
        if let Some(named) = self.needles.find(first, rest, self.facts)
            && self.depth_before(braces >> place << place) == 1
        {
            self.note(named, start)?;
        }
        Some(())
    }

    /// Returns how many objects and lists were open before some braces that were read last.
    fn depth_before(&self, mut braces: u64) -> usize {
        let (mut opened, mut closed) = (0, 0);
        while braces != 0 {
            match self.bytes.get(self.block + block::first(braces)) {
                Some(brace) if is_opening(*brace) => opened += 1,
                Some(_) | None => closed += 1,
            }
            braces &= braces - 1;
        }
        (self.depth + closed).saturating_sub(opened)
    }

    /// Notes the text of a member whose name begins at a place. Returns nothing when it is no text, or is noted already.
    fn note(&mut self, named: Named, start: usize) -> Option<()> {
        let name_end = start + named.length;
        let rest = self.bytes.get(name_end..)?.strip_prefix(b"\":\"")?;
        let length = memchr::memchr(b'"', rest)?;
        let start = name_end + 3;
        let place: Range<usize> = start..start + length;
        self.facts.note_once(named.note, place)
    }
}

/// Tells whether a brace or bracket opens.
#[inline(always)]
fn is_opening(brace: u8) -> bool {
    brace & 2 != 0
}
