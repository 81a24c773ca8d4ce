//! The paths of all selectors as one automaton over the names and positions of an event.
//!
//! A state stands for every selector that has come this far. What a state does not know leads nowhere, and is passed over.

use std::collections::BTreeMap;

use crate::pattern::ast::{Number, Order, Step, Value};
use crate::pattern::number::EventNumber;
use crate::pattern::wildcard;

use super::facts::Facts;
use super::names::Names;

/// What is asked of a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Check {
    Present,
    Null,
    /// A list with an element that is null.
    NullElement,
    True,
    False,
    /// A text or a number.
    Scalar,
    /// A text, or a number that a double can hold.
    TextOrFinite,
    Equals(Value),
    Order(Order, Number),
}

/// The selectors as a tree of steps, with what is asked at the end of each, and the fact that it establishes.
#[derive(Debug)]
pub(super) struct Trie {
    nodes: Vec<Node>,
}

#[derive(Debug, Default)]
struct Node {
    steps: BTreeMap<Step, usize>,
    checks: Vec<(Check, usize)>,
    note: Option<usize>,
}

impl Default for Trie {
    fn default() -> Self {
        Self {
            nodes: vec![Node::default()],
        }
    }
}

impl Trie {
    pub(super) fn add(&mut self, steps: &[Step], check: Check, fact: usize) {
        if let Some(node) = self.node(steps) {
            node.checks.push((check, fact));
        }
    }

    /// Asks for the place of the text at the end of some steps.
    pub(super) fn note(&mut self, steps: &[Step], note: usize) {
        if let Some(node) = self.node(steps) {
            node.note = Some(note);
        }
    }

    /// Returns the node at the end of some steps, which is made if it is not there.
    fn node(&mut self, steps: &[Step]) -> Option<&mut Node> {
        let mut at = 0;
        for step in steps {
            let next = self.nodes.len();
            let node = self.nodes.get_mut(at)?;
            at = *node.steps.entry(step.clone()).or_insert(next);
            if at == next {
                self.nodes.push(Node::default());
            }
        }
        self.nodes.get_mut(at)
    }

    /// Returns the nodes that a step leads to, with those of the wildcard step.
    fn follow(&self, from: &[usize], step: Option<&Step>) -> Vec<usize> {
        let nodes = from.iter().filter_map(|node| self.nodes.get(*node));
        let to = nodes.flat_map(|node| {
            [
                step.and_then(|step| node.steps.get(step)),
                node.steps.get(&Step::Each),
            ]
        });
        let mut to: Vec<usize> = to.flatten().copied().collect();
        to.sort_unstable();
        to.dedup();
        to
    }
}

/// A state, by its position among all.
pub(super) type StateId = usize;

/// The automaton; its first state is the root of an event.
#[derive(Debug, Clone)]
pub(super) struct States {
    states: Vec<State>,
}

/// What is asked of the value at some place, and where its children lead.
#[derive(Debug, Clone, Default)]
pub(super) struct State {
    pub(super) checks: Checks,
    /// As what the place of a text is noted.
    pub(super) note: Option<usize>,
    members: Names<StateId>,
    elements: BTreeMap<u32, StateId>,
    /// Where every other child leads.
    pub(super) others: Option<StateId>,
}

impl States {
    pub(super) fn new(trie: &Trie) -> Self {
        let mut known: BTreeMap<Vec<usize>, StateId> = BTreeMap::from([(vec![0], 0)]);
        let mut queue = vec![vec![0]];
        let mut states = Vec::new();
        while let Some(nodes) = queue.get(states.len()).cloned() {
            let mut target = |to: Vec<usize>| -> Option<StateId> {
                if to.is_empty() {
                    return None;
                }
                let next = queue.len();
                let id = *known.entry(to.clone()).or_insert(next);
                if id == next {
                    queue.push(to);
                }
                Some(id)
            };
            states.push(State::new(trie, &nodes, &mut target));
        }
        Self { states }
    }

    pub(super) fn get(&self, id: StateId) -> Option<&State> {
        self.states.get(id)
    }
}

impl State {
    fn new(
        trie: &Trie,
        nodes: &[usize],
        target: &mut impl FnMut(Vec<usize>) -> Option<StateId>,
    ) -> Self {
        let mut state = Self {
            others: target(trie.follow(nodes, None)),
            ..Self::default()
        };
        for node in nodes.iter().filter_map(|node| trie.nodes.get(*node)) {
            state.checks.add(&node.checks);
            state.note = state.note.or(node.note);
            for step in node.steps.keys() {
                let Some(id) = target(trie.follow(nodes, Some(step))) else {
                    continue;
                };
                match step {
                    Step::Member(name) => state.members.push((name.as_str().into(), id)),
                    Step::Index(index) => {
                        state.elements.insert(*index, id);
                    }
                    Step::Each => {}
                }
            }
        }
        state.members.sort();
        state.checks.finish();
        state
    }

