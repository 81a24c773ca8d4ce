//! The sandbox account as others use it: its text, its scenes and its snapshots.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot use")]

mod format;
mod generate;
mod hostile;
mod offline;
mod scenes;
mod snapshot;
