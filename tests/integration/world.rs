//! What the tests of examine, plan and apply share: judging and mending an account.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at what it cannot use"
)]

use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::future::Future;
use std::sync::LazyLock;

use cis_fix::apply::{Progress, apply};
use cis_fix::catalog::Catalog;
use cis_fix::cloud::{CloudReader, CloudReverser, CloudWriter};
use cis_fix::consent::{Answer, approve, approve_undo};
use cis_fix::desired::{Desired, DesiredControl, Selection, build};
use cis_fix::examine::{Examination, Link, LinkKind, LinkState, examine};
use cis_fix::journal::{History, Journal, Line, NoJournal, UndoJournal, Unrecorded, history};
use cis_fix::model::{
    AccountId, Alarm, AlarmKind, Identity, LogGroupArn, MetricAlarm, Partition, Region, TopicArn,
};
use cis_fix::observe::observe;
use cis_fix::observed::Observed;
use cis_fix::outcome::{Fate, Outcome};
use cis_fix::plan::{Plan, Step, plan};
use cis_fix::reversal::{UndoOutcome, UndoPlan, UndoStep};
use cis_fix::sandbox::{Sandbox, SandboxAccount};
use cis_fix::settings::{Settings, read_file};
use cis_fix::toml_source::{Colour, SourceFile};
use cis_fix::undo::{Request, UndoProgress, facts, undo, undo_plan};

pub(crate) const ACCOUNT: &str = "123456789012";
pub(crate) const REGION: &str = "us-east-1";

static CATALOG: LazyLock<Catalog> = LazyLock::new(Catalog::builtin);

/// Returns what an account should hold under the settings of a file.
pub(crate) fn desired(settings: &str) -> Desired {
    desired_of(&CATALOG, settings)
}

/// Returns what an account should hold of a catalog under the settings of a file.
pub(crate) fn desired_of(catalog: &Catalog, settings: &str) -> Desired {
    let file = SourceFile {
        name: "cis-fix.toml".to_owned(),
        text: settings.to_owned(),
    };
    let layer = read_file(&file, catalog)
        .unwrap_or_else(|mistakes| panic!("{}", mistakes.render(Colour::Never)));
    build(catalog, &Settings::merge([layer]), &Selection::default()).unwrap()
}

/// Settings with one subscription.
pub(crate) const SETTINGS: &str = r#"
[[subscription]]
protocol = "email"
endpoint = "security@example.com"
"#;

pub(crate) fn region() -> Region {
    Region::parse(REGION).unwrap()
}

pub(crate) fn identity() -> Identity {
    Identity {
        account: AccountId::parse(ACCOUNT).unwrap(),
        partition: Partition::parse("aws").unwrap(),
        arn: format!("arn:aws:iam::{ACCOUNT}:user/alice"),
    }
}

/// The log group of a fresh account.
pub(crate) fn log_group() -> LogGroupArn {
    let arn = format!("arn:aws:logs:{REGION}:{ACCOUNT}:log-group:CloudTrail/DefaultLogGroup");
    LogGroupArn::parse(&arn).unwrap()
}

pub(crate) fn topic(name: &str) -> TopicArn {
    TopicArn::parse(&format!("arn:aws:sns:{REGION}:{ACCOUNT}:{name}")).unwrap()
}

/// Returns an account in which every control is in place.
pub(crate) fn satisfied(desired: &Desired) -> SandboxAccount {
    SandboxAccount::satisfying(identity(), region(), desired)
}

/// Runs a future to its end.
pub(crate) fn run<T>(future: impl Future<Output = T>) -> T {
    let runtime = tokio::runtime::Builder::new_current_thread();
    { runtime }.build().unwrap().block_on(future)
}

/// What was found in an account, and what would be done about it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Findings {
    pub(crate) observed: Observed,
    pub(crate) examinations: Vec<Examination>,
    pub(crate) plan: Plan,
}

/// Reads an account and judges it.
pub(crate) fn judge_by(reader: &impl CloudReader, desired: &Desired, region: &Region) -> Findings {
    Findings::of(desired, run(observe(reader, desired, region)).unwrap())
}

