//! Further filters for auditors: what they miss among the filters that are there, and the fewest that mend it.
//!
//! They publish to the metric of the chain and decide nothing about the verdict. Whether an auditor is satisfied is asked of the
//! account as it is once the chain is mended.

use std::collections::BTreeSet;

use super::code::Code;
use super::coverage::ReadFilter;
use super::filter::Beyond;
use super::mend::{future_metric, future_transformation, owns_filter};
use super::naming::companion_names;
use super::{CompanionRepair, FilterRepair, Naming, Remark, Repair};
use crate::audit::is_found;
use crate::auditors::{Auditors, Place, Profile};
use crate::catalog::Auditor;
use crate::desired::DesiredControl;
use crate::model::{FilterName, Metric, MetricFilter, MetricName, Namespace};
use crate::pattern::Pattern;

/// A text that satisfies auditors.
#[derive(Clone, Copy)]
struct Text<'desired> {
    name: &'desired FilterName,
    place: Place,
    pattern: &'desired Pattern,
    covers: bool,
    beyond: Option<&'desired String>,
}

/// The filters of a log group as they will be, and what is to be done for that.
struct Future<'facts> {
    beyond: Beyond<'facts>,
    repair: &'facts Repair,
    metric: Metric,
    filters: Vec<MetricFilter>,
    mended: Vec<CompanionRepair>,
    /// Filters of others that have a name which auditors look for.
    in_the_way: Vec<String>,
}

/// Returns the repair with the further filters that auditors miss, and what is to be said about that.
pub(super) fn with_companions(
    beyond: Beyond<'_>,
    filters: &[ReadFilter<'_>],
    repair: Repair,
) -> (Repair, Option<Remark>) {
    if beyond.control.satisfies.is_empty() {
        return (repair, None);
    }
    let mut future = Future::new(beyond, filters, &repair);
    let missing = future.unmet();
    if missing.is_empty() {
        return (repair, None);
    }
    // Where nobody could look whose they are, a free name is no reason to make another one.
    let is_on_chain = |filter: &&MetricFilter| filter.transformation.metric == future.metric;
    let is_known = filters
        .iter()
        .map(|read| read.filter)
        .filter(is_on_chain)
        .all(|filter| owns_filter(beyond, filter).is_ok());
    if is_known && future.has_legal_metric() {
        future.name_one_like_the_metric();
        future.add_the_fewest();
    }
    let remark = future.remark(&missing);
    let companions = future.mended;
    (
        Repair {
            companions,
            ..repair
        },
        remark,
    )
}

/// Returns a further filter as it is once it is made.
pub(super) fn future_companion(
    control: &DesiredControl,
    companion: &CompanionRepair,
) -> MetricFilter {
    let name = companion.name.name.as_str();
    control.companion_filter(name, &companion.pattern, companion.metric.clone())
}

fn texts(control: &DesiredControl) -> Vec<Text<'_>> {
    let main = &control.filter;
    let main = Text {
        name: &main.name,
        place: main.place,
        pattern: &main.pattern,
        covers: true,
        beyond: main.beyond.as_ref(),
    };
    let others = control.companions.iter().map(|companion| Text {
        name: &companion.name,
        place: companion.place,
        pattern: &companion.pattern,
        covers: companion.covers,
        beyond: companion.beyond.as_ref(),
    });
    std::iter::once(main).chain(others).collect()
}

fn profile(auditor: Auditor) -> Option<&'static Profile> {
    Auditors::builtin().get(auditor)
}

