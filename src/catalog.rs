//! The catalog: what each control means, where benchmarks name it, and how it is put into an account.
//!
//! A control is one TOML file. Text becomes a [`Catalog`] once, with every mistake reported at its place, and nothing of it is
//! checked again. Files are read by others; this module sees texts alone.

mod auditor;
mod benchmark;
mod builtin;
mod checks;
mod control;
mod firing;
mod migration;
mod period;
mod requirement;
mod scanner;
mod schema;
mod unique;
mod wording;

use crate::model::ControlId;
use crate::toml_source::{Document, Mistakes, Refusal, SourceFile, did_you_mean};

pub use auditor::{Auditor, Satisfy};
pub use benchmark::{Benchmark, CisVersion};
pub use control::{
    AlarmSettings, Calls, Companion, Control, EventScope, Example, MetricSettings, Prescribed,
    Printed, PrintedText, Reference, Status,
};
pub use firing::why_silent;
pub use migration::{ControlChange, Entry, Migration, TextChange};
pub use period::{PeriodError, check_span, parse_period};
pub use requirement::Requirement;
pub use scanner::Scanner;
pub(crate) use schema::{Draft, Places};
pub(crate) use unique::contradictions;
pub use wording::{Level, Wording};

/// The controls, in the order of the benchmark; those that a benchmark does not number come last.
#[derive(Debug, Clone, PartialEq)]
// INVARIANT: identifiers, numbers, checks, filter names, alarm names and metrics are unique, as `unique` checks.
pub struct Catalog {
    controls: Vec<Control>,
}

impl Catalog {
    /// Returns the catalog that is compiled in.
    #[must_use]
    #[expect(
        clippy::expect_used,
        clippy::missing_panics_doc,
        reason = "the texts are compiled in, and a test reads the same texts"
    )]
    pub fn builtin() -> Self {
        Self::read(&builtin::files()).expect("the built-in catalog is valid")
    }

    /// Reads a catalog, one control per file.
    ///
    /// # Errors
    ///
    /// Reports every mistake of every file.
    pub fn read(files: &[SourceFile]) -> Result<Self, Mistakes> {
        Self::assemble(Vec::new(), files)
    }

    /// Returns this catalog with further controls; one of the same identifier takes the place of the other.
    ///
    /// # Errors
    ///
    /// Reports every mistake of every file, and where it contradicts a control that stays.
    pub fn extended(&self, files: &[SourceFile]) -> Result<Self, Mistakes> {
        Self::assemble(self.controls.clone(), files)
    }

    fn assemble(base: Vec<Control>, files: &[SourceFile]) -> Result<Self, Mistakes> {
        let mut shown = Vec::new();
        let mut found = Vec::new();
        let mut drafts = Vec::new();
        for file in files {
            let document = Document::parse(file);
            drafts.extend(schema::read(&document));
            let (file, mistakes) = document.finish();
            shown.push(file);
            found.extend(mistakes);
        }
        found.extend(contradictions(&base, &drafts));
        match Mistakes::collect(shown, found) {
            Some(mistakes) => Err(mistakes),
            None => Ok(Self::merged(base, drafts)),
        }
    }

    fn merged(base: Vec<Control>, drafts: Vec<Draft>) -> Self {
        let mut controls = base;
        for Draft { control, .. } in drafts {
            match controls.iter_mut().find(|other| other.id == control.id) {
                Some(place) => *place = control,
                None => controls.push(control),
            }
        }
        controls.sort_by_key(|control| {
            control
                .newest()
                .map_or((u8::MAX, u32::MAX), |(_, reference)| reference.number)
        });
        Self { controls }
    }

    /// Returns the controls.
    #[must_use]
    pub fn controls(&self) -> &[Control] {
        &self.controls
    }

    /// Returns the control of that identifier.
    #[must_use]
    pub fn get(&self, id: &ControlId) -> Option<&Control> {
        self.controls.iter().find(|control| control.id == *id)
    }

    /// Returns the control that `text` names.
    ///
    /// # Errors
    ///
    /// Offers the nearest identifier.
    pub fn find(&self, text: &str) -> Result<&Control, Refusal> {
        let control = self
            .controls
            .iter()
            .find(|control| control.id.as_str() == text);
        control.ok_or_else(|| Refusal {
            message: format!("`{text}` is not a control"),
            hint: did_you_mean(text, self.ids())
                .or_else(|| Some("`cis-fix controls list` shows the controls".to_owned())),
        })
    }

    /// Returns the controls of a benchmark that a profile level includes; an item of unknown level is in all of them.
    #[must_use]
    pub fn of(&self, benchmark: Benchmark, level: Option<Level>) -> Vec<&Control> {
        let included = |control: &&Control| match level.zip(control.level(benchmark)) {
            Some((wanted, level)) => wanted.includes(level),
            None => true,
        };
        self.controls
            .iter()
            .filter(|control| control.is_in(benchmark))
            .filter(included)
            .collect()
    }

    /// Returns the identifiers, in the order of the controls.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.controls.iter().map(|control| control.id.as_str())
    }
}
