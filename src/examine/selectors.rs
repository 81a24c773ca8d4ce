//! Which of a control's events a trail's selectors let through (CloudTrail API, `GetEventSelectors`).

use std::collections::BTreeSet;

use super::code::Code;
use crate::desired::{Calls, EventScope};
use crate::model::{AdvancedSelector, BasicSelector, EventSelectors, FieldSelector, ReadWrite};

/// A service that no selector names: stands for all services that are not named.
const ANY_OTHER: &str = "other.amazonaws.com";

/// A kind of management event: the service it comes from and whether the call only reads.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Kind {
    source: String,
    read_only: bool,
}

/// What a trail leaves out of a control's events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Gap {
    pub(super) code: Code,
    pub(super) detail: String,
}

/// Returns what the selectors leave out of the events in `scope`; none when all of them are recorded.
pub(super) fn gap(selectors: &EventSelectors, scope: &EventScope) -> Option<Gap> {
    let lost: Vec<Kind> = kinds(selectors, scope)
        .into_iter()
        .filter(|kind| !records(selectors, kind))
        .collect();
    let lost_sources: BTreeSet<&str> = lost.iter().map(|kind| kind.source.as_str()).collect();
    let keeps = |read_only| {
        records(
            selectors,
            &Kind {
                source: ANY_OTHER.to_owned(),
                read_only,
            },
        )
    };
    let (code, left_out) = if lost.is_empty() {
        return None;
    } else if !records_any(selectors) {
        (
            Code::SelectorsNoManagementEvents,
            "management events".to_owned(),
        )
    } else if !keeps(false) && keeps(true) {
        (
            Code::SelectorsWritesMissing,
            "calls that change something".to_owned(),
        )
    } else if !keeps(true) && keeps(false) {
        (
            Code::SelectorsReadsMissing,
            "calls that only read".to_owned(),
        )
    } else if lost_sources.contains(ANY_OTHER) || lost.iter().any(|kind| !keeps(kind.read_only)) {
        (
            Code::SelectorsNarrowed,
            "some of the control's events".to_owned(),
        )
    } else {
        let sources: Vec<&str> = lost_sources.into_iter().collect();
        (
            Code::SelectorsSourceExcluded,
            format!("management events of {}", sources.join(" and ")),
        )
    };
    Some(Gap {
        code,
        detail: format!("the trail's selectors leave out {left_out}"),
    })
}

/// Returns the kinds of events that the control is about, as far as the selectors can tell them apart.
fn kinds(selectors: &EventSelectors, scope: &EventScope) -> BTreeSet<Kind> {
    let sources = scope.sources.clone().unwrap_or_else(|| {
        let mut sources = named_sources(selectors);
        sources.insert(ANY_OTHER.to_owned());
        sources
    });
    let calls: &[bool] = match scope.calls {
        Calls::Write => &[false],
        Calls::All => &[false, true],
    };
    sources
        .iter()
        .flat_map(|source| {
            calls.iter().map(|read_only| Kind {
                source: source.clone(),
                read_only: *read_only,
            })
        })
        .collect()
}

/// Returns the services that the selectors name, or a part of whose names they name.
fn named_sources(selectors: &EventSelectors) -> BTreeSet<String> {
    match selectors {
        EventSelectors::Basic(basic) => basic
            .iter()
            .flat_map(|selector| selector.excluded_sources.iter().cloned())
            .collect(),
        EventSelectors::Advanced(advanced) => advanced
            .iter()
            .flat_map(|selector| &selector.fields)
            .filter(|field| field.field == "eventSource")
            .flat_map(|field| {
                let parts = field.starts_with.iter().chain(&field.ends_with);
                let refused = field.not_starts_with.iter().chain(&field.not_ends_with);
                let whole = field.equals.iter().chain(&field.not_equals);
                whole.chain(parts).chain(refused).cloned()
            })
            .collect(),
    }
}

