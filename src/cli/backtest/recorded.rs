//! `backtest --live` and `--history`: events that the account itself has recorded.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::collect::Collector;
use super::desk::{Desk, Sieve};
use super::progress::Ticker;
use super::times;
use crate::backtest::time::{DAY, HOUR};
use crate::backtest::{Backtest, LogSource, Source, Span, Survey, Unanswered, Window, pattern_set};
use crate::cli::account::Account;
use crate::cli::args::backtest::BacktestArgs;
use crate::cli::error::Error;
use crate::cli::interrupt::Listener;
use crate::cli::terminal::Terminal;
use crate::cloud::EventReader;
use crate::desired::Desired;
use crate::model::{CallError, HistoryQuery, LogGroupArn, LogQuery, Retention};
use crate::observed::{Observed, inherited, own_log_groups};
use crate::pattern::texts;

/// How far back `--live` looks by itself.
const LIVE: i64 = 14 * DAY;

/// How far back CloudTrail's event history goes (`LookupEvents`).
const HISTORY: i64 = 90 * DAY;

/// How much later than it happened an event may be logged; CloudTrail takes some minutes.
const LATE: i64 = HOUR;

/// What is asked, of which account.
pub(super) struct Asking<'run> {
    pub(super) account: &'run Account,
    pub(super) observed: &'run Observed,
    pub(super) desired: &'run Desired,
    pub(super) args: &'run BacktestArgs,
    pub(super) terminal: &'run Terminal,
}

/// Asks until everything is answered or somebody interrupts.
pub(super) async fn replay(
    asking: &Asking<'_>,
    collector: Collector,
    window: Window,
    listener: &mut Listener,
) -> Result<Backtest, Error> {
    let patterns = asking.desired.controls.iter();
    let set = pattern_set(patterns.map(|control| control.pattern.clone()));
    let (window, now) = bounded(window, asking.args.recorded.live)?;
    let desk = Desk::new(&set, window, collector, Ticker::new(asking.terminal));
    let mut inquiry = Inquiry {
        asking,
        desk,
        source: Source::default(),
        covered: None,
        open: (0..asking.desired.controls.len()).collect(),
        unanswered: BTreeMap::new(),
        answers: 0,
    };
    let asked = tokio::select! {
        asked = inquiry.ask(window, now) => Some(asked),
        () = listener.heard() => None,
    };
    inquiry.desk.ticker.clear();
    match asked {
        Some(asked) => asked.and_then(|()| inquiry.finish(Ended::Whole, window)),
        None => inquiry.finish(Ended::Interrupted, window),
    }
}

/// How the asking ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Ended {
    Whole,
    Interrupted,
}

/// Returns the time to ask for, of which both ends are known, and what time it is.
fn bounded(window: Window, is_live: bool) -> Result<(Window, i64), Error> {
    let now = times::now().ok_or_else(|| Error::failed("the clock tells no time"))?;
    let oldest = now - HISTORY;
    let Window { since, until } = window;
    let until = until.unwrap_or(now).min(now);
    if !is_live && until <= oldest {
        return Err(Error::usage(
            "the event history goes back 90 days, and `--until` is before that",
        )
        .hint("`--live` asks the log group, which may keep events longer"));
    }
    let since = since.unwrap_or(if is_live { until - LIVE } else { oldest });
    if since >= until {
        return Err(Error::usage("`--since` is not in the past"));
    }
    let window = Window {
        since: Some(since),
        until: Some(until),
    };
    Ok((window, now))
}

/// The questions to an account, and how far they are answered.
struct Inquiry<'run, 'set> {
    asking: &'run Asking<'run>,
    desk: Desk<'set>,
    source: Source,
    /// The time of which the account keeps events.
    covered: Option<Span>,
    /// The controls of which not everything is read yet.
    open: BTreeSet<usize>,
    unanswered: BTreeMap<usize, Unanswered>,
    /// The questions that were answered.
    answers: usize,
}

impl Inquiry<'_, '_> {
    async fn ask(&mut self, window: Window, now: i64) -> Result<(), Error> {
        let span = window.since.unwrap_or_default()..window.until.unwrap_or(now);
        if self.asking.args.recorded.live {
            self.ask_log_groups(span, now).await
        } else {
            self.ask_history(span, now).await
        }
    }

    /// Asks each log group for each pattern.
    async fn ask_log_groups(&mut self, span: Range<i64>, now: i64) -> Result<(), Error> {
        self.desk.expect(self.open.clone());
        let mut sources = Vec::new();
        for log_group in log_groups(self.asking.observed)? {
            let retention = self.asking.account.retention(&log_group).await?;
            sources.push(LogSource {
                log_group,
                retention,
            });
        }
        let kept = sources
            .iter()
            .filter_map(|source| kept(source.retention, now));
        self.covered = kept.reduce(Span::with);
        self.source = Source::LogGroups(sources.clone());
        let span = span.start..span.end.saturating_add(LATE).min(now.saturating_add(1));
        for (left, source) in (0..sources.len()).rev().zip(&sources) {
            self.ask_log_group(&source.log_group, &span, left).await?;
        }
        Ok(())
    }

