//! Failures of the SDK in our own words: class by code and status, never by text, and never a whole response.
//!
//! Codes: the "Common errors" page and the operation pages of each service's API reference, and the
//! SDK's own lists of throttles and transient failures.

use std::error::Error;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_sts::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::{DispatchFailure, SdkError};
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use hyper_util::client::legacy;

use super::credentials;
use crate::model::{CallError, CallErrorKind};

/// How much of what a service says is kept; none says as much.
const LONGEST_MESSAGE: usize = 1_000;

/// Returns the failure of a call to `action` at `place`.
pub(super) fn call_error<E>(
    action: &str,
    place: &str,
    error: &SdkError<E, HttpResponse>,
) -> CallError
where
    E: ProvideErrorMetadata + Error + 'static,
{
    match error {
        SdkError::ServiceError(answer) => {
            let status = answer.raw().status().as_u16();
            let code = answer.err().code().filter(|code| !code.is_empty());
            let message = match (answer.err().message(), code) {
                (Some(message), _) => shortened(message),
                (None, Some(_)) => String::new(),
                (None, None) if answer.raw().status().is_success() => causes(answer.err()),
                (None, None) => format!("HTTP status {status} without an error code"),
            };
            CallError {
                code: code.map(str::to_owned),
                request_id: error.request_id().map(str::to_owned),
                ..CallError::new(action, kind(code, status), message)
            }
        }
        SdkError::TimeoutError(_) => {
            CallError::new(action, CallErrorKind::Timeout, inner_causes(error))
        }
        SdkError::DispatchFailure(failure) => not_dispatched(action, place, failure),
        // The body broke off, so what the service did is not known.
        SdkError::ResponseError(_) => CallError {
            request_id: error.request_id().map(str::to_owned),
            ..CallError::new(action, CallErrorKind::Service, inner_causes(error))
        },
        // The request was never sent: it is wrong by itself.
        SdkError::ConstructionFailure(_) | _ => {
            CallError::new(action, CallErrorKind::Invalid, inner_causes(error))
        }
    }
}

/// Returns the failure of a write: an answer that cannot be understood leaves open whether it happened.
pub(super) fn of_a_write(error: CallError) -> CallError {
    if error.kind == CallErrorKind::Malformed {
        let kind = CallErrorKind::Service;
        return CallError { kind, ..error };
    }
    error
}

fn not_dispatched(action: &str, place: &str, failure: &DispatchFailure) -> CallError {
    let Some(error) = failure.as_connector_error() else {
        return CallError::new(action, CallErrorKind::Service, "");
    };
    if let Some(missing) = find::<CredentialsError>(error) {
        let message = credentials::explanation(missing);
        return CallError::new(action, CallErrorKind::Credentials, message);
    }
    let transport = find::<legacy::Error>(error);
    let cause = inner_causes(error);
    if transport.is_some_and(legacy::Error::is_connect) {
        let message = format!("no connection to {place}: {cause}");
        CallError::new(action, CallErrorKind::Unreachable, message)
    } else if failure.is_timeout() {
        CallError::new(action, CallErrorKind::Timeout, cause)
    } else if failure.is_io() || transport.is_some() {
        let message = format!("{place} broke off: {cause}");
        CallError::new(action, CallErrorKind::Service, message)
    } else {
        // No endpoint could be made of what is set, or the like: nothing was sent.
        CallError::new(action, CallErrorKind::Invalid, cause)
    }
}

/// Returns the class of an error answer. A status without a code comes from something between us and
/// the service, so it says nothing about permissions or absence.
fn kind(code: Option<&str>, status: u16) -> CallErrorKind {
    match (code.and_then(kind_of_code), code, status) {
        (Some(kind), _, _) => kind,
        (None, _, 429) => CallErrorKind::Throttled,
        (None, _, 500..) => CallErrorKind::Service,
        (None, Some(_), 401 | 403) => CallErrorKind::Denied,
        (None, Some(_), 400..) => CallErrorKind::Invalid,
        (None, _, _) => CallErrorKind::Malformed,
    }
}

fn kind_of_code(code: &str) -> Option<CallErrorKind> {
    let class = CODES.iter().find(|(_, codes)| codes.contains(&code));
    class.map(|(kind, _)| *kind)
}

