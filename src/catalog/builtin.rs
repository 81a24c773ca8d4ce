//! The texts of the controls that are compiled in, in the order of the benchmark.

use crate::toml_source::SourceFile;

/// The files of `controls/` with their texts; a test demands every one of them.
const FILES: [(&str, &str); 15] = [
    (
        "controls/unauthorized-api-calls.toml",
        include_str!("../../controls/unauthorized-api-calls.toml"),
    ),
    (
        "controls/console-sign-in-without-mfa.toml",
        include_str!("../../controls/console-sign-in-without-mfa.toml"),
    ),
    (
        "controls/root-account-usage.toml",
        include_str!("../../controls/root-account-usage.toml"),
    ),
    (
        "controls/iam-policy-changes.toml",
        include_str!("../../controls/iam-policy-changes.toml"),
    ),
    (
        "controls/cloudtrail-configuration-changes.toml",
        include_str!("../../controls/cloudtrail-configuration-changes.toml"),
    ),
    (
        "controls/console-authentication-failures.toml",
        include_str!("../../controls/console-authentication-failures.toml"),
    ),
    (
        "controls/cmk-disable-or-scheduled-deletion.toml",
        include_str!("../../controls/cmk-disable-or-scheduled-deletion.toml"),
    ),
    (
        "controls/s3-bucket-policy-changes.toml",
        include_str!("../../controls/s3-bucket-policy-changes.toml"),
    ),
    (
        "controls/aws-config-configuration-changes.toml",
        include_str!("../../controls/aws-config-configuration-changes.toml"),
    ),
    (
        "controls/security-group-changes.toml",
        include_str!("../../controls/security-group-changes.toml"),
    ),
    (
        "controls/network-acl-changes.toml",
        include_str!("../../controls/network-acl-changes.toml"),
    ),
    (
        "controls/network-gateway-changes.toml",
        include_str!("../../controls/network-gateway-changes.toml"),
    ),
    (
        "controls/route-table-changes.toml",
        include_str!("../../controls/route-table-changes.toml"),
    ),
    (
        "controls/vpc-changes.toml",
        include_str!("../../controls/vpc-changes.toml"),
    ),
    (
        "controls/organizations-changes.toml",
        include_str!("../../controls/organizations-changes.toml"),
    ),
];

/// Returns the files that are compiled in.
pub(super) fn files() -> Vec<SourceFile> {
    let file = |(name, text): (&str, &str)| SourceFile {
        name: name.to_owned(),
        text: text.to_owned(),
    };
    FILES.into_iter().map(file).collect()
}
