//! Standard output and standard error: colours, width, and readers that go away.

use std::io::{self, IsTerminal, Write};

use anstream::AutoStream;

use super::args::{Format, Global, Output, When};
use super::error::Error;
use super::exit::Exit;
use crate::escape::visible;
use crate::render::{self, Bars, ColorChoice, Layout};
use crate::report::Document;

/// Where results and messages go.
#[derive(Debug)]
pub(super) struct Terminal {
    layout: Layout,
    format: Format,
    color: When,
    quiet: bool,
    verbose: bool,
    watched: bool,
}

/// Whether somebody reads what is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reader {
    /// Somebody may.
    There,
    /// Nobody will.
    Gone,
}

impl Terminal {
    /// Returns the terminal as the flags and the surroundings want it.
    pub(super) fn new(global: &Global) -> Self {
        let stdout = io::stdout();
        let width = if stdout.is_terminal() {
            terminal_size::terminal_size_of(&stdout).map(|(width, _)| usize::from(width.0))
        } else {
            None
        };
        let color = colored(global.color, || AutoStream::choice(&stdout));
        Self {
            layout: Layout {
                width,
                color,
                bars: bars(|name| std::env::var_os(name)?.into_string().ok()),
            },
            format: match global.format {
                Output::Text => Format::Text,
                Output::Markdown => Format::Markdown,
                Output::Html => Format::Html,
                // What other tools read is printed by the one command that has it.
                Output::Json
                | Output::Ocsf
                | Output::Asff
                | Output::Sarif
                | Output::Junit
                | Output::Csv => Format::Json,
            },
            color: global.color,
            quiet: global.quiet,
            verbose: global.verbose,
            watched: stdout.is_terminal(),
        }
    }

    /// Returns the format of results.
    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Returns whether somebody asked for more.
    pub(super) fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// Returns whether nothing is to be said but errors and questions.
    pub(super) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Prints a report as text, Markdown or HTML.
    pub(super) fn show(&self, document: &Document) -> Result<(), Error> {
        match self.format {
            Format::Markdown => self.print(&render::markdown(document)),
            Format::Html => self.print(&render::html(document)),
            Format::Text | Format::Json => self.print(&render::text(document, self.layout)),
        }
    }

    /// Returns whether results are printed on a terminal.
    pub(super) fn is_watched(&self) -> bool {
        self.watched
    }

    /// Prints one line to standard output, at once. Returns whether somebody still reads.
    #[expect(
        clippy::unused_self,
        reason = "results are printed by the terminal alone"
    )]
    pub(super) fn print_line(&self, line: &str) -> Result<Reader, Error> {
        // Standard output is written whenever a line ends.
        match io::stdout()
            .lock()
            .write_all(format!("{line}\n").as_bytes())
        {
            Ok(()) => Ok(Reader::There),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Reader::Gone),
            Err(error) => Err(unprinted(&error)),
        }
    }

    /// Prints to standard output. A reader that went away is no error.
    #[expect(
        clippy::unused_self,
        reason = "results are printed by the terminal alone"
    )]
    pub(super) fn print(&self, text: &str) -> Result<(), Error> {
        let mut stdout = io::stdout().lock();
        match stdout
            .write_all(text.as_bytes())
            .and_then(|()| stdout.flush())
        {
            Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(unprinted(&error)),
            Ok(()) | Err(_) => Ok(()),
        }
    }

    /// Tells something on standard error, unless it is to be quiet.
    pub(super) fn tell(&self, line: &str) {
        if !self.quiet {
            say(&format!("{}\n", visible(line)));
        }
    }

    /// Tells something on standard error that is only wanted by those who ask for more.
    pub(super) fn detail(&self, line: &str) {
        if self.verbose {
            self.tell(line);
        }
    }

    /// Tells an error on standard error.
    pub(super) fn complain(&self, error: &Error) {
        let color = colored(self.color, || AutoStream::choice(&io::stderr()));
        say(&error.lines(color));
    }
}

/// Returns what bars are made of in a locale: ASCII where one is set that has nothing else.
///
/// The first of these variables that is not empty counts (POSIX, section 8.2).
fn bars(variable: impl Fn(&str) -> Option<String>) -> Bars {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .into_iter()
        .filter_map(variable)
        .find(|value| !value.is_empty());
    let has_unicode = locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    });
    if has_unicode {
        Bars::Blocks
    } else {
        Bars::Ascii
    }
}

fn colored(when: When, choice: impl Fn() -> anstream::ColorChoice) -> ColorChoice {
    let wanted = match when {
        When::Always => true,
        When::Never => false,
        When::Auto => choice() != anstream::ColorChoice::Never,
    };
    if wanted {
        ColorChoice::Ansi
    } else {
        ColorChoice::Plain
    }
}

fn unprinted(error: &io::Error) -> Error {
    Error::failed("could not write to standard output").caused_by(error)
}

/// Writes to standard error. Nobody is left to be told when that fails.
pub(super) fn say(text: &str) {
    let mut stderr = io::stderr().lock();
    let _ = stderr
        .write_all(text.as_bytes())
        .and_then(|()| stderr.flush());
}

/// Prints clap's answer: help and version to standard output, complaints to standard error.
pub(super) fn answer(answer: &clap::Error) -> Exit {
    let printed = answer.print();
    match (answer.use_stderr(), printed) {
        (true, _) => Exit::Usage,
        (false, Err(error)) if error.kind() != io::ErrorKind::BrokenPipe => {
            let error = unprinted(&error);
            say(&error.lines(ColorChoice::Plain));
            error.exit()
        }
        (false, _) => Exit::Done,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_ascii_in_a_locale_that_has_nothing_else() {
        for (locale, expected) in [
            (&[][..], Bars::Blocks),
            (&[("LANG", "C.UTF-8")], Bars::Blocks),
            (&[("LANG", "de_DE.utf8")], Bars::Blocks),
            (&[("LANG", "C")], Bars::Ascii),
            (&[("LANG", "de_DE.ISO-8859-1")], Bars::Ascii),
            (&[("LC_ALL", "C"), ("LANG", "C.UTF-8")], Bars::Ascii),
            (
                &[("LC_ALL", ""), ("LC_CTYPE", "C.UTF-8"), ("LANG", "C")],
                Bars::Blocks,
            ),
        ] {
            let variable = |wanted: &str| {
                let found = locale.iter().find(|(name, _)| *name == wanted);
                found.map(|(_, value)| (*value).to_owned())
            };
            assert_eq!(bars(variable), expected, "{locale:?}");
        }
    }
}
