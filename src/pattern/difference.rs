//! Which clauses of two JSON patterns say the same, and which stand in one of them alone.
//!
//! Clauses are told apart by what they match, never by their texts. All questions about two patterns share one encoding and its
//! bounds; when that is used up, clauses that are not written alike count as different.

use super::Pattern;
use super::ast::{Condition, Expression, Tree};
use super::compare::{Encoding, FormulaId};
use super::normal::Formula;

/// The questions without an answer before no more are asked.
const MAXIMUM_DOUBTS: u32 = 2;

/// Which pattern a clause belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// Both patterns say it, in these or in other words.
    Both,
    /// The first pattern alone.
    OnlyA,
    /// The second pattern alone.
    OnlyB,
}

/// A clause, and which pattern it belongs to.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Which pattern says it.
    pub side: Side,
    /// The clause, as that pattern or one of both writes it.
    pub expression: Expression<Condition>,
}

/// Something that an event must satisfy.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    /// A clause by itself.
    Required(Clause),
    /// At least one of several clauses.
    Choice(Vec<Clause>),
}

/// Tells the clauses of two JSON patterns apart; nothing when one is no JSON pattern, or matches no event at all.
///
/// A clause that must hold counts as said by the other pattern when that lets no other events through. One of several alternatives
/// counts as said when the other pattern has an alternative for each of its events.
#[must_use]
pub fn difference(a: &Pattern, b: &Pattern) -> Option<Vec<Part>> {
    let (Tree::Json(tree_a), Tree::Json(tree_b)) = (a.tree(), b.tree()) else {
        return None;
    };
    let mut prover = Prover::new(tree_a, tree_b);
    let (a, b) = (
        Formula::of_expression(tree_a),
        Formula::of_expression(tree_b),
    );
    if prover.is_dead(&a) || prover.is_dead(&b) {
        return None;
    }
    if prover.implies(&a, &b) && prover.implies(&b, &a) {
        return Some(conjuncts(tree_a).iter().map(Conjunct::kept).collect());
    }
    let mut sides = Sides {
        whole: [a, b],
        open: [conjuncts(tree_a), conjuncts(tree_b)],
        context: Vec::new(),
        parts: Vec::new(),
    };
    sides.take_equal(&mut prover);
    sides.take_common(&mut prover);
    sides.take_choices(&mut prover);
    sides.take_rest(&mut prover);
    Some(sides.parts)
}

/// A clause that must hold, as its alternatives; one alone when there is no choice.
#[derive(Debug, Clone)]
struct Conjunct {
    alternatives: Vec<Expression<Condition>>,
    formula: Formula,
}

impl Conjunct {
    fn part(&self, side: Side) -> Part {
        let clauses = self.alternatives.iter().map(|alternative| Clause {
            side,
            expression: alternative.clone(),
        });
        let mut clauses: Vec<Clause> = clauses.collect();
        match clauses.pop() {
            Some(only) if clauses.is_empty() => Part::Required(only),
            last => Part::Choice(clauses.into_iter().chain(last).collect()),
        }
    }

    fn kept(&self) -> Part {
        self.part(Side::Both)
    }

    fn is_choice(&self) -> bool {
        self.alternatives.len() > 1
    }
}

/// Takes an expression apart into clauses that must all hold.
fn conjuncts(expression: &Expression<Condition>) -> Vec<Conjunct> {
    match expression {
        Expression::All(members) => members.iter().flat_map(conjuncts).collect(),
        Expression::Any(_) | Expression::One(_) => vec![Conjunct {
            alternatives: alternatives(expression),
            formula: Formula::of_expression(expression),
        }],
    }
}

fn alternatives(expression: &Expression<Condition>) -> Vec<Expression<Condition>> {
    match expression {
        Expression::Any(members) => members.iter().flat_map(alternatives).collect(),
        Expression::All(_) | Expression::One(_) => vec![expression.clone()],
    }
}

/// The clauses of two patterns while they are told apart.
struct Sides {
    whole: [Formula; 2],
    /// The clauses that are not yet told apart.
    open: [Vec<Conjunct>; 2],
    /// What both patterns ask for.
    context: Vec<Formula>,
    parts: Vec<Part>,
}

