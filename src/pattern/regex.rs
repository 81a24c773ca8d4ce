//! Regular expressions between percent signs.
//!
//! The service documents a small language and refuses the rest: no groups, no references, ASCII only. It is read here character by
//! character and handed, rewritten, to an engine that searches in linear time. Nothing is optimised here.

use std::fmt::Write as _;
use std::ops::Range;

use regex_automata::meta;
use regex_automata::util::syntax;

use super::cursor::Cursor;
use super::error::{Fault, ParseErrorKind};

/// The largest count in braces, as in RE2.
const MAXIMUM_REPETITION: u32 = 1000;
/// The memory that a compiled expression may take.
const MAXIMUM_PROGRAM: usize = 2 << 20;

/// A regular expression of a pattern.
#[derive(Debug, Clone)]
pub struct Regex {
    body: String,
    rewritten: String,
    program: meta::Regex,
}

impl PartialEq for Regex {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            body,
            rewritten: _,
            program: _,
        } = self;
        *body == other.body
    }
}

impl Eq for Regex {}

impl PartialOrd for Regex {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Regex {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.body.cmp(&other.body)
    }
}

impl Regex {
    /// Reads and compiles what stands between two percent signs at byte `position` of a pattern.
    pub(crate) fn parse(body: &str, position: usize) -> Result<Self, Fault> {
        let whole = position..position + body.len();
        if body.is_empty() {
            return Err(refuse(whole, "it is empty"));
        }
        let rewritten = Rewriter::new(Cursor::new(body, position)).alternatives()?;
        let program = meta::Regex::builder()
            .configure(meta::Config::new().nfa_size_limit(Some(MAXIMUM_PROGRAM)))
            .syntax(syntax::Config::new().unicode(true))
            .build(&rewritten)
            .map_err(|_| refuse(whole, "it is too large"))?;
        Ok(Self {
            body: body.to_owned(),
            rewritten,
            program,
        })
    }

    /// Returns the expression as written, without its percent signs.
    #[must_use]
    pub fn body(&self) -> &str {
        &self.body
    }

    /// Tells whether the expression occurs anywhere in `text`.
    #[must_use]
    pub fn occurs_in(&self, text: &str) -> bool {
        self.program.is_match(text)
    }

    /// Returns the expression in the syntax of the `regex` family of crates.
    pub(crate) fn rewritten(&self) -> &str {
        &self.rewritten
    }
}

fn refuse(span: Range<usize>, why: impl Into<String>) -> Fault {
    Fault::new(span, ParseErrorKind::Regex(why.into()))
}

/// What stands before a repetition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Repeatable,
    Repeated,
}

struct Rewriter<'src> {
    cursor: Cursor<'src>,
    output: String,
}

impl<'src> Rewriter<'src> {
    fn new(cursor: Cursor<'src>) -> Self {
        Self {
            cursor,
            output: String::new(),
        }
    }

    /// `alternatives = { piece } { "|" { piece } }`
    fn alternatives(mut self) -> Result<String, Fault> {
        let mut before = Before::Nothing;
        while let Some(character) = self.cursor.peek() {
            before = self.piece(character, before)?;
        }
        Ok(self.output)
    }

    /// `piece = "|" | "^" | "$" | "." | class | escape | repetition | character`
    fn piece(&mut self, character: char, before: Before) -> Result<Before, Fault> {
        let start = self.cursor.position();
        match character {
            '*' | '+' | '?' => self.repetition(before)?,
            '{' => return self.braces(before),
            _ => {
                self.cursor.bump();
                match character {
                    '|' => self.output.push('|'),
                    '^' => self.output.push_str(r"\A"),
                    '$' => self.output.push_str(r"\z"),
                    '.' => self.output.push_str(r"[^\n]"),
                    '[' => self.class(start)?,
                    '\\' => self.escape(start)?.write(&mut self.output),
                    _ => self.literal(character, start)?,
                }
                return Ok(if character == '|' {
                    Before::Nothing
                } else {
                    Before::Repeatable
                });
            }
        }
        Ok(Before::Repeated)
    }

    fn literal(&mut self, character: char, start: usize) -> Result<(), Fault> {
        let span = self.cursor.span_from(start);
        if matches!(character, '(' | ')') {
            return Err(refuse(span, "groups are not supported")
                .with_hint(r"write `\x28` and `\x29` to look for parentheses"));
        }
        // The character list of the user guide has no blank, one of its examples does; a blank is read.
        if character.is_ascii_alphanumeric() || ":_#=@/;,-]} ".contains(character) {
            Item::Character(character).write(&mut self.output);
            return Ok(());
        }
        let hint = match u8::try_from(u32::from(character)) {
            Ok(code) => format!(r"write `\x{code:02x}` for `{character}`"),
            Err(_) => "only ASCII characters are allowed; write `.` or a class".to_owned(),
        };
        Err(refuse(span, format!("`{character}` is not allowed")).with_hint(hint))
    }

