//! JSON for programs: one document on standard output, in the shape that `controls schema` prints.

use serde_json::Value;

use super::program::{Place, Run};

/// Returns the one document that a run printed.
pub(super) fn document(run: &Run) -> Value {
    assert!(run.stdout.ends_with("}\n"), "{run:?}");
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run:?}"))
}

/// Holds a document to the schema that it names, as the program prints it.
pub(super) fn assert_valid(place: &Place, document: &Value) {
    let name = document["schema"].as_str().unwrap();
    let name = name.strip_prefix("cis-fix/").unwrap();
    let printed = place.run(&["controls", "schema", name]);
    assert_eq!((printed.status, printed.stderr.as_str()), (0, ""));
    let schema = serde_json::from_str(&printed.stdout).unwrap();
    let errors: Vec<String> = jsonschema::draft202012::new(&schema)
        .unwrap()
        .iter_errors(document)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

/// Returns the status that a command ends with in a scene.
fn status(command: &str, scene: &str) -> i32 {
    match (command, scene) {
        ("check", "member") => 0,
        ("check", _) => 2,
        _ => 0,
    }
}

#[test]
fn every_result_keeps_to_its_schema_and_stands_alone() {
    let place = Place::new();
    for scene in ["fresh", "messy", "member", "broken"] {
        let sandbox = format!("--sandbox=scene:{scene}");
        for command in ["check", "plan", "forecast", "apply --yes"] {
            let words: Vec<&str> = command.split(' ').chain([&*sandbox]).collect();
            let run = place.run(&[&words[..], &["--format", "json"]].concat());
            assert_eq!(run.status, status(command, scene), "{command} {scene}");
            let document = document(&run);
            assert_valid(&place, &document);
            let is_progress = |line: &str| line.starts_with('[') || line.starts_with("a built-in");
            let silent = command != "apply --yes";
            assert!(run.stderr.lines().all(is_progress), "{}", run.stderr);
            assert!(!silent || run.stderr.is_empty(), "{}", run.stderr);
        }
    }
}

#[test]
fn the_catalog_keeps_to_its_schema() {
    let place = Place::new();
    let benchmarks = ["recommended", "cis-1.0.0", "cis-7.0.0", "security-hub"];
    for benchmark in benchmarks {
        for command in [
            "controls list",
            "controls lint",
            "controls migrate cis-1.1.0 cis-1.4.0",
            "controls migrate cis-3.0.0 cis-5.0.0 --sandbox=scene:messy",
            "controls show root-account-usage",
        ] {
            let words = command
                .split(' ')
                .chain(["--benchmark", benchmark, "--format", "json"]);
            let run = place.run(&words.collect::<Vec<_>>());
            assert_eq!((run.status, run.stderr.as_str()), (0, ""));
            assert_valid(&place, &document(&run));
        }
    }
}

#[test]
fn what_could_not_be_read_is_in_the_document_and_in_the_status() {
    let place = Place::new();
    let denied = r#""keys": [], "unreadable": [{"action": "cloudwatch:DescribeAlarms", "kind": "denied", "message": "no"}]"#;
    let fresh = std::fs::read_to_string("src/sandbox/scenes/fresh.json").unwrap();
    place.write("account.json", fresh.replace("\"keys\": []", denied));
    let run = place.run(&["check", "--sandbox=account.json", "--format=json"]);
    let check = document(&run);
    assert_valid(&place, &check);
    assert_eq!(run.status, 5);
    let link = check["controls"][0]["links"].as_array().unwrap();
    let unknown = link.iter().find(|link| link["state"] == "unknown").unwrap();
    assert_eq!(unknown["code"], "READ_FAILED");
    for command in ["plan", "forecast"] {
        let run = place.run(&[command, "--sandbox=account.json", "--format=json"]);
        assert_eq!(run.status, 5);
        assert_valid(&place, &document(&run));
    }
}

#[test]
fn a_failure_prints_no_document() {
    let place = Place::new();
    for arguments in [
        "check --sandbox=none.json",
        "plan --control nope --sandbox",
        "controls show nope",
    ] {
        let words = arguments.split(' ').chain(["--format", "json"]);
        let run = place.run(&words.collect::<Vec<_>>());
        assert_eq!(run.stdout, "");
        assert!(
            run.status != 0 && run.stderr.starts_with("error: "),
            "{run:?}"
        );
    }
}

#[test]
fn options_before_the_command_print_the_same_bytes_as_behind_and_again() {
    let place = Place::with_example_settings();
    for command in ["check", "plan", "apply --yes"] {
        let words: Vec<&str> = command.split(' ').collect();
        let options = ["--sandbox=scene:messy", "--format", "json", "--skip", "5.3"];
        let behind = place.run(&[&words[..], &options].concat());
        let before = place.run(&[&options, &words[..]].concat());
        assert!(behind.stdout.len() > 1000, "{behind:?}");
        assert_eq!(behind, before, "{command}");
        assert_eq!(
            behind,
            place.run(&[&words[..], &options].concat()),
            "{command}"
        );
    }
}

#[test]
fn an_apply_tells_in_its_document_what_the_sandbox_then_holds() {
    let place = Place::new();
    place.write(
        "cis-fix.toml",
        "[[subscription]]\nprotocol = \"email\"\nendpoint = \"a@example.com\"\n",
    );
    let options = ["--sandbox", "--format", "json", "--quiet"];
    let plan = document(&place.run(&[&["plan"], &options[..]].concat()));
    let apply = document(&place.run(&[&["apply", "--yes"], &options[..]].concat()));
    let steps = plan["steps"].as_array().unwrap();
    assert_eq!(apply["done"].as_array().unwrap().len(), steps.len());
    assert_eq!(
        (&apply["failed"], &apply["skipped"]),
        (&Value::Array(vec![]), &Value::Array(vec![]))
    );
    let again = document(&place.run(&[&["plan"], &options[..]].concat()));
    assert_eq!(again["steps"], Value::Array(vec![]));
    let before = place.contents();
    let nothing = document(&place.run(&[&["apply", "--yes"], &options[..]].concat()));
    assert_valid(&place, &nothing);
    assert_eq!(nothing["done"], Value::Array(vec![]));
    assert_eq!(place.changes_since(&before), Vec::<String>::new());
}

#[test]
fn an_apply_leaves_a_journal_that_only_its_owner_may_read() {
    use std::os::unix::fs::PermissionsExt;
    let place = Place::new();
    place.write(
        "cis-fix.toml",
        "[[subscription]]\nprotocol = \"https\"\nendpoint = \"https://hooks.example.com/secret\"\n",
    );
    let options = [
        "--yes",
        "--sandbox",
        "--format",
        "json",
        "--journal",
        "log.jsonl",
    ];
    let run = place.run(&[&["apply"], &options[..]].concat());
    let apply = document(&run);
    assert_eq!((run.status, &apply["journal"]), (0, &"log.jsonl".into()));
    let mode = std::fs::metadata(place.path("log.jsonl"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let journal = place.read("log.jsonl");
    let events = |event: &str| journal.matches(&format!("\"event\":\"{event}\"")).count();
    let steps = apply["done"].as_array().unwrap().len();
    assert_eq!(
        ["begin", "intent", "outcome", "end"].map(events),
        [1, steps, steps, 1]
    );
    assert!(!journal.contains("secret"), "{journal}");
    assert!(journal.contains("hooks.example.com"), "{journal}");
}

#[test]
fn without_a_journal_nothing_is_written() {
    let place = Place::new();
    place.run(&["check", "--sandbox"]);
    place.write("taken.jsonl", "somebody's");
    let before = place.contents();
    for journal in ["taken.jsonl", "taken.jsonl/x", "/dev/full/x"] {
        let run = place.run(&["apply", "--sandbox", "--yes", "--journal", journal]);
        assert_eq!(run.status, 1, "{run:?}");
        assert!(
            run.stderr.contains("error: could not begin the journal"),
            "{run:?}"
        );
        assert_eq!(place.changes_since(&before), Vec::<String>::new());
    }
    let run = place.run(&["apply", "--sandbox", "--yes", "--journal", "/dev/full"]);
    assert_eq!(run.status, 1, "{run:?}");
    assert_eq!(place.changes_since(&before), Vec::<String>::new());
}

/// The folder of the journals of simulated accounts.
const JOURNALS: &str = "../home/.local/state/cis-fix/sandbox/123456789012";

#[test]
fn what_became_of_a_write_that_was_cut_off_is_told_and_noted_by_the_next_run() {
    let place = Place::new();
    place.run(&["apply", "--sandbox", "--yes", "-c", "root-account-usage"]);
    let [journal] = &place.journals()[..] else {
        panic!("{:?}", place.journals());
    };
    let whole = place.read(journal);
    // The last outcome is lost, and its line is cut off.
    let cut = whole.rfind("{\"event\":\"outcome\"").unwrap();
    place.write(journal, &whole[..cut + 9]);
    let run = place.run(&["apply", "--sandbox", "--yes"]);
    let said =
        "note: the last apply was cut off while it wrote alarm/root_usage_alarm: it happened\n";
    assert!(run.stderr.contains(said), "{run:?}");
    let noted = place.read(journal);
    let [.., last] = &noted.lines().collect::<Vec<_>>()[..] else {
        panic!("{noted}");
    };
    assert!(noted.starts_with(&whole[..cut]), "{noted}");
    let recovered = "\"step\":\"alarm/root_usage_alarm\",\"result\":\"done\"}";
    assert!(last.ends_with(recovered), "{noted}");
    let again = place.run(&["apply", "--sandbox", "--yes"]);
    assert!(!again.stderr.contains("cut off"), "{again:?}");
    place.write(&format!("{JOURNALS}/9999.jsonl"), "?\n");
    let run = place.run(&["apply", "--sandbox", "--yes"]);
    assert!(
        run.stderr
            .contains("9999.jsonl` is not a journal: line 1: "),
        "{run:?}"
    );
}
