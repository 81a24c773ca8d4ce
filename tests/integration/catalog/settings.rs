//! Settings in layers.

use std::collections::BTreeSet;

use cis_fix::catalog::{Auditor, Benchmark, Catalog, CisVersion, Satisfy};
use cis_fix::model::{ControlId, TopicName};
use cis_fix::settings::{Layer, Override, Settings, read_environment, read_file};
use cis_fix::toml_source::SourceFile;

fn read(text: &str) -> Layer {
    let file = SourceFile {
        name: "cis-fix.toml".to_owned(),
        text: text.to_owned(),
    };
    read_file(&file, &Catalog::builtin()).unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

fn id(text: &str) -> ControlId {
    ControlId::parse(text).unwrap()
}

#[test]
fn without_any_layer_the_defaults_hold() {
    let settings = Settings::default();
    assert_eq!(settings.benchmark, Benchmark::Recommended);
    assert_eq!(settings.topic.as_str(), "cis-alarms");
    assert_eq!(settings.kms_key, None);
    assert_eq!(settings.paging.name.as_str(), "cis-pages");
    assert!(settings.paging.subscriptions.is_empty());
    assert_eq!(settings.satisfy, Satisfy::Everybody);
    assert!(settings.skip.is_empty() && settings.tags.is_empty());
    assert!(settings.subscriptions.is_empty() && settings.overrides.is_empty());
    assert_eq!(Settings::merge([read("")]), settings);
}

#[test]
fn the_highest_layer_that_says_something_decides() {
    let catalog = Catalog::builtin();
    let variables = [
        ("CIS_FIX_BENCHMARK".to_owned(), "cis-2.0.0".to_owned()),
        ("CIS_FIX_SATISFY".to_owned(), "trivy".to_owned()),
    ];
    let environment = read_environment(&variables, &[], &catalog).unwrap();
    let flags = Layer {
        benchmark: Some(Benchmark::SecurityHub),
        ..Layer::default()
    };
    let file = read("benchmark = 'cis-1.2.0'\nsatisfy = ['prowler']\n[topic]\nname = 'mine'");
    let settings = Settings::merge([flags, environment.clone(), file.clone()]);
    assert_eq!(settings.benchmark, Benchmark::SecurityHub);
    let trivy = BTreeSet::from([Auditor::Trivy]);
    assert_eq!(settings.satisfy, Satisfy::These(trivy));
    assert_eq!(settings.topic, TopicName::parse("mine").unwrap());
    assert_eq!(
        Settings::merge([environment, file.clone()]).benchmark,
        Benchmark::Cis(CisVersion::V2_0_0)
    );
    assert_eq!(
        Settings::merge([file]).benchmark,
        Benchmark::Cis(CisVersion::V1_2_0)
    );
}

#[test]
fn what_is_left_out_adds_up_and_overrides_are_merged_value_by_value() {
    let high = read("skip = ['vpc-changes']\n[control.root-account-usage]\nthreshold = 5");
    let low = read(
        "skip = ['iam-policy-changes']\n[control.root-account-usage]\nthreshold = 2\nperiod = '1h'",
    );
    let settings = Settings::merge([high, low]);
    assert_eq!(
        settings.skip,
        BTreeSet::from([id("iam-policy-changes"), id("vpc-changes")])
    );
    let expected = Override {
        threshold: Some(5.0),
        period: Some(3_600),
        ..Override::default()
    };
    assert_eq!(settings.overrides[&id("root-account-usage")], expected);
}

#[test]
fn a_metric_goes_on_bearing_the_name_of_its_filter() {
    let catalog = Catalog::builtin();
    let control = catalog.find("vpc-changes").unwrap();
    let change = |text: &str| read(text).overrides[&id("vpc-changes")].applied(control);
    let renamed = change("[control.vpc-changes]\nfilter-name = 'networks'");
    assert_eq!(
        (renamed.filter.as_str(), renamed.metric.name.as_str()),
        ("networks", "networks")
    );
    let apart = change("[control.vpc-changes]\nfilter-name = 'networks'\nmetric-name = 'vpcs'");
    assert_eq!(
        (apart.filter.as_str(), apart.metric.name.as_str()),
        ("networks", "vpcs")
    );
    let rest = change(
        "[control.vpc-changes]\nnamespace = 'Mine'\nalarm-name = 'a'\nevaluation-periods = 2",
    );
    assert_eq!(rest.metric.name, control.metric.name);
    assert_eq!(rest.metric.namespace.as_str(), "Mine");
    assert_eq!(
        (rest.alarm.name.as_str(), rest.alarm.evaluation_periods),
        ("a", 2)
    );
}

#[test]
fn byte_order_marks_and_carriage_returns_do_no_harm() {
    let layer = read("\u{feff}benchmark = 'cis-2.0.0'\r\n[topic]\r\nname = 'mine'\r\n");
    assert_eq!(layer.benchmark, Some(Benchmark::Cis(CisVersion::V2_0_0)));
    assert_eq!(layer.topic, TopicName::parse("mine").ok());
}

#[test]
fn two_controls_may_swap_their_names() {
    let layer = read(
        "[control.vpc-changes]\nalarm-name = 'route_table_changes_alarm'\n\
         [control.route-table-changes]\nalarm-name = 'vpc_changes_alarm'",
    );
    assert_eq!(layer.overrides.len(), 2);
}

#[test]
fn everybody_who_is_to_be_subscribed_anywhere_is_told() {
    let layer = read(
        "[[subscription]]\nprotocol = 'email'\nendpoint = 'a@example.com'\n\
         [[paging.subscription]]\nprotocol = 'https'\nendpoint = 'https://hooks.example.com/secret'",
    );
    let endpoints = Settings::merge([layer]).endpoints();
    let endpoints: Vec<String> = endpoints.iter().map(ToString::to_string).collect();
    assert_eq!(endpoints.len(), 2, "{endpoints:?}");
    assert_eq!(Settings::default().endpoints(), BTreeSet::new());
}
