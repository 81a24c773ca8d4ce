//! Many patterns over many events: compiled once, each event read once.
//!
//! A JSON event is read from its first to its last character without building a tree; what no selector asks for is checked to be JSON
//! and passed over. The answers are those of the reference evaluator, which is asked itself in the rare case that an object names a
//! property twice. Nothing is remembered from one event to the next.

mod program;
mod reader;
mod scan;
mod skip;
mod states;
mod strings;

use super::Pattern;
use super::ast::Tree;
use super::event::Event;
use super::matches;
use program::Program;
use scan::{Next, Scan, Scanned};
use states::States;

/// Patterns, compiled to be tested together.
#[derive(Debug, Clone)]
pub struct PatternSet {
    patterns: Vec<Pattern>,
    /// For each pattern how it follows from the facts about an event; nothing for patterns of other kinds.
    programs: Vec<Option<Program>>,
    states: States,
    facts: usize,
}

impl PatternSet {
    /// Compiles patterns of any kind; they are known by their positions.
    #[must_use]
    pub fn new(patterns: impl IntoIterator<Item = Pattern>) -> Self {
        let patterns: Vec<Pattern> = patterns.into_iter().collect();
        let mut compiler = program::Compiler::default();
        let programs = patterns
            .iter()
            .map(|pattern| match pattern.tree() {
                Tree::Json(expression) => Some(compiler.compile(expression)),
                Tree::Blank | Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => None,
            })
            .collect();
        let (states, facts) = compiler.finish();
        Self {
            patterns,
            programs,
            states,
            facts,
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
            facts: Facts::new(self.facts),
            scratch: String::new(),
            matches: Matches {
                hits: vec![false; self.patterns.len()],
                object: false,
            },
        }
    }
}

/// What is known to hold of the event that is being read.
#[derive(Debug, Clone, Default)]
struct Facts {
    words: Vec<u64>,
}

impl Facts {
    fn new(count: usize) -> Self {
        Self {
            words: vec![0; count.div_ceil(64)],
        }
    }

    fn clear(&mut self) {
        self.words.fill(0);
    }

    fn set(&mut self, fact: usize) {
        if let Some(word) = self.words.get_mut(fact / 64) {
            *word |= 1 << (fact % 64);
        }
    }

    fn holds(&self, fact: usize) -> bool {
        self.words
            .get(fact / 64)
            .is_some_and(|word| word & (1 << (fact % 64)) != 0)
    }
}

/// Which patterns of a set match an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matches {
    hits: Vec<bool>,
    object: bool,
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
        let mut next = self.scan(text, 0).open_records().ok_or(NotALogFile)?;
        let mut count = 0;
        while let Next::Record(start) = next {
            self.facts.clear();
            let (scanned, end) = self.scan(text, start).record().ok_or(NotALogFile)?;
            let record = text.get(start..end).unwrap_or_default();
            self.conclude(scanned, record);
            each(count, record, &self.matches);
            count += 1;
            next = self.scan(text, end).next_record().ok_or(NotALogFile)?;
        }
        Ok(count)
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
