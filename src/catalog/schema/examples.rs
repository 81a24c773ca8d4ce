//! Events that show what a control means: `[[matches]]` and `[[ignores]]`.

use std::fmt;

use super::super::control::Example;
use super::words;
use crate::pattern::{Event, Pattern};
use crate::toml_source::{Member, Table};

/// How many examples of each kind a control must have.
const LEAST: usize = 2;

/// Whether events must match or must not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// They must.
    Matches,
    /// They must not.
    Ignores,
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Matches => "matches",
            Self::Ignores => "ignores",
        })
    }
}

/// Reads the examples of one kind and tries them on the pattern, when there is one.
pub(super) fn read(
    table: &mut Table<'_>,
    kind: Kind,
    intent: Option<&Pattern>,
) -> Option<Vec<Example>> {
    let member = table.required(&kind.to_string())?;
    let tables = member.tables();
    if tables.len() < LEAST {
        member.refuse(
            format!(
                "a control needs at least {LEAST} `[[{kind}]]`, not {}",
                tables.len()
            ),
            None,
        );
    }
    let examples: Vec<_> = tables
        .into_iter()
        .map(|table| example(table, kind, intent))
        .collect();
    examples.into_iter().collect()
}

fn example(mut table: Table<'_>, kind: Kind, intent: Option<&Pattern>) -> Option<Example> {
    let about = words::required(&mut table, "about", words::SENTENCES);
    let member = table.required("event");
    table.close();
    let member = member?;
    let event = member.parsed(event)?.value;
    if let Some(pattern) = intent {
        try_on(&member, &event, kind, pattern);
    }
    Some(Example {
        about: about?,
        event,
    })
}

/// Records it when the event contradicts the pattern.
fn try_on(member: &Member<'_>, event: &Event, kind: Kind, pattern: &Pattern) {
    match (kind, pattern.matches(event)) {
        (Kind::Matches, false) => {
            member.refuse("the pattern does not match this event", None);
        }
        (Kind::Ignores, true) => {
            member.refuse("the pattern matches this event, which it must ignore", None);
        }
        (Kind::Matches, true) | (Kind::Ignores, false) => {}
    }
}

/// Returns the event if it is a JSON object.
fn event(text: &str) -> Result<Event, String> {
    let event = Event::parse(text);
    if event.value().is_some() {
        return Ok(event);
    }
    Err(match serde_json::from_str::<serde_json::Value>(text) {
        Ok(_) => "the event is JSON, but not an object".to_owned(),
        Err(error) => format!("the event is not JSON: {error}"),
    })
}
