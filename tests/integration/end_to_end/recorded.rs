//! `backtest --live` and `--history`: what an account has recorded is read whole, counted once, and never taken for more than it is.

use std::time::{Duration, SystemTime};

use cis_fix::backtest::time;
use cis_fix::model::Region;
use cis_fix::sandbox::Scene;
use serde_json::{Value, json};

use super::interruptions::{send, wait_for};
use super::program::{Program, Run};
use super::stage::Stage;
use crate::support::fake::Fault;
use crate::support::wire::{Recorded, Recordings, Shape};

const LIVE: [&str; 3] = ["backtest", "--live", "--no-pacing"];
const HISTORY: [&str; 3] = ["backtest", "--history", "--no-pacing"];
const FILTER: &str = "logs:FilterLogEvents";
const LOOKUP: &str = "cloudtrail:LookupEvents";

#[expect(
    clippy::disallowed_methods,
    reason = "the event history is of the last days"
)]
fn now() -> i64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    i64::try_from(since.unwrap().as_millis()).unwrap()
}

/// Returns an event that happened so many minutes ago, with some members of its own.
fn event(minutes: i64, own: Value) -> Recorded {
    let at = now() - minutes * time::MINUTE;
    let mut record = json!({
        "eventVersion": "1.08",
        "eventTime": time::print(at),
        "eventID": format!("{minutes}-{own}"),
        "eventSource": "cloudtrail.amazonaws.com",
        "userIdentity": {"type": "IAMUser", "arn": "arn:aws:iam::123456789012:user/x"},
        "sourceIPAddress": "192.0.2.1",
    });
    let Value::Object(own) = own else {
        panic!("{own}")
    };
    record.as_object_mut().unwrap().extend(own);
    Recorded {
        // It is logged a little later than it happens.
        at: at + 5 * time::MINUTE,
        record: record.to_string(),
    }
}

fn named(minutes: i64, name: &str) -> Recorded {
    event(minutes, json!({ "eventName": name }))
}

/// A day of changes of the trail every twenty minutes, one of them refused, and other things.
fn day() -> Vec<Recorded> {
    let mut events: Vec<_> = (1..=71)
        .rev()
        .map(|at| named(at * 20, "StopLogging"))
        .collect();
    let refused = json!({"eventName": "StopLogging", "errorCode": "AccessDenied"});
    events.push(event(11, refused));
    events.push(named(12, "DescribeTrails"));
    events.push(named(13, "DeleteVpc"));
    events
}

fn stage(logged: Vec<Recorded>) -> Stage {
    let stage = Stage::scene(Scene::Fresh);
    stage.fake.record(Recordings {
        logged,
        history: Vec::new(),
        retention_days: Some(30),
    });
    stage
}

fn with_history(events: impl IntoIterator<Item = Recorded>) -> Stage {
    let stage = Stage::scene(Scene::Fresh);
    let region = Region::parse("us-east-1").unwrap();
    let history = events.into_iter().map(|event| (region.clone(), event));
    stage.fake.record(Recordings {
        history: history.collect(),
        ..Recordings::default()
    });
    stage
}

fn control<'run>(document: &'run Value, id: &str) -> &'run Value {
    let controls = document["controls"].as_array().unwrap();
    controls.iter().find(|control| control["id"] == id).unwrap()
}

fn matches(document: &Value, id: &str) -> Option<u64> {
    control(document, id)["matches"].as_u64()
}

fn is_reading_alone(stage: &Stage) {
    for call in stage.fake.calls() {
        assert!(call.is_reading(), "{}", call.action());
    }
}

#[test]
fn the_log_group_is_asked_for_each_pattern_and_every_event_counts_once() {
    let stage = stage(day());
    let (status, document) = stage.json(&LIVE);
    assert_eq!(status, 0);
    assert_eq!(
        matches(&document, "cloudtrail-configuration-changes"),
        Some(72)
    );
    assert_eq!(matches(&document, "unauthorized-api-calls"), Some(1));
    assert_eq!(matches(&document, "vpc-changes"), Some(1));
    assert_eq!(matches(&document, "root-account-usage"), Some(0));
    // The one that two controls ask for came twice.
    assert_eq!(
        [
            &document["events"],
            &document["duplicates"],
            &document["outside"]
        ],
        [73, 0, 0]
    );
    let source = &document["source"];
    assert_eq!(source["kind"], "log_groups");
    assert_eq!(source["log_groups"][0]["retention_days"], 30);
    assert!(
        source["log_groups"][0]["arn"]
            .as_str()
            .unwrap()
            .ends_with(":log-group:CloudTrail/DefaultLogGroup")
    );
    assert_eq!(document["account"], "123456789012");
    assert_eq!(
        control(&document, "vpc-changes")["verdict"],
        "non_compliant"
    );
    // 15 patterns, one of them on three pages.
    assert_eq!(stage.fake.count(FILTER), 15 + 2);
    is_reading_alone(&stage);
}

