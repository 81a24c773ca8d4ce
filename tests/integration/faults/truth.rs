//! What must be true after a run, whatever went wrong in it.

use std::collections::BTreeMap;

use cis_fix::cli::Exit;
use cis_fix::model::{CallErrorKind, Endpoint, Protocol};
use cis_fix::sandbox::SandboxAccount;
use serde_json::Value;

use super::kinds::{End, Kind, is_write};
use super::run::Run;
use crate::end_to_end::stage::{normal, value};
use crate::support::fake::Fake;
use crate::support::wire::{Call, Shape};

/// Returns the request of a call as plans and journals show it.
pub(crate) fn request(call: &Call) -> Value {
    normal(value(&Shape::Members(call.members.clone())))
}

/// Returns how often each write was performed.
pub(crate) fn performed(fake: &Fake) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for call in fake.executed().iter().filter(|call| is_write(call)) {
        *counts.entry(call.identity()).or_default() += 1;
    }
    counts
}

/// Returns the mails that were sent to the one who is to be subscribed.
pub(crate) fn mails(account: &SandboxAccount) -> u32 {
    let somebody = Endpoint::parse(Protocol::Email, "security@example.com").unwrap();
    account.confirmations_sent(&somebody)
}

/// Panics unless each write that was performed was intended before.
pub(crate) fn assert_intended(journal: &str, fake: &Fake, case: &str) {
    let lines = journal
        .lines()
        .map(|line| serde_json::from_str(line).unwrap());
    let intents: Vec<Value> = lines
        .filter(|line: &Value| line["event"] == "intent")
        .map(|line| normal(line["request"].clone()))
        .collect();
    for call in fake.executed().iter().filter(|call| is_write(call)) {
        let request = request(call);
        assert!(
            intents.contains(&request),
            "{case}: {request} is not in the journal"
        );
    }
}

/// Panics unless a journal that was ended says what the service did: what is called done was performed, what was
/// refused was not, and nothing is left open.
pub(crate) fn assert_true(journal: &str, fake: &Fake, case: &str) {
    let executed = fake.executed();
    let executed = executed.iter().filter(|call| is_write(call));
    let executed: Vec<Value> = executed.map(request).collect();
    let mut open: BTreeMap<String, Value> = BTreeMap::new();
    for line in journal.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let Some(step) = line["step"].as_str().map(str::to_owned) else {
            continue;
        };
        if line["event"] == "intent" {
            open.insert(step, normal(line["request"].clone()));
            continue;
        }
        let request = open.remove(&step).expect("an intent before its outcome");
        let happened = executed.contains(&request);
        let is_open = ["the service failed", "no answer in time"]
            .contains(&line["error"]["kind"].as_str().unwrap_or_default());
        match line["result"].as_str().unwrap() {
            "done" => assert!(happened, "{case}: {step} was never done"),
            "failed" if !is_open => assert!(!happened, "{case}: {step} was done all the same"),
            _ => {}
        }
    }
    assert!(open.is_empty(), "{case}: {open:?}");
}

/// Panics unless what is told is one line that a person can read and that names what was called.
pub(crate) fn assert_clear(errors: &[String], case: &str) {
    for error in errors {
        let is_clear = error.contains("(`")
            && error.chars().count() < 1_300
            && !error.contains(|c: char| c.is_control());
        assert!(is_clear, "{case}: {error:?}");
    }
}

/// Panics unless a run ended as it must when a call fails like this.
pub(crate) fn assert_ended(run: &Run, call: &Call, end: End, case: &str) {
    match end {
        End::Either => {}
        End::Overcome => {
            assert_eq!(run.errors, Vec::<String>::new(), "{case}");
            assert!(run.fates.is_some(), "{case}");
            assert_eq!(run.left_over(), 0, "{case}: {:?}", run.fates);
        }
        End::Fails(kind) => {
            let action = call.action();
            let told = if kind == CallErrorKind::Credentials {
                // Nobody can say any more whose turn it was.
                format!("{kind} (`")
            } else {
                format!("{kind} (`{action}`)")
            };
            let is_told = run.errors.iter().any(|error| error.starts_with(&told));
            // What was asked for in vain may turn out not to be needed.
            let is_idle = !is_write(call) && run.errors.is_empty();
            assert!(is_told || is_idle, "{case}: {told}: {:?}", run.errors);
            if is_idle {
                assert!(run.fates.is_some(), "{case}");
                assert_eq!(run.left_over(), 0, "{case}: {:?}", run.fates);
            }
            if is_write(call) && kind != CallErrorKind::Credentials {
                assert_eq!(run.failures(), 1, "{case}: {:?}", run.errors);
            }
        }
    }
}

/// Panics unless the command ends with the status that says what happened.
pub(crate) fn assert_exit(run: &Run, fake: &Fake, call: &Call, end: End, case: &str) {
    let exit = run.exit;
    let case = format!("{case}: {exit:?}: {:?}", run.errors);
    match end {
        End::Overcome => assert_eq!(exit, Exit::Done, "{case}"),
        End::Fails(_) if is_write(call) => assert_eq!(exit, Exit::Partial, "{case}"),
        End::Fails(_) | End::Either => {}
    }
    match exit {
        // Where gaps are left it does not matter what else could not be read.
        Exit::Done => assert_eq!(run.left_over(), 0, "{case}"),
        Exit::Failed => {
            assert!(!run.errors.is_empty(), "{case}");
            let is_begun = run.fates.is_some();
            assert!(is_begun || performed(fake).is_empty(), "{case}");
            assert_eq!(run.left_over(), 0, "{case}");
        }
        Exit::Unknown => {
            assert!(!run.errors.is_empty(), "{case}");
            assert_eq!(run.left_over(), 0, "{case}");
        }
        Exit::Partial => {
            assert!(run.left_over() > 0, "{case}");
            assert!(!run.errors.is_empty() || run.failures() == 0, "{case}");
        }
        Exit::Gaps
        | Exit::Refused
        | Exit::Declined
        | Exit::Usage
        | Exit::Interrupted
        | Exit::NoMatch
        | Exit::NotEquivalent
        | Exit::Trouble => panic!("{case}"),
    }
}

/// Panics if anything was made twice, by ourselves.
pub(crate) fn assert_once(fake: &Fake, kind: &Kind, case: &str) {
    let allowed = if kind.name == "delivered twice" { 2 } else { 1 };
    for (call, times) in performed(fake) {
        assert!(
            times <= allowed,
            "{case}: {call} was performed {times} times"
        );
    }
    let sent = fake.calls().into_iter();
    let sent = sent.filter(|call| call.action() == "sns:Subscribe").count();
    let refused_for_now = [
        "throttled twice",
        "throttled by a key",
        "throttled in between",
        "throttled for ever",
        "conflict twice",
        "conflict for ever",
        "expired once",
        "expired from here on",
    ];
    assert!(
        sent <= 1 || refused_for_now.contains(&kind.name),
        "{case}: subscribed {sent} times"
    );
}
