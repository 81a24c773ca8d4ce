//! The texts of a control as benchmarks print them: `[[printed]]`.

use std::collections::BTreeSet;

use super::super::benchmark::Benchmark;
use super::super::control::{Printed, PrintedText};
use super::patterns::benchmarks;
use super::references::References;
use super::words;
use crate::pattern::Pattern;
use crate::toml_source::{Member, Table};

/// Reads all printed texts.
pub(super) fn read(table: &mut Table<'_>, references: Option<&References>) -> Option<Vec<Printed>> {
    let tables = table
        .optional("printed")
        .map(|member| member.tables())
        .unwrap_or_default();
    let mut taken = BTreeSet::new();
    let printed: Vec<_> = tables
        .into_iter()
        .map(|table| printed(table, references, &mut taken))
        .collect();
    printed.into_iter().collect()
}

fn printed(
    mut table: Table<'_>,
    references: Option<&References>,
    taken: &mut BTreeSet<Benchmark>,
) -> Option<Printed> {
    let benchmarks = benchmarks(&mut table, references, taken, "prints");
    let text = table.required("text");
    let damage = table.given("damage", |member| {
        member.parsed(|text| words::line(text, words::SENTENCES))
    });
    table.close();
    let damage = damage.ok()?.map(|damage| damage.value);
    Some(Printed {
        text: whole_or_damaged(&text?, damage)?,
        benchmarks: benchmarks?,
    })
}

/// Reads the text; whether it can be read as a pattern must agree with whether `damage` says that it cannot.
fn whole_or_damaged(member: &Member<'_>, damage: Option<String>) -> Option<PrintedText> {
    let text = member.text()?.value;
    match (Pattern::parse(text), damage) {
        (Ok(pattern), None) => Some(PrintedText::Whole(pattern)),
        (Err(_), Some(damage)) => Some(PrintedText::Damaged {
            text: text.to_owned(),
            damage,
        }),
        (Ok(_), Some(_)) => {
            member.refuse(
                "this text is a filter pattern, so `damage` is wrong",
                Some("leave `damage` out".to_owned()),
            );
            None
        }
        (Err(error), None) => {
            let hint = "say in `damage` what happened to the text".to_owned();
            let message = format!("this is not a filter pattern: {error}");
            member.refuse_part(error.span(), message, Some(hint));
            None
        }
    }
}
