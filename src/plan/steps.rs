//! The steps of a plan: what each repair comes to, in an order in which each step finds what it needs.

use super::Step;
use super::case::Case;
use super::chain_steps::{alarm_step, filter_step};
use super::companion_steps::companion_steps;
use super::topic_steps::topic_steps;
use crate::desired::Desired;
use crate::examine::Examination;
use crate::observed::Observed;

/// Returns the steps that the repairs come to.
pub(super) fn steps(
    desired: &Desired,
    observed: &Observed,
    examinations: &[Examination],
) -> Vec<Step> {
    let cases: Vec<Case<'_>> = desired
        .controls
        .iter()
        .filter_map(|control| {
            let examination = examinations
                .iter()
                .find(|examination| examination.control == control.id)?;
            Some((control, examination, examination.repair.as_ref()?))
        })
        .collect();
    let topics = topic_steps(desired, observed, &cases);
    let mut chains = Vec::new();
    for case in &cases {
        let (control, examination, repair) = *case;
        let filter = filter_step(control, examination, repair);
        let alarm = alarm_step(desired, case, filter.as_ref(), &topics);
        let companions = companion_steps(control, repair, filter.as_ref());
        chains.extend(filter.into_iter().chain(companions).chain(alarm));
    }
    topics.into_iter().chain(chains).collect()
}
