//! The AWS adapter through the stand-in for AWS: what is read, what is written, and every way to fail.

#![allow(
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where its ground gives way"
)]

mod absent;
mod connect;
mod errors;
mod paging;
mod scenes;
mod transport;
mod wire;
mod world;
mod writes;
