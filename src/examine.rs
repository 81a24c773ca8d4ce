//! Decides, control by control, which links of the chain are in place and what would mend the others.
//!
//! One examination has two readings: the verdict, and the repair that the plan is made of. Nothing is
//! read or written here, and the order of the facts does not matter.

mod apart;
mod arithmetic;
mod chain;
pub mod code;
mod companions;
mod coverage;
pub mod drift;
mod filter;
mod finding;
pub mod link;
mod mend;
pub mod naming;
mod own;
mod policy;
mod questions;
mod selectors;
mod site;
mod together;
mod topic;

pub use code::Code;
pub use link::{Link, LinkKind, LinkState};
pub use naming::{FilterNames, Naming};
pub use own::{ForeignAlarm, OwnAlarm, OwnAlarms, UnreadAlarm, alarm_candidates, own_alarms};
pub use policy::{key_statement, merged_topic_policy};
pub use questions::{Question, questions};
pub use topic::{Hindrance, hindrance};

use std::collections::BTreeSet;

use crate::catalog::Auditor;
use crate::desired::{Desired, DesiredControl, PrescribedDefect, Wording};
use crate::model::{
    Alarm, AlarmName, ControlId, FilterName, Lane, LogGroupArn, Metric, MetricFilter, TopicArn,
    Trail,
};
use crate::observed::{Observed, inherited, sites};
use crate::pattern::{Event, Pattern};

/// What was found out about one control.
#[derive(Debug, Clone, PartialEq)]
pub struct Examination {
    /// The control.
    pub control: ControlId,
    /// Its number in the chosen benchmark.
    pub number: Option<String>,
    /// Its title.
    pub title: String,
    /// Whether it is in place.
    pub verdict: Verdict,
    /// The links of its chain, in order; those behind a link that ends the examination are left out.
    pub links: Vec<Link>,
    /// What is worth knowing although nothing is wrong.
    pub remarks: Vec<Remark>,
    /// What would mend the links that cis-fix may mend; none when there are none.
    pub repair: Option<Repair>,
}

/// Whether a control is in place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Every link is in place.
    Compliant,
    /// At least one link is not in place.
    NonCompliant,
    /// At least one link could not be looked at.
    Unknown,
    /// Another account records the events, so its filters count, not this account's.
    Inherited,
}

impl Verdict {
    /// Returns the verdict in machine-readable output.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compliant => "compliant",
            Self::NonCompliant => "non_compliant",
            Self::Unknown => "unknown",
            Self::Inherited => "inherited",
        }
    }
}

/// Something worth knowing about a control although nothing is wrong with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// What it is.
    pub code: Code,
    /// In words; may hold foreign text.
    pub detail: String,
    /// An event that shows it.
    pub witness: Option<Event>,
}

/// What would mend the links that cis-fix may mend.
#[derive(Debug, Clone, PartialEq)]
pub struct Repair {
    /// The log group that the trail delivers to.
    pub log_group: LogGroupArn,
    /// What is to be done about the filter.
    pub filter: FilterRepair,
    /// Further filters on the same metric, for auditors that no filter satisfies.
    pub companions: Vec<CompanionRepair>,
    /// What is to be done about the alarm.
    pub alarm: AlarmRepair,
    /// Whether the planned topic is part of the chain, so that it and its subscriptions must be there.
    pub topic: TopicUse,
}

/// What is to be done about a control's filter.
#[derive(Debug, Clone, PartialEq)]
pub enum FilterRepair {
    /// Nothing: this filter, whoever made it, covers the control and publishes this metric.
    Adopt {
        /// The filter's name.
        name: String,
        /// Its metric.
        metric: Metric,
    },
    /// A filter is to be made under this name.
    Create(Naming<FilterNames>),
    /// This filter of ours is to be replaced.
    Change(Box<MetricFilter>),
}

/// A further filter that is to be made, or one of ours that is to be replaced, for auditors.
#[derive(Debug, Clone, PartialEq)]
pub struct CompanionRepair {
    /// Its name.
    pub name: Naming<FilterName>,
    /// The filter of ours that it replaces.
    pub before: Option<Box<MetricFilter>>,
    /// Its pattern.
    pub pattern: Pattern,
    /// The metric that it publishes: that of the chain.
    pub metric: Metric,
    /// The auditors that it is for.
    pub serves: BTreeSet<Auditor>,
    /// What it counts beyond the control's pattern.
    pub beyond: Option<String>,
}

/// What is to be done about a control's alarm.
#[derive(Debug, Clone, PartialEq)]
pub enum AlarmRepair {
    /// Nothing: the alarm of this name works as it is.
    Keep(String),
    /// An alarm is to be made under this name.
    Create(Naming<AlarmName>),
    /// This alarm of ours is to be replaced.
    Change(Box<Alarm>),
}

/// Whether the planned topic is part of a control's chain.
#[derive(Debug, Clone, PartialEq)]
pub enum TopicUse {
    /// The control's alarm publishes, or will publish, to the planned topic.
    Planned(Box<PlannedTopic>),
    /// The control's alarm publishes elsewhere.
    Other,
}

/// The last links of a chain that leads to the planned topic; the examination may speak of another one,
/// which is left behind.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedTopic {
    /// The topic.
    pub arn: TopicArn,
    /// The lane whose topic it is.
    pub lane: Lane,
    /// The link `topic`.
    pub topic: Link,
    /// The link `subscription`.
    pub subscription: Link,
    /// Why the key that the topic is to have cannot be used, if it cannot.
    pub key: Option<Link>,
}