/// Reads a sandbox account and judges it.
pub(crate) fn judge(account: &SandboxAccount, desired: &Desired) -> Findings {
    judge_by(&Sandbox::new(account.clone()), desired, account.region())
}

impl Findings {
    /// Judges what was read.
    pub(crate) fn of(desired: &Desired, observed: Observed) -> Self {
        let examinations = examine(desired, &observed);
        let plan = plan(desired, &observed, &examinations);
        Self {
            observed,
            examinations,
            plan,
        }
    }

    pub(crate) fn examination(&self, control: &str) -> &Examination {
        self.examinations
            .iter()
            .find(|examination| examination.control.as_str() == control)
            .unwrap()
    }

    /// Returns a control's link of a kind.
    pub(crate) fn link(&self, control: &str, kind: LinkKind) -> &Link {
        let links = &self.examination(control).links;
        links.iter().find(|link| link.kind == kind).unwrap()
    }

    /// Returns the links of a control that are not in place, as `link CODE`.
    pub(crate) fn gaps(&self, control: &str) -> Vec<String> {
        let links = self.examination(control).links.iter();
        links
            .filter(|link| link.state != LinkState::InPlace)
            .map(|link| format!("{} {}", link.kind.as_str(), link.code.as_str()))
            .collect()
    }

    /// Returns what is planned for a control: steps by identifier, tasks and reasons by code.
    pub(crate) fn ends(&self, control: &str) -> BTreeSet<String> {
        let serves = |controls: &BTreeSet<cis_fix::model::ControlId>| {
            controls.iter().any(|id| id.as_str() == control)
        };
        let Plan {
            steps,
            human,
            blocked,
            ..
        } = &self.plan;
        let steps = steps.iter().filter(|step| serves(&step.serves));
        let human = human.iter().filter(|task| serves(&task.serves));
        let blocked = blocked.iter().filter(|reason| serves(&reason.serves));
        steps
            .map(|step| step.id.to_string())
            .chain(human.map(|task| format!("human {}", task.code.as_str())))
            .chain(blocked.map(|reason| format!("blocked {}", reason.code.as_str())))
            .collect()
    }
}

/// Tells nobody and never stops.
#[derive(Debug)]
pub(crate) struct Unattended;

impl Progress for Unattended {
    fn begins(&self, _step: &Step) {}
    fn ended(&self, _step: &Step, _fate: &Fate, _left: usize) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Performs a whole plan.
pub(crate) fn mend_by(account: &(impl CloudReader + CloudWriter), plan: &Plan) -> Outcome {
    let approved = approve(plan.clone(), Answer::All).unwrap();
    run(apply(account, &NoJournal, approved, &Unattended))
}

/// Performs a whole plan on a sandbox account and returns the account that comes of it.
pub(crate) fn mend(account: &SandboxAccount, plan: &Plan) -> (SandboxAccount, Outcome) {
    let sandbox = Sandbox::new(account.clone());
    let outcome = mend_by(&sandbox, plan);
    (sandbox.into_account(), outcome)
}

/// Returns the steps that were not done, with what became of them.
pub(crate) fn undone(outcome: &Outcome) -> Vec<String> {
    let results = outcome.results.iter();
    results
        .filter(|result| result.fate != Fate::Done)
        .map(|result| format!("{}: {:?}", result.step.id, result.fate))
        .collect()
}

/// A journal in memory that can be written so many times.
#[derive(Debug, Default)]
pub(crate) struct Memory {
    pub(crate) text: RefCell<String>,
    pub(crate) room: Cell<Option<usize>>,
}

/// The time of everything that is recorded in memory.
const TIME: &str = "2026-01-01T00:00:00Z";

const CALLER: &str = "arn:aws:iam::123456789012:user/alice";

impl Memory {
    /// Returns a journal that begins with the plan whose steps it is to record.
    pub(crate) fn of(plan: &Plan) -> Self {
        Self::beginning(&Line::begin(TIME.to_owned(), plan, CALLER))
    }

