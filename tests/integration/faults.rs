//! Whatever goes wrong while the program runs: every call of a run with every fault, and every write with a kill.
//!
//! The matrices run in this process for speed; what needs a connection, a signal or an exit status runs the built
//! program over loopback.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a test stops where its ground gives way, and tells how many cases it had"
)]

#[cfg(unix)]
mod kill;
mod kinds;
mod matrix;
mod meddling;
mod run;
mod scenario;
mod truth;
