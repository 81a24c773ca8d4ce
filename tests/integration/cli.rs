//! The built program, as its users run it: each test in a folder of its own, with a clean environment.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test stops at what it cannot use"
)]

mod backtest;
mod documents;
mod expected;
mod findings;
mod forged;
mod help;
mod patterns;
mod program;
mod prompts;
mod samples;
mod saved_plans;
mod screen;
mod screens;
mod stories;
mod undo;
mod undo_prompts;