    /// Tells whether any child of the value matters.
    pub(super) fn has_children(&self) -> bool {
        self.others.is_some()
            || !self.members.is_empty()
            || !self.elements.is_empty()
            || self.checks.looks_into_lists()
    }

    /// Returns the position of a member among those known.
    #[inline]
    pub(super) fn member(&self, name: &[u8]) -> Option<usize> {
        self.members.places(name).next()
    }

    /// Returns where the member at a position leads.
    #[inline]
    pub(super) fn member_target(&self, position: usize) -> Option<StateId> {
        self.members.value(position)
    }

    /// Returns the number of members known.
    #[inline]
    pub(super) fn member_count(&self) -> usize {
        self.members.len()
    }

    /// Returns where the element at an index leads.
    pub(super) fn element(&self, index: u32) -> Option<StateId> {
        self.elements.get(&index).copied().or(self.others)
    }
}

/// What is asked of one value, sorted by what it takes to answer.
#[derive(Debug, Clone, Default)]
pub(super) struct Checks {
    plain: Vec<(Check, usize)>,
    /// Texts without wildcards; for texts and the text forms of numbers.
    literals: Names<usize>,
    /// Spellings of bare numbers; for texts alone.
    spellings: Names<usize>,
    /// Texts with wildcards and regular expressions.
    patterns: Vec<(Value, usize)>,
    numbers: Vec<(Check, usize)>,
}

impl Checks {
    fn add(&mut self, checks: &[(Check, usize)]) {
        for (check, fact) in checks {
            match check {
                Check::Equals(Value::Text(text)) if !text.contains('*') => {
                    self.literals.push((text.clone().into(), *fact));
                }
                Check::Equals(value @ (Value::Text(_) | Value::Regex(_))) => {
                    self.patterns.push((value.clone(), *fact));
                }
                Check::Equals(Value::Number(number)) => {
                    self.spellings.push((number.spelling().into(), *fact));
                    self.numbers.push((check.clone(), *fact));
                }
                Check::Order(..) => self.numbers.push((check.clone(), *fact)),
                Check::Present
                | Check::Null
                | Check::NullElement
                | Check::True
                | Check::False
                | Check::Scalar
                | Check::TextOrFinite => self.plain.push((check.clone(), *fact)),
            }
        }
    }

    fn finish(&mut self) {
        self.literals.sort();
        self.spellings.sort();
    }

    fn looks_into_lists(&self) -> bool {
        self.plain
            .iter()
            .any(|(check, _)| *check == Check::NullElement)
    }

    /// Establishes the facts that a plain check asks for.
    pub(super) fn establish(&self, wanted: &Check, facts: &mut Facts) {
        for (check, fact) in &self.plain {
            if check == wanted {
                facts.set(*fact);
            }
        }
    }

    /// Establishes what follows from a text.
    pub(super) fn text(&self, text: &str, facts: &mut Facts) {
        for (check, fact) in &self.plain {
            if matches!(check, Check::Present | Check::Scalar | Check::TextOrFinite) {
                facts.set(*fact);
            }
        }
        self.spellings.establish(text, facts);
        self.text_form(text, facts);
    }

    fn text_form(&self, text: &str, facts: &mut Facts) {
        self.literals.establish(text, facts);
        for (value, fact) in &self.patterns {
            let holds = match value {
                Value::Text(pattern) => wildcard::covers(pattern, text),
                Value::Regex(regex) => regex.occurs_in(text),
                Value::Number(_) => false,
            };
            if holds {
                facts.set(*fact);
            }
        }
    }

    /// Establishes what follows from a number, as it is spelled.
    pub(super) fn number(&self, spelling: &str, facts: &mut Facts) {
        let Some(number) = EventNumber::parse(spelling) else {
            return;
        };
        for (check, fact) in &self.plain {
            let holds = match check {
                Check::Present | Check::Scalar => true,
                Check::TextOrFinite => number.value.is_some(),
                Check::Null
                | Check::NullElement
                | Check::True
                | Check::False
                | Check::Equals(_)
                | Check::Order(..) => false,
            };
            if holds {
                facts.set(*fact);
            }
        }
        self.text_form(&number.text, facts);
        let Some(value) = &number.value else {
            return;
        };
        for (check, fact) in &self.numbers {
            let holds = match check {
                Check::Equals(Value::Number(literal)) => value == literal.value(),
                Check::Order(order, literal) => order.accepts(value.cmp(literal.value())),
                Check::Equals(_)
                | Check::Present
                | Check::Null
                | Check::NullElement
                | Check::True
                | Check::False
                | Check::Scalar
                | Check::TextOrFinite => false,
            };
            if holds {
                facts.set(*fact);
            }
        }
    }
}
