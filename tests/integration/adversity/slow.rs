//! An account whose calls take turns, so that whatever calls it can be cut off anywhere.

use std::pin::{Pin, pin};
use std::task::{Context, Poll};

use cis_fix::cloud::{CloudReader, CloudReverser, CloudWriter};
use cis_fix::model::{
    Alarm, AlarmArn, CallError, EventSelectors, Identity, Key, LogGroup, LogGroupArn, MetricFilter,
    Reading, Region, Subscription, Tags, Topic, TopicArn, Trail, TrailStatus,
};
use cis_fix::plan::action::Action;
use cis_fix::reversal::Reversal;

use crate::world::run;

/// An account of which each call takes a turn before it and one after it, so that it can be cut off at both.
pub(super) struct Slow<Account>(pub(super) Account);

/// Is pending once.
#[derive(Default)]
struct Turn {
    is_over: bool,
}

impl Future for Turn {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if self.is_over {
            return Poll::Ready(());
        }
        self.is_over = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<Account> Slow<Account> {
    async fn take<T>(&self, call: impl Future<Output = T>) -> T {
        Turn::default().await;
        let answer = call.await;
        Turn::default().await;
        answer
    }
}

impl<Account: CloudReader> CloudReader for Slow<Account> {
    async fn identity(&self) -> Reading<Identity> {
        self.take(self.0.identity()).await
    }
    async fn trails(&self) -> Reading<Vec<Trail>> {
        self.take(self.0.trails()).await
    }
    async fn trail_status(&self, trail: &Trail) -> Reading<TrailStatus> {
        self.take(self.0.trail_status(trail)).await
    }
    async fn event_selectors(&self, trail: &Trail) -> Reading<EventSelectors> {
        self.take(self.0.event_selectors(trail)).await
    }
    async fn log_group(&self, log_group: &LogGroupArn) -> Reading<Option<LogGroup>> {
        self.take(self.0.log_group(log_group)).await
    }
    async fn metric_filters(&self, log_group: &LogGroupArn) -> Reading<Vec<MetricFilter>> {
        self.take(self.0.metric_filters(log_group)).await
    }
    async fn alarms(&self, region: &Region) -> Reading<Vec<Alarm>> {
        self.take(self.0.alarms(region)).await
    }
    async fn alarm_tags(&self, alarm: &AlarmArn) -> Reading<Tags> {
        self.take(self.0.alarm_tags(alarm)).await
    }
    async fn topic(&self, topic: &TopicArn) -> Reading<Option<Topic>> {
        self.take(self.0.topic(topic)).await
    }
    async fn topic_tags(&self, topic: &TopicArn) -> Reading<Tags> {
        self.take(self.0.topic_tags(topic)).await
    }
    async fn subscriptions(&self, topic: &TopicArn) -> Reading<Vec<Subscription>> {
        self.take(self.0.subscriptions(topic)).await
    }
    async fn key(&self, region: &Region, key: &str) -> Reading<Option<Key>> {
        self.take(self.0.key(region, key)).await
    }
}

impl<Account: CloudReverser> CloudReverser for Slow<Account> {
    async fn revert(&self, reversal: &Reversal) -> Result<(), CallError> {
        self.take(self.0.revert(reversal)).await
    }
}

impl<Account: CloudWriter> CloudWriter for Slow<Account> {
    async fn perform(&self, action: &Action) -> Result<(), CallError> {
        self.take(self.0.perform(action)).await
    }
    async fn wait_out(&self, attempt: u32) {
        self.take(self.0.wait_out(attempt)).await;
    }
}

/// Does some work until its end, or until so many turns were taken.
pub(super) fn for_turns(turns: usize, work: impl Future) {
    run(async {
        let mut work = pin!(work);
        for _ in 0..turns {
            if futures_util::poll!(work.as_mut()).is_ready() {
                break;
            }
        }
    });
}
