//! Cuts a stream of bytes into events, without holding more than one of them: lines of text, or JSON documents.
//!
//! A JSON document is found by its braces alone; whether it is JSON is seen by who reads it. After one that is broken, reading
//! goes on at the next line that begins with a brace.

use std::io::{self, BufRead};

use crate::pattern::bulk::{Braces, Found};

/// The greatest length of a line or a document in bytes.
pub(super) const LONGEST: usize = 256 << 20;

/// How a stream is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cut {
    /// Each line is one message.
    Lines,
    /// JSON objects, however they are laid out; whatever else there is, line by line.
    Documents,
}

/// How a part of a stream ended.
#[derive(Debug)]
pub(super) enum End {
    /// As it should.
    Whole,
    /// In the middle, since the stream ends there.
    Short,
    /// In the middle, where no JSON object can go on.
    Broken,
    /// It is longer than what is read.
    TooLong,
    /// In the middle, where reading failed.
    Failed(io::Error),
}

/// A part of a stream, whose bytes are elsewhere.
#[derive(Debug)]
pub(super) struct Part {
    /// The line that it begins in, counted from 1.
    pub(super) line: u64,
    pub(super) end: End,
}

/// A stream that is being cut.
#[derive(Debug)]
pub(super) struct Events<R> {
    reader: R,
    cut: Cut,
    line: u64,
    ended: bool,
}

impl<R: BufRead> Events<R> {
    pub(super) fn new(reader: R, cut: Cut) -> Self {
        Self {
            reader,
            cut,
            line: 1,
            ended: false,
        }
    }

    /// Reads the next part into `bytes`, or returns nothing at the end of the stream.
    pub(super) fn next(&mut self, bytes: &mut Vec<u8>) -> Option<Part> {
        bytes.clear();
        if self.ended {
            return None;
        }
        let part = match self.cut {
            Cut::Lines => self.line(bytes),
            Cut::Documents => self.document(bytes),
        };
        part.unwrap_or_else(|error| {
            self.ended = true;
            Some(Part {
                line: self.line,
                end: End::Failed(error),
            })
        })
    }

