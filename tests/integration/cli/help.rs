//! The help of every command, as recorded in `tests/data/cli/help.txt` at 80 columns.

use std::fmt::Write;

use super::expected;
use super::program::{Place, Run};

/// Where the options begin that every command has.
const GLOBAL: &str = "\nGlobal options:\n";

fn help(place: &Place, path: &[&str], flag: &str) -> Run {
    let mut command = place.command(&[path, &[flag]].concat());
    Run::of(command.env("COLUMNS", "80"))
}

/// Returns the commands that a help text lists.
fn commands(help: &str) -> Vec<String> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    lines
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.split_whitespace().next())
        .map(str::to_owned)
        .collect()
}

/// Returns the help of a command and of those below it, each with what it is the help of.
fn all(place: &Place, path: &[&str], flag: &str) -> Vec<(String, String)> {
    let run = help(place, path, flag);
    assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{path:?}");
    let below = commands(&run.stdout);
    let mut texts = vec![(path.join(" "), run.stdout)];
    for command in &below {
        texts.extend(self::all(place, &[path, &[command]].concat(), flag));
    }
    texts
}

#[test]
fn every_command_has_the_help_that_is_recorded() {
    let place = Place::new();
    let mut record = String::new();
    for flag in ["-h", "--help"] {
        let texts = all(&place, &[], flag);
        let (_, shared) = texts[0].1.split_once(GLOBAL).unwrap();
        let shared = shared.split("\nExit status").next().unwrap();
        write!(record, "$ cis-fix {flag}\n{}", texts[0].1).unwrap();
        for (path, text) in &texts[1..] {
            let own = text.trim_end().strip_suffix(shared.trim_end()).expect(path);
            let own = own.strip_suffix(GLOBAL).expect(path);
            write!(record, "\n$ cis-fix {path} {flag}\n{own}").unwrap();
        }
        record += "\n";
    }
    assert!(
        record.lines().all(|line| line.chars().count() <= 80),
        "{record}"
    );
    expected::compare("tests/data/cli/help.txt", &record);
}

#[test]
fn a_line_about_a_command_is_an_imperative_without_a_full_stop() {
    let place = Place::new();
    for (path, text) in all(&place, &[], "-h") {
        let about = text.lines().next().unwrap();
        assert!(about.starts_with(char::is_uppercase), "{path}: {about}");
        assert!(!about.ends_with('.'), "{path}: {about}");
    }
}

#[test]
fn the_manual_page_and_the_completions_know_every_command() {
    let place = Place::new();
    let names = commands(&help(&place, &[], "-h").stdout);
    assert!(names.len() >= 7, "{names:?}");
    let page = place.run(&["man"]).stdout;
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = place.run(&["completions", shell]).stdout;
        let has_values = ["bash", "fish", "zsh"].contains(&shell);
        assert_eq!(script.contains("cis-3.0.0"), has_values, "{shell}");
        for name in &names {
            assert!(script.contains(name.as_str()), "{shell}: {name}");
            assert!(page.contains(&format!("cis\\-fix\\-{name}")), "{name}");
        }
    }
}
