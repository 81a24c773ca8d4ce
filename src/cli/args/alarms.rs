//! What can be said to `mute`, `unmute` and `drill`.

use std::path::PathBuf;

use clap::Args;

/// Disable the actions of the controls' own alarms
///
/// Only alarms that cis-fix made for the chosen controls are touched; it knows them by their tag. Alarms of others that a control relies
/// on are named and left alone. `cis-fix unmute` takes it back.
#[derive(Debug, Args)]
pub(in crate::cli) struct MuteArgs {
    #[command(flatten)]
    pub(in crate::cli) consent: ConsentArgs,
}

/// Enable the actions of the controls' own alarms
///
/// Only alarms that cis-fix made for the chosen controls are touched; it knows them by their tag. Alarms of others that a control relies
/// on are named and left alone.
#[derive(Debug, Args)]
pub(in crate::cli) struct UnmuteArgs {
    #[command(flatten)]
    pub(in crate::cli) consent: ConsentArgs,
}

/// Drive the controls' own alarms through ALARM and back
///
/// People see the message arrive: one alarm after the other is put into ALARM and back into its state before, and its history tells whether the message was published.
/// Real mails and pages go out. Only alarms that cis-fix made for the chosen controls are driven, and none that does anything else than
/// publish to topics. The first Ctrl-C puts back what is in ALARM and ends.
///
/// Exit status: 0 every message was published to somebody, 2 some was not, 3 some alarm was not driven or not put back
#[derive(Debug, Args)]
pub(in crate::cli) struct DrillArgs {
    #[command(flatten)]
    pub(in crate::cli) consent: ConsentArgs,

    /// Wait for the message of an alarm at most this long
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = seconds)]
    pub(in crate::cli) timeout: u32,
}

/// How to agree, and where to write it down.
#[derive(Debug, Args)]
pub(in crate::cli) struct ConsentArgs {
    /// Do not ask
    #[arg(long)]
    pub(in crate::cli) yes: bool,

    /// Do not keep to the pace of AWS's quotas
    #[arg(long)]
    pub(in crate::cli) no_pacing: bool,

    /// Record every write in this new file [default: a file for each run in cis-fix/ACCOUNT/alarms in the state folder]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) journal: Option<PathBuf>,
}

fn seconds(text: &str) -> Result<u32, &'static str> {
    let seconds = text.parse().ok();
    seconds
        .filter(|seconds| (1..=3600).contains(seconds))
        .ok_or("write a number of seconds from 1 to 3600")
}
