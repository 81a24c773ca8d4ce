//! A Boolean solver: literals, clauses, formulas, and assignments that satisfy them.
//!
//! The search itself is done by `batsat`; this file only bounds it.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use batsat::{Callbacks, ClauseKind, SolverInterface as _, Var, lbool};

/// A variable or its negation.
pub(super) type Literal = batsat::Lit;

/// The clauses that may be learnt before a search is given up.
const MAXIMUM_CONFLICTS: u32 = 100_000;

/// Stops a search that has met too many dead ends.
#[derive(Debug, Default)]
struct Bound {
    conflicts: Cell<u32>,
}

impl Callbacks for Bound {
    fn on_new_clause(&mut self, _clause: &[Literal], kind: ClauseKind) {
        if kind == ClauseKind::Learnt {
            self.conflicts.set(self.conflicts.get().saturating_add(1));
        }
    }

    fn stop(&self) -> bool {
        self.conflicts.get() > MAXIMUM_CONFLICTS
    }
}

/// What a search found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// An assignment, to be read with [`Solver::is_true`].
    Assignment,
    /// The certainty that there is none.
    Nothing,
    /// The search was given up.
    GivenUp,
}

/// Clauses, and the assignment found last.
pub(super) struct Solver {
    inner: batsat::Solver<Bound>,
    /// The members of each conjunction, by its variable.
    conjunctions: BTreeMap<Var, Vec<Literal>>,
}

impl Solver {
    pub(super) fn new() -> Self {
        Self {
            inner: batsat::Solver::new(batsat::SolverOpts::default(), Bound::default()),
            conjunctions: BTreeMap::new(),
        }
    }

    /// Makes a variable that is false unless something asks for it.
    pub(super) fn fresh(&mut self) -> Literal {
        Literal::new(self.inner.new_var(lbool::FALSE, true), true)
    }

    /// Makes a variable that is true unless something speaks against it.
    pub(super) fn fresh_true(&mut self) -> Literal {
        Literal::new(self.inner.new_var(lbool::TRUE, true), true)
    }

    /// Demands that one of the literals is true.
    pub(super) fn clause(&mut self, literals: &[Literal]) {
        self.inner.add_clause_reuse(&mut literals.to_vec());
    }

    /// Demands that exactly one of the literals is true.
    pub(super) fn exactly_one(&mut self, literals: &[Literal]) {
        self.clause(literals);
        self.at_most_one(literals);
    }

    /// Demands that no two of the literals are true, in clauses that grow with their number only.
    pub(super) fn at_most_one(&mut self, literals: &[Literal]) {
        let mut earlier: Option<Literal> = None;
        for &literal in literals {
            let so_far = self.fresh();
            self.clause(&[!literal, so_far]);
            if let Some(earlier) = earlier {
                self.clause(&[!earlier, !literal]);
                self.clause(&[!earlier, so_far]);
            }
            earlier = Some(so_far);
        }
    }

    /// Returns a literal that is true exactly when all of the given ones are.
    pub(super) fn conjunction(&mut self, members: &[Literal]) -> Literal {
        if let [only] = members {
            return *only;
        }
        let whole = self.fresh();
        let mut back = vec![whole];
        for &member in members {
            self.clause(&[!whole, member]);
            back.push(!member);
        }
        self.clause(&back);
        self.conjunctions.insert(whole.var(), members.to_vec());
        whole
    }

    /// Returns a literal that is true exactly when one of the given ones is.
    pub(super) fn disjunction(&mut self, members: &[Literal]) -> Literal {
        let negated: Vec<Literal> = members.iter().map(|&member| !member).collect();
        !self.conjunction(&negated)
    }

    /// Looks for an assignment in which all of the given literals are true.
    pub(super) fn solve(&mut self, assumptions: &[Literal]) -> Found {
        let result = self.inner.solve_limited(assumptions);
        if result == lbool::TRUE {
            Found::Assignment
        } else if result == lbool::FALSE {
            Found::Nothing
        } else {
            Found::GivenUp
        }
    }

    /// Tells whether a literal is true in the assignment found last.
    pub(super) fn is_true(&self, literal: Literal) -> bool {
        self.inner.value_lit(literal) == lbool::TRUE
    }

