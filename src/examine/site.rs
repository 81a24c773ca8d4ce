//! The first links: the trail, whether it records and delivers, and its log group.

use super::code::Code;
use super::link::{Link, LinkKind, LinkState};
use super::selectors;
use crate::desired::DesiredControl;
use crate::model::{LogGroupClass, Trail};
use crate::observed::{Observed, Site};

/// Returns the links from `trail` to `log-group` of a control at a site.
pub(super) fn links(observed: &Observed, site: Site<'_>, control: &DesiredControl) -> Vec<Link> {
    vec![
        trail_link(site.trail),
        logging_link(observed, site.trail),
        delivery_link(observed, site.trail),
        selectors_link(observed, site.trail, control),
        log_group_link(observed, site),
    ]
}

fn trail_link(trail: &Trail) -> Link {
    let name = &trail.arn.name;
    if trail.is_multi_region {
        return Link::in_place(
            LinkKind::Trail,
            format!("trail `{name}` in {}", trail.home_region),
        );
    }
    Link::new(
        LinkKind::Trail,
        LinkState::Human,
        Code::TrailNotMultiRegion,
        format!("trail `{name}` records {} alone", trail.home_region),
    )
}

fn logging_link(observed: &Observed, trail: &Trail) -> Link {
    match observed.status(&trail.arn) {
        Err(error) => Link::unread(LinkKind::Logging, &error),
        Ok(status) if status.is_logging => Link::in_place(LinkKind::Logging, "the trail records"),
        Ok(_) => Link::new(
            LinkKind::Logging,
            LinkState::Human,
            Code::TrailNotLogging,
            format!("trail `{}` is stopped", trail.arn.name),
        ),
    }
}

fn delivery_link(observed: &Observed, trail: &Trail) -> Link {
    match observed.status(&trail.arn) {
        Err(error) => Link::unread(LinkKind::Delivery, &error),
        Ok(status) => match &status.delivery_error {
            None => Link::in_place(LinkKind::Delivery, "no delivery error"),
            Some(error) => Link::new(
                LinkKind::Delivery,
                LinkState::Human,
                Code::DeliveryError,
                format!("the last delivery to the log group failed: {error}"),
            ),
        },
    }
}

fn selectors_link(observed: &Observed, trail: &Trail, control: &DesiredControl) -> Link {
    match observed.selectors(&trail.arn) {
        Err(error) => Link::unread(LinkKind::Selectors, &error),
        Ok(found) => match selectors::gap(found, &control.scope) {
            None => Link::in_place(
                LinkKind::Selectors,
                "the trail records the control's events",
            ),
            Some(gap) => Link::new(LinkKind::Selectors, LinkState::Human, gap.code, gap.detail),
        },
    }
}

fn log_group_link(observed: &Observed, site: Site<'_>) -> Link {
    let name = &site.log_group.name;
    let human = |code, detail| Link::new(LinkKind::LogGroup, LinkState::Human, code, detail);
    match observed.log_group(site.log_group) {
        Err(error) => Link::unread(LinkKind::LogGroup, &error),
        Ok(None) => human(
            Code::LogGroupMissing,
            format!("log group `{name}` does not exist"),
        ),
        Ok(Some(group)) if group.class == LogGroupClass::Standard => {
            Link::in_place(LinkKind::LogGroup, format!("log group `{name}`"))
        }
        Ok(Some(group)) => human(
            Code::LogGroupClassUnsuitable,
            format!(
                "log group `{name}` is of class {}, which has no metric filters",
                group.class
            ),
        ),
    }
}

/// Returns the link of an account in which no trail delivers to a log group of its own.
pub(super) fn no_site(observed: &Observed) -> Link {
    let human = |code, detail| Link::new(LinkKind::Trail, LinkState::Human, code, detail);
    let trails = match &observed.trails {
        Err(error) => return Link::unread(LinkKind::Trail, error),
        Ok(trails) => trails,
    };
    let foreign = trails
        .values()
        .find_map(|trail| Some((trail, trail.log_group.as_ref()?)));
    match (foreign, trails.values().next()) {
        (Some((trail, group)), _) => human(
            Code::LogGroupOtherAccount,
            format!(
                "trail `{}` delivers to a log group of account {}",
                trail.arn.name, group.account
            ),
        ),
        (None, Some(trail)) => human(
            Code::TrailWithoutLogGroup,
            format!("trail `{}` does not deliver to a log group", trail.arn.name),
        ),
        (None, None) => human(
            Code::TrailMissing,
            format!("there is no trail in {}", observed.region),
        ),
    }
}

/// Returns the link of an account whose events another account's organization trail records.
pub(super) fn inherited(trail: &Trail) -> Link {
    let (account, region) = trail
        .log_group
        .as_ref()
        .map_or((&trail.arn.account, &trail.home_region), |group| {
            (&group.account, &group.region)
        });
    Link::new(
        LinkKind::Trail,
        LinkState::InPlace,
        Code::TrailInherited,
        format!(
            "organization trail `{}` records this account: the filters belong in account {account}, {region}",
            trail.arn.name
        ),
    )
}
