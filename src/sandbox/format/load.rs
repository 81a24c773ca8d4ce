//! From the shapes of the text to an account, with every mistake of meaning.

mod alarm;
mod logs;
mod mistakes;
mod topic;
mod trail;

use std::collections::BTreeMap;

use crate::model::{
    AccountId, CallError, CallErrorKind, Identity, LogGroupArn, Partition, Region, TopicArn,
};
use crate::sandbox::account::{Absent, Extent, SandboxAccount};
use crate::sandbox::unreadable::{READ_ACTIONS, Unreadable};

use super::error::FormatError;
use super::shape;
use mistakes::Mistakes;

pub(super) use alarm::metric_alarm;
pub(super) use logs::filter;

/// Whose account it is, as far as the text says so, and how strictly the rest is judged.
struct Owner {
    account: Option<AccountId>,
    partition: Option<Partition>,
    is_complete: bool,
}

impl Owner {
    /// Returns whether a resource of this partition and account is another's.
    ///
    /// Of a partial account nothing is held against the text: it was observed, not written.
    fn is_strange(&self, partition: &Partition, account: &AccountId) -> bool {
        let other_partition = self.partition.as_ref().is_some_and(|own| own != partition);
        let other_account = self.account.as_ref().is_some_and(|own| own != account);
        self.is_complete && (other_partition || other_account)
    }

    /// Returns a fact, or in a complete account what stands for one that is left out.
    fn or_default<T>(&self, fact: Option<T>, default: impl FnOnce() -> T) -> Option<T> {
        match fact {
            None if self.is_complete => Some(default()),
            Some(_) | None => fact,
        }
    }
}

pub(super) fn account(shape: shape::Account) -> Result<SandboxAccount, FormatError> {
    let shape::Account {
        schema: _,
        extent,
        account,
        partition,
        region,
        caller,
        trails,
        log_groups,
        alarms,
        topics,
        keys,
        absent,
        unreadable,
    } = shape;
    let mut mistakes = Mistakes::default();
    let owner = owner(extent, &account, &partition, &mut mistakes);
    let region = mistakes.take("region", Region::parse(&region));
    let extent = self::extent(extent, absent, &mut mistakes);
    let trails = trail::trails(trails, &owner, &mut mistakes);
    let log_groups = logs::log_groups(log_groups, &owner, &mut mistakes);
    let alarms = alarm::alarms(alarms, &owner, &mut mistakes);
    let topics = topic::topics(topics, &owner, &mut mistakes);
    let keys = topic::keys(keys, &owner, &mut mistakes);
    let unreadable = self::unreadable(unreadable, &mut mistakes);
    let (Some(identity), Some(region)) = (identity(owner, caller, &mut mistakes), region) else {
        return Err(mistakes.into_error());
    };
    let loaded = SandboxAccount {
        identity,
        region,
        extent,
        trails,
        log_groups,
        alarms,
        topics,
        keys,
        unreadable,
        history: BTreeMap::new(),
    };
    if mistakes.is_empty() {
        trail::check_log_groups(&loaded, &mut mistakes);
    }
    if mistakes.is_empty() {
        Ok(loaded)
    } else {
        Err(mistakes.into_error())
    }
}

fn owner(extent: shape::Extent, account: &str, partition: &str, mistakes: &mut Mistakes) -> Owner {
    let parsed = Partition::parse(partition);
    if parsed.is_none() {
        mistakes.add("partition", format!("`{partition}` is not a partition"));
    }
    Owner {
        account: mistakes.take("account", AccountId::parse(account)),
        partition: parsed,
        is_complete: match extent {
            shape::Extent::Complete => true,
            shape::Extent::Partial => false,
        },
    }
}

fn identity(owner: Owner, caller: String, mistakes: &mut Mistakes) -> Option<Identity> {
    let Owner {
        account,
        partition,
        is_complete,
    } = owner;
    let account = account?;
    if is_complete && caller.split(':').nth(4) != Some(account.as_str()) {
        let message = format!("`{caller}` is not the ARN of somebody in account `{account}`");
        mistakes.add("caller", message);
    }
    Some(Identity {
        account,
        partition: partition?,
        arn: caller,
    })
}

