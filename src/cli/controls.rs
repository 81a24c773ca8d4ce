//! `controls`: the catalog itself.

mod migrate;

use super::args::{ControlsArgs, ControlsCommand, Format, Global, SchemaArgs, ShowArgs};
use super::context;
use super::error::Error;
use super::exit::Exit;
use super::terminal::Terminal;
use crate::catalog::Benchmark;
use crate::render::json;
use crate::report;
use crate::toml_source::did_you_mean;

/// Runs a command on the catalog.
pub(super) fn run(
    global: &Global,
    args: &ControlsArgs,
    terminal: &Terminal,
) -> Result<Exit, Error> {
    match &args.command {
        ControlsCommand::List => list(global, terminal),
        ControlsCommand::Show(args) => show(global, args, terminal),
        ControlsCommand::Migrate(args) => migrate::run(global, args, terminal),
        ControlsCommand::Lint => lint(global, terminal),
        ControlsCommand::Schema(args) => schema(args, terminal),
    }
}

fn list(global: &Global, terminal: &Terminal) -> Result<Exit, Error> {
    let catalog = context::catalog(global)?;
    let settings = context::settings(global, &catalog)?;
    let (benchmark, level) = (settings.benchmark, settings.level);
    match terminal.format() {
        Format::Json => terminal.print(&json::controls(&catalog, benchmark, level))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::controls(&catalog, benchmark, level))?;
        }
    }
    Ok(Exit::Done)
}

fn show(global: &Global, args: &ShowArgs, terminal: &Terminal) -> Result<Exit, Error> {
    let catalog = context::catalog(global)?;
    let benchmark = context::settings(global, &catalog)?.benchmark;
    let numbered = catalog
        .controls()
        .iter()
        .find(|control| control.number(benchmark).as_deref() == Some(args.which.as_str()));
    let control = match numbered {
        Some(control) => control,
        None => catalog.find(&args.which).map_err(|refusal| {
            Error::usage(refusal.message).hint(refusal.hint.unwrap_or_else(list_hint))
        })?,
    };
    match terminal.format() {
        Format::Json => terminal.print(&json::control(control, benchmark))?,
        Format::Text | Format::Markdown | Format::Html => {
            terminal.show(&report::control(control, benchmark))?;
        }
    }
    Ok(Exit::Done)
}

fn list_hint() -> String {
    "`cis-fix controls list` shows the controls and their numbers".to_owned()
}

/// Checks the whole catalog. Reading it runs every example, so there is nothing more to do than to tell.
///
/// Programs get the catalog that was found right.
fn lint(global: &Global, terminal: &Terminal) -> Result<Exit, Error> {
    let catalog = context::catalog(global)?;
    let controls = catalog.controls();
    let examples: usize = controls
        .iter()
        .map(|control| control.matches.len() + control.ignores.len())
        .sum();
    match terminal.format() {
        Format::Json => terminal.print(&json::controls(&catalog, Benchmark::Recommended, None))?,
        Format::Text | Format::Markdown | Format::Html => terminal.print(&format!(
            "{} controls, {examples} examples: no mistakes\n",
            controls.len()
        ))?,
    }
    Ok(Exit::Done)
}

fn schema(args: &SchemaArgs, terminal: &Terminal) -> Result<Exit, Error> {
    let Some(schema) = json::schema(&args.name) else {
        let names: Vec<&str> = json::SCHEMAS.iter().map(|(name, _)| *name).collect();
        let hint = did_you_mean(&args.name, names.iter().copied())
            .unwrap_or_else(|| format!("there are `{}`", names.join("`, `")));
        return Err(Error::usage(format!("there is no schema `{}`", args.name)).hint(hint));
    };
    terminal.print(schema)?;
    Ok(Exit::Done)
}
