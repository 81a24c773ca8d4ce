//! An account that holds exactly what is desired, to break one thing in it and see what is said.

use std::collections::BTreeSet;

use crate::desired::{Desired, DesiredControl, DesiredTopic, OWNER_TAG};
use crate::model::{
    Alarm, AlarmKind, Endpoint, Identity, Key, KeyManager, LogGroupArn, Metric, MetricAlarm,
    Protocol, Region, Subscription, SubscriptionState, Tags, Topic, TopicArn,
};

use super::account::SandboxAccount;
use super::sns::default_policy;

impl SandboxAccount {
    /// Returns a fresh account in which every link of every desired control is in place.
    ///
    /// Everything is owned, as after an apply, and every subscription is confirmed. Where none is
    /// desired, somebody is subscribed all the same.
    #[must_use]
    pub fn satisfying(identity: Identity, region: Region, desired: &Desired) -> Self {
        let mut account = Self::fresh(identity, region);
        for topic in desired.topics() {
            let arn = account.desired_topic(topic, &desired.tags);
            account.confirmed_subscriptions(&arn, &topic.subscriptions);
        }
        let log_groups: Vec<_> = account.log_groups().keys().cloned().collect();
        for control in &desired.controls {
            let topic = account.arn_of(desired.topic_of(control.lane));
            for log_group in &log_groups {
                account.chain(control, log_group, &topic, &desired.tags);
            }
        }
        account
    }

    fn arn_of(&self, desired: &DesiredTopic) -> TopicArn {
        let Identity {
            partition, account, ..
        } = &self.identity;
        desired.arn(partition, &self.region, account)
    }

    fn desired_topic(&mut self, desired: &DesiredTopic, tags: &Tags) -> TopicArn {
        let arn = self.arn_of(desired);
        if let Some(name) = &desired.kms_key {
            self.usable_key(name);
        }
        let topic = Topic {
            policy: default_policy(&arn),
            kms_key: desired.kms_key.clone(),
            arn: arn.clone(),
        };
        self.add_topic(topic, owned("topic", tags));
        arn
    }

    /// Adds a key of the account that CloudWatch may use, under the name it is asked for by.
    fn usable_key(&mut self, name: &str) {
        let Identity {
            account, partition, ..
        } = &self.identity;
        let id = name.rsplit('/').next().unwrap_or(name);
        let arn = format!("arn:{partition}:kms:{}:{account}:key/{id}", self.region);
        let policy = r#"{"Statement":[{"Action":["kms:Decrypt","kms:GenerateDataKey*"],"Effect":"Allow","Principal":{"Service":"cloudwatch.amazonaws.com"},"Resource":"*"}],"Version":"2012-10-17"}"#;
        let key = Key {
            arn,
            manager: KeyManager::Customer,
            enabled: true,
            policy: policy.to_owned(),
        };
        self.add_key(key, BTreeSet::from([name.to_owned()]));
    }

    fn confirmed_subscriptions(&mut self, topic: &TopicArn, desired: &BTreeSet<Endpoint>) {
        let somebody = Endpoint::observed(Protocol::Email, "security@example.com");
        let nobody = desired.is_empty().then_some(&somebody);
        for endpoint in desired.iter().chain(nobody) {
            let subscription = Subscription {
                endpoint: endpoint.clone(),
                state: SubscriptionState::Pending,
            };
            self.add_subscription(topic, subscription);
        }
        self.confirm_subscriptions(topic);
    }

    fn chain(
        &mut self,
        control: &DesiredControl,
        log_group: &LogGroupArn,
        topic: &TopicArn,
        tags: &Tags,
    ) {
        let metric = Metric {
            namespace: control.filter.namespace.as_str().to_owned(),
            name: control.filter.metric_name.as_str().to_owned(),
        };
        let settings = MetricAlarm {
            alarm_actions: vec![topic.to_string()],
            ..control.alarm.settings(metric.clone())
        };
        let alarm = Alarm {
            arn: self.alarm_arn(&log_group.region, control.alarm.name.as_str()),
            kind: AlarmKind::Metric(Box::new(settings)),
        };
        let name = control.filter.name.as_str();
        self.add_filter(log_group, control.metric_filter(name, metric.clone()));
        for companion in &control.companions {
            let name = companion.name.as_str();
            let filter = control.companion_filter(name, &companion.pattern, metric.clone());
            self.add_filter(log_group, filter);
        }
        self.add_alarm(alarm, owned(control.id.as_str(), tags));
    }
}

