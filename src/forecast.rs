//! What every known auditor says of an account now, and what it would say once a plan is applied.
//!
//! The plan is applied to what was read, in memory: nothing is written and nothing is asked again.

mod afterwards;

use std::collections::{BTreeMap, BTreeSet};

use crate::audit::{AuditorVerdict, Opinion, opinion};
use crate::auditors::{Auditors, Profile};
use crate::catalog::Auditor;
use crate::desired::Desired;
use crate::examine::{Code, Examination, Link, LinkState, Verdict};
use crate::model::{ControlId, Lane};
use crate::observed::Observed;
use crate::plan::Plan;

pub use afterwards::afterwards;

/// What every known auditor says, now and afterwards.
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    /// The auditors, in their order.
    pub auditors: Vec<AuditorForecast>,
    /// What auditors do not see although it is broken now.
    pub blind_spots: Vec<BlindSpot>,
}

/// What one auditor says.
#[derive(Debug, Clone, PartialEq)]
pub struct AuditorForecast {
    /// The auditor.
    pub auditor: Auditor,
    /// Which state of it is known, and what is uncertain about that.
    pub about: String,
    /// The controls, in the benchmark's order.
    pub controls: Vec<ControlForecast>,
}

/// What one auditor says of one control.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlForecast {
    /// The control.
    pub id: ControlId,
    /// Its number in the chosen benchmark.
    pub number: Option<String>,
    /// What it says of the account as it is.
    pub now: Opinion,
    /// What it says once the plan is applied.
    pub after: Opinion,
    /// What is worth knowing about the auditor's check of this control.
    pub about: Option<String>,
}

impl ControlForecast {
    /// Returns why the control does not pass: afterwards if it still does not, otherwise now.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        let passes = |opinion: &Opinion| opinion.verdict == AuditorVerdict::Pass;
        let told = if passes(&self.after) && !passes(&self.now) {
            &self.now
        } else {
            &self.after
        };
        told.reason.as_deref()
    }
}

/// Controls that an auditor passes although they are not in place, for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BlindSpot {
    /// The auditor.
    pub auditor: Auditor,
    /// The controls.
    pub controls: BTreeSet<ControlId>,
    /// What it does not see.
    pub code: Code,
    /// What it does not see, in words, of the first of these controls; may hold foreign text.
    pub detail: String,
}

/// Returns what every known auditor says of the desired controls, now and once the plan is applied.
#[must_use]
pub fn forecast(
    desired: &Desired,
    observed: &Observed,
    examinations: &[Examination],
    plan: &Plan,
) -> Forecast {
    let after = afterwards(observed, plan);
    let auditors: Vec<AuditorForecast> = Auditors::builtin()
        .profiles()
        .map(|profile| AuditorForecast {
            auditor: profile.auditor,
            about: profile.about.clone(),
            controls: controls(profile, desired, (observed, &after)),
        })
        .collect();
    let blind_spots = blind_spots(&auditors, examinations);
    Forecast {
        auditors,
        blind_spots,
    }
}

fn controls(
    profile: &Profile,
    desired: &Desired,
    (now, after): (&Observed, &Observed),
) -> Vec<ControlForecast> {
    let controls = desired.controls.iter();
    controls
        // No auditor knows of paging lanes.
        .filter(|control| control.lane == Lane::Exact)
        .map(|control| ControlForecast {
            id: control.id.clone(),
            number: control.number.clone(),
            now: opinion(profile, control, now),
            after: opinion(profile, control, after),
            about: profile
                .demands
                .get(&control.id)
                .and_then(|demand| demand.about.clone()),
        })
        .collect()
}

/// Returns what auditors pass now although a link is broken: one entry for each auditor and kind of breach.
fn blind_spots(auditors: &[AuditorForecast], examinations: &[Examination]) -> Vec<BlindSpot> {
    let broken: BTreeMap<&ControlId, &Link> = examinations
        .iter()
        .filter(|examination| examination.verdict == Verdict::NonCompliant)
        .filter_map(|examination| {
            let mut links = examination.links.iter();
            let link = links.find(|link| link.state != LinkState::InPlace)?;
            Some((&examination.control, link))
        })
        .collect();
    let mut spots: Vec<BlindSpot> = Vec::new();
    for known in auditors {
        let passing = known
            .controls
            .iter()
            .filter(|control| control.now.verdict == AuditorVerdict::Pass);
        for control in passing {
            let Some(link) = broken.get(&control.id) else {
                continue;
            };
            let same =
                |spot: &&mut BlindSpot| spot.auditor == known.auditor && spot.code == link.code;
            match spots.iter_mut().find(same) {
                Some(spot) => {
                    spot.controls.insert(control.id.clone());
                }
                None => spots.push(BlindSpot {
                    auditor: known.auditor,
                    controls: BTreeSet::from([control.id.clone()]),
                    code: link.code,
                    detail: link.detail.clone(),
                }),
            }
        }
    }
    spots
}
