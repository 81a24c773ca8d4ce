//! One TOML file: its tree with places, and the mistakes found in it so far.

use std::cell::RefCell;
use std::fmt::Display;
use std::ops::Range;

use toml::Spanned;
use toml::de::DeTable;

use super::mistakes::Diagnostic;
use super::table::Table;

/// The greatest length of a file in bytes; a longer one is not read at all.
pub const LARGEST_FILE: usize = 256 * 1024;

/// A text with the name under which its mistakes are reported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    /// The path of the file, or what else the text came from.
    pub name: String,
    /// What it says.
    pub text: String,
}

/// A value with its place: a range of bytes in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Range<usize>,
}

impl<T> Placed<T> {
    /// Returns another value at the same place.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Placed<U> {
        Placed {
            value: change(self.value),
            span: self.span,
        }
    }
}

/// A file while it is read.
///
/// The readers of its tables share it, so mistakes are collected behind a cell.
#[derive(Debug)]
pub struct Document<'src> {
    file: &'src SourceFile,
    tree: Spanned<DeTable<'src>>,
    broken_lines: Vec<Range<usize>>,
    found: RefCell<Vec<Diagnostic>>,
    secrets: RefCell<Vec<Range<usize>>>,
}

impl<'src> Document<'src> {
    /// Reads the syntax of a file; what is broken is recorded and left out.
    #[must_use]
    pub fn parse(file: &'src SourceFile) -> Self {
        if file.text.len() > LARGEST_FILE {
            return Self::oversized(file);
        }
        let (tree, mut errors) = DeTable::parse_recoverable(&file.text);
        errors.sort_by_key(|error| error.span().map(|span| span.start));
        let mut document = Self {
            file,
            tree,
            broken_lines: Vec::new(),
            found: RefCell::default(),
            secrets: RefCell::default(),
        };
        for error in errors {
            let span = error.span().unwrap_or_default();
            document.record(span.clone(), wording(&file.text, &span, error.message()));
            document.broken_lines.push(line_around(&file.text, span));
        }
        document
    }

    fn oversized(file: &'src SourceFile) -> Self {
        let (tree, _) = DeTable::parse_recoverable("");
        let document = Self {
            file,
            tree,
            // Its whole text counts as broken: no member can be called missing from a file that was not read.
            broken_lines: std::iter::once(0..file.text.len()).collect(),
            found: RefCell::default(),
            secrets: RefCell::default(),
        };
        let message = format!(
            "the file has {} bytes, more than the {LARGEST_FILE} allowed",
            file.text.len()
        );
        document
            .found
            .borrow_mut()
            .push(Diagnostic::new(&file.name, 0..0, &message));
        document
    }

    /// Returns the reader of the table that the whole file is.
    #[must_use]
    pub fn root(&self) -> Table<'_> {
        Table::new(self, None, 0..0, self.tree.get_ref())
    }

    /// Returns the name of the file.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.file.name
    }

    /// Records a mistake.
    pub fn record(&self, span: Range<usize>, message: impl Display) {
        self.record_with(span, message, None);
    }

    /// Records a mistake with advice.
    ///
    /// A line with broken syntax gets one message: what follows in it is a guess of the parser.
    pub fn record_with(&self, span: Range<usize>, message: impl Display, hint: Option<String>) {
        if self.is_broken(span.start) {
            return;
        }
        let diagnostic = Diagnostic::new(&self.file.name, span, &message.to_string());
        self.found.borrow_mut().push(match hint {
            Some(hint) => diagnostic.with_hint(&hint),
            None => diagnostic,
        });
    }

    /// Returns whether a place stands in a line with broken syntax; the lines are in the order of their places.
    fn is_broken(&self, place: usize) -> bool {
        let next = self.broken_lines.partition_point(|line| line.end < place);
        self.broken_lines
            .get(next)
            .is_some_and(|line| line.start <= place)
    }

    /// Records that something is missing, unless it may have stood in a line with broken syntax.
    pub fn record_missing(&self, span: Range<usize>, message: impl Display) {
        if self.broken_lines.is_empty() {
            self.record(span, message);
        }
    }

    /// Keeps the text at `span` out of every report.
    pub fn hide(&self, span: Range<usize>) {
        self.secrets.borrow_mut().push(span);
    }

    /// Returns the place of `part`, a range of bytes in the text value at `span`.
    ///
    /// A value that is not written out literally, because of escapes, is one place as a whole.
    #[must_use]
    pub fn place_within(
        &self,
        span: &Range<usize>,
        value: &str,
        part: Range<usize>,
    ) -> Range<usize> {
        let written = self.file.text.get(span.clone()).unwrap_or_default();
        match written.find(value) {
            Some(offset) => span.start + offset + part.start..span.start + offset + part.end,
            None => span.clone(),
        }
    }

    /// Returns the mistakes, and the file as it may be shown.
    #[must_use]
    pub fn finish(self) -> (SourceFile, Vec<Diagnostic>) {
        let mut secrets = self.secrets.into_inner();
        secrets.extend(web_secrets(&self.file.text));
        let shown = SourceFile {
            name: self.file.name.clone(),
            text: masked(&self.file.text, secrets),
        };
        (shown, self.found.into_inner())
    }
}