/// The codes of each class. `LimitExceededException` is a quota here; the SDK takes it for a throttle.
const CODES: [(CallErrorKind, &[&str]); 9] = [
    (
        CallErrorKind::Throttled,
        &[
            "Throttling",
            "ThrottlingException",
            "ThrottledException",
            "Throttled",
            "KMSThrottling",
            "KMSThrottlingException",
            "RequestLimitExceeded",
            "RequestThrottled",
            "RequestThrottledException",
            "TooManyRequestsException",
            "SlowDown",
        ],
    ),
    (
        CallErrorKind::Service,
        &[
            "ServiceUnavailable",
            "ServiceUnavailableException",
            "InternalError",
            "InternalFailure",
            "InternalServiceError",
            "DependencyTimeoutException",
            "KMSInternalException",
            "RequestTimeout",
            "RequestTimeoutException",
        ],
    ),
    (
        CallErrorKind::Conflict,
        &[
            "OperationAbortedException",
            "ConcurrentModificationException",
            "ConflictException",
            "ConcurrentAccess",
            "ConcurrentAccessException",
            "StaleTag",
            "StaleTagException",
            "ResourceConflict",
        ],
    ),
    (
        CallErrorKind::Quota,
        &[
            "LimitExceeded",
            "LimitExceededException",
            "LimitExceededFault",
            "TopicLimitExceeded",
            "TopicLimitExceededException",
            "SubscriptionLimitExceeded",
            "SubscriptionLimitExceededException",
            "FilterPolicyLimitExceeded",
            "FilterPolicyLimitExceededException",
            "TagLimitExceeded",
            "TagLimitExceededException",
            "TooManyTagsException",
        ],
    ),
    (
        CallErrorKind::NotFound,
        &[
            "NotFound",
            "NotFoundException",
            "ResourceNotFound",
            "ResourceNotFoundException",
            "TrailNotFoundException",
        ],
    ),
    (
        CallErrorKind::Denied,
        &[
            "AccessDenied",
            "AccessDeniedException",
            "AuthorizationError",
            "AuthorizationErrorException",
            "UnauthorizedOperation",
            "OperationNotPermittedException",
            "KMSAccessDenied",
            "KMSAccessDeniedException",
        ],
    ),
    (
        CallErrorKind::Credentials,
        &[
            "ExpiredToken",
            "ExpiredTokenException",
            "InvalidClientTokenId",
            "InvalidSecurity",
            "InvalidSecurityException",
            "InvalidSignatureException",
            "IncompleteSignature",
            "IncompleteSignatureException",
            "MissingAuthenticationToken",
            "MissingAuthenticationTokenException",
            "OptInRequired",
            "RegionDisabledException",
            "RequestExpired",
            "RequestTimeTooSkewed",
            "SignatureDoesNotMatch",
            "UnrecognizedClientException",
        ],
    ),
    (
        CallErrorKind::Invalid,
        &[
            "CloudTrailARNInvalidException",
            "InvalidFormat",
            "InvalidFormatFault",
            "InvalidNextToken",
            "InvalidParameter",
            "InvalidParameterException",
            "InvalidParameterCombination",
            "InvalidParameterCombinationException",
            "InvalidParameterValue",
            "InvalidParameterValueException",
            "InvalidTrailNameException",
            "MissingParameter",
            "MissingRequiredParameterException",
            "ValidationError",
            "ValidationException",
        ],
    ),
    (
        CallErrorKind::Unsupported,
        &[
            "AWSOrganizationsNotInUseException",
            "InvalidAction",
            "InvalidOperationException",
            "NoManagementAccountSLRExistsException",
            "UnknownOperationException",
            "UnsupportedOperationException",
        ],
    ),
];

/// Returns what went wrong beneath `error`, the nearest cause first.
fn inner_causes(error: &dyn Error) -> String {
    error.source().map(causes).unwrap_or_default()
}

/// Returns an error and its causes on one line.
pub(super) fn causes(error: &(dyn Error + 'static)) -> String {
    let texts =
        chain(error)
            .map(ToString::to_string)
            .fold(Vec::new(), |mut texts: Vec<String>, text| {
                // Some errors repeat what their cause says.
                if !text.is_empty() && !texts.iter().any(|earlier| earlier.contains(&text)) {
                    texts.push(text);
                }
                texts
            });
    shortened(&texts.join(": ").replace('\n', " "))
}

/// Returns as much of a foreign text as anybody would read.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(LONGEST_MESSAGE) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// Returns the first error of type `E` in the chain of causes.
fn find<'error, E: Error + 'static>(error: &'error (dyn Error + 'static)) -> Option<&'error E> {
    chain(error).find_map(|error| error.downcast_ref())
}

fn chain<'error>(
    error: &'error (dyn Error + 'static),
) -> impl Iterator<Item = &'error (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn no_code_is_in_two_classes() {
        let all: Vec<_> = CODES.iter().flat_map(|(_, codes)| *codes).collect();
        let different: BTreeSet<_> = all.iter().collect();
        assert_eq!(all.len(), different.len());
    }

    #[test]
    fn a_used_up_quota_is_no_throttle() {
        for code in ["LimitExceededException", "LimitExceeded"] {
            assert_eq!(kind(Some(code), 400), CallErrorKind::Quota);
        }
    }

    #[test]
    fn without_a_known_code_the_status_decides() {
        let cases = [
            (Some("SomethingNew"), 400, CallErrorKind::Invalid),
            (Some("SomethingNew"), 403, CallErrorKind::Denied),
            (Some("SomethingNew"), 503, CallErrorKind::Service),
            (None, 429, CallErrorKind::Throttled),
            (None, 502, CallErrorKind::Service),
        ];
        for (code, status, expected) in cases {
            assert_eq!(kind(code, status), expected, "{code:?} {status}");
        }
    }

    #[test]
    fn an_answer_of_something_else_is_neither_absence_nor_denial() {
        for status in [200, 302, 403, 404] {
            assert_eq!(kind(None, status), CallErrorKind::Malformed, "{status}");
        }
    }

    #[test]
    fn a_write_with_a_strange_answer_may_have_happened() {
        let strange = CallError::new("sns:CreateTopic", CallErrorKind::Malformed, "?");
        assert_eq!(of_a_write(strange).kind, CallErrorKind::Service);
        let denied = CallError::new("sns:CreateTopic", CallErrorKind::Denied, "?");
        assert_eq!(of_a_write(denied.clone()), denied);
    }

    #[test]
    fn a_flood_of_words_is_cut_off() {
        assert_eq!(shortened("ä"), "ä");
        let flood = "ä".repeat(1_001);
        assert_eq!(shortened(&flood), format!("{}…", "ä".repeat(1_000)));
    }

    #[test]
    fn causes_are_told_once_and_on_one_line() {
        #[derive(Debug, thiserror::Error)]
        #[error("outer: inner")]
        struct Outer(#[source] std::io::Error);
        let error = Outer(std::io::Error::other("inner"));
        assert_eq!(causes(&error), "outer: inner");
        let error = std::io::Error::other("two\nlines");
        assert_eq!(causes(&error), "two lines");
    }
}
