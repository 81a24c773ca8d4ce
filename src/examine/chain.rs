//! Puts the links of one control together: which filter serves it, along which alarm, and what would mend it.

use std::cmp::Reverse;

use super::code::Code;
use super::companions::with_companions;
use super::coverage::{Reach, ReadFilter, Stance, is_about, stances};
use super::filter::{Beyond, Onward, blindness, onward};
use super::finding::{
    Lead, broader_remark, cover_link, nearest, not_compared, not_there, short_link,
};
use super::link::{Link, LinkKind, LinkState};
use super::mend::{alarm_repair, filter_repair, future_transformation, keep_or_refresh, repair};
use super::naming::{FilterNames, filter_names};
use super::{FilterRepair, Remark, Repair};
use crate::model::{Lane, LogGroupArn, MetricFilter};
use crate::pattern::{Pattern, Relation, compare_union};

/// The links from `filter` on, and what would mend them.
pub(super) struct Chain {
    pub(super) links: Vec<Link>,
    pub(super) remarks: Vec<Remark>,
    pub(super) repair: Option<Repair>,
}

impl Chain {
    /// Returns the chain along a covering filter.
    fn along(lead: &Lead<'_>) -> Self {
        Self {
            links: std::iter::once(cover_link(lead))
                .chain(lead.onward.links.clone())
                .collect(),
            remarks: broader_remark(lead).into_iter().collect(),
            repair: None,
        }
    }

    /// Returns the chain of which no more than this link is known.
    pub(super) fn ending_with(link: Link) -> Self {
        Self {
            links: vec![link],
            remarks: Vec::new(),
            repair: None,
        }
    }

    /// Returns the chain with its repair, or with the link that stands in the way of one.
    fn with(mut self, repair: Result<Repair, Link>) -> Self {
        match repair {
            Ok(repair) => self.repair = Some(repair),
            Err(link) => self.links.push(link),
        }
        self
    }
}

/// Returns the chain of a control over the filters of a log group.
pub(super) fn chain(
    beyond: Beyond<'_>,
    log_group: &LogGroupArn,
    filters: &[ReadFilter<'_>],
) -> Chain {
    let mut stances = stances(filters, beyond.control);
    let lanes = beyond.paging_lanes();
    let of_lanes: Vec<FilterNames> = lanes.flat_map(|lane| filter_names(&lane.filter)).collect();
    stances.retain(|stance| match beyond.control.lane {
        Lane::Exact => !is_named(stance.read.filter, &of_lanes),
        Lane::Paging => stance.reach == Reach::Same || stance.is_named_as_planned,
    });
    let leads: Vec<Lead<'_>> = stances
        .iter()
        .filter(|stance| blindness(stance.read.filter).is_none())
        .filter(|stance| may_lead(&stance.reach, beyond.control.lane))
        .map(|stance| Lead {
            stance: stance.clone(),
            onward: onward(beyond, &stance.read.filter.transformation),
        })
        .collect();
    let mut chain = if let Some(lead) = working(&leads) {
        served_by(beyond, log_group, lead)
    } else if let Some(union) = together(beyond, &leads, Onward::is_whole) {
        served_together(beyond, log_group, &union)
    } else if let Some(lead) = perhaps_working(&leads) {
        Chain::along(lead)
    } else if let Some(union) = together(beyond, &leads, Onward::may_be_whole) {
        served_together(beyond, log_group, &union)
    } else if let Some(lead) = best_cover(beyond, &leads) {
        mended_along(beyond, log_group, lead, filters)
    } else {
        mended_anew(beyond, log_group, &stances, filters)
    };
    chain.remarks.extend(not_compared(&stances));
    if let Some(repair) = chain.repair.take() {
        let (repair, remark) = with_companions(beyond, filters, repair);
        chain.repair = Some(repair);
        chain.remarks.extend(remark);
    }
    chain
}

/// Returns whether a filter has one of some names, and its metric as well.
fn is_named(filter: &MetricFilter, names: &[FilterNames]) -> bool {
    let metric = &filter.transformation.metric.name;
    names
        .iter()
        .any(|names| names.filter.as_str() == filter.name && names.metric.as_str() == metric)
}

/// Returns whether a filter that matches so much may serve a lane; who is to be paged for less is not served by more.
fn may_lead(reach: &Reach, lane: Lane) -> bool {
    match lane {
        Lane::Exact => reach.covers() || matches!(reach, Reach::Some { .. }),
        Lane::Paging => *reach == Reach::Same,
    }
}

/// Returns the covering filter whose chain is whole, an exact one before a broader one.
fn working<'leads, 'facts>(leads: &'leads [Lead<'facts>]) -> Option<&'leads Lead<'facts>> {
    leads
        .iter()
        .filter(|lead| lead.stance.reach.covers() && lead.onward.is_whole())
        .min_by_key(|lead| {
            (
                lead.stance.reach != Reach::Same,
                !lead.stance.is_named_as_planned,
            )
        })
}