/// Returns whether the selectors record any management event at all.
fn records_any(selectors: &EventSelectors) -> bool {
    match selectors {
        EventSelectors::Basic(basic) => {
            basic.is_empty()
                || basic
                    .iter()
                    .any(|selector| selector.includes_management_events)
        }
        EventSelectors::Advanced(advanced) => advanced.iter().any(|selector| {
            selector
                .fields
                .iter()
                .any(|field| field.field == "eventCategory" && accepts(field, "Management"))
        }),
    }
}

/// Returns whether events of this kind are recorded. A trail without selectors records all management events.
fn records(selectors: &EventSelectors, kind: &Kind) -> bool {
    match selectors {
        EventSelectors::Basic(basic) => {
            basic.is_empty() || basic.iter().any(|selector| takes_basic(selector, kind))
        }
        EventSelectors::Advanced(advanced) => advanced
            .iter()
            .any(|selector| takes_advanced(selector, kind)),
    }
}

fn takes_basic(selector: &BasicSelector, kind: &Kind) -> bool {
    let BasicSelector {
        read_write,
        includes_management_events,
        excluded_sources,
    } = selector;
    let calls = match read_write {
        ReadWrite::All => true,
        ReadWrite::ReadOnly => kind.read_only,
        ReadWrite::WriteOnly => !kind.read_only,
    };
    *includes_management_events && calls && !excluded_sources.contains(&kind.source)
}

/// Returns whether every field accepts the kind; a field that this version does not know may refuse some events.
fn takes_advanced(selector: &AdvancedSelector, kind: &Kind) -> bool {
    let read_only = if kind.read_only { "true" } else { "false" };
    let mut is_management = false;
    let all = selector
        .fields
        .iter()
        .all(|field| match field.field.as_str() {
            "eventCategory" => {
                is_management = accepts(field, "Management");
                is_management
            }
            "eventSource" => accepts(field, &kind.source),
            "readOnly" => accepts(field, read_only),
            _ => false,
        });
    all && is_management
}

