//! Which control a check of another tool is about.

use super::benchmark::CisVersion;
use super::control::Control;
use super::{Benchmark, Catalog};

/// What may stand in front of the name of a check.
const PREFIXES: [&str; 8] = [
    "security-control/",
    "pci-dss/v/3.2.1/",
    "prowler-",
    "powerpipe-",
    "steampipe-",
    "aws_compliance.",
    "control.",
    "cis-fix/",
];

/// What stands before the version in the identifiers that Security Hub gives to rules of the CIS benchmark.
const HUB_BENCHMARK: &str = "cis-aws-foundations-benchmark/v/";

impl Catalog {
    /// Returns the control that a tool's check is about: by its name, or by the number that it has in a benchmark.
    #[must_use]
    pub fn checked_by(&self, check: &str) -> Option<&Control> {
        let check = PREFIXES.iter().fold(check, |check, prefix| {
            check.strip_prefix(prefix).unwrap_or(check)
        });
        let numbered = hub_item(check).or_else(|| steampipe_item(check));
        if let Some((version, number)) = numbered {
            return self.numbered(version, &number);
        }
        self.controls.iter().find(|control| {
            control.security_hub.as_deref() == Some(check)
                || control.id.as_str() == check
                || control.checks.values().any(|names| names.contains(check))
        })
    }

    fn numbered(&self, version: CisVersion, number: &str) -> Option<&Control> {
        let benchmark = Benchmark::Cis(version);
        self.controls
            .iter()
            .find(|control| control.number(benchmark).as_deref() == Some(number))
    }
}

/// Reads `…cis-aws-foundations-benchmark/v/1.2.0/rule/3.1` and `cis-aws-foundations-benchmark/v/1.4.0/4.3`.
fn hub_item(check: &str) -> Option<(CisVersion, String)> {
    let (_, item) = check.split_once(HUB_BENCHMARK)?;
    let (version, number) = item.split_once('/')?;
    let number = number.strip_prefix("rule/").unwrap_or(number);
    let version = CisVersion::parse(&format!("cis-{version}"))?;
    Some((version, number.to_owned()))
}

/// Reads `cis_v150_4_13`.
fn steampipe_item(check: &str) -> Option<(CisVersion, String)> {
    let (digits, item) = check.strip_prefix("cis_v")?.split_once('_')?;
    let (section, number) = item.split_once('_')?;
    let same = |version: &CisVersion| version.number().replace('.', "") == digits;
    let version = CisVersion::ALL.into_iter().find(same)?;
    Some((version, format!("{section}.{number}")))
}

#[cfg(test)]
mod tests {
    use super::super::scanner::Scanner;
    use super::*;

    #[test]
    fn checks_are_known_by_their_names_in_every_tool() {
        let catalog = Catalog::builtin();
        for (check, control) in [
            ("CloudWatch.13", "route-table-changes"),
            ("security-control/CloudWatch.1", "root-account-usage"),
            (
                "arn:aws:securityhub:::ruleset/cis-aws-foundations-benchmark/v/1.2.0/rule/3.13",
                "route-table-changes",
            ),
            (
                "cis-aws-foundations-benchmark/v/1.4.0/4.3",
                "root-account-usage",
            ),
            ("pci-dss/v/3.2.1/PCI.CW.1", "root-account-usage"),
            ("PCI.CW.1", "root-account-usage"),
            ("cloudwatch_changes_to_vpcs_alarm_configured", "vpc-changes"),
            (
                "prowler-cloudwatch_log_metric_filter_root_usage",
                "root-account-usage",
            ),
            ("aws_compliance.control.cis_v120_3_14", "vpc-changes"),
            ("control.cis_v401_4_15", "organizations-changes"),
            ("powerpipe-cis_v600_5_2", "console-sign-in-without-mfa"),
            (
                "aws_compliance.control.log_metric_filter_vpc",
                "vpc-changes",
            ),
            ("vpc-changes", "vpc-changes"),
        ] {
            let found = catalog.checked_by(check).map(|found| found.id.as_str());
            assert_eq!(found, Some(control), "{check}");
        }
        for check in [
            "CloudWatch.15",
            "cis-aws-foundations-benchmark/v/1.2.0/rule/1.1",
            "cis-aws-foundations-benchmark/v/9.9.9/rule/3.1",
            "cis_v150_4_16",
            "cis_v120_4_1",
            "iam_root_mfa_enabled",
            "",
        ] {
            assert_eq!(catalog.checked_by(check), None, "{check}");
        }
    }

    #[test]
    fn every_control_is_checked_by_prowler_and_steampipe_under_a_name_of_its_own() {
        let catalog = Catalog::builtin();
        for control in catalog.controls() {
            for scanner in [Scanner::Prowler, Scanner::Steampipe] {
                let names = &control.checks[&scanner];
                assert!(!names.is_empty(), "{}", control.id);
                for name in names {
                    assert_eq!(catalog.checked_by(name), Some(control), "{name}");
                }
            }
        }
    }
}
