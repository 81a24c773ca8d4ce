//! `JUnit` XML: the check as a suite, the controls as its cases.

use std::fmt::Write;

use super::Occasion;
use super::finding::{Finding, PRODUCT};
use crate::escape::visible;
use crate::examine::Verdict;

/// Returns the document.
pub(super) fn print(occasion: &Occasion<'_>, findings: &[Finding<'_>]) -> String {
    let count = |verdict| {
        let alike = findings.iter().filter(|finding| finding.verdict == verdict);
        alike.count()
    };
    let context = occasion.context;
    let counts = format!(
        "tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"",
        findings.len(),
        count(Verdict::NonCompliant),
        count(Verdict::Unknown),
        count(Verdict::Inherited),
    );
    let name = attribute(&format!("{PRODUCT} {}", context.benchmark));
    let place = attribute(&format!("{}/{}", context.account, context.region));
    let time = attribute(occasion.moment.text.trim_end_matches('Z'));
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    // Writing to a string cannot fail.
    let _ = writeln!(xml, "<testsuites name=\"{PRODUCT}\" {counts} time=\"0\">");
    let _ = writeln!(
        xml,
        "  <testsuite name=\"{name}\" hostname=\"{place}\" timestamp=\"{time}\" {counts} time=\"0\">"
    );
    for finding in findings {
        xml.push_str(&case(finding));
    }
    xml.push_str("  </testsuite>\n</testsuites>\n");
    xml
}

fn case(finding: &Finding<'_>) -> String {
    let name = attribute(&finding.heading());
    let class = attribute(&finding.generator());
    let start = format!("    <testcase classname=\"{class}\" name=\"{name}\" time=\"0\"");
    let message = attribute(&finding.summary());
    let (element, kind) = match finding.verdict {
        Verdict::Compliant => return format!("{start}/>\n"),
        Verdict::Inherited => {
            return format!("{start}>\n      <skipped message=\"{message}\"/>\n    </testcase>\n");
        }
        Verdict::NonCompliant => ("failure", "non_compliant"),
        Verdict::Unknown => ("error", "unknown"),
    };
    let reasons: Vec<String> = finding
        .reasons()
        .iter()
        .map(|reason| escaped(reason))
        .collect();
    format!(
        "{start}>\n      <{element} type=\"{kind}\" message=\"{message}\">{}</{element}>\n    </testcase>\n",
        reasons.join("\n")
    )
}

/// Returns a text that can stand between the quotes of an attribute.
fn attribute(text: &str) -> String {
    escaped(text)
}

/// Returns a text in which nothing is markup. What XML cannot hold at all is shown as an escape before.
fn escaped(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in visible(text).chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '"' => shown.push_str("&quot;"),
            '\'' => shown.push_str("&apos;"),
            '\u{fffe}' | '\u{ffff}' => shown.push('\u{fffd}'),
            _ => shown.push(c),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_markup_and_nothing_is_hidden() {
        assert_eq!(
            escaped("<a b='c'>\u{1b}[31m]]>&\u{ffff}##[error]"),
            "&lt;a b=&apos;c&apos;&gt;\\u{1b}[31m]]&gt;&amp;\u{fffd}##\\u{5b}error]"
        );
    }
}
