//! From patterns to facts: what has to be found out about an event, and how the patterns follow from it.
//!
//! A fact is something positive about one path, so that reading an event only ever adds facts. Alternatives that ask one property for
//! several texts share one fact.

use std::collections::BTreeMap;

use super::facts::{FactSet, Facts};
use super::needles;
use super::states::{Check, States, Trie};
use crate::pattern::ast::{Condition, Expression, Selector, Step, Test, Value};

/// A compiled pattern.
#[derive(Debug, Clone)]
pub(super) struct Compiled {
    program: Program,
    /// Facts of which one at least must hold; nothing when the pattern may match without any.
    needs: Option<FactSet>,
}

impl Compiled {
    /// Returns facts of which one at least must hold; nothing when the pattern may match without any.
    pub(super) fn needs(&self) -> Option<&FactSet> {
        self.needs.as_ref()
    }

    #[inline]
    pub(super) fn holds(&self, facts: &Facts) -> bool {
        self.has_what_it_needs(facts) && self.program.holds(facts)
    }

    /// Tells whether the pattern may match when no facts hold but these, and not all of these have to.
    #[inline]
    pub(super) fn may_hold(&self, facts: &Facts) -> bool {
        self.has_what_it_needs(facts) && self.program.may_hold(facts)
    }

    #[inline]
    fn has_what_it_needs(&self, facts: &Facts) -> bool {
        self.needs.as_ref().is_none_or(|needs| facts.any(needs))
    }
}

/// How a pattern follows from facts.
#[derive(Debug, Clone, PartialEq)]
enum Program {
    Fact(usize),
    Not(Box<Self>),
    Any(Vec<Self>),
    All(Vec<Self>),
}

impl Program {
    fn holds(&self, facts: &Facts) -> bool {
        match self {
            Self::Fact(fact) => facts.holds(*fact),
            Self::Not(inner) => !inner.holds(facts),
            Self::Any(members) => members.iter().any(|member| member.holds(facts)),
            Self::All(members) => members.iter().all(|member| member.holds(facts)),
        }
    }

    fn may_hold(&self, facts: &Facts) -> bool {
        match self {
            Self::Fact(fact) => facts.holds(*fact),
            Self::Not(_) => true,
            Self::Any(members) => members.iter().any(|member| member.may_hold(facts)),
            Self::All(members) => members.iter().all(|member| member.may_hold(facts)),
        }
    }

    fn not(inner: Self) -> Self {
        Self::Not(Box::new(inner))
    }

    /// Returns facts of which one must hold for the pattern to match, and how many of them are true of many an event.
    fn needs(&self, is_rare: &[bool]) -> Option<Needs> {
        match self {
            Self::Fact(fact) => {
                let rare = is_rare.get(*fact).copied().unwrap_or_default();
                Some((usize::from(!rare), vec![*fact]))
            }
            Self::Not(_) => None,
            Self::Any(members) => {
                members
                    .iter()
                    .try_fold(Needs::default(), |(common, facts), member| {
                        let (more_common, more) = member.needs(is_rare)?;
                        Some((common + more_common, [facts, more].concat()))
                    })
            }
            Self::All(members) => {
                let needs = members.iter().filter_map(|member| member.needs(is_rare));
                needs.min_by_key(|(common, facts)| (*common, facts.len()))
            }
        }
    }
}

/// How many of some facts are true of many an event, and the facts.
type Needs = (usize, Vec<usize>);

/// Collects the facts of all patterns.
#[derive(Debug, Default)]
pub(super) struct Compiler {
    trie: Trie,
    needles: needles::Collector,
    facts: BTreeMap<(Vec<Step>, Check), usize>,
    /// For each fact whether it is a certain value that a property has.
    is_rare: Vec<bool>,
}

impl Compiler {
    /// Compiles a pattern; its facts are asked for from now on.
    pub(super) fn compile(&mut self, expression: &Expression<Condition>) -> Compiled {
        let program = self.program(expression);
        let needs = program.needs(&self.is_rare);
        Compiled {
            program,
            needs: needs.map(|(_, facts)| FactSet::of(facts)),
        }
    }

