//! What a source file names: its paths, macros and identifiers, without comments, texts and test code.
//!
//! It is no parser of Rust: it knows just enough of the grammar to find paths and to leave out what
//! the rules are not about.

use std::collections::BTreeMap;
use std::iter::Peekable;
use std::str::Chars;

/// A piece of code with the line it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Token {
    kind: Kind,
    line: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
    Word(String),
    /// `::`
    Separator,
    Sign(char),
}

/// A path as written, with aliases of `use` resolved, and its line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Named {
    pub(super) path: Vec<String>,
    pub(super) line: usize,
}

/// What a source file names.
#[derive(Debug)]
pub(super) struct Source {
    /// The place of the file, such as `src/plan/steps.rs`.
    pub(super) place: String,
    /// All paths of one segment or more.
    pub(super) paths: Vec<Named>,
    /// The names of the macros that are called.
    pub(super) macros: Vec<Named>,
}

impl Source {
    pub(super) fn read(place: &str, text: &str) -> Self {
        let tokens = without_tests(&tokens(text));
        let mut paths = Vec::new();
        let mut aliases = BTreeMap::new();
        let mut at = 0;
        while at < tokens.len() {
            at = match &tokens[at].kind {
                Kind::Word(word) if word == "use" => {
                    let (tree, next) = tree(&tokens, at + 1);
                    for (path, alias) in tree {
                        aliases.insert(alias, path.clone());
                        let line = tokens[at].line;
                        paths.push(Named { path, line });
                    }
                    next
                }
                Kind::Word(_) => {
                    let (path, next) = path(&tokens, at);
                    let line = tokens[at].line;
                    paths.push(Named { path, line });
                    next
                }
                Kind::Separator | Kind::Sign(_) => at + 1,
            };
        }
        for named in &mut paths {
            resolve(&mut named.path, &aliases);
        }
        Self {
            place: place.to_owned(),
            paths,
            macros: macros(&tokens),
        }
    }

    /// Returns the module of the file: `src/plan/steps.rs` is `plan::steps`.
    pub(super) fn module(&self) -> Vec<String> {
        let place = self.place.trim_start_matches("src/");
        let place = place.trim_end_matches(".rs");
        place.split('/').map(str::to_owned).collect()
    }

    /// Returns the paths into the crate, from its root: `super::x` in `plan::steps` is `plan::x`.
    pub(super) fn inner_paths(&self) -> Vec<Named> {
        let module = self.module();
        let from_root = |named: &Named| {
            let climbs = named.path.iter().take_while(|word| *word == "super");
            let (kept, skipped) = match named.path.first()?.as_str() {
                "crate" => (0, 1),
                "self" => (module.len(), 1),
                "super" => {
                    let climbs = climbs.count();
                    (module.len().checked_sub(climbs)?, climbs)
                }
                _ => return None,
            };
            let rest = &named.path[skipped..];
            let path: Vec<String> = module[..kept].iter().chain(rest).cloned().collect();
            (!path.is_empty()).then_some(Named {
                path,
                line: named.line,
            })
        };
        self.paths.iter().filter_map(from_root).collect()
    }
}

/// Puts what `use` says in the place of an alias: `io::stdout` becomes `std::io::stdout`.
fn resolve(path: &mut Vec<String>, aliases: &BTreeMap<String, Vec<String>>) {
    if let Some(full) = path.first().and_then(|first| aliases.get(first))
        && full.len() > 1
        && full != path
    {
        path.splice(..1, full.iter().cloned());
    }
}

fn macros(tokens: &[Token]) -> Vec<Named> {
    let windows = tokens.windows(3);
    let calls = windows.filter_map(|window| match [&window[0], &window[1], &window[2]] {
        [
            Token {
                kind: Kind::Word(name),
                line,
            },
            Token {
                kind: Kind::Sign('!'),
                ..
            },
            Token {
                kind: Kind::Sign('(' | '[' | '{'),
                ..
            },
        ] => Some(Named {
            path: vec![name.clone()],
            line: *line,
        }),
        _ => None,
    });
    calls.collect()
}

/// Reads a path from its first word and returns where it ends.
fn path(tokens: &[Token], start: usize) -> (Vec<String>, usize) {
    let (mut path, mut at) = (Vec::new(), start);
    while let Some(Kind::Word(word)) = tokens.get(at).map(|token| &token.kind) {
        path.push(word.clone());
        at += 1;
        if tokens.get(at).map(|token| &token.kind) != Some(&Kind::Separator) {
            break;
        }
        at += 1;
    }
    (path, at)
}

/// A path of a `use`, and the name that it is known by.
type Use = (Vec<String>, String);

