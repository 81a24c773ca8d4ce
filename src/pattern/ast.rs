//! The syntax tree of a pattern: what was written, with its places.
//!
//! Redundant parentheses, blanks, quotes and letter case of keywords are not kept: two texts have the same tree exactly when they
//! print the same. Grouping is kept: `a || (b || c)` is not `a || b || c`. Places do not count when trees are compared.

use std::ops::Range;

use super::number::Decimal;
use super::regex::Regex;

/// A whole pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// Nothing but blanks: matches every event.
    Blank,
    /// A JSON pattern.
    Json(Expression<Condition>),
    /// Terms of an unstructured event.
    Terms(Vec<Term>),
    /// Fields separated by blanks.
    SpaceDelimited(Vec<Field>),
    /// One regular expression.
    Regex(Regex),
}

/// Conditions joined by `||` and `&&`.
///
/// INVARIANT: `Any` and `All` hold at least two members.
#[derive(Debug, Clone, PartialEq)]
pub enum Expression<T> {
    /// At least one member holds (`||`).
    Any(Vec<Self>),
    /// Every member holds (`&&`).
    All(Vec<Self>),
    /// One condition.
    One(T),
}

impl<T> Expression<T> {
    /// Returns the conditions from left to right.
    #[must_use]
    pub fn conditions(&self) -> Vec<&T> {
        match self {
            Self::Any(members) | Self::All(members) => {
                members.iter().flat_map(Self::conditions).collect()
            }
            Self::One(condition) => vec![condition],
        }
    }
}

/// One condition of a JSON pattern.
#[derive(Debug, Clone)]
pub struct Condition {
    /// What is looked at.
    pub selector: Selector,
    /// What is asked of it.
    pub test: Test,
    /// The bytes of the text that hold the condition.
    pub span: Range<usize>,
}

impl PartialEq for Condition {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            selector,
            test,
            span: _,
        } = self;
        *selector == other.selector && *test == other.test
    }
}

/// A path from the root of an event.
///
/// INVARIANT: there is at least one step, the first is no index, and at most one is [`Step::Each`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selector {
    steps: Vec<Step>,
}

impl Selector {
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self { steps }
    }

    /// Returns the steps from the root on.
    #[must_use]
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Returns the steps before and after the wildcard step, or nothing when there is none.
    #[must_use]
    pub fn split_at_wildcard(&self) -> Option<(&[Step], &[Step])> {
        let position = self.steps.iter().position(|step| *step == Step::Each)?;
        let (before, rest) = self.steps.split_at_checked(position)?;
        rest.split_first().map(|(_, after)| (before, after))
    }
}

/// One step of a selector.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A member of an object, by name.
    Member(String),
    /// An element of a list, counted from 0.
    Index(u32),
    /// Every member of an object, or every element of a list.
    Each,
}

/// What a condition asks of the selected value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Test {
    /// `= value`
    Equal(Value),
    /// `!= value`, which is not the negation of `=`: it asks for a value that is there
    NotEqual(Value),
    /// `<`, `<=`, `>` or `>=` and a number
    Order(Order, Number),
    /// `IS NULL`
    IsNull,
    /// `IS TRUE`
    IsTrue,
    /// `IS FALSE`
    IsFalse,
    /// `NOT EXISTS`
    NotExists,
}

/// The operators that order numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Order {
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

impl Order {
    /// Tells whether a value that compares as `ordering` with the literal satisfies the operator.
    #[must_use]
    pub fn accepts(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Self::Less => ordering.is_lt(),
            Self::LessOrEqual => ordering.is_le(),
            Self::Greater => ordering.is_gt(),
            Self::GreaterOrEqual => ordering.is_ge(),
        }
    }
}

/// The right side of `=` and `!=`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// A text, quoted or bare; every `*` in it is a wildcard.
    Text(String),
    /// A bare number.
    Number(Number),
    /// A regular expression.
    Regex(Regex),
}

/// A number as the pattern spells it. Texts are compared with the spelling, numbers with the value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    spelling: String,
    value: Decimal,
}

impl Number {
    pub(crate) fn parse(spelling: &str) -> Option<Self> {
        Decimal::parse(spelling).map(|value| Self {
            spelling: spelling.to_owned(),
            value,
        })
    }

    /// Returns the number as it was written.
    #[must_use]
    pub fn spelling(&self) -> &str {
        &self.spelling
    }

    pub(crate) fn value(&self) -> &Decimal {
        &self.value
    }
}

/// One term of a terms pattern.
#[derive(Debug, Clone)]
pub struct Term {
    /// What is asked of the term.
    pub role: Role,
    /// The text to look for; an asterisk in it is an asterisk.
    pub text: String,
    /// The bytes of the pattern that hold the term.
    pub span: Range<usize>,
}

impl PartialEq for Term {
    fn eq(&self, other: &Self) -> bool {
        let Self {
            role,
            text,
            span: _,
        } = self;
        *role == other.role && *text == other.text
    }
}

/// What a terms pattern asks of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The term must occur.
    Required,
    /// `-`: the term must not occur.
    Excluded,
    /// `?`: one of these terms must occur, unless there is a term of another role.
    Optional,
}

/// One entry of a space-delimited pattern.
#[derive(Debug, Clone, PartialEq)]
pub enum Field {
    /// An empty entry: one field, whatever it holds.
    Unnamed,
    /// `...`: any number of fields, also none.
    Ellipsis,
    /// A field with a name, and its conditions when there are any.
    Named {
        /// The name.
        name: String,
        /// The conditions; nothing when the entry is the name alone.
        conditions: Option<Expression<FieldTest>>,
    },
}

/// What a space-delimited pattern asks of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldTest {
    /// The name alone: the field is there.
    Present,
    /// `= value`
    Equal(Value),
    /// `!= value`
    NotEqual(Value),
    /// `<`, `<=`, `>` or `>=` and a number
    Order(Order, Number),
}
