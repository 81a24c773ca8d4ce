//! Who is asking (AWS STS API).

use std::time::Duration;

use super::attempt::Repeat;
use super::field::{malformed, needed, needed_text, parsed};
use super::services::Services;
use crate::model::{AccountId, CallError, CallErrorKind, Identity, Partition, Reading};

const IDENTITY: &str = "sts:GetCallerIdentity";

/// This call comes first and is answered at once, so its silence tells within five seconds that nobody is there.
const PATIENCE: Duration = Duration::from_millis(4_500);

/// Returns the account and the principal behind the credentials.
pub(super) async fn identity(services: &Services) -> Reading<Identity> {
    let asked = services.call(IDENTITY, Repeat::Freely, || {
        services.sts.get_caller_identity().send()
    });
    let answer = tokio::time::timeout(PATIENCE, asked).await.map_err(|_| {
        CallError::new(
            IDENTITY,
            CallErrorKind::Timeout,
            format!("no answer within {PATIENCE:?}"),
        )
    })??;
    let arn = needed_text(IDENTITY, "Arn", answer.arn())?;
    let account = needed(IDENTITY, "Account", answer.account())?;
    let partition = arn
        .split(':')
        .nth(1)
        .and_then(Partition::parse)
        .ok_or_else(|| malformed(IDENTITY, format!("`{arn}` is not the ARN of a principal")))?;
    Ok(Identity {
        account: parsed(IDENTITY, AccountId::parse(account))?,
        partition,
        arn,
    })
}
