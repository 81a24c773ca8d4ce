//! The writes of the port, told to the account as calls of AWS.

use crate::model::CallError;
use crate::plan::action::{Action, CreateTopic, SetTopicKey, SetTopicPolicy, Subscribe};

use super::account::SandboxAccount;

impl SandboxAccount {
    /// Performs one write of the closed list.
    ///
    /// # Errors
    ///
    /// Refuses what AWS refuses; then nothing has changed.
    pub fn perform(&mut self, action: &Action) -> Result<(), CallError> {
        match action {
            Action::CreateTopic(CreateTopic {
                topic,
                kms_key,
                tags,
            }) => self.create_topic(topic, kms_key.clone(), tags.clone()),
            Action::SetTopicPolicy(SetTopicPolicy { topic, policy }) => {
                self.set_topic_policy(topic, policy)
            }
            Action::SetTopicKey(SetTopicKey { topic, kms_key }) => {
                self.set_topic_key(topic, Some(kms_key.clone()))
            }
            Action::Subscribe(Subscribe { topic, endpoint }) => {
                self.subscribe(topic, endpoint).map(|_| ())
            }
            Action::PutMetricFilter(put) => self.put_metric_filter(&put.log_group, put.filter()),
            Action::PutAlarm(put) => {
                self.put_metric_alarm(&put.arn(), put.settings(), put.tags.clone())
            }
        }
    }
}