#[test]
fn the_simulated_time_is_what_was_asked_for_as_far_as_events_are_kept() {
    let stage = stage(day());
    let days = |arguments: &[&str]| {
        let (_, document) = stage.json(&[&LIVE[..], arguments].concat());
        let course = &control(&document, "vpc-changes")["course"];
        course["days"].as_u64().unwrap()
    };
    assert!([14, 15].contains(&days(&[])));
    assert!([30, 31].contains(&days(&["--since", "60d"])));
    assert!([3, 4].contains(&days(&["--since", "3d"])));
    assert_eq!(days(&["--since", "3d", "--until", "2d"]), 2);
}

#[test]
fn an_event_outside_of_the_time_asked_for_does_not_count_although_it_was_logged_inside() {
    let stage = stage(vec![named(121, "StopLogging"), named(119, "StopLogging")]);
    let (_, document) = stage.json(&[&LIVE[..], &["--since", "2h"]].concat());
    assert_eq!(
        matches(&document, "cloudtrail-configuration-changes"),
        Some(1)
    );
    assert_eq!([&document["events"], &document["outside"]], [1, 1]);
    let (_, document) = stage.json(&[&LIVE[..], &["--until", "2h"]].concat());
    assert_eq!(
        matches(&document, "cloudtrail-configuration-changes"),
        Some(1)
    );
}

#[test]
fn an_event_that_was_logged_twice_counts_once() {
    let stage = stage(vec![named(9, "StopLogging"), named(9, "StopLogging")]);
    let (_, document) = stage.json(&LIVE);
    assert_eq!(
        matches(&document, "cloudtrail-configuration-changes"),
        Some(1)
    );
    assert_eq!(document["duplicates"], 1);
}

#[test]
fn what_is_no_event_or_does_not_match_is_counted_and_left_out() {
    let message = |text: &str| Shape::members([("message", Some(Shape::text(text)))]);
    let good = named(9, "StopLogging").record;
    let others = named(9, "DescribeTrails").record;
    let messages = ["{", "", "\u{1b}[31mred", "[1]", &good, &others];
    let mut events: Vec<Shape> = messages.into_iter().map(message).collect();
    events.push(Shape::nothing());
    let answer = Shape::members([("events", Some(Shape::List(events)))]);
    let only = ["--control", "cloudtrail-configuration-changes"];
    for (more, status) in [(&[][..], 0), (&["--strict"][..], 1)] {
        let stage = stage(Vec::new());
        stage.fake.fail(FILTER, [Fault::Answer(answer.clone())]);
        let arguments = [&LIVE[..], &only, more].concat();
        let run = stage.run(&[&arguments[..], &["--format", "json"]].concat());
        assert_eq!(run.status, status, "{run:?}");
        if status == 1 {
            let told = "error: could not read all of `CloudTrail/DefaultLogGroup`: 5 messages are no events\n";
            assert!(run.stderr.starts_with(told), "{run:?}");
            continue;
        }
        let document = run.document();
        assert_eq!(matches(&document, only[1]), Some(1));
        let remarks: Vec<_> = document["remarks"].as_array().unwrap().iter().collect();
        assert_eq!(remarks.len(), 2);
        assert_eq!(remarks[0]["what"], "5 messages are no events");
        assert_eq!(remarks[1]["kind"], "unmatched");
    }
}

