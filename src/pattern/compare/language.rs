//! Texts that satisfy some conditions and not others, found by walking automata side by side.
//!
//! Each wildcard text and each regular expression is one automaton over bytes, built state by state as far as it is walked. A search
//! visits combinations of states; it ends with a text, with the certainty that there is none, or at a bound.

use std::collections::BTreeMap;

use regex_automata::hybrid::LazyStateID;
use regex_automata::hybrid::dfa::{Cache, DFA};
use regex_automata::util::start;
use regex_automata::{Anchored, MatchKind};

use super::UndecidedReason;
use super::search::{Guard, Order, Search};
use crate::pattern::ast::Value;

/// The memory that the states of one automaton may take; all together take no more than there are steps.
const MAXIMUM_AUTOMATON: usize = 16 << 20;
/// The steps of single automata that all searches of one comparison may take together; memory and new combinations count, too.
const MAXIMUM_STEPS: usize = 18_000_000;
/// The steps that laying out a byte of a state takes as long as.
const STEPS_PER_BYTE: usize = 4;
/// The steps that keeping a new combination of states takes as long as.
const STEPS_PER_COMBINATION: usize = 8;
/// The steps that one search may take in each order: first for the shortest text, then for any.
const SEARCHES: [(Order, usize); 3] = [
    (Order::Shortest, 400_000),
    (Order::Greedy, 2_000_000),
    (Order::Deep, 8_000_000),
];

/// One condition on a text and whether it is to hold.
pub(super) type Wish<'formula> = (&'formula Value, bool);

/// The automata of a comparison.
#[derive(Debug, Default)]
pub(super) struct Languages {
    automata: Vec<Automaton>,
    /// The place of the automaton for a condition; without one, for all texts.
    positions: BTreeMap<Option<Value>, usize>,
    steps: usize,
    limit: usize,
}

/// What the bytes still to come can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outlook {
    /// Nothing: no such text satisfies the condition.
    Never,
    /// Nothing: every such text satisfies the condition.
    Always,
    Open,
}

