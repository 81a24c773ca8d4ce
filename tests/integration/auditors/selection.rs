//! Which filters are chosen, for whom, and why some auditors stay unsatisfied.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use cis_fix::auditors::{Auditors, Chosen, Place, Selected, Wanted, select};
use cis_fix::catalog::{Auditor, Catalog, Control, Satisfy};
use cis_fix::pattern::{MAXIMUM_LENGTH, Pattern, Relation, compare};

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::builtin);

fn selected(control: &Control, satisfy: &Satisfy) -> Selected {
    select(Wanted {
        control,
        pattern: &control.pattern,
        satisfy,
        auditors: Auditors::builtin(),
    })
}

fn filters(selected: &Selected) -> Vec<&Chosen> {
    std::iter::once(&selected.main)
        .chain(&selected.companions)
        .collect()
}

fn these(auditors: &[Auditor]) -> Satisfy {
    Satisfy::These(auditors.iter().copied().collect())
}

/// Returns the auditors whose texts are there, told from the filters alone.
fn passing(control: &Control, selected: &Selected) -> BTreeSet<Auditor> {
    let profiles = Auditors::builtin().profiles();
    let passes = |profile: &&cis_fix::auditors::Profile| {
        filters(selected).into_iter().any(|filter| {
            let is_found =
                !profile.join.needs_name_of_metric() || filter.place == Place::LikeMetric;
            is_found && profile.accepts(&control.id, filter.pattern.text()) == Some(true)
        })
    };
    profiles
        .filter(passes)
        .map(|profile| profile.auditor)
        .collect()
}

#[test]
fn nineteen_filters_satisfy_every_auditor_as_far_as_that_can_be() {
    let mut count = 0;
    let mut passed: BTreeMap<Auditor, usize> = BTreeMap::new();
    let mut unmet = Vec::new();
    for control in CATALOG.controls() {
        let selected = selected(control, &Satisfy::Everybody);
        count += filters(&selected).len();
        for auditor in passing(control, &selected) {
            *passed.entry(auditor).or_default() += 1;
        }
        for left in &selected.unmet {
            unmet.push((left.auditor, control.id.as_str()));
        }
    }
    assert_eq!(count, 19);
    let expected = [
        (Auditor::SecurityHub, 14),
        (Auditor::Prowler, 15),
        (Auditor::Steampipe, 15),
        (Auditor::Elastic, 14),
        // Of its fifteen, two look for texts that no valid pattern holds.
        (Auditor::Trivy, 13),
        (Auditor::ScoutSuite, 12),
        (Auditor::CloudCustodian, 15),
    ];
    assert_eq!(passed, BTreeMap::from(expected));
    let expected = [
        (Auditor::Elastic, "unauthorized-api-calls"),
        (Auditor::Trivy, "console-sign-in-without-mfa"),
        (Auditor::ScoutSuite, "console-sign-in-without-mfa"),
        (Auditor::Trivy, "root-account-usage"),
        (Auditor::ScoutSuite, "s3-bucket-policy-changes"),
    ];
    assert_eq!(unmet, expected);
}

#[test]
fn what_cannot_be_satisfied_has_its_reason() {
    let reason = |id: &str, auditor| {
        let control = CATALOG.find(id).unwrap();
        let unmet = selected(control, &these(&[auditor])).unmet;
        unmet.into_iter().find(|unmet| unmet.auditor == auditor)
    };
    let elastic = reason("unauthorized-api-calls", Auditor::Elastic).unwrap();
    assert!(elastic.reason.contains("nearly every event"), "{elastic:?}");
    let intent = &CATALOG.find("unauthorized-api-calls").unwrap().pattern;
    assert!(!intent.matches(&elastic.witness.unwrap()));
    for id in ["console-sign-in-without-mfa", "root-account-usage"] {
        let trivy = reason(id, Auditor::Trivy).unwrap();
        assert!(trivy.reason.contains("no valid pattern"), "{trivy:?}");
    }
    // Somebody who names the auditor gets the filter for its shortened list.
    assert_eq!(
        reason("s3-bucket-policy-changes", Auditor::ScoutSuite),
        None
    );
    assert!(reason("console-sign-in-without-mfa", Auditor::ScoutSuite).is_some());
}

/// Returns some sets of auditors: each alone, each pair of neighbours, all, none.
fn wishes() -> Vec<Satisfy> {
    let all = Auditor::ALL;
    let alone = all.iter().map(|auditor| these(&[*auditor]));
    let pairs = all.windows(2).map(these);
    let rest = [these(&all), these(&[]), Satisfy::Everybody];
    alone.chain(pairs).chain(rest).collect()
}

#[test]
fn every_selection_covers_its_control_and_counts_nothing_undeclared() {
    for control in CATALOG.controls() {
        for satisfy in wishes() {
            let selected = selected(control, &satisfy);
            let case = format!("{}, {satisfy:?}", control.id);
            let own: Vec<_> = filters(&selected);
            let like_metric = own
                .iter()
                .filter(|filter| filter.place == Place::LikeMetric);
            assert_eq!(like_metric.count(), 1, "{case}");
            for filter in &own {
                let text = filter.pattern.text();
                assert!(text.chars().count() <= MAXIMUM_LENGTH, "{case}");
                assert_eq!(Pattern::parse(text).unwrap(), filter.pattern, "{case}");
                let relation = compare(&filter.pattern, &control.pattern).relation;
                let declared = filter.beyond.is_some();
                let covers = matches!(relation, Relation::Equivalent | Relation::Broader);
                assert_eq!(filter.covers, covers, "{case}");
                let wider = matches!(relation, Relation::Broader | Relation::Overlapping);
                assert_eq!(wider, declared, "{case}: {text}");
            }
            assert!(selected.main.covers, "{case}");
            assert!(
                selected.satisfies.is_subset(&passing(control, &selected)),
                "{case}"
            );
            assert_eq!(selected, self::selected(control, &satisfy), "{case}");
        }
    }
}

#[test]
fn nobody_to_satisfy_means_one_filter_of_the_controls_own_text() {
    for control in CATALOG.controls() {
        let selected = selected(control, &these(&[]));
        assert_eq!(selected.main.pattern.text(), control.pattern.text());
        assert!(selected.companions.is_empty() && selected.unmet.is_empty());
    }
}

#[test]
fn auditors_that_agree_share_one_filter() {
    let count = |id: &str, auditors: &[Auditor]| {
        let control = CATALOG.find(id).unwrap();
        filters(&selected(control, &these(auditors))).len()
    };
    let both = [Auditor::Prowler, Auditor::Steampipe];
    // The three calls that Prowler adds, put where Steampipe's order lets them be.
    assert_eq!(count("organizations-changes", &both), 1);
    assert_eq!(count("route-table-changes", &both), 1);
    assert_eq!(count("unauthorized-api-calls", &both), 1);
    assert_eq!(count("security-group-changes", &both), 1);
    assert_eq!(
        count(
            "security-group-changes",
            &[Auditor::SecurityHub, Auditor::Steampipe]
        ),
        2
    );
}
