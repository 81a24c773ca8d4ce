//! Many patterns over many events: compiled once, each event read once.
//!
//! A JSON event is read from its first to its last character without building a tree; what no selector asks for is checked to be JSON
//! and passed over. The answers are those of the reference evaluator, which is asked itself in the rare case that an object names a
//! property twice. Nothing is remembered from one event to the next.
//!
//! Where it is asked for, records of a log are first skimmed: most lack every text without which no pattern matches, and need not be
//! read.

mod block;
mod braces;
mod facts;
mod names;
mod needles;
mod program;
mod reader;
mod scan;
mod skim;
mod skip;
mod states;
mod strings;

use std::ops::Range;

use fearless_simd::Level;

use super::Pattern;
use super::ast::Tree;
use super::event::Event;
use super::matches;
use facts::{FactSet, Facts, Notes};
use needles::Needles;
use program::Compiled;
use scan::{Scan, Scanned};
use states::States;

pub use braces::{Braces, Found};
pub use scan::{Frame, Next};

/// How records are passed over in which nothing can match.
#[derive(Debug, Clone)]
struct Skimming {
    /// What they lack.
    needles: Needles,
    /// What is noted of them all the same.
    note: usize,
    /// What the processor can do.
    level: Level,
}

/// Patterns, compiled to be tested together.
#[derive(Debug, Clone)]
pub struct PatternSet {
    patterns: Vec<Pattern>,
    /// For each pattern how it follows from the facts about an event; nothing for patterns of other kinds.
    programs: Vec<Option<Compiled>>,
    /// How records are passed over in which nothing can match.
    skimming: Option<Skimming>,
    states: States,
    facts: usize,
    notes: usize,
}

impl PatternSet {
    /// Compiles patterns of any kind; they are known by their positions.
    #[must_use]
    pub fn new(patterns: impl IntoIterator<Item = Pattern>) -> Self {
        Self::noting(patterns, &[])
    }

    /// Compiles patterns, and notes where each event has the texts at some paths, given as the names of their members.
    #[must_use]
    pub fn noting(patterns: impl IntoIterator<Item = Pattern>, paths: &[&[&str]]) -> Self {
        Self::compile(patterns, paths, None)
    }

    /// Compiles patterns, and notes where each event has the texts at some paths, to pass quickly over records in which nothing can
    /// match.
    ///
    /// Of such a record only the text at one of the paths is noted, known by its position, and nothing is asked of its other parts
    /// but that their braces and quotes end: it may be no JSON. A record that has no such text is always read.
    #[must_use]
    pub fn skimming(
        patterns: impl IntoIterator<Item = Pattern>,
        paths: &[&[&str]],
        note: usize,
    ) -> Self {
        Self::compile(patterns, paths, Some(note))
    }

    fn compile(
        patterns: impl IntoIterator<Item = Pattern>,
        paths: &[&[&str]],
        skimmed: Option<usize>,
    ) -> Self {
        let patterns: Vec<Pattern> = patterns.into_iter().collect();
        let mut compiler = program::Compiler::default();
        let programs: Vec<Option<Compiled>> = patterns
            .iter()
            .map(|pattern| match pattern.tree() {
                Tree::Json(expression) => Some(compiler.compile(expression)),
                Tree::Blank | Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => None,
            })
            .collect();
        for (note, path) in paths.iter().enumerate() {
            compiler.note(path, note);
        }
        let (states, needles, facts) = compiler.finish();
        let skimming = skimmed.and_then(|note| {
            let [name] = paths.get(note)? else {
                return None;
            };
            let mut programs = programs.iter();
            let needs = programs.try_fold(FactSet::default(), |all, program| {
                Some(all.with(program.as_ref()?.needs()?))
            })?;
            Some(Skimming {
                needles: needles.finish(name, &needs)?,
                note,
                level: Level::new(),
            })
        });
        Self {
            patterns,
            programs,
            skimming,
            states,
            facts,
            notes: paths.len(),
        }
    }

    /// Returns the patterns, in their order.
    #[must_use]
    pub fn patterns(&self) -> &[Pattern] {
        &self.patterns
    }

    /// Returns what tests events; one for each thread.
    #[must_use]
    pub fn tester(&self) -> Tester<'_> {
        Tester {
            set: self,
            facts: Facts::new(self.facts, self.notes),
            scratch: String::new(),
            matches: Matches {
                hits: vec![false; self.patterns.len()],
                object: false,
                notes: vec![None; self.notes],
                start: 0,
            },
        }
    }
}

/// Which patterns of a set match an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matches {
    hits: Vec<bool>,
    object: bool,
    notes: Notes,
    /// Where the event begins in the text that the notes count in.
    start: usize,
}

impl Matches {
    /// Tells whether the pattern at a position matches.
    #[must_use]
    pub fn contains(&self, position: usize) -> bool {
        self.hits.get(position).copied().unwrap_or(false)
    }

    /// Tells whether the event is one JSON object.
    #[must_use]
    pub fn is_object(&self) -> bool {
        self.object
    }

    /// Returns the text at the path that was noted as this one, as `event` has it between its quotes: with the escapes of JSON.
    #[must_use]
    pub fn noted<'event>(&self, note: usize, event: &'event str) -> Option<&'event str> {
        let Range { start, end } = self.notes.get(note)?.clone()?;
        event.get(start.checked_sub(self.start)?..end.checked_sub(self.start)?)
    }

    /// Tells whether no pattern matches.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.hits.contains(&true)
    }

    /// Returns the positions of the patterns that match, in order.
    pub fn iter(&self) -> impl Iterator<Item = usize> {
        self.hits
            .iter()
            .enumerate()
            .filter(|(_, hit)| **hit)
            .map(|(position, _)| position)
    }
}

