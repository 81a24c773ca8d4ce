//! Events that were recorded: those of a log group (Amazon CloudWatch Logs API) and CloudTrail's event history (AWS CloudTrail API).
//!
//! Nothing here writes, and no page is kept longer than it takes to give its events on.

use aws_sdk_cloudtrail::types::{LookupAttribute, LookupAttributeKey};
use aws_smithy_types::DateTime;

use super::attempt::Repeat;
use super::page::{Page, Pages};
use super::services::Services;
use crate::model::{CallError, CallErrorKind, HistoryQuery, LogQuery, Reading};

pub(super) const FILTER: &str = "logs:FilterLogEvents";
const LOOKUP: &str = "cloudtrail:LookupEvents";

/// The greatest page of the event history. One of a log group is as large as it may be unless something else is said.
const HISTORY_PAGE: i32 = 50;

/// Gives the messages of a log group's events that a pattern matches.
pub(super) async fn of_log_group(
    services: &Services,
    query: &LogQuery,
    each: &mut dyn FnMut(&str),
) -> Reading<()> {
    let mut pages = Pages::of_events(FILTER);
    loop {
        let page = services
            .call(FILTER, Repeat::Freely, || {
                services
                    .logs
                    .filter_log_events()
                    .log_group_name(query.log_group.name.as_str())
                    .filter_pattern(&query.pattern)
                    // The end counts here: "later than this time are not returned".
                    .start_time(query.span.start)
                    .end_time(query.span.end.saturating_sub(1))
                    .set_next_token(pages.token())
                    .send()
            })
            .await?;
        for event in page.events() {
            each(event.message().unwrap_or_default());
        }
        if pages.turn(page.next_token())? == Page::Last {
            return Ok(());
        }
    }
}

/// Gives the records of the event history's events of one name.
pub(super) async fn of_history(
    services: &Services,
    query: &HistoryQuery,
    each: &mut dyn FnMut(&str),
) -> Reading<()> {
    let attribute = LookupAttribute::builder()
        .attribute_key(LookupAttributeKey::EventName)
        .attribute_value(&query.event_name)
        .build()
        .map_err(|error| CallError::new(LOOKUP, CallErrorKind::Invalid, error.to_string()))?;
    let (start, end) = (seconds(query.span.start), seconds(query.span.end));
    let mut pages = Pages::of_events(LOOKUP);
    loop {
        let page = services
            .call(LOOKUP, Repeat::Freely, || {
                services
                    .cloudtrail
                    .lookup_events()
                    .lookup_attributes(attribute.clone())
                    .start_time(start)
                    .end_time(end)
                    .max_results(HISTORY_PAGE)
                    .set_next_token(pages.token())
                    .send()
            })
            .await?;
        for event in page.events() {
            each(event.cloud_trail_event().unwrap_or_default());
        }
        if pages.turn(page.next_token())? == Page::Last {
            return Ok(());
        }
    }
}

/// Returns the second of a time in milliseconds; the API knows no finer ones.
fn seconds(time: i64) -> DateTime {
    DateTime::from_secs(time.div_euclid(1000))
}
