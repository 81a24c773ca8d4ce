//! From the text of a file, window by window, to its records: each is tested and given on.
//!
//! A file is a log file, a list of events, or events one after the other. What it is shows at its beginning. Where it is broken, as
//! much as possible is read behind; what was not is counted.

use super::notes::Object;
use crate::pattern::bulk::{
    Braces, Found, Frame, Matches, Next, PatternSet, Tester, behind_blanks,
};

/// What follows the text of a window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// More text; what is left of this window is given again with it.
    More,
    /// More text, for which a window has no room beside this one.
    Full,
    /// Nothing.
    Nothing,
}

/// What a file turned out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Content {
    /// Nothing but blanks.
    #[default]
    Nothing,
    /// Records.
    Records,
    /// A digest of CloudTrail, which holds no events.
    Digest,
    /// JSON of another kind.
    OtherJson,
    /// No JSON.
    NoJson,
}

/// What there was in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Contents {
    /// What the file is.
    pub content: Content,
    /// The records that were tested.
    pub records: u64,
    /// The records that are broken.
    pub broken: u64,
    /// The records that are longer than a window.
    pub too_long: u64,
    /// The values among the events that are none.
    pub others: u64,
    /// Why the rest of the file was not read.
    pub breaks_off: Option<&'static str>,
}

/// A record and what was found out about it.
#[derive(Debug)]
pub struct Record<'text> {
    /// Its position among the records of the file.
    pub index: u64,
    /// Its text.
    pub text: &'text str,
    /// Which patterns match.
    pub matches: &'text Matches,
}

/// Where in a file one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Outside of every document.
    Between,
    /// In a broken line.
    Line,
    /// Before a record.
    Record(Frame),
    /// Behind a record.
    Behind(Frame),
    /// In a record that is too long; outside of any frame it is a document.
    Passing(Braces, Option<Frame>),
    /// Where nothing more is read.
    End,
}

/// How a step went.
enum Step {
    /// It led to a position.
    To(usize),
    /// More text is needed from a position on.
    Wait(usize),
}

/// Reads the records of one file after the other.
#[derive(Debug)]
pub struct Records<'set> {
    tester: Tester<'set>,
    place: Place,
    index: u64,
    contents: Contents,
}

const SHORT: &str = "it ends in the middle";
const MISTAKE: &str = "what follows is no JSON";

impl<'set> Records<'set> {
    /// Returns what reads records and tests them for the patterns of a set made by [`pattern_set`](super::pattern_set).
    #[must_use]
    pub fn new(set: &'set PatternSet) -> Self {
        Self {
            tester: set.tester(),
            place: Place::Between,
            index: 0,
            contents: Contents::default(),
        }
    }

    /// Ends a file, and begins the next one. Returns what there was in it.
    pub fn finish(&mut self) -> Contents {
        self.place = Place::Between;
        self.index = 0;
        std::mem::take(&mut self.contents)
    }

