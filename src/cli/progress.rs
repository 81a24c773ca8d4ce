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
use crate::reversal::UndoStep;
use crate::undo::UndoProgress;

/// Tells each step's fate in a line, and knows whether somebody asked to stop.
#[derive(Debug)]
pub(super) struct Console<'terminal> {
    terminal: &'terminal Terminal,
    total: usize,
    told: Cell<usize>,
    stopped: Cell<bool>,
}

impl<'terminal> Console<'terminal> {
    /// Returns what tells of so many steps.
    pub(super) fn new(terminal: &'terminal Terminal, total: usize) -> Self {
        Self {
            terminal,
            total,
            told: Cell::new(0),
            stopped: Cell::new(false),
        }
    }

    /// Returns how many steps of a plan were agreed to.
    pub(super) fn agreed(approved: &ApprovedPlan) -> usize {
        let steps = approved.plan().steps.iter();
        steps.filter(|step| approved.covers(&step.serves)).count()
    }

    fn tell_step(&self, what: &str, fate: &Fate) {
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
        self.terminal
            .tell(&format!("[{at:>width$}/{}] {what}: {fate}", self.total));
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
        self.tell_step(&named(&step.action), fate);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.get()
    }
}

impl UndoProgress for Console<'_> {
    fn begins(&self, step: &UndoStep) {
        self.terminal.detail(&format!("begin {}", step.id()));
    }

    fn ended(&self, step: &UndoStep, fate: &Fate) {
        self.tell_step(&named(&step.written.action), fate);
    }

    fn is_stopped(&self) -> bool {
        self.stopped.get()
    }
}

/// Returns the kind and the name of what an action writes.
fn named(action: &Action) -> String {
    format!("{} {}", kind(action), resource(action))
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