    /// Returns variables that alone make the literals true in the assignment found last, whatever the other ones are.
    pub(super) fn reasons(&self, literals: &[Literal]) -> Reasons {
        let mut reasons = Reasons::default();
        let mut forced: Vec<Literal> = literals.to_vec();
        let mut choices: Vec<&Vec<Literal>> = Vec::new();
        loop {
            if let Some(literal) = forced.pop() {
                let members = self
                    .conjunctions
                    .get(&literal.var())
                    .filter(|_| reasons.variables.insert(literal.var()));
                match members {
                    Some(members) if self.is_true(Literal::new(literal.var(), true)) => {
                        forced.extend(members);
                    }
                    Some(members) => choices.push(members),
                    None => {
                        reasons.variables.insert(literal.var());
                    }
                }
            } else if let Some(members) = choices.pop() {
                // One false member is enough, best one that is a reason already.
                let false_members = || members.iter().filter(|member| !self.is_true(**member));
                let known = false_members().any(|member| reasons.needs(*member));
                forced.extend(false_members().next().filter(|_| !known));
            } else {
                return reasons;
            }
        }
    }
}

/// Variables that make something true.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    variables: BTreeSet<Var>,
}

impl Reasons {
    /// Tells whether the variable of a literal is among them.
    pub(super) fn needs(&self, literal: Literal) -> bool {
        self.variables.contains(&literal.var())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_decided() {
        let mut solver = Solver::new();
        let (a, b, c) = (solver.fresh(), solver.fresh(), solver.fresh());
        let both = solver.conjunction(&[a, b]);
        let either = solver.disjunction(&[both, c]);
        solver.exactly_one(&[a, b, c]);
        assert_eq!(solver.solve(&[both]), Found::Nothing);
        assert_eq!(solver.solve(&[either, a]), Found::Nothing);
        assert_eq!(solver.solve(&[either]), Found::Assignment);
        assert!(solver.is_true(c) && !solver.is_true(a));
        let (nothing, something) = (solver.disjunction(&[]), solver.conjunction(&[]));
        assert_eq!(solver.solve(&[nothing]), Found::Nothing);
        assert_eq!(solver.solve(&[something]), Found::Assignment);
    }

    #[test]
    fn a_variable_has_its_usual_value_when_nothing_speaks_against_it() {
        let mut solver = Solver::new();
        let (usually_true, usually_false) = (solver.fresh_true(), solver.fresh());
        assert_eq!(solver.solve(&[]), Found::Assignment);
        assert!(solver.is_true(usually_true) && !solver.is_true(usually_false));
    }

    #[test]
    fn what_does_not_matter_is_no_reason() {
        let mut solver = Solver::new();
        let (a, b, c) = (solver.fresh_true(), solver.fresh_true(), solver.fresh());
        let (first, second) = (solver.conjunction(&[a, b]), solver.conjunction(&[c, a]));
        let either = solver.disjunction(&[first, second]);
        assert_eq!(solver.solve(&[either]), Found::Assignment);
        let reasons = solver.reasons(&[either]);
        assert!(reasons.needs(a) && reasons.needs(b) && !reasons.needs(c));
        assert_eq!(solver.solve(&[!either]), Found::Assignment);
        let reasons = solver.reasons(&[!either]);
        assert!(reasons.needs(a) != (reasons.needs(b) || reasons.needs(c)));
    }

    #[test]
    fn at_most_one_of_many_is_true() {
        let mut solver = Solver::new();
        let literals: Vec<Literal> = (0..9).map(|_| solver.fresh()).collect();
        solver.exactly_one(&literals);
        for &one in &literals {
            assert_eq!(solver.solve(&[one]), Found::Assignment);
            assert_eq!(
                literals
                    .iter()
                    .filter(|literal| solver.is_true(**literal))
                    .count(),
                1
            );
            for &other in &literals {
                assert_eq!(
                    solver.solve(&[one, other]) == Found::Assignment,
                    one == other
                );
            }
        }
        let all_false: Vec<Literal> = literals.iter().map(|&literal| !literal).collect();
        assert_eq!(solver.solve(&all_false), Found::Nothing);
    }
}
