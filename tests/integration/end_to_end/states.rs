//! Nine ways in which a chain that looks whole is not: each is told by its code, and mended where cis-fix may.

use std::collections::BTreeSet;

use cis_fix::model::{Alarm, AlarmKind, MetricAlarm, MetricQuery, TrailStatus};
use cis_fix::sandbox::SandboxAccount;
use serde_json::Value;

use super::program::FEW;
use super::stage::{Stage, log_group, satisfying, topic};

/// The control that is broken where one is enough.
pub(crate) const CONTROL: &str = "network-acl-changes";
/// Its filter.
pub(crate) const FILTER: &str = "nacl_changes_metric";
/// Its alarm.
pub(crate) const ALARM: &str = "nacl_changes_alarm";

/// A state, and what must be said about it.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) name: &'static str,
    pub(crate) breakage: Breakage,
    pub(crate) reach: Reach,
    /// The links that are not in place, with their codes.
    pub(crate) told: &'static [(&'static str, &'static str)],
}

/// What is broken.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Breakage {
    TrailStopped,
    AlarmInNamespace(&'static str),
    AlarmWithoutAction,
    ActionsDisabled,
    Threshold(f64),
    SubscriptionPending,
    Pattern(fn(&str) -> String),
}

/// Which controls are broken by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    One,
    All,
}

/// The states.
pub(crate) const STATES: [State; 9] = [
    State {
        name: "trail stopped",
        breakage: Breakage::TrailStopped,
        reach: Reach::All,
        told: &[("logging", "TRAIL_NOT_LOGGING")],
    },
    State {
        name: "alarm in a wrong namespace",
        breakage: Breakage::AlarmInNamespace("CISbenchmark"),
        reach: Reach::One,
        told: &[
            ("action", "ACTION_MISSING"),
            ("alarm", "ALARM_OTHER_NAMESPACE"),
        ],
    },
    State {
        name: "alarm without action",
        breakage: Breakage::AlarmWithoutAction,
        reach: Reach::One,
        told: &[("action", "ACTION_MISSING")],
    },
    State {
        name: "actions disabled",
        breakage: Breakage::ActionsDisabled,
        reach: Reach::One,
        told: &[("action", "ACTIONS_DISABLED")],
    },
    State {
        name: "threshold out of reach",
        breakage: Breakage::Threshold(1e9),
        reach: Reach::One,
        told: &[("alarm", "ALARM_THRESHOLD_TOO_HIGH")],
    },
    State {
        name: "subscription pending",
        breakage: Breakage::SubscriptionPending,
        reach: Reach::All,
        told: &[("subscription", "SUBSCRIPTION_PENDING")],
    },
    State {
        name: "clauses joined by AND",
        breakage: Breakage::Pattern(|pattern| pattern.replace(" || ", " && ")),
        reach: Reach::One,
        told: &[("filter", "FILTER_MATCHES_NOTHING")],
    },
    State {
        name: "narrowed by a further condition",
        breakage: Breakage::Pattern(|pattern| {
            let inner = pattern.trim_matches(['{', '}', ' ']);
            format!("{{ ({inner}) && ($.userIdentity.userName != \"admin\") }}")
        }),
        reach: Reach::One,
        told: &[("filter", "FILTER_NARROWER")],
    },
    State {
        name: "one clause twice and another missing",
        breakage: Breakage::Pattern(|pattern| {
            pattern.replace("= DeleteNetworkAclEntry)", "= DeleteNetworkAcl)")
        }),
        reach: Reach::One,
        told: &[("filter", "FILTER_NARROWER")],
    },
];

/// Returns what a check document says of the links that are not in place: control, link, code.
pub(crate) fn gaps(check: &Value) -> BTreeSet<(String, String, String)> {
    let mut gaps = BTreeSet::new();
    for control in check["controls"].as_array().unwrap() {
        for link in control["links"].as_array().unwrap() {
            if link["state"] != "in_place" {
                let text = |value: &Value| value.as_str().unwrap().to_owned();
                gaps.insert((
                    text(&control["id"]),
                    text(&link["link"]),
                    text(&link["code"]),
                ));
            }
        }
    }
    gaps
}