impl Repair {
    /// Returns the links of the planned topic, if the chain leads there.
    #[must_use]
    pub fn planned_topic(&self) -> Option<&PlannedTopic> {
        match &self.topic {
            TopicUse::Planned(links) => Some(links),
            TopicUse::Other => None,
        }
    }
}

/// Examines every desired control.
///
/// Where several log groups would do, a control counts as in place when it is in place at any, and as unknown
/// when it may be; what is missing belongs to the one where most is in place already, and nothing is
/// mended elsewhere.
#[must_use]
pub fn examine(desired: &Desired, observed: &Observed) -> Vec<Examination> {
    let mut examinations = examine_chains(desired, observed);
    for examination in &mut examinations {
        let control = desired
            .controls
            .iter()
            .find(|control| control.id == examination.control);
        let defect = control.and_then(|control| control.defect.as_ref());
        examination.remarks.extend(defect.map(prescribed_defect));
    }
    examinations
}

/// Returns the remark that a benchmark's own text is defective, and what is used.
fn prescribed_defect(defect: &PrescribedDefect) -> Remark {
    let PrescribedDefect {
        benchmark,
        defect,
        wording,
    } = defect;
    let used = match wording {
        Wording::Sound => "a sound pattern is used in its place",
        Wording::Verbatim => "it is used all the same",
    };
    Remark {
        code: Code::PrescribedTextDefective,
        detail: format!("the text that {benchmark} prescribes {defect}; {used}"),
        witness: None,
    }
}

fn examine_chains(desired: &Desired, observed: &Observed) -> Vec<Examination> {
    let Ok(trails) = &observed.trails else {
        return without_site(desired, observed);
    };
    let sites = sites(trails, &observed.identity.account);
    let mut at_sites: Vec<Vec<Examination>> = sites
        .iter()
        .map(|site| together::examine_at(desired, observed, *site))
        .collect();
    at_sites.sort_by_key(|examinations| std::cmp::Reverse(merit(examinations)));
    let may_be_sound = at_sites
        .iter()
        .flatten()
        .any(|examination| trail_links(examination).all(Link::may_be_in_place));
    match (
        inherited(trails, &observed.identity.account),
        at_sites.is_empty(),
    ) {
        (Some(trail), _) if !may_be_sound => desired
            .controls
            .iter()
            .map(|control| inherits(control, trail))
            .collect(),
        (_, true) => without_site(desired, observed),
        (_, false) => best_of(at_sites),
    }
}

/// Returns how much is in place at a site: sound trail, working controls, working links.
fn merit(examinations: &[Examination]) -> (bool, usize, usize) {
    let compliant = |examination: &&Examination| examination.verdict == Verdict::Compliant;
    let links = examinations
        .iter()
        .flat_map(|examination| &examination.links);
    (
        examinations.iter().any(is_recorded),
        examinations.iter().filter(compliant).count(),
        links
            .filter(|link| link.state == LinkState::InPlace)
            .count(),
    )
}

/// Returns whether the control's events reach a log group in which they can be found.
fn is_recorded(examination: &Examination) -> bool {
    trail_links(examination).all(|link| link.state == LinkState::InPlace)
}

/// Returns the links from trail to log group that are the same for all controls.
fn trail_links(examination: &Examination) -> impl Iterator<Item = &Link> {
    examination
        .links
        .iter()
        .filter(|link| link.kind <= LinkKind::LogGroup && link.kind != LinkKind::Selectors)
}

/// Takes each control from the first site where it is in place, else from one where it may be, else from the first.
fn best_of(at_sites: Vec<Vec<Examination>>) -> Vec<Examination> {
    at_sites
        .into_iter()
        .reduce(|first, second| {
            let pairs = first.into_iter().zip(second);
            pairs.map(|(one, other)| better(one, other)).collect()
        })
        .unwrap_or_default()
}

/// Returns what counts for a control that was examined at two sites, the first of which is the one to mend.
fn better(one: Examination, other: Examination) -> Examination {
    let rank = |examination: &Examination| match examination.verdict {
        Verdict::Compliant => 2,
        Verdict::Unknown if examination.links.iter().all(Link::may_be_in_place) => 1,
        Verdict::Unknown | Verdict::NonCompliant | Verdict::Inherited => 0,
    };
    if rank(&other) > rank(&one) {
        Examination {
            repair: None,
            ..other
        }
    } else {
        one
    }
}

/// Returns the examination of a control that comes to these links.
fn examination(control: &DesiredControl, links: Vec<Link>) -> Examination {
    let has = |state| links.iter().any(|link| link.state == state);
    let verdict = if has(LinkState::Unknown) {
        Verdict::Unknown
    } else if links.iter().all(|link| link.state == LinkState::InPlace) {
        Verdict::Compliant
    } else {
        Verdict::NonCompliant
    };
    Examination {
        control: control.id.clone(),
        number: control.number.clone(),
        title: control.title.clone(),
        verdict,
        links,
        remarks: Vec::new(),
        repair: None,
    }
}

fn inherits(control: &DesiredControl, trail: &Trail) -> Examination {
    let examination = examination(control, vec![site::inherited(trail)]);
    Examination {
        verdict: Verdict::Inherited,
        ..examination
    }
}

fn without_site(desired: &Desired, observed: &Observed) -> Vec<Examination> {
    let link = site::no_site(observed);
    desired
        .controls
        .iter()
        .map(|control| examination(control, vec![link.clone()]))
        .collect()
}
