//! From flags, environment and files to catalog, settings and what is wanted of the account.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use super::args::Global;
use super::error::Error;
use super::files;
use super::terminal::Terminal;
use crate::catalog::{Benchmark, Catalog};
use crate::desired::Desired;
use crate::desired::{BuildError, Selection, Wording, build};
use crate::model::Endpoint;
use crate::saved_plan::Making;
use crate::settings::{Layer, Settings, read_environment, read_file};
use crate::toml_source::{LARGEST_FILE, Mistakes, SourceFile};

/// The settings file in the working folder.
pub(super) const FILE: &str = "cis-fix.toml";

/// The variable for `--config`.
const CONFIG: &str = "CIS_FIX_CONFIG";

/// The variable for `--catalog`.
const CATALOG: &str = "CIS_FIX_CATALOG";

/// Returns the catalog: the built-in controls, and those of `--catalog`.
pub(super) fn catalog(global: &Global) -> Result<Catalog, Error> {
    match path(global.catalog.as_ref(), CATALOG) {
        None => Ok(Catalog::builtin()),
        Some(folder) => Catalog::builtin()
            .extended(&control_files(&folder)?)
            .map_err(|mistakes| exhibit("the catalog has", mistakes)),
    }
}

/// Returns the path that a flag names, or else a variable; an empty one counts as not set.
fn path(flag: Option<&PathBuf>, variable: &str) -> Option<PathBuf> {
    let from_variable = || {
        std::env::var_os(variable)
            .filter(|value| !value.is_empty())
            .map(PathBuf::from)
    };
    flag.cloned().or_else(from_variable)
}

/// Returns the control files of a folder, by name.
fn control_files(folder: &Path) -> Result<Vec<SourceFile>, Error> {
    let failed = |error: &std::io::Error| {
        Error::failed(format!("could not read the folder `{}`", folder.display())).caused_by(error)
    };
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(|error| failed(&error))? {
        let path = entry.map_err(|error| failed(&error))?.path();
        if path.extension() == Some(OsStr::new("toml")) {
            paths.push(path);
        }
    }
    paths.sort();
    if paths.is_empty() {
        return Err(Error::failed(format!(
            "there is no control file in `{}`",
            folder.display()
        ))
        .hint("control files end in `.toml`; `cis-fix controls show` shows what is in one"));
    }
    paths.iter().map(|path| source(path)).collect()
}

fn source(path: &Path) -> Result<SourceFile, Error> {
    Ok(SourceFile {
        name: path.display().to_string(),
        text: files::read(path, LARGEST_FILE)?,
    })
}

/// Returns mistakes with their places, and what `has` them.
fn exhibit(has: &str, mistakes: Mistakes) -> Error {
    let count = mistakes.list().len();
    let noun = if count == 1 { "mistake" } else { "mistakes" };
    Error::exhibit(format!("{has} {count} {noun}"), mistakes)
}

/// Returns the settings: flags before environment before file before defaults.
pub(super) fn settings(global: &Global, catalog: &Catalog) -> Result<Settings, Error> {
    let flags = Layer {
        benchmark: global.benchmark,
        level: global.level,
        wording: global.verbatim.then_some(Wording::Verbatim),
        ..Layer::default()
    };
    let environment = read_environment(&variables(), &[CONFIG, CATALOG], catalog)
        .map_err(|mistakes| exhibit("the environment has", mistakes))?;
    let file = match settings_file(global) {
        None => Layer::default(),
        Some(path) => read_file(&source(&path)?, catalog)
            .map_err(|mistakes| exhibit("the settings have", mistakes))?,
    };
    Ok(Settings::merge([flags, environment, file]))
}

/// Returns the endpoints that the settings name, for a command that needs nothing else of them. Settings with mistakes
/// name none, and do not hold it up.
pub(super) fn endpoints(global: &Global) -> BTreeSet<Endpoint> {
    let settings = catalog(global).and_then(|catalog| settings(global, &catalog));
    settings.map(|known| known.endpoints()).unwrap_or_default()
}

/// Returns the variables of the environment that are text; names and values that are none cannot be settings.
fn variables() -> Vec<(String, String)> {
    std::env::vars_os()
        .filter_map(|(name, value)| {
            Some((
                name.into_string().ok()?,
                value.to_string_lossy().into_owned(),
            ))
        })
        .collect()
}

