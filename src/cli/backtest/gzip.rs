//! Small compressed files, decompressed at once: twice as fast as piece by piece.
//!
//! Whatever is not one whole gzip member of a bounded size is left to who can read in pieces.

use std::io::{self, Read};

use libdeflater::{Decompressor, crc32};

/// What ends a member: its checksum and its size (RFC 1952, section 2.3.1).
const TRAILER: usize = 8;

/// Decompresses at once what is small enough, and keeps the memory for it.
pub(super) struct Inflater {
    budget: usize,
    decompressor: Decompressor,
    packed: Vec<u8>,
    plain: Vec<u8>,
}

impl std::fmt::Debug for Inflater {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Inflater")
            .field("budget", &self.budget)
            .finish_non_exhaustive()
    }
}

impl Default for Inflater {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Inflater {
    /// Returns what decompresses files of at most so many bytes.
    pub(super) fn new(budget: usize) -> Self {
        Self {
            budget,
            decompressor: Decompressor::new(),
            packed: Vec::new(),
            plain: Vec::new(),
        }
    }

    /// Returns the compressed bytes that were read.
    pub(super) fn packed(&self) -> &[u8] {
        &self.packed
    }

    /// Reads and decompresses a file of which `size` is known.
    ///
    /// Returns nothing when it has to be read in pieces: what was read of it is in `packed`, and the rest is still in the file.
    pub(super) fn whole(
        &mut self,
        file: &mut impl Read,
        size: u64,
    ) -> io::Result<Option<&mut [u8]>> {
        self.packed.clear();
        if size == 0 || usize::try_from(size).map_or(true, |size| size > self.budget / 2) {
            return Ok(None);
        }
        file.take(size).read_to_end(&mut self.packed)?;
        let Some((_, trailer)) = self.packed.split_last_chunk::<TRAILER>() else {
            return Ok(None);
        };
        let [c0, c1, c2, c3, s0, s1, s2, s3] = *trailer;
        let Ok(length) = usize::try_from(u32::from_le_bytes([s0, s1, s2, s3])) else {
            return Ok(None);
        };
        if length > self.budget {
            return Ok(None);
        }
        if self.plain.len() < length {
            self.plain.resize(length, 0);
        }
        let room = self.plain.get_mut(..length).unwrap_or_default();
        let body = content(&self.packed).unwrap_or_default();
        let Ok(made) = self.decompressor.deflate_decompress(body, room) else {
            return Ok(None);
        };
        // The decompressor stops at the end of the first member and does not say where that is. It is the end of the file when the
        // member's trailer is the file's and is nowhere else, since the trailer of a first of several members would come earlier.
        let is_last = made == length && crc32(room) == u32::from_le_bytes([c0, c1, c2, c3]);
        let first = memchr::memmem::find(&self.packed, trailer);
        let is_only = first == Some(self.packed.len() - TRAILER);
        Ok((is_last && is_only).then_some(room))
    }
}

/// Returns what follows the header of a member, which may have the name of the file and nothing else that is optional (RFC 1952,
/// section 2.3.1).
fn content(packed: &[u8]) -> Option<&[u8]> {
    const DEFLATED: [u8; 3] = [0x1f, 0x8b, 8];
    const NAME: u8 = 8;
    let (header, behind) = packed.split_first_chunk::<10>()?;
    let (start, flags) = (header.first_chunk::<3>()?, header.get(3)?);
    match *flags {
        0 if *start == DEFLATED => Some(behind),
        NAME if *start == DEFLATED => behind.get(memchr::memchr(0, behind)? + 1..),
        _ => None,
    }
}
