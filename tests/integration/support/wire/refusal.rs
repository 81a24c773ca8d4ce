//! An error answer: a code of the service, and the HTTP status that it goes with.

use cis_fix::model::CallError;

/// An error answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
}

impl Refusal {
    pub(crate) fn new(code: &str, message: impl Into<String>) -> Self {
        Self {
            status: status(code),
            code: code.to_owned(),
            message: message.into(),
        }
    }

    /// Returns the refusal of a request that no client of the service would send.
    pub(crate) fn serialization(reason: impl Into<String>) -> Self {
        Self::new("SerializationException", reason)
    }
}

impl From<CallError> for Refusal {
    fn from(error: CallError) -> Self {
        let code = error.code.as_deref().unwrap_or("InternalFailure");
        Self::new(code, error.message)
    }
}

/// Returns the status that goes with a code (the API references; JSON services answer nearly all with 400).
fn status(code: &str) -> u16 {
    match code {
        "AuthorizationError"
        | "AccessDenied"
        | "InvalidClientTokenId"
        | "SignatureDoesNotMatch"
        | "MissingAuthenticationToken"
        | "ExpiredToken" => 403,
        "NotFound" | "ResourceNotFound" => 404,
        "Throttled" => 429,
        "InternalFailure" | "InternalError" | "InternalServiceError" => 500,
        "ServiceUnavailableException" => 503,
        _ => 400,
    }
}
