//! One pass over the text of a JSON event.
//!
//! Exactly the texts that `serde_json` reads are accepted, so that this reader and the reference evaluator agree on what is an event.

use super::Facts;
use super::states::{Check, State, StateId, States};
use super::strings::{self, Raw};
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

/// What follows in a log file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Next {
    /// A record, at this byte.
    Record(usize),
    /// The end of the file.
    End,
}

/// A reader in the middle of a text. Its methods return nothing when the text is no JSON.
#[derive(Debug)]
pub(super) struct Scan<'scan> {
    text: &'scan str,
    bytes: &'scan [u8],
    position: usize,
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
            text,
            bytes: text.as_bytes(),
            position,
            states,
            facts,
            scratch,
            ambiguous: false,
        }
    }

    /// Reads a whole message.
    pub(super) fn message(mut self) -> Scanned {
        if self.peek() != Some(b'{') {
            return Scanned::Other;
        }
        match self.value(Some(0), 0) {
            Some(()) if self.peek().is_none() => self.scanned(),
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
        self.expect(b'{')?;
        loop {
            let key = self.key()?;
            let name = strings::content(self.text, key, self.scratch);
            if name == "Records" {
                self.expect(b'[')?;
                if self.peek()? == b']' {
                    self.position += 1;
                    return self.close_file();
                }
                return Some(Next::Record(self.position));
            }
            self.skip(1)?;
            self.expect(b',')?;
        }
    }

    /// Reads one record: what it is, and where it ends. Its nesting counts from the record on.
    pub(super) fn record(mut self) -> Option<(Scanned, usize)> {
        let object = self.peek()? == b'{';
        let start = self.position;
        if self.value(object.then_some(0), 0).is_some() {
            let scanned = if object {
                self.scanned()
            } else {
                Scanned::Other
            };
            return Some((scanned, self.position));
        }
        // The record may be JSON that nests too deep for an event.
        self.position = start;
        self.skip_any_depth()?;
        Some((Scanned::Other, self.position))
    }

    /// Reads on behind a record, to the next one or to the end of the file.
    pub(super) fn next_record(mut self) -> Option<Next> {
        match self.peek()? {
            b',' => {
                self.position += 1;
                self.peek()?;
                Some(Next::Record(self.position))
            }
            b']' => {
                self.position += 1;
                self.close_file()
            }
            _ => None,
        }
    }

    /// Reads the members behind the records, and the end.
    fn close_file(&mut self) -> Option<Next> {
        while self.peek()? == b',' {
            self.position += 1;
            self.key()?;
            self.skip(1)?;
        }
        self.expect(b'}')?;
        self.peek().is_none().then_some(Next::End)
    }

    /// Returns the next byte that is not blank, without reading it.
    fn peek(&mut self) -> Option<u8> {
        loop {
            match *self.bytes.get(self.position)? {
                b' ' | b'\t' | b'\n' | b'\r' => self.position += 1,
                byte => return Some(byte),
            }
        }
    }

    fn expect(&mut self, byte: u8) -> Option<()> {
        (self.peek()? == byte).then(|| self.position += 1)
    }

    fn string(&mut self) -> Option<Raw> {
        self.expect(b'"')?;
        let raw = strings::read(self.bytes, self.position)?;
        self.position = raw.end + 1;
        Some(raw)
    }

    fn key(&mut self) -> Option<Raw> {
        let raw = self.string()?;
        self.expect(b':')?;
        Some(raw)
    }

    /// Reads a value inside `depth` containers, for the facts of a state.
    fn value(&mut self, state: Option<StateId>, depth: usize) -> Option<()> {
        let Some(state) = state.and_then(|id| self.states.get(id)) else {
            return self.skip(depth);
        };
        match self.peek()? {
            b'"' => {
                let raw = self.string()?;
                let text = strings::content(self.text, raw, self.scratch);
                state.checks.text(text, self.facts);
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
                self.skip(depth)?;
            }
            b'-' | b'0'..=b'9' => {
                let start = self.position;
                self.number()?;
                let spelling = self.text.get(start..self.position)?;
                state.checks.number(spelling, self.facts);
            }
            first => {
                self.constant()?;
                state.checks.establish(&Check::Present, self.facts);
                let check = match first {
                    b't' => Check::True,
                    b'f' => Check::False,
                    _ => Check::Null,
                };
                state.checks.establish(&check, self.facts);
            }
        }
        Some(())
    }

    fn object(&mut self, state: &State, depth: usize) -> Option<()> {
        self.open(depth)?;
        let mut seen = Seen::default();
        if self.peek()? == b'}' {
            self.position += 1;
            return Some(());
        }
        loop {
            let key = self.key()?;
            let name = strings::content(self.text, key, self.scratch);
            let known = state.member(name);
            self.ambiguous |= seen.is_repeated(known, name, state);
            let target = known.map_or(state.others, |position| state.member_target(position));
            self.value(target, depth)?;
            match self.peek()? {
                b',' => self.position += 1,
                b'}' => {
                    self.position += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    fn list(&mut self, state: &State, depth: usize) -> Option<()> {
        self.open(depth)?;
        if self.peek()? == b']' {
            self.position += 1;
            return Some(());
        }
        let mut index = 0_u32;
        loop {
            if self.peek()? == b'n' {
                state.checks.establish(&Check::NullElement, self.facts);
            }
            self.value(state.element(index), depth)?;
            index = index.saturating_add(1);
            match self.peek()? {
                b',' => self.position += 1,
                b']' => {
                    self.position += 1;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// Reads an opening brace or bracket that makes the nesting this deep.
    fn open(&mut self, depth: usize) -> Option<()> {
        self.position += 1;
        (depth <= MAXIMUM_DEPTH).then_some(())
    }

    /// Reads `true`, `false` or `null`.
    fn constant(&mut self) -> Option<()> {
        let rest = self.bytes.get(self.position..)?;
        let word = [b"true".as_slice(), b"false", b"null"]
            .into_iter()
            .find(|word| rest.starts_with(word))?;
        self.position += word.len();
        Some(())
    }

    /// Reads a number.
    fn number(&mut self) -> Option<()> {
        self.eat(b"-");
        if !self.eat(b"0") {
            self.digits()?;
        }
        if self.eat(b".") {
            self.digits()?;
        }
        if self.eat(b"eE") {
            self.eat(b"+-");
            self.digits()?;
        }
        Some(())
    }

    /// Reads the next byte when it is one of some.
    fn eat(&mut self, bytes: &[u8]) -> bool {
        let found = self
            .bytes
            .get(self.position)
            .is_some_and(|byte| bytes.contains(byte));
        self.position += usize::from(found);
        found
    }

    /// Reads digits, one at least.
    fn digits(&mut self) -> Option<()> {
        let start = self.position;
        while self
            .bytes
            .get(self.position)
            .is_some_and(u8::is_ascii_digit)
        {
            self.position += 1;
        }
        (self.position > start).then_some(())
    }

    /// Passes over a value inside `depth` containers.
    fn skip(&mut self, depth: usize) -> Option<()> {
        let mut nesting = Nesting::new(MAXIMUM_DEPTH.checked_sub(depth)?);
        self.skip_within(&mut nesting)
    }

    /// Passes over a value however deep it nests.
    fn skip_any_depth(&mut self) -> Option<()> {
        self.skip_within(&mut Nesting::new(usize::MAX))
    }

    fn skip_within(&mut self, nesting: &mut Nesting) -> Option<()> {
        loop {
            match self.peek()? {
                b'"' => {
                    self.string()?;
                }
                b'-' | b'0'..=b'9' => self.number()?,
                open @ (b'{' | b'[') => {
                    self.position += 1;
                    nesting.open(open)?;
                    if self.peek()? == nesting.closing() {
                        self.position += 1;
                        nesting.close();
                    } else {
                        if open == b'{' {
                            self.key()?;
                        }
                        continue;
                    }
                }
                _ => self.constant()?,
            }
            if !self.skip_to_next(nesting)? {
                return Some(());
            }
        }
    }

    /// Reads what follows a value, up to the next one; tells whether there is one inside the nesting.
    fn skip_to_next(&mut self, nesting: &mut Nesting) -> Option<bool> {
        while !nesting.is_closed() {
            let byte = self.peek()?;
            self.position += 1;
            if byte == b',' {
                if nesting.closing() == b'}' {
                    self.key()?;
                }
                return Some(true);
            }
            if byte != nesting.closing() {
                return None;
            }
            nesting.close();
        }
        Some(false)
    }
}

/// The containers that are open, innermost last.
#[derive(Debug)]
struct Nesting {
    closings: Vec<u8>,
    most: usize,
}

impl Nesting {
    fn new(most: usize) -> Self {
        Self {
            closings: Vec::new(),
            most,
        }
    }

    fn open(&mut self, opening: u8) -> Option<()> {
        self.closings
            .push(if opening == b'{' { b'}' } else { b']' });
        (self.closings.len() <= self.most).then_some(())
    }

    fn close(&mut self) {
        self.closings.pop();
    }

    fn closing(&self) -> u8 {
        self.closings.last().copied().unwrap_or_default()
    }

    fn is_closed(&self) -> bool {
        self.closings.is_empty()
    }
}

/// The names of an object that were read already, as far as a repetition matters.
#[derive(Debug, Default)]
struct Seen {
    known: u128,
    names: Vec<String>,
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
        let repeated = self.names.iter().any(|other| other == name);
        if !repeated {
            self.names.push(name.to_owned());
        }
        repeated
    }
}
