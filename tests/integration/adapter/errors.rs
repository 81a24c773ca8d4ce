//! Every class of error answer, from every service that sends it: its kind, and how often the call is sent.

use cis_fix::aws::AwsAccount;
use cis_fix::cloud::{CloudReader, CloudWriter};
use cis_fix::model::{CallError, CallErrorKind, TopicArn};
use cis_fix::sandbox::{SandboxAccount, Scene};

use super::writes::Writes;
use crate::support::client;
use crate::support::fake::{Fake, Fault};

/// A reading of each service.
const READINGS: [&str; 6] = [
    "cloudtrail:DescribeTrails",
    "logs:DescribeMetricFilters",
    "cloudwatch:DescribeAlarms",
    "sns:ListTagsForResource",
    "kms:DescribeKey",
    "sts:GetCallerIdentity",
];

/// Reads by `action` and returns why it failed.
async fn read(account: &SandboxAccount, wire: &AwsAccount, action: &str) -> Result<(), CallError> {
    let region = account.region();
    match action {
        "cloudtrail:DescribeTrails" => wire.trails().await.map(drop),
        "logs:DescribeMetricFilters" => {
            let group = account.log_groups().keys().next().unwrap();
            wire.metric_filters(group).await.map(drop)
        }
        "cloudwatch:DescribeAlarms" => wire.alarms(region).await.map(drop),
        "sns:ListTagsForResource" => {
            let topic = TopicArn::parse(&format!("arn:aws:sns:{region}:{}:t", account.account()));
            wire.topic_tags(&topic.unwrap()).await.map(drop)
        }
        "kms:DescribeKey" => wire.key(region, "k").await.map(drop),
        "sts:GetCallerIdentity" => wire.identity().await.map(drop),
        other => panic!("{other}"),
    }
}

/// Codes of credentials that were good once: fetched anew, they are tried once more.
const EXPIRED: [&str; 3] = ["ExpiredToken", "ExpiredTokenException", "RequestExpired"];

/// Lets a reading fail like this and returns the error, and how often it was called.
async fn failed(action: &str, status: u16, code: &'static str) -> (CallError, usize) {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let calls = if EXPIRED.contains(&code) { 2 } else { 1 };
    fake.fail(
        action,
        std::iter::repeat_n(Fault::Refuse(status, code), calls),
    );
    let error = read(&account, &client::account(&fake), action)
        .await
        .unwrap_err();
    (error, fake.count(action))
}

