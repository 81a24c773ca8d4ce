//! One file: opened, decompressed, and read window by window.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;
use std::str;

use flate2::bufread::MultiGzDecoder;

use super::gzip::Inflater;
use super::zstd::{self, Frames};
use crate::backtest::{Contents, Record, Records, Rest};
use crate::cli::error::words;
use crate::pattern::bulk::PatternSet;

/// The bytes that are read at once.
const WINDOW: usize = 256 * 1024;

/// The bytes that a record may have; CloudTrail itself keeps to 256 KB.
pub(super) const LONGEST: usize = 8 << 20;

/// What a compressed file begins with (RFC 1952, section 2.3.1).
const GZIP: &[u8] = &[0x1f, 0x8b];

/// What some editors put in front of a text.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// What takes the records of a file.
pub(super) trait Sink {
    /// Takes a record.
    fn record(&mut self, record: &Record<'_>);

    /// Hears that a part of the file is done with. Returns whether reading is to go on.
    fn goes_on(&mut self) -> bool;
}

/// What was read of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct FileReading {
    pub(super) contents: Contents,
    /// The bytes as they lie there.
    pub(super) bytes: u64,
    /// The bytes when nothing is compressed.
    pub(super) plain_bytes: u64,
    /// The bytes that are no UTF-8.
    pub(super) no_text: u64,
    /// Why reading failed.
    pub(super) failure: Option<String>,
}

/// Reads one file after the other; one for each thread.
#[derive(Debug)]
pub(super) struct FileReader<'set> {
    records: Records<'set>,
    inflater: Inflater,
    window: Vec<u8>,
    reading: FileReading,
}

impl<'set> FileReader<'set> {
    /// Returns what tests records for the patterns of a set, and holds at most so many bytes of a decompressed file.
    pub(super) fn new(set: &'set PatternSet, budget: usize) -> Self {
        Self {
            records: Records::new(set),
            inflater: Inflater::new(budget),
            window: Vec::new(),
            reading: FileReading::default(),
        }
    }

    /// Reads a file, or as much of it as can be read.
    pub(super) fn file(&mut self, path: &Path, sink: &mut dyn Sink) -> FileReading {
        let opened = File::open(path).and_then(|file| Ok((file.metadata()?.len(), file)));
        match opened {
            Ok((size, file)) => self.open(file, size, sink),
            Err(error) => self.reading.failure = Some(words(&error)),
        }
        self.finish()
    }

    /// Reads standard input to its end.
    pub(super) fn standard_input(&mut self, sink: &mut dyn Sink) -> FileReading {
        self.open(io::stdin().lock(), 0, sink);
        self.finish()
    }

    fn finish(&mut self) -> FileReading {
        let contents = self.records.finish();
        FileReading {
            contents,
            ..std::mem::take(&mut self.reading)
        }
    }

    /// Reads a file of which `size` is known, or 0.
    fn open(&mut self, mut file: impl Read, size: u64, sink: &mut dyn Sink) {
        let mut head = [0; 4096];
        let (length, behind) = fill(&mut file, &mut head);
        let more = match behind {
            Behind::More => u64::MAX,
            // A terminal would be asked once more for what it said there is none of.
            Behind::Nothing => 0,
            Behind::Failure(error) => {
                self.reading.failure = Some(words(&error));
                return;
            }
        };
        let head = head.get(..length).unwrap_or_default();
        let mut counted = Counted {
            inner: head.chain(file.take(more)),
            bytes: 0,
        };
        if head.starts_with(zstd::MAGIC) {
            let packed = BufReader::with_capacity(WINDOW, &mut counted);
            self.stream(&mut Frames::new(packed), sink);
            self.reading.bytes = counted.bytes;
            return;
        }
        if !head.starts_with(GZIP) {
            self.stream(&mut counted, sink);
            self.reading.bytes = counted.bytes;
            return;
        }
        let mut inflater = std::mem::take(&mut self.inflater);
        match inflater.whole(&mut counted, size) {
            Ok(Some(plain)) => self.whole(plain, sink),
            Ok(None) => {
                let packed =
                    BufReader::with_capacity(WINDOW, inflater.packed().chain(&mut counted));
                self.stream(&mut MultiGzDecoder::new(packed), sink);
            }
            Err(error) => self.reading.failure = Some(words(&error)),
        }
        self.inflater = inflater;
        self.reading.bytes = counted.bytes;
    }

    /// Reads what is at hand as a whole.
    fn whole(&mut self, plain: &mut [u8], sink: &mut dyn Sink) {
        self.reading.plain_bytes = size_of(plain.len());
        if let Ok(text) = str::from_utf8(plain) {
            return self.text(text, sink);
        }
        let (text, mended) = mend(plain, Rest::Nothing);
        self.reading.no_text = mended;
        self.text(text, sink);
    }

