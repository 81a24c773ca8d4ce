//! Files with mistakes, and the whole report that each of them gets.
//!
//! One case is one file of `tests/data/mistakes`. A case of the catalog changes `base.toml`, a control without mistakes, by pairs of
//! `[replace]` and `[with]`; a case of the settings has them whole under `[input]`. What must be told stands under `[report]`.

use cis_fix::catalog::Catalog;
use cis_fix::settings::read_file;
use cis_fix::toml_source::{LARGEST_FILE, SHOWN_MISTAKES, SourceFile};

use super::{files, source};

const FOLDER: &str = "tests/data/mistakes";

/// Returns the sections of a case: a title and the text below it.
fn sections(text: &str) -> Vec<(&str, &str)> {
    text.split("\n--- ")
        .skip(1)
        .map(|section| section.split_once('\n').unwrap())
        .collect()
}

fn file(name: &str, text: &str) -> SourceFile {
    SourceFile {
        name: name.to_owned(),
        text: text.to_owned(),
    }
}

/// Returns the base control with the changes of a case, and the report that is due.
fn changed(case: &str) -> (String, String) {
    let mut text = source(format!("{FOLDER}/base.toml")).text;
    let mut replaced = None;
    let mut report = None;
    for (title, body) in sections(case) {
        match title {
            "replace" => replaced = Some(body),
            "with" => {
                let old = replaced.take().expect("`with` follows `replace`");
                assert_eq!(text.matches(old).count(), 1, "{old}");
                text = text.replace(old, body);
            }
            "report" => report = Some(body.to_owned()),
            other => panic!("unknown section `{other}`"),
        }
    }
    (text, report.unwrap())
}

#[test]
fn the_base_of_the_cases_has_no_mistake() {
    let base = source(format!("{FOLDER}/base.toml"));
    let catalog = Catalog::read(&[base]).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    assert_eq!(catalog.controls().len(), 1);
}

