//! How a filter stands to a control, said in links and remarks.

use std::cmp::Reverse;

use super::code::Code;
use super::coverage::{Reach, Stance, literals};
use super::filter::{Beyond, Onward, blindness};
use super::link::{Link, LinkKind, LinkState};
use super::{Remark, arithmetic};
use crate::desired::DesiredControl;
use crate::model::{Alarm, Lane, MetricFilter};
use crate::pattern::Event;

/// A filter that matches events of the control, with what becomes of them.
pub(super) struct Lead<'facts> {
    pub(super) stance: Stance<'facts>,
    pub(super) onward: Onward<'facts>,
}

impl Lead<'_> {
    pub(super) fn filter(&self) -> &MetricFilter {
        self.stance.read.filter
    }

    /// Returns whether the control's own alarm would fire on what the filter publishes.
    pub(super) fn suits(&self, control: &DesiredControl) -> bool {
        let transformation = &self.filter().transformation;
        let has_metric = self
            .onward
            .links
            .first()
            .is_some_and(|link| link.state == LinkState::InPlace);
        has_metric && arithmetic::suits(transformation, control)
    }

    /// Returns whether one event raises the alarm.
    pub(super) fn needs_one_event(&self) -> bool {
        let transformation = &self.filter().transformation;
        self.onward
            .alarm
            .and_then(Alarm::settings)
            .is_some_and(|alarm| arithmetic::one_is_enough(alarm, transformation))
    }
}

/// Returns the link of a filter that covers the control.
pub(super) fn cover_link(lead: &Lead<'_>) -> Link {
    let name = &lead.filter().name;
    match &lead.stance.reach {
        Reach::More(extra) => Link {
            witness: extra.clone(),
            ..Link::new(
                LinkKind::Filter,
                LinkState::InPlace,
                Code::FilterBroader,
                format!("filter `{name}` matches every event of the control and others"),
            )
        },
        Reach::Same
        | Reach::Some { .. }
        | Reach::Nothing(_)
        | Reach::Others
        | Reach::Undecided
        | Reach::Invalid => {
            let code = if lead.stance.is_named_as_planned {
                Code::InPlace
            } else {
                Code::FilterEquivalent
            };
            Link::new(
                LinkKind::Filter,
                LinkState::InPlace,
                code,
                format!("filter `{name}`"),
            )
        }
    }
}

pub(super) fn broader_remark(lead: &Lead<'_>) -> Option<Remark> {
    match &lead.stance.reach {
        Reach::More(extra) => Some(Remark {
            code: Code::FilterBroader,
            detail: format!(
                "filter `{}` also matches events that the control is not about",
                lead.filter().name
            ),
            witness: extra.clone(),
        }),
        Reach::Same
        | Reach::Some { .. }
        | Reach::Nothing(_)
        | Reach::Others
        | Reach::Undecided
        | Reach::Invalid => None,
    }
}

/// Returns a remark on filters that mention values of the control and could not be compared with it.
pub(super) fn not_compared(stances: &[Stance<'_>]) -> Option<Remark> {
    let names: Vec<String> = stances
        .iter()
        .filter(|stance| stance.reach == Reach::Undecided && stance.shared > 0)
        .map(|stance| format!("`{}`", stance.read.filter.name))
        .collect();
    (!names.is_empty()).then(|| Remark {
        code: Code::FilterNotCompared,
        detail: format!(
            "could not be compared with the control: {}",
            names.join(", ")
        ),
        witness: None,
    })
}

/// Returns the filter that somebody evidently meant for the control, though it does not cover it.
pub(super) fn nearest<'stances, 'facts>(
    stances: &'stances [Stance<'facts>],
    beyond: Beyond<'_>,
) -> Option<&'stances Stance<'facts>> {
    let literals = literals(&beyond.control.pattern).len();
    let is_meant = |stance: &&Stance<'_>| match stance.reach {
        Reach::Others => false,
        Reach::Invalid => stance.is_named_as_planned,
        Reach::Same
        | Reach::More(_)
        | Reach::Some { .. }
        | Reach::Nothing(_)
        | Reach::Undecided => stance.is_named_as_planned || stance.shared * 2 >= literals,
    };
    stances
        .iter()
        .filter(is_meant)
        .min_by_key(|stance| (!stance.is_named_as_planned, Reverse(stance.shared)))
}

/// Says that there is no filter for a lane.
pub(super) fn not_there(lane: Lane) -> &'static str {
    match lane {
        Lane::Exact => "no filter matches the control's events",
        Lane::Paging => "no filter matches just the events that page people",
    }
}

/// Returns the link of a filter that falls short of the control, or of one that is too much for a paging lane.
pub(super) fn short_link(stance: &Stance<'_>, control: &DesiredControl) -> Link {
    let lane = control.lane;
    let name = &stance.read.filter.name;
    let link = |code, detail| Link::new(LinkKind::Filter, LinkState::Differs, code, detail);
    if let Some((code, detail)) = blindness(stance.read.filter) {
        return link(code, detail);
    }
    let (code, detail, witness) = match &stance.reach {
        Reach::Some {
            missed,
            beside: false,
        } => (
            Code::FilterNarrower,
            format!("filter `{name}` misses some of the control's events"),
            missed.clone(),
        ),
        Reach::Some {
            missed,
            beside: true,
        } => (
            Code::FilterOverlapping,
            format!("filter `{name}` misses some of the control's events and matches others"),
            missed.clone(),
        ),
        Reach::Nothing(missed) => (
            Code::FilterMatchesNothing,
            format!("filter `{name}` can match no event at all"),
            missed.clone(),
        ),
        Reach::Undecided => (
            Code::FilterNotCompared,
            format!("filter `{name}` could not be compared within the bounds"),
            None,
        ),
        Reach::Invalid => (
            Code::FilterInvalid,
            format!("the pattern of filter `{name}` cannot be read"),
            None,
        ),
        Reach::More(extra) if lane == Lane::Paging => (
            Code::FilterBroader,
            format!("filter `{name}` matches events that are to page nobody"),
            noise(stance, control).or_else(|| extra.clone()),
        ),
        Reach::Same | Reach::More(_) | Reach::Others => {
            (Code::FilterMissing, not_there(lane).to_owned(), None)
        }
    };
    Link {
        witness,
        ..link(code, detail)
    }
}

/// Returns an event of what a lane leaves out and a filter does not.
fn noise(stance: &Stance<'_>, control: &DesiredControl) -> Option<Event> {
    let pattern = stance.read.pattern.as_ref().ok()?;
    let mut noise = control.look_alikes.iter();
    noise.find(|event| pattern.matches(event)).cloned()
}
