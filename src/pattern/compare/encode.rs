//! Formulas as literals over the places of an event, and the search for an event that gives them the wished truth.

use super::demand::{Demand, Sort};
use super::language::Languages;
use super::places::{Place, PlaceId, Places, Probe, Shape};
use super::solver::{Found, Literal, Reasons, Solver};
use super::witness::{self, Content};
use super::{Answer, UndecidedReason};
use crate::pattern::ast::Test;
use crate::pattern::event::Event;
use crate::pattern::normal::{Atom, Formula};

/// The assignments that may turn out impossible before a search is given up.
const MAXIMUM_REFUTATIONS: usize = 5_000;

/// Formulas, each as one literal.
pub(crate) struct Encoding {
    places: Places,
    languages: Languages,
    formulas: Vec<Literal>,
}

/// A formula of an encoding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct FormulaId(usize);

impl Encoding {
    /// Lays out the places for formulas whose atoms are among those of the given ones.
    pub(crate) fn new(formulas: &[&Formula]) -> Result<Self, UndecidedReason> {
        let mut atoms: Vec<&Atom> = formulas
            .iter()
            .flat_map(|formula| formula.atoms())
            .collect();
        atoms.sort();
        atoms.dedup();
        let probes = atoms.iter().map(|atom| Probe {
            steps: atom.selector.steps(),
            test: &atom.test,
        });
        let places = Places::new(&probes.collect::<Vec<Probe<'_>>>())?;
        Ok(Self {
            places,
            languages: Languages::default(),
            formulas: Vec::new(),
        })
    }

    /// Adds a formula.
    pub(crate) fn add(&mut self, formula: &Formula) -> FormulaId {
        let literal = literal(&mut self.places, formula);
        self.formulas.push(literal);
        FormulaId(self.formulas.len() - 1)
    }

    /// Finds an event that gives formulas the wished truth and that `confirms` its purpose.
    pub(crate) fn find(
        &mut self,
        wishes: &[(FormulaId, bool)],
        confirms: &dyn Fn(&Event) -> bool,
    ) -> Answer {
        let active = self.places.solver.fresh();
        let literals = wishes.iter().filter_map(|(formula, wish)| {
            let literal = *self.formulas.get(formula.0)?;
            Some(if *wish { literal } else { !literal })
        });
        let mut assumptions: Vec<Literal> = literals.chain([active]).collect();
        let without_bound = assumptions.clone();
        assumptions.push(self.places.short);
        let mut doubt = None;
        for _ in 0..MAXIMUM_REFUTATIONS {
            match self.places.solver.solve(&assumptions) {
                Found::Assignment => match self.contents(&assumptions, active) {
                    Reading::Contents(contents) => {
                        let event = witness::build(&self.places, &contents, confirms);
                        return event.map(Some).ok_or(UndecidedReason::Evidence);
                    }
                    Reading::Refuted => {}
                    Reading::Unknown(reason) if self.languages.is_exhausted() => {
                        return Err(reason);
                    }
                    Reading::Unknown(reason) => doubt = Some(reason),
                },
                Found::Nothing => return self.conclude(doubt, &without_bound),
                Found::GivenUp => return Err(UndecidedReason::Combinations),
            }
        }
        Err(doubt.unwrap_or(UndecidedReason::Combinations))
    }

    /// There is no event, unless an assignment was passed over in doubt or lists were kept short.
    fn conclude(&mut self, doubt: Option<UndecidedReason>, without_bound: &[Literal]) -> Answer {
        if let Some(reason) = doubt {
            return Err(reason);
        }
        match self.places.solver.solve(without_bound) {
            Found::Nothing => Ok(None),
            Found::Assignment | Found::GivenUp => Err(UndecidedReason::List),
        }
    }

    /// Reads the assignment. When a text or number is impossible, learns why; when that is not known, passes it over while `active`.
    fn contents(&mut self, assumptions: &[Literal], active: Literal) -> Reading {
        let reasons = self.places.solver.reasons(assumptions);
        let mut contents = Vec::new();
        let mut refuted = None;
        for place in self.places.iter() {
            let shape = place.shape_in(&self.places.solver);
            let demand = demand(&self.places.solver, &reasons, place, shape);
            match scalar_text(&mut self.languages, place, demand) {
                Ok(text) => contents.push(Content { shape, text }),
                Err(refutation) => {
                    refuted = Some((refutation, place.is(shape)));
                    break;
                }
            }
        }
        let Some((Refutation { literals, doubt }, shape)) = refuted else {
            return Reading::Contents(contents);
        };
        let passed_over = doubt.map(|_| active);
        let together = literals.into_iter().chain([shape]).chain(passed_over);
        let clause: Vec<Literal> = together.map(|literal| !literal).collect();
        self.places.solver.clause(&clause);
        doubt.map_or(Reading::Refuted, Reading::Unknown)
    }
}

/// What an assignment amounts to.
enum Reading {
    /// The content of every place, in order.
    Contents(Vec<Content>),
    /// No event has the combination of conditions; a clause says so now.
    Refuted,
    /// Whether an event has the combination of conditions was not found out.
    Unknown(UndecidedReason),
}

/// Literals that are not true together, or of which that is not known.
struct Refutation {
    literals: Vec<Literal>,
    doubt: Option<UndecidedReason>,
}

/// Returns what the assignment asks of the text or the number of a place, when it has one.
fn demand<'place>(
    solver: &Solver,
    reasons: &Reasons,
    place: &'place Place,
    shape: Shape,
) -> Option<Demand<'place>> {
    let sort = match shape {
        Shape::Text => Sort::Text,
        Shape::Number => Sort::Number,
        Shape::Missing
        | Shape::Null
        | Shape::True
        | Shape::False
        | Shape::Infinite
        | Shape::MinusInfinite
        | Shape::List
        | Shape::Object => return None,
    };
    Some(place.scalar.demand(solver, reasons, sort))
}

