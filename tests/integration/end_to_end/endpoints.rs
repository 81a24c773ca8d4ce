//! Endpoints that do not answer, and credentials that open nothing: one clear error in time, and what to do.

use std::net::TcpListener;
use std::time::Duration;

use cis_fix::sandbox::Scene;
use tokio::time::Instant;

use super::program::{Program, Run};
use super::stage::Stage;
use crate::support::fake::{Fake, Fault};
use crate::support::server::Server;

fn check(url: &str) -> (Run, Duration) {
    let start = Instant::now();
    let run = Program::new().on(url).run(&["check"]);
    (run, start.elapsed())
}

/// Returns the time of a run whose first call is refused at once.
fn without_waiting() -> Duration {
    let fake = Fake::new(Scene::Fresh.account());
    fake.fail(
        "sts:GetCallerIdentity",
        [Fault::Refuse(403, "InvalidClientTokenId")],
    );
    let (run, time) = check(&Server::start(&fake).url());
    assert_eq!(run.status, 1, "{run:?}");
    time
}

/// One error, at least one hint, nothing else, and no more than five seconds of waiting.
///
/// A busy machine makes a run longer than the program wants it: what a run takes that has nothing to wait for
/// does not count, and a run that took too long has two more tries.
fn is_one_clear_error(url: &str, error: &str) {
    let limit = Duration::from_secs(5);
    let waited = || {
        let (run, time) = check(url);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
        let mut lines = run.stderr.lines();
        let first = lines.next().unwrap();
        assert!(first.starts_with(&format!("error: {error}")), "{run:?}");
        let hints: Vec<_> = lines.collect();
        assert!(
            !hints.is_empty() && hints.iter().all(|line| line.starts_with("hint: ")),
            "{run:?}"
        );
        time.saturating_sub(without_waiting())
    };
    assert!(
        (0..3).any(|_| waited() < limit),
        "{url} took too long three times"
    );
}

#[test]
fn an_endpoint_that_stays_silent_is_given_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", silent.local_addr().unwrap());
    is_one_clear_error(
        &url,
        "no answer in time (`sts:GetCallerIdentity`): no answer within 4.5s",
    );
}

#[test]
fn an_endpoint_that_refuses_connections_is_named() {
    let gone = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", gone.local_addr().unwrap());
    drop(gone);
    let error =
        format!("endpoint unreachable (`sts:GetCallerIdentity`): no connection to `{url}`: ");
    is_one_clear_error(&url, &error);
}

#[test]
fn an_endpoint_that_drops_packets_is_named() {
    // A queue of one connection that nobody takes up: further ones get no answer at all.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let _inside = runtime.enter();
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let full = socket.listen(1).unwrap();
    let address = full.local_addr().unwrap();
    let wait = Duration::from_millis(100);
    let mut waiting = Vec::new();
    while let Ok(connection) = std::net::TcpStream::connect_timeout(&address, wait) {
        waiting.push(connection);
        assert!(waiting.len() < 64, "the queue has no end");
    }
    let url = format!("http://{address}");
    let error =
        format!("endpoint unreachable (`sts:GetCallerIdentity`): no connection to `{url}`: ");
    is_one_clear_error(&url, &error);
}

#[test]
fn credentials_that_are_not_known_or_no_longer_valid_are_told_as_such() {
    for (code, calls) in [
        ("InvalidClientTokenId", 1),
        // Once more with credentials that were fetched anew; these are the same.
        ("ExpiredToken", 2),
        ("SignatureDoesNotMatch", 1),
    ] {
        let stage = Stage::scene(Scene::Fresh);
        let refused = std::iter::repeat_n(Fault::Refuse(403, code), calls);
        stage.fake.fail("sts:GetCallerIdentity", refused);
        let run = stage.run(&["apply", "--yes"]);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
        let error = format!("error: credentials refused (`sts:GetCallerIdentity`): {code}: ");
        assert!(run.stderr.starts_with(&error), "{run:?}");
        assert!(run.stderr.contains("\nhint: "), "{run:?}");
        assert_eq!(stage.fake.count("sts:GetCallerIdentity"), calls);
        assert_eq!(stage.fake.account(), Scene::Fresh.account());
    }
}
