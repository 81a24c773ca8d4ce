//! The shape of `cis-fix/check/v1`, and of the controls in it, which other documents hold too.

use serde::Serialize;
use serde_json::Value;

use super::event::event;
use crate::examine::{Examination, Link, Remark, Verdict};
use crate::report::CheckContext;

/// The document.
#[derive(Debug, Serialize)]
pub(super) struct Check<'report> {
    schema: &'static str,
    account: &'report str,
    region: &'report str,
    benchmark: &'report str,
    controls: Vec<Control<'report>>,
    summary: Counts,
}

impl<'report> Check<'report> {
    pub(super) fn new(
        context: &'report CheckContext,
        examinations: &'report [Examination],
    ) -> Self {
        Self {
            schema: "cis-fix/check/v1",
            account: context.account.as_str(),
            region: context.region.as_str(),
            benchmark: &context.benchmark,
            controls: controls(examinations),
            summary: Counts::of(examinations),
        }
    }
}

/// A control and what was found out about it.
#[derive(Debug, Serialize)]
pub(super) struct Control<'report> {
    id: &'report str,
    number: Option<&'report str>,
    title: &'report str,
    verdict: &'static str,
    links: Vec<LinkShape<'report>>,
    remarks: Vec<RemarkShape<'report>>,
}

/// A link of a control's chain.
#[derive(Debug, Serialize)]
struct LinkShape<'report> {
    link: &'static str,
    state: &'static str,
    code: &'static str,
    detail: &'report str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Value>,
}

/// Something worth knowing about a control.
#[derive(Debug, Serialize)]
struct RemarkShape<'report> {
    code: &'static str,
    detail: &'report str,
    #[serde(skip_serializing_if = "Option::is_none")]
    witness: Option<Value>,
}

/// How many controls have which verdict.
#[derive(Debug, Serialize)]
pub(super) struct Counts {
    controls: usize,
    compliant: usize,
    non_compliant: usize,
    unknown: usize,
    inherited: usize,
}

impl Counts {
    pub(super) fn of(examinations: &[Examination]) -> Self {
        let count = |verdict: Verdict| {
            let alike = examinations.iter().filter(|known| known.verdict == verdict);
            alike.count()
        };
        Self {
            controls: examinations.len(),
            compliant: count(Verdict::Compliant),
            non_compliant: count(Verdict::NonCompliant),
            unknown: count(Verdict::Unknown),
            inherited: count(Verdict::Inherited),
        }
    }
}

pub(super) fn controls(examinations: &[Examination]) -> Vec<Control<'_>> {
    examinations.iter().map(control).collect()
}

fn control(examination: &Examination) -> Control<'_> {
    let Examination {
        control,
        number,
        title,
        verdict,
        links,
        remarks,
        // What would mend the control is told by the plan.
        repair: _,
    } = examination;
    Control {
        id: control.as_str(),
        number: number.as_deref(),
        title,
        verdict: verdict.as_str(),
        links: links.iter().map(link).collect(),
        remarks: remarks.iter().map(remark).collect(),
    }
}

fn link(link: &Link) -> LinkShape<'_> {
    let Link {
        kind,
        state,
        code,
        detail,
        witness,
    } = link;
    LinkShape {
        link: kind.as_str(),
        state: state.as_str(),
        code: code.as_str(),
        detail,
        witness: witness.as_ref().map(event),
    }
}

fn remark(remark: &Remark) -> RemarkShape<'_> {
    let Remark {
        code,
        detail,
        witness,
    } = remark;
    RemarkShape {
        code: code.as_str(),
        detail,
        witness: witness.as_ref().map(event),
    }
}
