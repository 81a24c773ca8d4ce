//! Windows of any width, colours only where they are wanted, and readers that go away.

use std::io::{BufRead, BufReader, Read};
use std::process::Stdio;

use unicode_width::UnicodeWidthStr;

use super::program::{Place, Run};
use super::screen::{End, Screen};

const ESC: char = '\u{1b}';

/// Returns what a command shows in a window of so many columns.
fn window(place: &Place, columns: u16, arguments: &str) -> End {
    Screen::open(place, columns, arguments).end()
}

#[test]
fn no_line_is_longer_than_the_window() {
    let place = Place::new();
    for columns in [40, 60, 120] {
        for arguments in [
            "check --sandbox=scene:fresh",
            "check --sandbox=scene:messy",
            "check --sandbox=scene:broken",
            "plan --sandbox=scene:fresh",
            "plan --sandbox=scene:messy",
            "apply --sandbox=scene:messy --yes --quiet",
            "controls list",
            "controls show unauthorized-api-calls",
            "--help",
            "apply --help",
        ] {
            let end = window(&place, columns, arguments);
            assert!([0, 2].contains(&end.status), "{arguments}: {}", end.seen);
            let longest = end.plain().lines().map(UnicodeWidthStr::width).max();
            assert!(
                longest <= Some(columns.into()),
                "{arguments} at {columns}: {longest:?}\n{}",
                end.plain()
            );
            assert!(
                longest > Some(usize::from(columns) / 2),
                "{arguments} at {columns}"
            );
        }
    }
}

#[test]
fn a_pipe_gets_whole_lines() {
    let place = Place::new();
    let piped = place.run(&["plan", "--sandbox=scene:fresh"]);
    assert!(piped.stdout.lines().any(|line| line.width() > 120));
}

#[test]
fn colours_are_for_terminals_that_have_them_and_people_who_want_them() {
    let place = Place::new();
    let none: &[(&str, &str)] = &[];
    for (flags, variables, wanted) in [
        ("", none, true),
        ("--color auto", none, true),
        ("--color never", none, false),
        ("", &[("NO_COLOR", "1")], false),
        ("--color always", &[("NO_COLOR", "1")], true),
        ("", &[("TERM", "dumb")], false),
        ("--color always", &[("TERM", "dumb")], true),
        ("--color never", &[("CLICOLOR_FORCE", "1")], false),
        ("| cat", none, false),
        ("| cat", &[("CLICOLOR_FORCE", "1")], true),
        ("--color always | cat", none, true),
        ("--format markdown", none, false),
        ("--format json", none, false),
        ("--format json --color always", none, false),
    ] {
        let line = format!("\"$0\" check --sandbox=scene:fresh {flags}");
        let end = Screen::with(&place, 80, &line, variables).end();
        assert_eq!(
            end.seen.contains(ESC),
            wanted,
            "{flags} {variables:?}: {}",
            end.seen
        );
    }
}

#[test]
fn errors_are_coloured_by_the_same_rules() {
    let place = Place::new();
    place.write("bad.toml", "nope = 1");
    let none: &[(&str, &str)] = &[];
    for failing in ["check --sandbox=none.json", "check --config bad.toml"] {
        for (flags, variables, wanted) in [
            ("", none, true),
            ("--color never", none, false),
            ("", &[("NO_COLOR", "1")], false),
            ("", &[("TERM", "dumb")], false),
            ("2>&1 | cat", none, false),
            ("--color always 2>&1 | cat", none, true),
        ] {
            let line = format!("\"$0\" {failing} {flags}");
            let end = Screen::with(&place, 80, &line, variables).end();
            assert!(end.plain().contains("error: "), "{}", end.seen);
            assert_eq!(
                end.seen.contains(ESC),
                wanted,
                "{line} {variables:?}: {}",
                end.seen
            );
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    for (arguments, status) in [
        ("check --sandbox=scene:messy", 2),
        ("check --sandbox=scene:messy --format json", 2),
        ("plan --sandbox=scene:fresh", 0),
        ("plan --sandbox=scene:fresh --format markdown", 0),
        ("controls list", 0),
        ("controls schema plan/v1", 0),
        ("snapshot --sandbox=scene:messy", 0),
        ("completions zsh", 0),
        ("man", 0),
        ("--help", 0),
        ("--version", 0),
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = Run::of_parts(place.command(&words).stdout(writer));
        assert_eq!(
            (run.status, run.stderr.as_str()),
            (status, ""),
            "{arguments}"
        );
    }
}

#[test]
fn a_reader_may_stop_after_a_line() {
    let place = Place::new();
    let mut child = place
        .command(&["plan", "--sandbox=scene:fresh", "--format", "json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    assert_eq!(line, "{\n");
    let mut told = String::new();
    child
        .stderr
        .take()
        .unwrap()
        .read_to_string(&mut told)
        .unwrap();
    assert_eq!((child.wait().unwrap().code(), told.as_str()), (Some(0), ""));
}

#[test]
fn an_account_is_mended_although_nobody_reads_how() {
    let place = Place::new();
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let applying = ["apply", "--sandbox", "--yes", "--quiet"];
    let run = Run::of_parts(place.command(&applying).stdout(writer));
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let check = place.run(&["plan", "--sandbox", "--format", "json"]);
    assert!(check.stdout.contains("\"steps\": []"), "{}", check.stdout);
}

#[test]
fn a_full_disk_is_an_error() {
    let place = Place::new();
    let full = || {
        std::fs::File::options()
            .write(true)
            .open("/dev/full")
            .unwrap()
    };
    for arguments in [
        "check --sandbox=scene:fresh",
        "man",
        "controls schema check/v1",
        "--help",
    ] {
        let words: Vec<&str> = arguments.split(' ').collect();
        let run = Run::of_parts(place.command(&words).stdout(full()));
        assert_eq!(run.status, 1, "{arguments}: {run:?}");
        let told = "error: could not write to standard output: no space left on device\n";
        assert_eq!(run.stderr, told, "{arguments}");
    }
}
