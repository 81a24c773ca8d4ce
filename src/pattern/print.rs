//! From tree to text, in the strict spelling: every text quoted, keywords in capitals, one blank around operators.
//!
//! What is printed reads back as the same tree. It may be longer than the service accepts; nothing is shortened.

use std::fmt::{self, Formatter, Write as _};

use super::ast::{
    Condition, Expression, Field, FieldTest, Order, Role, Selector, Step, Term, Test, Tree, Value,
};
use super::lexer::is_name;

impl fmt::Display for Tree {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Blank => Ok(()),
            Self::Json(expression) => write!(formatter, "{{ {expression} }}"),
            Self::Terms(terms) => write_separated(formatter, terms, " "),
            Self::SpaceDelimited(fields) => write_fields(formatter, fields),
            Self::Regex(regex) => write!(formatter, "%{}%", regex.body()),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Expression<T> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any(members) => write_members(formatter, members, " || "),
            Self::All(members) => write_members(formatter, members, " && "),
            Self::One(condition) => condition.fmt(formatter),
        }
    }
}

fn write_members<T: fmt::Display>(
    formatter: &mut Formatter<'_>,
    members: &[Expression<T>],
    separator: &str,
) -> fmt::Result {
    for (position, member) in members.iter().enumerate() {
        if position > 0 {
            formatter.write_str(separator)?;
        }
        match member {
            Expression::One(condition) => condition.fmt(formatter)?,
            Expression::Any(_) | Expression::All(_) => write!(formatter, "({member})")?,
        }
    }
    Ok(())
}

fn write_separated(
    formatter: &mut Formatter<'_>,
    members: &[impl fmt::Display],
    separator: &str,
) -> fmt::Result {
    for (position, member) in members.iter().enumerate() {
        if position > 0 {
            formatter.write_str(separator)?;
        }
        member.fmt(formatter)?;
    }
    Ok(())
}

impl fmt::Display for Condition {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} {}", self.selector, self.test)
    }
}

impl fmt::Display for Selector {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_char('$')?;
        for (position, step) in self.steps().iter().enumerate() {
            match step {
                Step::Member(name) if name.chars().all(is_name) => write!(formatter, ".{name}")?,
                Step::Member(name) => write!(formatter, ".['{name}']")?,
                Step::Index(index) => write!(formatter, "[{index}]")?,
                // A bracket may not follow the root.
                Step::Each if position == 0 => formatter.write_str(".*")?,
                Step::Each => formatter.write_str("[*]")?,
            }
        }
        Ok(())
    }
}

impl fmt::Display for Test {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Equal(value) => write!(formatter, "= {value}"),
            Self::NotEqual(value) => write!(formatter, "!= {value}"),
            Self::Order(order, number) => write!(formatter, "{order} {}", number.spelling()),
            Self::IsNull => formatter.write_str("IS NULL"),
            Self::IsTrue => formatter.write_str("IS TRUE"),
            Self::IsFalse => formatter.write_str("IS FALSE"),
            Self::NotExists => formatter.write_str("NOT EXISTS"),
        }
    }
}

impl fmt::Display for Order {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write_quoted(formatter, text),
            Self::Number(number) => formatter.write_str(number.spelling()),
            Self::Regex(regex) => write!(formatter, "%{}%", regex.body()),
        }
    }
}

fn write_quoted(formatter: &mut Formatter<'_>, text: &str) -> fmt::Result {
    formatter.write_char('"')?;
    for character in text.chars() {
        if matches!(character, '"' | '\\') {
            formatter.write_char('\\')?;
        }
        formatter.write_char(character)?;
    }
    formatter.write_char('"')
}

impl fmt::Display for Term {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self.role {
            Role::Required => {}
            Role::Excluded => formatter.write_char('-')?,
            Role::Optional => formatter.write_char('?')?,
        }
        let bare = self
            .text
            .chars()
            .all(|character| character.is_alphanumeric() || matches!(character, '_' | '.'));
        if bare {
            formatter.write_str(&self.text)
        } else {
            write_quoted(formatter, &self.text)
        }
    }
}

fn write_fields(formatter: &mut Formatter<'_>, fields: &[Field]) -> fmt::Result {
    formatter.write_char('[')?;
    write_separated(formatter, fields, ", ")?;
    formatter.write_char(']')
}

impl fmt::Display for Field {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unnamed => Ok(()),
            Self::Ellipsis => formatter.write_str("..."),
            Self::Named {
                name,
                conditions: None,
            } => formatter.write_str(name),
            Self::Named {
                name,
                conditions: Some(conditions),
            } => write!(formatter, "{}", Named { name, conditions }),
        }
    }
}

/// The conditions of a field, in which every condition repeats the name.
struct Named<'tree> {
    name: &'tree str,
    conditions: &'tree Expression<FieldTest>,
}

impl fmt::Display for Named<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let Self { name, conditions } = self;
        let (members, separator) = match conditions {
            Expression::Any(members) => (members, " || "),
            Expression::All(members) => (members, " && "),
            Expression::One(test) => return write_field_test(formatter, name, test),
        };
        for (position, member) in members.iter().enumerate() {
            if position > 0 {
                formatter.write_str(separator)?;
            }
            let inner = Named {
                name,
                conditions: member,
            };
            match member {
                Expression::One(_) => inner.fmt(formatter)?,
                Expression::Any(_) | Expression::All(_) => write!(formatter, "({inner})")?,
            }
        }
        Ok(())
    }
}

fn write_field_test(formatter: &mut Formatter<'_>, name: &str, test: &FieldTest) -> fmt::Result {
    match test {
        FieldTest::Present => formatter.write_str(name),
        FieldTest::Equal(value) => write!(formatter, "{name} = {value}"),
        FieldTest::NotEqual(value) => write!(formatter, "{name} != {value}"),
        FieldTest::Order(order, number) => {
            write!(formatter, "{name} {order} {}", number.spelling())
        }
    }
}
