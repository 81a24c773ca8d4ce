//! Recorded events, of which a simulated account has none: nothing happens in it.

use super::Sandbox;
use crate::cloud::EventReader;
use crate::model::{
    CallError, CallErrorKind, HistoryQuery, LogGroupArn, LogQuery, Reading, Retention,
};

impl EventReader for Sandbox {
    async fn retention(&self, _log_group: &LogGroupArn) -> Reading<Retention> {
        Err(nothing_happens("logs:DescribeLogGroups"))
    }

    async fn log_events(&self, _query: &LogQuery, _each: &mut dyn FnMut(&str)) -> Reading<()> {
        Err(nothing_happens("logs:FilterLogEvents"))
    }

    async fn event_history(
        &self,
        _query: &HistoryQuery,
        _each: &mut dyn FnMut(&str),
    ) -> Reading<()> {
        Err(nothing_happens("cloudtrail:LookupEvents"))
    }
}

/// Returns the answer in the place of "no events", which would be taken for an account without noise.
fn nothing_happens(action: &str) -> CallError {
    let message = "a sandbox account records no events; replay log files in their place";
    CallError::new(action, CallErrorKind::Unsupported, message)
}