/// Returns a covering filter whose chain may be whole, since nobody could look: then it is not known to be broken.
fn perhaps_working<'leads, 'facts>(leads: &'leads [Lead<'facts>]) -> Option<&'leads Lead<'facts>> {
    leads
        .iter()
        .filter(|lead| lead.stance.reach.covers() && lead.onward.may_be_whole())
        .min_by_key(|lead| lead.stance.reach != Reach::Same)
}

/// Returns the filters with chains as they should be that cover the control only together, those that nobody could look at first.
fn together<'leads, 'facts>(
    beyond: Beyond<'_>,
    leads: &'leads [Lead<'facts>],
    is_right: impl Fn(&Onward<'facts>) -> bool,
) -> Option<Vec<&'leads Lead<'facts>>> {
    // An alarm counts the events of its own filter alone, so that events spread over several must not wait for each other.
    let mut working: Vec<&Lead<'_>> = leads
        .iter()
        .filter(|lead| is_right(&lead.onward) && lead.needs_one_event())
        .collect();
    working.sort_by_key(|lead| lead.onward.is_whole());
    let patterns: Vec<&Pattern> = working
        .iter()
        .filter_map(|lead| lead.stance.read.pattern.as_ref().ok())
        .collect();
    if patterns.len() < 2 {
        return None;
    }
    match compare_union(&patterns, &beyond.control.pattern).relation {
        Relation::Equivalent | Relation::Broader => Some(working),
        Relation::Narrower | Relation::Overlapping | Relation::Disjoint | Relation::Undecided => {
            None
        }
    }
}

/// Returns the covering filter to build on: an exact one first, then the one whose chain leads furthest.
fn best_cover<'leads, 'facts>(
    beyond: Beyond<'_>,
    leads: &'leads [Lead<'facts>],
) -> Option<&'leads Lead<'facts>> {
    leads
        .iter()
        .filter(
            |lead| match (&lead.stance.reach, &lead.stance.read.pattern) {
                (Reach::Same, _) => true,
                (Reach::More(_), Ok(pattern)) => is_about(pattern, beyond.control),
                _ => false,
            },
        )
        .min_by_key(|lead| {
            (
                lead.stance.reach != Reach::Same,
                !lead.suits(beyond.control),
                Reverse(lead.onward.length()),
                !lead.stance.is_named_as_planned,
            )
        })
}

/// Returns the chain of a control that one filter serves.
fn served_by(beyond: Beyond<'_>, log_group: &LogGroupArn, lead: &Lead<'_>) -> Chain {
    let mut chain = Chain::along(lead);
    let publishes = &lead.filter().transformation;
    chain.repair = lead.onward.alarm.and_then(|alarm| {
        let alarm = keep_or_refresh(beyond, alarm, publishes, &mut chain.remarks);
        repair(beyond, log_group, &lead.onward, (adopt(lead), alarm)).ok()
    });
    chain
}

