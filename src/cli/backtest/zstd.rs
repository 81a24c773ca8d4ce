//! Files compressed by Zstandard (RFC 8878): frames one after the other, decompressed piece by piece.

use std::io::{self, BufRead, Read};

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

/// What a frame begins with, as it lies there.
pub(super) const MAGIC: &[u8] = &[0x28, 0xb5, 0x2f, 0xfd];

/// The memory that a frame may ask for: twice what the levels up to 19 take.
const LARGEST_WINDOW: u64 = 16 << 20;

/// A last block without content, and room for a checksum: what lets the decoder give out the blocks before.
const NO_MORE: &[u8] = &[1, 0, 0, 0, 0, 0, 0];

/// The decompressed bytes of all frames of an input.
pub(super) struct Frames<R> {
    input: R,
    decoder: FrameDecoder,
    place: Place,
}

/// Where in the input one is.
enum Place {
    Between,
    Inside,
    /// In what is left of a frame that could not be read to its end, and why not.
    Behind(io::Error),
}

impl<R: BufRead> Frames<R> {
    pub(super) fn new(input: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(LARGEST_WINDOW);
        Self {
            input,
            decoder,
            place: Place::Between,
        }
    }

    /// Begins with the next frame, if there is one. Returns whether there is.
    fn begin(&mut self) -> io::Result<bool> {
        while !self.input.fill_buf()?.is_empty() {
            match self.decoder.reset(&mut self.input) {
                Ok(()) => return Ok(true),
                Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                    magic_number: _,
                    length,
                })) => {
                    let length = u64::from(length);
                    let skipped = io::copy(&mut (&mut self.input).take(length), &mut io::sink())?;
                    if skipped < length {
                        return Err(short());
                    }
                }
                Err(error) => return Err(self.words(&error)),
            }
        }
        Ok(false)
    }

    /// Decodes until something can be given out or the frame ends.
    fn decode(&mut self) -> Result<(), FrameDecoderError> {
        while self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
            let one = BlockDecodingStrategy::UptoBlocks(1);
            self.decoder.decode_blocks(&mut self.input, one)?;
        }
        Ok(())
    }

    /// Ends a frame that was read whole.
    fn check(&self) -> io::Result<()> {
        let said = self.decoder.get_checksum_from_data();
        if said.is_some() && said != self.decoder.get_calculated_checksum() {
            return Err(damaged("corrupt zstd frame: the checksum is another one"));
        }
        Ok(())
    }

    /// Returns what went wrong, without what the decoder has to say about its insides.
    fn words(&mut self, error: &FrameDecoderError) -> io::Error {
        let is_at_end = self.input.fill_buf().is_ok_and(<[u8]>::is_empty);
        let is_header = matches!(error, FrameDecoderError::ReadFrameHeaderError(_));
        if matches!(error, FrameDecoderError::WindowSizeTooBig { .. }) {
            let mebibytes = LARGEST_WINDOW >> 20;
            damaged(&format!("its zstd window is larger than {mebibytes} MiB"))
        } else if matches!(error, FrameDecoderError::DictNotProvided { .. }) {
            damaged("it needs a zstd dictionary")
        } else if is_at_end {
            short()
        } else if is_header {
            damaged("invalid zstd header")
        } else {
            damaged("corrupt zstd frame")
        }
    }
}

fn damaged(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}

fn short() -> io::Error {
    io::Error::new(io::ErrorKind::UnexpectedEof, "it ends within a zstd frame")
}

impl<R: BufRead> Frames<R> {
    /// Reads what is decoded of the frame that one is in; nothing when it has ended.
    fn read_inside(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if let Err(error) = self.decode() {
            let words = self.words(&error);
            // Nothing hangs on this: without it, less of what was whole is used.
            let all = BlockDecodingStrategy::All;
            let _ = self.decoder.decode_blocks(NO_MORE, all);
            self.place = Place::Behind(words);
            return self.read(buffer);
        }
        let read = self.decoder.read(buffer)?;
        if read == 0 && !buffer.is_empty() {
            self.check()?;
            self.place = Place::Between;
        }
        Ok(read)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match &self.place {
                Place::Between => {
                    if !self.begin()? {
                        return Ok(0);
                    }
                    self.place = Place::Inside;
                }
                Place::Inside => {
                    let read = self.read_inside(buffer)?;
                    if read > 0 || buffer.is_empty() {
                        return Ok(read);
                    }
                }
                Place::Behind(error) => {
                    let error = io::Error::new(error.kind(), error.to_string());
                    let read = self.decoder.read(buffer)?;
                    return if read > 0 { Ok(read) } else { Err(error) };
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use ruzstd::encoding::{CompressionLevel, compress_to_vec};

    fn packed(text: &[u8]) -> Vec<u8> {
        compress_to_vec(text, CompressionLevel::Fastest)
    }

    /// Returns what comes out, and what went wrong.
    fn read(bytes: &[u8]) -> (Vec<u8>, Option<String>) {
        let mut text = Vec::new();
        let end = Frames::new(bytes).read_to_end(&mut text);
        (text, end.err().map(|error| error.to_string()))
    }

    fn lines() -> Vec<u8> {
        let lines =
            (0..60_000_u32).map(|number| format!("{}\n", number.wrapping_mul(2_654_435_761)));
        lines.collect::<String>().into_bytes()
    }

    #[test]
    fn frames_follow_each_other_and_others_are_skipped() {
        let skipped = [&[0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0][..], b"abc"].concat();
        let all = [
            skipped.clone(),
            packed(b"one "),
            skipped,
            packed(b""),
            packed(b"two"),
        ]
        .concat();
        assert_eq!(read(&all), (b"one two".to_vec(), None));
        assert_eq!(read(b""), (Vec::new(), None));
        assert_eq!(read(&packed(&lines())), (lines(), None));
    }

    #[test]
    fn a_frame_that_breaks_off_gives_all_blocks_before() {
        let (whole, text) = (packed(&lines()), lines());
        for part in 1..8 {
            let (found, error) = read(&whole[..whole.len() * part / 8]);
            assert_eq!(error.as_deref(), Some("it ends within a zstd frame"));
            assert!(text.starts_with(&found));
            let wanted = text.len() * part / 8;
            // A block holds 128 KiB at most.
            assert!(
                found.len() + (256 << 10) > wanted,
                "{part}: {}",
                found.len()
            );
        }
        let (found, error) = read(&whole[..whole.len() - 2]);
        assert_eq!((found.len(), error.is_some()), (text.len(), true));
    }

    #[test]
    fn what_is_wrong_with_a_frame_is_said() {
        let whole = packed(b"some text that is not long");
        let told = |bytes: &[u8]| read(bytes).1.unwrap_or_default();
        assert_eq!(
            told(&[&whole[..], b"more than this"].concat()),
            "invalid zstd header"
        );
        let mut wrong = whole.clone();
        let last = wrong.len() - 1;
        wrong[last] ^= 1;
        assert_eq!(
            told(&wrong),
            "corrupt zstd frame: the checksum is another one"
        );
        // A frame whose window is 2^41 bytes.
        let large = [MAGIC, &[0x00, 0xf8, 1, 0, 0]].concat();
        assert_eq!(told(&large), "its zstd window is larger than 16 MiB");
    }
}
