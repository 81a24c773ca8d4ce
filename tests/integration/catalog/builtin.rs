//! The controls that are compiled in.

use std::collections::BTreeSet;

use cis_fix::catalog::{Auditor, Benchmark, Catalog, CisVersion};
use cis_fix::pattern::{Event, MAXIMUM_LENGTH, Pattern, Relation, compare, texts};

use super::{files, source};

#[test]
fn every_file_of_the_folder_is_compiled_in_under_its_own_name() {
    let compiled: BTreeSet<_> = Catalog::builtin()
        .ids()
        .map(|id| format!("{id}.toml"))
        .collect();
    let present: BTreeSet<_> = files("controls").into_iter().collect();
    assert_eq!(compiled, present);
}

#[test]
fn the_files_of_the_folder_read_as_the_compiled_catalog() {
    let sources: Vec<_> = files("controls")
        .iter()
        .map(|name| source(format!("controls/{name}")))
        .collect();
    let read = Catalog::read(&sources).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(read, Catalog::builtin());
}

#[test]
fn controls_stand_in_the_order_of_the_benchmark() {
    let catalog = Catalog::builtin();
    let numbers: Vec<_> = catalog
        .controls()
        .iter()
        .map(|control| control.number(Benchmark::Cis(CisVersion::V3_0_0)).unwrap())
        .collect();
    let expected: Vec<_> = (1..=15).map(|number| format!("4.{number}")).collect();
    assert_eq!(numbers, expected);
}

#[test]
fn every_version_has_its_controls() {
    let catalog = Catalog::builtin();
    for benchmark in Benchmark::all() {
        let count = catalog
            .controls()
            .iter()
            .filter(|control| control.is_in(benchmark))
            .count();
        let expected = match benchmark {
            Benchmark::SecurityHub => 14,
            Benchmark::Cis(version) if version < CisVersion::V1_3_0 => 14,
            Benchmark::Recommended | Benchmark::Cis(_) => 15,
        };
        assert_eq!(count, expected, "{benchmark}");
    }
}

#[test]
fn examples_do_what_they_are_for() {
    for control in Catalog::builtin().controls() {
        assert!(
            control.matches.len() >= 2 && control.ignores.len() >= 2,
            "{}",
            control.id
        );
        for example in &control.matches {
            assert!(
                control.pattern.matches(&example.event),
                "{}: {}",
                control.id,
                example.about
            );
        }
        for example in &control.ignores {
            assert!(
                !control.pattern.matches(&example.event),
                "{}: {}",
                control.id,
                example.about
            );
        }
    }
}

#[test]
fn each_control_ignores_plain_traffic_and_companions_do_too() {
    let plain = |event: &Event| {
        let value = event.value().unwrap();
        value["eventName"] == "DescribeInstances" && value.get("errorCode").is_none()
    };
    for control in Catalog::builtin().controls() {
        let traffic: Vec<_> = control
            .ignores
            .iter()
            .filter(|example| plain(&example.event))
            .collect();
        assert_eq!(traffic.len(), 1, "{}", control.id);
        for companion in &control.companions {
            assert!(
                !companion.pattern.matches(&traffic[0].event),
                "{}: {}",
                control.id,
                companion.about
            );
        }
    }
}

#[test]
fn every_pattern_fits_into_a_filter() {
    for control in Catalog::builtin().controls() {
        let companions = control
            .companions
            .iter()
            .map(|companion| &companion.pattern);
        for pattern in companions.chain([&control.pattern]) {
            assert!(
                pattern.text().chars().count() <= MAXIMUM_LENGTH,
                "{}",
                control.id
            );
            assert!(!pattern.text().contains('\n'), "{}", control.id);
        }
    }
}

#[test]
fn companions_that_count_more_than_their_control_say_so() {
    let mut broader = Vec::new();
    for control in Catalog::builtin().controls() {
        for companion in &control.companions {
            let relation = compare(&companion.pattern, &control.pattern).relation;
            assert_eq!(
                relation == Relation::Broader,
                companion.beyond.is_some(),
                "{}",
                control.id
            );
            if relation == Relation::Broader {
                broader.push(control.id.as_str().to_owned());
            }
        }
    }
    assert_eq!(
        broader,
        [
            "unauthorized-api-calls",
            "route-table-changes",
            "organizations-changes"
        ]
    );
}

#[test]
fn security_hub_finds_its_own_words_in_every_control_it_has() {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let published = super::published::texts();
    let mut asked = 0;
    for control in Catalog::builtin()
        .controls()
        .iter()
        .filter(|control| control.is_in(Benchmark::SecurityHub))
    {
        let wanted = published.iter().find(|text| {
            text.control == control.id.as_str() && text.prescribed.contains(&Benchmark::SecurityHub)
        });
        let wanted = squeezed(&wanted.unwrap().text);
        let companions = control
            .companions
            .iter()
            .filter(|companion| companion.auditors.contains(&Auditor::SecurityHub));
        let mut offered = companions
            .map(|companion| &companion.pattern)
            .chain([&control.pattern]);
        assert!(
            offered.any(|pattern| squeezed(pattern.text()) == wanted),
            "{}",
            control.id
        );
        asked += 1;
    }
    assert_eq!(asked, 14);
}

#[test]
fn metric_and_filter_share_one_name_and_defaults_are_those_of_the_benchmark() {
    for control in Catalog::builtin().controls() {
        assert_eq!(control.metric.name.as_str(), control.filter.as_str());
        assert_eq!(control.metric.namespace.as_str(), "CISBenchmark");
        assert_eq!(control.metric.value, "1");
        let alarm = &control.alarm;
        assert_eq!(
            (
                alarm.statistic.as_str(),
                alarm.period,
                alarm.evaluation_periods
            ),
            ("Sum", 300, 1)
        );
        assert_eq!(alarm.operator.as_str(), "GreaterThanOrEqualToThreshold");
        assert!((alarm.threshold - 1.0).abs() < f64::EPSILON);
        assert_eq!(alarm.missing_data.as_str(), "notBreaching");
    }
}

#[test]
fn every_event_of_a_control_has_one_of_the_names_that_its_pattern_looks_for() {
    let mut nameless = Vec::new();
    for control in Catalog::builtin().controls() {
        let pattern = &control.pattern;
        let Some(names) = texts(pattern, "eventName") else {
            nameless.push(control.id.as_str().to_owned());
            continue;
        };
        let names: Vec<_> = names
            .iter()
            .map(|name| format!(r#"$.eventName = "{name}""#))
            .collect();
        let of_these = Pattern::parse(&format!("{{ {} }}", names.join(" || "))).unwrap();
        let relation = compare(pattern, &of_these).relation;
        assert!(
            [Relation::Equivalent, Relation::Narrower].contains(&relation),
            "{}: {relation:?}",
            control.id
        );
    }
    assert_eq!(nameless, ["unauthorized-api-calls", "root-account-usage"]);
}
