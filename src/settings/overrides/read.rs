//! The form of `[control.…]`, and whether the changes leave the catalog without contradictions.

use std::collections::BTreeMap;
use std::ops::Range;

use super::Override;
use crate::catalog::{
    Catalog, Control, Draft, Places, check_span, contradictions, parse_period, why_silent,
};
use crate::model::{AlarmName, ControlId, FilterName, MetricName, Namespace};
use crate::toml_source::{Document, Member, Placed, Table};

/// An override with the places of its values; what it does not say stands where its table does.
struct PlacedOverride {
    change: Override,
    table: Range<usize>,
    filter: Range<usize>,
    metric: Range<usize>,
    alarm: Range<usize>,
    periods: Range<usize>,
    threshold: Range<usize>,
}

/// Reads the overrides of all controls.
pub(in crate::settings) fn read(
    mut table: Table<'_>,
    catalog: &Catalog,
) -> Option<BTreeMap<ControlId, Override>> {
    let document = table.document();
    let mut overrides = BTreeMap::new();
    let mut drafts = Vec::new();
    let mut complete = true;
    for key in table.keys() {
        let change = table
            .optional(key.value)
            .and_then(|member| member.table())
            .and_then(change);
        let control = catalog.find(key.value);
        if let Err(refusal) = &control {
            document.record_with(key.span, &refusal.message, refusal.hint.clone());
        }
        let (Some(change), Ok(control)) = (change, control) else {
            complete = false;
            continue;
        };
        let changed = change.change.applied(control);
        check(document, &change, control, &changed);
        overrides.insert(control.id.clone(), change.change.clone());
        drafts.push(draft(document, change, changed));
    }
    table.close();
    for contradiction in contradictions(catalog.controls(), &drafts) {
        document.record(contradiction.span, contradiction.message);
    }
    complete.then_some(overrides)
}

fn change(mut table: Table<'_>) -> Option<PlacedOverride> {
    let filter = table.given("filter-name", |member| member.parsed(FilterName::parse));
    let metric = table.given("metric-name", |member| member.parsed(MetricName::parse));
    let namespace = table.given("namespace", |member| member.parsed(Namespace::parse));
    let alarm = table.given("alarm-name", |member| member.parsed(AlarmName::parse));
    let period = table.given("period", |member| member.parsed(parse_period));
    let periods = table.given("evaluation-periods", |member| member.count(1..=100_000));
    let threshold = table.given("threshold", Member::number);
    let place = table.span();
    table.close();
    let (filter, metric, alarm, threshold) =
        (filter.ok()?, metric.ok()?, alarm.ok()?, threshold.ok()?);
    let (period, periods) = (period.ok()?, periods.ok()?);
    let filter_place = span(filter.as_ref(), &place);
    Some(PlacedOverride {
        metric: span(metric.as_ref(), &filter_place),
        filter: filter_place,
        alarm: span(alarm.as_ref(), &place),
        periods: span(periods.as_ref(), &span(period.as_ref(), &place)),
        threshold: span(threshold.as_ref(), &place),
        table: place,
        change: Override {
            filter_name: filter.map(|placed| placed.value),
            metric_name: metric.map(|placed| placed.value),
            namespace: namespace.ok()?.map(|placed| placed.value),
            alarm_name: alarm.map(|placed| placed.value),
            period: period.map(|placed| placed.value),
            evaluation_periods: periods.map(|placed| placed.value),
            threshold: threshold.map(|placed| placed.value),
        },
    })
}

/// Returns the place of a value, or of what it belongs to when it is not given.
fn span<T>(value: Option<&Placed<T>>, other: &Range<usize>) -> Range<usize> {
    value.map_or_else(|| other.clone(), |placed| placed.span.clone())
}

/// Records what the changes make impossible.
fn check(document: &Document<'_>, change: &PlacedOverride, control: &Control, changed: &Control) {
    let alarm = &changed.alarm;
    if let Err(refusal) = check_span(alarm.period, alarm.evaluation_periods) {
        document.record(change.periods.clone(), refusal);
    }
    if let Some(reason) = why_silent(alarm, &changed.metric.value) {
        document.record(change.threshold.clone(), reason);
    }
    let follows = control.metric.name.as_str() == control.filter.as_str()
        && change.change.metric_name.is_none();
    if follows && let Err(refusal) = MetricName::parse(changed.filter.as_str()) {
        let hint =
            "the metric bears the filter's name unless `metric-name` gives it another".to_owned();
        document.record_with(change.filter.clone(), refusal, Some(hint));
    }
}

fn draft(document: &Document<'_>, change: PlacedOverride, control: Control) -> Draft {
    Draft {
        control,
        file: document.name().to_owned(),
        places: Places {
            id: change.table,
            filter: change.filter,
            metric: change.metric,
            alarm: change.alarm,
            numbers: Vec::new(),
            checks: Vec::new(),
        },
    }
}
