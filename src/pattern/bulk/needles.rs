//! Texts without which no pattern can match, found by their first letters.
//!
//! What is found is that one *may* match: the text stands between quotes, wherever that is.

#![expect(
    clippy::inline_always,
    reason = "only what is inlined is compiled for what the processor can do"
)]

use super::block::Heads;
use super::facts::FactSet;
use super::states::Check;
use crate::pattern::ast::{Step, Value};
use crate::pattern::wildcard;

/// The first letters by which a text is found.
const HEAD: usize = 4;

/// The first letters by which texts are told apart that begin alike.
const START: usize = 8;

/// The number of hashes that first letters have, a power of two.
const HASHES: usize = 4096;

/// Texts that are searched for.
#[derive(Debug, Clone)]
pub(super) struct Needles {
    /// For each hash of first letters the number of the first text that begins with such, counted from 1; 0 when there is none.
    firsts: Box<[u16; HASHES]>,
    /// By the hashes of their first letters.
    texts: Vec<Needle>,
    /// How they begin.
    heads: Heads,
}

/// A text and what it means that it is there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Needle {
    hash: usize,
    /// The first eight bytes, as many as there are.
    start: u64,
    /// The bits of these bytes.
    mask: u64,
    text: Box<str>,
    meaning: Meaning,
}

/// What it means that a text is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Meaning {
    /// A fact may hold.
    Fact(usize),
    /// Perhaps it is the name of the member whose text is noted.
    Name,
}

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Finding {
    /// A pattern may match.
    Match,
    /// Perhaps the name, so many bytes long, of the member whose text is noted.
    Name(usize),
}

/// Collects texts.
#[derive(Debug, Default)]
pub(super) struct Collector {
    texts: Vec<Needle>,
    /// Facts that may hold whatever texts there are.
    always: Vec<usize>,
}

impl Collector {
    /// Searches for what must be there for a fact to hold: that the value at the end of some steps passes a check.
    pub(super) fn fact(&mut self, steps: &[Step], check: &Check, fact: usize) {
        let needle = value_text(check).or_else(|| name_text(steps));
        match needle.and_then(|text| Needle::new(text, Meaning::Fact(fact))) {
            Some(needle) => self.texts.push(needle),
            None => self.always.push(fact),
        }
    }

    /// Returns what finds the member whose text is noted, and those of the facts without which no pattern matches; nothing when they
    /// cannot all be searched for.
    pub(super) fn finish(mut self, name: &str, needs: &FactSet) -> Option<Needles> {
        if self.always.iter().any(|fact| needs.contains(*fact)) {
            return None;
        }
        self.texts.retain(|needle| match needle.meaning {
            Meaning::Fact(fact) => needs.contains(fact),
            Meaning::Name => true,
        });
        let name = Needle::new(format!("{name}\""), Meaning::Name)?;
        self.texts.push(name);
        self.texts.sort();
        let mut firsts = Box::new([0; HASHES]);
        for (needle, number) in self.texts.iter().zip(1_usize..) {
            let first = firsts.get_mut(needle.hash)?;
            if *first == 0 {
                *first = u16::try_from(number).ok()?;
            }
        }
        let texts = self.texts.iter().map(|needle| &*needle.text);
        Some(Needles {
            firsts,
            heads: Heads::of(texts),
            texts: self.texts,
        })
    }
}

impl Needle {
    /// Returns nothing for a text that a log could spell otherwise, or that is too short to be searched for.
    fn new(text: String, meaning: Meaning) -> Option<Self> {
        let (plain, end) = text.split_at_checked(text.len().checked_sub(1)?)?;
        let is_plain = |text: &str| {
            !text.contains(|letter: char| matches!(letter, '"' | '\\') || letter.is_control())
        };
        if !is_plain(plain) || !(end == "\"" || is_plain(end)) {
            return None;
        }
        let bytes = text.as_bytes();
        let missing = START.saturating_sub(bytes.len());
        Some(Self {
            hash: hash(*bytes.first_chunk()?),
            start: start(bytes),
            mask: u64::MAX >> (missing * 8),
            text: text.into(),
            meaning,
        })
    }
}

/// Returns how the texts begin that pass a check, with the closing quote if that is all of them; nothing when other values pass, too, or
/// so little of them is known that it is no use to search for it.
pub(super) fn value_text(check: &Check) -> Option<String> {
    let Check::Equals(Value::Text(text)) = check else {
        return None;
    };
    // A number without quotes passes for its digits, and one that is too large for its name.
    let is_digits = text.starts_with(|letter: char| letter.is_ascii_digit() || letter == '-');
    if is_digits || wildcard::covers(text, "Infinity") {
        return None;
    }
    match text.split_once('*') {
        None => Some(format!("{text}\"")),
        Some((start, _)) if start.len() >= HEAD => Some(start.to_owned()),
        Some(_) => None,
    }
}

/// Returns the last name on the way along some steps, with the closing quote.
fn name_text(steps: &[Step]) -> Option<String> {
    steps.iter().rev().find_map(|step| match step {
        Step::Member(name) => Some(format!("{name}\"")),
        Step::Index(_) | Step::Each => None,
    })
}

#[inline(always)]
fn hash(head: [u8; HEAD]) -> usize {
    let hash = u32::from_le_bytes(head).wrapping_mul(0x9e37_79b1) >> (u32::BITS - HASHES.ilog2());
    usize::try_from(hash).unwrap_or_default()
}

/// Returns the first eight bytes of a text, or as many as there are, the first one lowest.
#[inline(always)]
fn start(text: &[u8]) -> u64 {
    if let Some(bytes) = text.first_chunk::<START>() {
        return u64::from_le_bytes(*bytes);
    }
    let bytes = text.iter().rev();
    bytes.fold(0, |start, byte| start << 8 | u64::from(*byte))
}

impl Needles {
    /// Returns how the texts begin.
    #[inline(always)]
    pub(super) fn heads(&self) -> &Heads {
        &self.heads
    }

    /// Returns the number of the first text that may begin with some letters; 0 when none does.
    #[inline(always)]
    pub(super) fn first(&self, head: [u8; HEAD]) -> u16 {
        self.firsts.get(hash(head)).copied().unwrap_or_default()
    }

    /// Returns what is found in the text that begins behind a quote, given the number of the first text that it may be.
    pub(super) fn find(&self, first: u16, rest: &[u8]) -> Option<Finding> {
        let alike = self.texts.get(usize::from(first).checked_sub(1)?..)?;
        let hash = alike.first()?.hash;
        let begin = start(rest);
        let mut alike = alike.iter().take_while(|needle| needle.hash == hash);
        let found = alike.find(|needle| {
            begin & needle.mask == needle.start && rest.starts_with(needle.text.as_bytes())
        })?;
        // What else is there begins the name, or is the same, and comes before it.
        match found.meaning {
            Meaning::Fact(_) => Some(Finding::Match),
            Meaning::Name => Some(Finding::Name(found.text.len() - 1)),
        }
    }
}
