//! The kinds of faults, each as the service that is called would show it, and how a call with it must end.

use cis_fix::model::CallErrorKind;
use serde_json::Value;

use crate::support::fake::Fault;
use crate::support::wire::{Call, Protocol, WireResponse};

/// A kind of fault.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// How often an equal call goes wrong; or all calls from this one on.
    pub(crate) times: Times,
    /// What goes wrong with a call; nothing where the fault makes no sense.
    pub(crate) fault: fn(&Call) -> Option<Fault>,
    pub(crate) end: fn(&Call) -> End,
    /// Whether it costs a timeout.
    pub(crate) is_slow: bool,
}

/// How often something goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Times {
    Often(usize),
    ForEver,
    /// This call and all others after it.
    FromOn,
}

/// How a call with a fault ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// As if nothing had been.
    Overcome,
    /// With this error.
    Fails(CallErrorKind),
    /// With either; what came back may be understood or not.
    Either,
}

pub(crate) fn is_write(call: &Call) -> bool {
    !call.is_reading()
}

fn is_subscribe(call: &Call) -> bool {
    call.action() == "sns:Subscribe"
}

/// A fault with the codes of the services: of SNS, CloudWatch, CloudWatch Logs, and the others.
#[expect(
    clippy::unnecessary_wraps,
    reason = "a fault that makes sense everywhere"
)]
fn by_service(call: &Call, codes: [(u16, &'static str); 4]) -> Option<Fault> {
    let [sns, cloudwatch, logs, others] = codes;
    let (status, code) = match call.service.prefix {
        "sns" => sns,
        "cloudwatch" | "sts" => cloudwatch,
        "logs" => logs,
        _ => others,
    };
    Some(Fault::Refuse(status, code))
}

fn throttle(call: &Call) -> Option<Fault> {
    let plain = (400, "ThrottlingException");
    by_service(
        call,
        [(429, "Throttled"), (400, "Throttling"), plain, plain],
    )
}

fn key_throttle(call: &Call) -> Option<Fault> {
    (call.service.prefix == "sns").then_some(Fault::Refuse(400, "KMSThrottling"))
}

fn internal(call: &Call) -> Option<Fault> {
    by_service(
        call,
        [
            (500, "InternalError"),
            (500, "InternalServiceError"),
            (503, "ServiceUnavailableException"),
            (500, "InternalFailure"),
        ],
    )
}

fn denied(call: &Call) -> Option<Fault> {
    let plain = (400, "AccessDeniedException");
    by_service(
        call,
        [
            (403, "AuthorizationError"),
            (403, "AccessDenied"),
            plain,
            plain,
        ],
    )
}

fn conflict(call: &Call) -> Option<Fault> {
    by_service(
        call,
        [
            (400, "ConcurrentAccess"),
            (429, "ConcurrentModificationException"),
            (400, "OperationAbortedException"),
            (400, "ConflictException"),
        ],
    )
}

fn quota(call: &Call) -> Option<Fault> {
    let logs = (400, "LimitExceededException");
    let sns = if is_subscribe(call) {
        (403, "SubscriptionLimitExceeded")
    } else {
        (403, "TopicLimitExceeded")
    };
    by_service(call, [sns, (400, "LimitExceeded"), logs, logs])
}

fn expired(call: &Call) -> Option<Fault> {
    let [short, long] = [(403, "ExpiredToken"), (400, "ExpiredTokenException")];
    by_service(call, [short, short, long, long])
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "a fault that makes sense everywhere"
)]
fn after(fault: Fault) -> Option<Fault> {
    Some(Fault::After(Box::new(fault)))
}

/// A body in which each member is a number, or which is no document at all.
fn wrong_types(response: &WireResponse) -> Vec<u8> {
    match serde_json::from_slice(&response.body) {
        Ok(Value::Object(members)) => {
            let members = members.into_iter().map(|(name, _)| (name, Value::from(7)));
            Value::Object(members.collect()).to_string().into_bytes()
        }
        _ if response.body.first() == Some(&b'<') => b"<a><b></a>".to_vec(),
        // A number of CBOR where a map should be.
        _ => vec![0x07],
    }
}

/// A body in which each member comes twice, the second time without a value.
fn duplicate_keys(response: &WireResponse) -> Vec<u8> {
    let Ok(Value::Object(members)) = serde_json::from_slice(&response.body) else {
        return response.body.clone();
    };
    let once = |(name, value): (&String, &Value)| format!("{}:{value}", Value::from(name.clone()));
    let members: Vec<_> = members
        .iter()
        .map(once)
        .chain(members.keys().map(|name| once((name, &Value::Null))))
        .collect();
    format!("{{{}}}", members.join(",")).into_bytes()
}

/// What loses a call on its way there: it is sent again, but for what sends mail.
fn lost_on_the_way(kind: CallErrorKind) -> impl Fn(&Call) -> End {
    move |call| {
        if is_subscribe(call) {
            End::Fails(kind)
        } else {
            End::Overcome
        }
    }
}

const fn quick(
    name: &'static str,
    times: Times,
    fault: fn(&Call) -> Option<Fault>,
    end: fn(&Call) -> End,
) -> Kind {
    Kind {
        name,
        times,
        fault,
        end,
        is_slow: false,
    }
}

const ONCE: Times = Times::Often(1);
const TWICE: Times = Times::Often(2);

/// The kinds of faults.
pub(crate) const KINDS: [Kind; 30] = [
    quick("throttled twice", TWICE, throttle, |_| End::Overcome),
    quick("throttled by a key", TWICE, key_throttle, |_| End::Overcome),
    quick(
        "throttled in between",
        TWICE,
        |_| Some(Fault::Gateway(429)),
        |_| End::Overcome,
    ),
    quick("throttled for ever", Times::ForEver, throttle, |_| {
        End::Fails(CallErrorKind::Throttled)
    }),
    quick("failed once", ONCE, internal, |call| {
        lost_on_the_way(CallErrorKind::Service)(call)
    }),
    quick("failed for ever", Times::ForEver, internal, |_| {
        End::Fails(CallErrorKind::Service)
    }),
    quick(
        "bad gateway",
        ONCE,
        |_| Some(Fault::Gateway(502)),
        |call| lost_on_the_way(CallErrorKind::Service)(call),
    ),
    quick(
        "cut off before",
        ONCE,
        |_| Some(Fault::Reset),
        |call| lost_on_the_way(CallErrorKind::Service)(call),
    ),
    quick(
        "cut off before for ever",
        Times::ForEver,
        |_| Some(Fault::Reset),
        |_| End::Fails(CallErrorKind::Service),
    ),
    quick(
        "cut off after",
        ONCE,
        |_| Some(Fault::ResetAfter),
        |_| End::Overcome,
    ),
    quick(
        "failed after",
        ONCE,
        |_| after(Fault::Gateway(500)),
        |_| End::Overcome,
    ),
    quick(
        "broken off",
        ONCE,
        |_| Some(Fault::BreakOff),
        |_| End::Overcome,
    ),
    quick("denied", Times::ForEver, denied, |_| {
        End::Fails(CallErrorKind::Denied)
    }),
    quick("conflict twice", TWICE, conflict, |_| End::Overcome),
    quick("conflict for ever", Times::ForEver, conflict, |_| {
        End::Fails(CallErrorKind::Conflict)
    }),
    quick("quota", Times::ForEver, quota, |_| {
        End::Fails(CallErrorKind::Quota)
    }),
    quick("expired once", ONCE, expired, |_| End::Overcome),
    quick("expired from here on", Times::FromOn, expired, |_| {
        End::Fails(CallErrorKind::Credentials)
    }),
    quick(
        "a page of something else",
        ONCE,
        |_| Some(Fault::Gateway(200)),
        strange,
    ),
    quick(
        "a page of something else after",
        ONCE,
        |_| after(Fault::Gateway(200)),
        strange,
    ),
    quick("garbage after", ONCE, |_| after(Fault::Garbage), strange),
    quick(
        "empty after",
        ONCE,
        |_| Some(Fault::Body(|_| Vec::new())),
        |_| End::Either,
    ),
    quick(
        "huge after",
        ONCE,
        |_| Some(Fault::Body(|_| vec![b'x'; 3_000_000])),
        strange,
    ),
    quick(
        "wrong types",
        ONCE,
        |_| Some(Fault::Body(wrong_types)),
        |_| End::Either,
    ),
    quick(
        "duplicate keys",
        ONCE,
        |call| (call.service.protocol == Protocol::Json).then_some(Fault::Body(duplicate_keys)),
        |_| End::Either,
    ),
    quick(
        "an empty page",
        ONCE,
        |_| Some(Fault::EmptyPage),
        |_| End::Overcome,
    ),
    quick(
        "pages in a circle",
        Times::ForEver,
        |_| Some(Fault::RepeatedToken),
        |call| {
            if is_paged(call) {
                End::Fails(CallErrorKind::Malformed)
            } else {
                End::Overcome
            }
        },
    ),
    quick(
        "delivered twice",
        ONCE,
        |_| Some(Fault::Twice),
        |_| End::Overcome,
    ),
    slow(
        "silence once",
        ONCE,
        |_| Some(Fault::Hang),
        |call| lost_on_the_way(CallErrorKind::Timeout)(call),
    ),
    slow(
        "silence after",
        ONCE,
        |_| after(Fault::Hang),
        |_| End::Overcome,
    ),
];

/// The kinds of faults that cost a timeout at each attempt and would not pay for every call.
pub(crate) const LONG_KINDS: [Kind; 2] = [
    slow(
        "silence for ever",
        Times::ForEver,
        |_| Some(Fault::Hang),
        |_| End::Fails(CallErrorKind::Timeout),
    ),
    slow("slow drip", ONCE, |_| Some(Fault::Drip), |_| End::Overcome),
];

/// The names of the faults of the connection itself: cut, silent, broken off or too slow, before and after a call is
/// performed, once and for ever.
pub(crate) const OF_CONNECTIONS: [&str; 8] = [
    "cut off before",
    "cut off before for ever",
    "cut off after",
    "broken off",
    "silence once",
    "silence after",
    "silence for ever",
    "slow drip",
];

const fn slow(
    name: &'static str,
    times: Times,
    fault: fn(&Call) -> Option<Fault>,
    end: fn(&Call) -> End,
) -> Kind {
    Kind {
        is_slow: true,
        ..quick(name, times, fault, end)
    }
}

/// An answer that nobody understands: a reading fails, a write is looked for and tried again.
fn strange(call: &Call) -> End {
    if is_subscribe(call) {
        End::Either
    } else if is_write(call) {
        End::Overcome
    } else {
        End::Fails(CallErrorKind::Malformed)
    }
}

fn is_paged(call: &Call) -> bool {
    [
        "logs:DescribeLogGroups",
        "logs:DescribeMetricFilters",
        "cloudwatch:DescribeAlarms",
        "sns:ListSubscriptionsByTopic",
    ]
    .contains(&call.action().as_str())
}
