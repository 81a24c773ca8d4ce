//! Which proposed exclusions a person accepts, and what then fits.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use thiserror::Error;

use super::rehearsed::{Rehearsed, RehearsedControl};
use super::setting::{Setting, Start};
use super::{History, Left, Paging, seconds};
use crate::backtest::alarm::{Published, Rule};
use crate::desired::DesiredControl;
use crate::model::{ControlId, Lane};

/// What a person says to proposed exclusions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Acceptance {
    /// All of them.
    All,
    /// All that are proposed for a control.
    Control(ControlId),
    /// One that is proposed for a control, counted from 1.
    One(ControlId, usize),
}

/// A text names no exclusions.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error(
    "`{0}` names no exclusions: write `CONTROL:NUMBER` as in the report, `CONTROL` for all of a control, or `all`"
)]
pub struct AcceptanceError(String);

impl FromStr for Acceptance {
    type Err = AcceptanceError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || AcceptanceError(text.to_owned());
        if text == "all" {
            return Ok(Self::All);
        }
        let (control, number) = match text.split_once(':') {
            Some((control, number)) => (control, Some(number)),
            None => (text, None),
        };
        let control = ControlId::parse(control).map_err(|_| refused())?;
        let Some(number) = number else {
            return Ok(Self::Control(control));
        };
        let is_number = number.bytes().all(|byte| byte.is_ascii_digit());
        let number = number.parse().ok().filter(|number| *number > 0);
        let number = number.filter(|_| is_number).ok_or_else(refused)?;
        Ok(Self::One(control, number))
    }
}

/// What is accepted was not proposed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum NotProposed {
    /// The control has no such exclusion.
    #[error("no exclusion {number} is proposed for `{control}`: there are {proposed}")]
    Number {
        /// The control.
        control: ControlId,
        /// The number that was accepted.
        number: usize,
        /// How many are proposed.
        proposed: usize,
    },
    /// The control has none.
    #[error("no exclusion is proposed for `{0}`")]
    Control(ControlId),
}

/// What is to become of a control's alarm, or of its paging lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Settled<'run> {
    /// The control, also where its lane was looked at.
    pub control: ControlId,
    /// The exclusions that are accepted, in their order.
    pub exclusions: Vec<&'run Left>,
    /// The settings that keep it within the budget with them, if there are any.
    pub setting: Option<Setting>,
    /// Whether these are other settings than it has.
    pub changes: bool,
}

/// Returns the numbers of the accepted exclusions, by the place of the control.
///
/// # Errors
///
/// Tells what was not proposed.
pub fn accepted(
    rehearsed: &Rehearsed<'_>,
    acceptances: &[Acceptance],
) -> Result<BTreeMap<usize, BTreeSet<usize>>, NotProposed> {
    let mut accepted: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for acceptance in acceptances {
        let (named, number) = match acceptance {
            Acceptance::All => (None, None),
            Acceptance::Control(control) => (Some(control), None),
            Acceptance::One(control, number) => (Some(control), Some(*number)),
        };
        let proposals = rehearsed.controls.iter().enumerate();
        let mut proposed = 0;
        for (place, control) in proposals.filter(|(_, control)| is_named(control.control, named)) {
            let count = paging(control).map_or(0, |paging| paging.exclusions.len());
            proposed += count;
            let numbers = (1..=count).filter(|at| number.is_none_or(|number| number == *at));
            accepted.entry(place).or_default().extend(numbers);
        }
        match (named, number) {
            (Some(control), _) if proposed == 0 => {
                return Err(NotProposed::Control(control.clone()));
            }
            (Some(control), Some(number)) if number > proposed => {
                return Err(NotProposed::Number {
                    control: control.clone(),
                    number,
                    proposed,
                });
            }
            (Some(_) | None, _) => {}
        }
    }
    Ok(accepted)
}

