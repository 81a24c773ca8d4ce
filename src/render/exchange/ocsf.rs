//! Compliance findings (class 2003) of OCSF 1.5.0, as an array.

use serde::Serialize;

use super::Occasion;
use super::finding::{Finding, PRODUCT, VERSION};
use crate::examine::Verdict;

#[derive(Debug, Serialize)]
pub(super) struct Shape<'run> {
    activity_id: u8,
    activity_name: &'static str,
    category_name: &'static str,
    category_uid: u8,
    class_name: &'static str,
    class_uid: u16,
    cloud: Cloud<'run>,
    compliance: Compliance<'run>,
    finding_info: Info<'run>,
    message: String,
    metadata: Metadata<'run>,
    remediation: Remediation,
    resources: Vec<Resource<'run>>,
    severity: &'static str,
    severity_id: u8,
    status: &'static str,
    status_code: &'static str,
    status_detail: String,
    status_id: u8,
    time: u64,
    time_dt: &'run str,
    type_name: &'static str,
    type_uid: u32,
}

#[derive(Debug, Serialize)]
struct Cloud<'run> {
    account: Account<'run>,
    provider: &'static str,
    region: &'run str,
}

#[derive(Debug, Serialize)]
struct Account<'run> {
    r#type: &'static str,
    type_id: u8,
    uid: &'run str,
}

#[derive(Debug, Serialize)]
struct Compliance<'run> {
    control: &'run str,
    requirements: Vec<&'run str>,
    standards: Vec<&'run str>,
    status: &'static str,
    status_code: &'static str,
    status_details: Vec<String>,
    status_id: u8,
}

#[derive(Debug, Serialize)]
struct Info<'run> {
    analytic: Analytic<'run>,
    created_time: u64,
    created_time_dt: &'run str,
    desc: &'run str,
    title: String,
    types: Vec<&'static str>,
    uid: &'run str,
}

#[derive(Debug, Serialize)]
struct Analytic<'run> {
    name: &'run str,
    r#type: &'static str,
    type_id: u8,
    uid: &'run str,
}

#[derive(Debug, Serialize)]
struct Metadata<'run> {
    event_code: &'run str,
    product: Product,
    profiles: [&'static str; 2],
    version: &'static str,
}

#[derive(Debug, Serialize)]
struct Product {
    name: &'static str,
    uid: &'static str,
    vendor_name: &'static str,
    version: &'static str,
}

#[derive(Debug, Serialize)]
struct Remediation {
    desc: &'static str,
}

#[derive(Debug, Serialize)]
struct Resource<'run> {
    cloud_partition: &'run str,
    region: &'run str,
    r#type: &'static str,
    uid: String,
}

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
    let context = occasion.context;
    let (severity, severity_id) = severity(finding.verdict);
    Shape {
        activity_id: 1,
        activity_name: "Create",
        category_name: "Findings",
        category_uid: 2,
        class_name: "Compliance Finding",
        class_uid: 2003,
        cloud: Cloud {
            account: Account {
                r#type: "AWS Account",
                type_id: 10,
                uid: context.account.as_str(),
            },
            provider: "AWS",
            region: context.region.as_str(),
        },
        compliance: compliance(occasion, finding),
        finding_info: info(occasion, finding),
        message: finding.heading(),
        metadata: metadata(finding),
        remediation: Remediation {
            desc: finding.remedy(),
        },
        resources: vec![Resource {
            cloud_partition: occasion.partition.as_str(),
            region: context.region.as_str(),
            r#type: "AwsAccount",
            uid: format!("AWS::::Account:{}", context.account),
        }],
        severity,
        severity_id,
        status: "New",
        status_code: status_code(finding.verdict),
        status_detail: finding.summary(),
        status_id: 1,
        time: occasion.moment.milliseconds,
        time_dt: &occasion.moment.text,
        type_name: "Compliance Finding: Create",
        type_uid: 200_301,
    }
}

fn compliance<'run>(
    occasion: &'run Occasion<'run>,
    finding: &'run Finding<'run>,
) -> Compliance<'run> {
    let (status, status_id) = match finding.verdict {
        Verdict::Compliant => ("Pass", 1),
        Verdict::NonCompliant => ("Fail", 3),
        Verdict::Unknown => ("Warning", 2),
        Verdict::Inherited => ("Unknown", 0),
    };
    Compliance {
        control: finding.id,
        requirements: vec![finding.number],
        standards: vec![&occasion.context.benchmark],
        status,
        status_code: status_code(finding.verdict),
        status_details: finding.reasons(),
        status_id,
    }
}

fn info<'run>(occasion: &'run Occasion<'run>, finding: &'run Finding<'run>) -> Info<'run> {
    Info {
        analytic: Analytic {
            name: finding.title,
            r#type: "Rule",
            type_id: 1,
            uid: finding.id,
        },
        created_time: occasion.moment.milliseconds,
        created_time_dt: &occasion.moment.text,
        desc: finding.rationale,
        title: finding.heading(),
        types: vec!["Software and Configuration Checks"],
        uid: &finding.uid,
    }
}

fn metadata<'run>(finding: &'run Finding<'run>) -> Metadata<'run> {
    Metadata {
        event_code: finding.id,
        product: Product {
            name: PRODUCT,
            uid: PRODUCT,
            vendor_name: PRODUCT,
            version: VERSION,
        },
        profiles: ["cloud", "datetime"],
        version: "1.5.0",
    }
}

/// Returns the severity of a finding: that of AWS Security Hub for what is wrong.
fn severity(verdict: Verdict) -> (&'static str, u8) {
    match verdict {
        Verdict::NonCompliant | Verdict::Unknown => ("Low", 2),
        Verdict::Compliant | Verdict::Inherited => ("Informational", 1),
    }
}

fn status_code(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Compliant => "PASS",
        Verdict::NonCompliant => "FAIL",
        Verdict::Unknown => "MANUAL",
        Verdict::Inherited => "INHERITED",
    }
}
