//! Clients of the services, one set for each Region, made when first needed.
//!
//! All sets share one HTTP client and one cache of credentials.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use aws_config::SdkConfig;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::attempt::{Repeat, attempts};
use super::error::call_error;
use crate::model::{Reading, Region};

/// The Regions of an account that were asked so far.
#[derive(Debug)]
pub(super) struct Regions {
    config: SdkConfig,
    services: Mutex<BTreeMap<Region, Services>>,
}

impl Regions {
    pub(super) fn new(config: SdkConfig) -> Self {
        Self {
            config,
            services: Mutex::new(BTreeMap::new()),
        }
    }

    /// Returns the clients for `region`.
    pub(super) fn services(&self, region: &Region) -> Services {
        let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        services
            .entry(region.clone())
            .or_insert_with(|| Services::new(&self.config, region))
            .clone()
    }
}

/// Clients of all services in one Region. Cloning is cheap.
#[derive(Debug, Clone)]
pub(super) struct Services {
    /// Where the calls go, for people: an endpoint that was set, or the Region.
    place: String,
    pub(super) cloudtrail: aws_sdk_cloudtrail::Client,
    pub(super) cloudwatch: aws_sdk_cloudwatch::Client,
    pub(super) kms: aws_sdk_kms::Client,
    pub(super) logs: aws_sdk_cloudwatchlogs::Client,
    pub(super) sns: aws_sdk_sns::Client,
    pub(super) sts: aws_sdk_sts::Client,
}

impl Services {
    fn new(config: &SdkConfig, region: &Region) -> Self {
        let place = match config.endpoint_url() {
            Some(endpoint) => format!("`{endpoint}`"),
            None => format!("Region `{region}`"),
        };
        let config = config
            .to_builder()
            .region(aws_config::Region::new(region.as_str().to_owned()))
            .build();
        Self {
            place,
            cloudtrail: aws_sdk_cloudtrail::Client::new(&config),
            cloudwatch: aws_sdk_cloudwatch::Client::new(&config),
            kms: aws_sdk_kms::Client::new(&config),
            logs: aws_sdk_cloudwatchlogs::Client::new(&config),
            sns: aws_sdk_sns::Client::new(&config),
            sts: aws_sdk_sts::Client::new(&config),
        }
    }

    /// Sends a call, again if that is worth it, and returns its answer in our own words when it failed.
    pub(super) async fn call<T, E>(
        &self,
        action: &str,
        repeat: Repeat,
        send: impl AsyncFn() -> Result<T, SdkError<E, HttpResponse>>,
    ) -> Reading<T>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        attempts(repeat, async || {
            send()
                .await
                .map_err(|error| call_error(action, &self.place, &error))
        })
        .await
    }
}