    /// Tells whether nothing more of the file is wanted.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.place == Place::End
    }

    /// Reads the records in a window, and gives each on. Returns how much of the window is done with.
    pub fn read(&mut self, text: &str, rest: Rest, each: &mut dyn FnMut(&Record<'_>)) -> usize {
        let mut at = 0;
        loop {
            let step = match self.place {
                Place::Between => self.document(text, at, rest, each),
                Place::Line => self.line(text, at),
                Place::Record(frame) => self.record(text, at, (rest, frame), each),
                Place::Behind(frame) => self.behind(text, at, rest, frame),
                Place::Passing(braces, frame) => self.pass(text, at, (rest, frame), braces),
                Place::End => return text.len(),
            };
            match step {
                Step::To(position) => at = position,
                Step::Wait(position) => return position,
            }
        }
    }

    fn document(
        &mut self,
        text: &str,
        at: usize,
        rest: Rest,
        each: &mut dyn FnMut(&Record<'_>),
    ) -> Step {
        let at = behind_blanks(text, at);
        let is_first = self.contents.content == Content::Nothing;
        match text.as_bytes().get(at) {
            None => Step::Wait(at),
            Some(b'{') => self.object(text, at, rest, each),
            Some(b'[') if is_first => match text.as_bytes().get(behind_blanks(text, at + 1)) {
                None if rest == Rest::More => Step::Wait(at),
                Some(b']') => {
                    self.contents.content = Content::Records;
                    self.go(Place::Behind(Frame::List), behind_blanks(text, at + 1))
                }
                None | Some(_) => self.go(Place::Record(Frame::List), at + 1),
            },
            Some(_) if is_first => self.end(Content::NoJson),
            Some(_) => self.broken(Place::Line, at),
        }
    }

    /// Reads an object outside of any frame: a log file, or an event.
    fn object(
        &mut self,
        text: &str,
        at: usize,
        rest: Rest,
        each: &mut dyn FnMut(&Record<'_>),
    ) -> Step {
        // Where events follow each other, another one is more likely than a log file.
        let likely_event = self.contents.records > 0;
        if !likely_event && let Some(step) = self.log_file(text, at) {
            return step;
        }
        let Some((place, matches)) = self.tester.record(text, at) else {
            let opened = likely_event.then(|| self.log_file(text, at)).flatten();
            return opened.unwrap_or_else(|| self.unreadable(text, at, (rest, None)));
        };
        let end = place.end;
        let record = text.get(place).unwrap_or_default();
        match Object::of(record, matches) {
            Object::Event => {
                each(&Record {
                    index: self.index,
                    text: record,
                    matches,
                });
                self.count();
                self.go(Place::Between, end)
            }
            object @ (Object::Digest | Object::Other) => {
                let opened = likely_event.then(|| self.log_file(text, at)).flatten();
                opened.unwrap_or_else(|| self.other(object, Place::Between, end))
            }
        }
    }

    /// Reads the beginning of a log file, if that is what follows.
    fn log_file(&mut self, text: &str, at: usize) -> Option<Step> {
        let next = self.tester.open(text, at)?;
        self.contents.content = Content::Records;
        Some(self.follow(next, Frame::LogFile))
    }

    fn record(
        &mut self,
        text: &str,
        at: usize,
        (rest, frame): (Rest, Frame),
        each: &mut dyn FnMut(&Record<'_>),
    ) -> Step {
        let Some((place, matches)) = self.tester.record(text, at) else {
            return self.unreadable(text, at, (rest, Some(frame)));
        };
        // A number may go on in the next window.
        if place.end == text.len() && !matches.is_object() && rest == Rest::More {
            return Step::Wait(at);
        }
        let end = place.end;
        let record = text.get(place).unwrap_or_default();
        let object = Object::of(record, matches);
        if frame == Frame::List && object != Object::Event {
            return self.other(object, Place::Behind(frame), end);
        }
        each(&Record {
            index: self.index,
            text: record,
            matches,
        });
        self.count();
        self.go(Place::Behind(frame), end)
    }

    fn behind(&mut self, text: &str, at: usize, rest: Rest, frame: Frame) -> Step {
        if let Some(next) = self.tester.next(text, at, frame) {
            return self.follow(next, frame);
        }
        let first = text.as_bytes().get(behind_blanks(text, at));
        let may_go_on = matches!(first, None | Some(b',' | b']'));
        match rest {
            Rest::More if may_go_on => Step::Wait(at),
            Rest::Nothing if may_go_on => self.break_off(SHORT),
            Rest::More | Rest::Full | Rest::Nothing => self.break_off(MISTAKE),
        }
    }

    fn follow(&mut self, next: Next, frame: Frame) -> Step {
        match next {
            Next::Record(start) => self.go(Place::Record(frame), start),
            Next::End(end) => self.go(Place::Between, end),
        }
    }

    /// Finds out what is wrong with a value that could not be read.
    fn unreadable(&mut self, text: &str, at: usize, (rest, frame): (Rest, Option<Frame>)) -> Step {
        let behind = frame.map_or(Place::Line, Place::Behind);
        let mut braces = Braces::default();
        let at = behind_blanks(text, at);
        let bytes = text.as_bytes().get(at..).unwrap_or_default();
        let found = if matches!(bytes.first(), None | Some(b'{' | b'[')) {
            braces.read(bytes)
        } else {
            (
                0,
                if rest == Rest::More {
                    Found::Inside
                } else {
                    Found::Mistake
                },
            )
        };
        match (found, rest) {
            ((_, Found::Inside), Rest::More) => Step::Wait(at),
            ((_, Found::Inside), Rest::Full) => {
                self.contents.content = Content::Records;
                self.go(Place::Passing(braces, frame), text.len())
            }
            ((_, Found::Inside), Rest::Nothing) => self.break_off(SHORT),
            ((used, Found::End), _) => self.broken(behind, at + used),
            ((used, Found::Mistake), _) if frame.is_none() => {
                self.broken(behind, line_break(text, at + used))
            }
            ((_, Found::Mistake), _) => self.break_off(MISTAKE),
        }
    }

    fn pass(
        &mut self,
        text: &str,
        at: usize,
        (rest, frame): (Rest, Option<Frame>),
        mut braces: Braces,
    ) -> Step {
        let (used, found) = braces.read(text.as_bytes().get(at..).unwrap_or_default());
        match found {
            Found::Inside if rest == Rest::Nothing => self.break_off(SHORT),
            Found::Inside => {
                self.place = Place::Passing(braces, frame);
                Step::Wait(text.len())
            }
            Found::End => {
                self.contents.too_long += 1;
                self.index += 1;
                self.go(frame.map_or(Place::Between, Place::Behind), at + used)
            }
            Found::Mistake if frame.is_none() => {
                self.broken(Place::Line, line_break(text, at + used))
            }
            Found::Mistake => self.break_off(MISTAKE),
        }
    }

    /// Passes over the rest of a broken line, and over all that follow but those that begin with a brace.
    fn line(&mut self, text: &str, at: usize) -> Step {
        let bytes = text.as_bytes().get(at..).unwrap_or_default();
        let Some(length) = bytes.iter().position(|byte| *byte == b'\n') else {
            return Step::Wait(text.len());
        };
        match bytes.get(length + 1) {
            Some(b'{') => self.go(Place::Between, at + length + 1),
            Some(_) => Step::To(at + length + 1),
            // The line break is looked at again together with what follows it.
            None => Step::Wait(at + length),
        }
    }

    fn count(&mut self) {
        self.contents.content = Content::Records;
        self.contents.records += 1;
        self.index += 1;
    }

    /// Notes a broken record.
    fn broken(&mut self, place: Place, to: usize) -> Step {
        self.contents.content = Content::Records;
        self.contents.broken += 1;
        self.index += 1;
        self.go(place, to)
    }

    /// Notes a value that is no event. When a file begins with one, it is something else.
    fn other(&mut self, object: Object, place: Place, to: usize) -> Step {
        if self.contents.content == Content::Nothing {
            return self.end(match object {
                Object::Digest => Content::Digest,
                Object::Event | Object::Other => Content::OtherJson,
            });
        }
        self.contents.others += 1;
        self.index += 1;
        self.go(place, to)
    }

    fn break_off(&mut self, why: &'static str) -> Step {
        self.contents.breaks_off = Some(why);
        self.end(Content::Records)
    }

    fn end(&mut self, content: Content) -> Step {
        self.contents.content = content;
        self.go(Place::End, 0)
    }

    fn go(&mut self, place: Place, to: usize) -> Step {
        self.place = place;
        Step::To(to)
    }
}

/// Returns the position of the line break that a position is behind, or else the position.
fn line_break(text: &str, at: usize) -> usize {
    match at.checked_sub(1) {
        Some(before) if text.as_bytes().get(before) == Some(&b'\n') => before,
        Some(_) | None => at,
    }
}
