//! The threads that read files, and the order in which what they read is collected.
//!
//! What a run says does not depend on the number of threads: parts are collected in the order of the files. A thread that is too far
//! ahead of the others waits.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, RandomState};
use std::mem;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::collect::{Collector, End, Match, Part};
use super::essence::essence;
use super::file::{FileReader, Sink};
use super::paths::{Item, Walk};
use crate::backtest::{Hit, Record, Span, Window, event_time};
use crate::pattern::bulk::PatternSet;

/// The bytes of matches after which they are given on.
const HEAVY: usize = 1 << 20;

/// The bytes of all matches that wait for files before them.
const HEAVIEST: usize = 8 << 20;

/// The memory for decompressed files, of all threads together.
const BUDGET: usize = 48 << 20;

/// The memory for decompressed files that is worth having, of one thread.
const LEAST_BUDGET: usize = 4 << 20;

/// What the threads share.
#[derive(Debug)]
pub(super) struct Crew {
    set: PatternSet,
    window: Window,
    threads: usize,
    hashes: RandomState,
    walk: Mutex<(u64, Walk)>,
    line: Mutex<Line>,
    moved: Condvar,
    stop: AtomicBool,
    pub(super) done: Done,
}

/// How far it is.
#[derive(Debug, Default)]
pub(super) struct Done {
    pub(super) files: AtomicU64,
    pub(super) bytes: AtomicU64,
    pub(super) events: AtomicU64,
}

/// The parts of files that wait for their turn.
#[derive(Debug)]
struct Line {
    /// The file whose turn it is.
    turn: u64,
    waiting: BTreeMap<u64, Vec<Part>>,
    weight: usize,
    collector: Collector,
}

impl Crew {
    pub(super) fn new(
        set: PatternSet,
        window: Window,
        threads: usize,
        walk: Walk,
        collector: Collector,
    ) -> Self {
        Self {
            set,
            window,
            threads,
            hashes: RandomState::new(),
            walk: Mutex::new((0, walk)),
            line: Mutex::new(Line {
                turn: 0,
                waiting: BTreeMap::new(),
                weight: 0,
                collector,
            }),
            moved: Condvar::new(),
            stop: AtomicBool::new(false),
            done: Done::default(),
        }
    }

    /// Asks all threads to stop.
    pub(super) fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
        self.moved.notify_all();
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// Works until there is nothing left to read; called by each thread.
    pub(super) fn work(&self) {
        let budget = (BUDGET / self.threads).max(LEAST_BUDGET);
        let mut reader = FileReader::new(&self.set, budget);
        while !self.is_stopped() {
            let (number, item) = {
                let mut walk = lock(&self.walk);
                let Some(item) = walk.1.next() else {
                    return;
                };
                walk.0 += 1;
                (walk.0 - 1, item)
            };
            self.item(number, item, &mut reader);
            self.done.files.fetch_add(1, Ordering::Relaxed);
        }
    }

    fn item(&self, number: u64, item: Item, reader: &mut FileReader<'_>) {
        let path = match item {
            Item::Skipped(remark) => {
                return self.give(
                    number,
                    Part {
                        end: Some(End::Skipped(remark)),
                        ..Part::default()
                    },
                );
            }
            Item::Standard => None,
            Item::File(path) => Some(path),
        };
        let file: Arc<str> = match &path {
            None => "-".into(),
            Some(path) => path.display().to_string().into(),
        };
        let mut desk = Desk {
            crew: self,
            number,
            file: Arc::clone(&file),
            part: Part::default(),
            weight: 0,
        };
        let reading = match path.as_deref() {
            None => reader.standard_input(&mut desk),
            Some(path) => reader.file(Path::new(path), &mut desk),
        };
        let Desk { mut part, .. } = desk;
        self.done.bytes.fetch_add(reading.bytes, Ordering::Relaxed);
        self.done.events.fetch_add(part.events, Ordering::Relaxed);
        part.end = Some(if self.is_stopped() {
            End::Left
        } else {
            End::Read(file, reading)
        });
        self.give(number, part);
    }

    /// Gives a part of a file on, as soon as there is room for it.
    fn give(&self, number: u64, part: Part) {
        let weight = part.weight();
        let mut line = lock(&self.line);
        while line.turn != number && line.weight + weight > HEAVIEST && !self.is_stopped() {
            line = self
                .moved
                .wait(line)
                .unwrap_or_else(PoisonError::into_inner);
        }
        line.weight += weight;
        line.waiting.entry(number).or_default().push(part);
        line.advance();
        if line.collector.is_over() {
            self.stop();
        }
        self.moved.notify_all();
    }

    /// Lets the collector be looked at.
    pub(super) fn collected<T>(&self, look: impl FnOnce(&mut Collector) -> T) -> T {
        look(&mut lock(&self.line).collector)
    }
}

impl Line {
    /// Collects all parts whose turn it is.
    fn advance(&mut self) {
        while let Some(parts) = self.waiting.remove(&self.turn) {
            for part in parts {
                self.weight = self.weight.saturating_sub(part.weight());
                self.turn += u64::from(part.end.is_some());
                self.collector.take(part);
            }
        }
    }
}

impl Part {
    /// Counts an event.
    fn meet(&mut self, time: Option<i64>, is_inside: bool) {
        let wider = |span: Option<Span>| {
            time.map(Span::at)
                .map(|at| span.map_or(at, |span| span.with(at)))
                .or(span)
        };
        self.covered = wider(self.covered);
        if is_inside {
            self.events += 1;
            self.span = wider(self.span);
        } else {
            self.outside += 1;
        }
    }

    /// Returns about how many bytes the matches take.
    fn weight(&self) -> usize {
        self.matches.iter().map(Match::weight).sum()
    }
}

impl Match {
    fn weight(&self) -> usize {
        mem::size_of::<Self>() + 256 + self.hit.text_bytes()
    }
}

/// Locks; what a thread that failed left behind is whole, since nothing is left half done under a lock.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the records of one file.
struct Desk<'crew> {
    crew: &'crew Crew,
    number: u64,
    file: Arc<str>,
    part: Part,
    weight: usize,
}

impl Sink for Desk<'_> {
    fn record(&mut self, record: &Record<'_>) {
        let Record {
            index,
            text,
            matches,
        } = *record;
        let time = event_time(text, matches);
        let is_inside = self.crew.window.has(time);
        self.part.meet(time, is_inside);
        if !is_inside {
            return;
        }
        if matches.is_empty() {
            return;
        }
        let hit = Hit::noted(text, matches, Arc::clone(&self.file), index);
        let found = Match {
            controls: matches.iter().collect(),
            fingerprint: self.crew.hashes.hash_one(essence(&hit, text)),
            hit,
        };
        self.weight += found.weight();
        self.part.matches.push(found);
    }

    fn goes_on(&mut self) -> bool {
        if self.weight > HEAVY {
            let part = mem::take(&mut self.part);
            self.crew
                .done
                .events
                .fetch_add(part.events, Ordering::Relaxed);
            self.weight = 0;
            self.crew.give(self.number, part);
        }
        !self.crew.is_stopped()
    }
}
