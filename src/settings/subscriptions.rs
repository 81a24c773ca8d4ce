//! `[[subscription]]`: who should be subscribed to the topic.
//!
//! Web addresses are often secrets, so the file is shown without them when something is wrong.

use std::collections::BTreeSet;

use crate::model::{Endpoint, Protocol};
use crate::toml_source::{Placed, Table};

/// Reads the subscriptions; the same endpoint twice is a mistake.
pub(super) fn read(tables: Vec<Table<'_>>) -> Option<BTreeSet<Endpoint>> {
    let mut endpoints = BTreeSet::new();
    let mut complete = true;
    for table in tables {
        let document = table.document();
        match endpoint(table) {
            None => complete = false,
            Some(endpoint) => {
                if endpoints.contains(&endpoint.value) {
                    document.record(
                        endpoint.span,
                        format!("`{}` is subscribed twice", endpoint.value),
                    );
                }
                endpoints.insert(endpoint.value);
            }
        }
    }
    complete.then_some(endpoints)
}

fn endpoint(mut table: Table<'_>) -> Option<Placed<Endpoint>> {
    let document = table.document();
    let choices = Protocol::ALL.map(|protocol| (protocol.as_str(), protocol));
    let protocol = table
        .required("protocol")
        .and_then(|member| member.choice(&choices));
    let address = table.required("endpoint").and_then(|member| member.text());
    table.close();
    if let Some(address) = &address
        && protocol
            .as_ref()
            .is_none_or(|protocol| matches!(protocol.value, Protocol::Http | Protocol::Https))
    {
        document.hide(address.span.clone());
    }
    let (protocol, address) = (protocol?, address?);
    if protocol.value == Protocol::Firehose {
        // SNS API, `Subscribe`: a delivery stream needs the attribute `SubscriptionRoleArn`.
        document.record(
            protocol.span,
            "a `firehose` subscription needs a role, which cis-fix does not set",
        );
        return None;
    }
    match Endpoint::parse(protocol.value, address.value) {
        Ok(value) => Some(Placed {
            value,
            span: address.span,
        }),
        Err(refusal) => {
            document.record(address.span, refusal);
            None
        }
    }
}