fn accepts(condition: &FieldSelector, value: &str) -> bool {
    let FieldSelector {
        field: _,
        equals,
        starts_with,
        ends_with,
        not_equals,
        not_starts_with,
        not_ends_with,
    } = condition;
    let wanted = equals.is_empty() && starts_with.is_empty() && ends_with.is_empty()
        || equals.iter().any(|text| text == value)
        || starts_with.iter().any(|text| value.starts_with(text))
        || ends_with.iter().any(|text| value.ends_with(text));
    wanted
        && not_equals.iter().all(|text| text != value)
        && not_starts_with.iter().all(|text| !value.starts_with(text))
        && not_ends_with.iter().all(|text| !value.ends_with(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(
        read_write: ReadWrite,
        includes_management_events: bool,
        excluded: &[&str],
    ) -> EventSelectors {
        let excluded_sources = excluded.iter().map(|&source| source.to_owned()).collect();
        EventSelectors::Basic(vec![BasicSelector {
            read_write,
            includes_management_events,
            excluded_sources,
        }])
    }

    fn advanced(fields: &[(&str, &[&str], &[&str])]) -> EventSelectors {
        let texts = |values: &[&str]| values.iter().map(|&value| value.to_owned()).collect();
        let fields = fields
            .iter()
            .map(|(field, equals, not_equals)| FieldSelector {
                field: (*field).to_owned(),
                equals: texts(equals),
                not_equals: texts(not_equals),
                ..FieldSelector::default()
            })
            .collect();
        EventSelectors::Advanced(vec![AdvancedSelector { fields }])
    }

    fn scope(source: Option<&str>, calls: Calls) -> EventScope {
        EventScope {
            sources: source.map(|source| BTreeSet::from([source.to_owned()])),
            calls,
        }
    }

    const KMS: &str = "kms.amazonaws.com";
    const MANAGEMENT: (&str, &[&str], &[&str]) = ("eventCategory", &["Management"], &[]);

    fn kms() -> EventScope {
        scope(Some(KMS), Calls::Write)
    }

    fn iam() -> EventScope {
        scope(Some("iam.amazonaws.com"), Calls::Write)
    }

    fn every() -> EventScope {
        scope(None, Calls::All)
    }

    fn check(cases: impl IntoIterator<Item = (EventSelectors, EventScope, Option<Code>)>) {
        for (selectors, scope, code) in cases {
            assert_eq!(
                gap(&selectors, &scope).map(|gap| gap.code),
                code,
                "{selectors:?} {scope:?}"
            );
        }
    }

    #[test]
    fn each_kind_of_loss_by_basic_selectors_has_its_code() {
        check([
            (basic(ReadWrite::All, true, &[]), every(), None),
            (EventSelectors::Basic(Vec::new()), every(), None),
            (
                basic(ReadWrite::All, false, &[]),
                iam(),
                Some(Code::SelectorsNoManagementEvents),
            ),
            (basic(ReadWrite::WriteOnly, true, &[]), iam(), None),
            (
                basic(ReadWrite::WriteOnly, true, &[]),
                every(),
                Some(Code::SelectorsReadsMissing),
            ),
            (
                basic(ReadWrite::ReadOnly, true, &[]),
                iam(),
                Some(Code::SelectorsWritesMissing),
            ),
            (
                basic(ReadWrite::All, true, &[KMS]),
                kms(),
                Some(Code::SelectorsSourceExcluded),
            ),
            (
                basic(ReadWrite::All, true, &[KMS]),
                every(),
                Some(Code::SelectorsSourceExcluded),
            ),
            (basic(ReadWrite::All, true, &[KMS]), iam(), None),
        ]);
    }

    #[test]
    fn each_kind_of_loss_by_advanced_selectors_has_its_code() {
        let without_kms: (&str, &[&str], &[&str]) = ("eventSource", &[], &[KMS]);
        let writes: (&str, &[&str], &[&str]) = ("readOnly", &["false"], &[]);
        let one_name: (&str, &[&str], &[&str]) = ("eventName", &["x"], &[]);
        let data: (&str, &[&str], &[&str]) = ("eventCategory", &["Data"], &[]);
        check([
            (advanced(&[MANAGEMENT]), every(), None),
            (
                advanced(&[MANAGEMENT, without_kms]),
                kms(),
                Some(Code::SelectorsSourceExcluded),
            ),
            (advanced(&[MANAGEMENT, without_kms]), iam(), None),
            (
                advanced(&[MANAGEMENT, writes]),
                every(),
                Some(Code::SelectorsReadsMissing),
            ),
            (advanced(&[MANAGEMENT, writes]), kms(), None),
            (
                advanced(&[MANAGEMENT, one_name]),
                iam(),
                Some(Code::SelectorsNarrowed),
            ),
            (
                advanced(&[data]),
                iam(),
                Some(Code::SelectorsNoManagementEvents),
            ),
        ]);
    }

    #[test]
    fn a_refused_ending_is_a_loss() {
        let but_kms = FieldSelector {
            field: "eventSource".to_owned(),
            not_ends_with: vec![KMS.to_owned()],
            ..FieldSelector::default()
        };
        let EventSelectors::Advanced(mut selectors) = advanced(&[MANAGEMENT]) else {
            unreachable!()
        };
        selectors[0].fields.push(but_kms);
        let selectors = EventSelectors::Advanced(selectors);
        check([
            (
                selectors.clone(),
                every(),
                Some(Code::SelectorsSourceExcluded),
            ),
            (
                selectors.clone(),
                kms(),
                Some(Code::SelectorsSourceExcluded),
            ),
            (selectors, iam(), None),
        ]);
    }

    #[test]
    fn two_selectors_complete_each_other() {
        let EventSelectors::Basic(mut reads) = basic(ReadWrite::ReadOnly, true, &[]) else {
            unreachable!()
        };
        let EventSelectors::Basic(writes) = basic(ReadWrite::WriteOnly, true, &[]) else {
            unreachable!()
        };
        reads.extend(writes);
        assert_eq!(
            gap(&EventSelectors::Basic(reads), &scope(None, Calls::All)),
            None
        );
    }
}