#[test]
fn each_mistake_of_a_control_is_reported_as_written_down() {
    let cases = files(&format!("{FOLDER}/catalog"));
    let mut wrong = Vec::new();
    for name in &cases {
        let case = source(format!("{FOLDER}/catalog/{name}")).text;
        let (text, report) = changed(&case);
        let mistakes = Catalog::read(&[file("control.toml", &text)]).err();
        let told = mistakes
            .map(|mistakes| mistakes.to_string())
            .unwrap_or_default();
        if told.trim_end() != report.trim_end() {
            wrong.push(format!("=== {name}\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 30, "{}", cases.len());
}

#[test]
fn each_mistake_of_settings_is_reported_as_written_down() {
    let catalog = Catalog::builtin();
    let cases = files(&format!("{FOLDER}/settings"));
    let mut wrong = Vec::new();
    for name in &cases {
        let case = source(format!("{FOLDER}/settings/{name}")).text;
        let [("input", input), ("report", report)] = sections(&case)[..] else {
            panic!("{name}")
        };
        let mistakes = read_file(&file("cis-fix.toml", input), &catalog).err();
        let told = mistakes
            .map(|mistakes| mistakes.to_string())
            .unwrap_or_default();
        if told.trim_end() != report.trim_end() {
            wrong.push(format!("=== {name}\n{told}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases.len() >= 15, "{}", cases.len());
}

#[test]
fn two_files_may_not_claim_the_same() {
    let first = source(format!("{FOLDER}/base.toml"));
    let second = file(
        "second.toml",
        &first
            .text
            .replace("id = \"key-aliases\"", "id = \"aliases\""),
    );
    let mistakes = Catalog::read(&[first.clone(), second]).unwrap_err();
    let messages: Vec<_> = mistakes
        .list()
        .iter()
        .map(|mistake| mistake.message.as_str())
        .collect();
    let owner = format!("belongs to the control `key-aliases` in `{FOLDER}/base.toml` already");
    assert_eq!(
        messages,
        [
            format!("the number 9.1 of `cis-3.0.0` {owner}"),
            format!("the filter name `key_alias_metric` {owner}"),
            format!("the alarm name `key_alias_alarm` {owner}"),
        ]
    );
    let checks =
        "[checks]\nprowler = [\"key_aliases\"]\nsteampipe = [\"key_aliases\", \"aliases\"]\n\n";
    let with = |text: &str| text.replace("[filter]", &format!("{checks}[filter]"));
    let other = with(&first.text).replace("key-aliases\"", "aliases\"");
    let both = [
        file("first.toml", &with(&first.text)),
        file("second.toml", &other),
    ];
    let report = Catalog::read(&both).unwrap_err().to_string();
    for check in ["key_aliases", "aliases"] {
        let said = format!(
            "error: the check `{check}` belongs to the control `key-aliases` in `first.toml` already\n  --> second.toml:"
        );
        assert_eq!(report.matches(&said).count(), 1, "{report}");
    }
    let twice = Catalog::read(&[first.clone(), file("again.toml", &first.text)]).unwrap_err();
    assert_eq!(
        twice.list()[0].message,
        format!("the id `key-aliases` {owner}")
    );
}

#[test]
fn a_control_of_ones_own_joins_the_catalog_or_takes_the_place_of_another() {
    let catalog = Catalog::builtin();
    let own = source(format!("{FOLDER}/base.toml"));
    let joined = catalog.extended(std::slice::from_ref(&own)).unwrap();
    assert_eq!(joined.controls().len(), 16);
    assert_eq!(joined.ids().last(), Some("key-aliases"));

    let other = source("controls/vpc-changes.toml")
        .text
        .replace("threshold = 1", "threshold = 3");
    let replaced = catalog.extended(&[file("mine/vpc.toml", &other)]).unwrap();
    assert_eq!(
        replaced.ids().collect::<Vec<_>>(),
        catalog.ids().collect::<Vec<_>>()
    );
    assert!((replaced.find("vpc-changes").unwrap().alarm.threshold - 3.0).abs() < f64::EPSILON);

    let taken = own.text.replace("key_alias_alarm", "vpc_changes_alarm");
    let mistakes = catalog
        .extended(&[file("mine/key.toml", &taken)])
        .unwrap_err();
    assert_eq!(
        mistakes.list()[0].message,
        "the alarm name `vpc_changes_alarm` belongs to the control `vpc-changes` already"
    );
}

#[test]
fn mistakes_of_several_files_come_in_the_order_of_the_files() {
    let base = source(format!("{FOLDER}/base.toml")).text;
    let first = file(
        "b.toml",
        &base.replace("threshold = 1", "threshold = \"1\""),
    );
    let second = file("a.toml", "id = 3");
    let mistakes = Catalog::read(&[first, second]).unwrap_err();
    let names: Vec<_> = mistakes
        .list()
        .iter()
        .map(|mistake| mistake.file.as_str())
        .collect();
    assert_eq!(names.first(), Some(&"b.toml"));
    assert!(
        names[1..].iter().all(|name| *name == "a.toml") && names.len() > 2,
        "{names:?}"
    );
}

#[test]
fn secrets_of_settings_are_not_shown_with_a_mistake() {
    let secret = "T0SECRET";
    for text in [
        format!(
            "[[subscription]]\nprotocol = \"https\"\nendpoint = \"http://hooks.example.com/{secret}\""
        ),
        format!(
            "[[subscription]]\nprotocol = \"htps\"\nendpoint = \"https://hooks.example.com/{secret}\""
        ),
        format!(
            "subscription = [{{ protocl = \"https\", endpoint = \"https://hooks.example.com/{secret}\" }}]"
        ),
        format!(
            "[[subscription]]\nprotocol = \"https\"\nendpoint = \"https://hooks.example.com/{secret}\" x"
        ),
        format!(
            "[[subscription]]\nprotocol = \"https\"\nendpoint = \"https://hooks.example.com/{secret}"
        ),
        format!(
            "[[subscription]]\nprotocol = \"https\"\nendpoint = https://hooks.example.com/{secret}"
        ),
        format!(
            "[[subscription]]\nprotocol = \"https\"\nendpont = \"https://hooks.example.com/{secret}\""
        ),
    ] {
        let mistakes = read_file(&file("cis-fix.toml", &text), &Catalog::builtin()).unwrap_err();
        assert!(!mistakes.to_string().contains(secret), "{mistakes}");
        assert!(!format!("{mistakes:?}").contains(secret), "{text}");
    }
}

#[test]
fn a_flood_of_mistakes_is_counted_and_a_flood_of_text_is_not_read() {
    use std::fmt::Write;
    let mut text = String::new();
    for number in 0..5_000 {
        writeln!(text, "unknown-{number} = 1").unwrap();
    }
    let mistakes = read_file(&file("cis-fix.toml", &text), &Catalog::builtin()).unwrap_err();
    assert_eq!(mistakes.list().len(), 5_000);
    let report = mistakes.to_string();
    assert_eq!(report.matches("error:").count(), SHOWN_MISTAKES + 1);
    assert!(report.ends_with("error: 4900 more mistakes are not shown"));

    let flood = "a".repeat(LARGEST_FILE + 1);
    let mistakes = read_file(&file("cis-fix.toml", &flood), &Catalog::builtin()).unwrap_err();
    assert_eq!(mistakes.list().len(), 1);
}
