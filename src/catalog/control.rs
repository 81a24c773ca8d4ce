//! A control, as the rest of the program sees it: everything parsed, everything checked.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::auditor::Auditor;
use super::benchmark::{Benchmark, CisVersion};
use super::scanner::Scanner;
use super::wording::Level;
use crate::model::{
    AlarmName, ControlId, FilterName, MetricName, MissingData, Namespace, Operator, Statistic,
};
use crate::pattern::{Event, Pattern};

/// A kind of event that an account must watch, and how cis-fix watches it.
#[derive(Debug, Clone, PartialEq)]
pub struct Control {
    /// Its identifier.
    pub id: ControlId,
    /// Its title.
    pub title: String,
    /// Why it matters.
    pub rationale: String,
    /// What watching costs or brings with it.
    pub impact: String,
    /// What it means: a sound pattern that matches exactly the events that must raise the alarm.
    pub pattern: Pattern,
    /// Where versions of the CIS benchmark name it.
    pub benchmarks: BTreeMap<CisVersion, Reference>,
    /// The number of the Security Hub control, such as `CloudWatch.13`.
    pub security_hub: Option<String>,
    /// Requirements of other frameworks that it serves, by framework.
    pub frameworks: BTreeMap<String, Vec<String>>,
    /// What other tools call their checks of it, by tool.
    pub checks: BTreeMap<Scanner, BTreeSet<String>>,
    /// Where its events come from.
    pub scope: EventScope,
    /// The name of its metric filter.
    pub filter: FilterName,
    /// The metric that the filter publishes.
    pub metric: MetricSettings,
    /// Its alarm.
    pub alarm: AlarmSettings,
    /// Texts that benchmarks prescribe and that mean something else than the pattern.
    pub prescribed: Vec<Prescribed>,
    /// The texts as benchmarks print them, word for word.
    pub printed: Vec<Printed>,
    /// Further patterns that satisfy auditors which refuse the pattern's text.
    pub companions: Vec<Companion>,
    /// Events that the pattern matches.
    pub matches: Vec<Example>,
    /// Events that look alike and that the pattern must ignore.
    pub ignores: Vec<Example>,
}

impl Control {
    /// Returns the newest version of the CIS benchmark that names the control, and where.
    #[must_use]
    pub fn newest(&self) -> Option<(CisVersion, &Reference)> {
        self.benchmarks
            .last_key_value()
            .map(|(version, reference)| (*version, reference))
    }

    /// Returns the control's number in a benchmark; for the recommended one, that of the newest version.
    #[must_use]
    pub fn number(&self, benchmark: Benchmark) -> Option<String> {
        match benchmark {
            Benchmark::Recommended => self
                .newest()
                .map(|(_, reference)| reference.printed_number()),
            Benchmark::Cis(version) => self.benchmarks.get(&version).map(Reference::printed_number),
            Benchmark::SecurityHub => self.security_hub.clone(),
        }
    }

    /// Returns the title that a benchmark prints, or the control's own where it prints none.
    #[must_use]
    pub fn title(&self, benchmark: Benchmark) -> &str {
        match benchmark {
            Benchmark::Recommended | Benchmark::SecurityHub => &self.title,
            Benchmark::Cis(version) => self
                .benchmarks
                .get(&version)
                .map_or(&self.title, |reference| &reference.title),
        }
    }

    /// Returns whether a benchmark has the control. The recommended one has them all.
    #[must_use]
    pub fn is_in(&self, benchmark: Benchmark) -> bool {
        match benchmark {
            Benchmark::Recommended => true,
            Benchmark::Cis(version) => self.benchmarks.contains_key(&version),
            Benchmark::SecurityHub => self.security_hub.is_some(),
        }
    }

    /// Returns the text that a benchmark prescribes, if it means something else than the pattern.
    #[must_use]
    pub fn prescribed(&self, benchmark: Benchmark) -> Option<&Prescribed> {
        self.prescribed
            .iter()
            .find(|prescribed| prescribed.benchmarks.contains(&benchmark))
    }

    /// Returns the text as a benchmark prints it, where it is known.
    #[must_use]
    pub fn printed(&self, benchmark: Benchmark) -> Option<&PrintedText> {
        self.printed
            .iter()
            .find(|printed| printed.benchmarks.contains(&benchmark))
            .map(|printed| &printed.text)
    }

    /// Returns what a benchmark means by the control: its own text, or the control's pattern where that means the same.
    #[must_use]
    pub fn meaning(&self, benchmark: Benchmark) -> &Pattern {
        self.prescribed(benchmark)
            .map_or(&self.pattern, |prescribed| &prescribed.pattern)
    }