impl<'facts> Future<'facts> {
    fn new(beyond: Beyond<'facts>, filters: &[ReadFilter<'_>], repair: &'facts Repair) -> Self {
        let control = beyond.control;
        let metric = future_metric(control, &repair.filter);
        let made = |name: &str| {
            let mut filter = control.metric_filter(name, metric.clone());
            filter.transformation = future_transformation(control, &repair.filter);
            filter
        };
        let mut future: Vec<MetricFilter> =
            filters.iter().map(|read| read.filter.clone()).collect();
        match &repair.filter {
            FilterRepair::Adopt { .. } => {}
            FilterRepair::Create(naming) => future.push(made(naming.name.filter.as_str())),
            FilterRepair::Change(before) => {
                future.retain(|filter| filter.name != before.name);
                future.push(made(&before.name));
            }
        }
        Self {
            beyond,
            repair,
            metric,
            filters: future,
            mended: Vec::new(),
            in_the_way: Vec::new(),
        }
    }

    /// Not every name that CloudWatch Logs takes may be given to a metric by cis-fix.
    fn has_legal_metric(&self) -> bool {
        let Metric { namespace, name } = &self.metric;
        Namespace::parse(namespace).is_ok() && MetricName::parse(name).is_ok()
    }

    fn accepts(&self, auditor: Auditor, text: &str) -> bool {
        let accepted =
            profile(auditor).and_then(|profile| profile.accepts(&self.beyond.control.id, text));
        accepted == Some(true)
    }

    fn needs_name_of_metric(auditor: Auditor) -> bool {
        profile(auditor).is_some_and(|profile| profile.join.needs_name_of_metric())
    }

    /// Returns the auditors that no filter satisfies.
    fn unmet(&self) -> BTreeSet<Auditor> {
        let is_met = |auditor: &&Auditor| {
            self.filters
                .iter()
                .any(|filter| self.meets(**auditor, filter))
        };
        let wanted = self.beyond.control.satisfies.iter();
        wanted.filter(|auditor| !is_met(auditor)).copied().collect()
    }

    /// Returns whether a filter satisfies an auditor: along the chain that is mended, or along one of its own.
    fn meets(&self, auditor: Auditor, filter: &MetricFilter) -> bool {
        if !self.accepts(auditor, &filter.pattern) {
            return false;
        }
        let is_of_chain = if Self::needs_name_of_metric(auditor) {
            filter.name == self.metric.name
        } else {
            filter.transformation.metric == self.metric
        };
        let region = &self.repair.log_group.region;
        let has_chain_of_its_own = || {
            profile(auditor).is_some_and(|profile| {
                let (control, observed) = (self.beyond.control, self.beyond.observed);
                is_found(profile, control, (filter, region), observed)
            })
        };
        is_of_chain || has_chain_of_its_own()
    }

    /// Sees to the filter that is named like the metric, if an auditor misses that.
    fn name_one_like_the_metric(&mut self) {
        let misses = self.unmet().into_iter().any(Self::needs_name_of_metric);
        let texts = texts(self.beyond.control);
        let text = texts.iter().find(|text| text.place == Place::LikeMetric);
        let (true, Some(text), Ok(name)) = (misses, text, FilterName::parse(&self.metric.name))
        else {
            return;
        };
        let present = self
            .filters
            .iter()
            .find(|filter| filter.name == name.as_str());
        match present.cloned() {
            None => self.mend(
                *text,
                Naming {
                    name,
                    taken: Vec::new(),
                },
                None,
            ),
            Some(filter) if self.is_ours(&filter) => {
                let serves_now = matches!(&self.repair.filter, FilterRepair::Adopt { name, .. } if *name == filter.name);
                self.mend(
                    *text,
                    Naming {
                        name,
                        taken: Vec::new(),
                    },
                    Some(filter),
                );
                // What covers the control must not go before something else does.
                let cover = texts
                    .iter()
                    .find(|other| other.covers && other.place == Place::Beside);
                if let (true, Some(cover)) = (serves_now && !text.covers, cover) {
                    self.add(*cover);
                }
            }
            Some(filter) => self.in_the_way.push(filter.name),
        }
    }

    /// Adds the fewest texts that satisfy whom they can.
    fn add_the_fewest(&mut self) {
        let unmet = self.unmet();
        let reachable = |texts: &[Text<'_>]| -> BTreeSet<Auditor> {
            let accepted = |auditor: &&Auditor| {
                !Self::needs_name_of_metric(**auditor)
                    && texts
                        .iter()
                        .any(|text| self.accepts(**auditor, text.pattern.text()))
            };
            unmet.iter().filter(accepted).copied().collect()
        };
        let texts = texts(self.beyond.control);
        let all = reachable(&texts);
        let mut sets: Vec<Vec<Text<'_>>> = (0..1_u32 << texts.len())
            .map(|set| {
                let chosen = texts.iter().enumerate();
                chosen
                    .filter(|(at, _)| set & (1 << at) != 0)
                    .map(|(_, text)| *text)
                    .collect()
            })
            .filter(|set: &Vec<Text<'_>>| reachable(set) == all)
            .collect();
        sets.sort_by_key(Vec::len);
        for text in sets.into_iter().next().unwrap_or_default() {
            self.add(text);
        }
    }

    /// Adds a text under its own name, or, where that belongs to somebody else, under the next that is free.
    fn add(&mut self, text: Text<'_>) {
        let mut taken = Vec::new();
        for name in companion_names(text.name) {
            let present = self
                .filters
                .iter()
                .find(|filter| filter.name == name.as_str());
            match present.cloned() {
                None => return self.mend(text, Naming { name, taken }, None),
                Some(filter) if self.may_give_way(&filter) => {
                    return self.mend(text, Naming { name, taken }, Some(filter));
                }
                Some(filter) => taken.push(filter.name),
            }
        }
    }

    /// Returns whether a filter is ours and nothing needs it as it is.
    fn may_give_way(&self, filter: &MetricFilter) -> bool {
        let is_main = match &self.repair.filter {
            FilterRepair::Adopt { name, metric: _ } => *name == filter.name,
            FilterRepair::Create(naming) => naming.name.filter.as_str() == filter.name,
            FilterRepair::Change(before) => before.name == filter.name,
        };
        let is_mended = self
            .mended
            .iter()
            .any(|other| other.name.name.as_str() == filter.name);
        !is_main && !is_mended && self.is_ours(filter)
    }

    /// Returns whether a filter on the metric of the chain is ours; not where nobody could look.
    fn is_ours(&self, filter: &MetricFilter) -> bool {
        filter.transformation.metric == self.metric
            && owns_filter(self.beyond, filter).unwrap_or(false)
    }

    fn mend(&mut self, text: Text<'_>, name: Naming<FilterName>, before: Option<MetricFilter>) {
        let serves = self
            .unmet()
            .into_iter()
            .filter(|auditor| self.accepts(*auditor, text.pattern.text()))
            .filter(|auditor| {
                !Self::needs_name_of_metric(*auditor) || name.name.as_str() == self.metric.name
            })
            .collect();
        let companion = CompanionRepair {
            name,
            before: before.map(Box::new),
            pattern: text.pattern.clone(),
            metric: self.metric.clone(),
            serves,
            beyond: text.beyond.cloned(),
        };
        let made = future_companion(self.beyond.control, &companion);
        self.filters.retain(|filter| filter.name != made.name);
        self.filters.push(made);
        self.mended.push(companion);
    }

    /// Says which auditors miss their text where nothing else is amiss with the filter.
    fn remark(&self, missing: &BTreeSet<Auditor>) -> Option<Remark> {
        let adopts = matches!(self.repair.filter, FilterRepair::Adopt { .. });
        if missing.is_empty() || !adopts {
            return None;
        }
        let titles: Vec<&str> = missing.iter().map(|auditor| auditor.title()).collect();
        let names: Vec<String> = self
            .in_the_way
            .iter()
            .map(|name| format!("`{name}`"))
            .collect();
        let way = if names.is_empty() {
            String::new()
        } else {
            format!(
                "; filter {} of somebody else is in the way",
                names.join(", ")
            )
        };
        Some(Remark {
            code: Code::AuditorTextMissing,
            detail: format!(
                "no filter has a text that satisfies {}{way}",
                titles.join(", ")
            ),
            witness: None,
        })
    }
}
