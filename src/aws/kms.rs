//! Keys that encrypt topics (AWS KMS API). Nothing here writes.

use super::attempt::Repeat;
use super::field::{malformed, needed, needed_text};
use super::services::Services;
use crate::model::{CallErrorKind, Key, KeyManager, Reading};

const KEY: &str = "kms:DescribeKey";
const POLICY: &str = "kms:GetKeyPolicy";

/// Returns a key by id, ARN or alias, or none when it does not exist.
pub(super) async fn key(services: &Services, key: &str) -> Reading<Option<Key>> {
    let answer = services
        .call(KEY, Repeat::Freely, || {
            services.kms.describe_key().key_id(key).send()
        })
        .await;
    let answer = match answer {
        Err(error) if error.kind == CallErrorKind::NotFound => return Ok(None),
        answer => answer?,
    };
    let described = needed(KEY, "KeyMetadata", answer.key_metadata())?;
    let arn = needed_text(KEY, "Arn", described.arn())?;
    let manager = match needed(KEY, "KeyManager", described.key_manager())?.as_str() {
        "AWS" => KeyManager::Aws,
        "CUSTOMER" => KeyManager::Customer,
        other => {
            let message = format!("`{other}` is not a known `KeyManager`");
            return Err(malformed(KEY, message));
        }
    };
    let policy = match manager {
        KeyManager::Customer => policy(services, &arn).await?,
        // It is the same in every account and cannot be edited: there is nothing to learn from it.
        KeyManager::Aws => String::new(),
    };
    Ok(Some(Key {
        arn,
        manager,
        enabled: described.enabled(),
        policy,
    }))
}

/// Returns the policy of a key. The API takes no alias here.
async fn policy(services: &Services, arn: &str) -> Reading<String> {
    let answer = services
        .call(POLICY, Repeat::Freely, || {
            let request = services.kms.get_key_policy();
            request.key_id(arn).policy_name("default").send()
        })
        .await?;
    needed_text(POLICY, "Policy", answer.policy())
}
