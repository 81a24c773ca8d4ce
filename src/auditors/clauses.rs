//! Auditors that look for clauses in a text without reading it: what stands between the clauses is nothing to them.

/// Clauses that an auditor looks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Clauses {
    /// The clauses.
    pub list: Vec<Clause>,
    /// Whether they must follow each other as listed.
    pub order: Order,
    /// Whether each must be in parentheses of its own.
    pub parentheses: Parentheses,
    /// Whether its quotes count.
    pub quotes: Quotes,
}

/// Whether clauses must follow each other as listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// They may come in any order.
    Any,
    /// They must come as listed; others may stand between them.
    AsListed,
}

impl Order {
    pub(super) const NAMES: [(&'static str, Self); 2] =
        [("any", Self::Any), ("as-listed", Self::AsListed)];
}

/// Whether each clause must be in parentheses of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Parentheses {
    /// It does not matter.
    Ignored,
    /// It must.
    AroundEach,
}

impl Parentheses {
    pub(super) const NAMES: [(&'static str, Self); 2] = [
        ("ignored", Self::Ignored),
        ("around-each", Self::AroundEach),
    ];
}

/// Whether the quotes of a clause count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Quotes {
    /// A value may be quoted or not.
    Ignored,
    /// A value must be quoted where the clause quotes it, and only there.
    AsListed,
}

impl Quotes {
    pub(super) const NAMES: [(&'static str, Self); 2] =
        [("ignored", Self::Ignored), ("as-listed", Self::AsListed)];
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    selector: String,
    test: Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    Compare {
        operator: &'static str,
        value: String,
        is_quoted: bool,
    },
    NotExists,
}

const NOT_EXISTS: [&str; 2] = ["NOT", "EXISTS"];
const QUOTE: char = '"';

impl Clause {
    /// Reads a clause as patterns spell it: `$.eventName = CreateTrail`.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let (selector, rest) = text
            .split_once(' ')
            .ok_or("a clause is a selector, an operator and a value, with blanks between")?;
        if !selector.starts_with("$.") {
            return Err("a clause begins with a selector, such as `$.eventName`");
        }
        let asked = if rest == NOT_EXISTS.join(" ") {
            Test::NotExists
        } else {
            comparison(rest)?
        };
        Ok(Self {
            selector: selector.to_owned(),
            test: asked,
        })
    }

    /// Returns what follows the clause at the beginning of `text`, if it is there.
    fn strip<'text>(&self, text: &'text str, quotes: Quotes) -> Option<&'text str> {
        let rest = text.strip_prefix(&self.selector)?;
        match &self.test {
            Test::NotExists => {
                let [not, exists] = NOT_EXISTS;
                blanks(blanks(rest)?.strip_prefix(not)?)?.strip_prefix(exists)
            }
            Test::Compare {
                operator,
                value,
                is_quoted,
            } => {
                let rest = rest.trim_start().strip_prefix(operator)?.trim_start();
                let rest = quote(rest, *is_quoted, quotes)?.strip_prefix(value)?;
                let rest = quote(rest, *is_quoted, quotes)?;
                (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')).then_some(rest)
            }
        }
    }
}

fn comparison(text: &str) -> Result<Test, &'static str> {
    let (operator, value) = if let Some(value) = text.strip_prefix("!= ") {
        ("!=", value)
    } else if let Some(value) = text.strip_prefix("= ") {
        ("=", value)
    } else {
        return Err("a clause has one of the operators `=`, `!=` and `NOT EXISTS`");
    };
    let inner = value
        .strip_prefix(QUOTE)
        .and_then(|value| value.strip_suffix(QUOTE));
    let is_quoted = inner.is_some();
    let value = inner.unwrap_or(value);
    if value.is_empty() || value.contains(QUOTE) {
        return Err("a clause has a value, quoted at both ends or at none");
    }
    Ok(Test::Compare {
        operator,
        value: value.to_owned(),
        is_quoted,
    })
}

/// Returns what follows at least one blank.
fn blanks(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    (rest.len() < text.len()).then_some(rest)
}

