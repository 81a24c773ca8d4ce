//! What can be said to `backtest`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

/// Replay the controls' patterns over log files of CloudTrail
///
/// A PATH is a file, or a folder with files at any depth, such as a copy of what CloudTrail delivers; `-` is standard input. A file
/// holds `{"Records": [ … ]}`, a list of events, or events one after the other, and may be compressed by gzip. Digests of CloudTrail,
/// files of other kinds and damaged parts are named and left out; what is whole of a damaged file is used.
///
/// An event that was delivered twice counts once.
#[derive(Debug, Args)]
pub(in crate::cli) struct BacktestArgs {
    /// Where the events are
    #[arg(value_name = "PATH", required = true)]
    pub(in crate::cli) paths: Vec<PathBuf>,

    /// Leave out events before this time: a date, a time as in RFC 3339, or how long ago, such as 90d, 12h or 30m
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) since: Option<String>,

    /// Leave out events from this time on
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) until: Option<String>,

    /// Fail at the first file that cannot be read to its end or is no log
    #[arg(long)]
    pub(in crate::cli) strict: bool,

    /// Print each match as a line of JSON instead, also of events delivered twice
    #[arg(long)]
    pub(in crate::cli) list: bool,

    /// Read so many files at once [default: as many as there are processors]
    #[arg(long, value_name = "NUMBER")]
    pub(in crate::cli) threads: Option<NonZeroUsize>,
}
