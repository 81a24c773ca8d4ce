//! A backtest together with what all alarms would have done.

use super::{Budget, Rehearsal, rehearse};
use crate::backtest::alarm::NotSimulated;
use crate::backtest::{Backtest, Tally};
use crate::desired::DesiredControl;
use crate::model::Lane;

/// A backtest with what the alarms of its controls would have done.
#[derive(Debug, Clone, PartialEq)]
pub struct Rehearsed<'run> {
    /// What was read.
    pub backtest: &'run Backtest,
    /// What was to be kept within.
    pub budget: Budget,
    /// The controls, in their order.
    pub controls: Vec<RehearsedControl<'run>>,
}

/// What a control's pattern matched, and what its alarm would have done.
#[derive(Debug, Clone, PartialEq)]
pub struct RehearsedControl<'run> {
    /// The control.
    pub control: &'run DesiredControl,
    /// What its pattern matched.
    pub tally: &'run Tally,
    /// What its alarm would have done.
    pub rehearsal: Result<Rehearsal, NotSimulated>,
}

impl RehearsedControl<'_> {
    /// Returns the number of events that the pattern matched; none when nothing is known of them.
    #[must_use]
    pub fn matches(&self) -> Option<u64> {
        match &self.rehearsal {
            Err(NotSimulated::Unanswered(_)) => None,
            Ok(_)
            | Err(
                NotSimulated::Statistic(_) | NotSimulated::Operator(_) | NotSimulated::Value(_),
            ) => Some(self.tally.matches()),
        }
    }
}

impl<'run> Rehearsed<'run> {
    /// Rehearses the alarms of all controls of a backtest.
    #[must_use]
    pub fn new(controls: &'run [DesiredControl], backtest: &'run Backtest, budget: Budget) -> Self {
        let span = backtest.survey.simulated();
        let tallied = controls.iter().zip(&backtest.tallies).enumerate();
        let rehearsed = tallied.map(|(position, (control, tally))| RehearsedControl {
            control,
            tally,
            rehearsal: match backtest.unanswered.get(&position) {
                Some(reason) => Err(NotSimulated::Unanswered(reason.clone())),
                None => rehearse(control, tally, span, own_budget(control, controls, budget)),
            },
        });
        Self {
            backtest,
            budget,
            controls: rehearsed.collect(),
        }
    }
}

/// Returns the budget of a control; none when its paging lane notifies people instead.
fn own_budget(
    control: &DesiredControl,
    controls: &[DesiredControl],
    budget: Budget,
) -> Option<Budget> {
    let lane = control.id.paging().ok();
    let is_paged = controls
        .iter()
        .any(|other| other.lane == Lane::Paging && Some(&other.id) == lane.as_ref());
    (!is_paged).then_some(budget)
}
