//! The program before the stand-in for AWS, and what the stand-in received.

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use cis_fix::catalog::Catalog;
use cis_fix::desired::{Desired, Selection, Wording, build};
use cis_fix::model::{LogGroupArn, TopicArn};
use cis_fix::sandbox::{SandboxAccount, Scene};
use cis_fix::settings::{Layer, Settings, read_file};
use cis_fix::toml_source::SourceFile;
use serde_json::Value;

use super::program::{FEW, Program, Run, SUBSCRIPTION};
use crate::support::fake::Fake;
use crate::support::server::Server;
use crate::support::wire::Shape;

/// The steps that bring the few controls into place: topic, subscription, and each control's filter and alarm.
pub(crate) const FEW_STEPS: usize = 8;

/// The calls that change something.
pub(crate) const WRITES: [&str; 5] = [
    "cloudwatch:PutMetricAlarm",
    "logs:PutMetricFilter",
    "sns:CreateTopic",
    "sns:SetTopicAttributes",
    "sns:Subscribe",
];

/// The program before a stand-in for AWS. Somebody is to be subscribed, and all controls are wanted.
#[derive(Debug)]
pub(crate) struct Stage {
    pub(crate) fake: Fake,
    pub(crate) program: Program,
    server: Server,
}

impl Stage {
    /// Returns a stage with `account`.
    pub(crate) fn with(account: SandboxAccount) -> Self {
        Self::slow(account, Duration::ZERO)
    }

    /// Returns a stage with `account` that takes its time for each answer.
    pub(crate) fn slow(account: SandboxAccount, latency: Duration) -> Self {
        let fake = Fake::with_latency(account, latency);
        let server = Server::start(&fake);
        Self {
            program: Program::new().on(&server.url()).settings(SUBSCRIPTION),
            fake,
            server,
        }
    }

    /// Returns a stage with the account of a scene.
    pub(crate) fn scene(scene: Scene) -> Self {
        Self::with(scene.account())
    }

    /// Returns the same stage with another build of the program.
    pub(crate) fn played_by(self, binary: &Path) -> Self {
        let program = Program::of(binary)
            .on(&self.server.url())
            .settings(SUBSCRIPTION);
        Self { program, ..self }
    }

    /// Returns the same stage with a few controls alone.
    pub(crate) fn few(self) -> Self {
        self.settings(FEW)
    }

    /// Returns the same stage with other settings.
    pub(crate) fn settings(self, text: &str) -> Self {
        let program = self.program.settings(text);
        Self { program, ..self }
    }

    /// Returns the same stage with other surroundings of the program.
    pub(crate) fn surrounded(self, with: impl FnOnce(Program) -> Program) -> Self {
        let program = with(self.program);
        Self { program, ..self }
    }

    /// Runs the program; only the calls of this run are counted afterwards.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.fake.forget_calls();
        self.program.run(arguments)
    }

    /// Runs the program for a document; only the calls of this run are counted afterwards.
    pub(crate) fn json(&self, arguments: &[&str]) -> (i32, Value) {
        self.fake.forget_calls();
        self.program.json(arguments)
    }

    /// Applies without asking and without a pace.
    pub(crate) fn apply(&self) -> (i32, Value) {
        self.json(&["apply", "--yes", "--no-pacing"])
    }

    /// Returns the writes of the last run in their order: the action, and its members as the plan shows them.
    pub(crate) fn writes(&self) -> Vec<(String, Value)> {
        let calls = self.fake.calls().into_iter();
        calls
            .filter(|call| WRITES.contains(&call.action().as_str()))
            .map(|call| (call.action(), normal(value(&Shape::Members(call.members)))))
            .collect()
    }

    /// Somebody follows the link in every mail.
    pub(crate) fn confirm(&self, topic: &TopicArn) {
        self.fake
            .alter(|account| account.confirm_subscriptions(topic));
    }
}

/// Returns what an account should hold with these settings.
pub(crate) fn desired(settings: &str) -> Desired {
    let catalog = Catalog::builtin();
    let source = SourceFile {
        name: "cis-fix.toml".to_owned(),
        text: settings.to_owned(),
    };
    let layer = read_file(&source, &catalog).unwrap();
    let settings = Settings::merge([layer, Layer::default()]);
    let selection = Selection {
        only: Vec::new(),
        skip: Vec::new(),
        wording: Wording::Sound,
    };
    build(&catalog, &settings, &selection).unwrap()
}

/// Returns an account in which every control is in place and somebody is subscribed.
pub(crate) fn converged() -> SandboxAccount {
    satisfying(SUBSCRIPTION)
}

/// Returns an account in which everything is as these settings want it.
pub(crate) fn satisfying(settings: &str) -> SandboxAccount {
    let fresh = Scene::Fresh.account();
    let identity = fresh.get_caller_identity().unwrap();
    SandboxAccount::satisfying(identity, fresh.region().clone(), &desired(settings))
}

/// Returns the topic that the settings plan.
pub(crate) fn topic(account: &SandboxAccount) -> TopicArn {
    TopicArn {
        partition: account.partition().clone(),
        region: account.region().clone(),
        account: account.account().clone(),
        name: "cis-alarms".to_owned(),
    }
}

/// Returns the log group of the account's trail.
pub(crate) fn log_group(account: &SandboxAccount) -> LogGroupArn {
    account.log_groups().keys().next().unwrap().clone()
}

/// Returns the requests of a plan document by step: the action, and its members.
pub(crate) fn requests(plan: &Value) -> BTreeMap<String, (String, Value)> {
    let steps = plan["steps"].as_array().unwrap().iter();
    steps
        .map(|step| {
            let text = |name: &str| step[name].as_str().unwrap().to_owned();
            let request = normal(step["request"].clone());
            (text("id"), (text("permission"), request))
        })
        .collect()
}

/// Returns a value on the wire as the plan shows it.
pub(crate) fn value(shape: &Shape) -> Value {
    match shape {
        Shape::Text(text) => Value::from(text.clone()),
        Shape::Integer(number) | Shape::Time(number) => Value::from(*number),
        Shape::Double(number) => Value::from(*number),
        Shape::Switch(switch) => Value::from(*switch),
        Shape::List(items) => items.iter().map(value).collect(),
        Shape::Members(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), value(member)))
            .collect(),
        Shape::Entries(entries) => entries
            .iter()
            .map(|(name, text)| (name.clone(), Value::from(text.clone())))
            .collect(),
    }
}

/// Returns a request in a form that two equal requests share: an empty list or map is none at all, and a
/// number is the same whether it was sent as an integer or not.
pub(crate) fn normal(value: Value) -> Value {
    let is_empty = |value: &Value| match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    };
    match value {
        Value::Number(number) => Value::from(number.as_f64().unwrap()),
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, member)| (name, normal(member)))
            .filter(|(_, member)| !is_empty(member))
            .collect(),
        Value::Null | Value::Bool(_) | Value::String(_) => value,
    }
}
