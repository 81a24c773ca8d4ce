//! Credentials that a service calls expired although our cache holds them for good: fetched anew, once.
//!
//! A clock that is wrong, a session that was revoked, or a source that does not say when its credentials expire:
//! the SDK would go on with what it has. A source that gives the same again has no better ones.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_sdk_sts::config::IdentityCache;
use aws_smithy_runtime_api::client::identity::{
    IdentityFuture, ResolveCachedIdentity, SharedIdentityCache, SharedIdentityResolver,
};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;

use crate::model::CallError;

/// A cache of credentials that can be emptied once. Clones share it.
#[derive(Debug, Clone)]
pub(super) struct Renewal(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    load_timeout: Duration,
    /// The cache, and whether it was emptied.
    cache: Mutex<(SharedIdentityCache, Age)>,
}

/// Which credentials a call was made with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Age {
    /// The first ones.
    First,
    /// Those that were fetched anew.
    Renewed,
}

impl Renewal {
    /// Returns an empty cache; loading credentials into it may take as long as `load_timeout`.
    pub(super) fn new(load_timeout: Duration) -> Self {
        Self(Arc::new(Shared {
            load_timeout,
            cache: Mutex::new((lazy(load_timeout), Age::First)),
        }))
    }

    /// Returns which credentials a call made now would have.
    pub(super) fn age(&self) -> Age {
        self.with(|(_, age)| *age)
    }

    /// Returns whether a call that failed deserves another attempt with other credentials than it had.
    pub(super) fn helps(&self, error: &CallError, had: Age) -> bool {
        let is_expired = error.code.as_deref().is_some_and(is_expiry);
        is_expired
            && had == Age::First
            && self.with(|cache| {
                if cache.1 == Age::First {
                    *cache = (lazy(self.0.load_timeout), Age::Renewed);
                }
                true
            })
    }

    fn with<T>(&self, use_it: impl FnOnce(&mut (SharedIdentityCache, Age)) -> T) -> T {
        use_it(&mut self.0.cache.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn cache(&self) -> SharedIdentityCache {
        self.with(|(cache, _)| cache.clone())
    }
}

fn lazy(load_timeout: Duration) -> SharedIdentityCache {
    let cache = IdentityCache::lazy().load_timeout(load_timeout).build();
    SharedIdentityCache::new(cache)
}

/// Returns whether a code says that credentials were good once (the "Common errors" pages of the services).
fn is_expiry(code: &str) -> bool {
    ["ExpiredToken", "ExpiredTokenException", "RequestExpired"].contains(&code)
}

impl ResolveCachedIdentity for Renewal {
    fn resolve_cached_identity<'a>(
        &'a self,
        resolver: SharedIdentityResolver,
        components: &'a RuntimeComponents,
        config: &'a ConfigBag,
    ) -> IdentityFuture<'a> {
        let cache = self.cache();
        IdentityFuture::new(async move {
            cache
                .resolve_cached_identity(resolver, components, config)
                .await
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CallErrorKind;

    fn refused(code: &str) -> CallError {
        CallError::new("a:B", CallErrorKind::Credentials, "").with_code(code)
    }

    #[test]
    fn only_what_expired_is_renewed_and_only_once() {
        let renewal = Renewal::new(Duration::from_secs(1));
        assert!(!renewal.helps(&refused("SignatureDoesNotMatch"), renewal.age()));
        assert_eq!(renewal.age(), Age::First);
        let had = renewal.age();
        assert!(renewal.helps(&refused("ExpiredToken"), had));
        assert_eq!(renewal.age(), Age::Renewed);
        assert!(
            renewal.helps(&refused("ExpiredToken"), had),
            "a call that was under way too"
        );
        assert!(!renewal.helps(&refused("ExpiredToken"), renewal.age()));
    }
}
