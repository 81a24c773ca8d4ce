//! What an account should hold, by benchmark and selection.

use cis_fix::catalog::{Benchmark, Catalog, CisVersion, Level};
use cis_fix::desired::{BuildError, Desired, Selection, Wording, build};
use cis_fix::settings::{Layer, Settings, read_file};
use cis_fix::toml_source::SourceFile;

use super::source;

fn settings(benchmark: Benchmark) -> Settings {
    Settings::merge([Layer {
        benchmark: Some(benchmark),
        ..Layer::default()
    }])
}

fn selection(only: &[&str], skip: &[&str]) -> Selection {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Selection {
        only: owned(only),
        skip: owned(skip),
        wording: Wording::Sound,
    }
}

fn ids(desired: &Desired) -> Vec<&str> {
    desired
        .controls
        .iter()
        .map(|control| control.id.as_str())
        .collect()
}

fn numbers(desired: &Desired) -> Vec<&str> {
    desired
        .controls
        .iter()
        .map(|control| control.number.as_deref().unwrap_or("-"))
        .collect()
}

#[test]
fn the_recommended_controls_bear_the_numbers_of_the_newest_version() {
    let desired = build(
        &Catalog::builtin(),
        &Settings::default(),
        &Selection::default(),
    )
    .unwrap();
    assert_eq!(desired.benchmark, "recommended");
    let expected: Vec<_> = (1..=15).map(|number| format!("5.{number}")).collect();
    assert_eq!(numbers(&desired), expected);
    assert_eq!(desired.controls[0].title, "Unauthorized API calls");
}

#[test]
fn numbers_titles_and_order_are_those_of_the_benchmark() {
    let catalog = Catalog::builtin();
    let oldest = build(
        &catalog,
        &settings(Benchmark::Cis(CisVersion::V1_2_0)),
        &Selection::default(),
    )
    .unwrap();
    assert_eq!(numbers(&oldest)[12..], ["3.13", "3.14"]);
    assert_eq!(
        oldest.controls[1].title,
        "Ensure a log metric filter and alarm exist for Management Console sign-in without MFA"
    );
    let hub = build(
        &catalog,
        &settings(Benchmark::SecurityHub),
        &Selection::default(),
    )
    .unwrap();
    assert_eq!(
        ids(&hub)[..3],
        [
            "root-account-usage",
            "unauthorized-api-calls",
            "console-sign-in-without-mfa"
        ]
    );
    assert_eq!(numbers(&hub)[13], "CloudWatch.14");
}

#[test]
fn controls_are_chosen_by_identifier_or_number() {
    let catalog = Catalog::builtin();
    let three = settings(Benchmark::Cis(CisVersion::V3_0_0));
    let chosen = build(
        &catalog,
        &three,
        &selection(&["4.13", "root-account-usage", "4.1"], &["4.1"]),
    )
    .unwrap();
    assert_eq!(ids(&chosen), ["root-account-usage", "route-table-changes"]);
    let hub = build(
        &catalog,
        &settings(Benchmark::SecurityHub),
        &selection(&["CloudWatch.13"], &[]),
    )
    .unwrap();
    assert_eq!(ids(&hub), ["route-table-changes"]);
}

#[test]
fn what_is_asked_for_outranks_what_the_settings_skip() {
    let catalog = Catalog::builtin();
    let skip = [catalog.find("vpc-changes").unwrap().id.clone()].into();
    let settings = Settings::merge([Layer {
        skip,
        ..Layer::default()
    }]);
    let all = build(&catalog, &settings, &Selection::default()).unwrap();
    assert_eq!(all.controls.len(), 14);
    assert!(!ids(&all).contains(&"vpc-changes"));
    let one = build(&catalog, &settings, &selection(&["vpc-changes"], &[])).unwrap();
    assert_eq!(ids(&one), ["vpc-changes"]);
    let fewer = build(&catalog, &settings, &selection(&[], &["5.15"])).unwrap();
    assert_eq!(fewer.controls.len(), 13);
}

