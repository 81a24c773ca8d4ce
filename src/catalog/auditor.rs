//! The auditors that a set of filters can be made to satisfy.
//!
//! How each of them decides is not said here, only what it is called.

use std::collections::BTreeSet;
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
    /// Cloud Custodian, whose users write the texts themselves.
    CloudCustodian,
    /// `ElectricEye`.
    ElectricEye,
}

impl Auditor {
    /// All auditors.
    pub const ALL: [Self; 8] = [
        Self::SecurityHub,
        Self::Prowler,
        Self::Steampipe,
        Self::Elastic,
        Self::Trivy,
        Self::ScoutSuite,
        Self::CloudCustodian,
        Self::ElectricEye,
    ];

    /// Returns every auditor with its name.
    #[must_use]
    pub fn choices() -> [(&'static str, Self); 8] {
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
            Self::CloudCustodian => "cloud-custodian",
            Self::ElectricEye => "electriceye",
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
            Self::CloudCustodian => "Cloud Custodian",
            Self::ElectricEye => "ElectricEye",
        }
    }
}

impl fmt::Display for Auditor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Whom the filters are to satisfy.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Satisfy {
    /// Every auditor, as far as its texts are sound; nobody asked for one in particular.
    #[default]
    Everybody,
    /// These, also where their texts are defective without being unsound.
    These(BTreeSet<Auditor>),
}

impl Satisfy {
    /// Returns whether an auditor is among them.
    #[must_use]
    pub fn includes(&self, auditor: Auditor) -> bool {
        match self {
            Self::Everybody => true,
            Self::These(auditors) => auditors.contains(&auditor),
        }
    }

    /// Returns whether somebody named the auditor.
    #[must_use]
    pub fn names(&self, auditor: Auditor) -> bool {
        match self {
            Self::Everybody => false,
            Self::These(auditors) => auditors.contains(&auditor),
        }
    }
}
