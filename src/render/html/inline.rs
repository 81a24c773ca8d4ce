//! Text within a block of HTML. Foreign text cannot become markup, and what is hidden is shown.

use std::borrow::Cow;

use crate::escape::visible;
use crate::report::document::{Span, Style, Text};

/// Returns words so that HTML shows them as they are, in elements and in quoted attributes.
pub(super) fn escaped(text: &str) -> String {
    let text: Cow<'_, str> = visible(text);
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// Returns a text with its meanings marked.
pub(super) fn text(text: &Text) -> String {
    text.spans.iter().map(span).collect()
}

/// Returns the words of a text alone.
pub(super) fn plain(text: &Text) -> String {
    text.spans.iter().map(|span| escaped(&span.text)).collect()
}

fn span(Span { style, text }: &Span) -> String {
    let words = escaped(text);
    let element = match style {
        Style::Plain => return words,
        Style::Strong => "strong",
        Style::Name => "b",
        Style::Code | Style::Literal => "code",
        Style::Added => "ins",
        Style::Removed => "del",
        Style::Dim | Style::Good | Style::Bad | Style::Caution | Style::Elsewhere => {
            return format!("<span class=\"{}\">{words}</span>", class(*style));
        }
    };
    format!("<{element}>{words}</{element}>")
}

/// Returns the name by which the style sheet knows a meaning.
pub(super) fn class(style: Style) -> &'static str {
    match style {
        Style::Plain | Style::Strong | Style::Name | Style::Code | Style::Literal => "plain",
        Style::Dim => "dim",
        Style::Good | Style::Added => "good",
        Style::Bad | Style::Removed => "bad",
        Style::Caution => "caution",
        Style::Elsewhere => "elsewhere",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        let cases = [
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
            ),
            ("\" onload='x' &amp;", "&quot; onload=&#39;x&#39; &amp;amp;"),
            ("a\u{202e}b\u{0}\n", "a\\u{202e}b\\u{0}\\n"),
            ("</style></title>", "&lt;/style&gt;&lt;/title&gt;"),
        ];
        for (foreign, shown) in cases {
            assert_eq!(escaped(foreign), shown);
            for style in Style::ALL {
                let printed = text(&Text::from([style.span(foreign)]));
                assert!(printed.contains(shown), "{printed}");
            }
        }
    }
}
