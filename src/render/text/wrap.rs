//! Breaks a run of styled words into lines.
//!
//! Widths are those of the terminal: East Asian characters count two. Words longer than a line are broken,
//! if possible behind a hyphen or the like.

use std::borrow::Cow;

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::escape::{SHOWN_COLON, inert, visible};
use crate::report::document::{Span, Style, Text};

/// Words of one style, escaped and ready to be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) style: Style,
    pub(super) text: String,
}

/// A line of pieces.
pub(super) type Line = Vec<Piece>;

/// Returns how many columns a line takes.
pub(super) fn width(line: &[Piece]) -> usize {
    line.iter().map(|piece| piece.text.width()).sum()
}

/// Returns a number of spaces.
pub(super) fn spaces(number: usize) -> Piece {
    Piece {
        style: Style::Plain,
        text: " ".repeat(number),
    }
}

/// Returns the lines of `text` when each has `columns`; one line at least.
pub(super) fn wrap(text: &Text, columns: usize) -> Vec<Line> {
    wrap_hanging(text, columns, columns)
}

/// Returns the lines of `text` when the first has `first` columns and each other one has `rest`, no more.
pub(super) fn wrap_hanging(text: &Text, first: usize, rest: usize) -> Vec<Line> {
    let mut lines = vec![Line::new()];
    let mut used = 0;
    for word in words(text).into_iter().flat_map(|word| word.broken(rest)) {
        let columns = if lines.len() == 1 { first } else { rest };
        let needed = word.gap + width(&word.pieces);
        if used > 0 && used + needed > columns {
            lines.push(Line::new());
            used = 0;
        }
        let gap = if used == 0 { 0 } else { word.gap };
        used += gap + width(&word.pieces);
        if let Some(line) = lines.last_mut() {
            append(line, gap, word.pieces);
        }
    }
    lines
}

/// Adds pieces to a line; pieces of one style become one.
fn append(line: &mut Line, gap: usize, pieces: Vec<Piece>) {
    let joined = match (line.last(), pieces.first()) {
        (Some(last), Some(first)) if last.style == first.style => first.style,
        _ => Style::Plain,
    };
    let space = Piece {
        style: joined,
        text: " ".repeat(gap),
    };
    for piece in std::iter::once(space).chain(pieces) {
        match line.last_mut() {
            _ if piece.text.is_empty() => {}
            Some(last) if last.style == piece.style => last.text.push_str(&piece.text),
            _ => line.push(piece),
        }
    }
}

/// What stays together on a line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
struct Word {
    /// How many spaces stand before it.
    gap: usize,
    /// Its pieces.
    pieces: Vec<Piece>,
}

/// Returns the words of a text; spans without a space between them are one word.
fn words(text: &Text) -> Vec<Word> {
    let mut words = vec![Word::default()];
    for Span { style, text } in &text.spans {
        for (index, part) in printed(*style, text).split(' ').enumerate() {
            if index > 0 {
                next_word(&mut words);
            }
            if let (Some(word), false) = (words.last_mut(), part.is_empty()) {
                word.pieces.push(Piece {
                    style: *style,
                    text: part.to_owned(),
                });
            }
        }
    }
    words.retain(|word| !word.pieces.is_empty());
    for word in &mut words {
        disarm(&mut word.pieces);
    }
    words
}

/// Shows the first colon of a pair of colons in front as an escape.
///
/// A line that begins with such a pair is a command to the runner of GitHub Actions, and any word may come
/// to begin a line.
pub(super) fn disarm(pieces: &mut [Piece]) {
    let text: String = pieces.iter().map(|piece| piece.text.as_str()).collect();
    let Cow::Owned(_) = inert(text.trim_start()) else {
        return;
    };
    if let Some(piece) = pieces.iter_mut().find(|piece| piece.text.contains(':')) {
        piece.text = piece.text.replacen(':', SHOWN_COLON, 1);
    }
}

fn next_word(words: &mut Vec<Word>) {
    match words.last_mut() {
        Some(word) if word.pieces.is_empty() => word.gap += 1,
        _ => words.push(Word {
            gap: 1,
            pieces: Vec::new(),
        }),
    }
}

