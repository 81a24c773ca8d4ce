//! From catalog and settings to what an account should hold.

use std::collections::BTreeSet;

use super::error::{BuildError, UnknownControl, Unprinted};
use super::filters::{Filters, filters};
use super::lanes::{control_of, lane_of, paging_lane, with_lanes};
use super::{
    Desired, DesiredAlarm, DesiredControl, DesiredFilter, DesiredTopic, Place, PrescribedDefect,
    WHAT_TO_DO, Wording,
};
use crate::catalog::{Benchmark, Catalog, Control, PrintedText, Satisfy};
use crate::model::{ControlId, Lane};
use crate::pattern::Pattern;
use crate::settings::Settings;
use crate::toml_source::nearest;

/// What one run is to be about, on top of the settings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection {
    /// Only these controls, by identifier or number; none means all of the benchmark.
    pub only: Vec<String>,
    /// Without these controls, by identifier or number.
    pub skip: Vec<String>,
    /// Whose words the patterns are in.
    pub wording: Wording,
}

/// Returns what an account should hold.
///
/// A control that `only` names is taken even when the settings skip it: what is asked for now outranks what was written down.
///
/// # Errors
///
/// Names the controls that are not known, all together, or tells that none is left.
pub fn build(
    catalog: &Catalog,
    settings: &Settings,
    selection: &Selection,
) -> Result<Desired, BuildError> {
    let benchmark = settings.benchmark;
    if settings.level.is_some() && benchmark == Benchmark::SecurityHub {
        return Err(BuildError::Levels(benchmark));
    }
    let chosen = choose(catalog, settings, selection)?;
    let controls: Vec<_> = in_order(catalog, benchmark)
        .into_iter()
        .filter(|control| lanes(control, settings, &chosen).next().is_some())
        .collect();
    if selection.wording == Wording::Verbatim {
        check_texts(&controls, benchmark)?;
    }
    let mut wanted = Vec::new();
    for control in controls {
        for lane in lanes(control, settings, &chosen) {
            wanted.push(desired_lane(control, lane, settings, selection.wording)?);
        }
    }
    if wanted.is_empty() {
        return Err(BuildError::Nothing(benchmark));
    }
    let wanted = assembled(settings, wanted);
    if wanted.lanes().contains(&Lane::Paging) && wanted.topic.name == wanted.paging_topic.name {
        return Err(BuildError::OneTopic(wanted.topic.name));
    }
    Ok(wanted)
}

fn assembled(settings: &Settings, controls: Vec<DesiredControl>) -> Desired {
    let paging = &settings.paging;
    Desired {
        benchmark: settings.benchmark.to_string(),
        controls,
        topic: DesiredTopic {
            name: settings.topic.clone(),
            kms_key: settings.kms_key.clone(),
            subscriptions: settings.subscriptions.clone(),
        },
        paging_topic: DesiredTopic {
            name: paging.name.clone(),
            kms_key: paging.kms_key.clone(),
            subscriptions: paging.subscriptions.clone(),
        },
        tags: settings.tags.clone(),
    }
}

/// Returns the lanes of a control that are among the chosen.
fn lanes(
    control: &Control,
    settings: &Settings,
    chosen: &BTreeSet<ControlId>,
) -> impl Iterator<Item = Lane> {
    let paging = lane_of(settings, &control.id).filter(|lane| chosen.contains(lane));
    let exact = chosen.contains(&control.id).then_some(Lane::Exact);
    exact.into_iter().chain(paging.map(|_| Lane::Paging))
}

/// Returns what a lane of a control holds, with the changes of the settings.
fn desired_lane(
    control: &Control,
    lane: Lane,
    settings: &Settings,
    wording: Wording,
) -> Result<DesiredControl, BuildError> {
    let change = settings.overrides.get(&control.id);
    let changed = change.map(|change| change.applied(control));
    let control = changed.as_ref().unwrap_or(control);
    let exact = desired(control, settings, wording);
    let paging = change.and_then(|change| change.paging.as_ref());
    match (lane, paging) {
        (Lane::Paging, Some(paging)) => {
            paging_lane(control, &exact, paging).map_err(|why| BuildError::Paging {
                control: control.id.clone(),
                why: Box::new(why),
            })
        }
        (Lane::Exact, _) | (Lane::Paging, None) => Ok(exact),
    }
}