const FINAL: [(&str, u16, &str, CallErrorKind); 40] = [
    (
        "logs:DescribeMetricFilters",
        400,
        "LimitExceededException",
        CallErrorKind::Quota,
    ),
    (
        "logs:DescribeMetricFilters",
        400,
        "TooManyTagsException",
        CallErrorKind::Quota,
    ),
    (
        "cloudwatch:DescribeAlarms",
        400,
        "LimitExceeded",
        CallErrorKind::Quota,
    ),
    (
        "sns:ListTagsForResource",
        403,
        "TopicLimitExceeded",
        CallErrorKind::Quota,
    ),
    (
        "sns:ListTagsForResource",
        403,
        "SubscriptionLimitExceeded",
        CallErrorKind::Quota,
    ),
    (
        "sns:ListTagsForResource",
        403,
        "FilterPolicyLimitExceeded",
        CallErrorKind::Quota,
    ),
    (
        "sns:ListTagsForResource",
        400,
        "TagLimitExceeded",
        CallErrorKind::Quota,
    ),
    (
        "cloudwatch:DescribeAlarms",
        404,
        "ResourceNotFound",
        CallErrorKind::NotFound,
    ),
    (
        "cloudwatch:DescribeAlarms",
        404,
        "ResourceNotFoundException",
        CallErrorKind::NotFound,
    ),
    (
        "sns:ListTagsForResource",
        404,
        "NotFound",
        CallErrorKind::NotFound,
    ),
    (
        "sns:ListTagsForResource",
        404,
        "ResourceNotFound",
        CallErrorKind::NotFound,
    ),
    (
        "cloudtrail:DescribeTrails",
        400,
        "TrailNotFoundException",
        CallErrorKind::NotFound,
    ),
    (
        "logs:DescribeMetricFilters",
        400,
        "AccessDeniedException",
        CallErrorKind::Denied,
    ),
    (
        "cloudtrail:DescribeTrails",
        400,
        "AccessDeniedException",
        CallErrorKind::Denied,
    ),
    (
        "kms:DescribeKey",
        400,
        "AccessDeniedException",
        CallErrorKind::Denied,
    ),
    (
        "cloudwatch:DescribeAlarms",
        403,
        "AccessDenied",
        CallErrorKind::Denied,
    ),
    (
        "sns:ListTagsForResource",
        403,
        "AuthorizationError",
        CallErrorKind::Denied,
    ),
    (
        "cloudtrail:DescribeTrails",
        403,
        "UnauthorizedOperation",
        CallErrorKind::Denied,
    ),
    (
        "cloudtrail:DescribeTrails",
        400,
        "OperationNotPermittedException",
        CallErrorKind::Denied,
    ),
    (
        "sts:GetCallerIdentity",
        403,
        "ExpiredToken",
        CallErrorKind::Credentials,
    ),
    (
        "logs:DescribeMetricFilters",
        400,
        "ExpiredTokenException",
        CallErrorKind::Credentials,
    ),
    (
        "sts:GetCallerIdentity",
        403,
        "InvalidClientTokenId",
        CallErrorKind::Credentials,
    ),
    (
        "logs:DescribeMetricFilters",
        400,
        "UnrecognizedClientException",
        CallErrorKind::Credentials,
    ),
    (
        "sns:ListTagsForResource",
        403,
        "SignatureDoesNotMatch",
        CallErrorKind::Credentials,
    ),
    (
        "sns:ListTagsForResource",
        403,
        "InvalidSecurity",
        CallErrorKind::Credentials,
    ),
    (
        "sns:ListTagsForResource",
        403,
        "OptInRequired",
        CallErrorKind::Credentials,
    ),
    (
        "sts:GetCallerIdentity",
        403,
        "RegionDisabledException",
        CallErrorKind::Credentials,
    ),
    (
        "sns:ListTagsForResource",
        400,
        "RequestExpired",
        CallErrorKind::Credentials,
    ),
    (
        "logs:DescribeMetricFilters",
        403,
        "RequestTimeTooSkewed",
        CallErrorKind::Credentials,
    ),
    (
        "logs:DescribeMetricFilters",
        400,
        "InvalidParameterException",
        CallErrorKind::Invalid,
    ),
    (
        "logs:DescribeMetricFilters",
        400,
        "ValidationException",
        CallErrorKind::Invalid,
    ),
    (
        "cloudwatch:DescribeAlarms",
        400,
        "ValidationError",
        CallErrorKind::Invalid,
    ),
    (
        "cloudwatch:DescribeAlarms",
        400,
        "InvalidNextToken",
        CallErrorKind::Invalid,
    ),
    (
        "cloudwatch:DescribeAlarms",
        400,
        "InvalidParameterCombination",
        CallErrorKind::Invalid,
    ),
    (
        "sns:ListTagsForResource",
        400,
        "InvalidParameter",
        CallErrorKind::Invalid,
    ),
    (
        "cloudtrail:DescribeTrails",
        400,
        "CloudTrailARNInvalidException",
        CallErrorKind::Invalid,
    ),
    (
        "cloudtrail:DescribeTrails",
        400,
        "InvalidTrailNameException",
        CallErrorKind::Invalid,
    ),
    (
        "logs:DescribeMetricFilters",
        400,
        "InvalidOperationException",
        CallErrorKind::Unsupported,
    ),
    (
        "cloudtrail:DescribeTrails",
        400,
        "UnsupportedOperationException",
        CallErrorKind::Unsupported,
    ),
    (
        "cloudtrail:DescribeTrails",
        400,
        "NoManagementAccountSLRExistsException",
        CallErrorKind::Unsupported,
    ),
];

#[tokio::test]
async fn final_refusals_are_told_at_once_with_code_words_and_request_id() {
    for (action, status, code, kind) in FINAL {
        let (error, calls) = failed(action, status, code).await;
        assert_eq!(error.kind, kind, "{action} {code}: {error}");
        assert_eq!(error.code.as_deref(), Some(code), "{action}");
        assert_eq!(error.action, action);
        assert_eq!(error.message, "the stand-in was told to refuse");
        assert_eq!(
            error.request_id.as_deref(),
            Some("b2a1c6f0-0000-4000-8000-000000000001")
        );
        let allowed = if EXPIRED.contains(&code) { 2 } else { 1 };
        assert_eq!(calls, allowed, "{action} {code} must not be sent again");
    }
}

#[tokio::test]
async fn credentials_that_expired_are_fetched_anew_once() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    let wire = client::account(&fake);
    let write = Writes::to(&account).put_filter();
    let refused = || Fault::Refuse(400, "ExpiredTokenException");
    // What is refused did not happen, so that even a write is sent again.
    fake.fail("logs:PutMetricFilter", [refused()]);
    wire.perform(&write).await.unwrap();
    assert_eq!(fake.count("logs:PutMetricFilter"), 2);
    fake.fail("logs:PutMetricFilter", [refused()]);
    let error = wire.perform(&write).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Credentials);
    assert_eq!(fake.count("logs:PutMetricFilter"), 3);
}

