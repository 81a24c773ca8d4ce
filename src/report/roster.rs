//! The controls of a report: their order, their names, and the words for several of them.
//!
//! A number names a control in lists; a control without a number goes by its identifier.

use std::collections::BTreeSet;

use super::document::{Block, Section, Style, Text};
use crate::examine::{Examination, Link};
use crate::model::ControlId;

/// The controls of a report, in the benchmark's order.
#[derive(Debug, Clone, Copy)]
pub(super) struct Roster<'report> {
    examinations: &'report [Examination],
}

impl<'report> Roster<'report> {
    pub(super) fn new(examinations: &'report [Examination]) -> Self {
        Self { examinations }
    }

    /// Returns the examinations, in their order.
    pub(super) fn examinations(self) -> &'report [Examination] {
        self.examinations
    }

    fn find(self, control: &ControlId) -> Option<&'report Examination> {
        self.examinations
            .iter()
            .find(|examination| examination.control == *control)
    }

    /// Returns a control's number, or its identifier when it has none.
    fn label(self, control: &ControlId) -> String {
        self.find(control)
            .and_then(|examination| examination.number.clone())
            .unwrap_or_else(|| control.as_str().to_owned())
    }

    /// Returns `controls` in the report's order; those that it does not hold come last.
    pub(super) fn in_order<'set>(self, controls: &'set BTreeSet<ControlId>) -> Vec<&'set ControlId>
    where
        'report: 'set,
    {
        let known = self.examinations.iter().map(|known| &known.control);
        let mut ordered: Vec<&ControlId> = known.filter(|id| controls.contains(*id)).collect();
        ordered.extend(controls.iter().filter(|id| self.find(id).is_none()));
        ordered
    }

    /// Returns the words for a set of controls: `all 15 controls`, `all but 4.8`, `4.1, 4.2 and 4.9`.
    pub(super) fn phrase(self, controls: &BTreeSet<ControlId>) -> String {
        if self.is_everything(controls) {
            return format!("all {} controls", controls.len());
        }
        let others: BTreeSet<ControlId> = self
            .examinations
            .iter()
            .map(|known| known.control.clone())
            .filter(|control| !controls.contains(control))
            .collect();
        let are_known = controls.len() + others.len() == self.examinations.len();
        let are_few = !others.is_empty() && others.len() * 4 < controls.len();
        if are_known && are_few {
            return format!("all but {}", self.enumerated(&others));
        }
        self.enumerated(controls)
    }

    fn enumerated(self, controls: &BTreeSet<ControlId>) -> String {
        let ordered = self.in_order(controls).into_iter();
        let labels: Vec<String> = ordered.map(|id| self.label(id)).collect();
        enumeration(&labels)
    }

    fn is_everything(self, controls: &BTreeSet<ControlId>) -> bool {
        controls.len() > 1
            && controls.len() == self.examinations.len()
            && controls.iter().all(|id| self.find(id).is_some())
    }

    /// Returns the words for the controls that something serves, to be put behind it.
    pub(super) fn served(self, controls: &BTreeSet<ControlId>) -> Text {
        Text::from([Style::Dim.span(format!(", for {}", self.phrase(controls)))])
    }

    /// Returns the links of a control that was examined.
    pub(super) fn links(self, control: &ControlId) -> &'report [Link] {
        self.find(control)
            .map_or(&[], |known| known.links.as_slice())
    }

    /// Returns what concerns a set of controls under their names; one alone has its title beside it.
    pub(super) fn group(self, controls: &BTreeSet<ControlId>, body: Vec<Block>) -> Block {
        let alone = match self.in_order(controls).as_slice() {
            [control] => Some(*control),
            _ => None,
        };
        let title = match alone {
            Some(control) => self.name(control),
            None => capitalised(&self.phrase(controls)),
        };
        let known = alone.and_then(|control| self.find(control));
        Block::Group(Section {
            title: Text::plain(title),
            aside: known
                .map(|known| Text::plain(known.title.as_str()))
                .unwrap_or_default(),
            body,
        })
    }

    /// Returns a control's number and identifier.
    fn name(self, control: &ControlId) -> String {
        match self.find(control).and_then(|known| known.number.as_ref()) {
            Some(number) => format!("{number} {control}"),
            None => control.to_string(),
        }
    }
}

/// Returns `items` as an enumeration: `a`, `a and b`, `a, b and c`.
pub(super) fn enumeration(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// Returns a phrase as it begins a heading.
fn capitalised(phrase: &str) -> String {
    match phrase.strip_prefix("all ") {
        Some(rest) => format!("All {rest}"),
        None => phrase.to_owned(),
    }
}

/// Returns a number of things in words: `1 alarm`, `2 alarms`.
pub(super) fn count(number: usize, singular: &str, plural: &str) -> String {
    let noun = if number == 1 { singular } else { plural };
    format!("{number} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examine::Verdict;

    fn examination(id: &str, number: Option<&str>) -> Examination {
        Examination {
            control: ControlId::parse(id).unwrap(),
            number: number.map(str::to_owned),
            title: "Title".to_owned(),
            verdict: Verdict::Compliant,
            links: Vec::new(),
            remarks: Vec::new(),
            repair: None,
        }
    }

    fn ids(names: &[&str]) -> BTreeSet<ControlId> {
        names
            .iter()
            .map(|name| ControlId::parse(name).unwrap())
            .collect()
    }

    #[test]
    fn controls_are_named_in_the_order_of_the_benchmark() {
        let examinations = [
            examination("zones", Some("4.1")),
            examination("keys", None),
            examination("alpha", Some("4.10")),
        ];
        let roster = Roster::new(&examinations);
        assert_eq!(roster.phrase(&ids(&["alpha", "zones"])), "4.1 and 4.10");
        assert_eq!(roster.phrase(&ids(&["alpha", "keys"])), "keys and 4.10");
        assert_eq!(
            roster.phrase(&ids(&["alpha", "keys", "zones"])),
            "all 3 controls"
        );
        assert_eq!(roster.phrase(&ids(&["other", "alpha"])), "4.10 and other");
        assert_eq!(roster.phrase(&ids(&["keys"])), "keys");
    }

    #[test]
    fn a_great_majority_is_named_by_the_others() {
        let names = ["a", "b", "c", "d", "e", "f"];
        let examinations = names.map(|name| examination(name, None));
        let roster = Roster::new(&examinations);
        assert_eq!(roster.phrase(&ids(&["a", "b", "c", "d", "f"])), "all but e");
        assert_eq!(roster.phrase(&ids(&["a", "b", "c", "d"])), "a, b, c and d");
        assert_eq!(
            roster.phrase(&ids(&["a", "b", "c", "d", "e", "x"])),
            "a, b, c, d, e and x"
        );
    }

    #[test]
    fn a_single_control_of_one_is_shown_by_name() {
        let examinations = [examination("zones", Some("4.1"))];
        let roster = Roster::new(&examinations);
        assert_eq!(roster.phrase(&ids(&["zones"])), "4.1");
        let Block::Group(group) = roster.group(&ids(&["zones"]), Vec::new()) else {
            panic!("no group");
        };
        assert_eq!(group.title, Text::plain("4.1 zones"));
        assert_eq!(group.aside, Text::plain("Title"));
    }
}
