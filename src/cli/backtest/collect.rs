//! What all files come to together.

use std::collections::BTreeSet;
use std::io::{self, BufWriter, Stdout, Write};
use std::sync::Arc;

use super::file::{FileReading, LONGEST};
use crate::backtest::{Backtest, Content, Contents, Hit, Remark, RemarkKind, Span, State, Tally};
use crate::cli::error::Error;
use crate::model::ControlId;
use crate::render::json;

/// Matches with which a new one is compared, at least; twice as many at most.
const REMEMBERED: usize = 250_000;

/// A match: the event, the positions of the controls whose patterns match, and a fingerprint of the event.
#[derive(Debug)]
pub(super) struct Match {
    pub(super) hit: Hit,
    pub(super) controls: Vec<usize>,
    pub(super) fingerprint: u64,
}

/// A part of what was read of a file.
#[derive(Debug, Default)]
pub(super) struct Part {
    pub(super) matches: Vec<Match>,
    pub(super) events: u64,
    pub(super) outside: u64,
    pub(super) span: Option<Span>,
    /// From the first to the last event, also of those outside of the time asked for.
    pub(super) covered: Option<Span>,
    /// How the file ended, if this is its last part.
    pub(super) end: Option<End>,
}

/// How a file ended.
#[derive(Debug)]
pub(super) enum End {
    Read(Arc<str>, FileReading),
    Skipped(Remark),
    /// Somebody interrupted.
    Left,
}

/// What becomes of a file that cannot be read to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Care {
    /// The rest is used.
    Lenient,
    /// Nothing more is read.
    Strict,
}

/// Collects the parts of all files, in their order.
#[derive(Debug)]
pub(super) struct Collector {
    ids: Vec<ControlId>,
    care: Care,
    list: Option<BufWriter<Stdout>>,
    backtest: Backtest,
    seen: Seen,
    /// Why nothing more is wanted.
    stop: Option<Result<(), Error>>,
}

impl Collector {
    pub(super) fn new(ids: Vec<ControlId>, care: Care) -> Self {
        let tallies = ids.iter().map(|_| Tally::default()).collect();
        Self {
            ids,
            care,
            list: None,
            backtest: Backtest {
                tallies,
                ..Backtest::default()
            },
            seen: Seen::default(),
            stop: None,
        }
    }

    /// Prints each match as a line.
    pub(super) fn listing(self) -> Self {
        Self {
            list: Some(BufWriter::new(io::stdout())),
            ..self
        }
    }

    /// Tells whether nothing more is wanted.
    pub(super) fn is_over(&self) -> bool {
        self.stop.is_some()
    }

    /// Takes a part.
    pub(super) fn take(&mut self, part: Part) {
        if self.is_over() {
            return;
        }
        let Part {
            matches,
            events,
            outside,
            span,
            covered,
            end,
        } = part;
        let survey = &mut self.backtest.survey;
        survey.events += events;
        survey.outside += outside;
        if let Some(span) = span {
            survey.reach(span);
        }
        if let Some(covered) = covered {
            survey.cover(covered);
        }
        for found in &matches {
            self.hit(found);
        }
        match end {
            None => {}
            Some(End::Read(file, reading)) => self.file(&file, &reading),
            Some(End::Skipped(remark)) => self.remark(remark),
            Some(End::Left) => self.backtest.survey.state = State::Interrupted,
        }
    }

    /// Notes that reading was left before its end.
    pub(super) fn interrupt(&mut self) {
        self.backtest.survey.state = State::Interrupted;
    }

    /// Ends: returns what there is, or why that is not all.
    pub(super) fn finish(&mut self) -> Result<Backtest, Error> {
        if let Some(list) = &mut self.list
            && let Err(error) = list.flush()
        {
            self.stop.get_or_insert(unprinted(&error));
        }
        match self.stop.take() {
            Some(Err(error)) => Err(error),
            Some(Ok(())) | None => Ok(std::mem::take(&mut self.backtest)),
        }
    }

    fn hit(&mut self, found: &Match) {
        let Match {
            hit,
            controls,
            fingerprint,
        } = found;
        for control in controls {
            self.print(*control, hit);
        }
        // Records without an id cannot be told from others that happen to say the same.
        if hit.event_id.is_some() && !self.seen.is_new(*fingerprint) {
            self.backtest.survey.duplicates += 1;
            return;
        }
        for control in controls {
            if let Some(tally) = self.backtest.tallies.get_mut(*control) {
                tally.add(hit);
            }
        }
    }