/// Returns the parser's message, or a plainer one where a line ends behind its equals sign.
fn wording<'text>(text: &str, span: &Range<usize>, message: &'text str) -> &'text str {
    let before = text
        .get(..span.start)
        .unwrap_or_default()
        .trim_end_matches(' ');
    let after = text
        .get(span.start..)
        .unwrap_or_default()
        .trim_start_matches(' ');
    if before.ends_with('=') && after.lines().next().is_none_or(str::is_empty) {
        "the value is missing"
    } else {
        message
    }
}

/// Returns the line, or lines, that `span` stands in.
fn line_around(text: &str, span: Range<usize>) -> Range<usize> {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |position| position + 1);
    let end = after
        .find('\n')
        .map_or(text.len(), |position| span.end + position);
    start..end
}

/// Returns what follows the host of each web address up to the end of its text, wherever it stands.
///
/// Where syntax or keys are wrong, nobody knows which text is an endpoint.
fn web_secrets(text: &str) -> Vec<Range<usize>> {
    let mut secrets = Vec::new();
    let mut from = 0;
    while let Some((before, rest)) = text.get(from..).and_then(|text| text.split_once("://")) {
        let start = from + before.len() + "://".len();
        let address = rest.split(['"', '\'', '\n']).next().unwrap_or_default();
        let authority = address.split(['/', '?', '#']).next().unwrap_or_default();
        let shown = if authority.contains('@') {
            0
        } else {
            authority.len()
        };
        from = start + address.len();
        secrets.push(start + shown..from);
    }
    secrets
}

/// Returns the text with a star for every byte of a secret, so that all places stay the same.
fn masked(text: &str, mut secrets: Vec<Range<usize>>) -> String {
    secrets.sort_by_key(|secret| (secret.start, secret.end));
    let mut shown = String::with_capacity(text.len());
    let mut hidden_to = 0;
    let mut secrets = secrets.into_iter().peekable();
    for (place, character) in text.char_indices() {
        while let Some(secret) = secrets.next_if(|secret| secret.start <= place) {
            hidden_to = hidden_to.max(secret.end);
        }
        if place < hidden_to && character != '\n' {
            shown.extend(std::iter::repeat_n('*', character.len_utf8()));
        } else {
            shown.push(character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(text: &str) -> SourceFile {
        SourceFile {
            name: "a.toml".to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn a_masked_text_keeps_its_places() {
        assert_eq!(masked("a = \"ö\n\"", vec![7..8, 5..7]), "a = \"**\n\"");
        assert_eq!(masked("abc", Vec::new()), "abc");
    }

    #[test]
    fn of_a_web_address_the_host_alone_is_shown() {
        let shown = |text: &str| masked(text, web_secrets(text));
        assert_eq!(
            shown("a = 'https://x.example/b?c' # d"),
            "a = 'https://x.example****' # d"
        );
        assert_eq!(
            shown("a = \"http://u:p@x.example\""),
            "a = \"http://*************\""
        );
        assert_eq!(shown("https://x\nhttps://y/z"), "https://x\nhttps://y**");
    }

    #[test]
    fn a_broken_line_is_reported_once_and_hides_what_may_be_missing() {
        let file = file("a = 1 2\nb = 3\n");
        let document = Document::parse(&file);
        document.record(4..7, "a guess");
        document.record_missing(0..0, "`c` is missing");
        document.record(8..9, "a real mistake");
        let (_, found) = document.finish();
        let messages: Vec<_> = found
            .iter()
            .map(|mistake| mistake.message.as_str())
            .collect();
        assert_eq!(messages.len(), 2, "{messages:?}");
        assert_eq!(messages[1], "a real mistake");
    }

    #[test]
    fn a_file_beyond_the_limit_is_refused_with_one_mistake() {
        let file = file(&"a".repeat(LARGEST_FILE + 1));
        let document = Document::parse(&file);
        document.record_missing(0..0, "`id` is missing");
        let (_, found) = document.finish();
        assert_eq!(found.len(), 1);
        assert_eq!(
            found[0].message,
            "the file has 262145 bytes, more than the 262144 allowed"
        );
    }

    #[test]
    fn a_place_inside_a_text_is_found_when_the_text_is_written_literally() {
        let file = file("a = '''{ x }'''\nb = \"\\u0041b\"");
        let document = Document::parse(&file);
        assert_eq!(document.place_within(&(4..15), "{ x }", 2..3), 9..10);
        assert_eq!(document.place_within(&(20..29), "Ab", 1..2), 20..29);
    }
}
