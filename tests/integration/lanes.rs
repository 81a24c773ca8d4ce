//! Paging lanes: a second filter and alarm of a control, on a topic of their own, beside exact ones that stay as they are.

#![expect(clippy::panic, reason = "a test stops at what it cannot use")]

use std::collections::{BTreeMap, BTreeSet};

use cis_fix::catalog::Catalog;
use cis_fix::desired::{BuildError, Desired, Selection, Wording, build};
use cis_fix::examine::{LinkKind, LinkState, Verdict, own_alarms};
use cis_fix::forecast::forecast;
use cis_fix::model::{Lane, MetricFilter, TopicArn};
use cis_fix::plan::Plan;
use cis_fix::plan::action::Action;
use cis_fix::sandbox::{Sandbox, SandboxAccount, Scene};
use cis_fix::settings::{Settings, read_file};
use cis_fix::toml_source::SourceFile;

use crate::world::{
    Findings, Memory, SETTINGS, alter_alarm, desired, judge, log_group, mend, region, run,
    satisfied, topic, undo_by, undone,
};

const CALLS: &str = "unauthorized-api-calls";
const LANE: &str = "unauthorized-api-calls-paging";

/// A lane that leaves out a scanner, and waits.
const TUNED: &str = r#"
[paging.topic]
name = "cis-pages"
[[paging.subscription]]
protocol = "email"
endpoint = "oncall@example.com"
[control.unauthorized-api-calls.paging]
threshold = 10
period = "15m"
exclude = ['{ $.userIdentity.arn = "arn:aws:sts::123456789012:assumed-role/scanner/*" }']
"#;

/// A lane that is as its control.
const PLAIN: &str = "[control.unauthorized-api-calls.paging]\n";

fn with(lane: &str) -> Desired {
    desired(&format!("{SETTINGS}{lane}"))
}

fn select(lane: &str, selection: &Selection) -> Result<Desired, BuildError> {
    let file = SourceFile {
        name: "cis-fix.toml".to_owned(),
        text: format!("{SETTINGS}{lane}"),
    };
    let catalog = Catalog::builtin();
    let layer = read_file(&file, &catalog).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    build(&catalog, &Settings::merge([layer]), selection)
}

fn ids(desired: &Desired) -> Vec<&str> {
    let controls = desired.controls.iter();
    controls.map(|control| control.id.as_str()).collect()
}

fn confirm(account: &mut SandboxAccount) {
    let topics: Vec<TopicArn> = account.topics().keys().cloned().collect();
    for topic in topics {
        account.confirm_subscriptions(&topic);
    }
}

fn steps(plan: &Plan) -> BTreeSet<String> {
    plan.steps.iter().map(|step| step.id.to_string()).collect()
}

fn names<const LENGTH: usize>(names: [&str; LENGTH]) -> BTreeSet<String> {
    names.into_iter().map(str::to_owned).collect()
}

/// Mends an account, lets everybody confirm, and makes sure that nothing is left to do.
fn settled(account: &SandboxAccount, desired: &Desired) -> SandboxAccount {
    let (mut account, outcome) = mend(account, &judge(account, desired).plan);
    assert_eq!(undone(&outcome), Vec::<String>::new());
    confirm(&mut account);
    let after = judge(&account, desired);
    assert_eq!(steps(&after.plan), BTreeSet::new());
    for examination in &after.examinations {
        let verdict = examination.verdict;
        assert_eq!(verdict, Verdict::Compliant, "{:?}", examination.links);
    }
    account
}

#[test]
fn a_lane_is_a_control_of_its_own_beside_the_exact_one() {
    let (plain, laned) = (with(""), with(TUNED));
    let at = ids(&laned).iter().position(|id| *id == LANE).unwrap();
    let lane = &laned.controls[at];
    assert_eq!(ids(&laned)[at - 1], CALLS);
    let others = laned
        .controls
        .iter()
        .filter(|control| control.id != lane.id);
    assert!(others.eq(&plain.controls));
    assert_eq!((lane.lane, lane.number.as_deref()), (Lane::Paging, None));
    assert_eq!(lane.title, "Unauthorized API calls (paging)");
    let filter = &lane.filter;
    assert_eq!(filter.name.as_str(), "unauthorized_api_calls_metric_paging");
    assert_eq!(filter.metric_name.as_str(), filter.name.as_str());
    assert_eq!(
        lane.alarm.name.as_str(),
        "unauthorized_api_calls_alarm_paging"
    );
    let numbers = (lane.alarm.threshold, lane.alarm.period);
    assert_eq!(numbers, (10.0, 900));
    assert_eq!(lane.alarm.evaluation_periods, 1);
    assert!(lane.alarm.description.chars().count() <= 1024);
    assert!(lane.satisfies.is_empty() && lane.companions.is_empty());
}