/// Finds a text, or the spelling of a number, that meets the demand; none is needed without a demand.
fn scalar_text(
    languages: &mut Languages,
    place: &Place,
    demand: Option<Demand<'_>>,
) -> Result<String, Refutation> {
    let Some(demand) = demand else {
        return Ok(String::new());
    };
    let refuted = |demand: &Demand<'_>, doubt| Refutation {
        literals: place.scalar.refuted(demand),
        doubt,
    };
    match demand.find(languages) {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(refuted(&demand.core(languages), None)),
        Err(reason) => Err(refuted(&demand, Some(reason))),
    }
}

/// Returns a literal that is true exactly when the formula is.
fn literal(places: &mut Places, formula: &Formula) -> Literal {
    match formula {
        Formula::Object => places.is(Places::root(), Shape::Object),
        Formula::Atom(atom) => atom_literal(places, atom),
        Formula::All(members) => {
            let members: Vec<Literal> = members
                .iter()
                .map(|member| literal(places, member))
                .collect();
            places.solver.conjunction(&members)
        }
        Formula::Any(members) => {
            let members: Vec<Literal> = members
                .iter()
                .map(|member| literal(places, member))
                .collect();
            places.solver.disjunction(&members)
        }
    }
}

fn atom_literal(places: &mut Places, atom: &Atom) -> Literal {
    let Some((before, after)) = atom.selector.split_at_wildcard() else {
        let selected = places.descend(Places::root(), atom.selector.steps());
        return single(places, &atom.test, selected);
    };
    let parent = places.descend(Places::root(), before);
    let children: Vec<PlaceId> = parent
        .and_then(|id| places.get(id))
        .map(|place| place.children().collect())
        .unwrap_or_default();
    let selected: Vec<PlaceId> = children
        .into_iter()
        .filter_map(|child| places.descend(child, after))
        .collect();
    several(places, &atom.test, parent, &selected)
}

/// A test of what a selector without a wildcard step selects; a place beyond what an event can hold is missing.
fn single(places: &mut Places, test: &Test, selected: Option<PlaceId>) -> Literal {
    let Some(id) = selected else {
        return if *test == Test::NotExists {
            !places.never()
        } else {
            places.never()
        };
    };
    match test {
        Test::NotEqual(value) => places.scalar_literal(id, |scalar, solver, shapes| {
            scalar.differs(solver, shapes, value)
        }),
        Test::NotExists => places.is(id, Shape::Missing),
        Test::IsNull => {
            let elements: Vec<PlaceId> = places
                .get(id)
                .map(|place| place.elements().collect())
                .unwrap_or_default();
            let null_elements: Vec<Literal> = elements
                .into_iter()
                .map(|element| places.is(element, Shape::Null))
                .collect();
            let has_null = places.solver.disjunction(&null_elements);
            let null_in_list = places
                .solver
                .conjunction(&[places.is(id, Shape::List), has_null]);
            let null = places.is(id, Shape::Null);
            places.solver.disjunction(&[null, null_in_list])
        }
        Test::Equal(_) | Test::Order(..) | Test::IsTrue | Test::IsFalse => {
            element(places, test, id)
        }
    }
}

/// A test of what a selector with a wildcard step selects below `parent`.
fn several(
    places: &mut Places,
    test: &Test,
    parent: Option<PlaceId>,
    selected: &[PlaceId],
) -> Literal {
    let positive = match test {
        Test::NotEqual(value) => &Test::Equal(value.clone()),
        Test::Equal(_)
        | Test::Order(..)
        | Test::IsNull
        | Test::IsTrue
        | Test::IsFalse
        | Test::NotExists => test,
    };
    let each: Vec<Literal> = selected
        .iter()
        .map(|&id| element(places, positive, id))
        .collect();
    let some = places.solver.disjunction(&each);
    match test {
        Test::NotEqual(_) => {
            let missing =
                parent.map_or(!places.never(), |parent| places.is(parent, Shape::Missing));
            places.solver.conjunction(&[!missing, !some])
        }
        Test::NotExists => !some,
        Test::Equal(_) | Test::Order(..) | Test::IsNull | Test::IsTrue | Test::IsFalse => some,
    }
}

/// A positive test of one place; for `NOT EXISTS`, that the place is there.
fn element(places: &mut Places, test: &Test, id: PlaceId) -> Literal {
    match test {
        Test::Equal(value) | Test::NotEqual(value) => places
            .scalar_literal(id, |scalar, solver, shapes| {
                scalar.equals(solver, shapes, value)
            }),
        Test::Order(order, number) => places.scalar_literal(id, |scalar, solver, _| {
            scalar.in_order(solver, *order, number)
        }),
        Test::IsNull => places.is(id, Shape::Null),
        Test::IsTrue => places.is(id, Shape::True),
        Test::IsFalse => places.is(id, Shape::False),
        Test::NotExists => !places.is(id, Shape::Missing),
    }
}
