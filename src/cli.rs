//! The command line: arguments, files, environment, terminal and exit status.
//!
//! The only floor that touches the outside world. Arguments become a request in one step; results go to
//! standard output, everything else to standard error.

mod account;
mod alarms;
mod apply;
mod args;
mod ask;
mod backtest;
mod check;
mod complaint;
mod context;
mod controls;
mod drill;
mod error;
mod exit;
mod files;
mod findings;
mod forecast;
mod gather;
mod interrupt;
mod journal;
mod keyboard;
mod lock;
mod mute;
mod panic;
mod pattern;
mod plan;
mod policy;
mod progress;
mod saved;
mod scripts;
mod snapshot;
mod terminal;
mod undo;

use std::ffi::OsString;

use clap::{CommandFactory, Parser};

pub use exit::Exit;

use crate::model::ActionsSwitch;

use args::{Cli, Command, Output};
use error::Error;
use terminal::Terminal;

/// Runs the program with `arguments`, the first of which is its own name.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    panic::tell_discreetly();
    let arguments = gather::gathered(arguments);
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(answer) => {
            let exit = terminal::answer(&complaint::clear(answer, &arguments));
            return pattern::usage(exit, &arguments);
        }
    };
    let terminal = Terminal::new(&cli.global);
    match dispatch(&cli, &terminal) {
        Ok(exit) => exit,
        Err(error) => {
            terminal.complain(&error);
            error.exit()
        }
    }
}

/// Refuses the formats that a command does not have.
///
/// A command that shows what it would do, asks, and shows what it did is no page: a page is one report.
fn check_format(cli: &Cli) -> Result<(), Error> {
    if cli.global.format.exchange().is_some() && !matches!(cli.command, Command::Check) {
        return Err(Error::usage("this format is printed by `check` alone")
            .hint("every command has the formats `text`, `json` and `markdown`"));
    }
    let writes = match &cli.command {
        Command::Apply(_)
        | Command::Undo(_)
        | Command::Mute(_)
        | Command::Unmute(_)
        | Command::Drill(_) => true,
        Command::Check
        | Command::Plan(_)
        | Command::Backtest(_)
        | Command::Forecast
        | Command::Controls(_)
        | Command::Pattern(_)
        | Command::Policy(_)
        | Command::Snapshot(_)
        | Command::Completions(_)
        | Command::Man => false,
    };
    if writes && cli.global.format == Output::Html {
        return Err(
            Error::usage("a command that writes to an account is not printed as HTML")
                .hint("`plan --format html` shows what `apply` would do"),
        );
    }
    Ok(())
}

/// Refuses limits that a command does not keep to: whoever limits what is done must not be passed over.
fn check_limits(cli: &Cli) -> Result<(), Error> {
    let global = &cli.global;
    let is_limited = matches!(
        cli.command,
        Command::Check | Command::Plan(_) | Command::Apply(_) | Command::Forecast
    );
    if global.findings.is_some() && !is_limited {
        return Err(Error::usage("this command does not keep to `--findings`").hint(
            "`check`, `plan`, `apply` and `forecast` do; `--control` and `--skip` name controls",
        ));
    }
    let is_chosen = !global.control.is_empty() || !global.skip.is_empty();
    if is_chosen && matches!(cli.command, Command::Undo(_)) {
        return Err(
            Error::usage("`undo` takes back a whole apply, and not some controls of it")
                .hint("without `--yes` it shows what that is, and asks"),
        );
    }
    Ok(())
}

fn dispatch(cli: &Cli, terminal: &Terminal) -> Result<Exit, Error> {
    let global = &cli.global;
    check_format(cli)?;
    check_limits(cli).map_err(|error| {
        if matches!(cli.command, Command::Pattern(_)) {
            error.into_trouble()
        } else {
            error
        }
    })?;
    match &cli.command {
        Command::Check => block_on(check::run(global, terminal)),
        Command::Plan(args) => block_on(plan::run(global, args, terminal)),
        Command::Apply(args) => block_on(apply::run(global, args, terminal)),
        Command::Undo(args) => block_on(undo::run(global, args, terminal)),
        Command::Backtest(args) => backtest::run(global, args, terminal),
        Command::Mute(args) => switch(global, &args.consent, ActionsSwitch::Disabled, terminal),
        Command::Unmute(args) => switch(global, &args.consent, ActionsSwitch::Enabled, terminal),
        Command::Drill(args) => block_on(drill::run(global, args, terminal)),
        Command::Forecast => block_on(forecast::run(global, terminal)),
        Command::Controls(args) => controls::run(global, args, terminal),
        Command::Pattern(args) => pattern::run(args, terminal).map_err(Error::into_trouble),
        Command::Policy(args) => block_on(policy::run(global, args, terminal)),
        Command::Snapshot(args) => block_on(snapshot::run(global, args, terminal)),
        Command::Completions(args) => scripts::completions(Cli::command(), args, terminal),
        Command::Man => scripts::man(Cli::command(), terminal),
    }
}

fn switch(
    global: &args::Global,
    consent: &args::alarms::ConsentArgs,
    to: ActionsSwitch,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    block_on(mute::run(global, consent, to, terminal))
}

/// Asks an account, until all is answered or somebody interrupts.
fn block_on<T>(work: impl Future<Output = Result<T, Error>>) -> Result<T, Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::failed("could not start").caused_by(&error))?;
    let result = runtime.block_on(work);
    // A question may still wait for its answer on another thread; nobody waits for it.
    runtime.shutdown_background();
    result
}
