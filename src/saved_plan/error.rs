//! Why a text is not a plan that can be performed.

use thiserror::Error;

use super::{MAXIMUM_BYTES, SCHEMA};
use crate::escape::visible;

/// Why a text is not a plan that can be performed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SavedPlanError {
    /// The text is too long to be one.
    #[error("it has more than the {MAXIMUM_BYTES} bytes that a saved plan may have")]
    TooLarge,
    /// The text ends too early.
    #[error("it is cut off")]
    CutOff,
    /// The text is no JSON, or not the JSON of a saved plan.
    #[error("it is not a saved plan: {}", visible(.0))]
    Form(String),
    /// The text is another document, or another version of this one.
    #[error("it is a `{}`, and not a `{SCHEMA}`", visible(.0))]
    Schema(String),
    /// Another version of cis-fix wrote it.
    #[error("cis-fix {} made it, and this is cis-fix {version}", visible(.0), version = env!("CARGO_PKG_VERSION"))]
    Version(String),
    /// The text is not as it was written.
    #[error("it was altered since it was saved")]
    Altered,
    /// The text is as it was written, but what it says cannot be.
    #[error("{place}: {}", visible(.message))]
    Content {
        /// The place, such as `steps[3]`.
        place: String,
        /// What is wrong there.
        message: String,
    },
    /// An endpoint that was not written down is not in the settings.
    #[error("the settings no longer hold the endpoint `{}` that it subscribes", visible(.0))]
    Secret(String),
}

impl SavedPlanError {
    /// Returns advice, when there is some.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Schema(schema) if schema.starts_with("cis-fix/plan/") => {
                "what `--format json` prints is for programs; `cis-fix plan --out FILE` saves a plan"
            }
            Self::Secret(_) => {
                "the secret part of a web endpoint is not saved; name the same endpoint in the settings"
            }
            Self::TooLarge
            | Self::CutOff
            | Self::Form(_)
            | Self::Schema(_)
            | Self::Version(_)
            | Self::Altered
            | Self::Content { .. } => "`cis-fix plan --out FILE` saves a new plan",
        }
    }
}
