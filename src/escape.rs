//! Shows what must not reach a terminal or a page as it is: one list of such characters for all who print.
//!
//! Characters that move the cursor, reorder or hide text, or have no shape are shown as escapes. Quoting
//! for a format (Markdown, JSON) is not done here.

use std::borrow::Cow;
use std::fmt::Write;

/// The mark of an old form of commands to the runner of GitHub Actions, wherever it stands in a line.
const RUNNER_COMMAND: &str = "##[";

/// A colon as an escape.
pub(crate) const SHOWN_COLON: &str = "\\u{3a}";

/// Returns whether a character must not be shown as it is.
///
/// Control characters, marks of direction, separators of lines and paragraphs, and characters that take
/// no room or look like nothing (Unicode categories Cc, Cf, Zl, Zp, and the fillers of Hangul).
#[must_use]
pub(crate) fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{0}'..='\u{1f}'
        | '\u{7f}'..='\u{9f}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{600}'..='\u{605}'
        | '\u{61c}'
        | '\u{6dd}'
        | '\u{70f}'
        | '\u{890}'..='\u{891}'
        | '\u{8e2}'
        | '\u{115f}'..='\u{1160}'
        | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{110bd}'
        | '\u{110cd}'
        | '\u{13430}'..='\u{1343f}'
        | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}'
    )
}

/// Returns `text` with every hidden character shown as an escape such as `\n` or `\u{202e}`.
#[must_use]
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(is_hidden) && !text.contains(RUNNER_COMMAND) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        push_visible(&mut shown, c);
    }
    Cow::Owned(shown)
}

/// Puts a character behind what is shown already, as an escape if it is hidden.
pub(crate) fn push_visible(shown: &mut String, c: char) {
    match c {
        '\n' => shown.push_str("\\n"),
        '\r' => shown.push_str("\\r"),
        '\t' => shown.push_str("\\t"),
        c if is_hidden(c) => push_escape(shown, c),
        '[' if shown.ends_with("##") => push_escape(shown, c),
        c => shown.push(c),
    }
}

/// Returns a line that the runner of GitHub Actions does not take for a command (`::name::`).
///
/// `line` must be what stands behind the indentation.
#[must_use]
pub(crate) fn inert(line: &str) -> Cow<'_, str> {
    match line.strip_prefix("::") {
        Some(rest) => Cow::Owned(format!("{SHOWN_COLON}:{rest}")),
        None => Cow::Borrowed(line),
    }
}

fn push_escape(text: &mut String, c: char) {
    // Writing to a string cannot fail.
    let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hidden_characters_are_shown() {
        let cases = [
            ("plain ünïcödé 日本 🙂", "plain ünïcödé 日本 🙂"),
            ("a\nb\r\tc", "a\\nb\\r\\tc"),
            ("\u{0}\u{7}\u{8}", "\\u{0}\\u{7}\\u{8}"),
            ("\u{1b}[31mred", "\\u{1b}[31mred"),
            ("\u{7f}", "\\u{7f}"),
            ("\u{85}\u{9b}31m", "\\u{85}\\u{9b}31m"),
            ("\u{202e}evil\u{2066}", "\\u{202e}evil\\u{2066}"),
            ("\u{200e}\u{200f}\u{61c}", "\\u{200e}\\u{200f}\\u{61c}"),
            (
                "ze\u{200b}ro\u{200d}\u{feff}",
                "ze\\u{200b}ro\\u{200d}\\u{feff}",
            ),
            ("\u{2028}\u{2029}", "\\u{2028}\\u{2029}"),
            ("\u{ad}\u{2060}\u{180e}", "\\u{ad}\\u{2060}\\u{180e}"),
            ("\u{e0041}\u{e007f}", "\\u{e0041}\\u{e007f}"),
            ("x\u{fe0f}", "x\\u{fe0f}"),
            ("##[error]no", "##\\u{5b}error]no"),
            ("#[not a command]", "#[not a command]"),
            ("back\\slash", "back\\slash"),
        ];
        for (text, shown) in cases {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn a_line_is_no_command() {
        assert_eq!(
            inert("::set-output name=a::b"),
            "\\u{3a}:set-output name=a::b"
        );
        assert_eq!(inert("a::b"), "a::b");
        assert_eq!(inert(": :"), ": :");
    }

    fn any_text() -> impl Strategy<Value = String> {
        let hidden = prop::char::ranges(
            vec![
                '\0'..='\u{a0}',
                '\u{200b}'..='\u{206f}',
                '#'..='[',
                '\u{e0000}'..='\u{e007f}',
            ]
            .into(),
        );
        prop::collection::vec(prop_oneof![any::<char>(), hidden], 0..60)
            .prop_map(|chars| chars.into_iter().collect())
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left(text in any_text()) {
            let shown = visible(&text);
            prop_assert!(!shown.contains(is_hidden));
            prop_assert!(!shown.contains(RUNNER_COMMAND));
            prop_assert!(!inert(&shown).starts_with("::"));
        }

        #[test]
        fn what_is_shown_stays_as_it_is(text in any_text()) {
            let once = visible(&text).into_owned();
            prop_assert_eq!(visible(&once), once.as_str());
        }

        #[test]
        fn what_hides_nothing_is_not_copied(text in "[ -\"$-~äöü日本]{0,40}") {
            prop_assert!(matches!(visible(&text), Cow::Borrowed(_)));
        }
    }
}
