//! Every write leaves the account over the wire as it leaves the sandbox.

use cis_fix::aws::{AwsAccount, Pacing, Timeouts};
use cis_fix::cloud::CloudWriter;
use cis_fix::model::{
    AccountId, AlarmName, CallError, CallErrorKind, Endpoint, FilterName, LogGroupArn, Metric,
    MetricName, MissingData, Namespace, Operator, Protocol, Statistic, TopicArn,
};
use cis_fix::plan::action::{
    Action, CreateTopic, PutAlarm, PutMetricFilter, SetTopicKey, SetTopicPolicy, Subscribe,
};
use cis_fix::sandbox::{Sandbox, SandboxAccount, Scene};

use super::world;
use crate::support::client;
use crate::support::fake::{Fake, Fault};

/// Writes to an account, each with hostile texts where texts are free.
pub(crate) struct Writes {
    account: SandboxAccount,
}

impl Writes {
    pub(crate) fn to(account: &SandboxAccount) -> Self {
        Self {
            account: account.clone(),
        }
    }

    fn topic(&self) -> TopicArn {
        TopicArn {
            partition: self.account.partition().clone(),
            region: self.account.region().clone(),
            account: self.account.account().clone(),
            name: "cis-alarms".to_owned(),
        }
    }

    fn log_group(&self) -> LogGroupArn {
        self.account.log_groups().keys().next().unwrap().clone()
    }

    pub(crate) fn create_topic(&self) -> Action {
        Action::CreateTopic(CreateTopic {
            topic: self.topic(),
            kms_key: Some("alias/cis-alarms".to_owned()),
            tags: world::tags(),
        })
    }

    pub(crate) fn set_policy(&self) -> Action {
        let policy = r#"{"Version":"2012-10-17","Statement":[{"Sid":"<&\">"}]}"#;
        Action::SetTopicPolicy(SetTopicPolicy {
            topic: self.topic(),
            policy: policy.to_owned(),
        })
    }

    pub(crate) fn set_key(&self) -> Action {
        Action::SetTopicKey(SetTopicKey {
            topic: self.topic(),
            kms_key: "alias/other".to_owned(),
        })
    }

    pub(crate) fn subscribe(&self) -> Action {
        Action::Subscribe(Subscribe {
            topic: self.topic(),
            endpoint: Endpoint::parse(Protocol::Email, "security+aws@example.com").unwrap(),
        })
    }

    pub(crate) fn put_filter(&self) -> Action {
        Action::PutMetricFilter(PutMetricFilter {
            log_group: self.log_group(),
            name: FilterName::parse("a filter of ünusual name").unwrap(),
            pattern: r#"{ ($.errorCode = "*Unauthorized*") || ($.errorCode = "<&%2B+>") }"#
                .to_owned(),
            metric_name: MetricName::parse("unauthorized api calls").unwrap(),
            namespace: Namespace::parse("CIS/Benchmark").unwrap(),
            value: "1".to_owned(),
        })
    }

    pub(crate) fn put_alarm(&self) -> Action {
        let topic = self.topic();
        Action::PutAlarm(Box::new(PutAlarm {
            partition: topic.partition.clone(),
            region: topic.region.clone(),
            account: topic.account.clone(),
            name: AlarmName::parse("an alarm: <ünusual>").unwrap(),
            description: "what \"people\" are told".to_owned(),
            metric: Metric {
                namespace: "CIS/Benchmark".to_owned(),
                name: "unauthorized api calls".to_owned(),
            },
            statistic: Statistic::Sum,
            period: 300,
            evaluation_periods: 1,
            threshold: 1.5,
            operator: Operator::GreaterThanOrEqualToThreshold,
            missing_data: MissingData::NotBreaching,
            alarm_actions: vec![topic.to_string()],
            ok_actions: Vec::new(),
            insufficient_data_actions: vec![topic.to_string()],
            tags: world::tags(),
        }))
    }

    pub(crate) fn all(&self) -> [Action; 6] {
        [
            self.create_topic(),
            self.set_policy(),
            self.set_key(),
            self.subscribe(),
            self.put_filter(),
            self.put_alarm(),
        ]
    }
}

#[tokio::test]
async fn writes_leave_the_same_account_as_in_the_sandbox() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let (wire, sandbox) = (client::account(&fake), Sandbox::new(account.clone()));
    for action in Writes::to(&account).all() {
        assert_eq!(wire.perform(&action).await, Ok(()), "{action:?}");
        sandbox.perform(&action).await.unwrap();
        assert_eq!(fake.account(), sandbox.account(), "{action:?}");
    }
}

#[tokio::test]
async fn an_extended_statistic_is_written_as_one() {
    let account = Scene::Fresh.account();
    let Action::PutAlarm(mut alarm) = Writes::to(&account).put_alarm() else {
        panic!("an alarm");
    };
    alarm.statistic = Statistic::Extended("p99.9".to_owned());
    alarm.tags.clear();
    let fake = Fake::new(account.clone());
    let action = Action::PutAlarm(alarm);
    client::account(&fake).perform(&action).await.unwrap();
    let sandbox = Sandbox::new(account);
    sandbox.perform(&action).await.unwrap();
    assert_eq!(fake.account(), sandbox.account());
}

