//! The places of an event that formulas speak of, laid out as a tree with a literal for everything that may stand there.
//!
//! A place is what one path leads to. Each holds exactly one of a few shapes, and exists only inside a fitting one. Where conditions
//! speak of every child (a wildcard step, or `IS NULL`, which looks into lists), there are as many unnamed children as conditions:
//! every condition that some child must satisfy then finds one, and further children would add nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::UndecidedReason;
use super::scalar::{Scalar, ScalarShapes};
use super::solver::{Literal, Solver};
use crate::pattern::ast::{Step, Test};
use crate::pattern::event::MAXIMUM_DEPTH;

/// The places that one comparison lays out.
const MAXIMUM_PLACES: usize = 20_000;
/// The length of the lists that are laid out.
pub(super) const MAXIMUM_LIST: u32 = 10_000;

/// What a place may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Shape {
    Missing,
    Null,
    True,
    False,
    Text,
    /// A number, where a condition can tell it from the string of its digits.
    Number,
    /// A number too large for a double.
    Infinite,
    /// A number too large for a double, below zero.
    MinusInfinite,
    List,
    Object,
}

const SHAPES: [Shape; 10] = [
    Shape::Missing,
    Shape::Null,
    Shape::True,
    Shape::False,
    Shape::Text,
    Shape::Number,
    Shape::Infinite,
    Shape::MinusInfinite,
    Shape::List,
    Shape::Object,
];

/// A place, by its position among all.
pub(super) type PlaceId = usize;

/// What one path leads to.
#[derive(Debug, Default)]
pub(super) struct Place {
    shapes: BTreeMap<Shape, Literal>,
    pub(super) scalar: Scalar,
    /// The children of an object that are named.
    pub(super) members: BTreeMap<String, PlaceId>,
    /// The elements of a list, in order.
    pub(super) stretches: Vec<Stretch>,
}

/// Neighbouring elements of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) first: u32,
    /// How many elements there may be; nothing for the open end of the list.
    pub(super) length: Option<u32>,
    /// The elements that are laid out; the first one stands for all further ones. At the open end they are the unnamed members when
    /// there is an object instead of a list.
    pub(super) places: Vec<PlaceId>,
    /// Whether a selector names this one element.
    pub(super) named: bool,
}

impl Place {
    /// Returns the literal that the place holds a shape.
    pub(super) fn is(&self, shape: Shape) -> Literal {
        self.shapes.get(&shape).copied().unwrap_or(Literal::UNDEF)
    }

    /// Returns the shape that the place has in the assignment.
    pub(super) fn shape_in(&self, solver: &Solver) -> Shape {
        let mut shapes = self.shapes.iter();
        shapes
            .find(|(_, literal)| solver.is_true(**literal))
            .map_or(Shape::Missing, |(shape, _)| *shape)
    }

    /// Returns the literals of the shapes that have a text form.
    pub(super) fn scalar_shapes(&self) -> ScalarShapes {
        ScalarShapes {
            text: self.is(Shape::Text),
            number: self.is(Shape::Number),
            infinite: [self.is(Shape::Infinite), self.is(Shape::MinusInfinite)],
        }
    }

    /// Returns every child that is laid out.
    pub(super) fn children(&self) -> impl Iterator<Item = PlaceId> {
        self.members.values().copied().chain(self.elements())
    }

    /// Returns every element that is laid out.
    pub(super) fn elements(&self) -> impl Iterator<Item = PlaceId> {
        self.stretches
            .iter()
            .flat_map(|stretch| stretch.places.iter().copied())
    }
}

/// A test, and the steps that lead to what it looks at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Probe<'formula> {
    pub(super) steps: &'formula [Step],
    pub(super) test: &'formula Test,
}

/// All places, and the solver that knows their laws.
pub(super) struct Places {
    pub(super) solver: Solver,
    all: Vec<Place>,
    /// Assumed first: that no list is longer than is laid out.
    pub(super) short: Literal,
    never: Literal,
}

