//! `pattern match`: the events that a pattern matches, from files and standard input.
//!
//! What cannot be read is told, and the rest is used.

use std::path::{Path, PathBuf};
use std::str;

use serde::de::IgnoredAny;

use super::events::{End, LONGEST, Part};
use super::hits::Hits;
use super::input::Input;
use super::source;
use crate::cli::args::Format;
use crate::cli::args::pattern::MatchArgs;
use crate::cli::error::{Error, words};
use crate::cli::exit::Exit;
use crate::cli::terminal::Terminal;
use crate::pattern::bulk::{PatternSet, Tester};
use crate::render::json::{self, Matched, Unread};

/// What every log file of CloudTrail holds; other JSON is not taken for one.
const RECORDS: &str = "\"Records\"";

/// Runs `pattern match`.
pub(super) fn run(args: &MatchArgs, terminal: &Terminal) -> Result<Exit, Error> {
    let unfit = match terminal.format() {
        Format::Markdown => Some("Markdown"),
        Format::Html => Some("HTML"),
        Format::Text | Format::Json => None,
    };
    if let Some(format) = unfit {
        let message = format!("events are not printed as {format}");
        return Err(Error::usage(message).hint("there are `--format text` and `--format json`"));
    }
    let [pattern] = source::patterns([("PATTERN", args.pattern.as_str())])?;
    let set = PatternSet::new([pattern.clone()]);
    let standard_input = [PathBuf::from("-")];
    let paths = match args.files.as_slice() {
        [] => standard_input.as_slice(),
        files => files,
    };
    let mut hits = Hits::new(args, terminal);
    let mut unread = Vec::new();
    for path in paths {
        if !hits.is_over() {
            unread.extend(search(path, set.tester(), &mut hits, terminal));
        }
    }
    let count = hits.count();
    match (terminal.format(), args.count) {
        (Format::Json, _) => terminal.print(&json::pattern_match(&Matched {
            pattern: &pattern,
            count,
            hits: (!args.count).then(|| hits.collected()),
            unread: &unread,
        }))?,
        (Format::Text | Format::Markdown | Format::Html, true) if !args.with_filename => {
            terminal.print(&format!("{count}\n"))?;
        }
        (Format::Text | Format::Markdown | Format::Html, _) => {}
    }
    hits.finish()?;
    Ok(match (unread.is_empty(), count) {
        (false, _) => Exit::Trouble,
        (true, 0) => Exit::NoMatch,
        (true, _) => Exit::Done,
    })
}

/// Searches one input. Returns what could not be read of it, which has been told.
fn search(
    path: &Path,
    tester: Tester<'_>,
    hits: &mut Hits<'_>,
    terminal: &Terminal,
) -> Option<Unread> {
    let input = Input::new(path);
    let before = hits.count();
    let mut search = Search {
        input,
        file: input.file(),
        name: input.name(),
        tester,
        hits,
        terminal,
        events: 0,
        unread: None,
    };
    search.run();
    let Search {
        name, hits, unread, ..
    } = search;
    hits.end_of_file(&name, before);
    if let Some(Unread { places, .. }) = unread
        && places > 1
    {
        let more = places - 1;
        let noun = if more == 1 { "place" } else { "places" };
        terminal.complain(&Error::failed(format!(
            "`{name}` has {more} more {noun} that could not be read"
        )));
    }
    unread
}

/// The search through one input.
struct Search<'run, 'hits> {
    input: Input<'run>,
    file: Option<String>,
    name: String,
    tester: Tester<'run>,
    hits: &'run mut Hits<'hits>,
    terminal: &'run Terminal,
    /// How many events there were.
    events: usize,
    unread: Option<Unread>,
}

impl Search<'_, '_> {
    fn run(&mut self) {
        let mut events = match self.input.open() {
            Ok(events) => events,
            Err(error) => {
                let failed = Error::failed(format!("could not read `{}`", self.name));
                self.trouble(&failed.caused_by(&error));
                return;
            }
        };
        let mut bytes = Vec::new();
        while !self.hits.is_over() {
            match events.next(&mut bytes) {
                Some(part) => self.part(&bytes, &part),
                None => break,
            }
        }
    }

