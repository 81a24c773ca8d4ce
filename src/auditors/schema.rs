//! The form of an auditor's file: which keys it has and what they may say.
//!
//! A profile comes out only when everything is right; each mistake is recorded where it stands.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::clauses::{Clause, Clauses, Order, Parentheses, Quotes};
use super::grouping::Group;
use super::wording::Blanks;
use super::{Ask, Demand, Elsewhere, Join, Profile, Wording};
use crate::catalog::Auditor;
use crate::model::ControlId;
use crate::toml_source::{Document, Member, Table};

/// How texts are compared, without the texts.
#[derive(Debug, Clone, Copy)]
enum Manner {
    SameText(Blanks),
    ContainedText,
    Clauses(Style),
    SameClauses,
    OwnText,
}

/// How clauses are looked for.
#[derive(Debug, Clone, Copy)]
struct Style {
    order: Order,
    parentheses: Parentheses,
    quotes: Quotes,
}

#[derive(Debug, Clone, Copy)]
enum Kind {
    SameText,
    ContainedText,
    Clauses,
    SameClauses,
    OwnText,
}

const KINDS: [(&str, Kind); 5] = [
    ("same-text", Kind::SameText),
    ("contained-text", Kind::ContainedText),
    ("clauses", Kind::Clauses),
    ("same-clauses", Kind::SameClauses),
    ("own-text", Kind::OwnText),
];

/// Reads the auditor that a document is, with the place of its name.
pub(super) fn read(document: &Document<'_>) -> Option<(Range<usize>, Profile)> {
    let mut table = document.root();
    let auditor = table
        .required("auditor")
        .and_then(|member| member.choice(&Auditor::choices()));
    let about = line(&mut table, "about");
    let manner = manner(&mut table);
    let join = table
        .required("joins")
        .and_then(|member| member.choice(&Join::NAMES));
    let asks = table
        .required("asks")
        .and_then(|member| asks(&member.list()));
    let elsewhere = table
        .required("elsewhere")
        .and_then(|member| member.choice(&Elsewhere::NAMES));
    let tables = table
        .optional("control")
        .map(|member| member.tables())
        .unwrap_or_default();
    let mut seen = BTreeSet::new();
    let demands: Vec<_> = tables
        .into_iter()
        .map(|table| demand(table, manner, &mut seen))
        .collect();
    table.close();
    let (auditor, join, elsewhere) = (auditor?, join?, elsewhere?);
    let profile = Profile {
        auditor: auditor.value,
        about: about?,
        demands: demands.into_iter().collect::<Option<BTreeMap<_, _>>>()?,
        join: join.value,
        asks: asks?,
        elsewhere: elsewhere.value,
    };
    Some((auditor.span, profile))
}

fn line(table: &mut Table<'_>, key: &str) -> Option<String> {
    Some(table.required(key)?.parsed(sentence)?.value)
}

fn sentence(text: &str) -> Result<String, &'static str> {
    if text.trim().is_empty() || text.chars().any(char::is_control) {
        return Err("this must be one line of text");
    }
    Ok(text.to_owned())
}

fn asks(members: &[Member<'_>]) -> Option<BTreeSet<Ask>> {
    let read: Vec<_> = members
        .iter()
        .map(|member| member.choice(&Ask::NAMES))
        .collect();
    read.into_iter()
        .map(|ask| ask.map(|ask| ask.value))
        .collect()
}

fn manner(table: &mut Table<'_>) -> Option<Manner> {
    let kind = table.required("compare")?.choice(&KINDS)?.value;
    Some(match kind {
        Kind::SameText => {
            let blanks = table.required("blanks")?.choice(&Blanks::NAMES)?;
            Manner::SameText(blanks.value)
        }
        Kind::ContainedText => Manner::ContainedText,
        Kind::SameClauses => Manner::SameClauses,
        Kind::OwnText => Manner::OwnText,
        Kind::Clauses => {
            let order = table.required("order");
            let parentheses = table.required("parentheses");
            let quotes = table.required("quotes");
            Manner::Clauses(Style {
                order: order?.choice(&Order::NAMES)?.value,
                parentheses: parentheses?.choice(&Parentheses::NAMES)?.value,
                quotes: quotes?.choice(&Quotes::NAMES)?.value,
            })
        }
    })
}

/// Reads `[[control]]`.
fn demand(
    mut table: Table<'_>,
    manner: Option<Manner>,
    seen: &mut BTreeSet<ControlId>,
) -> Option<(ControlId, Demand)> {
    let id = table.required("id").and_then(|member| {
        let id = member.parsed(ControlId::parse)?.value;
        if !seen.insert(id.clone()) {
            member.refuse(format!("`{id}` is there already"), None);
        }
        Some(id)
    });
    let asks = table.given("asks", |member| asks(&member.list()));
    let defect = table.given("defect", |member| member.parsed(sentence));
    let about = table.given("about", |member| member.parsed(sentence));
    // Without a manner, which is a mistake by itself, nothing can be said about what else is there.
    let wording = wording(&mut table, manner?);
    table.close();
    let demand = Demand {
        wording: wording?,
        asks: asks.ok()?.unwrap_or_default(),
        defect: defect.ok()?.map(|text| text.value),
        about: about.ok()?.map(|text| text.value),
    };
    Some((id?, demand))
}

fn wording(table: &mut Table<'_>, manner: Manner) -> Option<Wording> {
    match manner {
        Manner::OwnText => Some(Wording::OwnText),
        Manner::ContainedText => {
            let text = table.required("text")?.parsed(sentence)?;
            Some(Wording::ContainedText(text.value))
        }
        Manner::SameText(blanks) => {
            let texts = list(table, "texts", sentence)?;
            Some(Wording::SameText { texts, blanks })
        }
        Manner::SameClauses => {
            let both = list(table, "texts", |text| {
                let group = Group::parse(text).ok_or("this does not read as clauses")?;
                Ok((text.to_owned(), group))
            })?;
            let (texts, groups) = both.into_iter().unzip();
            Some(Wording::SameClauses { texts, groups })
        }
        Manner::Clauses(style) => {
            let order = table.given("order", |member| member.choice(&Order::NAMES));
            let parentheses =
                table.given("parentheses", |member| member.choice(&Parentheses::NAMES));
            let quotes = table.given("quotes", |member| member.choice(&Quotes::NAMES));
            let list = list(table, "clauses", Clause::parse);
            Some(Wording::Clauses(Clauses {
                list: list?,
                order: order.ok()?.map_or(style.order, |order| order.value),
                parentheses: parentheses
                    .ok()?
                    .map_or(style.parentheses, |parentheses| parentheses.value),
                quotes: quotes.ok()?.map_or(style.quotes, |quotes| quotes.value),
            }))
        }
    }
}

/// Reads a list that is not empty.
fn list<T>(
    table: &mut Table<'_>,
    key: &str,
    parse: impl Fn(&str) -> Result<T, &'static str>,
) -> Option<Vec<T>> {
    let member = table.required(key)?;
    let read: Vec<_> = member
        .list()
        .iter()
        .map(|member| member.parsed(&parse))
        .collect();
    if read.is_empty() {
        member.refuse(format!("`{key}` is empty"), None);
        return None;
    }
    read.into_iter()
        .map(|placed| placed.map(|placed| placed.value))
        .collect()
}
