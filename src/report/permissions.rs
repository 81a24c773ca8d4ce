//! The report of the permissions that a command needs.

use super::document::{Block, Document, Language, Snippet, Style, Text};
use crate::permissions::{LARGEST_POLICY, Purpose};

pub(super) fn document(purpose: Purpose, policy: &str, size: usize) -> Document {
    let command = format!("cis-fix {}", purpose.as_str());
    Document {
        title: Text::from([
            Style::Strong.span("Permissions for "),
            Style::Name.span(command),
        ]),
        blocks: vec![Block::Snippet(Snippet {
            language: Language::Json,
            lines: policy.lines().map(str::to_owned).collect(),
        })],
        summary: Text::plain(format!(
            "{size} of {LARGEST_POLICY} characters of a managed policy"
        )),
    }
}
