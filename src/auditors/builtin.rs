//! The auditors that are compiled in.

use crate::toml_source::SourceFile;

/// Every auditor's file, by its path in the repository.
const FILES: [(&str, &str); 8] = [
    (
        "auditors/security-hub.toml",
        include_str!("../../auditors/security-hub.toml"),
    ),
    (
        "auditors/prowler.toml",
        include_str!("../../auditors/prowler.toml"),
    ),
    (
        "auditors/steampipe.toml",
        include_str!("../../auditors/steampipe.toml"),
    ),
    (
        "auditors/elastic.toml",
        include_str!("../../auditors/elastic.toml"),
    ),
    (
        "auditors/trivy.toml",
        include_str!("../../auditors/trivy.toml"),
    ),
    (
        "auditors/scoutsuite.toml",
        include_str!("../../auditors/scoutsuite.toml"),
    ),
    (
        "auditors/cloud-custodian.toml",
        include_str!("../../auditors/cloud-custodian.toml"),
    ),
    (
        "auditors/electriceye.toml",
        include_str!("../../auditors/electriceye.toml"),
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
