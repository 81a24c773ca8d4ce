//! How auditors decide: what is told of them agrees with what is known of them.

#![expect(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops at what it cannot use"
)]

mod forecast;
mod mistakes;
mod outcomes;
mod selection;
