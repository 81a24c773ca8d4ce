//! What a drill that was cut off may have left in ALARM: told by the commands that write, put back by the next drill.

use std::path::{Path, PathBuf};

use super::shelf::{newest_first, unread};
use super::{LARGEST, append, folder, now, sandbox_file};
use crate::alarms::{Watch, put_back};
use crate::cli::args::Global;
use crate::cli::error::Error;
use crate::cli::files;
use crate::cli::terminal::Terminal;
use crate::cloud::{AlarmDriver, CloudReader};
use crate::journal::{
    ALARM_SCHEMA, AlarmHistory, AlarmJournal, AlarmLine, AlarmOrder, LeftInAlarm, Unrecorded,
    alarm_history,
};
use crate::model::{AccountId, CallError};
use crate::outcome::Back;
use crate::report::put_back_by_hand;

/// The command whose records matter here.
const DRILL: &str = "drill";

/// The record of a drill that was cut off.
struct CutDrill {
    path: PathBuf,
    left: Vec<LeftInAlarm>,
}

/// Returns the folder in which the records of an account are kept that have to do with alarms.
///
/// They are not journals of an apply, which `undo` would take back.
pub(in crate::cli) fn alarm_folder(global: &Global, account: &AccountId) -> Result<PathBuf, Error> {
    Ok(folder(global, account)?.join("alarms"))
}

/// Tells which alarms the last drill may have left in ALARM. Nobody looks whether it did.
pub(in crate::cli) fn tell_cut_drill(global: &Global, account: &AccountId, terminal: &Terminal) {
    for left in last(global, account, terminal)
        .into_iter()
        .flat_map(|cut| cut.left)
    {
        terminal.tell(&format!(
            "{}; CloudWatch judges it anew by itself, and `cis-fix drill` puts it back if it is still so",
            cut_off(&left)
        ));
    }
}

/// Puts back what the last drill left in ALARM, and tells of it; returns how many alarms it put back.
pub(in crate::cli) async fn end_cut_drill(
    global: &Global,
    account: &(impl CloudReader + AlarmDriver),
    owner: &AccountId,
    (watch, terminal): (&impl Watch, &Terminal),
) -> usize {
    let Some(CutDrill { path, left }) = last(global, owner, terminal) else {
        return 0;
    };
    let journal = Continued(&path);
    let mut restored = 0;
    for left in &left {
        let found = put_back(account, &journal, left, watch).await;
        let (ending, unrecorded) = match found {
            Ok(None) => (Ending::Over, None),
            Ok(Some((back, unrecorded))) => (back.into(), unrecorded),
            Err(error) => (Ending::Open("looked at", error), None),
        };
        terminal.tell(&format!("{}; {}", cut_off(left), ending.words(left)));
        let line = AlarmLine::recovered(now(), &left.alarm);
        let noted = match ending {
            Ending::Open(..) => Ok(()),
            Ending::Restored | Ending::Over => journal.add(&line),
        };
        if let Some(failure) = unrecorded.or_else(|| noted.err().map(|error| error.to_string())) {
            terminal.tell(&format!("note: {failure}"));
        }
        restored += usize::from(matches!(ending, Ending::Restored));
    }
    restored
}

/// What became of an alarm.
enum Ending {
    Restored,
    Over,
    Open(&'static str, CallError),
}

impl From<Back> for Ending {
    fn from(back: Back) -> Self {
        match back {
            Back::Restored => Self::Restored,
            Back::Itself(_) => Self::Over,
            Back::Failed(error) => Self::Open("put back", error),
        }
    }
}

impl Ending {
    fn words(&self, left: &LeftInAlarm) -> String {
        match self {
            Self::Restored => format!("it was put back to {}", left.before),
            Self::Over => "it is no longer as that drill left it".to_owned(),
            Self::Open(what, error) => format!(
                "it could not be {what}: {error}; CloudWatch judges it anew by itself, or: {}",
                put_back_by_hand(&left.alarm, left.before)
            ),
        }
    }
}

fn cut_off(left: &LeftInAlarm) -> String {
    let name = &left.alarm.name;
    format!("note: the last drill was cut off while alarm `{name}` was in ALARM")
}

/// Returns the last drill of this account, if it was cut off.
fn last(global: &Global, account: &AccountId, terminal: &Terminal) -> Option<CutDrill> {
    let own = sandbox_file(global);
    let folder = alarm_folder(global, account).ok()?;
    for path in newest_first(&folder) {
        match read(&path) {
            Ok(AlarmHistory {
                command,
                account: owner,
                sandbox,
                left,
            }) => {
                if command == DRILL && owner == *account && sandbox == own {
                    return (!left.is_empty()).then_some(CutDrill { path, left });
                }
            }
            Err(error) => {
                terminal.tell(&format!("note: {error}"));
                return None;
            }
        }
    }
    None
}

fn read(path: &Path) -> Result<AlarmHistory, Error> {
    let text = files::read(path, LARGEST)?;
    alarm_history(&text).map_err(|error| unread(path, (&text, ALARM_SCHEMA), &error))
}

/// The record of a run that was cut off, continued by a later one.
struct Continued<'path>(&'path Path);

impl Continued<'_> {
    fn add(&self, line: &AlarmLine) -> Result<(), Unrecorded> {
        append(self.0, &line.to_text()).map_err(|error| {
            let path = self.0.display();
            let cause = Error::failed(format!("could not write `{path}`")).caused_by(&error);
            Unrecorded(cause.to_string())
        })
    }
}

impl AlarmJournal for Continued<'_> {
    fn intend(&self, order: &AlarmOrder) -> Result<(), Unrecorded> {
        self.add(&AlarmLine::intent(now(), order))
    }

    fn conclude(&self, order: &AlarmOrder, failed: Option<&CallError>) -> Result<(), Unrecorded> {
        self.add(&AlarmLine::outcome(now(), order, failed))
    }
}
