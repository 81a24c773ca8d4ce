//! Writes log files as CloudTrail delivers them, made up, the same on every machine; or decompresses those in a folder with the library
//! that is the fastest of those tried, and lets them go: what reading a log costs at the least.

#[path = "../../bulk/corpus.rs"]
mod corpus;

use std::path::{Path, PathBuf};
use std::{env, fs, hint, io};

use libdeflater::{CompressionLvl, Compressor, Decompressor};

/// The files of one day.
const DAY: usize = 48;

fn main() -> io::Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let bytes = match arguments.as_slice() {
        ["write", folder, megabytes] => {
            let megabytes: usize = megabytes.parse().map_err(io::Error::other)?;
            write(Path::new(folder), megabytes * 1_000_000)?
        }
        ["inflate", folder] => inflate(Path::new(folder), &mut Decompressor::new(), &mut vec![])?,
        _ => {
            return Err(io::Error::other(
                "usage: write FOLDER MEGABYTES, or inflate FOLDER",
            ));
        }
    };
    println!("{bytes} bytes before compression");
    Ok(())
}

/// Writes files of this many bytes before compression, in folders as in a bucket. Returns how many it were.
fn write(folder: &Path, bytes: usize) -> io::Result<usize> {
    let mut compressor = Compressor::new(CompressionLvl::default());
    let mut made = 0;
    for (number, file) in corpus::log_files().enumerate() {
        let path = place(folder, number);
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        let mut packed = vec![0; compressor.gzip_compress_bound(file.len())];
        let length = compressor
            .gzip_compress(file.as_bytes(), &mut packed)
            .map_err(|error| io::Error::other(error.to_string()))?;
        packed.truncate(length);
        fs::write(path, packed)?;
        made += file.len();
        if made >= bytes {
            break;
        }
    }
    Ok(made)
}

/// Returns where a file lies in a bucket.
fn place(folder: &Path, number: usize) -> PathBuf {
    let (day, minute) = (number / DAY, number % DAY * 30);
    let (month, day) = (1 + day / 28, 1 + day % 28);
    let (hour, minute) = (minute / 60, minute % 60);
    let region = folder.join("AWSLogs/111122223333/CloudTrail/us-east-1");
    let time = format!("2026{month:02}{day:02}T{hour:02}{minute:02}Z");
    region
        .join(format!("2026/{month:02}/{day:02}"))
        .join(format!(
            "111122223333_CloudTrail_us-east-1_{time}_{number:016}.json.gz"
        ))
}

fn inflate(folder: &Path, with: &mut Decompressor, plain: &mut Vec<u8>) -> io::Result<usize> {
    let mut bytes = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            bytes += inflate(&path, with, plain)?;
            continue;
        }
        let packed = fs::read(path)?;
        // The length before compression is at the end (RFC 1952, section 2.3.1).
        let length = packed
            .last_chunk()
            .map_or(0, |length| u32::from_le_bytes(*length));
        plain.resize(usize::try_from(length).map_err(io::Error::other)?, 0);
        bytes += with
            .gzip_decompress(&packed, plain)
            .map_err(|error| io::Error::other(error.to_string()))?;
        hint::black_box(&plain);
    }
    Ok(bytes)
}
