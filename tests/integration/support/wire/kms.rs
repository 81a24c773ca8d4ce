//! AWS KMS.

use cis_fix::model::{Key, KeyManager, Region};
use cis_fix::sandbox::SandboxAccount;

use super::members::Members;
use super::{Refusal, Shape};

pub(super) fn describe_key(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let name = given.text("KeyId")?;
    let key = match account.describe_key(region, &name) {
        // The sandbox reads a key and its policy at once; here they are two calls.
        Err(error) if error.action == "kms:GetKeyPolicy" => {
            let held = account.keys().values().find(|held| {
                let id = held.key.arn.rsplit('/').next();
                held.key.arn == name || id == Some(&*name) || held.aliases.contains(&name)
            });
            held.ok_or(error)?.key.clone()
        }
        answer => answer?,
    };
    Ok(Shape::members([("KeyMetadata", Some(metadata(&key)))]))
}

fn metadata(key: &Key) -> Shape {
    let manager = match key.manager {
        KeyManager::Aws => "AWS",
        KeyManager::Customer => "CUSTOMER",
    };
    let state = if key.enabled { "Enabled" } else { "Disabled" };
    let id = key.arn.rsplit('/').next().unwrap_or_default();
    Shape::members([
        ("AWSAccountId", key.arn.split(':').nth(4).map(Shape::text)),
        ("KeyId", Some(Shape::text(id))),
        ("Arn", Some(Shape::text(&key.arn))),
        ("CreationDate", Some(Shape::Time(1_700_000_000))),
        ("Enabled", Some(Shape::Switch(key.enabled))),
        ("KeyManager", Some(Shape::text(manager))),
        ("KeyState", Some(Shape::text(state))),
        ("KeyUsage", Some(Shape::text("ENCRYPT_DECRYPT"))),
        ("Origin", Some(Shape::text("AWS_KMS"))),
    ])
}

pub(super) fn policy(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let name = given.text("KeyId")?;
    if name.contains("alias/") {
        let message = format!("Invalid keyId '{name}'");
        return Err(Refusal::new("NotFoundException", message));
    }
    if given
        .optional_text("PolicyName")?
        .is_some_and(|name| name != "default")
    {
        return Err(Refusal::new("NotFoundException", "No such policy exists"));
    }
    let key = account.describe_key(region, &name)?;
    Ok(Shape::members([
        ("Policy", Some(Shape::text(key.policy))),
        ("PolicyName", Some(Shape::text("default"))),
    ]))
}
