//! The shape of `cis-fix/forecast/v1`.

use serde::Serialize;

use crate::forecast::{AuditorForecast, BlindSpot, ControlForecast, Forecast};
use crate::report::CheckContext;

/// The document.
#[derive(Debug, Serialize)]
pub(super) struct ForecastShape<'report> {
    schema: &'static str,
    account: &'report str,
    region: &'report str,
    benchmark: &'report str,
    auditors: Vec<AuditorShape<'report>>,
    blind_spots: Vec<BlindSpotShape<'report>>,
}

/// An auditor and what it says.
#[derive(Debug, Serialize)]
struct AuditorShape<'report> {
    auditor: &'static str,
    title: &'static str,
    about: &'report str,
    controls: Vec<ControlShape<'report>>,
}

/// What an auditor says of a control.
#[derive(Debug, Serialize)]
struct ControlShape<'report> {
    id: &'report str,
    number: Option<&'report str>,
    now: &'static str,
    after: &'static str,
    reason: Option<&'report str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    about: Option<&'report str>,
}

/// What an auditor does not see.
#[derive(Debug, Serialize)]
struct BlindSpotShape<'report> {
    auditor: &'static str,
    controls: Vec<&'report str>,
    code: &'static str,
    detail: &'report str,
}

impl<'report> ForecastShape<'report> {
    pub(super) fn new(context: &'report CheckContext, forecast: &'report Forecast) -> Self {
        Self {
            schema: "cis-fix/forecast/v1",
            account: context.account.as_str(),
            region: context.region.as_str(),
            benchmark: &context.benchmark,
            auditors: forecast.auditors.iter().map(auditor).collect(),
            blind_spots: forecast.blind_spots.iter().map(blind_spot).collect(),
        }
    }
}

fn auditor(known: &AuditorForecast) -> AuditorShape<'_> {
    AuditorShape {
        auditor: known.auditor.as_str(),
        title: known.auditor.title(),
        about: &known.about,
        controls: known.controls.iter().map(control).collect(),
    }
}

fn control(control: &ControlForecast) -> ControlShape<'_> {
    ControlShape {
        id: control.id.as_str(),
        number: control.number.as_deref(),
        now: control.now.verdict.as_str(),
        after: control.after.verdict.as_str(),
        reason: control.reason(),
        about: control.about.as_deref(),
    }
}

fn blind_spot(spot: &BlindSpot) -> BlindSpotShape<'_> {
    let BlindSpot {
        auditor,
        controls,
        code,
        detail,
    } = spot;
    BlindSpotShape {
        auditor: auditor.as_str(),
        controls: controls
            .iter()
            .map(crate::model::ControlId::as_str)
            .collect(),
        code: code.as_str(),
        detail,
    }
}