/// A text that is no log file: it is not one JSON object with a list `Records`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the text is not one JSON object with a list `Records`")]
pub struct NotALogFile;

/// Tests events against a set of patterns, and keeps the memory it needs for that.
#[derive(Debug, Clone)]
pub struct Tester<'set> {
    set: &'set PatternSet,
    facts: Facts,
    scratch: String,
    matches: Matches,
}

impl Tester<'_> {
    /// Tests one message.
    pub fn matches(&mut self, message: &str) -> &Matches {
        self.facts.clear();
        let scanned = self.scan(message, 0).message();
        self.conclude(scanned, message);
        self.take_notes(0);
        &self.matches
    }

    /// Tests every record of a log file as CloudTrail delivers them, `{"Records": [ … ]}`, in one pass.
    ///
    /// Gives `each` the position of the record, its text, and which patterns match. Returns the number of records.
    ///
    /// # Errors
    ///
    /// When the text turns out to be something else. Records before the mistake have been given to `each`; their results are good.
    pub fn log_file(
        &mut self,
        text: &str,
        mut each: impl FnMut(usize, &str, &Matches),
    ) -> Result<usize, NotALogFile> {
        let mut next = self.open(text, 0).ok_or(NotALogFile)?;
        let mut count = 0;
        loop {
            let start = match next {
                Next::Record(start) => start,
                Next::End(end) if behind_blanks(text, end) >= text.len() => return Ok(count),
                Next::End(_) => return Err(NotALogFile),
            };
            let (place, matches) = self.record(text, start).ok_or(NotALogFile)?;
            let end = place.end;
            each(count, text.get(place).unwrap_or_default(), matches);
            count += 1;
            next = self.next(text, end, Frame::LogFile).ok_or(NotALogFile)?;
        }
    }

    /// Reads from a place on up to the first record of a log file.
    ///
    /// Returns nothing when what is there is no log file, or the text ends before it is clear.
    pub fn open(&mut self, text: &str, position: usize) -> Option<Next> {
        self.scan(text, position).open_records()
    }

    /// Tests the JSON value that begins at a place. Returns where it is.
    ///
    /// Returns nothing when what is there is no JSON, or the text ends within it.
    pub fn record(&mut self, text: &str, position: usize) -> Option<(Range<usize>, &Matches)> {
        if let Some(place) = self.skim(text, position) {
            return Some((place, &self.matches));
        }
        self.record_in_full(text, position)
    }

    /// Passes over the record that begins at a place if nothing can match it.
    fn skim(&mut self, text: &str, position: usize) -> Option<Range<usize>> {
        let Skimming {
            needles,
            note,
            level,
        } = self.set.skimming.as_ref()?;
        let start = behind_blanks(text, position);
        let (end, noted) = skim::skim(*level, text.as_bytes(), start, needles)?;
        let Matches {
            hits,
            object,
            notes,
            start: begin,
        } = &mut self.matches;
        hits.fill(false);
        *object = true;
        notes.fill(None);
        *notes.get_mut(*note)? = Some(noted);
        *begin = start;
        Some(start..end)
    }

    fn record_in_full(&mut self, text: &str, position: usize) -> Option<(Range<usize>, &Matches)> {
        self.facts.clear();
        let (scanned, place) = self.scan(text, position).record()?;
        self.conclude(scanned, text.get(place.clone()).unwrap_or_default());
        match scanned {
            Scanned::Object | Scanned::Ambiguous => self.take_notes(place.start),
            // What was noted until a value turned out to be no event does not count.
            Scanned::Other => self.matches.notes.fill(None),
        }
        Some((place, &self.matches))
    }

    /// Reads on behind a record, to the next one or to the end of what holds them.
    ///
    /// Returns nothing when what is there is neither, or the text ends before it is clear.
    pub fn next(&mut self, text: &str, end: usize, frame: Frame) -> Option<Next> {
        self.scan(text, end).next_record(frame)
    }

    fn scan<'scan>(&'scan mut self, text: &'scan str, position: usize) -> Scan<'scan> {
        Scan::new(
            text,
            position,
            &self.set.states,
            &mut self.facts,
            &mut self.scratch,
        )
    }

    /// Takes over what was noted of an event that begins at a place.
    fn take_notes(&mut self, start: usize) {
        self.facts.swap_notes(&mut self.matches.notes);
        self.matches.start = start;
    }

    /// Concludes from the facts, or from the event itself, which patterns match.
    fn conclude(&mut self, scanned: Scanned, message: &str) {
        self.matches.object = scanned != Scanned::Other;
        let event = (scanned == Scanned::Ambiguous).then(|| Event::parse(message));
        let all = self
            .set
            .patterns
            .iter()
            .zip(&self.set.programs)
            .zip(&mut self.matches.hits);
        for ((pattern, program), hit) in all {
            *hit = match (program, &event) {
                (Some(program), None) => scanned == Scanned::Object && program.holds(&self.facts),
                (Some(_), Some(event)) => pattern.matches(event),
                (None, _) => matches::matches_text(pattern.tree(), message),
            };
        }
    }
}

/// Returns the position of the next byte that is no blank.
#[inline]
#[must_use]
pub fn behind_blanks(text: &str, position: usize) -> usize {
    let rest = text.as_bytes().get(position..).unwrap_or_default();
    let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r');
    position + rest.iter().take_while(is_blank).count()
}
