//! What is told on standard error while steps are performed.

use std::cell::Cell;

use super::interrupt::stopped_or_done;
use super::terminal::Terminal;
use crate::apply::Progress;
use crate::consent::ApprovedPlan;
use crate::outcome::{Fate, SkipReason};
use crate::plan::Step;
use crate::plan::action::Action;
use crate::report::resource;

/// Tells each step's fate in a line, and knows whether somebody asked to stop.
#[derive(Debug)]
pub(super) struct Console<'terminal> {
    terminal: &'terminal Terminal,
    total: usize,
    told: Cell<usize>,
    stopped: Cell<bool>,
}

impl<'terminal> Console<'terminal> {
    /// Returns what tells of the steps that were agreed to.
    pub(super) fn new(terminal: &'terminal Terminal, approved: &ApprovedPlan) -> Self {
        let steps = approved.plan().steps.iter();
        Self {
            terminal,
            total: steps.filter(|step| approved.covers(&step.serves)).count(),
            told: Cell::new(0),
            stopped: Cell::new(false),
        }
    }

    /// Runs work to its end; on the first interruption it is asked to begin nothing new, on the second it is left.
    pub(super) async fn until_interrupted<T>(&self, work: impl Future<Output = T>) -> Option<T> {
        stopped_or_done(work, || {
            self.stopped.set(true);
            self.terminal.tell(
                "stopping: what has begun is finished, nothing new begins; once more to leave at once",
            );
        })
        .await
    }
}

impl Progress for Console<'_> {
    fn begins(&self, step: &Step) {
        self.terminal.detail(&format!("begin {}", step.id));
    }

    fn ended(&self, step: &Step, fate: &Fate, _left: usize) {
        let (kind, name) = (kind(&step.action), resource(&step.action));
        let fate = match fate {
            Fate::Done => "done".to_owned(),
            Fate::Failed(error) => format!("FAILED: {error}"),
            Fate::Skipped(SkipReason::Declined) => return,
            Fate::Skipped(SkipReason::Needs(need)) => format!("skipped, since {need} was not done"),
            Fate::Skipped(SkipReason::Interrupted | SkipReason::Unrecorded) => "skipped".to_owned(),
            Fate::Skipped(SkipReason::Credentials) => {
                "skipped, since the credentials were refused".to_owned()
            }
            Fate::Skipped(SkipReason::Changed) => {
                "skipped, since it has changed since the plan was made".to_owned()
            }
        };
        self.told.set(self.told.get() + 1);
        let (at, width) = (self.told.get(), self.total.to_string().len());
        self.terminal.tell(&format!(
            "[{at:>width$}/{}] {kind} {name}: {fate}",
            self.total
        ));
    }

    fn is_stopped(&self) -> bool {
        self.stopped.get()
    }
}

fn kind(action: &Action) -> &'static str {
    match action {
        Action::CreateTopic(_) => "topic",
        Action::SetTopicPolicy(_) => "policy of topic",
        Action::SetTopicKey(_) => "key of topic",
        Action::Subscribe(_) => "subscription of",
        Action::PutMetricFilter(_) => "filter",
        Action::PutAlarm(_) => "alarm",
    }
}
