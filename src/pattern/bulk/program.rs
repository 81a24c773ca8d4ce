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
        let has_needs = self.needs.as_ref().is_none_or(|needs| facts.any(needs));
        has_needs && self.program.holds(facts)
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

    fn not(inner: Self) -> Self {
        Self::Not(Box::new(inner))
    }

    /// Returns facts of which one must hold for the pattern to match, with how often the most frequent of them holds.
    fn needs(&self, frequencies: &[Frequency]) -> Option<Needs> {
        match self {
            Self::Fact(fact) => {
                let frequency = frequencies.get(*fact).copied().unwrap_or_default();
                Some((frequency, vec![*fact]))
            }
            Self::Not(_) => None,
            Self::Any(members) => {
                members
                    .iter()
                    .try_fold(Needs::default(), |(frequency, facts), member| {
                        let (other, more) = member.needs(frequencies)?;
                        Some((frequency.max(other), [facts, more].concat()))
                    })
            }
            Self::All(members) => {
                let needs = members
                    .iter()
                    .filter_map(|member| member.needs(frequencies));
                needs.min_by_key(|(frequency, facts)| (*frequency, facts.len()))
            }
        }
    }
}

/// How often the most frequent of some facts holds, and the facts.
type Needs = (Frequency, Vec<usize>);

/// How often a fact holds, as far as that can be guessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Frequency {
    /// Events of one kind have that name, or failed in that way.
    #[default]
    Seldom,
    /// A property has a certain value.
    Sometimes,
    /// A property is there, or has one of many values.
    Often,
}

impl Frequency {
    fn of(steps: &[Step], check: &Check) -> Self {
        /// What only events have that failed.
        const OF_FAILURES: [&str; 2] = ["errorCode", "errorMessage"];
        let name = match steps {
            [Step::Member(name)] => name.as_str(),
            [] | [Step::Index(_) | Step::Each] | [_, _, ..] => "",
        };
        let is_value = needles::value_text(check).is_some();
        match name {
            _ if OF_FAILURES.contains(&name) => Self::Seldom,
            "eventName" if is_value => Self::Seldom,
            _ if is_value => Self::Sometimes,
            _ => Self::Often,
        }
    }
}

/// Collects the facts of all patterns.
#[derive(Debug, Default)]
pub(super) struct Compiler {
    trie: Trie,
    needles: needles::Collector,
    facts: BTreeMap<(Vec<Step>, Check), usize>,
    /// For each fact how often it holds.
    frequencies: Vec<Frequency>,
}

impl Compiler {
    /// Compiles a pattern; its facts are asked for from now on.
    pub(super) fn compile(&mut self, expression: &Expression<Condition>) -> Compiled {
        let program = self.program(expression);
        let needs = program.needs(&self.frequencies);
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
            let check = Check::Equals(value.clone());
            let frequency = Frequency::of(selector.steps(), &check);
            let fact = *shared.entry(selector).or_insert_with(|| {
                let fact = self.fresh(frequency);
                programs.push(Program::Fact(fact));
                fact
            });
            if let Some(known) = self.frequencies.get_mut(fact) {
                *known = frequency.max(*known);
            }
            self.ask(selector.steps(), check, fact);
        }
        programs
    }

    fn ask(&mut self, steps: &[Step], check: Check, fact: usize) {
        self.needles.fact(steps, &check, fact);
        self.trie.add(steps, check, fact);
    }

    /// Asks for the place of the text at a path.
    pub(super) fn note(&mut self, path: &[&str], note: usize) {
        let steps: Vec<Step> = path
            .iter()
            .map(|name| Step::Member((*name).to_owned()))
            .collect();
        self.trie.note(&steps, note);
    }

    /// Returns the way through events that finds out the facts, the texts without which they cannot hold, and the number of facts.
    pub(super) fn finish(self) -> (States, needles::Collector, usize) {
        let facts = self.frequencies.len();
        (States::new(&self.trie), self.needles, facts)
    }

    fn fresh(&mut self, frequency: Frequency) -> usize {
        self.frequencies.push(frequency);
        self.frequencies.len() - 1
    }

    fn fact(&mut self, steps: &[Step], check: Check) -> Program {
        let key = (steps.to_vec(), check);
        if let Some(&fact) = self.facts.get(&key) {
            return Program::Fact(fact);
        }
        let fact = self.fresh(Frequency::of(&key.0, &key.1));
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
