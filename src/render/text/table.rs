//! Lays out tables: columns as wide as their widest cell, narrowed and wrapped where the room is scarce.

use super::wrap::{Line, spaces, width, wrap};
use crate::report::document::{Style, Table, Text};

/// The room between two columns.
const GAP: usize = 2;

/// The narrowest column.
const NARROWEST: usize = 6;

/// Returns the lines of a table that may take `columns`.
pub(super) fn lines(table: &Table, columns: usize) -> Vec<Line> {
    let heading: Vec<Text> = table
        .headings
        .iter()
        .map(|heading| Text::from([Style::Dim.span(*heading)]))
        .collect();
    let rows: Vec<&[Text]> = std::iter::once(heading.as_slice())
        .chain(table.rows.iter().map(Vec::as_slice))
        .collect();
    let widths = fitted(natural(&rows), columns);
    if taken(&widths) > columns {
        return records(table, columns);
    }
    rows.iter()
        .flat_map(|row| row_lines(row, &widths))
        .collect()
}

/// Returns a table that fits into no width row by row: the first cell, and under it each other cell behind its heading.
fn records(table: &Table, columns: usize) -> Vec<Line> {
    let name = |heading: &str| Text::from([Style::Dim.span(heading)]);
    let headings: Vec<Text> = table
        .headings
        .iter()
        .skip(1)
        .map(|heading| name(heading))
        .collect();
    let widest = headings
        .iter()
        .flat_map(|heading| wrap(heading, usize::MAX))
        .map(|line| width(&line))
        .max()
        .unwrap_or_default();
    let room = columns.saturating_sub(widest + GAP * 2).max(NARROWEST);
    let mut lines = Vec::new();
    for row in &table.rows {
        let Some((first, cells)) = row.split_first() else {
            continue;
        };
        lines.extend(wrap(first, columns));
        for (heading, cell) in headings.iter().zip(cells) {
            let pair = [heading.clone(), cell.clone()];
            lines.extend(row_lines(&pair, &[widest, room]).into_iter().map(|line| {
                let indent = spaces(GAP);
                std::iter::once(indent).chain(line).collect()
            }));
        }
    }
    lines
}

/// Returns the columns that a row of these widths takes.
fn taken(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

/// Returns how wide each column would like to be.
fn natural(rows: &[&[Text]]) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for row in rows {
        widths.resize(widths.len().max(row.len()), 0);
        for (widest, cell) in widths.iter_mut().zip(*row) {
            let lines = wrap(cell, usize::MAX);
            *widest = lines
                .iter()
                .map(|line| width(line))
                .fold(*widest, usize::max);
        }
    }
    widths
}

/// Narrows the widest columns, one by one, until all fit or none can be narrower.
fn fitted(mut widths: Vec<usize>, columns: usize) -> Vec<usize> {
    while taken(&widths) > columns {
        match widths.iter_mut().max() {
            Some(widest) if *widest > NARROWEST => *widest -= 1,
            Some(_) | None => break,
        }
    }
    widths
}

/// Returns the lines of one row: as many as its highest cell has.
fn row_lines(row: &[Text], widths: &[usize]) -> Vec<Line> {
    let cells: Vec<Vec<Line>> = row
        .iter()
        .zip(widths)
        .map(|(cell, width)| wrap(cell, *width))
        .collect();
    let height = cells.iter().map(Vec::len).max().unwrap_or_default();
    (0..height)
        .map(|at| {
            let mut line = Line::new();
            let mut end = 0;
            for (cell, column) in cells.iter().zip(widths) {
                if let Some(pieces) = cell.get(at).filter(|pieces| !pieces.is_empty()) {
                    line.push(spaces(end - width(&line)));
                    line.extend(pieces.iter().cloned());
                }
                end += column + GAP;
            }
            line
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        Table {
            headings: vec!["No.", "Control", "Verdict"],
            rows: vec![
                vec![
                    Text::plain("4.2"),
                    Text::plain("console-sign-in-without-mfa"),
                    Text::plain("compliant"),
                ],
                vec![
                    Text::plain(""),
                    Text::plain("日本語"),
                    Text::plain("non-compliant"),
                ],
            ],
        }
    }

    fn printed(columns: usize) -> Vec<String> {
        lines(&table(), columns)
            .into_iter()
            .map(|line| line.into_iter().map(|piece| piece.text).collect())
            .collect()
    }

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        assert_eq!(
            printed(usize::MAX),
            [
                "No.  Control                      Verdict",
                "4.2  console-sign-in-without-mfa  compliant",
                "     日本語                       non-compliant",
            ]
        );
    }

    #[test]
    fn columns_that_fit_in_no_way_become_records() {
        let lines = printed(18);
        assert_eq!(lines.first().unwrap(), "4.2");
        assert!(
            lines.get(1).unwrap().starts_with("  Control  "),
            "{lines:?}"
        );
        assert!(
            lines.iter().all(|line| line.chars().count() <= 18),
            "{lines:?}"
        );
        let words: String = lines
            .iter()
            .flat_map(|line| line.split_whitespace())
            .collect();
        assert!(words.contains("Verdictcomplia"), "{words}");
    }

    #[test]
    fn the_widest_column_gives_way_first() {
        assert_eq!(
            printed(36),
            [
                "No.  Control           Verdict",
                "4.2  console-sign-in-  compliant",
                "     without-mfa",
                "     日本語            non-compliant",
            ]
        );
    }
}
