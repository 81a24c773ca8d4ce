//! What is seen of an account from outside.

use std::collections::{BTreeMap, BTreeSet};

use cis_fix::sandbox::SandboxAccount;

/// Returns what an account holds by name, each thing with all that is known of it.
pub(super) fn things(account: &SandboxAccount) -> BTreeMap<String, String> {
    let mut things = BTreeMap::new();
    for held in account.log_groups().values() {
        for (name, filter) in held.filters.iter().flatten() {
            things.insert(format!("filter/{name}"), format!("{filter:?}"));
        }
    }
    for (name, held) in account.alarms().values().flatten() {
        things.insert(format!("alarm/{name}"), format!("{held:?}"));
    }
    for (arn, held) in account.topics() {
        things.insert(
            format!("topic/{}", arn.name),
            format!("{:?}", held.attributes),
        );
    }
    things
}

/// Returns the names of what is not the same in two accounts.
pub(super) fn changes(before: &SandboxAccount, after: &SandboxAccount) -> BTreeSet<String> {
    let (before, after) = (things(before), things(after));
    let names = before.keys().chain(after.keys());
    names
        .filter(|name| before.get(*name) != after.get(*name))
        .cloned()
        .collect()
}

/// Panics unless the journal names everything that is not as it was.
pub(super) fn assert_named(before: &SandboxAccount, after: &SandboxAccount, journal: &str) {
    for name in changes(before, after) {
        let plain = name.split_once('/').unwrap().1;
        let quoted = serde_json::to_string(plain).unwrap();
        assert!(
            journal.contains(&quoted) || journal.contains(quoted.trim_matches('"')),
            "{name} is not in the journal:\n{journal}"
        );
    }
}

/// Returns the mails that were sent to each endpoint of each topic.
pub(super) fn mails(account: &SandboxAccount) -> BTreeMap<String, u32> {
    let mut sent = BTreeMap::new();
    for (topic, held) in account.topics() {
        for subscription in held.subscriptions.iter().flatten() {
            let to = format!("{topic} {:?}", subscription.subscription.endpoint);
            *sent.entry(to).or_default() += subscription.confirmations_sent;
        }
    }
    sent
}
