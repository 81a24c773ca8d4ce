//! AWS CloudTrail.

use cis_fix::model::{
    AdvancedSelector, BasicSelector, EventSelectors, FieldSelector, ReadWrite, Region, Trail,
    TrailArn,
};
use cis_fix::sandbox::SandboxAccount;

use super::members::Members;
use super::{Refusal, Shape};

pub(super) fn describe_trails(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let with_shadows = given
        .optional_switch("includeShadowTrails")?
        .unwrap_or(true);
    let seen = account
        .clone()
        .starting_in(region.clone())
        .describe_trails()?;
    let own = |trail: &&Trail| {
        with_shadows || trail.home_region == *region && trail.arn.account == *account.account()
    };
    let trails = seen.iter().filter(own).map(trail).collect();
    Ok(Shape::members([("trailList", Some(Shape::List(trails)))]))
}

fn trail(trail: &Trail) -> Shape {
    let group = trail.log_group.as_ref();
    Shape::members([
        ("Name", Some(Shape::text(&trail.arn.name))),
        ("S3BucketName", Some(Shape::text("trail-bucket"))),
        (
            "IncludeGlobalServiceEvents",
            Some(Shape::Switch(trail.includes_global_services)),
        ),
        (
            "IsMultiRegionTrail",
            Some(Shape::Switch(trail.is_multi_region)),
        ),
        ("HomeRegion", Some(Shape::text(&trail.home_region))),
        ("TrailARN", Some(Shape::text(&trail.arn))),
        ("LogFileValidationEnabled", Some(Shape::Switch(true))),
        (
            "CloudWatchLogsLogGroupArn",
            group.map(|group| Shape::text(format!("{group}:*"))),
        ),
        ("HasCustomEventSelectors", Some(Shape::Switch(true))),
        ("HasInsightSelectors", Some(Shape::Switch(false))),
        (
            "IsOrganizationTrail",
            Some(Shape::Switch(trail.is_organization)),
        ),
    ])
}

/// Returns the trail that a call names. A name alone means one that this Region owns.
fn named(account: &SandboxAccount, region: &Region, name: &str) -> Result<TrailArn, Refusal> {
    if name.starts_with("arn:") {
        return TrailArn::parse(name)
            .map_err(|error| Refusal::new("CloudTrailARNInvalidException", error.to_string()));
    }
    let mut trails = account.trails().keys();
    trails
        .find(|trail| {
            trail.name == name && trail.region == *region && trail.account == *account.account()
        })
        .cloned()
        .ok_or_else(|| {
            let message = format!("Unknown trail: {name} for the user: {}", account.account());
            Refusal::new("TrailNotFoundException", message)
        })
}

/// Refuses to speak of a single-Region trail elsewhere than at its home.
fn check_place(account: &SandboxAccount, region: &Region, trail: &TrailArn) -> Result<(), Refusal> {
    let held = account.trails().get(trail).map(|held| &held.trail);
    match held {
        Some(held) if !held.is_multi_region && held.home_region != *region => {
            let message = format!("Unknown trail: {trail} for the user: {}", account.account());
            Err(Refusal::new("TrailNotFoundException", message))
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn status(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let trail = named(account, region, &given.text("Name")?)?;
    check_place(account, region, &trail)?;
    let status = account.get_trail_status(&trail)?;
    Ok(Shape::members([
        ("IsLogging", Some(Shape::Switch(status.is_logging))),
        ("LatestDeliveryTime", Some(Shape::Time(1_700_000_000))),
        (
            "LatestCloudWatchLogsDeliveryError",
            status.delivery_error.map(Shape::Text),
        ),
        (
            "TimeLoggingStarted",
            Some(Shape::text("2023-11-14T22:13:20Z")),
        ),
    ]))
}

pub(super) fn event_selectors(
    account: &SandboxAccount,
    region: &Region,
    given: &mut Members,
) -> Result<Shape, Refusal> {
    let trail = named(account, region, &given.text("TrailName")?)?;
    check_place(account, region, &trail)?;
    let (basic, advanced) = match account.get_event_selectors(&trail)? {
        EventSelectors::Basic(selectors) => (Some(selectors.iter().map(basic).collect()), None),
        EventSelectors::Advanced(selectors) => (
            None,
            Some(selectors.iter().map(advanced_selector).collect()),
        ),
    };
    Ok(Shape::members([
        ("TrailARN", Some(Shape::text(&trail))),
        ("EventSelectors", basic.map(Shape::List)),
        ("AdvancedEventSelectors", advanced.map(Shape::List)),
    ]))
}

fn basic(selector: &BasicSelector) -> Shape {
    let read_write = match selector.read_write {
        ReadWrite::All => "All",
        ReadWrite::ReadOnly => "ReadOnly",
        ReadWrite::WriteOnly => "WriteOnly",
    };
    let excluded: Vec<_> = selector.excluded_sources.iter().cloned().collect();
    Shape::members([
        ("ReadWriteType", Some(Shape::text(read_write))),
        (
            "IncludeManagementEvents",
            Some(Shape::Switch(selector.includes_management_events)),
        ),
        ("DataResources", Some(Shape::List(Vec::new()))),
        (
            "ExcludeManagementEventSources",
            Some(Shape::texts(&excluded)),
        ),
    ])
}

fn advanced_selector(selector: &AdvancedSelector) -> Shape {
    let fields = selector.fields.iter().map(field).collect();
    Shape::members([
        ("Name", Some(Shape::text("a selector"))),
        ("FieldSelectors", Some(Shape::List(fields))),
    ])
}

fn field(selector: &FieldSelector) -> Shape {
    let listed = |values: &[String]| (!values.is_empty()).then(|| Shape::texts(values));
    Shape::members([
        ("Field", Some(Shape::text(&selector.field))),
        ("Equals", listed(&selector.equals)),
        ("StartsWith", listed(&selector.starts_with)),
        ("EndsWith", listed(&selector.ends_with)),
        ("NotEquals", listed(&selector.not_equals)),
        ("NotStartsWith", listed(&selector.not_starts_with)),
        ("NotEndsWith", listed(&selector.not_ends_with)),
    ])
}