    /// Asks a log group, after which so many are left.
    async fn ask_log_group(
        &mut self,
        log_group: &LogGroupArn,
        span: &Range<i64>,
        left: usize,
    ) -> Result<(), Error> {
        let (account, controls) = (self.asking.account, &self.asking.desired.controls);
        self.desk.begin(log_group.name.as_str());
        for (position, control) in controls.iter().enumerate() {
            if self.desk.is_over() {
                break;
            }
            let query = LogQuery {
                log_group: log_group.clone(),
                pattern: control.pattern.text().to_owned(),
                span: span.clone(),
            };
            let desk = &mut self.desk;
            desk.ticker
                .step(control.id.as_str(), position, controls.len());
            let mut each = |message: &str| desk.take(message, &[position], Sieve::Pattern);
            let answer = account.log_events(&query, &mut each).await;
            self.note(answer, &[position])?;
            if left == 0 {
                self.open.remove(&position);
            }
        }
        self.desk.end();
        Ok(())
    }

    /// Asks the event history for each name that a pattern looks for.
    async fn ask_history(&mut self, span: Range<i64>, now: i64) -> Result<(), Error> {
        let account = self.asking.account;
        let region = account.region();
        self.source = Source::History(region.clone());
        self.covered = Some(Span {
            first: now - HISTORY,
            last: now,
        });
        let names = self.names();
        let asked: BTreeSet<usize> = names.values().flatten().copied().collect();
        self.desk.expect(asked.clone());
        self.desk.begin("event history");
        for (done, (event_name, wanted)) in names.iter().enumerate() {
            if self.desk.is_over() {
                break;
            }
            let query = HistoryQuery {
                region: region.clone(),
                event_name: event_name.clone(),
                span: span.clone(),
            };
            let desk = &mut self.desk;
            desk.ticker.step(event_name, done, names.len());
            let mut each = |message: &str| desk.take(message, wanted, Sieve::Name);
            let answer = account.event_history(&query, &mut each).await;
            self.note(answer, wanted)?;
            let ahead: BTreeSet<usize> = names.values().skip(done + 1).flatten().copied().collect();
            self.open.retain(|position| ahead.contains(position));
        }
        self.desk.end();
        Ok(())
    }

    /// Returns the names of events to ask for, with the controls that ask for each.
    ///
    /// Controls whose patterns name none are not answered.
    fn names(&mut self) -> BTreeMap<String, Vec<usize>> {
        let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (position, control) in self.asking.desired.controls.iter().enumerate() {
            match texts(&control.pattern, "eventName") {
                None => {
                    self.unanswered.insert(position, Unanswered::Nameless);
                }
                Some(texts) => {
                    for text in texts {
                        names.entry(text).or_default().push(position);
                    }
                }
            }
        }
        names
    }

    /// Notes an answer. Without any answer before, or when nothing may be left out, a failure ends everything.
    fn note(&mut self, answer: Result<(), CallError>, wanted: &[usize]) -> Result<(), Error> {
        match answer {
            Ok(()) => self.answers += 1,
            Err(error) if self.answers == 0 || self.asking.args.strict => {
                return Err(Error::from(error));
            }
            Err(error) => {
                let unread = Unanswered::Unread(error.to_string());
                let unread = wanted.iter().map(|position| (*position, unread.clone()));
                self.unanswered.extend(unread);
            }
        }
        Ok(())
    }

    fn finish(mut self, ended: Ended, window: Window) -> Result<Backtest, Error> {
        if ended == Ended::Interrupted {
            self.desk.interrupt();
            // What was read of a control in part is not taken for all of it.
            for position in &self.open {
                let unread = Unanswered::Unread("interrupted before all of it was read".to_owned());
                self.unanswered.entry(*position).or_insert(unread);
            }
        }
        let backtest = self.desk.finish()?;
        Ok(Backtest {
            survey: Survey {
                source: self.source,
                asked: window,
                covered: self.covered,
                ..backtest.survey
            },
            unanswered: self.unanswered,
            ..backtest
        })
    }
}

/// Returns the log groups of this account that receive the events of its trails.
fn log_groups(observed: &Observed) -> Result<BTreeSet<LogGroupArn>, Error> {
    let trails = observed.trails.as_ref().map_err(Clone::clone)?;
    let account = &observed.identity.account;
    let log_groups = own_log_groups(trails, account);
    if !log_groups.is_empty() {
        return Ok(log_groups);
    }
    let failed = Error::failed("no log group of this account receives the events of a trail");
    Err(match inherited(trails, account) {
        Some(trail) => {
            let group = trail.log_group.as_ref();
            let owner = group.map_or(&trail.arn.account, |group| &group.account);
            failed.hint(format!(
                "the organization trail `{}` delivers to account {owner}: ask there",
                trail.arn.name
            ))
        }
        None => failed.hint("`--history` asks CloudTrail's event history, which needs no trail"),
    })
}

/// Returns the time of which a log group keeps events, up to now.
fn kept(retention: Retention, now: i64) -> Option<Span> {
    let Retention { created, days } = retention;
    let since = days.map(|days| now.saturating_sub(i64::from(days).saturating_mul(DAY)));
    let first = created.into_iter().chain(since).max().unwrap_or(i64::MIN);
    (first <= now).then_some(Span { first, last: now })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_log_group_keeps_what_came_after_it_was_made_and_is_not_too_old() {
        let now = 100 * DAY;
        let kept = |created, days| kept(Retention { created, days }, now).map(|span| span.first);
        assert_eq!(kept(None, None), Some(i64::MIN));
        assert_eq!(kept(None, Some(30)), Some(70 * DAY));
        assert_eq!(kept(Some(80 * DAY), Some(30)), Some(80 * DAY));
        assert_eq!(kept(Some(5 * DAY), Some(30)), Some(70 * DAY));
        assert_eq!(kept(Some(101 * DAY), None), None);
    }
}
