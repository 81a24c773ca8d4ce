//! Trails of the text.

use std::collections::BTreeMap;

use crate::model::{
    AdvancedSelector, BasicSelector, EventSelectors, FieldSelector, LogGroupArn, ReadWrite, Region,
    Trail, TrailArn, TrailStatus,
};
use crate::sandbox::account::{Extent, SandboxAccount, SandboxTrail};
use crate::sandbox::format::shape;
use crate::sandbox::scene::all_management_events;

use super::mistakes::Mistakes;
use super::{Owner, insert_new};

pub(super) fn trails(
    shapes: Vec<shape::Trail>,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> BTreeMap<TrailArn, SandboxTrail> {
    let mut trails = BTreeMap::new();
    for (index, shape) in shapes.into_iter().enumerate() {
        let place = format!("trails[{index}]");
        if let Some(held) = trail(shape, &place, owner, mistakes) {
            insert_new(&mut trails, held.trail.arn.clone(), held, mistakes, &place);
        }
    }
    trails
}

fn trail(
    shape: shape::Trail,
    place: &str,
    owner: &Owner,
    mistakes: &mut Mistakes,
) -> Option<SandboxTrail> {
    let shape::Trail {
        arn,
        home_region,
        multi_region,
        organization,
        global_services,
        log_group,
        status,
        selectors,
    } = shape;
    let arn = mistakes.take(&format!("{place}.arn"), TrailArn::parse(&arn));
    let home_region = mistakes.take(&format!("{place}.home_region"), Region::parse(&home_region));
    let log_group = log_group
        .and_then(|text| mistakes.take(&format!("{place}.log_group"), LogGroupArn::parse(&text)));
    if owner.is_complete && status.is_none() {
        mistakes.add(place, "`status` is missing");
    }
    let arn = arn?;
    if !organization && owner.is_strange(&arn.partition, &arn.account) {
        let message = "a trail of another account is seen only when it is an organization's";
        mistakes.add(&format!("{place}.arn"), message);
    }
    Some(SandboxTrail {
        trail: Trail {
            arn,
            home_region: home_region?,
            is_multi_region: multi_region,
            is_organization: organization,
            includes_global_services: global_services,
            log_group,
        },
        status: status.map(self::status),
        selectors: owner.or_default(selectors.map(self::selectors), all_management_events),
    })
}

/// Checks that the account's own log groups that trails deliver to are there.
pub(super) fn check_log_groups(account: &SandboxAccount, mistakes: &mut Mistakes) {
    if *account.extent() != Extent::Complete {
        return;
    }
    for (trail, held) in account.trails() {
        if let Some(log_group) = &held.trail.log_group
            && account.owns(&log_group.partition, &log_group.account)
            && !account.log_groups().contains_key(log_group)
        {
            let message = format!("`{trail}` delivers to `{log_group}`, which is not listed");
            mistakes.add("trails", message);
        }
    }
}

fn status(shape: shape::Status) -> TrailStatus {
    let shape::Status {
        logging,
        delivery_error,
    } = shape;
    TrailStatus {
        is_logging: logging,
        delivery_error,
    }
}

fn selectors(shape: shape::Selectors) -> EventSelectors {
    match shape {
        shape::Selectors::Basic(list) => {
            EventSelectors::Basic(list.into_iter().map(basic).collect())
        }
        shape::Selectors::Advanced(list) => {
            EventSelectors::Advanced(list.into_iter().map(advanced).collect())
        }
    }
}

fn basic(shape: shape::Basic) -> BasicSelector {
    let shape::Basic {
        read_write,
        management_events,
        excluded_sources,
    } = shape;
    BasicSelector {
        read_write: match read_write {
            shape::ReadWrite::All => ReadWrite::All,
            shape::ReadWrite::ReadOnly => ReadWrite::ReadOnly,
            shape::ReadWrite::WriteOnly => ReadWrite::WriteOnly,
        },
        includes_management_events: management_events,
        excluded_sources: excluded_sources.into_iter().collect(),
    }
}

fn advanced(shape: shape::Advanced) -> AdvancedSelector {
    let shape::Advanced { fields } = shape;
    AdvancedSelector {
        fields: fields.into_iter().map(field).collect(),
    }
}

fn field(shape: shape::Field) -> FieldSelector {
    let shape::Field {
        field,
        equals,
        starts_with,
        ends_with,
        not_equals,
        not_starts_with,
        not_ends_with,
    } = shape;
    FieldSelector {
        field,
        equals,
        starts_with,
        ends_with,
        not_equals,
        not_starts_with,
        not_ends_with,
    }
}
