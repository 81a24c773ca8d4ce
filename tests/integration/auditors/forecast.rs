//! What auditors are said to say: of a fresh account, of accounts that are broken in one way, and of what cannot be read.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use cis_fix::audit::AuditorVerdict;
use cis_fix::catalog::Auditor;
use cis_fix::desired::{Desired, DesiredControl};
use cis_fix::examine::{Code, Verdict};
use cis_fix::forecast::{Forecast, forecast};
use cis_fix::model::{
    CallError, CallErrorKind, MetricQuery, Subscription, SubscriptionState, TrailStatus,
};
use cis_fix::sandbox::{SandboxAccount, Scene};

use crate::world::{
    Findings, SETTINGS, alter_alarm, desired, judge, log_group, mend, satisfied, topic, undone,
};

static DESIRED: LazyLock<Desired> = LazyLock::new(|| desired(SETTINGS));

const VPC: &str = "vpc-changes";

fn forecast_of(findings: &Findings) -> Forecast {
    let Findings {
        observed,
        examinations,
        plan,
    } = findings;
    forecast(&DESIRED, observed, examinations, plan)
}

/// Which verdict of a forecast is meant.
#[derive(Clone, Copy)]
enum When {
    Now,
    After,
}

fn verdicts(forecast: &Forecast, when: When) -> BTreeMap<(Auditor, String), AuditorVerdict> {
    let mut verdicts = BTreeMap::new();
    for known in &forecast.auditors {
        for control in &known.controls {
            let opinion = match when {
                When::Now => &control.now,
                When::After => &control.after,
            };
            verdicts.insert((known.auditor, control.id.to_string()), opinion.verdict);
        }
    }
    verdicts
}

fn passing(forecast: &Forecast, when: When) -> BTreeMap<Auditor, usize> {
    let mut counts = BTreeMap::new();
    for ((auditor, _), verdict) in verdicts(forecast, when) {
        *counts.entry(auditor).or_default() += usize::from(verdict == AuditorVerdict::Pass);
    }
    counts
}

#[test]
fn auditors_turn_green_after_an_apply_as_was_foretold() {
    let fresh = Scene::Fresh.account();
    let findings = judge(&fresh, &DESIRED);
    let before = forecast_of(&findings);
    let expected = [
        (Auditor::SecurityHub, 14),
        (Auditor::Prowler, 15),
        (Auditor::Steampipe, 15),
        (Auditor::Elastic, 14),
        (Auditor::Trivy, 13),
        (Auditor::ScoutSuite, 12),
        // The mail is not confirmed yet.
        (Auditor::CloudCustodian, 0),
        (Auditor::ElectricEye, 0),
    ];
    assert!(
        passing(&before, When::Now)
            .values()
            .all(|count| *count == 0)
    );
    assert_eq!(passing(&before, When::After), BTreeMap::from(expected));
    let (mended, outcome) = mend(&fresh, &findings.plan);
    assert_eq!(undone(&outcome), Vec::<String>::new());
    let after = forecast_of(&judge(&mended, &DESIRED));
    assert_eq!(verdicts(&after, When::Now), verdicts(&before, When::After));
    let confirmed = forecast_of(&judge(&satisfied(&DESIRED), &DESIRED));
    assert_eq!(passing(&confirmed, When::Now)[&Auditor::CloudCustodian], 15);
}

