//! The exit status: one number for each way in which a run can end.

use std::process::{ExitCode, Termination};

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done. `check`: every control is in place.
    Done,
    /// Failed: one error was told on standard error.
    Failed,
    /// `check`: gaps were found; `plan --detailed-exitcode`: there are changes.
    Gaps,
    /// `apply`: done in part; the summary says what was not.
    Partial,
    /// The plan was refused, since it is no longer what was shown.
    Refused,
    /// Something could not be read, so a verdict is unknown, and no gap was found.
    Unknown,
    /// Declined at the prompt.
    Declined,
    /// Wrong usage.
    Usage,
    /// Interrupted.
    Interrupted,
    /// `pattern match`: no event matched, as grep ends.
    NoMatch,
    /// `pattern compare`: the patterns do not match the same events, as diff ends.
    NotEquivalent,
    /// `pattern`: an error, wrong usage included, or a question without an answer, as grep and diff end.
    Trouble,
}

impl Exit {
    /// Returns the exit status as a number.
    #[must_use]
    pub fn status(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed | Self::NoMatch | Self::NotEquivalent => 1,
            Self::Gaps | Self::Trouble => 2,
            Self::Partial => 3,
            Self::Refused => 4,
            Self::Unknown => 5,
            Self::Declined => 6,
            Self::Usage => 64,
            Self::Interrupted => 130,
        }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.status())
    }
}
