//! The meaning of a pattern as a formula: flat, sorted, without places and without repetition.
//!
//! The constructors keep formulas simple, so that texts which differ in order, grouping or spelling alone often become equal here.
//! Nothing is decided yet: equal meanings may still be unequal formulas.

use super::ast::{Condition, Expression, Selector, Test, Tree, Value};

/// A condition without its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Atom {
    pub(crate) selector: Selector,
    pub(crate) test: Test,
}

/// A formula over atoms.
///
/// INVARIANT: the members of `All` and `Any` are sorted and distinct; there is not exactly one of them, and none is of the same
/// variant. `All` without members is true, `Any` without members is false.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Formula {
    /// The message is one JSON object.
    Object,
    Atom(Atom),
    All(Vec<Self>),
    Any(Vec<Self>),
}

impl Formula {
    /// Makes the conjunction of formulas.
    pub(crate) fn all(members: impl IntoIterator<Item = Self>) -> Self {
        let flat = members.into_iter().flat_map(|member| match member {
            Self::All(inner) => inner,
            Self::Object | Self::Atom(_) | Self::Any(_) => vec![member],
        });
        let mut members = sorted(flat);
        if members.contains(&Self::Any(Vec::new())) {
            return Self::Any(Vec::new());
        }
        if members.len() > 1 {
            Self::All(members)
        } else {
            members.pop().unwrap_or(Self::All(members))
        }
    }

    /// Makes the disjunction of formulas.
    pub(crate) fn any(members: impl IntoIterator<Item = Self>) -> Self {
        let flat = members.into_iter().flat_map(|member| match member {
            Self::Any(inner) => inner,
            Self::Object | Self::Atom(_) | Self::All(_) => vec![member],
        });
        let mut members = sorted(flat);
        if members.contains(&Self::All(Vec::new())) {
            return Self::All(Vec::new());
        }
        if members.len() > 1 {
            Self::Any(members)
        } else {
            members.pop().unwrap_or(Self::Any(members))
        }
    }

    /// Makes the formula of a pattern; nothing when it is neither blank nor a JSON pattern.
    pub(crate) fn of(tree: &Tree) -> Option<Self> {
        match tree {
            Tree::Blank => Some(Self::all([])),
            Tree::Json(expression) => {
                Some(Self::all([Self::Object, Self::of_expression(expression)]))
            }
            Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => None,
        }
    }

    /// Makes the formula of an expression, whatever the event is.
    pub(crate) fn of_expression(expression: &Expression<Condition>) -> Self {
        match expression {
            Expression::Any(members) => Self::any(members.iter().map(Self::of_expression)),
            Expression::All(members) => Self::all(members.iter().map(Self::of_expression)),
            Expression::One(condition) => Self::Atom(Atom::of(condition)),
        }
    }

    /// Returns the atoms, each as often as it occurs.
    pub(crate) fn atoms(&self) -> Vec<&Atom> {
        match self {
            Self::Object => Vec::new(),
            Self::Atom(atom) => vec![atom],
            Self::All(members) | Self::Any(members) => {
                members.iter().flat_map(Self::atoms).collect()
            }
        }
    }
}

fn sorted(members: impl Iterator<Item = Formula>) -> Vec<Formula> {
    let mut members: Vec<Formula> = members.collect();
    members.sort();
    members.dedup();
    members
}

impl Atom {
    fn of(condition: &Condition) -> Self {
        let Condition {
            selector,
            test,
            span: _,
        } = condition;
        let test = match test {
            Test::Equal(value) => Test::Equal(simplified(value)),
            Test::NotEqual(value) => Test::NotEqual(simplified(value)),
            Test::Order(..) | Test::IsNull | Test::IsTrue | Test::IsFalse | Test::NotExists => {
                test.clone()
            }
        };
        Self {
            selector: selector.clone(),
            test,
        }
    }
}

/// Several asterisks in a row are one.
fn simplified(value: &Value) -> Value {
    let Value::Text(text) = value else {
        return value.clone();
    };
    let mut simple = String::with_capacity(text.len());
    for character in text.chars() {
        if character != '*' || !simple.ends_with('*') {
            simple.push(character);
        }
    }
    Value::Text(simple)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::Pattern;

    fn formula(text: &str) -> Formula {
        Formula::of(Pattern::parse(text).unwrap().tree()).unwrap()
    }

    #[test]
    fn order_grouping_repetition_and_spelling_do_not_count() {
        let table = [
            ("{ $.a = x || $.b = y }", "{($.b=\"y\")||($.a=\"x\")}"),
            (
                "{ $.a = x || ($.b = y || $.a = x) }",
                "{ $.b = y || $.a = x }",
            ),
            (
                "{ $.a = x && ($.b = y && $.c = z) }",
                "{ $.c = z && $.b = y && $.a = x }",
            ),
            ("{ $.a = \"a**b\" }", "{ $.a = \"a*b\" }"),
            ("{ $.['a'] is null }", "{ $.a IS NULL }"),
        ];
        for (left, right) in table {
            assert_eq!(formula(left), formula(right), "{left} and {right}");
        }
        assert_ne!(formula("{ $.a = 1 }"), formula("{ $.a = \"1\" }"));
    }

    #[test]
    fn nothing_is_true_and_nothing_to_choose_from_is_false() {
        let truth = Formula::all([]);
        let falsehood = Formula::any([]);
        assert_eq!(formula(" "), truth);
        assert_eq!(
            Formula::all([Formula::Object, falsehood.clone()]),
            falsehood
        );
        assert_eq!(Formula::any([Formula::Object, truth.clone()]), truth);
        assert_eq!(Formula::any([Formula::Object, falsehood]), Formula::Object);
    }
}
