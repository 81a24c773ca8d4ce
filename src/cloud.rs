//! The ports: what cis-fix may ask an account, and what it may change there.
//!
//! Each is a trait of its own, so that whoever is given a reader alone cannot write, and nobody but an undo can
//! delete. The sandbox and the AWS adapter implement all of them. Nothing here knows a protocol, a retry or a quota.

use std::collections::BTreeSet;

use crate::model::{
    ActionsSwitch, Alarm, AlarmArn, AlarmState, CallError, Endpoint, EventSelectors, FilterName,
    HistoryItem, HistoryQuery, Identity, Key, LogGroup, LogGroupArn, LogQuery, MetricFilter,
    Reading, Region, Retention, Subscription, Tags, Topic, TopicArn, Trail, TrailStatus,
};
use crate::plan::action::Action;
use crate::reversal::Reversal;

/// Asks an account. Every answer is complete: paging is the implementation's affair.
#[expect(
    async_fn_in_trait,
    reason = "one thread drives all calls, so no future needs to be `Send`"
)]
pub trait CloudReader {
    /// Returns who is asking.
    async fn identity(&self) -> Reading<Identity>;

    /// Notes endpoints that may hold secrets, so that no answer repeats them in the words of an error.
    fn keep_secret(&self, endpoints: &BTreeSet<Endpoint>) {
        let _ = endpoints;
    }

    /// Returns all trails that the starting Region shows, copies of other Regions and accounts included.
    async fn trails(&self) -> Reading<Vec<Trail>>;

    /// Returns whether `trail` records and delivers.
    async fn trail_status(&self, trail: &Trail) -> Reading<TrailStatus>;

    /// Returns what `trail` records.
    async fn event_selectors(&self, trail: &Trail) -> Reading<EventSelectors>;

    /// Returns the log group, or none when it does not exist.
    async fn log_group(&self, log_group: &LogGroupArn) -> Reading<Option<LogGroup>>;

    /// Returns the metric filters of a log group by name; a group that does not exist has none.
    async fn metric_filters(&self, log_group: &LogGroupArn) -> Reading<Vec<MetricFilter>>;

    /// Returns the metric filter of that name, or none when there is none.
    async fn metric_filter(
        &self,
        log_group: &LogGroupArn,
        name: &FilterName,
    ) -> Reading<Option<MetricFilter>> {
        let filters = self.metric_filters(log_group).await?;
        Ok(filters
            .into_iter()
            .find(|filter| filter.name == name.as_str()))
    }

    /// Returns all alarms of a Region, of every kind, by name.
    async fn alarms(&self, region: &Region) -> Reading<Vec<Alarm>>;

    /// Returns an alarm of any kind, or none when there is none of that name.
    async fn alarm(&self, alarm: &AlarmArn) -> Reading<Option<Alarm>> {
        let alarms = self.alarms(&alarm.region).await?;
        Ok(alarms.into_iter().find(|found| found.arn == *alarm))
    }

    /// Returns the tags of an alarm.
    async fn alarm_tags(&self, alarm: &AlarmArn) -> Reading<Tags>;

    /// Returns a topic, or none when it does not exist.
    async fn topic(&self, topic: &TopicArn) -> Reading<Option<Topic>>;

    /// Returns the tags of a topic.
    async fn topic_tags(&self, topic: &TopicArn) -> Reading<Tags>;

    /// Returns the subscriptions of a topic; one that does not exist has none.
    async fn subscriptions(&self, topic: &TopicArn) -> Reading<Vec<Subscription>>;

    /// Returns a key by id, ARN or alias, or none when it does not exist.
    async fn key(&self, region: &Region, key: &str) -> Reading<Option<Key>>;
}

/// Reads events that an account has recorded. Only `backtest` is given it.
///
/// There may be more events than memory, so each is given on when it comes; after a failure those before it were.
#[expect(
    async_fn_in_trait,
    reason = "one thread drives all calls, so no future needs to be `Send`"
)]
pub trait EventReader {
    /// Returns how long a log group keeps events.
    async fn retention(&self, log_group: &LogGroupArn) -> Reading<Retention>;

    /// Gives the message of each event of a log group that a pattern matches, from the first page to the last.
    async fn log_events(&self, query: &LogQuery, each: &mut dyn FnMut(&str)) -> Reading<()>;

    /// Gives the record of each event in CloudTrail's event history, from the first page to the last.
    ///
    /// One that comes without its record is given as an empty text.
    async fn event_history(&self, query: &HistoryQuery, each: &mut dyn FnMut(&str)) -> Reading<()>;
}

/// Changes an account.
#[expect(
    async_fn_in_trait,
    reason = "one thread drives all calls, so no future needs to be `Send`"
)]
pub trait CloudWriter {
    /// Performs one write.
    ///
    /// # Errors
    ///
    /// Returns why the account refused it. After [`CallErrorKind::Service`](crate::model::CallErrorKind::Service)
    /// and [`CallErrorKind::Timeout`](crate::model::CallErrorKind::Timeout) it is unknown whether the write happened.
    async fn perform(&self, action: &Action) -> Result<(), CallError>;

    /// Waits until a change by somebody else, that a write has met for the `attempt`th time, may be over.
    ///
    /// Where nobody else can be in the way there is nothing to wait for.
    async fn wait_out(&self, attempt: u32) {
        let _ = attempt;
    }
}

/// Takes back changes of an account. Nobody but an undo is given this.
#[expect(
    async_fn_in_trait,
    reason = "one thread drives all calls, so no future needs to be `Send`"
)]
pub trait CloudReverser {
    /// Performs one reversal.
    ///
    /// # Errors
    ///
    /// Returns why the account refused it, as [`CloudWriter::perform`] does.
    async fn revert(&self, reversal: &Reversal) -> Result<(), CallError>;
}

/// How many alarms a call to switch actions takes (CloudWatch API, `DisableAlarmActions`).
pub const ALARMS_AT_ONCE: usize = 100;

/// Switches the actions of alarms. Only `mute` and `unmute` are given it.
#[expect(
    async_fn_in_trait,
    reason = "one thread drives all calls, so no future needs to be `Send`"
)]
pub trait AlarmSwitch {
    /// Enables or disables the actions of alarms of one Region, [`ALARMS_AT_ONCE`] at most.
    ///
    /// # Errors
    ///
    /// Returns why the account refused it, as [`CloudWriter::perform`] does.
    async fn switch(&self, alarms: &[AlarmArn], to: ActionsSwitch) -> Result<(), CallError>;
}

/// Drives alarms from state to state. Only `drill` is given it.
#[expect(
    async_fn_in_trait,
    reason = "one thread drives all calls, so no future needs to be `Send`"
)]
pub trait AlarmDriver {
    /// Returns the state of a metric alarm, or none when there is none of that name.
    async fn alarm_state(&self, alarm: &AlarmArn) -> Reading<Option<AlarmState>>;

    /// Sets the state of an alarm until CloudWatch judges it anew.
    ///
    /// # Errors
    ///
    /// Returns why the account refused it, as [`CloudWriter::perform`] does.
    async fn set_alarm_state(
        &self,
        alarm: &AlarmArn,
        state: AlarmState,
        reason: &str,
    ) -> Result<(), CallError>;

    /// Returns the newest items of an alarm's history, newest first.
    async fn alarm_history(&self, alarm: &AlarmArn) -> Reading<Vec<HistoryItem>>;

    /// Waits a second before the next look; a simulated account has nothing to wait for.
    async fn pause(&self);
}
