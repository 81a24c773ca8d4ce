//! What becomes of the events that match: printed, counted or collected.

use crate::cli::args::Format;
use crate::cli::args::pattern::MatchArgs;
use crate::cli::error::Error;
use crate::cli::terminal::{Reader, Terminal};
use crate::escape::visible;
use crate::render::json::Hit;

/// What becomes of the events that match.
#[derive(Debug)]
pub(super) struct Hits<'run> {
    args: &'run MatchArgs,
    terminal: &'run Terminal,
    collected: Vec<Hit>,
    count: usize,
    /// Why nothing more is wanted.
    stop: Option<Result<(), Error>>,
}

impl<'run> Hits<'run> {
    pub(super) fn new(args: &'run MatchArgs, terminal: &'run Terminal) -> Self {
        Self {
            args,
            terminal,
            collected: Vec::new(),
            count: 0,
            stop: None,
        }
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }

    pub(super) fn collected(&self) -> &[Hit] {
        &self.collected
    }

    /// Returns whether nothing more is wanted.
    pub(super) fn is_over(&self) -> bool {
        self.stop.is_some()
    }

    /// Ends, with the error that came up in printing.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        self.stop.take().unwrap_or(Ok(()))
    }

    /// Takes an event: the file that it is from, its position there, and its text.
    pub(super) fn add(&mut self, file: Option<&str>, name: &str, index: usize, text: &str) {
        if self.is_over() {
            return;
        }
        self.count += 1;
        if self.args.count {
            return;
        }
        match self.terminal.format() {
            Format::Json => self.collected.push(Hit {
                file: file.map(str::to_owned),
                index,
                text: text.to_owned(),
            }),
            Format::Text | Format::Markdown | Format::Html => self.print(name, &one_line(text)),
        }
    }

    /// Prints the number of matching events of a file, if that is wanted; there were `before` of them in the files before.
    pub(super) fn end_of_file(&mut self, name: &str, before: usize) {
        let wanted = self.args.count && self.args.with_filename;
        match self.terminal.format() {
            Format::Text | Format::Markdown | Format::Html if wanted && !self.is_over() => {
                self.print(name, &(self.count - before).to_string());
            }
            Format::Text | Format::Markdown | Format::Html | Format::Json => {}
        }
    }

    /// Prints a line, behind the name of the file if that is wanted.
    fn print(&mut self, name: &str, text: &str) {
        let line = if self.args.with_filename {
            format!("{name}:{text}")
        } else {
            text.to_owned()
        };
        let printed = if self.terminal.is_watched() {
            self.terminal.print_line(&visible(&line))
        } else {
            self.terminal.print_line(&line)
        };
        match printed {
            Ok(Reader::There) => {}
            Ok(Reader::Gone) => self.stop = Some(Ok(())),
            Err(error) => self.stop = Some(Err(error)),
        }
    }
}

/// Returns an event in one line. One of several lines is JSON, in which blanks outside of texts mean nothing.
fn one_line(text: &str) -> String {
    if !text.contains('\n') {
        return text.to_owned();
    }
    let mut line = String::with_capacity(text.len());
    let (mut in_text, mut escaped) = (false, false);
    for c in text.chars() {
        if in_text {
            in_text = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else if c.is_ascii_whitespace() {
            continue;
        } else {
            in_text = c == '"';
        }
        line.push(c);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_of_several_lines_becomes_one_and_keeps_its_texts() {
        let text = "{\n  \"a b\": [1.0,\r\n 2],\t\"c\": \" \\\" \\\\\" }";
        assert_eq!(one_line(text), r#"{"a b":[1.0,2],"c":" \" \\"}"#);
        assert_eq!(one_line("a  b\r"), "a  b\r");
    }
}
