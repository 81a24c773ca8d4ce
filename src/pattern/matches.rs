//! Whether a pattern matches an event: the reference meaning, read off the tree.
//!
//! This is the plain statement of the rules, one event and one pattern at a time; nothing is precomputed.

mod json;
mod space;
mod terms;

use super::ast::{Expression, Tree};
use super::event::Event;

/// Tells whether the pattern matches the event.
pub(crate) fn matches(tree: &Tree, event: &Event) -> bool {
    match tree {
        Tree::Json(expression) => event
            .value()
            .is_some_and(|root| json::matches(expression, root)),
        Tree::Blank | Tree::Terms(_) | Tree::SpaceDelimited(_) | Tree::Regex(_) => {
            matches_text(tree, event.text())
        }
    }
}

/// Tells whether the pattern matches the text of a message, for the kinds that look at nothing else; JSON patterns do not match.
pub(crate) fn matches_text(tree: &Tree, text: &str) -> bool {
    match tree {
        Tree::Blank => true,
        Tree::Json(_) => false,
        Tree::Terms(terms) => terms::matches(terms, text),
        Tree::SpaceDelimited(fields) => space::matches(fields, text),
        Tree::Regex(regex) => regex.occurs_in(text),
    }
}

/// Evaluates an expression over the truth of its conditions.
fn holds<T>(expression: &Expression<T>, condition: &impl Fn(&T) -> bool) -> bool {
    match expression {
        Expression::Any(members) => members.iter().any(|member| holds(member, condition)),
        Expression::All(members) => members.iter().all(|member| holds(member, condition)),
        Expression::One(one) => condition(one),
    }
}
