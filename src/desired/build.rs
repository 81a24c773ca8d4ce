//! From catalog and settings to what an account should hold.

use std::collections::BTreeSet;

use thiserror::Error;

use super::filters::{Filters, filters};
use super::{
    Desired, DesiredAlarm, DesiredControl, DesiredFilter, DesiredTopic, Place, PrescribedDefect,
    Wording,
};
use crate::catalog::{Benchmark, Catalog, Control, PrintedText, Satisfy};
use crate::model::ControlId;
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

/// Why nothing could be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BuildError {
    /// Some controls are not known, or not in the benchmark.
    #[error("{}", list(.0))]
    Unknown(Vec<UnknownControl>),
    /// The benchmark knows no levels.
    #[error("`{0}` has no levels")]
    Levels(Benchmark),
    /// The benchmark prescribes no texts.
    #[error("`{0}` prescribes no texts of its own")]
    Wordless(Benchmark),
    /// Some texts cannot be used word for word.
    #[error("{}", list(.0))]
    Unprinted(Vec<Unprinted>),
    /// Every control was left out.
    #[error("no control of `{0}` is left")]
    Nothing(Benchmark),
}

/// A control that was asked for and cannot be had.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("`{asked}` is not a control of `{benchmark}`")]
pub struct UnknownControl {
    /// What was asked for.
    pub asked: String,
    /// Where it was looked for.
    pub benchmark: Benchmark,
    /// What was probably meant, or where it can be had.
    pub hint: Option<String>,
}

/// A control whose text in a benchmark cannot be used word for word.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Unprinted {
    /// The text is not known.
    #[error("the text that `{benchmark}` prints for `{control}` is not known")]
    Unknown {
        /// The control.
        control: ControlId,
        /// The benchmark.
        benchmark: Benchmark,
    },
    /// The text is not a pattern.
    #[error("the text that `{benchmark}` prints for `{control}` {damage}, so it is not a pattern")]
    Damaged {
        /// The control.
        control: ControlId,
        /// The benchmark.
        benchmark: Benchmark,
        /// What happened to it.
        damage: String,
    },
}

impl Unprinted {
    fn control(&self) -> &str {
        match self {
            Self::Unknown { control, .. } | Self::Damaged { control, .. } => control.as_str(),
        }
    }
}

impl BuildError {
    /// Returns what may help, most helpful first.
    #[must_use]
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::Unknown(unknown) => {
                let list =
                    "`cis-fix controls list` shows the controls and their numbers".to_owned();
                let mut hints: Vec<_> = unknown
                    .iter()
                    .filter_map(|control| control.hint.clone())
                    .collect();
                hints.dedup();
                hints.into_iter().chain([list]).collect()
            }
            Self::Levels(_) | Self::Wordless(_) => {
                vec!["name a version of the CIS benchmark, such as `cis-3.0.0`".to_owned()]
            }
            Self::Unprinted(texts) => {
                let ids: Vec<_> = texts.iter().map(Unprinted::control).collect();
                vec![format!(
                    "leave `--verbatim` out, or pass `--skip {}`",
                    ids.join(",")
                )]
            }
            Self::Nothing(_) => vec!["see `skip` in the settings and `--skip`".to_owned()],
        }
    }
}

fn list(mistakes: &[impl ToString]) -> String {
    let messages: Vec<_> = mistakes.iter().map(ToString::to_string).collect();
    messages.join("; ")
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
    let chosen: Vec<_> = in_order(catalog, benchmark)
        .into_iter()
        .filter(|control| chosen.contains(&control.id))
        .collect();
    if selection.wording == Wording::Verbatim {
        check_texts(&chosen, benchmark)?;
    }
    let controls: Vec<_> = chosen
        .into_iter()
        .map(|control| {
            let changed = settings.overrides.get(&control.id);
            let changed = changed.map(|change| change.applied(control));
            let control = changed.as_ref().unwrap_or(control);
            desired(control, settings, selection.wording)
        })
        .collect();
    if controls.is_empty() {
        return Err(BuildError::Nothing(benchmark));
    }
    Ok(Desired {
        benchmark: benchmark.to_string(),
        controls,
        topic: DesiredTopic {
            name: settings.topic.clone(),
            kms_key: settings.kms_key.clone(),
        },
        subscriptions: settings.subscriptions.clone(),
        tags: settings.tags.clone(),
    })
}

fn choose(
    catalog: &Catalog,
    settings: &Settings,
    selection: &Selection,
) -> Result<BTreeSet<ControlId>, BuildError> {
    let benchmark = settings.benchmark;
    let mut unknown = Vec::new();
    let mut resolve = |asked: &Vec<String>| -> BTreeSet<ControlId> {
        let found = asked.iter().map(|asked| resolve(catalog, benchmark, asked));
        found
            .filter_map(|found| found.map_err(|control| unknown.push(control)).ok())
            .collect()
    };
    let only = resolve(&selection.only);
    let skip = resolve(&selection.skip);
    if !unknown.is_empty() {
        return Err(BuildError::Unknown(unknown));
    }
    let wanted = if selection.only.is_empty() {
        let asked = catalog.of(benchmark, settings.level).into_iter();
        asked
            .map(|control| control.id.clone())
            .filter(|id| !settings.skip.contains(id))
            .collect()
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
    format!(
        "{title}{number}. {rationale} What to do: find the events in the trail's log group or in CloudTrail's event history, see who \
         called (userIdentity, sourceIPAddress), and ask whether it was meant."
    )
}
