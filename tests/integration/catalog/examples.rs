//! The examples that come with the project.

use cis_fix::catalog::Catalog;
use cis_fix::settings::{Layer, read_file};

use super::{files, source};

fn layer() -> Layer {
    let file = source("examples/cis-fix.toml");
    read_file(&file, &Catalog::builtin()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn the_example_of_settings_says_something_about_everything() {
    let Layer {
        benchmark,
        level,
        wording,
        satisfy,
        skip,
        topic,
        kms_key,
        subscriptions,
        paging,
        tags,
        overrides,
    } = layer();
    assert!(
        benchmark.is_some()
            && level.is_some()
            && wording.is_some()
            && satisfy.is_some()
            && !skip.is_empty()
            && topic.is_some()
            && kms_key.is_some()
    );
    assert!(
        subscriptions.is_some_and(|list| list.len() >= 2)
            && tags.is_some_and(|tags| !tags.is_empty())
    );
    assert!(paging.name.is_some() && paging.kms_key.is_some());
    assert!(paging.subscriptions.is_some_and(|list| !list.is_empty()));
    let used = |pick: fn(&cis_fix::settings::Override) -> bool| overrides.values().any(pick);
    assert!(used(|change| change.filter_name.is_some()));
    assert!(used(|change| change.metric_name.is_some()));
    assert!(used(|change| change.namespace.is_some()));
    assert!(used(|change| change.alarm_name.is_some()));
    assert!(used(|change| change.period.is_some()));
    assert!(used(|change| change.evaluation_periods.is_some()));
    assert!(used(|change| change.threshold.is_some()));
    let mut lanes = overrides
        .values()
        .filter_map(|change| change.paging.as_ref());
    assert!(lanes.any(|lane| {
        lane.threshold.is_some()
            && lane.period.is_some()
            && lane.evaluation_periods.is_some()
            && !lane.exclude.is_empty()
    }));
}

#[test]
fn the_examples_of_controls_join_the_catalog() {
    let names = files("examples/controls");
    assert!(!names.is_empty());
    for name in names {
        let file = source(format!("examples/controls/{name}"));
        let catalog = Catalog::builtin()
            .extended(&[file])
            .unwrap_or_else(|mistakes| panic!("{mistakes}"));
        let id = name.strip_suffix(".toml").unwrap();
        assert!(catalog.find(id).is_ok(), "{name}");
        assert_eq!(catalog.controls().len(), 16);
    }
}
