//! Writes as files of plans and journals keep them, read back strictly.
//!
//! A write is kept as the parameters of its call, which say nothing that may be secret; what is read must print the
//! same again. Which file it stands in, and whether anything is done with it, is somebody else's affair.

mod action;
mod members;
mod replaced;

use thiserror::Error;

pub use action::{MaskedSubscribe, StoredAction};
pub use replaced::{read_replaced, replaced_value};

use crate::model::{AccountId, Partition, Region};

/// Whose resource a write is about, and where: what the parameters of most calls leave out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The account.
    pub account: AccountId,
    /// The partition.
    pub partition: Partition,
    /// The Region.
    pub region: Region,
}

/// Why something that was kept cannot be read back.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct StoredError(pub String);

impl StoredError {
    fn new(message: impl Into<String>) -> Self {
        Self(message.into())
    }
}
