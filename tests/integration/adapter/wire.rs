//! The stand-in itself is strict: what it lets pass proves something.

use cis_fix::sandbox::Scene;
use futures_util::future::join_all;
use std::collections::BTreeMap;
use std::time::Duration;

use crate::support::client;
use crate::support::fake::{Fake, Outcome};
use crate::support::wire::{WireRequest, WireResponse};
use cis_fix::cloud::CloudReader;

fn request(target: &str, service: &str, body: &str) -> WireRequest {
    let scope = format!("AKIDEXAMPLE/20260101/us-east-1/{service}/aws4_request");
    let headers = [
        ("content-type", "application/x-amz-json-1.1".to_owned()),
        ("x-amz-target", target.to_owned()),
        (
            "authorization",
            format!("AWS4-HMAC-SHA256 Credential={scope}, SignedHeaders=host, Signature=0"),
        ),
    ];
    WireRequest {
        method: "POST".to_owned(),
        path: "/".to_owned(),
        headers: headers.map(|(name, value)| (name.to_owned(), value)).into(),
        body: body.as_bytes().to_vec(),
    }
}

async fn answer(request: WireRequest) -> WireResponse {
    match Fake::new(Scene::Fresh.account()).outcome(&request).await {
        Outcome::Whole(response) => response,
        other @ (Outcome::Part(_) | Outcome::Slow(_) | Outcome::Cut | Outcome::Silence) => {
            panic!("{other:?}")
        }
    }
}

async fn refused(request: WireRequest, code: &str) {
    let response = answer(request).await;
    let body = String::from_utf8(response.body).unwrap();
    assert!(
        response.status >= 400 && body.contains(code),
        "{} {body}",
        response.status
    );
}

const GROUPS: &str = "Logs_20140328.DescribeLogGroups";

#[tokio::test]
async fn a_good_request_is_answered() {
    let response = answer(request(
        GROUPS,
        "logs",
        r#"{"logGroupNamePrefix":"CloudTrail"}"#,
    ))
    .await;
    assert_eq!(response.status, 200);
}

#[tokio::test]
async fn unknown_members_operations_and_wrong_types_are_refused() {
    let cases = [
        (
            GROUPS,
            "logs",
            r#"{"logGroupNamePrefix":"C","loud":true}"#,
            "does not know `loud`",
        ),
        (
            GROUPS,
            "logs",
            r#"{"logGroupNamePrefix":7}"#,
            "SerializationException",
        ),
        (GROUPS, "logs", "{}", "`logGroupNamePrefix` is missing"),
        (GROUPS, "logs", "[]", "SerializationException"),
        (GROUPS, "logs", "{", "SerializationException"),
        (
            GROUPS,
            "logs",
            r#"{"logGroupNamePrefix":"C","limit":51}"#,
            "InvalidParameterException",
        ),
        (
            GROUPS,
            "logs",
            r#"{"logGroupNamePrefix":"C","nextToken":"x"}"#,
            "nextToken is invalid",
        ),
        (GROUPS, "sns", "{}", "SignatureDoesNotMatch"),
        (
            "Logs_20140328.DeleteLogGroup",
            "logs",
            "{}",
            "UnknownOperationException",
        ),
        ("Lamps_20140328.Light", "logs", "{}", "no service"),
    ];
    for (target, service, body, code) in cases {
        refused(request(target, service, body), code).await;
    }
}

#[tokio::test]
async fn unsigned_and_misaddressed_requests_are_refused() {
    let good = || request(GROUPS, "logs", r#"{"logGroupNamePrefix":"C"}"#);
    let mut unsigned = good();
    unsigned.headers.remove("authorization");
    refused(unsigned, "MissingAuthenticationToken").await;
    refused(
        WireRequest {
            method: "GET".to_owned(),
            ..good()
        },
        "POST",
    )
    .await;
    refused(
        WireRequest {
            path: "/x".to_owned(),
            ..good()
        },
        "path",
    )
    .await;
    let mut plain = good();
    plain
        .headers
        .insert("content-type".to_owned(), "text/plain".to_owned());
    refused(plain, "content").await;
}

#[tokio::test]
async fn a_refused_write_changes_nothing() {
    let body = r#"{"logGroupName":"CloudTrail/DefaultLogGroup","filterName":"f","filterPattern":"",
        "metricTransformations":[{"metricName":"m","metricNamespace":"n","metricValue":"1"}]"#;
    let account = Scene::Fresh.account();
    let target = "Logs_20140328.PutMetricFilter";
    for (rest, changes) in [("}", true), (r#","loud":1}"#, false)] {
        let fake = Fake::new(account.clone());
        let request = request(target, "logs", &format!("{body}{rest}"));
        let region = account.region().as_str();
        let mut request = request;
        for value in request.headers.values_mut() {
            *value = value.replace("us-east-1", region);
        }
        fake.outcome(&request).await;
        assert_eq!(fake.account() != account, changes, "{rest}");
    }
}

#[tokio::test]
async fn calls_are_counted_and_their_depth_is_measured() {
    for latency in [Duration::ZERO, Duration::from_millis(5)] {
        let account = Scene::Fresh.account();
        let fake = Fake::with_latency(account.clone(), latency);
        let wire = client::account(&fake);
        join_all((0..4).map(|_| wire.trails())).await;
        assert_eq!(fake.depth(), 1, "together");
        wire.alarms(account.region()).await.unwrap();
        assert_eq!(fake.depth(), 2, "one after the others");
        let expected = [
            ("cloudtrail:DescribeTrails".to_owned(), 4),
            ("cloudwatch:DescribeAlarms".to_owned(), 1),
        ];
        assert_eq!(fake.counts(), BTreeMap::from(expected));
        fake.forget_calls();
        assert_eq!((fake.depth(), fake.calls().len()), (0, 0));
    }
}
