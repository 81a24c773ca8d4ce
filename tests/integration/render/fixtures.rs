//! Accounts, plans and outcomes made by hand: what the printers are shown.

#![expect(clippy::unwrap_used, reason = "the names in fixtures are legal")]

mod alarms;
mod messy;

use std::collections::BTreeSet;

use cis_fix::examine::{Code, Examination, Link, LinkKind, LinkState, Verdict};
use cis_fix::model::{
    AccountId, AlarmName, CallError, CallErrorKind, ControlId, Endpoint, FilterName, LogGroupArn,
    Metric, MetricName, MissingData, Namespace, Operator, Partition, Protocol, Region, Statistic,
    Tags, TopicArn,
};
use cis_fix::outcome::{Fate, Outcome, SkipReason, StepResult};
use cis_fix::plan::action::{Action, CreateTopic, PutAlarm, PutMetricFilter, Subscribe};
use cis_fix::plan::{HumanTask, Mark, Plan, Step, StepId};
use cis_fix::report::CheckContext;

pub(super) use alarms::{drilled, muted};
pub(super) use messy::messy;

use super::controls::{CONTROLS, Control};

/// A name that tries everything: colours, direction, separators, Markdown, HTML, mentions, commands.
pub(super) const HOSTILE: &str = "evil\u{1b}[31m\u{202e}`|<script>alert(1)</script> @everyone #1 \
     ##[error]x\n::set-output name=a::b\u{2028}[x](http://example.com) **b** $x$ \u{200b}\\|end";

/// What a web endpoint of the fixtures must not show.
pub(super) const HOOK_SECRETS: [&str; 4] = ["word@", "T0", "secret?", "token="];

/// Every scene by name.
pub(super) fn scenes() -> Vec<(&'static str, Scene)> {
    vec![
        ("fresh", fresh()),
        ("messy", messy()),
        ("complete", complete()),
        ("member", member()),
        ("nothing", nothing()),
    ]
}

/// Every outcome by name, with what is found afterwards.
pub(super) fn outcomes() -> Vec<(&'static str, (Outcome, Vec<Examination>))> {
    vec![
        ("partial", partial_outcome()),
        ("good", good_outcome()),
        ("refused", refused_outcome()),
    ]
}

/// A scene: what was found, and what would be done about it.
pub(super) struct Scene {
    pub(super) examinations: Vec<Examination>,
    pub(super) plan: Plan,
}

pub(super) fn context() -> CheckContext {
    CheckContext {
        account: account(),
        region: region(),
        benchmark: "recommended".to_owned(),
    }
}

fn account() -> AccountId {
    AccountId::parse("111122223333").unwrap()
}

fn region() -> Region {
    Region::parse("eu-central-1").unwrap()
}

fn partition() -> Partition {
    Partition::parse("aws").unwrap()
}

fn topic() -> TopicArn {
    TopicArn::parse("arn:aws:sns:eu-central-1:111122223333:cis-alarms").unwrap()
}

fn log_group() -> LogGroupArn {
    LogGroupArn::parse("arn:aws:logs:eu-central-1:111122223333:log-group:trail-logs:*").unwrap()
}

fn id(text: &str) -> ControlId {
    ControlId::parse(text).unwrap()
}

fn ids<'a>(texts: impl IntoIterator<Item = &'a str>) -> BTreeSet<ControlId> {
    texts.into_iter().map(id).collect()
}

fn everyone() -> BTreeSet<ControlId> {
    ids(CONTROLS.iter().map(|control| control.id))
}

fn tags(value: &str) -> Tags {
    let pairs = [("cis-fix", value), ("owner", "security")];
    pairs
        .into_iter()
        .map(|(key, value)| (key.to_owned(), value.to_owned()))
        .collect()
}

fn empty_plan() -> Plan {
    Plan {
        account: account(),
        partition: partition(),
        region: region(),
        steps: Vec::new(),
        adopted: Vec::new(),
        human: Vec::new(),
        blocked: Vec::new(),
    }
}

fn link(kind: LinkKind, state: LinkState, code: Code, detail: &str) -> Link {
    Link {
        kind,
        state,
        code,
        detail: detail.to_owned(),
        witness: None,
    }
}

fn good(kind: LinkKind) -> Link {
    link(kind, LinkState::InPlace, Code::InPlace, "")
}

fn examination(control: &Control, verdict: Verdict, links: Vec<Link>) -> Examination {
    Examination {
        control: id(control.id),
        number: Some(control.number.to_owned()),
        title: control.title.to_owned(),
        verdict,
        links,
        remarks: Vec::new(),
        repair: None,
    }
}

