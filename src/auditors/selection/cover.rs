//! The set cover: the fewest texts, and which of them is named like the metric.

use std::collections::BTreeSet;

use super::Place;
use super::candidates::Candidate;
use crate::catalog::Auditor;

/// How many filters a control may have at most. Eight auditors never need more.
const MOST: usize = 4;

/// What is to be covered.
pub(super) struct Task<'task> {
    pub(super) candidates: &'task [Candidate],
    /// The auditors to satisfy.
    pub(super) required: &'task BTreeSet<Auditor>,
    /// Those that are satisfied by the filter named like the metric alone.
    pub(super) by_name: &'task BTreeSet<Auditor>,
}

/// Texts by their places among the candidates, and which of them is named like the metric.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Set {
    members: Vec<usize>,
    like_metric: usize,
}

impl Set {
    /// Returns the control's own text alone.
    pub(super) fn only_first() -> Self {
        Self {
            members: vec![0],
            like_metric: 0,
        }
    }

    /// Returns the texts with their places.
    pub(super) fn members<'task>(
        &self,
        candidates: &'task [Candidate],
    ) -> Vec<(&'task Candidate, Place)> {
        let place = |at: usize| {
            if at == self.like_metric {
                Place::LikeMetric
            } else {
                Place::Beside
            }
        };
        self.members
            .iter()
            .filter_map(|at| Some((candidates.get(*at)?, place(*at))))
            .collect()
    }
}

/// Returns the best of the smallest sets that satisfy all; nothing when none does.
///
/// Of sets of one size, the one that counts least beyond the control is best, then one whose covering text is named like the
/// metric, then the one of the earliest texts.
pub(super) fn fewest(task: &Task<'_>) -> Option<Set> {
    (1..=MOST.min(task.candidates.len())).find_map(|size| {
        subsets(task.candidates.len(), size)
            .into_iter()
            .flat_map(|members| {
                let with = |like_metric: &usize| Set {
                    members: members.clone(),
                    like_metric: *like_metric,
                };
                members.iter().map(with).collect::<Vec<_>>()
            })
            .filter(|set| satisfies(task, set))
            .min_by_key(|set| cost(task, set))
    })
}

/// Returns the subsets of `0..count` of a size, in the order of their members.
fn subsets(count: usize, size: usize) -> Vec<Vec<usize>> {
    if size == 0 {
        return vec![Vec::new()];
    }
    let mut subsets = Vec::new();
    for smaller in self::subsets(count, size - 1) {
        let next = smaller.last().map_or(0, |last| last + 1);
        subsets.extend((next..count).map(|member| {
            let mut subset = smaller.clone();
            subset.push(member);
            subset
        }));
    }
    subsets
}

fn satisfies(task: &Task<'_>, set: &Set) -> bool {
    let members = set.members(task.candidates);
    let is_met = |auditor: &Auditor| {
        members.iter().any(|(candidate, place)| {
            candidate.accepted.contains(auditor)
                && (*place == Place::LikeMetric || !task.by_name.contains(auditor))
        })
    };
    members.iter().any(|(candidate, _)| candidate.covers) && task.required.iter().all(is_met)
}

fn cost(task: &Task<'_>, set: &Set) -> (usize, bool, bool, Vec<usize>) {
    let members = set.members(task.candidates);
    let beyond = members
        .iter()
        .filter(|(candidate, _)| candidate.beyond.is_some());
    let named_covers = members
        .iter()
        .any(|(candidate, place)| *place == Place::LikeMetric && candidate.covers);
    let named_is_exact = members.iter().any(|(candidate, place)| {
        *place == Place::LikeMetric && candidate.covers && candidate.beyond.is_none()
    });
    (
        beyond.count(),
        !named_is_exact,
        !named_covers,
        set.members.clone(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_subset_comes_once_and_in_order() {
        assert_eq!(subsets(3, 2), [vec![0, 1], vec![0, 2], vec![1, 2]]);
        assert_eq!(subsets(4, 4), [vec![0, 1, 2, 3]]);
        assert!(subsets(2, 3).is_empty());
    }
}