fn alter_pattern(
    account: &mut SandboxAccount,
    control: &DesiredControl,
    alter: impl FnOnce(&str) -> String,
) {
    let name = control.filter.name.as_str();
    let mut filter = account.remove_filter(&log_group(), name).unwrap();
    filter.pattern = alter(&filter.pattern);
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

fn leave_pending(account: &mut SandboxAccount, _: &DesiredControl) {
    let topic = topic("cis-alarms");
    for held in account.topics()[&topic].subscriptions.clone().unwrap() {
        let state = SubscriptionState::Pending;
        account.add_subscription(
            &topic,
            Subscription {
                state,
                ..held.subscription
            },
        );
    }
}

type Break = fn(&mut SandboxAccount, &DesiredControl);

/// The nine broken states, and whether Prowler stays green.
const STATES: [(&str, Break, bool); 9] = [
    ("the trail is stopped", stop_trail, true),
    (
        "the alarm watches another namespace",
        |account, control| {
            alter_alarm(account, control, |alarm| match &mut alarm.query {
                MetricQuery::Single { metric, .. } => "Security".clone_into(&mut metric.namespace),
                MetricQuery::Expression => unreachable!(),
            });
        },
        false,
    ),
    (
        "the alarm has no action",
        |account, control| alter_alarm(account, control, |alarm| alarm.alarm_actions.clear()),
        true,
    ),
    (
        "the actions are disabled",
        |account, control| alter_alarm(account, control, |alarm| alarm.actions_enabled = false),
        true,
    ),
    (
        "the threshold is a billion",
        |account, control| alter_alarm(account, control, |alarm| alarm.threshold = Some(1e9)),
        true,
    ),
    ("the subscription is pending", leave_pending, true),
    (
        "the clauses are joined by AND",
        |account, control| alter_pattern(account, control, |text| text.replace("||", "&&")),
        true,
    ),
    (
        "the filter is narrowed",
        |account, control| {
            alter_pattern(account, control, |text| {
                let inner = text.trim_matches(['{', '}', ' ']);
                format!("{{ ({inner}) && ($.userIdentity.userName = nobody) }}")
            });
        },
        true,
    ),
    (
        "one clause is there twice in place of another",
        |account, control| {
            alter_pattern(account, control, |text| {
                text.replace("ModifyVpcAttribute", "DeleteVpc")
            });
        },
        false,
    ),
];

#[test]
fn check_sees_nine_broken_states_of_which_prowler_passes_seven() {
    let control = DESIRED
        .controls
        .iter()
        .find(|control| control.id.as_str() == VPC)
        .unwrap();
    let key = (Auditor::Prowler, VPC.to_owned());
    let mut green = 0;
    for (name, breaks, stays_green) in STATES {
        let mut account = satisfied(&DESIRED);
        breaks(&mut account, control);
        let findings = judge(&account, &DESIRED);
        let examination = findings.examination(VPC);
        assert_eq!(examination.verdict, Verdict::NonCompliant, "{name}");
        let forecast = forecast_of(&findings);
        let prowler = verdicts(&forecast, When::Now)[&key];
        assert_eq!(prowler == AuditorVerdict::Pass, stays_green, "{name}");
        let is_told = forecast.blind_spots.iter().any(|spot| {
            spot.auditor == Auditor::Prowler && spot.controls.iter().any(|id| id.as_str() == VPC)
        });
        assert_eq!(is_told, stays_green, "{name}");
        green += usize::from(stays_green);
    }
    assert_eq!(green, 7);
}

#[test]
fn a_blind_spot_is_told_once_for_all_its_controls() {
    let mut account = satisfied(&DESIRED);
    for control in &DESIRED.controls {
        alter_alarm(&mut account, control, |alarm| alarm.actions_enabled = false);
    }
    let forecast = forecast_of(&judge(&account, &DESIRED));
    let prowler: Vec<_> = forecast
        .blind_spots
        .iter()
        .filter(|spot| spot.auditor == Auditor::Prowler)
        .collect();
    assert_eq!(prowler.len(), 1);
    assert_eq!(prowler[0].code, Code::ActionsDisabled);
    assert_eq!(prowler[0].controls.len(), 15);
}

#[test]
fn what_could_not_be_read_is_unknown() {
    let mut findings = judge(&satisfied(&DESIRED), &DESIRED);
    let denied = CallError::new("logs:DescribeMetricFilters", CallErrorKind::Denied, "no");
    findings
        .observed
        .metric_filters
        .insert(log_group(), Err(denied));
    let forecast = forecast_of(&findings);
    for ((auditor, control), verdict) in verdicts(&forecast, When::Now) {
        assert!(
            [AuditorVerdict::Unknown, AuditorVerdict::NotCovered].contains(&verdict),
            "{auditor} {control} {verdict:?}"
        );
    }
    assert!(forecast.blind_spots.is_empty());
}