/// Reads the tree of a `use` and returns where it ends.
fn tree(tokens: &[Token], start: usize) -> (Vec<Use>, usize) {
    let kind = |at: usize| tokens.get(at).map(|token| &token.kind);
    let first = start + usize::from(kind(start) == Some(&Kind::Separator));
    let (prefix, mut at) = path(tokens, first);
    match kind(at) {
        Some(Kind::Sign('{')) => {
            let mut found = Vec::new();
            at += 1;
            while !matches!(kind(at), Some(Kind::Sign('}')) | None) {
                let (inner, next) = tree(tokens, at);
                found.extend(
                    inner
                        .into_iter()
                        .map(|(path, alias)| under(&prefix, path, alias)),
                );
                at = next + usize::from(kind(next) == Some(&Kind::Sign(',')));
            }
            (found, at + 1)
        }
        Some(Kind::Sign('*')) => {
            let path = [prefix, vec!["*".to_owned()]].concat();
            (vec![(path, "*".to_owned())], at + 1)
        }
        // `as` is a word that follows without a separator.
        Some(Kind::Word(word)) if word == "as" => {
            let alias = match kind(at + 1) {
                Some(Kind::Word(alias)) => alias.clone(),
                _ => String::new(),
            };
            (vec![(without_self(prefix), alias)], at + 2)
        }
        _ => {
            let path = without_self(prefix);
            let alias = path.last().cloned().unwrap_or_default();
            (vec![(path, alias)], at.max(start + 1))
        }
    }
}

/// Puts a path of a group under the group's prefix; `self` in it is the prefix.
fn under(prefix: &[String], path: Vec<String>, alias: String) -> Use {
    let is_self = alias == "self";
    let path = without_self([prefix.to_vec(), path].concat());
    let alias = match path.last() {
        Some(last) if is_self => last.clone(),
        _ => alias,
    };
    (path, alias)
}

fn without_self(mut path: Vec<String>) -> Vec<String> {
    if path.len() > 1 && path.last().is_some_and(|last| last == "self") {
        path.pop();
    }
    path
}

/// Leaves out what is marked with `#[cfg(test)]`.
fn without_tests(tokens: &[Token]) -> Vec<Token> {
    let mark = ["#", "[", "cfg", "(", "test", ")", "]"];
    let is_marked = |at: usize| {
        mark.iter()
            .enumerate()
            .all(|(offset, text)| match tokens.get(at + offset) {
                Some(Token {
                    kind: Kind::Word(word),
                    ..
                }) => word == text,
                Some(Token {
                    kind: Kind::Sign(sign),
                    ..
                }) => text.chars().eq([*sign]),
                _ => false,
            })
    };
    let (mut kept, mut at) = (Vec::new(), 0);
    while at < tokens.len() {
        if is_marked(at) {
            at = end_of_item(tokens, at + mark.len());
        } else {
            kept.push(tokens[at].clone());
            at += 1;
        }
    }
    kept
}

/// Returns where the item ends: after its `;`, or after the braces of its body.
fn end_of_item(tokens: &[Token], start: usize) -> usize {
    let mut depth = 0_usize;
    for (offset, token) in tokens[start..].iter().enumerate() {
        match token.kind {
            Kind::Sign('{' | '(' | '[') => depth += 1,
            Kind::Sign(')' | ']') => depth = depth.saturating_sub(1),
            Kind::Sign('}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return start + offset + 1;
                }
            }
            Kind::Sign(';') if depth == 0 => return start + offset + 1,
            Kind::Sign(_) | Kind::Word(_) | Kind::Separator => {}
        }
    }
    tokens.len()
}

/// Returns the words and signs of a text, without comments and literals.
fn tokens(text: &str) -> Vec<Token> {
    let mut lexer = Lexer {
        rest: text.chars().peekable(),
        line: 1,
    };
    let mut tokens = Vec::new();
    while let Some(first) = lexer.bump() {
        tokens.extend(lexer.kind(first).map(|kind| Token {
            kind,
            line: lexer.line,
        }));
    }
    tokens
}

struct Lexer<'text> {
    rest: Peekable<Chars<'text>>,
    line: usize,
}

