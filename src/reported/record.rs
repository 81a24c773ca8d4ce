//! JSON of findings: the AWS Security Finding Format, OCSF, and what Steampipe writes.
//!
//! A member of any of the formats is read where it stands, everything else is skipped without being kept.

use serde::Deserialize;

use super::steampipe::{self, Control, Group};
use super::{FindingResult, FindingsFormat, Raw, ReportedError};

/// The outermost object.
#[derive(Debug, Deserialize)]
struct Top {
    #[serde(rename = "Findings", default)]
    findings: Option<Vec<Record>>,
    #[serde(default)]
    groups: Option<Vec<Group>>,
    #[serde(default)]
    controls: Option<Vec<Control>>,
}

/// A finding in either format.
#[derive(Debug, Deserialize)]
struct Record {
    #[serde(rename = "GeneratorId", default)]
    generator: Option<String>,
    #[serde(rename = "AwsAccountId", default)]
    account: Option<String>,
    #[serde(rename = "Region", default)]
    region: Option<String>,
    #[serde(rename = "Resources", default)]
    resources: Option<Vec<Resource>>,
    #[serde(rename = "Compliance", default)]
    hub_compliance: Option<HubCompliance>,
    #[serde(rename = "RecordState", default)]
    lifecycle: Option<String>,
    #[serde(rename = "Workflow", default)]
    workflow: Option<Workflow>,
    #[serde(default)]
    class_uid: Option<u64>,
    #[serde(default)]
    metadata: Option<Metadata>,
    #[serde(default)]
    compliance: Option<Compliance>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    status_code: Option<String>,
    #[serde(default)]
    cloud: Option<Cloud>,
}

#[derive(Debug, Deserialize)]
struct Resource {
    #[serde(rename = "Region", default)]
    region: Option<String>,
}

#[derive(Debug, Deserialize)]
struct HubCompliance {
    #[serde(rename = "Status", default)]
    status: Option<String>,
    #[serde(rename = "SecurityControlId", default)]
    control: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Workflow {
    #[serde(rename = "Status", default)]
    status: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Metadata {
    #[serde(default)]
    event_code: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Compliance {
    #[serde(default)]
    control: Option<String>,
    #[serde(default)]
    status_id: Option<i64>,
}

#[derive(Debug, Deserialize)]
struct Cloud {
    #[serde(default)]
    account: Option<CloudAccount>,
    #[serde(default)]
    region: Option<String>,
}

#[derive(Debug, Deserialize)]
struct CloudAccount {
    #[serde(default)]
    uid: Option<String>,
}

/// The status of a failed compliance finding of OCSF.
const FAIL: i64 = 3;

/// Reads findings from JSON.
pub(super) fn read(text: &str) -> Result<(FindingsFormat, Vec<Raw>), ReportedError> {
    let wrong = |error: serde_json::Error| ReportedError::Json(error.to_string());
    if text.trim_start().starts_with('[') {
        return records(&serde_json::from_str::<Vec<Record>>(text).map_err(wrong)?);
    }
    let top: Top = serde_json::from_str(text).map_err(wrong)?;
    match top {
        Top {
            findings: Some(findings),
            groups: None,
            controls: None,
        } => records(&findings),
        Top {
            findings: None,
            groups,
            controls,
        } if groups.is_some() || controls.is_some() => {
            let mut found = Vec::new();
            steampipe::collect(&Group { groups, controls }, &mut found);
            Ok((FindingsFormat::Steampipe, found))
        }
        Top { .. } => Err(ReportedError::Unknown),
    }
}

fn records(records: &[Record]) -> Result<(FindingsFormat, Vec<Raw>), ReportedError> {
    let mut format = None;
    let mut found = Vec::new();
    for (place, record) in records.iter().enumerate() {
        let number = place + 1;
        let this = record.format().ok_or(match format {
            None => ReportedError::Unknown,
            Some(FindingsFormat::Asff) => ReportedError::Member {
                number,
                member: "GeneratorId",
            },
            Some(_) => ReportedError::Member {
                number,
                member: "class_uid",
            },
        })?;
        if *format.get_or_insert(this) != this {
            return Err(ReportedError::Mixed { number });
        }
        found.push(match this {
            FindingsFormat::Asff => record.asff(number)?,
            FindingsFormat::Ocsf | FindingsFormat::Csv | FindingsFormat::Steampipe => {
                record.ocsf(number)?
            }
        });
    }
    // Nothing was found by whoever wrote an empty list.
    Ok((format.unwrap_or(FindingsFormat::Asff), found))
}

impl Record {
    fn format(&self) -> Option<FindingsFormat> {
        match (&self.generator, self.class_uid) {
            (Some(_), None) => Some(FindingsFormat::Asff),
            (None, Some(_)) => Some(FindingsFormat::Ocsf),
            (Some(_), Some(_)) | (None, None) => None,
        }
    }

    fn asff(&self, number: usize) -> Result<Raw, ReportedError> {
        let missing = |member| ReportedError::Member { number, member };
        let compliance = self.hub_compliance.as_ref();
        let control = compliance.and_then(|compliance| compliance.control.as_ref());
        let checks: Vec<String> = [control, self.generator.as_ref()]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        let account = self.account.clone().ok_or(missing("AwsAccountId"))?;
        let closed = self.lifecycle.as_deref() == Some("ARCHIVED")
            || self.workflow.as_ref().is_some_and(|workflow| {
                matches!(workflow.status.as_deref(), Some("SUPPRESSED" | "RESOLVED"))
            });
        let status = compliance.and_then(|compliance| compliance.status.as_deref());
        let first = self.resources.iter().flatten().next();
        let region = self.region.clone();
        Ok(Raw {
            checks,
            result: result(status == Some("FAILED"), closed),
            account: Some(account),
            region: region.or_else(|| first.and_then(|resource| resource.region.clone())),
        })
    }

    fn ocsf(&self, number: usize) -> Result<Raw, ReportedError> {
        let compliance = self.compliance.as_ref();
        let control = compliance.and_then(|compliance| compliance.control.as_ref());
        let event_code = self
            .metadata
            .as_ref()
            .and_then(|data| data.event_code.as_ref());
        let checks: Vec<String> = [control, event_code]
            .into_iter()
            .flatten()
            .cloned()
            .collect();
        if checks.is_empty() {
            return Err(ReportedError::Member {
                number,
                member: "metadata.event_code",
            });
        }
        let failed = compliance.and_then(|compliance| compliance.status_id) == Some(FAIL)
            || self.status_code.as_deref().is_some_and(is_fail);
        let closed = matches!(
            self.status.as_deref(),
            Some("Suppressed" | "Resolved" | "Archived")
        );
        let cloud = self.cloud.as_ref();
        let account = cloud.and_then(|cloud| cloud.account.as_ref());
        Ok(Raw {
            checks,
            result: result(failed, closed),
            account: account.and_then(|account| account.uid.clone()),
            region: cloud.and_then(|cloud| cloud.region.clone()),
        })
    }
}

fn is_fail(code: &str) -> bool {
    code.eq_ignore_ascii_case("fail") || code.eq_ignore_ascii_case("failed")
}

fn result(failed: bool, closed: bool) -> FindingResult {
    match (failed, closed) {
        (true, false) => FindingResult::Failed,
        (true, true) => FindingResult::Closed,
        (false, _) => FindingResult::NotFailed,
    }
}
