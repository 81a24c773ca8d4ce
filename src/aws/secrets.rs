//! What must never be shown: the credentials in use, and what stands behind the host of a web endpoint.
//!
//! A service, or whatever stands between, may repeat what it was sent in an error. Failed calls pass through here
//! before anybody else sees them.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

use aws_config::SdkConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};

use crate::model::{CallError, Endpoint, Protocol};

/// What stands in place of a secret.
const HIDDEN: &str = "…";

/// Texts shorter than this are no secrets, and would be found everywhere.
const SHORTEST: usize = 6;

/// Texts that must never be shown. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Secrets(Arc<Mutex<BTreeSet<String>>>);

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(…)")
    }
}

impl Secrets {
    fn add(&self, text: &str) {
        if text.chars().count() >= SHORTEST {
            let mut texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            texts.insert(text.to_owned());
        }
    }

    fn add_credentials(&self, credentials: &Credentials) {
        self.add(credentials.access_key_id());
        self.add(credentials.secret_access_key());
        if let Some(token) = credentials.session_token() {
            self.add(token);
        }
    }

    /// Adds what stands behind the host of a web endpoint, as a whole and in parts; other endpoints are no secrets.
    pub(super) fn add_endpoint(&self, endpoint: &Endpoint) {
        let is_web = matches!(endpoint.protocol(), Protocol::Http | Protocol::Https);
        let Some((_, rest)) = endpoint.expose().split_once("://").filter(|_| is_web) else {
            return;
        };
        let (authority, behind) = match rest.find(['/', '?', '#']) {
            Some(end) => rest.split_at(end),
            None => (rest, ""),
        };
        let user = authority.rsplit_once('@').map_or("", |(user, _)| user);
        self.add(behind);
        let parts = behind
            .split(['/', '?', '&', '=', '#'])
            .chain(user.split(':'));
        // A plain word of a path, such as `services`, says nothing.
        let is_word = |part: &&str| part.chars().all(|c| c.is_ascii_lowercase());
        for part in parts.filter(|part| !is_word(part)) {
            self.add(part);
        }
    }

    /// Returns a failed call without any of these texts.
    pub(super) fn hide(&self, error: CallError) -> CallError {
        let texts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A part of a longer one must not be taken out of it first.
        let mut texts: Vec<&String> = texts.iter().collect();
        texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        let without = |said: String| {
            texts
                .iter()
                .fold(said, |said, text| said.replace(text.as_str(), HIDDEN))
        };
        CallError {
            code: error.code.map(without),
            message: without(error.message),
            request_id: error.request_id.map(without),
            ..error
        }
    }
}

/// A source of credentials of which all that it gives is noted as secret.
#[derive(Debug)]
struct Noted {
    provider: SharedCredentialsProvider,
    secrets: Secrets,
}

impl ProvideCredentials for Noted {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(async move {
            let credentials = self.provider.provide_credentials().await?;
            self.secrets.add_credentials(&credentials);
            Ok(credentials)
        })
    }

    fn fallback_on_interrupt(&self) -> Option<Credentials> {
        self.provider.fallback_on_interrupt()
    }
}

/// Returns `config` with credentials of which all are noted as secret.
pub(super) fn noting(config: &SdkConfig, secrets: &Secrets) -> SdkConfig {
    let Some(provider) = config.credentials_provider() else {
        return config.clone();
    };
    let noted = Noted {
        provider,
        secrets: secrets.clone(),
    };
    config
        .to_builder()
        .credentials_provider(SharedCredentialsProvider::new(noted))
        .build()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CallErrorKind;

    fn hidden(secrets: &Secrets, said: &str) -> String {
        let error = CallError::new("sns:Subscribe", CallErrorKind::Invalid, said);
        secrets.hide(error).message
    }

    #[test]
    fn what_stands_behind_the_host_is_hidden_whole_and_in_parts() {
        let secrets = Secrets::default();
        let address = "https://user:pa55word@hooks.example.com/services/T0SECRET?token=abc123";
        secrets.add_endpoint(&Endpoint::observed(Protocol::Https, address));
        secrets.add_endpoint(&Endpoint::observed(Protocol::Email, "somebody@example.com"));
        for (said, shown) in [
            (address, "https://user:…@hooks.example.com…"),
            ("bad token abc123", "bad token …"),
            ("bad path %2FT0SECRET", "bad path %2F…"),
            ("somebody@example.com", "somebody@example.com"),
            ("the services are down", "the services are down"),
        ] {
            assert_eq!(hidden(&secrets, said), shown);
        }
    }

    #[tokio::test]
    async fn credentials_are_hidden_once_they_were_given() {
        let secrets = Secrets::default();
        let given = Credentials::new(
            "AKIDEXAMPLE",
            "hush-hush",
            Some("token-1".to_owned()),
            None,
            "test",
        );
        let noted = Noted {
            provider: SharedCredentialsProvider::new(given),
            secrets: secrets.clone(),
        };
        noted.provide_credentials().await.unwrap();
        let said = "key AKIDEXAMPLE, hush-hush, token-1";
        assert_eq!(hidden(&secrets, said), "key …, …, …");
        assert_eq!(format!("{secrets:?}"), "Secrets(…)");
    }
}