impl Lexer<'_> {
    fn bump(&mut self) -> Option<char> {
        let next = self.rest.next();
        self.line += usize::from(next == Some('\n'));
        next
    }

    fn eat(&mut self, wanted: char) -> bool {
        let is_there = self.rest.peek() == Some(&wanted);
        if is_there {
            self.bump();
        }
        is_there
    }

    /// Reads on from a character and returns the token, or none for what is left out.
    fn kind(&mut self, first: char) -> Option<Kind> {
        match first {
            '/' if self.eat('/') => {
                while self.bump().is_some_and(|c| c != '\n') {}
                None
            }
            '/' if self.eat('*') => {
                self.comment();
                None
            }
            '"' => {
                self.text();
                None
            }
            '\'' => {
                self.character();
                None
            }
            ':' if self.eat(':') => Some(Kind::Separator),
            c if c.is_alphanumeric() || c == '_' => self.word(c),
            c if c.is_whitespace() => None,
            c => Some(Kind::Sign(c)),
        }
    }

    fn word(&mut self, first: char) -> Option<Kind> {
        let mut word = String::from(first);
        while let Some(c) = self.rest.next_if(|c| c.is_alphanumeric() || *c == '_') {
            word.push(c);
        }
        let is_prefix = ["r", "br", "cr"].contains(&word.as_str());
        match self.rest.peek() {
            Some('#' | '"') if is_prefix => {
                self.raw();
                None
            }
            Some('"') if word == "b" || word == "c" => None,
            _ => Some(Kind::Word(word)),
        }
    }

    fn comment(&mut self) {
        let mut depth = 1;
        while depth > 0 {
            match self.bump() {
                Some('*') if self.eat('/') => depth -= 1,
                Some('/') if self.eat('*') => depth += 1,
                Some(_) => {}
                None => return,
            }
        }
    }

    fn text(&mut self) {
        while let Some(c) = self.bump() {
            match c {
                '\\' => {
                    self.bump();
                }
                '"' => return,
                _ => {}
            }
        }
    }

    fn raw(&mut self) {
        let mut hashes = 0;
        while self.eat('#') {
            hashes += 1;
        }
        if !self.eat('"') {
            return;
        }
        while let Some(c) = self.bump() {
            if c == '"' && (0..hashes).all(|_| self.eat('#')) {
                return;
            }
        }
    }

    /// A character, or the name of a lifetime.
    fn character(&mut self) {
        match self.bump() {
            Some('\\') => {
                self.bump();
                while self.bump().is_some_and(|c| c != '\'') {}
            }
            Some(_) if self.eat('\'') => {}
            Some(_) => {
                while self
                    .rest
                    .next_if(|c| c.is_alphanumeric() || *c == '_')
                    .is_some()
                {}
            }
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paths(text: &str) -> Vec<String> {
        let source = Source::read("src/a/b.rs", text);
        let joined = source.paths.iter().map(|named| named.path.join("::"));
        joined.filter(|path| path.contains("::")).collect()
    }

    #[test]
    fn groups_aliases_and_globs_are_taken_apart() {
        let text = "use std::{fs, io::{self, Write}, time::*};\nuse std::env as e;\n\
                    fn f() { io::stdout(); e::var(\"X\"); fs::read(p) }";
        let found = paths(text);
        for expected in [
            "std::fs",
            "std::io",
            "std::io::Write",
            "std::time::*",
            "std::env",
            "std::io::stdout",
            "std::env::var",
            "std::fs::read",
        ] {
            assert!(
                found.contains(&expected.to_owned()),
                "{expected}: {found:?}"
            );
        }
    }

    #[test]
    fn comments_texts_and_tests_are_left_out() {
        let text = r##"
            // crate::a::x
            /* crate::b::x /* crate::c::x */ */
            const T: &str = "crate::d::x \" crate::e::x";
            const R: &str = r#"crate::f::x " crate::g::x"#;
            fn f<'crate_like>(c: char) -> bool { c == '"' || c == '\'' || crate::here::x() }
            #[cfg(test)]
            mod tests { use crate::h::x; fn y() { crate::i::x } }
            #[cfg(test)]
            use crate::j::x;
            fn g() { crate::there::y() }
        "##;
        assert_eq!(paths(text), ["crate::here::x", "crate::there::y"]);
    }

    #[test]
    fn paths_are_told_from_the_root() {
        let source = Source::read(
            "src/a/b.rs",
            "use super::c::D;\nuse super::super::e::F;\nuse self::g::H;\nuse crate::i::J;",
        );
        let found: Vec<(String, usize)> = source
            .inner_paths()
            .iter()
            .map(|named| (named.path.join("::"), named.line))
            .collect();
        let expected = [("a::c::D", 1), ("e::F", 2), ("a::b::g::H", 3), ("i::J", 4)];
        let expected: Vec<(String, usize)> = expected
            .into_iter()
            .map(|(path, line)| (path.to_owned(), line))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn an_inequality_is_no_macro() {
        let source = Source::read("src/a.rs", "fn f() { if print != 1 { println!(\"x\") } }");
        let names: Vec<&str> = source.macros.iter().map(|named| &*named.path[0]).collect();
        assert_eq!(names, ["println"]);
    }
}