#[test]
fn empty_pages_and_throttles_are_no_end_and_a_circle_of_pages_is() {
    let stage = stage(day());
    let faults = [Fault::EmptyPage, Fault::Refuse(400, "ThrottlingException")];
    stage.fake.fail(FILTER, faults);
    let (status, document) = stage.json(&LIVE);
    assert_eq!(status, 0);
    assert_eq!(
        matches(&document, "cloudtrail-configuration-changes"),
        Some(72)
    );
    for (arguments, action) in [(LIVE, FILTER), (HISTORY, LOOKUP)] {
        stage.fake.fail(action, vec![Fault::RepeatedToken; 5]);
        let run = stage.run(&arguments);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
        let told = format!("error: answer not understood (`{action}`)");
        assert!(run.stderr.starts_with(&told), "{run:?}");
        stage.fake.relent();
    }
}

#[test]
fn who_may_not_look_is_told_what_is_missing() {
    for (arguments, action) in [(LIVE, FILTER), (HISTORY, LOOKUP)] {
        let stage = stage(day());
        stage.fake.fail(
            action,
            vec![Fault::Refuse(400, "AccessDeniedException"); 99],
        );
        let run = stage.run(&arguments);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
        assert!(
            run.stderr.contains(&format!("access denied (`{action}`)")),
            "{run:?}"
        );
        assert!(
            run.stderr.contains(&format!("hint: grant `{action}`")),
            "{run:?}"
        );
        assert_eq!(stage.fake.count(action), 1, "the first refusal is enough");
    }
}

#[test]
fn a_control_that_could_not_be_read_is_unknown_and_not_quiet() {
    let stage = stage(day());
    let denied = vec![Fault::Refuse(400, "AccessDeniedException")];
    stage.fake.fail_after(FILTER, 3, denied.clone());
    let (status, document) = stage.json(&LIVE);
    assert_eq!(status, 5);
    let unread: Vec<&Value> = document["controls"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|control| control["matches"].is_null())
        .collect();
    assert_eq!(unread.len(), 1, "{unread:#?}");
    assert!(unread[0]["alarms"].is_null() && unread[0]["proposal"].is_null());
    assert!(
        unread[0]["not_simulated"]
            .as_str()
            .unwrap()
            .starts_with("access denied")
    );
    stage.fake.fail_after(FILTER, 3, denied);
    let run = stage.run(&[&LIVE[..], &["--strict"]].concat());
    assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
}

#[test]
fn where_no_log_group_is_to_be_asked_somebody_is_told_where_one_is() {
    let member = Stage::scene(Scene::Member).run(&LIVE);
    assert_eq!(
        (member.status, member.stdout.as_str()),
        (1, ""),
        "{member:?}"
    );
    assert!(
        member.stderr.contains("no log group of this account"),
        "{member:?}"
    );
    assert!(
        member.stderr.contains("hint: the organization trail"),
        "{member:?}"
    );
    for source in ["--live", "--history"] {
        let run = Program::new().run(&["backtest", source, "--sandbox=scene:fresh"]);
        assert_eq!((run.status, run.stdout.as_str()), (1, ""), "{run:?}");
        assert!(
            run.stderr
                .contains("a sandbox account records no events; replay log files"),
            "{run:?}"
        );
    }
}

#[test]
fn sources_and_times_that_cannot_be_are_wrong_usage() {
    for (arguments, told) in [
        (&["--live", "--history"][..], "cannot be used with"),
        (&["--live", "x.json"], "cannot be used with"),
        (&["--history", "x.json"], "cannot be used with"),
        (&["--live", "--threads", "2"], "cannot be used with"),
        (&[], "required"),
        (
            &["--live", "--since", "2999-01-01"],
            "`--since` is not in the past",
        ),
        (&["--history", "--until", "91d"], "goes back 90 days"),
    ] {
        let stage = Stage::scene(Scene::Fresh);
        let run = stage.run(&[&["backtest"], arguments].concat());
        assert_eq!((run.status, run.stdout.as_str()), (64, ""), "{run:?}");
        assert!(run.stderr.contains(told), "{run:?}");
    }
}

