//! Other spellings of a pattern: blanks, quotes, grouping, and events in the order of an auditor.
//!
//! Whether a spelling means what it should is not decided here; every text that comes out is compared by meaning before it is used.

use crate::pattern::Pattern;
use crate::pattern::ast::{Condition, Expression, Test, Tree, Value};

/// How a pattern is spelled.
#[derive(Debug, Clone, Copy)]
struct Style {
    /// What stands at either side of operators and inside of braces.
    blank: &'static str,
    quotes: Quotes,
    grouping: Grouping,
}

#[derive(Debug, Clone, Copy)]
enum Quotes {
    All,
    WhereNeeded,
}

#[derive(Debug, Clone, Copy)]
enum Grouping {
    /// Every group in parentheses.
    Full,
    /// A group of `&&` among others without: `&&` binds more closely than `||`.
    ByPrecedence,
}

const STYLES: [Style; 6] = [
    style(" ", Quotes::WhereNeeded, Grouping::Full),
    style(" ", Quotes::All, Grouping::Full),
    style(" ", Quotes::WhereNeeded, Grouping::ByPrecedence),
    style(" ", Quotes::All, Grouping::ByPrecedence),
    style("", Quotes::WhereNeeded, Grouping::Full),
    style("", Quotes::All, Grouping::Full),
];

const fn style(blank: &'static str, quotes: Quotes, grouping: Grouping) -> Style {
    Style {
        blank,
        quotes,
        grouping,
    }
}

/// Returns other spellings of a pattern; none for a pattern that is not one for JSON events.
pub(super) fn spellings(pattern: &Pattern) -> Vec<String> {
    match pattern.tree() {
        Tree::Json(expression) => STYLES.iter().map(|style| style.text(expression)).collect(),
        Tree::Blank | Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => Vec::new(),
    }
}

/// Returns spellings of a pattern whose events are brought into an order, those that it lacks at their places among them.
///
/// Returns none for a pattern that is no list of events.
pub(super) fn in_order_of(pattern: &Pattern, names: &[&str]) -> Vec<String> {
    let Tree::Json(expression) = pattern.tree() else {
        return Vec::new();
    };
    let Some(ordered) = reordered(expression, names) else {
        return Vec::new();
    };
    STYLES.iter().map(|style| style.text(&ordered)).collect()
}

/// Orders the events of a list, or of a list that is one of several conditions.
fn reordered(expression: &Expression<Condition>, names: &[&str]) -> Option<Expression<Condition>> {
    match expression {
        Expression::Any(members) => ordered_list(members, names).map(Expression::Any),
        Expression::All(members) => {
            let at = members
                .iter()
                .position(|member| reordered(member, names).is_some())?;
            let mut members = members.clone();
            let list = members.get_mut(at)?;
            *list = reordered(list, names)?;
            Some(Expression::All(members))
        }
        Expression::One(_) => None,
    }
}

fn ordered_list(
    members: &[Expression<Condition>],
    names: &[&str],
) -> Option<Vec<Expression<Condition>>> {
    let own: Vec<&str> = members.iter().map(event_name).collect::<Option<_>>()?;
    let Some(Expression::One(first)) = members.first() else {
        return None;
    };
    let others = own.iter().filter(|name| !names.contains(name));
    let one = |name: &&str| {
        Expression::One(Condition {
            selector: first.selector.clone(),
            test: Test::Equal(Value::Text((*name).to_owned())),
            span: 0..0,
        })
    };
    Some(names.iter().chain(others).map(one).collect())
}

fn event_name(member: &Expression<Condition>) -> Option<&str> {
    let Expression::One(condition) = member else {
        return None;
    };
    match &condition.test {
        Test::Equal(Value::Text(text)) => {
            (condition.selector.to_string() == "$.eventName").then_some(text)
        }
        Test::Equal(Value::Number(_) | Value::Regex(_))
        | Test::NotEqual(_)
        | Test::Order(..)
        | Test::IsNull
        | Test::IsTrue
        | Test::IsFalse
        | Test::NotExists => None,
    }
}

impl Style {
    fn text(self, expression: &Expression<Condition>) -> String {
        let blank = self.blank;
        let inner = match expression {
            Expression::One(_) => self.member(expression),
            Expression::Any(_) | Expression::All(_) => self.joined(expression),
        };
        format!("{{{blank}{inner}{blank}}}")
    }

    /// Writes the members of a group, without parentheses around them all.
    fn joined(self, expression: &Expression<Condition>) -> String {
        let join = |members: &[Expression<Condition>], operator: &str| {
            let parts: Vec<String> = members
                .iter()
                .map(|member| match (self.grouping, expression, member) {
                    (Grouping::ByPrecedence, Expression::Any(_), Expression::All(_)) => {
                        self.joined(member)
                    }
                    _ => self.member(member),
                })
                .collect();
            parts.join(operator)
        };
        match expression {
            Expression::Any(members) => join(members, " || "),
            Expression::All(members) => join(members, " && "),
            Expression::One(_) => self.member(expression),
        }
    }

    fn member(self, expression: &Expression<Condition>) -> String {
        match expression {
            Expression::One(condition) => format!("({})", self.condition(condition)),
            Expression::Any(_) | Expression::All(_) => format!("({})", self.joined(expression)),
        }
    }

    fn condition(self, condition: &Condition) -> String {
        let Condition {
            selector,
            test,
            span: _,
        } = condition;
        match test {
            Test::Equal(Value::Text(text)) => self.comparison(&selector.to_string(), "=", text),
            Test::NotEqual(Value::Text(text)) => self.comparison(&selector.to_string(), "!=", text),
            Test::Equal(Value::Number(_) | Value::Regex(_))
            | Test::NotEqual(Value::Number(_) | Value::Regex(_))
            | Test::Order(..)
            | Test::IsNull
            | Test::IsTrue
            | Test::IsFalse
            | Test::NotExists => condition.to_string(),
        }
    }

    fn comparison(self, selector: &str, operator: &str, text: &str) -> String {
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
        let value = match self.quotes {
            Quotes::WhereNeeded if !text.is_empty() && text.chars().all(is_plain) => {
                text.to_owned()
            }
            Quotes::WhereNeeded | Quotes::All => Value::Text(text.to_owned()).to_string(),
        };
        let blank = self.blank;
        format!("{selector}{blank}{operator}{blank}{value}")
    }
}
