//! Parts of a JSON pattern that do not do what they look like, found by proof.
//!
//! All questions about one pattern share one encoding and its bounds; a question that is not decided yields no finding.

use std::collections::BTreeSet;

use super::{Finding, Rule, span};
use crate::pattern::Pattern;
use crate::pattern::ast::{Condition, Expression, Tree};
use crate::pattern::compare::{Encoding, FormulaId};
use crate::pattern::event::Event;
use crate::pattern::matches;
use crate::pattern::normal::Formula;
use crate::pattern::parse::{self, Precedence};

pub(super) fn check(pattern: &Pattern, expression: &Expression<Condition>) -> Vec<Finding> {
    let meaning = meaning(expression);
    let Ok(encoding) = Encoding::new(&[&meaning]) else {
        return Vec::new();
    };
    let mut prover = Prover {
        encoding,
        whole: expression,
    };
    let whole = prover.encoding.add(&meaning);
    if prover.never(&[(whole, true)]) {
        return vec![Finding::new(
            Rule::MatchesNothing,
            span(expression),
            "no event matches: the conditions contradict each other",
        )];
    }
    let object = prover.encoding.add(&Formula::Object);
    let mut findings = Vec::new();
    if prover.never(&[(object, true), (whole, false)]) {
        findings.push(Finding::new(
            Rule::MatchesEverything,
            span(expression),
            "every event that is a JSON object matches",
        ));
    }
    findings.extend(prover.idle_parts());
    findings.extend(precedence(pattern, expression, &mut prover));
    findings
}

/// The meaning of an expression as a pattern of its own.
fn meaning(expression: &Expression<Condition>) -> Formula {
    Formula::all([Formula::Object, Formula::of_expression(expression)])
}

fn event_matches(expression: &Expression<Condition>, event: &Event) -> bool {
    matches::matches(&Tree::Json(expression.clone()), event)
}

/// The way to a member: its position at each level.
type Position = Vec<usize>;

struct Prover<'tree> {
    encoding: Encoding,
    whole: &'tree Expression<Condition>,
}

impl<'tree> Prover<'tree> {
    /// Tells whether it is certain that no event gives the formulas this truth.
    fn never(&mut self, wishes: &[(FormulaId, bool)]) -> bool {
        self.encoding.find(wishes, &|_| true) == Ok(None)
    }

    /// Finds the members that can be left out, the later ones first when several would do.
    fn idle_parts(&mut self) -> Vec<Finding> {
        let mut left_out = BTreeSet::new();
        let mut findings = Vec::new();
        self.visit(self.whole, &mut Vec::new(), &mut left_out, &mut findings);
        findings
    }

    fn visit(
        &mut self,
        part: &'tree Expression<Condition>,
        position: &mut Position,
        left_out: &mut BTreeSet<Position>,
        findings: &mut Vec<Finding>,
    ) {
        let (members, alternatives) = match part {
            Expression::Any(members) => (members, true),
            Expression::All(members) => (members, false),
            Expression::One(_) => return,
        };
        for (index, member) in members.iter().enumerate().rev() {
            position.push(index);
            match self.idle(member, alternatives, position, left_out) {
                Some(finding) => findings.push(finding),
                None => self.visit(member, position, left_out, findings),
            }
            position.pop();
        }
    }

    /// Leaves a member out when that changes nothing, and says why.
    fn idle(
        &mut self,
        member: &Expression<Condition>,
        alternative: bool,
        position: &Position,
        left_out: &mut BTreeSet<Position>,
    ) -> Option<Finding> {
        let before = self.without(left_out);
        left_out.insert(position.clone());
        let after = self.without(left_out);
        if !self.never(&[(before, true), (after, false)])
            || !self.never(&[(before, false), (after, true)])
        {
            left_out.remove(position);
            return None;
        }
        let span = span(member);
        if !alternative {
            return Some(
                Finding::new(
                    Rule::ImpliedCondition,
                    span,
                    "this condition follows from the others",
                )
                .with_advice("leave it out"),
            );
        }
        let alone = self.encoding.add(&meaning(member));
        let (rule, message) = if self.never(&[(alone, true)]) {
            (Rule::DeadClause, "this alternative never holds")
        } else {
            (
                Rule::SubsumedClause,
                "this alternative adds nothing to the others",
            )
        };
        Some(Finding::new(rule, span, message).with_advice("leave it out"))
    }

    fn without(&mut self, left_out: &BTreeSet<Position>) -> FormulaId {
        let formula = without(self.whole, &mut Vec::new(), left_out);
        self.encoding.add(&Formula::all([Formula::Object, formula]))
    }
}

/// The formula of an expression from which some members are left out.
fn without(
    expression: &Expression<Condition>,
    position: &mut Position,
    left_out: &BTreeSet<Position>,
) -> Formula {
    let mut remaining = |members: &[Expression<Condition>]| {
        let mut formulas = Vec::new();
        for (index, member) in members.iter().enumerate() {
            position.push(index);
            if !left_out.contains(position) {
                formulas.push(without(member, position, left_out));
            }
            position.pop();
        }
        formulas
    };
    match expression {
        Expression::Any(members) => Formula::any(remaining(members)),
        Expression::All(members) => Formula::all(remaining(members)),
        Expression::One(_) => Formula::of_expression(expression),
    }
}

/// Finds an event on which the pattern and its reading from left to right differ.
fn precedence(
    pattern: &Pattern,
    expression: &Expression<Condition>,
    prover: &mut Prover<'_>,
) -> Option<Finding> {
    let Ok(Tree::Json(other)) = parse::parse(pattern.text(), Precedence::LeftToRight) else {
        return None;
    };
    if other == *expression {
        return None;
    }
    let (read, misread) = (
        prover.encoding.add(&meaning(expression)),
        prover.encoding.add(&meaning(&other)),
    );
    let differs = |event: &Event| event_matches(expression, event) != event_matches(&other, event);
    let mut find = |in_read: bool| {
        prover
            .encoding
            .find(&[(read, in_read), (misread, !in_read)], &differs)
            .ok()
            .flatten()
    };
    let event = find(true).or_else(|| find(false))?;
    let finding = Finding::new(
        Rule::Precedence,
        span(expression),
        "`&&` binds tighter than `||`; read from left to right, it would mean something else",
    );
    Some(
        finding
            .with_advice("put parentheses around what belongs together")
            .with_event(Some(event)),
    )
}
