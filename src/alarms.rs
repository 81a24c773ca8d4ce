//! Works on alarms that are there: switches their actions, drives them through ALARM and back.
//!
//! What the alarms are, and what they publish to, is never changed. Only the controls' own alarms come this far;
//! that is decided in `examine`.

mod drive;
mod gather;
mod left_over;
mod switch;

pub use drive::{Terms, drive};
pub use gather::{drill, muting, with_alarm_tags};
pub use left_over::put_back;
pub use switch::switch;

/// Hears what is done, and knows whether somebody asked to stop.
pub trait Watch {
    /// Tells what is done, in a line.
    fn tells(&self, line: &str);
    /// Returns whether somebody asked to stop: nothing new begins then.
    fn is_stopped(&self) -> bool;
}
