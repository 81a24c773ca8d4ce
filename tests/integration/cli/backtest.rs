//! `backtest`: what is found in recorded events, and what becomes of files that are not as they should be.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read, Write};
use std::path::PathBuf;

use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::{DeflateEncoder, GzEncoder};
use ruzstd::encoding::{CompressionLevel, compress_to_vec};
use serde_json::{Value, json};

use super::documents::{assert_valid, document};
use super::program::{Place, Run};
#[cfg(unix)]
use super::screen::{CTRL_D, Screen};

/// Where the recorded events are, seen from the root of the project.
const RECORDED: &str = "tests/data/cloudtrail";

/// A match: file, control, position and id.
type Match = (String, String, u64, Option<String>);

fn run(place: &Place, arguments: &[&str]) -> Run {
    place.run(&[&["backtest"], arguments].concat())
}

/// Returns the document of a run, which has to keep to its schema.
fn result(place: &Place, arguments: &[&str]) -> Value {
    let run = run(place, &[&["--format", "json"], arguments].concat());
    assert_eq!((run.status, run.stderr.as_str()), (0, ""));
    let document = document(&run);
    assert_valid(place, &document);
    document
}

fn packed(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes.as_ref()).unwrap();
    encoder.finish().unwrap()
}

fn packed_by_zstd(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    compress_to_vec(bytes.as_ref(), CompressionLevel::Fastest)
}

/// Returns the matches that a run lists, with files as they are named below `root`.
fn listed(run: &Run, root: &str) -> Vec<Match> {
    let line = |line: &str| {
        let line: Value = serde_json::from_str(line).unwrap();
        let file = line["file"].as_str().unwrap();
        let file = file.strip_prefix(root).unwrap().trim_start_matches('/');
        (
            file.to_owned(),
            line["control"].as_str().unwrap().to_owned(),
            line["index"].as_u64().unwrap(),
            line["eventID"].as_str().map(str::to_owned),
        )
    };
    let mut matches: Vec<Match> = run.stdout.lines().map(line).collect();
    matches.sort();
    matches
}

/// Returns the matches that were worked out for the recorded events.
fn expected() -> Vec<Match> {
    let expected = fs::read_to_string(format!("{RECORDED}/expected.json")).unwrap();
    let expected: Value = serde_json::from_str(&expected).unwrap();
    let mut matches = Vec::new();
    for (file, about) in expected["files"].as_object().unwrap() {
        for (control, found) in about["controls"].as_object().unwrap() {
            let indices = found["indices"].as_array().unwrap();
            for (index, id) in indices.iter().zip(found["eventIDs"].as_array().unwrap()) {
                let id = id.as_str().map(str::to_owned);
                matches.push((file.clone(), control.clone(), index.as_u64().unwrap(), id));
            }
        }
    }
    matches.sort();
    matches
}

/// Returns the records of the recorded files.
fn recorded() -> BTreeMap<String, Vec<Value>> {
    let mut folders = vec![PathBuf::from(RECORDED)];
    let mut files = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "gz") {
                let mut text = String::new();
                let file = fs::File::open(&path).unwrap();
                GzDecoder::new(file).read_to_string(&mut text).unwrap();
                let file: Value = serde_json::from_str(&text).unwrap();
                let name = path.strip_prefix(RECORDED).unwrap();
                let records = file["Records"].as_array().unwrap().clone();
                files.insert(name.display().to_string(), records);
            }
        }
    }
    files
}

#[test]
fn recorded_events_match_where_they_should() {
    let place = Place::new();
    let root = fs::canonicalize(RECORDED).unwrap();
    let root = root.to_str().unwrap();
    for threads in ["1", "3"] {
        let run = run(&place, &["--list", "--threads", threads, root]);
        assert_eq!(run.status, 0, "{run:?}");
        assert_eq!(listed(&run, root), expected(), "{threads} threads");
    }
    let result = result(&place, &[root]);
    assert_eq!(result["files"], json!(39));
    assert_eq!(result["events"], json!(2949));
    assert_eq!(result["duplicates"], json!(0));
    let matches = result["controls"].as_array().unwrap();
    let total: u64 = matches
        .iter()
        .map(|one| one["matches"].as_u64().unwrap())
        .sum();
    assert_eq!(total, 436);
}

