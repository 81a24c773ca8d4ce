//! Integration tests: one binary, one module for each subject.

#[cfg(feature = "aws")]
mod adapter;
mod adversity;
mod architecture;
mod auditors;
mod catalog;
mod cli;
#[cfg(feature = "aws")]
mod end_to_end;
#[cfg(feature = "aws")]
mod exchange;
#[cfg(feature = "aws")]
mod faults;
#[cfg(feature = "aws")]
mod figures;
mod guarded;
mod lanes;
#[cfg(feature = "aws")]
mod ministack;
mod pattern;
mod promises;
mod properties;
mod render;
mod reported;
mod sandbox;
mod saved_plans;
mod states;
#[cfg(feature = "aws")]
mod support;
mod undone;
mod world;