#[test]
fn a_control_stands_for_both_lanes_and_a_lane_for_itself() {
    let only = |only: &str| Selection {
        only: vec![only.to_owned()],
        ..Selection::default()
    };
    let chosen = |selection: &Selection| {
        let desired = select(TUNED, selection).unwrap();
        ids(&desired).join(" ")
    };
    assert_eq!(chosen(&only(CALLS)), format!("{CALLS} {LANE}"));
    assert_eq!(chosen(&only("5.1")), format!("{CALLS} {LANE}"));
    assert_eq!(chosen(&only(LANE)), LANE);
    let without = |skip: &str| Selection {
        skip: vec![skip.to_owned()],
        ..only(CALLS)
    };
    assert_eq!(chosen(&without(LANE)), CALLS);
    assert_eq!(
        select(TUNED, &without(CALLS)).unwrap_err().to_string(),
        "no control of `recommended` is left"
    );
    assert!(matches!(
        select("", &only(LANE)),
        Err(BuildError::Unknown(_))
    ));
    let skipped = format!("skip = [\"{CALLS}\"]\n{TUNED}");
    let file = SourceFile {
        name: "cis-fix.toml".to_owned(),
        text: skipped,
    };
    let layer = read_file(&file, &Catalog::builtin()).unwrap();
    let rest = build(
        &Catalog::builtin(),
        &Settings::merge([layer]),
        &Selection::default(),
    );
    assert_eq!(rest.unwrap().controls.len(), 14);
}

#[test]
fn one_topic_cannot_be_quiet_and_page_people() {
    let same = "[paging.topic]\nname = \"cis-alarms\"\n";
    let everything = Selection::default();
    assert!(select(same, &everything).is_ok());
    let refused = select(&format!("{same}{PLAIN}"), &everything).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "the topic `cis-alarms` cannot be both the one of all alarms and the one that pages people"
    );
}

#[test]
fn what_a_published_text_never_holds_cannot_be_left_out_of_it() {
    let groups = "security-group-changes";
    let lane = format!(
        "[control.{groups}.paging]\nexclude = ['{{ $.eventName = \"ModifySecurityGroupRules\" }}']\n"
    );
    let lane = format!("benchmark = \"cis-3.0.0\"\n{lane}");
    let file = SourceFile {
        name: "cis-fix.toml".to_owned(),
        text: lane,
    };
    let catalog = Catalog::builtin();
    let layer = read_file(&file, &catalog).unwrap_or_else(|mistakes| panic!("{mistakes}"));
    let settings = Settings::merge([layer]);
    let built = |wording| {
        let selection = Selection {
            only: vec![groups.to_owned()],
            wording,
            ..Selection::default()
        };
        build(&catalog, &settings, &selection)
    };
    assert_eq!(built(Wording::Sound).unwrap().controls.len(), 2);
    assert_eq!(
        built(Wording::Verbatim).unwrap_err().to_string(),
        "`security-group-changes` cannot page people as the settings say: \
         `{ $.eventName = \"ModifySecurityGroupRules\" }` cannot be left out: the pattern matches no event of it"
    );
}

#[test]
fn both_lanes_are_made_on_their_own_topics_and_taken_back() {
    let desired = with(TUNED);
    let fresh = Scene::Fresh.account();
    let plan = judge(&fresh, &desired).plan;
    for made in [
        "topic/cis-alarms",
        "topic/cis-pages",
        "subscription/cis-alarms/email-1",
        "subscription/cis-pages/email-1",
        "filter/unauthorized_api_calls_metric",
        "filter/unauthorized_api_calls_metric_paging",
    ] {
        assert!(steps(&plan).contains(made), "{made}");
    }
    for step in &plan.steps {
        let Action::PutAlarm(put) = &step.action else {
            continue;
        };
        let name = put.name.as_str();
        let own = if name == "unauthorized_api_calls_alarm_paging" {
            "cis-pages"
        } else {
            "cis-alarms"
        };
        assert_eq!(put.alarm_actions, [topic(own).to_string()], "{name}");
    }
    settled(&fresh, &desired);

    let journal = Memory::of(&plan);
    let sandbox = Sandbox::new(fresh.clone());
    let approved = cis_fix::consent::approve(plan, cis_fix::consent::Answer::All).unwrap();
    run(cis_fix::apply::apply(
        &sandbox,
        &journal,
        approved,
        &crate::world::Unattended,
    ));
    undo_by(&sandbox, &journal.history());
    let account = sandbox.into_account();
    assert!(account.topics().is_empty() && account.alarms().values().all(BTreeMap::is_empty));
    assert_eq!(
        account.log_groups()[&log_group()].filters,
        fresh.log_groups()[&log_group()].filters
    );
}

