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
        let controls: Vec<_> = desired
            .controls
            .into_iter()
            .filter(|control| picked.failed.contains(&control.id))
            .collect();
        self.tell(&picked, controls.len(), terminal);
        Ok(Desired {
            controls,
            ..desired
        })
    }

    fn tell(&self, picked: &Picked, taken: usize, terminal: &Terminal) {
        let name = &self.name;
        let others = picked.failed.len() - taken;
        terminal.tell(&match (taken, others) {
            (0, 0) => format!("`{name}` reports no control as failed, so there is nothing to do"),
            (0, _) => format!("`{name}` reports no control as failed that was asked for"),
            (1, _) => format!("`{name}` reports 1 control as failed"),
            _ => format!("`{name}` reports {taken} controls as failed"),
        });
        let unasked = match others {
            0 => None,
            1 => Some("1 other control that failed was not asked for".to_owned()),
            _ => Some(format!(
                "{others} other controls that failed were not asked for"
            )),
        };
        let closed = (picked.closed > 0).then(|| {
            format!(
                "failed findings that are muted, archived, suppressed or resolved are left aside: {}",
                picked.closed
            )
        });
        let elsewhere = picked.elsewhere_words();
        let elsewhere = elsewhere.map(|words| format!("{words} and left aside"));
        for note in [unasked, elsewhere, closed].into_iter().flatten() {
            terminal.tell(&format!("note: {note}"));
        }
    }

    fn irrelevant(&self, picked: &Picked, account: &AccountId, regions: &[&Region]) -> Error {
        let mut regions: Vec<&str> = regions.iter().map(|region| region.as_str()).collect();
        regions.dedup();
        let place = format!("account {account}, {}", regions.join(", "));
        let told = Error::failed(format!(
            "`{}` reports nothing about the controls in {place}",
            self.name
        ));
        match picked.elsewhere_words() {
            Some(words) => told.hint(words),
            None => told.hint(format!(
                "it was read as {}; findings about other things: {}",
                self.reported.format.words(),
                self.reported.others
            )),
        }
    }
}