#[test]
fn the_event_history_is_asked_for_the_names_that_patterns_look_for() {
    let mut events = day();
    events.extend((0..120).map(|at| named(60 * at + 7, "CreateVpc")));
    let stage = with_history(events);
    let (status, document) = stage.json(&HISTORY);
    assert_eq!(status, 0, "what cannot be asked for is no failure");
    assert_eq!(matches(&document, "vpc-changes"), Some(121));
    assert_eq!(
        matches(&document, "cloudtrail-configuration-changes"),
        Some(72)
    );
    for nameless in ["unauthorized-api-calls", "root-account-usage"] {
        let control = control(&document, nameless);
        assert!(control["matches"].is_null(), "{control}");
        let reason = control["not_simulated"].as_str().unwrap();
        assert!(reason.contains("the pattern names none"), "{reason}");
    }
    assert!(matches(&document, "console-sign-in-without-mfa").is_some());
    assert_eq!(document["source"]["kind"], "event_history");
    assert_eq!(document["source"]["region"], "us-east-1");
    let asked = |name: &str| {
        let is_it = |call: &&crate::support::wire::Call| format!("{call:?}").contains(name);
        stage.fake.calls().iter().filter(is_it).count()
    };
    assert_eq!(
        asked("Text(\"CreateVpc\")"),
        3,
        "120 events come by the fifty"
    );
    assert_eq!(asked("Text(\"DescribeTrails\")"), 0);
    is_reading_alone(&stage);
    let text = stage.run(&HISTORY);
    let flat = text.stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(
        flat.contains("management events of this Region alone, of the last 90 days"),
        "{flat}"
    );
    assert!(flat.contains("2 controls not answered"), "{flat}");
}

#[test]
fn matches_can_be_listed_and_what_is_not_answered_is_told_beside_them() {
    let stage = with_history(day());
    let run = stage.run(&[&HISTORY[..], &["--list"]].concat());
    assert_eq!(run.status, 0, "{run:?}");
    let lines: Vec<Value> = run
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 73);
    assert_eq!(lines[0]["file"], "event history");
    assert!(
        run.stderr
            .contains("note: root-account-usage: the event history"),
        "{run:?}"
    );
}

/// Interrupts a run in the middle.
fn interrupted(stage: &Stage, arguments: &[&str], action: &str) -> Run {
    let running = stage.program.spawn(arguments);
    wait_for(stage, action, 3);
    send("-INT", &running);
    Run::from(running.wait_with_output().unwrap())
}

#[test]
fn an_interruption_shows_what_was_read_until_then_and_nothing_half_read() {
    let stage = Stage::slow(Scene::Fresh.account(), Duration::from_millis(60));
    stage.fake.record(Recordings {
        logged: day(),
        ..Recordings::default()
    });
    let json = ["--format", "json"];
    for (arguments, action) in [(LIVE, FILTER), (HISTORY, LOOKUP)] {
        stage.fake.forget_calls();
        let run = interrupted(&stage, &[&arguments[..], &json].concat(), action);
        assert_eq!(run.status, 130, "{run:?}");
        assert!(run.stderr.contains("interrupted"), "{run:?}");
        let document = run.document();
        assert_eq!(document["state"], "interrupted");
        let controls = document["controls"].as_array().unwrap();
        let unread = controls
            .iter()
            .filter(|control| control["matches"].is_null());
        assert!(unread.count() > 5, "{document:#}");
    }
}

#[test]
fn nothing_that_a_record_says_is_obeyed_by_a_terminal_or_a_page() {
    let hostile = "\u{1b}[31m\u{202e}<script>alert(1)</script>\u{9b}\n::error::x|`";
    let own = json!({
        "eventName": "StopLogging",
        "userIdentity": {"arn": hostile},
        "sourceIPAddress": hostile,
        "errorCode": hostile,
        "eventSource": hostile,
    });
    let events: Vec<_> = (1..50).map(|at| event(at * 30, own.clone())).collect();
    for (arguments, stage) in [
        (LIVE, stage(events.clone())),
        (HISTORY, with_history(events)),
    ] {
        for format in ["text", "json", "markdown", "html"] {
            let run = stage.run(&[&arguments[..], &["--format", format, "-v"]].concat());
            assert_eq!(run.status, 0, "{run:?}");
            for raw in ["\u{1b}", "\u{202e}", "\u{9b}", "\n::error"] {
                assert!(!run.stdout.contains(raw), "{format}: {raw:?}");
            }
            assert!(
                format != "html" || !run.stdout.contains("<script"),
                "{format}"
            );
            assert!(run.stdout.contains("alert(1)"), "{format}");
        }
    }
}