#[test]
fn the_exact_chain_never_serves_a_lane_that_leaves_something_out() {
    let account = satisfied(&with(""));
    let findings = judge(&account, &with(TUNED));
    assert_eq!(findings.examination(CALLS).verdict, Verdict::Compliant);
    assert_eq!(
        findings.gaps(LANE),
        [
            "filter FILTER_MISSING",
            "metric METRIC_MISSING",
            "alarm ALARM_MISSING",
            "action ACTION_MISSING",
            "topic TOPIC_MISSING",
            "subscription SUBSCRIPTION_MISSING",
        ]
    );
    assert_eq!(
        steps(&findings.plan),
        names([
            "topic/cis-pages",
            "subscription/cis-pages/email-1",
            "filter/unauthorized_api_calls_metric_paging",
            "alarm/unauthorized_api_calls_alarm_paging",
        ])
    );
    settled(&account, &with(TUNED));
}

#[test]
fn a_lane_that_leaves_out_nothing_puts_a_second_alarm_on_the_exact_metric() {
    let account = satisfied(&with(""));
    let desired = with(PLAIN);
    let findings = judge(&account, &desired);
    assert_eq!(
        steps(&findings.plan),
        names([
            "topic/cis-pages",
            "alarm/unauthorized_api_calls_alarm_paging"
        ])
    );
    let (mut account, outcome) = mend(&account, &findings.plan);
    assert_eq!(undone(&outcome), Vec::<String>::new());
    let nobody = judge(&account, &desired);
    assert_eq!(nobody.gaps(LANE), ["subscription SUBSCRIPTION_MISSING"]);
    assert_eq!(
        nobody.plan.human[0].task,
        "name somebody in a [[paging.subscription]] of cis-fix.toml and apply again"
    );
    assert_eq!(nobody.examination(CALLS).verdict, Verdict::Compliant);
    // The exact alarm stays the one that serves the exact lane.
    let exact = &desired.controls[0];
    assert_eq!(exact.id.as_str(), CALLS);
    alter_alarm(&mut account, exact, |alarm| alarm.actions_enabled = false);
    assert_eq!(
        judge(&account, &desired).gaps(CALLS),
        ["action ACTIONS_DISABLED"]
    );
}

#[test]
fn a_lane_follows_its_settings() {
    let account = settled(&Scene::Fresh.account(), &with(TUNED));
    let more = TUNED.replace(
        "exclude = [",
        "exclude = ['{ $.sourceIPAddress = \"192.0.2.7\" }', ",
    );
    let findings = judge(&account, &with(&more));
    assert_eq!(findings.gaps(LANE)[0], "filter FILTER_BROADER");
    let link = findings.link(LANE, LinkKind::Filter);
    assert_eq!(link.state, LinkState::Differs);
    let witness = link.witness.as_ref().unwrap();
    assert_eq!(witness.value().unwrap()["sourceIPAddress"], "192.0.2.7");
    assert_eq!(
        steps(&findings.plan),
        names(["filter/unauthorized_api_calls_metric_paging"])
    );
    let account = settled(&account, &with(&more));
    // What is left out no longer is missed.
    let narrower = judge(&account, &with(TUNED));
    assert_eq!(narrower.gaps(LANE)[0], "filter FILTER_NARROWER");
    settled(&account, &with(TUNED));

    for (old, new) in [("threshold = 10", "threshold = 3"), ("\"15m\"", "\"1h\"")] {
        let changed = with(&TUNED.replace(old, new));
        let account = settled(&Scene::Fresh.account(), &with(TUNED));
        let plan = judge(&account, &changed).plan;
        let alarm = names(["alarm/unauthorized_api_calls_alarm_paging"]);
        assert_eq!(steps(&plan), alarm, "{new}");
        settled(&account, &changed);
    }
}

#[test]
fn an_alarm_that_goes_to_the_quiet_topic_pages_nobody() {
    let desired = with(TUNED);
    let mut account = settled(&Scene::Fresh.account(), &desired);
    let lane = desired
        .controls
        .iter()
        .find(|control| control.id.as_str() == LANE);
    alter_alarm(&mut account, lane.unwrap(), |alarm| {
        alarm.alarm_actions = vec![topic("cis-alarms").to_string()];
    });
    let findings = judge(&account, &desired);
    let link = findings.link(LANE, LinkKind::Action);
    assert_eq!(
        link.detail,
        "alarm `unauthorized_api_calls_alarm_paging` does not publish to `cis-pages`"
    );
    assert_eq!(
        steps(&findings.plan),
        names(["alarm/unauthorized_api_calls_alarm_paging"])
    );
    settled(&account, &desired);
}

