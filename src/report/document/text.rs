//! Runs of words with their meanings: the leaves of a document.

/// A run of words with their meanings; one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Text {
    /// The spans, printed without anything between them.
    pub spans: Vec<Span>,
}

/// Words of one meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The meaning.
    pub style: Style,
    /// The words; may be foreign.
    pub text: String,
}

/// What words mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Style {
    /// Nothing apart.
    Plain,
    /// What the eye should find first.
    Strong,
    /// What the eye may pass over.
    Dim,
    /// The name of what an entry is about; it stands by itself.
    Name,
    /// A value quoted in a sentence.
    Code,
    /// A literal shown as it is, such as JSON.
    Literal,
    /// Something is as it should be.
    Good,
    /// Something is not as it should be.
    Bad,
    /// Nobody knows, or somebody should look.
    Caution,
    /// It is decided elsewhere.
    Elsewhere,
    /// It comes.
    Added,
    /// It goes.
    Removed,
}

impl Style {
    /// All styles.
    pub const ALL: [Self; 12] = [
        Self::Plain,
        Self::Strong,
        Self::Dim,
        Self::Name,
        Self::Code,
        Self::Literal,
        Self::Good,
        Self::Bad,
        Self::Caution,
        Self::Elsewhere,
        Self::Added,
        Self::Removed,
    ];

    /// Returns a span of this style.
    #[must_use]
    pub fn span(self, text: impl Into<String>) -> Span {
        Span {
            style: self,
            text: text.into(),
        }
    }
}

impl Text {
    /// Returns words without a meaning apart.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self::from([Style::Plain.span(text)])
    }

    /// Returns a sentence whose values stand in backticks, each as [`Style::Code`].
    ///
    /// A backtick without its partner stays as it is.
    #[must_use]
    pub fn sentence(text: &str) -> Self {
        let mut spans = Vec::new();
        let mut rest = text;
        while let Some((before, value, after)) = quoted(rest) {
            spans.push(Style::Plain.span(before));
            spans.push(Style::Code.span(value));
            rest = after;
        }
        spans.push(Style::Plain.span(rest));
        spans.retain(|span| !span.text.is_empty());
        Self { spans }
    }

    /// Returns this text with `more` behind it.
    #[must_use]
    pub fn then(mut self, more: impl Into<Self>) -> Self {
        self.spans.extend(more.into().spans);
        self
    }
}

/// Returns what stands before, in and after the first pair of backticks.
fn quoted(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once('`')?;
    let (value, after) = rest.split_once('`')?;
    (!value.is_empty()).then_some((before, value, after))
}

impl<const N: usize> From<[Span; N]> for Text {
    fn from(spans: [Span; N]) -> Self {
        Self {
            spans: spans.into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_in_backticks_become_code() {
        let text = Text::sentence("no filter of `trail-logs` takes `a b`; one ` alone stays");
        let spans: Vec<(Style, &str)> = text
            .spans
            .iter()
            .map(|span| (span.style, span.text.as_str()))
            .collect();
        assert_eq!(
            spans,
            [
                (Style::Plain, "no filter of "),
                (Style::Code, "trail-logs"),
                (Style::Plain, " takes "),
                (Style::Code, "a b"),
                (Style::Plain, "; one ` alone stays"),
            ]
        );
    }

    #[test]
    fn no_character_of_a_sentence_is_lost() {
        for text in ["", "`", "``", "`a`", "a``b", "`a", "a`b`c`"] {
            let sentence = Text::sentence(text);
            let ticked = |span: &Span| {
                let tick = if span.style == Style::Code { "`" } else { "" };
                [tick, &span.text, tick].concat()
            };
            let printed: Vec<String> = sentence.spans.iter().map(ticked).collect();
            assert_eq!(printed.concat(), text);
        }
    }
}
