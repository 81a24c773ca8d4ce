//! The search through combinations of states of automata.
//!
//! A guard walks along and settles what is no matter of the conditions themselves: which texts are out of the question.

use std::cmp::Reverse;
use std::collections::{BTreeSet, BinaryHeap};
use std::fmt::Debug;
use std::rc::Rc;

use regex_automata::hybrid::LazyStateID;

use super::UndecidedReason;
use super::language::{Languages, Outlook};

/// What decides byte by byte which texts may be found at all.
pub(super) trait Guard {
    /// How much of the text read so far matters.
    type State: Clone + Ord + Debug;

    /// Returns the state before the first byte.
    fn start(&self) -> Self::State;
    /// Returns the state behind one more byte, or nothing when no text may go on like this.
    fn step(&self, state: &Self::State, byte: u8) -> Option<Self::State>;
    /// Tells whether a text may end here.
    fn accepts(&self, state: &Self::State) -> bool;
    /// Returns the bytes that the guard tells from all others.
    fn distinguished(&self) -> BTreeSet<u8>;
}

/// Lets every text pass, except these.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnyTextBut<'formula>(pub(super) &'formula BTreeSet<&'formula str>);

impl Guard for AnyTextBut<'_> {
    /// What was read, as long as an excluded text starts with it.
    type State = Option<Rc<[u8]>>;

    fn start(&self) -> Self::State {
        Some(Rc::from([]))
    }

    fn step(&self, state: &Self::State, byte: u8) -> Option<Self::State> {
        let read = state
            .as_ref()
            .map(|read| read.iter().copied().chain([byte]).collect::<Rc<[u8]>>());
        Some(read.filter(|read| self.0.iter().any(|text| text.as_bytes().starts_with(read))))
    }

    fn accepts(&self, state: &Self::State) -> bool {
        !state
            .as_ref()
            .is_some_and(|read| self.0.iter().any(|text| *text.as_bytes() == **read))
    }

    fn distinguished(&self) -> BTreeSet<u8> {
        self.0.iter().flat_map(|text| text.bytes()).collect()
    }
}

/// Which combination of states is looked at next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// The one with the shortest text.
    Shortest,
    /// The one that leaves the fewest conditions open, and of those the one with the shortest text.
    Greedy,
    /// The one that leaves the fewest conditions open, and of those the one with the longest text.
    Deep,
}

/// A combination of states, and how it was reached.
#[derive(Debug)]
struct Visit<S> {
    states: Rc<[LazyStateID]>,
    guard: S,
    length: usize,
    from: Option<(usize, u8)>,
}

/// One search.
#[derive(Debug)]
pub(super) struct Search<'search, G: Guard> {
    languages: &'search mut Languages,
    /// Automata, and whether each is to accept.
    goals: &'search [(usize, bool)],
    guard: &'search G,
    order: Order,
    visits: Vec<Visit<G::State>>,
    seen: BTreeSet<(Rc<[LazyStateID]>, G::State)>,
    queue: BinaryHeap<Reverse<(usize, usize, usize)>>,
}

impl<'search, G: Guard> Search<'search, G> {
    pub(super) fn new(
        languages: &'search mut Languages,
        goals: &'search [(usize, bool)],
        guard: &'search G,
        order: Order,
    ) -> Self {
        Self {
            languages,
            goals,
            guard,
            order,
            visits: Vec::new(),
            seen: BTreeSet::new(),
            queue: BinaryHeap::new(),
        }
    }

    /// Searches until a text is found or nothing is left.
    pub(super) fn run(mut self) -> Result<Option<Vec<u8>>, UndecidedReason> {
        let alphabet = self.alphabet();
        let states: Result<Rc<[LazyStateID]>, UndecidedReason> = self
            .goals
            .iter()
            .map(|(automaton, _)| self.languages.start(*automaton))
            .collect();
        self.visit(Visit {
            states: states?,
            guard: self.guard.start(),
            length: 0,
            from: None,
        })?;
        while let Some(Reverse((_, _, position))) = self.queue.pop() {
            if self.is_goal(position)? {
                return Ok(Some(self.read_back(position)));
            }
            for byte in &alphabet {
                if let Some(next) = self.follow(position, *byte)? {
                    self.visit(next)?;
                }
            }
        }
        Ok(None)
    }

