//! Accounts in which everything is in place but one thing: each is seen, named and mended.

#![expect(clippy::unwrap_used, reason = "a test stops at what it cannot use")]

use std::sync::LazyLock;

use cis_fix::desired::{Desired, DesiredControl};
use cis_fix::examine::{LinkKind, LinkState, Verdict};
use cis_fix::model::{MetricFilter, MetricQuery, Subscription, SubscriptionState, TrailStatus};
use cis_fix::pattern::Pattern;
use cis_fix::sandbox::SandboxAccount;

use crate::world::{
    Findings, SETTINGS, alter_alarm, desired, judge, log_group, mend, satisfied, topic, undone,
};

/// One filter for each control, so that breaking it breaks the control.
static DESIRED: LazyLock<Desired> = LazyLock::new(|| desired(&format!("satisfy = []\n{SETTINGS}")));

/// What breaks in an account, and what must be said of it.
struct State {
    /// Breaks something of a control.
    breaks: fn(&mut SandboxAccount, &DesiredControl),
    /// The links that are not in place then.
    gaps: &'static [&'static str],
    /// What is planned for it, `FILTER` and `ALARM` standing for the control's names.
    ends: &'static [&'static str],
}

fn alter_filter(
    account: &mut SandboxAccount,
    control: &DesiredControl,
    alter: impl FnOnce(&mut MetricFilter),
) {
    let name = control.filter.name.as_str();
    let mut filter = account.remove_filter(&log_group(), name).unwrap();
    alter(&mut filter);
    Pattern::parse(&filter.pattern).unwrap();
    account.add_filter(&log_group(), filter);
}

fn stop_trail(account: &mut SandboxAccount, _: &DesiredControl) {
    let held = account.trails().values().next().unwrap().clone();
    let status = TrailStatus {
        is_logging: false,
        delivery_error: None,
    };
    account.add_trail(held.trail, status, held.selectors.unwrap());
}

fn move_alarm(account: &mut SandboxAccount, control: &DesiredControl) {
    alter_alarm(account, control, |alarm| match &mut alarm.query {
        MetricQuery::Single { metric, .. } => "Security".clone_into(&mut metric.namespace),
        MetricQuery::Expression => unreachable!(),
    });
}

fn leave_pending(account: &mut SandboxAccount, _: &DesiredControl) {
    let topic = topic("cis-alarms");
    let subscriptions = account.topics()[&topic].subscriptions.clone().unwrap();
    for held in subscriptions {
        account.add_subscription(
            &topic,
            Subscription {
                state: SubscriptionState::Pending,
                ..held.subscription
            },
        );
    }
}

const ALARM_ALONE: &[&str] = &["alarm/ALARM"];

