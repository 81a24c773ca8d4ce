//! Published patterns that are known to be defective, recognised by what they mean.
//!
//! The references are to the list of defects in published material that the project keeps.

use super::{Finding, Rule};
use crate::pattern::ast::{Selector, Tree};
use crate::pattern::{Pattern, Relation, compare};

/// A defective text, what is wrong with it, and where that is recorded.
struct Defect {
    text: &'static str,
    message: &'static str,
    advice: &'static str,
}

const DEFECTS: [Defect; 7] = [
    Defect {
        text: r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") || ($.sourceIPAddress != "delivery.logs.amazonaws.com") || ($.eventName != "HeadBucket") }"#,
        message: "the unauthorized-calls pattern of CIS 1.3 to 1.5 matches practically every event: a call that is not both exclusions satisfies one of them (D1)",
        advice: "join the exclusions with `&&` and put both denial codes in parentheses before them",
    },
    Defect {
        text: r#"{ ($.errorCode = "UnauthorizedOperation") || ($.errorCode = "AccessDenied") || ($.sourceIPAddress != "delivery.logs.amazonaws.com") || ($.eventName != "HeadBucket") }"#,
        message: "this unauthorized-calls pattern matches practically every event: a call that is not both exclusions satisfies one of them (D1)",
        advice: "join the exclusions with `&&`, put both denial codes in parentheses before them, and give the codes their wildcards",
    },
    Defect {
        text: r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }"#,
        message: "the unauthorized-calls pattern of CIS 2.0 to 7.0 lacks parentheses: its exclusions apply to `AccessDenied*` only (D2)",
        advice: "put both denial codes in parentheses",
    },
    Defect {
        text: r#"{ ($.errorCode = "UnauthorizedOperation") || ($.errorCode = "AccessDenied") }"#,
        message: "without wildcards this misses `Client.UnauthorizedOperation` and `AccessDeniedException`, which CloudTrail writes (D3)",
        advice: "write `\"*UnauthorizedOperation\"` and `\"AccessDenied*\"`",
    },
    Defect {
        text: "{ ($.eventSource = ec2.amazonaws.com) && ($.eventName = CreateRoute) || ($.eventName = CreateRouteTable) || ($.eventName = ReplaceRoute) || ($.eventName = ReplaceRouteTableAssociation) || ($.eventName = DeleteRouteTable) || ($.eventName = DeleteRoute) || ($.eventName = DisassociateRouteTable) }",
        message: "the route-table pattern of CIS 3.0 and later lacks parentheses: the event source applies to `CreateRoute` only (D2)",
        advice: "put all event names in parentheses",
    },
    Defect {
        text: r#"{ $.userIdentity.sessionContext.attributes.mfaAuthenticated != "true" && $.userIdentity.invokedBy = "signin.amazonaws.com" }"#,
        message: "the sign-in pattern of CIS 1.0 looks for properties that records of `ConsoleLogin` do not have",
        advice: "ask for `$.eventName = \"ConsoleLogin\"` and `$.additionalEventData.MFAUsed`",
    },
    Defect {
        text: r#"{ ($.eventName = "ConsoleLogin") && ($.additionalEventData.MFAUsed != "Yes") && ($.userIdentity.sessionContext.sessionIssuer.arn != "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/*") }"#,
        message: "sign-ins of IAM users have no session issuer, so this exclusion leaves out the very events it is to find (D9)",
        advice: "add `$.userIdentity.type = \"IAMUser\"` instead",
    },
];

pub(super) fn check(pattern: &Pattern) -> Vec<Finding> {
    let selectors = selectors(pattern);
    let known = DEFECTS
        .iter()
        .filter_map(|defect| Pattern::parse(defect.text).ok().map(|text| (defect, text)));
    // Only patterns that speak of the same properties can mean the same and are worth a comparison.
    let same = known.filter(|(_, text)| {
        self::selectors(text) == selectors
            && compare(pattern, text).relation == Relation::Equivalent
    });
    let whole = pattern.text().trim();
    let start = pattern.text().find(whole).unwrap_or_default();
    same.map(|(defect, _)| {
        Finding::new(
            Rule::PublishedDefect,
            start..start + whole.len(),
            defect.message,
        )
        .with_advice(defect.advice)
    })
    .collect()
}

fn selectors(pattern: &Pattern) -> Vec<&Selector> {
    let Tree::Json(expression) = pattern.tree() else {
        return Vec::new();
    };
    let mut selectors: Vec<&Selector> = expression
        .conditions()
        .into_iter()
        .map(|condition| &condition.selector)
        .collect();
    selectors.sort();
    selectors.dedup();
    selectors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_defect_is_recognised_however_it_is_spelled() {
        for defect in &DEFECTS {
            let pattern = Pattern::parse(defect.text).unwrap();
            let respelled = Pattern::parse(&pattern.to_string().replace(" = ", "=")).unwrap();
            let findings = check(&respelled);
            assert_eq!(findings.len(), 1, "{}", defect.text);
            assert_eq!(findings[0].message, defect.message);
        }
    }

    #[test]
    fn sound_texts_are_not_taken_for_defective_ones() {
        let sound = [
            r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }"#,
            r#"{ (($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*")) && ($.sourceIPAddress != "delivery.logs.amazonaws.com") && ($.eventName != "HeadBucket") }"#,
        ];
        for text in sound {
            assert_eq!(check(&Pattern::parse(text).unwrap()), [], "{text}");
        }
    }
}
