//! What the tests stand on: AWS on the wire, in this process or on loopback.

#![allow(
    clippy::expect_used,
    reason = "a test stops where its ground gives way"
)]
#![allow(
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a call or a policy of an unknown form fails its test"
)]
#![allow(
    clippy::wildcard_enum_match_arm,
    reason = "a strict reader refuses every shape but the one it wants"
)]

pub(crate) mod client;
pub(crate) mod fake;
pub(crate) mod gate;
pub(crate) mod iam;
pub(crate) mod ministack;
pub(crate) mod python;
pub(crate) mod server;
pub(crate) mod wire;
