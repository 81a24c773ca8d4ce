//! How far reading is, on a terminal alone.

use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Instant;

use super::TICK;
use super::crew::Done;
use super::paths::{Walk, size};
use crate::cli::terminal::{Terminal, say};
use crate::escape::visible;

/// Removes the line that the cursor is in.
const REMOVE: &str = "\r\u{1b}[K";

/// Tells how far it is, in a line that is written again and again.
pub(super) struct Progress {
    /// When it began, if somebody watches.
    since: Option<Instant>,
    /// The bytes of all files, once they are known.
    total: Arc<OnceLock<u64>>,
    shown: bool,
}

impl Progress {
    #[expect(
        clippy::disallowed_methods,
        reason = "the rate is shown to who waits, and nothing else depends on it"
    )]
    pub(super) fn new(paths: &[PathBuf], terminal: &Terminal) -> Self {
        let is_watched = is_watched(terminal);
        let total = Arc::new(OnceLock::new());
        if is_watched {
            let (walk, total) = (Walk::new(paths), Arc::clone(&total));
            thread::spawn(move || total.set(size(walk)));
        }
        Self {
            since: is_watched.then(Instant::now),
            total,
            shown: false,
        }
    }

    /// Shows how far it is.
    pub(super) fn show(&mut self, done: &Done) {
        let Some(since) = self.since else {
            return;
        };
        let count = |number: &std::sync::atomic::AtomicU64| number.load(Ordering::Relaxed);
        let line = line(
            (count(&done.files), count(&done.bytes), count(&done.events)),
            since.elapsed().as_secs(),
            self.total.get().copied(),
        );
        say(&format!("{REMOVE}{line}"));
        self.shown = true;
    }

    /// Removes the line.
    pub(super) fn clear(&mut self) {
        if std::mem::take(&mut self.shown) {
            say(REMOVE);
        }
    }
}

/// Tells how far the asking of an account is, in a line that is written again and again.
pub(super) struct Ticker {
    is_watched: bool,
    told: Option<Instant>,
    step: String,
    events: u64,
}

impl Ticker {
    pub(super) fn new(terminal: &Terminal) -> Self {
        Self {
            is_watched: is_watched(terminal),
            told: None,
            step: String::new(),
            events: 0,
        }
    }

    /// Begins with a step, before which some of all are done.
    pub(super) fn step(&mut self, name: &str, done: usize, all: usize) {
        self.step = format!("{}/{all} {name}", done + 1);
        self.told = None;
        self.tell();
    }

    /// Counts an event.
    pub(super) fn event(&mut self) {
        self.events += 1;
        self.tell();
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the line is not written more often than anybody can read"
    )]
    fn tell(&mut self) {
        let is_told = |told: &Instant| told.elapsed() < TICK;
        if self.is_watched && !self.told.as_ref().is_some_and(is_told) {
            self.told = Some(Instant::now());
            let line = format!("{}, {} events", self.step, self.events);
            say(&format!("{REMOVE}{}", visible(&line)));
        }
    }

    /// Removes the line.
    pub(super) fn clear(&mut self) {
        if self.told.take().is_some() {
            say(REMOVE);
        }
    }
}

/// Tells whether somebody sees a line that is written again and again.
fn is_watched(terminal: &Terminal) -> bool {
    io::stderr().is_terminal() && !terminal.is_quiet()
}

/// Returns how far it is after some seconds.
fn line((files, bytes, events): (u64, u64, u64), seconds: u64, total: Option<u64>) -> String {
    let rate = bytes / seconds.max(1);
    let plural = |number: u64| if number == 1 { "" } else { "s" };
    let mut line = format!(
        "{files} file{}, {}, {events} event{}, {}/s",
        plural(files),
        amount(bytes),
        plural(events),
        amount(rate)
    );
    if let Some(left) = total
        .and_then(|total| total.checked_sub(bytes))
        .filter(|_| rate > 0)
    {
        let left = left / rate;
        let left = format!(", {}:{:02} left", left / 60, left % 60);
        line.push_str(&left);
    }
    line
}

fn amount(bytes: u64) -> String {
    match bytes {
        0..1_000_000 => format!("{} kB", bytes / 1000),
        1_000_000..1_000_000_000 => format!("{} MB", bytes / 1_000_000),
        1_000_000_000.. => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_how_far_it_is_and_how_long_it_takes() {
        assert_eq!(
            line((3, 250_000_000, 7), 2, Some(10_250_000_000)),
            "3 files, 250 MB, 7 events, 125 MB/s, 1:20 left"
        );
        assert_eq!(line((0, 0, 0), 0, None), "0 files, 0 kB, 0 events, 0 kB/s");
        assert_eq!(line((1, 0, 1), 0, None), "1 file, 0 kB, 1 event, 0 kB/s");
        assert_eq!(amount(12_345_678_901), "12.3 GB");
    }
}