impl State {
    /// Returns what a check must say, given the controls of the benchmark.
    pub(crate) fn expected(&self, check: &Value) -> BTreeSet<(String, String, String)> {
        let ids = check["controls"].as_array().unwrap().iter();
        let ids = ids.map(|control| control["id"].as_str().unwrap());
        ids.filter(|id| self.reach == Reach::All || *id == CONTROL)
            .flat_map(|id| {
                let told = self.told.iter();
                told.map(|(link, code)| (id.to_owned(), (*link).to_owned(), (*code).to_owned()))
            })
            .collect()
    }
}

fn break_account(account: &mut SandboxAccount, breakage: Breakage) {
    match breakage {
        Breakage::TrailStopped => {
            let (_, held) = account.trails().iter().next().unwrap();
            let (trail, selectors) = (held.trail.clone(), held.selectors.clone().unwrap());
            let stopped = TrailStatus {
                is_logging: false,
                delivery_error: None,
            };
            account.add_trail(trail, stopped, selectors);
        }
        Breakage::AlarmInNamespace(other) => alter_alarm(account, |alarm| {
            if let MetricQuery::Single { metric, .. } = &mut alarm.query {
                other.clone_into(&mut metric.namespace);
            }
        }),
        Breakage::AlarmWithoutAction => alter_alarm(account, |alarm| alarm.alarm_actions.clear()),
        Breakage::ActionsDisabled => alter_alarm(account, |alarm| alarm.actions_enabled = false),
        Breakage::Threshold(threshold) => {
            alter_alarm(account, |alarm| alarm.threshold = Some(threshold));
        }
        Breakage::SubscriptionPending => {
            let arn = topic(account);
            let endpoint = account.list_subscriptions_by_topic(&arn).unwrap()[0]
                .endpoint
                .clone();
            let pending = cis_fix::model::Subscription {
                endpoint,
                state: cis_fix::model::SubscriptionState::Pending,
            };
            account.add_subscription(&arn, pending);
        }
        Breakage::Pattern(change) => {
            let group = log_group(account);
            let mut filter = account.remove_filter(&group, FILTER).unwrap();
            filter.pattern = change(&filter.pattern);
            account.add_filter(&group, filter);
        }
    }
}

fn alter_alarm(account: &mut SandboxAccount, change: impl FnOnce(&mut MetricAlarm)) {
    let arn = account.alarm_arn(account.region(), ALARM);
    let held = account.remove_alarm(&arn).unwrap();
    let AlarmKind::Metric(mut settings) = held.kind else {
        panic!("a metric alarm");
    };
    change(&mut settings);
    let kind = AlarmKind::Metric(settings);
    account.add_alarm(Alarm { arn, kind }, held.tags.unwrap());
}

#[test]
fn nine_states_are_told_by_their_codes_and_mended_where_that_is_allowed() {
    for state in STATES {
        let mut account = satisfying(FEW);
        break_account(&mut account, state.breakage);
        assert_ne!(account, satisfying(FEW), "{}", state.name);
        let stage = Stage::with(account).few();
        let (status, check) = stage.json(&["check"]);
        assert_eq!(
            (status, gaps(&check)),
            (2, state.expected(&check)),
            "{}",
            state.name
        );
        let (status, applied) = stage.apply();
        assert_eq!(status, 0, "{}", state.name);
        let done = applied["done"].as_array().unwrap().len();
        let (status, check) = stage.json(&["check"]);
        match state.reach {
            // A stopped trail and a mail that nobody answered are a person's affair.
            Reach::All => assert_eq!((done, status), (0, 2), "{}", state.name),
            Reach::One => assert_eq!((done, gaps(&check)), (1, BTreeSet::new()), "{}", state.name),
        }
    }
}
