//! What an account answers when it refuses, with AWS's codes and words.
//!
//! Sources: the error lists of each operation in the API references of CloudTrail, CloudWatch Logs,
//! CloudWatch, SNS and KMS; the words where reports quote them.

use crate::model::{CallError, CallErrorKind};

/// Returns the refusal of `action` with the service's code.
pub(super) fn refusal(
    action: &str,
    kind: CallErrorKind,
    code: &str,
    message: impl Into<String>,
) -> CallError {
    CallError::new(action, kind, message).with_code(code)
}

/// Returns the failure of `action` on something that a partial account does not know.
pub(super) fn not_recorded(action: &str, resource: &str) -> CallError {
    let message =
        format!("the snapshot says nothing of `{resource}`; take it again with these settings");
    CallError::new(action, CallErrorKind::Unsupported, message)
}

/// Returns the refusal of CloudWatch Logs to act on a log group of another account.
pub(super) fn foreign_log_group(action: &str, log_group: &str) -> CallError {
    let message = format!("User is not authorized to perform: {action} on resource: {log_group}");
    refusal(
        action,
        CallErrorKind::Denied,
        "AccessDeniedException",
        message,
    )
}

/// Returns the refusal of CloudWatch to act on an alarm of another account.
pub(super) fn foreign_alarm(action: &str, alarm: &str) -> CallError {
    let message = format!("User is not authorized to perform: {action} on resource: {alarm}");
    refusal(action, CallErrorKind::Denied, "AccessDenied", message)
}

/// Returns the refusal of SNS to act on a topic of another account.
pub(super) fn foreign_topic(action: &str, topic: &str) -> CallError {
    let message = format!("User is not authorized to perform: {action} on resource: {topic}");
    refusal(action, CallErrorKind::Denied, "AuthorizationError", message)
}

/// Returns CloudWatch Logs' answer for a log group that does not exist.
pub(super) fn no_log_group(action: &str) -> CallError {
    let message = "The specified log group does not exist.";
    refusal(
        action,
        CallErrorKind::NotFound,
        "ResourceNotFoundException",
        message,
    )
}

/// Returns SNS's answer for a topic that does not exist.
pub(super) fn no_topic(action: &str) -> CallError {
    refusal(
        action,
        CallErrorKind::NotFound,
        "NotFound",
        "Topic does not exist",
    )
}
