//! What was found about the controls, each thing said once however many controls it concerns.
//!
//! Equal findings are merged, then findings of the same controls stand together under one heading.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::document::{Block, Field, Style, Text};
use super::json_line::json_line;
use super::roster::Roster;
use crate::examine::{Code, Examination, Link, LinkKind, Remark};
use crate::model::ControlId;
use crate::pattern::Event;

/// Something found about a control.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Finding<'report> {
    /// The link that it is about; none for a remark.
    link: Option<LinkKind>,
    code: Code,
    detail: &'report str,
    witness: Option<&'report Event>,
}

impl<'report> Finding<'report> {
    pub(super) fn of_link(link: &'report Link) -> Self {
        Self {
            link: Some(link.kind),
            code: link.code,
            detail: &link.detail,
            witness: link.witness.as_ref(),
        }
    }

    pub(super) fn of_remark(remark: &'report Remark) -> Self {
        Self {
            link: None,
            code: remark.code,
            detail: &remark.detail,
            witness: remark.witness.as_ref(),
        }
    }

    /// Returns what was found, in words, and the event that shows it.
    fn paragraphs(&self) -> Vec<Text> {
        let event = self
            .witness
            .map(|event| witness(self.witness_word(), event));
        let first = explained(self.detail, self.code);
        std::iter::once(first).chain(event).collect()
    }

    fn witness_word(&self) -> &'static str {
        if self.code == Code::FilterBroader {
            return "extra event";
        }
        match self.link {
            Some(LinkKind::Selectors) => "not recorded",
            Some(LinkKind::Filter) => "missed event",
            None
            | Some(
                LinkKind::Trail
                | LinkKind::Logging
                | LinkKind::Delivery
                | LinkKind::LogGroup
                | LinkKind::Metric
                | LinkKind::Alarm
                | LinkKind::Action
                | LinkKind::Topic
                | LinkKind::Subscription,
            ) => "event",
        }
    }
}

/// Returns the word for the resource that a link is about.
pub(super) fn noun(link: LinkKind) -> &'static str {
    match link {
        LinkKind::Filter => "metric filter",
        LinkKind::LogGroup => "log group",
        LinkKind::Trail
        | LinkKind::Logging
        | LinkKind::Delivery
        | LinkKind::Selectors
        | LinkKind::Metric
        | LinkKind::Alarm
        | LinkKind::Action
        | LinkKind::Topic
        | LinkKind::Subscription => link.as_str(),
    }
}

/// Returns a sentence with the reason code behind it; a link in place has none.
pub(super) fn explained(detail: &str, code: Code) -> Text {
    Text::sentence(detail).then(reason(code))
}

/// Returns a reason code to be put behind something.
pub(super) fn reason(code: Code) -> Text {
    if code == Code::InPlace {
        return Text::default();
    }
    Text::from([Style::Dim.span(format!(" [{}]", code.as_str()))])
}

/// Returns an event behind the word that says what it shows.
pub(super) fn witness(word: &str, event: &Event) -> Text {
    Text::from([
        Style::Caution.span(format!("{word}:")),
        Style::Plain.span(" "),
        Style::Literal.span(json_line(event)),
    ])
}

/// Returns the findings that `of_control` names, one group for each set of controls; the largest sets first.
pub(super) fn groups<'report>(
    roster: Roster<'report>,
    of_control: impl Fn(&'report Examination) -> Vec<Finding<'report>>,
) -> Vec<Block> {
    let mut merged: Vec<(Finding<'report>, BTreeSet<ControlId>)> = Vec::new();
    for examination in roster.examinations() {
        for finding in of_control(examination) {
            let control = examination.control.clone();
            match merged.iter_mut().find(|(known, _)| *known == finding) {
                Some((_, controls)) => {
                    controls.insert(control);
                }
                None => merged.push((finding, BTreeSet::from([control]))),
            }
        }
    }
    by_controls(merged)
        .into_iter()
        .map(|(controls, findings)| roster.group(&controls, blocks(&findings)))
        .collect()
}

/// Returns findings about links as fields under their names, then the remarks.
fn blocks(findings: &[Finding<'_>]) -> Vec<Block> {
    let fields: Vec<Field> = findings
        .iter()
        .filter_map(|finding| {
            let name = finding.link?.as_str();
            let value = finding.paragraphs();
            Some(Field { name, value })
        })
        .collect();
    let remarks = findings.iter().filter(|finding| finding.link.is_none());
    let mut blocks = Vec::new();
    if !fields.is_empty() {
        blocks.push(Block::Fields(fields));
    }
    blocks.extend(remarks.flat_map(Finding::paragraphs).map(Block::Paragraph));
    blocks
}

fn by_controls(
    merged: Vec<(Finding<'_>, BTreeSet<ControlId>)>,
) -> Vec<(BTreeSet<ControlId>, Vec<Finding<'_>>)> {
    let mut groups: Vec<(BTreeSet<ControlId>, Vec<Finding<'_>>)> = Vec::new();
    for (finding, controls) in merged {
        match groups.iter_mut().find(|(known, _)| *known == controls) {
            Some((_, findings)) => findings.push(finding),
            None => groups.push((controls, vec![finding])),
        }
    }
    // The sort is stable, so groups of one size keep the benchmark's order.
    groups.sort_by_key(|(controls, _)| Reverse(controls.len()));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::examine::{LinkState, Verdict};

    fn link(detail: &str) -> Link {
        Link {
            kind: LinkKind::Alarm,
            state: LinkState::Missing,
            code: Code::AlarmMissing,
            detail: detail.to_owned(),
            witness: None,
        }
    }

    fn examination(id: &str, links: &[&str]) -> Examination {
        Examination {
            control: ControlId::parse(id).unwrap(),
            number: None,
            title: String::new(),
            verdict: Verdict::NonCompliant,
            links: links.iter().map(|detail| link(detail)).collect(),
            remarks: Vec::new(),
            repair: None,
        }
    }

    #[test]
    fn equal_findings_are_told_once_and_the_widest_come_first() {
        let examinations = [
            examination("a", &["own", "common"]),
            examination("b", &["common"]),
            examination("c", &["other", "common", "also other"]),
        ];
        let roster = Roster::new(&examinations);
        let groups = groups(roster, |known| {
            known.links.iter().map(Finding::of_link).collect()
        });
        let told: Vec<(String, usize)> = groups
            .iter()
            .map(|group| {
                let Block::Group(section) = group else {
                    panic!("no group: {group:?}");
                };
                let [Block::Fields(fields)] = section.body.as_slice() else {
                    panic!("no fields: {section:?}");
                };
                let spans = section.title.spans.iter();
                (spans.map(|span| span.text.as_str()).collect(), fields.len())
            })
            .collect();
        let expected = [("All 3 controls", 1), ("a", 1), ("c", 2)];
        assert_eq!(
            told,
            expected.map(|(title, number)| (title.to_owned(), number))
        );
    }
}