impl Sides {
    /// Takes clauses that both patterns have.
    fn take_equal(&mut self, prover: &mut Prover) {
        let [open_a, open_b] = &mut self.open;
        let (context, parts) = (&mut self.context, &mut self.parts);
        open_a.retain(|clause| {
            let twin = open_b.iter().position(|other| {
                prover.implies(&clause.formula, &other.formula)
                    && prover.implies(&other.formula, &clause.formula)
            });
            if let Some(twin) = twin {
                open_b.remove(twin);
                context.push(clause.formula.clone());
                parts.push(clause.kept());
            }
            twin.is_none()
        });
    }

    /// Takes clauses without a choice that follow from the other pattern.
    fn take_common(&mut self, prover: &mut Prover) {
        let [whole_a, whole_b] = &self.whole;
        for (open, other) in self.open.iter_mut().zip([whole_b, whole_a]) {
            open.retain(|clause| {
                let common = !clause.is_choice() && prover.implies(other, &clause.formula);
                if common {
                    self.context.push(clause.formula.clone());
                    self.parts.push(clause.kept());
                }
                !common
            });
        }
    }

    /// Takes pairs of choices that have alternatives in common.
    fn take_choices(&mut self, prover: &mut Prover) {
        let context = Formula::all(self.context.iter().cloned());
        let [open_a, open_b] = &mut self.open;
        let parts = &mut self.parts;
        open_a.retain(|clause| {
            let choices = open_b.iter().map(|other| {
                if clause.is_choice() || other.is_choice() {
                    choice(clause, other, &context, prover)
                } else {
                    Vec::new()
                }
            });
            let common = |clauses: &[Clause]| {
                let both = clauses.iter().filter(|clause| clause.side == Side::Both);
                both.count()
            };
            let best = choices
                .enumerate()
                .max_by_key(|(index, clauses)| (common(clauses), usize::MAX - index));
            match best {
                Some((twin, clauses)) if common(&clauses) > 0 => {
                    open_b.remove(twin);
                    parts.push(Part::Choice(clauses));
                    false
                }
                Some(_) | None => true,
            }
        });
    }

    /// Takes what is left: it follows from the other pattern, or stands in one alone.
    fn take_rest(&mut self, prover: &mut Prover) {
        let [whole_a, whole_b] = &self.whole;
        let others = [(Side::OnlyA, whole_b), (Side::OnlyB, whole_a)];
        for (open, (side, other)) in self.open.iter().zip(others) {
            for clause in open {
                let side = if prover.implies(other, &clause.formula) {
                    Side::Both
                } else {
                    side
                };
                self.parts.push(clause.part(side));
            }
        }
    }
}

/// Tells the alternatives of two choices apart, for events that satisfy the context.
fn choice(a: &Conjunct, b: &Conjunct, context: &Formula, prover: &mut Prover) -> Vec<Clause> {
    let mut clauses = Vec::new();
    let mut both = Vec::new();
    let sides = [(a, b, Side::OnlyA), (b, a, Side::OnlyB)];
    for (own, other, side) in sides {
        for alternative in &own.alternatives {
            let formula = Formula::of_expression(alternative);
            let within = Formula::all([context.clone(), formula.clone()]);
            let is_common = prover.implies(&within, &other.formula);
            if is_common && prover.implies(&within, &Formula::any(both.iter().cloned())) {
                // It has been said in other words.
                continue;
            }
            if is_common {
                both.push(formula);
            }
            clauses.push(Clause {
                side: if is_common { Side::Both } else { side },
                expression: alternative.clone(),
            });
        }
    }
    clauses
}

/// Answers questions about formulas whose atoms are those of two patterns.
struct Prover {
    encoding: Option<Encoding>,
    doubts: u32,
}

impl Prover {
    fn new(a: &Expression<Condition>, b: &Expression<Condition>) -> Self {
        let formulas = [a, b]
            .map(|expression| Formula::all([Formula::Object, Formula::of_expression(expression)]));
        let [a, b] = &formulas;
        Self {
            encoding: Encoding::new(&[a, b]).ok(),
            doubts: 0,
        }
    }

    /// Tells whether it is certain that no event satisfies a formula.
    fn is_dead(&mut self, formula: &Formula) -> bool {
        self.implies(formula, &Formula::any([]))
    }

