//! The conditions on the text or the number at one place: how they exclude and imply each other.
//!
//! What follows from single conditions is said in clauses from the start. Whether a text or a number satisfies a whole combination of
//! conditions is another matter (`demand`).

use std::collections::BTreeMap;

use super::demand::{Demand, Sort, as_literal, covers};
use super::solver::{Literal, Reasons, Solver};
use crate::pattern::ast::{Number, Order, Test, Value};
use crate::pattern::number::{Decimal, EventNumber};

/// The literals of one place for what its text or number may satisfy.
#[derive(Debug, Default)]
pub(super) struct Scalar {
    /// The text, or the text form of the number, is one of these.
    texts: BTreeMap<Value, Literal>,
    /// The number is below, at or above these.
    cuts: BTreeMap<Decimal, Cut>,
}

/// Where a number stands with respect to a literal; none of these holds when the place has no number.
#[derive(Debug, Clone, Copy)]
struct Cut {
    below: Literal,
    at: Literal,
    above: Literal,
}

/// The shapes of a place that have a text form.
#[derive(Debug, Clone, Copy)]
pub(super) struct ScalarShapes {
    pub(super) text: Literal,
    pub(super) number: Literal,
    /// Too large for a double, and its negative counterpart.
    pub(super) infinite: [Literal; 2],
}

/// The text forms of numbers too large for a double.
const INFINITE_TEXTS: [&str; 2] = ["Infinity", "-Infinity"];

impl Scalar {
    /// Makes room for a test.
    pub(super) fn add(&mut self, solver: &mut Solver, test: &Test) {
        match test {
            Test::Equal(Value::Number(number)) | Test::NotEqual(Value::Number(number)) => {
                self.add_text(solver, &Value::Text(number.spelling().to_owned()));
                self.add_cut(solver, number.value());
            }
            Test::Equal(value) | Test::NotEqual(value) => self.add_text(solver, value),
            Test::Order(_, number) => self.add_cut(solver, number.value()),
            Test::IsNull | Test::IsTrue | Test::IsFalse | Test::NotExists => {}
        }
    }

    fn add_text(&mut self, solver: &mut Solver, value: &Value) {
        self.texts
            .entry(value.clone())
            .or_insert_with(|| solver.fresh());
    }

    fn add_cut(&mut self, solver: &mut Solver, value: &Decimal) {
        let cut = || Cut {
            below: solver.fresh(),
            at: solver.fresh(),
            above: solver.fresh(),
        };
        self.cuts.entry(value.clone()).or_insert_with(cut);
    }

    /// Tells whether any test can tell a number from the string of its digits.
    pub(super) fn knows_numbers(&self) -> bool {
        !self.cuts.is_empty()
    }

    /// Says in clauses what follows from single conditions.
    pub(super) fn relate(&self, solver: &mut Solver, shapes: &ScalarShapes) {
        self.relate_texts(solver);
        self.relate_cuts(solver, shapes);
        for (value, &literal) in &self.texts {
            let [high, low] = shapes.infinite;
            solver.clause(&[!literal, shapes.text, shapes.number, high, low]);
            for (shape, text) in shapes.infinite.into_iter().zip(INFINITE_TEXTS) {
                let settled = if covers(value, text) {
                    literal
                } else {
                    !literal
                };
                solver.clause(&[!shape, settled]);
            }
            if let Some(text) = as_literal(value) {
                self.relate_number_text(solver, shapes, literal, text);
            }
        }
    }

    /// A text without wildcards excludes all others and settles the conditions with wildcards.
    fn relate_texts(&self, solver: &mut Solver) {
        let (literals, patterns): (Vec<_>, Vec<_>) = self
            .texts
            .iter()
            .partition(|(value, _)| as_literal(value).is_some());
        let exclusive: Vec<Literal> = literals.iter().map(|(_, literal)| **literal).collect();
        solver.at_most_one(&exclusive);
        for (value, literal) in literals {
            let Some(text) = as_literal(value) else {
                continue;
            };
            for (pattern, settled) in &patterns {
                let settled = if covers(pattern, text) {
                    **settled
                } else {
                    !**settled
                };
                solver.clause(&[!*literal, settled]);
            }
        }
    }

    /// The cuts divide the line in order.
    fn relate_cuts(&self, solver: &mut Solver, shapes: &ScalarShapes) {
        let mut previous: Option<Cut> = None;
        for &cut in self.cuts.values() {
            let Cut { below, at, above } = cut;
            solver.exactly_one(&[!shapes.number, below, at, above]);
            if let Some(lower) = previous {
                // At or below the lower literal is below this one; at or above this one is above the lower.
                solver.clause(&[!lower.below, below]);
                solver.clause(&[!lower.at, below]);
                solver.clause(&[!at, lower.above]);
                solver.clause(&[!above, lower.above]);
            }
            previous = Some(cut);
        }
    }