/// A layout of records: a name, and the bytes of a file that has them so.
type Layout = (&'static str, fn(&[Value]) -> Vec<u8>);

const LAYOUTS: [Layout; 8] = [
    ("indented", |records| {
        serde_json::to_vec_pretty(&json!({"Records": records})).unwrap()
    }),
    ("spaced", |records| {
        let text = format!("{:#}", json!({ "Records": records }));
        // No text has a line break of its own, so all of them are between the parts.
        format!("\u{feff}\n {}\n\n", text.replace('\n', " \t\r\n")).into_bytes()
    }),
    ("between other members", |records| {
        json!({"A": {"Records": [1]}, "Records": records, "Z": []})
            .to_string()
            .into_bytes()
    }),
    ("lines", |records| {
        let lines = records.iter().map(|record| format!("{record}\n"));
        lines.collect::<String>().into_bytes()
    }),
    ("indented events", |records| {
        let lines = records.iter().map(|record| format!("{record:#}\r\n"));
        lines.collect::<String>().into_bytes()
    }),
    ("list", |records| json!(records).to_string().into_bytes()),
    ("members of gzip", |records| {
        let (left, right) = records.split_at(records.len() / 2);
        let file = |records: &[Value]| json!({ "Records": records }).to_string();
        [packed(file(left)), packed(file(right))].concat()
    }),
    ("frames of zstd", |records| {
        let (left, right) = records.split_at(records.len() / 2);
        let file = |records: &[Value]| json!({ "Records": records }).to_string();
        [packed_by_zstd(file(left)), packed_by_zstd(file(right))].concat()
    }),
];

#[test]
fn the_layout_of_a_file_does_not_matter() {
    let recorded = recorded();
    let expected = expected();
    for (name, layout) in LAYOUTS {
        let place = Place::new();
        for (file, records) in &recorded {
            place.write(&format!("in/{file}"), layout(records));
        }
        let run = run(&place, &["--list", "in"]);
        assert_eq!((run.status, run.stderr.as_str()), (0, ""), "{name}");
        assert_eq!(listed(&run, "in"), expected, "{name}");
    }
}

#[test]
fn standard_input_and_records_without_an_id_are_read() {
    let place = Place::new();
    let event = json!({"eventName": "StopLogging", "eventTime": "2026-03-01T00:00:00Z"});
    place.write("input", packed(format!("{event}\n{event}")));
    let mut command = place.command(&["backtest", "--list", "-"]);
    let run = Run::of(command.stdin(fs::File::open(place.path("input")).unwrap()));
    let line = |index| {
        let line = json!({"control": "cloudtrail-configuration-changes", "file": "-", "index": index,
            "eventID": null, "eventTime": "2026-03-01T00:00:00Z", "eventName": "StopLogging"});
        line.to_string()
    };
    let lines: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let expected: Vec<Value> = [0, 1]
        .map(|index| serde_json::from_str(&line(index)).unwrap())
        .into();
    assert_eq!(lines, expected);
}

fn event(id: u64, time: &str) -> Value {
    json!({"eventVersion": "1.08", "eventName": "StopLogging", "eventID": format!("e{id}"), "eventTime": time})
}

fn log_file(events: &[Value]) -> String {
    json!({ "Records": events }).to_string()
}

/// Returns how many events of the trail's control a run found.
fn stops(result: &Value) -> u64 {
    let mut controls = result["controls"].as_array().unwrap().iter();
    let control = controls.find(|control| control["id"] == "cloudtrail-configuration-changes");
    control.unwrap()["matches"].as_u64().unwrap()
}

#[test]
fn an_event_delivered_twice_counts_once() {
    let place = Place::new();
    let (one, two) = (
        event(1, "2026-03-01T00:00:00Z"),
        event(2, "2026-03-01T00:00:00Z"),
    );
    place.write("in/a.json", log_file(&[one.clone(), two]));
    place.write(
        "in/b.json",
        serde_json::to_vec_pretty(&json!({"Records": [one]})).unwrap(),
    );
    // The same id, and another event.
    place.write("in/c.json", log_file(&[event(1, "2026-03-02T00:00:00Z")]));
    let result = result(&place, &["in"]);
    assert_eq!((stops(&result), &result["duplicates"]), (3, &json!(1)));
    assert_eq!(run(&place, &["--list", "in"]).stdout.lines().count(), 4);
}

#[test]
fn only_events_in_the_time_asked_for_count() {
    let place = Place::new();
    let times = [
        "2026-02-28T23:59:59Z",
        "2026-03-01T00:00:00Z",
        "2026-03-02T11:59:59Z",
        "2026-03-02T12:00:00Z",
    ];
    let events: Vec<Value> = (0..).zip(times).map(|(id, time)| event(id, time)).collect();
    place.write("a.json", log_file(&events));
    let range = ["--since", "2026-03-01", "--until", "2026-03-02T12:00:00Z"];
    let result = result(&place, &[&["a.json"], &range[..]].concat());
    assert_eq!(stops(&result), 2);
    assert_eq!(
        (&result["events"], &result["outside"]),
        (&json!(2), &json!(2))
    );
    assert_eq!(result["first"], "2026-03-01T00:00:00Z");
    assert_eq!(result["last"], "2026-03-02T11:59:59Z");
}

/// Three events, the last of which ends with the file.
fn three() -> String {
    log_file(&[event(1, TIME), event(2, TIME), event(3, TIME)])
}

/// A file that is not as it should be: its bytes, how many of its events are found, and what is said of it.
type Damaged = (Vec<u8>, u64, Option<Said>);

const TIME: &str = "2026-03-01T00:00:00Z";

/// What is said of a file: its kind, and words.
type Said = (&'static str, &'static str);

const fn damaged(what: &'static str) -> Said {
    ("damaged", what)
}

/// Log files that break off or have something wrong in the middle.
fn broken_log_files() -> Vec<Damaged> {
    let text = three();
    let second = text.find("\"e2\"").unwrap();
    let (head, tail) = text.split_at(second);
    let short = |length: usize| text.as_bytes()[..length].to_vec();
    let no_utf8 = [head.as_bytes(), b"\"\xff\xfe", &tail.as_bytes()[1..]].concat();
    vec![
        (
            short(second),
            1,
            Some(damaged("it ends in the middle, behind 1 record")),
        ),
        (
            short(text.len() - 1),
            3,
            Some(damaged("it ends in the middle, behind 3 records")),
        ),
        (short(12), 0, Some(damaged("it ends in the middle"))),
        (short(11), 0, Some(damaged("it ends in the middle"))),
        (
            format!("{text}x").into_bytes(),
            3,
            Some(damaged("1 record is broken")),
        ),
        (
            packed(&text)
                .into_iter()
                .chain(*b"more than this")
                .collect(),
            3,
            Some(damaged("invalid gzip header, behind 3 records")),
        ),
        (
            [packed_by_zstd(&text), b"more than this".to_vec()].concat(),
            3,
            Some(damaged("invalid zstd header, behind 3 records")),
        ),
        (
            format!("{head}\"\u{1}{}", &tail[1..]).into_bytes(),
            2,
            Some(damaged("1 record is broken")),
        ),
        (
            format!("{head}{{{tail}").into_bytes(),
            1,
            Some(damaged(
                "1 record is broken; what follows is no JSON, behind 1 record",
            )),
        ),
        (no_utf8, 3, Some(damaged("2 bytes are not UTF-8"))),
    ]
}

/// Log files with a record that is unusual.
fn unusual_records() -> Vec<Damaged> {
    let long = |length| {
        let mut long = event(2, TIME);
        long["requestParameters"] = json!("x".repeat(length));
        log_file(&[event(1, TIME), long, event(3, TIME)]).into_bytes()
    };
    let levels = 100_000;
    let deep = format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
    let deep = format!(
        "{{\"Records\":[{},{deep},{}]}}",
        event(1, TIME),
        event(2, TIME)
    );
    vec![
        (long(300_000), 3, None),
        (packed(long(300_000)), 3, None),
        (
            long(9 << 20),
            2,
            Some(damaged("1 record is longer than 8 MiB")),
        ),
        (deep.into_bytes(), 2, None),
    ]
}

/// Files with an event in each line, and something between them.
fn lines() -> Vec<Damaged> {
    let lines =
        |middle: &str| format!("{}\n{middle}\n{}\n", event(1, TIME), event(2, TIME)).into_bytes();
    let twice = r#"{"eventName":"CreateUser","eventName":"StopLogging","eventID":"d"}"#;
    vec![
        (
            lines("{\"eventName\": \"StopLogging\""),
            2,
            Some(damaged("1 record is broken")),
        ),
        (lines("no JSON"), 2, Some(damaged("1 record is broken"))),
        (lines("{\"a\":1}"), 2, Some(damaged("1 value is no event"))),
        (lines(""), 2, None),
        (lines(twice), 3, None),
        (lines(&three()), 3, None),
    ]
}

/// Files that hold no events.
fn without_events() -> Vec<Damaged> {
    let foreign = |what| Some(("foreign", what));
    let digest =
        br#"{"awsAccountId":"1","digestStartTime":"2026-03-01T00:00:00Z","logFiles":[]}"#.to_vec();
    let other = "it is JSON, but no log of CloudTrail";
    vec![
        (Vec::new(), 0, Some(damaged("it is empty"))),
        (packed(""), 0, Some(damaged("it is empty"))),
        (b" \n".to_vec(), 0, Some(damaged("it is empty"))),
        (b"{\"Records\":[]}".to_vec(), 0, None),
        (b"[]".to_vec(), 0, None),
        (b"{\"a\":1}".to_vec(), 0, foreign(other)),
        (b"[1, 2]".to_vec(), 0, foreign(other)),
        (b"\0\0\0".to_vec(), 0, foreign("it is no JSON")),
        (
            b"\x1f\x8b".to_vec(),
            0,
            Some(("unreadable", "unexpected end of file")),
        ),
        (
            digest,
            0,
            Some(("digest", "it is a digest, which holds no events")),
        ),
    ]
}

#[test]
fn what_is_whole_of_a_file_is_used_and_the_rest_is_named() {
    let cases = [
        broken_log_files(),
        unusual_records(),
        lines(),
        without_events(),
    ]
    .concat();
    for (number, (bytes, stopped, remark)) in cases.into_iter().enumerate() {
        let place = Place::new();
        place.write("in", bytes);
        let result = result(&place, &["in"]);
        let said: Vec<(&str, &str)> = result["remarks"]
            .as_array()
            .unwrap()
            .iter()
            .map(|remark| {
                (
                    remark["kind"].as_str().unwrap(),
                    remark["what"].as_str().unwrap(),
                )
            })
            .collect();
        assert_eq!(said, remark.into_iter().collect::<Vec<_>>(), "{number}");
        assert_eq!(stops(&result), stopped, "{number}: {said:?}");
        let strict = run(&place, &["--strict", "in"]);
        assert_eq!(
            strict.status,
            i32::from(remark.is_some()),
            "{number}: {strict:?}"
        );
        if let Some((_, what)) = remark {
            let first = strict.stderr.lines().next().unwrap();
            assert_eq!(first, format!("error: could not read all of `in`: {what}"));
        }
    }
}

#[test]
fn a_compressed_file_that_breaks_off_anywhere_gives_what_was_whole() {
    let place = Place::new();
    let events: Vec<Value> = (0..400).map(|id| event(id * 7919 % 1000, TIME)).collect();
    let whole = packed(log_file(&events));
    let mut found = Vec::new();
    for part in 1..8 {
        place.write("in", &whole[..whole.len() * part / 8]);
        let result = result(&place, &["in"]);
        assert_eq!(
            result["remarks"][0]["kind"],
            if stops(&result) > 0 {
                "damaged"
            } else {
                "unreadable"
            }
        );
        found.push(stops(&result));
    }
    assert!(
        found.is_sorted() && found[6] > 300 && found[6] < 400,
        "{found:?}"
    );
    place.write("in", &whole[..whole.len() - 4]);
    let result = result(&place, &["in"]);
    assert_eq!((stops(&result), &result["partial"]), (400, &json!(1)));
}

#[test]
fn a_file_of_zstd_that_breaks_off_anywhere_gives_the_blocks_that_were_whole() {
    let place = Place::new();
    let events: Vec<Value> = (0..20_000)
        .map(|id| event(id * 7919 % 100_003, TIME))
        .collect();
    let whole = packed_by_zstd(log_file(&events));
    let mut found = Vec::new();
    for part in 1..8 {
        place.write("in", &whole[..whole.len() * part / 8]);
        let result = result(&place, &["in"]);
        let what = result["remarks"][0]["what"].as_str().unwrap();
        assert!(what.starts_with("it ends within a zstd frame"), "{what}");
        found.push(stops(&result));
        assert_eq!(run(&place, &["--strict", "in"]).status, 1);
    }
    assert!(found.is_sorted() && found[6] > 15_000, "{found:?}");
    assert!(found[6] < 20_000, "{found:?}");
}

/// What the reference implementation makes of three events at several levels.
#[test]
fn files_of_the_reference_implementation_of_zstd_are_read() {
    let place = Place::new();
    for level in ["fast", "19", "long"] {
        let file = fs::read(format!("tests/data/backtest/{level}.zst")).unwrap();
        place.write("in", file);
        let result = result(&place, &["in"]);
        assert_eq!(stops(&result), 3, "{level}");
        assert_eq!(result["remarks"], json!([]), "{level}");
    }
}

#[test]
fn a_compressed_file_with_one_wrong_bit_is_named() {
    let place = Place::new();
    let whole = packed(three());
    for byte in 10..whole.len() {
        let mut wrong = whole.clone();
        wrong[byte] ^= 1 << (byte % 8);
        place.write(&format!("in/{byte:04}"), wrong);
    }
    let result = result(&place, &["in"]);
    // A few bits fill up the last byte of the compressed data and mean nothing.
    let named = result["remarks"].as_array().unwrap().len();
    assert!(whole.len() - named <= 11, "{named}");
}

#[test]
fn zeros_without_end_take_neither_time_nor_memory() {
    let place = Place::new();
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(&vec![0; 1 << 20]).unwrap();
    encoder.flush().unwrap();
    let mebibyte = encoder.get_ref().clone();
    let head = b"\x1f\x8b\x08\0\0\0\0\0\0\xff";
    let tail = b"\x03\0\0\0\0\0\0\0\0\x40";
    place.write(
        "zeros.gz",
        [&head[..], &mebibyte.repeat(1024), tail].concat(),
    );
    // A text that does not end for long is passed over in pieces.
    let text = format!(
        "{{\"Records\":[{{\"eventName\":\"{}\"}},{}]}}",
        "x".repeat(20 << 20),
        event(1, TIME)
    );
    place.write("letters.gz", packed(text));
    let result = result(&place, &["zeros.gz", "letters.gz"]);
    assert_eq!(result["remarks"][0]["what"], "it is no JSON");
    assert_eq!(
        result["remarks"][1]["what"],
        "1 record is longer than 8 MiB"
    );
    assert_eq!(stops(&result), 1);
}

/// Returns a run over a file and over standard input, which does not end, once it has begun to read that.
#[cfg(unix)]
fn begun(place: &Place, arguments: &[&str]) -> std::process::Child {
    let mut command = place.command(&[&["backtest", "in", "-"], arguments].concat());
    let mut running = command
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let input = running.stdin.as_mut().unwrap();
    // More than a pipe holds: it is being read when all is written.
    for id in 10..3_000 {
        writeln!(input, "{}", event(id, TIME)).unwrap();
    }
    running
}

#[cfg(unix)]
#[test]
fn an_interruption_in_the_middle_ends_with_a_whole_report_of_what_was_read() {
    let place = Place::new();
    place.write("in", three());
    for (signal, format) in [
        ("-INT", "json"),
        ("-TERM", "json"),
        ("-INT", "html"),
        ("-INT", "text"),
    ] {
        let running = begun(&place, &["--format", format, "--threads", "1"]);
        let id = running.id().to_string();
        let sent = std::process::Command::new("kill")
            .args([signal, &id])
            .status();
        assert!(sent.unwrap().success());
        let output = running.wait_with_output().unwrap();
        let (stdout, stderr) = (
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        );
        assert_eq!(output.status.code(), Some(130), "{stderr}");
        assert_eq!(stderr, "error: interrupted\n");
        match format {
            "json" => {
                let result: Value = serde_json::from_str(&stdout).unwrap();
                assert_valid(&place, &result);
                assert_eq!(result["state"], "interrupted");
                assert!(stops(&result) >= 3, "{result:#}");
            }
            "html" => assert!(stdout.ends_with("</html>\n"), "{stdout}"),
            _ => assert!(stdout.contains("interrupted: "), "{stdout}"),
        }
    }
}

#[cfg(unix)]
#[test]
fn how_far_it_is_is_told_on_a_terminal_alone() {
    let place = Place::new();
    place.write(
        "in",
        log_file(&(0..2_000).map(|id| event(id, TIME)).collect::<Vec<_>>()),
    );
    let arguments = "backtest in - --format json > out.json";
    let mut screen = Screen::open(&place, 100, arguments);
    // Standard input is the terminal, and ends when somebody says so.
    let end = screen.wait_for(" left").send(CTRL_D).end();
    assert_eq!(end.status, 0, "{}", end.seen);
    let line = end.seen.rsplit('\r').find(|line| line.contains(" left"));
    let line = line.unwrap_or_else(|| panic!("{:?}", end.seen));
    for part in ["1 file, ", " kB, ", "2000 events, ", " kB/s, 0:00 left"] {
        assert!(line.contains(part), "{part:?} in {line:?}");
    }
    let gone = end.seen.trim_end_matches(['^', 'D', '\u{8}']);
    assert!(gone.ends_with("\r\u{1b}[K"), "{:?}", end.seen);
    for silent in ["--quiet", "2> err.txt"] {
        let line = format!("sleep 1 | \"$0\" {arguments} {silent}");
        let end = Screen::shell(&place, 100, &line).end();
        assert_eq!((end.status, end.seen.as_str()), (0, ""), "{silent}");
    }
    assert_eq!(place.read("err.txt"), "");
}

#[test]
fn the_simulated_time_is_what_was_asked_for_as_far_as_the_files_reach() {
    let place = Place::new();
    let times = [
        "2026-03-01T00:00:00Z",
        "2026-03-10T12:00:00Z",
        "2026-03-20T23:59:59Z",
    ];
    let events: Vec<Value> = (0..).zip(times).map(|(id, time)| event(id, time)).collect();
    place.write("in", log_file(&events));
    for (arguments, days, first, last) in [
        (&[][..], 20, "2026-03-01T00:00:00Z", "2026-03-20T23:59:59Z"),
        (
            &["--since", "2026-03-05", "--until", "2026-03-15"],
            10,
            "2026-03-05T00:00:00Z",
            "2026-03-14T23:59:59Z",
        ),
        // There is nothing to be known of the days before the first event and behind the last one.
        (
            &["--since", "2026-02-01", "--until", "2026-04-01"],
            20,
            "2026-03-01T00:00:00Z",
            "2026-03-20T23:59:59Z",
        ),
        // No event inside, and it is known that there was none.
        (
            &["--since", "2026-03-02", "--until", "2026-03-04"],
            2,
            "2026-03-02T00:00:00Z",
            "2026-03-03T23:59:59Z",
        ),
    ] {
        let result = result(&place, &[&["in"], arguments].concat());
        let controls = result["controls"].as_array().unwrap();
        let course = &controls[0]["course"];
        assert_eq!(course["days"], json!(days), "{arguments:?}");
        assert_eq!(result["simulated"], json!({"first": first, "last": last}));
    }
    let result = result(&place, &["in", "--since", "2027-01-01"]);
    assert_eq!(result["simulated"], Value::Null);
    assert_eq!(result["controls"][0]["course"]["days"], json!(0));
}

#[test]
fn bars_are_ascii_where_the_locale_has_nothing_else() {
    let place = Place::new();
    place.write("in", three());
    for (locale, is_ascii) in [("C", true), ("C.UTF-8", false)] {
        let mut command = place.command(&["backtest", "in"]);
        let run = Run::of(command.env("LANG", locale));
        let bars = run.stdout.lines().find(|line| line.contains("  events"));
        let bars = bars.unwrap_or_else(|| panic!("{run:?}"));
        assert_eq!(bars.is_ascii(), is_ascii, "{bars}");
        assert_eq!(bars.contains('@'), is_ascii, "{bars}");
    }
}

#[cfg(unix)]
#[test]
fn folders_are_walked_by_name_and_none_is_entered_inside_of_itself() {
    let place = Place::new();
    let layout = "AWSLogs/1/CloudTrail/us-east-1/2026/03/01";
    place.write(
        &format!("{layout}/b.json.gz"),
        packed(log_file(&[event(2, TIME)])),
    );
    place.write(
        &format!("{layout}/a.json.gz"),
        packed(log_file(&[event(1, TIME)])),
    );
    place.write(
        "AWSLogs/1/CloudTrail-Digest/us-east-1/d.json.gz",
        packed("{}"),
    );
    std::os::unix::fs::symlink(
        place.path("AWSLogs/1"),
        place.path("AWSLogs/1/CloudTrail/loop"),
    )
    .unwrap();
    let result = result(&place, &["AWSLogs"]);
    let remarks: Vec<(&str, &str)> = result["remarks"]
        .as_array()
        .unwrap()
        .iter()
        .map(|remark| {
            (
                remark["file"].as_str().unwrap(),
                remark["kind"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        remarks,
        [
            ("AWSLogs/1/CloudTrail/loop", "loop"),
            ("AWSLogs/1/CloudTrail-Digest", "folder")
        ]
    );
    assert_eq!((stops(&result), &result["skipped"]), (2, &json!(2)));
    let listed = run(&place, &["--list", "AWSLogs"]).stdout;
    assert!(
        listed.lines().next().unwrap().contains("a.json.gz"),
        "{listed}"
    );
    // The folder of digests is where it belongs.
    fs::remove_file(place.path("AWSLogs/1/CloudTrail/loop")).unwrap();
    assert_eq!(run(&place, &["--strict", "AWSLogs"]).status, 0);
}

#[test]
fn what_is_not_there_is_refused_before_anything_is_read() {
    let place = Place::new();
    place.write("a.json", three());
    let run = run(&place, &["a.json", "b.json"]);
    let expected = "error: could not read `b.json`: no such file or directory\n";
    assert_eq!(
        (run.status, run.stdout.as_str(), run.stderr.as_str()),
        (1, "", expected)
    );
}

#[test]
fn names_that_a_terminal_would_obey_are_shown_as_text() {
    let place = Place::new();
    place.write("in/\u{1b}[31mred\u{202e}", "x");
    for format in ["text", "markdown", "json"] {
        let run = run(&place, &["--format", format, "in"]);
        assert!(
            !run.stdout.contains(['\u{1b}', '\u{202e}']),
            "{}",
            run.stdout
        );
    }
}
