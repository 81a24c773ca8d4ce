//! From patterns to facts: what has to be found out about an event, and how the patterns follow from it.
//!
//! A fact is something positive about one path, so that reading an event only ever adds facts. Alternatives that ask one property for
//! several texts share one fact.

use std::collections::BTreeMap;

use super::Facts;
use super::states::{Check, States, Trie};
use crate::pattern::ast::{Condition, Expression, Selector, Step, Test, Value};

/// How a pattern follows from facts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Program {
    Fact(usize),
    Not(Box<Self>),
    Any(Vec<Self>),
    All(Vec<Self>),
}

impl Program {
    pub(super) fn holds(&self, facts: &Facts) -> bool {
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
}

/// Collects the facts of all patterns.
#[derive(Debug, Default)]
pub(super) struct Compiler {
    trie: Trie,
    facts: BTreeMap<(Vec<Step>, Check), usize>,
    count: usize,
}

impl Compiler {
    /// Returns how a pattern follows from facts, which are asked for from now on.
    pub(super) fn compile(&mut self, expression: &Expression<Condition>) -> Program {
        match expression {
            Expression::One(condition) => self.condition(condition),
            Expression::All(members) => {
                Program::All(members.iter().map(|member| self.compile(member)).collect())
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
                programs.push(self.compile(member));
                continue;
            };
            let fact = *shared.entry(selector).or_insert_with(|| {
                let fact = self.fresh();
                programs.push(Program::Fact(fact));
                fact
            });
            self.trie
                .add(selector.steps(), Check::Equals(value.clone()), fact);
        }
        programs
    }

    /// Asks for the place of the text at a path.
    pub(super) fn note(&mut self, path: &[&str], note: usize) {
        let steps: Vec<Step> = path
            .iter()
            .map(|name| Step::Member((*name).to_owned()))
            .collect();
        self.trie.note(&steps, note);
    }

    /// Returns the way through events that finds out the facts, and their number.
    pub(super) fn finish(self) -> (States, usize) {
        (States::new(&self.trie), self.count)
    }

    fn fresh(&mut self) -> usize {
        self.count += 1;
        self.count - 1
    }

    fn fact(&mut self, steps: &[Step], check: Check) -> Program {
        let key = (steps.to_vec(), check);
        if let Some(&fact) = self.facts.get(&key) {
            return Program::Fact(fact);
        }
        let fact = self.fresh();
        self.trie.add(steps, key.1.clone(), fact);
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