    /// At most one number has a given text form.
    fn relate_number_text(
        &self,
        solver: &mut Solver,
        shapes: &ScalarShapes,
        literal: Literal,
        text: &str,
    ) {
        let printed = EventNumber::parse(text).filter(|number| number.text == text);
        let Some(value) = printed.and_then(|number| number.value) else {
            solver.clause(&[!shapes.number, !literal]);
            return;
        };
        for (bound, cut) in &self.cuts {
            let place = match value.cmp(bound) {
                std::cmp::Ordering::Less => cut.below,
                std::cmp::Ordering::Equal => cut.at,
                std::cmp::Ordering::Greater => cut.above,
            };
            solver.clause(&[!shapes.number, !literal, place]);
        }
    }

    /// Returns the literal that the scalar equals a value.
    pub(super) fn equals(
        &self,
        solver: &mut Solver,
        shapes: &ScalarShapes,
        value: &Value,
    ) -> Literal {
        match value {
            Value::Text(_) | Value::Regex(_) => self.text(value),
            Value::Number(number) => {
                let text = self.text(&Value::Text(number.spelling().to_owned()));
                let as_text = solver.conjunction(&[shapes.text, text]);
                let at = self.cut(number.value()).at;
                solver.disjunction(&[as_text, at])
            }
        }
    }

    /// Returns the literal that there is a scalar and it differs from a value.
    pub(super) fn differs(
        &self,
        solver: &mut Solver,
        shapes: &ScalarShapes,
        value: &Value,
    ) -> Literal {
        let [high, low] = shapes.infinite;
        let comparable = match value {
            Value::Text(_) | Value::Regex(_) => {
                solver.disjunction(&[shapes.text, shapes.number, high, low])
            }
            Value::Number(_) => solver.disjunction(&[shapes.text, shapes.number]),
        };
        let equals = self.equals(solver, shapes, value);
        solver.conjunction(&[comparable, !equals])
    }

    /// Returns the literal that the scalar is a number in an order to a literal.
    pub(super) fn in_order(&self, solver: &mut Solver, order: Order, number: &Number) -> Literal {
        let Cut { below, at, above } = self.cut(number.value());
        match order {
            Order::Less => below,
            Order::LessOrEqual => solver.disjunction(&[below, at]),
            Order::Greater => above,
            Order::GreaterOrEqual => solver.disjunction(&[above, at]),
        }
    }

    fn text(&self, value: &Value) -> Literal {
        self.texts.get(value).copied().unwrap_or(Literal::UNDEF)
    }

    fn cut(&self, value: &Decimal) -> Cut {
        let unknown = Cut {
            below: Literal::UNDEF,
            at: Literal::UNDEF,
            above: Literal::UNDEF,
        };
        self.cuts.get(value).copied().unwrap_or(unknown)
    }

    /// Returns what the assignment asks of the scalar, as far as it matters.
    pub(super) fn demand(&self, solver: &Solver, reasons: &Reasons, sort: Sort) -> Demand<'_> {
        let relevant = self
            .texts
            .iter()
            .filter(|(_, literal)| reasons.needs(**literal));
        let texts = relevant
            .map(|(value, literal)| (value, solver.is_true(*literal)))
            .collect();
        let mut demand = Demand {
            sort,
            texts,
            low: None,
            at: None,
            high: None,
        };
        let matters = |cut: &Cut| {
            [cut.below, cut.at, cut.above]
                .into_iter()
                .any(|literal| reasons.needs(literal))
        };
        for (value, cut) in self
            .cuts
            .iter()
            .filter(|(_, cut)| sort == Sort::Number && matters(cut))
        {
            if solver.is_true(cut.above) {
                demand.low = Some(value);
            } else if solver.is_true(cut.at) {
                demand.at = Some(value);
            } else if demand.high.is_none() {
                demand.high = Some(value);
            }
        }
        demand
    }

    /// Returns the literals of which one must be false because the demand cannot be met.
    pub(super) fn refuted(&self, demand: &Demand<'_>) -> Vec<Literal> {
        let Demand {
            sort: _,
            texts,
            low,
            at,
            high,
        } = demand;
        let texts = texts.iter().map(|(value, holds)| {
            if *holds {
                self.text(value)
            } else {
                !self.text(value)
            }
        });
        let low = low.map(|value| self.cut(value).above);
        let at = at.map(|value| self.cut(value).at);
        let high = high.map(|value| self.cut(value).below);
        texts.chain(low).chain(at).chain(high).collect()
    }
}