/// Returns the characters that show a span.
fn printed(style: Style, text: &str) -> String {
    let text = visible(text);
    match style {
        Style::Code => format!("`{text}`"),
        Style::Plain
        | Style::Strong
        | Style::Dim
        | Style::Name
        | Style::Literal
        | Style::Good
        | Style::Bad
        | Style::Caution
        | Style::Elsewhere
        | Style::Added
        | Style::Removed => text.into_owned(),
    }
}

impl Word {
    /// Returns the word, broken if it does not fit into a line.
    fn broken(self, columns: usize) -> Vec<Self> {
        if width(&self.pieces) <= columns {
            return vec![self];
        }
        let mut parts = vec![Self {
            gap: self.gap,
            pieces: Vec::new(),
        }];
        let mut room = columns;
        for Piece { style, text } in self.pieces {
            let mut rest = text.as_str();
            while !rest.is_empty() {
                let (part, after) = cut(rest, room, columns);
                if let (Some(word), false) = (parts.last_mut(), part.is_empty()) {
                    word.pieces.push(Piece {
                        style,
                        text: part.to_owned(),
                    });
                }
                rest = after;
                room = room.saturating_sub(part.width());
                if !rest.is_empty() {
                    parts.push(Self::default());
                    room = columns;
                }
            }
        }
        parts.retain(|word| !word.pieces.is_empty());
        parts
    }
}

/// Cuts off as much as fits into `room`, at least one character if the line is still empty.
///
/// What is left does not begin with a colon if that can be avoided; see [`disarm`].
fn cut(text: &str, room: usize, columns: usize) -> (&str, &str) {
    let mut used = 0;
    let mut hard = 0;
    let mut soft = 0;
    for (at, c) in text.char_indices() {
        let needed = c.width().unwrap_or(0);
        let first = at == 0 && room == columns;
        if used + needed > room && !first {
            let end = if soft > 0 { soft } else { hard };
            return text.split_at_checked(end).unwrap_or((text, ""));
        }
        used += needed;
        let end = at + c.len_utf8();
        if hard > 0 && text.get(end..).is_some_and(|rest| rest.starts_with(':')) {
            continue;
        }
        hard = end;
        if "-_/,:.=".contains(c) && used * 2 > room {
            soft = hard;
        }
    }
    (text, "")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &Text, columns: usize) -> Vec<String> {
        wrap(text, columns)
            .into_iter()
            .map(|line| line.into_iter().map(|piece| piece.text).collect())
            .collect()
    }

    #[test]
    fn words_move_to_the_next_line() {
        let text = Text::plain("one two three");
        assert_eq!(lines(&text, 7), ["one two", "three"]);
        assert_eq!(lines(&text, usize::MAX), ["one two three"]);
        assert_eq!(lines(&Text::default(), 7), [""]);
    }

    #[test]
    fn a_word_of_several_styles_is_not_torn() {
        let text = Text::from([
            Style::Plain.span("see ("),
            Style::Code.span("abc"),
            Style::Plain.span(")."),
        ]);
        assert_eq!(lines(&text, 9), ["see", "(`abc`)."]);
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(lines(&Text::plain("日本 語"), 5), ["日本", "語"]);
        assert_eq!(lines(&Text::plain("日本語"), 5), ["日本", "語"]);
    }

    #[test]
    fn long_words_break_behind_a_hyphen() {
        assert_eq!(
            lines(&Text::plain("console-sign-in"), 9),
            ["console-", "sign-in"]
        );
        assert_eq!(lines(&Text::plain("abcdefgh"), 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn escapes_count_with_the_width_they_are_shown_with() {
        assert_eq!(
            lines(&Text::plain("a\u{202e}b c"), 10),
            ["a\\u{202e}b", "c"]
        );
    }

    #[test]
    fn the_first_line_may_be_longer() {
        let text = Text::plain("one two three four");
        let lines = wrap_hanging(&text, 13, 5);
        assert_eq!(lines.len(), 2);
        assert_eq!(
            lines.iter().map(|line| width(line)).collect::<Vec<_>>(),
            [13, 4]
        );
    }

    proptest! {
        #[test]
        fn no_line_is_too_long_and_no_word_is_lost(text in "[a-z日🙂 -]{0,60}", columns in 2_usize..30) {
            let lines = lines(&Text::plain(text.as_str()), columns);
            prop_assert!(lines.iter().all(|line| line.width() <= columns));
            let bare = |text: &str| text.replace(' ', "");
            prop_assert_eq!(bare(&lines.concat()), bare(&text));
        }
    }
}
