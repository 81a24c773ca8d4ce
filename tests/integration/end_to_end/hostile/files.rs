//! Hostile text in journals and saved plans, and in what a service says while they are put to use.

use std::collections::BTreeSet;

use cis_fix::render::json;
use cis_fix::sandbox::Scene;
use serde_json::Value;

use super::super::program::{FEW, Program, Run};
use super::super::stage::{Stage, topic};
use super::{HOSTILE, account, assert_inert, open_to_any_text};
use crate::support::fake::Fault;

const FORMATS: [&str; 3] = ["text", "markdown", "json"];
const SANDBOX: &str = "--sandbox=account.json";

fn run(program: &Program, command: &[&str], format: &str) -> Run {
    program.run(&[command, &[SANDBOX, "--format", format]].concat())
}

/// Adds an alarm of somebody else, with a hostile name, to whatever ours notifies.
fn add_user_of_our_topics(program: &Program) {
    let mut account: Value = serde_json::from_str(&program.get("account.json")).unwrap();
    let alarms = account["alarms"]["us-east-1"].as_array_mut().unwrap();
    let ours = alarms
        .iter()
        .find(|alarm| alarm["name"] == "root_usage_alarm");
    let mut theirs = ours.expect("an alarm of ours").clone();
    theirs["name"] = Value::from(format!("theirs {HOSTILE}"));
    theirs["tags"] = serde_json::json!({});
    alarms.push(theirs);
    program.put("account.json", &account.to_string());
}

#[test]
fn an_undo_in_a_hostile_account_tells_nothing_that_a_terminal_would_obey() {
    let (_, all) = open_to_any_text(&account());
    for format in FORMATS {
        for is_used in [false, true] {
            let program = Program::new().settings(FEW);
            program.put("account.json", &all.to_string());
            let applied = run(
                &program,
                &["apply", "--yes", "--journal", "apply.jsonl"],
                format,
            );
            assert!([0, 3].contains(&applied.status), "{applied:?}");
            assert_inert("apply", &applied);
            if is_used {
                add_user_of_our_topics(&program);
            }
            let undone = run(&program, &["undo", "apply.jsonl", "--yes"], format);
            assert!([0, 3, 5].contains(&undone.status), "{undone:?}");
            assert_inert(&format!("undo {format}"), &undone);
            assert!(undone.stdout.contains("root_usage_alarm"), "{undone:?}");
        }
    }
}

#[test]
fn a_plan_that_was_saved_in_a_hostile_account_is_applied_without_harm() {
    let (_, all) = open_to_any_text(&account());
    for format in FORMATS {
        let program = Program::new().settings(FEW);
        program.put("account.json", &all.to_string());
        let planned = run(&program, &["plan", "--out", "saved.json"], format);
        assert_eq!(planned.status, 0, "{planned:?}");
        let applied = run(&program, &["apply", "saved.json", "--yes"], format);
        assert!([0, 3].contains(&applied.status), "{applied:?}");
        assert_inert(&format!("apply saved.json {format}"), &applied);
        assert!(!program.get("saved.json").contains('\u{1b}'));
    }
}

