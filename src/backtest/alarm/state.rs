//! Data points and states of alarms.

/// What the data of a period come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// There are none.
    Missing,
    /// They are within the threshold.
    Within,
    /// They breach it.
    Breaching,
}

/// The state of an alarm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// All is as it should be.
    Ok,
    /// The threshold is breached.
    Alarm,
    /// Nobody can tell.
    InsufficientData,
}
