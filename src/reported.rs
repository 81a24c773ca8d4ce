//! What other tools report about an account: their findings files, read and judged by what a run works on.
//!
//! Security Hub (ASFF), Prowler (OCSF, CSV, ASFF), Steampipe and Powerpipe (JSON). The format is told by the content. Members that
//! nobody needs are skipped, those that are needed must have their type. Nothing is concluded here about the account itself.

mod csv;
mod error;
mod record;
mod steampipe;

use std::collections::BTreeSet;
use std::fmt;

use crate::catalog::Catalog;
use crate::model::{AccountId, ControlId, Region};

pub use error::ReportedError;

/// The most bytes that a findings file may have.
pub const LARGEST_FINDINGS: usize = 128 * 1024 * 1024;

/// The form of a findings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingsFormat {
    /// AWS Security Finding Format, as Security Hub and others write it.
    Asff,
    /// Open Cybersecurity Schema Framework, as Prowler and Security Hub write it.
    Ocsf,
    /// Prowler's CSV.
    Csv,
    /// The JSON of Steampipe and Powerpipe.
    Steampipe,
}

impl FindingsFormat {
    /// Returns the format in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Asff => "AWS Security Finding Format",
            Self::Ocsf => "OCSF",
            Self::Csv => "Prowler's CSV",
            Self::Steampipe => "JSON of Steampipe",
        }
    }
}

/// What a findings file says about the controls of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// The form of the file.
    pub format: FindingsFormat,
    /// The findings about controls, in the order of the file.
    pub findings: Vec<Finding>,
    /// How many findings are about something else.
    pub others: usize,
}

/// A finding about a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The control.
    pub control: ControlId,
    /// What was found.
    pub result: FindingResult,
    /// The account, where the file names one.
    pub account: Option<String>,
    /// The Region, where the file names one.
    pub region: Option<String>,
}

/// What a tool found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum FindingResult {
    /// The check failed, and nobody has closed the matter.
    Failed,
    /// The check failed, but the finding is muted, archived, suppressed or resolved.
    Closed,
    /// The check did not fail: it passed, or the tool came to no verdict.
    NotFailed,
}

/// A finding of a file before it is known what it is about.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Raw {
    checks: Vec<String>,
    result: FindingResult,
    account: Option<String>,
    region: Option<String>,
}

impl Reported {
    /// Reads a findings file.
    ///
    /// # Errors
    ///
    /// Tells where the text is in none of the formats.
    pub fn read(text: &str, catalog: &Catalog) -> Result<Self, ReportedError> {
        let text = text.trim_start_matches('\u{feff}');
        let (format, raw) = match text.trim_start().chars().next() {
            None => return Err(ReportedError::Empty),
            Some('[' | '{') => record::read(text)?,
            Some(_) => (FindingsFormat::Csv, csv::read(text)?),
        };
        let total = raw.len();
        let findings: Vec<_> = raw
            .into_iter()
            .filter_map(|raw| finding(raw, catalog))
            .collect();
        Ok(Self {
            format,
            others: total - findings.len(),
            findings,
        })
    }

    /// Returns what the file says about an account and the Regions that a run works in.
    ///
    /// A finding that names no account or Region, or names a Region in which AWS reports what is global, counts for all.
    #[must_use]
    pub fn about(&self, account: &AccountId, regions: &[&Region]) -> Picked {
        let mut picked = Picked::default();
        for finding in &self.findings {
            let here = finding
                .account
                .as_deref()
                .is_none_or(|known| known == account.as_str());
            let region = finding.region.as_deref().filter(|known| !is_global(known));
            let near =
                region.is_none_or(|known| regions.iter().any(|other| other.as_str() == known));
            match (here, near, finding.result) {
                (false, _, _) => {
                    picked.other_accounts.extend(finding.account.clone());
                    picked.elsewhere += 1;
                }
                (true, false, _) => {
                    picked.other_regions.extend(finding.region.clone());
                    picked.elsewhere += 1;
                }
                (true, true, FindingResult::Failed) => {
                    picked.failed.insert(finding.control.clone());
                }
                (true, true, FindingResult::Closed) => picked.closed += 1,
                (true, true, FindingResult::NotFailed) => picked.not_failed += 1,
            }
        }
        picked
    }
}

fn is_global(region: &str) -> bool {
    region.is_empty() || region == "global" || region == "aws-global"
}

fn finding(raw: Raw, catalog: &Catalog) -> Option<Finding> {
    let Raw {
        checks,
        result,
        account,
        region,
    } = raw;
    let known = checks.iter().find_map(|check| catalog.checked_by(check));
    known.map(|control| Finding {
        control: control.id.clone(),
        result,
        account,
        region,
    })
}

/// What a findings file says about what a run works on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Picked {
    /// The controls that failed.
    pub failed: BTreeSet<ControlId>,
    /// How many findings of controls are closed.
    pub closed: usize,
    /// How many findings of controls did not fail.
    pub not_failed: usize,
    /// How many findings of controls are about other accounts or Regions.
    pub elsewhere: usize,
    /// Other accounts that the file names.
    pub other_accounts: BTreeSet<String>,
    /// Other Regions of the account that the file names.
    pub other_regions: BTreeSet<String>,
}

impl Picked {
    /// Returns whether the file says anything about what a run works on.
    #[must_use]
    pub fn is_relevant(&self) -> bool {
        !self.failed.is_empty() || self.closed > 0 || self.not_failed > 0
    }

    /// Returns in words what is about other accounts and Regions, if something is.
    #[must_use]
    pub fn elsewhere_words(&self) -> Option<String> {
        let noun = if self.elsewhere == 1 {
            "finding is"
        } else {
            "findings are"
        };
        let places = [
            ("account", &self.other_accounts),
            ("Region", &self.other_regions),
        ];
        let places: Vec<String> = places
            .into_iter()
            .filter(|(_, names)| !names.is_empty())
            .map(|(kind, names)| format!("{kind} {}", Names(names)))
            .collect();
        (self.elsewhere > 0)
            .then(|| format!("{} {noun} of {}", self.elsewhere, places.join(" and ")))
    }
}

/// The first names of a set, and how many more there are.
struct Names<'set>(&'set BTreeSet<String>);

impl fmt::Display for Names<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHOWN: usize = 5;
        let shown: Vec<String> = self
            .0
            .iter()
            .take(SHOWN)
            .map(|name| format!("`{name}`"))
            .collect();
        f.write_str(&shown.join(", "))?;
        match self.0.len().saturating_sub(SHOWN) {
            0 => Ok(()),
            more => write!(f, " and {more} more"),
        }
    }
}
