//! What is known to hold of the event that is being read.

use std::mem;
use std::ops::Range;

/// Facts by their numbers, each a bit.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FactSet {
    words: Vec<u64>,
}

impl FactSet {
    /// Returns the set of some facts.
    pub(super) fn of(facts: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::default();
        for fact in facts {
            let least = fact / 64 + 1;
            if set.words.len() < least {
                set.words.resize(least, 0);
            }
            set.insert(fact);
        }
        set
    }

    /// Returns the facts that are in one of two sets or in both.
    pub(super) fn with(&self, other: &Self) -> Self {
        let (longer, shorter) = if self.words.len() < other.words.len() {
            (other, self)
        } else {
            (self, other)
        };
        let mut words = longer.words.clone();
        for (word, more) in words.iter_mut().zip(&shorter.words) {
            *word |= more;
        }
        Self { words }
    }

    /// Puts a fact into the set, which has room for it.
    #[inline]
    fn insert(&mut self, fact: usize) {
        if let Some(word) = self.words.get_mut(fact / 64) {
            *word |= 1 << (fact % 64);
        }
    }

    #[inline]
    pub(super) fn contains(&self, fact: usize) -> bool {
        let word = self.words.get(fact / 64).copied().unwrap_or_default();
        word >> (fact % 64) & 1 == 1
    }

    #[inline]
    fn meets(&self, other: &Self) -> bool {
        let mut pairs = self.words.iter().zip(&other.words);
        pairs.any(|(left, right)| left & right != 0)
    }
}

/// Where in a text the noted texts are.
pub(super) type Notes = Vec<Option<Range<usize>>>;

/// What is known to hold of the event that is being read.
#[derive(Debug, Clone, Default)]
pub(super) struct Facts {
    set: FactSet,
    notes: Notes,
}

impl Facts {
    /// Returns no facts, with room for so many and for so many notes.
    pub(super) fn new(count: usize, notes: usize) -> Self {
        let words = vec![0; count.div_ceil(64)];
        Self {
            set: FactSet { words },
            notes: vec![None; notes],
        }
    }

    pub(super) fn clear(&mut self) {
        self.set.words.fill(0);
        self.notes.fill(None);
    }

    #[inline]
    pub(super) fn note(&mut self, note: usize, place: Range<usize>) {
        if let Some(known) = self.notes.get_mut(note) {
            *known = Some(place);
        }
    }

    /// Exchanges what was noted for other notes.
    pub(super) fn swap_notes(&mut self, notes: &mut Notes) {
        mem::swap(&mut self.notes, notes);
    }

    #[inline]
    pub(super) fn set(&mut self, fact: usize) {
        self.set.insert(fact);
    }

    #[inline]
    pub(super) fn holds(&self, fact: usize) -> bool {
        self.set.contains(fact)
    }

    /// Tells whether any of some facts holds.
    #[inline]
    pub(super) fn any(&self, of: &FactSet) -> bool {
        self.set.meets(of)
    }
}
