//! What an alarm would have done: CloudWatch's arithmetic on the times of events.
//!
//! An alarm is evaluated once a minute over a window that slides (user guide, "Alarm evaluation"), so that two bursts less than a
//! period apart may count together wherever the clock stands. Not modelled: the minutes that CloudTrail takes to deliver an event, and
//! what else delays a data point.

mod course;
mod evaluation;
mod rule;
mod series;
mod state;
#[cfg(test)]
mod tests;

pub(super) use course::DAY;
pub use course::{Course, Figures};
pub use rule::{NotSimulated, Published, Rule};
pub use series::Series;
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
    let series = series.within(&span);
    let tick = rule.tick();
    let mut windows = Windows::new(&series, rule);
    let mut state = State::InsufficientData;
    let mut spells: Vec<Range<i64>> = Vec::new();
    let mut now = round_up(span.start, tick);
    // The last evaluation sees the end of the span; its state lasts until the next one would come.
    let end = round_up(span.end, tick).max(now).saturating_add(tick);
    loop {
        let points = windows.points_at(now, rule, published);
        let next = rule.next_state(state, &points);
        match (state == State::Alarm, next == State::Alarm) {
            (false, true) => spells.push(now..end),
            (true, false) => {
                if let Some(spell) = spells.last_mut() {
                    spell.end = now;
                }
            }
            (true, true) | (false, false) => {}
        }
        // The same windows may lead on to another state once, and to no third.
        let is_settled = state == next;
        state = next;
        let following = if is_settled {
            windows.next_change().map(|time| round_up(time, tick))
        } else {
            now.checked_add(tick)
        };
        match following {
            Some(time) if time < end => now = time.max(now.saturating_add(tick)),
            Some(_) | None => break,
        }
    }
    Course { spells, span }
}

/// The evaluation range as windows of one period, moving over a series.
///
/// Each edge of a window knows how many minutes with events lie before it, so that moving on costs no search.
struct Windows<'series> {
    series: &'series Series,
    period: i64,
    /// The edges from the newest to the oldest, as positions in the series.
    edges: Vec<usize>,
}

impl<'series> Windows<'series> {
    fn new(series: &'series Series, rule: &Rule) -> Self {
        let windows = rule.evaluation_periods.saturating_add(LOOK_BACK);
        let edges = usize::try_from(windows).unwrap_or(usize::MAX - 1) + 1;
        Self {
            series,
            period: i64::from(rule.period),
            edges: vec![0; edges],
        }
    }

    /// Moves to a time and returns the data points of the windows before it, oldest first.
    fn points_at(&mut self, now: i64, rule: &Rule, published: Published) -> Vec<Point> {
        let mut time = now;
        for edge in &mut self.edges {
            while self.series.time(*edge).is_some_and(|at| at < time) {
                *edge += 1;
            }
            time = time.saturating_sub(self.period);
        }
        let pairs = self.edges.iter().zip(self.edges.iter().skip(1));
        let mut points: Vec<Point> = pairs
            .map(|(newer, older)| rule.point(self.series.between(*older, *newer), published))
            .collect();
        points.reverse();
        points
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
