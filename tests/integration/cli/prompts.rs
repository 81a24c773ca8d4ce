//! Questions on a real terminal. Only a yes is a yes, and a terminal is given back as it was.

use std::collections::BTreeMap;

use expectrl::process::unix::Signal;
use serde_json::Value;

use super::program::Place;
use super::screen::{CTRL_C, CTRL_D, DOWN, ESCAPE, End, Screen};

const QUESTION: &str = "in us-east-1? [y/N] ";
const LIST: &str = "5.15 AWS Organizations changes";
const SANDBOX: &str = "cis-fix-sandbox.json";

fn account(place: &Place) -> Value {
    serde_json::from_str(&place.read(SANDBOX)).unwrap()
}

/// Returns the names of the filters, the alarms and the topics that an account holds.
fn names(account: &Value) -> BTreeMap<&'static str, Vec<String>> {
    let named = |list: &Value, key: &str| -> Vec<String> {
        let items = list.as_array().into_iter().flatten();
        items
            .map(|item| item[key].as_str().unwrap().to_owned())
            .collect()
    };
    BTreeMap::from([
        (
            "filters",
            named(&account["log_groups"][0]["metric_filters"], "name"),
        ),
        ("alarms", named(&account["alarms"]["us-east-1"], "name")),
        ("topics", named(&account["topics"], "arn")),
    ])
}

/// A question was left unanswered: nothing is written, and the terminal is as it was.
fn assert_untouched(place: &Place, end: &End, status: i32) {
    assert_eq!(end.status, status, "{}", end.seen);
    assert!(end.shows_cursor() && end.echoes, "{}", end.seen);
    let fresh = std::fs::read_to_string("src/sandbox/scenes/fresh.json").unwrap();
    assert_eq!(place.read(SANDBOX), fresh);
    assert!(!end.seen.contains("done"), "{}", end.seen);
}

#[test]
fn a_yes_applies_what_was_shown() {
    for yes in ["y\r", "yes\r", " Y \r"] {
        let place = Place::with_fresh_account();
        let mut screen = Screen::open(&place, 80, "apply --sandbox --control 5.3");
        let end = screen.wait_for(QUESTION).send(yes).end();
        assert_eq!(end.status, 0, "{}", end.seen);
        end.assert_in_order([
            "Plan: account",
            "Apply these 3 changes",
            "[3/3] alarm",
            "Applied: 3 done",
        ]);
        assert_eq!(names(&account(&place))["filters"], ["root_usage_metric"]);
    }
}

#[test]
fn alarms_are_switched_and_driven_after_a_yes_alone() {
    let place = Place::with_fresh_account();
    place.run(&["apply", "--sandbox", "--control", "5.3", "--yes"]);
    let before = place.read(SANDBOX);
    for (command, question) in [
        ("mute", "Disable the actions of 1 alarm of account"),
        ("drill", "Drive 1 alarm of account"),
    ] {
        for (answer, status) in [("n\r", 6), (CTRL_D, 6), (CTRL_C, 130)] {
            let line = format!("{command} --sandbox --control 5.3");
            let mut screen = Screen::open(&place, 80, &line);
            let end = screen.wait_for("[y/N] ").send(answer).end();
            assert_eq!(end.status, status, "{}", end.seen);
            assert!(end.plain().contains(question), "{}", end.seen);
            assert_eq!(place.read(SANDBOX), before);
        }
    }
    let mut screen = Screen::open(&place, 80, "mute --sandbox --control 5.3");
    let end = screen.wait_for("[y/N] ").send("y\r").end();
    assert_eq!(end.status, 0, "{}", end.seen);
    assert_ne!(place.read(SANDBOX), before);
}

#[test]
fn anything_but_a_yes_is_a_no() {
    for no in [
        "\r",
        "n\r",
        "no\r",
        "yep\r",
        "yy\r",
        "\u{1b}[A\r",
        "☃\r",
        CTRL_D,
    ] {
        let place = Place::with_fresh_account();
        let mut screen = Screen::open(&place, 80, "apply --sandbox");
        let end = screen.wait_for(QUESTION).send(no).end();
        assert_untouched(&place, &end, 6);
        assert!(
            end.plain().ends_with("nothing was changed\n"),
            "{}",
            end.seen
        );
    }
}

