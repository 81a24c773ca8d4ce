//! The built program against an account on the wire: the stand-in on its port, and MiniStack.
//!
//! What the parts do by themselves is tested beside them; here stands what a user of the program sees.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops where its ground gives way"
)]

mod alarms;
mod calls;
mod cut_drills;
mod endpoints;
mod hostile;
mod interruptions;
mod life;
mod locks;
mod policy;
pub(crate) mod program;
mod reading;
mod reads;
mod regions;
mod scenes;
mod second_opinion;
mod secrets;
pub(crate) mod stage;
mod states;
mod undo;
mod writes;
