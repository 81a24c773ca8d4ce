//! Mistakes as text: the line they stand in, underlined, and the advice below.
//!
//! It prints nothing and does not decide whether colour is wanted.

use std::borrow::Cow;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use super::document::SourceFile;
use super::mistakes::Diagnostic;
use crate::escape::{is_hidden, visible};

/// How many mistakes are shown in full; of more, only the number is told.
pub const SHOWN_MISTAKES: usize = 100;

/// Whether a text may carry colour codes for a terminal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// With colour codes.
    Always,
}

/// Returns the mistakes as text, one after another, without a final line break.
pub(super) fn render(files: &[SourceFile], list: &[Diagnostic], colour: Colour) -> String {
    let renderer = match colour {
        Colour::Never => Renderer::plain(),
        Colour::Always => Renderer::styled(),
    };
    let mut shown: Vec<_> = list
        .iter()
        .take(SHOWN_MISTAKES)
        .map(|mistake| render_one(&renderer, files, mistake))
        .collect();
    if list.len() > SHOWN_MISTAKES {
        shown.push(format!(
            "error: {} more mistakes are not shown",
            list.len() - SHOWN_MISTAKES
        ));
    }
    shown.join("\n\n")
}

fn render_one(renderer: &Renderer, files: &[SourceFile], mistake: &Diagnostic) -> String {
    let text = files
        .iter()
        .find(|file| visible(&file.name) == mistake.file)
        .map_or("", |file| file.text.as_str());
    let annotation = AnnotationKind::Primary.span(first_line(text, &mistake.span));
    let snippet = Snippet::source(harmless(text))
        .path(mistake.file.as_str())
        .annotation(annotation);
    let group = Level::ERROR
        .primary_title(mistake.message.as_str())
        .element(snippet);
    let group = match &mistake.hint {
        Some(hint) => group.element(Level::HELP.message(hint.as_str())),
        None => group,
    };
    renderer.render(&[group])
}

/// Returns the text with a stand-in of the same length for each character that must not be shown, so that all places stay the same.
fn harmless(text: &str) -> Cow<'_, str> {
    const RUNNER_COMMAND: &str = "##[";
    if !text.contains(is_hidden) && !text.contains(RUNNER_COMMAND) {
        return Cow::Borrowed(text);
    }
    let stand_in = |c: char| match c.len_utf8() {
        // The renderer itself shows those of ASCII, and ends lines at the others.
        1 => c.to_string(),
        2 => "¿".to_owned(),
        3 => "\u{fffd}".to_owned(),
        _ => "¿¿".to_owned(),
    };
    let shown = text.chars().map(|c| {
        if is_hidden(c) {
            stand_in(c)
        } else {
            c.to_string()
        }
    });
    Cow::Owned(shown.collect::<String>().replace(RUNNER_COMMAND, "##("))
}

/// Returns the part of `span` on its first line, within the text and between characters.
fn first_line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = boundary(text, span.start);
    let end = boundary(text, span.end.max(start));
    let part = text.get(start..end).unwrap_or_default();
    let length = part.find('\n').unwrap_or(part.len());
    start..start + length
}

fn boundary(text: &str, place: usize) -> usize {
    text.floor_char_boundary(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, span: Range<usize>, colour: Colour) -> String {
        let file = SourceFile {
            name: "controls/a.toml".to_owned(),
            text: text.to_owned(),
        };
        let mistake = Diagnostic::new(&file.name, span, "`treshold` is not a key of `[alarm]`")
            .with_hint("did you mean `threshold`?");
        render(&[file], &[mistake], colour)
    }

    #[test]
    fn a_mistake_shows_its_place_its_line_and_the_advice() {
        let expected = "\
error: `treshold` is not a key of `[alarm]`
 --> controls/a.toml:2:1
  |
2 | treshold = 1
  | ^^^^^^^^
  |
  = help: did you mean `threshold`?";
        assert_eq!(
            shown("[alarm]\ntreshold = 1\n", 8..16, Colour::Never),
            expected
        );
    }

    #[test]
    fn colour_codes_appear_only_when_asked_for() {
        assert!(!shown("[alarm]\ntreshold = 1\n", 8..16, Colour::Never).contains('\u{1b}'));
        assert!(shown("[alarm]\ntreshold = 1\n", 8..16, Colour::Always).contains('\u{1b}'));
    }

    #[test]
    fn control_characters_of_the_file_never_reach_the_terminal() {
        let hostile = "\u{1b}[2J\u{7}\r\u{7f}\u{9b}2J\u{61c}\u{ad}\u{202e}\u{2028}\u{200b}\u{feff}\u{e0041}##[error]";
        for colour in [Colour::Never, Colour::Always] {
            let text = shown(&format!("a = '{hostile}'\r\n"), 4..5, colour);
            let text = text.replace("\u{1b}[", "");
            let hidden = |c: char| is_hidden(c) && c != '\n';
            assert!(!text.contains(hidden) && !text.contains("##["), "{text:?}");
        }
    }

    #[test]
    fn a_stand_in_is_as_long_as_what_it_stands_for() {
        let text = "a\u{9b}\u{202e}\u{e0041}##[b";
        assert_eq!(harmless(text), "a¿\u{fffd}¿¿##(b");
        assert_eq!(harmless(text).len(), text.len());
    }

    #[test]
    fn spans_outside_the_text_or_inside_a_character_do_no_harm() {
        for span in [0..0, 0..1000, 1000..2000, 1..2] {
            assert!(
                shown("äöü\nb", span.clone(), Colour::Never).starts_with("error"),
                "{span:?}"
            );
        }
    }

    #[test]
    fn a_very_long_line_is_cut_and_very_many_mistakes_are_counted() {
        let text = format!("a = '{}'", "x".repeat(100_000));
        assert!(shown(&text, 50_000..50_003, Colour::Never).len() < 2_000);
        let file = SourceFile {
            name: "a".to_owned(),
            text: "abc".to_owned(),
        };
        let list = vec![Diagnostic::new("a", 0..1, "wrong"); SHOWN_MISTAKES + 7];
        let text = render(&[file], &list, Colour::Never);
        assert!(text.ends_with("error: 7 more mistakes are not shown"));
    }
}
