//! What a change changes: short values side by side, patterns and documents line by line.

use similar::{Algorithm, ChangeTag, capture_diff_slices, group_diff_ops};

use super::clauses::clause_lines;
use super::document::{Block, Diff, DiffLine, Field, Side, Style, Text};
use super::json_line::json_lines;
use crate::plan::FieldChange;

/// How many equal lines are shown around those that differ.
const CONTEXT: usize = 3;

/// Returns what shows `changes`: the short ones as fields, then a diff for each of the others.
pub(super) fn differences(changes: &[FieldChange]) -> Vec<Block> {
    let mut fields = Vec::new();
    let mut diffs = Vec::new();
    for change in changes {
        let (before, after) = (lines(&change.before), lines(&change.after));
        let is_long = before.len() > 1 || after.len() > 1;
        if is_long && before != after {
            diffs.push(Block::Diff(Diff {
                name: change.field,
                lines: diff(&before, &after),
            }));
        } else {
            fields.push(beside(change));
        }
    }
    if !fields.is_empty() {
        diffs.insert(0, Block::Fields(fields));
    }
    diffs
}

fn beside(change: &FieldChange) -> Field {
    let shown = |value: &str, style: Style| {
        if value.is_empty() {
            Style::Dim.span("(none)")
        } else {
            style.span(value)
        }
    };
    Field {
        name: change.field,
        value: vec![Text::from([
            shown(&change.before, Style::Removed),
            Style::Dim.span(" -> "),
            shown(&change.after, Style::Added),
        ])],
    }
}

/// Returns a value as lines that can be compared one by one.
fn lines(value: &str) -> Vec<String> {
    json_lines(value).unwrap_or_else(|| clause_lines(value))
}

fn diff(before: &[String], after: &[String]) -> Vec<DiffLine> {
    let operations = capture_diff_slices(Algorithm::Patience, before, after);
    let mut lines = Vec::new();
    for (index, group) in group_diff_ops(operations, CONTEXT).iter().enumerate() {
        if index > 0 {
            lines.push(DiffLine {
                side: Side::Gap,
                text: "…".to_owned(),
            });
        }
        for operation in group {
            lines.extend(
                operation
                    .iter_changes(before, after)
                    .map(|change| DiffLine {
                        side: side(change.tag()),
                        text: change.value(),
                    }),
            );
        }
    }
    lines
}

fn side(tag: ChangeTag) -> Side {
    match tag {
        ChangeTag::Equal => Side::Both,
        ChangeTag::Delete => Side::Before,
        ChangeTag::Insert => Side::After,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn change(field: &'static str, before: &str, after: &str) -> FieldChange {
        FieldChange {
            field,
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    #[test]
    fn short_values_stand_beside_each_other_before_the_diffs() {
        let blocks = differences(&[
            change(
                "pattern",
                "{ $.a = 1 || $.b = 2 }",
                "{ $.a = 1 || $.c = 3 }",
            ),
            change("threshold", "10", "1"),
        ]);
        let [Block::Fields(fields), Block::Diff(diff)] = blocks.as_slice() else {
            panic!("{blocks:?}");
        };
        assert_eq!(fields.len(), 1);
        let signs: Vec<(Side, &str)> = diff
            .lines
            .iter()
            .map(|line| (line.side, line.text.as_str()))
            .collect();
        assert_eq!(
            signs,
            [
                (Side::Both, "{"),
                (Side::Both, "  $.a = 1"),
                (Side::Before, "  || $.b = 2"),
                (Side::After, "  || $.c = 3"),
                (Side::Both, "}"),
            ]
        );
    }

    #[test]
    fn documents_are_compared_by_their_members() {
        let before = r#"{"Statement":[],"Version":"2012-10-17"}"#;
        let after = r#"{"Statement":[{"Effect":"Allow"}],"Version":"2012-10-17"}"#;
        let blocks = differences(&[change("policy", before, after)]);
        let [Block::Diff(diff)] = blocks.as_slice() else {
            panic!("{blocks:?}");
        };
        let kept = |side| diff.lines.iter().filter(|line| line.side == side).count();
        assert_eq!((kept(Side::Before), kept(Side::After)), (1, 5));
    }

    #[test]
    fn equal_lines_far_from_a_change_are_left_out() {
        let many = |last: u32| {
            let clauses: Vec<String> = (0..12).map(|n| format!("$.a = {n}")).collect();
            format!("{{ {} || $.z = {last} }}", clauses.join(" || "))
        };
        let blocks = differences(&[change("pattern", &many(1), &many(2))]);
        let [Block::Diff(diff)] = blocks.as_slice() else {
            panic!("{blocks:?}");
        };
        assert_eq!(diff.lines.len(), CONTEXT + 2 + 1);
    }
}
