//! Ctrl-C and SIGTERM.

use super::error::Error;

/// Hears of every request to stop, from when it is made on.
///
/// A question is asked only once somebody listens: a request that came in between would be lost, since the
/// system no longer ends the program after the first listener was made.
#[derive(Debug)]
pub(super) struct Listener {
    #[cfg(unix)]
    signals: [Option<tokio::signal::unix::Signal>; 2],
}

#[cfg(unix)]
impl Listener {
    /// Begins to listen.
    pub(super) fn new() -> Self {
        use tokio::signal::unix::{SignalKind, signal};
        Self {
            signals: [SignalKind::interrupt(), SignalKind::terminate()]
                .map(|kind| signal(kind).ok()),
        }
    }

    /// Waits until somebody asks the program to stop.
    pub(super) async fn heard(&mut self) {
        let [interrupt, terminate] = &mut self.signals;
        tokio::select! {
            () = next(interrupt) => {}
            () = next(terminate) => {}
        }
    }
}

#[cfg(unix)]
async fn next(signal: &mut Option<tokio::signal::unix::Signal>) {
    match signal {
        Some(signal) => {
            signal.recv().await;
        }
        None => std::future::pending().await,
    }
}

#[cfg(not(unix))]
impl Listener {
    /// Begins to listen.
    pub(super) fn new() -> Self {
        Self {}
    }

    /// Waits until somebody asks the program to stop.
    pub(super) async fn heard(&mut self) {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

/// Waits until somebody asks the program to stop.
pub(super) async fn interrupted() {
    Listener::new().heard().await;
}

/// Runs work that changes nothing, until it ends or somebody asks to stop.
pub(super) async fn unless_interrupted<T>(
    work: impl Future<Output = Result<T, Error>>,
) -> Result<T, Error> {
    tokio::select! {
        result = work => result,
        () = interrupted() => Err(Error::interrupted()),
    }
}

/// Runs work to its end. On the first request to stop `stop` is called, so that the work may end early; on the
/// second the work is left.
pub(super) async fn stopped_or_done<T>(
    work: impl Future<Output = T>,
    stop: impl FnOnce(),
) -> Option<T> {
    // One listener for both, so that a request is not lost between them.
    let mut listener = Listener::new();
    tokio::pin!(work);
    tokio::select! {
        result = &mut work => return Some(result),
        () = listener.heard() => stop(),
    }
    tokio::select! {
        result = &mut work => Some(result),
        () = listener.heard() => None,
    }
}
