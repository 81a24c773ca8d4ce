//! From what the user set to an account that can be asked: Region, credentials, endpoint, TLS, timeouts.
//!
//! The default chains of the SDK decide, so everything that works with the AWS CLI works here. Nothing
//! is asked of the account itself yet.

use std::time::Duration;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::{Builder, tls};
use aws_smithy_runtime_api::client::http::SharedHttpClient;
use aws_smithy_runtime_api::client::identity::SharedIdentityCache;
use thiserror::Error;

use super::credentials::Primed;
use super::renewal::Renewal;
use super::{AwsAccount, Pacing};
use crate::model::{NameError, Region};

/// What the user set about the account to reach; what is not set is found as the AWS CLI finds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// A profile of the shared configuration files. It goes before credentials in the environment.
    pub profile: Option<String>,
    /// The Region in which the asking begins.
    pub region: Option<Region>,
    /// The address of a stand-in for AWS, used for all services.
    pub endpoint_url: Option<String>,
    /// Whether calls keep a pace.
    pub pacing: Pacing,
}

/// How long parts of a call may take. The SDK by itself would wait for an answer for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For the first byte of an answer.
    pub read: Duration,
    /// For an attempt as a whole.
    pub attempt: Duration,
    /// For an attempt together with fresh credentials, if it needs them.
    pub operation: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(2),
            read: Duration::from_secs(8),
            attempt: Duration::from_secs(10),
            operation: Duration::from_secs(15),
        }
    }
}

/// Why no account could be reached at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConnectError {
    /// No Region is set anywhere.
    #[error(
        "no Region is set: looked at the environment, the profile and the instance metadata service"
    )]
    NoRegion,
    /// The Region that is set cannot be one.
    #[error("the Region that is set is none: {0}")]
    Region(NameError),
    /// The endpoint that is set is not a web address.
    #[error("`{0}` is not an endpoint: it must begin with `http://` or `https://` and name a host")]
    Endpoint(String),
    /// No source has credentials.
    #[error("no credentials: {0}")]
    Credentials(String),
}

impl ConnectError {
    /// Returns what the user can do about it.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NoRegion | Self::Region(_) => {
                "pass `--region`, set `AWS_REGION`, or set `region` in the profile"
            }
            Self::Endpoint(_) => "pass an address such as `http://127.0.0.1:4566`",
            Self::Credentials(_) => {
                "sign in with `aws sso login`, name a profile with `--profile`, or set `AWS_ACCESS_KEY_ID` \
                 and `AWS_SECRET_ACCESS_KEY`"
            }
        }
    }
}

/// How long the search for a Region may take; only the instance metadata service takes time at all.
const REGION_PATIENCE: Duration = Duration::from_millis(1_500);
/// How long the sources of credentials have for an answer.
const CREDENTIALS_PATIENCE: Duration = Duration::from_secs(3);

/// Finds the Region and credentials, and returns the account behind them.
///
/// # Errors
///
/// Fails within five seconds when there is no Region, no credentials, or an endpoint that cannot be one.
pub async fn connect(connection: &Connection) -> Result<AwsAccount, ConnectError> {
    if let Some(endpoint) = connection.endpoint_url.as_deref()
        && !is_web_address(endpoint)
    {
        return Err(ConnectError::Endpoint(shown(endpoint)));
    }
    let http = https();
    let loaded = tokio::time::timeout(REGION_PATIENCE, load(connection, &http)).await;
    let config = loaded.map_err(|_| ConnectError::NoRegion)?;
    let region = config.region().ok_or(ConnectError::NoRegion)?;
    let region = Region::parse(region.as_ref()).map_err(ConnectError::Region)?;
    let provider = provider(connection, &config, &http)?;
    let primed = Primed::fetch(provider, CREDENTIALS_PATIENCE)
        .await
        .map_err(ConnectError::Credentials)?;
    let config = config
        .into_builder()
        .credentials_provider(SharedCredentialsProvider::new(primed))
        .build();
    Ok(AwsAccount::new(
        &config,
        region,
        connection.pacing,
        Timeouts::default(),
    ))
}

/// Returns an HTTP client with TLS by ring, which starts faster than the SDK's default and is smaller.
fn https() -> SharedHttpClient {
    Builder::new()
        .tls_provider(tls::Provider::Rustls(CryptoMode::Ring))
        .build_https()
}

/// Reads environment and shared files as the AWS CLI does.
async fn load(connection: &Connection, http: &SharedHttpClient) -> SdkConfig {
    let mut loader = aws_config::defaults(BehaviorVersion::latest())
        .http_client(http.clone())
        .retry_config(retries_of_providers())
        .timeout_config(timeout_config(Timeouts::default()));
    if let Some(profile) = &connection.profile {
        loader = loader.profile_name(profile);
    }
    if let Some(region) = &connection.region {
        loader = loader.region(aws_config::Region::new(region.as_str().to_owned()));
    }
    if let Some(endpoint) = &connection.endpoint_url {
        loader = loader.endpoint_url(endpoint);
    }
    loader.load().await
}