/// Returns the settings file: the one that was named, or the first that is there.
pub(super) fn settings_file(global: &Global) -> Option<PathBuf> {
    if let Some(named) = path(global.config.as_ref(), CONFIG) {
        return Some(named);
    }
    let personal = etcetera::choose_base_strategy()
        .ok()
        .map(|folders| folders.config_dir().join("cis-fix").join("config.toml"));
    [Some(PathBuf::from(FILE)), personal]
        .into_iter()
        .flatten()
        // A link that leads nowhere is there, and a mistake.
        .find(|path| fs::symlink_metadata(path).is_ok())
}

/// What one run is about: the benchmark, and the controls of it.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub(super) benchmark: Benchmark,
    selection: Selection,
}

impl Wish {
    /// Returns what the flags and the settings say.
    fn of(global: &Global, settings: &Settings) -> Self {
        Self {
            benchmark: settings.benchmark,
            selection: Selection {
                only: global.control.clone(),
                skip: global.skip.clone(),
                wording: settings.wording,
            },
        }
    }

    /// Returns whose words the patterns are in.
    pub(super) fn wording(&self) -> Wording {
        self.selection.wording
    }

    /// Returns what a saved plan was made for, whatever the settings say now.
    fn of_saved(making: &Making) -> Self {
        Self {
            benchmark: making.benchmark,
            selection: Selection {
                only: making.controls.iter().map(ToString::to_string).collect(),
                skip: Vec::new(),
                wording: making.wording,
            },
        }
    }
}

/// Returns what an account should hold, and tells what in the settings is not followed to the letter.
pub(super) fn desired(global: &Global, terminal: &Terminal) -> Result<Desired, Error> {
    let catalog = catalog(global)?;
    wanted(global, &catalog, None, terminal).map(|(_, desired)| desired)
}

/// Returns what an account should hold for a benchmark, whichever is set.
pub(super) fn desired_for(
    global: &Global,
    benchmark: Benchmark,
    terminal: &Terminal,
) -> Result<Desired, Error> {
    let catalog = catalog(global)?;
    let mut settings = settings(global, &catalog)?;
    settings.benchmark = benchmark;
    let wish = Wish::of(global, &settings);
    built(&catalog, &settings, &wish, terminal)
}

/// Returns what a run is about and what the account should hold; a saved plan says itself what it is about.
pub(super) fn wanted(
    global: &Global,
    catalog: &Catalog,
    saved: Option<&Making>,
    terminal: &Terminal,
) -> Result<(Wish, Desired), Error> {
    let mut settings = settings(global, catalog)?;
    let wish = match saved {
        None => Wish::of(global, &settings),
        Some(making) => Wish::of_saved(making),
    };
    settings.benchmark = wish.benchmark;
    if saved.is_some() {
        // The controls of a saved plan are of the levels that were asked for then.
        settings.level = None;
    }
    let desired = built(catalog, &settings, &wish, terminal)?;
    Ok((wish, desired))
}

fn built(
    catalog: &Catalog,
    settings: &Settings,
    wish: &Wish,
    terminal: &Terminal,
) -> Result<Desired, Error> {
    let desired = build(catalog, settings, &wish.selection).map_err(|error| {
        let told = match &error {
            // The settings name controls of the catalog alone, so a flag named this one.
            BuildError::Unknown(_) => Error::usage(error.to_string()),
            BuildError::Nothing(_)
            | BuildError::Levels(_)
            | BuildError::Wordless(_)
            | BuildError::Unprinted(_)
            | BuildError::Paging { .. }
            | BuildError::OneTopic(_) => Error::failed(error.to_string()),
        };
        error.hints().into_iter().fold(told, Error::hint)
    })?;
    for notice in notices(catalog, settings, &desired) {
        terminal.tell(&format!("note: {notice}"));
    }
    Ok(desired)
}

/// Returns where levels are not known.
fn notices(catalog: &Catalog, settings: &Settings, desired: &Desired) -> Vec<String> {
    let unknown: Vec<&str> = desired
        .controls
        .iter()
        .filter(|wanted| {
            catalog
                .get(&wanted.id)
                .is_some_and(|control| control.level(settings.benchmark).is_none())
        })
        .map(|wanted| wanted.id.as_str())
        .collect();
    let levels = settings.level.filter(|_| !unknown.is_empty()).map(|_| {
        format!(
            "the level in {} is not known, so these count as level 1: {}",
            settings.benchmark,
            unknown.join(", ")
        )
    });
    levels.into_iter().collect()
}
