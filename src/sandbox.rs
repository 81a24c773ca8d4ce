//! An account in a file: a simulated AWS account that obeys AWS's real rules.
//!
//! It serves offline planning, bug reports and tests. [`SandboxAccount`] is the state and speaks as
//! AWS does, error codes included; [`Sandbox`] puts it behind the ports. There is no clock, no
//! network and no file in it: text comes in and goes out through [`format`](mod@format). CloudTrail and
//! CloudWatch do not run here, so no event is delivered and no alarm changes its state by itself.

mod account;
mod cloudwatch;
mod drill;
pub mod format;
mod logs;
mod read;
mod recorded;
mod refusal;
pub mod rehearsal;
mod reverse;
mod satisfying;
mod scene;
mod snapshot;
mod sns;
pub mod unreadable;
mod write;

use std::cell::RefCell;

use crate::cloud::{AlarmDriver, AlarmSwitch, CloudReader, CloudReverser, CloudWriter};
use crate::model::{
    ActionsSwitch, Alarm, AlarmArn, AlarmState, CallError, CallErrorKind, EventSelectors,
    HistoryItem, Identity, Key, LogGroup, LogGroupArn, MetricFilter, Reading, Region, Subscription,
    Tags, Topic, TopicArn, Trail, TrailStatus,
};
use crate::plan::action::Action;
use crate::reversal::Reversal;

pub use account::{
    Absent, Extent, SandboxAccount, SandboxAlarm, SandboxKey, SandboxLogGroup, SandboxSubscription,
    SandboxTopic, SandboxTrail, TopicAttributes,
};
pub use scene::Scene;
pub use snapshot::from_observed;
pub use sns::default_policy;

/// A sandbox account behind the ports, for one thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Sandbox {
    account: RefCell<SandboxAccount>,
}

impl Sandbox {
    /// Returns the account behind the ports.
    #[must_use]
    pub fn new(account: SandboxAccount) -> Self {
        Self {
            account: RefCell::new(account),
        }
    }

    /// Returns the account as it now is.
    #[must_use]
    pub fn account(&self) -> SandboxAccount {
        self.account.borrow().clone()
    }

    /// Changes the account as somebody else would, beside the ports.
    pub fn alter(&self, change: impl FnOnce(&mut SandboxAccount)) {
        change(&mut self.account.borrow_mut());
    }

    /// Returns the account as the calls left it.
    #[must_use]
    pub fn into_account(self) -> SandboxAccount {
        self.account.into_inner()
    }
}

impl CloudReader for Sandbox {
    async fn identity(&self) -> Reading<Identity> {
        self.account.borrow().get_caller_identity()
    }

    async fn trails(&self) -> Reading<Vec<Trail>> {
        self.account.borrow().describe_trails()
    }

    async fn trail_status(&self, trail: &Trail) -> Reading<TrailStatus> {
        self.account.borrow().get_trail_status(&trail.arn)
    }

    async fn event_selectors(&self, trail: &Trail) -> Reading<EventSelectors> {
        self.account.borrow().get_event_selectors(&trail.arn)
    }

    async fn log_group(&self, log_group: &LogGroupArn) -> Reading<Option<LogGroup>> {
        self.account.borrow().describe_log_group(log_group)
    }

    async fn metric_filters(&self, log_group: &LogGroupArn) -> Reading<Vec<MetricFilter>> {
        let filters = self.account.borrow().describe_metric_filters(log_group);
        Ok(unless_absent(filters)?.unwrap_or_default())
    }

    async fn alarms(&self, region: &Region) -> Reading<Vec<Alarm>> {
        self.account.borrow().describe_alarms(region)
    }

    async fn alarm_tags(&self, alarm: &AlarmArn) -> Reading<Tags> {
        self.account.borrow().list_alarm_tags(alarm)
    }

    async fn topic(&self, topic: &TopicArn) -> Reading<Option<Topic>> {
        unless_absent(self.account.borrow().get_topic_attributes(topic))
    }