    /// Returns the control's profile level in a benchmark where it is known; for the recommended one, that of the newest version.
    #[must_use]
    pub fn level(&self, benchmark: Benchmark) -> Option<Level> {
        let reference = match benchmark {
            Benchmark::Recommended => self.newest().map(|(_, reference)| reference),
            Benchmark::Cis(version) => self.benchmarks.get(&version),
            Benchmark::SecurityHub => None,
        };
        Level::of(reference?.level?)
    }
}

/// Where a version of the CIS benchmark names a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The section and the number in it.
    pub number: (u8, u32),
    /// The title as printed.
    pub title: String,
    /// The profile level, where it is known.
    pub level: Option<u8>,
    /// How it is assessed.
    pub status: Status,
}

impl Reference {
    /// Returns the number as the benchmark prints it, such as `4.13`.
    #[must_use]
    pub fn printed_number(&self) -> String {
        let (section, number) = self.number;
        format!("{section}.{number}")
    }
}

/// How a benchmark wants a control to be assessed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// It counts, in the words of versions before 1.3.0.
    Scored,
    /// A program can assess it.
    Automated,
    /// A person must assess it.
    Manual,
}

impl Status {
    /// All ways, with their names.
    pub const NAMES: [(&'static str, Self); 3] = [
        ("scored", Self::Scored),
        ("automated", Self::Automated),
        ("manual", Self::Manual),
    ];
}

impl fmt::Display for Status {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Scored => "scored",
            Self::Automated => "automated",
            Self::Manual => "manual",
        })
    }
}

/// Which events a control is about, for judging what a trail leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventScope {
    /// The services whose events it is about, such as `kms.amazonaws.com`; none means all.
    pub sources: Option<BTreeSet<String>>,
    /// Which calls it is about.
    pub calls: Calls,
}

/// Which calls a control is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Calls {
    /// Those that change something.
    Write,
    /// All, also those that only read.
    All,
}

/// The metric that a control's filter publishes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricSettings {
    /// Its name. Equal to the filter's name by default, since two auditors join by it.
    pub name: MetricName,
    /// Its namespace.
    pub namespace: Namespace,
    /// The constant that is published for a matching event: a positive number as text.
    pub value: String,
}

/// The alarm of a control.
#[derive(Debug, Clone, PartialEq)]
pub struct AlarmSettings {
    /// Its name.
    pub name: AlarmName,
    /// The statistic.
    pub statistic: Statistic,
    /// The length of a period in seconds: 10, 20, 30 or a multiple of 60.
    pub period: u32,
    /// How many periods are looked at.
    pub evaluation_periods: u32,
    /// The threshold, finite.
    pub threshold: f64,
    /// How the measured value is compared with the threshold.
    pub operator: Operator,
    /// What a period without data counts as.
    pub missing_data: MissingData,
}

/// A text that benchmarks prescribe and that means something else than the control's pattern.
#[derive(Debug, Clone, PartialEq)]
pub struct Prescribed {
    /// The benchmarks that prescribe it.
    pub benchmarks: BTreeSet<Benchmark>,
    /// The text.
    pub pattern: Pattern,
    /// What is wrong with it, if something is.
    pub defect: Option<String>,
}

/// A text as benchmarks print it, word for word.
#[derive(Debug, Clone, PartialEq)]
pub struct Printed {
    /// The benchmarks that print it.
    pub benchmarks: BTreeSet<Benchmark>,
    /// The text.
    pub text: PrintedText,
}

/// A text that was printed.
#[derive(Debug, Clone, PartialEq)]
pub enum PrintedText {
    /// It is a pattern.
    Whole(Pattern),
    /// It is none in the copies that are known.
    Damaged {
        /// The text.
        text: String,
        /// What happened to it.
        damage: String,
    },
}

impl PrintedText {
    /// Returns the text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Whole(pattern) => pattern.text(),
            Self::Damaged { text, .. } => text,
        }
    }
}

/// A further pattern for auditors that refuse the text of the control's pattern.
///
/// Its filter publishes to the same metric, so that it needs no alarm of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct Companion {
    /// The pattern.
    pub pattern: Pattern,
    /// The auditors that accept it and refuse the control's own.
    pub auditors: BTreeSet<Auditor>,
    /// What it is for.
    pub about: String,
    /// What it counts beyond the control's pattern; none means that it is never broader.
    pub beyond: Option<String>,
}

/// An event with what it shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Example {
    /// What it shows.
    pub about: String,
    /// The event.
    pub event: Event,
}