    fn print(&mut self, control: usize, hit: &Hit) {
        if let (Some(list), Some(id)) = (&mut self.list, self.ids.get(control))
            && let Err(error) = list.write_all(json::backtest_line(id, hit).as_bytes())
        {
            self.stop.get_or_insert(unprinted(&error));
        }
    }

    fn file(&mut self, file: &Arc<str>, reading: &FileReading) {
        let FileReading {
            contents,
            bytes,
            plain_bytes,
            no_text: _,
            failure: _,
        } = reading;
        let survey = &mut self.backtest.survey;
        let trouble = trouble(reading);
        if contents.content == Content::Records && (contents.records > 0 || trouble.is_none()) {
            survey.files += 1;
            survey.bytes += bytes;
            survey.plain_bytes += plain_bytes;
        }
        if let Some((kind, what)) = trouble {
            self.remark(Remark {
                file: file.to_string(),
                kind,
                what,
                records: contents.records,
            });
        }
    }

    fn remark(&mut self, remark: Remark) {
        if self.care == Care::Strict && !remark.kind.is_harmless() {
            let error = Error::failed(format!("could not read all of `{}`", remark.file))
                .because(&remark.what)
                .hint("without `--strict` it is left out as far as it cannot be read");
            self.stop.get_or_insert(Err(error));
        }
        self.backtest.survey.remark(remark);
    }
}

fn unprinted(error: &io::Error) -> Result<(), Error> {
    if error.kind() == io::ErrorKind::BrokenPipe {
        return Ok(());
    }
    Err(Error::failed("could not write to standard output").caused_by(error))
}

/// Returns what is wrong with a file, if anything is.
fn trouble(reading: &FileReading) -> Option<(RemarkKind, String)> {
    let FileReading {
        contents,
        bytes: _,
        plain_bytes: _,
        no_text,
        failure,
    } = reading;
    let Contents {
        content,
        records,
        broken,
        too_long,
        others,
        breaks_off,
    } = contents;
    let behind = match records {
        0 => String::new(),
        1 => ", behind 1 record".to_owned(),
        records => format!(", behind {records} records"),
    };
    if let Some(failure) = failure {
        let kind = match content {
            Content::Records => RemarkKind::Damaged,
            Content::Nothing | Content::Digest | Content::OtherJson | Content::NoJson => {
                RemarkKind::Unreadable
            }
        };
        return Some((kind, format!("{failure}{behind}")));
    }
    let foreign = |what: &str| Some((RemarkKind::Foreign, what.to_owned()));
    match content {
        Content::Nothing => return Some((RemarkKind::Damaged, "it is empty".to_owned())),
        Content::Digest => {
            let what = "it is a digest, which holds no events";
            return Some((RemarkKind::Digest, what.to_owned()));
        }
        Content::OtherJson => return foreign("it is JSON, but no log of CloudTrail"),
        Content::NoJson => return foreign("it is no JSON"),
        Content::Records => {}
    }
    let numbered = |number: u64, one: &str, several: &str| match number {
        0 => None,
        1 => Some(format!("1 {one}")),
        number => Some(format!("{number} {several}")),
    };
    let longest = LONGEST >> 20;
    let what = [
        numbered(*broken, "record is broken", "records are broken"),
        numbered(*too_long, "record is", "records are")
            .map(|start| format!("{start} longer than {longest} MiB")),
        numbered(*others, "value is no event", "values are no events"),
        numbered(*no_text, "byte is not UTF-8", "bytes are not UTF-8"),
        breaks_off.map(|why| format!("{why}{behind}")),
    ];
    let what: Vec<String> = what.into_iter().flatten().collect();
    (!what.is_empty()).then(|| (RemarkKind::Damaged, what.join("; ")))
}

/// The fingerprints of the last matches.
#[derive(Debug, Default)]
struct Seen {
    newer: BTreeSet<u64>,
    older: BTreeSet<u64>,
}

impl Seen {
    /// Tells whether a fingerprint is new, and remembers it.
    fn is_new(&mut self, fingerprint: u64) -> bool {
        if self.newer.len() >= REMEMBERED {
            self.older = std::mem::take(&mut self.newer);
        }
        !self.older.contains(&fingerprint) && self.newer.insert(fingerprint)
    }
}
