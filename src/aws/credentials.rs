//! Credentials: looked for once before the first call, and why none were found, in plain words.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use aws_config::meta::ProviderChainError;
use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

use super::error::causes;

/// A provider whose first answer was fetched ahead, so that the source is not asked twice.
#[derive(Debug)]
pub(super) struct Primed {
    first: Mutex<Option<Credentials>>,
    provider: SharedCredentialsProvider,
}

impl Primed {
    /// Asks `provider` for credentials now.
    ///
    /// # Errors
    ///
    /// Says where credentials were looked for, or that the answer took longer than `patience`.
    pub(super) async fn fetch(
        provider: SharedCredentialsProvider,
        patience: Duration,
    ) -> Result<Self, String> {
        let asked = tokio::time::timeout(patience, provider.provide_credentials()).await;
        let first = match asked {
            Ok(answer) => answer.map_err(|error| explanation(&error))?,
            Err(_) => {
                return Err(format!(
                    "no source of credentials answered within {patience:?}"
                ));
            }
        };
        Ok(Self {
            first: Mutex::new(Some(first)),
            provider,
        })
    }

    fn take_first(&self) -> Option<Credentials> {
        let mut first = self.first.lock().unwrap_or_else(PoisonError::into_inner);
        first.take()
    }
}

impl ProvideCredentials for Primed {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        match self.take_first() {
            Some(first) => future::ProvideCredentials::ready(Ok(first)),
            None => self.provider.provide_credentials(),
        }
    }
}

/// Returns why there are no credentials: each source that was tried, and what it said.
pub(super) fn explanation(error: &CredentialsError) -> String {
    let chain = std::error::Error::source(error)
        .and_then(|source| source.downcast_ref::<ProviderChainError<CredentialsError>>());
    match chain {
        Some(chain) => {
            let tried: Vec<_> = chain
                .attempts()
                .iter()
                .map(|attempt| format!("{} ({})", attempt.name(), reason(attempt.error())))
                .collect();
            format!("none found in {}", tried.join(", "))
        }
        None => reason(error),
    }
}

/// Returns what one source said, without the SDK's general words in front of it.
fn reason(error: &CredentialsError) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), causes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug)]
    struct Never;

    impl ProvideCredentials for Never {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::ready(Err(CredentialsError::not_loaded("nothing is set")))
        }
    }

    #[derive(Debug)]
    struct Silent;

    impl ProvideCredentials for Silent {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            future::ProvideCredentials::new(std::future::pending())
        }
    }

    #[tokio::test]
    async fn a_source_without_credentials_is_quoted() {
        let never = SharedCredentialsProvider::new(Never);
        let error = Primed::fetch(never, Duration::from_secs(1)).await;
        assert_eq!(error.unwrap_err(), "nothing is set");
    }

    #[tokio::test]
    async fn a_silent_source_is_given_up() {
        let silent = SharedCredentialsProvider::new(Silent);
        let error = Primed::fetch(silent, Duration::from_millis(20)).await;
        assert_eq!(
            error.unwrap_err(),
            "no source of credentials answered within 20ms"
        );
    }

    #[tokio::test]
    async fn the_first_answer_is_used_before_the_source_is_asked_again() {
        let known = Credentials::new("AKID", "secret", None, None, "test");
        let primed = Primed {
            first: Mutex::new(Some(known)),
            provider: SharedCredentialsProvider::new(Never),
        };
        assert!(primed.provide_credentials().await.is_ok());
        assert!(primed.provide_credentials().await.is_err());
    }
}
