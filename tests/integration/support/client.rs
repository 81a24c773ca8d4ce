//! Accounts for tests: through the stand-in as an HTTP client of the SDK, or over sockets to an address.

use std::time::Duration;

use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use cis_fix::aws::{AwsAccount, Pacing, Patience, Timeouts};
use cis_fix::model::Region;

use super::fake::{Fake, Outcome};
use super::server::{broken_off, dripping};
use super::wire::{WireRequest, WireResponse};

/// Waits that are long enough for a stand-in.
pub(crate) const IMPATIENT: Patience = Patience {
    first_wait: Duration::from_millis(1),
    longest_wait: Duration::from_millis(2),
    first_conflict_wait: Duration::from_millis(1),
    longest_conflict_wait: Duration::from_millis(2),
    total: Duration::from_secs(30),
    budget: 500,
};

/// Returns an account that is reached through the stand-in, beginning in the Region of its account.
pub(crate) fn account(fake: &Fake) -> AwsAccount {
    account_with(fake, Timeouts::default())
}

/// Returns an account that is reached through the stand-in, with other timeouts.
pub(crate) fn account_with(fake: &Fake, timeouts: Timeouts) -> AwsAccount {
    let region = fake.account().region().clone();
    AwsAccount::new(&config(fake, &region), region, Pacing::None, timeouts).with_patience(IMPATIENT)
}

/// Returns the configuration of the SDK that reaches the stand-in.
pub(crate) fn config(fake: &Fake, region: &Region) -> SdkConfig {
    signed("AKIDEXAMPLE", region, InProcess(fake.clone()))
}

/// Returns an account that is reached over sockets at `url`, with `key` for an access key.
pub(crate) fn over_sockets(
    url: &str,
    key: &str,
    region: &Region,
    timeouts: Timeouts,
) -> AwsAccount {
    let http = Builder::new()
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
        .build_https();
    let config = signed(key, region, http)
        .into_builder()
        .endpoint_url(url)
        .build();
    AwsAccount::new(&config, region.clone(), Pacing::None, timeouts).with_patience(IMPATIENT)
}

fn signed(key: &str, region: &Region, http: impl HttpClient + 'static) -> SdkConfig {
    let known = Credentials::new(key, "secret", None, None, "test");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(aws_config::Region::new(region.as_str().to_owned()))
        .credentials_provider(SharedCredentialsProvider::new(known))
        .http_client(http)
        .build()
}

#[derive(Debug, Clone)]
struct InProcess(Fake);

impl HttpClient for InProcess {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl HttpConnector for InProcess {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let fake = self.0.clone();
        HttpConnectorFuture::new(async move {
            match fake.outcome(&received(&request)).await {
                Outcome::Whole(response) => {
                    let body = SdkBody::from(response.body.clone());
                    Ok(sent(&response, body))
                }
                Outcome::Part(response) => {
                    let body = SdkBody::from_body_1_x(broken_off(&response.body));
                    Ok(sent(&response, body))
                }
                Outcome::Slow(response) => {
                    let body = SdkBody::from_body_1_x(dripping(response.body.clone()));
                    Ok(sent(&response, body))
                }
                Outcome::Cut | Outcome::Silence => {
                    let cut = std::io::Error::from(std::io::ErrorKind::ConnectionReset);
                    Err(ConnectorError::io(cut.into()))
                }
            }
        })
    }
}

fn received(request: &HttpRequest) -> WireRequest {
    let headers = request.headers().iter();
    let headers = headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned()));
    WireRequest {
        method: request.method().to_owned(),
        path: path(request.uri()).to_owned(),
        headers: headers.collect(),
        body: request.body().bytes().expect("a body in memory").to_vec(),
    }
}

fn path(uri: &str) -> &str {
    let after_host = uri.split_once("://").map_or(uri, |(_, rest)| rest);
    after_host
        .find('/')
        .map_or("/", |start| after_host.split_at(start).1)
}

fn sent(response: &WireResponse, body: SdkBody) -> HttpResponse {
    let status = response.status.try_into().expect("a status");
    let mut sent = HttpResponse::new(status, body);
    for (name, value) in &response.headers {
        sent.headers_mut().insert(*name, value.clone());
    }
    sent
}
