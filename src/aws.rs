//! The AWS adapter: a real account behind the reader and writer ports.
//!
//! The only place that names the AWS SDK. It asks and writes; it decides nothing about controls. What the
//! SDK answers becomes our own nouns here, what it fails with becomes a [`CallError`]. Retries are ours
//! (`attempt`), since the SDK takes a used-up quota for a throttle and would send a subscription twice.

mod alarms;
mod attempt;
mod cloudtrail;
mod cloudwatch;
mod connect;
mod credentials;
mod error;
mod events;
mod field;
mod kms;
mod logs;
mod pace;
mod page;
mod renewal;
mod reverse;
mod secrets;
mod services;
mod sns;
mod sts;

pub use attempt::Patience;
pub use connect::{ConnectError, Connection, Timeouts, connect};
pub use pace::Pacing;

use std::collections::BTreeSet;

use aws_config::SdkConfig;
use tokio::sync::OnceCell;

use crate::cloud::{CloudReader, CloudReverser, CloudWriter, EventReader};
use crate::model::{
    AccountId, Alarm, AlarmArn, CallError, CallErrorKind, Endpoint, EventSelectors, FilterName,
    HistoryQuery, Identity, Key, LogGroup, LogGroupArn, LogQuery, MetricFilter, Reading, Region,
    Retention, Subscription, Tags, Topic, TopicArn, Trail, TrailStatus,
};
use crate::plan::action::Action;
use crate::reversal::Reversal;

use renewal::Renewal;
use secrets::Secrets;
use services::{Regions, Services};

/// An account of AWS, as the credentials in use see it.
///
/// The Region follows the resource: trails are listed in the starting Region, everything else is asked
/// for where its ARN says it is. Calls that name a resource without its account are made for the
/// account's own resources alone, since they would reach a namesake of any other.
#[derive(Debug)]
pub struct AwsAccount {
    region: Region,
    regions: Regions,
    identity: OnceCell<Identity>,
}

impl AwsAccount {
    /// Returns the account that `config` reaches, starting in `region`.
    ///
    /// Retries and timeouts of `config` are replaced by ours; its credentials, endpoint and HTTP client stay.
    /// Must be called within a Tokio runtime.
    #[must_use]
    pub fn new(config: &SdkConfig, region: Region, pacing: Pacing, timeouts: Timeouts) -> Self {
        let renewal = Renewal::new(timeouts.attempt);
        let secrets = Secrets::default();
        let config = connect::with_our_limits(config, timeouts, &renewal);
        let config = secrets::noting(&config, &secrets);
        Self {
            region,
            regions: Regions::new(config, (renewal, secrets), pacing, Patience::default()),
            identity: OnceCell::new(),
        }
    }

    /// Returns the same account, asked with another patience.
    #[must_use]
    pub fn with_patience(self, patience: Patience) -> Self {
        Self {
            regions: self.regions.with_patience(patience),
            ..self
        }
    }

    /// Returns the Region in which the asking begins.
    #[must_use]
    pub fn region(&self) -> &Region {
        &self.region
    }

    fn within(&self, region: &Region) -> Services {
        self.regions.services(region)
    }

    /// Fails unless `account` is the one behind the credentials.
    async fn check_own(&self, action: &str, account: &AccountId) -> Reading<()> {
        let own = self.identity().await?.account;
        if own == *account {
            return Ok(());
        }
        let message = format!("it belongs to account {account}, the credentials belong to {own}");
        Err(CallError::new(action, CallErrorKind::Unsupported, message))
    }
}

impl CloudReader for AwsAccount {
    async fn identity(&self) -> Reading<Identity> {
        let ask = || async { sts::identity(&self.within(&self.region)).await };
        self.identity.get_or_try_init(ask).await.cloned()
    }

    fn keep_secret(&self, endpoints: &BTreeSet<Endpoint>) {
        for endpoint in endpoints {
            self.regions.secrets().add_endpoint(endpoint);
        }
    }

    async fn trails(&self) -> Reading<Vec<Trail>> {
        cloudtrail::trails(&self.within(&self.region)).await
    }

    async fn trail_status(&self, trail: &Trail) -> Reading<TrailStatus> {
        cloudtrail::status(&self.within(&trail.home_region), trail).await
    }

    async fn event_selectors(&self, trail: &Trail) -> Reading<EventSelectors> {
        cloudtrail::event_selectors(&self.within(&trail.home_region), trail).await
    }

    async fn log_group(&self, log_group: &LogGroupArn) -> Reading<Option<LogGroup>> {
        self.check_own(logs::GROUPS, &log_group.account).await?;
        logs::log_group(&self.within(&log_group.region), log_group).await
    }

