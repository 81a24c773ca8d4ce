//! The three wire protocols of AWS that cis-fix meets, from bytes to calls and back.
//!
//! Strict: what a service would refuse, and what no service knows, is refused. The rules for resources
//! are not here but in the sandbox account.

mod cbor;
mod cloudtrail;
mod cloudwatch;
mod json;
mod kms;
mod logs;
mod members;
mod operation;
mod paging;
mod query;
mod recorded;
mod refusal;
mod shape;
mod signature;
mod sns;
mod sts;

use std::collections::BTreeMap;

use cis_fix::model::Region;

pub(crate) use operation::perform;
pub(crate) use paging::Paging;
pub(crate) use recorded::{Recorded, Recordings};
pub(crate) use refusal::Refusal;
pub(crate) use shape::Shape;

/// A request as it came over the wire.
#[derive(Debug, Clone)]
pub(crate) struct WireRequest {
    pub(crate) method: String,
    pub(crate) path: String,
    /// By lower-case name.
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) body: Vec<u8>,
}

/// A response as it goes over the wire.
#[derive(Debug, Clone)]
pub(crate) struct WireResponse {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(&'static str, String)>,
    pub(crate) body: Vec<u8>,
}

/// How a service speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    /// AWS JSON 1.1.
    Json,
    /// Forms in, XML out.
    Query,
    /// Smithy RPC v2 CBOR.
    Cbor,
}

/// A service: its prefix in IAM, its name in signatures, how it speaks, and what it calls itself there.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Service {
    pub(crate) prefix: &'static str,
    signing_name: &'static str,
    pub(crate) protocol: Protocol,
    wire_name: &'static str,
}

const SERVICES: [Service; 6] = [
    Service {
        prefix: "cloudtrail",
        signing_name: "cloudtrail",
        protocol: Protocol::Json,
        wire_name: "CloudTrail_20131101",
    },
    Service {
        prefix: "kms",
        signing_name: "kms",
        protocol: Protocol::Json,
        wire_name: "TrentService",
    },
    Service {
        prefix: "logs",
        signing_name: "logs",
        protocol: Protocol::Json,
        wire_name: "Logs_20140328",
    },
    Service {
        prefix: "cloudwatch",
        signing_name: "monitoring",
        protocol: Protocol::Cbor,
        wire_name: "GraniteServiceVersion20100801",
    },
    Service {
        prefix: "sns",
        signing_name: "sns",
        protocol: Protocol::Query,
        wire_name: "2010-03-31",
    },
    Service {
        prefix: "sts",
        signing_name: "sts",
        protocol: Protocol::Query,
        wire_name: "2011-06-15",
    },
];

/// A call: what is asked of which service, where, with which members.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) service: &'static Service,
    pub(crate) operation: String,
    pub(crate) region: Region,
    /// The id of the access key that signed it.
    pub(crate) key: String,
    pub(crate) members: BTreeMap<String, Shape>,
}

impl Call {
    /// Returns the action as IAM spells it.
    pub(crate) fn action(&self) -> String {
        format!("{}:{}", self.service.prefix, self.operation)
    }

    /// Returns whether the call changes nothing, by the words that AWS begins such names with.
    pub(crate) fn is_reading(&self) -> bool {
        ["Describe", "Filter", "Get", "List", "Lookup"]
            .iter()
            .any(|word| self.operation.starts_with(word))
    }

    /// Returns what tells this call from all others but its repetitions.
    pub(crate) fn identity(&self) -> String {
        format!("{} in {} {:?}", self.action(), self.region, self.members)
    }

    /// Returns the response to this call.
    pub(crate) fn respond(&self, answer: &Result<Shape, Refusal>) -> WireResponse {
        respond(self.service, &self.operation, answer)
    }
}

fn respond(service: &Service, operation: &str, answer: &Result<Shape, Refusal>) -> WireResponse {
    match service.protocol {
        Protocol::Json => json::respond(answer),
        Protocol::Query => query::respond(operation, service.wire_name, answer),
        Protocol::Cbor => cbor::respond(answer),
    }
}

/// Returns the call that a request makes.
///
/// A request in no protocol that a service speaks has no answer in one either: it is told as plain text.
pub(crate) fn decode(request: &WireRequest) -> Result<Call, WireResponse> {
    let unknown = |reason: &str| WireResponse {
        status: 404,
        headers: vec![("content-type", "text/plain".to_owned())],
        body: format!("the stand-in for AWS does not understand: {reason}").into_bytes(),
    };
    if request.method != "POST" {
        return Err(unknown("all calls are POST requests"));
    }
    let (wire_name, operation) = addressed(request).map_err(|reason| unknown(&reason))?;
    let service = SERVICES
        .iter()
        .find(|service| service.wire_name == wire_name)
        .ok_or_else(|| unknown(&format!("there is no service `{wire_name}`")))?;
    let refused = |refusal: Refusal| respond(service, &operation, &Err(refusal));
    let signature = signature::signature(request, service.signing_name).map_err(refused)?;
    let members = match service.protocol {
        Protocol::Json => json::members(&request.body),
        Protocol::Query => query::members(&request.body),
        Protocol::Cbor => cbor::members(&request.body),
    };
    let members = members.map_err(|reason| refused(Refusal::serialization(reason)))?;
    Ok(Call {
        service,
        region: signature.region,
        key: signature.key,
        members,
        operation,
    })
}

/// Returns the service and the operation that a request is addressed to, each in its protocol's way.
fn addressed(request: &WireRequest) -> Result<(String, String), String> {
    let header = |name: &str| request.headers.get(name).map_or("", String::as_str);
    if let Some(rest) = request.path.strip_prefix("/service/") {
        let (service, operation) = rest.split_once("/operation/").ok_or("the path")?;
        let (protocol, kind) = (header("smithy-protocol"), header("content-type"));
        return match (protocol, kind) {
            ("rpc-v2-cbor", "application/cbor") => Ok((service.to_owned(), operation.to_owned())),
            _ => Err(format!("protocol `{protocol}` with content `{kind}`")),
        };
    }
    if request.path != "/" {
        return Err(format!("the path `{}`", request.path));
    }
    match header("content-type") {
        "application/x-amz-json-1.1" => header("x-amz-target")
            .rsplit_once('.')
            .map(|(service, operation)| {
                let service = service.rsplit('.').next().unwrap_or(service);
                (service.to_owned(), operation.to_owned())
            })
            .ok_or_else(|| "no `X-Amz-Target`".to_owned()),
        "application/x-www-form-urlencoded" => query::addressed(&request.body),
        other => Err(format!("content of type `{other}`")),
    }
}
