//! The samples of `examples/` and the sessions of the README, kept as the program prints them.

use std::fs;

use super::expected;
use super::program::{Place, Run};

const SUBSCRIPTION: &str =
    "[[subscription]]\nprotocol = \"email\"\nendpoint = \"security@example.com\"\n";

/// A command of the README, and the lines below it.
struct Session {
    command: String,
    shown: String,
}

/// Returns the blocks of the README that are fenced as `language`.
fn blocks(language: &str) -> Vec<String> {
    let readme = fs::read_to_string("README.md").unwrap();
    let fence = format!("```{language}\n");
    let blocks = readme.split(&fence).skip(1);
    blocks
        .map(|block| block.split("```").next().unwrap().to_owned())
        .collect()
}

fn sessions() -> Vec<Session> {
    let mut sessions: Vec<Session> = Vec::new();
    for block in blocks("console") {
        for line in block.lines() {
            match (line.strip_prefix("$ "), sessions.last_mut()) {
                (Some(command), _) => {
                    let command = command.split(" #").next().unwrap().trim().to_owned();
                    sessions.push(Session {
                        command,
                        shown: String::new(),
                    });
                }
                (None, Some(session)) => session.shown.extend([line, "\n"]),
                (None, None) => panic!("{line}"),
            }
        }
    }
    sessions
}

/// Returns the words of a command; what stands in single quotes is one.
fn words(command: &str) -> Vec<&str> {
    let parts = command.split('\'').enumerate();
    let words = parts.flat_map(|(index, part)| match index % 2 {
        0 => part.split_whitespace().collect(),
        _ => vec![part],
    });
    words.collect()
}

fn run(place: &Place, command: &str) -> Run {
    place.run(&words(command)[1..])
}

#[test]
fn the_sample_plans_are_those_of_the_sample_settings() {
    for (format, file) in [("text", "txt"), ("json", "json"), ("markdown", "md")] {
        let place = Place::with_example_settings();
        let run = place.run(&["plan", "--sandbox=scene:fresh", "--format", format]);
        assert_eq!(run.status, 0, "{run:?}");
        expected::compare(format!("examples/plan.{file}"), &run.stdout);
    }
}

#[test]
fn the_readme_shows_what_is_printed() {
    let mut shown = 0;
    for session in sessions()
        .iter()
        .filter(|session| !session.shown.is_empty())
    {
        let place = Place::new();
        place.write("cis-fix.toml", SUBSCRIPTION);
        assert_eq!(run(&place, &session.command).stdout, session.shown);
        shown += 1;
    }
    assert!(shown > 0);
}

#[test]
fn the_commands_of_the_readme_work() {
    let place = Place::new();
    std::os::unix::fs::symlink(
        fs::canonicalize("examples").unwrap(),
        place.path("examples"),
    )
    .unwrap();
    let mut ran = 0;
    for Session { command, .. } in sessions() {
        let typed = command.replace("cargo run --no-default-features --", "cis-fix");
        let is_offline = typed.contains("--sandbox") || typed.contains("controls");
        if !typed.starts_with("cis-fix ") || !is_offline {
            continue;
        }
        let run = run(&place, &typed);
        assert!([0, 2].contains(&run.status), "{command}: {run:?}");
        assert!(!run.stderr.contains("error"), "{command}: {run:?}");
        ran += 1;
    }
    assert!(ran >= 6, "{ran}");
}

#[test]
fn what_the_first_command_of_the_readme_repairs_stays_repaired() {
    let place = Place::new();
    place.write("cis-fix.toml", SUBSCRIPTION);
    let first = sessions().remove(0).command;
    assert_eq!(
        first,
        "cargo run --no-default-features -- apply --sandbox --yes"
    );
    assert_eq!(place.run(&["apply", "--sandbox", "--yes"]).status, 0);
    let plan = place.run(&["plan", "--sandbox", "--detailed-exitcode"]);
    assert_eq!(plan.status, 0, "{plan:?}");
}

#[test]
fn the_settings_of_the_readme_are_settings() {
    for block in blocks("toml") {
        let place = Place::new();
        place.write("cis-fix.toml", &block);
        let run = place.run(&["plan", "--sandbox=scene:fresh"]);
        assert_eq!(run.status, 0, "{block}{run:?}");
    }
}

#[test]
fn the_readme_names_every_exit_status_and_every_command() {
    let readme = fs::read_to_string("README.md").unwrap();
    for status in [0, 1, 2, 3, 4, 5, 6, 64, 130] {
        assert!(readme.contains(&format!("\n| {status} | ")), "{status}");
    }
    let help = Place::new().run(&["-h"]).stdout;
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    for line in commands.take_while(|line| !line.is_empty()) {
        let name = line.split_whitespace().next().unwrap();
        assert!(readme.contains(&format!("`{name}")), "{name}");
    }
}