/// Returns what follows a quote, as far as one is wanted.
fn quote(text: &str, is_quoted: bool, quotes: Quotes) -> Option<&str> {
    let stripped = text.strip_prefix(QUOTE);
    match (quotes, is_quoted) {
        (Quotes::Ignored, _) => Some(stripped.unwrap_or(text)),
        (Quotes::AsListed, true) => stripped,
        (Quotes::AsListed, false) => stripped.is_none().then_some(text),
    }
}

impl Clauses {
    /// Returns whether all clauses are found in a text.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        let mut from = 0;
        self.list.iter().all(|clause| match self.order {
            Order::Any => self.end(clause, text, 0).is_some(),
            Order::AsListed => self.end(clause, text, from).is_some_and(|end| {
                from = end;
                true
            }),
        })
    }

    /// Returns where the first occurrence of a clause ends that begins at or behind `from`.
    fn end(&self, clause: &Clause, text: &str, from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        rest.match_indices(&clause.selector).find_map(|(at, _)| {
            let (before, here) = (text.get(..from + at)?, rest.get(at..)?);
            let after = clause.strip(here, self.quotes)?;
            let is_enclosed =
                || before.trim_end().ends_with('(') && after.trim_start().starts_with(')');
            let is_right = match self.parentheses {
                Parentheses::Ignored => true,
                Parentheses::AroundEach => is_enclosed(),
            };
            is_right.then(|| text.len() - after.len())
        })
    }

    /// Returns the event names that the clauses ask for, in their order.
    pub(super) fn event_names(&self) -> Vec<&str> {
        self.list
            .iter()
            .filter(|clause| clause.selector == "$.eventName")
            .filter_map(|clause| match &clause.test {
                Test::Compare {
                    operator: "=",
                    value,
                    is_quoted: _,
                } => Some(value.as_str()),
                Test::Compare { .. } | Test::NotExists => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clauses(list: &[&str], order: Order, parentheses: Parentheses, quotes: Quotes) -> Clauses {
        Clauses {
            list: list
                .iter()
                .map(|text| Clause::parse(text).unwrap())
                .collect(),
            order,
            parentheses,
            quotes,
        }
    }

    #[test]
    fn blanks_around_operators_do_not_matter_and_names_end_where_they_end() {
        let wanted = clauses(
            &["$.eventName = CreateVpc"],
            Order::Any,
            Parentheses::Ignored,
            Quotes::Ignored,
        );
        for text in [
            "{ $.eventName = CreateVpc }",
            "{($.eventName=CreateVpc)}",
            "{ $.eventName  =\n\"CreateVpc\" }",
        ] {
            assert!(wanted.are_in(text), "{text}");
        }
        for text in [
            "{ $.eventName = CreateVpcPeeringConnection }",
            "{ $.eventName != CreateVpc }",
            "{ $.eventName = \"*CreateVpc\" }",
            "",
        ] {
            assert!(!wanted.are_in(text), "{text}");
        }
    }

    #[test]
    fn order_and_parentheses_and_quotes_count_where_they_are_told_to() {
        let list = ["$.a = \"x\"", "$.b = y"];
        let loose = clauses(&list, Order::Any, Parentheses::Ignored, Quotes::Ignored);
        let ordered = clauses(
            &list,
            Order::AsListed,
            Parentheses::Ignored,
            Quotes::Ignored,
        );
        let strict = clauses(
            &list,
            Order::AsListed,
            Parentheses::AroundEach,
            Quotes::AsListed,
        );
        let cases = [
            (
                "{ ($.a = \"x\") || ($.z = 1) || ($.b = y) }",
                [true, true, true],
            ),
            ("{ ($.a = \"x\") || ($.b = \"y\") }", [true, true, false]),
            ("{ $.a = \"x\" || $.b = y }", [true, true, false]),
            ("{ ($.a = x) || ($.b = y) }", [true, true, false]),
            ("{ ($.b = y) || ($.a = \"x\") }", [true, false, false]),
            ("{ ($.a = \"x\") }", [false, false, false]),
        ];
        for (text, expected) in cases {
            let found = [&loose, &ordered, &strict].map(|wanted| wanted.are_in(text));
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_clause_is_refused() {
        for text in [
            "",
            "$.a",
            "a = b",
            "$.a == b",
            "$.a = ",
            "$.a = \"b",
            "$.a < 3",
        ] {
            assert!(Clause::parse(text).is_err(), "{text}");
        }
    }
}
