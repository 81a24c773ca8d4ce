//! What can be said on the command line.

pub(super) mod alarms;
pub(super) mod backtest;
pub(super) mod format;
pub(super) mod pattern;
pub(super) mod policy;

use std::path::PathBuf;

use clap::builder::{NonEmptyStringValueParser, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};

use alarms::{DrillArgs, MuteArgs, UnmuteArgs};
use backtest::BacktestArgs;
pub(super) use format::{Format, Output};
use pattern::PatternArgs;
use policy::PolicyArgs;

use crate::catalog::{Benchmark, Level};
use crate::model::Region;

/// The sandbox file when none is named.
pub(super) const SANDBOX_FILE: &str = "cis-fix-sandbox.json";

/// Find and repair the monitoring section of the CIS AWS Foundations Benchmark
#[derive(Debug, Parser)]
#[command(
    name = "cis-fix",
    version,
    propagate_version = true,
    max_term_width = 100,
    disable_help_subcommand = true
)]
#[command(
    after_help = "Exit status: 0 done, 1 failed, 2 gaps found, 3 done in part, 4 plan refused, \
                        5 something could not be read, 6 declined, 64 wrong usage, 130 interrupted"
)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

/// What every command understands.
#[derive(Debug, Args)]
#[command(next_help_heading = "Global options")]
pub(super) struct Global {
    /// Use this profile of the AWS configuration files
    #[arg(long, global = true, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) profile: Option<String>,

    /// Begin in this Region; the trail's home Region is found from there
    #[arg(long, global = true, value_name = "REGION", value_parser = region)]
    pub(super) region: Option<Region>,

    /// Send all calls to this address instead of AWS
    #[arg(long, global = true, value_name = "URL")]
    pub(super) endpoint_url: Option<String>,

    /// Work on a simulated account in this file [default: cis-fix-sandbox.json, made when absent]; `scene:NAME` takes a built-in one
    #[arg(
        long,
        global = true,
        value_name = "FILE",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = SANDBOX_FILE,
        value_parser = NonEmptyStringValueParser::new(),
        conflicts_with_all = ["profile", "endpoint_url"]
    )]
    pub(super) sandbox: Option<String>,

    /// Read settings from this file [default: ./cis-fix.toml, then cis-fix/config.toml in the configuration folder] [env: `CIS_FIX_CONFIG`]
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,

    /// Add the controls in this folder, or replace built-in ones of the same id [env: `CIS_FIX_CATALOG`]
    #[arg(long, global = true, value_name = "DIR")]
    pub(super) catalog: Option<PathBuf>,

    /// Meet this benchmark: recommended, cis-1.0.0 … cis-7.0.0 or security-hub
    #[arg(long, global = true, value_name = "NAME", value_parser = benchmark(), hide_possible_values = true)]
    pub(super) benchmark: Option<Benchmark>,

    /// Meet this profile level of the benchmark: 1, or 2, which includes 1 [default: 2]
    #[arg(long, global = true, value_name = "LEVEL", value_parser = level())]
    pub(super) level: Option<Level>,

    /// Use the benchmark's own texts word for word, defects included
    #[arg(long, global = true)]
    pub(super) verbatim: bool,

    /// Take only this control, by id or number; may be repeated
    #[arg(
        short,
        long,
        global = true,
        value_name = "ID|NUMBER",
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(super) control: Vec<String>,

    /// Leave this control out, by id or number; may be repeated
    #[arg(
        long,
        global = true,
        value_name = "ID|NUMBER",
        value_delimiter = ',',
        value_parser = NonEmptyStringValueParser::new()
    )]
    pub(super) skip: Vec<String>,

    /// Take only the controls that failed in this findings file of Security Hub, Prowler, Steampipe or Powerpipe
    #[arg(long, global = true, value_name = "FILE")]
    pub(super) findings: Option<PathBuf>,

    /// Print the result in this format
    #[arg(long, global = true, value_name = "FORMAT", default_value = "text")]
    pub(super) format: Output,

    /// Use colours
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(super) color: When,

    /// Say more: the evidence for what is in place, and each step as it begins
    #[arg(short, long, global = true)]
    pub(super) verbose: bool,

    /// Say nothing on standard error but errors and questions
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub(super) quiet: bool,
}

fn region(text: &str) -> Result<Region, String> {
    Region::parse(text).map_err(|error| format!("expected {}", error.rule))
}

fn benchmark() -> impl TypedValueParser<Value = Benchmark> {
    PossibleValuesParser::new(Benchmark::all().map(Benchmark::as_str))
        .try_map(|name| Benchmark::parse(&name).ok_or("there is no such benchmark"))
}

fn level() -> impl TypedValueParser<Value = Level> {
    PossibleValuesParser::new(Level::NAMES.map(|(name, _)| name)).try_map(|name| {
        let found = Level::NAMES.into_iter().find(|(known, _)| *known == name);
        found
            .map(|(_, level)| level)
            .ok_or("there is no such level")
    })
}

