//! One pass over the text of a JSON event.
//!
//! Exactly the texts that `serde_json` reads are accepted, so that this reader and the reference evaluator agree on what is an event.

use std::collections::BTreeSet;
use std::ops::Range;

use super::facts::Facts;
use super::reader::Reader;
use super::states::{Check, State, StateId, States};
use crate::pattern::event::MAXIMUM_DEPTH;

/// What a text turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scanned {
    /// One JSON object; the facts about it are established.
    Object,
    /// One JSON object, of which a property that matters is named twice.
    Ambiguous,
    /// Anything else.
    Other,
}

/// What follows in a text that holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A record, at this byte.
    Record(usize),
    /// Nothing more; what held the records ends before this byte.
    End(usize),
}

/// What holds records.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Frame {
    /// A log file, an object with a list `Records`.
    LogFile,
    /// A bare list.
    List,
}

/// A reader in the middle of a text. Its methods return nothing when the text is no JSON.
#[derive(Debug)]
pub(super) struct Scan<'scan> {
    reader: Reader<'scan>,
    states: &'scan States,
    facts: &'scan mut Facts,
    scratch: &'scan mut String,
    ambiguous: bool,
}

impl<'scan> Scan<'scan> {
    pub(super) fn new(
        text: &'scan str,
        position: usize,
        states: &'scan States,
        facts: &'scan mut Facts,
        scratch: &'scan mut String,
    ) -> Self {
        Self {
            reader: Reader::new(text, position),
            states,
            facts,
            scratch,
            ambiguous: false,
        }
    }

    /// Reads a whole message.
    pub(super) fn message(mut self) -> Scanned {
        if self.reader.peek() != Some(b'{') {
            return Scanned::Other;
        }
        match self.value(Some(0), 0) {
            Some(()) if self.reader.peek().is_none() => self.scanned(),
            Some(()) | None => Scanned::Other,
        }
    }

    fn scanned(&self) -> Scanned {
        if self.ambiguous {
            Scanned::Ambiguous
        } else {
            Scanned::Object
        }
    }

    /// Reads up to the first record of a log file, or to its end when there are none.
    pub(super) fn open_records(mut self) -> Option<Next> {
        self.reader.expect(b'{')?;
        loop {
            let key = self.reader.key()?;
            let name = self.reader.content(key, self.scratch);
            if name == "Records" {
                self.reader.expect(b'[')?;
                if self.reader.accept(b']')? {
                    return self.close_file();
                }
                return Some(Next::Record(self.reader.position));
            }
            self.reader.skip(1)?;
            self.reader.expect(b',')?;
        }
    }

    /// Reads one record: what it is, and where. Its nesting counts from the record on.
    pub(super) fn record(mut self) -> Option<(Scanned, Range<usize>)> {
        let object = self.reader.peek()? == b'{';
        let start = self.reader.position;
        if self.value(object.then_some(0), 0).is_some() {
            let scanned = if object {
                self.scanned()
            } else {
                Scanned::Other
            };
            return Some((scanned, start..self.reader.position));
        }
        // The record may be JSON that nests too deep for an event.
        self.reader.position = start;
        self.reader.skip_any_depth()?;
        Some((Scanned::Other, start..self.reader.position))
    }

    /// Reads on behind a record, to the next one or to the end of what holds them.
    pub(super) fn next_record(mut self, frame: Frame) -> Option<Next> {
        if self.reader.another(b']')? {
            self.reader.peek()?;
            return Some(Next::Record(self.reader.position));
        }
        match frame {
            Frame::LogFile => self.close_file(),
            Frame::List => Some(Next::End(self.reader.position)),
        }
    }

    /// Reads the members behind the records, and the end.
    fn close_file(&mut self) -> Option<Next> {
        while self.reader.another(b'}')? {
            self.reader.key()?;
            self.reader.skip(1)?;
        }
        Some(Next::End(self.reader.position))
    }

    /// Reads a value inside `depth` containers, for the facts of a state.
    fn value(&mut self, state: Option<StateId>, depth: usize) -> Option<()> {
        let Some(state) = state.and_then(|id| self.states.get(id)) else {
            return self.reader.skip(depth);
        };
        match self.reader.peek()? {
            b'"' => {
                let raw = self.reader.string()?;
                let text = self.reader.content(raw, self.scratch);
                state.checks.text(text, self.facts);
                if let Some(note) = state.note {
                    self.facts.note(note, raw.place());
                }
            }
            b'{' if state.has_children() => {
                state.checks.establish(&Check::Present, self.facts);
                self.object(state, depth + 1)?;
            }
            b'[' if state.has_children() => {
                state.checks.establish(&Check::Present, self.facts);
                self.list(state, depth + 1)?;
            }
            b'{' | b'[' => {
                state.checks.establish(&Check::Present, self.facts);
                self.reader.skip(depth)?;
            }
            first => self.reader.scalar(first, &state.checks, self.facts)?,
        }
        Some(())
    }

    fn object(&mut self, state: &State, depth: usize) -> Option<()> {
        self.open(depth)?;
        let mut seen = Seen::default();
        if self.reader.accept(b'}')? {
            return Some(());
        }
        loop {
            let key = self.reader.key()?;
            let name = self.reader.content(key, self.scratch);
            let known = state.member(name.as_bytes());
            self.ambiguous |= seen.is_repeated(known, name, state);
            let target = known.map_or(state.others, |position| state.member_target(position));
            self.value(target, depth)?;
            if !self.reader.another(b'}')? {
                return Some(());
            }
        }
    }

    fn list(&mut self, state: &State, depth: usize) -> Option<()> {
        self.open(depth)?;
        if self.reader.accept(b']')? {
            return Some(());
        }
        let mut index = 0_u32;
        loop {
            if self.reader.peek()? == b'n' {
                state.checks.establish(&Check::NullElement, self.facts);
            }
            self.value(state.element(index), depth)?;
            index = index.saturating_add(1);
            if !self.reader.another(b']')? {
                return Some(());
            }
        }
    }

    /// Reads an opening brace or bracket that makes the nesting this deep.
    fn open(&mut self, depth: usize) -> Option<()> {
        self.reader.position += 1;
        (depth <= MAXIMUM_DEPTH).then_some(())
    }
}

/// The names of an object that were read already, as far as a repetition matters.
#[derive(Debug, Default)]
struct Seen {
    known: u128,
    names: BTreeSet<String>,
}

impl Seen {
    /// Tells whether a name that matters was read before.
    fn is_repeated(&mut self, known: Option<usize>, name: &str, state: &State) -> bool {
        if state.others.is_none() && state.member_count() <= 128 {
            let Some(position) = known else {
                return false;
            };
            let bit = 1 << position;
            let repeated = self.known & bit != 0;
            self.known |= bit;
            return repeated;
        }
        !self.names.insert(name.to_owned())
    }
}