/// The whole chain of a control; `broken` stand in for the links of their kinds.
fn chain(broken: &[Link]) -> Vec<Link> {
    let replaced = |kind| broken.iter().find(|link| link.kind == kind).cloned();
    LinkKind::ALL
        .into_iter()
        .map(|kind| replaced(kind).unwrap_or_else(|| good(kind)))
        .collect()
}

fn step(id: StepId, mark: Mark, action: Action, serves: BTreeSet<ControlId>) -> Step {
    Step {
        id,
        mark,
        action,
        serves,
        needs: BTreeSet::new(),
        changes: Vec::new(),
        replaces: None,
        notes: Vec::new(),
    }
}

fn topic_step() -> Step {
    let create = CreateTopic {
        topic: topic(),
        kms_key: Some("alias/cis-alarms".to_owned()),
        tags: tags("topic"),
    };
    let id = StepId::new("topic", "cis-alarms");
    step(id, Mark::Create, Action::CreateTopic(create), everyone())
}

fn subscribe_step(protocol: Protocol, address: &str) -> Step {
    let endpoint = Endpoint::parse(protocol, address).unwrap();
    let id = StepId::new("subscription", &endpoint.to_string());
    let action = Action::Subscribe(Subscribe {
        topic: topic(),
        endpoint,
    });
    let mut step = step(id, Mark::Create, action, everyone());
    step.needs.insert(StepId::new("topic", "cis-alarms"));
    step
}

fn filter_step(control: &Control) -> Step {
    let name = format!("{}_metric", control.stem);
    let action = Action::PutMetricFilter(PutMetricFilter {
        log_group: log_group(),
        name: FilterName::parse(&name).unwrap(),
        pattern: control.pattern.to_owned(),
        metric_name: MetricName::parse(&name).unwrap(),
        namespace: Namespace::parse("CISBenchmark").unwrap(),
        value: "1".to_owned(),
    });
    let id = StepId::new("metric-filter", &name);
    step(id, Mark::Create, action, ids([control.id]))
}

fn alarm(control: &Control, name: &str) -> PutAlarm {
    PutAlarm {
        partition: partition(),
        region: region(),
        account: account(),
        name: AlarmName::parse(name).unwrap(),
        description: format!("CIS {} {}", control.number, control.title),
        metric: Metric {
            namespace: "CISBenchmark".to_owned(),
            name: format!("{}_metric", control.stem),
        },
        statistic: Statistic::Sum,
        period: 300,
        evaluation_periods: 1,
        threshold: 1.0,
        operator: Operator::GreaterThanOrEqualToThreshold,
        missing_data: MissingData::NotBreaching,
        alarm_actions: vec![topic().to_string()],
        ok_actions: Vec::new(),
        insufficient_data_actions: Vec::new(),
        tags: tags(control.id),
    }
}

fn alarm_step(control: &Control) -> Step {
    let name = format!("{}_alarm", control.stem);
    let action = Action::PutAlarm(Box::new(alarm(control, &name)));
    let id = StepId::new("alarm", &name);
    let mut step = step(id, Mark::Create, action, ids([control.id]));
    step.needs = BTreeSet::from([
        StepId::new("topic", "cis-alarms"),
        StepId::new("metric-filter", &format!("{}_metric", control.stem)),
    ]);
    step
}

/// A good trail and nothing else.
fn fresh() -> Scene {
    let missing = |kind, code, detail| link(kind, LinkState::Missing, code, detail);
    let links = chain(&[
        missing(
            LinkKind::Filter,
            Code::FilterMissing,
            "no metric filter of `trail-logs` matches these events",
        ),
        missing(
            LinkKind::Metric,
            Code::MetricMissing,
            "there is no filter that would publish a metric",
        ),
        missing(
            LinkKind::Alarm,
            Code::AlarmMissing,
            "there is no metric that an alarm could watch",
        ),
        missing(
            LinkKind::Action,
            Code::ActionMissing,
            "there is no alarm that could notify anybody",
        ),
        missing(
            LinkKind::Topic,
            Code::TopicMissing,
            "the topic `cis-alarms` does not exist",
        ),
        missing(
            LinkKind::Subscription,
            Code::SubscriptionMissing,
            "nobody is subscribed to `cis-alarms`",
        ),
    ]);
    let mut plan = empty_plan();
    plan.steps = vec![
        topic_step(),
        subscribe_step(Protocol::Email, "security@example.com"),
    ];
    plan.steps.extend(CONTROLS.iter().map(filter_step));
    plan.steps.extend(CONTROLS.iter().map(alarm_step));
    plan.human = vec![HumanTask {
        serves: everyone(),
        link: LinkKind::Subscription,
        code: Code::SubscriptionPending,
        detail: "`security@example.com` will get a mail from AWS and must confirm it".to_owned(),
        task: "follow the link in the mail within 48 hours".to_owned(),
    }];
    Scene {
        examinations: CONTROLS
            .iter()
            .map(|control| examination(control, Verdict::NonCompliant, links.clone()))
            .collect(),
        plan,
    }
}

