//! `undo`, the lock, and runs whose surroundings give way: each as its users meet it, on an account in a file.

use std::fs::{self, OpenOptions};
use std::process::Command;

use serde_json::Value;

use super::documents::{assert_valid, document};
use super::program::{PROGRAM, Place, Run};

const SANDBOX: &str = "--sandbox=account.json";
/// Where the state of the program is kept, as seen from the folder that it runs in.
const STATE: &str = "../home/.local/state/cis-fix/sandbox/123456789012";

fn fresh() -> Place {
    let place = Place::with_example_settings();
    let text = fs::read_to_string("src/sandbox/scenes/fresh.json").unwrap();
    place.write("account.json", text);
    // The account as the program writes it.
    let mut snapshot = place.command(&["snapshot", SANDBOX]);
    let run = Run::of(&mut snapshot);
    assert_eq!(run.status, 0, "{run:?}");
    place
}

fn apply(place: &Place, more: &[&str]) -> Run {
    let run = place.run(&[&["apply", SANDBOX, "--yes", "--quiet"][..], more].concat());
    assert_eq!(run.status, 0, "{run:?}");
    run
}

fn undo(place: &Place, more: &[&str]) -> Run {
    place.run(&[&["undo", SANDBOX, "--yes"][..], more].concat())
}

fn account(place: &Place) -> Value {
    serde_json::from_str(&place.read("account.json")).unwrap()
}

fn codes(document: &Value) -> Vec<&str> {
    let left = document["left"].as_array().unwrap().iter();
    left.map(|left| left["code"].as_str().unwrap()).collect()
}