/// Returns the places of all strings of a document, and for each what it is called wherever it stands.
fn strings(value: &Value, place: &str) -> Vec<(String, String)> {
    match value {
        Value::String(_) => vec![(place.to_owned(), without_numbers(place))],
        Value::Array(items) => {
            let items = items.iter().enumerate();
            items
                .flat_map(|(at, item)| strings(item, &format!("{place}/{at}")))
                .collect()
        }
        Value::Object(members) => {
            let members = members.iter();
            members
                .flat_map(|(name, member)| {
                    let name = name.replace('~', "~0").replace('/', "~1");
                    strings(member, &format!("{place}/{name}"))
                })
                .collect()
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

fn without_numbers(place: &str) -> String {
    let parts = place.split('/');
    let parts = parts.filter(|part| part.parse::<usize>().is_err());
    parts.collect::<Vec<_>>().join("/")
}

/// Something was refused in words, or hostile text in it did not matter.
fn assert_told_once(told: &str, run: &Run) {
    assert_inert(told, run);
    let errors = run
        .stderr
        .lines()
        .filter(|line| line.starts_with("error: "));
    let expected = usize::from(run.status != 0);
    assert!([0, 1, 4].contains(&run.status), "{told}: {run:?}");
    assert_eq!(errors.count(), expected, "{told}: {run:?}");
}

#[test]
fn hostile_text_in_any_field_of_a_saved_plan_is_refused_without_harm() {
    let program = Program::new().settings(FEW);
    program.put("account.json", Scene::Messy.text());
    assert_eq!(
        run(&program, &["plan", "--out", "saved.json"], "text").status,
        0
    );
    let saved: Value = serde_json::from_str(&program.get("saved.json")).unwrap();
    let mut seen = BTreeSet::new();
    for (place, kind) in strings(&saved, "") {
        if !seen.insert(kind.clone()) {
            continue;
        }
        let mut hostile = saved.clone();
        let member = hostile.pointer_mut(&place).unwrap();
        *member = Value::from(format!("{}{HOSTILE}", member.as_str().unwrap()));
        program.put("hostile.json", &hostile.to_string());
        let before = program.get("account.json");
        let run = run(&program, &["apply", "hostile.json", "--yes"], "text");
        assert_ne!(run.status, 0, "{place}: {run:?}");
        assert_told_once(&place, &run);
        assert_eq!(program.get("account.json"), before, "{place}");
    }
    println!("{} fields of a saved plan", seen.len());
    assert!(seen.len() > 20, "{seen:?}");
}

#[test]
fn hostile_text_in_any_field_of_a_journal_does_no_harm() {
    let program = Program::new().settings(FEW);
    program.put("account.json", Scene::Messy.text());
    let apply = ["apply", "--yes", "--journal", "apply.jsonl"];
    let applied = run(&program, &apply, "text");
    assert_eq!(applied.status, 0, "{applied:?}");
    let account = program.get("account.json");
    let journal = program.get("apply.jsonl");
    let mut seen = BTreeSet::new();
    for line in journal.lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        let event = value["event"].clone();
        for (place, kind) in strings(&value, "") {
            let text = value.pointer(&place).unwrap().clone();
            let name = Value::from(place.rsplit('/').next().unwrap());
            let before = format!("{name}:{text}");
            if !line.contains(&before) || !seen.insert(format!("{event}{kind}")) {
                continue;
            }
            let more = Value::from(format!("{}{HOSTILE}", text.as_str().unwrap()));
            // As the program writes it, and as anybody may.
            let plain = format!("{name}:{more}");
            for after in [json::escaped(&plain), plain] {
                let hostile = journal.replacen(line, &line.replacen(&before, &after, 1), 1);
                program.put("hostile.jsonl", &hostile);
                program.put("account.json", &account);
                let run = run(&program, &["undo", "hostile.jsonl", "--yes"], "text");
                assert_told_once(&format!("{event}{place}"), &run);
            }
        }
    }
    println!("{} fields of a journal", seen.len());
    assert!(seen.len() > 30, "{seen:?}");
}

/// Returns a stage on which something was applied that is to be taken back.
fn applied() -> Stage {
    let stage = Stage::scene(Scene::Fresh).few();
    assert_eq!(stage.apply().0, 0);
    stage.confirm(&topic(&stage.fake.account()));
    stage
}

#[test]
fn what_a_hostile_service_says_to_an_undo_stays_text() {
    let undo = ["undo", "--yes", "--no-pacing"];
    let calm = applied();
    assert_eq!(calm.run(&undo).status, 0);
    let actions: Vec<String> = calm.fake.counts().into_keys().collect();
    assert!(actions.len() > 10, "{actions:?}");
    for (at, action) in actions.iter().enumerate() {
        let stage = applied();
        // A code travels in a header, where no control character can be.
        let code = "`|<b>@everyone ##[error]x ::error::**b**";
        let refusal = Fault::Say(400, code, HOSTILE.to_owned());
        stage.fake.fail(action, vec![refusal; 40]);
        let format = FORMATS[at % FORMATS.len()];
        let run = stage.run(&[&undo[..], &["--format", format]].concat());
        assert_ne!(run.status, 0, "{action}: {run:?}");
        assert_inert(&format!("undo with {action} refused, {format}"), &run);
    }
}
