//! The exit status: one number for each way in which a run can end.

use std::process::{ExitCode, Termination};

use crate::examine::{Examination, Verdict};
use crate::outcome::{Fate, Outcome, SkipReason};
use crate::reversal::{LeftReason, UndoOutcome};

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

    /// Returns how a check ends: gaps are told first and unknown verdicts second.
    #[must_use]
    pub fn of_check(examinations: &[Examination]) -> Self {
        let mut verdicts = examinations.iter().map(|examination| examination.verdict);
        if verdicts
            .clone()
            .any(|verdict| verdict == Verdict::NonCompliant)
        {
            Self::Gaps
        } else if verdicts.any(|verdict| verdict == Verdict::Unknown) {
            Self::Unknown
        } else {
            Self::Done
        }
    }

    /// Returns how a command ends that shows or mends gaps, so that only unknown verdicts stand out.
    #[must_use]
    pub fn of_plan(examinations: &[Examination]) -> Self {
        if Self::of_check(examinations) == Self::Unknown {
            Self::Unknown
        } else {
            Self::Done
        }
    }

    /// Returns how an apply ends after which the account was found like this.
    #[must_use]
    pub fn of_apply(outcome: &Outcome, after: &[Examination]) -> Self {
        let undone = |fate: &Fate| match fate {
            Fate::Done | Fate::Skipped(SkipReason::Declined) => false,
            Fate::Failed(_)
            | Fate::Skipped(
                SkipReason::Needs(_)
                | SkipReason::Interrupted
                | SkipReason::Changed
                | SkipReason::Unrecorded
                | SkipReason::Credentials,
            ) => true,
        };
        if outcome.interrupted {
            Self::Interrupted
        } else if outcome.results.iter().any(|result| undone(&result.fate)) {
            Self::Partial
        } else {
            Self::of_plan(after)
        }
    }

    /// Returns how an undo ends.
    #[must_use]
    pub fn of_undo(outcome: &UndoOutcome) -> Self {
        let mut results = outcome.results.iter();
        let mut left = outcome.plan.left.iter();
        if outcome.interrupted {
            Self::Interrupted
        } else if results.any(|result| result.fate != Fate::Done) {
            Self::Partial
        } else if left.any(|left| matches!(left.reason, LeftReason::Unread(_))) {
            Self::Unknown
        } else {
            Self::Done
        }
    }
}

impl Termination for Exit {
    fn report(self) -> ExitCode {
        ExitCode::from(self.status())
    }
}