#[test]
fn a_filter_of_somebody_else_is_adopted_by_its_meaning() {
    let desired = with(TUNED);
    let mut account = satisfied(&with(""));
    let lane = desired
        .controls
        .iter()
        .find(|control| control.id.as_str() == LANE)
        .unwrap();
    let metric = cis_fix::model::Metric {
        namespace: "Theirs".to_owned(),
        name: "noise-free".to_owned(),
    };
    let filter: MetricFilter = lane.metric_filter("theirs", metric);
    account.add_filter(&log_group(), filter);
    let plan = judge(&account, &desired).plan;
    assert!(!steps(&plan).iter().any(|step| step.starts_with("filter/")));
    settled(&account, &desired);
}

#[test]
fn no_auditor_is_told_anything_else_because_of_a_lane() {
    let verdicts = |account: &SandboxAccount, desired: &Desired| {
        let Findings {
            observed,
            examinations,
            plan,
        } = judge(account, desired);
        let told = forecast(desired, &observed, &examinations, &plan);
        let auditors = told.auditors.into_iter();
        let verdicts = auditors.flat_map(|known| {
            let auditor = known.auditor;
            let controls = known.controls.into_iter();
            controls.map(move |control| {
                let verdicts = (control.now.verdict, control.after.verdict);
                (auditor, control.id, verdicts)
            })
        });
        verdicts.collect::<Vec<_>>()
    };
    let every = EVERY_CONTROL.map(|id| format!("[control.{id}.paging]\nthreshold = 5\n{ROBOT}\n"));
    let every = every.concat();
    for lanes in [TUNED, PLAIN, every.as_str()] {
        let (exact, both) = (with(""), with(lanes));
        let fresh = Scene::Fresh.account();
        assert_eq!(verdicts(&fresh, &exact), verdicts(&fresh, &both));
        // Lanes that are there already change nothing either.
        let (without, beside) = (satisfied(&exact), satisfied(&both));
        let now = verdicts(&without, &exact);
        assert_eq!(now, verdicts(&beside, &exact));
        assert_eq!(now, verdicts(&beside, &both));
    }
}

const ROBOT: &str =
    "exclude = ['{ $.userIdentity.arn = \"arn:aws:iam::123456789012:user/robot\" }']";

/// Controls whose patterns have room for one more clause.
const EVERY_CONTROL: [&str; 4] = [
    "unauthorized-api-calls",
    "iam-policy-changes",
    "s3-bucket-policy-changes",
    "vpc-changes",
];

#[test]
fn whatever_was_there_before_a_lane_settles() {
    let three = |lane: &str| {
        let mut desired = with(lane);
        let kept = [CALLS, LANE, "vpc-changes", "vpc-changes-paging"];
        desired
            .controls
            .retain(|control| kept.contains(&control.id.as_str()));
        desired
    };
    let vpc = "[control.vpc-changes.paging]\nevaluation-periods = 2\n";
    let names = TUNED.replace("cis-pages", "sirens");
    let worlds = [
        three(""),
        three(TUNED),
        three(PLAIN),
        three(vpc),
        three(&format!("{TUNED}{vpc}")),
        three(&names),
        three(
            "[control.unauthorized-api-calls]\nthreshold = 4\n[control.unauthorized-api-calls.paging]\n",
        ),
    ];
    let subscribed = |mut desired: Desired| {
        desired.paging_topic.subscriptions = desired.topic.subscriptions.clone();
        desired
    };
    let worlds = worlds.map(subscribed);
    for past in &worlds {
        for wanted in &worlds {
            settled(&satisfied(past), wanted);
        }
    }
}

#[test]
fn the_alarms_of_both_lanes_are_the_controls_own() {
    let selection = Selection {
        only: vec![CALLS.to_owned()],
        ..Selection::default()
    };
    let desired = select(TUNED, &selection).unwrap();
    let account = satisfied(&with(TUNED));
    let mut findings = judge(&account, &desired);
    let candidates = cis_fix::examine::alarm_candidates(&desired, &findings.observed).unwrap();
    for arn in candidates {
        let tags = account.alarms()[&arn.region][&arn.name]
            .tags
            .clone()
            .unwrap();
        findings.observed.alarm_tags.insert(arn, Ok(tags));
    }
    let own = own_alarms(&desired, &findings.observed, &findings.examinations).unwrap();
    let owned: Vec<_> = own.own.iter().map(|alarm| alarm.control.as_str()).collect();
    assert_eq!(owned, [CALLS, LANE]);
    assert!(own.own.iter().all(|alarm| alarm.arn.region == region()));
}
