//! `backtest`: what the controls' patterns match in log files of CloudTrail, or in what an account has recorded.

mod collect;
mod crew;
mod desk;
mod essence;
mod file;
mod gzip;
mod paths;
mod progress;
mod recorded;
mod results;
mod times;
mod write_config;
mod zstd;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use collect::{Care, Collector};
use crew::Crew;
use paths::Walk;
use progress::Progress;
use recorded::Asking;
use results::Judgement;

use super::account::{Account, Pace};
use super::args::Global;
use super::args::backtest::BacktestArgs;
use super::block_on;
use super::check::find;
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::interrupt::Listener;
use super::terminal::Terminal;
use crate::backtest::{Backtest, State, Survey, Window, pattern_set};
use crate::desired::Desired;

/// How often somebody who watches is told how far it is.
const TICK: Duration = Duration::from_millis(200);

/// The ticks that threads are given to stop; one may wait for input that never comes.
const PATIENCE: u32 = 10;

/// Runs `backtest`.
pub(super) fn run(
    global: &Global,
    args: &BacktestArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    write_config::check(args)?;
    let window = times::window(args.since.as_deref(), args.until.as_deref())?;
    let desired = context::desired(global, terminal)?;
    for path in &args.paths {
        exists(path)?;
    }
    let (backtest, judgement) = if args.recorded.live || args.recorded.history {
        asked(global, args, (&desired, window), terminal)?
    } else {
        let backtest = replay(&desired, args, window, terminal)?;
        let judgement = results::judged_if_named(global, args, &desired, terminal)?;
        (backtest, judgement)
    };
    if args.list {
        let survey = &backtest.survey;
        for remark in &survey.remarks {
            terminal.tell(&format!("note: `{}`: {}", remark.file, remark.what));
        }
        for (position, reason) in &backtest.unanswered {
            if let Some(control) = desired.controls.get(*position) {
                terminal.tell(&format!("note: {}: {}", control.id, reason.words()));
            }
        }
        return ended(&backtest);
    }
    results::show(global, args, (&desired, &backtest, judgement), terminal)
}

/// Looks at the account and asks it for what it has recorded.
fn asked(
    global: &Global,
    args: &BacktestArgs,
    (desired, window): (&Desired, Window),
    terminal: &Terminal,
) -> Result<(Backtest, Option<Judgement>), Error> {
    block_on(async {
        // One listener for all, so that a request to stop is not lost between them.
        let mut listener = Listener::new();
        let pace = Pace::unless(args.recorded.no_pacing);
        let looked = async {
            let account = Account::open(global, pace, terminal).await?;
            let findings = find(&account, desired, &account.region()).await?;
            Ok::<_, Error>((account, findings))
        };
        let (account, findings) = tokio::select! {
            looked = looked => looked?,
            () = listener.heard() => return Err(Error::interrupted()),
        };
        let asking = Asking {
            account: &account,
            observed: &findings.observed,
            desired,
            args,
            terminal,
        };
        let collector = collector(desired, args);
        let backtest = recorded::replay(&asking, collector, window, &mut listener).await?;
        Ok((backtest, Some(Judgement::of(findings, desired))))
    })
}

/// Returns whether everything was read.
fn ended(backtest: &Backtest) -> Result<Exit, Error> {
    match backtest.survey.state {
        State::Finished if backtest.is_unread() => Ok(Exit::Unknown),
        State::Finished => Ok(Exit::Done),
        State::Interrupted => Err(Error::interrupted()),
    }
}

/// Refuses a path that is not there before anything is read.
fn exists(path: &Path) -> Result<(), Error> {
    if path == Path::new("-") {
        return Ok(());
    }
    match std::fs::metadata(path) {
        Ok(_) => Ok(()),
        Err(error) => {
            Err(Error::failed(format!("could not read `{}`", path.display())).caused_by(&error))
        }
    }
}

/// Reads everything.
fn replay(
    desired: &Desired,
    args: &BacktestArgs,
    window: Window,
    terminal: &Terminal,
) -> Result<Backtest, Error> {
    let set = pattern_set(
        desired
            .controls
            .iter()
            .map(|control| control.pattern.clone()),
    );
    let available = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let threads = args.threads.map_or(available, NonZeroUsize::get);
    let walk = Walk::new(&args.paths);
    let collector = collector(desired, args);
    let crew = Arc::new(Crew::new(set, window, threads, walk, collector));
    listen(&crew)?;
    wait(&crew, threads, &args.paths, terminal)?;
    let backtest = crew.collected(Collector::finish)?;
    Ok(Backtest {
        survey: Survey {
            asked: window,
            ..backtest.survey
        },
        ..backtest
    })
}

/// Returns what collects matches of the controls.
fn collector(desired: &Desired, args: &BacktestArgs) -> Collector {
    let ids = desired.controls.iter().map(|control| control.id.clone());
    let care = if args.strict {
        Care::Strict
    } else {
        Care::Lenient
    };
    let collector = Collector::new(ids.collect(), care);
    if args.list {
        collector.listing()
    } else {
        collector
    }
}

/// Stops the crew when somebody asks to stop.
fn listen(crew: &Arc<Crew>) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Error::failed("could not start").caused_by(&error))?;
    let crew = Arc::clone(crew);
    thread::spawn(move || {
        runtime.block_on(async { Listener::new().heard().await });
        crew.collected(Collector::interrupt);
        crew.stop();
    });
    Ok(())
}

/// Lets the crew work, and waits until all is read or it has stopped.
fn wait(
    crew: &Arc<Crew>,
    threads: usize,
    paths: &[PathBuf],
    terminal: &Terminal,
) -> Result<(), Error> {
    let (ended, ends) = mpsc::channel();
    for _ in 0..threads {
        let (crew, ended) = (Arc::clone(crew), ended.clone());
        let work = move || {
            crew.work();
            drop(ended);
        };
        thread::Builder::new()
            .spawn(work)
            .map_err(|error| Error::failed("could not start a thread").caused_by(&error))?;
    }
    drop::<mpsc::Sender<()>>(ended);
    let mut progress = Progress::new(paths, terminal);
    let mut patience = PATIENCE;
    while ends.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) && patience > 0 {
        progress.show(&crew.done);
        patience -= u32::from(crew.is_stopped());
    }
    progress.clear();
    Ok(())
}
