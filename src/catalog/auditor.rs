//! The auditors that a set of filters can be made to satisfy.
//!
//! How each of them decides is not said here, only what it is called.

use std::fmt;

/// A program that compares filter patterns with texts of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Auditor {
    /// AWS Security Hub, controls CloudWatch.1 to CloudWatch.14.
    SecurityHub,
    /// Prowler.
    Prowler,
    /// The AWS compliance mod of Steampipe.
    Steampipe,
    /// The posture rules of Elastic.
    Elastic,
    /// Trivy.
    Trivy,
    /// `ScoutSuite`.
    ScoutSuite,
}

impl Auditor {
    /// All auditors.
    pub const ALL: [Self; 6] = [
        Self::SecurityHub,
        Self::Prowler,
        Self::Steampipe,
        Self::Elastic,
        Self::Trivy,
        Self::ScoutSuite,
    ];

    /// Returns every auditor with its name.
    #[must_use]
    pub fn choices() -> [(&'static str, Self); 6] {
        Self::ALL.map(|auditor| (auditor.as_str(), auditor))
    }

    /// Returns the auditor that settings and catalog call `text`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|auditor| auditor.as_str() == text)
    }

    /// Returns the auditor's name in settings and catalog.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecurityHub => "security-hub",
            Self::Prowler => "prowler",
            Self::Steampipe => "steampipe",
            Self::Elastic => "elastic",
            Self::Trivy => "trivy",
            Self::ScoutSuite => "scoutsuite",
        }
    }

    /// Returns the auditor's name as its makers write it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::SecurityHub => "Security Hub",
            Self::Prowler => "Prowler",
            Self::Steampipe => "Steampipe",
            Self::Elastic => "Elastic",
            Self::Trivy => "Trivy",
            Self::ScoutSuite => "ScoutSuite",
        }
    }
}

impl fmt::Display for Auditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