    /// `repetition = ("*" | "+" | "?") ["?"]`
    fn repetition(&mut self, before: Before) -> Result<(), Fault> {
        let span = self.cursor.next_span();
        Self::check_repeatable(before, span)?;
        if let Some(operator) = self.cursor.bump() {
            self.output.push(operator);
        }
        self.cursor.eat("?");
        Ok(())
    }

    fn check_repeatable(before: Before, span: Range<usize>) -> Result<(), Fault> {
        match before {
            Before::Repeatable => Ok(()),
            Before::Nothing => Err(refuse(span, "there is nothing to repeat")),
            Before::Repeated => Err(refuse(span, "a repetition cannot be repeated")),
        }
    }

    /// `braces = "{" [digits] ["," [digits]] "}" ["?"], with a digit at least`; any other brace is a character.
    fn braces(&mut self, before: Before) -> Result<Before, Fault> {
        let start = self.cursor.position();
        let Some((minimum, maximum)) = bounds(self.cursor.rest()) else {
            self.cursor.bump();
            Item::Character('{').write(&mut self.output);
            return Ok(Before::Repeatable);
        };
        self.cursor.take_until("}");
        let span = self.cursor.span_from(start);
        Self::check_repeatable(before, span.clone())?;
        let least = parse_count(minimum, &span)?.unwrap_or(0);
        let most = match maximum {
            Some(text) => parse_count(text, &span)?,
            None => Some(least),
        };
        if most.is_some_and(|most| most < least) {
            return Err(refuse(span, "the counts are in the wrong order"));
        }
        let most = most.map_or(String::new(), |most| most.to_string());
        // Writing to a string cannot fail.
        let _infallible = write!(self.output, "{{{least},{most}}}");
        self.cursor.eat("?");
        Ok(Before::Repeated)
    }

    /// `escape = "\" ( "d" | "D" | "s" | "S" | "w" | "W" | "x" hex hex | punctuation )`, behind the backslash.
    fn escape(&mut self, start: usize) -> Result<Item, Fault> {
        let Some(character) = self.cursor.bump() else {
            return Err(refuse(self.cursor.span_from(start), "a backslash ends it"));
        };
        let item = match character {
            'd' => Item::Class("0-9"),
            'D' => Item::Class("^0-9"),
            's' => Item::Class(r"\t\n\x0C\r\x20"),
            'S' => Item::Class(r"^\t\n\x0C\r\x20"),
            'w' => Item::Class("0-9A-Z_a-z"),
            'W' => Item::Class("^0-9A-Z_a-z"),
            'x' => self.hexadecimal(start)?,
            '(' | ')' | '!' | '&' => {
                return Err(refuse(
                    self.cursor.span_from(start),
                    format!("`{character}` is not allowed, not even escaped"),
                )
                .with_hint(format!(r"write `\x{:02x}`", u32::from(character))));
            }
            _ if character.is_ascii_punctuation() || character == ' ' => Item::Character(character),
            _ => {
                return Err(refuse(
                    self.cursor.span_from(start),
                    format!(r"`\{character}` has no meaning"),
                ));
            }
        };
        Ok(item)
    }

    fn hexadecimal(&mut self, start: usize) -> Result<Item, Fault> {
        let mut code = 0;
        for _ in 0..2 {
            let digit = self
                .cursor
                .peek()
                .and_then(|character| character.to_digit(16));
            let Some(digit) = digit else {
                return Err(refuse(
                    self.cursor.span_from(start),
                    r"`\x` needs two hexadecimal digits",
                ));
            };
            self.cursor.bump();
            code = code * 16 + digit;
        }
        Ok(Item::Character(char::from_u32(code).unwrap_or_default()))
    }

    /// `class = "[" ["^"] item { item } "]"`, behind the opening bracket; a "]" in the first place is a character.
    fn class(&mut self, start: usize) -> Result<(), Fault> {
        let mut parts = String::from(if self.cursor.eat("^") { "[^" } else { "[" });
        let mut first = true;
        while first || self.cursor.peek() != Some(']') {
            if self.cursor.peek().is_none() {
                return Err(refuse(
                    self.cursor.span_from(start),
                    "a class is not closed",
                ));
            }
            let item_start = self.cursor.position();
            let low = self.class_item()?;
            match self.range_end()? {
                Some(high) => {
                    write_range(&mut parts, low, high, self.cursor.span_from(item_start))?;
                }
                None => low.write(&mut parts),
            }
            first = false;
        }
        self.cursor.bump();
        parts.push(']');
        self.output.push_str(&parts);
        Ok(())
    }

    /// `item = escape | character`
    fn class_item(&mut self) -> Result<Item, Fault> {
        let start = self.cursor.position();
        let character = self.cursor.bump().unwrap_or_default();
        if character == '\\' {
            return self.escape(start);
        }
        let allowed =
            character.is_ascii_alphanumeric() || ":_#=@/;,-^$?[]{}|*+. ".contains(character);
        if !allowed {
            return Err(refuse(
                self.cursor.span_from(start),
                format!("`{character}` is not allowed in a class"),
            ));
        }
        if character == '[' && self.cursor.peek() == Some(':') {
            return Err(refuse(
                self.cursor.span_from(start),
                "named classes are not supported",
            ));
        }
        Ok(Item::Character(character))
    }

