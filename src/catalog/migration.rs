//! What changes from one benchmark to another: numbers, levels, statuses, titles, texts and what audits ask for.
//!
//! Texts are compared by what they mean. Nothing is known here of any account.

use super::Catalog;
use super::benchmark::Benchmark;
use super::control::{Control, Status};
use super::requirement::Requirement;
use super::wording::Level;
use crate::model::ControlId;
use crate::pattern::{Comparison, Pattern, compare};

/// What changes from one benchmark to another.
#[derive(Debug, Clone, PartialEq)]
pub struct Migration {
    /// The benchmark that was met.
    pub from: Benchmark,
    /// The benchmark that is to be met.
    pub to: Benchmark,
    /// The controls of either, in the order of the catalog.
    pub controls: Vec<ControlChange>,
    /// What only the audit of the new benchmark asks for; none where one of them is not known.
    pub asked_anew: Option<Vec<Requirement>>,
    /// What only the audit of the old benchmark asks for; none where one of them is not known.
    pub asked_no_more: Option<Vec<Requirement>>,
}

/// A control in two benchmarks.
#[derive(Debug, Clone, PartialEq)]
pub struct ControlChange {
    /// The control.
    pub id: ControlId,
    /// What the old benchmark says of it, if it has it.
    pub from: Option<Entry>,
    /// What the new benchmark says of it, if it has it.
    pub to: Option<Entry>,
    /// How the old text relates to the new one, where both are known.
    pub text: Option<TextChange>,
}

/// What a benchmark says of a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its number.
    pub number: Option<String>,
    /// Its level.
    pub level: Option<Level>,
    /// How it is assessed.
    pub status: Option<Status>,
    /// Its title.
    pub title: String,
}

/// How two texts relate.
#[derive(Debug, Clone, PartialEq)]
pub struct TextChange {
    /// The old text.
    pub from: Pattern,
    /// The new text.
    pub to: Pattern,
    /// Whether the new text is defective, and how.
    pub defect: Option<String>,
    /// How the old one relates to the new one.
    pub comparison: Comparison,
}

impl Catalog {
    /// Returns what changes from one benchmark to another.
    #[must_use]
    pub fn migration(&self, from: Benchmark, to: Benchmark) -> Migration {
        let concerned = |control: &&Control| control.is_in(from) || control.is_in(to);
        let asked = from.requirements().zip(to.requirements());
        let only = |these: &[Requirement], those: &[Requirement]| -> Vec<Requirement> {
            let missing = |asked: &&Requirement| !those.contains(asked);
            these.iter().filter(missing).copied().collect()
        };
        Migration {
            from,
            to,
            controls: self
                .controls()
                .iter()
                .filter(concerned)
                .map(|control| change(control, from, to))
                .collect(),
            asked_anew: asked.as_ref().map(|(old, new)| only(new, old)),
            asked_no_more: asked.as_ref().map(|(old, new)| only(old, new)),
        }
    }
}

fn change(control: &Control, from: Benchmark, to: Benchmark) -> ControlChange {
    ControlChange {
        id: control.id.clone(),
        from: entry(control, from),
        to: entry(control, to),
        text: text(control, from, to),
    }
}

fn entry(control: &Control, benchmark: Benchmark) -> Option<Entry> {
    let reference = match benchmark {
        Benchmark::Recommended => control.newest().map(|(_, reference)| reference),
        Benchmark::Cis(version) => control.benchmarks.get(&version),
        Benchmark::SecurityHub => None,
    };
    control.is_in(benchmark).then(|| Entry {
        number: control.number(benchmark),
        level: control.level(benchmark),
        status: reference.map(|reference| reference.status),
        title: control.title(benchmark).to_owned(),
    })
}

fn text(control: &Control, from: Benchmark, to: Benchmark) -> Option<TextChange> {
    let (old, new) = (known(control, from)?, known(control, to)?);
    Some(TextChange {
        from: old.clone(),
        to: new.clone(),
        defect: control.prescribed(to).and_then(|text| text.defect.clone()),
        comparison: compare(old, new),
    })
}

/// Returns what a benchmark means by a control, where its text is known.
fn known(control: &Control, benchmark: Benchmark) -> Option<&Pattern> {
    let is_known = benchmark == Benchmark::Recommended || control.printed(benchmark).is_some();
    (control.is_in(benchmark) && is_known).then(|| control.meaning(benchmark))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::CisVersion;
    use crate::pattern::Relation;

    fn of<'a>(migration: &'a Migration, id: &str) -> &'a ControlChange {
        let mut controls = migration.controls.iter();
        controls.find(|change| change.id.as_str() == id).unwrap()
    }

    #[test]
    fn numbers_levels_and_texts_change_from_one_four_to_seven() {
        let catalog = Catalog::builtin();
        let migration = catalog.migration(
            Benchmark::Cis(CisVersion::V1_4_0),
            Benchmark::Cis(CisVersion::V7_0_0),
        );
        assert_eq!(migration.controls.len(), 15);
        assert_eq!(migration.asked_anew, Some(Vec::new()));
        let denied = of(&migration, "unauthorized-api-calls");
        let (old, new) = (denied.from.as_ref().unwrap(), denied.to.as_ref().unwrap());
        assert_eq!(old.number.as_deref(), Some("4.1"));
        assert_eq!(new.number.as_deref(), Some("5.1"));
        assert_eq!((old.level, new.level), (Some(Level::One), Some(Level::Two)));
        assert_eq!(old.status, Some(Status::Automated));
        assert_eq!(new.status, Some(Status::Manual));
        let text = denied.text.as_ref().unwrap();
        assert_eq!(text.comparison.relation, Relation::Broader);
        let groups = of(&migration, "security-group-changes").text.as_ref();
        assert_eq!(groups.unwrap().comparison.relation, Relation::Narrower);
        let vpc = of(&migration, "vpc-changes").text.as_ref().unwrap();
        assert_eq!(vpc.comparison.relation, Relation::Equivalent);
    }

    #[test]
    fn controls_and_requirements_come_and_go() {
        let catalog = Catalog::builtin();
        let up = catalog.migration(
            Benchmark::Cis(CisVersion::V1_1_0),
            Benchmark::Cis(CisVersion::V1_3_0),
        );
        let organizations = of(&up, "organizations-changes");
        assert_eq!(organizations.from, None);
        assert!(organizations.to.is_some() && organizations.text.is_none());
        assert_eq!(
            up.asked_anew,
            Some(vec![
                Requirement::MultiRegionTrail,
                Requirement::Logging,
                Requirement::ManagementEvents,
                Requirement::ConfirmedSubscription
            ])
        );
        assert_eq!(up.asked_no_more, Some(vec![Requirement::Subscriber]));
        let down = catalog.migration(up.to, Benchmark::Cis(CisVersion::V1_0_0));
        assert_eq!(of(&down, "organizations-changes").to, None);
        assert_eq!(of(&down, "vpc-changes").text, None);
        assert_eq!(down.asked_anew, None);
    }
}
