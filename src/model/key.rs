//! An encryption key, as far as a topic depends on it.

/// Who manages a key (KMS API, `KeyManager`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyManager {
    /// AWS: its policy cannot be edited, so CloudWatch can never be let in.
    Aws,
    /// The account.
    Customer,
}

/// A key of KMS.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// The key's ARN.
    pub arn: String,
    /// Who manages it.
    pub manager: KeyManager,
    /// Whether it can be used at all (KMS API, `Enabled`).
    pub enabled: bool,
    /// The key policy, a JSON document.
    pub policy: String,
}
