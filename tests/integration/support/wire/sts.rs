//! AWS STS.

use cis_fix::sandbox::SandboxAccount;

use super::{Refusal, Shape};

pub(super) fn identity(account: &SandboxAccount) -> Result<Shape, Refusal> {
    let identity = account.get_caller_identity()?;
    Ok(Shape::members([
        ("UserId", Some(Shape::text("AIDACKCEVSQ6C2EXAMPLE"))),
        ("Account", Some(Shape::text(identity.account))),
        ("Arn", Some(Shape::text(identity.arn))),
    ]))
}
