//! What can happen between us and the service: silence, cuts, broken answers, nobody at home.

use std::time::Duration;

use cis_fix::aws::{AwsAccount, Timeouts};
use cis_fix::cloud::{CloudReader, CloudWriter};
use cis_fix::model::CallErrorKind;
use cis_fix::sandbox::{Sandbox, SandboxAccount, Scene};

use super::writes::Writes;
use crate::support::client;
use crate::support::fake::{Fake, Fault};
use crate::support::server::Server;

const SHORT: Timeouts = Timeouts {
    connect: Duration::from_millis(300),
    read: Duration::from_millis(150),
    attempt: Duration::from_millis(300),
    operation: Duration::from_millis(500),
};

/// Returns an account reached over sockets at `url`.
fn over_sockets(account: &SandboxAccount, url: &str, timeouts: Timeouts) -> AwsAccount {
    client::over_sockets(url, "AKIDEXAMPLE", account.region(), timeouts)
}

#[tokio::test]
async fn all_protocols_work_over_sockets() {
    let account = Scene::Messy.account();
    let fake = Fake::new(account.clone());
    let server = Server::start(&fake);
    let wire = over_sockets(&account, &server.url(), Timeouts::default());
    let sandbox = Sandbox::new(account.clone());
    assert_eq!(wire.identity().await, sandbox.identity().await);
    assert_eq!(wire.trails().await, sandbox.trails().await);
    let group = account.log_groups().keys().next().unwrap();
    assert_eq!(
        wire.metric_filters(group).await,
        sandbox.metric_filters(group).await
    );
    let region = account.region();
    assert_eq!(wire.alarms(region).await, sandbox.alarms(region).await);
    let topic = account.topics().keys().next().unwrap();
    assert_eq!(
        wire.subscriptions(topic).await,
        sandbox.subscriptions(topic).await
    );
}

#[tokio::test]
async fn silence_ends_after_the_timeout_and_one_more_attempt() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    fake.fail("cloudtrail:DescribeTrails", [Fault::Hang, Fault::Hang]);
    let wire = client::account_with(&fake, SHORT);
    let error = wire.trails().await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Timeout, "{error}");
    assert_eq!(fake.count("cloudtrail:DescribeTrails"), 2);
}

#[tokio::test]
async fn silence_once_is_overcome() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let server = Server::start(&fake);
    fake.fail("cloudwatch:DescribeAlarms", [Fault::Hang]);
    let wire = over_sockets(&account, &server.url(), SHORT);
    assert_eq!(wire.alarms(account.region()).await, Ok(Vec::new()));
    assert_eq!(fake.count("cloudwatch:DescribeAlarms"), 2);
}

#[tokio::test]
async fn a_subscription_without_an_answer_is_not_sent_again() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let wire = client::account_with(&fake, SHORT);
    let writes = Writes::to(&account);
    wire.perform(&writes.create_topic()).await.unwrap();
    fake.fail("sns:Subscribe", [Fault::Hang]);
    let error = wire.perform(&writes.subscribe()).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Timeout, "{error}");
    assert_eq!(fake.count("sns:Subscribe"), 1);
}

#[tokio::test]
async fn the_first_call_tells_within_five_seconds_that_nobody_answers() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    fake.fail("sts:GetCallerIdentity", [Fault::Hang, Fault::Hang]);
    let wire = client::account(&fake);
    let asked = tokio::time::timeout(Duration::from_secs(5), wire.identity()).await;
    let error = asked.unwrap().unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Timeout, "{error}");
    assert_eq!(error.message, "no answer within 4.5s");
}

#[tokio::test]
async fn cuts_and_broken_answers_are_overcome() {
    let faults = [Fault::Reset, Fault::BreakOff, Fault::Gateway(502)];
    let readings = faults.into_iter().map(|fault| async move {
        for through_sockets in [false, true] {
            let account = Scene::Messy.account();
            let fake = Fake::new(account.clone());
            let server = Server::start(&fake);
            for action in [
                "logs:DescribeMetricFilters",
                "cloudwatch:DescribeAlarms",
                "sts:GetCallerIdentity",
            ] {
                fake.fail(action, [fault.clone()]);
            }
            let wire = if through_sockets {
                over_sockets(&account, &server.url(), Timeouts::default())
            } else {
                client::account(&fake)
            };
            let group = account.log_groups().keys().next().unwrap();
            let filters = wire.metric_filters(group).await;
            assert_eq!(filters, account.describe_metric_filters(group), "{fault:?}");
            let region = account.region();
            assert_eq!(
                wire.alarms(region).await,
                account.describe_alarms(region),
                "{fault:?}"
            );
            for (action, calls) in [
                ("cloudwatch:DescribeAlarms", 2),
                ("sts:GetCallerIdentity", 2),
            ] {
                assert_eq!(fake.count(action), calls, "{fault:?} {through_sockets}");
            }
        }
    });
    futures_util::future::join_all(readings).await;
}

#[tokio::test]
async fn cuts_without_end_are_a_failure_of_the_service() {
    for through_sockets in [false, true] {
        let account = Scene::Fresh.account();
        let fake = Fake::new(account.clone());
        let server = Server::start(&fake);
        fake.fail(
            "cloudtrail:DescribeTrails",
            std::iter::repeat_n(Fault::Reset, 9),
        );
        let wire = if through_sockets {
            over_sockets(&account, &server.url(), Timeouts::default())
        } else {
            client::account(&fake)
        };
        let error = wire.trails().await.unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Service, "{error}");
        assert_eq!(fake.count("cloudtrail:DescribeTrails"), 4);
    }
}

#[tokio::test]
async fn a_write_that_was_cut_off_may_have_happened() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let server = Server::start(&fake);
    let wire = over_sockets(&account, &server.url(), Timeouts::default());
    let writes = Writes::to(&account);
    wire.perform(&writes.create_topic()).await.unwrap();
    fake.fail("sns:Subscribe", [Fault::ResetAfter]);
    let error = wire.perform(&writes.subscribe()).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Service, "{error}");
    assert_eq!(fake.count("sns:Subscribe"), 1);
}

#[tokio::test]
async fn nobody_at_home_is_told_with_the_address() {
    let account = Scene::Fresh.account();
    let server = Server::start(&Fake::new(account.clone()));
    let url = server.url();
    drop(server);
    let wire = over_sockets(&account, &url, Timeouts::default());
    let asked = tokio::time::timeout(Duration::from_secs(5), wire.identity()).await;
    let error = asked.unwrap().unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Unreachable, "{error}");
    assert!(error.message.contains(&url), "{error}");
    assert!(error.message.contains("refused"), "{error}");
    assert!(!error.message.contains("dispatch failure"), "{error}");
    // A write that never had a connection did not happen, so it says so too.
    let error = wire
        .perform(&Writes::to(&account).subscribe())
        .await
        .unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Unreachable, "{error}");
}

#[tokio::test]
async fn an_address_that_is_none_is_a_wrong_request() {
    let account = Scene::Fresh.account();
    let wire = over_sockets(&account, "http://", Timeouts::default());
    let error = wire.identity().await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Invalid, "{error}");
}
