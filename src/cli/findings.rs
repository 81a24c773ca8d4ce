//! `--findings`: what other tools report, as a limit to the controls that a run is about.

use super::args::Global;
use super::context;
use super::error::Error;
use super::files;
use super::terminal::Terminal;
use crate::desired::Desired;
use crate::model::{AccountId, Region};
use crate::reported::{LARGEST_FINDINGS, Picked, Reported};

/// What a findings file says, with its name.
#[derive(Debug)]
pub(super) struct FindingsFile {
    name: String,
    reported: Reported,
}

/// Reads the file that `--findings` names.
pub(super) fn read(global: &Global) -> Result<Option<FindingsFile>, Error> {
    let Some(path) = &global.findings else {
        return Ok(None);
    };
    let name = path.display().to_string();
    let text = files::read(path, LARGEST_FINDINGS)?;
    let reported = Reported::read(&text, &context::catalog(global)?).map_err(|error| {
        Error::failed(format!("could not read findings from `{name}`: {error}")).hint(error.hint())
    })?;
    Ok(Some(FindingsFile { name, reported }))
}

impl FindingsFile {
    /// Returns what is wanted of the controls that failed in an account and its Regions, and tells what is left aside.
    pub(super) fn limited(
        &self,
        desired: Desired,
        account: &AccountId,
        regions: &[&Region],
        terminal: &Terminal,
    ) -> Result<Desired, Error> {
        let picked = self.reported.about(account, regions);
        if !picked.is_relevant() {
            return Err(self.irrelevant(&picked, account, regions));
        }
        let asked = desired.controls.len();
        let (controls, rest): (Vec<_>, Vec<_>) = desired
            .controls
            .into_iter()
            .partition(|control| picked.failed.contains(&control.id));
        let unasked = picked.failed.len() - controls.len();
        self.tell(&picked, controls.len(), unasked, terminal);
        debug_assert_eq!(controls.len() + rest.len(), asked);
        Ok(Desired { controls, ..desired })
    }

    fn tell(&self, picked: &Picked, taken: usize, unasked: usize, terminal: &Terminal) {
        let controls = |count: usize| if count == 1 { "control" } else { "controls" };
        terminal.tell(&match taken {
            0 => format!("`{}` reports no control as failed, so there is nothing to do", self.name),
            _ => format!("`{}` reports {taken} {} as failed", self.name, controls(taken)),
        });
        if unasked > 0 {
            terminal.tell(&format!(
                "note: {unasked} more failed {} not among the controls asked for",
                if unasked == 1 { "control is" } else { "controls are" }
            ));
        }
        if let Some(words) = picked.elsewhere_words() {
            terminal.tell(&format!("note: {words} and left aside"));
        }
        if picked.closed > 0 {
            terminal.tell(&format!(
                "note: failed findings that are muted, archived, suppressed or resolved are left aside: {}",
                picked.closed
            ));
        }
    }

    fn irrelevant(&self, picked: &Picked, account: &AccountId, regions: &[&Region]) -> Error {
        let regions: Vec<&str> = regions.iter().map(|region| region.as_str()).collect();
        let place = format!("account {account}, {}", regions.join(", "));
        let told = Error::failed(format!("`{}` reports nothing about the controls in {place}", self.name));
        match picked.elsewhere_words() {
            Some(words) => told.hint(words),
            None => told.hint(format!(
                "it was read as {} and has {} findings, none of which is about a control",
                self.reported.format.words(),
                self.reported.others
            )),
        }
    }
}