#[test]
fn unknown_controls_are_told_together_with_the_right_spelling() {
    let catalog = Catalog::builtin();
    let one = settings(Benchmark::Cis(CisVersion::V1_2_0));
    let error = build(
        &catalog,
        &one,
        &selection(&["root-acount-usage", "4.1"], &["organizations-changes"]),
    )
    .unwrap_err();
    assert_eq!(
        error.to_string(),
        "`root-acount-usage` is not a control of `cis-1.2.0`; `4.1` is not a control of `cis-1.2.0`; \
         `organizations-changes` is not a control of `cis-1.2.0`"
    );
    assert_eq!(
        error.hints(),
        [
            "did you mean `root-account-usage`?",
            "`organizations-changes` is in `recommended`",
            "`cis-fix controls list` shows the controls and their numbers",
        ]
    );
    let hub = build(
        &catalog,
        &settings(Benchmark::SecurityHub),
        &selection(&["cloudwatch.13"], &[]),
    )
    .unwrap_err();
    assert_eq!(hub.hints()[0], "did you mean `CloudWatch.13`?");
}

#[test]
fn nothing_left_is_an_error_and_not_an_empty_wish() {
    let error = build(
        &Catalog::builtin(),
        &Settings::default(),
        &selection(&["5.1"], &["unauthorized-api-calls"]),
    );
    assert_eq!(error, Err(BuildError::Nothing(Benchmark::Recommended)));
}

#[test]
fn verbatim_takes_the_published_text_and_drops_the_look_alikes_that_it_matches() {
    let catalog = Catalog::builtin();
    let verbatim = Selection {
        wording: Wording::Verbatim,
        ..Selection::default()
    };
    let tautology = build(
        &catalog,
        &settings(Benchmark::Cis(CisVersion::V1_4_0)),
        &verbatim,
    )
    .unwrap();
    let control = &tautology.controls[0];
    assert!(
        control
            .pattern
            .text()
            .contains("|| ($.eventName!=\"HeadBucket\")")
    );
    assert!(control.look_alikes.is_empty());
    let sound = build(
        &catalog,
        &settings(Benchmark::Cis(CisVersion::V1_4_0)),
        &Selection::default(),
    )
    .unwrap();
    assert_eq!(sound.controls[0].look_alikes.len(), 4);
    // Texts that mean the same are not listed, so the catalog's own stands for them.
    assert_eq!(tautology.controls[4].pattern, sound.controls[4].pattern);
}

#[test]
fn overrides_topic_subscriptions_and_tags_arrive() {
    let file = SourceFile {
        name: "cis-fix.toml".to_owned(),
        text: "[topic]\nname = 'sirens'\nkms-key = 'alias/sirens'\n[[subscription]]\nprotocol = 'email'\n\
               endpoint = 'a@example.com'\n[tags]\nowner = 'sec'\n[control.vpc-changes]\nthreshold = 2.5\nperiod = '1h'"
            .to_owned(),
    };
    let catalog = Catalog::builtin();
    let settings = Settings::merge([read_file(&file, &catalog).unwrap()]);
    let desired = build(&catalog, &settings, &selection(&["vpc-changes"], &[])).unwrap();
    assert_eq!(desired.topic.name.as_str(), "sirens");
    assert_eq!(desired.topic.kms_key.as_deref(), Some("alias/sirens"));
    assert_eq!(
        desired.topic.subscriptions.first().unwrap().expose(),
        "a@example.com"
    );
    assert_eq!(desired.tags["owner"], "sec");
    let alarm = &desired.controls[0].alarm;
    assert!((alarm.threshold - 2.5).abs() < f64::EPSILON);
    assert_eq!(alarm.period, 3_600);
}

#[test]
fn descriptions_fit_into_an_alarm_even_when_everything_is_as_long_as_allowed() {
    let text = source("tests/data/mistakes/base.toml").text;
    let text = text
        .replace(
            "title = \"Key aliases\"",
            &format!("title = \"{}\"", "t".repeat(160)),
        )
        .replace("An alias can be moved to another key.", &"r".repeat(400));
    let long = SourceFile {
        name: "long.toml".to_owned(),
        text,
    };
    let catalog = Catalog::builtin().extended(&[long]).unwrap();
    for benchmark in Benchmark::all() {
        for control in build(&catalog, &settings(benchmark), &Selection::default())
            .unwrap()
            .controls
        {
            let length = control.alarm.description.chars().count();
            assert!((100..=1024).contains(&length), "{} {length}", control.id);
            assert!(!control.alarm.description.contains(char::is_control));
        }
    }
}

