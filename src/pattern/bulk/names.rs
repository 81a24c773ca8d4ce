//! Names and texts that many a name or text of an event is compared with.

use super::facts::Facts;

/// Names and what each stands for, found by their lengths first, which mostly tells them apart without looking at them.
#[derive(Debug, Clone)]
pub(super) struct Names<Value> {
    entries: Vec<(Box<str>, Value)>,
    /// For each length the bounds of the entries that have it.
    lengths: Vec<(usize, usize)>,
}

impl<Value> Default for Names<Value> {
    fn default() -> Self {
        Self {
            entries: Vec::new(),
            lengths: Vec::new(),
        }
    }
}

impl<Value: Ord + Copy> Names<Value> {
    /// Adds an entry, which is not found before all are sorted.
    pub(super) fn push(&mut self, entry: (Box<str>, Value)) {
        self.entries.push(entry);
    }

    /// Sorts the entries, so that they are found.
    pub(super) fn sort(&mut self) {
        let Self { entries, lengths } = self;
        entries.sort_by(|(left, first), (right, second)| {
            let by_length = left.len().cmp(&right.len());
            by_length.then_with(|| (left, first).cmp(&(right, second)))
        });
        entries.dedup();
        let longest = entries.last().map_or(0, |(name, _)| name.len());
        let until = |length: usize| entries.partition_point(|(name, _)| name.len() < length);
        *lengths = (0..=longest)
            .map(|length| (until(length), until(length + 1)))
            .collect();
    }

    pub(super) fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    #[inline]
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns the places of the entries with a name.
    #[inline]
    pub(super) fn places(&self, name: &[u8]) -> impl Iterator<Item = usize> {
        let (start, end) = self.lengths.get(name.len()).copied().unwrap_or_default();
        let alike = self.entries.get(start..end).unwrap_or_default();
        let first = name.first();
        let equal = alike.iter().enumerate().filter(move |(_, (known, _))| {
            // Most names of the same length differ in their first letter, which is cheaper to see.
            let known = known.as_bytes();
            known.first() == first && known == name
        });
        equal.map(move |(place, _)| start + place)
    }

    #[inline]
    pub(super) fn value(&self, place: usize) -> Option<Value> {
        self.entries.get(place).map(|(_, value)| *value)
    }
}

impl Names<usize> {
    /// Establishes the facts of all entries that are the text.
    #[inline]
    pub(super) fn establish(&self, text: &str, facts: &mut Facts) {
        for place in self.places(text.as_bytes()) {
            if let Some(fact) = self.value(place) {
                facts.set(fact);
            }
        }
    }
}