/// Everything is there.
fn complete() -> Scene {
    let examinations = CONTROLS
        .iter()
        .map(|control| examination(control, Verdict::Compliant, chain(&[])));
    Scene {
        examinations: examinations.collect(),
        plan: empty_plan(),
    }
}

/// No control at all.
fn nothing() -> Scene {
    Scene {
        examinations: Vec::new(),
        plan: empty_plan(),
    }
}

/// A member account whose events another account's trail records.
fn member() -> Scene {
    let inherited = link(
        LinkKind::Trail,
        LinkState::InPlace,
        Code::TrailInherited,
        "the organization trail `org-trail` of account `999988887777` records these events; its filters \
         belong into `eu-west-1` of that account",
    );
    let examinations = CONTROLS
        .iter()
        .map(|control| examination(control, Verdict::Inherited, vec![inherited.clone()]));
    Scene {
        examinations: examinations.collect(),
        plan: empty_plan(),
    }
}

/// The outcome of an apply of the fresh account's plan that went wrong in several ways.
fn partial_outcome() -> (Outcome, Vec<Examination>) {
    let Scene { plan, .. } = fresh();
    let results = plan
        .steps
        .iter()
        .enumerate()
        .map(|(index, step)| StepResult {
            step: step.clone(),
            fate: fate(index),
        });
    let outcome = Outcome {
        results: results.collect(),
        plan,
        interrupted: true,
        unrecorded: None,
    };
    let pending = link(
        LinkKind::Subscription,
        LinkState::Human,
        Code::SubscriptionPending,
        "`security@example.com` has not confirmed its subscription to `cis-alarms`",
    );
    let unwatched = link(
        LinkKind::Alarm,
        LinkState::Missing,
        Code::AlarmMissing,
        "no alarm watches the metric",
    );
    let examinations = CONTROLS.iter().enumerate().map(|(index, control)| {
        let broken = if index < 10 {
            vec![pending.clone()]
        } else {
            vec![pending.clone(), unwatched.clone()]
        };
        examination(control, Verdict::NonCompliant, chain(&broken))
    });
    (outcome, examinations.collect())
}

fn fate(index: usize) -> Fate {
    let throttled = CallError {
        request_id: Some("4a7c1f0e-1111-2222-3333-444455556666".to_owned()),
        ..CallError::new(
            "cloudwatch:PutMetricAlarm",
            CallErrorKind::Throttled,
            "Rate exceeded",
        )
        .with_code("Throttling")
    };
    let lost = CallError::new("logs:PutMetricFilter", CallErrorKind::Timeout, HOSTILE);
    match index {
        5 => Fate::Failed(lost),
        20 => Fate::Skipped(SkipReason::Needs(StepId::new(
            "metric-filter",
            "iam_changes_metric",
        ))),
        27 => Fate::Failed(throttled),
        28 => Fate::Skipped(SkipReason::Declined),
        29.. => Fate::Skipped(SkipReason::Interrupted),
        _ => Fate::Done,
    }
}

/// The outcome of an apply in which everything went well.
fn good_outcome() -> (Outcome, Vec<Examination>) {
    let Scene { plan, .. } = fresh();
    let results = plan.steps.iter().map(|step| StepResult {
        step: step.clone(),
        fate: Fate::Done,
    });
    let outcome = Outcome {
        results: results.collect(),
        plan,
        interrupted: false,
        unrecorded: None,
    };
    (outcome, complete().examinations)
}

/// The outcome of an apply whose only step was refused by an error that repeats a secret.
fn refused_outcome() -> (Outcome, Vec<Examination>) {
    let hook = "https://user:word@hooks.example.com/T0/secret?token=1";
    let step = subscribe_step(Protocol::Https, hook);
    let message = format!("Invalid parameter: Endpoint {hook} is not reachable");
    let refused = CallError::new("sns:Subscribe", CallErrorKind::Invalid, message);
    let outcome = Outcome {
        plan: Plan {
            steps: vec![step.clone()],
            ..empty_plan()
        },
        results: vec![StepResult {
            step,
            fate: Fate::Failed(refused.with_code("InvalidParameter")),
        }],
        interrupted: false,
        unrecorded: None,
    };
    (outcome, Vec::new())
}