#[test]
fn the_description_says_what_happened_and_what_to_do() {
    let hub = build(
        &Catalog::builtin(),
        &settings(Benchmark::SecurityHub),
        &selection(&["root-account-usage"], &[]),
    );
    assert_eq!(
        hub.unwrap().controls[0].alarm.description,
        "Root user activity (AWS Security Hub, CloudWatch.1). The root user cannot be limited by policies, so each use of it \
         should be seen and questioned. What to do: find the events in the trail's log group or in CloudTrail's event history, see \
         who called (userIdentity, sourceIPAddress), and ask whether it was meant."
    );
    let all = build(
        &Catalog::builtin(),
        &Settings::default(),
        &Selection::default(),
    )
    .unwrap();
    let start = "Unauthorized API calls (CIS AWS Foundations Benchmark 7.0.0, 5.1). ";
    assert!(all.controls[0].alarm.description.starts_with(start));
}

#[test]
fn a_control_of_ones_own_comes_last_and_only_where_it_belongs() {
    let own = source("examples/controls/trail-selectors-changed.toml");
    let catalog = Catalog::builtin().extended(&[own]).unwrap();
    let all = build(&catalog, &Settings::default(), &Selection::default()).unwrap();
    assert_eq!((all.controls.len(), numbers(&all)[15]), (16, "-"));
    let three = build(
        &catalog,
        &settings(Benchmark::Cis(CisVersion::V3_0_0)),
        &Selection::default(),
    )
    .unwrap();
    assert_eq!(three.controls.len(), 15);
}

fn leveled(benchmark: Benchmark, level: Level) -> Settings {
    Settings::merge([Layer {
        benchmark: Some(benchmark),
        level: Some(level),
        ..Layer::default()
    }])
}

#[test]
fn level_one_is_part_of_level_two() {
    let catalog = Catalog::builtin();
    let count = |benchmark, level| {
        build(&catalog, &leveled(benchmark, level), &Selection::default())
            .map(|desired| desired.controls.len())
    };
    for (version, one) in [
        // Levels of 1.0.0 are not known but for two, and nothing is left out for want of a level.
        (CisVersion::V1_0_0, 14),
        (CisVersion::V1_2_0, 9),
        (CisVersion::V1_4_0, 10),
        (CisVersion::V2_0_0, 9),
        (CisVersion::V7_0_0, 9),
    ] {
        let benchmark = Benchmark::Cis(version);
        assert_eq!(count(benchmark, Level::One), Ok(one), "{version}");
        let all = catalog.of(benchmark, None).len();
        assert_eq!(count(benchmark, Level::Two), Ok(all), "{version}");
    }
    assert_eq!(count(Benchmark::Recommended, Level::One), Ok(9));
    assert_eq!(
        count(Benchmark::SecurityHub, Level::One),
        Err(BuildError::Levels(Benchmark::SecurityHub))
    );
}

#[test]
fn word_for_word_is_refused_where_a_text_is_damaged_or_not_known() {
    let catalog = Catalog::builtin();
    let verbatim = |benchmark, skip: &[&str]| {
        let selection = Selection {
            wording: Wording::Verbatim,
            ..selection(&[], skip)
        };
        build(&catalog, &settings(benchmark), &selection)
    };
    let error = verbatim(Benchmark::Cis(CisVersion::V4_0_1), &[]).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the text that `cis-4.0.1` prints for `console-authentication-failures` has lost the quotes around `Failed \
         authentication` in the copies known, so it is not a pattern"
    );
    assert_eq!(
        error.hints(),
        ["leave `--verbatim` out, or pass `--skip console-authentication-failures`"]
    );
    let rest = verbatim(Benchmark::Cis(CisVersion::V4_0_1), &["4.6"]).unwrap();
    assert_eq!(rest.controls.len(), 14);
    let BuildError::Unprinted(texts) =
        verbatim(Benchmark::Cis(CisVersion::V1_0_0), &[]).unwrap_err()
    else {
        panic!("texts of 1.0.0 are not known")
    };
    assert_eq!(texts.len(), 12);
    assert_eq!(
        verbatim(Benchmark::Recommended, &[]),
        Err(BuildError::Wordless(Benchmark::Recommended))
    );
    for (benchmark, defects) in [
        (Benchmark::Cis(CisVersion::V1_4_0), 3),
        (Benchmark::SecurityHub, 2),
    ] {
        let desired = verbatim(benchmark, &[]).unwrap();
        for control in &desired.controls {
            let printed = catalog
                .get(&control.id)
                .unwrap()
                .printed(benchmark)
                .unwrap();
            assert_eq!(control.pattern.text(), printed.as_str());
        }
        let found = desired
            .controls
            .iter()
            .filter(|control| control.defect.is_some());
        assert_eq!(found.count(), defects, "{benchmark}");
    }
}