/// Returns the chain of a control that several filters serve together.
fn served_together(beyond: Beyond<'_>, log_group: &LogGroupArn, leads: &[&Lead<'_>]) -> Chain {
    let names: Vec<String> = leads
        .iter()
        .map(|lead| format!("`{}`", lead.filter().name))
        .collect();
    let link = Link::new(
        LinkKind::Filter,
        LinkState::InPlace,
        Code::FilterUnion,
        format!(
            "filters {} together match every event of the control",
            names.join(", ")
        ),
    );
    let first = leads.first().map(|lead| served_by(beyond, log_group, lead));
    let (onward, repair) = first.map_or((Vec::new(), None), |chain| (chain.links, chain.repair));
    let links = std::iter::once(link)
        .chain(onward.into_iter().skip(1))
        .collect();
    Chain {
        links,
        remarks: Vec::new(),
        repair,
    }
}

fn adopt(lead: &Lead<'_>) -> FilterRepair {
    FilterRepair::Adopt {
        name: lead.filter().name.clone(),
        metric: lead.filter().transformation.metric.clone(),
    }
}

/// Returns the chain of a control whose covering filter lacks something further on.
fn mended_along(
    beyond: Beyond<'_>,
    log_group: &LogGroupArn,
    lead: &Lead<'_>,
    filters: &[ReadFilter<'_>],
) -> Chain {
    let chain = Chain::along(lead);
    if !lead.suits(beyond.control) {
        return replaced(beyond, log_group, Some(lead.filter()), chain, filters);
    }
    let publishes = &lead.filter().transformation;
    let repair = alarm_repair(beyond, &lead.onward, publishes)
        .and_then(|alarm| repair(beyond, log_group, &lead.onward, (adopt(lead), alarm)));
    chain.with(repair)
}

/// Returns the chain of a control that no filter covers.
fn mended_anew(
    beyond: Beyond<'_>,
    log_group: &LogGroupArn,
    stances: &[Stance<'_>],
    filters: &[ReadFilter<'_>],
) -> Chain {
    let nearest = nearest(stances, beyond);
    let link = nearest.map_or_else(
        || {
            Link::new(
                LinkKind::Filter,
                LinkState::Missing,
                Code::FilterMissing,
                not_there(beyond.control.lane),
            )
        },
        |stance| short_link(stance, beyond.control),
    );
    let chain = Chain {
        links: vec![link],
        remarks: Vec::new(),
        repair: None,
    };
    replaced(
        beyond,
        log_group,
        nearest.map(|stance| stance.read.filter),
        chain,
        filters,
    )
}

/// Completes a chain for which a filter must be made, or one of ours replaced.
fn replaced(
    beyond: Beyond<'_>,
    log_group: &LogGroupArn,
    near: Option<&MetricFilter>,
    mut chain: Chain,
    filters: &[ReadFilter<'_>],
) -> Chain {
    let filter = match filter_repair(beyond, near, filters) {
        Ok(filter) => filter,
        Err(link) => return chain.with(Err(link)),
    };
    let publishes = future_transformation(beyond.control, &filter);
    let onward = onward(beyond, &publishes);
    if chain.links.len() == 1 {
        let planned = matches!(filter, FilterRepair::Create(_));
        let links = onward.links.iter().cloned();
        chain
            .links
            .extend(links.map(|link| if planned { as_planned(link) } else { link }));
    }
    let repair = alarm_repair(beyond, &onward, &publishes)
        .and_then(|alarm| repair(beyond, log_group, &onward, (filter, alarm)));
    chain.with(repair)
}

/// Says of links that hang on a filter yet to be made what is true of all such controls alike.
fn as_planned(link: Link) -> Link {
    if link.kind == LinkKind::Metric {
        let detail = "no filter publishes a metric";
        Link::new(
            LinkKind::Metric,
            LinkState::Missing,
            Code::MetricMissing,
            detail,
        )
    } else if link.code == Code::AlarmMissing {
        Link {
            detail: "there is no alarm".to_owned(),
            ..link
        }
    } else {
        link
    }
}
