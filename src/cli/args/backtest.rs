//! What can be said to `backtest`.

use std::num::NonZeroUsize;
use std::path::PathBuf;

use clap::Args;

use crate::backtest::tuning::{Acceptance, Budget};

/// Replay the controls' patterns over recorded events of CloudTrail
///
/// A PATH is a file, or a folder with files at any depth, such as a copy of what CloudTrail delivers; `-` is standard input. A file
/// holds `{"Records": [ … ]}`, a list of events, or events one after the other, and may be compressed by gzip or Zstandard. Digests of CloudTrail,
/// files of other kinds and damaged parts are named and left out; what is whole of a damaged file is used.
///
/// Without files, `--live` asks the log groups that the account's trails deliver to for each control's pattern, and `--history` asks
/// CloudTrail's event history of the last 90 days for the names of events that the patterns look for. Both only read. The event history
/// holds the management events of one Region, those of global services in us-east-1, and cannot be asked for what has no event name,
/// such as error codes.
///
/// Alarms are simulated over the time that was asked for, as far as there would be events: from the first to the last event of the
/// files, or what the account keeps.
///
/// An event that was delivered twice counts once.
///
/// For each control it tells how often its alarm would have notified somebody, who or what caused it, and which threshold and period or
/// which exclusions would have kept it within the budget. They are for a paging lane, a second filter and alarm beside the exact ones that
/// auditors ask for; each exclusion is proved to leave out nothing but events of the source that it names, and is written into the
/// settings only when it is accepted by `--exclude`. A control that has a paging lane needs no budget of its own.
#[derive(Debug, Args)]
pub(in crate::cli) struct BacktestArgs {
    /// Where the events are
    #[arg(value_name = "PATH", required_unless_present_any = ["live", "history"])]
    pub(in crate::cli) paths: Vec<PathBuf>,

    #[command(flatten)]
    pub(in crate::cli) recorded: RecordedArgs,

    /// Leave out events before this time: a date, a time as in RFC 3339, or how long ago, such as 90d, 12h or 30m
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) since: Option<String>,

    /// Leave out events from this time on
    #[arg(long, value_name = "TIME")]
    pub(in crate::cli) until: Option<String>,

    /// How many notifications of one control people put up with: a number a `day`, `week` or `month`
    #[arg(long, value_name = "NUMBER/TIME", default_value_t)]
    pub(in crate::cli) budget: Budget,

    #[command(flatten)]
    pub(in crate::cli) write: WriteArgs,

    /// Fail at the first file that cannot be read to its end or is no log
    #[arg(long)]
    pub(in crate::cli) strict: bool,

    /// Print each match as a line of JSON instead, also of events delivered twice
    #[arg(long)]
    pub(in crate::cli) list: bool,

    /// Read so many files at once [default: as many as there are processors]
    #[arg(long, value_name = "NUMBER", conflicts_with_all = ["live", "history"])]
    pub(in crate::cli) threads: Option<NonZeroUsize>,
}

/// What an account is asked for in the place of files.
#[derive(Debug, Args)]
pub(in crate::cli) struct RecordedArgs {
    /// Ask the log groups of the account's trails, since 14 days ago unless `--since` says otherwise
    #[arg(long, conflicts_with_all = ["paths", "history"])]
    pub(in crate::cli) live: bool,

    /// Ask CloudTrail's event history, which goes back 90 days
    #[arg(long, conflicts_with = "paths")]
    pub(in crate::cli) history: bool,

    /// Do not keep to the pace of AWS's quotas
    #[arg(long)]
    pub(in crate::cli) no_pacing: bool,
}

/// Where proposals are written to.
#[derive(Debug, Args)]
pub(in crate::cli) struct WriteArgs {
    /// Write the proposed thresholds and periods into the settings file as paging lanes, after showing the change and asking
    #[arg(long, conflicts_with = "list")]
    pub(in crate::cli) write_config: bool,

    /// Write these proposed exclusions as well: `CONTROL:NUMBER` as in the report, `CONTROL` for all of a control, or `all`
    #[arg(
        long,
        value_name = "EXCLUSION",
        value_delimiter = ',',
        requires = "write_config"
    )]
    pub(in crate::cli) exclude: Vec<Acceptance>,

    /// Write without asking
    #[arg(long, requires = "write_config")]
    pub(in crate::cli) yes: bool,
}
