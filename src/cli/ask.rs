//! Questions to a person: no answer is a no.

use std::collections::BTreeSet;
use std::io::{self, BufRead, IsTerminal};
use std::thread;

use dialoguer::MultiSelect;
use dialoguer::console::{Term, truncate_str};
use tokio::sync::oneshot;

use super::error::Error;
use super::interrupt::Listener;
use super::keyboard::Keyboard;
use super::terminal::say;
use crate::consent::Answer;
use crate::escape::visible;
use crate::examine::Examination;
use crate::model::ControlId;
use crate::plan::Plan;
use crate::reversal::UndoPlan;

/// Returns whether there is a person to ask: both the question and the answer need a terminal.
fn can_ask() -> bool {
    io::stdin().is_terminal() && io::stderr().is_terminal()
}

/// Refuses what asks before it writes when nobody said `--yes` and nobody can be asked.
pub(super) fn check(what: &str, yes: bool, hint: &str) -> Result<(), Error> {
    if yes || can_ask() {
        return Ok(());
    }
    Err(Error::usage(format!(
        "`{what}` asks before it writes, and there is no terminal to ask on"
    ))
    .hint(hint))
}

/// Asks whether to do all of a plan.
pub(super) async fn all(plan: &Plan) -> Result<Answer, Error> {
    let changes = these(plan.steps.len());
    yes_or_no(&format!(
        "Apply {changes} to account {} in {}?",
        plan.account, plan.region
    ))
    .await
}

/// Asks whether to take back all of a plan.
pub(super) async fn undo(plan: &UndoPlan) -> Result<Answer, Error> {
    let changes = these(plan.steps.len());
    yes_or_no(&format!(
        "Take back {changes} of account {} in {}?",
        plan.account, plan.region
    ))
    .await
}

fn these(changes: usize) -> String {
    if changes == 1 {
        "this change".to_owned()
    } else {
        format!("these {changes} changes")
    }
}

async fn yes_or_no(question: &str) -> Result<Answer, Error> {
    Ok(if yes(question).await? {
        Answer::All
    } else {
        Answer::None
    })
}

/// Asks a question; anything but yes is no, the end of the input too.
pub(super) async fn yes(question: &str) -> Result<bool, Error> {
    let listener = Listener::new();
    say(&format!("\n{} [y/N] ", visible(question)));
    let line = answered(listener, || {
        let mut line = Vec::new();
        io::stdin().lock().read_until(b'\n', &mut line)?;
        Ok(String::from_utf8_lossy(&line).into_owned())
    })
    .await?;
    if !line.ends_with('\n') {
        say("\n");
    }
    Ok(matches!(
        line.trim().to_ascii_lowercase().as_str(),
        "y" | "yes"
    ))
}

/// Asks which controls to mend, none of them chosen beforehand.
pub(super) async fn which(plan: &Plan, examinations: &[Examination]) -> Result<Answer, Error> {
    let controls: Vec<ControlId> = examinations
        .iter()
        .map(|examination| examination.control.clone())
        .filter(|control| plan.steps.iter().any(|step| step.serves.contains(control)))
        .collect();
    let term = Term::stderr();
    let columns = usize::from(term.size().1);
    let items: Vec<String> = examinations
        .iter()
        .filter(|examination| controls.contains(&examination.control))
        .map(|examination| label(examination, columns))
        .collect();
    let listener = Listener::new();
    say(
        "\nWhich controls should be mended? Space chooses, Enter ends, Escape leaves all as it is.\n",
    );
    let chosen = answered(listener, move || {
        let chosen = MultiSelect::new().items(&items).interact_on_opt(&term);
        let shown = term.show_cursor();
        chosen
            .map_err(|error| match error {
                dialoguer::Error::IO(error) => error,
            })
            .and_then(|chosen| shown.map(|()| chosen))
    })
    .await?;
    let chosen: BTreeSet<ControlId> = chosen
        .unwrap_or_default()
        .into_iter()
        .filter_map(|at| controls.get(at).cloned())
        .collect();
    Ok(Answer::Some(chosen))
}

/// Returns the line of a control in a list to choose from, cut off where the window ends: the list is drawn
/// anew at each key, which goes wrong when a line takes two rows.
fn label(examination: &Examination, columns: usize) -> String {
    const BEFORE_AND_BEHIND: usize = "> [x] ".len() + 1;
    let label = match &examination.number {
        Some(number) => format!("{number} {}", examination.title),
        None => examination.title.clone(),
    };
    let room = columns.saturating_sub(BEFORE_AND_BEHIND);
    truncate_str(&visible(&label), room, "…").into_owned()
}

/// Waits for an answer on a thread of its own, so that an interruption is heard meanwhile.
async fn answered<T: Send + 'static>(
    mut listener: Listener,
    question: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, Error> {
    let (sender, receiver) = oneshot::channel();
    let keyboard = Keyboard::now();
    thread::spawn(move || {
        let _ = sender.send(question());
    });
    tokio::select! {
        answer = receiver => match answer {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) if error.kind() == io::ErrorKind::Interrupted => Err(Error::interrupted()),
            Ok(Err(error)) => Err(Error::failed("could not read the answer").caused_by(&error)),
            Err(_) => Err(Error::failed("could not read the answer")),
        },
        () = listener.heard() => {
            // The question may have hidden the cursor and the keys that are typed.
            let _ = Term::stderr().show_cursor();
            keyboard.restore();
            say("\n");
            Err(Error::interrupted())
        }
    }
}