/// Returns whether a control, or the lane of a control, is meant.
fn is_named(control: &DesiredControl, named: Option<&ControlId>) -> bool {
    named.is_none_or(|named| control.id == *named || exact(control) == *named)
}

/// Returns the control that a lane belongs to.
fn exact(control: &DesiredControl) -> ControlId {
    let paged = match control.lane {
        Lane::Exact => None,
        Lane::Paging => control.id.paged(),
    };
    paged.unwrap_or_else(|| control.id.clone())
}

fn paging<'run>(rehearsed: &'run RehearsedControl<'_>) -> Option<&'run Paging> {
    let rehearsal = rehearsed.rehearsal.as_ref().ok()?;
    rehearsal.proposal.as_ref()?.paging.as_ref()
}

/// Returns what is to become of the controls for which something is proposed: the accepted exclusions with the settings that then fit,
/// or the proposed settings where none is accepted.
#[must_use]
pub fn settle<'run>(
    rehearsed: &'run Rehearsed<'_>,
    accepted: &BTreeMap<usize, BTreeSet<usize>>,
) -> Vec<Settled<'run>> {
    let none = BTreeSet::new();
    let controls = rehearsed.controls.iter().enumerate();
    let settled = controls.filter_map(|(place, control)| {
        let numbers = accepted.get(&place).unwrap_or(&none);
        settle_one(rehearsed, control, numbers)
    });
    settled.collect()
}

fn settle_one<'run>(
    rehearsed: &'run Rehearsed<'_>,
    control: &'run RehearsedControl<'_>,
    numbers: &BTreeSet<usize>,
) -> Option<Settled<'run>> {
    let proposal = control.rehearsal.as_ref().ok()?.proposal.as_ref()?;
    let all = paging(control).map_or(&[][..], |paging| &paging.exclusions);
    let exclusions: Vec<&Left> = (1..)
        .zip(all)
        .filter(|(number, _)| numbers.contains(number))
        .map(|(_, left)| left)
        .collect();
    let setting = if exclusions.is_empty() {
        proposal.setting.clone()
    } else {
        fitting(rehearsed, control, exclusions.iter().copied())
    };
    if exclusions.is_empty() && setting.is_none() {
        return None;
    }
    let alarm = &control.control.alarm;
    let changes = setting.as_ref().is_some_and(|setting| {
        setting.period != alarm.period || setting.threshold.to_bits() != alarm.threshold.to_bits()
    });
    Some(Settled {
        control: exact(control.control),
        exclusions,
        setting,
        changes,
    })
}

/// Returns the settings that fit once some sources are left out.
fn fitting<'run>(
    rehearsed: &Rehearsed<'_>,
    control: &RehearsedControl<'_>,
    exclusions: impl Iterator<Item = &'run Left>,
) -> Option<Setting> {
    let rule = Rule::of(&control.control.alarm).ok()?;
    let published = Published::by(&control.control.filter).ok()?;
    let span = rehearsed.backtest.survey.simulated();
    let span = span.map_or(0..0, seconds);
    let history = History {
        groups: control.tally.groups(),
        start: Start {
            rule: &rule,
            published,
        },
        span: &span,
        allowed: rehearsed.budget.over(&span),
    };
    let left: Vec<Left> = exclusions.cloned().collect();
    history.setting(&left)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusions_are_named_one_by_one_by_control_or_all() {
        let vpc = || ControlId::parse("vpc-changes").unwrap();
        let read = |text: &str| text.parse::<Acceptance>();
        assert_eq!(read("all"), Ok(Acceptance::All));
        assert_eq!(read("vpc-changes"), Ok(Acceptance::Control(vpc())));
        assert_eq!(read("vpc-changes:2"), Ok(Acceptance::One(vpc(), 2)));
        for text in [
            "",
            ":1",
            "vpc-changes:",
            "vpc-changes:0",
            "vpc-changes:+1",
            "VPC",
            "a:b",
        ] {
            assert_eq!(read(text), Err(AcceptanceError(text.to_owned())));
        }
    }
}
