//! A log of SARIF 2.1.0: the controls as rules, the verdicts as results.

use serde::Serialize;

use super::Occasion;
use super::finding::{Finding, PRODUCT, VERSION};
use crate::examine::Verdict;

#[derive(Debug, Serialize)]
pub(super) struct Log<'run> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'run>; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'run> {
    tool: Tool<'run>,
    invocations: [Invocation<'run>; 1],
    results: Vec<SarifResult<'run>>,
}

#[derive(Debug, Serialize)]
struct Tool<'run> {
    driver: Driver<'run>,
}

#[derive(Debug, Serialize)]
struct Driver<'run> {
    name: &'static str,
    version: &'static str,
    rules: Vec<Rule<'run>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Rule<'run> {
    id: &'run str,
    short_description: Message<'run>,
    full_description: Message<'run>,
    help: Message<'run>,
    properties: Properties<'run>,
}

#[derive(Debug, Serialize)]
struct Properties<'run> {
    tags: Vec<&'run str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Invocation<'run> {
    execution_successful: bool,
    end_time_utc: &'run str,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct SarifResult<'run> {
    rule_id: &'run str,
    rule_index: usize,
    kind: &'static str,
    level: &'static str,
    message: OwnedMessage,
    locations: [Location; 1],
    partial_fingerprints: Fingerprints<'run>,
}

#[derive(Debug, Serialize)]
struct Message<'run> {
    text: &'run str,
}

#[derive(Debug, Serialize)]
struct OwnedMessage {
    text: String,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    logical_locations: [LogicalLocation; 1],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogicalLocation {
    fully_qualified_name: String,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct Fingerprints<'run> {
    #[serde(rename = "control/v1")]
    control: &'run str,
}

/// Returns the log.
pub(super) fn log<'run>(
    occasion: &'run Occasion<'run>,
    findings: &'run [Finding<'run>],
) -> Log<'run> {
    Log {
        schema: "https://json.schemastore.org/sarif-2.1.0.json",
        version: "2.1.0",
        runs: [Run {
            tool: Tool {
                driver: Driver {
                    name: PRODUCT,
                    version: VERSION,
                    rules: findings
                        .iter()
                        .map(|finding| rule(occasion, finding))
                        .collect(),
                },
            },
            invocations: [Invocation {
                execution_successful: true,
                end_time_utc: &occasion.moment.text,
            }],
            results: findings
                .iter()
                .enumerate()
                .map(|(index, finding)| result(occasion, index, finding))
                .collect(),
        }],
    }
}

fn rule<'run>(occasion: &'run Occasion<'run>, finding: &'run Finding<'run>) -> Rule<'run> {
    Rule {
        id: finding.id,
        short_description: Message {
            text: finding.title,
        },
        full_description: Message {
            text: finding.rationale,
        },
        help: Message {
            text: finding.remedy(),
        },
        properties: Properties {
            tags: vec![&occasion.context.benchmark, finding.number],
        },
    }
}

fn result<'run>(
    occasion: &Occasion<'_>,
    index: usize,
    finding: &'run Finding<'run>,
) -> SarifResult<'run> {
    // Only what fails may have a level other than `none`.
    let (kind, level) = match finding.verdict {
        Verdict::Compliant => ("pass", "none"),
        Verdict::NonCompliant => ("fail", "error"),
        Verdict::Unknown => ("review", "none"),
        Verdict::Inherited => ("notApplicable", "none"),
    };
    let context = occasion.context;
    SarifResult {
        rule_id: finding.id,
        rule_index: index,
        kind,
        level,
        message: OwnedMessage {
            text: format!("{}: {}", finding.heading(), finding.summary()),
        },
        locations: [Location {
            logical_locations: [LogicalLocation {
                fully_qualified_name: format!("{}/{}", context.account, context.region),
                kind: "resource",
            }],
        }],
        partial_fingerprints: Fingerprints {
            control: &finding.uid,
        },
    }
}