    /// Returns a journal that begins with the undo whose steps it is to record.
    pub(crate) fn of_undo(plan: &UndoPlan) -> Self {
        Self::beginning(&Line::begin_undo(
            TIME.to_owned(),
            plan,
            CALLER,
            "apply.jsonl",
        ))
    }

    fn beginning(first: &Line) -> Self {
        let memory = Self::default();
        memory.record(first).unwrap();
        memory
    }

    /// Returns what the journal tells.
    pub(crate) fn history(&self) -> History {
        history(&self.text.borrow()).unwrap()
    }

    pub(crate) fn record(&self, line: &Line) -> Result<(), Unrecorded> {
        if let Some(room) = self.room.get() {
            let left = room.checked_sub(1);
            self.room
                .set(Some(left.ok_or_else(|| Unrecorded("full".to_owned()))?));
        }
        self.text.borrow_mut().push_str(&line.to_text());
        Ok(())
    }
}

impl Journal for Memory {
    fn intend(&self, step: &Step) -> Result<(), Unrecorded> {
        self.record(&Line::intent(TIME.to_owned(), step))
    }

    fn conclude(&self, step: &Step, fate: &Fate) -> Result<(), Unrecorded> {
        self.record(&Line::outcome(TIME.to_owned(), step, fate))
    }
}

impl UndoJournal for Memory {
    fn intend(&self, step: &UndoStep) -> Result<(), Unrecorded> {
        self.record(&Line::undo_intent(TIME.to_owned(), step))
    }

    fn conclude(&self, step: &UndoStep, fate: &Fate) -> Result<(), Unrecorded> {
        self.record(&Line::undo_outcome(TIME.to_owned(), step, fate))
    }
}

impl UndoProgress for Unattended {
    fn begins(&self, _step: &UndoStep) {}
    fn ended(&self, _step: &UndoStep, _fate: &Fate) {}
    fn is_stopped(&self) -> bool {
        false
    }
}

/// Returns what an undo of what a journal tells would do.
pub(crate) fn undo_plan_of(reader: &impl CloudReader, history: &History) -> UndoPlan {
    let facts = run(facts(reader, history.written()));
    undo_plan(history, &facts, &Request::default())
}

/// Takes back what a journal tells.
pub(crate) fn undo_by(
    account: &(impl CloudReader + CloudWriter + CloudReverser),
    history: &History,
) -> UndoOutcome {
    let plan = undo_plan_of(account, history);
    let approved = approve_undo(plan, &Answer::All).unwrap();
    run(undo(account, &NoJournal, approved, &Unattended))
}

/// Takes back what a journal tells if anything is left of it, and returns what was not done, with what became of it.
pub(crate) fn undo_if_any(
    account: &(impl CloudReader + CloudWriter + CloudReverser),
    history: &History,
) -> Vec<String> {
    let plan = undo_plan_of(account, history);
    let Some(approved) = approve_undo(plan, &Answer::All) else {
        return Vec::new();
    };
    not_taken_back(&run(undo(account, &NoJournal, approved, &Unattended)))
}

/// Returns the steps of an undo that were not done, with what became of them.
pub(crate) fn not_taken_back(outcome: &UndoOutcome) -> Vec<String> {
    let results = outcome.results.iter();
    results
        .filter(|result| result.fate != Fate::Done)
        .map(|result| format!("{}: {:?}", result.step.id(), result.fate))
        .collect()
}

/// Changes the settings of a control's alarm.
pub(crate) fn alter_alarm(
    account: &mut SandboxAccount,
    control: &DesiredControl,
    alter: impl FnOnce(&mut MetricAlarm),
) {
    let arn = account.alarm_arn(account.region(), control.alarm.name.as_str());
    let held = account.remove_alarm(&arn).unwrap();
    let mut kind = held.kind;
    match &mut kind {
        AlarmKind::Metric(settings) => alter(settings),
        AlarmKind::Composite | AlarmKind::Log => panic!("a metric alarm"),
    }
    account.add_alarm(Alarm { arn, kind }, held.tags.unwrap());
}