#[test]
fn an_undo_leaves_the_account_as_it_was_and_is_not_done_twice() {
    let place = fresh();
    let before = account(&place);
    apply(&place, &["-c", "root-account-usage"]);
    let [journal] = &place.journals()[..] else {
        panic!("{:?}", place.journals());
    };
    let run = undo(&place, &["--format", "json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let document = document(&run);
    assert_valid(&place, &document);
    assert_eq!(document["summary"]["failed"], 0);
    assert_eq!(codes(&document), ["PENDING", "PENDING"]);
    let name = journal.rsplit('/').next().unwrap();
    assert!(
        document["undoes"].as_str().unwrap().ends_with(name),
        "{document}"
    );
    assert_eq!(account(&place)["topics"], before["topics"]);
    assert_eq!(account(&place)["log_groups"], before["log_groups"]);
    let again = undo(&place, &[]);
    assert_eq!((again.status, again.stdout.as_str()), (1, ""), "{again:?}");
    let said =
        "error: there is no journal of an apply to account 123456789012 that is not undone\n";
    assert!(again.stderr.starts_with(said), "{again:?}");
    let named = undo(&place, &[journal]);
    assert_eq!(named.status, 0, "{named:?}");
    assert!(
        named.stdout.contains("Nothing to take back, 5 left alone"),
        "{named:?}"
    );
    assert!(named.stdout.contains("it is gone already"), "{named:?}");
}

#[test]
fn undos_go_back_one_apply_after_the_other() {
    let place = fresh();
    apply(&place, &["-c", "root-account-usage"]);
    let one = account(&place);
    apply(&place, &["-c", "iam-policy-changes"]);
    let run = undo(&place, &[]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.stdout.contains("- metric filter iam_changes_metric")
            || run.stdout.contains("- metric filter iam"),
        "{run:?}"
    );
    assert_eq!(account(&place), one);
    let run = undo(&place, &["--format", "markdown"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(account(&place)["topics"], serde_json::json!([]));
}

#[test]
fn an_undo_asks_first() {
    let place = fresh();
    apply(&place, &[]);
    let before = place.contents();
    let run = place.run(&["undo", SANDBOX]);
    assert_eq!((run.status, run.stdout.as_str()), (64, ""), "{run:?}");
    assert!(
        run.stderr.contains("`undo` asks before it writes"),
        "{run:?}"
    );
    assert_eq!(place.changes_since(&before), Vec::<String>::new());
}

#[test]
fn a_topic_that_others_use_stays_unless_it_is_named() {
    let place = fresh();
    apply(&place, &["-c", "root-account-usage"]);
    let text = place.read("account.json");
    let other = r#""subscriptions": [ { "protocol": "email", "endpoint": "other@example.com", "state": "pending" },"#;
    place.write(
        "account.json",
        text.replacen("\"subscriptions\": [", other, 1),
    );
    let unknown = undo(&place, &["--topic", "other"]);
    assert_eq!(
        (unknown.status, unknown.stdout.as_str()),
        (64, ""),
        "{unknown:?}"
    );
    assert!(
        unknown
            .stderr
            .starts_with("error: the apply did not make a topic `other`"),
        "{unknown:?}"
    );
    let run = undo(&place, &[]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(
        run.stdout
            .contains("endpoint is subscribed to it that this apply did not subscribe"),
        "{run:?}"
    );
    assert_eq!(account(&place)["topics"].as_array().unwrap().len(), 1);
    let journals = place.journals();
    let run = undo(&place, &[&journals[0], "--topic", "cis-alarms"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert_eq!(account(&place)["topics"], serde_json::json!([]));
}

/// Returns journals with something wrong, each with the status and a part of what is said.
fn wrong_journals(text: &str) -> Vec<(String, i32, &'static str)> {
    let middle = text.replacen("\"filterName\":\"root", "\"filterName\":\"toor", 1);
    let lines: Vec<&str> = text.lines().rev().collect();
    let swapped = lines.join("\n") + "\n";
    vec![
        (String::new(), 1, "does not hold one whole line"),
        (
            text.split_inclusive('\n').next().unwrap().trim().to_owned(),
            1,
            "does not hold one whole line",
        ),
        ("?\n".to_owned(), 1, "is not a journal: line 1: "),
        ("{}\n".to_owned(), 1, "is not a journal: line 1: "),
        (middle, 1, "is damaged: line"),
        (swapped, 1, "is not a journal: line 1: "),
        (
            text.replacen("journal/v1", "journal/v2", 1),
            1,
            "is a `cis-fix/journal/v2`, and not a `cis-fix/journal/v1`",
        ),
        (
            text.replacen("\"command\":\"apply\"", "\"command\":\"undo\"", 1),
            1,
            "is the journal of an undo",
        ),
        (
            text.replace("123456789012", "210987654321"),
            1,
            "is damaged: line",
        ),
        (
            text.lines()
                .next()
                .unwrap()
                .replacen("123456789012", "210987654321", 1)
                + "\n",
            4,
            "is of account 210987654321, and this is 123456789012",
        ),
        ("[".repeat(100_000) + "\n", 1, "is not a journal: line 1: "),
        (
            "x".repeat(16 * 1024 * 1024 + 1),
            1,
            "more than the 16777216 bytes allowed",
        ),
    ]
}

#[test]
fn what_is_no_journal_of_an_apply_to_this_account_is_refused_and_told_once() {
    let place = fresh();
    apply(&place, &["-c", "root-account-usage"]);
    let journal = place.journals().pop().unwrap();
    let text = place.read(&journal);
    let cases = wrong_journals(&text);
    for (at, (text, status, said)) in cases.iter().enumerate() {
        place.write("named.jsonl", text);
        let before = place.contents();
        let run = undo(&place, &["named.jsonl"]);
        assert_eq!(
            (run.status, run.stdout.as_str()),
            (*status, ""),
            "case {at}: {run:?}"
        );
        let errors: Vec<&str> = run
            .stderr
            .lines()
            .filter(|line| line.starts_with("error: "))
            .collect();
        assert!(
            errors.len() == 1 && errors[0].contains(said),
            "case {at}: {run:?}"
        );
        assert_eq!(
            place.changes_since(&before),
            Vec::<String>::new(),
            "case {at}"
        );
    }
    let missing = undo(&place, &["missing.jsonl"]);
    assert!(
        missing
            .stderr
            .starts_with("error: could not read `missing.jsonl`"),
        "{missing:?}"
    );
    // A journal that was cut off in its last line is as good as whole.
    let end = text.trim_end().rfind('\n').unwrap();
    place.write("named.jsonl", &text[..end + 20]);
    let run = undo(&place, &["named.jsonl"]);
    assert_eq!(run.status, 0, "{run:?}");
}

#[test]
fn a_second_run_is_told_who_writes_and_a_dead_one_leaves_nothing_behind() {
    let place = fresh();
    apply(&place, &["-c", "root-account-usage"]);
    let lock = place
        .contents()
        .into_keys()
        .find(|path| {
            path.file_name()
                .is_some_and(|name| name.to_string_lossy().starts_with("lock-"))
        })
        .unwrap();
    let signed = fs::read_to_string(&lock).unwrap();
    assert!(
        signed.starts_with("process ") && signed.contains(", since 20"),
        "{signed}"
    );
    let held = OpenOptions::new()
        .read(true)
        .write(true)
        .open(&lock)
        .unwrap();
    held.lock().unwrap();
    fs::write(&lock, "process 4711, since 2026-01-01T00:00:00.000Z\n").unwrap();
    let before = place.contents();
    for command in [&["apply", SANDBOX, "--yes"], &["undo", SANDBOX, "--yes"]] {
        let run = place.run(command);
        assert_eq!(run.status, 1, "{run:?}");
        let said = "error: another run is writing to account 123456789012: process 4711, since 2026-01-01T00:00:00.000Z\n";
        assert!(run.stderr.contains(said), "{run:?}");
        assert_eq!(place.changes_since(&before), Vec::<String>::new());
    }
    drop(held);
    apply(&place, &[]);
}

/// Runs the program by a shell, which prepares its surroundings.
fn by_shell(place: &Place, script: &str) -> Run {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", script])
        .stdin(std::process::Stdio::null());
    place.surround(&mut command);
    command.env("PROGRAM", PROGRAM).env("PATH", "/usr/bin:/bin");
    Run::of(&mut command)
}

#[test]
fn nothing_is_written_when_the_journal_has_no_room() {
    let place = fresh();
    apply(&place, &["-c", "root-account-usage"]);
    let before = place.contents();
    for command in ["apply", "undo"] {
        // As on a full disk: no file may grow.
        let script = format!("trap '' XFSZ; ulimit -f 0; exec $PROGRAM {command} {SANDBOX} --yes");
        let run = by_shell(&place, &script);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(
            run.stderr.contains("error: could not begin the journal `"),
            "{run:?}"
        );
        assert!(
            run.stderr
                .contains("hint: nothing was written to the account"),
            "{run:?}"
        );
        assert_eq!(place.changes_since(&before), Vec::<String>::new());
        assert_eq!(
            place.journals().len(),
            1,
            "no journal without its first line is left"
        );
    }
}

#[test]
fn nothing_is_written_when_there_is_no_place_for_the_journal() {
    let place = fresh();
    place.write("../home/.local/state", "a file where a folder is wanted");
    let before = place.contents();
    let run = place.run(&["apply", SANDBOX, "--yes"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert!(
        run.stderr.contains("error: could not begin the journal `"),
        "{run:?}"
    );
    assert_eq!(place.changes_since(&before), Vec::<String>::new());
    let elsewhere = place.run(&["apply", SANDBOX, "--yes", "--journal", "mine.jsonl"]);
    assert_eq!(
        elsewhere.status, 0,
        "the lock is for politeness alone: {elsewhere:?}"
    );
}

#[test]
fn an_apply_ends_and_is_recorded_though_nobody_can_be_told() {
    for closed in ["1>&- 2>&-", "1>&- 2>/dev/full"] {
        let place = fresh();
        by_shell(
            &place,
            &format!("$PROGRAM apply {SANDBOX} --yes {closed}; exit 0"),
        );
        let journal = place.read(&place.journals().pop().unwrap());
        assert!(
            journal
                .lines()
                .last()
                .unwrap()
                .contains("\"event\":\"end\""),
            "{closed}: {journal}"
        );
        let plan = document(&place.run(&["plan", SANDBOX, "--format", "json"]));
        assert_eq!(plan["steps"], serde_json::json!([]), "{closed}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = fresh();
    let script = format!("($PROGRAM plan {SANDBOX}; echo $? > status) | head -n 1");
    let run = by_shell(&place, &script);
    assert!(run.stdout.starts_with("Plan: account"), "{run:?}");
    assert!(!run.stderr.contains("error"), "{run:?}");
    assert_eq!(place.read("status"), "0\n");
    assert!(
        fs::metadata(place.path(STATE)).is_err(),
        "a plan leaves no state"
    );
}
