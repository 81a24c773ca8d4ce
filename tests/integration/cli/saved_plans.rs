//! `plan --out FILE` and `apply FILE`: what was shown is what is written, or nothing is.

use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::documents::{assert_valid, document};
use super::program::{Place, Run};

const SANDBOX: &str = "--sandbox=account.json";

/// Returns a place with a fresh account and a plan for it.
fn planned() -> Place {
    let place = Place::with_example_settings();
    let fresh = std::fs::read_to_string("src/sandbox/scenes/fresh.json").unwrap();
    place.write("account.json", fresh);
    let run = place.run(&["plan", SANDBOX, "--out", "plan.json"]);
    assert_eq!(run.status, 0, "{run:?}");
    let said = "the plan is saved in plan.json; `cis-fix apply plan.json` performs it\n";
    assert!(run.stderr.ends_with(said), "{run:?}");
    place
}

fn apply(place: &Place) -> Run {
    place.run(&["apply", "plan.json", SANDBOX, "--yes", "--format", "json"])
}

/// Refuses a plan in one line, and leaves everything as it was.
fn assert_refused(place: &Place, said: &str) {
    let before = place.contents();
    let run = apply(place);
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (4, ""),
        "{said}: {run:?}"
    );
    let errors = run
        .stderr
        .lines()
        .filter(|line| line.starts_with("error: "));
    let errors: Vec<_> = errors.collect();
    assert!(
        errors.len() == 1 && errors[0].contains(said),
        "{said}: {run:?}"
    );
    assert_eq!(place.changes_since(&before), Vec::<String>::new(), "{said}");
}

