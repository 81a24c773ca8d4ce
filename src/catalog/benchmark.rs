//! The benchmarks that can be chosen, and the versions of CIS's.

use std::fmt;

/// A version of the CIS AWS Foundations Benchmark, oldest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CisVersion {
    /// 1.0.0
    V1_0_0,
    /// 1.1.0
    V1_1_0,
    /// 1.2.0
    V1_2_0,
    /// 1.3.0
    V1_3_0,
    /// 1.4.0
    V1_4_0,
    /// 1.5.0
    V1_5_0,
    /// 2.0.0
    V2_0_0,
    /// 3.0.0
    V3_0_0,
    /// 4.0.0
    V4_0_0,
    /// 4.0.1
    V4_0_1,
    /// 5.0.0
    V5_0_0,
    /// 6.0.0
    V6_0_0,
    /// 7.0.0
    V7_0_0,
}

impl CisVersion {
    /// All versions, oldest first.
    pub const ALL: [Self; 13] = [
        Self::V1_0_0,
        Self::V1_1_0,
        Self::V1_2_0,
        Self::V1_3_0,
        Self::V1_4_0,
        Self::V1_5_0,
        Self::V2_0_0,
        Self::V3_0_0,
        Self::V4_0_0,
        Self::V4_0_1,
        Self::V5_0_0,
        Self::V6_0_0,
        Self::V7_0_0,
    ];

    /// Returns the benchmark's name, such as `cis-3.0.0`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::V1_0_0 => "cis-1.0.0",
            Self::V1_1_0 => "cis-1.1.0",
            Self::V1_2_0 => "cis-1.2.0",
            Self::V1_3_0 => "cis-1.3.0",
            Self::V1_4_0 => "cis-1.4.0",
            Self::V1_5_0 => "cis-1.5.0",
            Self::V2_0_0 => "cis-2.0.0",
            Self::V3_0_0 => "cis-3.0.0",
            Self::V4_0_0 => "cis-4.0.0",
            Self::V4_0_1 => "cis-4.0.1",
            Self::V5_0_0 => "cis-5.0.0",
            Self::V6_0_0 => "cis-6.0.0",
            Self::V7_0_0 => "cis-7.0.0",
        }
    }

    /// Returns the number of the version, such as `3.0.0`.
    #[must_use]
    pub fn number(self) -> &'static str {
        self.as_str().trim_start_matches("cis-")
    }

    /// Returns the version that [`CisVersion::as_str`] writes so.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|version| version.as_str() == text)
    }
}

impl fmt::Display for CisVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// What `--benchmark` can name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Benchmark {
    /// Every control of the catalog, with the numbers of the newest version.
    #[default]
    Recommended,
    /// A version of the CIS AWS Foundations Benchmark.
    Cis(CisVersion),
    /// The monitoring controls of AWS Security Hub.
    SecurityHub,
}

impl Benchmark {
    /// Returns every benchmark: the recommended one, CIS's from the oldest, Security Hub's.
    pub fn all() -> impl Iterator<Item = Self> {
        let versions = CisVersion::ALL.into_iter().map(Self::Cis);
        [Self::Recommended]
            .into_iter()
            .chain(versions)
            .chain([Self::SecurityHub])
    }

    /// Returns every benchmark with its name.
    #[must_use]
    pub fn choices() -> Vec<(&'static str, Self)> {
        Self::all()
            .map(|benchmark| (benchmark.as_str(), benchmark))
            .collect()
    }

    /// Returns the benchmark of that name.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::all().find(|benchmark| benchmark.as_str() == text)
    }

    /// Returns the benchmark's name as people write it.
    #[must_use]
    pub fn title(self) -> String {
        match self {
            Self::Recommended => "cis-fix recommended".to_owned(),
            Self::Cis(version) => format!("CIS AWS Foundations Benchmark {}", version.number()),
            Self::SecurityHub => "AWS Security Hub".to_owned(),
        }
    }

    /// Returns the benchmark's name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Recommended => "recommended",
            Self::Cis(version) => version.as_str(),
            Self::SecurityHub => "security-hub",
        }
    }
}

impl fmt::Display for Benchmark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_benchmark_is_read_back_by_its_name() {
        assert_eq!(Benchmark::all().count(), 15);
        for benchmark in Benchmark::all() {
            assert_eq!(Benchmark::parse(benchmark.as_str()), Some(benchmark));
        }
        assert_eq!(
            Benchmark::Cis(CisVersion::V4_0_1).title(),
            "CIS AWS Foundations Benchmark 4.0.1"
        );
        assert_eq!(Benchmark::parse("cis-8.0.0"), None);
        assert_eq!(Benchmark::parse("3.0.0"), None);
    }

    #[test]
    fn versions_are_ordered_by_age() {
        assert!(CisVersion::ALL.is_sorted());
        assert!(CisVersion::V1_5_0 < CisVersion::V2_0_0);
    }
}