    /// Tells whether it is certain that each event that satisfies the one formula satisfies the other.
    fn implies(&mut self, one: &Formula, other: &Formula) -> bool {
        if one == other {
            return true;
        }
        let Some(encoding) = &mut self.encoding else {
            return false;
        };
        if self.doubts > MAXIMUM_DOUBTS {
            return false;
        }
        let object = |formula: &Formula| Formula::all([Formula::Object, formula.clone()]);
        let ids: [FormulaId; 2] = [one, other].map(|formula| encoding.add(&object(formula)));
        let [one, other] = ids;
        match encoding.find(&[(one, true), (other, false)], &|_| true) {
            Ok(None) => true,
            Ok(Some(_)) => false,
            Err(_) => {
                self.doubts += 1;
                false
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The difference in a short form: `=`, `-` or `+` before each clause, choices in brackets.
    fn told(a: &str, b: &str) -> String {
        let clause = |clause: &Clause| {
            let sign = match clause.side {
                Side::Both => "=",
                Side::OnlyA => "-",
                Side::OnlyB => "+",
            };
            format!("{sign} {}", clause.expression)
        };
        let part = |part: &Part| match part {
            Part::Required(required) => clause(required),
            Part::Choice(clauses) => {
                let clauses: Vec<String> = clauses.iter().map(clause).collect();
                format!("[{}]", clauses.join(" | "))
            }
        };
        let (a, b) = (Pattern::parse(a).unwrap(), Pattern::parse(b).unwrap());
        let parts = difference(&a, &b).unwrap_or_default();
        let parts: Vec<String> = parts.iter().map(part).collect();
        parts.join("; ").replace('"', "")
    }

    /// Two patterns, and the difference.
    const DIFFERENCES: &[(&str, &str, &str)] = &[
        ("{ $.a = x }", "{ $.a = y }", "- $.a = x; + $.a = y"),
        (
            "{ $.a = x }",
            "{ $.a = x && $.b = y }",
            "= $.a = x; + $.b = y",
        ),
        (
            "{ $.a = x || $.a = y }",
            "{ $.a = z || $.a = y }",
            "[- $.a = x | = $.a = y | + $.a = z]",
        ),
        (
            "{ $.s = i && ($.n = x || $.n = y) }",
            "{ ($.n = z || ($.n = x)) && $.s = i }",
            "= $.s = i; [= $.n = x | - $.n = y | + $.n = z]",
        ),
        // Other words for the same are the same.
        (
            "{ $.s = i && ($.n = x || $.n = y) && $.k = 1 }",
            "{ ($.n = x && $.s = i) || ($.s = i && $.n = %^y$%) }",
            "= $.s = i; [= $.n = x | = $.n = y]; - $.k = 1",
        ),
        (
            "{ $.n = x || $.n = y }",
            "{ $.n = %^[xy]$% || $.n = z }",
            "[= $.n = x | = $.n = y | + $.n = z]",
        ),
        // A clause that goes further is not the same; what both match is.
        (
            "{ $.n = \"x*\" }",
            "{ $.n = xy || $.m = z }",
            "[- $.n = x* | = $.n = xy | + $.m = z]",
        ),
        (
            "{ $.n = \"x*\" && $.m = y }",
            "{ $.n = xy }",
            "= $.n = x*; - $.m = y; + $.n = xy",
        ),
        (
            "{ $.s = i && ($.n = x || $.n = y) }",
            "{ $.s = i && $.n = x }",
            "= $.s = i; [= $.n = x | - $.n = y]",
        ),
        (
            "{ ($.n = x || $.n = y) && ($.m = 1 || $.m = 2) }",
            "{ ($.m = 2 || $.m = 3) && ($.n = x || $.n = y) }",
            "[= $.n = x | = $.n = y]; [- $.m = 1 | = $.m = 2 | + $.m = 3]",
        ),
        // Equivalent patterns have no difference, whatever their shape.
        (
            "{ $.a = x && ($.b = 1 || $.c = 2) }",
            "{ ($.a = x && $.b = 1) || ($.c = 2 && $.a = x) }",
            "= $.a = x; [= $.b = 1 | = $.c = 2]",
        ),
        ("{ $.a = x && $.a = y }", "{ $.a = x }", ""),
        ("ERROR", "{ $.a = x }", ""),
    ];

    #[test]
    fn clauses_are_told_apart_by_what_they_match() {
        for (a, b, expected) in DIFFERENCES {
            assert_eq!(told(a, b), *expected, "{a} and {b}");
        }
    }
}
