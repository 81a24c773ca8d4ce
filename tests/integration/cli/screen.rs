//! The program on a real terminal: what is typed, what appears, and what is left of the terminal.

#![expect(
    clippy::disallowed_methods,
    reason = "a program that hangs must not hold up the tests"
)]

use std::io::ErrorKind;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use expectrl::Expect;
use expectrl::process::Termios;
use expectrl::process::unix::{Signal, WaitStatus};
use expectrl::session::OsSession;

use super::program::{PROGRAM, Place};

/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(2);

/// Ctrl-C, Ctrl-D, Escape and the arrow that points down.
pub(super) const CTRL_C: &str = "\u{3}";
pub(super) const CTRL_D: &str = "\u{4}";
pub(super) const ESCAPE: &str = "\u{1b}";
pub(super) const DOWN: &str = "\u{1b}[B";

/// A terminal with the program running on it.
#[derive(Debug)]
pub(super) struct Screen {
    session: OsSession,
    seen: String,
    /// How much of what was seen has been waited for.
    read: usize,
}

/// What is left when the program has ended.
#[derive(Debug)]
pub(super) struct End {
    pub(super) status: i32,
    pub(super) seen: String,
    /// Whether the terminal shows what is typed, as it did before.
    pub(super) echoes: bool,
}

impl Screen {
    /// Runs the program on a terminal of so many columns and 24 rows.
    pub(super) fn open(place: &Place, columns: u16, arguments: &str) -> Self {
        Self::shell(place, columns, &format!("exec \"$0\" {arguments}"))
    }

    /// Runs a line of the shell on a terminal; the program is `"$0"`.
    pub(super) fn shell(place: &Place, columns: u16, line: &str) -> Self {
        Self::with(place, columns, line, &[])
    }

    /// The same with variables in the environment.
    pub(super) fn with(
        place: &Place,
        columns: u16,
        line: &str,
        variables: &[(&str, &str)],
    ) -> Self {
        // The shell waits for a line, so that all is set before the program looks at it.
        let line = format!("read start && stty echo && {line}");
        let mut shell = Command::new("sh");
        shell.args(["-c", &line, PROGRAM]);
        place.surround(&mut shell);
        shell.env("TERM", "xterm").env("PATH", "/usr/bin:/bin");
        shell.envs(variables.iter().copied());
        let mut session = OsSession::spawn(shell).unwrap();
        session
            .get_process_mut()
            .set_window_size(columns, 24)
            .unwrap();
        session.send("\n").unwrap();
        Self {
            session,
            seen: String::new(),
            read: 0,
        }
    }

    /// Waits until a text appears, and counts what stands before it as read.
    pub(super) fn wait_for(&mut self, text: &str) -> &mut Self {
        let start = Instant::now();
        loop {
            if let Some(place) = self.seen[self.read..].find(text) {
                self.read += place + text.len();
                return self;
            }
            assert!(self.read_more(), "ended before `{text}`: {}", self.seen);
            assert!(start.elapsed() < PATIENCE, "no `{text}`: {}", self.seen);
        }
    }

    pub(super) fn send(&mut self, keys: &str) -> &mut Self {
        self.session.send(keys).unwrap();
        self
    }

    pub(super) fn send_bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.session.send(bytes).unwrap();
        self
    }

    pub(super) fn signal(&mut self, signal: Signal) -> &mut Self {
        self.session.get_process_mut().signal(signal).unwrap();
        self
    }

    /// Waits for the end of the program.
    pub(super) fn end(&mut self) -> End {
        let start = Instant::now();
        while self.read_more() {
            assert!(start.elapsed() < PATIENCE, "does not end: {}", self.seen);
        }
        let ended = self.session.get_process().wait().unwrap();
        let WaitStatus::Exited(_, status) = ended else {
            panic!("{ended:?}: {}", self.seen)
        };
        End {
            status,
            seen: self.seen.clone(),
            echoes: self.session.get_process().is_echo().unwrap(),
        }
    }

    /// Reads what has come, or waits a little. Returns whether there may be more.
    fn read_more(&mut self) -> bool {
        let mut bytes = [0; 4096];
        match self.session.try_read(&mut bytes) {
            Ok(0) => false,
            Ok(count) => {
                self.seen += &String::from_utf8_lossy(&bytes[..count]);
                true
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                thread::sleep(Duration::from_millis(2));
                true
            }
            Err(error) => panic!("{error}: {}", self.seen),
        }
    }
}

impl End {
    /// Returns whether the cursor can be seen: hidden never, or shown since.
    pub(super) fn shows_cursor(&self) -> bool {
        self.seen.rfind("\u{1b}[?25l") <= self.seen.rfind("\u{1b}[?25h")
    }

    /// Panics unless all of some parts were seen, one after the other.
    pub(super) fn assert_in_order(&self, parts: [&str; 4]) {
        let text = self.plain();
        let places = parts.map(|part| text.find(part).expect(part));
        assert!(places.is_sorted(), "{text}");
    }

    /// Returns what was seen, without colours and with plain ends of lines.
    pub(super) fn plain(&self) -> String {
        let mut parts = self.seen.split("\u{1b}[");
        let mut plain = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let end = part.find(|c: char| c.is_ascii_alphabetic()).unwrap();
            plain += &part[end + 1..];
        }
        plain.replace("\r\n", "\n")
    }
}
