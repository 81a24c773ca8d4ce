//! Rehearsing failures: an account whose calls are recorded, and fail when they are told to.
//!
//! It wraps any account behind the ports. A reading that always fails for one resource alone is better
//! made a part of the sandbox account itself.

use std::cell::RefCell;

use crate::cloud::{CloudReader, CloudReverser, CloudWriter};
use crate::model::{
    Alarm, AlarmArn, CallError, EventSelectors, Identity, Key, LogGroup, LogGroupArn, MetricFilter,
    Reading, Region, Subscription, Tags, Topic, TopicArn, Trail, TrailStatus,
};
use crate::plan::action::Action;
use crate::reversal::Reversal;

use super::unreadable::{
    DESCRIBE_ALARMS, DESCRIBE_KEY, DESCRIBE_LOG_GROUPS, DESCRIBE_METRIC_FILTERS, DESCRIBE_TRAILS,
    GET_CALLER_IDENTITY, GET_EVENT_SELECTORS, GET_TOPIC_ATTRIBUTES, GET_TRAIL_STATUS,
    LIST_ALARM_TAGS, LIST_SUBSCRIPTIONS, LIST_TOPIC_TAGS,
};

/// An account whose calls are recorded, and fail when they are told to.
#[derive(Debug)]
pub struct Rehearsal<Account> {
    account: Account,
    failures: Vec<Failure>,
    calls: RefCell<Calls>,
}

/// Which calls fail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum When {
    /// Every call of an API action, as IAM spells it.
    Calling(String),
    /// The write of that number, counted from 1.
    Write(usize),
    /// That write and all after it.
    FromWrite(usize),
}

/// What became of a write that failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did not happen.
    Refused,
    /// It happened, and the answer was lost.
    Lost,
}

#[derive(Debug)]
struct Failure {
    when: When,
    outcome: Outcome,
    error: CallError,
}

#[derive(Debug, Default)]
struct Calls {
    actions: Vec<String>,
    writes: usize,
}

impl<Account> Rehearsal<Account> {
    /// Returns the account with nothing failing yet.
    pub fn new(account: Account) -> Self {
        Self {
            account,
            failures: Vec::new(),
            calls: RefCell::default(),
        }
    }

    /// Lets calls fail with `error`. What was told first goes first.
    #[must_use]
    pub fn failing(mut self, when: When, outcome: Outcome, error: CallError) -> Self {
        self.failures.push(Failure {
            when,
            outcome,
            error,
        });
        self
    }

    /// Returns the API actions that were called, in order, as IAM spells them.
    ///
    /// A reading counts once, however many pages it took, and reading a key as `kms:DescribeKey`.
    #[must_use]
    pub fn calls(&self) -> Vec<String> {
        self.calls.borrow().actions.clone()
    }

    /// Returns how often an API action was called.
    #[must_use]
    pub fn count(&self, action: &str) -> usize {
        let calls = self.calls.borrow();
        calls.actions.iter().filter(|call| *call == action).count()
    }

    /// Returns the account behind.
    pub fn account(&self) -> &Account {
        &self.account
    }

    /// Returns the account behind, when the rehearsal is over.
    pub fn into_account(self) -> Account {
        self.account
    }

    fn enter(&self, action: &str) -> Reading<()> {
        self.calls.borrow_mut().actions.push(action.to_owned());
        let failure = self.failures.iter().find(|failure| match &failure.when {
            When::Calling(failing) => failing == action,
            When::Write(_) | When::FromWrite(_) => false,
        });
        failure.map_or(Ok(()), |failure| Err(failure.error.clone()))
    }

    fn enter_write(&self, action: &str) -> Option<&Failure> {
        let mut calls = self.calls.borrow_mut();
        calls.actions.push(action.to_owned());
        calls.writes += 1;
        let number = calls.writes;
        self.failures.iter().find(|failure| match &failure.when {
            When::Calling(failing) => failing == action,
            When::Write(failing) => *failing == number,
            When::FromWrite(first) => *first <= number,
        })
    }
}

impl<Account: CloudReader> CloudReader for Rehearsal<Account> {
    async fn identity(&self) -> Reading<Identity> {
        self.enter(GET_CALLER_IDENTITY)?;
        self.account.identity().await
    }

    async fn trails(&self) -> Reading<Vec<Trail>> {
        self.enter(DESCRIBE_TRAILS)?;
        self.account.trails().await
    }

    async fn trail_status(&self, trail: &Trail) -> Reading<TrailStatus> {
        self.enter(GET_TRAIL_STATUS)?;
        self.account.trail_status(trail).await
    }

    async fn event_selectors(&self, trail: &Trail) -> Reading<EventSelectors> {
        self.enter(GET_EVENT_SELECTORS)?;
        self.account.event_selectors(trail).await
    }

    async fn log_group(&self, log_group: &LogGroupArn) -> Reading<Option<LogGroup>> {
        self.enter(DESCRIBE_LOG_GROUPS)?;
        self.account.log_group(log_group).await
    }

    async fn metric_filters(&self, log_group: &LogGroupArn) -> Reading<Vec<MetricFilter>> {
        self.enter(DESCRIBE_METRIC_FILTERS)?;
        self.account.metric_filters(log_group).await
    }

