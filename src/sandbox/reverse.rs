//! The reversals of the port, told to the account as calls of AWS.

use crate::model::{CallError, Tags};
use crate::reversal::Reversal;

use super::account::SandboxAccount;

impl SandboxAccount {
    /// Performs one reversal of the closed list.
    ///
    /// # Errors
    ///
    /// Refuses what AWS refuses; then nothing has changed.
    pub fn revert(&mut self, reversal: &Reversal) -> Result<(), CallError> {
        match reversal {
            Reversal::DeleteAlarm(alarm) => self.delete_alarm(alarm),
            Reversal::RestoreAlarm(alarm, settings) => {
                self.put_metric_alarm(alarm, settings.as_ref().clone(), Tags::new())
            }
            Reversal::DeleteMetricFilter(log_group, name) => {
                self.delete_metric_filter(log_group, name.as_str())
            }
            Reversal::RestoreMetricFilter(log_group, filter) => {
                self.put_metric_filter(log_group, filter.as_ref().clone())
            }
            Reversal::RestoreTopicPolicy(topic, policy) => self.set_topic_policy(topic, policy),
            Reversal::RestoreTopicKey(topic, key) => self.set_topic_key(topic, key.clone()),
            Reversal::Unsubscribe(subscribed) => self.unsubscribe(&subscribed.subscription),
            Reversal::DeleteTopic(topic) => self.delete_topic(topic),
        }
    }
}
