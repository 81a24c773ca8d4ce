//! A call to an account that failed, in our own words.
//!
//! "Could not look" is not "is not there": every reading is a [`Reading`], and a failed one makes a
//! verdict unknown, never a gap.

use std::fmt;

use thiserror::Error;

/// What an account answered, or why it could not be asked.
pub type Reading<T> = Result<T, CallError>;

/// A call to an account that failed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{kind} (`{action}`){}", self.explanation())]
pub struct CallError {
    /// The API action as IAM spells it, such as `logs:DescribeMetricFilters`.
    pub action: String,
    /// The class of the failure.
    pub kind: CallErrorKind,
    /// The service's own error code, when it sent one.
    pub code: Option<String>,
    /// What the service or the network said; foreign text, to be escaped when shown.
    pub message: String,
    /// The service's request id, when it sent one.
    pub request_id: Option<String>,
}

impl CallError {
    /// Returns a failure of `action` without a code or a request id.
    #[must_use]
    pub fn new(action: &str, kind: CallErrorKind, message: impl Into<String>) -> Self {
        Self {
            action: action.to_owned(),
            kind,
            code: None,
            message: message.into(),
            request_id: None,
        }
    }

    /// Returns the same failure with the service's error code.
    #[must_use]
    pub fn with_code(self, code: &str) -> Self {
        Self {
            code: Some(code.to_owned()),
            ..self
        }
    }

    fn explanation(&self) -> String {
        let parts = [self.code.as_deref(), Some(self.message.as_str())];
        parts
            .into_iter()
            .flatten()
            .filter(|part| !part.is_empty())
            .fold(String::new(), |line, part| format!("{line}: {part}"))
    }
}

/// The class of a failed call (AWS error codes by service: see each service's API reference).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CallErrorKind {
    /// The caller lacks the permission.
    Denied,
    /// The credentials are absent, expired or refused.
    Credentials,
    /// The service asks for fewer calls.
    Throttled,
    /// A quota of resources is used up; trying again cannot help.
    Quota,
    /// What was asked for is not there.
    NotFound,
    /// Another change to the same resource is under way.
    Conflict,
    /// The service refused the request as it is.
    Invalid,
    /// The operation is not possible in this account, Region or service.
    Unsupported,
    /// The service failed; a write may or may not have happened.
    Service,
    /// No answer came in time; a write may or may not have happened.
    Timeout,
    /// The endpoint could not be reached.
    Unreachable,
    /// The answer could not be understood.
    Malformed,
}

impl CallErrorKind {
    /// All classes.
    pub const ALL: [Self; 12] = [
        Self::Denied,
        Self::Credentials,
        Self::Throttled,
        Self::Quota,
        Self::NotFound,
        Self::Conflict,
        Self::Invalid,
        Self::Unsupported,
        Self::Service,
        Self::Timeout,
        Self::Unreachable,
        Self::Malformed,
    ];

    /// Returns whether a write may have been carried out although it failed.
    #[must_use]
    pub fn may_have_happened(self) -> bool {
        match self {
            Self::Service | Self::Timeout | Self::Unreachable | Self::Malformed => true,
            Self::Denied
            | Self::Credentials
            | Self::Throttled
            | Self::Quota
            | Self::NotFound
            | Self::Conflict
            | Self::Invalid
            | Self::Unsupported => false,
        }
    }
}

impl fmt::Display for CallErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Denied => "access denied",
            Self::Credentials => "credentials refused",
            Self::Throttled => "throttled",
            Self::Quota => "quota reached",
            Self::NotFound => "not found",
            Self::Conflict => "another change is under way",
            Self::Invalid => "request refused",
            Self::Unsupported => "not possible here",
            Self::Service => "the service failed",
            Self::Timeout => "no answer in time",
            Self::Unreachable => "endpoint unreachable",
            Self::Malformed => "answer not understood",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_message_names_class_action_and_code() {
        let error = CallError::new("logs:PutMetricFilter", CallErrorKind::Denied, "no")
            .with_code("AccessDenied");
        assert_eq!(
            error.to_string(),
            "access denied (`logs:PutMetricFilter`): AccessDenied: no"
        );
        let bare = CallError::new("sns:Subscribe", CallErrorKind::Timeout, "");
        assert_eq!(bare.to_string(), "no answer in time (`sns:Subscribe`)");
    }
}