    async fn alarms(&self, region: &Region) -> Reading<Vec<Alarm>> {
        self.enter(DESCRIBE_ALARMS)?;
        self.account.alarms(region).await
    }

    async fn alarm_tags(&self, alarm: &AlarmArn) -> Reading<Tags> {
        self.enter(LIST_ALARM_TAGS)?;
        self.account.alarm_tags(alarm).await
    }

    async fn topic(&self, topic: &TopicArn) -> Reading<Option<Topic>> {
        self.enter(GET_TOPIC_ATTRIBUTES)?;
        self.account.topic(topic).await
    }

    async fn topic_tags(&self, topic: &TopicArn) -> Reading<Tags> {
        self.enter(LIST_TOPIC_TAGS)?;
        self.account.topic_tags(topic).await
    }

    async fn subscriptions(&self, topic: &TopicArn) -> Reading<Vec<Subscription>> {
        self.enter(LIST_SUBSCRIPTIONS)?;
        self.account.subscriptions(topic).await
    }

    async fn key(&self, region: &Region, key: &str) -> Reading<Option<Key>> {
        self.enter(DESCRIBE_KEY)?;
        self.account.key(region, key).await
    }
}

impl<Account: CloudWriter> CloudWriter for Rehearsal<Account> {
    async fn perform(&self, action: &Action) -> Result<(), CallError> {
        let Some(failure) = self.enter_write(action.permission()) else {
            return self.account.perform(action).await;
        };
        match failure.outcome {
            Outcome::Refused => Err(failure.error.clone()),
            Outcome::Lost => {
                self.account.perform(action).await?;
                Err(failure.error.clone())
            }
        }
    }

    async fn wait_out(&self, attempt: u32) {
        self.account.wait_out(attempt).await;
    }
}

impl<Account: CloudReverser> CloudReverser for Rehearsal<Account> {
    async fn revert(&self, reversal: &Reversal) -> Result<(), CallError> {
        let Some(failure) = self.enter_write(reversal.permission()) else {
            return self.account.revert(reversal).await;
        };
        match failure.outcome {
            Outcome::Refused => Err(failure.error.clone()),
            Outcome::Lost => {
                self.account.revert(reversal).await?;
                Err(failure.error.clone())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CallErrorKind;
    use crate::plan::action::CreateTopic;
    use crate::sandbox::{Sandbox, Scene};

    fn create(name: &str) -> Action {
        let arn = format!("arn:aws:sns:us-east-1:123456789012:{name}");
        Action::CreateTopic(CreateTopic {
            topic: TopicArn::parse(&arn).unwrap(),
            kms_key: None,
            tags: Tags::new(),
        })
    }

    fn fresh() -> Rehearsal<Sandbox> {
        Rehearsal::new(Sandbox::new(Scene::Fresh.account()))
    }

    fn error() -> CallError {
        CallError::new("sns:CreateTopic", CallErrorKind::Timeout, "")
    }

    #[tokio::test]
    async fn calls_are_recorded_in_order() {
        let rehearsal = fresh();
        rehearsal.trails().await.unwrap();
        rehearsal.perform(&create("a")).await.unwrap();
        rehearsal.trails().await.unwrap();
        let expected = [DESCRIBE_TRAILS, "sns:CreateTopic", DESCRIBE_TRAILS];
        assert_eq!(rehearsal.calls(), expected);
        assert_eq!(rehearsal.count(DESCRIBE_TRAILS), 2);
        assert_eq!(rehearsal.count("sns:Subscribe"), 0);
    }

    #[tokio::test]
    async fn a_denied_action_fails_every_time_and_others_do_not() {
        let denied = CallError::new(DESCRIBE_TRAILS, CallErrorKind::Denied, "no");
        let when = When::Calling(DESCRIBE_TRAILS.to_owned());
        let rehearsal = fresh().failing(when, Outcome::Refused, denied.clone());
        assert_eq!(rehearsal.trails().await, Err(denied.clone()));
        assert_eq!(rehearsal.trails().await, Err(denied));
        rehearsal.identity().await.unwrap();
        assert_eq!(rehearsal.count(DESCRIBE_TRAILS), 2);
    }

    #[tokio::test]
    async fn a_refused_write_did_not_happen_and_a_lost_one_did() {
        let failing = fresh()
            .failing(When::Write(2), Outcome::Refused, error())
            .failing(When::Write(3), Outcome::Lost, error());
        for (name, fails) in [("a", false), ("b", true), ("c", true), ("d", false)] {
            let outcome = failing.perform(&create(name)).await;
            assert_eq!(outcome.is_err(), fails, "{name}");
        }
        let topics = failing.into_account().into_account();
        let names: Vec<_> = topics.topics().keys().map(|arn| arn.name.clone()).collect();
        assert_eq!(names, ["a", "c", "d"]);
    }

    #[tokio::test]
    async fn writing_can_stop_for_good() {
        let stopped = fresh().failing(When::FromWrite(2), Outcome::Refused, error());
        stopped.perform(&create("a")).await.unwrap();
        for name in ["b", "c"] {
            stopped.perform(&create(name)).await.unwrap_err();
        }
        assert_eq!(stopped.account().account().topics().len(), 1);
    }
}