    /// Reads one more byte; nothing when what is to hold no longer can.
    fn follow(
        &mut self,
        position: usize,
        byte: u8,
    ) -> Result<Option<Visit<G::State>>, UndecidedReason> {
        let Some(visit) = self.visits.get(position) else {
            return Ok(None);
        };
        let Some(guard) = self.guard.step(&visit.guard, byte) else {
            return Ok(None);
        };
        let mut states = Vec::with_capacity(visit.states.len());
        for ((automaton, wished), state) in self.goals.iter().zip(visit.states.iter()) {
            let (next, outlook) = self.languages.step(*automaton, *state, byte)?;
            let hopeless = if *wished {
                Outlook::Never
            } else {
                Outlook::Always
            };
            if outlook == hopeless {
                return Ok(None);
            }
            states.push(next);
        }
        Ok(Some(Visit {
            states: states.into(),
            guard,
            length: visit.length + 1,
            from: Some((position, byte)),
        }))
    }

    fn visit(&mut self, visit: Visit<G::State>) -> Result<(), UndecidedReason> {
        if !self
            .seen
            .insert((Rc::clone(&visit.states), visit.guard.clone()))
        {
            return Ok(());
        }
        self.languages.count_combination();
        let urgency = match self.order {
            Order::Shortest => (0, visit.length),
            Order::Greedy => (self.open(&visit.states)?, visit.length),
            Order::Deep => (self.open(&visit.states)?, usize::MAX - visit.length),
        };
        self.queue
            .push(Reverse((urgency.0, urgency.1, self.visits.len())));
        self.visits.push(visit);
        Ok(())
    }

    /// Counts the goals that a text which ends here misses.
    fn open(&mut self, states: &[LazyStateID]) -> Result<usize, UndecidedReason> {
        let mut count = 0;
        for ((automaton, wished), state) in self.goals.iter().zip(states) {
            count += usize::from(self.languages.accepts(*automaton, *state)? != *wished);
        }
        Ok(count)
    }

    fn is_goal(&mut self, position: usize) -> Result<bool, UndecidedReason> {
        let Some(visit) = self
            .visits
            .get(position)
            .filter(|visit| self.guard.accepts(&visit.guard))
        else {
            return Ok(false);
        };
        let states = Rc::clone(&visit.states);
        Ok(self.open(&states)? == 0)
    }

    fn read_back(&self, position: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut from = self.visits.get(position).and_then(|visit| visit.from);
        while let Some((earlier, byte)) = from {
            bytes.push(byte);
            from = self.visits.get(earlier).and_then(|visit| visit.from);
        }
        bytes.reverse();
        bytes
    }

    /// Returns one byte for each group of bytes that nothing here tells apart: the most readable of each and readable ones first, but
    /// in a deep search large groups first, as most conditions only ask for some rare byte.
    fn alphabet(&self) -> Vec<u8> {
        let mut groups: Vec<Vec<u8>> = vec![readable_bytes().collect()];
        for byte in self.guard.distinguished() {
            groups = split(groups, |other| u8::from(other == byte));
        }
        for (automaton, _) in self.goals {
            groups = split(groups, |byte| self.languages.class(*automaton, byte));
        }
        if self.order == Order::Deep {
            groups.sort_by_key(|group| Reverse(group.len()));
        }
        groups
            .iter()
            .filter_map(|group| group.first().copied())
            .collect()
    }
}

/// Splits groups by the class of their members; groups and members stay in the order of their first appearance.
fn split(groups: Vec<Vec<u8>>, class: impl Fn(u8) -> u8) -> Vec<Vec<u8>> {
    let mut finer: Vec<Vec<u8>> = Vec::new();
    for group in groups {
        let mut parts: Vec<(u8, Vec<u8>)> = Vec::new();
        for byte in group {
            let class = class(byte);
            match parts.iter_mut().find(|(other, _)| *other == class) {
                Some((_, part)) => part.push(byte),
                None => parts.push((class, vec![byte])),
            }
        }
        finer.extend(parts.into_iter().map(|(_, part)| part));
    }
    finer
}

fn readable_bytes() -> impl Iterator<Item = u8> {
    let letters = (b'a'..=b'z').chain(b'A'..=b'Z').chain(b'0'..=b'9');
    let others = (0x21..=0x7e)
        .chain([0x20])
        .filter(|byte: &u8| !byte.is_ascii_alphanumeric());
    let rest = (0x00..=0x1f).chain(0x7f..=0xff);
    letters.chain(others).chain(rest)
}