impl Languages {
    /// Finds a text that the guard lets pass and that satisfies exactly the wished conditions; short ones come first.
    pub(super) fn find<G: Guard>(
        &mut self,
        wishes: &[Wish<'_>],
        guard: &G,
    ) -> Result<Option<String>, UndecidedReason> {
        // Texts are valid UTF-8, which complements of languages would not ensure.
        let mut goals = vec![(self.position(None)?, true)];
        for (value, wished) in wishes {
            goals.push((self.position(Some(value))?, *wished));
        }
        let mut answer = Err(UndecidedReason::Automata);
        for (order, steps) in SEARCHES {
            self.limit = (self.steps + steps).min(MAXIMUM_STEPS);
            answer = Search::new(self, &goals, guard, order).run();
            if answer.is_ok() {
                break;
            }
            // The states that an unfinished search has laid out are of no use to the next one.
            for (position, _) in &goals {
                self.automata
                    .get_mut(*position)
                    .and_then(Automaton::forget_states)
                    .ok_or(UndecidedReason::Automata)?;
            }
        }
        Ok(answer?.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Tells whether there is nothing left to search with.
    pub(super) fn is_exhausted(&self) -> bool {
        self.steps >= MAXIMUM_STEPS
    }

    /// Returns the position of the automaton for a condition.
    fn position(&mut self, value: Option<&Value>) -> Result<usize, UndecidedReason> {
        let key = value.cloned();
        if let Some(position) = self.positions.get(&key) {
            return Ok(*position);
        }
        let position = self.automata.len();
        self.automata
            .push(Automaton::new(value).ok_or(UndecidedReason::Automata)?);
        self.positions.insert(key, position);
        Ok(position)
    }

    /// Returns the state before the first byte.
    pub(super) fn start(&self, position: usize) -> Result<LazyStateID, UndecidedReason> {
        self.automata
            .get(position)
            .map(|automaton| automaton.start)
            .ok_or(UndecidedReason::Automata)
    }

    /// Returns the class of bytes that the automaton does not tell from `byte`.
    pub(super) fn class(&self, position: usize, byte: u8) -> u8 {
        self.automata
            .get(position)
            .map_or(byte, |automaton| automaton.dfa.byte_classes().get(byte))
    }

    /// Follows a byte.
    pub(super) fn step(
        &mut self,
        position: usize,
        state: LazyStateID,
        byte: u8,
    ) -> Result<(LazyStateID, Outlook), UndecidedReason> {
        self.spend(position, |automaton| automaton.step(state, byte))
    }

    /// Tells whether a text that ends here satisfies the condition.
    pub(super) fn accepts(
        &mut self,
        position: usize,
        state: LazyStateID,
    ) -> Result<bool, UndecidedReason> {
        self.spend(position, |automaton| automaton.accepts(state))
    }

    /// Counts a combination of states that a search has come to for the first time: against all searches, not against this one.
    pub(super) fn count_combination(&mut self) {
        self.steps += STEPS_PER_COMBINATION;
        self.limit = (self.limit + STEPS_PER_COMBINATION).min(MAXIMUM_STEPS);
    }

    /// Takes a step, which costs the more the more memory it takes to lay out a new state.
    fn spend<T>(
        &mut self,
        position: usize,
        step: impl FnOnce(&mut Automaton) -> Option<T>,
    ) -> Result<T, UndecidedReason> {
        let automaton = self
            .automata
            .get_mut(position)
            .filter(|_| self.steps < self.limit);
        let automaton = automaton.ok_or(UndecidedReason::Automata)?;
        let before = automaton.cache.memory_usage();
        let result = step(automaton).ok_or(UndecidedReason::Automata);
        self.steps += 1 + STEPS_PER_BYTE * automaton.cache.memory_usage().saturating_sub(before);
        result
    }
}

/// One language over bytes.
#[derive(Debug)]
struct Automaton {
    dfa: DFA,
    cache: Cache,
    start: LazyStateID,
    /// Whether a text stays in the language whatever is added to it.
    open_ended: bool,
    /// The state behind which nothing changes any more.
    settled: Option<LazyStateID>,
}

impl Automaton {
    fn new(value: Option<&Value>) -> Option<Self> {
        let (expression, open_ended) = expression(value);
        let config = DFA::config()
            .match_kind(MatchKind::All)
            .cache_capacity(MAXIMUM_AUTOMATON)
            .minimum_cache_clear_count(Some(0));
        let dfa = DFA::builder().configure(config).build(&expression).ok()?;
        let mut cache = dfa.create_cache();
        let start = start_state(&dfa, &mut cache)?;
        Some(Self {
            dfa,
            cache,
            start,
            open_ended,
            settled: None,
        })
    }

    /// Starts with empty memory again; states from before mean nothing any more.
    fn forget_states(&mut self) -> Option<()> {
        self.dfa.reset_cache(&mut self.cache);
        self.start = start_state(&self.dfa, &mut self.cache)?;
        self.settled = None;
        Some(())
    }

    fn step(&mut self, state: LazyStateID, byte: u8) -> Option<(LazyStateID, Outlook)> {
        if self.settled == Some(state) {
            return Some((state, Outlook::Always));
        }
        let next = self.dfa.next_state(&mut self.cache, state, byte).ok()?;
        // A match shows one byte late; from then on all states are as one.
        if self.open_ended && next.is_match() {
            return Some((*self.settled.get_or_insert(next), Outlook::Always));
        }
        Some((
            next,
            if next.is_dead() {
                Outlook::Never
            } else {
                Outlook::Open
            },
        ))
    }

    fn accepts(&mut self, state: LazyStateID) -> Option<bool> {
        if self.settled == Some(state) {
            return Some(true);
        }
        self.dfa
            .next_eoi_state(&mut self.cache, state)
            .ok()
            .map(|end| end.is_match())
    }
}

fn start_state(dfa: &DFA, cache: &mut Cache) -> Option<LazyStateID> {
    dfa.start_state(cache, &start::Config::new().anchored(Anchored::Yes))
        .ok()
}

/// Returns an expression for the texts that satisfy a condition, from their first byte on, and whether they may end in anything.
fn expression(value: Option<&Value>) -> (String, bool) {
    const ANYTHING: &str = "(?s:.)*";
    match value {
        None => (format!(r"\A{ANYTHING}\z"), false),
        Some(Value::Text(text)) => {
            let (text, open_ended) = text
                .strip_suffix('*')
                .map_or((text.as_str(), false), |text| (text, true));
            let parts: Vec<String> = text.split('*').map(literal).collect();
            let end = if open_ended { "" } else { r"\z" };
            (format!(r"\A{}{end}", parts.join(ANYTHING)), open_ended)
        }
        Some(Value::Number(number)) => (format!(r"\A{}\z", literal(number.spelling())), false),
        Some(Value::Regex(regex)) => (format!(r"\A{ANYTHING}(?:{})", regex.rewritten()), true),
    }
}

fn literal(text: &str) -> String {
    let codes: Vec<String> = text
        .chars()
        .map(|character| format!(r"\x{{{:X}}}", u32::from(character)))
        .collect();
    codes.concat()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::pattern::compare::search::AnyTextBut;
    use crate::pattern::regex::Regex;

    fn text(text: &str) -> Value {
        Value::Text(text.to_owned())
    }

    fn regex(body: &str) -> Value {
        Value::Regex(Regex::parse(body, 0).unwrap())
    }

    fn find(wishes: &[(Value, bool)], excluded: &[&str]) -> Option<String> {
        let wishes: Vec<Wish<'_>> = wishes
            .iter()
            .map(|(value, wished)| (value, *wished))
            .collect();
        let excluded: BTreeSet<&str> = excluded.iter().copied().collect();
        Languages::default()
            .find(&wishes, &AnyTextBut(&excluded))
            .unwrap()
    }

    #[test]
    fn the_shortest_text_is_found() {
        type Row<'table> = (
            &'table [(Value, bool)],
            &'table [&'table str],
            Option<&'table str>,
        );
        let overlap = [
            (text("aba*"), true),
            (text("*aba"), true),
            (text("aba*aba"), false),
        ];
        let table: [Row<'_>; 9] = [
            (&[], &[], Some("")),
            (&[(text("Access*"), true)], &[], Some("Access")),
            (&[(text("Access*"), true)], &["Access"], Some("Accessa")),
            (&overlap, &[], Some("aba")),
            (&overlap, &["aba"], Some("ababa")),
            (&overlap, &["aba", "ababa"], None),
            (
                &[(text("a*"), false), (text("*"), true)],
                &["", "b"],
                Some("c"),
            ),
            (
                &[
                    (regex("^Create|^Delete"), true),
                    (text("Create*"), false),
                    (text("Delete*"), false),
                ],
                &[],
                None,
            ),
            (
                &[(regex("^.$"), true), (regex(r"[\x00-\x7f]"), false)],
                &[],
                Some("\u{80}"),
            ),
        ];
        for (wishes, excluded, expected) in table {
            assert_eq!(
                find(wishes, excluded).as_deref(),
                expected,
                "{wishes:?} without {excluded:?}"
            );
        }
    }

    #[test]
    fn many_independent_wishes_are_met_at_once() {
        let wishes: Vec<(Value, bool)> = ('a'..='z')
            .map(|letter| (text(&format!("*{letter}*")), true))
            .collect();
        assert_eq!(find(&wishes, &[]).unwrap().len(), 26);
    }

    #[test]
    fn long_repetitions_are_walked_and_not_laid_out() {
        let expected = format!("a{}b", "c".repeat(500));
        assert_eq!(
            find(
                &[(regex("a.{500}b"), true), (regex("a.{501}b"), false)],
                &[]
            )
            .unwrap()
            .len(),
            expected.len()
        );
    }

    #[test]
    fn a_language_that_needs_too_many_states_is_given_up() {
        let wishes = [
            (&regex("^[ab]*a[ab]{30}$"), true),
            (&regex("^[ab]*a[ab][ab]{29}$"), false),
        ];
        assert_eq!(
            Languages::default().find(&wishes, &AnyTextBut(&BTreeSet::new())),
            Err(UndecidedReason::Automata)
        );
    }
}