/// Returns where credentials come from. A profile that was named goes before the environment, as in the
/// AWS CLI; the SDK's default chain has it the other way round.
fn provider(
    connection: &Connection,
    config: &SdkConfig,
    http: &SharedHttpClient,
) -> Result<SharedCredentialsProvider, ConnectError> {
    let Some(profile) = &connection.profile else {
        let none = || ConnectError::Credentials("no source is set up".to_owned());
        return config.credentials_provider().ok_or_else(none);
    };
    let surroundings = ProviderConfig::without_region()
        .with_region(config.region().cloned())
        .with_http_client(http.clone())
        .with_retry_config(retries_of_providers())
        .with_timeout_config(timeout_config(Timeouts::default()));
    let provider = ProfileFileCredentialsProvider::builder()
        .configure(&surroundings)
        .profile_name(profile)
        .build();
    Ok(SharedCredentialsProvider::new(provider))
}

/// Returns the retries of the sources of credentials, which are not our calls.
fn retries_of_providers() -> RetryConfig {
    RetryConfig::standard()
        .with_max_attempts(2)
        .with_initial_backoff(Duration::from_millis(200))
}

/// Returns `config` with our timeouts and our cache of credentials, and without the SDK's retries.
pub(super) fn with_our_limits(
    config: &SdkConfig,
    timeouts: Timeouts,
    renewal: &Renewal,
) -> SdkConfig {
    config
        .to_builder()
        .identity_cache(SharedIdentityCache::new(renewal.clone()))
        .retry_config(RetryConfig::disabled())
        .timeout_config(timeout_config(timeouts))
        .build()
}

fn timeout_config(timeouts: Timeouts) -> TimeoutConfig {
    let Timeouts {
        connect,
        read,
        attempt,
        operation,
    } = timeouts;
    TimeoutConfig::builder()
        .connect_timeout(connect)
        .read_timeout(read)
        .operation_attempt_timeout(attempt)
        .operation_timeout(operation)
        .build()
}

/// Returns the address of an endpoint as it may be shown: its path and what stands before its host may be secret.
pub(super) fn shown(endpoint: &str) -> String {
    let (scheme, rest) = endpoint.split_once("://").unwrap_or(("", endpoint));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default();
    let scheme = if scheme.is_empty() {
        String::new()
    } else {
        format!("{scheme}://")
    };
    let behind = if rest.len() > authority.len() {
        "/…"
    } else {
        ""
    };
    format!("{scheme}{host}{behind}")
}

fn is_web_address(text: &str) -> bool {
    let rest = text
        .strip_prefix("http://")
        .or_else(|| text.strip_prefix("https://"));
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    host.is_some_and(|host| {
        !host.is_empty() && !host.contains(|c: char| c.is_whitespace() || c.is_control())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_web_addresses() {
        for legal in ["http://127.0.0.1:4566", "https://example.com/aws"] {
            assert!(is_web_address(legal), "{legal}");
        }
        for illegal in [
            "127.0.0.1:4566",
            "http://",
            "https:///x",
            "ftp://a",
            "http://a b",
        ] {
            assert!(!is_web_address(illegal), "{illegal}");
        }
    }

    #[test]
    fn an_endpoint_is_shown_without_user_and_path() {
        for (endpoint, seen) in [
            ("http://127.0.0.1:4566", "http://127.0.0.1:4566"),
            ("https://user:word@example.com/a?b", "https://example.com/…"),
            ("user:word@nowhere", "nowhere"),
            ("127.0.0.1:4566", "127.0.0.1:4566"),
        ] {
            assert_eq!(shown(endpoint), seen);
        }
    }

    #[test]
    fn every_call_has_all_timeouts_and_no_retry_of_the_sdk() {
        let config = SdkConfig::builder().build();
        let renewal = Renewal::new(Duration::from_secs(1));
        let config = with_our_limits(&config, Timeouts::default(), &renewal);
        let timeouts = config.timeout_config().unwrap();
        assert!(timeouts.connect_timeout().is_some());
        assert!(timeouts.read_timeout().is_some());
        assert!(timeouts.operation_attempt_timeout().is_some());
        assert!(timeouts.operation_timeout().is_some());
        assert_eq!(config.retry_config().unwrap().max_attempts(), 1);
    }

    #[test]
    fn region_and_credentials_are_found_or_given_up_within_five_seconds() {
        assert!(REGION_PATIENCE + CREDENTIALS_PATIENCE < Duration::from_secs(5));
    }

    #[test]
    fn two_connect_timeouts_and_a_wait_stay_under_five_seconds() {
        let most = Timeouts::default().connect * 2 + Duration::from_millis(200);
        assert!(most < Duration::from_secs(5));
    }
}
