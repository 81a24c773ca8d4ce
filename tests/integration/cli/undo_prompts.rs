//! The question of an undo on a real terminal. Only a yes is a yes, and a terminal is given back as it was.

use std::collections::BTreeMap;
use std::path::PathBuf;

use expectrl::process::unix::Signal;

use super::program::Place;
use super::screen::{CTRL_C, CTRL_D, End, Screen};

const QUESTION: &str = "in us-east-1? [y/N] ";
const UNDO: &str = "undo --sandbox";
const SANDBOX: &str = "cis-fix-sandbox.json";

/// Returns a place with an account in a file to which something was applied, and the account before.
fn applied() -> (Place, String) {
    let place = Place::with_fresh_account();
    let snapshot = place.run(&["snapshot", "--sandbox"]);
    assert_eq!(snapshot.status, 0, "{snapshot:?}");
    let run = place.run(&["apply", "--sandbox", "--control", "5.3", "--yes", "--quiet"]);
    assert_eq!(run.status, 0, "{run:?}");
    (place, snapshot.stdout)
}

/// A question was left unanswered: nothing is written, and the terminal is as it was.
fn assert_untouched(
    place: &Place,
    before: &BTreeMap<PathBuf, Vec<u8>>,
    (end, status): (&End, i32),
) {
    assert_eq!(end.status, status, "{}", end.seen);
    assert!(end.shows_cursor() && end.echoes, "{}", end.seen);
    assert_eq!(place.changes_since(before), Vec::<String>::new());
    assert_eq!(place.journals().len(), 1, "no journal of an undo");
}

#[test]
fn a_yes_takes_back_what_was_shown() {
    for yes in ["y\r", "yes\r", " Y \r"] {
        let (place, before) = applied();
        let mut screen = Screen::open(&place, 80, UNDO);
        let end = screen.wait_for(QUESTION).send(yes).end();
        assert_eq!(end.status, 0, "{}", end.seen);
        end.assert_in_order([
            "Undo: account",
            "Take back these 3 changes",
            "[3/3] topic",
            "Taken back",
        ]);
        assert_eq!(place.run(&["snapshot", "--sandbox"]).stdout, before);
    }
}

#[test]
fn anything_but_a_yes_takes_nothing_back() {
    let (place, _) = applied();
    let before = place.contents();
    for (no, status) in [
        ("\r", 6),
        ("n\r", 6),
        ("yy\r", 6),
        ("\u{1b}[A\r", 6),
        ("☃\r", 6),
        (CTRL_D, 6),
        (CTRL_C, 130),
    ] {
        let mut screen = Screen::open(&place, 80, UNDO);
        let end = screen.wait_for(QUESTION).send(no).end();
        assert_untouched(&place, &before, (&end, status));
        if status == 6 {
            let text = end.plain();
            assert!(text.ends_with("nothing was changed\n"), "{text}");
        }
    }
    for signal in [Signal::SIGTERM, Signal::SIGINT] {
        let mut screen = Screen::open(&place, 80, UNDO);
        let end = screen.wait_for(QUESTION).signal(signal).end();
        assert_untouched(&place, &before, (&end, 130));
    }
}

#[test]
fn what_somebody_uses_while_the_question_stands_is_not_taken_back() {
    let (place, _) = applied();
    let mut screen = Screen::open(&place, 80, UNDO);
    screen.wait_for(QUESTION);
    // Its alarm notifies the topic that was about to be removed.
    let other = place.run(&["apply", "--sandbox", "--control", "5.4", "--yes"]);
    assert_eq!(other.status, 0, "{other:?}");
    let before = place.contents();
    let end = screen.send("y\r").end();
    assert_eq!(end.status, 4, "{}", end.seen);
    let told = "error: the account has changed since the plan was shown; nothing was written";
    assert!(end.plain().contains(told), "{}", end.seen);
    assert_eq!(place.changes_since(&before), Vec::<String>::new());
}

#[test]
fn an_account_that_cannot_be_read_again_is_not_written() {
    let (place, _) = applied();
    let mut screen = Screen::open(&place, 80, UNDO);
    screen.wait_for(QUESTION);
    place.write(SANDBOX, "{");
    let end = screen.send("y\r").end();
    assert_eq!(end.status, 1, "{}", end.seen);
    assert_eq!(place.read(SANDBOX), "{");
}