/// The states that every control can be in.
const STATES: [(&str, State); 7] = [
    (
        "the trail is stopped",
        State {
            breaks: stop_trail,
            gaps: &["logging TRAIL_NOT_LOGGING"],
            ends: &["human TRAIL_NOT_LOGGING"],
        },
    ),
    (
        "the alarm watches another namespace",
        State {
            breaks: move_alarm,
            gaps: &["alarm ALARM_OTHER_NAMESPACE", "action ACTION_MISSING"],
            ends: ALARM_ALONE,
        },
    ),
    (
        "the alarm has no action",
        State {
            breaks: |account, control| {
                alter_alarm(account, control, |alarm| alarm.alarm_actions.clear());
            },
            gaps: &["action ACTION_MISSING"],
            ends: ALARM_ALONE,
        },
    ),
    (
        "the alarm's actions are disabled",
        State {
            breaks: |account, control| {
                alter_alarm(account, control, |alarm| alarm.actions_enabled = false);
            },
            gaps: &["action ACTIONS_DISABLED"],
            ends: ALARM_ALONE,
        },
    ),
    (
        "the threshold is a billion",
        State {
            breaks: |account, control| {
                alter_alarm(account, control, |alarm| alarm.threshold = Some(1e9));
            },
            gaps: &["alarm ALARM_THRESHOLD_TOO_HIGH"],
            ends: ALARM_ALONE,
        },
    ),
    (
        "the subscription is pending",
        State {
            breaks: leave_pending,
            gaps: &["subscription SUBSCRIPTION_PENDING"],
            ends: &["human SUBSCRIPTION_PENDING"],
        },
    ),
    (
        "the filter is narrowed by one more condition",
        State {
            breaks: |account, control| {
                alter_filter(account, control, |filter| {
                    let whole = filter.pattern.trim_matches(['{', '}', ' ']).to_owned();
                    filter.pattern = format!(r#"{{ ({whole}) && ($.awsRegion = "us-east-1") }}"#);
                });
            },
            gaps: &["filter FILTER_NARROWER"],
            ends: &["filter/FILTER"],
        },
    ),
];

#[test]
fn a_satisfied_account_is_compliant_and_nothing_is_planned() {
    let findings = judge(&satisfied(&DESIRED), &DESIRED);
    for examination in &findings.examinations {
        assert_eq!(examination.verdict, Verdict::Compliant, "{examination:?}");
    }
    assert_eq!(findings.examinations.len(), 15);
    assert_eq!(findings.plan.steps, Vec::new());
    assert_eq!(findings.plan.human, Vec::new());
    assert_eq!(findings.plan.blocked, Vec::new());
}

/// Returns what an account should hold for one control alone: a pattern is soon compared with itself.
fn alone(control: &DesiredControl) -> Desired {
    Desired {
        controls: vec![control.clone()],
        ..DESIRED.clone()
    }
}

/// Judges an account that is broken in one way, and mends it.
fn check(
    case: &str,
    account: &SandboxAccount,
    control: &DesiredControl,
    state: &State,
) -> Findings {
    let id = control.id.as_str();
    let desired = alone(control);
    let findings = judge(account, &desired);
    assert_eq!(
        findings.examination(id).verdict,
        Verdict::NonCompliant,
        "{case}: {id}"
    );
    assert_eq!(findings.gaps(id), state.gaps, "{case}: {id}");
    let ends: Vec<String> = state
        .ends
        .iter()
        .map(|end| {
            end.replace("FILTER", control.filter.name.as_str())
                .replace("ALARM", control.alarm.name.as_str())
        })
        .collect();
    let found: Vec<String> = findings.ends(id).into_iter().collect();
    let is_by_name = |end: &&String| end.contains('/');
    if ends.iter().any(|end| is_by_name(&end)) {
        assert_eq!(found, ends, "{case}: {id}");
        let (mended, outcome) = mend(account, &findings.plan);
        assert_eq!(undone(&outcome), Vec::<String>::new());
        assert_eq!(mended, satisfied(&desired), "{case}: {id}");
    } else {
        assert_eq!(found, state.ends, "{case}: {id}");
    }
    findings
}

#[test]
fn each_broken_state_has_its_reason_and_its_end() {
    for (case, state) in &STATES {
        for control in &DESIRED.controls {
            let mut account = satisfied(&alone(control));
            (state.breaks)(&mut account, control);
            check(case, &account, control, state);
        }
    }
}

#[test]
fn one_broken_control_leaves_the_others_in_place() {
    let mut account = satisfied(&DESIRED);
    alter_alarm(&mut account, &DESIRED.controls[3], |alarm| {
        alarm.actions_enabled = false;
    });
    let findings = judge(&account, &DESIRED);
    let broken: Vec<&str> = findings
        .examinations
        .iter()
        .filter(|examination| examination.verdict != Verdict::Compliant)
        .map(|examination| examination.control.as_str())
        .collect();
    assert_eq!(broken, [DESIRED.controls[3].id.as_str()]);
}

/// Returns the clauses of a pattern that joins clauses by `||` and nothing else.
fn clauses(pattern: &str) -> Option<Vec<String>> {
    let inside = pattern.trim().strip_prefix('{')?.strip_suffix('}')?;
    if inside.contains("&&") {
        return None;
    }
    let clauses: Vec<String> = inside
        .split("||")
        .map(|part| part.trim().to_owned())
        .collect();
    (clauses.len() > 1).then_some(clauses)
}

/// Returns the controls whose events are told by one of several names.
fn lists() -> Vec<(&'static DesiredControl, Vec<String>)> {
    let controls = DESIRED.controls.iter();
    controls
        .filter_map(|control| Some((control, clauses(control.pattern.text())?)))
        .collect()
}

fn broken_filter(control: &DesiredControl, clauses: &[String], joint: &str) -> SandboxAccount {
    let mut account = satisfied(&alone(control));
    alter_filter(&mut account, control, |filter| {
        filter.pattern = format!("{{ {} }}", clauses.join(joint));
    });
    account
}

#[test]
fn clauses_joined_by_and_match_nothing() {
    let state = State {
        breaks: |_, _| (),
        gaps: &["filter FILTER_MATCHES_NOTHING"],
        ends: &["filter/FILTER"],
    };
    for (control, clauses) in lists() {
        let account = broken_filter(control, &clauses, " && ");
        let findings = check("clauses joined by AND", &account, control, &state);
        let link = findings.link(control.id.as_str(), LinkKind::Filter);
        let witness = link.witness.as_ref().unwrap();
        assert!(
            control.pattern.matches(witness),
            "{}: {witness}",
            control.id
        );
    }
    assert!(lists().len() >= 6, "the catalog has lists of names");
}

#[test]
fn a_clause_that_is_twice_there_in_place_of_another_is_missed() {
    let state = State {
        breaks: |_, _| (),
        gaps: &["filter FILTER_NARROWER"],
        ends: &["filter/FILTER"],
    };
    for (control, clauses) in lists() {
        for missing in 0..clauses.len() {
            let mut doubled = clauses.clone();
            let other = (missing + 1) % clauses.len();
            doubled[missing] = clauses[other].clone();
            let account = broken_filter(control, &doubled, " || ");
            let findings = check("a doubled clause", &account, control, &state);
            let link = findings.link(control.id.as_str(), LinkKind::Filter);
            assert_eq!(link.state, LinkState::Differs);
            let witness = link.witness.as_ref().unwrap();
            let clause = Pattern::parse(&format!("{{ {} }}", clauses[missing])).unwrap();
            assert!(
                clause.matches(witness),
                "{}: {witness} is not {}",
                control.id,
                clauses[missing]
            );
        }
    }
}
