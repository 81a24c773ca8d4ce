//! What there is to say of a control in any of the formats.

use super::Occasion;
use crate::examine::{Examination, Link, LinkState, Verdict};

/// The name of this program in findings.
pub(super) const PRODUCT: &str = env!("CARGO_PKG_NAME");

/// The version of this program.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A control with its verdict.
#[derive(Debug)]
pub(super) struct Finding<'run> {
    /// The control.
    pub(super) id: &'run str,
    /// Its number, or its identifier where it has none.
    pub(super) number: &'run str,
    /// Its title.
    pub(super) title: &'run str,
    /// Why it matters.
    pub(super) rationale: &'run str,
    /// Its verdict.
    pub(super) verdict: Verdict,
    /// The links that are not in place, in the order of the chain.
    pub(super) broken: Vec<&'run Link>,
    /// What tells the finding from all others, and is equal from run to run.
    pub(super) uid: String,
}

impl<'run> Finding<'run> {
    pub(super) fn new(occasion: &Occasion<'run>, examination: &'run Examination) -> Self {
        let id = examination.control.as_str();
        let control = occasion.catalog.get(&examination.control).or_else(|| {
            let paged = examination.control.paged()?;
            occasion.catalog.get(&paged)
        });
        let context = occasion.context;
        Self {
            id,
            number: examination.number.as_deref().unwrap_or(id),
            title: &examination.title,
            rationale: control.map_or("", |control| control.rationale.as_str()),
            verdict: examination.verdict,
            broken: examination
                .links
                .iter()
                .filter(|link| link.state != LinkState::InPlace)
                .collect(),
            uid: format!("{PRODUCT}/{}/{}/{id}", context.account, context.region),
        }
    }

    /// Returns the number and the title.
    pub(super) fn heading(&self) -> String {
        format!("{} {}", self.number, self.title)
    }

    /// Returns the identifier of whatever checks the control.
    pub(super) fn generator(&self) -> String {
        format!("{PRODUCT}/{}", self.id)
    }

    /// Returns in one line what is wrong, or that nothing is.
    pub(super) fn summary(&self) -> String {
        let told = match self.verdict {
            Verdict::Compliant => return "every link of the chain is in place".to_owned(),
            Verdict::NonCompliant | Verdict::Unknown => self.reasons(),
            Verdict::Inherited => {
                vec!["another account records the events, so its filters count".to_owned()]
            }
        };
        told.join("; ")
    }

    /// Returns a line for each link that is not in place.
    pub(super) fn reasons(&self) -> Vec<String> {
        let reason = |link: &&Link| {
            format!(
                "{}: {} [{}]",
                link.kind.as_str(),
                link.detail,
                link.code.as_str()
            )
        };
        self.broken.iter().map(reason).collect()
    }

    /// Returns what to do about it.
    pub(super) fn remedy(&self) -> &'static str {
        match self.verdict {
            Verdict::Compliant => "Nothing is to be done.",
            Verdict::NonCompliant => {
                "Run `cis-fix plan` to see what would be created, and `cis-fix apply` to create it."
            }
            Verdict::Unknown => "Give the permissions that the reasons name, and check again.",
            Verdict::Inherited => "Check the account that records the events.",
        }
    }
}

/// Returns the first characters of a text, at most so many.
pub(super) fn at_most(text: &str, most: usize) -> String {
    if text.chars().nth(most).is_none() {
        return text.to_owned();
    }
    let kept = text.chars().take(most.saturating_sub(1));
    kept.chain(['…']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_end_in_an_ellipsis() {
        assert_eq!(at_most("äöü", 3), "äöü");
        assert_eq!(at_most("äöüß", 3), "äö…");
        assert_eq!(at_most("", 0), "");
    }
}