fn owned(value: &str, tags: &Tags) -> Tags {
    let mut tags = tags.clone();
    tags.insert(OWNER_TAG.to_owned(), value.to_owned());
    tags
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desired::{Calls, DesiredAlarm, DesiredFilter, EventScope, Place};
    use crate::model::{
        AlarmName, ControlId, FilterName, Lane, MetricName, MetricQuery, MissingData, Namespace,
        Operator, Statistic, TopicName,
    };
    use crate::pattern::Pattern;
    use crate::sandbox::Scene;
    use crate::sandbox::format::{parse, to_text};

    fn desired(kms_key: Option<&str>, subscriptions: BTreeSet<Endpoint>) -> Desired {
        let control = DesiredControl {
            id: ControlId::parse("root-account-usage").unwrap(),
            lane: Lane::Exact,
            number: Some("4.3".to_owned()),
            title: "Root account usage".to_owned(),
            defect: None,
            pattern: Pattern::parse(r#"{ $.userIdentity.type = "Root" }"#).unwrap(),
            look_alikes: Vec::new(),
            scope: EventScope {
                sources: None,
                calls: Calls::All,
            },
            filter: DesiredFilter {
                name: FilterName::parse("root_usage_metric").unwrap(),
                place: Place::LikeMetric,
                pattern: Pattern::parse(r#"{ $.userIdentity.type = "Root" }"#).unwrap(),
                beyond: None,
                metric_name: MetricName::parse("root_usage_metric").unwrap(),
                namespace: Namespace::parse("CISBenchmark").unwrap(),
                value: "1".to_owned(),
            },
            companions: Vec::new(),
            satisfies: BTreeSet::new(),
            unsatisfied: Vec::new(),
            alarm: DesiredAlarm {
                name: AlarmName::parse("root_usage_alarm").unwrap(),
                description: "the root user was used".to_owned(),
                statistic: Statistic::Sum,
                period: 300,
                evaluation_periods: 1,
                threshold: 1.0,
                operator: Operator::GreaterThanOrEqualToThreshold,
                missing_data: MissingData::NotBreaching,
            },
        };
        Desired {
            benchmark: "recommended".to_owned(),
            controls: vec![control],
            topic: DesiredTopic {
                name: TopicName::parse("cis-alarms").unwrap(),
                kms_key: kms_key.map(str::to_owned),
                subscriptions,
            },
            paging_topic: DesiredTopic {
                name: TopicName::parse("cis-pages").unwrap(),
                kms_key: None,
                subscriptions: BTreeSet::new(),
            },
            tags: Tags::from([("team".to_owned(), "security".to_owned())]),
        }
    }

    fn satisfying(desired: &Desired) -> SandboxAccount {
        let fresh = Scene::Fresh.account();
        let identity = fresh.get_caller_identity().unwrap();
        SandboxAccount::satisfying(identity, fresh.region().clone(), desired)
    }

    #[test]
    fn the_chain_hangs_together_and_is_owned() {
        let mail = Endpoint::parse(Protocol::Email, "a@example.com").unwrap();
        let account = satisfying(&desired(None, BTreeSet::from([mail.clone()])));
        let log_group = account.log_groups().keys().next().unwrap();
        let filter = account
            .describe_metric_filters(log_group)
            .unwrap()
            .remove(0);
        let alarm = account.describe_alarms(account.region()).unwrap().remove(0);
        let AlarmKind::Metric(settings) = &alarm.kind else {
            panic!("a metric alarm");
        };
        let MetricQuery::Single { metric, .. } = &settings.query else {
            panic!("one metric");
        };
        assert_eq!(*metric, filter.transformation.metric);
        let topic = TopicArn::parse(&settings.alarm_actions[0]).unwrap();
        let subscriptions = account.list_subscriptions_by_topic(&topic).unwrap();
        assert_eq!(subscriptions.len(), 1);
        assert_eq!(subscriptions[0].endpoint, mail);
        assert!(matches!(
            subscriptions[0].state,
            SubscriptionState::Confirmed(_)
        ));
        let tags = |owner: &str| owned(owner, &desired(None, BTreeSet::new()).tags);
        let alarm_tags = account.list_alarm_tags(&alarm.arn);
        assert_eq!(alarm_tags, Ok(tags("root-account-usage")));
        assert_eq!(account.list_topic_tags(&topic), Ok(tags("topic")));
    }

    #[test]
    fn somebody_is_subscribed_even_when_nobody_is_desired() {
        let account = satisfying(&desired(None, BTreeSet::new()));
        let topic = account.topics().keys().next().unwrap();
        assert_eq!(account.list_subscriptions_by_topic(topic).unwrap().len(), 1);
    }

    #[test]
    fn the_desired_key_is_there_under_the_name_it_is_asked_for_by() {
        let names = [
            "alias/cis-alarms",
            "1f0c3f0a-59d1-4d4e-9c39-0c8c2a1f7b55",
            "arn:aws:kms:us-east-1:123456789012:key/1f0c3f0a-59d1-4d4e-9c39-0c8c2a1f7b55",
            "arn:aws:kms:us-east-1:123456789012:alias/cis-alarms",
        ];
        for name in names {
            let account = satisfying(&desired(Some(name), BTreeSet::new()));
            let key = account.describe_key(account.region(), name).unwrap();
            assert_eq!(key.manager, KeyManager::Customer, "{name}");
            let read = parse(&to_text(&account)).unwrap();
            assert_eq!(read, account, "{name}");
        }
    }
}