#[test]
fn an_answer_that_is_no_text_is_no_yes() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::open(&place, 80, "apply --sandbox");
    let end = screen.wait_for(QUESTION).send_bytes(b"\xffy\r").end();
    assert_untouched(&place, &end, 6);
}

#[test]
fn the_end_of_the_input_in_the_middle_of_an_answer_is_its_end() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::open(&place, 80, "apply --sandbox");
    let end = screen
        .wait_for(QUESTION)
        .send("n")
        .send(CTRL_D)
        .send(CTRL_D)
        .end();
    assert_untouched(&place, &end, 6);
}

#[test]
fn an_interruption_at_the_question_writes_nothing() {
    for question in [
        ("apply --sandbox", QUESTION),
        ("apply --sandbox --interactive", LIST),
    ] {
        let place = Place::with_fresh_account();
        let mut screen = Screen::open(&place, 80, question.0);
        let end = screen.wait_for(question.1).send(CTRL_C).end();
        assert_untouched(&place, &end, 130);
        assert!(
            end.plain().ends_with("\nerror: interrupted\n"),
            "{}",
            end.seen
        );
        for signal in [Signal::SIGTERM, Signal::SIGINT] {
            let mut screen = Screen::open(&place, 80, question.0);
            let end = screen.wait_for(question.1).signal(signal).end();
            assert_untouched(&place, &end, 130);
        }
    }
}

#[test]
fn three_chosen_controls_are_made_with_the_topic_that_they_share() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::open(&place, 80, "apply --sandbox --interactive");
    screen.wait_for(LIST).send(" ").wait_for("[x] 5.1 ");
    screen
        .send(DOWN)
        .wait_for("> [ ] 5.2")
        .send(DOWN)
        .wait_for("> [ ] 5.3");
    screen
        .send(" ")
        .wait_for("> [x] 5.3")
        .send(DOWN)
        .wait_for("> [ ] 5.4");
    screen.send(" ").wait_for("> [x] 5.4").wait_for(LIST);
    let end = screen.send("\r").end();
    assert_eq!(end.status, 0, "{}", end.seen);
    assert!(end.shows_cursor() && end.echoes);
    let made = names(&account(&place));
    let ids = ["iam_changes", "root_usage", "unauthorized_api_calls"];
    let mut filters = ids.map(|id| format!("{id}_metric")).to_vec();
    filters.push("unauthorized_api_calls_metric_security_hub".to_owned());
    assert_eq!(made["filters"], filters);
    assert_eq!(made["alarms"], ids.map(|id| format!("{id}_alarm")));
    assert_eq!(
        made["topics"],
        ["arn:aws:sns:us-east-1:123456789012:cis-alarms"]
    );
    let text = end.plain();
    assert!(
        text.contains("[1/8] topic") && text.contains("[8/8] alarm"),
        "{text}"
    );
}

#[test]
fn a_list_that_is_left_changes_nothing() {
    for keys in [ESCAPE, "q", "\r", "\u{1b}[B\u{1b}[B\r"] {
        let place = Place::with_fresh_account();
        let mut screen = Screen::open(&place, 80, "apply --sandbox --interactive");
        let end = screen.wait_for(LIST).send(keys).end();
        assert_untouched(&place, &end, 6);
        assert!(
            end.plain().ends_with("nothing was changed\n"),
            "{}",
            end.seen
        );
    }
}

#[test]
fn a_list_in_a_narrow_window_is_drawn_anew_without_a_trace() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::open(&place, 30, "apply --sandbox --interactive");
    screen.wait_for("5.15 AWS Organizations…");
    let end = screen.send(DOWN).wait_for("> [ ] 5.2").send(ESCAPE).end();
    assert_untouched(&place, &end, 6);
    let list = end.seen.split("\u{1b}[?25l").nth(1).unwrap();
    let rows = list.split("\r\n").take(15);
    assert!(rows.clone().all(|row| row.chars().count() < 30), "{list}");
    assert!(
        list.contains("\u{1b}[15A"),
        "fifteen rows are cleared: {list}"
    );
}

