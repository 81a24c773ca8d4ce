//! What auditors ask of a trail, and of the filters of its log group.

use super::Audit;
use super::onward::onward;
use super::stop::{FILTER, LOG_GROUP, SELECTORS, STATUS, Stop, TRAIL};
use crate::auditors::{Ask, Elsewhere};
use crate::model::{
    AdvancedSelector, BasicSelector, EventSelectors, LogGroupArn, ReadWrite, Trail, TrailStatus,
};

impl Audit<'_> {
    /// Follows the chain of one trail to its end.
    pub(super) fn along(self, trail: &Trail) -> Result<(), Stop> {
        self.trail_is_as_asked(trail)?;
        let group = match (&trail.log_group, self.own_log_group(trail)) {
            (_, Some(group)) => group,
            (None, _) => return Err(Stop::because(LOG_GROUP, "the trail has no log group")),
            (Some(group), None) => {
                let reason = format!(
                    "the log group is in account {}, {}",
                    group.account, group.region
                );
                return Err(Stop::because(LOG_GROUP, reason));
            }
        };
        self.filters_of(group)
    }

    /// Returns whether the trail itself is as asked.
    pub(super) fn trail_is_as_asked(self, trail: &Trail) -> Result<(), Stop> {
        if self.asks.contains(&Ask::MultiRegion) && !trail.is_multi_region {
            return Err(Stop::because(TRAIL, "the trail records one Region alone"));
        }
        let asks_status = [Ask::Logging, Ask::NoDeliveryError]
            .iter()
            .any(|ask| self.asks.contains(ask));
        if asks_status {
            let status = self.observed.status(&trail.arn);
            self.status_is_as_asked(status.map_err(|error| Stop::unread(STATUS, &error))?)?;
        }
        let asks_selectors = [
            Ask::BasicSelectorAll,
            Ask::BasicSelectorAllManagement,
            Ask::ManagementSelector,
            Ask::NoExcludedSources,
        ]
        .iter()
        .any(|ask| self.asks.contains(ask));
        if asks_selectors {
            let found = self.observed.selectors(&trail.arn);
            self.selectors_are_as_asked(found.map_err(|error| Stop::unread(SELECTORS, &error))?)?;
        }
        Ok(())
    }

    fn status_is_as_asked(self, status: &TrailStatus) -> Result<(), Stop> {
        if self.asks.contains(&Ask::Logging) && !status.is_logging {
            return Err(Stop::because(STATUS, "the trail is stopped"));
        }
        if self.asks.contains(&Ask::NoDeliveryError) && status.delivery_error.is_some() {
            return Err(Stop::because(
                STATUS,
                "the last delivery to the log group failed",
            ));
        }
        Ok(())
    }

    fn selectors_are_as_asked(self, found: &EventSelectors) -> Result<(), Stop> {
        let basic: &[BasicSelector] = match found {
            EventSelectors::Basic(selectors) => selectors,
            EventSelectors::Advanced(_) => &[],
        };
        let is_met = |ask: &Ask| match ask {
            Ask::BasicSelectorAll => basic
                .iter()
                .any(|selector| selector.read_write == ReadWrite::All),
            Ask::BasicSelectorAllManagement => basic.iter().any(|selector| {
                selector.read_write == ReadWrite::All && selector.includes_management_events
            }),
            Ask::ManagementSelector => match found {
                EventSelectors::Basic(selectors) => selectors
                    .iter()
                    .any(|selector| selector.includes_management_events),
                EventSelectors::Advanced(selectors) => selectors.iter().any(takes_management),
            },
            Ask::NoExcludedSources => basic
                .iter()
                .all(|selector| selector.excluded_sources.is_empty()),
            Ask::MultiRegion
            | Ask::Logging
            | Ask::NoDeliveryError
            | Ask::OwnLogGroup
            | Ask::AlarmAction
            | Ask::Subscription
            | Ask::ConfirmedSubscription => true,
        };
        match self.asks.iter().find(|ask| !is_met(ask)) {
            None => Ok(()),
            Some(Ask::NoExcludedSources) => Err(Stop::because(
                SELECTORS,
                "the trail leaves out the events of a service",
            )),
            Some(_) if matches!(found, EventSelectors::Advanced(_)) && basic.is_empty() => {
                let reason = "it does not read the trail's advanced selectors";
                Err(Stop::because(SELECTORS, reason))
            }
            Some(_) => Err(Stop::because(
                SELECTORS,
                "no selector takes all management events",
            )),
        }
    }

    /// Returns the trail's log group if it is where the auditor looks for it.
    pub(super) fn own_log_group(self, trail: &Trail) -> Option<&LogGroupArn> {
        let is_near = |group: &&LogGroupArn| {
            !self.asks.contains(&Ask::OwnLogGroup)
                || group.region == self.observed.region
                || self.profile.elsewhere == Elsewhere::Fails
        };
        trail
            .log_group
            .as_ref()
            .filter(|group| group.account == self.observed.identity.account)
            .filter(is_near)
    }

    /// Returns whether every trail delivers to another account or Region, and at least one does.
    pub(super) fn all_elsewhere(self, trails: &[&Trail]) -> bool {
        let multi_region: Vec<&&Trail> = trails
            .iter()
            .filter(|trail| trail.is_multi_region && trail.log_group.is_some())
            .collect();
        let is_elsewhere = |trail: &&&Trail| {
            trail.arn.account != self.observed.identity.account
                || trail.home_region != self.observed.region
        };
        !multi_region.is_empty() && multi_region.iter().all(is_elsewhere)
    }

    /// Returns whether a filter of the log group is accepted and leads on as asked.
    pub(super) fn filters_of(self, group: &LogGroupArn) -> Result<(), Stop> {
        let filters = self
            .observed
            .filters(group)
            .map_err(|error| Stop::unread(FILTER, &error))?;
        let mut furthest = Stop::because(FILTER, self.no_text());
        for filter in filters.iter().filter(|filter| self.accepts(filter)) {
            match onward(self, filter, &group.region) {
                Ok(()) => return Ok(()),
                Err(stop) => {
                    if (stop.is_unread, stop.depth) > (furthest.is_unread, furthest.depth) {
                        furthest = stop;
                    }
                }
            }
        }
        Err(furthest)
    }
}

/// Returns whether an advanced selector takes management events.
fn takes_management(selector: &AdvancedSelector) -> bool {
    selector.fields.iter().any(|field| {
        field.field == "eventCategory" && field.equals.iter().any(|value| value == "Management")
    })
}