    fn line(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<Part>> {
        if self.peek()?.is_none() {
            return Ok(None);
        }
        let line = self.line;
        self.rest_of_line(bytes, LONGEST + 1)?;
        let end = if bytes.len() > LONGEST {
            End::TooLong
        } else {
            End::Whole
        };
        Ok(Some(Part { line, end }))
    }

    fn document(&mut self, bytes: &mut Vec<u8>) -> io::Result<Option<Part>> {
        loop {
            match self.peek()? {
                None => return Ok(None),
                Some(b'{') => break,
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.skip_blanks()?,
                Some(_) => return self.line(bytes),
            }
        }
        let line = self.line;
        let end = self.object(bytes).unwrap_or_else(|error| {
            self.ended = true;
            End::Failed(error)
        });
        if matches!(end, End::Broken | End::TooLong) {
            self.recover(bytes.last().copied())?;
        }
        Ok(Some(Part { line, end }))
    }

    fn peek(&mut self) -> io::Result<Option<u8>> {
        Ok(self.fill()?.first().copied())
    }

    /// Returns what has been read ahead, or more when that is nothing; nothing at the end of the stream.
    fn fill(&mut self) -> io::Result<&[u8]> {
        // A terminal that has said that it ends is not asked again.
        while !self.ended {
            match self.reader.fill_buf() {
                Ok([]) => self.ended = true,
                Ok(_) => return self.reader.fill_buf(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        Ok(&[])
    }

    fn skip_blanks(&mut self) -> io::Result<()> {
        let buffer = self.fill()?;
        let is_blank = |byte: &&u8| matches!(byte, b' ' | b'\t' | b'\r' | b'\n');
        let blanks = buffer.iter().take_while(is_blank);
        let (mut count, mut lines) = (0, 0);
        for byte in blanks {
            count += 1;
            lines += u64::from(*byte == b'\n');
        }
        self.reader.consume(count);
        self.line += lines;
        Ok(())
    }

    /// Reads up to the end of the line, which is left out, and keeps `most` bytes of that.
    fn rest_of_line(&mut self, bytes: &mut Vec<u8>, most: usize) -> io::Result<()> {
        loop {
            let buffer = self.fill()?;
            if buffer.is_empty() {
                return Ok(());
            }
            let end = end_of_line(buffer);
            let part = buffer
                .get(..end.unwrap_or(buffer.len()))
                .unwrap_or_default();
            let room = most.saturating_sub(bytes.len()).min(part.len());
            bytes.extend_from_slice(part.get(..room).unwrap_or_default());
            let used = part.len() + usize::from(end.is_some());
            self.reader.consume(used);
            if end.is_some() {
                self.line += 1;
                return Ok(());
            }
        }
    }

    /// Reads one object, from its brace to the matching one.
    fn object(&mut self, bytes: &mut Vec<u8>) -> io::Result<End> {
        let mut braces = Braces::default();
        loop {
            let buffer = self.fill()?;
            if buffer.is_empty() {
                return Ok(End::Short);
            }
            let (used, found) = braces.read(buffer);
            let part = buffer.get(..used).unwrap_or_default();
            bytes.extend_from_slice(part);
            let lines: u64 = part.iter().map(|byte| u64::from(*byte == b'\n')).sum();
            self.reader.consume(used);
            self.line += lines;
            match found {
                Found::Inside if bytes.len() > LONGEST => return Ok(End::TooLong),
                Found::Inside => {}
                Found::End => return Ok(End::Whole),
                Found::Mistake => return Ok(End::Broken),
            }
        }
    }

    /// Passes over everything up to a line that begins with a brace; `last` is the byte that was read last.
    fn recover(&mut self, last: Option<u8>) -> io::Result<()> {
        if last != Some(b'\n') {
            self.rest_of_line(&mut Vec::new(), 0)?;
        }
        while self.peek()?.is_some_and(|byte| byte != b'{') {
            self.rest_of_line(&mut Vec::new(), 0)?;
        }
        Ok(())
    }
}

/// Returns where the line ends.
fn end_of_line(buffer: &[u8]) -> Option<usize> {
    buffer.iter().position(|byte| *byte == b'\n')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The parts of a stream that is given in pieces of some bytes, each with its line and how it ended.
    fn parts(text: &str, cut: Cut, piece: usize) -> Vec<(u64, String, &'static str)> {
        let reader = io::BufReader::with_capacity(piece, text.as_bytes());
        let mut events = Events::new(reader, cut);
        let mut bytes = Vec::new();
        let mut parts = Vec::new();
        while let Some(Part { line, end }) = events.next(&mut bytes) {
            let end = match end {
                End::Whole => "whole",
                End::Short => "short",
                End::Broken => "broken",
                End::TooLong => "too long",
                End::Failed(_) => "failed",
            };
            parts.push((line, String::from_utf8_lossy(&bytes).into_owned(), end));
        }
        parts
    }

    #[test]
    fn every_line_is_a_message_also_an_empty_one_and_the_last() {
        for piece in [1, 3, 100] {
            let parts = parts("a\n\n{\r\nb", Cut::Lines, piece);
            let expected = ["a", "", "{\r", "b"];
            for (index, (line, text, end)) in parts.iter().enumerate() {
                assert_eq!(
                    (*line, text.as_str(), *end),
                    (index as u64 + 1, expected[index], "whole")
                );
            }
            assert_eq!(parts.len(), 4);
        }
        assert_eq!(parts("", Cut::Lines, 9), []);
    }

    /// A part as it is expected: its line, its bytes and how it ended.
    type Expected = (u64, &'static str, &'static str);

    /// A stream, and its parts.
    const DOCUMENTS: &[(&str, &[Expected])] = &[
        ("", &[]),
        (" \r\n\t\n", &[]),
        (
            "{\"a\":1}\n{\"b\":{}}\r\n",
            &[(1, "{\"a\":1}", "whole"), (2, "{\"b\":{}}", "whole")],
        ),
        (
            "{}{ }\n\n {\n\"a\": [\n{}]\n}",
            &[
                (1, "{}", "whole"),
                (1, "{ }", "whole"),
                (3, "{\n\"a\": [\n{}]\n}", "whole"),
            ],
        ),
        (
            r#"{"}\"{":"\\"}{}"#,
            &[(1, r#"{"}\"{":"\\"}"#, "whole"), (1, "{}", "whole")],
        ),
        (
            "1 {\nx\n{}",
            &[(1, "1 {", "whole"), (2, "x", "whole"), (3, "{}", "whole")],
        ),
        (
            "{}\n{\"a\":[{}",
            &[(1, "{}", "whole"), (2, "{\"a\":[{}", "short")],
        ),
        ("{\"a\n{}\n", &[(1, "{\"a\n", "broken"), (2, "{}", "whole")]),
        (
            "{\"a\":1\n{\"b\":2}",
            &[(1, "{\"a\":1\n", "broken"), (2, "{\"b\":2}", "whole")],
        ),
        (
            "{\"a\" {}}\n}\n  {}\n{}",
            &[(1, "{\"a\" ", "broken"), (4, "{}", "whole")],
        ),
    ];

    #[test]
    fn documents_are_found_by_their_braces_however_they_are_laid_out() {
        for (text, expected) in DOCUMENTS {
            for piece in [1, 2, 5, 100] {
                let parts = parts(text, Cut::Documents, piece);
                let parts: Vec<_> = parts
                    .iter()
                    .map(|(line, text, end)| (*line, text.as_str(), *end))
                    .collect();
                assert_eq!(parts, *expected, "{text:?} in pieces of {piece}");
            }
        }
    }
}
