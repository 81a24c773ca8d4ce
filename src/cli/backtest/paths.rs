//! The files in folders, one after the other in the order of their names.
//!
//! Links are followed. Only the names of the folders that one is in are held at a time.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::backtest::{Remark, RemarkKind};
use crate::cli::error::words;

/// The name for standard input, as for grep.
const STANDARD_INPUT: &str = "-";

/// The folder that CloudTrail keeps its digests in, beside `CloudTrail`.
const DIGESTS: &str = "CloudTrail-Digest";

/// What is found on the way.
#[derive(Debug)]
pub(super) enum Item {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
    /// Something that is not read.
    Skipped(Remark),
}

/// A walk through files and folders.
#[derive(Debug)]
pub(super) struct Walk {
    /// What is to be visited, the next one last, each with the number of folders that it is in.
    ahead: Vec<(PathBuf, usize)>,
    /// The folders that one is in, without links.
    inside: Vec<PathBuf>,
}

impl Walk {
    /// Returns the walk that visits some paths in their order.
    pub(super) fn new(paths: &[PathBuf]) -> Self {
        Self {
            ahead: paths.iter().rev().map(|path| (path.clone(), 0)).collect(),
            inside: Vec::new(),
        }
    }

    /// Enters a folder.
    fn enter(&mut self, path: &Path, depth: usize) -> io::Result<Option<Remark>> {
        let skip = |kind, what: &str| Ok(Some(remark(path, kind, what)));
        if depth > 0 && path.file_name().is_some_and(|name| name == DIGESTS) {
            return skip(RemarkKind::Folder, "the folder holds digests, no events");
        }
        self.inside.truncate(depth);
        let real = fs::canonicalize(path)?;
        if self.inside.contains(&real) {
            return skip(RemarkKind::Loop, "the folder is inside of itself");
        }
        let mut entries = Vec::new();
        for entry in fs::read_dir(path)? {
            entries.push(entry?.path());
        }
        entries.sort_unstable_by(|left, right| right.cmp(left));
        self.inside.push(real);
        self.ahead
            .extend(entries.into_iter().map(|entry| (entry, depth + 1)));
        Ok(None)
    }

    fn visit(&mut self, path: PathBuf, depth: usize) -> io::Result<Option<Item>> {
        if depth == 0 && path == Path::new(STANDARD_INPUT) {
            return Ok(Some(Item::Standard));
        }
        let metadata = fs::metadata(&path)?;
        if metadata.is_dir() {
            return Ok(self.enter(&path, depth)?.map(Item::Skipped));
        }
        // A pipe or a device that was named is read; one that lies about may never end.
        Ok(Some(if metadata.is_file() || depth == 0 {
            Item::File(path)
        } else {
            Item::Skipped(remark(&path, RemarkKind::Foreign, "it is no regular file"))
        }))
    }
}

impl Iterator for Walk {
    type Item = Item;

    fn next(&mut self) -> Option<Item> {
        loop {
            let (path, depth) = self.ahead.pop()?;
            match self.visit(path.clone(), depth) {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(error) => {
                    let remark = remark(&path, RemarkKind::Unreadable, &words(&error));
                    return Some(Item::Skipped(remark));
                }
            }
        }
    }
}

fn remark(path: &Path, kind: RemarkKind, what: &str) -> Remark {
    Remark {
        file: path.display().to_string(),
        kind,
        what: what.to_owned(),
        records: 0,
    }
}

/// Returns the bytes of the files on a walk, as far as they are known.
pub(super) fn size(walk: Walk) -> u64 {
    walk.map(|item| match item {
        Item::File(path) => fs::metadata(path).map_or(0, |metadata| metadata.len()),
        Item::Standard | Item::Skipped(_) => 0,
    })
    .sum()
}