impl Places {
    /// Lays out what the probes look at; the root comes first.
    pub(super) fn new(probes: &[Probe<'_>]) -> Result<Self, UndecidedReason> {
        let mut solver = Solver::new();
        let short = solver.fresh();
        let never = solver.fresh();
        solver.clause(&[!never]);
        let mut places = Self {
            solver,
            all: Vec::new(),
            short,
            never,
        };
        let root = places.add(probes, 0)?;
        // A message that is no object is a text.
        let shapes = [places.is(root, Shape::Object), places.is(root, Shape::Text)];
        places.solver.clause(&shapes);
        Ok(places)
    }

    /// Returns the root of the event.
    pub(super) fn root() -> PlaceId {
        0
    }

    /// Returns a place.
    pub(super) fn get(&self, id: PlaceId) -> Option<&Place> {
        self.all.get(id)
    }

    /// Returns all places.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Place> {
        self.all.iter()
    }

    /// Returns the literal that a place holds a shape.
    pub(super) fn is(&self, id: PlaceId, shape: Shape) -> Literal {
        self.get(id).map_or(self.never, |place| place.is(shape))
    }

    /// Returns a literal that is never true.
    pub(super) fn never(&self) -> Literal {
        self.never
    }

    /// Asks the scalar of a place for a literal.
    pub(super) fn scalar_literal(
        &mut self,
        id: PlaceId,
        ask: impl FnOnce(&Scalar, &mut Solver, &ScalarShapes) -> Literal,
    ) -> Literal {
        match self.all.get(id) {
            Some(place) => ask(&place.scalar, &mut self.solver, &place.scalar_shapes()),
            None => self.never,
        }
    }

    /// Follows steps without wildcards; nothing when they lead beyond what an event can hold.
    pub(super) fn descend(&self, from: PlaceId, steps: &[Step]) -> Option<PlaceId> {
        steps.iter().try_fold(from, |id, step| {
            let place = self.get(id)?;
            match step {
                Step::Member(name) => place.members.get(name).copied(),
                Step::Index(index) => {
                    let mut named = place.stretches.iter().filter(|stretch| stretch.named);
                    named
                        .find(|stretch| stretch.first == *index)?
                        .places
                        .first()
                        .copied()
                }
                Step::Each => None,
            }
        })
    }

