//! The tools whose findings can be read.

/// A tool whose findings can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scanner {
    /// AWS Security Hub.
    SecurityHub,
    /// Prowler.
    Prowler,
    /// Steampipe and Powerpipe.
    Steampipe,
}

impl Scanner {
    /// All tools.
    pub const ALL: [Self; 3] = [Self::SecurityHub, Self::Prowler, Self::Steampipe];

    /// Returns the tool's name in control files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SecurityHub => "security-hub",
            Self::Prowler => "prowler",
            Self::Steampipe => "steampipe",
        }
    }
}
