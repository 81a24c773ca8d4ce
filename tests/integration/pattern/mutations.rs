//! The mutation table: small changes to the pattern of each control, and what each does to the meaning.

#![expect(
    clippy::panic,
    clippy::string_slice,
    clippy::indexing_slicing,
    reason = "the published texts are plain lists of ASCII names"
)]

use std::collections::BTreeSet;

use cis_fix::pattern::ast::{Condition, Expression, Test, Tree, Value};
use cis_fix::pattern::{Pattern, Relation};

use super::{published, relation};

/// A published pattern, and the events it lists by name when it is such a list.
struct Base {
    control: String,
    pattern: Pattern,
    names: Vec<String>,
    source: Option<String>,
}

impl Base {
    fn new(control: String, text: &str) -> Self {
        let pattern = Pattern::parse(text).unwrap();
        let Tree::Json(expression) = pattern.tree() else {
            panic!("{text}")
        };
        let mut names = Vec::new();
        let mut source = None;
        let mut others = 0;
        for condition in expression.conditions() {
            match (condition.selector.to_string().as_str(), &condition.test) {
                ("$.eventName", Test::Equal(Value::Text(name))) => names.push(name.clone()),
                ("$.eventSource", Test::Equal(Value::Text(name))) => source = Some(name.clone()),
                _ => others += 1,
            }
        }
        if others > 0 || names.len() < 2 || !is_list(expression) {
            names.clear();
        }
        Self {
            control,
            pattern,
            names,
            source,
        }
    }

    /// Writes the list of events, with the source in front when there is one.
    fn list(&self, alternatives: &str) -> String {
        match &self.source {
            Some(source) => format!("{{ ($.eventSource = {source}) && ({alternatives}) }}"),
            None => format!("{{ {alternatives} }}"),
        }
    }

    fn inside(&self) -> String {
        let text = self.pattern.to_string();
        text.trim_start_matches('{')
            .trim_end_matches('}')
            .to_owned()
    }
}

/// Tells whether the names are alternatives, all of them from the same source when there is one.
fn is_list(expression: &Expression<Condition>) -> bool {
    match expression {
        Expression::Any(members) => members
            .iter()
            .all(|member| matches!(member, Expression::One(_))),
        Expression::All(members) => {
            matches!(members.as_slice(), [Expression::One(_), list @ Expression::Any(_)] if is_list(list))
        }
        Expression::One(_) => false,
    }
}

fn joined(names: &[String], operator: &str) -> String {
    let conditions: Vec<String> = names
        .iter()
        .map(|name| format!("($.eventName = {name})"))
        .collect();
    conditions.join(operator)
}

/// The longest part that all names have in common, when it is longer than two letters.
fn common_part(names: &[String]) -> Option<String> {
    let first = names.first()?;
    let parts = (0..first.len())
        .flat_map(|start| (start + 3..=first.len()).map(move |end| &first[start..end]));
    parts
        .filter(|part| names.iter().all(|name| name.contains(part)))
        .max_by_key(|part| part.len())
        .map(str::to_owned)
}

/// A mutation by name, its text, and its relation to the original.
type Mutation = (&'static str, String, Relation);

/// The mutations that apply to any pattern.
fn mutations_of_any(base: &Base) -> Vec<Mutation> {
    let inside = base.inside();
    let spaced = inside
        .replace(" || ", "||")
        .replace(" && ", "  &&\t")
        .replace(" = ", "=");
    let nobody = format!("{{ ({inside}) && ($.userIdentity.userName = nobody) }}");
    let wrong_source = format!("{{ ($.eventSource = wrong.amazonaws.com) && ({inside}) }}");
    vec![
        (
            "spacing changed",
            format!("{{{spaced}}}"),
            Relation::Equivalent,
        ),
        (
            "values quoted",
            base.pattern.to_string(),
            Relation::Equivalent,
        ),
        ("and userName = nobody", nobody, Relation::Narrower),
        (
            "wrong eventSource in front",
            wrong_source,
            Relation::Narrower,
        ),
    ]
}

/// The mutations that apply to a list of events.
fn mutations_of_list(base: &Base) -> Vec<Mutation> {
    let names = &base.names;
    let Some((last, but_last)) = names.split_last() else {
        return Vec::new();
    };
    let reordered: Vec<String> = names.iter().rev().cloned().collect();
    let (left, right) = names.split_at(names.len() / 2);
    let nested = format!(
        "(({}) || ({}))",
        joined(left, " || "),
        joined(right, " || ")
    );
    let more = [names.as_slice(), &["OneEventMore".to_owned()]].concat();
    let doubled = [but_last, &but_last[..1]].concat();
    let contradiction = format!("{{ ({}) && ($.eventName = {last}Not) }}", base.inside());
    let wildcard = common_part(names).map(|part| base.list(&format!("$.eventName = *{part}*")));
    let mut table = vec![
        (
            "events reordered",
            base.list(&joined(&reordered, " || ")),
            Relation::Equivalent,
        ),
        ("halves nested", base.list(&nested), Relation::Equivalent),
        (
            "one event more",
            base.list(&joined(&more, " || ")),
            Relation::Broader,
        ),
        (
            "one event missing",
            base.list(&joined(but_last, " || ")),
            Relation::Narrower,
        ),
        (
            "one doubled, one missing",
            base.list(&joined(&doubled, " || ")),
            Relation::Narrower,
        ),
        (
            "all or turned into and",
            base.list(&joined(names, " && ")),
            Relation::Narrower,
        ),
        ("and a second eventName", contradiction, Relation::Narrower),
    ];
    table.extend(wildcard.map(|text| ("wildcard", text, Relation::Broader)));
    table
}

#[test]
fn every_mutation_gets_the_right_verdict() {
    let mut seen = BTreeSet::new();
    let mut applied = 0;
    for text in published() {
        if text.group == "invalid" || !seen.insert((text.control.clone(), text.group.clone())) {
            continue;
        }
        let base = Base::new(format!("{} {}", text.control, text.group), &text.text);
        let table = [mutations_of_any(&base), mutations_of_list(&base)].concat();
        for (name, mutant, expected) in &table {
            let mutant = Pattern::parse(mutant).unwrap();
            assert_eq!(
                relation(&mutant, &base.pattern),
                *expected,
                "{}: {name}: {mutant}",
                base.control
            );
        }
        if text.control == "vpc-changes" {
            assert_eq!(table.len(), 12, "every mutation applies to the VPC control");
        }
        applied += table.len();
    }
    let controls: BTreeSet<&String> = seen.iter().map(|(control, _)| control).collect();
    assert_eq!(controls.len(), 15);
    assert!(applied > 250, "{applied}");
}
