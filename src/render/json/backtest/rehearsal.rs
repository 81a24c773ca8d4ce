//! What an alarm would have done, who causes it, and what would make it quieter, in `cis-fix/backtest/v1`.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::super::event::event;
use crate::backtest::alarm::{Course, Figures};
use crate::backtest::tuning::{Left, Paging, Proposal, Setting};
use crate::backtest::{Excerpt, Tally, time};

/// The causes of each kind that are told.
const MOST_CAUSES: usize = 10;

/// The minutes of a day.
const MINUTES: i64 = time::DAY / time::MINUTE;

#[derive(Debug, Serialize)]
pub(super) struct CourseShape {
    pub(super) notifications: u64,
    days: u64,
    most_in_a_day: u64,
    median_of_a_day: f64,
    longest_seconds: i64,
    quiet_share: f64,
}

impl CourseShape {
    pub(super) fn new(course: &Course) -> Self {
        let Figures {
            alarms,
            days,
            most_in_a_day,
            median_of_a_day,
            longest_storm,
            quiet_share,
        } = course.figures();
        Self {
            notifications: alarms,
            days,
            most_in_a_day,
            median_of_a_day,
            longest_seconds: longest_storm,
            quiet_share,
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct DayShape {
    day: String,
    matches: u64,
    notifications: u64,
}

/// Returns the days that have any match or notification.
pub(super) fn days(tally: &Tally, course: Option<&Course>) -> Vec<DayShape> {
    let mut days: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
    for (minute, count) in tally.minutes() {
        days.entry(minute.div_euclid(MINUTES)).or_default().0 += count;
    }
    let alarms = course.map(Course::alarms_by_day).unwrap_or_default();
    for (day, count) in alarms {
        days.entry(day).or_default().1 += count;
    }
    let shape = |(day, (matches, notifications)): (i64, (u64, u64))| {
        let begins = time::print(day.saturating_mul(time::DAY));
        let day = begins.split('T').next().unwrap_or_default().to_owned();
        DayShape {
            day,
            matches,
            notifications,
        }
    };
    days.into_iter().map(shape).collect()
}

#[derive(Debug, Serialize)]
pub(super) struct CauseShape<'run> {
    property: &'static str,
    value: &'run str,
    matches: u64,
    shortfall: u64,
}

/// Returns the most frequent causes of each kind.
pub(super) fn causes(tally: &Tally) -> Vec<CauseShape<'_>> {
    let causes = tally.causes().iter().flat_map(|(property, counter)| {
        let top = counter.top(MOST_CAUSES).into_iter();
        top.map(|(value, matches)| CauseShape {
            property: property.as_str(),
            value,
            matches,
            shortfall: counter.shortfall(),
        })
    });
    causes.collect()
}

#[derive(Debug, Serialize)]
pub(super) struct ProposalShape<'run> {
    setting: Option<SettingShape>,
    paging: Option<PagingShape<'run>>,
}

#[derive(Debug, Serialize)]
struct SettingShape {
    threshold: f64,
    period: u32,
    course: CourseShape,
}

#[derive(Debug, Serialize)]
struct PagingShape<'run> {
    pattern: &'run str,
    matches: u64,
    setting: SettingShape,
    exclusions: Vec<ExclusionShape<'run>>,
}

#[derive(Debug, Serialize)]
struct ExclusionShape<'run> {
    number: usize,
    noise: &'run str,
    clause: &'run str,
    principal: Option<&'run str>,
    source_address: Option<&'run str>,
    event_name: Option<&'run str>,
    matches: u64,
    risk: &'static str,
    lost_event: Value,
    examples: Vec<BTreeMap<&'static str, &'run str>>,
}

impl<'run> ProposalShape<'run> {
    pub(super) fn new(proposal: &'run Proposal) -> Self {
        let Proposal { setting, paging } = proposal;
        Self {
            setting: setting.as_ref().map(SettingShape::new),
            paging: paging.as_ref().map(PagingShape::new),
        }
    }
}

impl SettingShape {
    fn new(setting: &Setting) -> Self {
        let Setting {
            threshold,
            period,
            course,
        } = setting;
        Self {
            threshold: *threshold,
            period: *period,
            course: CourseShape::new(course),
        }
    }
}

impl<'run> PagingShape<'run> {
    fn new(paging: &'run Paging) -> Self {
        let Paging {
            exclusions,
            pattern,
            matches,
            setting,
        } = paging;
        Self {
            pattern: pattern.text(),
            matches: *matches,
            setting: SettingShape::new(setting),
            exclusions: (1..).zip(exclusions).map(ExclusionShape::new).collect(),
        }
    }
}

impl<'run> ExclusionShape<'run> {
    fn new((number, left): (usize, &'run Left)) -> Self {
        let Left {
            exclusion,
            matches,
            lost,
        } = left;
        let source = &exclusion.source;
        let examples = lost
            .iter()
            .filter_map(|(_, members)| members.example.as_ref());
        Self {
            number,
            noise: exclusion.noise.text(),
            clause: &exclusion.clause,
            principal: source.principal.as_deref(),
            source_address: source.source_address.as_deref(),
            event_name: source.event_name.as_deref(),
            matches: *matches,
            risk: source.risk(),
            lost_event: event(&exclusion.lost),
            examples: examples.map(properties).collect(),
        }
    }
}

fn properties(excerpt: &Excerpt) -> BTreeMap<&'static str, &str> {
    let properties = excerpt.properties.iter();
    properties.map(|(name, value)| (*name, &**value)).collect()
}
