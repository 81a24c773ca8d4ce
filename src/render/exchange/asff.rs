//! Findings in the AWS Security Finding Format, as `aws securityhub batch-import-findings --findings file://…` takes them.

use serde::Serialize;

use super::Occasion;
use super::finding::{Finding, PRODUCT, VERSION, at_most};
use crate::examine::{Link, Verdict};

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Shape<'run> {
    schema_version: &'static str,
    id: &'run str,
    product_arn: String,
    generator_id: String,
    #[serde(rename = "AwsAccountId")]
    account: &'run str,
    types: [&'static str; 1],
    created_at: &'run str,
    updated_at: &'run str,
    severity: Severity,
    title: String,
    description: String,
    remediation: Remediation,
    product_fields: ProductFields,
    resources: [Resource<'run>; 1],
    compliance: Compliance,
    record_state: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Severity {
    label: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Remediation {
    recommendation: Recommendation,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Recommendation {
    text: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ProductFields {
    provider_name: &'static str,
    provider_version: &'static str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Resource<'run> {
    r#type: &'static str,
    id: String,
    partition: &'run str,
    region: &'run str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Compliance {
    status: &'static str,
    related_requirements: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    status_reasons: Vec<StatusReason>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct StatusReason {
    reason_code: &'static str,
    description: String,
}

/// The most characters of a title.
const TITLE: usize = 256;

/// The most characters of a description.
const DESCRIPTION: usize = 1024;

/// Returns the findings.
pub(super) fn findings<'run>(
    occasion: &'run Occasion<'run>,
    findings: &'run [Finding<'run>],
) -> Vec<Shape<'run>> {
    findings
        .iter()
        .map(|finding| shape(occasion, finding))
        .collect()
}

fn shape<'run>(occasion: &'run Occasion<'run>, finding: &'run Finding<'run>) -> Shape<'run> {
    let (account, region) = (&occasion.context.account, &occasion.context.region);
    let partition = occasion.partition.as_str();
    Shape {
        schema_version: "2018-10-08",
        id: &finding.uid,
        product_arn: format!(
            "arn:{partition}:securityhub:{region}:{account}:product/{account}/default"
        ),
        generator_id: finding.generator(),
        account: account.as_str(),
        types: [
            "Software and Configuration Checks/Industry and Regulatory Standards/CIS AWS Foundations Benchmark",
        ],
        created_at: &occasion.moment.text,
        updated_at: &occasion.moment.text,
        severity: Severity {
            label: match finding.verdict {
                Verdict::NonCompliant | Verdict::Unknown => "LOW",
                Verdict::Compliant | Verdict::Inherited => "INFORMATIONAL",
            },
        },
        title: at_most(&finding.heading(), TITLE),
        description: at_most(
            &format!("{} {}", finding.summary(), finding.rationale),
            DESCRIPTION,
        ),
        remediation: Remediation {
            recommendation: Recommendation {
                text: finding.remedy(),
            },
        },
        product_fields: ProductFields {
            provider_name: PRODUCT,
            provider_version: VERSION,
        },
        resources: [Resource {
            r#type: "AwsAccount",
            id: format!("AWS::::Account:{account}"),
            partition,
            region: region.as_str(),
        }],
        compliance: compliance(occasion, finding),
        record_state: "ACTIVE",
    }
}

fn compliance(occasion: &Occasion<'_>, finding: &Finding<'_>) -> Compliance {
    let reason = |link: &&Link| StatusReason {
        reason_code: link.code.as_str(),
        description: at_most(&link.detail, DESCRIPTION),
    };
    Compliance {
        status: match finding.verdict {
            Verdict::Compliant => "PASSED",
            Verdict::NonCompliant => "FAILED",
            Verdict::Unknown => "WARNING",
            Verdict::Inherited => "NOT_AVAILABLE",
        },
        related_requirements: vec![format!("{}/{}", occasion.context.benchmark, finding.number)],
        status_reasons: finding.broken.iter().map(reason).collect(),
    }
}