#[test]
fn a_saved_plan_is_performed_as_it_was_shown() {
    let place = planned();
    let mode = std::fs::metadata(place.path("plan.json"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let saved: Value = serde_json::from_str(&place.read("plan.json")).unwrap();
    assert_valid(&place, &saved);
    let printed = document(&place.run(&["plan", SANDBOX, "--format", "json"]));
    let part = |document: &Value, member: &str| -> Vec<Value> {
        let steps = document["steps"].as_array().unwrap().iter();
        steps.map(|step| step[member].clone()).collect()
    };
    for member in [
        "id", "mark", "action", "request", "serves", "needs", "notes",
    ] {
        assert_eq!(part(&saved, member), part(&printed, member), "{member}");
    }
    let run = apply(&place);
    assert_eq!(run.status, 0, "{run:?}");
    let done: Vec<Value> = document(&run)["done"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["id"].clone())
        .collect();
    assert_eq!(done, part(&saved, "id"));
    assert_refused(&place, "the plan is stale: `topic/cis-alarms` and ");
}

#[test]
fn a_saved_plan_says_itself_what_it_is_about() {
    let place = Place::with_example_settings();
    let fresh = std::fs::read_to_string("src/sandbox/scenes/fresh.json").unwrap();
    place.write("account.json", fresh);
    place.run(&[
        "plan",
        SANDBOX,
        "--out",
        "plan.json",
        "-c",
        "root-account-usage",
        "--benchmark",
        "cis-1.4.0",
    ]);
    for option in [
        ["-c", "4.1"],
        ["--skip", "4.1"],
        ["--benchmark", "cis-1.4.0"],
        ["--level", "1"],
        ["--verbatim", "--yes"],
    ] {
        let run = place.run(&[&["apply", "plan.json", SANDBOX][..], &option].concat());
        assert_eq!((run.status, run.stdout.as_str()), (64, ""), "{run:?}");
        assert!(run.stderr.contains("cannot be used with"), "{run:?}");
    }
    let text = place.run(&["apply", "plan.json", SANDBOX, "--yes"]);
    assert_eq!(text.status, 0, "{text:?}");
    assert!(text.stdout.contains("4.3 root-account-usage"), "{text:?}");
    assert!(!text.stdout.contains("unauthorized-api-calls"), "{text:?}");
}

/// The text that this version prints for this control misses events.
const DEFECTIVE: [&str; 4] = ["-c", "security-group-changes", "--benchmark", "cis-1.4.0"];

#[test]
fn a_saved_plan_in_the_words_of_the_benchmark_is_judged_by_them() {
    let place = Place::with_example_settings();
    let fresh = std::fs::read_to_string("src/sandbox/scenes/fresh.json").unwrap();
    let verdicts = |run: &Run| {
        let controls = document(run)["controls"].as_array().unwrap().clone();
        let verdict = |control: &Value| (control["id"].clone(), control["links"].clone());
        controls.iter().map(verdict).collect::<Vec<_>>()
    };
    let check = [&["check", SANDBOX, "--format", "json"][..], &DEFECTIVE].concat();
    let verbatim = [&check[..], &["--verbatim"]].concat();
    let sound = check;
    for (words, own, other) in [
        (&["--verbatim"][..], &verbatim, &sound),
        (&[], &sound, &verbatim),
    ] {
        place.write("account.json", fresh.clone());
        let saved = [
            &["plan", SANDBOX, "--out", "plan.json"][..],
            &DEFECTIVE,
            words,
        ]
        .concat();
        assert_eq!(place.run(&saved).status, 0);
        let run = apply(&place);
        assert_eq!(run.status, 0, "{run:?}");
        let told = verdicts(&run);
        assert_eq!(told, verdicts(&place.run(own)), "{words:?}");
        assert_ne!(told, verdicts(&place.run(other)), "the words matter");
    }
}

#[test]
fn a_plan_is_saved_over_a_plan_and_over_nothing_else() {
    let place = planned();
    let first = place.read("plan.json");
    let again = place.run(&["plan", SANDBOX, "--out", "plan.json"]);
    assert_eq!(
        (again.status, place.read("plan.json")),
        (0, first),
        "planning twice is the same"
    );
    for (name, text) in [
        ("notes.txt", "precious"),
        ("account.json", ""),
        ("plan/v1.json", "{\"schema\": \"cis-fix/plan/v1\"}"),
    ] {
        if !text.is_empty() {
            place.write(name, text);
        }
        let before = place.contents();
        let run = place.run(&["plan", SANDBOX, "--out", name]);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
        let said =
            format!("error: `{name}` is there and is not a saved plan, so it is not replaced\n");
        assert!(run.stderr.starts_with(&said), "{run:?}");
        assert_eq!(place.changes_since(&before), Vec::<String>::new());
    }
    for name in ["missing/plan.json", "/dev/full", "."] {
        let run = place.run(&["plan", SANDBOX, "--out", name]);
        assert_eq!(run.status, 1, "{name}: {run:?}");
        assert_eq!(run.stderr.matches("error: ").count(), 1, "{run:?}");
    }
}

#[test]
fn what_changed_in_the_account_since_makes_a_plan_stale() {
    let place = planned();
    let others = place.run(&["apply", SANDBOX, "--yes", "-c", "root-account-usage"]);
    assert_eq!(others.status, 0, "{others:?}");
    assert_refused(&place, "the plan is stale: `topic/cis-alarms` and ");
}

#[test]
fn a_plan_for_another_account_region_or_catalog_is_refused() {
    let place = planned();
    let account = place.read("account.json");
    place.write(
        "account.json",
        account.replace("123456789012", "210987654321"),
    );
    assert_refused(
        &place,
        "the plan `plan.json` is for account 123456789012, and this is 210987654321",
    );
    place.write(
        "account.json",
        account
            .replace("arn:aws:", "arn:aws-cn:")
            .replace("\"aws\"", "\"aws-cn\""),
    );
    assert_refused(&place, "is for partition aws, and this is aws-cn");
    place.write("account.json", account.replace("us-east-1", "eu-west-1"));
    assert_refused(&place, "is for Region us-east-1, and this is eu-west-1");
    place.write("account.json", account);
    let elsewhere = place.run(&[
        "apply",
        "plan.json",
        SANDBOX,
        "--yes",
        "--region",
        "eu-west-1",
    ]);
    assert_eq!(elsewhere.status, 4, "{elsewhere:?}");
    let control = std::fs::read_to_string("controls/root-account-usage.toml").unwrap();
    place.write(
        "more/root-account-usage.toml",
        control.replace("Root user activity", "Other"),
    );
    let catalog = place.run(&["apply", "plan.json", SANDBOX, "--yes", "--catalog", "more"]);
    assert_eq!(
        (catalog.status, catalog.stdout.as_str()),
        (4, ""),
        "{catalog:?}"
    );
    assert!(
        catalog.stderr.contains("was made with another catalog"),
        "{catalog:?}"
    );
    assert_eq!(apply(&place).status, 0, "nothing was written before");
}

#[test]
fn what_is_not_a_plan_of_this_version_is_refused_and_told_once() {
    let place = planned();
    let plan = place.read("plan.json");
    let version = env!("CARGO_PKG_VERSION");
    let cases: [(Vec<u8>, &str); 12] = [
        (
            plan[..plan.len() - 1].into(),
            "it was altered since it was saved",
        ),
        (plan[..plan.len() / 2].into(), "it is cut off"),
        (
            plan.replacen("\"Threshold\": 1.0", "\"Threshold\": 2.0", 1)
                .into(),
            "it was altered",
        ),
        (plan.replace('\n', "\r\n").into(), "it was altered"),
        (
            plan.replacen(version, "0.0.1", 1).into(),
            "cis-fix 0.0.1 made it",
        ),
        (
            plan.replacen("saved-plan/v2", "saved-plan/v1", 1).into(),
            "it is a `cis-fix/saved-plan/v1`, and not a `cis-fix/saved-plan/v2`",
        ),
        (b"".into(), "the file is empty"),
        (b"not json".into(), "it is not a saved plan"),
        (b"\xff\xfe".into(), "it is not UTF-8 from byte 0 on"),
        (
            vec![b' '; 4 * 1024 * 1024 + 1],
            "more than the 4194304 bytes",
        ),
        ("[".repeat(100_000).into(), "it is not a saved plan"),
        (
            "{\"schema\": \"\\u001b[31m\u{202e}::error::\"}"
                .as_bytes()
                .into(),
            "it is a `\\u{1b}[31m",
        ),
    ];
    for (bytes, said) in cases {
        place.write("plan.json", bytes);
        assert_refused(&place, said);
    }
    let printed = place.run(&["plan", SANDBOX, "--format", "json"]);
    place.write("plan.json", printed.stdout);
    assert_refused(&place, "it is a `cis-fix/plan/v1`");
    for name in ["missing.json", "."] {
        let run = place.run(&["apply", name, SANDBOX, "--yes"]);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
        assert!(
            run.stderr
                .starts_with(&format!("error: could not read `{name}`: ")),
            "{run:?}"
        );
    }
}

#[test]
fn a_secret_endpoint_is_not_saved_and_found_again_in_the_settings() {
    let place = planned();
    let settings = "[[subscription]]\nprotocol = \"https\"\nendpoint = \"https://hooks.example.com/T0/s3cr3t\"\n";
    place.write("cis-fix.toml", settings);
    let run = place.run(&["plan", SANDBOX, "--out", "plan.json"]);
    assert_eq!(run.status, 0, "{run:?}");
    assert!(!place.read("plan.json").contains("s3cr3t"));
    place.write("cis-fix.toml", settings.replace("s3cr3t", "other"));
    assert_refused(
        &place,
        "the settings no longer hold the endpoint `https://hooks.example.com/…`",
    );
    place.write("cis-fix.toml", settings);
    assert_eq!(apply(&place).status, 0);
    assert!(
        place.read("account.json").contains("s3cr3t"),
        "the sandbox is the account"
    );
}
