//! Hostile text in every field of an account, through every command in every format.

mod events;
mod files;

use cis_fix::sandbox::{Scene, format};
use serde_json::Value;

use super::program::{FEW, Program, Run};

/// Colours, direction, separators, Markdown, HTML, mentions, and commands to runners.
const HOSTILE: &str = "\u{1b}[31m\u{9b}1m\u{202e}`|<script>alert(1)</script> @everyone ##[error]x\r\n::set-output \
                       name=a::b\u{2028}::error::x\n[x](http://example.com) **b** \u{200b}\\|";

/// Returns a document in which `key` holds hostile text besides wherever it holds text; all of them without a key.
fn with_hostile(value: &Value, key: Option<&str>, under: bool) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| {
                let is_it = key.is_none_or(|key| key == name);
                (name.clone(), with_hostile(member, key, is_it || under))
            })
            .collect(),
        Value::Array(items) => items
            .iter()
            .map(|item| with_hostile(item, key, under))
            .collect(),
        Value::String(text) if under => Value::from(format!("{text}{HOSTILE}")),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// Returns the names of all members of a document.
fn keys(value: &Value) -> Vec<String> {
    let mut keys = match value {
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, member)| [vec![name.clone()], keys(member)].concat())
            .collect(),
        Value::Array(items) => items.iter().flat_map(keys).collect(),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    };
    keys.sort();
    keys.dedup();
    keys
}

/// An account with something in every field that may hold any text, and something that cannot be read.
fn account() -> Value {
    let mut account: Value = serde_json::from_str(Scene::Messy.text()).unwrap();
    account["unreadable"] = serde_json::json!([{
        "action": "sns:ListTagsForResource",
        "kind": "denied",
        "code": "AccessDenied",
        "message": "no",
        "request_id": "1",
    }]);
    account
}

fn assert_inert(told: &str, run: &Run) {
    for (stream, text) in [("stdout", &run.stdout), ("stderr", &run.stderr)] {
        let is_hidden = |c: char| {
            let control = c.is_control() && c != '\n';
            control || "\u{202e}\u{2028}\u{200b}".contains(c)
        };
        assert!(!text.contains(is_hidden), "{told}: {stream}: {text:?}");
        assert!(!text.contains("##["), "{told}: {stream}: {text}");
        let is_command = |line: &str| line.trim_start().starts_with("::");
        assert!(!text.lines().any(is_command), "{told}: {stream}: {text}");
    }
}

const COMMANDS: [&[&str]; 10] = [
    &["check", "-v"],
    &["plan"],
    &["apply", "--yes"],
    &["mute", "--yes"],
    &["unmute", "--yes"],
    &["drill", "--yes", "--timeout", "1"],
    &["policy", "apply"],
    &["policy", "undo"],
    &["snapshot"],
    &["forecast"],
];

/// Returns the names of the members of an account that may hold any text, and the account with hostile text in all.
fn open_to_any_text(plain: &Value) -> (Vec<String>, Value) {
    let parses = |value: &Value| format::parse(&value.to_string()).is_ok();
    assert!(parses(plain));
    let open: Vec<String> = keys(plain)
        .into_iter()
        .filter(|key| {
            let hostile = with_hostile(plain, Some(key), false);
            hostile != *plain && parses(&hostile)
        })
        .collect();
    for key in ["description", "message", "caller", "tags", "alarm_actions"] {
        assert!(open.iter().any(|open| open == key), "{key}: {open:?}");
    }
    let all = open.iter().fold(plain.clone(), |value, key| {
        with_hostile(&value, Some(key), false)
    });
    assert!(parses(&all));
    (open, all)
}

#[test]
fn hostile_text_in_any_field_of_an_account_stays_text() {
    let plain = account();
    let (open, all) = open_to_any_text(&plain);
    let program = Program::new().settings(FEW);
    let play = |value: &Value, command: &[&str], format: &str| {
        program.put("account.json", &value.to_string());
        let run = program.run(&[command, &["--sandbox=account.json", "--format", format]].concat());
        assert!([0, 2, 3, 5].contains(&run.status), "{command:?} {run:?}");
        run
    };
    for command in COMMANDS {
        for format in ["text", "markdown", "json"] {
            let run = play(&all, command, format);
            assert_inert(&format!("{command:?} {format}"), &run);
        }
    }
    for key in &open {
        let hostile = with_hostile(&plain, Some(key), false);
        for command in [COMMANDS[0], COMMANDS[1], COMMANDS[5]] {
            let run = play(&hostile, command, "text");
            assert_inert(&format!("{command:?} with {key}"), &run);
        }
    }
}