fn choose(
    catalog: &Catalog,
    settings: &Settings,
    selection: &Selection,
) -> Result<BTreeSet<ControlId>, BuildError> {
    let benchmark = settings.benchmark;
    let mut unknown = Vec::new();
    let mut resolve = |asked: &Vec<String>| -> BTreeSet<ControlId> {
        let mut ids = BTreeSet::new();
        for asked in asked {
            // The lane alone by its own name, both lanes by that of the control.
            let lane = control_of(settings, asked);
            let control = lane.as_ref().map_or(asked.as_str(), ControlId::as_str);
            match resolve(catalog, benchmark, control) {
                Ok(id) if lane.is_some() => ids.extend(lane_of(settings, &id)),
                Ok(id) => ids.extend(with_lanes(settings, BTreeSet::from([id]))),
                Err(control) => unknown.push(control),
            }
        }
        ids
    };
    let only = resolve(&selection.only);
    let skip = resolve(&selection.skip);
    if !unknown.is_empty() {
        return Err(BuildError::Unknown(unknown));
    }
    let wanted = if selection.only.is_empty() {
        let asked = catalog.of(benchmark, settings.level).into_iter();
        let controls = asked
            .map(|control| control.id.clone())
            .filter(|id| !settings.skip.contains(id))
            .collect();
        with_lanes(settings, controls)
    } else {
        only
    };
    Ok(wanted.difference(&skip).cloned().collect())
}

/// Makes sure that every text is known word for word.
fn check_texts(controls: &[&Control], benchmark: Benchmark) -> Result<(), BuildError> {
    if benchmark == Benchmark::Recommended {
        return Err(BuildError::Wordless(benchmark));
    }
    let unprinted = controls.iter().filter_map(|control| {
        let control_id = control.id.clone();
        match control.printed(benchmark) {
            Some(PrintedText::Whole(_)) => None,
            Some(PrintedText::Damaged { damage, .. }) => Some(Unprinted::Damaged {
                control: control_id,
                benchmark,
                damage: damage.clone(),
            }),
            None => Some(Unprinted::Unknown {
                control: control_id,
                benchmark,
            }),
        }
    });
    let unprinted: Vec<_> = unprinted.collect();
    if unprinted.is_empty() {
        Ok(())
    } else {
        Err(BuildError::Unprinted(unprinted))
    }
}

/// Returns the control of the benchmark that has that identifier or number.
fn resolve(
    catalog: &Catalog,
    benchmark: Benchmark,
    asked: &str,
) -> Result<ControlId, UnknownControl> {
    let named = |control: &&Control| {
        control.id.as_str() == asked || control.number(benchmark).as_deref() == Some(asked)
    };
    match catalog.controls().iter().find(named) {
        Some(control) if control.is_in(benchmark) => Ok(control.id.clone()),
        Some(_) => Err(UnknownControl {
            asked: asked.to_owned(),
            benchmark,
            hint: Some(format!("`{asked}` is in `{}`", Benchmark::Recommended)),
        }),
        None => Err(UnknownControl {
            asked: asked.to_owned(),
            benchmark,
            hint: suggestion(catalog, benchmark, asked),
        }),
    }
}

fn suggestion(catalog: &Catalog, benchmark: Benchmark, asked: &str) -> Option<String> {
    let controls = || {
        catalog
            .controls()
            .iter()
            .filter(|control| control.is_in(benchmark))
    };
    let numbers: Vec<_> = controls()
        .filter_map(|control| control.number(benchmark))
        .collect();
    // A number that is one digit off is another control, not a slip: only the letters around it are compared.
    let numbers = numbers
        .iter()
        .map(String::as_str)
        .filter(|number| number.eq_ignore_ascii_case(asked));
    let ids = controls().map(|control| control.id.as_str());
    let near = numbers.clone().next().or_else(|| nearest(asked, ids))?;
    Some(format!("did you mean `{near}`?"))
}

