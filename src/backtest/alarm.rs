//! What an alarm would have done: CloudWatch's arithmetic on the times of events.
//!
//! An alarm is evaluated once a minute over a window that slides (user guide, "Alarm evaluation"), so that two bursts less than a
//! period apart may count together wherever the clock stands. Not modelled: the minutes that CloudTrail takes to deliver an event, and
//! what else delays a data point.

mod course;
mod evaluation;
#[cfg(test)]
mod properties;
mod rule;
mod series;
mod state;
#[cfg(test)]
mod tests;

pub(super) use course::DAY;
pub use course::{Course, Figures};
pub use rule::{NotSimulated, Published, Rule};
pub use series::Series;
use series::Stretch;
pub use state::{Point, State};

use std::ops::Range;

/// How many periods beyond those of the evaluation CloudWatch looks back for data points.
///
/// The user guide ("Configuring how CloudWatch alarms treat missing data") shows five for an evaluation of three and says only that the
/// number depends on the period; this is the number of its examples.
pub const LOOK_BACK: u32 = 2;

/// Returns when the alarm would have been in ALARM in a span of seconds since the epoch.
///
/// Events outside the span do not count. The alarm is new where the span begins.
#[must_use]
pub fn simulate(series: &Series, rule: &Rule, published: Published, span: Range<i64>) -> Course {
    let spells = Spells::new(series, rule, published, &span).collect();
    Course { spells, span }
}

/// Returns what [`simulate`] does; nothing as soon as it is clear that the alarm would have sent more than `most` notifications.
#[must_use]
pub fn simulate_within(
    series: &Series,
    rule: &Rule,
    published: Published,
    span: &Range<i64>,
    most: f64,
) -> Option<Course> {
    let mut course = Course {
        spells: Vec::new(),
        span: span.clone(),
    };
    for spell in Spells::new(series, rule, published, span) {
        course.spells.push(spell);
        if !course.notifies_within(most) {
            return None;
        }
    }
    Some(course)
}

/// The spells in which an alarm is in ALARM, one after the other.
struct Spells<'run> {
    windows: Windows<'run>,
    rule: &'run Rule,
    published: Published,
    state: State,
    /// When the alarm is evaluated next; nothing when that is of no more interest.
    next: Option<i64>,
    end: i64,
}

impl<'run> Spells<'run> {
    fn new(
        series: &'run Series,
        rule: &'run Rule,
        published: Published,
        span: &Range<i64>,
    ) -> Self {
        let tick = rule.tick();
        let start = round_up(span.start, tick);
        Self {
            windows: Windows::new(series.within(span), rule),
            rule,
            published,
            state: State::InsufficientData,
            next: Some(start),
            // The last evaluation sees the end of the span; its state lasts until the next one would come.
            end: round_up(span.end, tick).max(start).saturating_add(tick),
        }
    }

    /// Evaluates the alarm. Returns when that was.
    fn evaluate(&mut self) -> Option<i64> {
        let now = self.next?;
        let tick = self.rule.tick();
        let points = self.windows.points_at(now, self.rule, self.published);
        let state = self.rule.next_state(self.state, points);
        // The same windows may lead on to another state once, and to no third.
        let following = if state == self.state {
            let change = self.windows.next_change();
            change.map(|time| round_up(time, tick))
        } else {
            now.checked_add(tick)
        };
        self.state = state;
        let following = following.filter(|time| *time < self.end);
        self.next = following.map(|time| time.max(now.saturating_add(tick)));
        Some(now)
    }

    /// Evaluates the alarm until it is in ALARM, or is no more. Returns when that was.
    fn until(&mut self, in_alarm: bool) -> Option<i64> {
        loop {
            let time = self.evaluate()?;
            if (self.state == State::Alarm) == in_alarm {
                return Some(time);
            }
        }
    }
}

impl Iterator for Spells<'_> {
    type Item = Range<i64>;

    fn next(&mut self) -> Option<Range<i64>> {
        let start = self.until(true)?;
        Some(start..self.until(false).unwrap_or(self.end))
    }
}

/// The evaluation range as windows of one period, moving over a series.
///
/// Each edge of a window knows how many minutes with events lie before it, so that moving on costs no search.
struct Windows<'series> {
    series: Stretch<'series>,
    period: i64,
    /// The edges from the newest to the oldest, as positions in the series.
    edges: Vec<usize>,
    points: Vec<Point>,
}

impl<'series> Windows<'series> {
    fn new(series: Stretch<'series>, rule: &Rule) -> Self {
        let windows = rule.evaluation_periods.saturating_add(LOOK_BACK);
        let edges = usize::try_from(windows).unwrap_or(usize::MAX - 1) + 1;
        Self {
            series,
            period: i64::from(rule.period),
            edges: vec![0; edges],
            points: Vec::with_capacity(edges - 1),
        }
    }

    /// Moves to a time and returns the data points of the windows before it, oldest first.
    fn points_at(&mut self, now: i64, rule: &Rule, published: Published) -> &[Point] {
        let mut time = now;
        for edge in &mut self.edges {
            while self.series.time(*edge).is_some_and(|at| at < time) {
                *edge += 1;
            }
            time = time.saturating_sub(self.period);
        }
        let pairs = self.edges.iter().zip(self.edges.iter().skip(1));
        let points =
            pairs.map(|(newer, older)| rule.point(self.series.between(*older, *newer), published));
        self.points.clear();
        self.points.extend(points);
        self.points.reverse();
        &self.points
    }

    /// Returns the next time at which a window gains or loses an event.
    fn next_change(&self) -> Option<i64> {
        let mut delay = 0_i64;
        let mut next: Option<i64> = None;
        for edge in &self.edges {
            if let Some(at) = self.series.time(*edge) {
                let time = at.saturating_add(delay).saturating_add(1);
                next = Some(next.map_or(time, |next| next.min(time)));
            }
            delay = delay.saturating_add(self.period);
        }
        next
    }
}

/// Returns the next multiple of `tick` that is not before `time`.
fn round_up(time: i64, tick: i64) -> i64 {
    let behind = time.rem_euclid(tick);
    if behind == 0 {
        time
    } else {
        time.saturating_add(tick - behind)
    }
}
