//! A part of a line with a row of carets below it, cut to the room that there is.

use std::iter;

use unicode_width::UnicodeWidthStr;

use crate::escape::push_visible;
use crate::report::document::Excerpt;

/// What stands for the parts that are left out.
const LEFT_OUT: &str = "…";

/// A character as it is shown.
#[derive(Debug, Clone)]
struct Cell {
    shown: String,
    columns: usize,
    underlined: bool,
}

/// Returns the line and the carets below it, in so many columns at most.
pub(super) fn excerpt(excerpt: &Excerpt, columns: usize) -> (String, String) {
    let cells = cells(excerpt);
    let total: usize = cells.iter().map(|cell| cell.columns).sum();
    // The carets of an empty span stand behind the last character.
    if total < columns {
        return drawn(&cells, "", "");
    }
    let start = cells
        .iter()
        .position(|cell| cell.underlined)
        .unwrap_or_default();
    let before = cells.iter().take(start).rev();
    let lead = fitting(before, columns / 4);
    let first = start - lead;
    let left = if first > 0 { LEFT_OUT } else { "" };
    let room = columns.saturating_sub(2 * LEFT_OUT.width());
    let length = fitting(cells.iter().skip(first), room);
    let right = if first + length < cells.len() {
        LEFT_OUT
    } else {
        ""
    };
    let window = cells.get(first..first + length).unwrap_or_default();
    drawn(window, left, right)
}

/// Returns how many cells fit.
fn fitting<'cells>(cells: impl Iterator<Item = &'cells Cell>, columns: usize) -> usize {
    let mut used = 0;
    cells
        .take_while(|cell| {
            used += cell.columns;
            used <= columns
        })
        .count()
}

fn cells(excerpt: &Excerpt) -> Vec<Cell> {
    let Excerpt {
        text,
        span,
        style: _,
    } = excerpt;
    let end = span.end.max(span.start + 1);
    let mut line = String::new();
    let characters = text.char_indices().map(|(place, character)| {
        let before = line.len();
        match character {
            '\n' | '\r' | '\t' => line.push(' '),
            other => push_visible(&mut line, other),
        }
        (place, line.get(before..).unwrap_or_default().to_owned())
    });
    characters
        .chain(iter::once((text.len(), " ".to_owned())))
        .map(|(place, shown)| Cell {
            columns: shown.width(),
            underlined: (span.start..end).contains(&place),
            shown,
        })
        .collect()
}

fn drawn(cells: &[Cell], left: &str, right: &str) -> (String, String) {
    let mut line = left.to_owned();
    let mut carets = " ".repeat(left.width());
    for cell in cells {
        line.push_str(&cell.shown);
        let sign = if cell.underlined { "^" } else { " " };
        carets.push_str(&sign.repeat(cell.columns));
    }
    line.push_str(right);
    (line.trim_end().to_owned(), carets.trim_end().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Style;

    fn shown(text: &str, span: std::ops::Range<usize>, columns: usize) -> String {
        let whole = Excerpt {
            text: text.to_owned(),
            span,
            style: Style::Bad,
        };
        let (line, carets) = excerpt(&whole, columns);
        assert!(line.width() <= columns && carets.width() <= columns);
        format!("{line}\n{carets}")
    }

    #[test]
    fn the_place_is_underlined() {
        assert_eq!(shown("{ $.a = x }", 2..5, 40), "{ $.a = x }\n  ^^^");
        assert_eq!(shown("ab", 2..2, 40), "ab\n  ^");
        assert_eq!(shown("", 0..0, 40), "\n^");
    }

    #[test]
    fn what_is_far_away_is_left_out() {
        let text = "0123456789".repeat(9);
        assert_eq!(shown(&text, 40..43, 20), "…567890123456789012…\n      ^^^");
        assert_eq!(
            shown(&text, 0..90, 20),
            "012345678901234567…\n^^^^^^^^^^^^^^^^^^"
        );
        assert_eq!(shown(&text, 88..90, 20), "…3456789\n      ^^");
    }

    #[test]
    fn carets_stand_below_wide_and_hidden_characters() {
        assert_eq!(shown("日本\u{1b}x", 6..7, 40), "日本\\u{1b}x\n    ^^^^^^");
        assert_eq!(shown("a\nb", 2..3, 40), "a b\n  ^");
        assert_eq!(shown("##[x", 2..3, 40), "##\\u{5b}x\n  ^^^^^^");
        // A span that begins inside a character must do no harm.
        assert_eq!(shown("é", 1..9, 40), "é\n ^");
    }
}
