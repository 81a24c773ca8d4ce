//! What the signature of a request says: whose key it was made with, for which Region and service.
//!
//! The signature itself is not verified; the stand-in knows no secret.

use cis_fix::model::Region;

use super::{Refusal, WireRequest};

/// What a request was signed with and for.
#[derive(Debug)]
pub(super) struct Signature {
    pub(super) key: String,
    pub(super) region: Region,
}

/// Returns the signature of a request; fails when it was signed for another service.
pub(super) fn signature(request: &WireRequest, signing_name: &str) -> Result<Signature, Refusal> {
    let missing = |what: &str| Refusal::new("MissingAuthenticationToken", what);
    let header = request.headers.get("authorization");
    let header = header.ok_or_else(|| missing("Missing Authentication Token"))?;
    let scope: Vec<_> = header
        .strip_prefix("AWS4-HMAC-SHA256 Credential=")
        .and_then(|rest| rest.split(',').next())
        .map(|credential| credential.split('/').collect())
        .ok_or_else(|| missing("the request is not signed with version 4"))?;
    match scope.as_slice() {
        [key, _date, region, service, "aws4_request"] if !key.is_empty() => {
            if *service != signing_name {
                let message =
                    format!("Credential should be scoped to correct service: '{signing_name}'.");
                return Err(Refusal::new("SignatureDoesNotMatch", message));
            }
            Ok(Signature {
                key: (*key).to_owned(),
                region: Region::parse(region).map_err(|error| missing(&error.to_string()))?,
            })
        }
        _ => Err(missing("the credential has no scope")),
    }
}