/// Codes that pass, by the service that sends them.
const PASSING: [(&str, u16, &str); 22] = [
    ("cloudtrail:DescribeTrails", 400, "ThrottlingException"),
    ("logs:DescribeMetricFilters", 400, "ThrottlingException"),
    ("kms:DescribeKey", 400, "ThrottlingException"),
    ("cloudwatch:DescribeAlarms", 400, "Throttling"),
    ("sts:GetCallerIdentity", 400, "Throttling"),
    ("sns:ListTagsForResource", 400, "Throttling"),
    ("sns:ListTagsForResource", 429, "Throttled"),
    ("sns:ListTagsForResource", 400, "KMSThrottling"),
    ("logs:DescribeMetricFilters", 400, "ThrottledException"),
    ("logs:DescribeMetricFilters", 400, "RequestLimitExceeded"),
    (
        "logs:DescribeMetricFilters",
        400,
        "TooManyRequestsException",
    ),
    ("cloudwatch:DescribeAlarms", 503, "SlowDown"),
    ("cloudwatch:DescribeAlarms", 429, "SomethingNew"),
    (
        "logs:DescribeMetricFilters",
        503,
        "ServiceUnavailableException",
    ),
    ("sns:ListTagsForResource", 500, "InternalError"),
    ("cloudwatch:DescribeAlarms", 500, "InternalServiceError"),
    ("logs:DescribeMetricFilters", 408, "RequestTimeoutException"),
    ("kms:DescribeKey", 500, "KMSInternalException"),
    (
        "logs:DescribeMetricFilters",
        400,
        "OperationAbortedException",
    ),
    (
        "cloudwatch:DescribeAlarms",
        429,
        "ConcurrentModificationException",
    ),
    ("cloudtrail:DescribeTrails", 409, "ConflictException"),
    ("sns:ListTagsForResource", 400, "ConcurrentAccess"),
];

#[tokio::test]
async fn passing_failures_are_overcome() {
    let readings = PASSING
        .into_iter()
        .map(|(action, status, code)| async move {
            let mut account = Scene::Fresh.account();
            for write in Writes::to(&account.clone()).all() {
                account.perform(&write).unwrap();
            }
            let fake = Fake::new(account.clone());
            fake.fail(
                action,
                [Fault::Refuse(status, code), Fault::Refuse(status, code)],
            );
            let wire = client::account(&fake);
            let answer = match action {
                "sns:ListTagsForResource" => {
                    let topic = account.topics().keys().next().unwrap();
                    wire.topic_tags(topic).await.map(drop)
                }
                _ => read(&account, &wire, action).await,
            };
            assert_eq!(answer, Ok(()), "{action} {code}");
            assert_eq!(fake.count(action), 3, "{action} {code}");
        });
    futures_util::future::join_all(readings).await;
}

#[tokio::test]
async fn a_page_of_something_in_between_is_no_answer_of_the_service() {
    for action in READINGS {
        for status in [403, 404] {
            let account = Scene::Fresh.account();
            let fake = Fake::new(account.clone());
            fake.fail(action, [Fault::Gateway(status)]);
            let error = read(&account, &client::account(&fake), action)
                .await
                .unwrap_err();
            assert_eq!(
                error.kind,
                CallErrorKind::Malformed,
                "{action} {status}: {error}"
            );
            assert!(
                !error.message.contains("html"),
                "{error} must not show the page"
            );
        }
    }
}

#[tokio::test]
async fn a_success_that_makes_no_sense_is_malformed() {
    for action in READINGS {
        let account = Scene::Fresh.account();
        let fake = Fake::new(account.clone());
        fake.fail(action, [Fault::Garbage]);
        let error = read(&account, &client::account(&fake), action)
            .await
            .unwrap_err();
        assert_eq!(error.kind, CallErrorKind::Malformed, "{action}: {error}");
        assert_eq!(fake.count(action), 1);
    }
}

#[tokio::test]
async fn a_used_up_quota_is_told_at_once_by_the_write() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    fake.fail(
        "logs:PutMetricFilter",
        [Fault::Refuse(400, "LimitExceededException")],
    );
    let write = Writes::to(&account).put_filter();
    let error = client::account(&fake).perform(&write).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Quota);
    assert_eq!(fake.count("logs:PutMetricFilter"), 1);
}

#[tokio::test]
async fn a_write_that_meets_another_is_left_to_whoever_can_look_first() {
    let account = Scene::Fresh.account();
    let fake = Fake::new(account.clone());
    fake.fail(
        "logs:PutMetricFilter",
        [Fault::Refuse(400, "OperationAbortedException")],
    );
    let write = Writes::to(&account).put_filter();
    let error = client::account(&fake).perform(&write).await.unwrap_err();
    assert_eq!(error.kind, CallErrorKind::Conflict);
    assert_eq!(fake.count("logs:PutMetricFilter"), 1);
}

#[tokio::test]
async fn the_message_for_people_names_class_action_and_code() {
    let (error, _) = failed("logs:DescribeMetricFilters", 400, "AccessDeniedException").await;
    assert_eq!(
        error.to_string(),
        "access denied (`logs:DescribeMetricFilters`): AccessDeniedException: the stand-in was told to refuse"
    );
}
