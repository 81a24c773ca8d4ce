//! Terms: substrings that must, must not or may occur.

use super::super::ast::{Role, Term};

/// Tells whether the message satisfies the terms.
pub(super) fn matches(terms: &[Term], message: &str) -> bool {
    let occurs = |term: &&Term| message.contains(&term.text);
    let of = |role| terms.iter().filter(move |term| term.role == role);
    // Optional terms count only when there are no others.
    if terms.iter().all(|term| term.role == Role::Optional) {
        return of(Role::Optional).any(|term| occurs(&term));
    }
    of(Role::Required).all(|term| occurs(&term)) && !of(Role::Excluded).any(|term| occurs(&term))
}