/// When to do something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum When {
    /// On a terminal; `NO_COLOR` and `CLICOLOR_FORCE` count
    Auto,
    /// In any case
    Always,
    /// In no case
    Never,
}

/// What can be done.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Judge every control, with a reason for each broken link
    Check,
    /// Show what `apply` would do
    Plan(PlanArgs),
    /// Create what is missing, after asking
    Apply(ApplyArgs),
    /// Take back what one `apply` created or changed, after asking
    ///
    /// Only what is still as that apply left it is taken back; the rest is left alone and said so.
    Undo(UndoArgs),
    Mute(MuteArgs),
    Unmute(UnmuteArgs),
    Drill(DrillArgs),
    /// Tell what every known auditor says now and after `apply`
    Forecast,
    Backtest(BacktestArgs),
    /// Look at the catalog of controls
    Controls(ControlsArgs),
    /// Work with filter patterns by themselves
    ///
    /// A PATTERN that begins with `@` names a file that holds it; one that begins with `-` stands behind `--`.
    ///
    /// These commands end as grep and diff do: an error is status 2, wrong usage included.
    Pattern(PatternArgs),
    Policy(PolicyArgs),
    /// Write what was read of the account as a sandbox file
    Snapshot(SnapshotArgs),
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page
    Man,
}

/// Show what `apply` would do
#[derive(Debug, Args)]
pub(super) struct PlanArgs {
    /// End with status 2 when there are changes
    #[arg(long)]
    pub(super) detailed_exitcode: bool,

    /// Save the plan in this file, for `apply FILE`; replaces nothing but a saved plan
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Create what is missing, after asking
#[derive(Debug, Args)]
pub(super) struct ApplyArgs {
    /// Perform the plan that `plan --out` saved in this file, as it stands, or nothing
    #[arg(value_name = "PLAN", conflicts_with_all = ["control", "skip", "benchmark", "level", "verbatim"])]
    pub(super) plan: Option<PathBuf>,

    /// Do not ask
    #[arg(long)]
    pub(super) yes: bool,

    /// Ask which controls to mend
    #[arg(long, conflicts_with = "yes")]
    pub(super) interactive: bool,

    /// Do not keep to the pace of AWS's quotas
    #[arg(long)]
    pub(super) no_pacing: bool,

    /// Record every write in this new file [default: a file for each run in cis-fix/ACCOUNT in the state folder]
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,
}

/// Take back what one `apply` created or changed, after asking
#[derive(Debug, Args)]
pub(super) struct UndoArgs {
    /// The journal of the apply [default: the last one of the account that is not undone]
    #[arg(value_name = "JOURNAL")]
    pub(super) undoes: Option<PathBuf>,

    /// Do not ask
    #[arg(long)]
    pub(super) yes: bool,

    /// Remove this topic of that apply even if others use it; may be repeated
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) topic: Vec<String>,

    /// Do not keep to the pace of AWS's quotas
    #[arg(long)]
    pub(super) no_pacing: bool,

    /// Record every write in this new file [default: a file for each run in cis-fix/ACCOUNT in the state folder]
    #[arg(long, value_name = "FILE")]
    pub(super) journal: Option<PathBuf>,
}

/// Look at the catalog of controls
#[derive(Debug, Args)]
pub(super) struct ControlsArgs {
    #[command(subcommand)]
    pub(super) command: ControlsCommand,
}

/// What can be done with the catalog.
#[derive(Debug, Subcommand)]
pub(super) enum ControlsCommand {
    /// List the controls
    List,
    /// Show all about one control
    Show(ShowArgs),
    /// Show what changes from one benchmark to another
    Migrate(MigrateArgs),
    /// Check the files of `--catalog` and run their examples
    Lint,
    /// Print the JSON Schema of a result
    Schema(SchemaArgs),
}

/// Show all about one control
#[derive(Debug, Args)]
pub(super) struct ShowArgs {
    /// Its id, or its number in the benchmark
    #[arg(value_name = "ID|NUMBER")]
    pub(super) which: String,
}

/// Show what changes from one benchmark to another
#[derive(Debug, Args)]
pub(super) struct MigrateArgs {
    /// The benchmark that was met
    #[arg(value_name = "FROM", value_parser = benchmark(), hide_possible_values = true)]
    pub(super) from: Benchmark,

    /// The benchmark that is to be met
    #[arg(value_name = "TO", value_parser = benchmark(), hide_possible_values = true)]
    pub(super) to: Benchmark,

    /// Look at the account too: which of its filters have to change; `--sandbox` implies it
    #[arg(long)]
    pub(super) account: bool,
}

/// Print the JSON Schema of a result
#[derive(Debug, Args)]
pub(super) struct SchemaArgs {
    /// Its name, such as check/v1
    pub(super) name: String,
}

/// Write what was read of the account as a sandbox file
#[derive(Debug, Args)]
pub(super) struct SnapshotArgs {
    /// Write to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
}

/// Print completions for a shell
#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    /// The shell
    pub(super) shell: clap_complete::Shell,
}
