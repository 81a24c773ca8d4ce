//! Trails, their state and what they record (AWS CloudTrail API). Nothing here writes.

use aws_sdk_cloudtrail::types;

use super::attempt::Repeat;
use super::field::{malformed, needed, needed_text, parsed};
use super::services::Services;
use crate::model::{
    AdvancedSelector, BasicSelector, EventSelectors, FieldSelector, LogGroupArn, ReadWrite,
    Reading, Region, Trail, TrailArn, TrailStatus,
};

const TRAILS: &str = "cloudtrail:DescribeTrails";
const STATUS: &str = "cloudtrail:GetTrailStatus";
const SELECTORS: &str = "cloudtrail:GetEventSelectors";

/// Returns the trails of this Region and the copies of those that record it from elsewhere.
pub(super) async fn trails(services: &Services) -> Reading<Vec<Trail>> {
    let answer = services
        .call(TRAILS, Repeat::Freely, || {
            services
                .cloudtrail
                .describe_trails()
                .include_shadow_trails(true)
                .send()
        })
        .await?;
    answer.trail_list().iter().map(trail).collect()
}

fn trail(trail: &types::Trail) -> Reading<Trail> {
    let arn = needed(TRAILS, "TrailARN", trail.trail_arn())?;
    let home_region = needed(TRAILS, "HomeRegion", trail.home_region())?;
    let log_group = trail
        .cloud_watch_logs_log_group_arn()
        .filter(|arn| !arn.is_empty())
        .map(LogGroupArn::parse)
        .transpose();
    Ok(Trail {
        arn: parsed(TRAILS, TrailArn::parse(arn))?,
        home_region: parsed(TRAILS, Region::parse(home_region))?,
        is_multi_region: trail.is_multi_region_trail().unwrap_or(false),
        is_organization: trail.is_organization_trail().unwrap_or(false),
        includes_global_services: trail.include_global_service_events().unwrap_or(false),
        log_group: parsed(TRAILS, log_group)?,
    })
}

/// Returns whether `trail` records and delivers; asked for by ARN, since a copy is not known by name.
pub(super) async fn status(services: &Services, trail: &Trail) -> Reading<TrailStatus> {
    let answer = services
        .call(STATUS, Repeat::Freely, || {
            services
                .cloudtrail
                .get_trail_status()
                .name(trail.arn.to_string())
                .send()
        })
        .await?;
    let delivery_error = answer.latest_cloud_watch_logs_delivery_error();
    Ok(TrailStatus {
        is_logging: needed(STATUS, "IsLogging", answer.is_logging())?,
        delivery_error: delivery_error
            .filter(|error| !error.is_empty())
            .map(str::to_owned),
    })
}

/// Returns what `trail` records. A trail without any selector records all management events.
pub(super) async fn event_selectors(services: &Services, trail: &Trail) -> Reading<EventSelectors> {
    let answer = services
        .call(SELECTORS, Repeat::Freely, || {
            services
                .cloudtrail
                .get_event_selectors()
                .trail_name(trail.arn.to_string())
                .send()
        })
        .await?;
    if !answer.advanced_event_selectors().is_empty() {
        let advanced = answer.advanced_event_selectors();
        let selectors: Reading<_> = advanced.iter().map(advanced_selector).collect();
        return selectors.map(EventSelectors::Advanced);
    }
    if answer.event_selectors().is_empty() {
        return Ok(EventSelectors::Basic(vec![BasicSelector {
            read_write: ReadWrite::All,
            includes_management_events: true,
            excluded_sources: [].into(),
        }]));
    }
    let basic: Reading<_> = answer
        .event_selectors()
        .iter()
        .map(basic_selector)
        .collect();
    basic.map(EventSelectors::Basic)
}

/// Absent members have the defaults that the API reference gives for `EventSelector`.
fn basic_selector(selector: &types::EventSelector) -> Reading<BasicSelector> {
    let read_write = match selector.read_write_type() {
        None | Some(types::ReadWriteType::All) => ReadWrite::All,
        Some(types::ReadWriteType::ReadOnly) => ReadWrite::ReadOnly,
        Some(types::ReadWriteType::WriteOnly) => ReadWrite::WriteOnly,
        Some(other) => {
            let message = format!("`{}` is not a known `ReadWriteType`", other.as_str());
            return Err(malformed(SELECTORS, message));
        }
    };
    let excluded = selector.exclude_management_event_sources();
    Ok(BasicSelector {
        read_write,
        includes_management_events: selector.include_management_events().unwrap_or(true),
        excluded_sources: excluded.iter().cloned().collect(),
    })
}

fn advanced_selector(selector: &types::AdvancedEventSelector) -> Reading<AdvancedSelector> {
    let fields = selector.field_selectors().iter().map(field_selector);
    Ok(AdvancedSelector {
        fields: fields.collect::<Reading<_>>()?,
    })
}

fn field_selector(selector: &types::AdvancedFieldSelector) -> Reading<FieldSelector> {
    Ok(FieldSelector {
        field: needed_text(SELECTORS, "Field", Some(selector.field()))?,
        equals: selector.equals().to_vec(),
        starts_with: selector.starts_with().to_vec(),
        ends_with: selector.ends_with().to_vec(),
        not_equals: selector.not_equals().to_vec(),
        not_starts_with: selector.not_starts_with().to_vec(),
        not_ends_with: selector.not_ends_with().to_vec(),
    })
}