/// Returns the controls of a benchmark in the order of its numbers, then those without one.
fn in_order(catalog: &Catalog, benchmark: Benchmark) -> Vec<&Control> {
    let mut controls: Vec<_> = catalog
        .controls()
        .iter()
        .filter(|control| control.is_in(benchmark))
        .collect();
    controls.sort_by_key(|control| {
        let number = control.number(benchmark);
        let parts = number
            .iter()
            .flat_map(|number| number.split('.'))
            .map(|part| part.parse::<u32>().unwrap_or(0));
        (number.is_none(), parts.collect::<Vec<_>>())
    });
    controls
}

fn desired(control: &Control, settings: &Settings, wording: Wording) -> DesiredControl {
    let benchmark = settings.benchmark;
    let pattern = worded(control, benchmark, wording);
    let title = control.title(benchmark);
    let look_alikes = control.ignores.iter().map(|example| &example.event);
    let chosen = match wording {
        Wording::Sound => filters(control, pattern, &settings.satisfy),
        Wording::Verbatim => word_for_word(control, pattern),
    };
    let Filters {
        filter,
        companions,
        satisfies,
        unsatisfied,
    } = chosen;
    DesiredControl {
        id: control.id.clone(),
        lane: Lane::Exact,
        number: control.number(benchmark),
        title: title.to_owned(),
        // A published text may match what the control should ignore; what it matches cannot make it too broad for itself.
        look_alikes: look_alikes
            .filter(|event| !pattern.matches(event))
            .cloned()
            .collect(),
        defect: defect(control, benchmark, wording),
        pattern: pattern.clone(),
        scope: control.scope.clone(),
        filter,
        companions,
        satisfies,
        unsatisfied,
        alarm: alarm(control, benchmark),
    }
}

/// Returns the one filter that has a benchmark's own text, whatever auditors think of it.
fn word_for_word(control: &Control, pattern: &Pattern) -> Filters {
    let nobody = Satisfy::These(BTreeSet::new());
    let chosen = filters(control, pattern, &nobody);
    Filters {
        filter: DesiredFilter {
            name: control.filter.clone(),
            place: Place::LikeMetric,
            pattern: pattern.clone(),
            ..chosen.filter
        },
        companions: Vec::new(),
        ..chosen
    }
}

fn worded(control: &Control, benchmark: Benchmark, wording: Wording) -> &Pattern {
    match wording {
        Wording::Sound => &control.pattern,
        Wording::Verbatim => match control.printed(benchmark) {
            Some(PrintedText::Whole(pattern)) => pattern,
            // `build` refuses these before.
            Some(PrintedText::Damaged { .. }) | None => &control.pattern,
        },
    }
}

fn defect(control: &Control, benchmark: Benchmark, wording: Wording) -> Option<PrescribedDefect> {
    Some(PrescribedDefect {
        benchmark: benchmark.as_str(),
        defect: control.prescribed(benchmark)?.defect.clone()?,
        wording,
    })
}

fn alarm(control: &Control, benchmark: Benchmark) -> DesiredAlarm {
    let alarm = control.alarm.clone();
    DesiredAlarm {
        name: alarm.name,
        description: description(control, benchmark),
        statistic: alarm.statistic,
        period: alarm.period,
        evaluation_periods: alarm.evaluation_periods,
        threshold: alarm.threshold,
        operator: alarm.operator,
        missing_data: alarm.missing_data,
    }
}

/// Returns what people read when the alarm fires.
///
/// The lengths that the catalog allows keep it within the 1024 characters of CloudWatch.
fn description(control: &Control, benchmark: Benchmark) -> String {
    let printed_in = match benchmark {
        Benchmark::Recommended => control.newest().map(|(version, _)| Benchmark::Cis(version)),
        Benchmark::Cis(_) | Benchmark::SecurityHub => Some(benchmark),
    };
    let number = printed_in.zip(control.number(benchmark));
    let number = number.map_or_else(String::new, |(benchmark, number)| {
        format!(" ({}, {number})", benchmark.title())
    });
    let Control {
        title, rationale, ..
    } = control;
    format!("{title}{number}. {rationale} {WHAT_TO_DO}")
}
