//! Where events are read: files, also compressed ones, and standard input.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;

use flate2::bufread::MultiGzDecoder;

use super::events::{Cut, Events};

/// How much is read at once.
const CHUNK: usize = 128 * 1024;

/// What a compressed file begins with (RFC 1952, section 2.3.1).
const GZIP: &[u8] = &[0x1f, 0x8b];

/// What some editors put in front of a text.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// The name for standard input, as for grep.
const STANDARD_INPUT: &str = "-";

/// Where events are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Input<'args> {
    /// Text of any kind, one message a line.
    Standard,
    /// JSON.
    File(&'args Path),
}

impl<'args> Input<'args> {
    pub(super) fn new(path: &'args Path) -> Self {
        if path == Path::new(STANDARD_INPUT) {
            Self::Standard
        } else {
            Self::File(path)
        }
    }

    /// Returns the name of the file.
    pub(super) fn file(self) -> Option<String> {
        match self {
            Self::Standard => None,
            Self::File(path) => Some(path.display().to_string()),
        }
    }

    /// Returns the name to be shown.
    pub(super) fn name(self) -> String {
        self.file().unwrap_or_else(|| "(standard input)".to_owned())
    }

    pub(super) fn open(self) -> io::Result<Events<Box<dyn BufRead>>> {
        Ok(match self {
            Self::Standard => Events::new(Box::new(io::stdin().lock()), Cut::Lines),
            Self::File(path) => Events::new(open(path)?, Cut::Documents),
        })
    }
}

fn open(path: &Path) -> io::Result<Box<dyn BufRead>> {
    let (head, rest) = head(BufReader::with_capacity(CHUNK, File::open(path)?), GZIP)?;
    let whole = Cursor::new(head).chain(rest);
    if whole.get_ref().0.get_ref() != GZIP {
        return without_mark(whole);
    }
    without_mark(BufReader::with_capacity(CHUNK, MultiGzDecoder::new(whole)))
}

fn without_mark(reader: impl BufRead + 'static) -> io::Result<Box<dyn BufRead>> {
    let (head, rest) = head(reader, BYTE_ORDER_MARK)?;
    if head == BYTE_ORDER_MARK {
        return Ok(Box::new(rest));
    }
    Ok(Box::new(Cursor::new(head).chain(rest)))
}

/// Reads as many bytes as a mark has, or all when there are fewer.
fn head<R: Read>(mut reader: R, mark: &[u8]) -> io::Result<(Vec<u8>, R)> {
    let mut head = Vec::new();
    let length = u64::try_from(mark.len()).unwrap_or_default();
    reader.by_ref().take(length).read_to_end(&mut head)?;
    Ok((head, reader))
}