    async fn topic_tags(&self, topic: &TopicArn) -> Reading<Tags> {
        self.account.borrow().list_topic_tags(topic)
    }

    async fn subscriptions(&self, topic: &TopicArn) -> Reading<Vec<Subscription>> {
        let subscriptions = self.account.borrow().list_subscriptions_by_topic(topic);
        Ok(unless_absent(subscriptions)?.unwrap_or_default())
    }

    async fn key(&self, region: &Region, key: &str) -> Reading<Option<Key>> {
        unless_absent(self.account.borrow().describe_key(region, key))
    }
}

impl CloudWriter for Sandbox {
    async fn perform(&self, action: &Action) -> Result<(), CallError> {
        self.account.borrow_mut().perform(action)
    }
}

impl CloudReverser for Sandbox {
    async fn revert(&self, reversal: &Reversal) -> Result<(), CallError> {
        self.account.borrow_mut().revert(reversal)
    }
}

impl AlarmSwitch for Sandbox {
    async fn switch(&self, alarms: &[AlarmArn], to: ActionsSwitch) -> Result<(), CallError> {
        let mut account = self.account.borrow_mut();
        let mut switched = account.clone();
        for alarm in alarms {
            switched.switch_alarm_actions(alarm, to)?;
        }
        *account = switched;
        Ok(())
    }
}

impl AlarmDriver for Sandbox {
    async fn alarm_state(&self, alarm: &AlarmArn) -> Reading<Option<AlarmState>> {
        let account = self.account.borrow();
        let held = account.find_alarm("cloudwatch:DescribeAlarms", alarm)?;
        Ok(held.map(|held| held.state))
    }

    async fn set_alarm_state(
        &self,
        alarm: &AlarmArn,
        state: AlarmState,
        reason: &str,
    ) -> Result<(), CallError> {
        self.account.borrow_mut().drive_alarm(alarm, state, reason)
    }

    async fn alarm_history(&self, alarm: &AlarmArn) -> Reading<Vec<HistoryItem>> {
        self.account.borrow().alarm_history(alarm)
    }

    async fn pause(&self) {}
}

