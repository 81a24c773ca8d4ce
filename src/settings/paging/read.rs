//! The form of `[control.….paging]`, and whether a control can page people that way.

use std::ops::Range;

use super::Paging;
use crate::catalog::{Control, Draft, Places, check_span, json_pattern, parse_period, why_silent};
use crate::pattern::{Event, MAXIMUM_LENGTH, NotExcluded, Pattern, exclude};
use crate::toml_source::{Document, Member, Placed, Table};

/// The settings of a lane with the places of its values.
pub(in crate::settings) struct PlacedPaging {
    pub(in crate::settings) paging: Paging,
    table: Range<usize>,
    periods: Range<usize>,
    threshold: Range<usize>,
    exclude: Vec<Range<usize>>,
}

/// Reads how a control pages people.
pub(in crate::settings) fn read(mut table: Table<'_>) -> Option<PlacedPaging> {
    let period = table.given("period", |member| member.parsed(parse_period));
    let periods = table.given("evaluation-periods", |member| member.count(1..=100_000));
    let threshold = table.given("threshold", Member::number);
    let noise = table.given("exclude", |member| {
        let patterns: Vec<_> = member.list().iter().map(noise).collect();
        patterns.into_iter().collect::<Option<Vec<_>>>()
    });
    let place = table.span();
    table.close();
    let (period, periods, threshold) = (period.ok()?, periods.ok()?, threshold.ok()?);
    let (exclude, places) = noise.ok()?.unwrap_or_default().into_iter().unzip();
    let near = |span: Option<Range<usize>>| span.unwrap_or_else(|| place.clone());
    Some(PlacedPaging {
        periods: near(
            periods
                .as_ref()
                .map(|placed| placed.span.clone())
                .or_else(|| period.as_ref().map(|placed| placed.span.clone())),
        ),
        threshold: near(threshold.as_ref().map(|placed| placed.span.clone())),
        exclude: places,
        table: place,
        paging: Paging {
            period: period.map(value),
            evaluation_periods: periods.map(value),
            threshold: threshold.map(value),
            exclude,
        },
    })
}

fn value<T>(placed: Placed<T>) -> T {
    placed.value
}

fn noise(member: &Member<'_>) -> Option<(Pattern, Range<usize>)> {
    Some((json_pattern(member)?, member.span()))
}

/// Returns what the lane of a control claims for itself; records what is impossible about it.
pub(in crate::settings) fn check(
    document: &Document<'_>,
    placed: &PlacedPaging,
    control: &Control,
) -> Option<Draft> {
    check_exclusions(document, placed, control);
    let lane = match placed.paging.applied(control) {
        Ok(lane) => lane,
        Err(refusal) => {
            let hint = "the names of a paging lane are those of its control with an ending; give shorter ones";
            document.record_with(placed.table.clone(), refusal, Some(hint.to_owned()));
            return None;
        }
    };
    let alarm = &lane.alarm;
    if let Err(refusal) = check_span(alarm.period, alarm.evaluation_periods) {
        document.record(placed.periods.clone(), refusal);
    }
    if let Some(reason) = why_silent(alarm, &lane.metric.value) {
        document.record(placed.threshold.clone(), reason);
    }
    let place = || placed.table.clone();
    Some(Draft {
        control: lane,
        file: document.name().to_owned(),
        places: Places {
            id: place(),
            filter: place(),
            metric: place(),
            alarm: place(),
            numbers: Vec::new(),
            checks: Vec::new(),
        },
    })
}

/// Records what cannot be left out. What follows it is tried all the same.
fn check_exclusions(document: &Document<'_>, placed: &PlacedPaging, control: &Control) {
    let mut pattern = control.pattern.clone();
    for (noise, place) in placed.paging.exclude.iter().zip(&placed.exclude) {
        match exclude(&pattern, noise) {
            Ok(exclusion) => pattern = exclusion.pattern,
            Err(why) => {
                let message = format!("this cannot be left out of `{}`: {why}", control.id);
                document.record_with(place.clone(), message, Some(hint(&why)));
            }
        }
    }
}

/// Returns what helps.
fn hint(why: &NotExcluded) -> String {
    let form = "write `{ $.userIdentity.arn = \"…\" && $.eventName = \"…\" }`";
    let shown = |told: &str, event: &Option<Event>| match event {
        Some(event) => format!("{told}: {}", event.text()),
        None => "take it out".to_owned(),
    };
    match why {
        NotExcluded::Noise => format!("{form}; nothing else has a negation in this language"),
        NotExcluded::Nothing(event) => shown(
            "take it out; it matches this event, which pages nobody anyway",
            event,
        ),
        NotExcluded::Everything(event) => shown("this event, too, would page nobody", event),
        NotExcluded::Length(_) => format!(
            "CloudWatch Logs takes {MAXIMUM_LENGTH} characters; leave out fewer sources, or name them by fewer properties"
        ),
        NotExcluded::Kind | NotExcluded::Unreadable(_) | NotExcluded::Unproved => {
            format!("name it more simply: {form}")
        }
    }
}