    fn program(&mut self, expression: &Expression<Condition>) -> Program {
        match expression {
            Expression::One(condition) => self.condition(condition),
            Expression::All(members) => {
                Program::All(members.iter().map(|member| self.program(member)).collect())
            }
            Expression::Any(members) => Program::Any(self.alternatives(members)),
        }
    }

    /// Compiles alternatives; those that ask one property for a text share a fact.
    fn alternatives(&mut self, members: &[Expression<Condition>]) -> Vec<Program> {
        let mut shared: BTreeMap<&Selector, usize> = BTreeMap::new();
        let mut programs = Vec::new();
        for member in members {
            let Some((selector, value)) = equality(member) else {
                programs.push(self.program(member));
                continue;
            };
            let fact = *shared.entry(selector).or_insert_with(|| {
                let fact = self.fresh(true);
                programs.push(Program::Fact(fact));
                fact
            });
            self.ask(selector.steps(), Check::Equals(value.clone()), fact);
        }
        programs
    }

    fn ask(&mut self, steps: &[Step], check: Check, fact: usize) {
        self.needles.fact(steps, &check, fact);
        self.trie.add(steps, check, fact);
    }

    /// Asks for the place of the text of a member of the event even where no pattern can match. Tells whether that can be had.
    pub(super) fn note_always(&mut self, name: &str, note: usize) -> bool {
        self.needles.note(name, note)
    }

    /// Asks for the place of the text at a path.
    pub(super) fn note(&mut self, path: &[&str], note: usize) {
        let steps: Vec<Step> = path
            .iter()
            .map(|name| Step::Member((*name).to_owned()))
            .collect();
        self.trie.note(&steps, note);
    }

    /// Returns the way through events that finds out the facts, what finds out which may hold, and the number of facts.
    pub(super) fn finish(self) -> (States, needles::Collector, usize) {
        (States::new(&self.trie), self.needles, self.is_rare.len())
    }

    fn fresh(&mut self, is_rare: bool) -> usize {
        self.is_rare.push(is_rare);
        self.is_rare.len() - 1
    }

    fn fact(&mut self, steps: &[Step], check: Check) -> Program {
        let key = (steps.to_vec(), check);
        if let Some(&fact) = self.facts.get(&key) {
            return Program::Fact(fact);
        }
        let fact = self.fresh(matches!(key.1, Check::Equals(_)));
        self.ask(steps, key.1.clone(), fact);
        self.facts.insert(key, fact);
        Program::Fact(fact)
    }

    fn condition(&mut self, condition: &Condition) -> Program {
        let steps = condition.selector.steps();
        match &condition.test {
            Test::Equal(value) => self.fact(steps, Check::Equals(value.clone())),
            Test::NotEqual(value) => {
                let equals = self.fact(steps, Check::Equals(value.clone()));
                let there = match (condition.selector.split_at_wildcard(), value) {
                    (Some((parent, _)), _) => self.fact(parent, Check::Present),
                    (None, Value::Number(_)) => self.fact(steps, Check::TextOrFinite),
                    (None, Value::Text(_) | Value::Regex(_)) => self.fact(steps, Check::Scalar),
                };
                Program::All(vec![there, Program::not(equals)])
            }
            Test::Order(order, number) => self.fact(steps, Check::Order(*order, number.clone())),
            Test::IsNull => {
                let null = self.fact(steps, Check::Null);
                match condition.selector.split_at_wildcard() {
                    Some(_) => null,
                    None => Program::Any(vec![null, self.fact(steps, Check::NullElement)]),
                }
            }
            Test::IsTrue => self.fact(steps, Check::True),
            Test::IsFalse => self.fact(steps, Check::False),
            Test::NotExists => Program::not(self.fact(steps, Check::Present)),
        }
    }
}

/// Returns the selector and the text of a plain equality.
fn equality(expression: &Expression<Condition>) -> Option<(&Selector, &Value)> {
    let Expression::One(Condition {
        selector,
        test: Test::Equal(value @ Value::Text(_)),
        span: _,
    }) = expression
    else {
        return None;
    };
    Some((selector, value))
}
