//! The difference of two patterns as lines, one clause a line.

use super::clauses::{clause, deeper};
use super::document::{DiffLine, Side};
use super::roster::count;
use crate::pattern::difference::{self, Clause, Part};

/// Returns the lines of a difference; the first and the last hold a brace.
pub(super) fn lines(parts: &[Part]) -> Vec<DiffLine> {
    let mut lines = vec![line(Side::Both, "{")];
    match parts {
        [Part::Choice(clauses)] => lines.extend(choice(clauses, 1)),
        _ => {
            for (index, part) in parts.iter().enumerate() {
                let operator = if index == 0 { "" } else { "&& " };
                lines.extend(required(operator, part));
            }
        }
    }
    lines.push(line(Side::Both, "}"));
    lines
}

fn required(operator: &str, part: &Part) -> Vec<DiffLine> {
    match part {
        Part::Required(clause) => clause_lines(operator, clause, 1),
        Part::Choice(clauses) => {
            let side = common_side(clauses);
            let mut lines = vec![line(side, &format!("  {operator}("))];
            lines.extend(choice(clauses, 2));
            lines.push(line(side, "  )"));
            lines
        }
    }
}

/// Returns the side of a choice that one pattern alone has.
fn common_side(clauses: &[Clause]) -> Side {
    match clauses.first() {
        Some(first) if clauses.iter().all(|clause| clause.side == first.side) => side(first.side),
        Some(_) | None => Side::Both,
    }
}

fn choice(clauses: &[Clause], depth: usize) -> Vec<DiffLine> {
    let lines = clauses.iter().enumerate().flat_map(|(index, clause)| {
        let operator = if index == 0 { "" } else { "|| " };
        clause_lines(operator, clause, depth)
    });
    lines.collect()
}

fn clause_lines(operator: &str, told: &Clause, depth: usize) -> Vec<DiffLine> {
    let mut lines = clause(operator, &told.expression);
    for _ in 0..depth {
        lines = deeper(lines).collect();
    }
    lines
        .iter()
        .map(|text| line(side(told.side), text))
        .collect()
}

fn line(side: Side, text: &str) -> DiffLine {
    DiffLine {
        side,
        text: text.to_owned(),
    }
}

fn side(side: difference::Side) -> Side {
    match side {
        difference::Side::Both => Side::Both,
        difference::Side::OnlyA => Side::Before,
        difference::Side::OnlyB => Side::After,
    }
}

/// Returns how many clauses belong to which pattern.
pub(super) fn counts(parts: &[Part]) -> String {
    let clauses: Vec<&Clause> = parts
        .iter()
        .flat_map(|part| match part {
            Part::Required(clause) => std::slice::from_ref(clause),
            Part::Choice(clauses) => clauses.as_slice(),
        })
        .collect();
    let of = |side| clauses.iter().filter(|clause| clause.side == side).count();
    format!(
        "{} in both, {} in A alone, {} in B alone",
        count(of(difference::Side::Both), "clause", "clauses"),
        of(difference::Side::OnlyA),
        of(difference::Side::OnlyB)
    )
}
