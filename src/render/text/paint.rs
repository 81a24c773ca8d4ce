//! Colours: which meaning has which, chosen to be readable on dark and on light ground.
//!
//! Only the sixteen colours that every terminal lets its user choose; no meaning rests on colour alone.

use anstyle::{AnsiColor, Style as Ansi};

use super::ColorChoice;
use super::wrap::Piece;
use crate::report::document::{Mark, Side, Style};

/// Returns a line's pieces as they are printed.
pub(super) fn painted(line: &[Piece], color: ColorChoice) -> String {
    line.iter()
        .map(|piece| paint(&piece.text, ansi(piece.style), color))
        .collect()
}

/// Returns an entry's sign as it is printed.
pub(super) fn mark(mark: Mark, color: ColorChoice) -> String {
    let style = match mark {
        Mark::Create => fore(AnsiColor::Green),
        Mark::Change | Mark::Skipped => fore(AnsiColor::Yellow),
        Mark::Adopt => fore(AnsiColor::Cyan),
        Mark::Human => fore(AnsiColor::Magenta),
        Mark::Blocked | Mark::Remove => fore(AnsiColor::Red),
    };
    paint(mark.as_str(), style.bold(), color)
}

/// Returns the style of a line of a diff.
pub(super) fn side(side: Side) -> Style {
    match side {
        Side::Both => Style::Plain,
        Side::Before => Style::Removed,
        Side::After => Style::Added,
        Side::Gap => Style::Dim,
    }
}

fn ansi(style: Style) -> Ansi {
    match style {
        Style::Plain | Style::Literal => Ansi::new(),
        Style::Strong | Style::Name => Ansi::new().bold(),
        Style::Dim => Ansi::new().dimmed(),
        Style::Code | Style::Elsewhere => fore(AnsiColor::Cyan),
        Style::Good | Style::Added => fore(AnsiColor::Green),
        Style::Bad | Style::Removed => fore(AnsiColor::Red),
        Style::Caution => fore(AnsiColor::Yellow),
    }
}

fn fore(color: AnsiColor) -> Ansi {
    Ansi::new().fg_color(Some(color.into()))
}

fn paint(text: &str, style: Ansi, color: ColorChoice) -> String {
    match color {
        ColorChoice::Plain => text.to_owned(),
        ColorChoice::Ansi if style.is_plain() => text.to_owned(),
        ColorChoice::Ansi => format!("{style}{text}{style:#}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_has_no_escape_sequences() {
        for style in Style::ALL {
            let line = [Piece {
                style,
                text: "word".to_owned(),
            }];
            assert_eq!(painted(&line, ColorChoice::Plain), "word");
            let coloured = painted(&line, ColorChoice::Ansi);
            assert_eq!(coloured != "word", !ansi(style).is_plain());
            assert!(
                coloured.matches('\u{1b}').count() != 1,
                "a style is not reset"
            );
        }
    }
}