    /// Takes a part of the input: the records of a log file, or one event.
    fn part(&mut self, bytes: &[u8], part: &Part) {
        let (text, is_text) = match str::from_utf8(bytes) {
            Ok(text) => (text, true),
            Err(error) => {
                let valid = bytes.get(..error.valid_up_to()).unwrap_or_default();
                (str::from_utf8(valid).unwrap_or_default(), false)
            }
        };
        let defect = defect(&part.end, is_text);
        if matches!(self.input, Input::File(_)) && text.contains(RECORDS) {
            match self.log_file(text) {
                Ok(()) => return,
                // It is no log file, or its first record is broken.
                Err(0) => {}
                Err(records) => {
                    let defect = defect.unwrap_or_else(|| "what follows is no JSON".to_owned());
                    let place = format!("behind record {records}");
                    return self.trouble(&self.incomplete(&defect, &place));
                }
            }
        }
        match defect {
            Some(defect) => {
                let place = format!("in line {}", part.line);
                self.trouble(&self.incomplete(&defect, &place));
            }
            None => self.event(text, part.line),
        }
    }

    /// Takes the records of a log file. Fails with the number of records before the place where it is none.
    fn log_file(&mut self, text: &str) -> Result<(), usize> {
        let Self {
            file,
            name,
            tester,
            hits,
            events,
            ..
        } = self;
        let first = *events;
        let whole = tester.log_file(text, |_, record, matches| {
            if matches.contains(0) {
                hits.add(file.as_deref(), name, *events, record);
            }
            *events += 1;
        });
        match whole {
            Ok(_) => Ok(()),
            Err(_) => Err(*events - first),
        }
    }

    /// Takes one event. On standard input every text is one; a file holds JSON alone.
    fn event(&mut self, text: &str, line: u64) {
        let matches = self.tester.matches(text);
        let (hit, is_object) = (matches.contains(0), matches.is_object());
        match self.input {
            Input::Standard => self.notice_log_file(text),
            Input::File(_) if is_object => {}
            Input::File(_) => {
                if let Err(error) = serde_json::from_str::<IgnoredAny>(text) {
                    let behind = u64::try_from(error.line()).unwrap_or(1).saturating_sub(1);
                    let place = format!("in line {}", line.saturating_add(behind));
                    // What begins like an object was meant to be one.
                    return self.trouble(&if text.starts_with('{') {
                        self.incomplete(&mistake(&error), &place)
                    } else {
                        self.incomplete("it is no JSON", &place)
                            .hint("a file holds JSON; other text is read on standard input")
                    });
                }
            }
        }
        if hit {
            self.hits
                .add(self.file.as_deref(), &self.name, self.events, text);
        }
        self.events += 1;
    }

    /// Tells once that a log file on standard input is not taken for one.
    fn notice_log_file(&mut self, text: &str) {
        if self.events == 0 && text.starts_with("{\"Records\":[") {
            self.terminal.tell(
                "note: on standard input each line is one event; to look at the records of a log file, name the file",
            );
        }
    }

    fn incomplete(&self, defect: &str, place: &str) -> Error {
        Error::failed(format!("could not read all of `{}`", self.name))
            .because(format!("{defect}, {place}"))
    }

    /// Tells the first trouble of the input, and counts the others.
    fn trouble(&mut self, error: &Error) {
        if let Some(unread) = &mut self.unread {
            unread.places += 1;
            return;
        }
        self.terminal.complain(error);
        self.unread = Some(Unread {
            file: self.file.clone(),
            message: error.message().to_owned(),
            places: 1,
        });
    }
}

/// Returns what is wrong with a part, beside what it says.
fn defect(end: &End, is_text: bool) -> Option<String> {
    match end {
        End::Failed(error) => Some(words(error)),
        End::TooLong => Some(format!("it is longer than {} MiB", LONGEST >> 20)),
        End::Whole | End::Short | End::Broken if !is_text => Some("it is not UTF-8".to_owned()),
        End::Short => Some("it ends in the middle of an object".to_owned()),
        End::Broken => Some("an object breaks off".to_owned()),
        End::Whole => None,
    }
}

/// Returns what is wrong with a text that is no JSON, and in which column.
fn mistake(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let words = text.split(" at line ").next().unwrap_or_default();
    format!("{words} at column {}", error.column())
}