#[test]
fn an_account_that_changed_while_the_question_stood_is_not_written_over() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::open(&place, 80, "apply --sandbox --control 5.3");
    screen.wait_for(QUESTION);
    let other = place.run(&["apply", "--sandbox", "--control", "5.4", "--yes"]);
    assert_eq!(other.status, 0, "{other:?}");
    let before = place.contents();
    let end = screen.send("y\r").end();
    assert_eq!(end.status, 4, "{}", end.seen);
    assert!(
        end.plain()
            .contains("error: the account has changed since the plan was shown")
    );
    assert_eq!(place.changes_since(&before), Vec::<String>::new());
}

#[test]
fn a_change_that_does_not_matter_is_kept() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::open(&place, 80, "apply --sandbox --control 5.3");
    screen.wait_for(QUESTION);
    let foreign = r#""alarms": {"eu-central-1": [{"name": "theirs", "kind": "composite"}]}"#;
    place.write(
        SANDBOX,
        place.read(SANDBOX).replace("\"alarms\": {}", foreign),
    );
    let end = screen.send("y\r").end();
    assert_eq!(end.status, 0, "{}", end.seen);
    assert_eq!(
        account(&place)["alarms"]["eu-central-1"][0]["name"],
        "theirs"
    );
}

#[test]
fn an_account_that_cannot_be_read_again_is_not_written() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::open(&place, 80, "apply --sandbox --control 5.3");
    screen.wait_for(QUESTION);
    place.write(SANDBOX, "{");
    let end = screen.send("y\r").end();
    assert_eq!(end.status, 1, "{}", end.seen);
    assert_eq!(place.read(SANDBOX), "{");
}

#[test]
fn there_must_be_a_terminal_to_ask_and_one_to_answer() {
    for redirection in ["2> told", "< /dev/null"] {
        let place = Place::with_fresh_account();
        let line = format!("exec \"$0\" apply --sandbox {redirection}");
        let end = Screen::shell(&place, 80, &line).end();
        assert_untouched(&place, &end, 64);
    }
}

#[test]
fn the_question_is_asked_although_the_plan_goes_to_a_file() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::shell(
        &place,
        80,
        "exec \"$0\" apply --sandbox --control 5.3 > plan",
    );
    let end = screen.wait_for(QUESTION).send("y\r").end();
    assert_eq!(end.status, 0, "{}", end.seen);
    assert!(!end.seen.contains("Plan:"), "{}", end.seen);
    let printed = place.read("plan");
    assert!(
        printed.contains("Plan: account") && !printed.contains('\u{1b}'),
        "{printed}"
    );
}

#[test]
fn programs_get_their_document_alone_when_a_person_answers() {
    let place = Place::with_fresh_account();
    let mut screen = Screen::shell(
        &place,
        80,
        "exec \"$0\" apply --sandbox --format json > applied",
    );
    let end = screen.wait_for(QUESTION).send("yes\r").end();
    assert_eq!(end.status, 0, "{}", end.seen);
    let applied: Value = serde_json::from_str(&place.read("applied")).unwrap();
    assert_eq!(applied["schema"], "cis-fix/apply/v1");
}

#[test]
fn without_anything_to_do_nothing_is_asked() {
    let place = Place::with_fresh_account();
    assert_eq!(
        place
            .run(&["apply", "--sandbox", "--yes", "--quiet"])
            .status,
        0
    );
    for flags in ["", "--interactive"] {
        let end = Screen::open(&place, 80, &format!("apply --sandbox {flags}")).end();
        assert_eq!(end.status, 0, "{}", end.seen);
        assert!(!end.seen.contains('?'), "{}", end.seen);
    }
}
