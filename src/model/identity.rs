//! Who is asking: the account behind the credentials.

use super::arn::Partition;
use super::names::AccountId;

/// The caller, as `sts:GetCallerIdentity` answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// The account that the credentials belong to.
    pub account: AccountId,
    /// The partition of that account.
    pub partition: Partition,
    /// The user or role session, for people to read.
    pub arn: String,
}