    async fn metric_filters(&self, log_group: &LogGroupArn) -> Reading<Vec<MetricFilter>> {
        self.check_own(logs::FILTERS, &log_group.account).await?;
        logs::metric_filters(&self.within(&log_group.region), log_group).await
    }

    async fn metric_filter(
        &self,
        log_group: &LogGroupArn,
        name: &FilterName,
    ) -> Reading<Option<MetricFilter>> {
        self.check_own(logs::FILTERS, &log_group.account).await?;
        logs::metric_filter(&self.within(&log_group.region), log_group, name).await
    }

    async fn alarms(&self, region: &Region) -> Reading<Vec<Alarm>> {
        cloudwatch::alarms(&self.within(region)).await
    }

    async fn alarm(&self, alarm: &AlarmArn) -> Reading<Option<Alarm>> {
        cloudwatch::alarm(&self.within(&alarm.region), alarm).await
    }

    async fn alarm_tags(&self, alarm: &AlarmArn) -> Reading<Tags> {
        cloudwatch::tags(&self.within(&alarm.region), alarm).await
    }

    async fn topic(&self, topic: &TopicArn) -> Reading<Option<Topic>> {
        sns::topic(&self.within(&topic.region), topic).await
    }

    async fn topic_tags(&self, topic: &TopicArn) -> Reading<Tags> {
        sns::tags(&self.within(&topic.region), topic).await
    }

    async fn subscriptions(&self, topic: &TopicArn) -> Reading<Vec<Subscription>> {
        sns::subscriptions(&self.within(&topic.region), topic).await
    }

    async fn key(&self, region: &Region, key: &str) -> Reading<Option<Key>> {
        kms::key(&self.within(region), key).await
    }
}

impl EventReader for AwsAccount {
    async fn retention(&self, log_group: &LogGroupArn) -> Reading<Retention> {
        self.check_own(logs::GROUPS, &log_group.account).await?;
        logs::retention(&self.within(&log_group.region), log_group).await
    }

    async fn log_events(&self, query: &LogQuery, each: &mut dyn FnMut(&str)) -> Reading<()> {
        self.check_own(events::FILTER, &query.log_group.account)
            .await?;
        events::of_log_group(&self.within(&query.log_group.region), query, each).await
    }

    async fn event_history(&self, query: &HistoryQuery, each: &mut dyn FnMut(&str)) -> Reading<()> {
        events::of_history(&self.within(&query.region), query, each).await
    }
}

impl CloudWriter for AwsAccount {
    async fn perform(&self, action: &Action) -> Result<(), CallError> {
        if let Some(account) = named_without_account(action) {
            self.check_own(action.permission(), account).await?;
        }
        let written = match action {
            Action::CreateTopic(write) => {
                sns::create_topic(&self.within(&write.topic.region), write).await
            }
            Action::SetTopicPolicy(write) => {
                sns::set_policy(&self.within(&write.topic.region), write).await
            }
            Action::SetTopicKey(write) => {
                sns::set_key(&self.within(&write.topic.region), write).await
            }
            Action::Subscribe(write) => {
                sns::subscribe(&self.within(&write.topic.region), write).await
            }
            Action::PutMetricFilter(write) => {
                logs::put_metric_filter(&self.within(&write.log_group.region), write).await
            }
            Action::PutAlarm(write) => {
                cloudwatch::put_alarm(&self.within(&write.region), write).await
            }
        };
        written.map_err(error::of_a_write)
    }

    async fn wait_out(&self, attempt: u32) {
        let patience = self.regions.patience();
        tokio::time::sleep(patience.wait(CallErrorKind::Conflict, attempt)).await;
    }
}

impl CloudReverser for AwsAccount {
    async fn revert(&self, reversal: &Reversal) -> Result<(), CallError> {
        let (account, region) = reversal.place();
        // Calls that name a resource without its account would reach a namesake of any other.
        self.check_own(reversal.permission(), account).await?;
        let reverted = Box::pin(reverse::revert(&self.within(region), reversal)).await;
        reverted.map_err(error::of_a_write)
    }
}

/// Returns the account that a write is meant for when the call itself does not name it.
fn named_without_account(action: &Action) -> Option<&AccountId> {
    match action {
        Action::CreateTopic(write) => Some(&write.topic.account),
        Action::PutMetricFilter(write) => Some(&write.log_group.account),
        Action::PutAlarm(write) => Some(&write.account),
        Action::SetTopicPolicy(_) | Action::SetTopicKey(_) | Action::Subscribe(_) => None,
    }
}