    /// Lays out a place and everything below it.
    fn add(&mut self, probes: &[Probe<'_>], depth: usize) -> Result<PlaceId, UndecidedReason> {
        if self.all.len() >= MAXIMUM_PLACES {
            return Err(UndecidedReason::Combinations);
        }
        let id = self.all.len();
        self.all.push(Place::default());
        let mut scalar = Scalar::default();
        for probe in probes.iter().filter(|probe| probe.steps.is_empty()) {
            scalar.add(&mut self.solver, probe.test);
        }
        let shapes = self.make_shapes(scalar.knows_numbers());
        let place = Place {
            shapes,
            scalar,
            members: BTreeMap::new(),
            stretches: Vec::new(),
        };
        place
            .scalar
            .relate(&mut self.solver, &place.scalar_shapes());
        let below = if depth < MAXIMUM_DEPTH {
            Below::of(probes)
        } else {
            Below::default()
        };
        let members = self.add_members(&below, depth)?;
        let stretches = self.add_stretches(&below, depth)?;
        let place = Place {
            members,
            stretches,
            ..place
        };
        self.relate_children(&place);
        if let Some(slot) = self.all.get_mut(id) {
            *slot = place;
        }
        Ok(id)
    }

    /// Makes the literals for the shapes of a place, of which exactly one holds.
    fn make_shapes(&mut self, numbers: bool) -> BTreeMap<Shape, Literal> {
        let mut shapes = BTreeMap::new();
        for shape in SHAPES {
            let unused = !numbers
                && matches!(
                    shape,
                    Shape::Number | Shape::Infinite | Shape::MinusInfinite
                );
            let literal = if unused {
                self.never
            } else if shape == Shape::Missing {
                self.solver.fresh_true()
            } else {
                self.solver.fresh()
            };
            shapes.insert(shape, literal);
        }
        let distinct: BTreeSet<Literal> = shapes.values().copied().collect();
        self.solver
            .exactly_one(&distinct.into_iter().collect::<Vec<Literal>>());
        shapes
    }

    fn add_members(
        &mut self,
        below: &Below<'_>,
        depth: usize,
    ) -> Result<BTreeMap<String, PlaceId>, UndecidedReason> {
        let mut members = BTreeMap::new();
        for (name, probes) in &below.members {
            let probes: Vec<Probe<'_>> = probes.iter().chain(&below.each).copied().collect();
            members.insert((*name).clone(), self.add(&probes, depth + 1)?);
        }
        Ok(members)
    }

    fn add_stretches(
        &mut self,
        below: &Below<'_>,
        depth: usize,
    ) -> Result<Vec<Stretch>, UndecidedReason> {
        let mut stretches = Vec::new();
        let mut first = 0;
        for (&index, probes) in &below.elements {
            if index > first {
                let length = index - first;
                let places = self.add_unnamed(below, Some(length), depth)?;
                stretches.push(Stretch {
                    first,
                    length: Some(length),
                    places,
                    named: false,
                });
            }
            let probes: Vec<Probe<'_>> = probes.iter().chain(&below.each).copied().collect();
            let place = self.add(&probes, depth + 1)?;
            if index >= MAXIMUM_LIST {
                let clause = [!self.short, self.is(place, Shape::Missing)];
                self.solver.clause(&clause);
            }
            stretches.push(Stretch {
                first: index,
                length: Some(1),
                places: vec![place],
                named: true,
            });
            first = index.saturating_add(1);
        }
        let places = self.add_unnamed(below, None, depth)?;
        stretches.push(Stretch {
            first,
            length: None,
            places,
            named: false,
        });
        Ok(stretches)
    }

    /// Lays out as many unnamed children as there are conditions on every child, but no more than there may be.
    fn add_unnamed(
        &mut self,
        below: &Below<'_>,
        length: Option<u32>,
        depth: usize,
    ) -> Result<Vec<PlaceId>, UndecidedReason> {
        let room = length
            .and_then(|length| usize::try_from(length).ok())
            .unwrap_or(usize::MAX);
        (0..below.conditions_on_each.min(room))
            .map(|_| self.add(&below.each, depth + 1))
            .collect()
    }

    /// Children exist only inside a fitting shape, and lists have no holes.
    fn relate_children(&mut self, place: &Place) {
        let (in_object, in_list) = (place.is(Shape::Object), place.is(Shape::List));
        for &member in place.members.values() {
            let clause = [self.is(member, Shape::Missing), in_object];
            self.solver.clause(&clause);
        }
        let mut last: Option<PlaceId> = None;
        for stretch in &place.stretches {
            for &element in &stretch.places {
                let missing = self.is(element, Shape::Missing);
                if stretch.length.is_none() {
                    self.solver.clause(&[missing, in_list, in_object]);
                } else {
                    self.solver.clause(&[missing, in_list]);
                }
                if let Some(previous) = last {
                    let clause = [missing, !in_list, !self.is(previous, Shape::Missing)];
                    self.solver.clause(&clause);
                }
                last = Some(element);
            }
        }
    }
}

/// The probes below a place, by the step they take next.
#[derive(Debug, Default)]
struct Below<'formula> {
    members: BTreeMap<&'formula String, Vec<Probe<'formula>>>,
    elements: BTreeMap<u32, Vec<Probe<'formula>>>,
    each: Vec<Probe<'formula>>,
    conditions_on_each: usize,
}

impl<'formula> Below<'formula> {
    fn of(probes: &[Probe<'formula>]) -> Self {
        let mut below = Self::default();
        let mut looks_into_lists = false;
        for probe in probes {
            let Some((step, steps)) = probe.steps.split_first() else {
                looks_into_lists |= *probe.test == Test::IsNull;
                continue;
            };
            let rest = Probe {
                steps,
                test: probe.test,
            };
            match step {
                Step::Member(name) => below.members.entry(name).or_default().push(rest),
                Step::Index(index) => below.elements.entry(*index).or_default().push(rest),
                Step::Each => below.each.push(rest),
            }
        }
        below.conditions_on_each = below.each.len() + usize::from(looks_into_lists);
        below
    }
}
