//! The record of an apply or an undo: what was about to be written, and what came of it.
//!
//! Whatever happens to the program or the machine, the journal names everything that was or may have been
//! written. The lines are made and read here; keeping them is somebody else's affair.

mod alarms;
mod history;
mod left_over;
mod line;

use thiserror::Error;

pub use alarms::{ALARM_SCHEMA, AlarmJournal, AlarmLine, AlarmOrder};
pub use history::{Entry, History, Known, NoLine, format, history, parse};
pub use left_over::{AlarmHistory, LeftInAlarm, alarm_history};
pub use line::{Command, Line, Recovery, SCHEMA, Writer};

use crate::outcome::Fate;
use crate::plan::Step;
use crate::reversal::UndoStep;

/// Keeps what an apply does, so that it outlives the program.
pub trait Journal {
    /// Records what is about to be written. Nothing is written unless this succeeds.
    ///
    /// # Errors
    ///
    /// Says why it could not be kept.
    fn intend(&self, step: &Step) -> Result<(), Unrecorded>;

    /// Records what came of a write.
    ///
    /// # Errors
    ///
    /// Says why it could not be kept.
    fn conclude(&self, step: &Step, fate: &Fate) -> Result<(), Unrecorded>;
}

/// Keeps what an undo does, so that it outlives the program.
pub trait UndoJournal {
    /// Records what is about to be taken back. Nothing is written unless this succeeds.
    ///
    /// # Errors
    ///
    /// Says why it could not be kept.
    fn intend(&self, step: &UndoStep) -> Result<(), Unrecorded>;

    /// Records what came of it.
    ///
    /// # Errors
    ///
    /// Says why it could not be kept.
    fn conclude(&self, step: &UndoStep, fate: &Fate) -> Result<(), Unrecorded>;
}

/// Why something could not be recorded.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Unrecorded(pub String);

/// Keeps nothing: for rehearsals, of which nothing remains.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoJournal;

impl Journal for NoJournal {
    fn intend(&self, _step: &Step) -> Result<(), Unrecorded> {
        Ok(())
    }

    fn conclude(&self, _step: &Step, _fate: &Fate) -> Result<(), Unrecorded> {
        Ok(())
    }
}

impl UndoJournal for NoJournal {
    fn intend(&self, _step: &UndoStep) -> Result<(), Unrecorded> {
        Ok(())
    }

    fn conclude(&self, _step: &UndoStep, _fate: &Fate) -> Result<(), Unrecorded> {
        Ok(())
    }
}
