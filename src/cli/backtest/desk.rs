//! Takes the events that an account gives, one message after the other, and gives their matches on.

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use super::collect::{Collector, End, Match, Part};
use super::essence::essence;
use super::progress::Ticker;
use crate::backtest::{
    Backtest, Content, Hit, Record, Records, Remark, RemarkKind, Rest, Span, Window, event_time,
};
use crate::cli::error::Error;
use crate::pattern::bulk::PatternSet;

/// Takes messages.
pub(super) struct Desk<'set> {
    records: Records<'set>,
    window: Window,
    collector: Collector,
    hashes: RandomState,
    /// The controls that are asked for at all.
    asked: BTreeSet<usize>,
    place: Place,
    pub(super) ticker: Ticker,
}

/// Where messages come from, and what came from there.
#[derive(Debug, Default)]
struct Place {
    name: Arc<str>,
    messages: u64,
    /// Messages that are no events.
    odd: u64,
    /// Events that no pattern matches which they were found for.
    unmatched: u64,
}

/// Whether events come that the patterns asked for may not match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sieve {
    /// The account has matched the pattern already.
    Pattern,
    /// The account knows the name alone.
    Name,
}

impl<'set> Desk<'set> {
    pub(super) fn new(
        set: &'set PatternSet,
        window: Window,
        collector: Collector,
        ticker: Ticker,
    ) -> Self {
        Self {
            records: Records::new(set),
            window,
            collector,
            hashes: RandomState::new(),
            asked: BTreeSet::new(),
            place: Place::default(),
            ticker,
        }
    }

    /// Names the controls that are asked for at all.
    pub(super) fn expect(&mut self, asked: BTreeSet<usize>) {
        self.asked = asked;
    }

    /// Tells whether nothing more is wanted.
    pub(super) fn is_over(&self) -> bool {
        self.collector.is_over()
    }

    /// Begins with what comes from a place.
    pub(super) fn begin(&mut self, name: &str) {
        self.place = Place {
            name: name.into(),
            ..Place::default()
        };
    }

    /// Takes a message that was found for some controls.
    pub(super) fn take(&mut self, message: &str, wanted: &[usize], sieve: Sieve) {
        let index = self.place.messages;
        self.place.messages += 1;
        self.ticker.event();
        let mut parts = Vec::new();
        let mut each = |record: &Record<'_>| parts.push(read(record, &self.place.name, index));
        self.records.read(message, Rest::Nothing, &mut each);
        let contents = self.records.finish();
        let mut parts = parts.into_iter();
        let (Some(read), None, Content::Records, 0) = (
            parts.next(),
            parts.next(),
            contents.content,
            contents.broken,
        ) else {
            self.place.odd += 1;
            return;
        };
        if sieve == Sieve::Pattern && !wanted.iter().any(|one| read.matches.contains(one)) {
            self.place.unmatched += 1;
            return;
        }
        let part = self.part(read, message, wanted);
        self.collector.take(part);
    }

    /// Returns what an event comes to for the controls that it was found for.
    fn part(&self, read: Read, message: &str, wanted: &[usize]) -> Part {
        let Read { hit, matches, time } = read;
        // An event that several controls ask for comes once for each, and is one event.
        let first = matches.iter().find(|one| self.asked.contains(one));
        let is_new = first.is_none_or(|first| wanted.contains(first));
        if !self.window.has(time) {
            return Part {
                outside: u64::from(is_new),
                ..Part::default()
            };
        }
        let controls: Vec<usize> = matches
            .iter()
            .copied()
            .filter(|one| wanted.contains(one))
            .collect();
        let fingerprint = self.hashes.hash_one((&controls, essence(&hit, message)));
        let found = Match {
            hit,
            controls,
            fingerprint,
        };
        Part {
            matches: if found.controls.is_empty() {
                Vec::new()
            } else {
                vec![found]
            },
            events: u64::from(is_new),
            span: time.map(Span::at),
            ..Part::default()
        }
    }

    /// Ends with what comes from a place, and tells what of it was left out.
    pub(super) fn end(&mut self) {
        let Place {
            name,
            messages,
            odd,
            unmatched,
        } = std::mem::take(&mut self.place);
        let remarks = [
            (
                odd,
                RemarkKind::Damaged,
                ["message is no event", "messages are no events"],
            ),
            (
                unmatched,
                RemarkKind::Unmatched,
                [
                    "event does not match the pattern that it was found for",
                    "events do not match the pattern that they were found for",
                ],
            ),
        ];
        for (number, kind, [one, several]) in remarks {
            if number > 0 {
                let words = if number == 1 { one } else { several };
                let remark = Remark {
                    file: name.to_string(),
                    kind,
                    what: format!("{number} {words}"),
                    records: messages - odd - unmatched,
                };
                self.collector.take(Part {
                    end: Some(End::Skipped(remark)),
                    ..Part::default()
                });
            }
        }
    }

    /// Notes that somebody interrupted.
    pub(super) fn interrupt(&mut self) {
        self.collector.interrupt();
    }

    /// Returns what there is.
    pub(super) fn finish(mut self) -> Result<Backtest, Error> {
        self.collector.finish()
    }
}

/// What was read of a message.
struct Read {
    hit: Hit,
    matches: Vec<usize>,
    time: Option<i64>,
}

fn read(record: &Record<'_>, file: &Arc<str>, index: u64) -> Read {
    let Record {
        index: _,
        text,
        matches,
    } = *record;
    Read {
        hit: Hit::noted(text, matches, Arc::clone(file), index),
        matches: matches.iter().collect(),
        time: event_time(text, matches),
    }
}
