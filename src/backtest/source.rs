//! Where the events of a backtest came from.

use crate::model::{LogGroupArn, Region, Retention};

/// Where events came from.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Source {
    /// Log files.
    #[default]
    Files,
    /// The log groups that the account's trails deliver to, asked for each control's pattern.
    LogGroups(Vec<LogSource>),
    /// CloudTrail's event history in a Region, asked for the names of events.
    History(Region),
}

/// A log group that was asked, and how long it keeps events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSource {
    /// The log group.
    pub log_group: LogGroupArn,
    /// How long it keeps events.
    pub retention: Retention,
}

impl Source {
    /// Returns the word for programs.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Files => "files",
            Self::LogGroups(_) => "log_groups",
            Self::History(_) => "event_history",
        }
    }
}

/// Why nothing can be said of a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unanswered {
    /// The event history is looked up by the names of events, and the pattern does not say which.
    Nameless,
    /// It could not be read; in words.
    Unread(String),
}

impl Unanswered {
    /// Returns the reason in words.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Nameless => {
                "the event history is looked up by event name, and the pattern names none"
                    .to_owned()
            }
            Self::Unread(error) => error.clone(),
        }
    }
}