fn extent(extent: shape::Extent, absent: Option<shape::Absent>, mistakes: &mut Mistakes) -> Extent {
    match (extent, absent) {
        (shape::Extent::Complete, None) => Extent::Complete,
        (shape::Extent::Complete, Some(_)) => {
            let message = "in a complete account everything that is not listed is absent";
            mistakes.add("absent", message);
            Extent::Complete
        }
        (shape::Extent::Partial, absent) => {
            Extent::Partial(self::absent(absent.unwrap_or_default(), mistakes))
        }
    }
}

fn absent(shape: shape::Absent, mistakes: &mut Mistakes) -> Absent {
    let shape::Absent {
        log_groups,
        topics,
        keys,
    } = shape;
    let mut absent = Absent::default();
    for (index, arn) in log_groups.iter().enumerate() {
        let place = format!("absent.log_groups[{index}]");
        absent
            .log_groups
            .extend(mistakes.take(&place, LogGroupArn::parse(arn)));
    }
    for (index, arn) in topics.iter().enumerate() {
        let place = format!("absent.topics[{index}]");
        absent
            .topics
            .extend(mistakes.take(&place, TopicArn::parse(arn)));
    }
    for (name, keys) in keys {
        let region = mistakes.take(&format!("absent.keys.{name}"), Region::parse(&name));
        let pairs = keys.into_iter().map(|key| Some((region.clone()?, key)));
        absent.keys.extend(pairs.flatten());
    }
    absent
}

fn unreadable(shapes: Vec<shape::Failure>, mistakes: &mut Mistakes) -> Unreadable {
    let mut unreadable = Unreadable::default();
    for (index, shape) in shapes.into_iter().enumerate() {
        let place = format!("unreadable[{index}]");
        let shape::Failure {
            action,
            resource,
            kind,
            code,
            message,
            request_id,
        } = shape;
        if !READ_ACTIONS.contains(&action.as_str()) {
            let hint = mistakes::likeliest(&action, READ_ACTIONS);
            let message = format!("no reading needs `{action}`{hint}");
            mistakes.add(&format!("{place}.action"), message);
        }
        if unreadable.holds(&action, resource.as_deref()) {
            mistakes.add(&place, "the same action and resource are listed twice");
        }
        let error = CallError {
            action,
            kind: failure_kind(kind),
            code,
            message,
            request_id,
        };
        unreadable.add(resource.as_deref(), error);
    }
    unreadable
}

/// Inserts under a key that must be new.
fn insert_new<K: Ord + ToString, V>(
    map: &mut BTreeMap<K, V>,
    key: K,
    value: V,
    mistakes: &mut Mistakes,
    place: &str,
) {
    let name = key.to_string();
    if map.insert(key, value).is_some() {
        mistakes.add(place, format!("`{name}` is listed twice"));
    }
}

fn failure_kind(kind: shape::FailureKind) -> CallErrorKind {
    match kind {
        shape::FailureKind::Denied => CallErrorKind::Denied,
        shape::FailureKind::Credentials => CallErrorKind::Credentials,
        shape::FailureKind::Throttled => CallErrorKind::Throttled,
        shape::FailureKind::Quota => CallErrorKind::Quota,
        shape::FailureKind::NotFound => CallErrorKind::NotFound,
        shape::FailureKind::Conflict => CallErrorKind::Conflict,
        shape::FailureKind::Invalid => CallErrorKind::Invalid,
        shape::FailureKind::Unsupported => CallErrorKind::Unsupported,
        shape::FailureKind::Service => CallErrorKind::Service,
        shape::FailureKind::Timeout => CallErrorKind::Timeout,
        shape::FailureKind::Unreachable => CallErrorKind::Unreachable,
        shape::FailureKind::Malformed => CallErrorKind::Malformed,
    }
}
