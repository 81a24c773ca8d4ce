//! `pattern match`, `compare`, `explain` and `format`, with the exit statuses of grep and diff.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::documents::{assert_valid, document};
use super::program::{Place, Run, is_hidden};
use super::screen::Screen;

/// Where the recorded events are, seen from the root of the project.
const RECORDED: &str = "tests/data/cloudtrail";

/// A log file with two records that match `{ $.a = x }`, the first and the last, and one that does not.
const LOG_FILE: &str = r#"{"Records":[{"a":"x","n":1.0},{"a":"y"},{"n":3,"a":"x"}]}"#;

fn run(place: &Place, arguments: &[&str]) -> Run {
    place.run(&[&["pattern"], arguments].concat())
}

/// Runs a command with something on standard input.
fn fed(place: &Place, input: impl AsRef<[u8]>, arguments: &[&str]) -> Run {
    place.write("input", input);
    let input = fs::File::open(place.path("input")).unwrap();
    let mut command = place.command(&[&["pattern"], arguments].concat());
    Run::of(command.stdin(input))
}

fn packed(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

fn assert_run(run: &Run, status: i32, stdout: &str, stderr: &str) {
    let found = (run.status, run.stdout.as_str(), run.stderr.as_str());
    assert_eq!(found, (status, stdout, stderr));
}

#[test]
fn a_text_that_is_no_pattern_is_shown_with_the_place_and_the_advice() {
    let place = Place::new();
    place.write("file.txt", "{ $.a = x\n  AND $.b = y }\n");
    let expected = "\
error: expected a value, found `=`
 --> PATTERN:1:8
  |
1 | { $.a == x }
  |        ^
  |
  = help: write a single `=`

error: `PATTERN` is no filter pattern
";
    for command in ["match", "explain", "format"] {
        assert_run(&run(&place, &[command, "{ $.a == x }"]), 2, "", expected);
    }
    let both = run(&place, &["compare", "@file.txt", "{ $.a = 'x' }"]);
    assert_eq!((both.status, both.stdout.as_str()), (2, ""));
    for part in [
        " --> @file.txt:2:3\n",
        "2 |   AND $.b = y }\n  |   ^",
        " --> B:1:9\n",
        "1 | { $.a = 'x' }\n  |         ^",
        "error: `@file.txt` and `B` are no filter patterns\n",
    ] {
        assert!(both.stderr.contains(part), "{part}: {}", both.stderr);
    }
}

#[test]
fn wrong_usage_is_an_error_like_any_other() {
    let place = Place::new();
    for arguments in [
        &[][..],
        &["nope"],
        &["match"],
        &["match", "-ERROR"],
        &["match", "x", "--format", "markdown"],
        &["match", "@missing.txt"],
        &["compare", "x"],
        &["compare", "x", "y", "z"],
        &["explain", "x", "--nope"],
        &["format"],
    ] {
        let run = run(&place, arguments);
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(!run.stderr.is_empty(), "{arguments:?}");
    }
    assert_eq!(place.run(&["patterns"]).status, 64);
}

#[test]
fn events_are_found_however_a_file_is_laid_out() {
    let place = Place::new();
    let pretty = serde_json::to_string_pretty(&json!({"Records": [{"a": "x", "b": [1, 2]}]}));
    let layouts: [(&str, Vec<u8>, &str); 9] = [
        (
            "log",
            LOG_FILE.into(),
            "{\"a\":\"x\",\"n\":1.0}\n{\"n\":3,\"a\":\"x\"}\n",
        ),
        (
            "log.gz",
            packed(LOG_FILE),
            "{\"a\":\"x\",\"n\":1.0}\n{\"n\":3,\"a\":\"x\"}\n",
        ),
        (
            "two members",
            [
                packed("{\"a\":\"x\"}"),
                packed("{\"Records\":[{\"a\":\"x\"}]}"),
            ]
            .concat(),
            "{\"a\":\"x\"}\n{\"a\":\"x\"}\n",
        ),
        (
            "lines",
            "{\"a\":\"x\"}\r\n\n{\"a\":\"y\"}\n {\"a\": \"x\"}".into(),
            "{\"a\":\"x\"}\n{\"a\": \"x\"}\n",
        ),
        (
            "pretty",
            pretty.unwrap().into(),
            "{\"a\":\"x\",\"b\":[1,2]}\n",
        ),
        ("mark", "\u{feff}{\"a\":\"x\"}\n".into(), "{\"a\":\"x\"}\n"),
        // Not every member of that name makes a log file.
        (
            "named",
            "{\"Records\":1,\"a\":\"x\"}\n{\"b\":\"\\\"Records\\\"\",\"a\":\"x\"}".into(),
            "{\"Records\":1,\"a\":\"x\"}\n{\"b\":\"\\\"Records\\\"\",\"a\":\"x\"}\n",
        ),
        (
            "texts",
            "\"a\"\n[1]\n7\n{\"a\":\"x\"}".into(),
            "{\"a\":\"x\"}\n",
        ),
        (
            "other member first",
            "{\"v\":1,\"Records\":[{\"a\":\"x\"}]}".into(),
            "{\"a\":\"x\"}\n",
        ),
    ];
    for (name, bytes, expected) in layouts {
        place.write("file", bytes);
        let run = run(&place, &["match", "{ $.a = x }", "file"]);
        assert_eq!(
            (run.stdout.as_str(), run.status, run.stderr.as_str()),
            (expected, 0, ""),
            "{name}"
        );
    }
}

#[test]
fn standard_input_is_any_text_with_one_message_a_line() {
    let place = Place::new();
    let text = "an ERROR here\nfine\n\nERROR 2";
    for arguments in [&["match", "ERROR"][..], &["match", "ERROR", "-"]] {
        assert_run(
            &fed(&place, text, arguments),
            0,
            "an ERROR here\nERROR 2\n",
            "",
        );
    }
    assert_run(&fed(&place, text, &["match", "--count", ""]), 0, "4\n", "");
    assert_run(&fed(&place, text, &["match", "{ $.a = x }"]), 1, "", "");
    assert_run(
        &fed(&place, text, &["match", "--", "-ERROR"]),
        0,
        "fine\n\n",
        "",
    );
    // A log file is one message here, and that is said.
    let note = "note: on standard input each line is one event; to look at the records of a log file, name the file\n";
    assert_run(
        &fed(&place, LOG_FILE, &["match", "{ $.a = x }"]),
        1,
        "",
        note,
    );
    let index = fed(&place, LOG_FILE, &["match", "-q", "{ $.Records[1].a = y }"]);
    assert_run(&index, 0, &format!("{LOG_FILE}\n"), "");
}

#[test]
fn several_files_are_one_stream_unless_their_names_are_wanted() {
    let place = Place::new();
    place.write("one.json", LOG_FILE);
    place.write("two.json", "{\"a\":\"x\"}");
    place.write("none.json", "");
    let files = ["one.json", "none.json", "two.json"];
    let matched = |options: &[&str]| {
        run(
            &place,
            &[&["match", "{ $.a = x }"], options, &files].concat(),
        )
    };
    let lines = "{\"a\":\"x\",\"n\":1.0}\n{\"n\":3,\"a\":\"x\"}\n{\"a\":\"x\"}\n";
    assert_run(&matched(&[]), 0, lines, "");
    assert_run(&matched(&["--count"]), 0, "3\n", "");
    let named = "one.json:{\"a\":\"x\",\"n\":1.0}\none.json:{\"n\":3,\"a\":\"x\"}\ntwo.json:{\"a\":\"x\"}\n";
    assert_run(&matched(&["-H"]), 0, named, "");
    let counted = "one.json:2\nnone.json:0\ntwo.json:1\n";
    assert_run(&matched(&["--with-filename", "--count"]), 0, counted, "");
    let none = run(&place, &["match", "{ $.a = z }", "--count", "one.json"]);
    assert_run(&none, 1, "0\n", "");
    let input = fed(
        &place,
        "{\"a\":\"x\"}",
        &["match", "{ $.a = x }", "-H", "two.json", "-"],
    );
    assert_run(
        &input,
        0,
        "two.json:{\"a\":\"x\"}\n(standard input):{\"a\":\"x\"}\n",
        "",
    );
}

/// A file, how many of its events match, and what is told behind `could not read all of`.
const BROKEN: &[(&[u8], &str, &str)] = &[
    (
        b"{\"Records\":[{\"a\":\"x\"},{\"a\":\"x\"},{\"a",
        "2\n",
        "it ends in the middle of an object, behind record 2\n",
    ),
    (
        b"{\"Records\":[{\"a\":\"x\"},nope]}",
        "1\n",
        "what follows is no JSON, behind record 1\n",
    ),
    (
        b"{\"Records\":[{\"a\":\"x\"},{\"a\":\"\xff\"}]}",
        "1\n",
        "it is not UTF-8, behind record 1\n",
    ),
    (
        b"{\"Records\":[{\"a",
        "0\n",
        "it ends in the middle of an object, in line 1\n",
    ),
    (
        b"{\"a\":\"x\"}\nnope\n{\"a\":\"x\"}\n",
        "2\n",
        "it is no JSON, in line 2\nhint: a file holds JSON; other text is read on standard input\n",
    ),
    (
        b"{\"a\":\"x\"}\n{\"a\" \"x\"}\nx\n{\"a\":\"x\"}\n",
        "2\n",
        "expected `:` at column 6, in line 2\nerror: `file` has 1 more place that could not be read\n",
    ),
    (
        b"{\n\"a\":\n'x'\n}\n{\"a\":\"x\"}",
        "1\n",
        "expected value at column 1, in line 3\n",
    ),
    (
        b"{\"a\":\"x\"\n{\"a\":\"x\"}\n",
        "1\n",
        "an object breaks off, in line 1\n",
    ),
    (
        b"{\"a\":\"x\"}\n\xff\n",
        "1\n",
        "it is not UTF-8, in line 2\n",
    ),
];

#[test]
fn what_cannot_be_read_is_told_and_the_rest_is_used() {
    let place = Place::new();
    for (bytes, count, told) in BROKEN {
        place.write("file", bytes);
        let run = run(&place, &["match", "{ $.a = x }", "--count", "file"]);
        let told = format!("error: could not read all of `file`: {told}");
        assert_run(&run, 2, count, &told);
    }
}

#[test]
fn what_is_whole_of_a_compressed_file_that_breaks_off_is_used() {
    let place = Place::new();
    place.write("good", "{\"a\":\"x\"}");
    let records: Vec<String> = (0..500)
        .map(|n| format!("{{\"a\":\"x\",\"n\":{}}}", n * n * 7919))
        .collect();
    let zipped = packed(format!("{{\"Records\":[{}]}}", records.join(",")));
    for cut in [2, 20, zipped.len() / 2, zipped.len() - 9, zipped.len() - 1] {
        place.write("file", &zipped[..cut]);
        let run = run(&place, &["match", "{ $.a = x }", "file", "good"]);
        assert_eq!(run.status, 2);
        // Without a single byte of text there is no place to name.
        let (least, all) = if cut <= 20 { (0, "") } else { (100, "all of ") };
        let told = format!("error: could not read {all}`file`: ");
        assert!(run.stderr.starts_with(&told), "{run:?}");
        assert_eq!(run.stderr.lines().count(), 1, "{run:?}");
        let lines: Vec<&str> = run.stdout.lines().collect();
        let (good, whole) = lines.split_last().unwrap();
        assert_eq!(*good, "{\"a\":\"x\"}");
        assert!(whole.len() >= least, "{} at {cut}", whole.len());
        assert_eq!(whole, &records[..whole.len()], "cut at {cut}");
    }
}

#[test]
fn a_file_that_cannot_be_opened_does_not_stop_the_others() {
    let place = Place::new();
    place.write("good", "{\"a\":\"x\"}");
    fs::create_dir(place.path("folder")).unwrap();
    let run = run(
        &place,
        &["match", "{ $.a = x }", "missing", "good", "folder"],
    );
    let told = "error: could not read `missing`: no such file or directory\n\
                error: could not read `folder`: is a directory\n";
    assert_run(&run, 2, "{\"a\":\"x\"}\n", told);
}

#[test]
fn a_pipe_gets_the_bytes_of_an_event_and_a_terminal_nothing_that_it_would_obey() {
    let place = Place::new();
    let event = "{\"a\":\"x\",\"b\":\"\u{9b}2J\u{202e}\u{7f}##[error]\"}";
    place.write("file", event);
    let piped = run(&place, &["match", "{ $.a = x }", "file"]);
    assert_run(&piped, 0, &format!("{event}\n"), "");
    let text = "ERROR \u{1b}[31m\u{7}\n";
    assert_run(&fed(&place, text, &["match", "ERROR"]), 0, text, "");
    place.write("strict", "{ $.a = \"\u{1b}[31m\" }");
    let line = "\"$0\" pattern match '{ $.a = x }' file && \"$0\" pattern match ERROR < input \
                && \"$0\" pattern format @strict && \"$0\" pattern explain @strict --color never";
    let end = Screen::shell(&place, 100, line).end();
    assert_eq!(end.status, 0, "{}", end.seen);
    let seen = end.seen.replace("\r\n", "\n");
    assert!(!seen.contains(is_hidden), "{seen:?}");
    for part in [
        "\\u{9b}2J\\u{202e}\\u{7f}##\\u{5b}error]",
        "ERROR \\u{1b}[31m\\u{7}",
    ] {
        assert!(seen.contains(part), "{part}: {seen}");
    }
}

#[test]
fn each_event_is_printed_when_it_comes_and_a_reader_that_goes_away_is_no_error() {
    let place = Place::new();
    let mut command = place.command(&["pattern", "match", "ERROR"]);
    command.stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let (mut input, output) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let mut output = BufReader::new(output);
    for number in 0..3 {
        writeln!(input, "ERROR {number}\nfine").unwrap();
        let mut line = String::new();
        output.read_line(&mut line).unwrap();
        assert_eq!(line, format!("ERROR {number}\n"));
    }
    drop(output);
    // It ends at the next event that it cannot print, although there is more to read.
    while writeln!(input, "ERROR").is_ok() {}
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

/// Two patterns, how they relate, and the exit status.
const RELATIONS: &[(&str, &str, &str, i32)] = &[
    (
        "{ $.a = x || $.b = y }",
        "{($.b=\"y\")||($.a=x)}",
        "equivalent",
        0,
    ),
    ("{ $.a = x }", "{ $.a = \"x*\" }", "a_narrower", 1),
    ("{ $.a = x }", "{ $.a = x && $.b = y }", "a_broader", 1),
    ("{ $.a = x }", "{ $.b = y }", "overlapping", 1),
    ("{ $.a = x }", "{ $.a = y }", "disjoint", 1),
    ("", "{ $.a = y }", "a_broader", 1),
    ("{ $.a = x && $.a = y }", "{ $.a = x }", "a_narrower", 1),
    ("ERROR", "WARN", "undecided", 2),
    ("ERROR", "ERROR", "equivalent", 0),
];

#[test]
fn patterns_are_compared_with_the_statuses_of_diff() {
    let place = Place::new();
    for (a, b, relation, status) in RELATIONS {
        let json = run(&place, &["compare", a, b, "--format", "json"]);
        assert_eq!(json.status, *status, "{a} and {b}: {json:?}");
        let compared = document(&json);
        assert_valid(&place, &compared);
        assert_eq!(compared["relation"], *relation, "{a} and {b}");
        assert_eq!((&compared["a"], &compared["b"]), (&json!(a), &json!(b)));
        for (member, in_a, in_b) in [
            ("only_a", true, false),
            ("only_b", false, true),
            ("both", true, true),
        ] {
            let event = match &compared[member] {
                Value::Null => continue,
                Value::String(text) => text.clone(),
                Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                    compared[member].to_string()
                }
            };
            for (pattern, expected) in [(a, in_a), (b, in_b)] {
                let matched = fed(&place, &event, &["match", "--", pattern]);
                assert_eq!(matched.status, i32::from(!expected), "{pattern}: {event}");
            }
        }
        for format in ["text", "markdown"] {
            let shown = run(&place, &["compare", a, b, "--format", format]);
            assert_eq!(shown.status, *status, "{shown:?}");
            assert!(shown.stdout.contains("Comparison"), "{shown:?}");
            assert_eq!(shown.stderr.is_empty(), *status != 2, "{shown:?}");
        }
    }
    let undecided = run(&place, &["compare", "ERROR", "WARN"]);
    let reason =
        "error: it was not found out how the patterns relate: only JSON patterns can be compared\n";
    assert_eq!(undecided.stderr, reason);
}

#[test]
fn a_comparison_shows_the_clauses_by_their_meaning() {
    let place = Place::new();
    let shown = run(
        &place,
        &[
            "compare",
            "{ $.eventSource = iam.amazonaws.com && ($.eventName = A || $.eventName = B) }",
            "{($.eventName=%^A$%||$.eventName=C) && ($.eventSource = \"iam.amazonaws.com\")}",
        ],
    );
    let expected = r#"Comparison: some events are matched by both, some by A alone and some by B alone

Clauses (- in A alone, + in B alone)
   {
     $.eventSource = "iam.amazonaws.com"
     && (
       $.eventName = "A"
  -     || $.eventName = "B"
  +     || $.eventName = "C"
     )
   }

Events
  only A matches: {"eventName": "B", "eventSource": "iam.amazonaws.com"}
  only B matches: {"eventName": "C", "eventSource": "iam.amazonaws.com"}
  both match: {"eventName": "A", "eventSource": "iam.amazonaws.com"}

2 clauses in both, 1 in A alone, 1 in B alone
"#;
    assert_run(&shown, 1, expected, "");
}

#[test]
fn an_explanation_has_words_a_tree_findings_and_examples() {
    let place = Place::new();
    let pattern = "{ $.eventName = A && ($.n = \"1\" || $.n = 2) && $.errorCode != x }";
    let shown = run(&place, &["explain", pattern]);
    assert_eq!((shown.status, shown.stderr.as_str()), (0, ""));
    let caret = format!(
        "    {pattern}\n{}^^^^^^^^^^^^^^^^\n",
        " ".repeat(4 + pattern.find("$.errorCode").unwrap())
    );
    for part in [
        "An event matches when `eventName` is `A`, and either",
        "  all of these hold\n  ├── `eventName` is `A`\n",
        "note: events without `$.errorCode` do not match `!=` [absent-property]\n",
        caret.as_str(),
        "    -> to match them as well, write ",
        "  matches: {",
        "  does not match: {",
    ] {
        assert!(shown.stdout.contains(part), "{part}: {}", shown.stdout);
    }
    for pattern in [
        pattern,
        "",
        "ERROR -timeout",
        "%x%",
        "[a, b = 1, ...]",
        "{ $.a = x && $.a = y }",
    ] {
        let json = run(&place, &["explain", "--format", "json", "--", pattern]);
        assert_eq!((json.status, json.stderr.as_str()), (0, ""));
        let explained = document(&json);
        assert_valid(&place, &explained);
        for (member, status) in [("matching", 0), ("near_miss", 1)] {
            if let Value::Object(_) = explained[member] {
                let event = explained[member].to_string();
                assert_eq!(fed(&place, event, &["match", pattern]).status, status);
            }
        }
        for finding in explained["findings"].as_array().unwrap() {
            let place = |member: &str| usize::try_from(finding[member].as_u64().unwrap()).unwrap();
            assert_eq!(finding["text"], pattern[place("start")..place("end")]);
        }
        assert_eq!(
            run(&place, &["explain", "--format", "markdown", "--", pattern]).status,
            0
        );
    }
}

#[test]
fn the_strict_spelling_is_printed_and_stays_as_it_is() {
    let place = Place::new();
    place.write("pattern", "{$.a=x&&(($.b  is true))}\r\n");
    let strict = "{ $.a = \"x\" && $.b IS TRUE }";
    for argument in ["{$.a=x&&(($.b  is true))}", "@pattern", strict] {
        let printed = run(&place, &["format", argument]);
        assert_run(&printed, 0, &format!("{strict}\n"), "");
    }
    let json = run(&place, &["format", "@pattern", "--format", "json"]);
    assert_valid(&place, &document(&json));
    assert_eq!(document(&json)["strict"], strict);
    let markdown = run(&place, &["format", "@pattern", "--format", "markdown"]);
    assert!(
        markdown.stdout.contains(&format!("```\n{strict}\n```\n")),
        "{markdown:?}"
    );
    let long = format!("{{{}}}", vec!["$.a=x"; 145].join("||"));
    let told = run(&place, &["format", &long]);
    assert_eq!(told.status, 0);
    assert!(
        told.stderr.starts_with("note: the strict spelling has "),
        "{told:?}"
    );
}

#[test]
fn matches_are_given_to_programs_with_their_places() {
    let place = Place::new();
    place.write("log", LOG_FILE);
    place.write("bad", "nope\n{\"a\":\"x\"}\nnope\n");
    let arguments = [
        "match",
        "{ $.a = x }",
        "log",
        "bad",
        "-",
        "--format",
        "json",
    ];
    let run = fed(&place, "no\n{\"a\":\"x\"}", &arguments);
    assert_eq!(run.status, 2);
    let matched = document(&run);
    assert_valid(&place, &matched);
    let places: Vec<(&Value, &Value)> = matched["events"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| (&hit["file"], &hit["index"]))
        .collect();
    let expected = [
        (&json!("log"), &json!(0)),
        (&json!("log"), &json!(2)),
        (&json!("bad"), &json!(0)),
        (&Value::Null, &json!(1)),
    ];
    assert_eq!(places, expected);
    assert_eq!(matched["count"], 4);
    assert_eq!(matched["unread"][0]["places"], 2);
    let counted = fed(&place, "", &[&arguments[..], &["--count"]].concat());
    assert_valid(&place, &document(&counted));
    assert_eq!(
        (
            &document(&counted)["count"],
            document(&counted).get("events")
        ),
        (&json!(3), None)
    );
}

#[test]
fn each_control_matches_the_recorded_events_that_it_should() {
    let place = Place::new();
    let root = fs::canonicalize(RECORDED).unwrap();
    std::os::unix::fs::symlink(&root, place.path("logs")).unwrap();
    let expected: Value =
        serde_json::from_slice(&fs::read(root.join("expected.json")).unwrap()).unwrap();
    let files: Vec<&String> = expected["files"].as_object().unwrap().keys().collect();
    let paths: Vec<String> = files.iter().map(|file| format!("logs/{file}")).collect();
    let catalog = document(&place.run(&["controls", "list", "--format", "json"]));
    let controls = catalog["controls"].as_array().unwrap();
    for control in controls {
        let id = control["id"].as_str().unwrap();
        let mut arguments = vec!["match", control["pattern"].as_str().unwrap()];
        arguments.extend(paths.iter().map(String::as_str));
        let counted = run(&place, &[&arguments[..], &["--count"]].concat());
        assert_run(
            &counted,
            0,
            &format!("{}\n", expected["totals"]["matches"][id]),
            "",
        );
        let found = document(&run(
            &place,
            &[&arguments[..], &["--format", "json"]].concat(),
        ));
        for (file, path) in files.iter().zip(&paths) {
            let hits = found["events"].as_array().unwrap().iter();
            let indices: Vec<&Value> = hits
                .filter(|hit| hit["file"] == path.as_str())
                .map(|hit| &hit["index"])
                .collect();
            let wanted = &expected["files"][*file]["controls"][id]["indices"];
            assert_eq!(json!(indices), *wanted, "{id} in {file}");
        }
    }
    assert_eq!((controls.len(), files.len()), (15, 39));
}

#[test]
fn no_line_of_a_report_is_longer_than_the_window() {
    let place = Place::new();
    let line = "for part in explain compare; do \"$0\" pattern $part $(test $part = compare && echo @one) @two; done";
    let list: Vec<String> = (0..20)
        .map(|n| format!("$.eventName = DeleteSomethingLong{n}"))
        .collect();
    place.write(
        "one",
        format!("{{ $.errorCode != x && ({}) }}", list[1..].join(" || ")),
    );
    place.write(
        "two",
        format!("{{ $.errorCode != x && ({}) }}", list.join(" || ")),
    );
    for columns in [40, 80] {
        let end = Screen::shell(&place, columns, line).end();
        let plain = end.plain();
        assert_eq!(end.status, 1, "{plain}");
        assert!(plain.contains("^^^^"), "{plain}");
        let longest = plain.lines().map(UnicodeWidthStr::width).max().unwrap();
        assert!(longest <= usize::from(columns), "{longest}: {plain}");
    }
}
