//! Clients of the services, one set for each Region, made when first needed.
//!
//! All sets share one HTTP client, one cache of credentials and one budget; each keeps its Region's pace.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_config::SdkConfig;
use aws_sdk_sts::operation::RequestId;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;

use super::attempt::{Budget, Patience, Repeat, attempts};
use super::connect::shown;
use super::error::call_error;
use super::pace::{Pace, Pacing};
use super::renewal::Renewal;
use super::secrets::Secrets;
use crate::model::{CallError, CallErrorKind, Reading, Region};

/// The Regions of an account that were asked so far.
#[derive(Debug)]
pub(super) struct Regions {
    config: SdkConfig,
    pacing: Pacing,
    limits: Arc<Limits>,
    services: Mutex<BTreeMap<Region, Services>>,
}

/// What all calls to an account share.
#[derive(Debug)]
struct Limits {
    patience: Patience,
    budget: Budget,
    renewal: Renewal,
    secrets: Secrets,
}

impl Regions {
    /// Returns the clients of an account, whose credentials are kept by `renewal`.
    pub(super) fn new(
        config: SdkConfig,
        (renewal, secrets): (Renewal, Secrets),
        pacing: Pacing,
        patience: Patience,
    ) -> Self {
        Self {
            config,
            pacing,
            limits: Arc::new(Limits {
                patience,
                budget: Budget::new(patience.budget),
                renewal,
                secrets,
            }),
            services: Mutex::new(BTreeMap::new()),
        }
    }

    /// Returns what must never be shown.
    pub(super) fn secrets(&self) -> &Secrets {
        &self.limits.secrets
    }

    /// Returns how patient the calls are.
    pub(super) fn patience(&self) -> Patience {
        self.limits.patience
    }

    /// Returns the same clients with another patience and a budget of which nothing is spent.
    pub(super) fn with_patience(self, patience: Patience) -> Self {
        Self::new(
            self.config,
            (self.limits.renewal.clone(), self.limits.secrets.clone()),
            self.pacing,
            patience,
        )
    }

    /// Returns the clients for `region`.
    pub(super) fn services(&self, region: &Region) -> Services {
        let mut services = self.services.lock().unwrap_or_else(PoisonError::into_inner);
        services
            .entry(region.clone())
            .or_insert_with(|| Services::new(self, region))
            .clone()
    }
}

/// Clients of all services in one Region. Cloning is cheap.
#[derive(Debug, Clone)]
pub(super) struct Services {
    /// Where the calls go, for people: an endpoint that was set, or the Region.
    place: String,
    pace: Arc<Pace>,
    limits: Arc<Limits>,
    pub(super) cloudtrail: aws_sdk_cloudtrail::Client,
    pub(super) cloudwatch: aws_sdk_cloudwatch::Client,
    pub(super) kms: aws_sdk_kms::Client,
    pub(super) logs: aws_sdk_cloudwatchlogs::Client,
    pub(super) sns: aws_sdk_sns::Client,
    pub(super) sts: aws_sdk_sts::Client,
}

impl Services {
    fn new(regions: &Regions, region: &Region) -> Self {
        let config = &regions.config;
        let place = match config.endpoint_url() {
            Some(endpoint) => format!("`{}`", shown(endpoint)),
            None => format!("Region `{region}`"),
        };
        let config = config
            .to_builder()
            .region(aws_config::Region::new(region.as_str().to_owned()))
            .build();
        Self {
            place,
            pace: Arc::new(Pace::new(regions.pacing)),
            limits: Arc::clone(&regions.limits),
            cloudtrail: aws_sdk_cloudtrail::Client::new(&config),
            cloudwatch: aws_sdk_cloudwatch::Client::new(&config),
            kms: aws_sdk_kms::Client::new(&config),
            logs: aws_sdk_cloudwatchlogs::Client::new(&config),
            sns: aws_sdk_sns::Client::new(&config),
            sts: aws_sdk_sts::Client::new(&config),
        }
    }

    /// Returns what must never be shown.
    pub(super) fn secrets(&self) -> &Secrets {
        &self.limits.secrets
    }

    /// Sends a call when it is its turn, again if that is worth it, and returns its answer in our own words when
    /// it failed.
    pub(super) async fn call<T, E>(
        &self,
        action: &str,
        repeat: Repeat,
        send: impl AsyncFn() -> Result<T, SdkError<E, HttpResponse>>,
    ) -> Reading<T>
    where
        T: RequestId,
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        let Limits {
            patience,
            budget,
            renewal,
            secrets: _,
        } = self.limits.as_ref();
        attempts(repeat, patience, budget, async || {
            let had = renewal.age();
            let answer = match self.send(action, &send).await {
                Err(error) if renewal.helps(&error, had) => self.send(action, &send).await,
                answer => answer,
            }?;
            signed_by_aws(action, repeat, answer)
        })
        .await
    }

    /// Sends a call once, when it is its turn.
    async fn send<T, E>(
        &self,
        action: &str,
        send: &impl AsyncFn() -> Result<T, SdkError<E, HttpResponse>>,
    ) -> Reading<T>
    where
        E: ProvideErrorMetadata + std::error::Error + 'static,
    {
        self.pace.turn(action).await;
        let answer = send()
            .await
            .map_err(|error| call_error(action, &self.place, &error))
            .map_err(|error| self.limits.secrets.hide(error));
        match &answer {
            Err(error) if error.kind == CallErrorKind::Throttled => self.pace.throttled(action),
            Ok(_) | Err(_) => self.pace.let_through(action),
        }
        answer
    }
}

/// Returns an answer to a write only if it has the request id that every answer of AWS has.
///
/// Most writes are answered with nothing, so that the SDK takes any page of something in between for success.
fn signed_by_aws<T: RequestId>(action: &str, repeat: Repeat, answer: T) -> Reading<T> {
    match (repeat, answer.request_id()) {
        (Repeat::Freely, _) | (Repeat::OnlyIfRefused, Some(_)) => Ok(answer),
        (Repeat::OnlyIfRefused, None) => {
            let message = "something answered without a request id, so that it was not AWS";
            Err(CallError::new(action, CallErrorKind::Service, message))
        }
    }
}
