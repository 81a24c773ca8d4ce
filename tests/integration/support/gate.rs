//! A gate that a call waits at until the test lets it through.

use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// A gate; clones are the same one.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gate(Arc<(Mutex<Position>, Condvar)>);

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Position {
    #[default]
    Nobody,
    SomebodyWaits,
    Open,
}

impl Gate {
    /// Waits at the gate until it is opened.
    pub(crate) fn pass(&self) {
        self.set(Position::SomebodyWaits);
        self.wait_for(Position::Open);
    }

    /// Waits until somebody waits at the gate.
    pub(crate) fn wait_for_somebody(&self) {
        self.wait_for(Position::SomebodyWaits);
    }

    /// Opens the gate for good.
    pub(crate) fn open(&self) {
        self.set(Position::Open);
    }

    fn set(&self, position: Position) {
        let (state, changed) = &*self.0;
        let mut state = state.lock().unwrap_or_else(PoisonError::into_inner);
        *state = position.max(*state);
        changed.notify_all();
    }

    fn wait_for(&self, position: Position) {
        let (state, changed) = &*self.0;
        let state = state.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(state, |now| *now < position));
    }
}