    fn text(&mut self, text: &str, sink: &mut dyn Sink) {
        let mut text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let mut length = WINDOW;
        while !self.records.is_over() {
            let end = text.floor_char_boundary(length);
            let part = text.get(..end).unwrap_or_default();
            let rest = if end < text.len() {
                Rest::More
            } else {
                Rest::Nothing
            };
            let mut used = self.give(part, rest, sink);
            if rest == Rest::More && used == 0 {
                // A record that does not fit is read with more of what follows, as far as it may.
                if length < LONGEST {
                    length *= 2;
                    continue;
                }
                used = self.give(part, Rest::Full, sink);
            }
            if rest == Rest::Nothing || !sink.goes_on() {
                return;
            }
            length = WINDOW;
            text = text.get(used..).unwrap_or_default();
        }
    }

    fn give(&mut self, text: &str, rest: Rest, sink: &mut dyn Sink) -> usize {
        self.records
            .read(text, rest, &mut |record| sink.record(record))
    }

    /// Reads a text piece by piece.
    fn stream(&mut self, input: &mut dyn Read, sink: &mut dyn Sink) {
        let mut window = std::mem::take(&mut self.window);
        window.resize(window.len().max(WINDOW), 0);
        let mut filled = 0;
        let mut is_first = true;
        loop {
            let free = window.get_mut(filled..).unwrap_or_default();
            let (read, behind) = fill(input, free);
            self.reading.plain_bytes += size_of(read);
            filled += read;
            let mut rest = match behind {
                Behind::More => Rest::More,
                Behind::Nothing => Rest::Nothing,
                Behind::Failure(error) => {
                    self.reading.failure = Some(words(&error));
                    Rest::Nothing
                }
            };
            if std::mem::take(&mut is_first) && window.starts_with(BYTE_ORDER_MARK) {
                window.copy_within(BYTE_ORDER_MARK.len()..filled, 0);
                filled -= BYTE_ORDER_MARK.len();
            }
            let mut used = self.window(window.get_mut(..filled).unwrap_or_default(), rest, sink);
            if used == 0 && rest == Rest::More && filled >= LONGEST {
                rest = Rest::Full;
                used = self.window(window.get_mut(..filled).unwrap_or_default(), rest, sink);
            }
            if rest == Rest::Nothing || self.records.is_over() || !sink.goes_on() {
                break;
            }
            window.copy_within(used..filled, 0);
            filled -= used;
            if filled == window.len() {
                window.resize(window.len() * 2, 0);
            }
        }
        self.window = window;
    }

    fn window(&mut self, bytes: &mut [u8], rest: Rest, sink: &mut dyn Sink) -> usize {
        if let Ok(text) = str::from_utf8(bytes) {
            return self.give(text, rest, sink);
        }
        let (text, mended) = mend(bytes, rest);
        self.reading.no_text += mended;
        self.give(text, rest, sink)
    }
}

/// Puts a question mark in the place of every byte that is no UTF-8. Returns the text, and how many such bytes there were.
///
/// When there is more to come, a character at the end may be incomplete, and is not part of the text.
fn mend(bytes: &mut [u8], rest: Rest) -> (&str, u64) {
    let mut mended = 0;
    let mut checked = 0;
    while let Some(ahead) = bytes.get_mut(checked..)
        && let Err(error) = str::from_utf8(ahead)
    {
        let good = error.valid_up_to();
        let bad = match (error.error_len(), rest) {
            (Some(bad), _) => bad,
            (None, Rest::Nothing) => ahead.len() - good,
            (None, Rest::More | Rest::Full) => {
                let whole = bytes.get(..checked + good).unwrap_or_default();
                return (str::from_utf8(whole).unwrap_or_default(), mended);
            }
        };
        for byte in ahead.iter_mut().skip(good).take(bad) {
            *byte = b'?';
            mended += 1;
        }
        checked += good + bad;
    }
    (str::from_utf8(bytes).unwrap_or_default(), mended)
}

/// What came behind the bytes that were read.
#[derive(Debug)]
enum Behind {
    /// Perhaps more.
    More,
    /// Nothing.
    Nothing,
    /// Something that could not be read.
    Failure(io::Error),
}

/// Reads until a buffer is full or the input ends. Returns how much was read, also when reading fails.
fn fill(input: &mut (impl Read + ?Sized), buffer: &mut [u8]) -> (usize, Behind) {
    let mut filled = 0;
    while let Some(free) = buffer.get_mut(filled..).filter(|free| !free.is_empty()) {
        match input.read(free) {
            Ok(0) => return (filled, Behind::Nothing),
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return (filled, Behind::Failure(error)),
        }
    }
    (filled, Behind::More)
}

fn size_of(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

/// Counts the bytes that are read.
#[derive(Debug)]
struct Counted<R> {
    inner: R,
    bytes: u64,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.bytes += size_of(read);
        Ok(read)
    }
}