    /// The end of a range when a hyphen follows that is not the last character of the class.
    fn range_end(&mut self) -> Result<Option<Item>, Fault> {
        let rest = self.cursor.rest();
        if !rest.starts_with('-') || rest.starts_with("-]") {
            return Ok(None);
        }
        self.cursor.bump();
        if self.cursor.peek().is_none() {
            return Err(refuse(self.cursor.next_span(), "a class is not closed"));
        }
        self.class_item().map(Some)
    }
}

/// The texts of the two counts when `rest` starts with a repetition in braces; the second is nothing without a comma.
fn bounds(rest: &str) -> Option<(&str, Option<&str>)> {
    let (inside, _) = rest.strip_prefix('{')?.split_once('}')?;
    let (minimum, maximum) = match inside.split_once(',') {
        Some((minimum, maximum)) => (minimum, Some(maximum)),
        None => (inside, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let counted = !minimum.is_empty() || maximum.is_some_and(|text| !text.is_empty());
    (counted && digits(minimum) && maximum.is_none_or(digits)).then_some((minimum, maximum))
}

fn parse_count(text: &str, span: &Range<usize>) -> Result<Option<u32>, Fault> {
    if text.is_empty() {
        return Ok(None);
    }
    match text.parse::<u32>() {
        Ok(count) if count <= MAXIMUM_REPETITION => Ok(Some(count)),
        Ok(_) | Err(_) => Err(refuse(
            span.clone(),
            format!("a count is larger than {MAXIMUM_REPETITION}"),
        )),
    }
}

/// One character, or the inside of one class.
#[derive(Debug, Clone, Copy)]
enum Item {
    Character(char),
    Class(&'static str),
}

impl Item {
    fn write(self, output: &mut String) {
        match self {
            Self::Character(character) => write_character(output, character),
            Self::Class(inside) => {
                output.push('[');
                output.push_str(inside);
                output.push(']');
            }
        }
    }
}

fn write_character(output: &mut String, character: char) {
    // Writing to a string cannot fail.
    let _infallible = write!(output, r"\x{{{:X}}}", u32::from(character));
}

fn write_range(parts: &mut String, low: Item, high: Item, span: Range<usize>) -> Result<(), Fault> {
    match (low, high) {
        (Item::Character(low), Item::Character(high)) if low <= high => {
            write_character(parts, low);
            parts.push('-');
            write_character(parts, high);
            Ok(())
        }
        (Item::Character(_) | Item::Class(_), Item::Character(_) | Item::Class(_)) => {
            Err(refuse(span, "a range of characters is in the wrong order"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn occurs(body: &str, text: &str) -> bool {
        Regex::parse(body, 0).unwrap().occurs_in(text)
    }

    #[test]
    fn expressions_are_searched_for() {
        let table = [
            ("AUTHORIZED", "UNAUTHORIZED", true),
            ("^[hc]at$", "cat", true),
            ("^[hc]at$", "a cat", false),
            ("a$", "a\n", false),
            ("a.b", "a\nb", false),
            ("a.b", "aéb", true),
            (r"\x28", "f(x)", true),
            (r"^\D$", "é", true),
            (r"^\d$", "٣", false),
            (r"^\w$", "é", false),
            (r"\s", "\u{a0}", false),
            ("a{2}", "aa", true),
            ("^a{,2}$", "aaa", false),
            ("^a{2,}$", "aaa", true),
            ("a{x", "a{x", true),
            ("a+?b", "aab", true),
            ("^$", "", true),
            ("a^b", "a^b", false),
            ("^Create|^Delete", "xDelete", false),
            ("a|", "z", true),
            ("[]a]", "]", true),
            ("[^]a]", "]", false),
            ("[a-]", "-", true),
            (r"[\d-]", "-", true),
            (r"[^\d]", "5", false),
            ("é|x".trim_start_matches("é|"), "x", true),
        ];
        for (body, text, expected) in table {
            assert_eq!(occurs(body, text), expected, "{body} in {text}");
        }
    }

    #[test]
    fn what_the_service_refuses_is_refused() {
        let table = [
            "",
            "(ab)+",
            r"\(",
            "!",
            "&",
            "café",
            "[z-a]",
            "a++",
            "a**",
            "*a",
            "|*",
            "^{2,1}",
            "a{2}{3}",
            r"\q",
            r"\b",
            "[a",
            "[",
            r"a\",
            r"\x2",
            "a{1001}",
            "[[:alpha:]]",
            "[a-\\d]",
            "'",
            "\"",
            "a{3,2}",
        ];
        for body in table {
            let fault = Regex::parse(body, 7).unwrap_err();
            assert!(
                fault.span.start >= 7 && fault.span.end <= 7 + body.len(),
                "{body}: {fault:?}"
            );
        }
    }

    #[test]
    fn an_expression_that_takes_too_much_memory_is_refused() {
        assert!(Regex::parse(&".{1000}".repeat(140), 0).is_err());
    }
}