#[tokio::test]
async fn refusals_keep_the_service_s_code_and_words() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let (wire, sandbox) = (client::account(&fake), Sandbox::new(account.clone()));
    let writes = Writes::to(&account);
    let Action::PutMetricFilter(filter) = writes.put_filter() else {
        panic!("a filter");
    };
    let pattern = "{ $.a = ".to_owned();
    let refused = [
        writes.set_policy(),
        writes.set_key(),
        writes.subscribe(),
        Action::PutMetricFilter(PutMetricFilter { pattern, ..filter }),
    ];
    for action in refused {
        let (wire, sandbox) = (wire.perform(&action).await, sandbox.perform(&action).await);
        let told = |error: CallError| (error.kind, error.code, error.message);
        assert_eq!(wire.map_err(told), sandbox.map_err(told), "{action:?}");
    }
    assert_eq!(fake.account(), account);
}

#[tokio::test]
async fn a_namesake_in_another_account_is_not_written_to() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let wire = client::account(&fake);
    let other = AccountId::parse("999999999999").unwrap();
    let writes = Writes::to(&account);
    let mut actions = [
        writes.create_topic(),
        writes.put_filter(),
        writes.put_alarm(),
    ];
    for action in &mut actions {
        match action {
            Action::CreateTopic(write) => write.topic.account = other.clone(),
            Action::PutMetricFilter(write) => write.log_group.account = other.clone(),
            Action::PutAlarm(write) => write.account = other.clone(),
            Action::SetTopicPolicy(_) | Action::SetTopicKey(_) | Action::Subscribe(_) => {}
        }
        let error = wire.perform(action).await.unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Unsupported, "{error}");
    }
    assert_eq!(
        fake.counts().into_keys().collect::<Vec<_>>(),
        ["sts:GetCallerIdentity"]
    );
}

#[tokio::test]
async fn a_subscription_of_unknown_outcome_is_not_repeated() {
    for fault in [
        Fault::ResetAfter,
        Fault::BreakOff,
        Fault::Garbage,
        Fault::Refuse(500, "InternalError"),
    ] {
        let account = Scene::Fresh.account();
        let fake = Fake::new(account.clone());
        let wire = client::account(&fake);
        let writes = Writes::to(&account);
        wire.perform(&writes.create_topic()).await.unwrap();
        fake.fail("sns:Subscribe", [fault.clone()]);
        let error = wire.perform(&writes.subscribe()).await.unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Service, "{fault:?}: {error}");
        assert_eq!(fake.count("sns:Subscribe"), 1, "{fault:?}");
    }
}

#[tokio::test]
async fn a_subscription_that_was_refused_for_now_is_repeated() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let wire = client::account(&fake);
    let writes = Writes::to(&account);
    wire.perform(&writes.create_topic()).await.unwrap();
    fake.fail("sns:Subscribe", [Fault::Refuse(429, "Throttled")]);
    wire.perform(&writes.subscribe()).await.unwrap();
    assert_eq!(fake.count("sns:Subscribe"), 2);
    let endpoint = Endpoint::parse(Protocol::Email, "security+aws@example.com").unwrap();
    assert_eq!(fake.account().confirmations_sent(&endpoint), 1);
}

#[tokio::test]
async fn a_write_that_was_cut_off_is_sent_once_and_told_to_have_an_unknown_end() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let (wire, sandbox) = (client::account(&fake), Sandbox::new(account.clone()));
    let writes = Writes::to(&account);
    let actions = [
        writes.create_topic(),
        writes.set_policy(),
        writes.put_filter(),
        writes.put_alarm(),
    ];
    for action in actions {
        fake.fail(action.permission(), [Fault::ResetAfter]);
        // Whoever asked reads back what became of it.
        let error = wire.perform(&action).await.unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Service, "{action:?}");
        sandbox.perform(&action).await.unwrap();
        assert_eq!(fake.count(action.permission()), 1, "{action:?}");
    }
    assert_eq!(fake.account(), sandbox.account());
}

#[tokio::test]
async fn paced_writes_keep_under_the_quotas() {
    let account = Scene::Fresh.account();
    let writes = Writes::to(&account);
    // Quotas a second: 5 filters, 3 alarms, and an assumed 10 changes of a topic.
    for (action, quota) in [
        (writes.put_filter(), 5.0),
        (writes.put_alarm(), 3.0),
        (writes.create_topic(), 10.0),
    ] {
        let fake = Fake::new(account.clone());
        let region = account.region().clone();
        let wire = AwsAccount::new(
            &client::config(&fake, &region),
            region,
            Pacing::Quotas,
            Timeouts::default(),
        );
        let start = tokio::time::Instant::now();
        for _ in 0..4 {
            wire.perform(&action).await.unwrap();
        }
        let rate = 3.0 / start.elapsed().as_secs_f64();
        assert!(rate < quota, "{} at {rate} a second", action.name());
    }
}
