//! Comma-separated values: one row for each control.

use super::Occasion;
use super::finding::Finding;
use crate::escape::visible;
use crate::examine::Link;

const COLUMNS: [&str; 9] = [
    "time",
    "account",
    "region",
    "benchmark",
    "number",
    "control",
    "title",
    "verdict",
    "reasons",
];

/// Returns the rows under their headings.
pub(super) fn print(occasion: &Occasion<'_>, findings: &[Finding<'_>]) -> String {
    let mut text = row(&COLUMNS);
    for finding in findings {
        let context = occasion.context;
        let codes: Vec<String> = finding.broken.iter().map(|link| reason(link)).collect();
        text.push_str(&row(&[
            &occasion.moment.text,
            context.account.as_str(),
            context.region.as_str(),
            &context.benchmark,
            finding.number,
            finding.id,
            finding.title,
            finding.verdict.as_str(),
            &codes.join("; "),
        ]));
    }
    text
}

fn reason(link: &Link) -> String {
    format!(
        "{} {}: {}",
        link.code.as_str(),
        link.kind.as_str(),
        link.detail
    )
}

fn row(cells: &[&str]) -> String {
    let cells: Vec<String> = cells.iter().map(|cell| self::cell(cell)).collect();
    format!("{}\n", cells.join(","))
}

/// Returns a cell that a spreadsheet neither splits nor takes for a formula.
fn cell(text: &str) -> String {
    let text = visible(text);
    // An apostrophe in front makes a spreadsheet take the rest for text.
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula {
        format!("'{text}")
    } else {
        text.into_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_neither_split_nor_formulas() {
        for (text, expected) in [
            ("plain", "plain"),
            ("a,b", "\"a,b\""),
            ("say \"no\"", "\"say \"\"no\"\"\""),
            ("=1+1", "'=1+1"),
            ("@cmd,x", "\"'@cmd,x\""),
            ("a\nb", "a\\nb"),
        ] {
            assert_eq!(cell(text), expected);
        }
    }
}