/// Returns an absence where AWS answers that there is no such thing.
fn unless_absent<T>(reading: Reading<T>) -> Reading<Option<T>> {
    match reading {
        Ok(found) => Ok(Some(found)),
        Err(error) if error.kind == CallErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        AlarmName, Endpoint, FilterName, Metric, MetricName, MissingData, Namespace, Operator,
        Protocol, Statistic, SubscriptionState,
    };
    use crate::plan::action::{CreateTopic, PutAlarm, PutMetricFilter, Subscribe};

    fn region() -> Region {
        Region::parse("us-east-1").unwrap()
    }

    fn log_group() -> LogGroupArn {
        let arn = "arn:aws:logs:us-east-1:123456789012:log-group:CloudTrail/DefaultLogGroup";
        LogGroupArn::parse(arn).unwrap()
    }

    fn topic() -> TopicArn {
        TopicArn::parse("arn:aws:sns:us-east-1:123456789012:cis-alarms").unwrap()
    }

    /// Returns the writes that bring one control into place.
    fn chain() -> Vec<Action> {
        let metric_name = MetricName::parse("root_usage_metric").unwrap();
        let create = CreateTopic {
            topic: topic(),
            kms_key: None,
            tags: Tags::from([("cis-fix".to_owned(), "topic".to_owned())]),
        };
        let subscribe = Subscribe {
            topic: topic(),
            endpoint: Endpoint::parse(Protocol::Email, "security@example.com").unwrap(),
        };
        let filter = PutMetricFilter {
            log_group: log_group(),
            name: FilterName::parse("root_usage_metric").unwrap(),
            pattern: r#"{ $.userIdentity.type = "Root" }"#.to_owned(),
            metric_name,
            namespace: Namespace::parse("CISBenchmark").unwrap(),
            value: "1".to_owned(),
        };
        let alarm = PutAlarm {
            partition: topic().partition,
            region: region(),
            account: topic().account,
            name: AlarmName::parse("root_usage_alarm").unwrap(),
            description: "the root user was used".to_owned(),
            metric: filter.metric(),
            statistic: Statistic::Sum,
            period: 300,
            evaluation_periods: 1,
            threshold: 1.0,
            operator: Operator::GreaterThanOrEqualToThreshold,
            missing_data: MissingData::NotBreaching,
            alarm_actions: vec![topic().to_string()],
            ok_actions: Vec::new(),
            insufficient_data_actions: Vec::new(),
            tags: Tags::new(),
        };
        vec![
            Action::CreateTopic(create),
            Action::Subscribe(subscribe),
            Action::PutMetricFilter(filter),
            Action::PutAlarm(Box::new(alarm)),
        ]
    }

    #[tokio::test]
    async fn what_is_written_is_read() {
        let sandbox = Sandbox::new(Scene::Fresh.account());
        for action in chain() {
            sandbox.perform(&action).await.unwrap();
        }
        let filters = sandbox.metric_filters(&log_group()).await.unwrap();
        let metric = Metric {
            namespace: "CISBenchmark".to_owned(),
            name: "root_usage_metric".to_owned(),
        };
        assert_eq!(filters.len(), 1);
        assert_eq!(filters[0].transformation.metric, metric);
        let alarms = sandbox.alarms(&region()).await.unwrap();
        assert_eq!(alarms[0].arn.name, "root_usage_alarm");
        let policy = sandbox.topic(&topic()).await.unwrap().unwrap().policy;
        assert_eq!(policy, default_policy(&topic()));
        let subscriptions = sandbox.subscriptions(&topic()).await.unwrap();
        assert_eq!(subscriptions[0].state, SubscriptionState::Pending);
        assert_eq!(
            sandbox.topic_tags(&topic()).await.unwrap()["cis-fix"],
            "topic"
        );
    }

    #[tokio::test]
    async fn what_is_not_there_is_an_absence_and_no_failure() {
        let sandbox = Sandbox::new(Scene::Fresh.account());
        assert_eq!(sandbox.topic(&topic()).await, Ok(None));
        assert_eq!(sandbox.subscriptions(&topic()).await, Ok(Vec::new()));
        assert_eq!(sandbox.key(&region(), "alias/none").await, Ok(None));
        assert_eq!(sandbox.alarms(&region()).await, Ok(Vec::new()));
        let mut other = log_group();
        other.name = crate::model::LogGroupName::parse("other").unwrap();
        assert_eq!(sandbox.log_group(&other).await, Ok(None));
        assert_eq!(sandbox.metric_filters(&other).await, Ok(Vec::new()));
    }

    #[tokio::test]
    async fn a_failed_write_changes_nothing() {
        let sandbox = Sandbox::new(Scene::Fresh.account());
        let subscribe = chain().swap_remove(1);
        let error = sandbox.perform(&subscribe).await.unwrap_err();
        assert_eq!(error.code.as_deref(), Some("NotFound"));
        assert_eq!(sandbox.into_account(), Scene::Fresh.account());
    }

    #[tokio::test]
    async fn performing_the_same_writes_again_changes_nothing_but_the_mails() {
        let sandbox = Sandbox::new(Scene::Fresh.account());
        let [create, subscribe, filter, alarm] = <[Action; 4]>::try_from(chain()).unwrap();
        for action in [&create, &filter, &alarm, &subscribe] {
            sandbox.perform(action).await.unwrap();
        }
        let once = sandbox.account();
        for action in [&create, &filter, &alarm] {
            sandbox.perform(action).await.unwrap();
        }
        assert_eq!(sandbox.account(), once);
        sandbox.perform(&subscribe).await.unwrap();
        let endpoint = Endpoint::parse(Protocol::Email, "security@example.com").unwrap();
        assert_eq!(sandbox.account().confirmations_sent(&endpoint), 2);
    }
}
